//! Files of the cache as memory, and the texts that stand in them.
#![allow(unsafe_code)] // mapping a file, and taking for text what was checked to be

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use memmap2::{Mmap, MmapOptions};

use crate::model::Lender;

/// A file as bytes, or a piece of one. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Mapping {
    bytes: Arc<Mmap>,
    /// Where in the file they begin.
    start: u64,
}

impl Mapping {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        Self::of(&File::open(path)?, &MmapOptions::new(), 0)
    }

    /// A piece of a file that may still be written behind it.
    pub(super) fn piece(file: &File, range: Range<u64>) -> io::Result<Self> {
        let len = range.end.saturating_sub(range.start);
        let len = usize::try_from(len).map_err(io::Error::other)?;
        let mut options = MmapOptions::new();
        Self::of(file, options.offset(range.start).len(len), range.start)
    }

    fn of(file: &File, options: &MmapOptions, start: u64) -> io::Result<Self> {
        // SAFETY: all files that are mapped are segments, finished or not, and a segment is only
        // ever appended to: what is once written in it never changes, nor is the file made shorter
        // where a disk is full, where it is given up, or where it is finished. It is renamed and
        // removed, which leaves what is mapped as it is.
        let bytes = unsafe { options.map(file)? };
        Ok(Self {
            bytes: Arc::new(bytes),
            start,
        })
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What stands there in the file; `None` where the mapping does not hold all of it.
    pub(super) fn get(&self, range: Range<u64>) -> Option<&[u8]> {
        self.bytes.get(self.place(range)?)
    }

    /// Where in the file a piece of what stands there is.
    pub(super) fn place_of(&self, piece: &str) -> Range<u64> {
        let before = piece
            .as_ptr()
            .addr()
            .saturating_sub(self.bytes.as_ptr().addr());
        let start = self.start + before as u64;
        start..start + piece.len() as u64
    }

    fn place(&self, range: Range<u64>) -> Option<Range<usize>> {
        let place = |at: u64| usize::try_from(at.checked_sub(self.start)?).ok();
        Some(place(range.start)?..place(range.end)?)
    }

    /// The text that stands there; `None` where there is no such place or no text.
    pub(super) fn text(&self, range: Range<u64>) -> Option<Lender> {
        std::str::from_utf8(self.get(range.clone())?).ok()?;
        self.lend(range)
    }

    /// The same, where it is known what was written there: `None` where that is not what stands
    /// there.
    pub(super) fn known_text(&self, range: Range<u64>, text: &str) -> Option<Lender> {
        let is_there = self.get(range.clone())? == text.as_bytes();
        is_there.then(|| self.lend(range))?
    }

    fn lend(&self, range: Range<u64>) -> Option<Lender> {
        Some(Arc::new(Piece {
            bytes: Arc::clone(&self.bytes),
            range: self.place(range)?,
        }))
    }
}

/// A range of a file that was checked to be text.
struct Piece {
    bytes: Arc<Mmap>,
    range: Range<usize>,
}

impl AsRef<str> for Piece {
    fn as_ref(&self) -> &str {
        let bytes = self.bytes.get(self.range.clone());
        // SAFETY: a piece is made by `Mapping::text` and `Mapping::known_text` alone; one has
        // checked these bytes, the other has found them to be those of a text. They do not change.
        unsafe { std::str::from_utf8_unchecked(bytes.unwrap_or_default()) }
    }
}
