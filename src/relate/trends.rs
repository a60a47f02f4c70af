//! Trends: how many quotations of a speaker or in an outlet were published when, and of what kinds
//! they are. They are counted once with the survey, so that drawing a row costs nothing.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::Stories;
use super::days::CorpusDays;
use crate::model::{ArticleId, Corpus, QuoteId, QuoteKind};
use crate::people::{Directory, PersonId};

/// Number of parts into which the days of a corpus are divided: enough for one line of signs.
pub const PARTS: usize = 24;

/// Number of kinds of quotations that a trend tells apart: direct, indirect, fragment.
pub const KINDS: usize = 3;

/// Counts of quotations over time and by kind. Two trends of different quotations can be added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trend {
    /// The number of quotations in each part of the corpus's days. A story has its own parts: one
    /// per day from its first on.
    pub parts: [u16; PARTS],
    /// The number of direct quotations, of indirect ones (with those that are partly in marks) and
    /// of fragments.
    pub kinds: [u32; KINDS],
}

impl Trend {
    /// Counts one quotation, which is in `part` if its date is known and near.
    fn count(&mut self, kind: QuoteKind, part: Option<usize>) {
        if let Some(count) = part.and_then(|part| self.parts.get_mut(part)) {
            *count = count.saturating_add(1);
        }
        let kind = match kind {
            QuoteKind::Direct => 0,
            QuoteKind::Indirect | QuoteKind::Mixed => 1,
            QuoteKind::Fragment => 2,
        };
        if let Some(count) = self.kinds.get_mut(kind) {
            *count += 1;
        }
    }

    /// Adds the counts of another trend.
    fn add(&mut self, other: &Self) {
        for (count, more) in self.parts.iter_mut().zip(other.parts) {
            *count = count.saturating_add(more);
        }
        for (count, more) in self.kinds.iter_mut().zip(other.kinds) {
            *count += more;
        }
    }

    /// Returns the part with the highest count and that count, or `None` if all are 0. Of equal
    /// parts, the first one.
    pub fn peak(&self) -> Option<(usize, u16)> {
        let counts = self.parts.iter().copied().enumerate().rev();
        counts
            .max_by_key(|(_, count)| *count)
            .filter(|(_, count)| *count > 0)
    }
}

/// An outlet of a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlet {
    /// Its name, or `None` for articles of unknown outlets.
    pub name: Option<Box<str>>,
    /// The number of its articles.
    pub articles: u32,
    /// The number of quotations in them.
    pub quotes: u32,
    /// The number of speakers whom they quote.
    pub speakers: u32,
    /// The number of stories that they report.
    pub stories: u32,
    /// First and last day of publication, if any is known.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// When and how it quotes.
    pub trend: Trend,
}

/// The trends of a corpus.
#[derive(Clone, Debug, Default)]
pub struct Trends {
    /// The days of the corpus, if any date is known.
    pub days: Option<CorpusDays>,
    people: Box<[Trend]>,
    stories: Box<[Trend]>,
    outlets: Box<[Outlet]>,
}

impl Trends {
    /// Counts the trends of a corpus, in parallel.
    pub(super) fn of(corpus: &Corpus, directory: &Directory, stories: &Stories) -> Self {
        let dates = corpus.iter().filter_map(|(_, article)| {
            let published = article.structure.published.as_ref();
            published.map(|published| published.date)
        });
        let days = CorpusDays::of(dates);
        let part = |id: ArticleId| days?.part(date_of(corpus, id)?, PARTS);
        let people = directory.people().par_iter().map(|person| {
            let mut trend = Trend::default();
            for id in &person.quotes {
                if let Some((_, quote)) = corpus.quote(*id) {
                    trend.count(quote.kind, part(id.article));
                }
            }
            trend
        });
        let list = stories.list().par_iter();
        let trends = list.map(|story| {
            let first = story.articles.iter().find_map(|id| date_of(corpus, *id));
            let mut trend = Trend::default();
            for id in &story.articles {
                let day = first.zip(date_of(corpus, *id));
                let day = day.and_then(|(first, day)| (day - first).num_days().try_into().ok());
                count_article(corpus, *id, day, &mut trend);
            }
            trend
        });
        Self {
            days,
            people: people.collect(),
            stories: trends.collect(),
            outlets: outlets(corpus, (directory, stories), &part),
        }
    }

    /// Returns the trend of a speaker.
    pub fn person(&self, id: PersonId) -> Option<&Trend> {
        self.people.get(id.0 as usize)
    }

