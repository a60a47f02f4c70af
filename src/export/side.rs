//! One utterance in several wordings, side by side on an HTML page: each with its citation and the
//! SHA-256 of the text that it was taken from; words that are not in all wordings are set apart.

use std::io::{self, Write};

use super::citation::citation;
use super::document::html;
use super::relation::{Relations, differs};
use crate::language::Packs;
use crate::model::{Article, Corpus, sha256};
use crate::relate::{Column, Passage, Survey, compare_passages};
use crate::text::ByteSpan;

/// Writes all utterances that several articles report; nothing where there is none.
pub(super) fn write_side_by_side(
    relations: &mut Relations,
    (corpus, packs): (&Corpus, &Packs),
    survey: &Survey,
    out: &mut dyn Write,
) -> io::Result<()> {
    let variants = survey.variants.list();
    if variants.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section class=\"variants\">\n<h2>Side by side</h2>")?;
    for variant in variants {
        let members = variant.members.iter();
        let passages: Vec<_> = members
            .map(|member| Passage {
                article: member.quote.article,
                quote: Some(member.quote),
                span: member.span,
            })
            .collect();
        let compared = compare_passages((corpus, packs), &passages);
        let group = relations.variant_group(variant);
        let (head, rows) = group.parts();
        writeln!(
            out,
            "<h3>{}</h3>\n<div class=\"row\">",
            html(&head.cell("speaker"))
        )?;
        for (column, row) in compared.columns.iter().flatten().zip(rows) {
            let Some(article) = corpus.get(column.passage.article) else {
                continue;
            };
            writeln!(
                out,
                "<figure><blockquote><p>{}</p></blockquote><figcaption>{}<br>{} characters {}–{}</figcaption></figure>",
                marked(article, column),
                source(article),
                html(&row.cell("article")),
                row.cell("start"),
                row.cell("end"),
            )?;
        }
        writeln!(out, "</div>")?;
    }
    writeln!(out, "</section>")
}

/// The citation of an article and the SHA-256 of its text.
pub(super) fn source(article: &Article) -> String {
    format!(
        "{}<br><code>SHA-256 of the text: {}</code>",
        html(&citation(article)),
        sha256(&article.text)
    )
}

/// The words of a passage; those that are not in all others in `<mark>`.
fn marked(article: &Article, column: &Column) -> String {
    let whole = column.passage.span;
    let mut shown = String::new();
    let mut from = whole.start;
    let part =
        |start: u32, end: u32| html(ByteSpan::new(start as usize, end as usize).of(&article.text));
    for word in column.words.iter().filter(|word| differs(word)) {
        shown.push_str(&part(from, word.span.start));
        shown.push_str("<mark>");
        shown.push_str(&part(word.span.start, word.span.end));
        shown.push_str("</mark>");
        from = word.span.end;
    }
    shown.push_str(&part(from, whole.end));
    shown
}
