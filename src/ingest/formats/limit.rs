//! Limits the length of the texts of articles.

use super::found::{Emit, Flow, Found};

/// Returns the message for the user that a text was cut at `limit` bytes.
pub(super) fn too_long(limit: usize) -> String {
    let mib = limit >> 20;
    format!("the text is longer than {mib} MiB; only its first {mib} MiB are read")
}

/// Emits `found`. If it is an article with a text longer than `limit` bytes, cuts the text, and
/// also emits a fault that says so.
pub(super) fn bounded(found: Found, limit: usize, emit: &mut Emit) -> Flow {
    let Found::Record(mut record) = found else {
        return emit(found);
    };
    if !cut(&mut record.text, limit) {
        return emit(Found::Record(record));
    }
    let end = record.text.len() as u32;
    if let Some(blocks) = &mut record.blocks {
        blocks.retain(|block| block.span.start < end);
        for block in blocks {
            block.span.end = block.span.end.min(end);
        }
    }
    let fault = Found::Fault {
        record: record.record.clone(),
        line: record.line,
        reason: too_long(limit),
    };
    emit(Found::Record(record))?;
    emit(fault)
}

/// Cuts `text` to at most `limit` bytes, on a character boundary. Returns whether it was longer
/// than that.
pub(super) fn cut(text: &mut String, limit: usize) -> bool {
    if text.len() <= limit {
        return false;
    }
    text.truncate(text.floor_char_boundary(limit));
    text.shrink_to_fit();
    true
}
