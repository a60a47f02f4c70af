//! Reads TAR archives, also with gzip or Zstandard compression.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use super::{ArchiveContext, BOMB, MAX_MEMBERS, fault, read_file_member, skipped, too_deep};
use crate::ingest::formats::member::ReadAny;
use crate::ingest::formats::{Claim, EmitAny, Flow, Found};
use crate::ingest::input::{ALWAYS_ALLOWED, Input, MAX_RATIO, describe};
use crate::model::Format;

/// Maximum size in bytes of the headers of one member, including its name and attributes.
const MAX_HEADERS: u64 = 4 << 20;
/// Byte range of the signature (`ustar`) in a TAR header.
const SIGNATURE: std::ops::Range<usize> = 257..262;

pub(in crate::ingest::formats) fn claim(input: &Input) -> Claim {
    match input.head().get(SIGNATURE) {
        Some(b"ustar") => Claim::Content,
        _ if input.has_extension(&["tar"]) => Claim::Name,
        _ => Claim::No,
    }
}

pub(in crate::ingest::formats) fn read(input: Input, read: ReadAny, emit: &mut EmitAny) -> Flow {
    if let Some(fault) = too_deep(&input) {
        return emit(Format::Tar, fault);
    }
    let context = ArchiveContext {
        options: input.options,
        depth: input.depth,
        format: Format::Tar,
        read,
    };
    let bytes_read = Rc::new(Cell::new(0));
    let limit = Rc::new(Cell::new(MAX_HEADERS));
    let mut archive = tar::Archive::new(LimitedReader {
        inner: input.into_reader(),
        read: Rc::clone(&bytes_read),
        limit: Rc::clone(&limit),
    });
    let mut entries = match archive.entries() {
        Ok(entries) => entries,
        Err(error) => return emit(Format::Tar, Found::fault(describe(&error))),
    };
    for _ in 0..MAX_MEMBERS {
        let entry = match entries.next() {
            None => break,
            Some(Ok(entry)) => entry,
            Some(Err(error)) => {
                let reason = format!(
                    "the archive is damaged or truncated ({error}); the members before it were read"
                );
                return emit(Format::Tar, Found::fault(reason));
            }
        };
        let stored_len = entry.header().entry_size().unwrap_or(0);
        let end = bytes_read.get().saturating_add(stored_len);
        limit.set(u64::MAX);
        read_entry(entry, stored_len, &context, emit)?;
        // What the member has left unread is skipped when the next headers are read.
        let unread = end.saturating_sub(bytes_read.get());
        limit.set(
            bytes_read
                .get()
                .saturating_add(unread)
                .saturating_add(MAX_HEADERS),
        );
    }
    Flow::Continue(())
}

fn read_entry(
    entry: tar::Entry<impl Read>,
    stored_len: u64,
    context: &ArchiveContext,
    emit: &mut EmitAny,
) -> Flow {
    let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
    let kind = entry.header().entry_type();
    // A sparse member, which consists mostly of holes, may be of any length.
    let expands_too_much = entry.size() > stored_len.saturating_mul(MAX_RATIO).max(ALWAYS_ALLOWED);
    if kind.is_gnu_sparse() && expands_too_much {
        emit(Format::Tar, fault(&name, BOMB))
    } else if kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse() {
        read_file_member(&name, entry, context, emit)
    } else if kind.is_symlink() || kind.is_hard_link() {
        emit(Format::Tar, skipped(&name, "a link, not a file"))
    } else {
        Flow::Continue(())
    }
}

/// A reader that fails once `limit` bytes were read in total. It bounds the headers of the members,
/// because the parser holds names and attributes in memory, however long a header says they are.
struct LimitedReader<R> {
    inner: R,
    read: Rc<Cell<u64>>,
    limit: Rc<Cell<u64>>,
}

impl<R: Read> Read for LimitedReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read.get() >= self.limit.get() {
            return Err(io::Error::other("the header of a member is too long"));
        }
        let read = self.inner.read(buffer)?;
        self.read.set(self.read.get() + read as u64);
        Ok(read)
    }
}
