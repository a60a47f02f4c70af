//! Plain text: spans, folding, words, white space, what may reach a terminal. Knows no language.

mod fold;
mod printable;
mod span;
mod words;

pub use fold::{fold, fold_char, unaccented};
pub use printable::{printable, squeeze};
pub use span::{ByteSpan, CharOffsets};
pub use words::{Word, words};
