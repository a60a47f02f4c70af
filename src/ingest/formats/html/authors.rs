//! Chooses the authors of a page among JSON-LD, meta elements and the byline.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::facts::{Facts, decode_entities};
use super::outline::{Line, Lines, Tag, Zone};
use super::title::host;
use super::words::{letters, same_words};

/// Maximum number of names that are taken for authors. Names after them are ignored, because so
/// long a list is something else.
const MAX_AUTHORS: usize = 16;

/// Returns the names of the authors of a page, in the order of the page. Returns an empty list if
/// the page names none.
///
/// The name of the outlet is returned only if no source names a person.
pub(super) fn choose(facts: &Facts, page: &Lines, outlet: Option<&str>) -> Vec<String> {
    let sources: [&dyn Fn() -> Vec<String>; 4] = [
        &|| from_json(facts),
        &|| from_metas(facts),
        &|| from_byline(page.lines),
        &|| from_head(page.head),
    ];
    let is_outlet = |name: &String| is_outlet(name, facts, outlet);
    let mut fallback = Vec::new();
    for source in sources {
        let (outlets, people): (Vec<_>, Vec<_>) = tidy(&source()).into_iter().partition(is_outlet);
        if !people.is_empty() {
            return people;
        }
        if fallback.is_empty() {
            fallback = outlets;
        }
    }
    fallback
}

/// Returns whether a name is that of the page's outlet or site.
fn is_outlet(name: &str, facts: &Facts, outlet: Option<&str>) -> bool {
    let name = letters(name);
    let host = facts.url.as_deref().map(host).unwrap_or_default();
    let publisher = facts.article.as_ref().and_then(|article| {
        facts
            .resolve(article.get("publisher")?)
            .get("name")?
            .as_str()
    });
    let known = [
        outlet.unwrap_or(""),
        facts.meta(&["og:site_name"]).unwrap_or(""),
        publisher.unwrap_or(""),
        host,
    ];
    known.iter().any(|known| {
        let known = letters(known);
        !known.is_empty() && (known == name || known.starts_with(&name) || name.starts_with(&known))
    })
}

fn from_json(facts: &Facts) -> Vec<String> {
    let Some(article) = &facts.article else {
        return Vec::new();
    };
    let mut names = Vec::new();
    for key in ["author", "creator"] {
        if let Some(author) = article.get(key) {
            add_json(facts, author, &mut names);
        }
        if !names.is_empty() {
            break;
        }
    }
    names
}

fn add_json(facts: &Facts, value: &Value, names: &mut Vec<String>) {
    match value {
        Value::String(name) => names.push(name.clone()),
        Value::Array(values) => values
            .iter()
            .take(MAX_AUTHORS)
            .for_each(|value| add_json(facts, value, names)),
        Value::Object(_) => match facts.resolve(value).get("name") {
            Some(Value::String(name)) => names.push(name.clone()),
            Some(Value::Array(given)) => {
                names.extend(given.iter().filter_map(Value::as_str).map(str::to_owned));
            }
            _ => {}
        },
        _ => {}
    }
}

/// Names of `meta` elements that hold authors, most reliable first.
const METAS: &[&str] = &[
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "dc.creator",
    "dcterms.creator",
    "dcsext.author",
    "byl",
    "authors",
    "article.author",
    "og:article:author",
    "og:author",
    "twitter:creator",
];

fn from_metas(facts: &Facts) -> Vec<String> {
    for name in METAS {
        let names: Vec<String> = facts.all(name).map(str::to_owned).collect();
        if names.iter().any(|name| clean(name).is_some()) {
            return names;
        }
    }
    Vec::new()
}

/// Returns the first short line that the markup calls a byline, such as
/// `By Laras Dewi and Rina Halim`.
fn from_byline(lines: &[Line]) -> Vec<String> {
    let is_byline = |line: &&Line| {
        line.zone.has(Zone::BYLINE)
            && !line
                .zone
                .has(Zone::COMMENTS.and(Zone::CHROME).and(Zone::PROMO))
            && !matches!(line.tag, Tag::Heading(_))
            && line.text.chars().count() < 120
            && clean(&line.text).is_some()
            && !line
                .text
                .chars()
                .any(|c| c.is_ascii_digit() || c == ':' || c == '*')
    };
    lines
        .iter()
        .find(is_byline)
        .map(|line| vec![line.text.clone()])
        .unwrap_or_default()
}

