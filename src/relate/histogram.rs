//! The histogram of statements over time: how many were published in each step, by whom and of what
//! kind, and what was said most.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::days::CorpusDays;
use super::{Grain, StoryId, Survey, timeline};
use crate::model::{ArticleId, Corpus, QuoteId, QuoteKind};
use crate::people::PersonId;

/// Which statements a timeline shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The statements of one speaker.
    Speaker(PersonId),
    /// The statements in one story.
    Story(StoryId),
    /// All statements of the corpus.
    All,
}

/// By what the bars of a histogram are divided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stack {
    /// By the outlet that published a statement.
    #[default]
    Outlet,
    /// By the speaker.
    Speaker,
    /// By the kind of the quotation.
    Kind,
}

impl Stack {
    /// All ways to divide the bars.
    pub const ALL: [Self; 3] = [Self::Outlet, Self::Speaker, Self::Kind];
}

/// Number of series into which a bar is divided. The last one counts all that is in no other.
pub const SERIES: usize = 5;

/// The number of statements in each series of a bar.
pub type Counts = [u32; SERIES];

/// One step of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bin {
    /// The first day of the step, or `None` for statements in undated articles.
    pub start: Option<NaiveDate>,
    /// The statements, by date and then in the order in which they were read. Never empty.
    pub quotes: Vec<QuoteId>,
    /// The counts of statements by each of [`Stack::ALL`].
    pub by: [Counts; 3],
    /// The outlets that published most of the statements, each as an index into
    /// [`Histogram::outlets`] with its count, highest first.
    pub outlets: Vec<(u32, u32)>,
    /// The statement that was reported most often in this step, and the number of its reports.
    pub most: (QuoteId, usize),
}

impl Bin {
    /// Returns the counts of the step's statements, divided by `stack`.
    pub fn counts(&self, stack: Stack) -> &Counts {
        &self.by[stack as usize]
    }
}

/// A person or an outlet as one series of a histogram, or the kind of quotations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Its name, or `None` if the outlet or the speaker is unknown.
    pub name: Option<Box<str>>,
    /// The person, if it is one.
    pub person: Option<PersonId>,
    /// The number of its statements.
    pub count: u32,
}

/// Statements counted by steps of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Histogram {
    /// Which statements are counted.
    pub scope: Scope,
    /// The length of a step.
    pub grain: Grain,
    /// The steps that have statements, by date. Statements of undated articles are in a last step.
    pub bins: Vec<Bin>,
    /// The named series of each of [`Stack::ALL`], those with most statements first, at most one
    /// less than [`SERIES`].
    pub series: [Vec<Series>; 3],
    /// The names of all outlets that published a statement, those with most first. `None` is an
    /// unknown outlet.
    pub outlets: Vec<Option<Box<str>>>,
    /// The days of the corpus, outside of which a date is marked.
    pub days: Option<CorpusDays>,
    /// The number of all statements.
    pub count: usize,
}

/// Maximum number of outlets that the line of a step names.
const NAMED: usize = 3;

impl Histogram {
    /// Counts the statements of `scope` by steps of `grain`. Returns `None` if cancelled.
    pub fn of(
        (corpus, survey): (&Corpus, &Survey),
        (scope, grain): (Scope, Grain),
        is_cancelled: &dyn Fn() -> bool,
    ) -> Option<Self> {
        let quotes = statements(corpus, survey, scope);
        let facts = Facts::of((corpus, survey), &quotes, is_cancelled)?;
        let count = quotes.len();
        let line = timeline(corpus, quotes, grain);
        let mut bins = Vec::with_capacity(line.steps.len() + 1);
        let undated = (!line.undated.is_empty()).then_some((None, line.undated));
        let dated = line.steps.into_iter();
        let dated = dated.map(|(start, quotes)| (Some(start), quotes));
        for (start, quotes) in dated.chain(undated) {
            if is_cancelled() {
                return None;
            }
            bins.extend(facts.bin(start, quotes));
        }
        Some(Self {
            scope,
            grain,
            bins,
            series: facts.series,
            outlets: facts.outlets,
            days: survey.trends.days,
            count,
        })
    }
}

/// The statements of a scope: all of its quotations, so that every view counts the same.
fn statements(corpus: &Corpus, survey: &Survey, scope: Scope) -> Vec<QuoteId> {
    let of = |article: ArticleId| {
        let count = corpus.get(article).map_or(0, |known| known.quotes.len());
        (0..count as u32).map(move |index| QuoteId { article, index })
    };
    match scope {
        Scope::Speaker(id) => {
            let person = survey.directory.get(id);
            let quotes = person.map_or(&[][..], |person| &person.quotes);
            quotes.to_vec()
        }
        Scope::Story(id) => {
            let story = survey.stories.get(id);
            let articles = story.map_or(&[][..], |story| &story.articles);
            articles.iter().flat_map(|id| of(*id)).collect()
        }
        Scope::All => corpus.iter().flat_map(|(id, _)| of(id)).collect(),
    }
}

