//! Layouts: outlets with their usual names and the shapes of their pages, and furniture that any
//! page may have. They are read from `assets/layouts` and extended by the user's files.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use include_dir::{Dir, include_dir};
use regex::RegexSet;
use serde::Deserialize;
use toml::Table;

use crate::language::{PackError, digest, load_tables};
use crate::text::fold;

use super::openings::Openings;

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/layouts");

/// A layout file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct LayoutFile {
    furniture: Vec<String>,
    agencies: Vec<String>,
    outlet: Vec<OutletFile>,
}

/// An outlet as defined in a file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct OutletFile {
    name: String,
    names: Vec<String>,
    domains: Vec<String>,
    family: Option<String>,
    shapes: Vec<String>,
}

/// Maximum length in bytes of a folded outlet name.
const LONGEST: usize = 40;

/// Maximum length in bytes of words that are folded without allocation.
const ROOM: usize = 64;

/// All layouts, compiled.
#[derive(Debug)]
pub(super) struct Layouts {
    names: Vec<Box<str>>,
    /// Index of the outlet for each folded name and domain without spaces.
    known: HashMap<Box<str>, usize, foldhash::fast::RandomState>,
    /// Folded prefixes of channel names, with the outlet of each.
    families: Vec<(Box<str>, usize)>,
    /// Domains and distinctive names, which are searched in running text.
    mentions: Openings,
    mention_outlets: Vec<usize>,
    shapes: RegexSet,
    shape_outlets: Vec<usize>,
    furniture: RegexSet,
    agencies: Vec<Box<str>>,
    digest: [u8; 32],
}

/// An outlet's name in running text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mention {
    pub start: usize,
    pub outlet: usize,
}

impl Layouts {
    /// Loads the embedded layouts and those in a user's folder.
    pub(super) fn load(user: Option<&Path>) -> Result<Self, PackError> {
        let mut whole = LayoutFile::default();
        let files = load_tables(&EMBEDDED, user)?;
        let digest = digest(&files);
        for (path, table) in files {
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

    /// Returns an outlet's usual name.
    pub(super) fn name(&self, outlet: usize) -> &str {
        self.names.get(outlet).map_or("", |name| name)
    }

    /// Returns the outlet with this exact name, domain or channel.
    pub(super) fn named(&self, words: &str) -> Option<usize> {
        self.folded(&folded_key(words, &mut [0; ROOM]))
    }

    fn folded(&self, folded: &str) -> Option<usize> {
        if folded.is_empty() || folded.len() > LONGEST {
            return None;
        }
        self.known.get(folded).copied()
    }

    /// Returns the usual name of the outlet that `words` name, also by one of its channels
    /// (`detikNews`, `TRIBUN-BALI.COM`).
    pub(super) fn usual_name(&self, words: &str) -> Option<Box<str>> {
        let mut room = [0; ROOM];
        let folded = &*folded_key(words, &mut room);
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

    /// Returns the outlet that owns the web address `url`.
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

    /// Returns the outlets' names in running text, in order.
    pub(super) fn mentions<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Mention> + 'a {
        self.mentions.find_iter(text).filter_map(|found| {
            Some(Mention {
                start: found.start(),
                outlet: *self.mention_outlets.get(found.pattern().as_usize())?,
            })
        })
    }

    /// Returns the outlet that is the only one with lines like `line`.
    pub(super) fn of_shape(&self, line: &str) -> Option<usize> {
        // Most lines have no shape, and testing for any is faster than finding which.
        let known = self
            .shapes
            .is_match(line)
            .then(|| self.shapes.matches(line))?;
        let shape = known.iter().next()?;
        self.shape_outlets.get(shape).copied()
    }

    /// Returns whether `line` is furniture on any page.
    pub(super) fn is_furniture(&self, line: &str) -> bool {
        self.furniture.is_match(line)
    }

    /// Returns whether `words` are the name of a wire agency.
    pub(super) fn is_agency(&self, words: &str) -> bool {
        self.agencies.iter().any(|agency| **agency == *words)
    }
}

/// Folds `words` and removes spaces and hyphens, so that `Tribun News` and `TRIBUN-NEWS` are equal.
fn key(words: &str) -> String {
    let mut folded = fold(words);
    folded.retain(|c| !matches!(c, ' ' | '-' | '®' | '(' | ')'));
    folded
}

/// Computes [`key`], in the buffer `room` if it fits. This avoids allocations, because most words
/// that are looked up are no outlet.
fn folded_key<'r>(words: &str, room: &'r mut [u8; ROOM]) -> Cow<'r, str> {
    if words.len() > ROOM || !words.is_ascii() {
        return key(words).into();
    }
    let mut len = 0;
    for byte in words
        .bytes()
        .filter(|b| !matches!(b, b' ' | b'-' | b'(' | b')'))
    {
        room[len] = byte.to_ascii_lowercase();
        len += 1;
    }
    String::from_utf8_lossy(&room[..len])
}

/// Endings of web addresses.
const ENDINGS: [&str; 8] = [
    ".co.id", ".com", ".co", ".id", ".net", ".news", ".tv", ".org",
];

/// Removes the ending of a web address such as `tribunlampung.co.id`.
pub(super) fn strip_domain(folded: &str) -> &str {
    ENDINGS
        .iter()
        .find_map(|ending| folded.strip_suffix(ending))
        .unwrap_or(folded)
}

/// Returns whether `words` are one word with the ending of a web address.
pub(super) fn is_domain(words: &str) -> bool {
    let words = words.trim();
    let ends = |ending: &&str| {
        let rest = words.len().checked_sub(ending.len());
        let tail = rest.and_then(|from| words.as_bytes().get(from..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(ending.as_bytes()))
    };
    words.contains('.') && !words.contains(' ') && ENDINGS.iter().any(ends)
}

/// Returns the word with its first letter capitalised.
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
        mentions: Openings::new(&mentions).map_err(|error| invalid(error.to_string()))?,
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
