//! `--of`: finds the article or quotation that the user named. If there is none, or if there are
//! several, the error lists the candidates.

use std::fmt::Write as _;

use super::outcome::{Error, counted};
use crate::export::{Picked, QuoteParts, quote_records};
use crate::model::{Article, ArticleId, Corpus};
use crate::text::squeeze;

/// Maximum number of candidates that are listed.
const LISTED: usize = 10;
/// Minimum similarity (Jaro-Winkler) of an unknown name to a candidate, or to a word of it. One slip
/// in seven letters has at least 0.9.
const SIMILAR: f64 = 0.9;

/// Finds the article that a user named by its id, else by its path, else by a part of either that
/// is unique.
pub(super) fn find_article(corpus: &Corpus, name: &str) -> Result<ArticleId, Error> {
    let matching = |test: &dyn Fn(&Article) -> bool| -> Vec<_> {
        corpus.iter().filter(|(_, article)| test(article)).collect()
    };
    let tests: [&dyn Fn(&Article) -> bool; 3] = [
        &|article| &*article.key == name,
        &|article| &*article.path == name,
        &|article| article.key.contains(name) || article.path.contains(name),
    ];
    for test in tests {
        match matching(test).as_slice() {
            [] => {}
            [(id, _)] => return Ok(*id),
            several => {
                let count = counted(several.len(), "article");
                let lead = format!("`{name}` names {count}; write more of the id:");
                return Err(candidates(&lead, several));
            }
        }
    }
    if corpus.is_empty() {
        return Err(Error::Usage(format!(
            "no article has the id `{name}`, because nothing was read"
        )));
    }
    let near = similar(corpus, name);
    if near.is_empty() {
        let all: Vec<_> = corpus.iter().collect();
        let lead = format!("no article has the id `{name}`; these can be named:");
        return Err(candidates(&lead, &all));
    }
    let lead = format!("no article has the id `{name}`; did you mean one of these?");
    Err(candidates(&lead, &near))
}

/// Returns the articles whose title contains `name`, or whose id or title resembles it or has a word
/// that does, the closest first.
fn similar<'a>(corpus: &'a Corpus, name: &str) -> Vec<(ArticleId, &'a Article)> {
    let name = name.to_lowercase();
    let scored = corpus.iter().filter_map(|(id, article)| {
        let key = article.key.to_lowercase();
        let title = article
            .title()
            .map_or_else(String::new, |title| title.to_lowercase());
        if title.contains(&name) {
            return Some((1.0_f64, id, article));
        }
        let words = key.split(|c: char| !c.is_alphanumeric());
        let names = words
            .chain(title.split_whitespace())
            .chain([&*key, &*title]);
        let likeness = names.map(|own| strsim::jaro_winkler(own, &name));
        let best = likeness.fold(0.0_f64, f64::max);
        (best >= SIMILAR).then_some((best, id, article))
    });
    let mut scored: Vec<_> = scored.collect();
    scored.sort_by(|(one, ..), (other, ..)| other.total_cmp(one));
    let found = scored.into_iter().map(|(_, id, article)| (id, article));
    found.collect()
}

fn candidates(lead: &str, articles: &[(ArticleId, &Article)]) -> Error {
    let lines = articles.iter().map(|(_, article)| {
        let title = article.title().unwrap_or_default();
        (&*article.key, squeeze(&title).into_owned())
    });
    let all = "`kutip articles` lists all ids";
    list(lead, lines, (articles.len(), all))
}

fn list<K: AsRef<str>>(
    lead: &str,
    lines: impl Iterator<Item = (K, String)>,
    (count, all): (usize, &str),
) -> Error {
    let mut told = lead.to_owned();
    for (id, words) in lines.take(LISTED) {
        let words: String = words.chars().take(60).collect();
        told.extend(["\n", id.as_ref(), "  ", &*words]);
    }
    if count > LISTED {
        let _ = write!(told, "\n… and {} more; {all}", count - LISTED);
    }
    Error::Usage(told)
}

/// Returns the error for a name that looks like the id of a quotation (`article@start-end`) but is
/// none, with the quotations of that article. Returns `None` for any other name.
pub(super) fn unknown_quote(corpus: &Corpus, name: &str) -> Option<Error> {
    let (key, place) = name.rsplit_once('@')?;
    place.split_once('-').filter(|(start, end)| {
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        is_number(start) && is_number(end)
    })?;
    let (_, article) = corpus.iter().find(|(_, article)| &*article.key == key)?;
    let quotes = quote_records(Picked::whole(article), QuoteParts::default());
    let lines = quotes.map(|quote| (quote.id, squeeze(quote.text).into_owned()));
    let lead = match article.quotes.len() {
        0 => format!("no quotation has the id `{name}`; there are none in {key}"),
        _ => format!("no quotation has the id `{name}`; {key} has these:"),
    };
    let all = "`kutip quotes` lists all ids";
    Some(list(&lead, lines, (article.quotes.len(), all)))
}