/// What is counted of each statement, and the series that it belongs to.
struct Facts<'a> {
    known: (&'a Corpus, &'a Survey),
    series: [Vec<Series>; 3],
    outlets: Vec<Option<Box<str>>>,
    outlet_of: HashMap<Option<&'a str>, u32>,
    speaker_of: HashMap<Option<PersonId>, u32>,
    kind_of: HashMap<QuoteKind, u32>,
}

/// Returns the keys of `counts`, the highest first, and the rank of each.
fn ranked<K: Copy + Ord + std::hash::Hash>(
    counts: HashMap<K, u32>,
) -> (Vec<(K, u32)>, HashMap<K, u32>) {
    let mut list: Vec<(K, u32)> = counts.into_iter().collect();
    list.sort_unstable_by_key(|(key, count)| (std::cmp::Reverse(*count), *key));
    let ranks = (0..).zip(&list).map(|(rank, (key, _))| (*key, rank));
    let ranks = ranks.collect();
    (list, ranks)
}

impl<'a> Facts<'a> {
    fn of(
        known: (&'a Corpus, &'a Survey),
        quotes: &[QuoteId],
        is_cancelled: &dyn Fn() -> bool,
    ) -> Option<Self> {
        /// Number of statements between two looks at whether the work is cancelled.
        const AT_ONCE: usize = 4096;
        let (corpus, survey) = known;
        let mut outlets: HashMap<Option<&str>, u32> = HashMap::new();
        let mut speakers: HashMap<Option<PersonId>, u32> = HashMap::new();
        let mut kinds: HashMap<QuoteKind, u32> = HashMap::new();
        for some in quotes.chunks(AT_ONCE) {
            if is_cancelled() {
                return None;
            }
            for id in some {
                if let Some((article, quote)) = corpus.quote(*id) {
                    *outlets.entry(article.outlet()).or_default() += 1;
                    *speakers.entry(speaker(survey, *id)).or_default() += 1;
                    *kinds.entry(quote.kind).or_default() += 1;
                }
            }
        }
        let (outlets, outlet_of) = ranked(outlets);
        let (speakers, speaker_of) = ranked(speakers);
        let (kinds, kind_of) = ranked(kinds);
        let by_outlet = outlets.iter().map(|(name, count)| Series {
            name: name.map(Box::from),
            person: None,
            count: *count,
        });
        let by_speaker = speakers.iter().map(|(person, count)| Series {
            name: person.and_then(|id| Some(survey.directory.get(id)?.name.clone())),
            person: *person,
            count: *count,
        });
        let by_kind = kinds.iter().map(|(kind, count)| Series {
            name: Some(kind.name().into()),
            person: None,
            count: *count,
        });
        let named = SERIES - 1;
        Some(Self {
            known,
            series: [
                by_outlet.take(named).collect(),
                by_speaker.take(named).collect(),
                by_kind.take(named).collect(),
            ],
            outlets: outlets
                .into_iter()
                .map(|(name, _)| name.map(Box::from))
                .collect(),
            outlet_of,
            speaker_of,
            kind_of,
        })
    }

    /// Counts the statements of one step. Returns `None` if there are none.
    fn bin(&self, start: Option<NaiveDate>, quotes: Vec<QuoteId>) -> Option<Bin> {
        let (corpus, survey) = self.known;
        let mut by = [Counts::default(); 3];
        let mut outlets: HashMap<u32, u32> = HashMap::new();
        let mut told: HashMap<super::VariantId, (QuoteId, usize)> = HashMap::new();
        let mut most = (*quotes.first()?, 1);
        let mut is_marked = false;
        for id in &quotes {
            let Some((article, quote)) = corpus.quote(*id) else {
                continue;
            };
            let outlet = self.outlet_of.get(&article.outlet()).copied();
            let speaker = self.speaker_of.get(&speaker(survey, *id)).copied();
            let kind = self.kind_of.get(&quote.kind).copied();
            for (counts, rank) in by.iter_mut().zip([outlet, speaker, kind]) {
                let at = rank.map_or(SERIES - 1, |rank| (rank as usize).min(SERIES - 1));
                counts[at] += 1;
            }
            *outlets.entry(outlet.unwrap_or_default()).or_default() += 1;
            if let Some(variant) = survey.variants.of(*id) {
                let known = told.entry(variant).or_insert((*id, 0));
                known.1 += 1;
                if known.1 > most.1 {
                    most = *known;
                }
            }
            // Where nothing is said twice, words in marks say more than a report of them.
            if most.1 == 1 && !is_marked && quote.kind == QuoteKind::Direct {
                (most.0, is_marked) = (*id, true);
            }
        }
        let (mut outlets, _) = ranked(outlets);
        outlets.truncate(NAMED);
        Some(Bin {
            start,
            quotes,
            by,
            outlets,
            most,
        })
    }
}

/// Returns the person whom a statement counts for: the first, if several speak together.
fn speaker(survey: &Survey, quote: QuoteId) -> Option<PersonId> {
    survey.directory.speakers_of(quote).first().copied()
}
