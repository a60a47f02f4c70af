//! Completion for the query line: names of fields and values of fields.

use std::collections::BTreeMap;
use std::ops::Range;

use super::key_line::speaker_names;
use super::order::SortKey;
use super::query::{Field, Has, Is};
use crate::model::Corpus;
use crate::text::fold;

/// Maximum number of proposals. A longer list is no help.
const MAX_PROPOSALS: usize = 20;

/// What completion can propose as the value of a field.
#[derive(Clone, Copy, Debug)]
pub struct Vocabulary<'a> {
    /// Corpus that provides outlets, languages and speakers.
    pub corpus: &'a Corpus,
    /// Tags, each with its number of articles.
    pub tags: &'a [(&'a str, usize)],
    /// Titles of stories, each with its number of articles.
    pub stories: &'a [(&'a str, usize)],
}

/// The completions for the word at the cursor of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The byte range of the query that is replaced when a proposal is accepted.
    pub replaces: Range<usize>,
    /// The replacements, best first. Fields are in table order; values from the corpus are sorted
    /// by frequency.
    pub proposals: Vec<String>,
}

/// Returns completions for the word that ends at `cursor` in the query `text`. `cursor` is a byte
/// offset, which is moved back to a character boundary.
///
/// A field name is proposed with its colon, a value with quotation marks if it needs them. Scans
/// the whole corpus if the values of the field come from it.
pub fn complete(text: &str, cursor: usize, known: &Vocabulary) -> Completion {
    let cursor = text.floor_char_boundary(cursor);
    let typed = text.get(..cursor).unwrap_or("");
    let start = word_start(typed);
    let word = typed.get(start..).unwrap_or("");
    match word
        .split_once(':')
        .and_then(|(name, value)| Some((Field::named(name)?, value)))
    {
        Some((field, value)) => Completion {
            replaces: cursor - value.len()..cursor,
            proposals: values(field, value.trim_start_matches('"'), known),
        },
        None => Completion {
            replaces: start..cursor,
            proposals: fields(word),
        },
    }
}

/// Returns the byte offset at which the last word of `typed` begins. A value in quotation marks is
/// one word.
fn word_start(typed: &str) -> usize {
    let mut start = 0;
    let mut quoted = false;
    for (at, c) in typed.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ' ' | '(' | '|' | '!' if !quoted => start = at + 1,
            _ => {}
        }
    }
    start
}

fn fields(prefix: &str) -> Vec<String> {
    let prefix = prefix.to_lowercase();
    let names = Field::ALL.iter().map(|(_, name, _)| name);
    names
        .filter(|name| name.starts_with(&prefix))
        .map(|name| format!("{name}:"))
        .collect()
}

fn values(field: Field, prefix: &str, known: &Vocabulary) -> Vec<String> {
    let articles = known.corpus.iter().map(|(_, article)| article);
    match field {
        Field::Outlet => ranked(
            prefix,
            articles.filter_map(|a| a.outlet().map(str::to_owned)),
        ),
        Field::Lang => ranked(
            prefix,
            articles.filter_map(|a| Some(a.language?.to_string())),
        ),
        Field::Speaker => ranked(prefix, articles.flat_map(speaker_names)),
        Field::Tag => ranked(prefix, repeated(known.tags)),
        Field::Story => ranked(prefix, repeated(known.stories)),
        Field::Has => listed(prefix, Has::ALL.map(|(name, _)| name)),
        Field::Is => listed(prefix, Is::ALL.map(|(name, _)| name)),
        Field::Sort => listed(prefix, SortKey::ALL.map(|(name, _)| name)),
        _ => Vec::new(),
    }
}

/// Returns each value as many times as its count says.
fn repeated<'a>(counted: &'a [(&'a str, usize)]) -> impl Iterator<Item = String> + 'a {
    let each = counted.iter();
    each.flat_map(|(value, count)| std::iter::repeat_n((*value).to_owned(), *count))
}

fn listed<const N: usize>(prefix: &str, names: [&str; N]) -> Vec<String> {
    let prefix = prefix.to_lowercase();
    let names = names.into_iter().filter(|name| name.starts_with(&prefix));
    names.map(str::to_owned).collect()
}

/// Returns the values in which some word starts with `prefix`, the most frequent first.
fn ranked(prefix: &str, values: impl Iterator<Item = String>) -> Vec<String> {
    let prefix = fold(prefix);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let mut found: Vec<_> = counts
        .into_iter()
        .filter(|(value, _)| starts_a_word(&fold(value), &prefix))
        .collect();
    // Stable: equal counts stay in alphabetical order.
    found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    found.truncate(MAX_PROPOSALS);
    found.into_iter().map(|(value, _)| quoted(value)).collect()
}

fn starts_a_word(value: &str, prefix: &str) -> bool {
    value.starts_with(prefix) || value.split(' ').any(|word| word.starts_with(prefix))
}

fn quoted(value: String) -> String {
    if value.contains([' ', '|', ')', '"', '\\', '$']) || value.starts_with(['\'', '^']) {
        return format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
    }
    value
}
