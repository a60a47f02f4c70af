//! The text of an article: owned, or shared with a mapped file.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::ContentKey;

/// A text that several owners share, such as a part of a mapped cache file.
pub type SharedText = Arc<dyn AsRef<str> + Send + Sync>;

/// The immutable text of an article, owned or mapped from a file. Cheap to clone if it is mapped.
#[derive(Clone, Default)]
pub struct Text {
    words: Words,
    /// The content key. It is computed on first use, because that takes a pass over the text.
    key: OnceLock<ContentKey>,
}

#[derive(Clone)]
enum Words {
    Own(Box<str>),
    Mapped(SharedText),
}

impl Default for Words {
    fn default() -> Self {
        Self::Own(Box::default())
    }
}

impl Text {
    /// Creates a text from shared memory, such as a mapped file, whose content key is already
    /// known.
    pub fn mapped(shared: SharedText, key: ContentKey) -> Self {
        Self {
            words: Words::Mapped(shared),
            key: key.into(),
        }
    }

    /// Creates an owned text whose content key is already known.
    pub fn known(words: Box<str>, key: ContentKey) -> Self {
        Self {
            words: Words::Own(words),
            key: key.into(),
        }
    }

    /// Returns whether the text is in shared memory, such as a mapped file, and not owned by this
    /// value.
    pub fn is_mapped(&self) -> bool {
        matches!(self.words, Words::Mapped(_))
    }

    /// Returns the content key of the text. The first call reads the whole text; later calls cost
    /// nothing.
    pub fn key(&self) -> ContentKey {
        *self.key.get_or_init(|| ContentKey::of(self))
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        match &self.words {
            Words::Own(words) => words,
            Words::Mapped(shared) => (**shared).as_ref(),
        }
    }
}

impl<T: Into<Box<str>>> From<T> for Text {
    fn from(words: T) -> Self {
        Self {
            words: Words::Own(words.into()),
            key: OnceLock::new(),
        }
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::<str>::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lent_text_is_a_text_like_any_other() {
        let own = Text::from("Kami siap.");
        let mapped = Text::mapped(Arc::new("Kami siap.".to_owned()), own.key());
        assert_eq!(own, mapped);
        assert!(mapped.is_mapped() && !own.is_mapped());
        assert_eq!(mapped.key(), ContentKey::of("Kami siap."));
        assert_eq!(format!("{mapped:?}"), "\"Kami siap.\"");
    }
}
