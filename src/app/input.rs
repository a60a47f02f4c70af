//! A line that the user types, with the editing commands of a shell.

use unicode_segmentation::UnicodeSegmentation;

/// Maximum length of a line in bytes. Longer text is usually pasted by mistake.
const MAX_LEN: usize = 1024;

/// A typed line of text, and the cursor in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    text: String,
    /// Byte offset of the cursor in the text, always between two grapheme clusters.
    at: usize,
}

/// Whether an editing command changed the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The text changed.
    Changed,
    /// The text did not change; the cursor may have moved.
    Same,
}

impl Input {
    /// Creates a line with `text` and the cursor at its end.
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            at: text.len(),
        }
    }

    /// Returns the typed text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text before and after the cursor.
    pub fn parts(&self) -> (&str, &str) {
        self.text.split_at(self.at)
    }

    /// Inserts `text` at the cursor, up to the maximum length of the line. White space and line
    /// ends become spaces; control characters are dropped. Time is linear in the inserted text.
    pub fn insert(&mut self, text: &str) -> Edit {
        let mut room = MAX_LEN.saturating_sub(self.text.len());
        let spaced = text
            .chars()
            .map(|c| if c.is_whitespace() { ' ' } else { c });
        let fits = |c: &char| {
            let left = room.checked_sub(c.len_utf8());
            room = left.unwrap_or(0);
            left.is_some()
        };
        let typed: String = spaced
            .filter(|c| !c.is_control())
            .take_while(fits)
            .collect();
        if typed.is_empty() {
            return Edit::Same;
        }
        self.text.insert_str(self.at, &typed);
        self.at += typed.len();
        Edit::Changed
    }

    /// Returns whether the line may have no room for one more character.
    pub fn is_full(&self) -> bool {
        self.text.len() + char::MAX.len_utf8() > MAX_LEN
    }

    /// Runs an editing function, such as [`Self::delete_left`], and returns whether it changed the
    /// text.
    pub fn edit(&mut self, key: impl FnOnce(&mut Self)) -> Edit {
        let before = self.text.len();
        key(self);
        if self.text.len() == before {
            Edit::Same
        } else {
            Edit::Changed
        }
    }

    /// Moves the cursor left by a character.
    pub fn go_left(&mut self) {
        self.at = self.left();
    }

    /// Moves the cursor right by a character.
    pub fn go_right(&mut self) {
        self.at = self.right();
    }

    /// Moves the cursor to the beginning of the word to the left.
    pub fn go_word_left(&mut self) {
        self.at = self.word_left();
    }

    /// Moves the cursor to the end of the word to the right.
    pub fn go_word_right(&mut self) {
        self.at = self.word_right();
    }

    /// Moves the cursor to the beginning of the line.
    pub fn go_to_start(&mut self) {
        self.at = 0;
    }

    /// Moves the cursor to the end of the line.
    pub fn go_to_end(&mut self) {
        self.at = self.text.len();
    }

    /// Deletes the character to the left of the cursor.
    pub fn delete_left(&mut self) {
        self.delete(self.left());
    }

    /// Deletes the word to the left of the cursor.
    pub fn delete_word(&mut self) {
        self.delete(self.word_left());
    }

    /// Deletes all text to the left of the cursor.
    pub fn delete_line(&mut self) {
        self.delete(0);
    }

    /// Deletes the character to the right of the cursor.
    pub fn delete_right(&mut self) {
        let end = self.right();
        self.text.replace_range(self.at..end, "");
    }

    fn delete(&mut self, start: usize) {
        self.text.replace_range(start..self.at, "");
        self.at = start;
    }

    fn left(&self) -> usize {
        let last = self.parts().0.graphemes(true).next_back();
        self.at - last.map_or(0, str::len)
    }

    fn right(&self) -> usize {
        let next = self.parts().1.graphemes(true).next();
        self.at + next.map_or(0, str::len)
    }

    fn word_left(&self) -> usize {
        let before = self.parts().0.trim_end();
        before.rfind(char::is_whitespace).map_or(0, |space| {
            space + before[space..].chars().next().map_or(0, char::len_utf8)
        })
    }

    fn word_right(&self) -> usize {
        let behind = self.parts().1;
        let gap = behind.len() - behind.trim_start().len();
        let word = behind[gap..].find(char::is_whitespace);
        self.at + word.map_or(behind.len(), |end| gap + end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editing_keys_do_what_a_shell_does() {
        type Key = fn(&mut Input);
        // `|` marks the cursor.
        let cases: &[(&str, &[Key], &str)] = &[
            ("kim jong|", &[Input::delete_word], "kim |"),
            ("kim jong  |", &[Input::delete_word], "kim |"),
            ("kim| jong", &[Input::delete_line], "| jong"),
            ("kim|", &[Input::go_left, Input::delete_right], "ki|"),
            ("a👨‍👩‍👧|", &[Input::delete_left], "a|"),
            (
                "ete\u{301}|",
                &[Input::go_left, Input::go_left],
                "e|te\u{301}",
            ),
            (
                "kim jong|",
                &[Input::go_to_start, Input::go_word_right],
                "kim| jong",
            ),
            (
                "kim jong|",
                &[Input::go_word_left, Input::go_word_left],
                "|kim jong",
            ),
            (
                "|",
                &[Input::delete_left, Input::delete_right, Input::delete_word],
                "|",
            ),
        ];
        for (before, keys, after) in cases {
            let mut input = Input::new(&before.replace('|', ""));
            input.at = before.find('|').unwrap();
            for key in *keys {
                input.edit(key);
            }
            let (left, right) = input.parts();
            assert_eq!(format!("{left}|{right}"), *after, "{before}");
        }
    }

    #[test]
    fn pasted_text_stays_one_line() {
        let mut input = Input::default();
        input.insert("kim\r\nputin\u{1b}");
        assert_eq!(input.text(), "kim  putin");
    }

    #[test]
    fn a_line_takes_no_more_than_it_holds() {
        let mut input = Input::default();
        assert_eq!(input.insert(&"kata ".repeat(40_000)), Edit::Changed);
        assert!(input.is_full());
        let full = input.clone();
        for c in ["é", "😀", "kata kata"] {
            input.insert(c);
            assert!(input.text().len() <= MAX_LEN);
        }
        assert!(input.text().starts_with(full.text()));
        assert_eq!(input.insert("kata"), Edit::Same);
        input.edit(Input::go_to_start);
        input.edit(Input::delete_right);
        assert_eq!(input.insert("K"), Edit::Changed);
    }
}
