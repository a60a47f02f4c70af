//! The record of an article, as the command line documents it.

use serde_json::Value;

use super::Row;
use crate::model::{Article, BlockKind, Excerpt, Origin, Precision};
use crate::text::words;

/// The long parts of an article that its record may contain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ArticleParts {
    /// Paragraphs and subheads.
    pub body: Part,
    /// The full text, to which all offsets refer.
    pub text: Part,
}

/// Whether a part of a record is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// The part is left out.
    #[default]
    Omitted,
    /// The part is written.
    Written,
}

impl From<bool> for Part {
    fn from(flag: bool) -> Self {
        if flag { Self::Written } else { Self::Omitted }
    }
}

/// Returns the record of one article. Unknown values are null.
pub fn article_row(article: &Article, parts: ArticleParts) -> Row {
    let structure = &article.structure;
    let excerpts = |list: &[Excerpt]| -> Value {
        list.iter()
            .map(|e| article.excerpt(e).into_owned())
            .collect()
    };
    let title = structure.title.as_ref();
    let published = structure.published.as_ref();
    let outlet = structure.outlet.as_ref();
    let dateline = structure.dateline.as_ref();
    let captions = structure.captions.iter();
    let mut row = Row::new();
    row.set("id", &*article.key)
        .set("path", &*article.path)
        .set("record", article.record.as_deref())
        .set("lang", article.language.map(|lang| lang.to_string()))
        .set("title", article.title().map(String::from))
        .set("title_derived", title.is_some_and(|title| title.derived))
        .set("kicker", joined(article, BlockKind::Kicker))
        .set("standfirst", joined(article, BlockKind::Standfirst))
        .set("outlet", outlet.map(|outlet| &*outlet.name))
        .set("outlet_from", outlet.map(|outlet| origin(outlet.from)))
        .set("published", published.map(ToString::to_string))
        .set("published_from", published.map(|p| origin(p.from)))
        .set(
            "published_precision",
            published.map(|p| precision(p.precision)),
        )
        .set("reporters", excerpts(&structure.reporters))
        .set("editors", excerpts(&structure.editors))
        .set(
            "dateline",
            dateline
                .and_then(|dateline| dateline.place)
                .map(|place| article.words(place).into_owned()),
        )
        .set(
            "captions",
            captions
                .map(|caption| article.excerpt(&caption.text).into_owned())
                .collect::<Value>(),
        )
        .set("credits", excerpts(&structure.credits))
        .set("url", structure.url.as_deref())
        .set("words", word_count(article))
        .set("quotes", article.quotes.len())
        .set("furniture", furniture(article));
    if parts.body == Part::Written {
        row.set("body", body(article));
    }
    if parts.text == Part::Written {
        row.set("text", &*article.text);
    }
    row
}

fn origin(from: Origin) -> &'static str {
    match from {
        Origin::Page => "page",
        Origin::Meta => "meta",
        Origin::Url => "url",
        Origin::Layout => "layout",
        Origin::Body => "body",
    }
}

fn precision(precision: Precision) -> &'static str {
    match precision {
        Precision::Year => "year",
        Precision::Month => "month",
        Precision::Day => "day",
        Precision::Minute => "minute",
    }
}

fn joined(article: &Article, kind: BlockKind) -> Option<String> {
    let words: Vec<_> = article
        .blocks(kind)
        .map(|span| article.words(span))
        .collect();
    (!words.is_empty()).then(|| words.join("\n\n"))
}

/// Returns the paragraphs and subheads, separated by blank lines.
fn body(article: &Article) -> Option<String> {
    let blocks = article.structure.blocks.iter();
    let words: Vec<_> = blocks
        .filter(|block| block.kind.is_body())
        .map(|block| article.words(block.span))
        .collect();
    (!words.is_empty()).then(|| words.join("\n\n"))
}

fn word_count(article: &Article) -> usize {
    let blocks = article.structure.blocks.iter();
    blocks
        .filter(|block| block.kind.is_body())
        .map(|block| words(block.span.of(&article.text)).count())
        .sum()
}

/// Returns the whole lines that do not belong to the article.
fn furniture(article: &Article) -> Value {
    article
        .whole_lines(BlockKind::Furniture)
        .flat_map(|span| span.of(&article.text).lines())
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect()
}
