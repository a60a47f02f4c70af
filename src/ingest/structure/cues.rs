//! Finds the cue words with which a line begins, such as `Editor:` or `Baca juga`, and which tell
//! what the line is. One lookup compares the line with the cue words of all language packs.

use super::openings::Openings;
use crate::language::{Cue, PageWords};

/// The cue words of all language packs.
#[derive(Debug)]
pub(super) struct Cues {
    words: Openings,
    cues: Vec<Vec<Cue>>,
}

/// The cue words at the start of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opening<'a> {
    pub cues: &'a [Cue],
    /// Text of the line after the cue words and the colon, if there is one; trimmed.
    pub rest: &'a str,
    /// Whether a colon follows the cue words.
    pub colon: bool,
}

impl<'a> Opening<'a> {
    /// Returns whether nothing follows the cue words on the line.
    pub(super) fn is_whole(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn is(&self, cue: Cue) -> bool {
        self.cues.contains(&cue)
    }

    /// Returns the text after the colon, if the line begins with `cue` and a colon.
    pub(super) fn labelled(&self, cue: Cue) -> Option<&'a str> {
        (self.is(cue) && self.colon).then_some(self.rest)
    }
}

impl Cues {
    pub(super) fn new(page: &PageWords) -> Self {
        let mut words: Vec<&str> = Vec::new();
        let mut cues: Vec<Vec<Cue>> = Vec::new();
        for (word, cue) in &page.cues {
            if let Some(known) = words.iter().position(|known| known == &&**word) {
                cues[known].push(*cue);
            } else {
                words.push(word);
                cues.push(vec![*cue]);
            }
        }
        Self {
            words: Openings::new(words),
            cues,
        }
    }

    /// Returns the cue words at the start of `line`, or `None` if it begins with none. A cue word
    /// never ends inside another word. `line` must have no white space at its ends.
    pub(super) fn opening<'a>(&'a self, line: &'a str) -> Option<Opening<'a>> {
        let found = self.words.at(line, 0)?;
        let (words, rest) = line.split_at_checked(found.end)?;
        let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if inside(rest.chars().next()) && inside(words.chars().next_back()) {
            return None;
        }
        let rest = rest.trim_start();
        let ended_with_colon = words.ends_with(':');
        let (colon, rest) = match rest.strip_prefix([':', '：']) {
            Some(rest) => (true, rest.trim_start()),
            None => (ended_with_colon, rest),
        };
        let cues = self.cues.get(found.word)?;
        let rest = if rest.bytes().all(|b| !b.is_ascii_alphanumeric()) && rest.is_ascii() {
            ""
        } else {
            rest
        };
        Some(Opening { cues, rest, colon })
    }
}
