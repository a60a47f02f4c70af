//! Whether two articles report one event: what speaks for it and against it, weighed in one place.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use super::bags::Term;
use super::cluster::Link;
use super::index::Index;
use super::series::Titles;
use super::{Copies, Run, Step};
use crate::model::{Article, ArticleId, Corpus, QuoteKind};

/// Days between two reports of one event: the day itself, the morrow's paper, two days' grace.
pub(super) const WINDOW_DAYS: i32 = 3;
/// What each day between two reports takes away: the morrow's paper tells of the same event, or of
/// the same people's next one.
const EACH_DAY: f32 = 0.05;
/// What is taken away where each lead names its own day: two events of a kind, or two turns of one.
const OTHER_DAY: f32 = 0.1;
/// What is taken away where one outlet wrote both: it has no need to report one event twice.
const SAME_OUTLET: f32 = 0.05;
/// What is taken away where one of two is a piece of a series.
const SERIAL: f32 = 0.1;
/// What is taken away where either quotes nobody, and on top where one outlet wrote both: a report of
/// an event quotes somebody, a service piece (advice, prices, timetables, exercises) does not.
const SILENT: f32 = 0.06;
const SILENT_SAME_OUTLET: f32 = 0.08;
/// What is taken away where both titles of one outlet begin with a number (`7 Model Rumah`, `8 Model
/// Gelang`): the next list is another list.
const LISTS: f32 = 0.2;
/// What each utterance adds that both report: the same words spoken within the same days.
const UTTERANCE: f32 = 0.08;
/// Utterances that are counted: a copied speech shares dozens.
const MAX_UTTERANCES: usize = 2;
/// How alike an article may be to those of other days before it counts as one of a kind.
const ECHO: f32 = 0.25;
/// How much of what is beyond counts against two reports of one day, and of two.
const ECHO_SAME_DAY: f32 = 0.5;
const ECHO_OTHER_DAY: f32 = 1.0;
/// Days off from which articles are of another event, and up to which they are compared.
const ECHO_DAYS: Range<i32> = 4..41;
/// Articles of other days whose mean likeness makes the echo.
const ECHOING: usize = 3;
/// How alike articles of a long affair may be to those of other days.
const AFFAIR_ECHO: f32 = 0.45;
/// What is said against two articles that cannot be of one event.
const VETO: f32 = -1.0;

/// Weightiest terms by which candidates are found: reports of one event share some of these.
const FINDING: usize = 32;
/// The same, where only a like article is looked for.
const FINDING_ECHO: usize = 12;
/// Terms that occur in more articles of the window tell no event from another.
const MAX_POSTINGS: usize = 2_000;
/// The same, where only a like article is looked for.
const MAX_ECHOING: usize = 500;
/// What two articles share at least, in squares of weights of the weightiest terms.
const MIN_SHARED: f32 = 0.03;
/// Likeness below which two articles are not linked at all.
const MIN_LIKENESS: f32 = 0.1;
/// Nearest articles that an article is linked to: enough to tie a story of hundreds.
const NEAREST: usize = 200;

/// What is known of two articles that may report one event.
#[allow(clippy::struct_excessive_bools)] // each is a piece of evidence of its own
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Evidence {
    /// How alike they are in words and names, in 0..=1.
    pub(super) likeness: f32,
    /// Days between them; `None` where either date is not known.
    pub(super) days: Option<i32>,
    /// Whether each lead names its own day, and not the same.
    pub(super) names_other_day: bool,
    /// Whether one outlet wrote both.
    pub(super) is_same_outlet: bool,
    /// How many of the two are pieces of a series.
    pub(super) serial: u8,
    /// Whether their titles are one form filled in with other things, or either is a roundup.
    pub(super) is_form: bool,
    /// Whether the titles, of one outlet, both begin with a number, and either quotes nobody.
    pub(super) are_lists: bool,
    /// Whether one text is a copy of the other.
    pub(super) is_copy: bool,
    /// Whether either quotes nobody.
    pub(super) is_silent: bool,
    /// How alike both are to articles of other days.
    pub(super) echo: f32,
    /// Utterances that both report.
    pub(super) utterances: usize,
}

