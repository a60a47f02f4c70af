//! Archives: members are read as if they lay in a folder, without unpacking to disk. A member's
//! name is only a name: `..` in it leads nowhere.

use std::io::{Cursor, Read};

use super::{Flow, Found, Tell, read_member};
use crate::ingest::discover::is_foreign;
use crate::ingest::input::{ALL_HARMLESS, ALL_RATIO, HARMLESS, Input, RATIO, describe};
use crate::model::Format;

const GROWS: &str = "it grows more than 250-fold when unpacked: no text does; it was not opened";

/// Archives within one another that are opened; a bomb multiplies with each.
const DEPTH: usize = 2;
/// Members of one archive; more is an attack or another tool's business.
const MEMBERS: usize = 10_000_000;

fn fault(member: &str, reason: impl Into<String>) -> Found {
    Found::Fault {
        record: Some(member.to_owned()),
        line: None,
        reason: reason.into(),
    }
}

fn skipped(member: &str, reason: &str) -> Found {
    Found::Skipped {
        record: Some(member.to_owned()),
        reason: reason.to_owned(),
    }
}

fn too_deep(input: &Input) -> Option<Found> {
    (input.depth >= DEPTH)
        .then(|| Found::fault("an archive within an archive within an archive is not opened"))
}

/// Reads one member, but for what no article is kept in.
fn member(name: &str, reader: impl Read, input: &Opened, tell: &mut Tell) -> Flow {
    let base = name.rsplit('/').next().unwrap_or(name);
    if is_foreign(base) {
        return tell(input.format, skipped(name, "no text, by its ending"));
    }
    read_member(
        name,
        Input::open(name, reader, input.options),
        input.depth,
        tell,
    )
}

/// What members need of their archive.
struct Opened<'o> {
    options: &'o crate::ingest::Options,
    depth: usize,
    format: Format,
}

/// ZIP.
pub(super) mod zip {
    use ::zip::ZipReadOptions;
    use ::zip::read::{Config, ZipFileEntry};
    use ::zip::result::ZipError;
    use ::zip::unstable::read::ZipIterable;

    use super::{
        ALL_HARMLESS, ALL_RATIO, Cursor, Flow, Format, Found, GROWS, HARMLESS, Input, MEMBERS,
        Opened, RATIO, Read, Tell, describe, fault, member, skipped, too_deep,
    };
    use crate::ingest::formats::Claim;

    /// The largest archive: its directory stands at its end, so that it is read whole.
    const LIMIT: usize = 1 << 30;
    /// One inside another.
    const INNER_LIMIT: usize = 128 << 20;

    pub(in crate::ingest::formats) fn claim(input: &Input) -> Claim {
        match input.head() {
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Claim::Content,
            _ => Claim::No,
        }
    }

    pub(in crate::ingest::formats) fn read(input: Input, tell: &mut Tell) -> Flow {
        if let Some(fault) = too_deep(&input) {
            return tell(Format::Zip, fault);
        }
        let limit = if input.depth == 0 { LIMIT } else { INNER_LIMIT };
        let opened = Opened {
            options: input.options,
            depth: input.depth,
            format: Format::Zip,
        };
        let whole = input.read_up_to(limit);
        if whole.longer {
            let mib = limit >> 20;
            return tell(
                Format::Zip,
                Found::fault(format!(
                    "the archive is larger than {mib} MiB; unpack it and name the folder"
                )),
            );
        }
        if let Some(error) = whole.error {
            return tell(Format::Zip, Found::fault(describe(&error)));
        }
        let left = (whole.bytes.len() as u64).saturating_mul(ALL_RATIO);
        // By the directory's entries, not by their names: two members may share one.
        let mut archive = match ZipIterable::try_new(Cursor::new(whole.bytes), Config::default()) {
            Ok(archive) => archive,
            Err(error) => return tell(Format::Zip, Found::fault(damaged(&error))),
        };
        let files = match archive.files() {
            Ok(files) => files,
            Err(error) => return tell(Format::Zip, Found::fault(damaged(&error))),
        };
        let mut left = left.max(ALL_HARMLESS);
        for number in 1..=MEMBERS {
            let Some(entry) = files.next() else {
                break;
            };
            match entry {
                Ok(entry) => {
                    let member = Member { number, entry };
                    member.read(files.reader_mut(), &mut left, &opened, tell)?;
                }
                // The directory ends here; what it has named before is read.
                Err(error) => {
                    return tell(Format::Zip, fault(&member_name(number), damaged(&error)));
                }
            }
        }
        Flow::Continue(())
    }

