//! Layouts: what is known of the pages of outlets. For each outlet, its usual name and the forms of
//! lines that only its pages have; for all pages, lines that are furniture. Layouts are read from
//! `assets/layouts` and extended by the user's files.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use include_dir::{Dir, include_dir};
use regex::RegexSet;
use serde::Deserialize;
use toml::Table;

use crate::language::{PackError, RuleFiles};
use crate::text::fold;

use super::openings::Openings;

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/layouts");

/// The contents of a layout file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct LayoutFile {
    furniture: Vec<String>,
    agencies: Vec<String>,
    outlet: Vec<OutletFile>,
}

/// An outlet as defined in a layout file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct OutletFile {
    name: String,
    names: Vec<String>,
    domains: Vec<String>,
    family: Option<String>,
    shapes: Vec<String>,
}

/// Maximum length in bytes of an outlet's name when folded. Longer words are not looked up.
const LONGEST: usize = 40;

/// Maximum length in bytes of words that are folded without allocation.
const FOLD_BUFFER: usize = 64;

/// The compiled layouts of all outlets.
#[derive(Debug)]
pub(super) struct Layouts {
    names: Vec<Box<str>>,
    /// Index of the outlet for each of its names and domains, folded and without spaces.
    known: HashMap<Box<str>, usize, foldhash::fast::RandomState>,
    /// Prefixes that the names of an outlet's channels share (`detik` for `detikNews` and
    /// `detikFinance`), folded, each with the index of the outlet.
    families: Vec<(Box<str>, usize)>,
    /// Domains and distinctive names of outlets, which are searched for in running text.
    mentions: Openings,
    mention_outlets: Vec<usize>,
    shapes: RegexSet,
    shape_outlets: Vec<usize>,
    furniture: RegexSet,
    agencies: Vec<Box<str>>,
    digest: [u8; 32],
}

/// A place in running text where an outlet is named.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mention {
    pub start: usize,
    pub outlet: usize,
}

impl Layouts {
    /// Loads the embedded layouts and those in the user's folder `user`.
    pub(super) fn load(user: Option<&Path>) -> Result<Self, PackError> {
        let mut whole = LayoutFile::default();
        let files = RuleFiles::load(&EMBEDDED, user)?;
        let digest = files.digest();
        for (path, table) in files.tables {
            let file = parse(&path, table)?;
            whole.furniture.extend(file.furniture);
            whole.agencies.extend(file.agencies);
            whole.outlet.extend(file.outlet);
        }
        let layouts = compile(&whole)?;
        Ok(Self { digest, ..layouts })
    }

    /// Returns a digest that identifies these layouts.
    pub(super) fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// Returns the usual name of the outlet with this index.
    pub(super) fn name(&self, outlet: usize) -> &str {
        self.names.get(outlet).map_or("", |name| name)
    }

    /// Returns the index of the outlet of which `words` are a name or a domain, apart from case,
    /// spaces and hyphens. Returns `None` if no outlet is known by them.
    pub(super) fn named(&self, words: &str) -> Option<usize> {
        self.folded(&folded_key(words, &mut [0; FOLD_BUFFER]))
    }

    fn folded(&self, folded: &str) -> Option<usize> {
        if folded.is_empty() || folded.len() > LONGEST {
            return None;
        }
        self.known.get(folded).copied()
    }

    /// Returns the usual name of the outlet that `words` name, even if they name one of its
    /// channels (`detikNews`, `TRIBUN-BALI.COM`). Returns `None` if they name no known outlet.
    pub(super) fn usual_name(&self, words: &str) -> Option<Box<str>> {
        let mut buffer = [0; FOLD_BUFFER];
        let folded = &*folded_key(words, &mut buffer);
        if let Some(outlet) = self.folded(folded) {
            return Some(self.name(outlet).into());
        }
        let (family, outlet) = self
            .families
            .iter()
            .find(|(family, _)| folded.starts_with(&**family) && !words.contains(' '))?;
        let channel = strip_domain(folded.get(family.len()..)?);
        // The papers of a chain are separate outlets, but the channels of a site are not.
        match channel {
            "" | "com" | "news" => Some(self.name(*outlet).into()),
            _ if folded.len() > channel.len() + family.len() => {
                Some(format!("{} {}", capitalised(family), capitalised(channel)).into())
            }
            _ => Some(self.name(*outlet).into()),
        }
    }

    /// Returns the usual name of the outlet to which the web address `url` belongs, or `None` if
    /// that is not known.
    pub(super) fn of_url(&self, url: &str) -> Option<Box<str>> {
        let host = url.split("://").nth(1).unwrap_or(url);
        let mut host = host.split(['/', '?', '#']).next()?.to_ascii_lowercase();
        loop {
            if let Some(outlet) = self.named(&host) {
                return Some(self.name(outlet).into());
            }
            host = host.split_once('.')?.1.to_owned();
        }
    }

