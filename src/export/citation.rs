//! Citations: the source of a quotation in one line.

use crate::model::{Article, Quote};
use crate::text::squeeze;

/// Returns the citation of an article: `Outlet, “Title”, 2023-09-14, https://…`, without unknown
/// parts. Inferred parts are marked with `~`. Never empty: an article has at least its key.
pub fn citation(article: &Article) -> String {
    let structure = &article.structure;
    let mark = |inferred: bool| if inferred { "~" } else { "" };
    let parts = [
        structure
            .outlet
            .as_ref()
            .map(|outlet| format!("{}{}", mark(outlet.from.is_inferred()), outlet.name)),
        article.title().map(|title| format!("“{title}”")),
        structure
            .published
            .as_ref()
            .map(|date| format!("{}{date}", mark(date.from.is_inferred()))),
        Some(structure.url.as_ref().unwrap_or(&article.key).to_string()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Returns a quotation with its speaker and the citation of its article. Words that were said stand
/// in quotation marks, reported ones do not.
pub fn cited_quote(article: &Article, quote: &Quote) -> String {
    let words = quote.kind.in_marks(&squeeze(quote.span.of(&article.text)));
    let speaker = article.speaker(quote);
    let speaker = speaker.map_or_else(String::new, |name| format!(" — {name}"));
    format!("{words}{speaker} ({})", citation(article))
}
