//! A name as articles write it, with what is known of it over the corpus.

use super::name::Name;

/// One way of writing a name, taken apart.
#[derive(Clone, Debug)]
pub(super) struct Surface {
    /// As it stands, white space squeezed.
    pub(super) written: Box<str>,
    /// Taken apart, once the whole corpus is known; empty if no letter is left.
    pub(super) name: Name,
    /// Number of articles in which it is named or speaks.
    pub(super) articles: u32,
    /// Whether it speaks somewhere.
    pub(super) speaks: bool,
    /// Whether it stands somewhere without an office right before it, which may have left a word of
    /// its own on the name (`Menteri Perhubungan Laut Ratna`).
    pub(super) is_bare: bool,
    /// Whether it stands somewhere behind the first word of a body's name.
    pub(super) is_behind_body: bool,
}

impl Surface {
    /// A way of writing, as long as nothing is known of it.
    pub(super) fn new(written: Box<str>) -> Self {
        Self {
            written,
            name: Name::default(),
            articles: 0,
            speaks: false,
            is_bare: false,
            is_behind_body: false,
        }
    }

    /// Adds what another part of the corpus tells of it.
    pub(super) fn add(&mut self, other: &Self) {
        self.articles += other.articles;
        self.speaks |= other.speaks;
        self.is_bare |= other.is_bare;
        self.is_behind_body |= other.is_behind_body;
    }
}
