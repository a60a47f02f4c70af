//! Quotations: direct, indirect and fragments, and who is said to have said them.
//!
//! An article is read once into tokens (`tokens`, `reading`) in which each pair of marks stands as
//! one (`marks`); names are collected over the whole body (`names`); then each sentence is searched
//! for cues and what they govern (`direct`, `phrase`).

mod arrange;
mod attribution;
mod choice;
mod clauses;
mod extract;
mod mentions;
mod naming;
mod quoted;
mod search;
mod trace;
mod words;

use std::path::Path;

use crate::language::{Lang, PackError, Packs};
use crate::model::{Article, Quote};
use choice::evidence::Weights;
use search::Rules;
use trace::Trace;
use words::lexicon::Lexicon;

pub use naming::{AlsoCalled, Naming};
pub use trace::{PossibleSpeaker, TraceStep};

/// The compiled rules by which quotations and their speakers are found.
#[derive(Debug, Default)]
pub struct Extractor {
    lexicons: Vec<(Lang, Lexicon)>,
    /// For articles whose language has no pack or is not known.
    neutral: Lexicon,
    weights: Weights,
}

impl Extractor {
    /// Compiles the rules of all `packs`.
    pub fn new(packs: &Packs) -> Self {
        Self::with_weights(packs, Weights::embedded())
    }

    /// Compiles the rules of all `packs`, with a user's weights of evidence.
    ///
    /// # Errors
    /// The file cannot be read, or names a construction or a feature that does not exist.
    pub fn load(packs: &Packs, weights: Option<&Path>) -> Result<Self, PackError> {
        Ok(Self::with_weights(packs, Weights::load(weights)?))
    }

    /// What tells the weights of evidence from any others.
    pub fn digest(&self) -> [u8; 32] {
        self.weights.digest()
    }

    fn with_weights(packs: &Packs, weights: Weights) -> Self {
        let lexicons = packs.iter().map(|pack| (pack.lang, Lexicon::new(pack)));
        Self {
            lexicons: lexicons.collect(),
            neutral: Lexicon::neutral(packs),
            weights,
        }
    }

    /// The quotations of one article, by start, an enclosing one before those inside it. Reads
    /// the body blocks of its structure and its language; needs no other article.
    pub fn extract(&self, article: &Article) -> Vec<Quote> {
        extract::extract(article, self.rules(article), None)
    }

    /// How the quotations of one article were found, and what was dropped, by place in its text.
    pub fn trace(&self, article: &Article) -> Vec<TraceStep> {
        let trace = Trace::default();
        extract::extract(article, self.rules(article), Some(&trace));
        trace.into_steps()
    }

    /// Who may speak the quotations of one article, each quotation's candidates with what speaks for
    /// them.
    pub fn candidates(&self, article: &Article) -> Vec<PossibleSpeaker> {
        let trace = Trace::default();
        extract::extract(article, self.rules(article), Some(&trace));
        trace.into_candidates()
    }

    /// What the running text of one article tells about names, in text order.
    pub fn namings(&self, article: &Article) -> Vec<Naming> {
        extract::namings(article, self.lexicon(article.language))
    }

    fn rules(&self, article: &Article) -> Rules<'_> {
        Rules {
            lexicon: self.lexicon(article.language),
            weights: &self.weights,
        }
    }

    fn lexicon(&self, language: Option<Lang>) -> &Lexicon {
        language
            .and_then(|lang| self.lexicons.iter().find(|(known, _)| *known == lang))
            .map_or(&self.neutral, |(_, lexicon)| lexicon)
    }
}

#[cfg(test)]
mod tests;
