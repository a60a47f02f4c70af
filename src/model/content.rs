//! Content keys: hashes that identify an article by its text, wherever its file is moved.

use std::fmt::{self, Write};
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The first 16 bytes of the SHA-256 of an article's text. Equal texts have equal keys, whatever
/// their path. Displayed as 32 lower-case hexadecimal digits.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct ContentKey([u8; 16]);

impl ContentKey {
    /// Computes the content key of `text`. Takes one pass over its bytes.
    pub fn of(text: &str) -> Self {
        let digest = Sha256::digest(text.as_bytes());
        let mut key = [0; 16];
        key.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        Self(key)
    }
}

/// Returns the SHA-256 of `text` as 64 lower-case hexadecimal digits. For a text file in UTF-8,
/// `sha256sum` prints the same digits.
pub fn sha256(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest
        .iter()
        .fold(String::with_capacity(64), |mut digits, byte| {
            // Writing to a string cannot fail.
            let _ = write!(digits, "{byte:02x}");
            digits
        })
}

impl fmt::Display for ContentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for ContentKey {
    type Err = String;

    fn from_str(digits: &str) -> Result<Self, String> {
        let number = u128::from_str_radix(digits, 16);
        match number {
            Ok(number) if digits.len() == 32 && !digits.starts_with('+') => {
                Ok(Self(number.to_be_bytes()))
            }
            _ => Err(format!(
                "`{digits}` is not a content key: use 32 hexadecimal digits"
            )),
        }
    }
}

impl ContentKey {
    /// Returns the bytes of the key, for storage.
    pub fn to_bytes(self) -> [u8; 16] {
        self.0
    }

    /// Returns the key with these bytes, as [`Self::to_bytes`] gave them.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl TryFrom<String> for ContentKey {
    type Error = String;

    fn try_from(digits: String) -> Result<Self, String> {
        digits.parse()
    }
}

impl From<ContentKey> for String {
    fn from(key: ContentKey) -> Self {
        key.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_being_written_and_tells_texts_apart() {
        let key = ContentKey::of("Kami siap.");
        assert_eq!(key.to_string().parse(), Ok(key));
        assert_ne!(key, ContentKey::of("Kami siap!"));
        assert!(
            "+0000000000000000000000000000000"
                .parse::<ContentKey>()
                .is_err()
        );
        assert!("kim".parse::<ContentKey>().is_err());
    }
}