/// Returns the part of a line at the title that begins with a word such as `Von`. In
/// `Do 25.04.24 | 14:07 Uhr | Von Eva Kirchner`, it is the last part.
fn from_head(head: &[Line]) -> Vec<String> {
    let short = head.iter().filter(|line| line.text.chars().count() < 120);
    let named = short
        .flat_map(|line| line.text.split(['|', '\n', '•', '·']))
        .find(|part| {
            let part = part.trim();
            part.chars().count() < 60
                && LABEL.is_match(part)
                && part
                    .split(' ')
                    .skip(1)
                    .all(|word| !word.starts_with(char::is_lowercase) || word.len() < 5)
        });
    named
        .map(|part| vec![part.trim().to_owned()])
        .unwrap_or_default()
}

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:(?:written|reported|published|posted|edited)\s+)?(?:by|von|vom|par|por|di|de la|oleh|door|av|af|text|texte|penulis|reporter|words by|story by|autor|auteur)\b[:\s]+")
        .unwrap_or_else(|_| unreachable!("a constant pattern"))
});
static SEPARATOR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\s*(?:,|;|\||\n|•|·|＝|、)\s*|\s+(?:and|und|et|y|e|dan|en|og|och|i|&|ve)\s+")
        .unwrap_or_else(|_| unreachable!("a constant pattern"))
});
static DEBRIS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\([^)]*\)|\[[^\]]*\]|\S+@\S+|https?://\S+|(?:^|\s)@\w+|(?:^|\s)(?:for|für|pour) .*$",
    )
    .unwrap_or_else(|_| unreachable!("a constant pattern"))
});

/// Matches a job title after a name.
static JOB_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\s*(?:기자|記者|편집위원|특파원|(?:staff|senior|chief|political|special)?\s*(?:reporter|writer|editor|correspondent)s?)$")
        .unwrap_or_else(|_| unreachable!("a constant pattern"))
});

const NO_NAMES: &[&str] = &[
    "by", "von", "par", "por", "oleh", "av", "af", "author", "autor", "admin", "null",
];

/// Splits the raw texts from one source into names. Returns the names cleaned and without
/// duplicates.
fn tidy(raw: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for entry in raw.iter().take(MAX_AUTHORS) {
        let entry = decode_entities(entry);
        let entry = entry.trim();
        let entry = LABEL.replace(entry, "");
        for part in SEPARATOR.split(&entry) {
            let Some(name) = clean(part) else { continue };
            if !names.iter().any(|known| same_words(known, &name)) && names.len() < MAX_AUTHORS {
                names.push(name);
            }
        }
    }
    names
}

/// Returns one name without labels, job title and punctuation. Returns `None` if nothing like a
/// name is left.
fn clean(part: &str) -> Option<String> {
    if part.contains("://") {
        return None;
    }
    let part = LABEL.replace(part.trim(), "");
    let part = DEBRIS.replace_all(&part, "");
    let name = part.split_whitespace().collect::<Vec<_>>().join(" ");
    let shorter = JOB_TITLE.replace(&name, "");
    // A job title alone, or with an outlet's name, is kept: nothing would be left without it.
    let is_person = shorter.contains(' ') || !shorter.is_ascii();
    let name = if is_person {
        shorter
    } else {
        name.as_str().into()
    };
    if NO_NAMES.contains(&name.to_lowercase().trim()) {
        return None;
    }
    let name = name.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '|' | '/' | '.')
    });
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let has_digits = name.chars().filter(char::is_ascii_digit).count() > 2;
    let is_name = letters >= 2 && !has_digits && name.split(' ').count() <= 8;
    is_name.then(|| name.to_owned())
}
