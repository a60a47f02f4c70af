//! Splits a passage into pieces, which are words with their punctuation, and joins pieces to lines.
//! Each word is marked by how it relates to the other passages.

use std::ops::Range;

use super::line::{Line, Signs};
use crate::model::Corpus;
use crate::relate::{Column, Row, Standing};
use crate::text::{squeeze, wrap};

/// A word with the punctuation before and after it, as a comparison shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The word and its punctuation.
    pub text: String,
    /// Whether white space separates the piece from the previous one.
    pub is_parted: bool,
    /// How the word relates to the other passages.
    pub standing: Standing,
}

/// Splits the passage of `column` into pieces, with quotation marks around direct speech.
pub(super) fn spoken_pieces(corpus: &Corpus, column: &Column) -> Vec<Piece> {
    let Some(article) = corpus.get(column.passage.article) else {
        return Vec::new();
    };
    let mut found = pieces(&article.text, column);
    let quote = column.passage.quote.and_then(|id| corpus.quote(id));
    if quote.is_some_and(|(_, quote)| !quote.kind.is_reported()) {
        if let Some(first) = found.first_mut() {
            first.text.insert(0, '“');
        }
        if let Some(last) = found.last_mut() {
            last.text.push('”');
        }
    }
    found
}

/// Returns whether the passage of `column` reports what was said in other words.
pub(super) fn reports(corpus: &Corpus, column: &Column) -> bool {
    let quote = column.passage.quote.and_then(|id| corpus.quote(id));
    quote.is_some_and(|(_, quote)| quote.kind.is_reported())
}

/// Splits the passage of `column` into pieces, one per word. Punctuation stays with the adjacent
/// word, and white space is dropped. `text` is the text of the whole article.
pub fn pieces(text: &str, column: &Column) -> Vec<Piece> {
    let span = column.passage.span.range();
    let words = &column.words;
    let (mut start, mut is_parted) = (span.start, false);
    let mut found = Vec::with_capacity(words.len());
    for (index, word) in words.iter().enumerate() {
        let own = word.span.range();
        let next = words.get(index + 1).map(|next| next.span.range().start);
        let gap = text.get(own.end..next.unwrap_or(span.end)).unwrap_or("");
        let (end, resume, parted) = match gap.find(char::is_whitespace) {
            Some(at) if next.is_some() => {
                let rest = gap.get(at..).unwrap_or("");
                let blank = rest.len() - rest.trim_start().len();
                (own.end + at, own.end + at + blank, true)
            }
            _ => (own.end + gap.len(), own.end + gap.len(), false),
        };
        found.push(Piece {
            text: squeeze(text.get(start..end).unwrap_or("").trim()).into_owned(),
            is_parted,
            standing: word.standing,
        });
        (start, is_parted) = (resume, parted);
    }
    found
}

/// Builds a line from pieces, and marks how its words relate to the other passages. With
/// [`Signs::Written`], `+` signs enclose each run of words that no other passage has.
#[derive(Debug)]
pub struct LineBuilder {
    line: Line,
    signs: Signs,
}

impl LineBuilder {
    /// Creates a builder with an empty line. `signs` says how words are marked.
    pub fn new(signs: Signs) -> Self {
        Self {
            line: Line::default(),
            signs,
        }
    }

    /// Builds a line from pieces. `signs` says how words are marked.
    pub fn of(pieces: &[Piece], signs: Signs) -> Line {
        let mut growing = Self::new(signs);
        let mut run: Option<Standing> = None;
        for (index, piece) in pieces.iter().enumerate() {
            let next = pieces.get(index + 1).map(|next| next.standing);
            growing.add(
                piece,
                run == Some(piece.standing),
                next == Some(piece.standing),
            );
            run = Some(piece.standing);
        }
        growing.line
    }

    fn add(&mut self, piece: &Piece, continues_before: bool, continues_after: bool) {
        let text = &mut self.line.text;
        let before = text.len();
        if piece.is_parted && !text.is_empty() {
            text.push(' ');
        }
        let is_signed = self.signs == Signs::Written && piece.standing == Standing::Own;
        let mut start = text.len();
        if is_signed && !continues_before {
            text.push('+');
        }
        text.push_str(&piece.text);
        if is_signed && !continues_after {
            text.push('+');
        }
        if self.signs == Signs::None {
            return;
        }
        // The space within a run belongs to it, so that the underline is unbroken.
        if continues_before {
            start = before;
        }
        let end = text.len();
        match self.line.marks.last_mut() {
            Some((range, standing)) if continues_before && *standing == piece.standing => {
                range.end = end;
            }
            _ => self.line.marks.push((start..end, piece.standing)),
        }
    }
}

/// Returns the part of `line` in the byte range `range`, with its marks.
pub fn part(line: &Line, range: Range<usize>) -> Line {
    let marks = line.marks.iter().filter_map(|(mark, standing)| {
        let (start, end) = (mark.start.max(range.start), mark.end.min(range.end));
        (start < end).then(|| (start - range.start..end - range.start, *standing))
    });
    Line {
        is_reported: line.is_reported,
        marks: marks.collect(),
        text: line.text.get(range.clone()).unwrap_or("").to_owned(),
    }
}

/// Returns how to mark the words of a row: as `signs` says, or not at all if the row has only one
/// passage, which differs from nothing.
pub(super) fn signs_of(row: &Row, signs: Signs) -> Signs {
    if row.columns.iter().flatten().nth(1).is_none() {
        Signs::None
    } else {
        signs
    }
}

/// Wraps a line into lines of at most `width` columns of the screen.
pub(super) fn wrapped(line: &Line, width: u16) -> Vec<Line> {
    let ranges = wrap(&line.text, width, &[]).into_iter();
    ranges.map(|range| part(line, range)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ArticleId;
    use crate::relate::{Marked, Passage};
    use crate::text::{ByteSpan, words};

    #[test]
    fn signs_cling_to_words_and_runs_are_marked_once() {
        let text = "“Kami, ya,  menutup Jong-un – di sini!”";
        let own = ["ya", "menutup"];
        let column = Column {
            passage: Passage {
                article: ArticleId(0),
                quote: None,
                span: ByteSpan::new(0, text.len()),
            },
            words: words(text)
                .map(|word| Marked {
                    span: word.span,
                    standing: if own.contains(&word.text) {
                        Standing::Own
                    } else {
                        Standing::Shared
                    },
                    is_stop: false,
                })
                .collect(),
        };
        let found = pieces(text, &column);
        let line = LineBuilder::of(&found, Signs::Written);
        assert_eq!(line.text, "“Kami, +ya, menutup+ Jong-un – di sini!”");
        let own: Vec<_> = line
            .marks
            .iter()
            .filter(|(_, standing)| *standing == Standing::Own)
            .map(|(range, _)| &line.text[range.clone()])
            .collect();
        assert_eq!(own, ["+ya, menutup+"]);
        assert_eq!(LineBuilder::of(&found, Signs::None).marks, []);
    }
}
