//! Who may have spoken, what speaks for and against each, and the choice among them. What each piece
//! of evidence weighs is data: `assets/attribution.toml`.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;
use toml::Table;

use crate::language::{PackError, RuleFiles};
use crate::model::{Confidence, Rule};
use crate::text::{ByteSpan, Spans};

/// The name of the file of weights, in `assets` and in the user's folder.
const NAME: &str = "attribution.toml";

static EMBEDDED: &str = include_str!("../../../assets/attribution.toml");

macro_rules! features {
    ($($variant:ident, $id:literal, $told:literal;)*) => {
        /// One thing that speaks for or against a candidate.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Feature {
            $(#[doc = $told] $variant,)*
        }

        impl Feature {
            /// Every feature, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name in the file of weights.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// What it says, in words for a linguist.
            pub fn told(self) -> &'static str {
                match self { $(Self::$variant => $told,)* }
            }
        }
    };
}

features! {
    Named, "named", "named at the verb";
    SeveralWords, "several-words", "a name of several words";
    KnownElsewhere, "known-elsewhere", "named elsewhere in the article as someone";
    NounLike, "noun-like", "one word, where every noun has a capital";
    UnknownWord, "unknown-word", "one word that only the head of a sentence gives its capital";
    OddName, "odd-name", "a name that holds more than a name does";
    NamesBody, "names-body", "a body or a place";
    Described, "described", "described at the verb";
    Pronoun, "pronoun", "a pronoun at the verb";
    Implied, "implied", "no word but the verb";
    WithoutVerb, "without-verb", "the sentence before the colon has no verb of saying";
    SetApart, "set-apart", "the cue belongs to a clause of its own";
    InMind, "in-mind", "the one whom the text speaks of";
    SecondInMind, "second-in-mind", "spoken of before another";
    LongAgo, "long-ago", "spoken of before several others";
    HasSpoken, "has-spoken", "has spoken before";
    NotYetHeard, "not-yet-heard", "named, but nowhere said to speak";
    GoesOn, "goes-on", "spoke last, and a paragraph of its own goes on";
    SpokeLast, "spoke-last", "spoke last";
    IsBody, "is-body", "a body";
    IsThing, "is-thing", "a document or a thing";
    PersonMeant, "person-meant", "no person, where the pronoun stands for one";
    ThingMeant, "thing-meant", "a person, where the pronoun stands for none";
    IsUnnamed, "is-unnamed", "someone without a name";
    GenderAgrees, "gender-agrees", "the pronoun's gender is theirs";
    GenderClashes, "gender-clashes", "the pronoun's gender is not theirs";
    NumberClashes, "number-clashes", "one person, where several are meant, or several where one is";
    SubjectHere, "subject-here", "the subject of this sentence";
    SpokeHere, "spoke-here", "speaks in this sentence already";
    NamedTogether, "named-together", "those who were named together last";
    BearsOffice, "bears-office", "bears the office that stands at the verb";
    SameDescription, "same-description", "was described by this word before";
    PointedAt, "pointed-at", "the words at the verb point back at someone";
    LastBody, "last-body", "the body that was spoken of last";
    Suffers, "suffers", "arrested, charged or hurt where last spoken of";
    SpokenOf, "spoken-of", "the words speak of them by name";
    LastOfAny, "last-of-any", "the last one spoken of, whoever it is";
}

/// A set of features.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Evidence(u64);

impl Evidence {
    /// Nothing but `feature`.
    pub const fn of(feature: Feature) -> Self {
        Self(1 << feature as u64)
    }

    /// These and `feature`.
    #[must_use]
    pub const fn and(self, feature: Feature) -> Self {
        Self(self.0 | 1 << feature as u64)
    }

    /// These, and `feature` where `holds`.
    #[must_use]
    pub const fn and_if(self, holds: bool, feature: Feature) -> Self {
        if holds { self.and(feature) } else { self }
    }

    /// These and those.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether `feature` is among these.
    pub const fn has(self, feature: Feature) -> bool {
        self.0 & (1 << feature as u64) != 0
    }

    /// The features in the order of their table.
    pub fn iter(self) -> impl Iterator<Item = Feature> {
        let all = Feature::ALL.iter().copied();
        all.filter(move |feature| self.has(*feature))
    }
}

/// Someone who may have spoken.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// The words at the verb; none where nothing but the verb stands there.
    pub mention: Option<ByteSpan>,
    /// The verb or sign that leads to them.
    pub cue: Option<ByteSpan>,
    /// Whom these words stand for.
    pub speakers: Spans,
    /// The construction by which they were found.
    pub construction: Rule,
    /// What speaks for and against them.
    pub evidence: Evidence,
}

/// The candidate that was chosen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice {
    /// Its place among the candidates.
    pub index: usize,
    /// How sure it is: by its own weight and by how far the next other speaker is behind.
    pub confidence: Confidence,
}

/// What constructions and features weigh.
#[derive(Clone, Debug, Default)]
pub(crate) struct Weights {
    constructions: Vec<i32>,
    features: Vec<i32>,
    sure: i32,
    likely: i32,
    margin: i32,
    digest: [u8; 32],
}

/// The file of weights.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WeightsFile {
    sure: i16,
    likely: i16,
    margin: i16,
    construction: HashMap<String, i16>,
    evidence: HashMap<String, i16>,
}

impl Weights {
    /// The weights that the program carries.
    pub fn embedded() -> Self {
        Self::load(None).unwrap_or_else(|error| {
            unreachable!("the embedded weights are checked by tests: {error}")
        })
    }

