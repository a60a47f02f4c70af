//! Reads the members of archives as if they were files in a folder, without unpacking them to disk.
//! The name of a member is used only as a label, so `..` in it has no effect.

pub(super) mod tar;
pub(super) mod zip;

use std::io::Read;

use super::member::{ReadAny, read_member};
use super::{EmitAny, Flow, Found};
use crate::ingest::file::has_skipped_extension;
use crate::ingest::input::Input;
use crate::model::Format;

const BOMB: &str = "suspected decompression bomb (expands more than 250-fold): it was not read";

/// Maximum nesting of archives: an archive inside two others is not opened. The expansion of a
/// decompression bomb multiplies with each level.
const MAX_DEPTH: usize = 2;
/// Maximum number of members that are read from one archive. An archive with more is an attack, or
/// needs another tool.
const MAX_MEMBERS: usize = 10_000_000;

fn fault(name: &str, reason: impl Into<String>) -> Found {
    Found::Fault {
        record: Some(name.to_owned()),
        line: None,
        reason: reason.into(),
    }
}

fn skipped(name: &str, reason: &str) -> Found {
    Found::Skipped {
        record: Some(name.to_owned()),
        reason: reason.to_owned(),
    }
}

fn too_deep(input: &Input) -> Option<Found> {
    (input.depth >= MAX_DEPTH)
        .then(|| Found::fault("an archive inside an archive inside an archive is not read"))
}

/// Reads one member of an archive, whatever its format. Reports it as skipped if its extension is
/// one of files without articles, such as `.png`.
fn read_file_member(
    name: &str,
    reader: impl Read,
    input: &ArchiveContext,
    emit: &mut EmitAny,
) -> Flow {
    let base = name.rsplit('/').next().unwrap_or(name);
    if has_skipped_extension(base) {
        return emit(
            input.format,
            skipped(name, "not text, judging by its extension"),
        );
    }
    read_member(
        name,
        Input::open(name, reader, input.options),
        (input.depth, input.read),
        emit,
    )
}

/// The properties of an archive that are needed to read its members.
struct ArchiveContext<'o> {
    options: &'o crate::ingest::Options,
    depth: usize,
    format: Format,
    read: ReadAny,
}