    fn damaged(error: &ZipError) -> String {
        format!("the archive is damaged or truncated ({error})")
    }

    fn member_name(number: usize) -> String {
        format!("member {number}")
    }

    /// A member, and the how-many-th it is.
    struct Member {
        number: usize,
        entry: ZipFileEntry<'static>,
    }

    impl Member {
        /// Reads it, where it grows no more than it may and no more than is `left` for all.
        fn read(
            self,
            archive: &mut Cursor<Vec<u8>>,
            left: &mut u64,
            opened: &Opened,
            tell: &mut Tell,
        ) -> Flow {
            let number = member_name(self.number);
            let file = match self.entry.with_reader(archive, ZipReadOptions::new()) {
                Ok(file) => file,
                Err(error) => {
                    return tell(
                        Format::Zip,
                        fault(&number, format!("cannot be unpacked ({error})")),
                    );
                }
            };
            let name = file.name().map_or(number, std::borrow::Cow::into_owned);
            if file.is_dir() {
                return Flow::Continue(());
            }
            if file.is_symlink() {
                return tell(Format::Zip, skipped(&name, "a link, not a file"));
            }
            let allowed = file.compressed_size().saturating_mul(RATIO).max(HARMLESS);
            if file.size() > allowed {
                return tell(Format::Zip, fault(&name, GROWS));
            }
            // What a member says of its size need not be true.
            let allowed = allowed.min(*left);
            if file.size() > allowed {
                let reason =
                    "the archive as a whole grows more than 50-fold: this member was not opened";
                return tell(Format::Zip, fault(&name, reason));
            }
            *left -= file.size().min(*left);
            member(&name, file.take(allowed), opened, tell)
        }
    }
}

/// TAR, also under gzip or Zstandard.
pub(super) mod tar {
    use std::cell::Cell;
    use std::io;
    use std::rc::Rc;

    use super::{
        Flow, Format, Found, GROWS, HARMLESS, Input, MEMBERS, Opened, RATIO, Read, Tell, describe,
        fault, member, skipped, too_deep,
    };
    use crate::ingest::formats::Claim;

    /// The longest headers of one member, with its name and attributes.
    const HEADERS: u64 = 4 << 20;
    /// Where a TAR header has its mark.
    const MARK: std::ops::Range<usize> = 257..262;

    pub(in crate::ingest::formats) fn claim(input: &Input) -> Claim {
        match input.head().get(MARK) {
            Some(b"ustar") => Claim::Content,
            _ if input.has_ending(&["tar"]) => Claim::Name,
            _ => Claim::No,
        }
    }

    pub(in crate::ingest::formats) fn read(input: Input, tell: &mut Tell) -> Flow {
        if let Some(fault) = too_deep(&input) {
            return tell(Format::Tar, fault);
        }
        let opened = Opened {
            options: input.options,
            depth: input.depth,
            format: Format::Tar,
        };
        let read = Rc::new(Cell::new(0));
        let most = Rc::new(Cell::new(HEADERS));
        let mut archive = ::tar::Archive::new(Metered {
            inner: input.into_reader(),
            read: Rc::clone(&read),
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
            let end = read.get().saturating_add(kept);
            most.set(u64::MAX);
            read_entry(entry, kept, &opened, tell)?;
            // What the member has left unread is passed over with the headers of the next.
            let unread = end.saturating_sub(read.get());
            most.set(read.get().saturating_add(unread).saturating_add(HEADERS));
        }
        Flow::Continue(())
    }

    fn read_entry(
        entry: ::tar::Entry<impl Read>,
        kept: u64,
        opened: &Opened,
        tell: &mut Tell,
    ) -> Flow {
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let kind = entry.header().entry_type();
        // Made of holes but for a little, a member may be of any length.
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

    /// A reader that fails where more is read than it may be at the time: names and attributes of
    /// members are held whole, however long a header says that they are.
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
}
