//! A query as a tree of tests, and the order that it asks for.

use super::dates::DateRange;
use crate::language::Lang;
use crate::search::order::Sort;
use crate::text::{ByteSpan, fold, unaccented};

/// A parsed query. The empty query selects everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// What an article must satisfy; `None` selects everything.
    pub root: Option<Node>,
    /// The order that the query itself asks for; it then goes before the score.
    pub sort: Option<Sort>,
}

impl Query {
    /// Whether the query selects everything.
    pub fn is_empty(&self) -> bool {
        self.root.is_none()
    }

    /// The terms that an article must have, those under `NOT` left out, in the order typed.
    pub fn positive_terms(&self) -> Vec<&Term> {
        self.collect(Negated::LeftOut)
    }

    /// Whether what it selects depends on stories.
    pub fn asks_stories(&self) -> bool {
        let terms = self.terms();
        terms.iter().any(|term| matches!(term.test, Test::Story(_)))
    }

    /// All terms in the order typed.
    pub fn terms(&self) -> Vec<&Term> {
        self.collect(Negated::Included)
    }

    fn collect(&self, negated: Negated) -> Vec<&Term> {
        let mut terms = Vec::new();
        if let Some(root) = &self.root {
            root.collect(negated, &mut terms);
        }
        terms
    }
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// All must hold.
    And(Vec<Node>),
    /// One must hold.
    Or(Vec<Node>),
    /// It must not hold.
    Not(Box<Node>),
    /// One test.
    Term(Term),
}

impl Node {
    fn collect<'a>(&'a self, negated: Negated, terms: &mut Vec<&'a Term>) {
        match self {
            Self::And(nodes) | Self::Or(nodes) => {
                for node in nodes {
                    node.collect(negated, terms);
                }
            }
            Self::Not(node) if negated == Negated::Included => node.collect(negated, terms),
            Self::Not(_) => {}
            Self::Term(term) => terms.push(term),
        }
    }
}

/// Whether terms under `NOT` are wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Negated {
    Included,
    LeftOut,
}

/// One test and its place in what was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Where it stands in the query's text.
    pub span: ByteSpan,
    /// What it asks.
    pub test: Test,
}

/// What one term asks of an article.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// The letters in this order on the key line; the only test that gives a score.
    Fuzzy(Pattern),
    /// The words as they stand in one part of the key line.
    Exact(Pattern, Anchor),
    /// The words in the title.
    Title(Pattern, Anchor),
    /// The words in the outlet's name.
    Outlet(Pattern, Anchor),
    /// The words in the name of one who is quoted.
    Speaker(Pattern, Anchor),
    /// The words in a quotation.
    Said(Pattern),
    /// The words in the article's running text.
    Text(Pattern),
    /// The body's language.
    Lang(Lang),
    /// A tag that the reader set.
    Tag(Box<str>),
    /// Published within these days; an article of unknown date never is.
    Date(DateRange),
    /// Something was found in it.
    Has(Has),
    /// Read or unread.
    Is(Is),
    /// Belongs to a story.
    Story(Box<str>),
}

/// What `has:` asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Has {
    /// A quotation.
    Quotes,
    /// A quotation whose speaker is known.
    Speaker,
    /// A title of its own.
    Title,
    /// A known outlet.
    Outlet,
    /// A known date.
    Date,
    /// A picture's caption.
    Caption,
    /// An address on the web.
    Url,
}

impl Has {
    /// All, with the word that the user types.
    pub const ALL: [(&'static str, Self); 7] = [
        ("quotes", Self::Quotes),
        ("speaker", Self::Speaker),
        ("title", Self::Title),
        ("outlet", Self::Outlet),
        ("date", Self::Date),
        ("caption", Self::Caption),
        ("url", Self::Url),
    ];
}

/// What `is:` asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Is {
    /// Opened before.
    Read,
    /// Never opened.
    Unread,
}

impl Is {
    /// All, with the word that the user types.
    pub const ALL: [(&'static str, Self); 2] = [("read", Self::Read), ("unread", Self::Unread)];
}

/// Where in a part the words must stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// Anywhere.
    #[default]
    Anywhere,
    /// At its start (`^words`).
    Start,
    /// At its end (`words$`).
    End,
    /// Nothing else stands there (`^words$`).
    Whole,
}

/// Words to look for, folded; with a capital among them their case counts (smart case).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    folded: Box<str>,
    cased: Option<Box<str>>,
}

impl Pattern {
    /// The pattern for `words`, white space squeezed.
    pub fn new(words: &str) -> Self {
        let words = crate::text::squeeze(words);
        let cased = words.chars().any(char::is_uppercase);
        Self {
            folded: fold(&words).into(),
            cased: cased.then(|| unaccented(&words).into()),
        }
    }

    /// The words in lower case without accents.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// The words without accents in the case typed, where the case counts.
    pub fn cased(&self) -> Option<&str> {
        self.cased.as_deref()
    }
}

/// Why a query could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where in the query's text, in bytes on character boundaries.
    pub span: ByteSpan,
    /// What is wrong and what to type instead, as one sentence.
    pub reason: Box<str>,
    /// The valid word nearest to the wrong one, where one is near.
    pub nearest: Option<&'static str>,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.reason)?;
        match self.nearest {
            Some(nearest) => write!(f, "; did you mean `{nearest}`?"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Fault {}
