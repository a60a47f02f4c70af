//! Speakers named by `menurut` or `according to`: at the head of a sentence, at its end or inside it.

use super::sentence::{Clause, Sentence};
use crate::language::Roles;
use crate::model::Rule;
use crate::quotes::mentions::mention::{Mention, MentionKind};
use crate::quotes::mentions::phrase::{self};
use crate::quotes::mentions::verb_second;
use crate::quotes::words::lexicon::SAYING;
use crate::quotes::words::tokens::Kind;

impl Sentence<'_> {
    /// `menurut X, …` at the head, at the end or inside.
    pub(crate) fn according(&self, cue: usize) -> Option<Clause> {
        let end = self.limit(cue);
        // `Nach Angaben der Feuerwehr begann …`: the verb of the clause comes second.
        let found = if self.verb_second {
            verb_second::named_at(self.tokens, cue + 1, end)
        } else {
            phrase::after(self.tokens, cue + 1, end)
        };
        let Some(mention) = found else {
            return self.drops(cue, "no one is named behind it");
        };
        let last = mention.last;
        if self.is_at(mention.first, Roles::FIGURES) {
            return self.drops(cue, "figures say nothing by themselves");
        }
        if cue <= self.content_start() {
            let mut open = last;
            // The rest of the phrase runs to its comma: `Menurut Kim di Pyongyang, …`.
            if !self.is_comma(open) && !self.verb_second {
                if let Some(comma) =
                    (open..self.limit(open).min(open + 14)).find(|&at| self.is_comma(at))
                {
                    open = self.past_apposition(self.past_time(comma));
                } else {
                    return self.right(cue, mention, open, Rule::AccordingTo);
                }
            }
            open = self.past_apposition(open);
            let first = if self.is_comma(open) { open + 1 } else { open };
            return self.right(cue, mention, first, Rule::AccordingTo);
        }
        if self.only_carries(cue) {
            return None;
        }
        self.set_off(cue, mention.clone(), cue, last, Rule::AccordingTo)
            .or_else(|| self.within(cue, mention, last, Rule::AccordingTo))
    }

    /// `Menurutnya, …`, `…, menurutnya, …`
    pub(crate) fn by_clitic(&self, cue: usize) -> Option<Clause> {
        if cue <= self.content_start() && !self.is_set_off(cue) {
            // `Menurutnya lagi, …`
            let spaced = self.is_at(cue + 1, Roles::AUXILIARY) && self.is_comma(cue + 2);
            let next = cue + 1 + usize::from(spaced);
            let first = next + usize::from(self.is_comma(next));
            return self.right(cue, Mention::implied(cue + 1), first, Rule::Clitic);
        }
        // `Saat ini, menurutnya masih ada …`
        if cue <= self.content_start() && self.kind(cue + 1) == Some(Kind::Lower) {
            return self.whole(cue, Mention::implied(cue + 1), Rule::Clitic);
        }
        self.set_off(cue, Mention::implied(cue + 1), cue, cue + 1, Rule::Clitic)
            .or_else(|| self.within(cue, Mention::implied(cue + 1), cue + 1, Rule::Clitic))
    }

    /// `Hal itu menurut Rina didorong …`: a speaker named within the clause without any sign.
    pub(crate) fn within(
        &self,
        cue: usize,
        mention: Mention,
        last: usize,
        rule: Rule,
    ) -> Option<Clause> {
        // What a relative or dependent clause reports is but a part of the sentence.
        let hangs = Roles::RELATIVE
            .with(Roles::COORDINATOR)
            .with(Roles::SUBORDINATOR)
            .with(Roles::COMPLEMENTISER)
            .with(Roles::PREPOSITION);
        let before = self.at(cue.checked_sub(1)?)?;
        let inside = self.comma_opens_clause
            && self.kind(cue) == Some(Kind::Lower)
            && before.is_word()
            && !before.is(hangs)
            && mention.kind != MentionKind::Description
            && cue - self.first <= 16
            && self.at(last).is_some_and(|t| t.kind == Kind::Lower)
            && !(self.first..self.last).any(|at| self.kind(at) == Some(Kind::Quote));
        inside.then(|| self.whole(cue, mention, rule)).flatten()
    }

    /// The comma behind the relative clause or office that follows the comma at `comma`: `, who …, `,
    /// `, Ketua Panitia Lareng, `.
    pub(crate) fn past_apposition(&self, comma: usize) -> usize {
        const REACH: usize = 20;
        let opens = self.at(comma + 1);
        let mut office = opens.is_some_and(|t| t.is_capital() && t.is(Roles::OFFICE));
        let next = (comma + 2..self.limit(comma).min(comma + REACH)).find(|&at| self.is_comma(at));
        // `According to Rina Halim, research director of the bank, …`
        if let Some(next) = next.filter(|_| !self.comma_opens_clause && !self.verb_second) {
            let bears = |at| self.kind(at) == Some(Kind::Lower) && self.is_at(at, Roles::OFFICE);
            let lower = opens.is_some_and(|t| t.kind == Kind::Lower);
            office |= lower && (comma + 1..next).any(bears);
        }
        if !self.is_comma(comma) || !office && !self.is_at(comma + 1, Roles::RELATIVE) {
            return comma;
        }
        next.filter(|_| !office || !self.has_finite(comma + 1))
            .unwrap_or(comma)
    }

    /// Whether the words at `cue` tell by whom a quotation and its speaker were reported: `“…,” she
    /// said, according to the Lareng Post`.
    pub(crate) fn only_carries(&self, cue: usize) -> bool {
        const REACH: usize = 12;
        if !self.is_at(cue, Roles::ACCORDING) {
            return false;
        }
        let Some(comma) = cue.checked_sub(1).filter(|&at| self.is_comma(at)) else {
            return false;
        };
        let lowest = self.first.max(comma.saturating_sub(REACH));
        let quote = (lowest..comma)
            .rev()
            .take_while(|&at| self.kind(at) != Some(Kind::Comma))
            .find(|&at| self.kind(at) == Some(Kind::Quote));
        let said = SAYING.with(Roles::INVERTED).with(Roles::CLITIC);
        quote.is_some_and(|quote| (quote + 1..comma).any(|at| self.is_at(at, said)))
    }

    /// The comma behind the times and dates that follow the comma at `comma`: `, Senin (3/2/2025), …`.
    pub(crate) fn past_time(&self, comma: usize) -> usize {
        const REACH: usize = 10;
        let mut open = comma;
        while self.is_at(open + 1, Roles::TIME) {
            let next = (open + 2..self.limit(open).min(open + REACH)).find(|&at| self.is_comma(at));
            let Some(next) = next else {
                break;
            };
            open = next;
        }
        open
    }
}
