//! The words of an article: what each can be in its language, and the marks between them.

pub(super) mod lexicon;
pub(super) mod marks;
pub(super) mod name_words;
pub(super) mod reading;
pub(super) mod tokens;
