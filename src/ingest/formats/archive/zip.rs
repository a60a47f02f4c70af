//! ZIP archives.

use std::io::{Cursor, Read};

use zip::ZipReadOptions;
use zip::read::{Config, ZipFileEntry};
use zip::result::ZipError;
use zip::unstable::read::ZipIterable;

use super::{GROWS, MEMBERS, Opened, fault, member, skipped, too_deep};
use crate::ingest::formats::member::ReadAny;
use crate::ingest::formats::{Claim, Flow, Found, Tell};
use crate::ingest::input::{ALL_HARMLESS, ALL_RATIO, HARMLESS, Input, RATIO, describe};
use crate::model::Format;

/// Maximum size of an archive in bytes. Its directory is at the end, so the whole archive is read
/// into memory.
const LIMIT: usize = 1 << 30;
/// Maximum size in bytes of an archive inside another.
const INNER_LIMIT: usize = 128 << 20;

pub(in crate::ingest::formats) fn claim(input: &Input) -> Claim {
    match input.head() {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Claim::Content,
        _ => Claim::No,
    }
}

pub(in crate::ingest::formats) fn read(input: Input, read: ReadAny, tell: &mut Tell) -> Flow {
    if let Some(fault) = too_deep(&input) {
        return tell(Format::Zip, fault);
    }
    let limit = if input.depth == 0 { LIMIT } else { INNER_LIMIT };
    let opened = Opened {
        options: input.options,
        depth: input.depth,
        format: Format::Zip,
        read,
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
    // Iterate over the entries of the directory, not over names, because two members may have the
    // same name.
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
            // The directory ends here. The members before this point are read.
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

/// A member with its number in the archive.
struct Member {
    number: usize,
    entry: ZipFileEntry<'static>,
}

impl Member {
    /// Reads the member, unless it grows more than one member may or more than is `left` for all.
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
        // The size that a member declares may be wrong.
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
