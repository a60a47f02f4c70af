//! TAR archives, also with gzip or Zstandard compression.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use super::{GROWS, MEMBERS, Opened, fault, member, skipped, too_deep};
use crate::ingest::formats::member::ReadAny;
use crate::ingest::formats::{Claim, Flow, Found, Tell};
use crate::ingest::input::{HARMLESS, Input, RATIO, describe};
use crate::model::Format;

/// Maximum size in bytes of the headers of one member, including its name and attributes.
const HEADERS: u64 = 4 << 20;
/// Position of the signature in a TAR header.
const MARK: std::ops::Range<usize> = 257..262;

pub(in crate::ingest::formats) fn claim(input: &Input) -> Claim {
    match input.head().get(MARK) {
        Some(b"ustar") => Claim::Content,
        _ if input.has_ending(&["tar"]) => Claim::Name,
        _ => Claim::No,
    }
}

pub(in crate::ingest::formats) fn read(input: Input, read: ReadAny, tell: &mut Tell) -> Flow {
    if let Some(fault) = too_deep(&input) {
        return tell(Format::Tar, fault);
    }
    let opened = Opened {
        options: input.options,
        depth: input.depth,
        format: Format::Tar,
        read,
    };
    let taken = Rc::new(Cell::new(0));
    let most = Rc::new(Cell::new(HEADERS));
    let mut archive = tar::Archive::new(Metered {
        inner: input.into_reader(),
        read: Rc::clone(&taken),
        most: Rc::clone(&most),
    });
    let mut entries = match archive.entries() {
        Ok(entries) => entries,
        Err(error) => return tell(Format::Tar, Found::fault(describe(&error))),
    };
    for _ in 0..MEMBERS {
        let entry = match entries.next() {
            None => break,
            Some(Ok(entry)) => entry,
            Some(Err(error)) => {
                let reason = format!(
                    "the archive is damaged or truncated ({error}); the members before are read"
                );
                return tell(Format::Tar, Found::fault(reason));
            }
        };
        let kept = entry.header().entry_size().unwrap_or(0);
        let end = taken.get().saturating_add(kept);
        most.set(u64::MAX);
        read_entry(entry, kept, &opened, tell)?;
        // What the member has left unread is skipped when the next headers are read.
        let unread = end.saturating_sub(taken.get());
        most.set(taken.get().saturating_add(unread).saturating_add(HEADERS));
    }
    Flow::Continue(())
}

fn read_entry(entry: tar::Entry<impl Read>, kept: u64, opened: &Opened, tell: &mut Tell) -> Flow {
    let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
    let kind = entry.header().entry_type();
    // A sparse member, which consists mostly of holes, may be of any length.
    let is_hollow = entry.size() > kept.saturating_mul(RATIO).max(HARMLESS);
    if kind.is_gnu_sparse() && is_hollow {
        tell(Format::Tar, fault(&name, GROWS))
    } else if kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse() {
        member(&name, entry, opened, tell)
    } else if kind.is_symlink() || kind.is_hard_link() {
        tell(Format::Tar, skipped(&name, "a link, not a file"))
    } else {
        Flow::Continue(())
    }
}

/// A reader that fails if more is read than is currently allowed. Names and attributes of members
/// are held in memory, however long a header says they are.
struct Metered<R> {
    inner: R,
    read: Rc<Cell<u64>>,
    most: Rc<Cell<u64>>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read.get() >= self.most.get() {
            return Err(io::Error::other("the name of a member does not end"));
        }
        let read = self.inner.read(buffer)?;
        self.read.set(self.read.get() + read as u64);
        Ok(read)
    }
}
