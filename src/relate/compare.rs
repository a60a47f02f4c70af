//! Passages side by side: which belong together, and which words they share, word by word. The
//! difference of two word sequences is that of the `similar` crate (Myers).

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::cluster::{Link, cluster};
use super::passages::lists_of;
use super::tokens::{Token, hash, tokens_of};
use crate::language::Packs;
use crate::model::{Article, ArticleId, BlockKind, Corpus, QuoteId};
use crate::text::ByteSpan;

/// Words beyond which two passages are compared as bags: the difference of long sequences can cost
/// time quadratic in them.
const MAX_ALIGNED: usize = 2_000;
/// Passages of one article that are compared; no report has as many.
const MAX_PASSAGES: usize = 400;
/// Bytes beyond which a paragraph is cut at the ends of its sentences: some pages give a whole
/// article in one line.
const LONG_PARAGRAPH: usize = 700;
/// The share of the shorter passage's content words that puts two passages into one row.
const SAME_PASSAGE: f32 = 0.4;
/// Content words that two passages of one row share at least.
const MIN_SHARED: usize = 3;

/// A stretch of one article that is laid beside others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Whose.
    pub article: ArticleId,
    /// The quotation that it is, where it is one.
    pub quote: Option<QuoteId>,
    /// Where it stands.
    pub span: ByteSpan,
}

/// How a word stands to the other passages of its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Every other passage has it in the same place.
    Shared,
    /// Every other passage has it, but not all in the same place.
    Moved,
    /// Some other passage has it.
    Partly,
    /// No other passage has it.
    Own,
}

/// One word of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked {
    /// Where it stands in its article's text.
    pub span: ByteSpan,
    /// How it stands to the other passages.
    pub standing: Standing,
    /// Whether it carries grammar rather than matter.
    pub is_stop: bool,
}

/// One passage of a row, word by word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The passage.
    pub passage: Passage,
    /// Its words in order.
    pub words: Vec<Marked>,
}

/// Passages that belong side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// By column, as they were asked for; `None` where an article has nothing of the kind.
    pub columns: Vec<Option<Column>>,
    /// The content words that all passages share, as the first has them, each once. Empty where
    /// there is but one.
    pub shared: Vec<Box<str>>,
}

/// Lays passages (quotations, as a rule) side by side in one row, in the order given.
pub fn compare_passages((corpus, packs): (&Corpus, &Packs), passages: &[Passage]) -> Row {
    let members: Vec<Option<Passage>> = passages.iter().copied().map(Some).collect();
    row((corpus, packs), &members)
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// A whole article, passage by passage.
    Article(ArticleId),
    /// Chosen passages, in the order of their text.
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

/// Lays whole articles side by side, passage by passage; see [`compare_sides`].
pub fn compare_articles(known: (&Corpus, &Packs), articles: &[ArticleId]) -> Vec<Row> {
    let sides: Vec<Side> = articles.iter().copied().map(Side::Article).collect();
    compare_sides(known, &sides, &|| false).unwrap_or_default()
}

/// Lays several passages of each side beside those of the others that say the same, in the order
/// of the first side; passages that only later sides have follow the one that they stand behind.
/// `None` once cancelled.
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

/// Sorts rows by the first article; a row without it goes behind the last row above it, in its own
/// article, that has it, else before the first row below it. What an article that shares nothing
/// says comes last. Passages are numbered upwards through the articles.
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

/// Groups of passages that say the same, at most one of each column; `None` once cancelled.
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
                // Of equal shares, the longer passages first.
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

/// The content of a passage: its stems that are no stop words, in rising order, each once.
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

/// The passages of an article that are compared: title, standfirst and paragraphs, long ones cut
/// at the ends of sentences.
fn passages_of(article: &Article) -> Vec<ByteSpan> {
    let told = super::passages::passages(article).into_iter();
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

/// The sentences and lines of a passage, roughly: cut behind a full stop (and a closing mark) that
/// white space follows.
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

/// How each word of one column stands to the other columns that are there.
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

/// The places of the words of `own` that `other` has at the same place of the sequence.
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
