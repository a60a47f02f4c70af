//! The names of an article: every mention in its running text, joined into people and bodies, so
//! that a surname, an acronym or an office leads to the fullest name.

use std::collections::HashMap;

use super::lexicon::WordHash;
use super::reading::Reading;
use super::tokens::{Kind, Token};
use crate::language::Roles;
use crate::text::ByteSpan;

/// A person or body in one article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NameId(pub u32);

/// What is known of one.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// The fullest form.
    pub fullest: ByteSpan,
    /// Its words, hashed.
    pub words: Vec<WordHash>,
    /// How often it is named.
    pub count: u32,
    /// How often elsewhere than at the head of a sentence, where a capital proves nothing.
    pub inner: u32,
    /// Where it is named first.
    pub first: u32,
    /// Whether an office or form of address stands before it somewhere.
    pub titled: bool,
    /// Whether it is in capitals alone or begins like a body's name.
    pub is_body: bool,
}

/// The names of one article.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub names: Vec<Name>,
    /// Each word's names, newest last; bounded.
    by_word: HashMap<WordHash, Vec<NameId>>,
    /// Who bears an office.
    by_office: HashMap<WordHash, NameId>,
}

/// What never is part of a name, whatever its capital.
const PLAIN: Roles = Roles::FUNCTION
    .with(Roles::DETERMINER)
    .with(Roles::PREPOSITION)
    .with(Roles::SUBORDINATOR)
    .with(Roles::COORDINATOR)
    .with(Roles::TIME)
    .with(Roles::OPENER)
    .with(Roles::PRONOUN)
    .with(Roles::VERB)
    .with(Roles::GUARDED)
    .with(Roles::ACCORDING)
    .with(Roles::INVERTED)
    .with(Roles::CLITIC)
    .with(Roles::PASSIVE)
    .with(Roles::CARRIER)
    .with(Roles::COMPLEMENTISER)
    .with(Roles::AUXILIARY)
    .with(Roles::BACK_REFERENCE)
    .with(Roles::RELATIVE)
    .with(Roles::FINITE)
    .with(Roles::FIRST_PERSON);

/// What stands before a name without being part of it.
pub(super) const TITLE: Roles = Roles::OFFICE
    .with(Roles::HONORIFIC)
    .with(Roles::PLACE)
    .with(Roles::ORGANISATION);

/// Whether `token` can be part of a name.
pub(super) fn is_name_word(token: &Token) -> bool {
    token.is_capital() && !token.is(PLAIN)
}

/// The run of name words that begins at `at`: capitals, with particles between two of them.
pub(super) fn run(tokens: &[Token], at: usize) -> usize {
    let mut end = at;
    while let Some(token) = tokens.get(end) {
        let part = is_name_word(token)
            || (end > at || token.is(Roles::HONORIFIC))
                && token.kind == Kind::Lower
                && token.is(Roles::PARTICLE.with(Roles::HONORIFIC))
                && tokens.get(end + 1).is_some_and(is_name_word)
            || (end > at
                && token.kind == Kind::Stop
                && token.end - token.start == 1
                && tokens[end - 1].end == token.start
                && (tokens[end - 1].span().len() == 1
                    || tokens[end - 1].is(Roles::HONORIFIC.with(Roles::ABBREVIATION)))
                && tokens.get(end + 1).is_some_and(is_name_word));
        if !part {
            break;
        }
        end += 1;
    }
    end
}

/// The name inside a run, without offices before and degrees behind; `None` where the run is
/// nothing but titles.
pub(super) fn strip(tokens: &[Token], first: usize, last: usize) -> Option<(usize, usize)> {
    let mut last = last;
    while last > first
        && (tokens[last - 1].is(Roles::SUFFIX) && !tokens[last - 1].is(Roles::OFFICE)
            || tokens[last - 1].kind == Kind::Stop)
    {
        last -= 1;
    }
    if first >= last {
        return None;
    }
    if tokens[first].is(Roles::ORGANISATION) {
        return Some((first, last));
    }
    let titled = (first..last).rev().find(|&at| tokens[at].is(TITLE));
    let Some(title) = titled else {
        return Some((first, last));
    };
    let mut begin = title + 1;
    while begin < last && tokens[begin].kind == Kind::Stop {
        begin += 1;
    }
    if begin < last {
        // `OCBC NISP Parwati`: a body's acronym behind an office.
        while begin + 1 < last
            && tokens[begin].kind == Kind::Upper
            && tokens[begin + 1].kind == Kind::Capital
        {
            begin += 1;
        }
        return Some((begin, last));
    }
    // The run ends in a title or place: `Amerika Serikat`, `Presiden`, `Kim Presiden`.
    let offices = (first..last).all(|at| tokens[at].is(Roles::OFFICE.with(Roles::HONORIFIC)));
    let places = (first..last).all(|at| tokens[at].is(Roles::PLACE));
    if places {
        return Some((first, last));
    }
    if offices || tokens[first].is(Roles::OFFICE) {
        return None;
    }
    Some((first, last))
}

impl Names {
    /// Collects the names of a whole article.
    pub fn collect(reading: &Reading<'_>) -> Self {
        let mut names = Self::default();
        for paragraph in &reading.paragraphs {
            let tokens = reading.of(*paragraph);
            let mut at = 0;
            while at < tokens.len() {
                if !is_name_word(&tokens[at]) {
                    at += 1;
                    continue;
                }
                let end = run(tokens, at).max(at + 1);
                names.add_run(tokens, at, end);
                at = end;
            }
        }
        names
    }

