//! The term index: which articles hold a term, how often. Serves `text:` and related articles.
//!
//! A term is a maximal run of letters and digits of the folded running text (titles, paragraphs,
//! captions; no furniture). One [`SegmentTerms`] per segment, built in the loading pass; positions
//! are not kept: a phrase is checked against the text.

mod build;
mod postings;
mod search;

use std::sync::Arc;

use rayon::prelude::*;

use crate::model::{Article, ArticleId, Corpus};

pub use build::SegmentTerms;
pub(super) use search::{TextHits, find};

/// The terms of a corpus. Cheap to clone; a later index shares the segments of an earlier one.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    segments: Vec<Arc<SegmentTerms>>,
    articles: usize,
    words: u64,
}

impl Terms {
    /// The terms of a whole corpus.
    pub fn of(corpus: &Corpus) -> Self {
        Self::default().extended(corpus)
    }

    /// This index and the segments of `corpus`, a later snapshot of the same loading, that it does
    /// not hold yet. Built in parallel.
    #[must_use]
    pub fn extended(&self, corpus: &Corpus) -> Self {
        let new = corpus.segments().get(self.segments.len()..).unwrap_or(&[]);
        let built: Vec<_> = new
            .par_iter()
            .map(|s| Arc::new(SegmentTerms::of(s)))
            .collect();
        built.into_iter().fold(self.clone(), Self::with)
    }

    /// This index and the next segment's terms, for a loader that builds them itself. Segments
    /// come in the order of the corpus.
    #[must_use]
    pub fn with(mut self, segment: Arc<SegmentTerms>) -> Self {
        self.articles += segment.len();
        self.words += segment.words();
        self.segments.push(segment);
        self
    }

    /// The number of articles in it.
    pub fn articles(&self) -> usize {
        self.articles
    }

    /// The mean length of an article in terms; 1 where there are none.
    pub fn mean_length(&self) -> f32 {
        if self.words == 0 {
            1.0
        } else {
            self.words as f32 / self.articles as f32
        }
    }

    /// The number of articles that hold a folded term. Logarithmic in the size of each segment's
    /// dictionary.
    pub fn document_frequency(&self, term: &str) -> usize {
        self.segments
            .iter()
            .map(|segment| segment.postings(term).count())
            .sum()
    }

    /// The articles that hold a folded term, by identifier, with how often they do.
    pub fn postings<'a>(&'a self, term: &'a str) -> impl Iterator<Item = (ArticleId, u32)> + 'a {
        self.segments
            .iter()
            .flat_map(move |segment| segment.postings(term))
    }

    /// The length of an article in terms; 0 for one that is not in the index.
    pub fn length(&self, id: ArticleId) -> u32 {
        let after = self
            .segments
            .partition_point(|segment| segment.first() <= id.0);
        let segment = after.checked_sub(1).and_then(|at| self.segments.get(at));
        segment.map_or(0, |segment| segment.length(id))
    }

    /// What one occurrence count is worth: BM25 (k1 = 1.2, b = 0.75) for a term that `holding`
    /// articles hold and this one holds `count` times.
    pub fn bm25(&self, holding: usize, count: u32, length: u32) -> f32 {
        let (all, holding, count) = (self.articles as f32, holding as f32, count as f32);
        let rarity = (1.0 + (all - holding + 0.5) / (holding + 0.5)).ln();
        let spread = 1.2 * (0.25 + 0.75 * length as f32 / self.mean_length());
        rarity * count * 2.2 / (count + spread)
    }

    /// About how many bytes the index takes.
    pub fn bytes(&self) -> usize {
        self.segments.iter().map(|segment| segment.bytes()).sum()
    }

    pub(super) fn segments(&self) -> &[Arc<SegmentTerms>] {
        &self.segments
    }
}

/// The terms of one article with how often each occurs, by first occurrence. Reads the text anew:
/// keeping them would double the index.
pub fn article_terms(article: &Article) -> Vec<(String, u32)> {
    let mut counts: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    let mut terms: Vec<(String, u32)> = Vec::new();
    build::each_term(article, |term| {
        if let Some((_, count)) = counts.get(term).and_then(|at| terms.get_mut(*at)) {
            *count += 1;
        } else {
            counts.insert(term.to_owned(), terms.len());
            terms.push((term.to_owned(), 1));
        }
    });
    terms
}

#[cfg(test)]
mod tests;
