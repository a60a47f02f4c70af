//! Whether two quotations report one utterance: what speaks for it and against it, weighed in one
//! place. The weights are those of a logistic regression, rounded.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::quote_features::{Bits, Flags, QuoteFeatures, Quotes, Scope, has};
use super::voices::{Voice, Voices};
use crate::model::QuoteKind;

/// What counts against one utterance before anything is known.
const DOUBT: f32 = 6.8;
/// What the share of the shorter wording that the longer one has counts.
const CONTAINED: f32 = 3.2;
/// What the likeness of the two sentences that are most alike counts.
const SENTENCE: f32 = 3.8;
/// What each doubling (to the base e) of what the shared words tell counts.
const SHARED: f32 = 0.6;
/// What one speaker counts, and two named ones.
const SAME_VOICE: f32 = 1.0;
const OTHER_VOICE: f32 = -0.5;
/// What one story counts, and days between.
const SAME_STORY: f32 = 1.8;
const FAR: f32 = -1.4;
/// Days within which a paraphrase can be of one occasion.
const OCCASION_DAYS: i32 = 3;
/// What it counts that one is direct speech and the other is not: then few words are the same.
const OTHER_KIND: f32 = 1.0;
/// What it counts that a name stands where the other has another one, among other words or alone.
const OTHER_NAME: f32 = -1.0;
const NAME_FOR_NAME: f32 = -3.0;
/// What it counts that of the two sentences most alike one is negated and the other is not, or that
/// both have numbers, and none in common.
const OTHER_POLARITY: f32 = -1.5;
const OTHER_NUMBERS: f32 = -1.0;
/// Of two named speakers: what is contained, and how alike two sentences are, at least.
const VERBATIM: f32 = 0.85;
const VERBATIM_SENTENCE: f32 = 0.7;
/// Words that two speakers of two stories must share, so that a formula is no utterance.
const VERBATIM_WORDS: usize = 6;
/// Words of a slot at most: what differs by more is no slot of one sentence.
const SLOT: usize = 4;
/// Words that two wordings share at least, unless they are the same and of one story.
const MIN_WORDS: usize = 2;

/// How two wordings overlap.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Overlap {
    /// Content words that both have.
    pub(super) words: usize,
    /// Content words of the one that has more.
    pub(super) of_longer: usize,
    /// What these tell.
    pub(super) weight: f32,
    /// The same as a share of what the shorter wording tells.
    pub(super) contained: f32,
    /// The likeness of the two sentences that are most alike (Dice).
    pub(super) sentence: f32,
    /// Which sentences these are.
    pub(super) of: (usize, usize),
}

impl Overlap {
    /// Whether both have the same content words. That the one has all words of the other is not
    /// enough: a long quotation would tie together all statements that it contains.
    pub(super) fn is_same_wording(&self) -> bool {
        self.words == self.of_longer && self.sentence >= 1.0
    }

    /// Whether the one has the words of the other, and a sentence of it.
    pub(super) fn is_verbatim(&self) -> bool {
        self.contained >= VERBATIM && self.sentence >= VERBATIM_SENTENCE
    }
}

/// What differs where two wordings are otherwise the same.
#[allow(clippy::struct_excessive_bools)] // each is a piece of evidence of its own
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Conflicts {
    /// One is negated.
    pub(super) polarity: bool,
    /// The numbers are others.
    pub(super) number: bool,
    /// The names are others.
    pub(super) name: bool,
    /// A name stands in place of another, and nothing else.
    pub(super) name_for_name: bool,
    /// Of the two sentences most alike one is negated and the other is not.
    pub(super) sentence_polarity: bool,
    /// These sentences both have numbers, and none in common.
    pub(super) sentence_numbers: bool,
}

/// What is known of two quotations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Evidence {
    pub(super) overlap: Overlap,
    pub(super) conflicts: Conflicts,
    pub(super) voice: Voice,
    /// Whether both are of one story.
    pub(super) is_same_story: bool,
    /// Days between them; `None` where either date is not known.
    pub(super) days: Option<i32>,
    /// Whether one is direct speech and the other is not.
    pub(super) is_other_kind: bool,
}