    /// Returns all places in `text` where an outlet is named by a domain or a distinctive name, in
    /// text order.
    pub(super) fn mentions<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Mention> + 'a {
        self.mentions.find_iter(text).filter_map(|found| {
            Some(Mention {
                start: found.start,
                outlet: *self.mention_outlets.get(found.word)?,
            })
        })
    }

    /// Returns the index of the outlet whose pages are the only ones with lines of the form of
    /// `line`. Returns `None` if `line` has no such form.
    pub(super) fn of_shape(&self, line: &str) -> Option<usize> {
        // Most lines have no shape, and testing for any is faster than finding which.
        let known = self
            .shapes
            .is_match(line)
            .then(|| self.shapes.matches(line))?;
        let shape = known.iter().next()?;
        self.shape_outlets.get(shape).copied()
    }

    /// Returns whether `line` is furniture whatever page it is on, such as a menu, a notice, or a
    /// line without a letter.
    pub(super) fn is_furniture(&self, line: &str) -> bool {
        !line.contains(char::is_alphabetic) || self.furniture.is_match(line)
    }

    /// Returns whether `words` are the name of a wire agency.
    pub(super) fn is_agency(&self, words: &str) -> bool {
        self.agencies.iter().any(|agency| **agency == *words)
    }
}

/// Returns `words` folded and without spaces and hyphens, so that `Tribun News` and `TRIBUN-NEWS`
/// become the same.
fn key(words: &str) -> String {
    let mut folded = fold(words);
    folded.retain(|c| !is_left_out(c));
    folded
}

fn is_left_out(c: char) -> bool {
    matches!(c, ' ' | '-' | '®' | '(' | ')')
}

/// Returns the [`key`] of `words`, computed in `buffer` if it fits there. This avoids allocations,
/// because most of the words that are looked up are not an outlet.
fn folded_key<'r>(words: &str, buffer: &'r mut [u8; FOLD_BUFFER]) -> Cow<'r, str> {
    if words.len() > FOLD_BUFFER || !words.is_ascii() {
        return key(words).into();
    }
    let mut len = 0;
    for byte in words.bytes().filter(|b| !is_left_out(char::from(*b))) {
        buffer[len] = byte.to_ascii_lowercase();
        len += 1;
    }
    String::from_utf8_lossy(&buffer[..len])
}

/// The endings by which domain names are recognised.
const DOMAIN_ENDINGS: [&str; 8] = [
    ".co.id", ".com", ".co", ".id", ".net", ".news", ".tv", ".org",
];

/// Returns a domain such as `tribunlampung.co.id` without its ending: `tribunlampung`.
pub(super) fn strip_domain(folded: &str) -> &str {
    DOMAIN_ENDINGS
        .iter()
        .find_map(|ending| folded.strip_suffix(ending))
        .unwrap_or(folded)
}

/// Returns whether `words` are a single word with the ending of a domain name, such as
/// `Kompas.com`.
pub(super) fn is_domain(words: &str) -> bool {
    let words = words.trim();
    let ends = |ending: &&str| {
        let rest = words.len().checked_sub(ending.len());
        let tail = rest.and_then(|from| words.as_bytes().get(from..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(ending.as_bytes()))
    };
    words.contains('.') && !words.contains(' ') && DOMAIN_ENDINGS.iter().any(ends)
}

/// Returns `word` with its first letter in upper case.
pub(super) fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

fn parse(path: &str, table: Table) -> Result<LayoutFile, PackError> {
    table
        .try_into()
        .map_err(|error: toml::de::Error| PackError::Invalid {
            path: path.to_owned(),
            reason: error.to_string(),
        })
}

fn compile(file: &LayoutFile) -> Result<Layouts, PackError> {
    let invalid = |reason: String| PackError::Invalid {
        path: "layouts".to_owned(),
        reason,
    };
    let mut names = Vec::new();
    let (mut known, mut families) = (HashMap::default(), Vec::new());
    let (mut mentions, mut mention_outlets) = (Vec::new(), Vec::new());
    let (mut shapes, mut shape_outlets) = (Vec::new(), Vec::new());
    for (index, outlet) in file.outlet.iter().enumerate() {
        names.push(outlet.name.as_str().into());
        known.insert(key(&outlet.name).into_boxed_str(), index);
        for name in outlet.names.iter().chain(&outlet.domains) {
            known.insert(key(name).into_boxed_str(), index);
        }
        for mention in outlet.domains.iter().chain(&outlet.family) {
            mentions.push(mention.as_str());
            mention_outlets.push(index);
        }
        families.extend(outlet.family.iter().map(|f| (key(f).into(), index)));
        shapes.extend(outlet.shapes.iter().map(String::as_str));
        shape_outlets.resize(shapes.len(), index);
    }
    Ok(Layouts {
        digest: [0; 32],
        names,
        known,
        families,
        mentions: Openings::new(mentions),
        mention_outlets,
        shapes: RegexSet::new(&shapes).map_err(|error| invalid(error.to_string()))?,
        shape_outlets,
        furniture: RegexSet::new(&file.furniture).map_err(|error| invalid(error.to_string()))?,
        agencies: file
            .agencies
            .iter()
            .map(|name| name.as_str().into())
            .collect(),
    })
}
