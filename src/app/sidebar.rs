//! The quotes sidebar: which utterances are listed, in what order, and the card of each.

use super::cursor::Cursor;
use super::find::Needle;
use super::utterances::{Nesting, Utterances};
use crate::model::{Article, Confidence};
use crate::text::{clip, head, wrap};

/// Columns of a card that hold no words, before and after them.
pub const INDENT: u16 = 6;

/// Maximum number of lines of words on a card.
const LINES: usize = 3;
/// Maximum number of lines of words on the card of the current utterance.
const LINES_CURRENT: usize = 14;

/// The order of the listed utterances.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// In the order of the text.
    #[default]
    Text,
    /// By speaker, in the order in which they first speak. Unknown speakers come last.
    Speaker,
}

/// The quotes sidebar.
#[derive(Clone, Debug, Default)]
pub struct SidebarPane {
    /// The order of the listed utterances.
    pub arrangement: Arrangement,
    /// Words that a listed utterance or its speaker must contain.
    pub words: String,
    /// The listed utterances, as indices into `Utterances::all`.
    pub shown: Vec<usize>,
    /// The current card and the first visible one.
    pub cursor: Cursor,
    /// The order and words by which `shown` was computed, or `None` if the utterances have changed
    /// since.
    listed: Option<(Arrangement, String)>,
}

/// Whether the filter words of the listed utterances have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relisted {
    /// The words have changed.
    ByWords,
    /// The words are the same.
    No,
}

/// One line of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardLine {
    /// The name of a speaker above the cards of that speaker.
    Heading(Option<usize>),
    /// Number, speaker and kind.
    Head,
    /// Words, and whether text was left out after them.
    Words(String, Ending),
    /// Who reports the quotation, and to whom it was said.
    Via(Around),
    /// An empty line.
    Blank,
}

/// The circumstances of a quotation: pairs of a phrase of the interface and the article's words for
/// it.
pub type Around = Vec<(&'static str, String)>;

/// Whether a line of words is cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The line is complete: more lines follow, or the words end here.
    Whole,
    /// Words were left out after the line.
    Cut,
}

impl SidebarPane {
    /// Discards the listed utterances, because those of the article have changed.
    pub fn list_anew(&mut self) {
        self.listed = None;
        self.shown.clear();
    }

    /// Selects the current utterance of an article, if it is listed. Recomputes the listed
    /// utterances if the article's utterances, the words or the order have changed.
    pub fn list(
        &mut self,
        article: &Article,
        utterances: &Utterances,
        current: Option<usize>,
    ) -> Relisted {
        let before = self.listed.as_ref();
        if before.is_some_and(|(how, words)| *how == self.arrangement && *words == self.words) {
            self.select(current);
            return Relisted::No;
        }
        let is_by_words = before.is_some_and(|(_, words)| *words != self.words);
        self.find_listed(article, utterances);
        self.listed = Some((self.arrangement, self.words.clone()));
        self.cursor = Cursor::default();
        self.select(current);
        if is_by_words {
            Relisted::ByWords
        } else {
            Relisted::No
        }
    }

    fn find_listed(&mut self, article: &Article, utterances: &Utterances) {
        let needle = Needle::new(&self.words);
        let mut found = Vec::new();
        let mut has = |text: &str| {
            needle.find(text, 0, &mut found);
            !std::mem::take(&mut found).is_empty()
        };
        self.shown = (0..utterances.all.len())
            .filter(|at| {
                let speaker = utterances
                    .all
                    .get(*at)
                    .and_then(|u| utterances.speaker_of(u));
                needle.is_empty()
                    || speaker.is_some_and(&mut has)
                    || has(&utterances.words(article, *at))
            })
            .collect();
        if self.arrangement == Arrangement::Speaker {
            let speaker = |at: &usize| utterances.all.get(*at).and_then(|u| u.speaker);
            self.shown
                .sort_by_key(|at| speaker(at).unwrap_or(usize::MAX));
        }
    }

    /// Returns the current utterance.
    pub fn current(&self) -> Option<usize> {
        self.shown.get(self.cursor.at).copied()
    }

    /// Selects an utterance if it is listed.
    fn select(&mut self, utterance: Option<usize>) {
        let place = self.shown.iter().position(|at| Some(*at) == utterance);
        self.cursor.at = place.unwrap_or(self.cursor.at);
    }

    /// Scrolls so that the current card is visible, as a whole if it fits.
    pub fn follow(
        &mut self,
        article: &Article,
        utterances: &Utterances,
        (width, height): (u16, usize),
    ) {
        self.cursor.at = self.cursor.at.min(self.shown.len().saturating_sub(1));
        let mut used = 0;
        let mut lowest = self.cursor.at;
        for place in (0..=self.cursor.at).rev() {
            used += self.card(article, utterances, place, width).len();
            if used > height {
                break;
            }
            lowest = place;
        }
        self.cursor.top = self.cursor.top.clamp(lowest, self.cursor.at);
    }

    /// Returns the card at an index of the list, `width` columns wide.
    pub fn card(
        &self,
        article: &Article,
        utterances: &Utterances,
        place: usize,
        width: u16,
    ) -> Vec<CardLine> {
        let Some(at) = self.shown.get(place).copied() else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        let speaker = |at: usize| utterances.all.get(at).and_then(|known| known.speaker);
        let before = place.checked_sub(1).and_then(|place| self.shown.get(place));
        let begins = before.is_none_or(|before| speaker(*before) != speaker(at));
        if self.arrangement == Arrangement::Speaker && begins {
            lines.push(CardLine::Heading(speaker(at)));
        }
        lines.push(CardLine::Head);
        let most = if place == self.cursor.at {
            LINES_CURRENT
        } else {
            LINES
        };
        lines.extend(words(&utterances.words(article, at), width, most));
        lines.extend(via(article, utterances, at).map(CardLine::Via));
        lines.push(CardLine::Blank);
        lines
    }
}

/// Returns the first `most` lines of an utterance.
fn words(text: &str, width: u16, most: usize) -> Vec<CardLine> {
    // Only enough text to fill the lines is wrapped, because a quotation may be as long as a book.
    let enough = (most + 1) * usize::from(width.max(1)) * 4;
    let head = head(text, enough);
    let lines = wrap(head, width, &[]);
    let is_cut = lines.len() > most || head.len() < text.len();
    let last = lines.len().min(most).saturating_sub(1);
    let kept = lines.into_iter().take(most).enumerate();
    kept.map(|(index, line)| {
        let words = head.get(line).unwrap_or("");
        if index == last && is_cut {
            CardLine::Words(clip(words, width.saturating_sub(2)), Ending::Cut)
        } else {
            CardLine::Words(clip(words, width), Ending::Whole)
        }
    })
    .collect()
}

fn via(article: &Article, utterances: &Utterances, at: usize) -> Option<Around> {
    let quote = utterances.first(article, at)?;
    let mut known = Vec::new();
    if let Some(addressee) = quote.addressee {
        known.push(("to {0}", article.words(addressee).into_owned()));
    }
    if let Some(via) = quote.via {
        known.push(("via {0}", article.words(via).into_owned()));
    }
    (!known.is_empty()).then_some(known)
}

/// Returns the sign after the name of a speaker who is not certain.
pub fn doubt(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Sure => "",
        Confidence::Likely => "?",
        Confidence::Unsure => "??",
    }
}

/// Returns the sign before a card's number that indents an utterance inside another one.
pub fn step_in(nesting: Nesting) -> &'static str {
    match nesting {
        Nesting::Own => "",
        Nesting::Inner => "└ ",
    }
}