impl Evidence {
    /// How likely the two report one utterance, in 0..=1; less than nothing where they cannot.
    pub(super) fn likelihood(&self) -> f32 {
        let Overlap {
            words,
            contained,
            sentence,
            weight,
            ..
        } = self.overlap;
        let conflicts = self.conflicts;
        if conflicts.polarity || conflicts.number {
            return -1.0;
        }
        let is_said_again = self.overlap.is_verbatim();
        let is_formula = !self.is_same_story && words < VERBATIM_WORDS;
        if self.voice == Voice::Different && (!is_said_again || is_formula) {
            return 0.0;
        }
        let voice = match self.voice {
            Voice::Same => SAME_VOICE,
            Voice::Unknown => 0.0,
            Voice::Different => OTHER_VOICE,
        };
        let sum = [
            CONTAINED * contained,
            SENTENCE * sentence,
            SHARED * weight.ln_1p(),
            voice,
            if self.is_same_story { SAME_STORY } else { 0.0 },
            if self.days.is_some_and(|days| days > OCCASION_DAYS) {
                FAR
            } else {
                0.0
            },
            if self.is_other_kind { OTHER_KIND } else { 0.0 },
            match (conflicts.name_for_name, conflicts.name) {
                (true, _) => NAME_FOR_NAME,
                (false, true) => OTHER_NAME,
                (false, false) => 0.0,
            },
            if conflicts.sentence_polarity {
                OTHER_POLARITY
            } else {
                0.0
            },
            if conflicts.sentence_numbers {
                OTHER_NUMBERS
            } else {
                0.0
            },
            -DOUBT,
        ];
        1.0 / (1.0 + (-sum.iter().sum::<f32>()).exp())
    }
}

/// Weighs pairs of quotations.
pub(super) struct PairScorer<'a> {
    pub(super) quotes: &'a Quotes,
    pub(super) voices: &'a Voices<'a>,
}

impl PairScorer<'_> {
    /// What is known of two quotations, by their places; `None` where they share too little.
    pub(super) fn evidence(&self, (at_a, at_b): (u32, u32)) -> Option<Evidence> {
        let a = self.quotes.list.get(at_a as usize)?;
        let b = self.quotes.list.get(at_b as usize)?;
        let is_same_story = a.story.is_some() && a.story == b.story;
        let scope = if is_same_story {
            Scope::Story
        } else {
            Scope::Window
        };
        let overlap = overlap(a, b, scope)?;
        Some(Evidence {
            overlap,
            conflicts: conflicts(a, b, overlap.of),
            voice: self.voices.of_two((at_a as usize, a), (at_b as usize, b)),
            is_same_story,
            days: a.day.zip(b.day).map(|(a, b)| (a - b).abs()),
            is_other_kind: (a.kind == QuoteKind::Direct) != (b.kind == QuoteKind::Direct),
        })
    }
}

/// One stem of both wordings: where it stands in each, and what it tells.
struct Shared {
    weight: f32,
    a: Bits,
    b: Bits,
}

fn overlap(a: &QuoteFeatures, b: &QuoteFeatures, scope: Scope) -> Option<Overlap> {
    let of_a: Vec<f32> = a.weights(scope).collect();
    let of_b: Vec<f32> = b.weights(scope).collect();
    let (mut at, mut common) = (0, Vec::new());
    for (own, stem) in a.stems().iter().enumerate() {
        while b.stems().get(at).is_some_and(|other| other < stem) {
            at += 1;
        }
        if b.stems().get(at) == Some(stem) {
            common.push((own, at));
        }
    }
    if common.len() < MIN_WORDS {
        return None;
    }
    let (in_a, in_b) = (a.sentences(), b.sentences());
    let weight = |at: usize, weights: &[f32]| weights.get(at).copied().unwrap_or(0.0);
    let shared = common.iter().map(|(x, y)| Shared {
        weight: f32::midpoint(weight(*x, &of_a), weight(*y, &of_b)),
        a: in_a.get(*x).copied().unwrap_or(0),
        b: in_b.get(*y).copied().unwrap_or(0),
    });
    let shared: Vec<Shared> = shared.collect();
    let sum: f32 = shared.iter().map(|one| one.weight).sum();
    let shorter = of_a.iter().sum::<f32>().min(of_b.iter().sum());
    if shorter <= 0.0 {
        return None;
    }
    let contained = (sum / shorter).min(1.0);
    let own: Vec<usize> = common.iter().map(|(own, _)| *own).collect();
    // That both speak of one thing is no statement.
    if contained < VERBATIM && a.are_one_name(&own) {
        return None;
    }
    let (sentence, of) = likest(&shared, (&in_a, &of_a), (&in_b, &of_b));
    Some(Overlap {
        words: common.len(),
        of_longer: a.stems().len().max(b.stems().len()),
        weight: sum,
        contained,
        sentence,
        of,
    })
}

