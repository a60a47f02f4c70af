//! Quotations: direct, indirect and fragments, and who is said to have said them.

use crate::language::Packs;
use crate::model::{Article, Quote};

/// The compiled rules by which quotations and their speakers are found.
#[derive(Debug, Default)]
pub struct Extractor {}

impl Extractor {
    /// Compiles the rules of all `packs`.
    pub fn new(_packs: &Packs) -> Self {
        Self {}
    }

    /// The quotations of one article, by start, an enclosing one before those inside it. Reads
    /// the body blocks of its structure and its language; needs no other article.
    pub fn extract(&self, _article: &Article) -> Vec<Quote> {
        Vec::new()
    }
}
