//! The names of an article: every mention in its running text, joined into people and bodies, so
//! that a surname, an acronym or an office leads to the fullest name.

use super::lexicon::{WordHash, WordMap, WordSet};
use super::reading::Reading;
use super::sentence::SAYING;
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
    /// Whether it is named beside a cue, or with an age: surely someone who can speak.
    pub voice: bool,
    /// Whether it is in capitals alone or begins like a body's name.
    pub is_body: bool,
}

/// The names of one article.
#[derive(Debug, Default)]
pub(super) struct Names {
    all: Vec<Name>,
    /// Each word's names, newest last; bounded.
    by_word: WordMap<Vec<NameId>>,
    /// Who bears an office.
    by_office: WordMap<NameId>,
    /// Whom a short form in brackets stands for.
    by_short: WordMap<NameId>,
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

/// Longer runs of name words are lists without commas, or hostile.
const LONGEST: usize = 24;

/// The run of name words that begins at `at`: capitals, with particles between two of them.
pub(super) fn run(tokens: &[Token], at: usize) -> usize {
    let mut end = at;
    while let Some(token) = tokens.get(end).filter(|_| end - at < LONGEST) {
        let part = is_name_word(token)
            || (end > at || token.is(Roles::HONORIFIC))
                && token.kind == Kind::Lower
                && token.is(Roles::PARTICLE.with(Roles::HONORIFIC))
                && tokens.get(end + 1).is_some_and(is_name_word)
            || (end > at
                && token.kind == Kind::Lower
                && token.is(Roles::BODY_PARTICLE)
                && tokens[at..end].iter().any(|t| t.is(Roles::ORGANISATION))
                && tokens.get(end + 1).is_some_and(is_name_word))
            || (end > at
                && token.kind == Kind::Stop
                && token.end - token.start == 1
                && tokens[end - 1].end == token.start
                && (tokens[end - 1].span().len() == 1
                    || tokens[end - 1].is(Roles::HONORIFIC.with(Roles::ABBREVIATION)))
                && tokens.get(end + 1).is_some_and(is_name_word));
        if !part && !goes_on(tokens, at, end) {
            break;
        }
        end += 1;
    }
    end
}

/// Whether a run that names an office or body goes on behind `and` or a stroke: `Menteri Riset dan
/// Teknologi/Kepala Badan …`.
fn goes_on(tokens: &[Token], first: usize, at: usize) -> bool {
    let Some(token) = tokens.get(at).filter(|_| at > first) else {
        return false;
    };
    let joint = token.kind == Kind::Lower && token.is(Roles::COORDINATOR)
        || token.kind == Kind::Other
            && token.span().len() == 1
            && tokens[at - 1].end == token.start;
    if !joint
        || !tokens
            .get(at + 1)
            .is_some_and(|next| is_name_word(next) && !next.is(Roles::HEARD))
    {
        return false;
    }
    let part = &tokens[first..at];
    let body = part.iter().any(|t| t.is(Roles::ORGANISATION));
    let stroke = token.kind == Kind::Other;
    let led = part[0].is(Roles::OFFICE);
    let plain = part.iter().rev().take_while(|t| !t.is(TITLE)).count();
    let heard = part.iter().any(|t| t.is(Roles::HEARD));
    let next_office = tokens[at + 1].is(Roles::OFFICE.with(Roles::HONORIFIC));
    // `Kepala Bagian Dukungan Kajian dan Penelitian Komisi Rina Halim`: the name comes later.
    let later = tokens[at + 1..]
        .iter()
        .take(LONGEST)
        .take_while(|t| is_name_word(t))
        .any(|t| t.is(Roles::HEARD));
    if led && !heard && !next_office && later {
        return true;
    }
    !heard && (led || body) && (stroke || !next_office && (body || plain <= 1))
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
    if begin < last
        && tokens[begin..last].iter().all(|t| t.kind == Kind::Upper)
        && tokens[title].is(Roles::ORGANISATION)
    {
        return if first == title {
            Some((first, last))
        } else {
            None
        };
    }
    if begin < last {
        // `OCBC NISP Parwati`: a body's acronym behind an office.
        while begin + 1 < last
            && tokens[begin].kind == Kind::Upper
            && tokens[begin + 1].kind == Kind::Capital
        {
            begin += 1;
        }
        let placed = tokens[title].is(Roles::PLACED) && last - begin > 2;
        let bare = begin + usize::from(placed);
        return Some((heard_from(tokens, begin, last).unwrap_or(bare), last));
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

/// Where the person's name begins in what follows an office: at the word by which the person is
/// named elsewhere, with one before it where that word comes last.
fn heard_from(tokens: &[Token], begin: usize, last: usize) -> Option<usize> {
    let heard = (begin..last).find(|&at| tokens[at].is(Roles::HEARD))?;
    if heard + 1 == last && last - begin > 1 {
        return Some(if last - begin <= 3 { begin } else { heard - 1 });
    }
    Some(heard)
}

impl Names {
    /// Collects the names of a whole article: first those inside sentences, where a capital means
    /// a name, then those at the head of one, where it may not.
    pub fn collect(reading: &Reading<'_>) -> Self {
        let mut names = Self::default();
        for initial in [false, true] {
            for paragraph in &reading.paragraphs {
                names.add_paragraph(reading.of(*paragraph), initial);
            }
        }
        names
    }

    fn add_paragraph(&mut self, tokens: &[Token], initial: bool) {
        let mut at = 0;
        while at < tokens.len() {
            if !is_name_word(&tokens[at]) {
                at += 1;
                continue;
            }
            let end = run(tokens, at).max(at + 1);
            if is_initial(tokens, at) == initial {
                let first = if initial {
                    self.trimmed(tokens, at, end)
                } else {
                    at
                };
                self.add_run(tokens, first, end);
            }
            at = end;
        }
    }

    /// Where a name at the head of a sentence begins: behind a common word that only the sentence
    /// gave a capital (`Praktis Bima …`).
    fn trimmed(&self, tokens: &[Token], first: usize, last: usize) -> usize {
        let head = &tokens[first];
        let known = head.is(TITLE) || self.by_word.contains_key(&head.hash);
        let tail = tokens
            .get(first + 1)
            .is_some_and(|next| self.by_word.contains_key(&next.hash));
        if last > first + 1 && !known && tail {
            first + 1
        } else {
            first
        }
    }

    fn add_run(&mut self, tokens: &[Token], first: usize, last: usize) {
        let Some((begin, end)) = strip(tokens, first, last) else {
            return;
        };
        let id = self.add(&tokens[begin..end]);
        let titled = tokens[first..begin]
            .iter()
            .any(|t| t.is(Roles::OFFICE.with(Roles::HONORIFIC)))
            || first > 0
                && tokens[first - 1].kind == Kind::Lower
                && tokens[first - 1].is(Roles::OFFICE)
            || tokens.get(end).is_some_and(|t| t.kind == Kind::Comma)
                && tokens.get(end + 1).is_some_and(|t| {
                    t.kind == Kind::Lower && t.is(Roles::OFFICE)
                        || t.kind == Kind::Number && t.span().len() == 2
                });
        let initial = is_initial(tokens, first);
        let heard = tokens[begin..end].iter().any(|t| t.is(Roles::HEARD));
        let aged = tokens.get(end).is_some_and(|t| t.kind == Kind::Open)
            && tokens
                .get(end + 1)
                .is_some_and(|t| t.kind == Kind::Number && t.span().len() <= 2)
            && tokens.get(end + 2).is_some_and(|t| t.kind == Kind::Close);
        if let Some(name) = self.all.get_mut(id.0 as usize) {
            name.titled |= titled;
            name.voice |= heard || aged;
            name.first = name.first.min(tokens[begin].start);
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
                    self.by_short.insert(token.hash, id);
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
        let short = match words.as_slice() {
            [word] => self.by_short.get(word).copied(),
            _ => None,
        };
        if let Some(id) = short.or_else(|| self.find(&words)) {
            let name = &mut self.all[id.0 as usize];
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
        let id = NameId(self.all.len() as u32);
        let is_body = tokens
            .first()
            .is_some_and(|t| t.is(Roles::ORGANISATION) || t.kind == Kind::Upper)
            || tokens.last().is_some_and(|t| t.is(Roles::ORGANISATION));
        for word in &words {
            self.link(*word, id);
        }
        self.all.push(Name {
            fullest: span,
            words,
            count: 1,
            inner: 0,
            first: span.start,
            titled: false,
            voice: false,
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
                self.all.get(id.0 as usize).is_some_and(|name| {
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
                let name = &self.all[id.0 as usize];
                (name.words.len() > 1, name.count)
            });
        }
        self.find(&words)
    }

    /// Who bears the office that a token names.
    pub fn bearer(&self, office: WordHash) -> Option<NameId> {
        self.by_office.get(&office).copied()
    }

    /// Whether a name is surely someone who speaks: heard beside a cue, titled, or given an age.
    pub fn is_voice(&self, id: NameId) -> bool {
        self.get(id)
            .is_some_and(|name| name.voice || name.titled && !name.is_body)
    }

    /// Whether a name is likely a person's.
    pub fn is_person(&self, id: NameId) -> bool {
        self.get(id).is_some_and(|name| {
            !name.is_body && (name.titled || name.words.len() > 1 || name.inner > 0)
        })
    }

    /// Whether it is likely a body rather than a person.
    pub fn is_body(&self, id: NameId) -> bool {
        self.get(id).is_some_and(|name| name.is_body)
    }

    /// Whether it is a name at all rather than a common word at the head of a sentence.
    pub fn is_real(&self, id: NameId) -> bool {
        self.get(id)
            .is_some_and(|name| name.words.len() > 1 || name.inner > 0 || name.is_body)
    }

    pub fn get(&self, id: NameId) -> Option<&Name> {
        self.all.get(id.0 as usize)
    }
}

/// Whether the sentence alone may have given the word at `at` its capital.
fn is_initial(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_none_or(|before| {
            matches!(
                before.kind,
                Kind::Stop | Kind::Quote | Kind::Colon | Kind::Other | Kind::Dash
            )
        })
}

/// Marks every word that is named alone, or as one of two, beside a cue somewhere in the article:
/// by those words a name is told from the office before it.
pub(super) fn mark_heard(tokens: &mut [Token], paragraphs: &[super::reading::Paragraph]) {
    let mut heard = WordSet::default();
    for paragraph in paragraphs {
        let tokens = tokens.get(paragraph.first..paragraph.last).unwrap_or(&[]);
        for (at, token) in tokens.iter().enumerate() {
            if token.roles.is_empty() {
                continue;
            }
            if token.is(Roles::INVERTED.with(Roles::ACCORDING)) {
                note(tokens, at + 1, &mut heard);
            } else if token.kind == Kind::Lower && token.is(SAYING) {
                let mut end = at;
                while end > 0
                    && tokens[end - 1].kind == Kind::Lower
                    && tokens[end - 1].is(Roles::AUXILIARY)
                {
                    end -= 1;
                }
                let begin = (end.saturating_sub(3)..end)
                    .rev()
                    .take_while(|&i| is_name_word(&tokens[i]))
                    .last();
                if let Some(begin) = begin {
                    note(tokens, begin, &mut heard);
                }
                note(tokens, at + 1, &mut heard);
            }
        }
    }
    for token in tokens.iter_mut().filter(|t| t.is_capital()) {
        if heard.contains(&token.hash) {
            token.roles |= Roles::HEARD;
        }
    }
}

/// Marks every word that stands alone behind a preposition of place somewhere in the article (`di
/// Lareng`), unless it also is heard: by those words a land is told from the name behind it.
pub(super) fn mark_places(tokens: &mut [Token]) {
    let mut places = WordSet::default();
    for (at, token) in tokens.iter().enumerate() {
        let named = token.is(Roles::LOCATIVE)
            && is_name_word_at(tokens, at + 1)
            && run(tokens, at + 1) == at + 2
            && tokens[at + 1].kind == Kind::Capital
            && !tokens[at + 1].is(TITLE.with(Roles::HEARD));
        if named {
            places.insert(tokens[at + 1].hash);
        }
    }
    for token in tokens.iter_mut().filter(|t| t.is_capital()) {
        if places.contains(&token.hash) {
            token.roles |= Roles::PLACE;
        }
    }
}

fn note(tokens: &[Token], at: usize, heard: &mut WordSet) {
    if !is_name_word_at(tokens, at) || tokens[at].is(TITLE) {
        return;
    }
    let end = run(tokens, at);
    if end - at <= 2 {
        heard.extend(
            tokens[at..end]
                .iter()
                .filter(|t| is_name_word(t) && !t.is(TITLE))
                .map(|t| t.hash),
        );
    }
}

fn is_name_word_at(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(is_name_word)
}

/// Whether all of `some` stand in `all`.
fn holds(all: &[WordHash], some: &[WordHash]) -> bool {
    some.len() <= all.len() && some.iter().all(|word| all.contains(word))
}
