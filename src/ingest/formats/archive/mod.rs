//! Archives: members are read as if they lay in a folder, without unpacking to disk. A member's
//! name is only a name: `..` in it leads nowhere.

pub(super) mod tar;
pub(super) mod zip;

use std::io::Read;

use super::member::{ReadAny, read_member};
use super::{Flow, Found, Tell};
use crate::ingest::file::is_foreign;
use crate::ingest::input::Input;
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
        (input.depth, input.read),
        tell,
    )
}

/// What members need of their archive.
struct Opened<'o> {
    options: &'o crate::ingest::Options,
    depth: usize,
    format: Format,
    read: ReadAny,
}
