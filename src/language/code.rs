//! The two-letter codes by which languages are named.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language by its ISO 639-1 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Lang([u8; 2]);

impl Lang {
    /// The code of Indonesian, `id`.
    pub const ID: Self = Self(*b"id");
    /// The code of English, `en`.
    pub const EN: Self = Self(*b"en");

    /// Returns the two letters of the code, such as `id`.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Lang {
    type Err = String;

    fn from_str(code: &str) -> Result<Self, String> {
        match code.as_bytes() {
            [a, b] if a.is_ascii_lowercase() && b.is_ascii_lowercase() => Ok(Self([*a, *b])),
            _ => Err(format!(
                "`{code}` is no ISO 639-1 code: two small letters, such as `id`"
            )),
        }
    }
}

impl TryFrom<String> for Lang {
    type Error = String;

    fn try_from(code: String) -> Result<Self, String> {
        code.parse()
    }
}

impl From<Lang> for String {
    fn from(lang: Lang) -> Self {
        lang.as_str().to_owned()
    }
}
