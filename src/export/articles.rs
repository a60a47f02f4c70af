//! Writes articles with their quotations to a file of any format.

use std::io::{self, Write};

use super::annotation::{write_label_studio, write_web_annotations};
use super::document::{write_html_articles, write_markdown};
use super::reference::{write_csl, write_ris};
use super::transcript::write_transcript;
use super::{
    ArticleParts, ArticleRecord, FileKind, Format, Mark, Part, Picked, QuoteParts, QuoteRecord,
    Record, Writer, article_record, quote_records,
};

/// Writes articles in the format `kind`: in JSON Lines one record per article with its quotations,
/// in CSV one line per quotation, citations or annotations as data, or a document for people. CSV
/// begins with `mark`.
///
/// # Errors
/// Returns the errors of `out`.
pub fn write_articles<'a>(
    picked: impl Iterator<Item = Picked<'a>>,
    (kind, mark): (FileKind, Mark),
    out: &mut dyn Write,
) -> io::Result<()> {
    let articles = |picked: Picked<'a>| picked.article;
    match kind {
        FileKind::Markdown => write_markdown(picked, out),
        FileKind::Html => write_html_articles(picked, out),
        FileKind::Csl => write_csl(picked.map(articles), out),
        FileKind::Ris => write_ris(picked.map(articles), out),
        FileKind::WebAnnotation => write_web_annotations(picked, out),
        FileKind::LabelStudio => write_label_studio(picked, out),
        FileKind::Transcript => write_transcript(picked, out),
        FileKind::Jsonl => write_all(Format::Jsonl, picked.map(whole_article), out),
        FileKind::Csv => write_all(Format::Csv(mark), picked.flat_map(cited_quotes), out),
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
fn whole_article(picked: Picked) -> ArticleRecord<Vec<QuoteRecord>> {
    let parts = ArticleParts {
        body: Part::Written,
        citation: Part::Written,
        ..ArticleParts::default()
    };
    let quotes = quote_records(picked, QuoteParts::default());
    article_record(picked, parts, quotes.collect())
}

fn cited_quotes(picked: Picked) -> impl Iterator<Item = QuoteRecord> {
    let parts = QuoteParts {
        source: Part::Written,
        ..QuoteParts::default()
    };
    quote_records(picked, parts)
}
