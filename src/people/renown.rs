//! Whom every reader knows. A report gives a person's full name at the first mention; it spares it
//! only for one whom all know by the short one (`Wanara Buka Pasar`, `Presiden Wanara`). Such a short
//! name is that of the one person whom the corpus calls so, if nearly all of it calls one person so.

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::before::Before;
use super::name::{NameKind, NameWords};
use super::surface::Surface;
use crate::model::Article;
use crate::text::ByteSpan;

/// Articles that must call a person so, with the full name beside.
const KNOWN: usize = 5;
/// Of ten articles that call somebody so, these must mean the one.
const OF_TEN: usize = 9;

/// Somebody of renown.
struct Known {
    person: u32,
    /// Words of the offices that stand before the full name, folded.
    offices: HashSet<Box<str>>,
}

/// The people whom a corpus knows by a short name, by its key.
pub(super) struct Renown(HashMap<Box<str>, Known>);

/// A name of one article.
#[derive(Clone, Copy)]
pub(super) struct Called {
    /// The full name there.
    pub(super) full: u32,
    /// The short one for it.
    pub(super) short: u32,
}

impl Renown {
    /// Counts who is called how. Of each article, `called` has the short names, `offices` the names
    /// that stand behind an office; `people` tells whose each full name is.
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

    /// Whom a short name means in an article: the one of renown, where the title has the name or
    /// the text has it behind an office of theirs.
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

/// The one who is nearly always called so.
fn foremost(articles: &HashMap<u32, usize>) -> Option<u32> {
    let all: usize = articles.values().sum();
    let (person, most) = articles.iter().max_by_key(|(_, articles)| **articles)?;
    (*most >= KNOWN && *most * 10 >= all * OF_TEN).then_some(*person)
}

/// Where a word stands in a text by itself.
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
