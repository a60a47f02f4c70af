//! The `[people]` section of a pack: titles, honorifics, offices, pronouns and name particles.

use super::Roles;
use super::speech::{forms, section};

section! {
    /// `[people]` as it stands in a pack. Entries as in `[speech]`.
    PeopleWordsFile
    {
        nouns_capitalised: bool,
        noun_endings: Vec<String>,
    }
    {
        pronouns: Roles::PRONOUN,
        female: Roles::PRONOUN | Roles::FEMALE,
        male: Roles::PRONOUN | Roles::MALE,
        body_offices: Roles::BODY_OFFICE,
        numerals: Roles::NUMERAL,
        delegates: Roles::DELEGATE | Roles::OFFICE,
        body_ends: Roles::BODY_END,
        neuter: Roles::PRONOUN | Roles::NEUTER,
        women: Roles::FEMALE,
        men: Roles::MALE,
        plural: Roles::PRONOUN | Roles::PLURAL,
        both: Roles::PRONOUN | Roles::PLURAL | Roles::BOTH,
        demonstratives: Roles::DEMONSTRATIVE,
        first_person: Roles::FIRST_PERSON,
        offices: Roles::OFFICE,
        honorifics: Roles::HONORIFIC,
        suffixes: Roles::SUFFIX,
        body_particles: Roles::BODY_PARTICLE,
        particles: Roles::PARTICLE,
        nicknames: Roles::NICKNAME,
        naming: Roles::NAMING,
        places: Roles::PLACE,
        portfolios: Roles::PLACE | Roles::PORTFOLIO,
        placed: Roles::PLACED | Roles::OFFICE,
        organisations: Roles::ORGANISATION,
        bodies: Roles::ORGANISATION | Roles::PLACE,
        agencies: Roles::AGENCY,
        kin: Roles::KIN,
        territories: Roles::TERRITORY | Roles::PLACED | Roles::OFFICE,
        definite_articles: Roles::DEFINITE,
        person_nouns: Roles::PERSON_NOUN,
        bare_articles: Roles::BARE_ARTICLE | Roles::DETERMINER,
    }
}

/// The compiled section.
#[derive(Clone, Debug, Default)]
pub struct PeopleWords {
    /// Words and phrases with their parts.
    pub entries: Vec<(Box<str>, Roles)>,
    /// Whether every noun begins with a capital, so that a capital alone makes no name.
    pub nouns_capitalised: bool,
    /// How words end that are surely common nouns there.
    pub noun_endings: Vec<Box<str>>,
}

impl PeopleWords {
    pub(super) fn compile(file: &PeopleWordsFile) -> Self {
        let mut entries = Vec::new();
        for (list, roles) in file.lists() {
            entries.extend(forms(list).map(|form| (form.into(), roles)));
        }
        Self {
            entries,
            nouns_capitalised: file.nouns_capitalised,
            noun_endings: forms(&file.noun_endings).map(Box::from).collect(),
        }
    }
}
