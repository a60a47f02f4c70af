//! Variants: quotations, direct and indirect, that report one utterance in several wordings.

use std::collections::{HashMap, HashSet};

use super::agglomerate::{Crowd, agglomerate};
use super::candidates::{VERY_WORDS_DAYS, candidates};
use super::cluster::Link;
use super::index::Index;
use super::pair_scorer::{Evidence, PairScorer};
use super::quote_features::Quotes;
use super::voices::Voices;
use super::{Run, Step};
use crate::model::{ArticleId, QuoteId, QuoteKind};
use crate::people::{Directory, Groups};
use crate::text::ByteSpan;

/// How likely the members of a group report one utterance, on average, at least.
const LIKELY: f32 = 0.4;
/// How likely each member is to be of one utterance with the others, on average, at least.
const CORE: f32 = 0.3;
/// How likely two quotations of one article are to be of one utterance, of which one is direct
/// speech and the other is not: reporters say first what they quote then.
const SAME_ARTICLE: f32 = 0.25;
/// What it counts that one article prints both as direct speech, or both as reported: an article
/// says a thing once, so these are two statements.
const PRINTED_APART: f32 = -0.5;
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
            let link = Link { a, b, strength };
            is_told.then_some((link, Agreement::of(&evidence)))
        })?;
        let found: Vec<(Link, Agreement)> = found.into_iter().flatten().collect();
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
                let known = variants.group_of.entry(member.quote).or_insert(number);
                if size(&variants.list, *known) < group.members.len() {
                    *known = number;
                }
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

    /// Returns the group that a quotation belongs to: of several the largest, of these the first.
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

fn size(list: &[Variant], id: VariantId) -> usize {
    let group = list.get(id.0 as usize);
    group.map_or(usize::MAX, |group| group.members.len())
}

/// How far two wordings agree, as far as content words go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Agreement {
    /// They state one thing at most.
    Partly,
    /// The one has the words of the other.
    Verbatim,
    /// They are one wording.
    Same,
}

impl Agreement {
    fn of(evidence: &Evidence) -> Self {
        let overlap = &evidence.overlap;
        if overlap.is_same_wording() {
            Self::Same
        } else if overlap.is_verbatim() {
            Self::Verbatim
        } else {
            Self::Partly
        }
    }
}

