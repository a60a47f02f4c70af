//! The `[speech]` section of a pack: words of saying, and what only looks like saying.

use serde::Deserialize;

use super::Roles;

/// `[speech]` as it stands in a pack. Every list holds words or phrases; one entry may hold
/// several forms, parted by `|`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct SpeechWordsFile {
    comma_opens_clause: bool,
    verb_second: bool,
    clitic: String,
    verbs: Vec<String>,
    guarded: Vec<String>,
    inverted: Vec<String>,
    passive: Vec<String>,
    participles: Vec<String>,
    urging: Vec<String>,
    quoting: Vec<String>,
    telling: Vec<String>,
    according: Vec<String>,
    carriers: Vec<String>,
    relaying: Vec<String>,
    complementisers: Vec<String>,
    address: Vec<String>,
    agent: Vec<String>,
    auxiliaries: Vec<String>,
    adverbs: Vec<String>,
    prepositions: Vec<String>,
    locatives: Vec<String>,
    origins: Vec<String>,
    subordinators: Vec<String>,
    coordinators: Vec<String>,
    relatives: Vec<String>,
    articles: Vec<String>,
    determiners: Vec<String>,
    openers: Vec<String>,
    negations: Vec<String>,
    finite: Vec<String>,
    time: Vec<String>,
    back_references: Vec<String>,
    noun_objects: Vec<String>,
    clause_subjects: Vec<String>,
    manner: Vec<String>,
    copulas: Vec<String>,
    nominal: Vec<String>,
    purposes: Vec<String>,
    verb_prefixes: Vec<String>,
    no_verbs: Vec<String>,
    documents: Vec<String>,
    abbreviations: Vec<String>,
}

/// The compiled section.
#[derive(Clone, Debug, Default)]
pub struct SpeechWords {
    /// Words and phrases with their parts.
    pub entries: Vec<(Box<str>, Roles)>,
    /// Whether a comma behind a reporting verb opens its clause (`Kim mengatakan, …`).
    pub comma_opens_clause: bool,
    /// Whether the verb comes second, so that a subject follows it behind an opening adverbial
    /// (`Im Interview sagte sie: …`).
    pub verb_second: bool,
    /// How verbs begin in a language that marks them at the front (`mengguncang`, `dibuka`).
    pub verb_prefixes: Vec<Box<str>>,
}

impl SpeechWords {
    /// The lists of a pack, each with the roles of its words.
    fn lists(file: &SpeechWordsFile) -> Vec<(&Vec<String>, Roles)> {
        vec![
            (&file.verbs, Roles::VERB),
            (&file.guarded, Roles::GUARDED),
            (&file.inverted, Roles::INVERTED),
            (&file.passive, Roles::PASSIVE),
            (&file.participles, Roles::PARTICIPLE),
            (&file.urging, Roles::URGING),
            (&file.quoting, Roles::QUOTING),
            (&file.telling, Roles::TELLING),
            (&file.according, Roles::ACCORDING),
            (&file.carriers, Roles::CARRIER),
            (&file.relaying, Roles::RELAY),
            (&file.complementisers, Roles::COMPLEMENTISER),
            (&file.address, Roles::ADDRESS | Roles::PREPOSITION),
            (&file.agent, Roles::AGENT | Roles::PREPOSITION),
            (&file.auxiliaries, Roles::AUXILIARY),
            (&file.adverbs, Roles::ADVERB),
            (&file.prepositions, Roles::PREPOSITION),
            (&file.locatives, Roles::LOCATIVE | Roles::PREPOSITION),
            (&file.origins, Roles::ORIGIN | Roles::PREPOSITION),
            (&file.subordinators, Roles::SUBORDINATOR),
            (&file.coordinators, Roles::COORDINATOR),
            (&file.relatives, Roles::RELATIVE),
            (&file.articles, Roles::ARTICLE | Roles::DETERMINER),
            (&file.determiners, Roles::DETERMINER),
            (&file.openers, Roles::OPENER),
            (&file.negations, Roles::NEGATION | Roles::AUXILIARY),
            (&file.finite, Roles::FINITE),
            (&file.time, Roles::TIME),
            (&file.back_references, Roles::BACK_REFERENCE),
            (&file.noun_objects, Roles::NOUN_OBJECT),
            (&file.clause_subjects, Roles::CLAUSE_SUBJECT),
            (&file.manner, Roles::MANNER),
            (&file.copulas, Roles::COPULA),
            (&file.nominal, Roles::NOMINAL),
            (&file.purposes, Roles::PURPOSE | Roles::PREPOSITION),
            (&file.no_verbs, Roles::NO_VERB),
            (&file.documents, Roles::DOCUMENT),
            (&file.abbreviations, Roles::ABBREVIATION),
        ]
    }

    pub(super) fn compile(file: &SpeechWordsFile) -> Self {
        let mut entries = Vec::new();
        for (list, roles) in Self::lists(file) {
            entries.extend(forms(list).map(|form| (form.into(), roles)));
        }
        if !file.clitic.is_empty() {
            let lists = [
                (&file.inverted, Roles::CLITIC),
                (&file.according, Roles::CLITIC | Roles::ACCORDING),
                (&file.nominal, Roles::CLITIC | Roles::NOMINAL),
            ];
            let clitics = lists.into_iter().flat_map(|(list, roles)| {
                forms(list).map(move |form| (format!("{form}{}", file.clitic).into(), roles))
            });
            entries.extend(clitics);
        }
        Self {
            entries,
            comma_opens_clause: file.comma_opens_clause,
            verb_second: file.verb_second,
            verb_prefixes: forms(&file.verb_prefixes).map(Box::from).collect(),
        }
    }
}

/// The single forms of a list's entries.
pub(super) fn forms(list: &[String]) -> impl Iterator<Item = &str> {
    list.iter()
        .flat_map(|entry| entry.split('|'))
        .map(str::trim)
        .filter(|form| !form.is_empty())
}
