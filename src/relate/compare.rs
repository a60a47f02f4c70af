//! Puts passages side by side: which ones belong together, and which words they share. The
//! `similar` crate computes the difference of two word sequences (Myers).

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::cluster::{Link, cluster};
use super::passages::{lists_of, passages};
use super::tokens::{Token, hash, tokens_of};
use crate::language::Packs;
use crate::model::{Article, ArticleId, BlockKind, Corpus, QuoteId};
use crate::text::ByteSpan;

/// Maximum number of words in a passage that is aligned. Longer ones are compared as bags of words,
/// because the difference can take time quadratic in the length.
const MAX_ALIGNED: usize = 2_000;
/// Maximum number of passages of one article that are compared. No report has as many.
const MAX_PASSAGES: usize = 400;
/// Length in bytes from which a paragraph is cut into sentences. Some pages give a whole article in
/// one line.
const LONG_PARAGRAPH: usize = 700;
/// Minimum share of the shorter passage's content words for two passages to form one row.
const SAME_PASSAGE: f32 = 0.4;
/// Minimum number of content words that two passages of one row share.
const MIN_SHARED: usize = 3;

/// A part of one article that is compared with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Article that contains the passage.
    pub article: ArticleId,
    /// The quotation that the passage consists of, if it is one.
    pub quote: Option<QuoteId>,
    /// Position in the article's text.
    pub span: ByteSpan,
}

/// How a word relates to the other passages of its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Every other passage has the word in the same place.
    Shared,
    /// Every other passage has the word, but not all in the same place.
    Moved,
    /// Some, but not all, other passages have the word.
    Partly,
    /// No other passage has the word.
    Own,
}

/// One word of a passage, with its relation to the other passages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked {
    /// Position in the article's text.
    pub span: ByteSpan,
    /// Relation to the other passages.
    pub standing: Standing,
    /// Whether the word is a stop word.
    pub is_stop: bool,
}

/// One passage of a row, split into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The passage.
    pub passage: Passage,
    /// Words of the passage, in order.
    pub words: Vec<Marked>,
}

/// A row of passages that belong side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// One entry per column, in the order of the sides; `None` if a side has no matching passage.
    pub columns: Vec<Option<Column>>,
    /// The content words that all passages share, each once, as the first passage writes them.
    /// Empty if there is only one passage.
    pub shared: Vec<Box<str>>,
}

/// Compares passages (usually quotations) in one row, in the given order.
pub fn compare_passages((corpus, packs): (&Corpus, &Packs), passages: &[Passage]) -> Row {
    let members: Vec<Option<Passage>> = passages.iter().copied().map(Some).collect();
    row((corpus, packs), &members)
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// A whole article, split into passages.
    Article(ArticleId),
    /// Selected passages, in text order.
    Passages(Vec<Passage>),
}

impl Side {
    fn passages(&self, corpus: &Corpus) -> Vec<Passage> {
        let id = match self {
            Self::Passages(passages) => return passages.clone(),
            Self::Article(id) => *id,
        };
        let spans = corpus
            .get(id)
            .map_or_else(Vec::new, passages_of)
            .into_iter();
        spans
            .map(|span| Passage {
                article: id,
                quote: None,
                span,
            })
            .collect()
    }
}

/// Compares whole articles passage by passage, like [`compare_sides`].
pub fn compare_articles(known: (&Corpus, &Packs), articles: &[ArticleId]) -> Vec<Row> {
    let sides: Vec<Side> = articles.iter().copied().map(Side::Article).collect();
    compare_sides(known, &sides, &|| false).unwrap_or_default()
}

/// Finds the passages of several sides that say the same and puts them into rows.
///
/// Rows follow the order of the first side. A passage that only later sides have comes after the
/// row of the passage before it. Returns `None` if cancelled.
pub fn compare_sides(
    (corpus, packs): (&Corpus, &Packs),
    sides: &[Side],
    is_cancelled: &dyn Fn() -> bool,
) -> Option<Vec<Row>> {
    let mut all: Vec<(usize, Passage, Vec<u32>)> = Vec::new();
    for (column, side) in sides.iter().enumerate() {
        for passage in side.passages(corpus) {
            if let Some(article) = corpus.get(passage.article) {
                all.push((column, passage, content(article, passage.span, packs)));
            }
        }
    }
    let groups = same_passages(&all, is_cancelled)?;
    let mut rows: Vec<Vec<Option<usize>>> = Vec::new();
    let mut is_placed = vec![false; all.len()];
    for group in groups {
        let mut row = vec![None; sides.len()];
        for at in group {
            row[all[at as usize].0] = Some(at as usize);
            is_placed[at as usize] = true;
        }
        rows.push(row);
    }
    for (at, (column, ..)) in all.iter().enumerate().filter(|(at, _)| !is_placed[*at]) {
        let mut row = vec![None; sides.len()];
        row[*column] = Some(at);
        rows.push(row);
    }
    order(&mut rows);
    let passage = |at: &Option<usize>| at.map(|at| all[at].1);
    let compared = rows.iter().map(|members| {
        let members: Vec<_> = members.iter().map(passage).collect();
        (!is_cancelled()).then(|| row((corpus, packs), &members))
    });
    compared.collect()
}

