//! The state of the walk over an article.

use super::choice::discourse::DiscourseState;
use super::choice::evidence::{Evidence, Weights};
use super::mentions::mention::Mention;
use super::mentions::names::Names;
use super::quoted::interview::Turn;
use super::words::lexicon::Lexicon;
use super::words::reading::Reading;
use crate::model::Quote;
use crate::text::{ByteSpan, Spans};

/// The rules for one article.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules<'a> {
    pub lexicon: &'a Lexicon,
    pub weights: &'a Weights,
}

/// A walk over an article, and what it has found so far.
pub(crate) struct Search<'a> {
    pub reading: &'a Reading<'a>,
    pub names: &'a Names,
    pub weights: &'a Weights,
    pub discourse: DiscourseState,
    pub quotes: Vec<Quote>,
    pub group: u32,
    /// A quotation whose closing mark is still to come.
    pub open: Option<usize>,
    pub last_direct: Option<Last>,
    /// Where the sentence before this one begins in its paragraph.
    pub before: usize,
    /// The last clause with its speaker behind it, and where its sentence begins.
    pub set_off: Option<(usize, usize)>,
    /// The last report of the sentence before this one, in its paragraph.
    pub reported: Option<usize>,
    /// Of whom the medium's report at hand tells.
    pub about: Option<About>,
    /// Who is about to speak, by a paragraph that ends in a colon.
    pub announced: Option<Announced>,
    /// The turns of an interview, by paragraph.
    pub turns: Vec<Option<Turn>>,
}

/// A cue whose words stand in the next paragraph.
#[derive(Clone, Debug)]
pub(crate) struct Announced {
    pub cue: ByteSpan,
    pub mention: Mention,
    pub speakers: Spans,
    pub evidence: Evidence,
}

/// A direct quotation that the next one may carry on.
#[derive(Clone, Debug)]
pub(crate) struct Last {
    pub quote: usize,
    pub paragraph: usize,
    pub token: usize,
}

/// Of whom a medium's report tells.
#[derive(Clone, Debug)]
pub(crate) struct About {
    /// The report.
    pub span: ByteSpan,
    /// Who is its subject.
    pub speakers: Spans,
}
