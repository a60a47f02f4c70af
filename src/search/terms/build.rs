//! Builds the dictionary and postings of one segment, a batch of consecutive articles.

use std::collections::HashMap;

use super::postings::{Postings, Writer};
use crate::model::{Article, ArticleId, Segment};
use crate::search::passages::passages;
use crate::text::fold;

/// The terms of one segment: a sorted dictionary and the postings of each term.
#[derive(Debug, Default)]
pub struct SegmentTerms {
    first: u32,
    /// All terms in alphabetical order, each after a line feed, with one more line feed at the end.
    /// A substring search then covers all terms at once.
    dictionary: String,
    /// Byte offset of each term in `dictionary`, with one more entry for the end.
    starts: Vec<u32>,
    postings: Vec<u8>,
    /// Byte offset of the postings of each term in `postings`, with one more entry for the end.
    offsets: Vec<u32>,
    /// Length of each article of the segment, in terms.
    lengths: Vec<u32>,
}

impl SegmentTerms {
    /// Indexes the articles of one segment. Time and memory are linear in their text.
    pub fn of(segment: &Segment) -> Self {
        Self::of_unless(segment, || false).unwrap_or_default()
    }

    /// Indexes the articles of one segment. Returns `None` as soon as `is_cancelled`, which is
    /// called before each article, returns `true`.
    pub fn of_unless(segment: &Segment, is_cancelled: impl Fn() -> bool) -> Option<Self> {
        let mut builder = Builder::default();
        for (number, article) in (0..).zip(&segment.articles) {
            if is_cancelled() {
                return None;
            }
            builder.add(number, article);
        }
        Some(builder.finish(segment.first))
    }

    /// Returns the number of articles in the segment.
    pub fn len(&self) -> usize {
        self.lengths.len()
    }

    /// Returns whether the segment has no articles.
    pub fn is_empty(&self) -> bool {
        self.lengths.is_empty()
    }

    pub(super) fn first(&self) -> u32 {
        self.first
    }

    pub(super) fn words(&self) -> u64 {
        self.lengths.iter().map(|length| u64::from(*length)).sum()
    }

    pub(super) fn length(&self, id: ArticleId) -> u32 {
        let number = id.0.checked_sub(self.first);
        number
            .and_then(|number| self.lengths.get(number as usize))
            .copied()
            .unwrap_or(0)
    }

    pub(super) fn bytes(&self) -> usize {
        let words = self.starts.len() + self.offsets.len() + self.lengths.len();
        self.dictionary.len() + self.postings.len() + words * size_of::<u32>()
    }

    /// Returns the articles that contain a folded term, each with its count. Empty if no article
    /// does.
    pub(super) fn postings(&self, term: &str) -> Postings<'_> {
        let (mut low, mut high) = (0, self.starts.len().saturating_sub(1));
        while low < high {
            let middle = low.midpoint(high);
            if self.term(middle) < term {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if self.term(low) == term {
            self.postings_at(low)
        } else {
            Postings::none()
        }
    }

    /// Returns the articles that contain the term with this number in the dictionary, each with its
    /// count.
    pub(super) fn postings_at(&self, number: usize) -> Postings<'_> {
        let ends = self.offsets.get(number).zip(self.offsets.get(number + 1));
        let bytes = ends.and_then(|(start, end)| self.postings.get(*start as usize..*end as usize));
        Postings::new(self.first, bytes.unwrap_or_default())
    }

    /// Returns the number of the term at a byte offset of the dictionary.
    pub(super) fn number_at(&self, byte: usize) -> usize {
        self.starts
            .partition_point(|start| *start as usize <= byte)
            .saturating_sub(1)
    }

    /// Returns the dictionary: every term between two line feeds.
    pub(super) fn dictionary(&self) -> &str {
        &self.dictionary
    }

    fn term(&self, number: usize) -> &str {
        let ends = self.starts.get(number).zip(self.starts.get(number + 1));
        // The next term starts after the line feed that separates the two.
        let range = ends.map(|(start, end)| *start as usize..(*end as usize).saturating_sub(1));
        range
            .and_then(|range| self.dictionary.get(range))
            .unwrap_or("")
    }
}

