//! Aligns the passages of one row word by word: cuts them into slots, so that the words they share
//! line up. The `similar` crate computes the difference of two word sequences.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::Row;
use crate::model::Corpus;
use crate::text::fold;

/// Maximum number of words in a passage that is aligned. The difference can take time quadratic in
/// it.
const MAX_ALIGNED: usize = 1_000;

/// One slot of an aligned row, across all of its passages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Whether the slot is one word that the first passage shares with at least half of the others.
    /// Otherwise it holds the words between two such slots.
    pub is_shared: bool,
    /// Words of each column, as indices into [`super::Column::words`]. Empty if the column has none
    /// here.
    pub words: Vec<Range<usize>>,
}

/// Cuts a row into slots, in word order. Every word of every column is in exactly one slot.
pub fn align(corpus: &Corpus, row: &Row) -> Vec<Slot> {
    let words: Vec<Vec<String>> = row
        .columns
        .iter()
        .map(|column| {
            let column = column.as_ref()?;
            let text = &corpus.get(column.passage.article)?.text;
            let folded = column.words.iter().map(|word| fold(word.span.of(text)));
            Some(folded.collect())
        })
        .map(Option::unwrap_or_default)
        .collect();
    let Some(first) = words.iter().position(|words| !words.is_empty()) else {
        return Vec::new();
    };
    let pairs: Vec<Vec<Option<usize>>> = words
        .iter()
        .enumerate()
        .map(|(column, other)| {
            if column == first {
                (0..other.len()).map(Some).collect()
            } else {
                matches(&words[first], other)
            }
        })
        .collect();
    let there = words.iter().filter(|words| !words.is_empty()).count();
    cut(&words, &pairs, (first, there))
}

/// Returns, for each word of `own`, the index of the same word in `other`. The indices rise.
fn matches(own: &[String], other: &[String]) -> Vec<Option<usize>> {
    let mut found = vec![None; own.len()];
    if own.len().max(other.len()) > MAX_ALIGNED {
        return found;
    }
    for op in capture_diff_slices(Algorithm::Myers, own, other) {
        if let DiffOp::Equal {
            old_index,
            new_index,
            len,
        } = op
        {
            for step in 0..len {
                if let Some(place) = found.get_mut(old_index + step) {
                    *place = Some(new_index + step);
                }
            }
        }
    }
    found
}

fn cut(
    words: &[Vec<String>],
    pairs: &[Vec<Option<usize>>],
    (first, there): (usize, usize),
) -> Vec<Slot> {
    let mut slots = Vec::new();
    let mut at = vec![0; words.len()];
    let between = |at: &mut Vec<usize>, ends: Vec<usize>, slots: &mut Vec<Slot>| {
        let ranges = at.iter().zip(&ends).map(|(from, to)| *from..*to);
        let words: Vec<_> = ranges.collect();
        if words.iter().any(|range| !range.is_empty()) {
            slots.push(Slot {
                is_shared: false,
                words,
            });
        }
        *at = ends;
    };
    for word in 0..words[first].len() {
        let found: Vec<Option<usize>> = pairs
            .iter()
            .map(|pairs| pairs.get(word).copied().flatten())
            .collect();
        let others = found.iter().flatten().count() - 1;
        if others == 0 || others * 2 < there - 1 {
            continue;
        }
        let ends = found
            .iter()
            .zip(&at)
            .map(|(found, at)| found.unwrap_or(*at));
        let ends = ends.collect();
        between(&mut at, ends, &mut slots);
        let ranges = found.iter().zip(&at);
        let ranges = ranges.map(|(found, at)| *at..at + usize::from(found.is_some()));
        let words: Vec<_> = ranges.collect();
        at = words.iter().map(|range: &Range<usize>| range.end).collect();
        slots.push(Slot {
            is_shared: true,
            words,
        });
    }
    let ends = words.iter().map(Vec::len).collect();
    between(&mut at, ends, &mut slots);
    slots
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(texts: &[&str]) -> String {
        let words: Vec<Vec<String>> = texts
            .iter()
            .map(|text| text.split_whitespace().map(str::to_owned).collect())
            .collect();
        let first = words[0].clone();
        let pairs: Vec<_> = words.iter().map(|other| matches(&first, other)).collect();
        let slots = cut(&words, &pairs, (0, words.len()));
        let shown = slots.iter().map(|slot| {
            let cells = slot.words.iter().zip(&words);
            let cells = cells.map(|(range, words)| words[range.clone()].join(" "));
            let sign = if slot.is_shared { "=" } else { "" };
            format!("{sign}{}", cells.collect::<Vec<_>>().join("/"))
        });
        shown.collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn shared_words_stand_under_one_another() {
        let cases: &[(&[&str], &str)] = &[
            (&["a b c", "a c d"], "=a/a | b/ | =c/c | /d"),
            (&["a b", "x y"], "a b/x y"),
            (&["a b", "a b", "a"], "=a/a/a | =b/b/"),
            (&["a", ""], "a/"),
        ];
        for (texts, expected) in cases {
            assert_eq!(show(texts), *expected);
        }
    }
}
