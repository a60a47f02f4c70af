//! An article: one text and spans over it.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Format, Origin, Published, Quote, Text};
use crate::language::Lang;
use crate::text::{ByteSpan, squeeze};

/// One article as it was read: its text, whole and unchanged, and what was found in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Its name for users and scripts: the record's own `id`, else its path below the argument,
    /// with `#record` in a file of many. Stable between runs.
    pub key: Box<str>,
    /// The file that it came from, as the user named it.
    pub path: Arc<str>,
    /// Which record of the file, where the file has many (a line, an index, a member).
    pub record: Option<Box<str>>,
    /// What it was read as.
    pub format: Format,
    /// The text as decoded, before any clean-up, with its byte-order mark if it has one. All spans
    /// of the article are over this.
    pub text: Text,
    /// The language of its body, where it could be told.
    pub language: Option<Lang>,
    /// Its parts.
    pub structure: Structure,
    /// Its quotations, by start, an enclosing one before those inside it.
    pub quotes: Vec<Quote>,
}

impl Article {
    /// The words under `span`, with white space squeezed.
    pub fn words(&self, span: ByteSpan) -> Cow<'_, str> {
        squeeze(span.of(&self.text))
    }

    /// The words of an excerpt, with white space squeezed.
    pub fn excerpt<'a>(&'a self, excerpt: &'a Excerpt) -> Cow<'a, str> {
        match excerpt {
            Excerpt::Span(span) => self.words(*span),
            Excerpt::Given(words) => squeeze(words),
        }
    }

    /// The title as a reader sees it, or `None` where neither the page nor the text gives one.
    pub fn title(&self) -> Option<Cow<'_, str>> {
        self.structure
            .title
            .as_ref()
            .map(|title| self.excerpt(&title.text))
    }

    /// The outlet's name, where it is known.
    pub fn outlet(&self) -> Option<&str> {
        self.structure.outlet.as_ref().map(|outlet| &*outlet.name)
    }

    /// The blocks of one kind, in text order.
    pub fn blocks(&self, kind: BlockKind) -> impl Iterator<Item = ByteSpan> {
        self.structure
            .blocks
            .iter()
            .filter(move |block| block.kind == kind)
            .map(|block| block.span)
    }

    /// The blocks of one kind that are whole lines, without those that were run into other text.
    pub fn whole_lines(&self, kind: BlockKind) -> impl Iterator<Item = ByteSpan> {
        let is_edge = |rest: Option<&str>| rest.is_none_or(|rest| rest.trim().is_empty());
        self.blocks(kind).filter(move |span| {
            let before = self.text.get(..span.start as usize).unwrap_or("");
            let after = self.text.get(span.end as usize..).unwrap_or("");
            is_edge(before.rsplit(['\n', '\r']).next()) && is_edge(after.split(['\n', '\r']).next())
        })
    }

    /// The speaker of a quotation by name: `; `-joined where two speak together, `None` where it
    /// is not known.
    pub fn speaker(&self, quote: &Quote) -> Option<String> {
        let names: Vec<_> = quote
            .speakers
            .iter()
            .map(|name| self.words(*name))
            .collect();
        (!names.is_empty()).then(|| names.join("; "))
    }
}

/// Words that stand in the text, or that a record gives beside its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Excerpt {
    /// In the text.
    Span(ByteSpan),
    /// In a field of the record, or in a page's metadata.
    Given(Box<str>),
}

/// What stands where in an article, and what is known of it as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Structure {
    /// Every part of the text but white space, in order, without overlaps.
    pub blocks: Vec<Block>,
    /// The headline.
    pub title: Option<Title>,
    /// Where and by whom it was published.
    pub outlet: Option<Outlet>,
    /// When it was published.
    pub published: Option<Published>,
    /// The place (and agency) before the first sentence.
    pub dateline: Option<Dateline>,
    /// Those who wrote it, as names.
    pub reporters: Vec<Excerpt>,
    /// Those who edited it, as names.
    pub editors: Vec<Excerpt>,
    /// Initials at the end of the page, without brackets (`taa/fas`).
    pub initials: Option<Excerpt>,
    /// Agencies and outlets that a source line names (`sumber : Reuters`).
    pub credits: Vec<Excerpt>,
    /// Pictures' captions, each once though a page prints it twice.
    pub captions: Vec<Caption>,
    /// Where it can be read on the web.
    pub url: Option<Box<str>>,
}

impl Structure {
    /// Gives back the room that finding the parts left over: it is kept for every article.
    pub fn shrink_to_fit(&mut self) {
        self.blocks.shrink_to_fit();
        self.captions.shrink_to_fit();
        for names in [&mut self.reporters, &mut self.editors, &mut self.credits] {
            names.shrink_to_fit();
        }
    }
}

/// A stretch of the text that serves one purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is for.
    pub kind: BlockKind,
    /// Its place, without white space at the edges. May run over several lines.
    pub span: ByteSpan,
}

/// What a block of text is for.
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
    /// Names of those who wrote and edited it.
    Byline,
    /// A picture's caption.
    Caption,
    /// A caption that the page prints a second time; not shown.
    RepeatedCaption,
    /// Who took the picture.
    PhotoCredit,
    /// Which agency the report came from.
    Credit,
    /// A heading inside the body.
    Subhead,
    /// A paragraph of the body, its dateline included.
    Paragraph,
    /// What belongs to the page, not to the article.
    Furniture,
}

impl BlockKind {
    /// Whether it is running text of the article itself.
    pub fn is_body(self) -> bool {
        matches!(self, Self::Paragraph | Self::Subhead)
    }
}

/// An article's headline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// Its words.
    pub text: Excerpt,
    /// Whether it was taken from the first sentence, because the page has none.
    pub derived: bool,
}

/// The outlet that published an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlet {
    /// Its usual name (`Republika`, not `REPUBLIKA.CO.ID`).
    pub name: Box<str>,
    /// What told it.
    pub from: Origin,
}

/// What stands before the first sentence: `REPUBLIKA.CO.ID, MOSKOW –`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// All of it, through the dash; the sentence begins behind.
    pub span: ByteSpan,
    /// The place in it, as written; `None` where it names only the outlet.
    pub place: Option<ByteSpan>,
}

/// A picture's caption.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caption {
    /// Its words.
    pub text: Excerpt,
    /// Who took the picture, where it says so.
    pub credit: Option<Excerpt>,
}
