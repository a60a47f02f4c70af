//! The members of containers: files of any format, read as if they were separate files.

use super::found::{Flow, Found, Tell};
use crate::ingest::catch_panic::catch_panic;
use crate::ingest::input::Input;
use crate::model::Format;

/// Reads a file in the format with the highest claim.
pub(super) type ReadAny = fn(Input, &mut Tell) -> Flow;

/// Maximum nesting of containers that are opened. A deeper one is reported as a fault.
const DEPTH: usize = 4;

/// Reads one member of a container. Its results are recorded as `member`, or as `member#record` if
/// the member holds several records. `depth` is the depth of the container.
pub(super) fn read_member(
    member: &str,
    mut input: Input,
    (depth, read): (usize, ReadAny),
    tell: &mut Tell,
) -> Flow {
    input.depth = depth + 1;
    if input.depth > DEPTH {
        let fault = Found::Fault {
            record: Some(member.to_owned()),
            line: None,
            reason: format!("more than {DEPTH} containers within one another"),
        };
        return tell(Format::Unknown, fault);
    }
    let place = |record: Option<String>| {
        Some(record.map_or(member.to_owned(), |record| format!("{member}#{record}")))
    };
    // A parser that panics affects its own member, but not those after it.
    let mut tell_member = |format, found| {
        let found = match found {
            Found::Record(mut article) => {
                article.record = place(article.record.take());
                Found::Record(article)
            }
            Found::Fault {
                record,
                line,
                reason,
            } => Found::Fault {
                record: place(record),
                line,
                reason,
            },
            Found::Transient { record, reason } => Found::Transient {
                record: place(record),
                reason,
            },
            Found::Unreadable(reason) => Found::Fault {
                record: place(None),
                line: None,
                reason,
            },
            Found::Skipped { record, reason } => Found::Skipped {
                record: place(record),
                reason,
            },
        };
        tell(format, found)
    };
    catch_panic(|| read(input, &mut tell_member)).unwrap_or_else(|failure| {
        let (record, reason) = (None, failure.to_string());
        tell_member(Format::Unknown, Found::Transient { record, reason })
    })
}
