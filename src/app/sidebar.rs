//! The quotes sidebar: which utterances are listed, in what order, and the card of each.

use super::cursor::Cursor;
use super::find::Needle;
use super::utterances::{Nesting, Utterances};
use crate::model::{Article, Confidence};
use crate::text::{clip, head, wrap};

/// Number of columns of a card that contain no words, to the left and to the right of them
/// together.
pub const INDENT: u16 = 6;

/// Maximum number of lines of words on a card, except on that of the current utterance.
const MAX_LINES: usize = 3;
/// Maximum number of lines of words on the card of the current utterance.
const MAX_LINES_CURRENT: usize = 14;

/// The order in which the sidebar lists utterances.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// Utterances are listed in the order of the text.
    #[default]
    Text,
    /// Utterances are listed by speaker, in the order in which the speakers first speak. Unknown
    /// speakers come last.
    Speaker,
}

/// Whether the sidebar lists utterances that are inside others, such as marked words of a reported
/// clause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Inner {
    /// They are folded into the card of the utterance around them, which says how many they are.
    #[default]
    Folded,
    /// They have cards of their own.
    Shown,
}

/// What decides which utterances the sidebar lists, and in what order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Listing {
    arrangement: Arrangement,
    inner: Inner,
    words: String,
}

/// The quotes sidebar: the listed utterances, their order and their filter.
#[derive(Clone, Debug, Default)]
pub struct SidebarPane {
    /// The order of the listed utterances.
    pub arrangement: Arrangement,
    /// Whether utterances inside others are listed.
    pub inner: Inner,
    /// The filter of the sidebar: words that an utterance or its speaker must contain to be listed.
    pub words: String,
    /// The listed utterances, as indices into `Utterances::all`.
    pub shown: Vec<usize>,
    /// The current card and the first visible one, as indices into `shown`.
    pub cursor: Cursor,
    /// The choices for which `shown` was computed, or `None` if the utterances have changed since.
    listed: Option<Listing>,
}

/// Whether the sidebar lists the utterances anew because its filter words have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relisted {
    /// The utterances are listed anew, because the filter words have changed.
    ByWords,
    /// The filter words have not changed.
    No,
}

/// One line of a card, which shows one utterance in the sidebar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardLine {
    /// The name of a speaker above the speaker's first card. Holds an index into
    /// `Utterances::speakers`, or `None` for unknown speakers.
    Heading(Option<usize>),
    /// The head of the card, with the number, speaker and kind of the utterance.
    Head,
    /// A line of the utterance's words, and whether text was left out after it.
    Words(String, Ending),
    /// Who relayed the quotation, and to whom it was said.
    Via(Circumstances),
    /// An empty line.
    Blank,
}

/// The circumstances of a quotation. Each is a phrase of the interface with a gap, such as
/// `to {0}`, and the words of the article that fill the gap.
pub type Circumstances = Vec<(&'static str, String)>;

/// Whether text was left out after a line of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// No text was left out: more lines follow, or the words end here.
    Whole,
    /// Text was left out after the line.
    Cut,
}

impl SidebarPane {
    /// Makes the next [`Self::list`] compute the listed utterances again, because those of the
    /// article have changed.
    pub fn invalidate(&mut self) {
        self.listed = None;
        self.shown.clear();
    }

    /// Selects the utterance `current`, if it is listed. Before that, computes the listed
    /// utterances again if the article's utterances, the filter words or the order have changed.
    pub fn list(
        &mut self,
        article: &Article,
        utterances: &Utterances,
        current: Option<usize>,
    ) -> Relisted {
        let wanted = Listing {
            arrangement: self.arrangement,
            inner: self.inner,
            words: self.words.clone(),
        };
        let current = current.map(|at| self.card_of(article, utterances, at));
        if self.listed.as_ref() == Some(&wanted) {
            self.select(current);
            return Relisted::No;
        }
        let before = self.listed.as_ref();
        let is_by_words = before.is_some_and(|before| before.words != wanted.words);
        self.find_listed(article, utterances);
        self.listed = Some(wanted);
        self.cursor = Cursor::default();
        self.select(current);
        if is_by_words {
            Relisted::ByWords
        } else {
            Relisted::No
        }
    }

    /// Returns whether utterances inside others are folded. A filter lists them all, because the
    /// words that it looks for may be theirs.
    fn folds_inner(&self) -> bool {
        self.inner == Inner::Folded && self.words.is_empty()
    }

    /// Returns the utterance whose card shows the utterance `at`: the one around it if it is folded.
    fn card_of(&self, article: &Article, utterances: &Utterances, at: usize) -> usize {
        if self.folds_inner() {
            utterances.around(article, at).unwrap_or(at)
        } else {
            at
        }
    }

    /// Returns how many utterances are folded into the card of the utterance `at`.
    pub fn folded_into(&self, article: &Article, utterances: &Utterances, at: usize) -> usize {
        if !self.folds_inner() {
            return 0;
        }
        let next = utterances.all.iter().enumerate().skip(at + 1);
        // What is inside an utterance follows it directly, in the order of the text.
        let inner = next.take_while(|(_, one)| one.nesting == Nesting::Inner);
        inner
            .filter(|(index, _)| utterances.around(article, *index) == Some(at))
            .count()
    }

    fn find_listed(&mut self, article: &Article, utterances: &Utterances) {
        let needle = Needle::new(&self.words);
        let mut found = Vec::new();
        let mut has = |text: &str| {
            needle.find(text, 0, &mut found);
            !std::mem::take(&mut found).is_empty()
        };
        let folds = self.folds_inner();
        let is_folded = |at: usize| folds && utterances.around(article, at).is_some();
        self.shown = (0..utterances.all.len())
            .filter(|at| !is_folded(*at))
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

    /// Returns the utterance of the current card, as an index into `Utterances::all`.
    pub fn current(&self) -> Option<usize> {
        self.shown.get(self.cursor.at).copied()
    }

    /// Makes the card of an utterance the current one, if the utterance is listed.
    fn select(&mut self, utterance: Option<usize>) {
        let place = self.shown.iter().position(|at| Some(*at) == utterance);
        self.cursor.at = place.unwrap_or(self.cursor.at);
    }

    /// Scrolls so that the current card is visible, as a whole if it fits. `width` is the columns
    /// for words, `height` the rows of the sidebar.
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

    /// Returns the lines of the card at index `place` of the list, with words in `width` columns.
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
            MAX_LINES_CURRENT
        } else {
            MAX_LINES
        };
        lines.extend(words(&utterances.said(article, at), width, most));
        lines.extend(via(article, utterances, at).map(CardLine::Via));
        lines.push(CardLine::Blank);
        lines
    }
}

/// Returns the first lines of an utterance, at most `most`, wrapped to `width` columns.
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

fn via(article: &Article, utterances: &Utterances, at: usize) -> Option<Circumstances> {
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

/// Returns the sign after a speaker's name that shows how certain the speaker is: none, `?` or
/// `??`.
pub fn confidence_sign(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Sure => "",
        Confidence::Likely => "?",
        Confidence::Unsure => "??",
    }
}

/// Returns the sign after a card's number that shows that the utterance is inside another one.
/// Empty if it is not.
pub fn nesting_sign(nesting: Nesting) -> &'static str {
    match nesting {
        Nesting::Own => "",
        Nesting::Inner => "└ ",
    }
}