/// The two sentences that are most alike, and their likeness (Dice).
fn likest(shared: &[Shared], a: (&[Bits], &[f32]), b: (&[Bits], &[f32])) -> (f32, (usize, usize)) {
    let (lengths_a, lengths_b) = (lengths(a), lengths(b));
    let mut most = (0.0_f32, (0, 0));
    for (x, of_x) in lengths_a.iter().enumerate() {
        for (y, of_y) in lengths_b.iter().enumerate() {
            let both = shared.iter().filter(|one| has(one.a, x) && has(one.b, y));
            let both: f32 = both.map(|one| one.weight).sum();
            let likeness = (2.0 * both / (of_x + of_y)).min(1.0);
            if both > 0.0 && likeness > most.0 {
                most = (likeness, (x, y));
            }
        }
    }
    most
}

/// What each sentence tells.
fn lengths((within, weights): (&[Bits], &[f32])) -> Vec<f32> {
    let last = within
        .iter()
        .map(|bits| Bits::BITS - bits.leading_zeros())
        .max();
    let mut lengths = vec![0.0; last.unwrap_or(0) as usize];
    for (bits, weight) in within.iter().zip(weights) {
        for (sentence, length) in lengths.iter_mut().enumerate() {
            if has(*bits, sentence) {
                *length += weight;
            }
        }
    }
    lengths
}

/// What differs in the slots of two wordings: where the words before or behind are the same, the one
/// has a negation, a number or a name that the other has not in this place. A wording that was cut
/// lacks words, so only what stands in the same slot counts.
fn conflicts(a: &QuoteFeatures, b: &QuoteFeatures, (x, y): (usize, usize)) -> Conflicts {
    let aligned = Aligned::of(a, b);
    let (in_x, in_y) = (a.words_of(x), b.words_of(y));
    let is_negated = |flags: Flags, within: Bits| flags.negated & within != 0;
    let numbers = (a.flags.numbers & in_x, b.flags.numbers & in_y);
    let whole = (0..aligned.a.len(), 0..aligned.b.len());
    let mut found = Conflicts {
        sentence_polarity: is_negated(a.flags, in_x) != is_negated(b.flags, in_y),
        sentence_numbers: aligned.differ(&whole, numbers),
        ..Conflicts::default()
    };
    for (at, op) in aligned.ops.iter().enumerate() {
        match *op {
            DiffOp::Equal {
                old_index,
                new_index,
                len,
            } => {
                let before = at.checked_sub(1).and_then(|before| aligned.ops.get(before));
                let taken = before.map_or((false, false), |op| aligned.negated_in(op));
                let mut both = (0..len).map(|step| (old_index + step, new_index + step, step));
                // What is negated in the slot before may carry its negation on.
                found.polarity |= both.any(|(x, y, step)| {
                    let (own, other) = (has(a.flags.negated, x), has(b.flags.negated, y));
                    let is_carried = step == 0 && (own && taken.1 || other && taken.0);
                    own != other && !is_carried
                });
            }
            DiffOp::Replace {
                old_index,
                old_len,
                new_index,
                new_len,
            } => {
                if old_len.max(new_len) <= SLOT {
                    let slot = (
                        old_index..old_index + old_len,
                        new_index..new_index + new_len,
                    );
                    let is_between = at > 0 && at + 1 < aligned.ops.len();
                    found.number |= aligned.differ(&slot, (a.flags.numbers, b.flags.numbers));
                    let differ = aligned.differ(&slot, (a.flags.names, b.flags.names));
                    let all =
                        |bits: Bits, within: &Range<usize>| within.clone().all(|at| has(bits, at));
                    let is_pure = all(a.flags.names, &slot.0) && all(b.flags.names, &slot.1);
                    found.name |= is_between && differ;
                    found.name_for_name |= is_between && differ && is_pure;
                }
            }
            DiffOp::Delete { .. } | DiffOp::Insert { .. } => {}
        }
    }
    found
}

