//! A query as a tree of tests, and the order that it asks for.

use super::dates::DateRange;
use crate::language::Lang;
use crate::search::order::Sort;
use crate::text::{ByteSpan, fold, unaccented};

/// A parsed query. The empty query selects everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// The tests that an article must pass; `None` selects every article.
    pub root: Option<Node>,
    /// The sort order that the query asks for. It takes precedence over the score.
    pub sort: Option<Sort>,
}

impl Query {
    /// Returns whether the query selects every article.
    pub fn is_empty(&self) -> bool {
        self.root.is_none()
    }

    /// Returns the terms that an article must match, in the order typed. Terms under `NOT` are left
    /// out.
    pub fn positive_terms(&self) -> Vec<&Term> {
        self.collect(Negated::LeftOut)
    }

    /// Returns whether the result depends on stories.
    pub fn asks_stories(&self) -> bool {
        let terms = self.terms();
        terms.iter().any(|term| matches!(term.test, Test::Story(_)))
    }

    /// Returns whether what the query selects depends on who speaks.
    pub fn asks_speakers(&self) -> bool {
        let terms = self.terms();
        terms
            .iter()
            .any(|term| matches!(term.test, Test::Speaker(..)))
    }

    /// Returns all terms in the order typed.
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
    /// An article must satisfy all of these nodes.
    And(Vec<Node>),
    /// An article must satisfy at least one of these nodes.
    Or(Vec<Node>),
    /// An article must not satisfy this node.
    Not(Box<Node>),
    /// A single term.
    Term(Term),
}

impl Node {
    /// The terms that an article must have, those under `NOT` left out, in the order typed.
    pub fn positive_terms(&self) -> Vec<&Term> {
        let mut terms = Vec::new();
        self.collect(Negated::LeftOut, &mut terms);
        terms
    }

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

/// Whether terms under `NOT` are included in a list of terms.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Negated {
    Included,
    LeftOut,
}

/// A term of a query: a test, and where it was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The span of the term in the text of the query.
    pub span: ByteSpan,
    /// The test that an article must pass.
    pub test: Test,
}

/// A test of one article.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// The key line contains these letters in this order. This is the only test that gives a score.
    Fuzzy(Pattern),
    /// One part of the key line contains exactly these words.
    Exact(Pattern, Anchor),
    /// The title contains these words.
    Title(Pattern, Anchor),
    /// The outlet's name contains these words.
    Outlet(Pattern, Anchor),
    /// The name of a quoted speaker contains these words.
    Speaker(Pattern, Anchor),
    /// A quotation contains these words.
    Said(Pattern),
    /// The article's running text contains these words.
    Text(Pattern),
    /// The body is in this language.
    Lang(Lang),
    /// The user gave the article this tag.
    Tag(Box<str>),
    /// The article was published within these days. An article of unknown date never is.
    Date(DateRange),
    /// The article has this feature.
    Has(Has),
    /// The article is read or unread.
    Is(Is),
    /// The article belongs to the story with this name or number.
    Story(Box<str>),
}

/// A feature of an article that `has:` tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Has {
    /// A quotation.
    Quotes,
    /// A quotation whose speaker is known.
    Speaker,
    /// A title that the page or the record gives.
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
    /// All features, each with the word that the user types.
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

/// A state of an article that `is:` tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Is {
    /// The user has opened the article.
    Read,
    /// The user has never opened the article.
    Unread,
}

impl Is {
    /// Both states, each with the word that the user types.
    pub const ALL: [(&'static str, Self); 2] = [("read", Self::Read), ("unread", Self::Unread)];
}

/// The position that words must have in a part of the key line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// Anywhere.
    #[default]
    Anywhere,
    /// At the start of the part (`^words`).
    Start,
    /// At the end of the part (`words$`).
    End,
    /// The part consists of the words (`^words$`).
    Whole,
}

/// A search pattern: folded words. If the words contain a capital, case counts (smart case).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    folded: Box<str>,
    cased: Option<Box<str>>,
}

impl Pattern {
    /// Creates the pattern of `words`, with white space squeezed.
    pub fn new(words: &str) -> Self {
        let words = crate::text::squeeze(words);
        let cased = words.chars().any(char::is_uppercase);
        Self {
            folded: fold(&words).into(),
            cased: cased.then(|| unaccented(&words).into()),
        }
    }

    /// Returns the words in lower case and without accents.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// Returns the words without accents in the case typed, or `None` if case does not count.
    pub fn cased(&self) -> Option<&str> {
        self.cased.as_deref()
    }
}

/// The reason why a query cannot be parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The span of the fault in the text of the query, in bytes on character boundaries.
    pub span: ByteSpan,
    /// One sentence that says what is wrong and what to type instead.
    pub reason: Box<str>,
    /// The valid word closest to the wrong one, if one is close.
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
