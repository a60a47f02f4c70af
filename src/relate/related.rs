//! Finds related articles, each with reasons that a reader can check.

use std::collections::{HashMap, HashSet};

use super::bags::{Term, word_of};
use super::events::sharing;
use super::index::Index;
use super::reading::Reading;
use super::tokens::{Gap, Token};
use super::{StoryId, Survey, VariantId};
use crate::language::Packs;
use crate::model::{Article, ArticleId, Corpus};
use crate::people::PersonId;
use crate::text::{ByteSpan, fold, squeeze};

/// Likeness of words at which two articles are seen as mostly of one matter, and how steeply the
/// score rises to there: people tell few degrees apart among articles of one event, and none among
/// those that share only the language.
const ALIKE: f32 = 0.22;
const STEEP: f32 = 1.5;
/// What is left of the likeness of two articles however long the time between them: time is a
/// prior, not a filter.
const TIMELESS: f32 = 0.5;
/// Days after which half of the rest is gone. Reports of one matter become rare within a month.
const HALF_LIFE_DAYS: f32 = 30.0;
/// The prior if a date is unknown: that of about a month.
const UNDATED: f32 = 0.75;
/// Days by which a yearly event may shift. Its report of last year counts as near as one of last
/// month.
const YEARLY_GRACE_DAYS: i32 = 3;
/// Share of the missing score that one shared utterance adds. The same words of the same speaker
/// say more than any other words.
const UTTERANCE: f32 = 0.25;
/// Maximum number of shared utterances that count. A copied speech shares dozens.
const MAX_COUNTED: usize = 4;
/// Share of the missing score that reporting the same event adds.
const EVENT: f32 = 0.3;
/// Minimum similarity, and minimum days apart, for an article to report another event of the same
/// kind.
const OTHER_EVENT: f32 = 0.05;
const OTHER_EVENT_DAYS: i32 = 7;
/// Number of candidates that are fully scored for each requested article.
const CANDIDATES: usize = 4;
/// Maximum number of names and of words of an article that are compared with others. This is far
/// more than a report has; it bounds the cost for a text of millions of words.
const MAX_HELD: usize = 1024;
/// Maximum number of names or words that a reason shows.
const SHOWN: usize = 6;

/// A reason why two articles belong together.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// Nearly the same text, with the share of the shorter one that is in the longer.
    Copy(f32),
    /// Both report the same utterance.
    Utterance(VariantId),
    /// Both report the same event.
    Event(StoryId),
    /// The other article reports another event with the same names, this many days earlier.
    EarlierEvent(i32),
    /// The other article reports another event with the same names, this many days later.
    LaterEvent(i32),
    /// Both quote these speakers.
    Speakers(Vec<PersonId>),
    /// Both mention these names, as written in the text.
    Names(Vec<Box<str>>),
    /// Both contain these other rare words, as written in the text.
    Words(Vec<Box<str>>),
    /// The number of days between the two.
    Days(i32),
}

impl Reason {
    /// Returns the kind of reason, for scripts: `copy`, `utterance`, `event`, `people`, `words` or
    /// `days`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Copy(_) => "copy",
            Self::Utterance(_) => "utterance",
            Self::Event(_) | Self::EarlierEvent(_) | Self::LaterEvent(_) => "event",
            Self::Speakers(_) | Self::Names(_) => "people",
            Self::Words(_) => "words",
            Self::Days(_) => "days",
        }
    }
}

/// An article that is related to another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// The related article.
    pub article: ArticleId,
    /// Strength of the relation, in 0..=1. Symmetric.
    pub score: f32,
    /// The reasons, strongest first.
    pub reasons: Vec<Reason>,
}

impl Survey {
    /// Returns at most `limit` articles related to `article`, closest first. Ties keep the order in
    /// which the articles were read. Takes some milliseconds for a corpus of 100,000 articles.
    pub fn related(
        &self,
        (corpus, packs): (&Corpus, &Packs),
        article: ArticleId,
        limit: usize,
    ) -> Vec<Related> {
        let mut scored: Vec<(ArticleId, f32)> = self
            .candidates(article, limit.saturating_mul(CANDIDATES))
            .into_iter()
            .map(|other| (other, self.score(article, other)))
            .collect();
        scored.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        scored.truncate(limit);
        let read = corpus.get(article);
        let terms = read.map(|read| Terms::of(&self.index, read, packs));
        let related = scored.into_iter().map(|(other, score)| Related {
            article: other,
            score,
            reasons: self.reasons(terms.as_ref(), article, other),
        });
        related.collect()
    }

