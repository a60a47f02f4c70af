//! Quotations as a transcript in which each line begins with its speaker, for programs of
//! qualitative research such as `QualCoder` (“Mark speakers”, identifier `Name:`).

use std::io::{self, Write};

use super::{Picked, citation};
use crate::text::{printable, squeeze};

/// The label of lines that say where the next quotations are from.
const SOURCE: &str = "Source";
/// The label of quotations without a known speaker.
const UNKNOWN: &str = "Speaker unknown";
/// The first line, by which kutip knows the file as its own if it lies in a corpus.
const HEAD: &str = "quotations, written by kutip";

/// Writes the quotations of articles, one line each. A person has one label, under whatever names
/// the articles quote her, if the corpus was surveyed.
///
/// # Errors
/// Returns the errors of `out`.
pub(super) fn write_transcript<'a>(
    articles: impl Iterator<Item = Picked<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut line = |label: &str, words: &str| {
        // A colon ends the label.
        let label = printable(label).replace(':', " ");
        writeln!(out, "{}: {}", squeeze(&label), squeeze(&printable(words)))
    };
    line(SOURCE, HEAD)?;
    for picked in articles {
        let article = picked.article;
        let mut quotes = picked.numbered_quotes().peekable();
        if quotes.peek().is_none() {
            continue;
        }
        line(SOURCE, &citation(article))?;
        for (index, quote) in quotes {
            let known = picked.surveyed;
            let known = known.and_then(|surveyed| surveyed.speaker(index));
            let speaker = known.or_else(|| article.speaker(quote));
            let speaker = speaker.as_deref().unwrap_or(UNKNOWN);
            line(speaker, quote.span.of(&article.text))?;
        }
    }
    Ok(())
}
