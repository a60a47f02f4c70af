//! Quotations: direct, indirect and fragments, and who is said to have said them.
//!
//! An article is read once into tokens (`tokens`, `reading`) in which each pair of marks stands as
//! one (`marks`); names are collected over the whole body (`names`); then each sentence is searched
//! for cues and what they govern (`direct`, `phrase`).

mod according;
mod addressee;
mod arrange;
mod circumstance;
mod clause;
mod direct;
mod extract;
mod focus;
mod fragment;
mod lexicon;
mod marked;
mod marks;
mod name_words;
mod names;
mod offices;
mod phrase;
mod predicate;
mod reading;
mod relay;
mod sentence;
mod subject;
mod tokens;

use crate::language::{Lang, Packs};
use crate::model::{Article, Quote};
use lexicon::Lexicon;

/// The compiled rules by which quotations and their speakers are found.
#[derive(Debug, Default)]
pub struct Extractor {
    lexicons: Vec<(Lang, Lexicon)>,
    /// For articles whose language has no pack or is not known.
    neutral: Lexicon,
}

impl Extractor {
    /// Compiles the rules of all `packs`.
    pub fn new(packs: &Packs) -> Self {
        let lexicons = packs.iter().map(|pack| (pack.lang, Lexicon::new(pack)));
        Self {
            lexicons: lexicons.collect(),
            neutral: Lexicon::neutral(packs),
        }
    }

    /// The quotations of one article, by start, an enclosing one before those inside it. Reads
    /// the body blocks of its structure and its language; needs no other article.
    pub fn extract(&self, article: &Article) -> Vec<Quote> {
        extract::extract(article, self.lexicon(article.language))
    }

    fn lexicon(&self, language: Option<Lang>) -> &Lexicon {
        language
            .and_then(|lang| self.lexicons.iter().find(|(known, _)| *known == lang))
            .map_or(&self.neutral, |(_, lexicon)| lexicon)
    }
}

#[cfg(test)]
mod tests;
