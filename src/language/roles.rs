//! What a word can do in a reporting sentence: sets of bits, one for each kind of role, filled from
//! the `[speech]` and `[people]` sections of a pack, so that a text's words are looked up once.

use std::ops::{BitOr, BitOrAssign};

/// The parts that a word or phrase can play; several at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Roles {
    /// What it does in a sentence, by `[speech]`.
    speech: u64,
    /// What it does in a name or stands for, by `[people]`.
    people: u32,
    /// What an article has shown of it while it was read.
    reading: u32,
}

impl Roles {
    /// No part.
    pub const NONE: Self = Self {
        speech: 0,
        people: 0,
        reading: 0,
    };

    /// Whether any of `other` is among these.
    #[inline]
    pub const fn any(self, other: Self) -> bool {
        self.speech & other.speech != 0
            || self.people & other.people != 0
            || self.reading & other.reading != 0
    }

    /// Whether nothing is known of what the word does in a sentence or a name; whom a word tells of
    /// (a woman, a person) is no such part.
    pub const fn is_empty(self) -> bool {
        let told = Self::FEMALE
            .with(Self::MALE)
            .with(Self::PERSON_NOUN)
            .with(Self::NUMERAL);
        self.speech & !Self::SUFFERING.speech == 0
            && self.people & !told.people == 0
            && self.reading == 0
    }

    /// Both.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self {
            speech: self.speech | other.speech,
            people: self.people | other.people,
            reading: self.reading | other.reading,
        }
    }
}

impl BitOr for Roles {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.with(other)
    }
}

impl BitOrAssign for Roles {
    fn bitor_assign(&mut self, other: Self) {
        *self = self.with(other);
    }
}