#[derive(Default)]
struct Builder {
    /// The number of each term. The hasher is seeded anew in each run, like the default one, but is
    /// several times as fast.
    numbers: HashMap<Box<str>, u32, foldhash::fast::RandomState>,
    lists: Vec<Writer>,
    /// For each term, how often the current article has contained it so far.
    counts: Vec<u32>,
    seen: Vec<u32>,
    lengths: Vec<u32>,
}

impl Builder {
    fn add(&mut self, number: u32, article: &Article) {
        let mut length = 0;
        each_term(article, |term| {
            length += 1;
            let id = self.numbers.get(term).copied().unwrap_or_else(|| {
                let id = self.lists.len() as u32;
                self.numbers.insert(term.into(), id);
                self.lists.push(Writer::default());
                self.counts.push(0);
                id
            });
            if let Some(count) = self.counts.get_mut(id as usize) {
                if *count == 0 {
                    self.seen.push(id);
                }
                *count += 1;
            }
        });
        for id in self.seen.drain(..) {
            let slots = self
                .counts
                .get_mut(id as usize)
                .zip(self.lists.get_mut(id as usize));
            if let Some((count, list)) = slots {
                list.push(number, std::mem::take(count));
            }
        }
        self.lengths.push(length);
    }

    fn finish(self, first: u32) -> SegmentTerms {
        let mut terms: Vec<_> = self.numbers.into_iter().collect();
        terms.sort_unstable();
        let letters: usize = terms.iter().map(|(term, _)| term.len() + 1).sum();
        let bytes = self.lists.iter().map(|list| list.bytes().len()).sum();
        // Allocate once: growing by doubling leaves holes in memory that nothing fills.
        let mut built = SegmentTerms {
            first,
            dictionary: String::with_capacity(letters + 1),
            starts: Vec::with_capacity(terms.len() + 1),
            postings: Vec::with_capacity(bytes),
            offsets: Vec::with_capacity(terms.len() + 1),
            lengths: self.lengths,
        };
        built.dictionary.push('\n');
        for (term, id) in terms {
            built.starts.push(built.dictionary.len() as u32);
            built.dictionary.push_str(&term);
            built.dictionary.push('\n');
            built.offsets.push(built.postings.len() as u32);
            built
                .postings
                .extend(self.lists.get(id as usize).map_or(&[][..], Writer::bytes));
        }
        built.starts.push(built.dictionary.len() as u32);
        built.offsets.push(built.postings.len() as u32);
        built.lengths.shrink_to_fit();
        built
    }
}

/// Calls `found` with each term of an article's running text, folded, in order.
pub(super) fn each_term(article: &Article, mut found: impl FnMut(&str)) {
    for span in passages(article) {
        terms_of(span.of(&article.text), &mut found);
    }
}

/// Calls `found` with each term of a text, folded, in order.
pub(super) fn terms_of(text: &str, found: &mut impl FnMut(&str)) {
    let mut term = String::new();
    let mut buffer = [0; 4];
    let mut rest = text;
    loop {
        // Most of a text is runs of ASCII letters, which are copied as a whole.
        let run = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (letters, behind) = rest.split_at(run);
        term.push_str(letters);
        let mut signs = behind.chars();
        let Some(c) = signs.next() else {
            break;
        };
        rest = signs.as_str();
        if c.is_ascii() {
            emit_term(&mut term, found);
        } else {
            for c in fold(c.encode_utf8(&mut buffer)).chars() {
                if c.is_alphanumeric() {
                    term.push(c);
                } else {
                    emit_term(&mut term, found);
                }
            }
        }
    }
    emit_term(&mut term, found);
}

fn emit_term(term: &mut String, found: &mut impl FnMut(&str)) {
    if !term.is_empty() {
        term.make_ascii_lowercase();
        found(term);
        term.clear();
    }
}