/// Sorts rows by the first side. A row without the first side goes after the nearest row above it
/// in its own article that has the first side, or before the nearest one below. Rows of an article
/// that shares nothing come last. Passage numbers rise through the articles.
fn order(rows: &mut [Vec<Option<usize>>]) {
    let anchors: Vec<(Option<usize>, Vec<Option<usize>>)> = rows
        .iter()
        .map(|row| (row.first().copied().flatten(), row.clone()))
        .filter(|(first, _)| first.is_some())
        .collect();
    let key = |row: &Vec<Option<usize>>| {
        if let Some(own) = row.first().copied().flatten() {
            return (own, 1, 0, 0);
        }
        let (column, at) = row
            .iter()
            .enumerate()
            .find_map(|(column, at)| Some((column, (*at)?)))
            .unwrap_or_default();
        let known = anchors
            .iter()
            .filter_map(|(first, other)| Some((other.get(column).copied().flatten()?, (*first)?)));
        let above = known.clone().filter(|(other, _)| *other < at).max();
        let below = known.filter(|(other, _)| *other > at).min();
        match (above, below) {
            (Some((_, first)), _) => (first, 2, column, at),
            (None, Some((_, first))) => (first, 0, column, at),
            (None, None) => (usize::MAX, 0, column, at),
        }
    };
    rows.sort_by_cached_key(key);
}

/// Groups the passages that say the same, at most one per column. Returns `None` if cancelled.
fn same_passages(
    all: &[(usize, Passage, Vec<u32>)],
    is_cancelled: &dyn Fn() -> bool,
) -> Option<Vec<Vec<u32>>> {
    let mut links = Vec::new();
    for (a, (column_a, _, words_a)) in all.iter().enumerate() {
        if is_cancelled() {
            return None;
        }
        for (b, (column_b, _, words_b)) in all.iter().enumerate().skip(a + 1) {
            if column_a == column_b {
                continue;
            }
            let shared = words_a
                .iter()
                .filter(|word| words_b.binary_search(word).is_ok())
                .count();
            let shorter = words_a.len().min(words_b.len()).max(1);
            let strength = shared as f32 / shorter as f32;
            if shared >= MIN_SHARED && strength >= SAME_PASSAGE {
                // For equal shares, prefer the longer passages.
                links.push(Link {
                    a: a as u32,
                    b: b as u32,
                    strength: strength * (1.0 - 1.0 / (1 + shared) as f32),
                });
            }
        }
    }
    let groups = cluster(all.len(), links, 0.5, |a, b| {
        let column = |id: &u32| all[*id as usize].0;
        a.iter().all(|x| b.iter().all(|y| column(x) != column(y)))
    });
    Some(groups)
}

/// Returns the stems of the content words in a passage, sorted, each once.
fn content(article: &Article, span: ByteSpan, packs: &Packs) -> Vec<u32> {
    let found = tokens_of(&article.text, span, lists_of(article, packs));
    let mut stems: Vec<u32> = found
        .iter()
        .filter(|t| !t.is_stop)
        .map(|t| t.stem)
        .collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}

/// Returns the passages of an article that are compared: title, standfirst and paragraphs. Long
/// paragraphs are cut into sentences.
fn passages_of(article: &Article) -> Vec<ByteSpan> {
    let told = passages(article).into_iter();
    let mut found: Vec<ByteSpan> = told
        .filter(|(kind, _)| *kind != BlockKind::Subhead)
        .flat_map(|(_, span)| {
            if span.len() > LONG_PARAGRAPH {
                sentences(&article.text, span)
            } else {
                vec![span]
            }
        })
        .collect();
    found.truncate(MAX_PASSAGES);
    found
}