    fn add_run(&mut self, tokens: &[Token], first: usize, last: usize) {
        let Some((begin, end)) = strip(tokens, first, last) else {
            return;
        };
        let id = self.add(&tokens[begin..end]);
        let titled = tokens[first..begin]
            .iter()
            .any(|t| t.is(Roles::OFFICE.with(Roles::HONORIFIC)));
        let initial = first == 0 || matches!(tokens[first - 1].kind, Kind::Stop | Kind::Quote);
        if let Some(name) = self.names.get_mut(id.0 as usize) {
            name.titled |= titled;
            name.inner += u32::from(!initial || begin > first);
        }
        for token in tokens[first..begin].iter().filter(|t| t.is(Roles::OFFICE)) {
            self.by_office.insert(token.hash, id);
        }
        // `Korean Central News Agency (KCNA)`, `Saifullah Yusuf (Gus Ipul)`
        if tokens.get(end).is_some_and(|t| t.kind == Kind::Open) && is_name_word_at(tokens, end + 1)
        {
            let close = run(tokens, end + 1);
            if tokens.get(close).is_some_and(|t| t.kind == Kind::Close) && close - end <= 4 {
                for token in &tokens[end + 1..close] {
                    self.link(token.hash, id);
                }
            }
        }
    }

    fn add(&mut self, tokens: &[Token]) -> NameId {
        let words: Vec<WordHash> = tokens
            .iter()
            .filter(|t| t.is_word())
            .map(|t| t.hash)
            .collect();
        let span = match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => first.span().join(ByteSpan {
                start: last.start,
                end: last.base_end(),
            }),
            _ => ByteSpan::default(),
        };
        if let Some(id) = self.find(&words) {
            let name = &mut self.names[id.0 as usize];
            name.count += 1;
            if words.len() > name.words.len() {
                name.fullest = span;
                name.words.clone_from(&words);
            }
            for word in words {
                self.link(word, id);
            }
            return id;
        }
        let id = NameId(self.names.len() as u32);
        let is_body = tokens
            .first()
            .is_some_and(|t| t.is(Roles::ORGANISATION) || t.kind == Kind::Upper);
        for word in &words {
            self.link(*word, id);
        }
        self.names.push(Name {
            fullest: span,
            words,
            count: 1,
            inner: 0,
            first: span.start,
            titled: false,
            is_body,
        });
        id
    }

    fn link(&mut self, word: WordHash, id: NameId) {
        // Few names share a word; a bound keeps hostile texts linear.
        const SHARED: usize = 8;
        let list = self.by_word.entry(word).or_default();
        if let Some(at) = list.iter().position(|known| *known == id) {
            list.remove(at);
        } else if list.len() >= SHARED {
            list.remove(0);
        }
        list.push(id);
    }

    /// The name that these words stand for: all of them in it, or all of it in them.
    fn find(&self, words: &[WordHash]) -> Option<NameId> {
        let first = words.first()?;
        let last = words.last()?;
        let candidates = [last, first]
            .into_iter()
            .filter_map(|word| self.by_word.get(word));
        candidates
            .flat_map(|list| list.iter().rev())
            .copied()
            .find(|id| {
                self.names.get(id.0 as usize).is_some_and(|name| {
                    holds(&name.words, words)
                        || name.words.len() > 1 && holds(words, &name.words)
                        || name.words.len() == 1
                            && words.len() <= 4
                            && (words.first() == name.words.first()
                                || words.last() == name.words.last())
                            && !name.is_body
                })
            })
    }

    /// The name behind a mention's tokens.
    pub fn resolve(&self, tokens: &[Token]) -> Option<NameId> {
        let words: Vec<WordHash> = tokens
            .iter()
            .filter(|t| t.is_word())
            .map(|t| t.hash)
            .collect();
        if let [word] = words.as_slice() {
            let list = self.by_word.get(word)?;
            return list.iter().rev().copied().max_by_key(|id| {
                let name = &self.names[id.0 as usize];
                (name.words.len() > 1, name.count)
            });
        }
        self.find(&words)
    }

    /// Who bears the office that a token names.
    pub fn bearer(&self, office: WordHash) -> Option<NameId> {
        self.by_office.get(&office).copied()
    }

    /// Whether a name is likely a person's.
    pub fn is_person(&self, id: NameId) -> bool {
        self.get(id).is_some_and(|name| {
            !name.is_body && (name.titled || name.words.len() > 1 || name.inner > 0)
        })
    }

    /// Whether it is a name at all rather than a common word at the head of a sentence.
    pub fn is_real(&self, id: NameId) -> bool {
        self.get(id)
            .is_some_and(|name| name.words.len() > 1 || name.inner > 0 || name.is_body)
    }

    pub fn get(&self, id: NameId) -> Option<&Name> {
        self.names.get(id.0 as usize)
    }
}

fn is_name_word_at(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(is_name_word)
}

/// Whether all of `some` stand in `all`.
fn holds(all: &[WordHash], some: &[WordHash]) -> bool {
    some.len() <= all.len() && some.iter().all(|word| all.contains(word))
}
