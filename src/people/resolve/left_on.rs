//! Joins names on which an office or a body has left a word with what is left of them without it.

use foldhash::{HashMap, HashSet};

use super::super::evidence::NameEvidence;
use super::super::name::NameKind;
use super::super::name_words::NameWords;
use super::super::spelling::is_letters;
use super::super::surface::Surface;
use super::nodes::Nodes;

/// The key of a name, and of what is left of it without a word that is none of its own.
type Rest = (Box<str>, Box<str>);

/// The keys of names on which an office or a body has left a word.
pub(super) type LeftOn = HashSet<Box<str>>;

impl Nodes<'_> {
    /// Joins names that stand only behind an office with what is left without their first words
    /// (`Menteri Luar Negeri Merrin Nora Selwyn`), where that stands alone, too, and these words
    /// stand before several such names, end that of a body (`Kementerian Luar Negeri Merrin`) or go
    /// on with one (`Kepala Badan Perencanaan Lutfi Amarang`): so they are the office's.
    pub(super) fn join_behind_offices(&mut self, left_on: &mut LeftOn) {
        let mut of_words: HashMap<Box<str>, Vec<Rest>> = HashMap::default();
        let known = self.full_keys();
        let is_named = |one: &&Surface| one.speaks && one.name.kind != NameKind::Description;
        let speaking = || self.table.surfaces.iter().filter(is_named);
        let bodies = speaking().map(|one| &one.name);
        let bodies = bodies.filter(|name| name.kind == NameKind::Institution);
        let ends: HashSet<&Box<str>> = bodies.filter_map(|name| name.parts.last()).collect();
        let mut same = Vec::new();
        for surface in speaking().filter(|one| !one.is_bare) {
            let name = &surface.name;
            for words in 1..name.parts.len().saturating_sub(1) {
                let rest = name.key_behind(words);
                if !known.contains(&*rest) {
                    continue;
                }
                let last = name.parts.get(words - 1);
                if surface.is_behind_body || last.is_some_and(|last| ends.contains(last)) {
                    same.push((self.key(surface), rest));
                } else {
                    let first = name.parts.iter().take(words);
                    let first = first.map(|part| &**part).collect::<Vec<_>>().join(" ");
                    let names = of_words.entry(first.into()).or_default();
                    names.push((self.key(surface), rest));
                }
            }
        }
        let several = of_words.into_values();
        let several = several.filter(|names| names.iter().any(|(_, rest)| *rest != names[0].1));
        same.extend(several.flatten());
        self.join_rests(same, left_on);
    }

    /// Joins names that begin with the letters or the several words of a body with the known name
    /// behind them (`Pembina BMI Sari Melati`, `Fraksi Kopi Nusantara Sari Melati`).
    pub(super) fn join_behind_bodies(&mut self, left_on: &mut LeftOn, beside: &NameWords) {
        let known = self.full_keys();
        let mut same = Vec::new();
        let is_named = |one: &&Surface| one.speaks && one.name.kind != NameKind::Description;
        for surface in self.table.surfaces.iter().filter(is_named) {
            let name = &surface.name;
            let written: Vec<&str> = surface.written.split_whitespace().collect();
            let letters = written.iter().rposition(|word| is_letters(word));
            let is_body = name
                .parts
                .first()
                .is_some_and(|first| beside.is_body(first));
            let first = match (letters, is_body) {
                // Behind the letters, counted from the end: titles may be off the front.
                (Some(at), _) if at + 2 < written.len() => {
                    name.parts.len().checked_sub(written.len() - at - 1)
                }
                (_, true) => Some(2),
                _ => None,
            };
            let Some(first) = first else {
                continue;
            };
            let rests = first.max(1)..name.parts.len().saturating_sub(1);
            let rests = rests.map(|words| name.key_behind(words));
            if let Some(rest) = rests.into_iter().find(|rest| known.contains(&**rest)) {
                same.push((self.key(surface), rest));
            }
        }
        self.join_rests(same, left_on);
    }

    /// Joins a name with what is left of it from the word on by which its article calls the speaker
    /// (`Universitas Selayung Meutia Randakila`, then `Meutia`), where that stands alone elsewhere.
    pub(super) fn join_called(&mut self, left_on: &mut LeftOn) {
        let known = self.full_keys();
        let first_names = self.first_names();
        let mut same = Vec::new();
        let said = self.table.articles.iter().flat_map(|names| &names.said);
        for (full, short) in said.filter_map(|said| Some((said.full, said.mention?))) {
            let surface = &self.table.surfaces[full as usize];
            let [form] = &self.table.surfaces[short as usize].name.parts[..] else {
                continue;
            };
            // `Tri Rina Halim`, whom her report calls Rina, is not Rina Halim.
            let first = surface.name.parts.first();
            if first.is_some_and(|first| first_names.contains(first)) {
                continue;
            }
            let mut parts = surface.name.parts.iter().skip(1);
            let rest = parts.position(|part| part == form);
            let rest = rest.map(|words| surface.name.key_behind(words + 1));
            if let Some(rest) = rest.filter(|rest| known.contains(&**rest)) {
                same.push((self.key(surface), rest));
            }
        }
        self.join_rests(same, left_on);
    }

    /// The words with which the full names of at least two people begin.
    fn first_names(&self) -> HashSet<Box<str>> {
        let mut second: HashMap<&str, &str> = HashMap::default();
        let mut found = HashSet::default();
        for surface in &self.table.surfaces {
            if let (NameKind::Full, [first, next, ..]) =
                (surface.name.kind, &surface.name.parts[..])
            {
                let known = *second.entry(first).or_insert(next);
                if known != &**next {
                    found.insert(first.clone());
                }
            }
        }
        found
    }

    /// The keys of the full names of those who speak.
    fn full_keys(&self) -> HashSet<Box<str>> {
        let full = self.table.surfaces.iter().filter(|one| one.speaks);
        let full = full.filter(|one| one.name.kind == NameKind::Full && !one.name.is_place);
        full.map(|one| one.name.key.clone()).collect()
    }

    fn join_rests(&mut self, mut same: Vec<Rest>, left_on: &mut LeftOn) {
        same.sort_unstable();
        same.dedup();
        for (long, rest) in same {
            left_on.insert(long.clone());
            let (long, rest) = (self.node(long), self.node(rest));
            self.join(long, rest, NameEvidence::Written);
        }
    }
}
