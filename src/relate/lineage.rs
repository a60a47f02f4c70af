//! Who copied whom, as far as texts and hours tell: the texts of one group of copies as a tree, the
//! earliest first, each under the earlier text that it has most of.

use schemars::JsonSchema;
use serde::Serialize;

use super::copies::{contained, shingles};
use super::reading::Reading;
use crate::language::Packs;
use crate::model::{Article, ArticleId, Corpus, Precision};
use crate::text::fold;

/// Share of own runs of words up to which a text adds nothing.
const NOTHING: f32 = 0.05;

/// One text of a group of copies.
#[derive(Clone, Debug, PartialEq)]
pub struct Descent {
    /// Which text.
    pub article: ArticleId,
    /// The earlier text that it carries; `None` for the first.
    pub of: Option<Source>,
    /// Agencies and outlets of the group that it names.
    pub names: Vec<Box<str>>,
}

/// What a text has of an earlier one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Source {
    /// The earlier text.
    pub article: ArticleId,
    /// The share of the earlier text that it carries, by runs of three words.
    pub kept: f32,
    /// The share of its own text that the earlier one has not.
    pub added: f32,
    /// Minutes between the two, where both hours are known.
    pub minutes: Option<i64>,
}

/// How a text differs from the one that it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// Only single words differ.
    Same,
    /// Parts are left out.
    Cut,
    /// Parts are added.
    Extended,
    /// Parts are left out and others are added.
    Rewritten,
}

impl Source {
    /// How the text differs from this source.
    pub fn change(&self) -> Change {
        match (1.0 - self.kept <= NOTHING, self.added <= NOTHING) {
            (true, true) => Change::Same,
            (false, true) => Change::Cut,
            (true, false) => Change::Extended,
            (false, false) => Change::Rewritten,
        }
    }
}

/// One text with what is compared of it.
struct Text<'a> {
    id: ArticleId,
    article: &'a Article,
    shingles: Vec<u64>,
}

/// Returns the texts of a group of copies as a tree, by date and hour; undated ones last, and of one
/// moment the longest first. Reads each text once. Cost grows with the square of the group.
pub fn lineage((corpus, packs): (&Corpus, &Packs), group: &[ArticleId]) -> Vec<Descent> {
    let texts = group.iter().filter_map(|id| {
        let article = corpus.get(*id)?;
        let shingles = shingles(&Reading::of(article, packs));
        Some(Text {
            id: *id,
            article,
            shingles,
        })
    });
    let mut texts: Vec<Text> = texts.collect();
    texts.sort_by(|a, b| {
        let order = |text: &Text| (moment(text.article).is_none(), moment(text.article));
        let by_length = b.shingles.len().cmp(&a.shingles.len());
        order(a)
            .cmp(&order(b))
            .then(by_length)
            .then_with(|| a.article.key.cmp(&b.article.key))
    });
    let outlets: Vec<&str> = texts
        .iter()
        .filter_map(|text| text.article.outlet())
        .collect();
    let descents = texts.iter().enumerate().map(|(at, text)| Descent {
        article: text.id,
        of: source(text, texts.get(..at).unwrap_or(&[])),
        names: named(text.article, &outlets),
    });
    descents.collect()
}

/// The earlier text that a text has most of; of several the earliest.
fn source(text: &Text, earlier: &[Text]) -> Option<Source> {
    let share = |other: &Text| contained(&text.shingles, &other.shingles);
    let mut best: Option<(&Text, f32)> = None;
    for other in earlier {
        let shared = share(other);
        if best.is_none_or(|(_, most)| shared > most) {
            best = Some((other, shared));
        }
    }
    let (other, shared) = best?;
    let smaller = text.shingles.len().min(other.shingles.len()) as f32;
    let both = shared * smaller;
    let of = |all: &[u64]| {
        if all.is_empty() {
            0.0
        } else {
            both / all.len() as f32
        }
    };
    Some(Source {
        article: other.id,
        kept: of(&other.shingles),
        added: 1.0 - of(&text.shingles),
        minutes: minutes(other.article, text.article),
    })
}

/// When a text was published, to the minute where that is known.
fn moment(article: &Article) -> Option<(chrono::NaiveDate, Option<chrono::NaiveTime>)> {
    let published = article.structure.published?;
    (published.precision >= Precision::Day).then_some((published.date, published.time))
}

fn minutes(earlier: &Article, later: &Article) -> Option<i64> {
    let at = |article: &Article| {
        let (date, time) = moment(article)?;
        Some(date.and_time(time?))
    };
    Some((at(later)? - at(earlier)?).num_minutes())
}

/// The agencies that an article gives words by, and the outlets of its copies that it names.
fn named(article: &Article, outlets: &[&str]) -> Vec<Box<str>> {
    let via = article.quotes.iter().filter_map(|quote| quote.via);
    let mut names: Vec<Box<str>> = via.map(|span| article.words(span).into()).collect();
    let own = article.outlet().map(fold);
    let text = fold(&article.text);
    let others = outlets.iter().filter(|outlet| Some(fold(outlet)) != own);
    let told = others.filter(|outlet| has_word(&text, &fold(outlet)));
    names.extend(told.map(|outlet| Box::from(*outlet)));
    names.sort_unstable();
    names.dedup_by_key(|name| fold(name));
    names
}

/// Whether a folded text has these words, not as a part of others.
fn has_word(text: &str, words: &str) -> bool {
    let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    !words.is_empty()
        && text.match_indices(words).any(|(at, found)| {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            let behind = text
                .get(at + found.len()..)
                .and_then(|behind| behind.chars().next());
            is_apart(before) && is_apart(behind)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(kept: f32, added: f32) -> Source {
        Source {
            article: ArticleId(0),
            kept,
            added,
            minutes: None,
        }
    }

    #[test]
    fn a_change_is_told_by_what_is_kept_and_added() {
        for (kept, added, change) in [
            (1.0, 0.0, Change::Same),
            (0.5, 0.02, Change::Cut),
            (0.98, 0.3, Change::Extended),
            (0.6, 0.3, Change::Rewritten),
        ] {
            assert_eq!(source(kept, added).change(), change, "{kept} {added}");
        }
    }

    #[test]
    fn a_name_is_no_part_of_a_word() {
        assert!(has_word("dilansir kabar, selasa", "kabar"));
        assert!(!has_word("mengabarkan", "kabar"));
        assert!(!has_word("kabar", ""));
    }
}