/// Groups quotations by links. Wordings that are one count once, so that how often a wording was
/// printed decides nothing.
fn group(quotes: &Quotes, found: &[(Link, Agreement)]) -> Vec<Vec<u32>> {
    let mut folded = Groups::new(quotes.list.len());
    for (link, agreement) in found {
        if *agreement == Agreement::Same && link.strength >= LIKELY {
            folded.join(link.a, link.b);
        }
    }
    let mut wordings: HashMap<u32, Vec<u32>> = HashMap::new();
    for place in 0..quotes.list.len() as u32 {
        wordings.entry(folded.root(place)).or_default().push(place);
    }
    let strengths = Strengths::of(quotes, &mut folded, &wordings, found);
    let links = strengths
        .of
        .iter()
        .map(|(&(a, b), &strength)| Link { a, b, strength });
    let crowd = Wordings(quotes);
    let mut grouped = agglomerate(quotes.list.len(), links.collect(), LIKELY, &crowd);
    for group in &mut grouped {
        keep_core(group, &strengths);
    }
    let is_grouped: HashSet<u32> = grouped.iter().flatten().copied().collect();
    let apart = strengths.apart.iter().flat_map(|(a, b)| [*a, *b]);
    let repeated = wordings.iter().filter(|(_, same)| same.len() > 1);
    let mut alone: Vec<u32> = apart.chain(repeated.map(|(root, _)| *root)).collect();
    alone.retain(|root| !is_grouped.contains(root));
    alone.sort_unstable();
    alone.dedup();
    grouped.extend(alone.into_iter().map(|root| vec![root]));
    let mut grouped = strengths.with_shared(&grouped);
    grouped.retain(|group| {
        let printed = group.iter().filter_map(|root| wordings.get(root));
        printed.map(Vec::len).sum::<usize>() > 1
    });
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

/// Two wordings, by their first quotations, the earlier first.
type Pair = (u32, u32);

/// What speaks for one utterance of each two wordings: what their quotations have in common, and
/// whether they stand in one article.
struct Strengths {
    of: HashMap<Pair, f32>,
    /// The pairs that one article prints as two statements.
    apart: HashSet<Pair>,
}

impl Strengths {
    fn of(
        quotes: &Quotes,
        folded: &mut Groups,
        wordings: &HashMap<u32, Vec<u32>>,
        found: &[(Link, Agreement)],
    ) -> Self {
        let mut best: HashMap<Pair, (f32, Agreement)> = HashMap::new();
        for (link, agreement) in found {
            let (a, b) = (folded.root(link.a), folded.root(link.b));
            if a == b {
                continue;
            }
            let pair = (a.min(b), a.max(b));
            let known = best.entry(pair).or_insert((link.strength, *agreement));
            // What cannot be one utterance in one article is none in another.
            known.0 = if known.0.min(link.strength) < 0.0 {
                known.0.min(link.strength)
            } else {
                known.0.max(link.strength)
            };
            known.1 = known.1.max(*agreement);
        }
        // No group is made of what no likely pair ties together.
        let mut tied = Groups::new(quotes.list.len());
        for ((a, b), (strength, _)) in &best {
            if *strength >= LIKELY {
                tied.join(*a, *b);
            }
        }
        let mut apart = HashSet::new();
        for (pair, is_one_kind) in printed_together(quotes, &mut tied, wordings) {
            let known = best.get(&pair).copied();
            let strength = match (is_one_kind, known) {
                (_, Some((_, Agreement::Verbatim | Agreement::Same))) | (false, Some(_)) => {
                    continue;
                }
                (true, Some((strength, _))) => strength.min(PRINTED_APART),
                (true, None) => PRINTED_APART,
                (false, None) => SAME_ARTICLE,
            };
            best.insert(pair, (strength, Agreement::Partly));
            if is_one_kind {
                apart.insert(pair);
            }
        }
        let of = best.into_iter();
        Self {
            of: of.map(|(pair, (strength, _))| (pair, strength)).collect(),
            apart,
        }
    }

    fn between(&self, a: u32, b: u32) -> f32 {
        self.of
            .get(&(a.min(b), a.max(b)))
            .copied()
            .unwrap_or_default()
    }

    /// How much speaks on average for one utterance of a wording and a group.
    fn mean(&self, own: u32, group: &[u32]) -> f32 {
        let sum: f32 = group.iter().map(|other| self.between(own, *other)).sum();
        sum / group.len().max(1) as f32
    }

    /// Returns the groups with the wordings that they share with others: where an article prints as
    /// two statements what another prints as one, the one belongs to both.
    fn with_shared(&self, groups: &[Vec<u32>]) -> Vec<Vec<u32>> {
        let numbers = groups.iter().zip(0..);
        let numbers =
            numbers.flat_map(|(group, number)| group.iter().map(move |one| (*one, number)));
        let group_of: HashMap<u32, usize> = numbers.collect();
        let mut wanted: HashMap<usize, Vec<u32>> = HashMap::new();
        for (a, b) in &self.apart {
            let two = (group_of.get(a), group_of.get(b));
            let (Some(of_a), Some(of_b)) = two else {
                continue;
            };
            if of_a == of_b {
                continue;
            }
            for (to, from) in [(of_a, of_b), (of_b, of_a)] {
                let shared = groups.get(*from).into_iter().flatten().copied();
                let target = groups.get(*to).map_or(&[][..], |group| group);
                let shared = shared.filter(|one| self.mean(*one, target) >= LIKELY);
                wanted.entry(*to).or_default().extend(shared);
            }
        }
        let mut groups = groups.to_vec();
        for (number, mut more) in wanted {
            let Some(group) = groups.get_mut(number) else {
                continue;
            };
            more.sort_unstable();
            more.dedup();
            let mut more: Vec<(f32, u32)> = more
                .into_iter()
                .map(|one| (self.mean(one, group), one))
                .collect();
            more.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
            for (_, one) in more {
                if self.mean(one, group) >= LIKELY {
                    group.push(one);
                }
            }
            group.sort_unstable();
        }
        groups
    }
}

/// A wording in an article: its number, whether it is direct speech, and which quotation it is.
type Printed = (u32, bool, u32);

/// The pairs of tied wordings that stand in one article, each with whether an article has both as
/// direct speech, or neither.
fn printed_together(
    quotes: &Quotes,
    tied: &mut Groups,
    wordings: &HashMap<u32, Vec<u32>>,
) -> HashMap<Pair, bool> {
    let mut printed: HashMap<(u32, ArticleId), Vec<Printed>> = HashMap::new();
    for (root, places) in wordings {
        for quote in places
            .iter()
            .filter_map(|place| quotes.list.get(*place as usize))
        {
            let is_direct = quote.kind == QuoteKind::Direct;
            let own = printed
                .entry((tied.root(*root), quote.quote.article))
                .or_default();
            own.push((*root, is_direct, quote.quote.index));
        }
    }
    let mut pairs = HashMap::new();
    for own in printed.values().filter(|own| own.len() > 1) {
        for (at, (a, is_direct, index)) in own.iter().enumerate() {
            for (b, is_other_direct, other) in own.iter().skip(at + 1) {
                if a != b && index != other {
                    let is_twice = pairs.entry((*a.min(b), *a.max(b))).or_insert(false);
                    *is_twice |= is_direct == is_other_direct;
                }
            }
        }
    }
    pairs
}

/// Leaves out of a group, one by one, what does not agree with the others on average, the least first.
fn keep_core(group: &mut Vec<u32>, strengths: &Strengths) {
    while group.len() > 2 {
        let agrees = |own: u32| {
            let others = group.iter().filter(|other| **other != own);
            let sum: f32 = others.map(|other| strengths.between(own, *other)).sum();
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

/// What may be put together: wordings within the days of one occasion.
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