    /// Returns the trend of a story. Its parts are days, from the first of the story on.
    pub fn story(&self, id: super::StoryId) -> Option<&Trend> {
        self.stories.get(id.0 as usize)
    }

    /// Returns the outlets of the corpus, those with most articles first. Articles of unknown
    /// outlets are together in one that has no name.
    pub fn outlets(&self) -> &[Outlet] {
        &self.outlets
    }
}

fn date_of(corpus: &Corpus, id: ArticleId) -> Option<NaiveDate> {
    let published = corpus.get(id)?.structure.published.as_ref()?;
    Some(published.date)
}

fn count_article(corpus: &Corpus, id: ArticleId, part: Option<usize>, trend: &mut Trend) {
    for quote in corpus.get(id).into_iter().flat_map(|one| &one.quotes) {
        trend.count(quote.kind, part);
    }
}

/// What is counted for one outlet before its speakers and stories are counted.
#[derive(Default)]
struct Counted {
    outlet: Outlet,
    speakers: Vec<PersonId>,
    stories: Vec<u32>,
}

/// Number of articles that are counted together on one thread.
const CHUNK: usize = 1024;

fn outlets(
    corpus: &Corpus,
    (directory, stories): (&Directory, &Stories),
    part: &(dyn Fn(ArticleId) -> Option<usize> + Sync),
) -> Box<[Outlet]> {
    let ids: Vec<ArticleId> = corpus.iter().map(|(id, _)| id).collect();
    let counted = ids.par_chunks(CHUNK).map(|ids| {
        let mut found: BTreeMap<Option<&str>, Counted> = BTreeMap::new();
        for id in ids {
            let Some(article) = corpus.get(*id) else {
                continue;
            };
            let counted = found.entry(article.outlet()).or_default();
            counted.outlet.articles += 1;
            counted.outlet.quotes += article.quotes.len() as u32;
            count_article(corpus, *id, part(*id), &mut counted.outlet.trend);
            let date = date_of(corpus, *id);
            counted.outlet.days = widest(counted.outlet.days, date.map(|date| (date, date)));
            let quotes = (0..article.quotes.len() as u32).map(|index| QuoteId {
                article: *id,
                index,
            });
            let speaking = quotes.flat_map(|quote| directory.speakers_of(quote));
            counted.speakers.extend(speaking);
            counted.stories.extend(stories.of(*id).map(|story| story.0));
        }
        for counted in found.values_mut() {
            sort_unique(&mut counted.speakers);
            sort_unique(&mut counted.stories);
        }
        found
    });
    let all = counted.reduce(BTreeMap::new, |mut all, some| {
        for (name, more) in some {
            let counted = all.entry(name).or_default();
            counted.outlet.articles += more.outlet.articles;
            counted.outlet.quotes += more.outlet.quotes;
            counted.outlet.trend.add(&more.outlet.trend);
            counted.outlet.days = widest(counted.outlet.days, more.outlet.days);
            counted.speakers.extend(more.speakers);
            counted.stories.extend(more.stories);
        }
        all
    });
    let mut outlets: Vec<Outlet> = all
        .into_iter()
        .map(|(name, mut counted)| {
            sort_unique(&mut counted.speakers);
            sort_unique(&mut counted.stories);
            Outlet {
                name: name.map(Box::from),
                speakers: counted.speakers.len() as u32,
                stories: counted.stories.len() as u32,
                ..counted.outlet
            }
        })
        .collect();
    outlets.sort_by_key(|outlet| std::cmp::Reverse(outlet.articles));
    outlets.into()
}

fn sort_unique<T: Ord>(list: &mut Vec<T>) {
    list.sort_unstable();
    list.dedup();
}

/// Returns the days from the first of both ranges to the last.
fn widest(
    one: Option<(NaiveDate, NaiveDate)>,
    other: Option<(NaiveDate, NaiveDate)>,
) -> Option<(NaiveDate, NaiveDate)> {
    match (one, other) {
        (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trends_are_added_in_any_order() {
        let mut one = Trend::default();
        one.count(QuoteKind::Direct, Some(3));
        one.count(QuoteKind::Mixed, None);
        let mut other = Trend::default();
        other.count(QuoteKind::Fragment, Some(3));
        other.count(QuoteKind::Indirect, Some(PARTS));
        let (mut left, mut right) = (one, other);
        left.add(&other);
        right.add(&one);
        assert_eq!(left, right);
        assert_eq!((left.peak(), left.kinds), (Some((3, 2)), [1, 2, 1]));
        assert_eq!(Trend::default().peak(), None);
    }
}
