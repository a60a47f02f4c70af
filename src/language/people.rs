//! The `[people]` section of a pack: the words that name, address or stand for people.

use super::Roles;
use super::speech::{forms, section};

section! {
    /// The `[people]` section of a language pack, as it is written in the file. One entry may hold
    /// several forms, parted by `|`.
    PeopleWordsFile
    {
        nouns_capitalised: bool,
        noun_endings: Vec<String>,
        governments: Vec<String>,
        home: Vec<String>,
        same_bodies: Vec<String>,
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
        otherwise: Roles::OTHERWISE,
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
        no_names: Roles::FUNCTION,
        bare_articles: Roles::BARE_ARTICLE | Roles::DETERMINER,
    }
}

/// The compiled `[people]` section of a pack.
#[derive(Clone, Debug, Default)]
pub struct PeopleWords {
    /// Words and phrases, each with its roles in a name or sentence.
    pub entries: Vec<(Box<str>, Roles)>,
    /// Whether every noun of the language begins with a capital, as in German. Then a capital alone
    /// does not show a name.
    pub nouns_capitalised: bool,
    /// Endings of words that are common nouns and not names, in a language that capitalises nouns.
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
        let mut entries = Vec::new();
        for (list, roles) in file.lists() {
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
