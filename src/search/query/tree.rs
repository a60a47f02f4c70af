//! A query as a tree of tests, with the sort order that it asks for.

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
    /// Returns whether the query has no test and so selects every article.
    pub fn is_empty(&self) -> bool {
        self.root.is_none()
    }

    /// Returns all terms that are not under `NOT`, in the order typed: those that can make an
    /// article match.
    pub fn positive_terms(&self) -> Vec<&Term> {
        self.collect(Negated::LeftOut)
    }

    /// Returns whether the result of the query depends on stories, because it has a `story:` term.
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

    /// Returns all terms in the order typed, also those under `NOT`.
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

/// A node of the query tree: a term, or several nodes joined by a logical operator.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// An article must satisfy all of these nodes.
    And(Vec<Node>),
    /// An article must satisfy at least one of these nodes.
    Or(Vec<Node>),
    /// An article must not satisfy this node.
    Not(Box<Node>),
    /// An article must pass the test of this term.
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

/// Says whether terms under `NOT` are included in a list of terms.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Negated {
    Included,
    LeftOut,
}

/// A term of a query: the test that it stands for, and where it was typed.
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
    /// The key line contains these letters in this order. The better they match, the higher the
    /// score.
    Fuzzy(Pattern),
    /// One part of the key line (title, outlet, date or speakers) contains exactly these words.
    Exact(Pattern, Anchor),
    /// The title contains these words.
    Title(Pattern, Anchor),
    /// The outlet's name contains these words.
    Outlet(Pattern, Anchor),
    /// The name of a quoted speaker contains these words.
    Speaker(Pattern, Anchor),
    /// A quotation contains these words.
    Said(Pattern),
    /// The article's running text contains these words. The score is BM25 if a term index is at
    /// hand.
    Text(Pattern),
    /// The article is in this language.
    Lang(Lang),
    /// The user gave the article this tag.
    Tag(Box<str>),
    /// The article was published within these days. An article of unknown date does not pass.
    Date(DateRange),
    /// The article has this feature, such as a caption.
    Has(Has),
    /// The user has opened the article (`read`) or has not (`unread`).
    Is(Is),
    /// The article belongs to a story whose title contains these words.
    Story(Box<str>),
}

/// A feature of an article that `has:` tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Has {
    /// The article has a quotation.
    Quotes,
    /// The article has a quotation whose speaker is known.
    Speaker,
    /// The article has a title that the page or the record gives, not one taken from its text.
    Title,
    /// The outlet of the article is known.
    Outlet,
    /// The date of publication is known.
    Date,
    /// The article has the caption of a picture.
    Caption,
    /// The web address of the article is known.
    Url,
}

impl Has {
    /// All features, each with the word that the user types after `has:`.
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
    /// The states read and unread, each with the word that the user types after `is:`.
    pub const ALL: [(&'static str, Self); 2] = [("read", Self::Read), ("unread", Self::Unread)];
}

/// The position that the words of a term must have in a part of the key line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// The words may stand anywhere in the part.
    #[default]
    Anywhere,
    /// The words must stand at the start of the part (`^words`).
    Start,
    /// The words must stand at the end of the part (`words$`).
    End,
    /// The words must be the whole part (`^words$`).
    Whole,
}

/// The words of a term, prepared for searching. If they contain a capital, case counts (smart
/// case); otherwise it does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    folded: Box<str>,
    cased: Option<Box<str>>,
}

impl Pattern {
    /// Creates the pattern of `words`. Runs of white space become one space.
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

/// An error in a query: why and where it cannot be parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The span of the fault in the text of the query, in bytes on character boundaries.
    pub span: ByteSpan,
    /// One sentence that says what is wrong and what to type instead.
    pub reason: Box<str>,
    /// The valid field or value that is most similar to the mistyped one, if one is similar.
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
