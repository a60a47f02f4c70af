//! Variants: quotations, direct and indirect, that report one utterance in several wordings.

use std::collections::HashMap;

use super::agglomerate::{Crowd, agglomerate};
use super::candidates::{VERY_WORDS_DAYS, candidates};
use super::cluster::Link;
use super::index::Index;
use super::pair_scorer::{Evidence, PairScorer};
use super::quote_features::Quotes;
use super::voices::Voices;
use super::{Run, Step};
use crate::model::{ArticleId, QuoteId};
use crate::people::{Directory, Groups};
use crate::text::ByteSpan;

/// How likely the members of a group report one utterance, on average, at least.
const LIKELY: f32 = 0.4;
/// How likely each member is to be of one utterance with the others, on average, at least.
const CORE: f32 = 0.3;
/// How likely two quotations of one article are to be of one utterance.
const SAME_ARTICLE: f32 = 0.25;
/// Likeness of two articles of one matter, whatever the angle of each.
const SAME_MATTER: f32 = 0.1;
/// Articles of one utterance that each is paired with.
const PAIRED: usize = 12;

/// The index of a group in [`Variants`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VariantId(pub u32);

/// One wording of an utterance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// The quotation.
    pub quote: QuoteId,
    /// Where its words stand.
    pub span: ByteSpan,
}

/// One utterance that at least two articles report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The wordings, sorted by date and then in the order in which they were read.
    pub members: Vec<Member>,
}

/// All utterances of a corpus that several articles report.
#[derive(Clone, Debug, Default)]
pub struct Variants {
    list: Vec<Variant>,
    group_of: HashMap<QuoteId, VariantId>,
    in_article: HashMap<ArticleId, Vec<VariantId>>,
}

impl Variants {
    /// Finds all groups; `None` once cancelled.
    pub(super) fn find(
        (index, quotes): (&Index, &Quotes),
        directory: &Directory,
        run: &Run,
    ) -> Option<Self> {
        let voices = Voices::of(directory, quotes);
        let pairs = candidates(quotes, &voices, run)?;
        let scorer = PairScorer {
            quotes,
            voices: &voices,
        };
        let found = run.map(Step::Variants, &pairs, |pair| {
            let evidence = scorer.evidence(*pair)?;
            let (a, b) = *pair;
            let strength = evidence.likelihood();
            let is_told = strength != 0.0;
            is_told.then_some((Link { a, b, strength }, is_same_wording(&evidence)))
        })?;
        let found: Vec<(Link, bool)> = found.into_iter().flatten().collect();
        let groups = group(quotes, &found);
        let groups = members(quotes, groups)
            .into_iter()
            .map(|members| Variant { members });
        let told = groups.filter(|group| is_spoken(group, (directory, quotes), index));
        Some(Self::from_groups(told))
    }

    fn from_groups(groups: impl Iterator<Item = Variant>) -> Self {
        let mut variants = Self::default();
        for group in groups {
            let number = VariantId(variants.list.len() as u32);
            for member in &group.members {
                variants.group_of.insert(member.quote, number);
                let own = variants.in_article.entry(member.quote.article).or_default();
                if own.last() != Some(&number) {
                    own.push(number);
                }
            }
            variants.list.push(group);
        }
        variants
    }

    /// Returns all groups, ordered by the date of their first wording.
    pub fn list(&self) -> &[Variant] {
        &self.list
    }

    /// Returns the group with this identifier.
    pub fn get(&self, id: VariantId) -> Option<&Variant> {
        self.list.get(id.0 as usize)
    }

    /// Returns the group that a quotation belongs to.
    pub fn of(&self, quote: QuoteId) -> Option<VariantId> {
        self.group_of.get(&quote).copied()
    }

    /// Returns the utterances that an article shares with others.
    pub fn in_article(&self, article: ArticleId) -> &[VariantId] {
        self.in_article.get(&article).map_or(&[], |list| list)
    }