/// Two wordings word under word.
struct Aligned {
    a: Vec<u32>,
    b: Vec<u32>,
    negated: (Bits, Bits),
    ops: Vec<DiffOp>,
}

impl Aligned {
    fn of(a: &QuoteFeatures, b: &QuoteFeatures) -> Self {
        let (of_a, of_b): (Vec<u32>, Vec<u32>) = (a.in_order().collect(), b.in_order().collect());
        Self {
            ops: capture_diff_slices(Algorithm::Myers, &of_a, &of_b),
            a: of_a,
            b: of_b,
            negated: (a.flags.negated, b.flags.negated),
        }
    }

    /// Whether a slot has a negated word, on either side.
    fn negated_in(&self, op: &DiffOp) -> (bool, bool) {
        let any = |bits: Bits, mut within: Range<usize>| within.any(|at| has(bits, at));
        (
            any(self.negated.0, op.old_range()),
            any(self.negated.1, op.new_range()),
        )
    }

    /// Whether both sides of a slot have words of a kind, and none of them stands in the other text.
    fn differ(&self, (own, other): &(Range<usize>, Range<usize>), bits: (Bits, Bits)) -> bool {
        let of = |stems: &[u32], within: &Range<usize>, bits: Bits| {
            let within = within.clone().filter(|at| has(bits, *at));
            within
                .filter_map(|at| stems.get(at).copied())
                .collect::<Vec<u32>>()
        };
        let (own, other) = (of(&self.a, own, bits.0), of(&self.b, other, bits.1));
        !own.is_empty()
            && !other.is_empty()
            && !own.iter().any(|stem| self.b.contains(stem))
            && !other.iter().any(|stem| self.a.contains(stem))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike() -> Evidence {
        Evidence {
            overlap: Overlap {
                words: 6,
                of_longer: 8,
                weight: 20.0,
                contained: 0.8,
                sentence: 0.7,
                of: (0, 0),
            },
            conflicts: Conflicts::default(),
            voice: Voice::Same,
            is_same_story: true,
            days: Some(0),
            is_other_kind: false,
        }
    }

    #[test]
    fn evidence_is_weighed() {
        let same = alike();
        assert!(same.likelihood() > 0.8);
        let unknown = Evidence {
            voice: Voice::Unknown,
            ..same
        };
        let far = Evidence {
            days: Some(9),
            ..same
        };
        let apart = Evidence {
            is_same_story: false,
            ..same
        };
        for less in [unknown, far, apart] {
            assert!(less.likelihood() < same.likelihood(), "{less:?}");
        }
        let paraphrase = Overlap {
            contained: 0.5,
            sentence: 0.35,
            weight: 6.0,
            words: 3,
            of_longer: 6,
            of: (0, 0),
        };
        let paraphrase = Evidence {
            overlap: paraphrase,
            is_other_kind: true,
            ..same
        };
        assert!(paraphrase.likelihood() > 0.5, "{}", paraphrase.likelihood());
        let elsewhere = Evidence {
            is_same_story: false,
            ..paraphrase
        };
        assert!(elsewhere.likelihood() < 0.5, "{}", elsewhere.likelihood());
    }

    #[test]
    fn another_polarity_or_number_is_another_statement() {
        for conflicts in [
            Conflicts {
                polarity: true,
                ..Conflicts::default()
            },
            Conflicts {
                number: true,
                ..Conflicts::default()
            },
        ] {
            let other = Evidence {
                conflicts,
                ..alike()
            };
            assert!(other.likelihood() < 0.0);
        }
    }

    #[test]
    fn two_speakers_are_one_only_by_the_very_words() {
        let other = Evidence {
            voice: Voice::Different,
            ..alike()
        };
        assert!(other.likelihood() < 0.5);
        let verbatim = Overlap {
            contained: 1.0,
            sentence: 1.0,
            ..other.overlap
        };
        assert!(
            Evidence {
                overlap: verbatim,
                ..other
            }
            .likelihood()
                > 0.5
        );
    }
}
