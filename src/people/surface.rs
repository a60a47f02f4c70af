//! The surface of a name: a speaker as an article writes it.

use super::name::Name;

/// A surface: one written form of a name, parsed.
pub(super) struct Surface {
    /// The form as written.
    pub(super) written: Box<str>,
    /// The parsed name.
    pub(super) name: Name,
    /// Whether it occurs somewhere without an office directly before it. An office may leave one of
    /// its words on the name (`Menteri Perhubungan Laut Ratna`).
    pub(super) is_bare: bool,
    /// Whether it occurs somewhere after the first word of the name of a body.
    pub(super) is_behind_body: bool,
}

impl Surface {
    /// Creates a surface of which no occurrence is known yet.
    pub(super) fn new(written: &str, name: Name) -> Self {
        Self {
            written: written.into(),
            name,
            is_bare: false,
            is_behind_body: false,
        }
    }
}