    /// Pairs of articles that report one utterance: in a large group each with the next ones, which
    /// suffices to tie all together.
    pub(crate) fn told_together(&self) -> impl Iterator<Item = (ArticleId, ArticleId)> {
        self.list.iter().flat_map(|group| {
            let mut articles: Vec<ArticleId> =
                group.members.iter().map(|m| m.quote.article).collect();
            articles.dedup();
            let pairs = (0..articles.len()).flat_map(|at| {
                let behind = articles.iter().skip(at + 1).take(PAIRED);
                behind.map(|b| (articles[at], *b)).collect::<Vec<_>>()
            });
            pairs.filter(|(a, b)| a != b).collect::<Vec<_>>()
        })
    }

    /// Returns the utterances that both articles report.
    pub fn in_both(&self, a: ArticleId, b: ArticleId) -> impl Iterator<Item = VariantId> {
        let other = self.in_article(b);
        self.in_article(a)
            .iter()
            .copied()
            .filter(|id| other.contains(id))
    }
}

/// Whether two wordings are one to the letter, as far as content words go.
fn is_same_wording(evidence: &Evidence) -> bool {
    evidence.overlap.contained >= 1.0 && evidence.overlap.sentence >= 1.0
}

/// Groups quotations by links, each with whether the two wordings are one. Wordings that are one
/// count once, so that how often a wording was printed decides nothing.
fn group(quotes: &Quotes, found: &[(Link, bool)]) -> Vec<Vec<u32>> {
    let mut folded = Groups::new(quotes.list.len());
    for (link, is_same) in found {
        if *is_same && link.strength >= LIKELY {
            folded.join(link.a, link.b);
        }
    }
    let mut best: HashMap<(u32, u32), f32> = HashMap::new();
    for (link, _) in found {
        let (a, b) = (folded.root(link.a), folded.root(link.b));
        if a != b {
            let strength = best.entry((a.min(b), a.max(b))).or_insert(link.strength);
            // What cannot be one utterance in one article is none in another.
            *strength = if strength.min(link.strength) < 0.0 {
                strength.min(link.strength)
            } else {
                strength.max(link.strength)
            };
        }
    }
    let links = best
        .into_iter()
        .map(|((a, b), strength)| Link { a, b, strength });
    let links: Vec<Link> = links.collect();
    let places: Vec<u32> = (0..quotes.list.len() as u32).collect();
    let mut wordings: HashMap<u32, Vec<u32>> = HashMap::new();
    for place in places {
        wordings.entry(folded.root(place)).or_default().push(place);
    }
    let crowd = Wordings(quotes);
    let mut grouped = agglomerate(quotes.list.len(), links.clone(), LIKELY, &crowd);
    let strengths = links
        .iter()
        .map(|link| ((link.a, link.b), link.strength))
        .collect();
    for group in &mut grouped {
        keep_core(group, &strengths, &crowd);
    }
    let is_grouped: std::collections::HashSet<u32> = grouped.iter().flatten().copied().collect();
    let alone = wordings
        .iter()
        .filter(|(root, same)| same.len() > 1 && !is_grouped.contains(root));
    grouped.extend(alone.map(|(root, _)| vec![*root]));
    let unfold = |group: Vec<u32>| {
        let same = group.iter().filter_map(|root| wordings.get(root));
        let mut places: Vec<u32> = same.flatten().copied().collect();
        places.sort_unstable();
        places
    };
    let mut groups: Vec<Vec<u32>> = grouped.into_iter().map(unfold).collect();
    groups.sort_unstable();
    groups
}

/// Leaves out of a group, one by one, what does not agree with the others on average, the least first.
fn keep_core(group: &mut Vec<u32>, strengths: &HashMap<(u32, u32), f32>, crowd: &Wordings) {
    while group.len() > 2 {
        let agrees = |own: u32| {
            let others = group.iter().filter(|other| **other != own);
            let sum: f32 = others
                .map(|other| {
                    let link = strengths.get(&(own.min(*other), own.max(*other)));
                    link.copied()
                        .unwrap_or_else(|| crowd.unlinked(&[own], &[*other]))
                })
                .sum();
            sum / (group.len() - 1) as f32
        };
        let agreement = group.iter().enumerate().map(|(at, own)| (agrees(*own), at));
        let least = agreement.min_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
        match least {
            Some((mean, at)) if mean < CORE => group.remove(at),
            _ => break,
        };
    }
}

