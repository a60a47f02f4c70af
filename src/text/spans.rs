//! A list of spans that takes little memory.

use std::fmt;
use std::ops::Deref;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::ByteSpan;

/// A list of spans that is nearly always empty or has one element. Neither case allocates: a corpus
/// holds millions of such lists.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Spans(Few);

#[derive(Clone, Default, PartialEq, Eq)]
enum Few {
    #[default]
    None,
    One(ByteSpan),
    /// Two or more spans. The double box keeps this variant no larger than one span, because nearly
    /// all lists have at most one.
    Many(Box<Box<[ByteSpan]>>),
}

impl Deref for Spans {
    type Target = [ByteSpan];

    fn deref(&self) -> &[ByteSpan] {
        match &self.0 {
            Few::None => &[],
            Few::One(span) => std::slice::from_ref(span),
            Few::Many(spans) => spans,
        }
    }
}

impl From<ByteSpan> for Spans {
    fn from(span: ByteSpan) -> Self {
        Self(Few::One(span))
    }
}

impl From<&[ByteSpan]> for Spans {
    fn from(spans: &[ByteSpan]) -> Self {
        spans.iter().copied().collect()
    }
}

impl From<Vec<ByteSpan>> for Spans {
    fn from(spans: Vec<ByteSpan>) -> Self {
        Self(match spans.as_slice() {
            [] => Few::None,
            [span] => Few::One(*span),
            _ => Few::Many(Box::new(spans.into())),
        })
    }
}

impl FromIterator<ByteSpan> for Spans {
    fn from_iter<I: IntoIterator<Item = ByteSpan>>(spans: I) -> Self {
        let mut spans = spans.into_iter();
        let Some(first) = spans.next() else {
            return Self::default();
        };
        match spans.next() {
            None => first.into(),
            Some(second) => [first, second]
                .into_iter()
                .chain(spans)
                .collect::<Vec<_>>()
                .into(),
        }
    }
}

impl fmt::Debug for Spans {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl Serialize for Spans {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Spans {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_seq(Reader)
    }
}

/// Deserializes [`Spans`], without building a `Vec` for at most one span.
struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Spans;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of spans")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Spans, A::Error> {
        let mut failed = None;
        let spans = std::iter::from_fn(|| {
            let next = from.next_element();
            next.unwrap_or_else(|error| {
                failed = Some(error);
                None
            })
        });
        let spans = spans.fuse().collect();
        failed.map_or(Ok(spans), Err)
    }
}
