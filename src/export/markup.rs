//! The markup of exported pages: their head and foot, and text that is no markup.

use crate::text::printable;

/// What stands before all else on a page: it needs nothing beside it. `class` is the page's kind.
pub(super) fn html_head(title: &str, class: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n\
         <style>\n{CSS}</style>\n</head>\n<body class=\"{class}\">\n",
        html(title)
    )
}

/// What ends a page.
pub(super) const HTML_FOOT: &str = "</body>\n</html>\n";

const CSS: &str = include_str!("../../assets/export/page.css");

/// Text in Markdown: what would be read as markup is escaped.
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

/// Text in HTML.
pub(super) fn html(text: &str) -> String {
    let text = printable(text);
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}
