//! Whether what follows a cue is a clause: a verb in it, or what only a clause opens with.

use super::sentence::Sentence;
use crate::language::Roles;
use crate::quotes::mentions::mention::{Mention, MentionKind};
use crate::quotes::words::tokens::{Kind, Token};

/// The words that show a predicate.
const FINITE: Roles = Roles::FINITE.with(Roles::AUXILIARY).with(Roles::NEGATION);

impl Sentence<'_> {
    /// Whether a cue that is a noun as well (`nilai`, `protes`) has a speaker behind it rather than
    /// whatever else a noun is followed by: someone, and then nothing but an adjunct.
    pub(crate) fn is_said(&self, cue: usize, mention: &Mention) -> bool {
        let someone = mention.kind != MentionKind::Description
            || self
                .tokens
                .get(mention.first..mention.last)
                .is_some_and(|words| {
                    let points = words.last().is_some_and(|t| t.is(Roles::DEMONSTRATIVE));
                    words.iter().any(|t| t.is(Roles::OFFICE)) || points && words.len() > 1
                });
        let adjunct = Roles::PREPOSITION
            .with(Roles::TIME)
            .with(Roles::SUBORDINATOR)
            .with(Roles::AUXILIARY);
        let closes = self.at(mention.last).is_none_or(|next| {
            matches!(next.kind, Kind::Comma | Kind::Open | Kind::Quote) || next.is(adjunct)
        });
        // `Lanjut Rina, …`, but `Protes Rina terhadap …`
        let heard = self.is_at(mention.first, Roles::KNOWN_SPEAKER) && self.is_comma(mention.last);
        someone && closes && (self.kind(cue) == Some(Kind::Lower) || heard)
    }

    /// Whether a cue that is a noun as well (`states`, `comments`) stands as a verb does: behind
    /// someone or something that speaks.
    pub(crate) fn is_verb(&self, cue: usize) -> bool {
        let Some(before) = cue.checked_sub(1).and_then(|at| self.at(at)) else {
            return false;
        };
        let possessive = Roles::POSSESSIVE.with(Roles::POSSESSIVE_CURLY);
        let speaks = Roles::PRONOUN
            .with(Roles::AUXILIARY)
            .with(Roles::OFFICE)
            .with(Roles::DOCUMENT)
            .with(Roles::ORGANISATION);
        let named = before.is_capital()
            && (before.is(Roles::KNOWN_SPEAKER) || cue > self.first + 1)
            && before.kind != Kind::Number;
        (named || before.is(speaks) || matches!(before.kind, Kind::Comma | Kind::Close))
            && !before.is(possessive)
    }

    /// Whether the verb at `cue` takes the words from `next` on as a clause without a mark.
    pub(crate) fn takes_bare(&self, cue: usize, next: usize) -> bool {
        let token = self.tokens[cue];
        let follower = self.tokens[next];
        if token.is(Roles::URGING) {
            return true;
        }
        if !token.is(Roles::VERB
            .with(Roles::NEEDS_COMPLEMENT)
            .with(Roles::TELLING)
            .with(Roles::PARTICIPLE))
            || follower.is(Roles::BACK_REFERENCE) && !self.tells_of(cue, next)
        {
            return false;
        }
        if follower.is(Roles::CLAUSE_SUBJECT) {
            return true;
        }
        if follower.is(Roles::COORDINATOR) && !self.comma_opens_clause {
            return false;
        }
        // `what they said was a mistake`, `who police say is armed`
        let copula = follower.kind == Kind::Lower && follower.is(Roles::COPULA);
        if copula && next == cue + 1 && !self.comma_opens_clause && !self.verb_second {
            return false;
        }
        // `writing a book on the river`: a thing, of which nothing is said.
        let noun = follower.is(Roles::ARTICLE) && follower.kind == Kind::Lower;
        let participle = token.is(Roles::WEAK_PARTICIPLE);
        if participle && noun && !self.comma_opens_clause && !self.tells_more(next) {
            return false;
        }
        // `her comments suggesting a parallel`
        let hangs = token.is(Roles::WEAK_PARTICIPLE) && !self.is_set_off(cue);
        let before = cue.checked_sub(1).and_then(|at| self.at(at));
        if hangs
            && before.is_some_and(|t| {
                t.is(Roles::NOMINAL) || t.kind == Kind::Lower && t.roles.is_empty()
            })
        {
            return false;
        }
        // `pledged to …`
        if follower.is(Roles::ADDRESS) && !self.comma_opens_clause {
            let told = token.is(Roles::TELLING) && next > cue + 1;
            let vows = token.is(Roles::VOWING);
            return (told || vows) && self.kind(next) == Some(Kind::Lower);
        }
        if self.is_object(next) {
            return false;
        }
        if self.opens_with_adjunct(cue, next) || self.aims(cue, next) {
            return true;
        }
        self.takes_words(cue, next)
    }

    /// Whether the words from `next` on are marked, or a verb shows in them, finite or after `to`.
    fn tells_more(&self, next: usize) -> bool {
        const REACH: usize = 14;
        let marked = |at| self.kind(at) == Some(Kind::Quote);
        (next..next + REACH).any(marked)
            || self.has_finite(next)
            || self.clause_words(next).any(|at| self.opens_infinitive(at))
    }

    /// Whether the verb at `cue` takes the words from `next` on, which no object or adjunct opens, as a
    /// clause.
    fn takes_words(&self, cue: usize, next: usize) -> bool {
        let token = self.tokens[cue];
        let follower = self.tokens[next];
        if follower.is(Roles::NOUN_OBJECT)
            && !token.is(Roles::NEEDS_COMPLEMENT)
            && self.comma_opens_clause
        {
            return self.is_predicated(next);
        }
        if follower.is(Roles::NOUN_OBJECT)
            || follower.is(Roles::PREPOSITION.with(Roles::SUBORDINATOR))
                && !follower.is(Roles::COMPLEMENTISER)
        {
            return false;
        }
        if !self.comma_opens_clause
            && !follower.is(Roles::BACK_REFERENCE)
            && self.opens_with_pronoun(cue, next)
        {
            return true;
        }
        if token.is(Roles::NEEDS_COMPLEMENT) && self.tells_of_thing(cue) {
            return false;
        }
        if token.is(Roles::NEEDS_COMPLEMENT) || token.is(Roles::QUOTING) && !token.is(Roles::VERB) {
            return self.has_finite(next) || !token.is(Roles::QUOTING) && self.has_verb(next);
        }
        true
    }

    /// Whether the subject before the verb at `cue` is a common noun of no person or body: `Langkah
    /// auditor mengungkap …`.
    fn tells_of_thing(&self, cue: usize) -> bool {
        if !self.comma_opens_clause {
            return false;
        }
        let first = self.content_start();
        let someone = Roles::OFFICE
            .with(Roles::HONORIFIC)
            .with(Roles::ORGANISATION)
            .with(Roles::PLACE)
            .with(Roles::PRONOUN)
            .with(Roles::DETERMINER)
            .with(Roles::PERSON_NOUN)
            .with(Roles::DOCUMENT)
            .with(Roles::PREPOSITION)
            .with(Roles::SUBORDINATOR)
            .with(Roles::KNOWN_SPEAKER);
        let next = self.at(first + 1);
        let common = self.kind(first) == Some(Kind::Capital)
            && !self.is_at(first, someone)
            && first + 1 < cue
            && next.is_some_and(|t| t.kind == Kind::Lower);
        common
            && !(first + 1..cue).any(|at| {
                self.at(at)
                    .is_some_and(|t| t.is_capital() || t.kind == Kind::Comma)
            })
    }

    /// Whether the words from `next` on are a thing that is pointed at and nothing said of it: `menegaskan
    /// niat tersebut di hadapan warga`.
    fn is_object(&self, next: usize) -> bool {
        const REACH: usize = 6;
        if !self.comma_opens_clause || self.verb_second {
            return false;
        }
        let noun = |at: &usize| {
            let plain = self.kind(*at) == Some(Kind::Lower) && !self.is_verbal(*at);
            let other = Roles::FINITE
                .with(Roles::AUXILIARY)
                .with(Roles::NEGATION)
                .with(Roles::PREPOSITION)
                .with(Roles::PRONOUN)
                .with(Roles::RELATIVE);
            plain && !self.is_at(*at, other)
        };
        let end = (next..self.limit(next).min(next + REACH))
            .find(|at| !noun(at) || self.is_at(*at, Roles::DEMONSTRATIVE));
        let Some(end) = end.filter(|&end| end > next && self.is_at(end, Roles::DEMONSTRATIVE))
        else {
            return false;
        };
        let adjunct = Roles::PREPOSITION.with(Roles::TIME);
        self.at(end + 1)
            .is_none_or(|t| !t.is_word() || t.is(adjunct))
    }

    /// Whether something is said of what a back reference at `next` points at: `menilai hal itu
    /// keliru`, not `menyampaikan hal itu kepada wartawan`.
    pub(crate) fn tells_of(&self, cue: usize, next: usize) -> bool {
        if self.comma_opens_clause {
            return !self.is_at(cue, Roles::NEEDS_COMPLEMENT) && self.is_plain(next + 1);
        }
        self.has_finite(next) || self.opens_with_pronoun(cue, next)
    }

    /// Whether the word at `at` is a common word that plays no part in a report.
    pub(crate) fn is_plain(&self, at: usize) -> bool {
        self.at(at)
            .is_some_and(|token| token.kind == Kind::Lower && token.roles.is_empty())
    }

    /// Whether something is said of the noun at `next` before anything else hangs on it: `tudingan
    /// itu tidak benar`, not `alasan yang tidak benar`.
    pub(crate) fn is_predicated(&self, next: usize) -> bool {
        const REACH: usize = 10;
        let hangs = Roles::RELATIVE
            .with(Roles::SUBORDINATOR)
            .with(Roles::PREPOSITION)
            .with(Roles::COMPLEMENTISER)
            .with(Roles::COORDINATOR);
        (next + 1..self.limit(next).min(next + REACH))
            .take_while(|&at| {
                (!self.is_at(at, hangs) || self.is_at(at, Roles::LOCATIVE)) && !self.is_comma(at)
            })
            .any(|at| {
                self.kind(at) == Some(Kind::Lower)
                    && !self.is_at(at, Roles::MANNER)
                    && (self.is_at(next, Roles::DETERMINER) && self.is_verbal(at)
                        || self.is_at(at, FINITE) && !self.is_trailing(at))
            })
    }

    /// Whether a pronoun and what is said of it follow a plain verb: `says it means …`.
    pub(crate) fn opens_with_pronoun(&self, cue: usize, next: usize) -> bool {
        let signs = Roles::PREPOSITION
            .with(Roles::COORDINATOR)
            .with(Roles::SUBORDINATOR)
            .with(Roles::TIME)
            .with(Roles::OPENER);
        let loose = !self.is_at(cue, Roles::NEEDS_COMPLEMENT)
            || !self.comma_opens_clause && !self.is_at(cue, Roles::QUOTING.with(Roles::TELLING));
        loose
            && self.is_at(next, Roles::PRONOUN)
            && self.kind(next + 1) == Some(Kind::Lower)
            && !self.is_at(next + 1, signs)
    }

    /// Whether a purpose or topic opens what is said (`mengatakan untuk tahun ini kuotanya cukup`,
    /// `berharap untuk menang`): a plain verb of saying has no such adjunct of its own.
    pub(crate) fn aims(&self, cue: usize, next: usize) -> bool {
        self.comma_opens_clause
            && !self.is_at(cue, Roles::NEEDS_COMPLEMENT)
            && self.is_at(next, Roles::PURPOSE)
    }

    /// Whether the words from `next` on are a clause behind an adverbial of its own: `berharap
    /// dengan pekerjaannya, ia bisa membantu`.
    pub(crate) fn opens_with_adjunct(&self, cue: usize, next: usize) -> bool {
        const NEAR: usize = 4;
        const REACH: usize = 12;
        let hopes = self.comma_opens_clause && !self.is_at(cue, Roles::NEEDS_COMPLEMENT);
        if !hopes || !self.is_at(next, Roles::PREPOSITION.with(Roles::SUBORDINATOR)) {
            return false;
        }
        // `mengaku ketika itu ia tidak melihat …`
        let subject = (next + 1..self.limit(next).min(next + NEAR + 1))
            .find(|&at| self.is_at(at, Roles::PRONOUN) && self.kind(at) == Some(Kind::Lower));
        let finite = Roles::NEGATION.with(Roles::AUXILIARY).with(Roles::FINITE);
        if subject.is_some_and(|at| self.is_at(at + 1, finite) || self.is_verbal(at + 1)) {
            return true;
        }
        (next..self.limit(next).min(next + REACH))
            .find(|&at| self.is_comma(at))
            .is_some_and(|comma| {
                self.is_verbal(comma + 1) || self.has_finite(comma + 1) || self.has_verb(comma + 1)
            })
    }

    /// Whether a finite verb shows within the next words: they are a clause, not an object.
    pub(crate) fn has_finite(&self, next: usize) -> bool {
        self.clause_words(next)
            .any(|at| self.is_at(at, FINITE) && !self.is_trailing(at) || self.is_past(at))
            || self.is_resumed(next, FINITE)
            || self.is_pointed_at(next)
    }

    /// Whether nothing follows the auxiliary at `at`: `dakwaan baru` is a noun with its adjective.
    fn is_trailing(&self, at: usize) -> bool {
        self.comma_opens_clause
            && self.is_at(at, Roles::AUXILIARY)
            && !self.is_at(at, Roles::FINITE.with(Roles::NEGATION))
            && self.at(at + 1).is_none_or(|t| !t.is_word())
    }

    /// Whether the word at `at` is a regular past behind a name or a pronoun: `Keir Moore declined`.
    fn is_past(&self, at: usize) -> bool {
        let regular = |token: &Token| {
            let word = token.span().of(self.text);
            token.roles.is_empty()
                && word.len() > 4
                && self.verb_endings.iter().any(|e| word.ends_with(&**e))
        };
        let before = at.checked_sub(1).and_then(|before| self.at(before));
        self.at(at).is_some_and(regular)
            && before.is_some_and(|t| t.is_capital() || t.is(Roles::PRONOUN))
    }

    /// Whether a common word follows the demonstrative that ends the noun phrase at `next`: what is
    /// said of it (`jembatan baru itu aman`).
    fn is_pointed_at(&self, next: usize) -> bool {
        const REACH: usize = 8;
        let hangs = Roles::RELATIVE
            .with(Roles::SUBORDINATOR)
            .with(Roles::COMPLEMENTISER)
            .with(Roles::PREPOSITION)
            .with(Roles::TIME);
        self.comma_opens_clause
            && (next + 1..self.limit(next).min(next + REACH))
                .take_while(|&at| !self.is_at(at, hangs) && !self.is_comma(at))
                .find(|&at| self.is_at(at, Roles::DEMONSTRATIVE))
                .is_some_and(|at| self.is_plain(at + 1))
    }

    /// Whether the noun at `next` is taken up behind its relative clause: `uang yang disita itu dapat
    /// dipakai`.
    pub(crate) fn is_resumed(&self, next: usize, finite: Roles) -> bool {
        const REACH: usize = 20;
        self.comma_opens_clause
            && (next..self.limit(next).min(next + REACH))
                .take_while(|&at| !self.is_comma(at))
                .any(|at| self.is_at(at, Roles::DEMONSTRATIVE) && self.is_at(at + 1, finite))
    }

    /// Whether a word that is built like a verb shows behind the one at `next`, in the same reach.
    pub(crate) fn has_verb(&self, next: usize) -> bool {
        self.clause_words(next)
            .any(|at| at > next && self.is_verbal(at))
    }

    /// The words in small letters from `next` on that can belong to one clause.
    pub(crate) fn clause_words(&self, next: usize) -> impl Iterator<Item = usize> {
        const REACH: usize = 14;
        (next..self.limit(next).min(next + REACH))
            .take_while(move |&at| {
                let hangs = at > next && !self.comma_opens_clause;
                let opens = Roles::COMPLEMENTISER.with(Roles::SUBORDINATOR);
                let dependent = self.is_at(at, Roles::RELATIVE) || hangs && self.is_at(at, opens);
                let sign = matches!(
                    self.kind(at),
                    Some(Kind::Comma | Kind::Semicolon | Kind::Colon)
                );
                !dependent && !sign
            })
            .filter(|&at| self.kind(at) == Some(Kind::Lower))
    }

    /// Whether the word at `at` is built like a verb (`mengguncang`) and is not governed by a
    /// preposition, as an infinitive is.
    pub(crate) fn is_verbal(&self, at: usize) -> bool {
        // Shorter words that begin alike are mostly nouns: `berita`, `diskusi`, `mental`.
        const SHORTEST: usize = 8;
        /// The shortest word behind a prefix.
        const STEM: usize = 5;
        let governed = Roles::PREPOSITION.with(Roles::SUBORDINATOR);
        let Some(token) = self.at(at).filter(|token| token.roles.is_empty()) else {
            return false;
        };
        let word = token.span().of(self.text);
        self.verb_prefixes.iter().any(|prefix| {
            word.len() >= SHORTEST.min(prefix.len() + STEM) && word.starts_with(&**prefix)
        }) && !(at > self.first && self.is_at(at - 1, governed))
    }
}
