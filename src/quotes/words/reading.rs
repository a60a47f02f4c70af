//! One article as the rules read it: paragraphs of tokens in which each quotation stands as one.

use super::lexicon::{Lexicon, WordMap};
use super::marks::{Pair, pair};
use super::name_words::{
    mark_built_nouns, mark_charges, mark_heard, mark_named_words, mark_nouns, mark_places,
};
use super::tokens::{Kind, Paragraph, Token, Tokens, behind_name, join_phrases, tokenise};
use crate::language::Roles;
use crate::model::{Article, BlockKind};
use crate::quotes::trace::Trace;
use crate::text::ByteSpan;

/// The tokens of an article's body.
#[derive(Debug)]
pub(crate) struct Reading<'a> {
    pub text: &'a str,
    pub lexicon: &'a Lexicon,
    /// All paragraphs' tokens, quotations collapsed.
    pub tokens: Vec<Token>,
    /// Those of one paragraph, quotations as they stand.
    inside: Vec<Token>,
    /// Where in `tokens` those are that have a capital: names have one, and every fifth word.
    capitals: Vec<usize>,
    pub pairs: Vec<Pair>,
    pub paragraphs: Vec<Paragraph>,
    /// Where the steps of the rules are noted, if anyone asks.
    pub trace: Option<&'a Trace>,
}

/// Emptied lists of tokens, to be filled again.
#[derive(Debug, Default)]
pub(crate) struct TokenBuffers {
    tokens: Vec<Token>,
    inside: Vec<Token>,
    capitals: Vec<usize>,
}

impl TokenBuffers {
    /// Tokens for which memory is kept; an article that needs more is rare.
    const KEPT: usize = 1 << 15;
}

impl<'a> Reading<'a> {
    /// Reads the paragraphs of `article`; its tokens take `buffers`.
    pub fn new(
        article: &'a Article,
        lexicon: &'a Lexicon,
        buffers: TokenBuffers,
        trace: Option<&'a Trace>,
    ) -> Self {
        let mut reading = Self {
            text: &article.text,
            lexicon,
            tokens: buffers.tokens,
            inside: buffers.inside,
            capitals: buffers.capitals,
            pairs: Vec::new(),
            paragraphs: Vec::new(),
            trace,
        };
        let dateline = article
            .structure
            .dateline
            .as_ref()
            .map(|dateline| dateline.span);
        for span in article.blocks(BlockKind::Paragraph) {
            let mut span = span;
            if let Some(dateline) = dateline.filter(|dateline| span.contains(*dateline)) {
                span.start = dateline.end;
            }
            for piece in pieces(span, &article.text) {
                reading.read(piece);
            }
        }
        if !lexicon.nouns_capitalised {
            reading.cut_glued();
        }
        reading.mark();
        reading
    }

    /// Marks the words whose part in a name shows only in the whole article.
    fn mark(&mut self) {
        let Self {
            tokens,
            capitals,
            lexicon,
            ..
        } = self;
        for (at, token) in tokens.iter().enumerate() {
            if token.is_capital() {
                capitals.push(at);
            }
        }
        mark_named_words(tokens, capitals);
        if lexicon.nouns_capitalised {
            mark_built_nouns(tokens, self.text, &lexicon.noun_endings);
        }
        let inverts = !lexicon.comma_opens_clause;
        mark_heard(tokens, &self.paragraphs, (capitals, inverts));
        if lexicon.nouns_capitalised {
            mark_nouns(tokens);
        }
        mark_charges(tokens, capitals);
        mark_places(tokens, capitals);
    }

    /// Cuts the words that the loss of a link has glued behind a name which the article also has alone.
    fn cut_glued(&mut self) {
        const SHORTEST: usize = 8;
        let long = |token: &Token| {
            token.kind == Kind::Capital && token.roles.is_empty() && token.span().len() >= SHORTEST
        };
        if !self.tokens.iter().any(long) {
            return;
        }
        let mut names: WordMap<u32> = WordMap::default();
        for token in self
            .tokens
            .iter()
            .filter(|token| token.kind == Kind::Capital)
        {
            *names.entry(token.hash).or_default() += 1;
        }
        let pieces = |token: &Token| behind_name(self.text, token, self.lexicon, &names);
        let found: Vec<_> = (0..)
            .zip(&self.tokens)
            .filter(|(_, token)| long(token))
            .filter_map(|(at, token)| Some((at, pieces(token)?)))
            .collect();
        // From behind, so that the places before hold.
        for (at, pieces) in found.into_iter().rev() {
            self.tokens.splice(at..=at, pieces);
            for paragraph in &mut self.paragraphs {
                paragraph.first += usize::from(paragraph.first > at);
                paragraph.last += usize::from(paragraph.last > at);
            }
        }
    }

