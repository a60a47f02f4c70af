//! The tokens of an article, read once for everything that a survey compares: terms, copies,
//! quotations.

use std::borrow::Cow;
use std::ops::Range;
use std::ptr;
use std::sync::{Mutex, PoisonError};

use super::passages::{lists_of, passages};
use super::tokens::{Reader, Token, tokens_of};
use crate::language::{Packs, WordLists};
use crate::model::{Article, BlockKind};
use crate::text::ByteSpan;

/// The tokens of the passages that say what an article is about.
pub(super) struct Reading<'a> {
    pub(super) article: &'a Article,
    lists: Option<&'a WordLists>,
    tokens: Vec<Token>,
    /// Kind and span of each passage, with the range of its tokens, in text order.
    passages: Vec<(BlockKind, ByteSpan, Range<usize>)>,
}

/// Token readers shared by several threads.
pub(super) struct Readers<'a> {
    packs: &'a Packs,
    /// Idle readers, at most one for each thread and language.
    idle: Mutex<Vec<Reader<'a>>>,
}

impl<'a> Readers<'a> {
    pub(super) fn new(packs: &'a Packs) -> Self {
        Self {
            packs,
            idle: Mutex::default(),
        }
    }

    /// Reads an article with an idle reader for its language, or with a new one.
    pub(super) fn read(&self, article: &'a Article) -> Reading<'a> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let lists = lists_of(article, self.packs);
        let same = |reader: &Reader| reader.lists.map(ptr::from_ref) == lists.map(ptr::from_ref);
        let known = {
            let mut idle = idle();
            let place = idle.iter().position(same);
            place.map(|place| idle.swap_remove(place))
        };
        let mut reader = known.unwrap_or_else(|| Reader::of_many(lists));
        let reading = Reading::by(&mut reader, article);
        idle().push(reader);
        reading
    }
}

impl<'a> Reading<'a> {
    pub(super) fn of(article: &'a Article, packs: &'a Packs) -> Self {
        Self::by(&mut Reader::of_few(lists_of(article, packs)), article)
    }

    fn by(reader: &mut Reader<'a>, article: &'a Article) -> Self {
        let mut all = Vec::with_capacity(article.text.len() / 6);
        let mut read = Vec::new();
        for (kind, span) in passages(article) {
            let start = all.len();
            reader.read(&article.text, span, &mut all);
            read.push((kind, span, start..all.len()));
        }
        Self {
            article,
            lists: reader.lists,
            tokens: all,
            passages: read,
        }
    }

    /// Returns the number of tokens.
    pub(super) fn words(&self) -> usize {
        self.tokens.len()
    }

    /// Returns the kind and the tokens of each passage.
    pub(super) fn passages(&self) -> impl Iterator<Item = (BlockKind, &[Token])> {
        let list = self.passages.iter();
        list.map(|(kind, _, range)| (*kind, self.tokens.get(range.clone()).unwrap_or(&[])))
    }

    /// Returns the tokens of a part of the text. Reads the text again only if no single passage
    /// contains the part with whole words.
    pub(super) fn within(&self, span: ByteSpan) -> Cow<'_, [Token]> {
        self.inside(span).map_or_else(
            || tokens_of(&self.article.text, span, self.lists).into(),
            Cow::Borrowed,
        )
    }

    fn inside(&self, span: ByteSpan) -> Option<&[Token]> {
        let behind = self
            .passages
            .partition_point(|(_, own, _)| own.start <= span.start);
        let (_, own, range) = self.passages.get(behind.checked_sub(1)?)?;
        let words = self.tokens.get(range.clone())?;
        let first = words.partition_point(|token| token.span.end <= span.start);
        let last = words.partition_point(|token| token.span.start < span.end);
        let found = words.get(first..last)?;
        // A span that cuts a word has a token that the passage lacks.
        let is_whole = |token: &Token| token.span.start >= span.start && token.span.end <= span.end;
        let is_cut = !found.first().is_none_or(is_whole) || !found.last().is_none_or(is_whole);
        (span.end <= own.end && !is_cut).then_some(found)
    }
}
