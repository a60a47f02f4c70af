//! Words: runs of letters and digits, with hyphens and apostrophes inside.

use super::ByteSpan;

/// One word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// Its place in the text.
    pub span: ByteSpan,
    /// Its letters as they stand.
    pub text: &'a str,
}

/// The words of `text` in order: letters and digits, joined by a single hyphen or apostrophe
/// between two of them (`Jong-un`, `Ma’ruf`, `10-15`), with combining marks. One forward walk.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    Words { text, at: 0 }
}

struct Words<'a> {
    text: &'a str,
    at: usize,
}

fn is_letter(c: char) -> bool {
    // Half of the signs that are no letters are spaces: no table needs to be asked for them.
    c.is_alphanumeric() || !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

fn is_joint(c: char) -> bool {
    matches!(c, '-' | '\'' | '’' | '‐' | '‑')
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        let rest = self.text.get(self.at..)?;
        let start = self.at + rest.find(is_letter)?;
        let mut end = start;
        let mut chars = self.text.get(start..)?.char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            let joins = is_joint(c) && chars.peek().is_some_and(|(_, next)| is_letter(*next));
            if !is_letter(c) && !joins {
                break;
            }
            end = start + offset + c.len_utf8();
        }
        self.at = end;
        Some(Word {
            span: ByteSpan::new(start, end),
            text: self.text.get(start..end)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_and_apostrophes_join_inside_words_only() {
        let found: Vec<_> = words("‘Kim Jong-un’ -- Ma’ruf, (27/12)")
            .map(|w| w.text)
            .collect();
        assert_eq!(found, ["Kim", "Jong-un", "Ma’ruf", "27", "12"]);
    }
}
