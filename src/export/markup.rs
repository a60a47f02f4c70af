//! The markup of exported documents: the head and foot of an HTML page, and the escaping of text.

use crate::model::QuoteKind;
use crate::text::printable;

/// Returns the head of a self-contained HTML page. `class` is the kind of the page.
pub(super) fn html_head(title: &str, class: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"generator\" content=\"kutip\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n\
         <style>\n{CSS}</style>\n</head>\n<body class=\"{class}\">\n",
        html(title)
    )
}

/// The first line of a Markdown document, which is not shown.
pub(super) const MARKDOWN_HEAD: &str = "<!-- kutip -->\n\n";

/// The end of an HTML page.
pub(super) const HTML_FOOT: &str = "</body>\n</html>\n";

const CSS: &str = include_str!("../../assets/export/page.css");

/// Escapes `text` for Markdown.
pub(super) fn markdown(text: &str) -> String {
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

/// Returns words of a quotation of this kind in Markdown: direct speech in marks, reported speech in
/// italics. `None` is for words that are no quotation.
pub(super) fn spoken_markdown(kind: Option<QuoteKind>, words: &str) -> String {
    match kind {
        None => markdown(words),
        Some(kind) if kind.is_reported() => format!("*{}*", markdown(words.trim())),
        Some(kind) => markdown(&kind.in_marks(words)),
    }
}

/// Returns words of a quotation of this kind, which are HTML already, with marks or in italics as in
/// [`spoken_markdown`].
pub(super) fn spoken_html(kind: Option<QuoteKind>, words: &str) -> String {
    match kind {
        None => words.to_owned(),
        Some(kind) if kind.is_reported() => format!("<i>{words}</i>"),
        Some(kind) => kind.in_marks(words),
    }
}

/// Escapes `text` for HTML.
pub(super) fn html(text: &str) -> String {
    let text = printable(text);
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}
