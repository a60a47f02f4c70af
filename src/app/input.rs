//! One line that is being typed, with the editing keys of a shell.

use unicode_segmentation::UnicodeSegmentation;

/// Bytes that a line can hold; more is pasted by mistake.
const MOST: usize = 1024;

/// A line and the place where one types.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    text: String,
    /// A byte offset, between two grapheme clusters.
    at: usize,
}

/// Whether an editing command changed the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// It did.
    Changed,
    /// Only the cursor moved, or nothing.
    Same,
}

impl Input {
    /// A line with `text`, the cursor at its end.
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            at: text.len(),
        }
    }

    /// The words.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words before and behind the cursor.
    pub fn parts(&self) -> (&str, &str) {
        self.text.split_at(self.at)
    }

    /// Types `text`, line ends as spaces, as far as there is room. Linear in what it takes.
    pub fn insert(&mut self, text: &str) -> Edit {
        let mut room = MOST.saturating_sub(self.text.len());
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

    /// Whether nothing more can be typed.
    pub fn is_full(&self) -> bool {
        self.text.len() + char::MAX.len_utf8() > MOST
    }

    /// Runs an editing key; tells whether it changed the words.
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

    /// Deletes the character to the left.
    pub fn delete_left(&mut self) {
        self.delete(self.left());
    }

    /// Deletes the word to the left.
    pub fn delete_word(&mut self) {
        self.delete(self.word_left());
    }

    /// Deletes all to the left.
    pub fn delete_line(&mut self) {
        self.delete(0);
    }

    /// Deletes the character to the right.
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
        // `|` is the cursor.
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
            assert!(input.text().len() <= MOST);
        }
        assert!(input.text().starts_with(full.text()));
        assert_eq!(input.insert("kata"), Edit::Same);
        input.edit(Input::go_to_start);
        input.edit(Input::delete_right);
        assert_eq!(input.insert("K"), Edit::Changed);
    }
}
