//! Finds which lines of a page are the body of the article, by distinguishing sentences from links.

use super::header::{HEAD, PageState};
use super::names;
use super::role::SHORT;
use super::units::{CLOSING, Role, is_ended};

impl PageState<'_> {
    /// Returns whether the line with index `at` looks like running text of an article.
    pub(super) fn is_prose(&self, at: usize) -> bool {
        let Some(unit) = self.units.get(at) else {
            return false;
        };
        let words = unit.span.of(self.text);
        if !unit.is_text() || unit.is_bullet() && words.len() < SHORT {
            return false;
        }
        words.len() >= SHORT
            || words.len() >= 40
                && (closes_with_stop(words) || words.len() >= 80 && has_inner_stop(words))
    }

    /// Finds where the body begins and ends, and stores that in `body`.
    pub(super) fn find_body(&mut self) {
        let start = self.body_start();
        let (mut end, mut sum, mut best) = (start, 0, 0);
        for at in start..self.units.len() {
            sum += self.body_weight(at);
            if sum >= best && self.is_sentence(at) {
                (end, best) = (at + 1, sum);
            }
        }
        self.body = start..end.max(start);
    }

    /// Returns whether the line with index `at` contains at least one whole sentence.
    fn is_sentence(&self, at: usize) -> bool {
        let words = self.words(at);
        // A truncated headline ends with dots, too.
        let short = || closes_with_stop(words) && !words.ends_with("..") && words.len() >= 20;
        let cut_short = words.len() < 80 && words.ends_with("...");
        self.is_prose(at) && !cut_short || self.role(at) == Some(Role::Text) && short()
    }

    /// Returns a weight that says how strongly the line with index `at` suggests that the body
    /// continues. The body ends where the sum of the weights is highest: the foot of a page has
    /// some sentences too, but mostly links.
    fn body_weight(&self, at: usize) -> i32 {
        let Some(unit) = self.units.get(at) else {
            return 0;
        };
        let words = unit.span.of(self.text);
        match unit.role {
            Role::Text if self.is_sentence(at) => match words.len() {
                0..40 => 4,
                40..SHORT => 10,
                _ => 16,
            },
            // The items of a list follow each other without a gap.
            Role::Text if unit.gap || unit.is_bullet() => -3,
            Role::Text if self.gapless => 0,
            Role::Related => -3,
            Role::Date => -6,
            Role::Initials => -12,
            Role::Furniture if words.contains('©') => -40,
            Role::Text | Role::Furniture => -1,
            _ => 0,
        }
    }

    fn body_start(&self) -> usize {
        let limit = self.units.len().min(HEAD);
        let mut prose = 0;
        let mut weak = None;
        for at in 0..limit {
            let Some(unit) = self.units.get(at).filter(|unit| unit.is_text()) else {
                continue;
            };
            if self.rules.is_dateline_alone(self.text, unit.span)
                && (at > 0 || unit.span.len() < 40)
            {
                return at;
            }
            let found = self.rules.dateline(self.text, unit.span);
            let long = unit.span.len() > 60;
            match found {
                Some(found) if found.strong && long => return at,
                // After paragraphs, a place and a dash are part of a sentence.
                Some(_)
                    if long && prose < 2 && is_ended(unit.span.of(self.text)) && weak.is_none() =>
                {
                    weak = Some(at);
                }
                _ => {}
            }
            prose += usize::from(self.is_prose(at));
            if prose >= 6 {
                break;
            }
        }
        weak.unwrap_or_else(|| self.below_date(self.first_prose(limit)))
    }

    /// Returns the index of the line where the body starts on a page without empty lines, where
    /// nothing separates a menu from the article. There it starts below the date, even if it is a
    /// table or a song. `start` is the index of the first paragraph, and is returned for any other
    /// page.
    fn below_date(&self, start: usize) -> usize {
        let date = (0..start)
            .rev()
            .find(|at| self.role(*at) == Some(Role::Date));
        let Some(date) = date.filter(|_| self.gapless) else {
            return start;
        };
        let plain =
            |at: &usize| self.role(*at) == Some(Role::Text) && !names::is_name(self.words(*at));
        let headed = (0..date).any(|at| plain(&at));
        let known =
            (date + 1..start).all(|at| matches!(self.role(at), Some(Role::Text | Role::Furniture)));
        (date + 1..start)
            .find(plain)
            .filter(|_| headed && known)
            .unwrap_or(start)
    }

    /// Returns the index of the first line that is a paragraph of the body, and no title,
    /// standfirst or caption. Searches the lines before index `limit`.
    fn first_prose(&self, limit: usize) -> usize {
        let mut at = 0;
        while at < limit {
            if self.is_prose(at) && !(at == 0 && self.looks_like_title(0)) && !self.is_above(at) {
                return at;
            }
            at += 1;
        }
        // Every line of prose looks like a title or belongs to the header: take the first of them.
        (0..limit)
            .find(|at| self.is_prose(*at))
            .unwrap_or(self.units.len())
    }

    /// Returns whether the line with index `at` is a standfirst or a caption, because lines of the
    /// header follow it.
    fn is_above(&self, at: usize) -> bool {
        let words = self.words(at);
        if words.len() > 420 || words.starts_with(['"', '“']) {
            return false;
        }
        let seen = (0..at).any(|before| matches!(self.role(before), Some(Role::Date)));
        let next = (at + 1..self.units.len().min(at + 9))
            .find(|next| self.is_prose(*next))
            .unwrap_or(at);
        let follows = |role: Role| (at + 1..next).any(|between| self.role(between) == Some(role));
        if !seen && at < 40 && (follows(Role::Date) || follows(Role::Byline)) {
            return true;
        }
        let credit = self.role(at + 1) == Some(Role::PhotoCredit);
        let single = words.len() < 160 && !has_inner_stop(words);
        let parted = single
            && seen
            && next == at + 2
            && self.role(at + 1) == Some(Role::Furniture)
            && self.units.get(at + 1).is_some_and(|unit| unit.gap);
        credit && (seen || self.words(at + 2) == words) || parted
    }

    /// Returns whether the line with index `at`, although it may be long, looks like a title: one
    /// sentence without a full stop.
    pub(super) fn looks_like_title(&self, at: usize) -> bool {
        let words = self.words(at);
        words.len() <= 220
            && !words.ends_with('.')
            && !has_inner_stop(words)
            && self.role(at) == Some(Role::Text)
    }
}

/// Returns whether `words` end with a full stop or an ellipsis, ignoring quotation marks and
/// brackets after it.
fn closes_with_stop(words: &str) -> bool {
    words.trim_end_matches(CLOSING).ends_with(['.', '…'])
}

/// Returns whether a sentence ends in the middle of `words`: whether a full stop, question mark or
/// exclamation mark is followed by a space and a capital.
pub(super) fn has_inner_stop(words: &str) -> bool {
    let bytes = words.as_bytes();
    memchr::memchr3_iter(b'.', b'?', b'!', bytes).any(|at| {
        let behind = bytes.get(at + 1..).unwrap_or_default();
        let skip = usize::from(matches!(behind.first(), Some(b'"' | b'\'' | b')')));
        // A stop after at most three letters marks an abbreviation: `Dr. Wirya`, `St. Ambar`.
        let word = bytes[..at]
            .iter()
            .rev()
            .take_while(|b| b.is_ascii_alphanumeric())
            .count();
        word > 3
            && behind.get(skip) == Some(&b' ')
            && behind.get(skip + 1).is_some_and(u8::is_ascii_uppercase)
    })
}
