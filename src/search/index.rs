//! The index of key lines. It grows as segments of the corpus are loaded.

use std::borrow::Cow;
use std::sync::Arc;

use rayon::prelude::*;

use super::blocks::{Blocks, fits};
use super::kernel::{Column, LANES};
use super::key_line::{KeyLine, Part, part_range};
use crate::model::{ArticleId, Corpus, Segment};
use crate::text::unaccented;

/// Number of lines from which a chunk counts as large and is no longer merged. A smaller chunk is
/// merged into new lines only if it is no larger than they are, so every line is copied a
/// logarithmic number of times.
const LARGE: usize = 1 << 13;

/// The key lines of a corpus. Cheap to clone, because an index shares most lines with the one that
/// it was extended from.
#[derive(Clone, Debug, Default)]
pub struct Index {
    chunks: Vec<Arc<Chunk>>,
    segments: usize,
    len: usize,
}

/// The key lines of consecutive articles, both as text and laid out for the SIMD kernel.
#[derive(Debug)]
pub(super) struct Chunk {
    first: u32,
    lines: Lines,
    /// The lines that are printable ASCII once accents are removed, laid out for the kernel.
    pub(super) blocks: Arc<Blocks>,
    /// Numbers of the lines that do not fit in blocks and are matched one by one.
    pub(super) slow: Arc<Vec<u32>>,
}

/// Many key lines, stored one after the other in one string.
#[derive(Clone, Debug, Default)]
struct Lines {
    text: String,
    ends: Vec<u32>,
    parts: Vec<[u16; 4]>,
}

/// One key line of the index, with the end of each of its parts.
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

impl Lines {
    fn of(segment: &Segment) -> Self {
        let mut lines = Self::default();
        for article in &segment.articles {
            let line = KeyLine::of(article);
            lines.push(&line.text, line.ends);
        }
        lines
    }

    fn push(&mut self, text: &str, parts: [u16; 4]) {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
        self.parts.push(parts);
    }

    fn get(&self, index: u32) -> Option<Line<'_>> {
        let index = index as usize;
        let before = index.checked_sub(1);
        let start = before.map_or(Some(&0), |before| self.ends.get(before))?;
        let text = self
            .text
            .get(*start as usize..*self.ends.get(index)? as usize)?;
        Some(Line {
            text,
            ends: *self.parts.get(index)?,
        })
    }

    fn all(&self) -> impl Iterator<Item = Line<'_>> {
        (0..self.ends.len() as u32).filter_map(|index| self.get(index))
    }
}

impl Chunk {
    fn new(first: u32, mut lines: Lines) -> Self {
        lines.text.shrink_to_fit();
        lines.ends.shrink_to_fit();
        lines.parts.shrink_to_fit();
        let (mut quick, mut slow) = (Vec::new(), Vec::new());
        for (number, line) in (0..).zip(lines.all()) {
            let bare = unaccented(line.text);
            if fits(&bare) {
                quick.push((number, bare.into()));
            } else {
                slow.push(number);
            }
        }
        Self {
            first,
            lines,
            blocks: Arc::new(Blocks::new(quick)),
            slow: Arc::new(slow),
        }
    }

    fn len(&self) -> usize {
        self.lines.ends.len()
    }

    /// Returns the line with this number in the chunk, together with its article.
    pub(super) fn line(&self, number: u32) -> Option<(ArticleId, Line<'_>)> {
        Some((self.article(number), self.lines.get(number)?))
    }

    /// Copies at most 32 lines, which must be lines of blocks, side by side into new columns in the
    /// given order. Then a few lines of many blocks cost as much as one block.
    pub(super) fn gathered(&self, numbers: impl Iterator<Item = u32>) -> Vec<Column> {
        // Reads the text and not the blocks, where the letters of a line are far apart in memory.
        let lines: Vec<_> = numbers
            .map(|number| self.bare(number))
            .take(LANES)
            .collect();
        let width = lines.iter().map(|line| line.len()).max();
        let mut columns = vec![[0; LANES]; width.unwrap_or(0)];
        for (lane, line) in lines.iter().enumerate() {
            for (column, byte) in columns.iter_mut().zip(line.bytes()) {
                column[lane] = byte;
            }
        }
        columns
    }

    /// Copies the lines with these numbers, which must be lines of blocks, into new blocks.
    pub(super) fn blocks_of(&self, numbers: &[u32]) -> Blocks {
        let lines = numbers.iter().map(|number| (*number, self.bare(*number)));
        Blocks::new(lines.collect())
    }

    /// Returns the line with this number, without accents.
    fn bare(&self, number: u32) -> Cow<'_, str> {
        let text = self.lines.get(number).map_or("", |line| line.text);
        if text.is_ascii() {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(unaccented(text))
        }
    }

    /// Returns the article whose key line has this number in the chunk.
    pub(super) fn article(&self, number: u32) -> ArticleId {
        ArticleId(self.first + number)
    }
}

impl Index {
    /// Builds the index of a whole corpus.
    pub fn of(corpus: &Corpus) -> Self {
        Self::default().extended(corpus)
    }

    /// Returns this index with the key lines of those segments of `corpus` added that it lacks.
    /// `corpus` must be a later snapshot of the same load. Takes time for the new segments and, now
    /// and then, for merging smaller chunks.
    #[must_use]
    pub fn extended(&self, corpus: &Corpus) -> Self {
        let new = corpus.segments().get(self.segments..).unwrap_or(&[]);
        let lines: Vec<_> = new.par_iter().map(|segment| Lines::of(segment)).collect();
        let mut chunks = self.chunks.clone();
        let mut first = self.len as u32;
        let mut fresh: Vec<(u32, Lines)> = Vec::new();
        for more in lines {
            let added = more.ends.len();
            match fresh.last_mut().filter(|(_, last)| last.ends.len() < LARGE) {
                Some((_, last)) => more.all().for_each(|line| last.push(line.text, line.ends)),
                None => fresh.push((first, more)),
            }
            first += added as u32;
        }
        if let Some((first, lines)) = fresh.first_mut() {
            join_smaller(&mut chunks, first, lines);
        }
        let fresh = fresh
            .into_par_iter()
            .filter(|(_, lines)| !lines.ends.is_empty());
        let fresh: Vec<_> = fresh
            .map(|(first, lines)| Arc::new(Chunk::new(first, lines)))
            .collect();
        chunks.extend(fresh);
        Self {
            chunks,
            segments: corpus.segments().len().max(self.segments),
            len: first as usize,
        }
    }

    /// Returns the number of indexed articles.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Returns whether the index holds no article.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(super) fn chunks(&self) -> &[Arc<Chunk>] {
        &self.chunks
    }
}

/// Joins the last chunks with `lines`, as long as they are not large and no larger than `lines`.
/// `first` is the number of the first article in `lines` and is lowered accordingly.
fn join_smaller(chunks: &mut Vec<Arc<Chunk>>, first: &mut u32, lines: &mut Lines) {
    while let Some(last) =
        chunks.pop_if(|last| last.len() < LARGE && last.len() <= lines.ends.len())
    {
        let new = std::mem::replace(lines, last.lines.clone());
        new.all().for_each(|line| lines.push(line.text, line.ends));
        *first = last.first;
    }
}
