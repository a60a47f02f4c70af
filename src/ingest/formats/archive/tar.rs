//! TAR, also under gzip or Zstandard.

use std::io::Read;

use super::{GROWS, MEMBERS, Opened, fault, member, skipped, too_deep};
use crate::ingest::formats::member::ReadAny;
use crate::ingest::formats::{Claim, Flow, Found, Tell};
use crate::ingest::input::{HARMLESS, Input, RATIO, describe};
use crate::model::Format;

/// Where a TAR header has its mark.
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
    let mut archive = tar::Archive::new(input.into_reader());
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(error) => return tell(Format::Tar, Found::fault(describe(&error))),
    };
    for entry in entries.take(MEMBERS) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let reason = format!(
                    "the archive is damaged or truncated ({error}); the members before are read"
                );
                return tell(Format::Tar, Found::fault(reason));
            }
        };
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let kind = entry.header().entry_type();
        if kind.is_gnu_sparse() && is_hollow(&entry) {
            tell(Format::Tar, fault(&name, GROWS))?;
        } else if kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse() {
            member(&name, entry, &opened, tell)?;
        } else if kind.is_symlink() || kind.is_hard_link() {
            tell(Format::Tar, skipped(&name, "a link, not a file"))?;
        }
    }
    Flow::Continue(())
}

/// Whether a member consists of holes but for a little, and may so be of any length.
fn is_hollow(entry: &tar::Entry<impl Read>) -> bool {
    let kept = entry.header().entry_size().unwrap_or(0);
    entry.size() > kept.saturating_mul(RATIO).max(HARMLESS)
}