/// The members of each group. A quotation that is there by itself is not there once more with the
/// sentence behind it, and what is left of one article alone is no group.
fn members(quotes: &Quotes, groups: Vec<Vec<u32>>) -> Vec<Vec<Member>> {
    let member = |place: u32| {
        let quote = quotes.list.get(place as usize)?;
        Some(Member {
            quote: quote.quote,
            span: quote.span,
        })
    };
    let groups = groups.into_iter();
    let mut groups: Vec<Vec<Member>> = groups
        .map(|group| group.into_iter().filter_map(member).collect())
        .collect();
    let mut shortest: HashMap<QuoteId, ByteSpan> = HashMap::new();
    for member in groups.iter().flatten() {
        let span = shortest.entry(member.quote).or_insert(member.span);
        if member.span.len() < span.len() {
            *span = member.span;
        }
    }
    for group in &mut groups {
        group.retain(|member| shortest.get(&member.quote) == Some(&member.span));
    }
    groups.retain(|group| {
        let first = group.first().map(|member| member.quote.article);
        group
            .iter()
            .any(|member| Some(member.quote.article) != first)
    });
    groups
}

/// What may be put together: wordings within the days of one occasion. Two of one article are rather
/// two statements than one, but a quotation may be printed in two pieces.
struct Wordings<'a>(&'a Quotes);

impl Crowd for Wordings<'_> {
    fn fits(&self, a: &[u32], b: &[u32]) -> bool {
        let days = a
            .iter()
            .chain(b)
            .filter_map(|place| self.0.list.get(*place as usize)?.day);
        let (first, last) = days.fold((i32::MAX, i32::MIN), |(first, last), day| {
            (first.min(day), last.max(day))
        });
        first > last || last - first <= VERY_WORDS_DAYS
    }

    fn unlinked(&self, a: &[u32], b: &[u32]) -> f32 {
        let article = |place: &u32| {
            self.0
                .list
                .get(*place as usize)
                .map(|one| one.quote.article)
        };
        let same = a
            .iter()
            .map(|x| b.iter().filter(|y| article(x) == article(y)).count());
        same.sum::<usize>() as f32 * SAME_ARTICLE
    }
}

/// Whether a group has a voice: the same words under a new name in every article, of matters that
/// have nothing to do with each other, are furniture of the page that was taken for a quotation.
fn is_spoken(group: &Variant, (directory, quotes): (&Directory, &Quotes), index: &Index) -> bool {
    let story = |member: &Member| {
        let at = quotes
            .list
            .binary_search_by_key(&place_of(index, member.quote), |quote| {
                place_of(index, quote.quote)
            });
        at.ok().and_then(|at| quotes.list.get(at)?.story)
    };
    let mut stories = group.members.iter().map(story);
    let first = stories.next().flatten();
    if first.is_some() && stories.all(|story| story == first) {
        return true;
    }
    let speakers = |member: &Member| directory.speakers_of(member.quote);
    // By name: an office is a new person in each article.
    let people = group.members.iter().flat_map(speakers);
    let mut names: Vec<&str> = people
        .filter_map(|id| Some(&*directory.get(*id)?.name))
        .collect();
    let said = names.len();
    names.sort_unstable();
    names.dedup();
    let has_unnamed = group.members.iter().any(|one| speakers(one).is_empty());
    let is_new_everywhere = names.len() == said && !has_unnamed;
    let is_alike = |two: &[Member]| match two {
        [a, b] => {
            let (a, b) = (a.quote.article, b.quote.article);
            index.likeness(a, b) >= SAME_MATTER
        }
        _ => false,
    };
    let is_furniture = is_new_everywhere && !group.members.windows(2).any(is_alike);
    !is_furniture && (names.len() <= 3 || names.len() * 2 <= group.members.len())
}

/// Where a quotation stands among all, by date.
fn place_of(index: &Index, quote: QuoteId) -> (u32, u32) {
    (index.place(quote.article), quote.index)
}
