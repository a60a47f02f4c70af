//! Splits text into words: runs of letters and digits, with hyphens and apostrophes inside.

use super::{ByteSpan, letters};

/// One word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// Position of the word in the text.
    pub span: ByteSpan,
    /// The word as written.
    pub text: &'a str,
}

/// Returns the words of `text` in order. A word consists of letters, digits and combining marks; a
/// single hyphen or apostrophe may join two of them (`Jong-un`, `Ma’ruf`, `10-15`). Takes one
/// forward pass.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    Words { text, at: 0 }
}

struct Words<'a> {
    text: &'a str,
    at: usize,
}

fn is_letter(c: char) -> bool {
    // Half of all characters that are not letters are spaces: check for ASCII before the table.
    c.is_alphanumeric() || !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

fn is_joint(c: char) -> bool {
    matches!(c, '-' | '\'' | '’' | '‐' | '‑')
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        let bytes = self.text.as_bytes();
        // Nearly all text is ASCII, which is classified by the byte alone.
        loop {
            match *bytes.get(self.at)? {
                byte if byte.is_ascii_alphanumeric() => break,
                byte if byte.is_ascii() => self.at += 1,
                _ if self.letter(self.at) > 0 => break,
                _ => self.at += self.char_at(self.at)?.len_utf8(),
            }
        }
        let start = self.at;
        let mut end = start;
        loop {
            end += letters::run(bytes, end, bytes.len()).len;
            let ends = |byte: &u8| byte.is_ascii() && !matches!(byte, b'-' | b'\'');
            if bytes.get(end).is_none_or(ends) {
                break;
            }
            let width = self.letter(end);
            if width > 0 {
                end += width;
                continue;
            }
            let joint = self.char_at(end).filter(|c| is_joint(*c));
            let behind = joint.map_or(end, |c| end + c.len_utf8());
            if behind == end || self.letter(behind) == 0 {
                break;
            }
            end = behind;
        }
        self.at = end;
        Some(Word {
            span: ByteSpan::new(start, end),
            text: self.text.get(start..end)?,
        })
    }
}

impl Words<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// Returns the length in bytes of the letter or digit at byte `at`, or 0 if there is none.
    fn letter(&self, at: usize) -> usize {
        match self.text.as_bytes().get(at) {
            Some(byte) if byte.is_ascii() => usize::from(byte.is_ascii_alphanumeric()),
            _ => {
                let letter = self.char_at(at).filter(|c| is_letter(*c));
                letter.map_or(0, char::len_utf8)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The definition of a word, written character by character, with which the fast version is
    /// compared.
    fn plainly(text: &str) -> Vec<&str> {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let is_inside = |at: usize| {
            let letter = |at: usize| chars.get(at).is_some_and(|(_, c)| is_letter(*c));
            let joins = is_joint(chars[at].1) && at > 0 && letter(at - 1) && letter(at + 1);
            letter(at) || joins
        };
        let inside: Vec<_> = (0..chars.len()).filter(|at| is_inside(*at)).collect();
        let runs = inside.chunk_by(|a, b| a + 1 == *b);
        let end = |at: usize| chars[at].0 + chars[at].1.len_utf8();
        runs.map(|run| &text[chars[run[0]].0..end(run[run.len() - 1])])
            .collect()
    }

    proptest! {
        #[test]
        fn words_are_those_of_the_definition(text in ".{0,24}|[a1 .’é\u{301}가-]{0,16}") {
            let found: Vec<_> = words(&text).map(|word| word.text).collect();
            prop_assert_eq!(found, plainly(&text));
        }
    }

    #[test]
    fn hyphens_and_apostrophes_join_inside_words_only() {
        let found: Vec<_> = words("‘Kim Jong-un’ -- Ma’ruf, (27/12)")
            .map(|w| w.text)
            .collect();
        assert_eq!(found, ["Kim", "Jong-un", "Ma’ruf", "27", "12"]);
    }
}