    /// The weights that the program carries, with those of a user's file in their place.
    ///
    /// # Errors
    /// The file cannot be read, or names a construction or a feature that does not exist.
    pub fn load(user: Option<&Path>) -> Result<Self, PackError> {
        let files = RuleFiles::load_one((NAME, EMBEDDED), user)?;
        let digest = files.digest();
        let table = files.tables.into_iter().flat_map(|(_, table)| table);
        let path = user.map_or_else(|| NAME.to_owned(), |path| path.display().to_string());
        let weights = Self::read(table.collect());
        let weights = weights.map_err(|reason| PackError::Invalid { path, reason })?;
        Ok(Self { digest, ..weights })
    }

    /// What tells these weights from any others.
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    fn read(table: Table) -> Result<Self, String> {
        let file: WeightsFile = table.try_into().map_err(|error| error.to_string())?;
        let rules = Rule::ALL.iter().map(|rule| rule.id());
        let features = Feature::ALL.iter().map(|feature| feature.id());
        Ok(Self {
            constructions: listed(rules, file.construction)?,
            features: listed(features, file.evidence)?,
            sure: file.sure.into(),
            likely: file.likely.into(),
            margin: file.margin.into(),
            digest: [0; 32],
        })
    }

    /// What a candidate weighs.
    pub fn of(&self, candidate: &Candidate) -> i32 {
        let construction = self.construction(candidate.construction);
        let features = candidate
            .evidence
            .iter()
            .map(|feature| self.feature(feature));
        construction + features.sum::<i32>()
    }

    /// What a construction weighs.
    pub fn construction(&self, rule: Rule) -> i32 {
        let weight = self.constructions.get(rule as usize);
        weight.copied().unwrap_or_default()
    }

    /// What a feature weighs.
    pub fn feature(&self, feature: Feature) -> i32 {
        let weight = self.features.get(feature as usize);
        weight.copied().unwrap_or_default()
    }

    /// The heaviest candidate; of equal ones the first. None that weighs nothing or less.
    pub fn choose(&self, candidates: &[Candidate]) -> Option<Choice> {
        let weighed = || candidates.iter().map(|candidate| self.of(candidate));
        let best = weighed().max().filter(|best| *best > 0)?;
        let index = weighed().position(|weight| weight == best)?;
        let chosen = candidates.get(index)?;
        let others = candidates.iter().zip(weighed());
        let next = others
            .filter(|(other, _)| other.speakers != chosen.speakers)
            .map(|(_, weight)| weight)
            .max()
            .unwrap_or(i32::MIN / 2);
        let clear = best.saturating_sub(next) >= self.margin;
        let confidence = if best >= self.sure && clear {
            Confidence::Sure
        } else if best >= self.likely {
            Confidence::Likely
        } else {
            Confidence::Unsure
        };
        Some(Choice { index, confidence })
    }
}

/// The weights in the order of `names`; all of them, and no others.
fn listed<'a>(
    names: impl Iterator<Item = &'a str>,
    mut given: HashMap<String, i16>,
) -> Result<Vec<i32>, String> {
    let weights = names.map(|name| {
        given
            .remove(name)
            .map(i32::from)
            .ok_or_else(|| format!("{name} is missing"))
    });
    let weights = weights.collect::<Result<_, _>>()?;
    match given.keys().next() {
        Some(unknown) => Err(format!("{unknown} is unknown")),
        None => Ok(weights),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(name: usize, construction: Rule, evidence: Evidence) -> Candidate {
        Candidate {
            mention: None,
            cue: None,
            speakers: ByteSpan::new(name, name + 1).into(),
            construction,
            evidence,
        }
    }

    fn read(text: &str) -> Result<Weights, String> {
        Weights::read(text.parse().map_err(|error| format!("{error}"))?)
    }

    #[test]
    fn the_weights_name_every_construction_and_feature_and_no_other() {
        assert!(read(EMBEDDED).is_ok(), "{:?}", read(EMBEDDED));
        let more = EMBEDDED.replace("[evidence]", "[evidence]\nwhim = 1");
        assert!(read(&more).unwrap_err().contains("whim"));
        let fewer = EMBEDDED.replace("\nnamed = ", "\nnamed-not = ");
        assert!(read(&fewer).unwrap_err().contains("named"));
    }

    #[test]
    fn a_name_at_the_verb_outweighs_whoever_is_in_mind() {
        let weights = Weights::embedded();
        let named = Evidence::of(Feature::Named).and(Feature::SeveralWords);
        let candidates = [
            candidate(1, Rule::FloatsOn, Evidence::of(Feature::InMind)),
            candidate(2, Rule::VerbThenName, named),
        ];
        let choice = weights.choose(&candidates).unwrap();
        assert_eq!(choice.index, 1);
        assert_eq!(choice.confidence, Confidence::Sure);
    }

    #[test]
    fn a_pronoun_goes_to_the_last_one_of_its_gender() {
        let weights = Weights::embedded();
        let pronoun = Evidence::of(Feature::Pronoun);
        let candidates = [
            candidate(
                1,
                Rule::NameThenVerb,
                pronoun.and(Feature::InMind).and(Feature::GenderClashes),
            ),
            candidate(
                2,
                Rule::NameThenVerb,
                pronoun
                    .and(Feature::SecondInMind)
                    .and(Feature::GenderAgrees),
            ),
        ];
        assert_eq!(
            weights.choose(&candidates).map(|choice| choice.index),
            Some(1)
        );
        assert!(weights.choose(&[]).is_none());
    }
}
