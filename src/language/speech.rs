//! The `[speech]` section of a pack: the words of reporting sentences. They are verbs of saying,
//! the grammar around them, and words that only look like verbs of saying.

use super::Roles;

/// Declares a section of a language pack: its settings, and its lists of words, each with the roles
/// that the list gives to its words.
macro_rules! section {
    (
        $(#[$doc:meta])* $name:ident
        { $($setting:ident: $type:ty,)* }
        { $($list:ident: $roles:expr,)* }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, serde::Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub(super) struct $name {
            $($setting: $type,)*
            $($list: Vec<String>,)*
        }

        impl $name {
            /// Returns the word lists of the section, each with the roles of its words.
            fn lists(&self) -> Vec<(&Vec<String>, Roles)> {
                vec![$((&self.$list, $roles),)*]
            }
        }
    };
}
pub(super) use section;

section! {
    /// The `[speech]` section of a language pack, as it is written in the file. Every list holds
    /// words or phrases; one entry may hold several forms, parted by `|`.
    SpeechWordsFile
    {
        comma_opens_clause: bool,
        verb_second: bool,
        clitic: String,
        verb_prefixes: Vec<String>,
        verb_endings: Vec<String>,
        adverb_endings: Vec<String>,
        questions: Vec<String>,
        answers: Vec<String>,
    }
    {
        verbs: Roles::VERB,
        guarded: Roles::NEEDS_COMPLEMENT,
        inverted: Roles::INVERTED,
        passive: Roles::PASSIVE,
        participles: Roles::PARTICIPLE,
        urging: Roles::URGING,
        quoting: Roles::QUOTING,
        telling: Roles::TELLING,
        according: Roles::ACCORDING,
        carriers: Roles::CARRIER,
        relaying: Roles::RELAY,
        complementisers: Roles::COMPLEMENTISER,
        address: Roles::ADDRESS | Roles::PREPOSITION,
        agent: Roles::AGENT | Roles::PREPOSITION,
        auxiliaries: Roles::AUXILIARY,
        adverbs: Roles::ADVERB,
        prepositions: Roles::PREPOSITION,
        locatives: Roles::LOCATIVE | Roles::PREPOSITION,
        origins: Roles::ORIGIN | Roles::PREPOSITION,
        subordinators: Roles::SUBORDINATOR,
        coordinators: Roles::COORDINATOR,
        relatives: Roles::RELATIVE,
        articles: Roles::ARTICLE | Roles::DETERMINER,
        determiners: Roles::DETERMINER,
        openers: Roles::OPENER,
        negations: Roles::NEGATION | Roles::AUXILIARY,
        finite: Roles::FINITE,
        time: Roles::TIME,
        back_references: Roles::BACK_REFERENCE,
        noun_objects: Roles::NOUN_OBJECT,
        clause_subjects: Roles::CLAUSE_SUBJECT,
        manner: Roles::MANNER,
        copulas: Roles::COPULA,
        nominal: Roles::NOMINAL,
        suffering: Roles::SUFFERING,
        purposes: Roles::PURPOSE | Roles::PREPOSITION,
        no_verbs: Roles::NO_VERB,
        modals: Roles::MODAL | Roles::AUXILIARY,
        days: Roles::DAY | Roles::TIME,
        denials: Roles::DENIAL,
        findings: Roles::FINDING | Roles::VERB | Roles::NEEDS_COMPLEMENT,
        finders: Roles::FINDER,
        asked: Roles::ASKED,
        through: Roles::THROUGH,
        postposed: Roles::POSTPOSED,
        perfect: Roles::PERFECT,
        subjunctive: Roles::SUBJUNCTIVE,
        conditional: Roles::CONDITIONAL,
        oblique: Roles::OBLIQUE,
        genitive: Roles::GENITIVE,
        verb_particles: Roles::VERB_PARTICLE,
        separable: Roles::NEEDS_PARTICLE | Roles::VERB | Roles::NEEDS_COMPLEMENT,
        reflexive: Roles::REFLEXIVE,
        likening: Roles::LIKENS,
        contractions: Roles::CONTRACTION | Roles::PREPOSITION,
        infinitive: Roles::INFINITIVE,
        weak_participles: Roles::WEAK_PARTICIPLE,
        vowing: Roles::VOWING,
        concessives: Roles::CONCESSIVE | Roles::SUBORDINATOR,
        figures: Roles::FIGURES,
        documents: Roles::DOCUMENT,
        abbreviations: Roles::ABBREVIATION,
    }
}

/// The compiled `[speech]` section of a pack.
#[derive(Clone, Debug, Default)]
pub struct SpeechWords {
    /// Words and phrases, each with its roles in a sentence.
    pub entries: Vec<(Box<str>, Roles)>,
    /// Whether a comma behind a reporting verb opens the reported clause (`Kim mengatakan, …`).
    pub comma_opens_clause: bool,
    /// Whether the finite verb is the second part of a sentence, as in German: behind an opening
    /// adverbial, the subject follows its verb (`Im Interview sagte sie: …`).
    pub verb_second: bool,
    /// Prefixes that mark a word as a verb (`mengguncang`, `dibuka`), in a language that has them.
    pub verb_prefixes: Vec<Box<str>>,
    /// Endings of regular past tenses (`ed` in `declined`).
    pub verb_endings: Vec<Box<str>>,
    /// Endings of adverbs that are made of other words (`ly` in `firmly`).
    pub adverb_endings: Vec<Box<str>>,
    /// What labels a question of an interview (`Q`).
    pub questions: Vec<Box<str>>,
    /// What labels its answer (`A`).
    pub answers: Vec<Box<str>>,
}

impl SpeechWords {
    /// Returns whether a word in small letters is a verb or preposition of saying. Searches all
    /// entries, so it is slow.
    pub(super) fn is_cue(&self, word: &str) -> bool {
        let cue = Roles::VERB
            .with(Roles::NEEDS_COMPLEMENT)
            .with(Roles::INVERTED)
            .with(Roles::CLITIC)
            .with(Roles::PASSIVE)
            .with(Roles::ACCORDING)
            .with(Roles::QUOTING);
        let mut entries = self.entries.iter();
        entries.any(|(entry, roles)| roles.any(cue) && **entry == *word)
    }

    pub(super) fn compile(file: &SpeechWordsFile) -> Self {
        let mut entries = Vec::new();
        for (list, roles) in file.lists() {
            entries.extend(forms(list).map(|form| (form.into(), roles)));
        }
        if !file.clitic.is_empty() {
            let lists = [
                (&file.inverted, Roles::CLITIC),
                (&file.according, Roles::CLITIC | Roles::ACCORDING),
                (&file.nominal, Roles::CLITIC | Roles::NOMINAL),
                (&file.passive, Roles::CLITIC),
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
            verb_endings: forms(&file.verb_endings).map(Box::from).collect(),
            adverb_endings: forms(&file.adverb_endings).map(Box::from).collect(),
            questions: forms(&file.questions).map(Box::from).collect(),
            answers: forms(&file.answers).map(Box::from).collect(),
        }
    }
}

/// Returns the single forms of the entries of a list: the entry `say|says|said` has three.
pub(super) fn forms(list: &[String]) -> impl Iterator<Item = &str> {
    list.iter()
        .flat_map(|entry| entry.split('|'))
        .map(str::trim)
        .filter(|form| !form.is_empty())
}