impl Evidence {
    /// How much speaks for one event, in -1..=1; nothing does where it is 0.
    pub(super) fn strength(&self) -> f32 {
        let is_other_day = self.days.is_some_and(|days| days > 0);
        let is_daily = self.serial == 2 && is_other_day || self.is_copy && self.names_other_day;
        if self.is_form || is_daily {
            return VETO;
        }
        // That a day is not known speaks neither for nor against.
        let days = self.days.map_or(0.0, |days| EACH_DAY * days as f32);
        let echo = if is_other_day {
            ECHO_OTHER_DAY
        } else {
            ECHO_SAME_DAY
        };
        let against = [
            days,
            echo * (self.echo - ECHO).max(0.0),
            if self.names_other_day { OTHER_DAY } else { 0.0 },
            if self.is_same_outlet {
                SAME_OUTLET
            } else {
                0.0
            },
            if self.serial > 0 { SERIAL } else { 0.0 },
            if self.are_lists { LISTS } else { 0.0 },
            match (self.is_silent && !self.is_copy, self.is_same_outlet) {
                (true, true) => SILENT + SILENT_SAME_OUTLET,
                (true, false) => SILENT,
                (false, _) => 0.0,
            },
        ];
        let told = self.utterances.min(MAX_UTTERANCES) as f32 * UTTERANCE;
        (self.likeness + told - against.iter().sum::<f32>()).clamp(VETO, 1.0)
    }
}

/// Gathers what speaks for and against one event.
pub(super) struct Witness<'a> {
    index: &'a Index,
    titles: &'a Titles,
    copies: &'a Copies,
    /// By article, the number of its outlet.
    outlets: Vec<Option<u32>>,
    /// By article, whether it quotes nobody.
    silent: Vec<bool>,
    /// By place, once they are known.
    echoes: Vec<f32>,
}

/// Two articles that may report one event, by their places, the earlier first.
pub(super) type Pair = (u32, u32);

impl<'a> Witness<'a> {
    pub(super) fn new(
        corpus: &Corpus,
        (index, titles): (&'a Index, &'a Titles),
        copies: &'a Copies,
    ) -> Self {
        let mut known: HashMap<&str, u32> = HashMap::new();
        let outlets = corpus.iter().map(|(_, article): (_, &Article)| {
            let next = known.len() as u32;
            Some(*known.entry(article.outlet()?).or_insert(next))
        });
        Self {
            index,
            titles,
            copies,
            outlets: outlets.collect(),
            silent: corpus
                .iter()
                .map(|(_, article)| quotes_nobody(article))
                .collect(),
            echoes: Vec::new(),
        }
    }

    /// Returns the pairs of articles that may report one event, in order; `None` once cancelled.
    /// Works out the echoes of what is in them.
    pub(super) fn pairs(&mut self, run: &Run) -> Option<Vec<Pair>> {
        let places: Vec<u32> = (0..self.index.len() as u32).collect();
        let found = run.map(Step::Stories, &places, |place| self.pairs_of(*place))?;
        let mut pairs: Vec<Pair> = found.into_iter().flatten().collect();
        let copies = self.copies.pairs().iter().filter_map(|copy| {
            let (a, b) = (self.index.place(copy.a), self.index.place(copy.b));
            self.is_near(copy.a, copy.b).then_some((a.min(b), a.max(b)))
        });
        pairs.extend(copies);
        pairs.sort_unstable();
        pairs.dedup();
        let mut is_paired = vec![false; places.len()];
        for (a, b) in &pairs {
            is_paired[*a as usize] = true;
            is_paired[*b as usize] = true;
        }
        let echo = |place: &u32| {
            if is_paired[*place as usize] {
                self.echo(*place)
            } else {
                0.0
            }
        };
        self.echoes = run.map(Step::Stories, &places, echo)?;
        Some(pairs)
    }

    /// How much speaks for one affair of two articles, whatever the days between them: pieces of a
    /// series are no affair.
    pub(super) fn affinity(&self, a: ArticleId, b: ArticleId) -> f32 {
        let Evidence {
            is_form, serial, ..
        } = self.evidence((a, b), 0);
        let echo = |id| self.echoes.get(self.index.place(id) as usize).copied();
        let echo = echo(a).unwrap_or(0.0).min(echo(b).unwrap_or(0.0));
        if is_form || serial > 0 {
            return VETO;
        }
        self.index.likeness(a, b) - (echo - AFFAIR_ECHO).max(0.0)
    }