    fn read(&mut self, span: ByteSpan) {
        if span.of(self.text).is_empty() {
            return;
        }
        let first = self.tokens.len();
        tokenise(self.text, span, self.lexicon, &mut self.tokens);
        let read = self.tokens.get(first..).unwrap_or_default();
        if label(read).is_none() && read.iter().any(|token| token.kind == Kind::Mark) {
            self.collapse(first);
        }
        join_phrases(&mut self.tokens, first, self.lexicon);
        self.paragraphs.push(Paragraph {
            first,
            last: self.tokens.len(),
        });
    }

    /// Puts one token in the place of each quotation in the tokens from `first` on.
    fn collapse(&mut self, first: usize) {
        let Self { tokens, inside, .. } = self;
        inside.clear();
        inside.extend_from_slice(tokens.get(first..).unwrap_or_default());
        tokens.truncate(first);
        let pairs = pair(self.text, inside, self.lexicon);
        let mut rest = inside.as_slice();
        for (number, pair) in (self.pairs.len()..).zip(&pairs) {
            let (before, behind) = split_before(rest, pair.outer.start);
            tokens.extend_from_slice(before);
            let ending = ending(pair.inner.of(self.text));
            tokens.push(Token::quote(pair.outer, number, ending));
            (_, rest) = split_before(behind, pair.outer.end);
        }
        tokens.extend_from_slice(rest);
        self.pairs.extend(pairs);
    }

    /// The lists that the tokens took, for another article.
    pub fn into_buffers(mut self) -> TokenBuffers {
        self.tokens.clear();
        self.capitals.clear();
        self.tokens.shrink_to(TokenBuffers::KEPT);
        self.inside.shrink_to(TokenBuffers::KEPT);
        self.capitals.shrink_to(TokenBuffers::KEPT);
        TokenBuffers {
            tokens: self.tokens,
            inside: self.inside,
            capitals: self.capitals,
        }
    }

    /// The marks of a token that stands for a whole quotation.
    pub fn pair(&self, token: &Token) -> Option<&Pair> {
        self.pairs.get(token.hash as usize)
    }

    /// Where in a paragraph the tokens with a capital are.
    pub fn capitals(&self, paragraph: Paragraph) -> impl Iterator<Item = usize> {
        let place = |end: usize| self.capitals.partition_point(|at| *at < end);
        let capitals = place(paragraph.first)..place(paragraph.last);
        let capitals = self.capitals.get(capitals).unwrap_or_default();
        capitals.iter().map(move |at| at - paragraph.first)
    }

    /// The tokens of one paragraph.
    pub fn of(&self, paragraph: Paragraph) -> Tokens<'_> {
        Tokens::new(&self.tokens, &self.lexicon.names).part(paragraph.first..paragraph.last)
    }
}

/// The tokens that begin before the byte `place`, and those that do not.
fn split_before(tokens: &[Token], place: u32) -> (&[Token], &[Token]) {
    let before = tokens.partition_point(|token| token.start < place);
    tokens.split_at_checked(before).unwrap_or((tokens, &[]))
}

/// A paragraph in pieces that are read one after the other: nobody writes one that long, and what
/// stands in its place shall not fill the memory.
fn pieces(span: ByteSpan, text: &str) -> impl Iterator<Item = ByteSpan> {
    const LONGEST: usize = 1 << 20;
    let mut rest = span;
    std::iter::from_fn(move || {
        let words = rest.of(text);
        if words.is_empty() {
            return None;
        }
        let end = words.floor_char_boundary(LONGEST);
        let piece = ByteSpan::new(rest.start as usize, rest.start as usize + end);
        rest.start = piece.end;
        Some(piece)
    })
}

/// The sign inside the closing mark, which may close the sentence or the clause around it as well.
fn ending(inner: &str) -> Roles {
    let inner = inner.trim_end_matches(['\'', '’', '"', '”', ' ']);
    match inner.chars().next_back() {
        Some(',') => Roles::ENDS_IN_COMMA,
        Some('.') => Roles::ENDS_IN_STOP,
        _ => Roles::NONE,
    }
}

