//! Reads the members of containers, such as archives. A member is a file of any format, and is read
//! as if it were a separate file.

use super::found::{EmitAny, Flow, Found};
use crate::ingest::catch_panic::catch_panic;
use crate::ingest::input::Input;
use crate::model::Format;

/// A function that reads a file in the format with the highest claim on it.
pub(super) type ReadAny = fn(Input, &mut EmitAny) -> Flow;

/// Maximum nesting of containers that are opened. A container that is nested more deeply is
/// reported as a fault.
const MAX_DEPTH: usize = 4;

/// Reads one member of a container with the function `read`. What it emits is recorded under the
/// name `member`, or `member#record` if the member holds several records. `depth` is the number of
/// containers around the container itself.
pub(super) fn read_member(
    member: &str,
    mut input: Input,
    (depth, read): (usize, ReadAny),
    emit: &mut EmitAny,
) -> Flow {
    input.depth = depth + 1;
    if input.depth > MAX_DEPTH {
        let fault = Found::Fault {
            record: Some(member.to_owned()),
            line: None,
            reason: format!("containers nested more than {MAX_DEPTH} deep are not read"),
        };
        return emit(Format::Unknown, fault);
    }
    let place = |record: Option<String>| {
        Some(record.map_or(member.to_owned(), |record| format!("{member}#{record}")))
    };
    // A parser that panics affects its own member, but not those after it.
    let mut emit_member = |format, found| {
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
        emit(format, found)
    };
    catch_panic(|| read(input, &mut emit_member)).unwrap_or_else(|failure| {
        let (record, reason) = (None, failure.to_string());
        emit_member(Format::Unknown, Found::Transient { record, reason })
    })
}
