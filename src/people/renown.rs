//! Finds the people whom every reader knows by a short name. A report normally gives a person's
//! full name at the first mention. It leaves it out only if everyone knows the short name (`Wanara
//! Buka Pasar`, `Presiden Wanara`). Such a short name is resolved to one person if nearly the whole
//! corpus uses it for that person.

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::before::Before;
use super::name::{NameKind, NameWords};
use super::surface::Surface;
use crate::model::Article;
use crate::text::ByteSpan;

/// Minimum number of articles that use the short name together with the full name of the person.
const KNOWN: usize = 5;
/// Minimum number, out of ten articles that use the short name, that must mean this person.
const OF_TEN: usize = 9;

/// A person who is known by a short name.
struct Known {
    person: u32,
    /// Folded words of the offices that precede the full name.
    offices: HashSet<Box<str>>,
}

/// The people who are known by a short name, by the key of that name.
pub(super) struct Renown(HashMap<Box<str>, Known>);

/// A short name and its full name in one article.
#[derive(Clone, Copy)]
pub(super) struct Called {
    /// The surface of the full name.
    pub(super) full: u32,
    /// The surface of the short name.
    pub(super) short: u32,
}

impl Renown {
    /// Counts which short names are used for which person. `called` holds the short names of each
    /// article, `offices` the names that follow an office, and `people` the person of each full
    /// name.
    pub(super) fn of(
        surfaces: &[Surface],
        called: impl Iterator<Item = Vec<Called>>,
        offices: &[(u32, Box<str>)],
        people: &[Option<u32>],
    ) -> Self {
        let person = |full: u32| people.get(full as usize).copied().flatten();
        let name = |surface: u32| &surfaces[surface as usize].name;
        let mut articles: HashMap<&str, HashMap<u32, usize>> = HashMap::new();
        for list in called {
            let mut seen = HashSet::new();
            for Called { full, short } in list {
                let is_short = name(short).kind == NameKind::Short
                    && name(full).kind == NameKind::Full
                    && name(short).may_shorten(name(full));
                if let Some(one) = person(full).filter(|_| is_short)
                    && seen.insert((short, one))
                {
                    let known = articles.entry(&*name(short).key).or_default();
                    *known.entry(one).or_default() += 1;
                }
            }
        }
        let mut borne: HashMap<u32, HashSet<Box<str>>> = HashMap::new();
        for (full, office) in offices {
            if let Some(one) = person(*full) {
                borne.entry(one).or_default().insert(office.clone());
            }
        }
        let known = articles.into_iter().filter_map(|(short, of)| {
            let person = foremost(&of)?;
            let offices = borne.get(&person).cloned().unwrap_or_default();
            Some((short.into(), Known { person, offices }))
        });
        Self(known.collect())
    }

    /// Returns the person that a short name means in an article: a known person whose name is in
    /// the title, or follows one of their offices in the text.
    pub(super) fn meant(
        &self,
        article: &Article,
        short: &Surface,
        beside: &NameWords,
    ) -> Option<u32> {
        let known = self.0.get(&short.name.key)?;
        let bears = |span: ByteSpan| match Before::of(&article.text, span, beside) {
            Before::Office(office) => known.offices.contains(&office),
            Before::Body | Before::Other => false,
        };
        // One made of the first sentence is no headline.
        let title = article.structure.title.as_ref();
        let title = title.filter(|title| !title.derived);
        let title = title.map(|title| article.excerpt(&title.text));
        let is_meant = places(&title.unwrap_or_default(), &short.written)
            .next()
            .is_some()
            || places(&article.text, &short.written).any(bears);
        is_meant.then_some(known.person)
    }
}

/// Returns the person that nearly all of the articles mean.
fn foremost(articles: &HashMap<u32, usize>) -> Option<u32> {
    let all: usize = articles.values().sum();
    let (person, most) = articles.iter().max_by_key(|(_, articles)| **articles)?;
    (*most >= KNOWN && *most * 10 >= all * OF_TEN).then_some(*person)
}

/// Returns the positions of a word in a text, as a whole word.
fn places(text: &str, word: &str) -> impl Iterator<Item = ByteSpan> {
    let found = memchr::memmem::find_iter(text.as_bytes(), word);
    let spans = found.map(|at| ByteSpan::new(at, at + word.len()));
    let before = |span: &ByteSpan| text.get(..span.start as usize).unwrap_or("");
    let behind = |span: &ByteSpan| text.get(span.end as usize..).unwrap_or("");
    spans.filter(move |span| {
        !before(span).ends_with(char::is_alphanumeric)
            && !behind(span).starts_with(char::is_alphanumeric)
    })
}
