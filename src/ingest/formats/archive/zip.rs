//! Reads ZIP archives.

use std::io::{Cursor, Read};

use zip::ZipReadOptions;
use zip::read::{Config, ZipFileEntry};
use zip::result::ZipError;
use zip::unstable::read::ZipIterable;

use super::{ArchiveContext, BOMB, MAX_MEMBERS, fault, read_file_member, skipped, too_deep};
use crate::ingest::formats::member::ReadAny;
use crate::ingest::formats::{Claim, EmitAny, Flow, Found};
use crate::ingest::input::{
    ALWAYS_ALLOWED, ALWAYS_ALLOWED_TOTAL, Input, MAX_RATIO, MAX_TOTAL_RATIO, describe,
};
use crate::model::Format;

/// Maximum size of an archive in bytes. Its directory is at the end, so the whole archive is read
/// into memory.
const MAX_SIZE: usize = 1 << 30;
/// Maximum size in bytes of an archive inside another, which is held in memory besides the outer
/// one.
const MAX_INNER_SIZE: usize = 128 << 20;

pub(in crate::ingest::formats) fn claim(input: &Input) -> Claim {
    match input.head() {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Claim::Content,
        _ => Claim::No,
    }
}

pub(in crate::ingest::formats) fn read(input: Input, read: ReadAny, emit: &mut EmitAny) -> Flow {
    if let Some(fault) = too_deep(&input) {
        return emit(Format::Zip, fault);
    }
    let limit = if input.depth == 0 {
        MAX_SIZE
    } else {
        MAX_INNER_SIZE
    };
    let context = ArchiveContext {
        options: input.options,
        depth: input.depth,
        format: Format::Zip,
        read,
    };
    let whole = input.read_up_to(limit);
    if whole.longer {
        let mib = limit >> 20;
        return emit(
            Format::Zip,
            Found::fault(format!(
                "the archive is larger than {mib} MiB; unpack it and open the folder instead"
            )),
        );
    }
    if let Some(error) = whole.error {
        return emit(Format::Zip, Found::fault(describe(&error)));
    }
    let remaining = (whole.bytes.len() as u64).saturating_mul(MAX_TOTAL_RATIO);
    // Iterate over the entries of the directory, not over names, because two members may have the
    // same name.
    let mut archive = match ZipIterable::try_new(Cursor::new(whole.bytes), Config::default()) {
        Ok(archive) => archive,
        Err(error) => return emit(Format::Zip, Found::fault(damaged_archive(&error))),
    };
    let files = match archive.files() {
        Ok(files) => files,
        Err(error) => return emit(Format::Zip, Found::fault(damaged_archive(&error))),
    };
    let mut remaining = remaining.max(ALWAYS_ALLOWED_TOTAL);
    for number in 1..=MAX_MEMBERS {
        let Some(entry) = files.next() else {
            break;
        };
        match entry {
            Ok(entry) => {
                let read_file_member = Member { number, entry };
                read_file_member.read(files.reader_mut(), &mut remaining, &context, emit)?;
            }
            // The directory ends here. The members before this point are read.
            Err(error) => {
                return emit(
                    Format::Zip,
                    fault(&member_name(number), damaged_archive(&error)),
                );
            }
        }
    }
    Flow::Continue(())
}

fn damaged_archive(error: &ZipError) -> String {
    format!("the archive is damaged or truncated ({error})")
}

fn member_name(number: usize) -> String {
    format!("member {number}")
}

/// A member of a ZIP archive, with its number in the archive, counted from 1.
struct Member {
    number: usize,
    entry: ZipFileEntry<'static>,
}

impl Member {
    /// Reads the member. Reports it as a decompression bomb instead if it expands too much, or to
    /// more than `remaining` bytes. `remaining` is the number of bytes to which the rest of the
    /// archive may still expand; the size of the member is subtracted from it.
    fn read(
        self,
        archive: &mut Cursor<Vec<u8>>,
        remaining: &mut u64,
        context: &ArchiveContext,
        emit: &mut EmitAny,
    ) -> Flow {
        let number = member_name(self.number);
        let file = match self.entry.with_reader(archive, ZipReadOptions::new()) {
            Ok(file) => file,
            Err(error) => {
                return emit(
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
            return emit(Format::Zip, skipped(&name, "a link, not a file"));
        }
        let allowed = file
            .compressed_size()
            .saturating_mul(MAX_RATIO)
            .max(ALWAYS_ALLOWED);
        if file.size() > allowed {
            return emit(Format::Zip, fault(&name, BOMB));
        }
        // The size that a member declares may be wrong.
        let allowed = allowed.min(*remaining);
        if file.size() > allowed {
            let reason = "suspected decompression bomb (the archive as a whole expands more than 50-fold): this member was not read";
            return emit(Format::Zip, fault(&name, reason));
        }
        *remaining -= file.size().min(*remaining);
        read_file_member(&name, file.take(allowed), context, emit)
    }
}
