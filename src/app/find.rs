//! Finds words in a text. Accents and the amount of white space do not matter. Case matters only if
//! the words contain a capital.

use unicode_normalization::char::is_combining_mark;

use crate::text::{ByteSpan, fold_char, width};

/// Words to look for in a text, folded for the comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needle {
    folded: String,
    cased: bool,
}

impl Needle {
    /// Creates a needle from the words as the user typed them. Case matters only if they contain a
    /// capital.
    pub fn new(words: &str) -> Self {
        let cased = words.chars().any(char::is_uppercase);
        let folded = Folded::new(words, cased);
        Self {
            folded: folded.text,
            cased,
        }
    }

    /// Returns whether the needle contains no words, so that there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.folded.trim().is_empty()
    }

    /// Adds the span of each occurrence in `text` to `found`, in order and without overlaps. `base`
    /// is the position of `text` in a larger text, and is added to all offsets. A line end counts
    /// as a space.
    pub fn find(&self, text: &str, base: usize, found: &mut Vec<ByteSpan>) {
        if self.is_empty() {
            return;
        }
        let folded = Folded::new(text, self.cased);
        let hits = memchr::memmem::find_iter(folded.text.as_bytes(), &self.folded);
        found.extend(hits.filter_map(|at| {
            let first = folded.source(at)?;
            let last = folded.source(at + self.folded.len() - 1)?;
            Some(ByteSpan::new(base + first.start, base + last.end))
        }));
    }
}

struct Letter {
    /// Byte offset of the character in the folded text.
    at: usize,
    start: usize,
    end: usize,
}

struct Folded {
    text: String,
    letters: Vec<Letter>,
}

impl Folded {
    fn new(text: &str, cased: bool) -> Self {
        let mut folded = Self {
            text: String::with_capacity(text.len()),
            letters: Vec::with_capacity(text.len()),
        };
        for (start, c) in text.char_indices() {
            folded.add(c, start, cased);
        }
        folded
    }

    fn add(&mut self, c: char, start: usize, cased: bool) {
        let end = start + c.len_utf8();
        let is_invisible =
            !c.is_ascii() && !c.is_whitespace() && width(c.encode_utf8(&mut [0; 4])) == 0;
        if is_invisible || is_combining_mark(c) || c.is_whitespace() && self.text.ends_with(' ') {
            if let Some(last) = self.letters.last_mut() {
                last.end = end;
            }
            return;
        }
        self.letters.push(Letter {
            at: self.text.len(),
            start,
            end,
        });
        let plain = if c.is_whitespace() { ' ' } else { fold_char(c) };
        if cased && c.is_uppercase() {
            self.text.extend(plain.to_uppercase());
        } else {
            self.text.push(plain);
        }
    }

    fn source(&self, at: usize) -> Option<&Letter> {
        let after = self.letters.partition_point(|letter| letter.at <= at);
        self.letters.get(after.checked_sub(1)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_as_a_reader_means_them() {
        // Expected occurrences are enclosed in `[` and `]`.
        for (words, marked) in [
            ("kim", "[Kim] dan [KIM]"),
            ("Kim", "[Kim] dan KIM"),
            ("kim jong", "[Kim\r\n  Jong]-un"),
            ("elite", "[e\u{301}lite\u{301}] dan [élité]"),
            ("elite", "[e\u{ad}lite]"),
            ("ma'ruf", "[Ma’ruf]"),
            ("平壤", "di [平壤]"),
            ("aa", "[aa][aa]a"),
            ("", "Kim"),
            (" ", "a b"),
        ] {
            let text = marked.replace(['[', ']'], "");
            let mut found = Vec::new();
            Needle::new(words).find(&text, 0, &mut found);
            let mut shown = text.clone();
            for span in found.iter().rev() {
                shown.insert(span.end as usize, ']');
                shown.insert(span.start as usize, '[');
            }
            assert_eq!(shown, marked, "{words}");
        }
    }
}