    /// Returns how strongly two articles are related, in 0..=1. Symmetric.
    pub fn score(&self, a: ArticleId, b: ArticleId) -> f32 {
        // Fix the order, because the last digit of a floating-point sum depends on it.
        let (a, b) = (a.min(b), a.max(b));
        let words = relatedness(self.index.likeness_of_words(a, b));
        let prior = self.index.days_apart(a, b).map_or(UNDATED, prior);
        let utterances = self.variants.in_both(a, b).take(MAX_COUNTED).count();
        let mut missing = 1.0 - words * prior;
        missing *= (1.0 - UTTERANCE).powf(utterances as f32);
        // Shared speakers do not count here: they are names, already weighted by rarity. A person
        // who speaks every day does not tie two articles together.
        if self.stories.are_one(a, b) {
            missing *= 1.0 - EVENT;
        }
        if let Some(shared) = self.copies.shared(a, b) {
            missing *= 1.0 - shared;
        }
        1.0 - missing
    }

    /// Returns the articles that may be related to `article`: by shared terms, utterances, copies
    /// or story.
    fn candidates(&self, article: ArticleId, limit: usize) -> Vec<ArticleId> {
        let index = &self.index;
        let place = index.place(article);
        let all = 0..index.len() as u32;
        let bounds = (f32::MIN_POSITIVE, usize::MAX);
        let mut found = sharing(index, index.terms(article), bounds, &[all]);
        found.retain(|(other, _)| *other != place);
        if found.len() > limit {
            let by_share = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
            found.select_nth_unstable_by(limit, by_share);
            found.truncate(limit);
        }
        let by_words = found
            .into_iter()
            .map(|(place, _)| index.by_date()[place as usize]);
        let mut all: Vec<ArticleId> = by_words.chain(self.known_with(article)).collect();
        all.retain(|other| *other != article);
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Returns the articles that the survey has already grouped with `article`.
    fn known_with(&self, article: ArticleId) -> impl Iterator<Item = ArticleId> {
        let groups = self.variants.in_article(article).iter();
        let utterances = groups.filter_map(|id| self.variants.get(*id));
        let speakers = utterances.flat_map(|group| group.members.iter().map(|m| m.quote.article));
        let story = self.stories.of(article).and_then(|id| self.stories.get(id));
        let story = story.map_or(&[][..], |story| &story.articles);
        let copies = self.copies.of(article);
        speakers
            .chain(story.iter().copied())
            .chain(copies.iter().copied())
    }

    fn common_speakers(&self, a: ArticleId, b: ArticleId) -> Vec<PersonId> {
        let other = self.directory.speakers_in(b);
        let mut common: Vec<_> = self.directory.speakers_in(a).to_vec();
        common.retain(|id| other.contains(id));
        common.sort_unstable();
        common.dedup();
        common
    }

    /// Returns why `a`, which has `terms`, and `b` are related.
    fn reasons(&self, terms: Option<&Terms>, a: ArticleId, b: ArticleId) -> Vec<Reason> {
        let mut reasons = Vec::new();
        reasons.extend(self.copies.shared(a, b).map(Reason::Copy));
        reasons.extend(self.variants.in_both(a, b).map(Reason::Utterance));
        reasons.extend(self.event(a, b));
        let speakers = self.common_speakers(a, b);
        let known = self.words_of(&speakers);
        if !speakers.is_empty() {
            reasons.push(Reason::Speakers(speakers));
        }
        if let Some(terms) = terms {
            let mut shared = terms.shared(self.index.terms(b));
            shared.names.retain(|name| !tells_of(&known, name));
            shared.words.retain(|word| !known.contains(&fold(word)));
            if !shared.names.is_empty() {
                reasons.push(Reason::Names(shared.names));
            }
            if !shared.words.is_empty() {
                reasons.push(Reason::Words(shared.words));
            }
        }
        reasons.extend(self.index.days_apart(a, b).map(Reason::Days));
        reasons
    }

    /// Returns the words in all known names of the speakers, folded.
    fn words_of(&self, speakers: &[PersonId]) -> HashSet<String> {
        let known = speakers.iter().filter_map(|id| self.directory.get(*id));
        let names = known.flat_map(|person| &person.aliases);
        let words = names.flat_map(|alias| alias.written.split([' ', '-']));
        words.map(fold).collect()
    }

    fn event(&self, a: ArticleId, b: ArticleId) -> Option<Reason> {
        if self.stories.are_one(a, b) {
            return self.stories.of(a).map(Reason::Event);
        }
        let later = self.index.day(b)? - self.index.day(a)?;
        let alike = self.index.likeness(a, b) >= OTHER_EVENT;
        match later {
            _ if !alike || later.abs() < OTHER_EVENT_DAYS => None,
            later if later < 0 => Some(Reason::EarlierEvent(-later)),
            later => Some(Reason::LaterEvent(later)),
        }
    }
}

/// Returns whether a name repeats a speaker: its last two words belong to a speaker's name, and
/// only an office precedes them (`Prime Minister Edmund Carrow`).
fn tells_of(known: &HashSet<String>, name: &str) -> bool {
    let mut last = name.rsplit([' ', '-']).take(2);
    last.all(|word| known.contains(&fold(word)))
}

/// How closely two articles of this likeness of words belong together, in 0..1.
fn relatedness(likeness: f32) -> f32 {
    1.0 - (-(likeness / ALIKE).powf(STEEP)).exp()
}

/// How much of the likeness of two articles so many days apart counts.
fn prior(days: i32) -> f32 {
    let years = (days as f32 / 365.25).round();
    let from_year = (days as f32 - years * 365.25).abs();
    let felt = if years > 0.0 && from_year <= YEARLY_GRACE_DAYS as f32 {
        HALF_LIFE_DAYS * years
    } else {
        days as f32
    };
    TIMELESS + (1.0 - TIMELESS) * 0.5_f32.powf(felt / HALF_LIFE_DAYS)
}

/// The names and words of an article as written, each with its term. Read once, then compared with
/// the terms of any other article.
struct Terms<'a> {
    article: &'a Article,
    /// Each two words of a name in a row.
    names: Vec<Pair>,
    /// Where each other term stands first, numbers left out; the rarest first: those that fewest
    /// articles have.
    words: Vec<(Term, ByteSpan)>,
}

