//! Citations as data, for reference managers: CSL-JSON and RIS.

use std::io::{self, Write};

use chrono::Datelike;
use serde_json::{Map, Value, json};

use super::array::write_array;
use crate::model::{Article, BlockKind, Excerpt, Precision, Published, sha256};
use crate::text::{printable, squeeze};

/// Writes articles as a list of CSL-JSON items.
///
/// # Errors
/// Returns the errors of `out`.
pub(super) fn write_csl<'a>(
    articles: impl Iterator<Item = &'a Article>,
    out: &mut dyn Write,
) -> io::Result<()> {
    write_array(articles.map(csl), out)
}

/// Returns the CSL-JSON item of an article (the schema `csl-data.json` of the Citation Style
/// Language). Unknown parts are left out.
fn csl(article: &Article) -> Value {
    let structure = &article.structure;
    let mut item = Map::new();
    let mut set = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            item.insert(name.to_owned(), value);
        }
    };
    set("id", Some((*article.key).into()));
    set("type", Some("article-newspaper".into()));
    set(
        "title",
        article.title().map(|title| title.into_owned().into()),
    );
    let authors = names(article, &structure.reporters);
    let authors: Vec<_> = authors
        .iter()
        .map(|name| json!({ "literal": name }))
        .collect();
    set("author", (!authors.is_empty()).then(|| authors.into()));
    set("container-title", article.outlet().map(Into::into));
    let issued = structure.published.as_ref().map(date_parts);
    set(
        "issued",
        issued.map(|parts| json!({ "date-parts": [parts] })),
    );
    set("abstract", abstract_of(article).map(Into::into));
    let language = article.language.map(|language| language.to_string());
    set("language", language.map(Into::into));
    let credits = names(article, &structure.credits);
    set(
        "source",
        (!credits.is_empty()).then(|| credits.join(", ").into()),
    );
    set("URL", structure.url.as_deref().map(Into::into));
    set("note", Some(note(article).into()));
    Value::Object(item)
}

/// Returns year, month and day, as far as they are known.
fn date_parts(published: &Published) -> Vec<i64> {
    let date = published.date;
    let parts = [
        i64::from(date.year()),
        date.month().into(),
        date.day().into(),
    ];
    let known = match published.precision {
        Precision::Year => 1,
        Precision::Month => 2,
        Precision::Day | Precision::Minute => 3,
    };
    parts.into_iter().take(known).collect()
}

fn names(article: &Article, list: &[Excerpt]) -> Vec<String> {
    list.iter()
        .map(|name| article.excerpt(name).into_owned())
        .collect()
}

fn abstract_of(article: &Article) -> Option<String> {
    let words = article
        .blocks(BlockKind::Standfirst)
        .map(|span| article.words(span));
    let words: Vec<_> = words.collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Returns what checks that a text is the one that was cited.
fn note(article: &Article) -> String {
    format!("{} SHA-256 {}", article.key, sha256(&article.text))
}

/// Writes articles as RIS records of the type `NEWS`.
///
/// # Errors
/// Returns the errors of `out`.
pub(super) fn write_ris<'a>(
    articles: impl Iterator<Item = &'a Article>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for article in articles {
        write_record(article, out)?;
    }
    Ok(())
}

fn write_record(article: &Article, out: &mut dyn Write) -> io::Result<()> {
    let structure = &article.structure;
    let mut tag = |name: &str, value: Option<&str>| match value {
        // A value is one line; the format has no escapes.
        Some(value) => {
            let value = printable(value);
            write!(out, "{name}  - {}\r\n", squeeze(&value))
        }
        None => Ok(()),
    };
    tag("TY", Some("NEWS"))?;
    tag("ID", Some(&article.key))?;
    tag("TI", article.title().as_deref())?;
    for name in names(article, &structure.reporters) {
        tag("AU", Some(&name))?;
    }
    tag("T2", article.outlet())?;
    let date = structure.published.as_ref();
    let year = date.map(|date| date.date.year().to_string());
    tag("PY", year.as_deref())?;
    tag("DA", date.map(ris_date).as_deref())?;
    tag("AB", abstract_of(article).as_deref())?;
    let language = article.language.map(|language| language.to_string());
    tag("LA", language.as_deref())?;
    let credits = names(article, &structure.credits);
    tag(
        "DP",
        Some(&*credits.join(", ")).filter(|names| !names.is_empty()),
    )?;
    tag("UR", structure.url.as_deref())?;
    tag("N1", Some(&note(article)))?;
    out.write_all(b"ER  - \r\n\r\n")
}

/// Returns a date as `YYYY/MM/DD/`, where an unknown part is empty.
fn ris_date(published: &Published) -> String {
    let parts = date_parts(published);
    let part = |at: usize| {
        parts
            .get(at)
            .map_or_else(String::new, |n| format!("{n:02}"))
    };
    format!("{}/{}/{}/", part(0), part(1), part(2))
}
