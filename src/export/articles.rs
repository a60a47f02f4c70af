//! Writes articles with their quotations to a file of any format.

use std::io::{self, Write};

use serde_json::Value;

use super::document::{write_html_articles, write_markdown};
use super::{
    ArticleParts, FileKind, Format, Part, QuoteParts, Row, Writer, article_row, citation,
    quote_rows,
};
use crate::model::{Article, sha256};

/// Writes articles in the format `kind`: in JSON Lines one record per article with its quotations,
/// in CSV one line per quotation, in Markdown and HTML a document for people.
///
/// # Errors
/// Returns the errors of `out`.
pub fn write_articles<'a>(
    articles: impl Iterator<Item = &'a Article>,
    kind: FileKind,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (format, rows): (_, fn(&Article) -> Vec<Row>) = match kind {
        FileKind::Markdown => return write_markdown(articles, out),
        FileKind::Html => return write_html_articles(articles, out),
        FileKind::Jsonl => (Format::Jsonl, whole_article),
        FileKind::Csv => (Format::Csv, cited_quotes),
    };
    let mut writer = Writer::new(out, format, &[], 0);
    for article in articles {
        for row in rows(article) {
            writer.write(&row)?;
        }
    }
    writer.finish().map(drop)
}

/// Returns the record of an article with its body, its citation, and its quotations as objects.
fn whole_article(article: &Article) -> Vec<Row> {
    let parts = ArticleParts {
        body: Part::Written,
        text: Part::Omitted,
    };
    let quotes = quote_rows(article, QuoteParts::default());
    let mut row = article_row(article, parts);
    row.set("quotes", quotes.map(Value::from).collect::<Vec<_>>());
    row.set("citation", citation(article))
        .set("sha256", sha256(&article.text));
    vec![row]
}

fn cited_quotes(article: &Article) -> Vec<Row> {
    let (citation, sha256) = (citation(article), sha256(&article.text));
    let rows = quote_rows(article, QuoteParts::default()).map(|mut row| {
        row.set("citation", &*citation).set("sha256", &*sha256);
        row
    });
    rows.collect()
}