    /// The places of the articles of some days.
    pub(super) fn places_of_days(&self, days: Range<i32>) -> Range<u32> {
        self.place_of_day(days.start, 0)..self.place_of_day(days.end, 0)
    }

    /// The link between two articles that share so many utterances.
    pub(super) fn link(&self, (a, b): Pair, utterances: usize) -> Option<Link> {
        let (of_a, of_b) = (self.index.at(a)?, self.index.at(b)?);
        let evidence = self.evidence((of_a, of_b), utterances);
        Some(Link {
            a,
            b,
            strength: evidence.strength(),
        })
    }

    /// Whether two articles are near enough in time to report one event.
    pub(super) fn is_near(&self, a: ArticleId, b: ArticleId) -> bool {
        let days = self.index.days_apart(a, b);
        days.is_none_or(|days| days <= WINDOW_DAYS)
    }

    fn evidence(&self, (a, b): (ArticleId, ArticleId), utterances: usize) -> Evidence {
        let outlet = |id: ArticleId| self.outlets.get(id.0 as usize).copied().flatten();
        let is_same_outlet = outlet(a).is_some() && outlet(a) == outlet(b);
        let echo = |id| self.echoes.get(self.index.place(id) as usize).copied();
        let quotes_nobody = |id: ArticleId| self.silent.get(id.0 as usize) == Some(&true);
        let is_silent = quotes_nobody(a) || quotes_nobody(b);
        let is_roundup = self.titles.is_roundup(a) || self.titles.is_roundup(b);
        Evidence {
            likeness: self.index.likeness(a, b),
            days: self.index.days_apart(a, b),
            names_other_day: self.name_other_days(a, b),
            is_same_outlet,
            serial: [a, b]
                .map(|id| u8::from(self.titles.is_serial(id)))
                .iter()
                .sum(),
            is_form: is_roundup || self.titles.differ_in_slot((a, b), is_same_outlet),
            is_copy: self.copies.shared(a, b).is_some(),
            is_silent,
            are_lists: is_silent && is_same_outlet && self.titles.are_lists(a, b),
            echo: echo(a).unwrap_or(0.0).min(echo(b).unwrap_or(0.0)),
            utterances,
        }
    }

    /// Whether each of two articles of different days tells, by its lead, of its own day.
    fn name_other_days(&self, a: ArticleId, b: ArticleId) -> bool {
        let of_its_day = |id| {
            let day = self.index.day(id);
            day.filter(|day| self.index.event_day(id) == Some(*day))
        };
        let days = of_its_day(a).zip(of_its_day(b));
        days.is_some_and(|(a, b)| a != b)
    }

    /// The likely reports of the same event among the articles that come later by date.
    fn pairs_of(&self, place: u32) -> Vec<Pair> {
        let Some(id) = self.index.at(place) else {
            return Vec::new();
        };
        let last = self
            .index
            .day(id)
            .map_or(i32::MAX, |day| day.saturating_add(WINDOW_DAYS));
        let ranges = [place + 1..self.place_of_day(last, 1), self.undated()];
        let terms = weightiest(self.index, id, FINDING);
        let found = sharing(self.index, &terms, (MIN_SHARED, MAX_POSTINGS), &ranges);
        let mut near: Vec<(f32, u32)> = found
            .into_iter()
            .filter(|(other, _)| *other > place)
            .filter_map(|(other, _)| Some((self.index.likeness(id, self.index.at(other)?), other)))
            .filter(|(likeness, _)| *likeness >= MIN_LIKENESS)
            .collect();
        near.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        near.truncate(NEAREST);
        near.into_iter().map(|(_, other)| (place, other)).collect()
    }

    /// How alike an article is to the likest of other days: high for prices, forecasts and advice.
    fn echo(&self, place: u32) -> f32 {
        let Some((id, day)) = self
            .index
            .at(place)
            .and_then(|id| Some((id, self.index.day(id)?)))
        else {
            return 0.0;
        };
        let from = |days: i32| self.place_of_day(day.saturating_add(days), 0);
        let ranges = [
            from(1 - ECHO_DAYS.end)..from(1 - ECHO_DAYS.start),
            from(ECHO_DAYS.start)..from(ECHO_DAYS.end),
        ];
        let terms = weightiest(self.index, id, FINDING_ECHO);
        let mut found = sharing(self.index, &terms, (MIN_SHARED, MAX_ECHOING), &ranges);
        found.sort_unstable_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        found.truncate(4 * ECHOING);
        let alike = found
            .into_iter()
            .filter_map(|(other, _)| self.index.at(other));
        let mut alike: Vec<f32> = alike.map(|other| self.index.likeness(id, other)).collect();
        alike.sort_unstable_by(|x, y| y.total_cmp(x));
        alike.iter().take(ECHOING).sum::<f32>() / ECHOING as f32
    }

