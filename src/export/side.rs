//! The section of an exported HTML page that shows the wordings of each utterance side by side.

use std::io::{self, Write};

use super::evidence::{Evidence, Head};
use super::markup::html;
use super::relation::Relations;
use crate::language::Packs;
use crate::model::Corpus;
use crate::relate::{Passage, Row, Variant, compare_passages};

/// Writes utterances that several articles report. Writes nothing if there is none.
pub(super) fn write_side_by_side(
    relations: &mut Relations,
    variants: &[Variant],
    out: &mut dyn Write,
) -> io::Result<()> {
    let known = (relations.corpus(), relations.packs());
    if variants.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section class=\"variants\">\n<h2>Side by side</h2>")?;
    let rows: Vec<Row> = variants.iter().map(|each| row(known, each)).collect();
    let evidence = Evidence {
        title: "",
        corpus: known.0,
        rows: &rows,
        people: Some(&relations.survey().directory),
    };
    let hashes = evidence.hashes();
    for (variant, row) in variants.iter().zip(&rows) {
        let speaker = relations.variant_record(variant).speaker;
        writeln!(out, "<h3>{}</h3>", html(&speaker.unwrap_or_default()))?;
        evidence.write_html_row(row, (&hashes, Head::Own), out)?;
    }
    writeln!(out, "</section>")
}

fn row(known: (&Corpus, &Packs), variant: &Variant) -> Row {
    let passages = variant.members.iter().map(|member| Passage {
        article: member.quote.article,
        quote: Some(member.quote),
        span: member.span,
    });
    compare_passages(known, &passages.collect::<Vec<_>>())
}
