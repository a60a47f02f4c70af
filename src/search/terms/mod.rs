//! The term index: which articles contain a term, and how often. Used by `text:` and by related
//! articles.
//!
//! A term is a maximal run of letters and digits in the folded running text (titles, paragraphs,
//! captions; no furniture). There is one [`SegmentTerms`] per segment, built during loading.
//! Positions are not stored: a phrase is checked against the text.

mod build;
mod postings;
mod search;

use std::sync::Arc;

use rayon::prelude::*;

use crate::model::{Article, ArticleId, Corpus};

pub use build::SegmentTerms;
pub(super) use search::{TextHits, find};

/// The term index of a corpus. Cheap to clone, because an index shares its segments with the one
/// that it was extended from.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    segments: Vec<Arc<SegmentTerms>>,
    articles: usize,
    words: u64,
}

impl Terms {
    /// Builds the term index of a whole corpus.
    pub fn of(corpus: &Corpus) -> Self {
        Self::default().extended(corpus)
    }

    /// Returns this index with those segments of `corpus` added that it lacks, built in parallel.
    /// `corpus` must be a later snapshot of the same load.
    #[must_use]
    pub fn extended(&self, corpus: &Corpus) -> Self {
        let new = corpus.segments().get(self.segments.len()..).unwrap_or(&[]);
        let built: Vec<_> = new
            .par_iter()
            .map(|s| Arc::new(SegmentTerms::of(s)))
            .collect();
        built.into_iter().fold(self.clone(), Self::with)
    }

    /// Appends the terms of the next segment, for a loader that builds them itself. Segments must
    /// come in the order of the corpus.
    #[must_use]
    pub fn with(mut self, segment: Arc<SegmentTerms>) -> Self {
        self.articles += segment.len();
        self.words += segment.words();
        self.segments.push(segment);
        self
    }

    /// Returns the number of indexed articles.
    pub fn articles(&self) -> usize {
        self.articles
    }

    /// Returns the mean length of an article in terms, or 1 if there are none.
    pub fn mean_length(&self) -> f32 {
        if self.words == 0 {
            1.0
        } else {
            self.words as f32 / self.articles as f32
        }
    }

    /// Returns the number of articles that contain a folded term. Takes time logarithmic in the
    /// size of each segment's dictionary, plus time linear in the term's postings.
    pub fn document_frequency(&self, term: &str) -> usize {
        self.segments
            .iter()
            .map(|segment| segment.postings(term).count())
            .sum()
    }

    /// Returns the articles that contain a folded term, sorted by identifier, each with the number
    /// of times that it contains it.
    pub fn postings<'a>(&'a self, term: &'a str) -> impl Iterator<Item = (ArticleId, u32)> + 'a {
        self.segments
            .iter()
            .flat_map(move |segment| segment.postings(term))
    }

    /// Returns the length of an article in terms, or 0 if the article is not in the index.
    pub fn length(&self, id: ArticleId) -> u32 {
        let after = self
            .segments
            .partition_point(|segment| segment.first() <= id.0);
        let segment = after.checked_sub(1).and_then(|at| self.segments.get(at));
        segment.map_or(0, |segment| segment.length(id))
    }

    /// Computes the BM25 score (k1 = 1.2, b = 0.75) of a term that occurs in `holding` articles,
    /// for an article of `length` terms that contains it `count` times.
    pub fn bm25(&self, holding: usize, count: u32, length: u32) -> f32 {
        let (all, holding, count) = (self.articles as f32, holding as f32, count as f32);
        let rarity = (1.0 + (all - holding + 0.5) / (holding + 0.5)).ln();
        let spread = 1.2 * (0.25 + 0.75 * length as f32 / self.mean_length());
        rarity * count * 2.2 / (count + spread)
    }

    /// Returns the approximate size of the index in bytes.
    pub fn bytes(&self) -> usize {
        self.segments.iter().map(|segment| segment.bytes()).sum()
    }

    pub(super) fn segments(&self) -> &[Arc<SegmentTerms>] {
        &self.segments
    }
}

/// Returns the folded terms of one article with their counts, in order of first occurrence. Reads
/// the text again, because storing the terms of each article would double the index.
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
