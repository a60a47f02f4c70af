//! Writes articles with their quotations to a file of any format.

use std::io::{self, Write};

use serde_json::Value;

use super::document::{write_html_articles, write_markdown};
use super::{
    ArticleParts, FileKind, Format, Part, Picked, QuoteParts, Row, Writer, article_row, citation,
    people_rows,
};
use crate::model::sha256;

/// Writes articles in the format `kind`: in JSON Lines one record per article with its quotations,
/// in CSV one line per quotation, in Markdown and HTML a document for people.
///
/// # Errors
/// Returns the errors of `out`.
pub fn write_articles<'a>(
    articles: impl Iterator<Item = Picked<'a>>,
    kind: FileKind,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (format, rows): (_, fn(Picked) -> Vec<Row>) = match kind {
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
fn whole_article(picked: Picked) -> Vec<Row> {
    let article = picked.article;
    let parts = ArticleParts {
        body: Part::Written,
        text: Part::Omitted,
    };
    let quotes = people_rows(picked, QuoteParts::default()).map(|(_, row)| row);
    let mut row = article_row(article, parts);
    row.set("quotes", quotes.map(Value::from).collect::<Vec<_>>());
    row.set("citation", citation(article))
        .set("sha256", sha256(&article.text));
    vec![row]
}

fn cited_quotes(picked: Picked) -> Vec<Row> {
    let article = picked.article;
    let (citation, sha256) = (citation(article), sha256(&article.text));
    let rows = people_rows(picked, QuoteParts::default()).map(|(_, mut row)| {
        row.set("citation", &*citation).set("sha256", &*sha256);
        row
    });
    rows.collect()
}
