//! The roles that a word can play in a reporting sentence or in a name. They are sets of bits,
//! filled from the `[speech]` and `[people]` sections of a pack, so that each word of a text is
//! looked up once.

use std::ops::{BitOr, BitOrAssign};

/// The set of roles that a word or phrase can play.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Roles {
    /// Roles in a sentence, from the `[speech]` section.
    speech: u64,
    /// Roles in a name or description of a person, from the `[people]` section.
    people: u32,
    /// What was found out about the word while the article was read.
    reading: u32,
}

impl Roles {
    /// The empty set.
    pub const NONE: Self = Self {
        speech: 0,
        people: 0,
        reading: 0,
    };

    /// Returns whether the two sets share a role.
    #[inline]
    pub const fn any(self, other: Self) -> bool {
        self.speech & other.speech != 0
            || self.people & other.people != 0
            || self.reading & other.reading != 0
    }

    /// Returns whether the word has no role in the grammar of a sentence or of a name. Roles that
    /// only describe a person (female, male, a noun such as `woman`, a numeral, someone arrested or
    /// hurt) do not count.
    pub const fn is_empty(self) -> bool {
        let told = Self::FEMALE
            .with(Self::MALE)
            .with(Self::PERSON_NOUN)
            .with(Self::NUMERAL);
        self.speech & !Self::SUFFERING.speech == 0
            && self.people & !told.people == 0
            && self.reading == 0
    }

