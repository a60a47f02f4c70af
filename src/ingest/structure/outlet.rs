//! Finds the outlet that published an article. The sources, in order of precedence, are a line of
//! the page, the record, the web address, words of the text (`kepada Kompas.com`), and the form of
//! a line that only the pages of one outlet have.

use crate::ingest::Given;
use crate::model::{Origin, Outlet};
use crate::text::ByteSpan;

use super::header::PageState;

impl PageState<'_> {
    /// Looks for the outlet in the line at `span`, which is not running text. Stores the outlet if
    /// the line names it, or has a form that only the pages of this outlet have.
    pub(super) fn note_outlet(&mut self, span: ByteSpan) {
        let words = span.of(self.text);
        if words.len() > 120 {
            return;
        }
        if self.outlet.is_none() && words.len() < 40 && !words.contains('/') {
            let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
            let domain =
                bare.contains('.') || bare.chars().all(|c| !c.is_lowercase()) && bare.len() > 6;
            if domain {
                self.outlet = self.rules.layouts.usual_name(bare);
            }
        }
        if self.outlet.is_none() {
            self.outlet = self.copyright(words);
        }
        if self.shape.is_none() {
            self.shape = self.rules.layouts.of_shape(words);
        }
    }

    /// Returns the copyright holder that `words` name: `Copyright © ANTARA 2025`,
    /// `© 2024 The Citizen. All rights reserved`. A holder that is no known outlet counts only if a
    /// year is given, because `© Name` alone credits a picture.
    pub(super) fn copyright(&self, words: &str) -> Option<Box<str>> {
        let (_, behind) = words.split_once('©')?;
        self.known_holder(behind)
            .or_else(|| holder_with_year(behind))
    }

    fn known_holder(&self, behind: &str) -> Option<Box<str>> {
        let behind = behind.trim_start_matches(|c: char| !c.is_alphabetic());
        let mut end = behind.len();
        for _ in 0..6 {
            let name = behind
                .get(..end)?
                .trim_end_matches(|c: char| !c.is_alphabetic());
            if let Some(name) = self.rules.layouts.usual_name(name) {
                return Some(name);
            }
            end = name.rfind([' ', '.', ','])?;
        }
        None
    }

    /// Decides which outlet published the article, and stores it in the structure. `given` is the
    /// metadata that the record gives.
    pub(super) fn find_outlet(&mut self, given: &Given) {
        let rules = self.rules;
        let named = |name: &str| {
            rules
                .layouts
                .usual_name(name)
                .or_else(|| rules.layouts.of_url(name))
                .unwrap_or_else(|| name.into())
        };
        let meta = given
            .outlet
            .as_deref()
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let found = self
            .outlet
            .take()
            .map(|name| (name, Origin::Page))
            .or_else(|| meta.map(|name| (named(name), Origin::Meta)))
            .or_else(|| Some((rules.layouts.of_url(given.url.as_deref()?)?, Origin::Url)))
            .or_else(|| {
                let (own, mentioned) = self.mentioned()?;
                (own || self.shape.is_none())
                    .then(|| (rules.layouts.name(mentioned).into(), Origin::Body))
            })
            .or_else(|| Some((rules.layouts.name(self.shape?).into(), Origin::Layout)));
        self.structure.outlet = found.map(|(name, from)| Outlet { name, from });
    }

    /// Returns the index of the outlet that the text mentions most often, without mentions that
    /// credit another outlet. Also returns whether a word before a mention says that the outlet is
    /// the page's own (`kepada Kompas.com`); such an outlet comes first.
    fn mentioned(&self) -> Option<(bool, usize)> {
        let mut counts: Vec<(usize, usize, bool)> = Vec::new();
        for mention in self.rules.layouts.mentions(self.text) {
            let before = self.text.get(..mention.start)?.trim_end();
            if before.ends_with(['@', '/', '.', '#']) && before.len() == mention.start {
                continue;
            }
            let inside = self
                .text
                .as_bytes()
                .get(mention.start.wrapping_sub(1))
                .is_some_and(u8::is_ascii_alphanumeric);
            let word = before
                .rsplit([' ', '\n', '(', '"'])
                .next()
                .unwrap_or("")
                .to_lowercase();
            if inside || is_in(&self.rules.page.citing, &word) || self.is_common(mention.start) {
                continue;
            }
            let own = is_in(&self.rules.page.own, &word);
            match counts
                .iter_mut()
                .find(|(outlet, ..)| *outlet == mention.outlet)
            {
                Some(known) => {
                    known.1 += 1;
                    known.2 |= own;
                }
                None => counts.push((mention.outlet, 1, own)),
            }
        }
        counts
            .iter()
            .max_by_key(|(_, count, own)| (*own, *count))
            .map(|(outlet, _, own)| (*own, *outlet))
    }

    /// Returns whether the name at `start` is a common word (`tribun`, `detik`) instead of a
    /// channel's name.
    fn is_common(&self, start: usize) -> bool {
        let rest = self.text.get(start..).unwrap_or("");
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && c != '.')
            .unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or("").trim_end_matches('.');
        let plain = !word.contains('.')
            && word.chars().skip(1).all(|c| !c.is_uppercase())
            && !word.ends_with("com");
        plain || self.rules.layouts.usual_name(word).is_none()
    }
}

fn is_in(list: &[Box<str>], word: &str) -> bool {
    list.iter().any(|known| **known == *word)
}

/// Returns the copyright holder that is named next to a year: `2024 The Citizen.`, `SAMODRA 2024`.
/// `behind` is the text after the `©`. Returns `None` if there is no year or no name.
fn holder_with_year(behind: &str) -> Option<Box<str>> {
    let clause = behind.split(['.', '|', ',']).next()?;
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let years = |word: &&str| word.split(['-', '–']).all(is_year);
    let words: Vec<_> = clause
        .split_whitespace()
        .filter(|word| !years(word))
        .collect();
    let has_year = words.len() < clause.split_whitespace().count();
    let named = |word: &&str| word.starts_with(char::is_uppercase);
    let fits = has_year && (1..=4).contains(&words.len()) && words.iter().all(named);
    let name = words.join(" ");
    let shouted = name.len() > 5 && name.chars().all(|c| !c.is_lowercase());
    let shown = if shouted {
        super::layout::capitalised(&name.to_lowercase())
    } else {
        name
    };
    fits.then(|| shown.into())
}
