//! A speaker as an article writes the name.

use super::name::Name;

/// One way of writing a speaker, taken apart.
pub(super) struct Surface {
    /// As it stands.
    pub(super) written: Box<str>,
    /// Taken apart.
    pub(super) name: Name,
    /// Whether it stands somewhere without an office right before it, which may have left a word of
    /// its own on the name (`Menteri Perhubungan Laut Ratna`).
    pub(super) is_bare: bool,
    /// Whether it stands somewhere behind the first word of a body's name.
    pub(super) is_behind_body: bool,
}

impl Surface {
    /// A way of writing, as long as nothing is known of where it stands.
    pub(super) fn new(written: &str, name: Name) -> Self {
        Self {
            written: written.into(),
            name,
            is_bare: false,
            is_behind_body: false,
        }
    }
}