    /// Returns the roles of `self` and of `other` together.
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

/// Declares the roles of one field of [`Roles`], and gives each a bit in the order of the list. The
/// program does not compile if a field has too few bits.
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
    /// A reporting verb that a clause can follow directly, without `that`, comma or colon
    /// (`mengatakan`, `said`).
    VERB,
    /// A reporting verb whose clause has to begin with a word such as `that`, a comma or a colon.
    NEEDS_COMPLEMENT,
    /// A word of saying that the speaker follows (`kata`, `ujar`: `kata Rina`).
    INVERTED,
    /// A word of saying that contains its speaker as a suffix (`katanya`, “he or she said”).
    CLITIC,
    /// A passive verb of saying, whose agent follows (`dikatakan`, “it is said”).
    PASSIVE,
    /// A participle of saying, which has no subject of its own (`saying`).
    PARTICIPLE,
    /// A verb of urging (`urged`), whose clause begins with the person who is urged.
    URGING,
    /// A verb that reports only words in quotation marks (`continued`).
    QUOTING,
    /// Words such as `according to`, which the speaker follows.
    ACCORDING,
    /// Words that name a medium as the carrier of a report (`dilansir`, `as reported by`).
    CARRIER,
    /// A word that opens a reported clause (`bahwa`, `that`).
    COMPLEMENTISER,
    /// A word that the person spoken to follows (`kepada`, `to`).
    ADDRESS,
    /// A word that may stand between a subject and its verb, such as an auxiliary (`telah`, “has”).
    AUXILIARY,
    /// The word is a preposition.
    PREPOSITION,
    /// A word that opens a dependent clause (`saat`, `when`).
    SUBORDINATOR,
    /// A conjunction that joins words or clauses of the same kind (`dan`, `and`).
    COORDINATOR,
    /// The word is a relative pronoun (`yang`, `who`).
    RELATIVE,
    /// An article, or another word that opens a noun phrase (`para`, `some`).
    DETERMINER,
    /// Words that point back at what was said before (`hal itu`, “that matter”).
    BACK_REFERENCE,
    /// A word for a time: a weekday, a month, a part of the day (`Senin`, `malam`).
    TIME,
    /// A day as an adverb, which may stand before a verb (`yesterday`).
    DAY,
    /// An abbreviation. The full stop behind it does not end a sentence.
    ABBREVIATION,
    /// A reporting verb that the person spoken to follows (`told`).
    TELLING,
    /// An adverb or conjunction that may open a sentence (`namun`, `however`).
    OPENER,
    /// A word behind the name of the person or document whose words are reported (`zufolge`:
    /// `dem Bericht zufolge`).
    POSTPOSED,
    /// An auxiliary of the perfect tense (`hat`, `habe`). Its participle comes at the end of the
    /// clause.
    PERFECT,
    /// A finite verb in the mood that marks reported speech (`sei`, `habe`).
    SUBJUNCTIVE,
    /// A finite verb in the conditional mood, which may mark reported speech too (`wäre`).
    CONDITIONAL,
    /// An article or pronoun in a case that a subject cannot have (`dem`, `ihn`).
    OBLIQUE,
    /// A genitive article: the noun behind it owns the one before it (`des`).
    GENITIVE,
    /// The particle of a separable verb, which comes at the end of the clause (`ein` in
    /// `räumte … ein`).
    VERB_PARTICLE,
    /// A separable verb that reports only together with its particle (`räumte` with `ein`).
    NEEDS_PARTICLE,
    /// A reflexive pronoun (`sich`).
    REFLEXIVE,
    /// A word before a clause that compares with someone's words (`wie`, `as`: `as Rina said`).
    LIKENS,
    /// A preposition and an article in one word (`im`). A noun follows.
    CONTRACTION,
    /// A word that stands before an infinitive (`zu`).
    INFINITIVE,
    /// A noun or adjective that has the form of a verb (`direksi`, `terbaru`).
    NO_VERB,
    /// A document or statement that can be the source of words, instead of a person (`laporan`,
    /// `statement`).
    DOCUMENT,
    /// A stop word of the language. It is never part of a name.
    FUNCTION,
    /// A word of a passive that the agent follows (`oleh`, `by`).
    AGENT,
    /// A noun that shows that the verb before it has an object and not a clause (`kabar`, “news”).
    NOUN_OBJECT,
    /// A participle that may describe a thing as well as a speaker (`suggesting`:
    /// `comments suggesting a parallel`).
    WEAK_PARTICIPLE,
    /// A verb of promising, which an infinitive may follow (`pledging to`).
    VOWING,
    /// Words that open what the reporter adds as a reservation, behind what was said
    /// (`even though`).
    CONCESSIVE,
    /// A word for numbers (`figures`). They are no speaker: `according to figures` names nobody.
    FIGURES,
    /// A modal verb. The verb behind it reports nothing that was said (`dapat menilai`, “can
    /// judge”).
    MODAL,
    /// A verb of denial. If it is negated itself, it reports what follows (`tidak menampik bahwa`,
    /// “does not deny that”).
    DENIAL,
    /// A word for people who study something (`researchers`) and whose findings are reported.
    FINDER,
    /// A verb that reports only if its subject is a document or people who study something
    /// (`found`).
    FINDING,
    /// A word that says that someone was asked (`ditanya`). The words behind it are a question,
    /// whose speaker is unknown.
    ASKED,
    /// A word before the person through whom someone has a statement made (`melalui`, `through`).
    THROUGH,
    /// A negation of what follows (`tidak`, `not`).
    NEGATION,
    /// A common finite verb that is no verb of saying. It ends a noun phrase.
    FINITE,
    /// A noun with a possessive suffix that may open a reported clause as its subject (`negaranya`,
    /// “his country”).
    CLAUSE_SUBJECT,
    /// An article or possessive. A noun follows, never a verb.
    ARTICLE,
    /// A preposition that the name of a place follows (`di`, `in`).
    LOCATIVE,
    /// A verb by which a medium gives the words of someone else, whose name follows (`quoted`,
    /// `mengutip`).
    RELAY,
    /// A word that makes an adverb of the word behind it (`secara` in `secara terbuka`, “openly”).
    MANNER,
    /// A verb that makes a passive together with the participle behind it (`was`).
    COPULA,
    /// A word that may stand before a verb but also behind a noun (`resmi`, “official”). So it does
    /// not show that a clause begins.
    ADVERB,
    /// A preposition that the body or place follows to which someone belongs (`dari`, `from`).
    ORIGIN,
    /// A word that opens a phrase of purpose (`untuk`, “in order to”).
    PURPOSE,
    /// A word of saying that is a noun as well (`nilai`, `protes`).
    NOMINAL,
    /// A verb that says that someone is arrested, charged or hurt (`ditangkap`). Such a person is
    /// rarely the speaker.
    SUFFERING,
}