    /// The first place of a day or a later one, or, `behind` being 1, of a later one.
    fn place_of_day(&self, day: i32, behind: i32) -> u32 {
        let first = day.saturating_add(behind);
        let is_before = |id: &ArticleId| self.index.day(*id).is_some_and(|day| day < first);
        self.index.by_date().partition_point(is_before) as u32
    }

    fn undated(&self) -> Range<u32> {
        let by_date = self.index.by_date();
        let first = by_date.partition_point(|id| self.index.day(*id).is_some());
        first as u32..by_date.len() as u32
    }
}

/// Whether an article has no quotation but words in marks.
fn quotes_nobody(article: &Article) -> bool {
    article
        .quotes
        .iter()
        .all(|quote| quote.kind == QuoteKind::Fragment)
}

/// The weightiest terms of an article, the weightiest first.
fn weightiest(index: &Index, id: ArticleId, count: usize) -> Vec<(Term, f32)> {
    let mut terms = index.terms(id).to_vec();
    terms.sort_unstable_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    terms.truncate(count);
    terms
}

thread_local! {
    /// How much of one article's terms each other article shares; kept at zero between uses.
    static SUMS: RefCell<Vec<f32>> = const { RefCell::new(Vec::new()) };
}

/// Returns the places within `ranges` that share enough of `terms`, with how much they share (the sum
/// of squares of the shared weights), in no order. A term that more than `most` of them hold is left
/// out. The ranges are in order and do not overlap.
pub(super) fn sharing(
    index: &Index,
    terms: &[(Term, f32)],
    (least, most): (f32, usize),
    ranges: &[Range<u32>],
) -> Vec<(u32, f32)> {
    SUMS.with_borrow_mut(|sums| {
        sums.resize(index.len().max(sums.len()), 0.0);
        let mut touched = Vec::new();
        for (term, weight) in terms {
            let postings = index.postings(*term);
            let within = ranges.iter().map(|range| {
                let start = postings.partition_point(|place| *place < range.start);
                let rest = postings.get(start..).unwrap_or(&[]);
                let end = rest.partition_point(|place| *place < range.end);
                rest.get(..end).unwrap_or(&[])
            });
            if within.clone().map(<[u32]>::len).sum::<usize>() > most {
                continue;
            }
            for place in within.flatten() {
                let sum = &mut sums[*place as usize];
                if *sum == 0.0 {
                    touched.push(*place);
                }
                *sum += weight * weight;
            }
        }
        let shared = touched.into_iter();
        let shared = shared.map(|place| (place, std::mem::take(&mut sums[place as usize])));
        shared.filter(|(_, sum)| *sum >= least).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_weighed() {
        let like = Evidence {
            likeness: 0.5,
            days: Some(0),
            ..Evidence::default()
        };
        let morrow = Evidence {
            days: Some(1),
            ..like
        };
        let told = Evidence {
            utterances: 1,
            ..morrow
        };
        assert!(like.strength() > morrow.strength());
        assert!(told.strength() > morrow.strength());
        let echo = Evidence { echo: 0.6, ..like };
        let echo_morrow = Evidence {
            echo: 0.6,
            ..morrow
        };
        assert!(like.strength() - echo.strength() < morrow.strength() - echo_morrow.strength());
        for veto in [
            Evidence {
                is_form: true,
                ..like
            },
            Evidence {
                serial: 2,
                ..morrow
            },
            Evidence {
                is_copy: true,
                names_other_day: true,
                ..morrow
            },
        ] {
            assert!(veto.strength() < 0.0, "{veto:?}");
        }
        for less in [
            Evidence {
                is_silent: true,
                ..like
            },
            Evidence {
                is_same_outlet: true,
                ..like
            },
            Evidence { serial: 1, ..like },
        ] {
            assert!(less.strength() < like.strength(), "{less:?}");
        }
        assert!(
            Evidence { serial: 2, ..like }.strength() > 0.0,
            "one day's piece of two outlets"
        );
    }
}
