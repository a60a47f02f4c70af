//! What a word can do in a reporting sentence: one set of bits, filled from the `[speech]` and
//! `[people]` sections of a pack, so that a text's words are looked up once.

use std::ops::{BitOr, BitOrAssign};

/// The parts that a word or phrase can play; several at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Roles(u64);

impl Roles {
    /// No part.
    pub const NONE: Self = Self(0);

    /// Whether any of `other` is among these.
    #[inline]
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether nothing is known of the word.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Both.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
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

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        impl Roles { $($(#[$doc])* pub const $name: Self = Self(1 << $bit);)* }
    };
}

roles! {
    /// A reporting verb whose clause needs no mark (`mengatakan`, `said`).
    VERB = 0;
    /// A reporting verb that takes a clause only behind a complementiser, comma or colon.
    GUARDED = 1;
    /// A cue that the speaker follows (`kata`, `ujar`).
    INVERTED = 2;
    /// A cue with the speaker inside (`katanya`).
    CLITIC = 3;
    /// A passive cue; its agent follows (`dikatakan`).
    PASSIVE = 4;
    /// A cue without a subject of its own (`saying`).
    PARTICIPLE = 5;
    /// A verb of urging, whose clause begins with the one who is urged.
    URGING = 6;
    /// A cue of direct quotations alone (`continued`).
    QUOTING = 7;
    /// `according to`; the speaker follows.
    ACCORDING = 8;
    /// Words by which a medium is named as the carrier (`dilansir`).
    CARRIER = 9;
    /// Opens a reported clause (`bahwa`, `that`).
    COMPLEMENTISER = 10;
    /// The one spoken to follows (`kepada`).
    ADDRESS = 11;
    /// May stand between a subject and its verb.
    AUXILIARY = 12;
    /// A preposition.
    PREPOSITION = 13;
    /// Opens a dependent clause (`saat`, `when`).
    SUBORDINATOR = 14;
    /// Joins equals (`dan`, `and`).
    COORDINATOR = 15;
    /// A relative pronoun.
    RELATIVE = 16;
    /// An article or another word that opens a noun phrase.
    DETERMINER = 17;
    /// Stands for one person.
    PRONOUN = 18;
    /// Stands for several.
    PLURAL = 19;
    /// Points back at what was said (`hal itu`).
    BACK_REFERENCE = 20;
    /// A time word.
    TIME = 21;
    /// An office or occupation.
    OFFICE = 22;
    /// A form of address that belongs before a name (`Pak`, `Mr.`).
    HONORIFIC = 23;
    /// A degree or rank that belongs behind a name.
    SUFFIX = 24;
    /// A small word inside names (`van`, `bin`).
    PARTICLE = 25;
    /// A nickname follows (`alias`, `disapa`).
    NICKNAME = 26;
    /// A place or body that offices are followed by.
    PLACE = 27;
    /// The first word of an organisation's name.
    ORGANISATION = 28;
    /// A short form whose full stop ends no sentence.
    ABBREVIATION = 29;
    /// A reporting verb that is followed by the one spoken to (`told`).
    TELLING = 30;
    /// An adverb or conjunction that opens a sentence (`namun`, `however`).
    OPENER = 31;
    /// The first word of a phrase.
    PHRASE = 32;
    /// Is built like a verb, but a noun or an adjective (`direksi`, `terbaru`).
    NO_VERB = 33;
    /// The reporter's own first or second person, which marks a voice inside a quotation.
    FIRST_PERSON = 35;
    /// A source of words rather than a person (`laporan`, `statement`).
    DOCUMENT = 36;
    /// Any word of grammar; never part of a name.
    FUNCTION = 37;
    /// Inside a passive: the agent follows (`oleh`, `by`).
    AGENT = 38;
    /// What an attitude verb or noun object begins with after a guarded verb.
    NOUN_OBJECT = 39;
    /// Denies what follows (`tidak`, `not`).
    NEGATION = 40;
    /// A finite verb of common use; ends a noun phrase.
    FINITE = 41;
    /// Ends in a possessive `'s`.
    POSSESSIVE = 42;
    /// Ends in a possessive `’s`.
    POSSESSIVE_CURLY = 43;
    /// Points at someone known (`itu`).
    DEMONSTRATIVE = 44;
    /// The name follows of the one before it (`bernama`, `named`).
    NAMING = 45;
    /// An office or body that a place's name follows (`Bupati`, `Polres`).
    PLACED = 47;
    /// Set while an article is read: named alone beside a cue somewhere in it.
    HEARD = 46;
    /// A noun with a possessive that opens a reported clause as its subject (`negaranya`).
    CLAUSE_SUBJECT = 50;
    /// An article or possessive: a noun follows, never a verb.
    ARTICLE = 51;
    /// A small word inside the names of bodies alone (`University of …`).
    BODY_PARTICLE = 52;
    /// A place's name follows (`di`, `in`).
    LOCATIVE = 53;
    /// A verb by which a medium gives another's words; that one follows (`quoted`, `mengutip`).
    RELAY = 56;
    /// What a news agency is called before its name (`kantor berita`).
    AGENCY = 54;
    /// Makes another person of the one whose name follows (`istri`, `wife`).
    KIN = 55;
    /// What an office is in charge of (`keuangan`): it stands before its bearer's name, never for it.
    PORTFOLIO = 57;
    /// Makes an adverb of the word behind it (`secara terbuka`).
    MANNER = 58;
    /// Makes a passive of the participle behind it (`was`).
    COPULA = 61;
    /// May stand before a verb, and behind a noun as well (`resmi`), so that it shows no clause.
    ADVERB = 62;
    /// What someone is of follows: a body, a place (`dari`, `from`).
    ORIGIN = 63;
    /// Opens a purpose (`untuk`).
    PURPOSE = 60;
    /// A cue that is a noun as well (`nilai`, `protes`).
    NOMINAL = 59;
    /// Set while an article is read: marked words that end in a comma inside their marks.
    ENDS_IN_COMMA = 48;
    /// Set while an article is read: marked words that end in a full stop inside their marks.
    ENDS_IN_STOP = 49;
}
