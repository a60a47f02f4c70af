//! A JSON value in the form that formats with records need. Fields keep their order, and numbers
//! are kept as text, so that nothing is lost that a user would see.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Null,
    /// A number or truth value, as text.
    Atom(String),
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    /// Returns the fields of an object. Returns none for any other value.
    pub fn entries(&self) -> &[(String, Self)] {
        match self {
            Self::Object(entries) => entries,
            _ => &[],
        }
    }

    /// Returns whether the value can be an article's text: a string, or a list of strings, which
    /// are its paragraphs. White space alone is no text.
    pub fn has_text(&self) -> bool {
        let is_word = |part: &Self| matches!(part, Self::Text(text) if !text.trim().is_empty());
        match self {
            Self::List(parts) => {
                parts.iter().all(|part| matches!(part, Self::Text(_))) && parts.iter().any(is_word)
            }
            value => is_word(value),
        }
    }

    /// Returns the value as the text of an article, with blank lines between paragraphs. Returns
    /// `None` if [`Self::has_text`] is false.
    pub fn into_text(self) -> Option<String> {
        if !self.has_text() {
            return None;
        }
        match self {
            Self::Text(text) => Some(text),
            Self::List(parts) => {
                let mut joined = String::new();
                // Each part is freed once it is copied.
                for part in parts {
                    if let Self::Text(part) = part {
                        if !joined.is_empty() {
                            joined.push_str("\n\n");
                        }
                        joined.push_str(&part);
                    }
                }
                Some(joined)
            }
            _ => None,
        }
    }

    /// Removes and returns the value that `chain`, a path of field indices, leads to. Leaves null
    /// in its place. Returns null if the path leads nowhere.
    pub fn take(&mut self, chain: &[usize]) -> Self {
        let mut place = self;
        for index in chain {
            match place {
                Self::Object(entries) if *index < entries.len() => place = &mut entries[*index].1,
                _ => return Self::Null,
            }
        }
        std::mem::replace(place, Self::Null)
    }

    /// Returns the value as a short text: a string, a number, the first item of a list, or the
    /// field by which an object is named (`{"name": "Kabar"}`, `{"$oid": "…"}`). Returns `None` if
    /// there is no such text.
    pub fn as_words(&self) -> Option<String> {
        match self {
            Self::Text(words) | Self::Atom(words) => {
                let words = words.trim();
                (!words.is_empty()).then(|| words.to_owned())
            }
            Self::List(values) => values.iter().find_map(Self::as_words),
            Self::Object(entries) => NAME_FIELDS.iter().find_map(|naming| {
                let (_, value) = entries.iter().find(|(name, _)| name == naming)?;
                match value {
                    Self::Text(_) | Self::Atom(_) => value.as_words(),
                    _ => None,
                }
            }),
            Self::Null => None,
        }
    }

    /// Returns the value as a list of names: the items of a list, or else a single name. Each is
    /// read as by [`Self::as_words`].
    pub fn as_list(&self) -> Vec<String> {
        match self {
            Self::List(values) => values.iter().filter_map(Self::as_words).collect(),
            value => value.as_words().into_iter().collect(),
        }
    }
}

/// Fields whose value stands for the object that has them, in order of preference.
const NAME_FIELDS: [&str; 10] = [
    "name", "nama", "title", "value", "text", "rendered", "$oid", "$date", "#text", "id",
];

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Atom(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Atom(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Atom(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Atom(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        Ok(Node::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = seq.next_element()? {
            values.push(value);
        }
        Ok(Node::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Node::Object(entries))
    }
}
