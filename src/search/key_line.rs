//! The key line of an article: the title, outlet, date and speakers that the list shows, as one
//! line for matching.

use std::ops::Range;

use crate::model::Article;
use crate::text::squeeze;

/// Maximum length of a key line in bytes. More of a long title or list of speakers would not help
/// in a list, and scores must fit in 16 bits.
const MAX_LINE: usize = 4096;

/// A part of the key line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The title of the article.
    Title,
    /// The name of the outlet.
    Outlet,
    /// The date of publication as printed, without the time.
    Date,
    /// The names of the quoted speakers, each once, joined by `; `.
    Speakers,
}

impl Part {
    /// All parts, in the order of the line.
    pub const ALL: [Self; 4] = [Self::Title, Self::Outlet, Self::Date, Self::Speakers];
}

/// The title, outlet, date and speakers of an article as written, joined by spaces: the line that a
/// query is matched against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyLine {
    /// The whole line.
    pub text: String,
    /// The end of each part as a byte offset, in the order of [`Part::ALL`].
    pub ends: [u16; 4],
}

impl KeyLine {
    /// Builds the key line of one article.
    pub fn of(article: &Article) -> Self {
        let mut line = Self::default();
        let [title, outlet, date, speakers] = &mut line.ends;
        let text = &mut line.text;
        push(text, title, article.title().as_deref().unwrap_or(""));
        push(text, outlet, &squeeze(article.outlet().unwrap_or("")));
        let published = article.structure.published.map(|p| p.to_string());
        // Only the day: a time and a zone would add stray digits to match.
        let day = published.as_deref().unwrap_or("");
        push(text, date, day.get(..10).unwrap_or(day));
        push(text, speakers, &speaker_names(article).join("; "));
        line
    }

    /// Returns the byte range of a part of this line.
    pub fn range(&self, part: Part) -> Range<usize> {
        part_range(self.ends, part)
    }
}

/// Returns the byte range of a part in a line with these `ends`.
pub(super) fn part_range(ends: [u16; 4], part: Part) -> Range<usize> {
    let [title, outlet, date, speakers] = ends.map(usize::from);
    match part {
        Part::Title => 0..title,
        Part::Outlet => (title + 1).min(outlet)..outlet,
        Part::Date => (outlet + 1).min(date)..date,
        Part::Speakers => (date + 1).min(speakers)..speakers,
    }
}

/// Returns the names of the quoted speakers, each once, in the order of their first quotation.
pub(super) fn speaker_names(article: &Article) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let spans = article
        .quotes
        .iter()
        .flat_map(|quote| quote.speakers.iter());
    let names = spans.map(|span| article.words(*span).into_owned());
    names.filter(|name| seen.insert(name.clone())).collect()
}

fn push(line: &mut String, end: &mut u16, words: &str) {
    let room = MAX_LINE.saturating_sub(line.len() + 1);
    let cut = words.floor_char_boundary(room);
    if let Some(words) = words.get(..cut).filter(|words| !words.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(words);
    }
    *end = line.len() as u16;
}
