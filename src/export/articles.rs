//! Writes articles with their quotations to a file of any format.

use std::io::{self, Write};

use super::document::{write_html_articles, write_markdown};
use super::{
    ArticleParts, ArticleRecord, FileKind, Format, Part, QuoteParts, QuoteRecord, Record, Surveyed,
    Writer, article_record, quote_records,
};
use crate::model::Article;

/// Writes articles in the format `kind`: in JSON Lines one record per article with its quotations,
/// in CSV one line per quotation, in Markdown and HTML a document for people.
///
/// # Errors
/// Returns the errors of `out`.
pub fn write_articles<'a>(
    articles: impl Iterator<Item = (&'a Article, Option<Surveyed<'a>>)>,
    kind: FileKind,
    out: &mut dyn Write,
) -> io::Result<()> {
    match kind {
        FileKind::Markdown => write_markdown(articles.map(|(article, _)| article), out),
        FileKind::Html => write_html_articles(articles.map(|(article, _)| article), out),
        FileKind::Jsonl => write_all(Format::Jsonl, articles.map(whole_article), out),
        FileKind::Csv => write_all(Format::Csv, articles.flat_map(cited_quotes), out),
    }
}

fn write_all<R: Record>(
    format: Format,
    records: impl Iterator<Item = R>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = Writer::new(out, format, &[], 0);
    for record in records {
        writer.write(&record)?;
    }
    writer.finish().map(drop)
}

/// Returns the record of an article with its body, its citation, and its quotations as records.
fn whole_article<'a>(
    (article, surveyed): (&'a Article, Option<Surveyed<'a>>),
) -> ArticleRecord<'a, Vec<QuoteRecord<'a>>> {
    let parts = ArticleParts {
        body: Part::Written,
        citation: Part::Written,
        ..ArticleParts::default()
    };
    let quotes = quote_records(article, QuoteParts::default(), surveyed);
    article_record(article, parts, surveyed, quotes.collect())
}

fn cited_quotes<'a>(
    (article, surveyed): (&'a Article, Option<Surveyed<'a>>),
) -> impl Iterator<Item = QuoteRecord<'a>> {
    let parts = QuoteParts {
        source: Part::Written,
        ..QuoteParts::default()
    };
    quote_records(article, parts, surveyed)
}