/// The name in capitals and the colon behind it with which a paragraph of a transcript begins, as
/// a range of its tokens: `WALLACE: …`.
pub(crate) fn label(tokens: &[Token]) -> Option<(usize, usize)> {
    let first = usize::from(tokens.first()?.kind == Kind::Mark);
    let end = (first..tokens.len().min(first + 5))
        .find(|&at| !tokens[at].is_word() && tokens[at].kind != Kind::Stop)?;
    let upper = tokens
        .get(first..end)?
        .iter()
        .all(|token| matches!(token.kind, Kind::Upper | Kind::Stop));
    // `VIDEO: …`
    let no_name = tokens[first].is(Roles::FUNCTION);
    let named = end > first && tokens[first].kind == Kind::Upper && !no_name;
    (named && upper && tokens[end].kind == Kind::Colon && tokens.len() > end + 2)
        .then_some((first, end))
}

/// The sentences of a paragraph as ranges of its tokens. A quotation that opens a sentence ends it
/// only where a stop follows outside it, since its speaker may follow; one inside a sentence ends it
/// also with a stop of its own.
pub(crate) fn sentences(tokens: &[Token], text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let first = next;
        let ends = |at: &usize| match tokens[*at].kind {
            Kind::Stop => ends_sentence(tokens, *at, text),
            // `(It has no gate.) Rina Halim said …`
            Kind::Close => {
                *at > first && tokens[first].kind == Kind::Open && {
                    let next = tokens.get(*at + 1);
                    let opens = next.is_none_or(|t| t.is_capital() || t.kind == Kind::Quote);
                    tokens[*at - 1].kind == Kind::Stop && opens
                }
            }
            Kind::Quote => *at > first && closes_sentence(tokens, *at),
            _ => false,
        };
        let end = (first..tokens.len()).find(ends);
        next = end.map_or(tokens.len(), |at| at + 1);
        (first < next).then_some((first, next))
    })
}

/// Whether the marked words at `at` end the reporter's sentence with their own full stop.
fn closes_sentence(tokens: &[Token], at: usize) -> bool {
    tokens[at].is(Roles::ENDS_IN_STOP)
        && tokens.get(at + 1).is_some_and(|next| {
            next.is_capital() && !next.is(crate::quotes::words::lexicon::CUE)
                || next.kind == Kind::Quote
        })
}

fn ends_sentence(tokens: &[Token], at: usize, text: &str) -> bool {
    let Some(next) = tokens.get(at + 1) else {
        return true;
    };
    // `… dicegah. dr. Rina Halim mengatakan …`
    let addressed = next.kind == Kind::Lower
        && next.is(Roles::HONORIFIC)
        && tokens
            .get(at + 2)
            .is_some_and(|t| t.kind == Kind::Stop || t.is_capital());
    if !addressed
        && !matches!(
            next.kind,
            Kind::Capital
                | Kind::Upper
                | Kind::Account
                | Kind::Number
                | Kind::Quote
                | Kind::Mark
                | Kind::Open
                | Kind::Dash
                | Kind::Other
        )
    {
        return false;
    }
    let Some(before) = at.checked_sub(1).and_then(|before| tokens.get(before)) else {
        return true;
    };
    // `at 6 p.m. Police said …`, but `at 6 p.m. Monday`
    let time = before.is(Roles::ABBREVIATION) && before.is(Roles::TIME);
    if time && next.kind == Kind::Capital && !next.is(Roles::TIME) {
        return true;
    }
    // `Rina Halim Jr. He said …`, `Lareng Inc. The company …`
    let fresh = Roles::PRONOUN.with(Roles::ARTICLE);
    let open = before.is(Roles::ABBREVIATION) && !before.is(Roles::HONORIFIC.with(Roles::OFFICE));
    if open && next.kind == Kind::Capital && next.is(fresh) {
        return true;
    }
    // `am 3. Mai`
    if before.kind == Kind::Number && next.is(Roles::TIME) && before.end == tokens[at].start {
        return false;
    }
    let is_dot = tokens[at].span().of(text) == ".";
    let glued = before.end == tokens[at].start;
    let initial = before.is_capital()
        && before
            .span()
            .of(text)
            .split('.')
            .all(|part| part.chars().count() == 1);
    // `Sp.GK`
    let degree = before.is(Roles::SUFFIX) && next.start == tokens[at].end;
    !(is_dot
        && glued
        && (degree || (before.is(Roles::ABBREVIATION) && next.start > tokens[at].end || initial)))
}
