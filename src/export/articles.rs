//! Writes articles with their quotations to a file of any format.

use std::io::{self, Write};

use super::annotation::{write_label_studio, write_web_annotations};
use super::document::{write_html_articles, write_markdown};
use super::reference::{write_csl, write_ris};
use super::transcript::write_transcript;
use super::{
    ArticleParts, ArticleRecord, FileKind, Format, Listed, Mark, Part, QuoteParts, QuoteRecord,
    Record, Writer, article_record, quote_records,
};

/// Writes articles in the format `kind`: in JSON Lines one record per article with its quotations,
/// in CSV one line per quotation, citations or annotations as data, or a document for people. CSV
/// begins with `mark`.
///
/// # Errors
/// Returns the errors of `out`.
pub fn write_articles<'a>(
    listed: impl Iterator<Item = Listed<'a>>,
    (kind, mark): (FileKind, Mark),
    out: &mut dyn Write,
) -> io::Result<()> {
    let articles = |listed: Listed<'a>| listed.article;
    match kind {
        FileKind::Markdown => write_markdown(listed.map(articles), out),
        FileKind::Html => write_html_articles(listed.map(articles), out),
        FileKind::Csl => write_csl(listed.map(articles), out),
        FileKind::Ris => write_ris(listed.map(articles), out),
        FileKind::WebAnnotation => write_web_annotations(listed.map(articles), out),
        FileKind::LabelStudio => write_label_studio(listed.map(articles), out),
        FileKind::Transcript => write_transcript(listed, out),
        FileKind::Jsonl => write_all(Format::Jsonl, listed.map(whole_article), out),
        FileKind::Csv => write_all(Format::Csv(mark), listed.flat_map(cited_quotes), out),
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
fn whole_article(listed: Listed) -> ArticleRecord<Vec<QuoteRecord>> {
    let Listed {
        article, surveyed, ..
    } = listed;
    let parts = ArticleParts {
        body: Part::Written,
        citation: Part::Written,
        ..ArticleParts::default()
    };
    let quotes = quote_records(article, QuoteParts::default(), surveyed);
    article_record(article, parts, surveyed, quotes.collect())
}

fn cited_quotes(listed: Listed) -> impl Iterator<Item = QuoteRecord> {
    let parts = QuoteParts {
        source: Part::Written,
        ..QuoteParts::default()
    };
    quote_records(listed.article, parts, listed.surveyed)
}
