//! The index of key lines, appended to as segments arrive.

use std::sync::Arc;

use rayon::prelude::*;

use super::key_line::{KeyLine, Part, part_range};
use crate::model::{Article, ArticleId, Corpus, Segment};

/// The key lines of a corpus. Cheap to clone; a later index shares the lines of an earlier one.
#[derive(Clone, Debug, Default)]
pub struct Index {
    segments: Vec<Arc<Lines>>,
    len: usize,
}

/// The key lines of one segment in one arena.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
    ends: Vec<u32>,
    parts: Vec<[u16; 4]>,
}

impl Lines {
    fn of(articles: &[Article]) -> Self {
        let mut lines = Self::default();
        for article in articles {
            let line = KeyLine::of(article);
            lines.text.push_str(&line.text);
            lines.ends.push(lines.text.len() as u32);
            lines.parts.push(line.ends);
        }
        lines
    }

    fn get(&self, index: usize) -> Option<Line<'_>> {
        let start = index
            .checked_sub(1)
            .map_or(Some(&0), |before| self.ends.get(before))?;
        let text = self
            .text
            .get(*start as usize..*self.ends.get(index)? as usize)?;
        Some(Line {
            text,
            ends: *self.parts.get(index)?,
        })
    }
}

/// One key line.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    ends: [u16; 4],
}

impl<'a> Line<'a> {
    pub(super) fn part(&self, part: Part) -> &'a str {
        self.text.get(part_range(self.ends, part)).unwrap_or("")
    }
}

impl Index {
    /// The index of a whole corpus.
    pub fn of(corpus: &Corpus) -> Self {
        Self::default().extended(corpus)
    }

    /// This index and the lines of the segments of `corpus` that it does not hold yet. `corpus` is
    /// a later snapshot of the same loading. Costs time for the new segments only.
    #[must_use]
    pub fn extended(&self, corpus: &Corpus) -> Self {
        let new = corpus.segments().get(self.segments.len()..).unwrap_or(&[]);
        let lines: Vec<_> = new
            .par_iter()
            .map(|segment: &Arc<Segment>| Arc::new(Lines::of(&segment.articles)))
            .collect();
        let segments: Vec<_> = self.segments.iter().cloned().chain(lines).collect();
        let len = segments.iter().map(|lines| lines.ends.len()).sum();
        Self { segments, len }
    }

    /// The number of articles in it.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it holds no article.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The key lines with their articles, segment by segment.
    pub(super) fn lines(&self) -> impl Iterator<Item = (ArticleId, Line<'_>)> {
        let lines = self
            .segments
            .iter()
            .flat_map(|segment| (0..segment.ends.len()).filter_map(|index| segment.get(index)));
        (0..).map(ArticleId).zip(lines)
    }
}