/// Splits a passage into lines and, roughly, sentences: after a full stop, question mark or
/// exclamation mark (and a closing quotation mark) that white space follows.
fn sentences(text: &str, span: ByteSpan) -> Vec<ByteSpan> {
    let passage = span.of(text);
    let (mut found, mut start, mut ends) = (Vec::new(), 0, false);
    for (at, c) in passage.char_indices() {
        if c == '\n' || (ends && c.is_whitespace()) {
            found.push(ByteSpan::new(
                span.start as usize + start,
                span.start as usize + at,
            ));
            start = at;
        }
        ends = matches!(c, '.' | '!' | '?') || (ends && matches!(c, '"' | '”' | '’'));
    }
    found.push(ByteSpan::new(
        span.start as usize + start,
        span.end as usize,
    ));
    for sentence in &mut found {
        *sentence = sentence.trim(text);
    }
    found.retain(|sentence| !sentence.is_empty());
    found
}

fn row((corpus, packs): (&Corpus, &Packs), members: &[Option<Passage>]) -> Row {
    let words: Vec<Vec<Token>> = members
        .iter()
        .map(|member| {
            let passage = member.as_ref();
            let article = passage.and_then(|passage| corpus.get(passage.article));
            passage
                .zip(article)
                .map_or_else(Vec::new, |(passage, article)| {
                    tokens_of(&article.text, passage.span, lists_of(article, packs))
                })
        })
        .collect();
    let columns: Vec<Option<Column>> = members
        .iter()
        .enumerate()
        .map(|(at, member)| {
            Some(Column {
                passage: (*member)?,
                words: mark(at, members, &words),
            })
        })
        .collect();
    Row {
        shared: shared_words(corpus, &columns),
        columns,
    }
}

/// Relates each word of one column to the other columns.
fn mark(own: usize, members: &[Option<Passage>], words: &[Vec<Token>]) -> Vec<Marked> {
    let mut has = vec![0_usize; words[own].len()];
    let mut aligned = has.clone();
    let others = (0..members.len()).filter(|at| *at != own && members[*at].is_some());
    let others: Vec<usize> = others.collect();
    for other in &others {
        let there: std::collections::HashSet<u32> = words[*other].iter().map(|t| t.word).collect();
        for (word, has) in words[own].iter().zip(&mut has) {
            *has += usize::from(there.contains(&word.word));
        }
        for at in aligned_words(&words[own], &words[*other]) {
            aligned[at] += 1;
        }
    }
    let counts = has.into_iter().zip(aligned);
    let marks = words[own]
        .iter()
        .zip(counts)
        .map(|(word, (has, aligned))| Marked {
            span: word.span,
            is_stop: word.is_stop,
            standing: match has {
                _ if others.is_empty() => Standing::Own,
                _ if aligned == others.len() => Standing::Shared,
                has if has == others.len() => Standing::Moved,
                0 => Standing::Own,
                _ => Standing::Partly,
            },
        });
    marks.collect()
}

/// Returns the indices of the words of `own` that align with the same word in `other`.
fn aligned_words(own: &[Token], other: &[Token]) -> Vec<usize> {
    if own.len().max(other.len()) > MAX_ALIGNED {
        return Vec::new();
    }
    let sequence = |words: &[Token]| words.iter().map(|token| token.word).collect::<Vec<_>>();
    let ops = capture_diff_slices(Algorithm::Myers, &sequence(own), &sequence(other));
    ops.into_iter()
        .filter_map(|op| match op {
            DiffOp::Equal { old_index, len, .. } => Some(old_index..old_index + len),
            _ => None,
        })
        .flatten()
        .collect()
}

fn shared_words(corpus: &Corpus, columns: &[Option<Column>]) -> Vec<Box<str>> {
    let mut present = columns.iter().flatten();
    let (Some(first), Some(_)) = (present.next(), present.next()) else {
        return Vec::new();
    };
    let Some(article) = corpus.get(first.passage.article) else {
        return Vec::new();
    };
    let mut seen = std::collections::HashSet::new();
    let shared = first.words.iter().filter(|word| {
        !word.is_stop && matches!(word.standing, Standing::Shared | Standing::Moved)
    });
    shared
        .map(|word| word.span.of(&article.text))
        .filter(|word| seen.insert(hash(word.to_lowercase().as_bytes())))
        .map(Box::from)
        .collect()
}
