//! A corpus as one document for people: Markdown or HTML, each article with its quotations.

use std::io::{self, Write};

use super::citation::citation;
use crate::model::{Article, Corpus, Quote};
use crate::text::{printable, squeeze};

/// Writes all articles as Markdown: a heading each, its citation, its quotations as block quotes.
///
/// # Errors
/// What `out` says.
pub fn write_markdown(corpus: &Corpus, out: &mut dyn Write) -> io::Result<()> {
    for (_, article) in corpus.iter() {
        writeln!(out, "## {}\n", markdown(&heading(article)))?;
        writeln!(out, "{}\n", markdown(&citation(article)))?;
        for quote in &article.quotes {
            let line = format!("{} — {}", words(article, quote), said_by(article, quote));
            writeln!(out, "> {}\n", markdown(&line))?;
        }
    }
    Ok(())
}

/// Writes all articles as one HTML page that needs nothing beside it.
///
/// # Errors
/// What `out` says.
pub fn write_html(corpus: &Corpus, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(HTML_HEAD.as_bytes())?;
    for (_, article) in corpus.iter() {
        let lang = article
            .language
            .map_or_else(String::new, |lang| format!(" lang=\"{lang}\""));
        writeln!(out, "<article{lang}>\n<h2>{}</h2>", html(&heading(article)))?;
        writeln!(out, "<p class=\"source\">{}</p>", html(&citation(article)))?;
        for quote in &article.quotes {
            writeln!(
                out,
                "<blockquote class=\"{}\"><p>{}</p><footer>{}</footer></blockquote>",
                quote.kind.name(),
                html(&words(article, quote)),
                html(&said_by(article, quote))
            )?;
        }
        writeln!(out, "</article>")?;
    }
    out.write_all(b"</body>\n</html>\n")
}

const HTML_HEAD: &str = "<!DOCTYPE html>
<html>
<head>
<meta charset=\"utf-8\">
<title>kutip</title>
<style>body { max-width: 44em; margin: 2em auto; font-family: serif }
.source, footer { color: #555; font-size: 90% }</style>
</head>
<body>
";

fn heading(article: &Article) -> String {
    let title = article.title();
    title.map_or_else(|| article.key.to_string(), String::from)
}

fn words(article: &Article, quote: &Quote) -> String {
    squeeze(quote.span.of(&article.text)).into_owned()
}

/// The speaker, or that nobody is named; a doubtful one is marked.
fn said_by(article: &Article, quote: &Quote) -> String {
    let confidence = quote.confidence.name();
    article.speaker(quote).map_or_else(
        || format!("speaker unknown ({})", quote.kind.name()),
        |name| format!("{name} ({}, {confidence})", quote.kind.name()),
    )
}

/// Text in Markdown: what would be read as markup is escaped.
fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in printable(text).chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&'
        ) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Text in HTML.
fn html(text: &str) -> String {
    let text = printable(text);
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}
