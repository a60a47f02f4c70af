//! Moves texts that exceed the memory budget to a file without a name, and maps them from there, so
//! that the system can reclaim their memory.
#![allow(unsafe_code)] // mapping a file that nobody else can open, and taking for text what is one

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use memmap2::{Mmap, MmapOptions};

use super::folder::Folder;
use crate::model::{SharedText, Text};

/// Size of the write buffer, in bytes.
const BUFFER_SIZE: usize = 1 << 20;

/// Keeps the texts of one load in memory up to a budget of bytes, and moves further ones to a file.
#[derive(Debug)]
pub(super) struct Overflow {
    folder: Folder,
    budget: u64,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Size of the texts that stay in memory, in bytes.
    held: u64,
    /// The file that texts are moved to. It is created when the first text is moved.
    file: Option<File>,
    written: u64,
    /// Whether writing to the file has failed. Nothing more is moved after that.
    failed: bool,
}

impl Overflow {
    pub fn new(folder: Folder, budget: u64) -> Self {
        Self {
            folder,
            budget,
            state: Mutex::default(),
        }
    }

    /// Counts `texts` against the budget, and moves them to the file if they exceed it. Texts that
    /// cannot be moved stay in memory.
    pub fn take<'t>(&self, texts: impl Iterator<Item = &'t mut Text>) {
        let own: Vec<_> = texts.filter(|text| !text.is_mapped()).collect();
        let bytes: u64 = own.iter().map(|text| text.len() as u64).sum();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.failed || bytes == 0 || state.held.saturating_add(bytes) <= self.budget {
            state.held = state.held.saturating_add(bytes);
            return;
        }
        match state.append(&self.folder, &own) {
            Ok(mapping) => {
                let mut end = 0;
                for text in own {
                    let start = end;
                    end += text.len();
                    let key = text.key();
                    *text = Text::mapped(mapped_text(&mapping, start..end), key);
                }
            }
            Err(_) => state.failed = true,
        }
    }
}

impl State {
    /// Appends `texts` to the file and returns a mapping of them, one after the other.
    fn append(&mut self, folder: &Folder, texts: &[&mut Text]) -> io::Result<Arc<Mmap>> {
        let file = if let Some(file) = self.file.take() {
            file
        } else {
            folder.create()?;
            tempfile::tempfile_in(&folder.path)?
        };
        let mut out = BufWriter::with_capacity(BUFFER_SIZE, &file);
        let mut len = 0;
        for text in texts {
            out.write_all(text.as_bytes())?;
            len += text.len();
        }
        out.flush()?;
        drop(out);
        let mut options = MmapOptions::new();
        // SAFETY: the file has no name, so no other program can open it, and it is only ever
        // appended to. What is mapped therefore neither changes nor gets shorter while it is
        // mapped.
        let mapping = unsafe { options.offset(self.written).len(len).map(&file)? };
        self.written += len as u64;
        self.file = Some(file);
        Ok(Arc::new(mapping))
    }
}

fn mapped_text(mapping: &Arc<Mmap>, range: Range<usize>) -> SharedText {
    Arc::new(MappedText {
        bytes: Arc::clone(mapping),
        range,
    })
}

/// One text in a mapped file: a range of its bytes.
struct MappedText {
    bytes: Arc<Mmap>,
    range: Range<usize>,
}

impl AsRef<str> for MappedText {
    fn as_ref(&self) -> &str {
        let bytes = self.bytes.get(self.range.clone());
        // SAFETY: `Overflow::take` creates pieces only from what it has written itself, each of
        // them one whole text, and only this process can change what is written there.
        unsafe { std::str::from_utf8_unchecked(bytes.unwrap_or_default()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_beyond_the_budget_leave_memory_and_stay_what_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let overflow = Overflow::new(Folder::new(folder.path().join("corpus"), "berita"), 20);
        let words = ["Kami siap.", "", "Air naik.", "Ya, “besok”.", "Kita pergi."];
        let mut texts = words.map(Text::from);
        let (first, rest) = texts.split_at_mut(3);
        overflow.take(first.iter_mut());
        overflow.take(rest.iter_mut());
        assert_eq!(texts.each_ref().map(|text| &**text), words);
        let mapped = texts.each_ref().map(Text::is_mapped);
        assert_eq!(mapped, [false, false, false, true, true]);
        assert_eq!(texts[3].key(), Text::from(words[3]).key());
        let names = std::fs::read_dir(folder.path().join("corpus")).unwrap();
        let names = names.flatten().map(|entry| entry.file_name());
        assert_eq!(names.collect::<Vec<_>>(), ["corpus"], "the label alone");
    }

    #[test]
    fn texts_that_cannot_be_moved_stay_where_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "in the way").unwrap();
        let overflow = Overflow::new(Folder::new(file, "berita"), 0);
        let mut texts = ["Kami siap.", "Air naik."].map(Text::from);
        overflow.take(texts.iter_mut());
        assert!(!texts.iter().any(Text::is_mapped));
        assert_eq!(&*texts[1], "Air naik.");
    }
}
