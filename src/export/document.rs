//! Writes a corpus as one document for people, in Markdown or HTML, each article with its
//! quotations.

use std::io::{self, Write};

use super::citation::citation;
use super::markup::{
    HTML_FOOT, MARKDOWN_HEAD, html, html_head, markdown, spoken_html, spoken_markdown,
};
use super::side::write_side_by_side;
use super::{Picked, Relations};
use crate::model::{Article, Quote, sha256};
use crate::relate::Variant;
use crate::text::squeeze;

/// Writes all articles as Markdown, each with a heading, its citation, and its quotations as block
/// quotes.
///
/// # Errors
/// Returns the errors of `out`.
pub(super) fn write_markdown<'a>(
    articles: impl Iterator<Item = Picked<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(MARKDOWN_HEAD.as_bytes())?;
    for picked in articles {
        let article = picked.article;
        writeln!(out, "## {}\n", markdown(&heading(article)))?;
        writeln!(out, "{}\n", markdown(&citation(article)))?;
        for quote in picked.quotes() {
            let spoken = spoken_markdown(Some(quote.kind), &words(article, quote));
            let said_by = format!(" — {}", said_by(article, quote));
            writeln!(out, "> {spoken}{}\n", markdown(&said_by))?;
        }
    }
    Ok(())
}

/// Writes one self-contained HTML page. First come utterances that several articles report, side by
/// side, then articles with their quotations and sources.
///
/// # Errors
/// Returns the errors of `out`.
pub fn write_html<'a>(
    relations: &mut Relations,
    variants: &[Variant],
    articles: impl Iterator<Item = Picked<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(html_head("kutip", "articles").as_bytes())?;
    write_side_by_side(relations, variants, out)?;
    write_each(articles, out)
}

/// Writes articles with their quotations as one self-contained HTML page.
///
/// # Errors
/// Returns the errors of `out`.
pub(super) fn write_html_articles<'a>(
    articles: impl Iterator<Item = Picked<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(html_head("kutip", "articles").as_bytes())?;
    write_each(articles, out)
}

fn write_each<'a>(
    articles: impl Iterator<Item = Picked<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for picked in articles {
        let article = picked.article;
        let lang = article
            .language
            .map_or_else(String::new, |lang| format!(" lang=\"{lang}\""));
        writeln!(out, "<article{lang}>\n<h2>{}</h2>", html(&heading(article)))?;
        writeln!(
            out,
            "<p class=\"source\">{}<br>SHA-256 <code>{}</code></p>",
            html(&citation(article)),
            sha256(&article.text)
        )?;
        for quote in picked.quotes() {
            writeln!(
                out,
                "<blockquote class=\"{}\"><p>{}</p><footer>{}</footer></blockquote>",
                quote.kind.name(),
                spoken_html(Some(quote.kind), &html(&words(article, quote))),
                html(&said_by(article, quote))
            )?;
        }
        writeln!(out, "</article>")?;
    }
    out.write_all(HTML_FOOT.as_bytes())
}

fn heading(article: &Article) -> String {
    let title = article.title();
    title.map_or_else(|| article.key.to_string(), String::from)
}

fn words(article: &Article, quote: &Quote) -> String {
    squeeze(quote.span.of(&article.text)).into_owned()
}

/// Returns the speaker of a quotation, or `speaker unknown`, with the kind of the quotation and the
/// confidence in the speaker.
fn said_by(article: &Article, quote: &Quote) -> String {
    let confidence = quote.confidence.name();
    article.speaker(quote).map_or_else(
        || format!("speaker unknown ({})", quote.kind.name()),
        |name| format!("{name} ({}, {confidence})", quote.kind.name()),
    )
}
