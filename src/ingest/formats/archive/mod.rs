//! Archives: members are read as if they were files in a folder, without unpacking to disk. The
//! name of a member is only a label, so `..` in it leads nowhere.

pub(super) mod tar;
pub(super) mod zip;

use std::io::Read;

use super::member::{ReadAny, read_member};
use super::{Flow, Found, Tell};
use crate::ingest::file::is_foreign;
use crate::ingest::input::Input;
use crate::model::Format;

const GROWS: &str = "it grows more than 250-fold when unpacked: no text does; it was not opened";

/// Maximum nesting of archives that are opened. A decompression bomb multiplies with each level.
const DEPTH: usize = 2;
/// Maximum number of members of one archive. An archive with more is an attack, or needs another
/// tool.
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

/// Reads one member, unless its extension is that of files without articles.
fn member(name: &str, reader: impl Read, input: &Opened, tell: &mut Tell) -> Flow {
    let base = name.rsplit('/').next().unwrap_or(name);
    if is_foreign(base) {
        return tell(input.format, skipped(name, "no text, by its ending"));
    }
    read_member(
        name,
        Input::open(name, reader, input.options),
        (input.depth, input.read),
        tell,
    )
}

/// Data of an archive that its members need.
struct Opened<'o> {
    options: &'o crate::ingest::Options,
    depth: usize,
    format: Format,
    read: ReadAny,
}