/// Two consecutive words of a name.
struct Pair {
    terms: [Term; 2],
    first: ByteSpan,
    second: ByteSpan,
}

impl<'a> Terms<'a> {
    fn of(index: &Index, article: &'a Article, packs: &Packs) -> Self {
        let read = Reading::of(article, packs);
        let term = |token: &Token| index.term(word_of(token)?);
        let mut names = Vec::new();
        let mut words: HashMap<Term, ByteSpan> = HashMap::new();
        for (_, found) in read.passages() {
            names.extend(name_pairs(found).filter_map(|(x, y)| {
                let terms = [term(x)?, term(y)?];
                let (first, second) = (x.span, y.span);
                Some(Pair {
                    terms,
                    first,
                    second,
                })
            }));
            // A bare number stands in reports of anything.
            for token in found.iter().filter(|token| !token.is_number) {
                if let Some(term) = term(token) {
                    words.entry(term).or_insert(token.span);
                }
            }
        }
        let mut words: Vec<(Term, ByteSpan)> = words.into_iter().collect();
        words.sort_by_key(|(term, span)| (index.postings(*term).len(), *span));
        words.truncate(MAX_HELD);
        names.truncate(MAX_HELD);
        Self {
            article,
            names,
            words,
        }
    }

    /// Returns the names and the rarest other words that this article shares with one that has the
    /// terms `other`.
    fn shared(&self, other: &[(Term, f32)]) -> Shared {
        let is_shared = |term: Term| other.binary_search_by_key(&term, |(term, _)| *term).is_ok();
        let text = &self.article.text;
        let mut runs: Vec<ByteSpan> = Vec::new();
        let is_name_shared = |two: &&Pair| two.terms.iter().all(|term| is_shared(*term));
        for two in self.names.iter().filter(is_name_shared) {
            match runs.last_mut() {
                Some(run) if run.end == two.first.end => *run = run.join(two.second),
                _ => runs.push(two.first.join(two.second)),
            }
        }
        let names = distinct(runs.into_iter().map(|span| squeeze(span.of(text)).into()));
        let words = self.words.iter().filter(|(term, _)| is_shared(*term));
        let words = words
            .map(|(_, span)| span.of(text))
            .filter(|word| !names.iter().any(|name| name.contains(word)));
        Shared {
            words: words.take(SHOWN).map(Box::from).collect(),
            names,
        }
    }
}

/// Each two capitalised words in a row that are no stop words.
fn name_pairs(found: &[Token]) -> impl Iterator<Item = (&Token, &Token)> {
    found.windows(2).filter_map(|two| {
        let [first, second] = two else { return None };
        let is_name = match second.gap {
            Gap::Hyphen => first.is_capital,
            Gap::Space => first.is_capital && second.is_capital,
            Gap::Opens | Gap::Sign => false,
        };
        (is_name && !first.is_stop && !second.is_stop).then_some((first, second))
    })
}

/// What two articles share, in the words of the first.
struct Shared {
    names: Vec<Box<str>>,
    words: Vec<Box<str>>,
}

/// Removes repeated names and those that are part of another name. Keeps the order of first
/// mention.
fn distinct(names: impl Iterator<Item = Box<str>>) -> Vec<Box<str>> {
    let mut kept: Vec<(String, Box<str>)> = Vec::new();
    for name in names {
        let folded = fold(&name).replace('-', " ");
        if kept.iter().any(|(other, _)| other.contains(&folded)) {
            continue;
        }
        kept.retain(|(other, _)| !folded.contains(other.as_str()));
        kept.push((folded, name));
    }
    kept.truncate(SHOWN);
    kept.into_iter().map(|(_, name)| name).collect()
}
