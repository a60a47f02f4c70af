//! An article: its text, and the spans of this text that have a meaning.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Format, Origin, Published, Quote, Text};
use crate::language::Lang;
use crate::text::{ByteSpan, squeeze};

/// An article as it was read: the unchanged text and what was found in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Identifies the article to users and scripts. This is the `id` of the record if it has one,
    /// otherwise the path below the argument, with `#record` if the file has many records. Where
    /// several articles would have the same, each has more of its path. Stable between runs.
    pub key: Box<str>,
    /// Path of the file that the article was read from, as the user named it.
    pub path: Arc<str>,
    /// The record of the file that the article was read from, if the file has many (a line, an
    /// index, a member).
    pub record: Option<Box<str>>,
    /// Format that the article was read as.
    pub format: Format,
    /// The decoded text before any clean-up, including a byte-order mark if there is one. All spans
    /// of the article refer to it.
    pub text: Text,
    /// Language of the body, if it could be detected.
    pub language: Option<Lang>,
    /// The parts that were found in the text, such as headline, body and byline.
    pub structure: Structure,
    /// Quotations in order of their start; an enclosing quotation comes before those inside it.
    pub quotes: Vec<Quote>,
}

impl Article {
    /// Returns the words of the article under `span`, with each run of white space as one space.
    pub fn words(&self, span: ByteSpan) -> Cow<'_, str> {
        squeeze(span.of(&self.text))
    }

    /// Returns the words of `excerpt`, with each run of white space as one space.
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

/// A piece of text that is either a span of the article or given separately by the record.
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
    /// The blocks of the text in order, without overlaps. Together they cover all of the text
    /// except white space.
    pub blocks: Vec<Block>,
    /// The headline of the article, or a title taken from its first sentence.
    pub title: Option<Title>,
    /// The outlet that published the article, if it is known.
    pub outlet: Option<Outlet>,
    /// The date of publication, if it is known.
    pub published: Option<Published>,
    /// The words before the first sentence that name the place (and the outlet), if there are any.
    pub dateline: Option<Dateline>,
    /// Names of the authors.
    pub reporters: Vec<Excerpt>,
    /// Names of the editors.
    pub editors: Vec<Excerpt>,
    /// The initials of the staff at the end of the page, without brackets (`taa/fas`).
    pub initials: Option<Excerpt>,
    /// The agencies and outlets that a source line names (`sumber : Reuters`).
    pub credits: Vec<Excerpt>,
    /// The captions of the pictures, each once, even if the page prints it twice.
    pub captions: Vec<Caption>,
    /// Address of the article on the web.
    pub url: Option<Box<str>>,
}

impl Structure {
    /// Frees the spare capacity of the lists, because a structure is kept for every article of the
    /// corpus.
    pub fn shrink_to_fit(&mut self) {
        self.blocks.shrink_to_fit();
        self.captions.shrink_to_fit();
        for names in [&mut self.reporters, &mut self.editors, &mut self.credits] {
            names.shrink_to_fit();
        }
    }
}

/// A span of an article's text that serves one purpose, such as a headline or a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Purpose of the block.
    pub kind: BlockKind,
    /// The position of the block in the text, without white space at the edges. May cover several
    /// lines.
    pub span: ByteSpan,
}

/// The purpose of a block of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum BlockKind {
    /// The headline of the article.
    Title,
    /// A short line above the headline.
    Kicker,
    /// A summary below the headline.
    Standfirst,
    /// The line that carries the date of publication.
    Date,
    /// The names of the authors and editors.
    Byline,
    /// The caption of a picture.
    Caption,
    /// The second printing of a caption, which is not shown.
    RepeatedCaption,
    /// The name of the photographer of a picture.
    PhotoCredit,
    /// The name of the agency that the report came from.
    Credit,
    /// A heading inside the body.
    Subhead,
    /// A paragraph of the body, including its dateline.
    Paragraph,
    /// Text that belongs to the page and not to the article, such as menus.
    Furniture,
}

impl BlockKind {
    /// Returns whether a block of this kind is running text of the article: a paragraph or a
    /// heading between paragraphs.
    pub fn is_body(self) -> bool {
        matches!(self, Self::Paragraph | Self::Subhead)
    }
}

/// The headline of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// The text of the headline.
    pub text: Excerpt,
    /// Whether the title was taken from the first sentence because the page has none.
    pub derived: bool,
}

/// The outlet that published an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlet {
    /// The usual name of the outlet (`Republika`, not `REPUBLIKA.CO.ID`).
    pub name: Box<str>,
    /// Where the name of the outlet was found.
    pub from: Origin,
}

/// The words before the first sentence of an article that say where it was written, such as
/// `REPUBLIKA.CO.ID, MOSKOW –`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// The span of the whole dateline, up to and including the dash. The sentence begins after it.
    pub span: ByteSpan,
    /// The span of the place as written; `None` if the dateline names only the outlet.
    pub place: Option<ByteSpan>,
}

/// The caption of a picture, with the photographer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caption {
    /// The text of the caption.
    pub text: Excerpt,
    /// Name of the photographer, if the caption gives it.
    pub credit: Option<Excerpt>,
}
