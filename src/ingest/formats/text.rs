//! Reads plain text: one article per file, in any layout.

use super::found::emit_read_error;
use super::limit::{cut, too_long};
use super::{Claim, Emit, Flow, Found, Record};
use crate::ingest::decode::{decode, is_binary};
use crate::ingest::input::{Input, describe};
use crate::ingest::own::exported_text;

pub(super) fn claim(input: &Input) -> Claim {
    if is_binary(input.head()) {
        Claim::No
    } else {
        Claim::Fallback
    }
}

pub(super) fn read(input: Input, emit: &mut Emit) -> Flow {
    let limit = input.options.text_limit;
    let own = exported_text(input.head());
    let whole = input.read_up_to(limit);
    let mut text = decode(whole.bytes);
    // A text in an older encoding grows when it is converted to UTF-8.
    let longer = cut(&mut text, limit) || whole.longer;
    if text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        let reason = whole.error.map_or_else(
            || "the file contains only white space".to_owned(),
            |error| describe(&error),
        );
        return emit(Found::fault(reason));
    }
    emit(Found::Record(Box::new(Record {
        text,
        own,
        ..Record::default()
    })))?;
    emit_read_error(whole.error.as_ref(), emit)?;
    if longer {
        emit(Found::fault(too_long(limit)))?;
    }
    Flow::Continue(())
}