roles! {
    people:
    /// A pronoun that stands for one person (`dia`, `she`).
    PRONOUN,
    /// A pronoun that stands for several people (`mereka`, `they`).
    PLURAL,
    /// A word that stands for two people (`keduanya`, `both`).
    BOTH,
    /// The name of an office or occupation (`presiden`, `coach`).
    OFFICE,
    /// A form of address, which stands before a name (`Pak`, `Mr.`).
    HONORIFIC,
    /// A degree or rank, which stands behind a name (`PhD`).
    SUFFIX,
    /// A small word inside the names of people (`van`, `bin`).
    PARTICLE,
    /// A word that a nickname follows (`alias`, `disapa`).
    NICKNAME,
    /// The name of a place, or a word that may follow an office as a place does: a body whose name
    /// is complete, or a portfolio (`Bandung`, `KPK`, `keuangan`).
    PLACE,
    /// The first word of the name of an organisation (`Dinas`, `Universitas`).
    ORGANISATION,
    /// A pronoun of the first person (`saya`, `we`), which shows that a quotation and not the
    /// reporter speaks.
    FIRST_PERSON,
    /// A demonstrative, which points at someone already named (`itu`).
    DEMONSTRATIVE,
    /// A word that the name of the person just described follows (`warga bernama Rina`, “a resident
    /// named Rina”).
    NAMING,
    /// An office or body that the name of a place follows (`Bupati`, `Polres`).
    PLACED,
    /// A small word that occurs inside the names of bodies but not of people (`of` in
    /// `University of …`).
    BODY_PARTICLE,
    /// A term that stands before the name of a news agency (`kantor berita`).
    AGENCY,
    /// A word for a relative. The person meant is not the one whose name follows (`istri`, `wife`:
    /// `wife of Budi`).
    KIN,
    /// A word that shows that a person is a woman: a pronoun, a form of address, an office, a given
    /// name.
    FEMALE,
    /// A word that shows that a person is a man: a pronoun, a form of address, an office, a given
    /// name.
    MALE,
    /// A pronoun that stands for a thing or body and not for a person (`it`).
    NEUTER,
    /// What a place is called before its name (`desa`, “village”). It is not the office of anyone.
    TERRITORY,
    /// An office that is also a body (`White House`).
    BODY_OFFICE,
    /// A number in words, which may end the name of a place (`Satu` in `Buyat Satu`).
    NUMERAL,
    /// A person who speaks for another, whose name follows (`kuasa hukum`, “lawyer of”).
    DELEGATE,
    /// The last word of the name of a body (`Sekuritas`).
    BODY_END,
    /// A word for a person that names no office (`woman`, `pria`).
    PERSON_NOUN,
    /// A definite article, which points at someone already named (`the`).
    DEFINITE,
    /// An article before a description of one person (`the`, `seorang`). It does not belong to the
    /// description itself.
    BARE_ARTICLE,
    /// Another name of the one before follows (`atau`, `or`).
    OTHERWISE,
    /// What an office is in charge of (`keuangan`): it stands before its bearer's name, never for it.
    PORTFOLIO,
}

roles! {
    reading:
    /// The word is the first of a phrase that a pack lists, so that the phrase is looked for here.
    PHRASE,
    /// The word ends in a possessive `'s` with a straight apostrophe.
    POSSESSIVE,
    /// The word ends in a possessive `’s` with a curly apostrophe.
    POSSESSIVE_CURLY,
    /// Somewhere in the article, the word alone names the speaker beside a verb of saying.
    KNOWN_SPEAKER,
    /// The word is cut in two by the end of a line (`Dan-` and `ny`).
    BROKEN,
    /// The word is a common noun, in a language where every noun begins with a capital.
    NOUN,
    /// The token is a quotation that ends in a comma inside its marks.
    ENDS_IN_COMMA,
    /// The token is a quotation that ends in a full stop inside its marks.
    ENDS_IN_STOP,
}
