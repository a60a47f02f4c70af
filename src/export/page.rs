//! An article as plain text: its header, then its paragraphs, wrapped.

use unicode_width::UnicodeWidthStr;

use crate::model::{Article, BlockKind, Origin};
use crate::text::{printable, squeeze};

/// Returns the article as plain text, in lines of at most `width` columns, except for longer words.
/// Leaves out furniture, repeated captions and what the header already says.
pub fn page(article: &Article, width: usize) -> String {
    let mut page = String::new();
    let title = article
        .title()
        .map_or_else(|| article.key.to_string(), String::from);
    add(&mut page, &title, width, "");
    let header = header(article);
    if !header.is_empty() {
        add(&mut page, &header, width, "");
    }
    if let Some(url) = &article.structure.url {
        add(&mut page, url, width, "");
    }
    for block in &article.structure.blocks {
        let (before, indent) = match block.kind {
            BlockKind::Paragraph => ("", ""),
            BlockKind::Subhead => ("## ", ""),
            BlockKind::Standfirst => ("", "  "),
            BlockKind::Caption => ("[", "  "),
            _ => continue,
        };
        let after = if block.kind == BlockKind::Caption {
            "]"
        } else {
            ""
        };
        page.push('\n');
        let words = article.words(block.span);
        add(&mut page, &format!("{before}{words}{after}"), width, indent);
    }
    page
}

/// Returns outlet, date and reporters in one line. Inferred values are marked with `~`.
fn header(article: &Article) -> String {
    let structure = &article.structure;
    let mark = |from: Origin| if from.is_inferred() { "~" } else { "" };
    let outlet = structure
        .outlet
        .iter()
        .map(|o| format!("{}{}", mark(o.from), o.name));
    let date = structure
        .published
        .iter()
        .map(|p| format!("{}{p}", mark(p.from)));
    let names = structure
        .reporters
        .iter()
        .map(|name| article.excerpt(name).into_owned());
    let names = names.collect::<Vec<_>>().join(", ");
    let names = Some(names).filter(|names| !names.is_empty());
    outlet
        .chain(date)
        .chain(names)
        .collect::<Vec<_>>()
        .join(" · ")
}

/// Appends one paragraph to `page`, wrapped at spaces.
fn add(page: &mut String, words: &str, width: usize, indent: &str) {
    let words = printable(words);
    let mut used = 0;
    for word in squeeze(&words).split(' ') {
        let wide = word.width();
        if used > 0 && used + 1 + wide > width {
            page.push('\n');
            used = 0;
        }
        if used == 0 {
            page.push_str(indent);
            used = indent.len();
        } else {
            page.push(' ');
            used += 1;
        }
        page.push_str(word);
        used += wide;
    }
    page.push('\n');
}