/// Declares the roles of one kind; the order gives each its bit, so that a new one is a new line. More
/// than the field has bits do not compile.
macro_rules! roles {
    ($field:ident: $($(#[$doc:meta])* $name:ident,)*) => {
        const _: () = {
            #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
            enum Bit { $($name,)* }
            impl Roles {
                $($(#[$doc])* pub const $name: Self = Self {
                    $field: 1 << Bit::$name as u32,
                    ..Self::NONE
                };)*
            }
        };
    };
}

roles! {
    speech:
    /// A reporting verb whose clause needs no mark (`mengatakan`, `said`).
    VERB,
    /// A reporting verb that takes a clause only behind a complementiser, comma or colon.
    NEEDS_COMPLEMENT,
    /// A cue that the speaker follows (`kata`, `ujar`).
    INVERTED,
    /// A cue with the speaker inside (`katanya`).
    CLITIC,
    /// A passive cue; its agent follows (`dikatakan`).
    PASSIVE,
    /// A cue without a subject of its own (`saying`).
    PARTICIPLE,
    /// A verb of urging, whose clause begins with the one who is urged.
    URGING,
    /// A cue of direct quotations alone (`continued`).
    QUOTING,
    /// `according to`; the speaker follows.
    ACCORDING,
    /// Words by which a medium is named as the carrier (`dilansir`).
    CARRIER,
    /// Opens a reported clause (`bahwa`, `that`).
    COMPLEMENTISER,
    /// The one spoken to follows (`kepada`).
    ADDRESS,
    /// May stand between a subject and its verb.
    AUXILIARY,
    /// A preposition.
    PREPOSITION,
    /// Opens a dependent clause (`saat`, `when`).
    SUBORDINATOR,
    /// Joins equals (`dan`, `and`).
    COORDINATOR,
    /// A relative pronoun.
    RELATIVE,
    /// An article or another word that opens a noun phrase.
    DETERMINER,
    /// Points back at what was said (`hal itu`).
    BACK_REFERENCE,
    /// A time word.
    TIME,
    /// A day as an adverb (`yesterday`), which may stand before a verb.
    DAY,
    /// A short form whose full stop ends no sentence.
    ABBREVIATION,
    /// A reporting verb that is followed by the one spoken to (`told`).
    TELLING,
    /// An adverb or conjunction that opens a sentence (`namun`, `however`).
    OPENER,
    /// Follows the speaker whose words are given (`zufolge`).
    POSTPOSED,
    /// An auxiliary of the perfect (`hat`, `habe`): its participle ends the part of the sentence.
    PERFECT,
    /// A finite verb in the mood of what is only reported (`sei`, `habe`).
    SUBJUNCTIVE,
    /// A finite verb in the mood of what might be (`wäre`), which reports as well.
    CONDITIONAL,
    /// An article or pronoun in a case that no subject has (`dem`, `ihn`).
    OBLIQUE,
    /// An article behind a noun that says whose it is (`des`).
    GENITIVE,
    /// Stands apart from its verb at the end of the clause (`räumte … ein`).
    VERB_PARTICLE,
    /// A verb that reports only together with such a particle.
    NEEDS_PARTICLE,
    /// Turns a verb back on its subject (`sich`).
    REFLEXIVE,
    /// Likens what is said to how someone said it (`wie`).
    LIKENS,
    /// A preposition and an article in one word (`im`): a noun follows.
    CONTRACTION,
    /// Stands before an infinitive (`zu`).
    INFINITIVE,
    /// Is built like a verb, but a noun or an adjective (`direksi`, `terbaru`).
    NO_VERB,
    /// A source of words rather than a person (`laporan`, `statement`).
    DOCUMENT,
    /// Any word of grammar; never part of a name.
    FUNCTION,
    /// Inside a passive: the agent follows (`oleh`, `by`).
    AGENT,
    /// What an attitude verb or noun object begins with after a guarded verb.
    NOUN_OBJECT,
    /// A participle that tells as often of a thing as of someone who speaks (`suggesting`).
    WEAK_PARTICIPLE,
    /// A verb of promising, which an infinitive follows (`pledging to`).
    VOWING,
    /// Opens what is conceded by the reporter, behind what was said (`even though`).
    CONCESSIVE,
    /// Numbers, which say nothing by themselves (`figures`).
    FIGURES,
    /// Only may be: a verb behind it tells of nothing said (`dapat menilai`).
    MODAL,
    /// A verb of denial: denied itself, it reports what follows (`tidak menampik bahwa`).
    DENIAL,
    /// Those who study (`researchers`), whose findings are told.
    FINDER,
    /// A verb that reports only of a document or of those who study (`found`).
    FINDING,
    /// Those who were asked (`ditanya`): the words behind are a question of nobody known.
    ASKED,
    /// By whom someone lets something be said (`melalui`).
    THROUGH,
    /// Denies what follows (`tidak`, `not`).
    NEGATION,
    /// A finite verb of common use; ends a noun phrase.
    FINITE,
    /// A noun with a possessive that opens a reported clause as its subject (`negaranya`).
    CLAUSE_SUBJECT,
    /// An article or possessive: a noun follows, never a verb.
    ARTICLE,
    /// A place's name follows (`di`, `in`).
    LOCATIVE,
    /// A verb by which a medium gives another's words; that one follows (`quoted`, `mengutip`).
    RELAY,
    /// Makes an adverb of the word behind it (`secara terbuka`).
    MANNER,
    /// Makes a passive of the participle behind it (`was`).
    COPULA,
    /// May stand before a verb, and behind a noun as well (`resmi`), so that it shows no clause.
    ADVERB,
    /// What someone is of follows: a body, a place (`dari`, `from`).
    ORIGIN,
    /// Opens a purpose (`untuk`).
    PURPOSE,
    /// A cue that is a noun as well (`nilai`, `protes`).
    NOMINAL,
    /// Tells of one who is arrested, charged or hurt (`ditangkap`), and hardly speaks.
    SUFFERING,
}

roles! {
    people:
    /// Stands for one person.
    PRONOUN,
    /// Stands for several.
    PLURAL,
    /// Stands for two (`keduanya`, `both`).
    BOTH,
    /// An office or occupation.
    OFFICE,
    /// A form of address that belongs before a name (`Pak`, `Mr.`).
    HONORIFIC,
    /// A degree or rank that belongs behind a name.
    SUFFIX,
    /// A small word inside names (`van`, `bin`).
    PARTICLE,
    /// A nickname follows (`alias`, `disapa`).
    NICKNAME,
    /// A place or body that offices are followed by.
    PLACE,
    /// The first word of an organisation's name.
    ORGANISATION,
    /// The reporter's own first or second person, which marks a voice inside a quotation.
    FIRST_PERSON,
    /// Points at someone known (`itu`).
    DEMONSTRATIVE,
    /// The name follows of the one before it (`bernama`, `named`).
    NAMING,
    /// An office or body that a place's name follows (`Bupati`, `Polres`).
    PLACED,
    /// A small word inside the names of bodies alone (`University of …`).
    BODY_PARTICLE,
    /// What a news agency is called before its name (`kantor berita`).
    AGENCY,
    /// Makes another person of the one whose name follows (`istri`, `wife`).
    KIN,
    /// Tells of a woman: a pronoun, a form of address, an office, a given name.
    FEMALE,
    /// Tells of a man.
    MALE,
    /// A pronoun that stands for no person (`it`).
    NEUTER,
    /// What a place is called before its name (`desa`): no office of anyone.
    TERRITORY,
    /// An office that is a body by itself (`White House`).
    BODY_OFFICE,
    /// A number in words, which may end the name of a place (`Buyat Satu`).
    NUMERAL,
    /// One who speaks for another, whose name follows (`kuasa hukum`).
    DELEGATE,
    /// The last word of a body's name (`Sekuritas`).
    BODY_END,
    /// A word for a person that is no office (`woman`, `pria`).
    PERSON_NOUN,
    /// An article that points at someone known (`the`).
    DEFINITE,
    /// An article that is no part of a description (`the`, `seorang`).
    BARE_ARTICLE,
    /// What an office is in charge of (`keuangan`): it stands before its bearer's name, never for it.
    PORTFOLIO,
}

roles! {
    reading:
    /// The first word of a phrase.
    PHRASE,
    /// Ends in a possessive `'s`.
    POSSESSIVE,
    /// Ends in a possessive `’s`.
    POSSESSIVE_CURLY,
    /// Set while an article is read: named alone beside a cue somewhere in it.
    KNOWN_SPEAKER,
    /// Set while an article is read: a line's end cuts the word (`Dan-⏎ny`).
    BROKEN,
    /// Set while an article is read: a common noun, where every noun has a capital.
    NOUN,
    /// Set while an article is read: marked words that end in a comma inside their marks.
    ENDS_IN_COMMA,
    /// Set while an article is read: marked words that end in a full stop inside their marks.
    ENDS_IN_STOP,
}
