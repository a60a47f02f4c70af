//! Who speaks in two quotations: the same, perhaps the same, or somebody else.

use super::quote_features::{QuoteFeatures, Quotes};
use super::tokens::hash;
use crate::people::{Directory, PersonId};
use crate::text::fold;

/// What is known of the speakers of two quotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// One speaker: one person, or one name or office within one story.
    Same,
    /// One of them has no speaker.
    Unknown,
    /// Two named speakers.
    Different,
}

/// The speakers of all quotations.
pub(super) struct Voices<'a> {
    directory: &'a Directory,
    /// By place, the hashes of the names of its speakers.
    keys: Vec<Box<[u32]>>,
}

impl<'a> Voices<'a> {
    pub(super) fn of(directory: &'a Directory, quotes: &Quotes) -> Self {
        let keys = quotes.list.iter().map(|quote| {
            let people = directory.speakers_of(quote.quote).iter();
            let names = people.filter_map(|id| Some(&directory.get(*id)?.name));
            names.map(|name| hash(fold(name).as_bytes())).collect()
        });
        Self {
            directory,
            keys: keys.collect(),
        }
    }

    /// The hashes of the names of the speakers of a quotation, by its place: of one name within a
    /// story, though a role is a new person in each article.
    pub(super) fn keys(&self, place: usize) -> &[u32] {
        self.keys.get(place).map_or(&[], |keys| keys)
    }

    /// Who speaks in two quotations, by their places.
    pub(super) fn of_two(
        &self,
        (a, of_a): (usize, &QuoteFeatures),
        (b, of_b): (usize, &QuoteFeatures),
    ) -> Voice {
        let people = |quote: &QuoteFeatures| self.directory.speakers_of(quote.quote);
        let (of_one, of_other) = (people(of_a), people(of_b));
        if of_one.is_empty() || of_other.is_empty() {
            return Voice::Unknown;
        }
        if of_one.iter().any(|id| of_other.contains(id)) {
            return Voice::Same;
        }
        let is_one_story = of_a.story.is_some() && of_a.story == of_b.story;
        let is_one_name = || self.keys(a).iter().any(|key| self.keys(b).contains(key));
        let is_like = || {
            of_one
                .iter()
                .any(|a| of_other.iter().any(|b| self.are_alike(*a, *b)))
        };
        if is_one_story && (is_one_name() || is_like()) {
            Voice::Same
        } else {
            Voice::Different
        }
    }

    /// Whether two names of one story can be those of one speaker: one is the beginning or a part of
    /// the other (`Erick`, `Erick Thohir`), or its first letters (`KPU`).
    fn are_alike(&self, a: PersonId, b: PersonId) -> bool {
        let name = |id| Some(fold(&self.directory.get(id)?.name));
        let Some((a, b)) = name(a).zip(name(b)) else {
            return false;
        };
        let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        let parts: Vec<&str> = long.split([' ', '-']).collect();
        let mut words = short.split([' ', '-']);
        let is_acronym = || {
            let letters = parts.iter().filter_map(|part| part.chars().next());
            parts.len() > 1 && letters.eq(short.chars())
        };
        long.starts_with(&short) && short.contains(' ')
            || words.all(|word| parts.contains(&word))
            || is_acronym()
    }
}
