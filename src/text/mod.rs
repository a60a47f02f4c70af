//! Plain text: spans, folding, words, white space, width, wrapping, and output that is safe for a
//! terminal. Nothing here depends on a language.

mod entity;
mod fold;
mod json;
pub mod letters;
mod printable;
mod span;
mod spans;
mod utf16;
mod width;
mod words;
mod wrap;

pub use entity::mark_entity;
pub use fold::{fold, fold_char, unaccented};
pub use json::write_json;
pub use printable::{printable, squeeze};
pub use span::{ByteSpan, CharOffsets};
pub use spans::Spans;
pub use utf16::{Utf16Offsets, byte_of_utf16};
pub use width::{Cell, Cells, cells, clip, head, laid_width, width};
pub use words::{Word, words};
pub use wrap::{Insert, wrap};
