//! An article: its text and spans over that text.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Format, Origin, Published, Quote, Text};
use crate::language::Lang;
use crate::text::{ByteSpan, squeeze};

/// One article as it was read: the unchanged text and what was found in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Identifies the article to users and scripts. This is the `id` of the record if it has one,
    /// otherwise the path below the argument, with `#record` if the file has many records. Stable
    /// between runs.
    pub key: Box<str>,
    /// Path of the source file, as the user named it.
    pub path: Arc<str>,
    /// The record within the file, if the file has many (a line, an index, a member).
    pub record: Option<Box<str>>,
    /// Format that the article was read as.
    pub format: Format,
    /// The decoded text before any clean-up, including a byte-order mark if there is one. All spans
    /// of the article refer to it.
    pub text: Text,
    /// Language of the body, if it could be detected.
    pub language: Option<Lang>,
    /// Headline, body, byline and the other parts.
    pub structure: Structure,
    /// Quotations in order of their start; an enclosing quotation comes before those inside it.
    pub quotes: Vec<Quote>,
}

impl Article {
    /// Returns the text under `span`, with white space squeezed.
    pub fn words(&self, span: ByteSpan) -> Cow<'_, str> {
        squeeze(span.of(&self.text))
    }

    /// Returns the text of `excerpt`, with white space squeezed.
    pub fn excerpt<'a>(&'a self, excerpt: &'a Excerpt) -> Cow<'a, str> {
        match excerpt {
            Excerpt::Span(span) => self.words(*span),
            Excerpt::Given(words) => squeeze(words),
        }
    }

    /// Returns the title as a reader sees it, or `None` if neither the page nor the text gives one.
    pub fn title(&self) -> Option<Cow<'_, str>> {
        self.structure
            .title
            .as_ref()
            .map(|title| self.excerpt(&title.text))
    }

    /// Returns the name of the outlet, if it is known.
    pub fn outlet(&self) -> Option<&str> {
        self.structure.outlet.as_ref().map(|outlet| &*outlet.name)
    }

    /// Returns the spans of all blocks of one kind, in text order.
    pub fn blocks(&self, kind: BlockKind) -> impl Iterator<Item = ByteSpan> {
        self.structure
            .blocks
            .iter()
            .filter(move |block| block.kind == kind)
            .map(|block| block.span)
    }

    /// Returns the spans of the blocks of one kind that fill whole lines. Blocks that share a line
    /// with other text are left out.
    pub fn whole_lines(&self, kind: BlockKind) -> impl Iterator<Item = ByteSpan> {
        let is_edge = |rest: Option<&str>| rest.is_none_or(|rest| rest.trim().is_empty());
        self.blocks(kind).filter(move |span| {
            let before = self.text.get(..span.start as usize).unwrap_or("");
            let after = self.text.get(span.end as usize..).unwrap_or("");
            is_edge(before.rsplit(['\n', '\r']).next()) && is_edge(after.split(['\n', '\r']).next())
        })
    }

    /// Returns the name of the speaker of `quote`. Several speakers are joined with `; `. Returns
    /// `None` if the speaker is unknown.
    pub fn speaker(&self, quote: &Quote) -> Option<String> {
        let names: Vec<_> = quote
            .speakers
            .iter()
            .map(|name| self.words(*name))
            .collect();
        (!names.is_empty()).then(|| names.join("; "))
    }
}

/// A piece of text that is either in the article's text or given beside it by the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Excerpt {
    /// A span of the article's text.
    Span(ByteSpan),
    /// Text from a field of the record or from the metadata of the page.
    Given(Box<str>),
}

/// The parts of an article and the facts about it as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Structure {
    /// Blocks that cover all of the text except white space, in order and without overlaps.
    pub blocks: Vec<Block>,
    /// The headline.
    pub title: Option<Title>,
    /// Outlet that published the article.
    pub outlet: Option<Outlet>,
    /// Date of publication.
    pub published: Option<Published>,
    /// Place (and agency) before the first sentence.
    pub dateline: Option<Dateline>,
    /// Names of the authors.
    pub reporters: Vec<Excerpt>,
    /// Names of the editors.
    pub editors: Vec<Excerpt>,
    /// Initials at the end of the page, without brackets (`taa/fas`).
    pub initials: Option<Excerpt>,
    /// Agencies and outlets that a source line names (`sumber : Reuters`).
    pub credits: Vec<Excerpt>,
    /// Captions of pictures, each once, even if the page prints it twice.
    pub captions: Vec<Caption>,
    /// Address of the article on the web.
    pub url: Option<Box<str>>,
}

impl Structure {
    /// Frees the spare capacity of the lists. Worth it because a structure is kept for every
    /// article.
    pub fn shrink_to_fit(&mut self) {
        self.blocks.shrink_to_fit();
        self.captions.shrink_to_fit();
        for names in [&mut self.reporters, &mut self.editors, &mut self.credits] {
            names.shrink_to_fit();
        }
    }
}

/// A span of the text that serves one purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Purpose of the block.
    pub kind: BlockKind,
    /// Position, without white space at the edges. May cover several lines.
    pub span: ByteSpan,
}

/// The purpose of a block of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum BlockKind {
    /// The headline.
    Title,
    /// A short line above the headline.
    Kicker,
    /// A summary below the headline.
    Standfirst,
    /// The line that carries the date of publication.
    Date,
    /// Names of the authors and editors.
    Byline,
    /// A picture's caption.
    Caption,
    /// A caption that the page prints a second time; not shown.
    RepeatedCaption,
    /// Name of the photographer.
    PhotoCredit,
    /// Agency that the report came from.
    Credit,
    /// A heading inside the body.
    Subhead,
    /// A paragraph of the body, including its dateline.
    Paragraph,
    /// Text that belongs to the page and not to the article, such as menus.
    Furniture,
}

impl BlockKind {
    /// Returns whether the block is running text of the article.
    pub fn is_body(self) -> bool {
        matches!(self, Self::Paragraph | Self::Subhead)
    }
}

/// An article's headline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// Text of the headline.
    pub text: Excerpt,
    /// Whether the title was taken from the first sentence because the page has none.
    pub derived: bool,
}

/// The outlet that published an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlet {
    /// Usual name (`Republika`, not `REPUBLIKA.CO.ID`).
    pub name: Box<str>,
    /// Source that the name was found in.
    pub from: Origin,
}

/// The words before the first sentence that say where it was written: `REPUBLIKA.CO.ID, MOSKOW –`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// The whole dateline, up to and including the dash. The sentence begins after it.
    pub span: ByteSpan,
    /// The place as written; `None` if the dateline names only the outlet.
    pub place: Option<ByteSpan>,
}

/// A picture's caption.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caption {
    /// Text of the caption.
    pub text: Excerpt,
    /// Name of the photographer, if the caption gives it.
    pub credit: Option<Excerpt>,
}
