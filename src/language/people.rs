//! The `[people]` section of a pack: titles, honorifics, offices, pronouns and name particles.

use serde::Deserialize;

use super::Roles;
use super::speech::forms;

/// `[people]` as it stands in a pack. Entries as in `[speech]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct PeopleWordsFile {
    nouns_capitalised: bool,
    noun_endings: Vec<String>,
    pronouns: Vec<String>,
    female: Vec<String>,
    male: Vec<String>,
    plural: Vec<String>,
    demonstratives: Vec<String>,
    first_person: Vec<String>,
    offices: Vec<String>,
    honorifics: Vec<String>,
    suffixes: Vec<String>,
    particles: Vec<String>,
    body_particles: Vec<String>,
    nicknames: Vec<String>,
    naming: Vec<String>,
    otherwise: Vec<String>,
    governments: Vec<String>,
    home: Vec<String>,
    same_bodies: Vec<String>,
    places: Vec<String>,
    portfolios: Vec<String>,
    placed: Vec<String>,
    organisations: Vec<String>,
    bodies: Vec<String>,
    agencies: Vec<String>,
    kin: Vec<String>,
    territories: Vec<String>,
    neuter: Vec<String>,
    body_ends: Vec<String>,
    body_offices: Vec<String>,
    numerals: Vec<String>,
    delegates: Vec<String>,
    women: Vec<String>,
    men: Vec<String>,
    person_nouns: Vec<String>,
    bare_articles: Vec<String>,
    definite_articles: Vec<String>,
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
    /// What a country's government is called beside the country's name.
    pub governments: Vec<Box<str>>,
    /// What may be left out at the end of the names of the country's own bodies and offices (`RI`).
    pub home: Vec<Box<str>>,
    /// Words for one kind of body, the first of each list standing for the others: `militer` and
    /// `tentara` of a country are one.
    pub same_bodies: Vec<Vec<Box<str>>>,
}

impl PeopleWords {
    pub(super) fn compile(file: &PeopleWordsFile) -> Self {
        let lists = [
            (&file.pronouns, Roles::PRONOUN),
            (&file.female, Roles::PRONOUN | Roles::FEMALE),
            (&file.male, Roles::PRONOUN | Roles::MALE),
            (&file.body_offices, Roles::BODY_OFFICE),
            (&file.numerals, Roles::NUMERAL),
            (&file.delegates, Roles::DELEGATE | Roles::OFFICE),
            (&file.body_ends, Roles::BODY_END),
            (&file.neuter, Roles::PRONOUN | Roles::NEUTER),
            (&file.women, Roles::FEMALE),
            (&file.men, Roles::MALE),
            (&file.plural, Roles::PRONOUN | Roles::PLURAL),
            (&file.demonstratives, Roles::DEMONSTRATIVE),
            (&file.first_person, Roles::FIRST_PERSON),
            (&file.offices, Roles::OFFICE),
            (&file.honorifics, Roles::HONORIFIC),
            (&file.suffixes, Roles::SUFFIX),
            (&file.body_particles, Roles::BODY_PARTICLE),
            (&file.particles, Roles::PARTICLE),
            (&file.nicknames, Roles::NICKNAME),
            (&file.naming, Roles::NAMING),
            (&file.otherwise, Roles::OTHERWISE),
            (&file.places, Roles::PLACE),
            (&file.portfolios, Roles::PLACE | Roles::PORTFOLIO),
            (&file.placed, Roles::PLACED | Roles::OFFICE),
            (&file.organisations, Roles::ORGANISATION),
            (&file.bodies, Roles::ORGANISATION | Roles::PLACE),
            (&file.agencies, Roles::AGENCY),
            (&file.kin, Roles::KIN),
            (
                &file.territories,
                Roles::TERRITORY | Roles::PLACED | Roles::OFFICE,
            ),
            (&file.definite_articles, Roles::DEFINITE),
            (&file.person_nouns, Roles::PERSON_NOUN),
            (&file.bare_articles, Roles::BARE_ARTICLE | Roles::DETERMINER),
        ];
        let mut entries = Vec::new();
        for (list, roles) in lists {
            entries.extend(forms(list).map(|form| (form.into(), roles)));
        }
        Self {
            entries,
            nouns_capitalised: file.nouns_capitalised,
            noun_endings: forms(&file.noun_endings).map(Box::from).collect(),
            governments: forms(&file.governments).map(Box::from).collect(),
            home: forms(&file.home).map(Box::from).collect(),
            same_bodies: file
                .same_bodies
                .iter()
                .map(|same| forms(std::slice::from_ref(same)).map(Box::from).collect())
                .collect(),
        }
    }
}
