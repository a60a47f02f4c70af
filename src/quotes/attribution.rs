//! Who spoke the marked words: the constructions that can name a speaker, the candidates that each
//! leads to, and the one that is chosen.

use super::search::{Announced, Last, Search};
use crate::model::{Confidence, Quote, QuoteKind, Rule};
use crate::quotes::choice::discourse::Voice;
use crate::quotes::choice::evidence::{Candidate, Evidence, Feature};
use crate::quotes::choice::referent::{self, named};
use crate::quotes::clauses::addressee::addressee;
use crate::quotes::mentions::mention::{Mention, MentionKind};
use crate::quotes::quoted::direct;
use crate::quotes::quoted::marked::Marked;
use crate::quotes::words::marks::Ending;
use crate::quotes::words::tokens::{Kind, Token, Tokens};
use crate::text::ByteSpan;

/// What leads to a candidate, and what follows from choosing it.
#[derive(Clone, Copy, Debug)]
enum Source<'m> {
    /// The words of a mention: whoever is meant is spoken of from now on.
    Mention(&'m Mention),
    /// Another quotation, which these words carry on.
    Quote(usize),
    /// Nothing but the one in mind.
    Nothing,
}

impl Search<'_> {
    /// Adds the marked words at `mark`, with their speaker.
    pub fn quote(
        &mut self,
        paragraph: usize,
        tokens: Tokens<'_>,
        mark: &Marked,
        via: Option<ByteSpan>,
    ) {
        let Some(pair) = tokens
            .get(mark.at)
            .and_then(|token| self.reading.pair(token))
        else {
            return;
        };
        let cue = mark.cue.as_ref().and_then(|cue| tokens.get(cue.at));
        let mut quote = Quote {
            cue: cue.map(Token::span),
            ..Quote::unattributed(mark.kind, pair.inner.trim(self.reading.text), self.group)
        };
        if quote.span.is_empty() {
            return;
        }
        if mark.kind == QuoteKind::Direct {
            quote.via = via;
            self.attribute(&mut quote, mark, tokens, paragraph);
            self.open = (pair.ending == Ending::Paragraph).then_some(self.quotes.len());
            self.last_direct = Some(Last {
                quote: self.quotes.len(),
                paragraph,
                token: mark.at,
            });
        } else {
            self.attribute_fragment(&mut quote, mark, tokens);
        }
        if quote.group == self.group {
            self.group += 1;
        }
        self.quotes.push(quote);
    }

    fn attribute(
        &mut self,
        quote: &mut Quote,
        mark: &Marked,
        tokens: Tokens<'_>,
        paragraph: usize,
    ) {
        let open = self.open.take();
        if let Some(open) = open.and_then(|open| self.quotes.get(open)) {
            quote.group = open.group;
        }
        if let Some(cue) = &mark.cue {
            quote.addressee = addressee(tokens, cue.at, cue.mention.as_ref(), mark.sentence)
                .map(|(a, b)| named(tokens, a, b, self.names));
        }
        if mark.cue.as_ref().is_some_and(|cue| cue.rule == Rule::Asked) {
            quote.rule = Rule::Asked;
            return;
        }
        let mut found = Vec::new();
        let colon = direct::before_colon(tokens, mark.sentence.0, mark.at);
        let announced = self.announced.take().filter(|_| mark.at == 0);
        self.by_cue(mark, tokens, &mut found);
        if found.is_empty() {
            // `Jansen strahlte: „Ein Traum.“` carries nothing on.
            let names_another = colon.as_ref().is_some_and(|one| {
                one.kind == MentionKind::Name && one.first <= mark.sentence.0 + 1
            });
            if !names_another {
                self.carried_on(mark, paragraph, open, &mut found);
            }
            self.announced_before((announced.as_ref(), colon.as_ref()), tokens, &mut found);
            self.floating_on(mark, &mut found);
        }
        self.speak_of(quote.span, &mut found);
        self.settle(quote, found, tokens);
        let last = self.last_direct.as_ref();
        let next = last.is_some_and(|last| last.paragraph + 1 == paragraph && mark.at == 0);
        if let Some(open) = open.filter(|_| next) {
            self.take_back(open, quote);
        }
    }

    /// The candidates of whom the words before a colon say that they are about to speak, in the
    /// paragraph before or in this one.
    fn announced_before<'m>(
        &self,
        (before, here): (Option<&'m Announced>, Option<&'m Mention>),
        tokens: Tokens<'_>,
        found: &mut Vec<(Candidate, Source<'m>)>,
    ) {
        if let Some(announced) = before {
            let candidate = Candidate {
                mention: spoken(&announced.mention),
                cue: Some(announced.cue),
                speakers: announced.speakers.clone(),
                construction: Rule::Announced,
                evidence: announced.evidence,
            };
            found.push((candidate, Source::Mention(&announced.mention)));
        }
        if let Some(mention) = here {
            self.by_mention(mention, tokens, (Rule::Announced, None), found);
            for (candidate, _) in found.iter_mut().filter(|one| one.0.cue.is_none()) {
                if candidate.construction == Rule::Announced {
                    candidate.evidence = candidate.evidence.and(Feature::WithoutVerb);
                }
            }
        }
    }

    /// The candidates whom the text has in mind, for marked words without a cue.
    fn floating_on(&self, mark: &Marked, found: &mut Vec<(Candidate, Source<'_>)>) {
        for (speakers, evidence) in self.discourse.in_mind() {
            // A paragraph of its own goes on with who spoke, whoever was named since.
            let last = mark.at == 0 && self.discourse.spoke_last(&speakers);
            let candidate = Candidate {
                mention: None,
                cue: None,
                speakers,
                construction: Rule::FloatsOn,
                evidence: evidence.and_if(last, Feature::GoesOn),
            };
            found.push((candidate, Source::Nothing));
        }
    }

    /// Notes which candidates the words in `span` themselves name, where none is named at the verb.
    fn speak_of(&self, span: ByteSpan, found: &mut [(Candidate, Source<'_>)]) {
        let named = |one: &(Candidate, Source<'_>)| one.0.evidence.has(Feature::Named);
        if found.len() < 2 || found.iter().any(named) {
            return;
        }
        let words = span.of(self.reading.text);
        for (candidate, _) in found.iter_mut() {
            let [name] = candidate.speakers[..] else {
                continue;
            };
            if names(words, name.of(self.reading.text)) {
                candidate.evidence = candidate.evidence.and(Feature::SpokenOf);
            }
        }
    }

    /// Gives a quotation that was left open the speaker of the one that carries it on, where it has
    /// none of its own.
    fn take_back(&mut self, open: usize, quote: &Quote) {
        let known = quote.rule != Rule::SameUtterance && quote.rule != Rule::FloatsOn;
        let Some(before) = self.quotes.get_mut(open).filter(|_| known) else {
            return;
        };
        if before.group == quote.group && matches!(before.rule, Rule::None | Rule::FloatsOn) {
            before.speakers = quote.speakers.clone();
            before.confidence = quote.confidence;
            before.rule = Rule::SameUtterance;
        }
    }

    /// The candidates to whom the cue beside the marked words leads.
    fn by_cue<'m>(
        &self,
        mark: &'m Marked,
        tokens: Tokens<'_>,
        found: &mut Vec<(Candidate, Source<'m>)>,
    ) {
        let Some(cue) = &mark.cue else {
            return;
        };
        if let Some(mention) = &cue.mention {
            let span = tokens.get(cue.at).map(Token::span);
            self.by_mention(mention, tokens, (cue.rule, span), found);
        }
    }

    /// The candidates for whom the words of a mention can stand.
    fn by_mention<'m>(
        &self,
        mention: &'m Mention,
        tokens: Tokens<'_>,
        (construction, cue): (Rule, Option<ByteSpan>),
        found: &mut Vec<(Candidate, Source<'m>)>,
    ) {
        for (speakers, evidence) in self.discourse.meant(mention, tokens, self.names) {
            let candidate = Candidate {
                mention: spoken(mention),
                cue,
                speakers,
                construction,
                evidence,
            };
            found.push((candidate, Source::Mention(mention)));
        }
    }

    /// The candidates who spoke the words before these, where these carry them on.
    fn carried_on(
        &self,
        mark: &Marked,
        paragraph: usize,
        open: Option<usize>,
        found: &mut Vec<(Candidate, Source<'_>)>,
    ) {
        let last = self.last_direct.as_ref();
        let near = last.filter(|last| {
            let here = last.paragraph == paragraph && last.token < mark.at;
            here && (last.token >= self.before || last.token >= mark.sentence.0)
        });
        let near = near.filter(|last| {
            let before = self.quotes.get(last.quote);
            before.is_some_and(|before| before.cue.is_some())
        });
        // `He called it “too little,” Rina said. “Nothing has changed.”`
        let apart = self.set_off.filter(|&(_, sentence)| {
            mark.at == mark.sentence.0 && sentence == self.before && sentence < mark.at
        });
        // `Rina said that the road was shut: “We wait.”`
        let before_mark = self.reading.text.get(..mark.start as usize);
        let before_mark = before_mark.unwrap_or_default();
        let reported = self.quotes.len().checked_sub(1).filter(|&last| {
            let last = self.quotes.get(last);
            last.is_some_and(|last| {
                let report = matches!(last.kind, QuoteKind::Indirect | QuoteKind::Mixed);
                let between = before_mark.get(last.span.end as usize..).unwrap_or("-");
                report && between.trim() == ":"
            })
        });
        let apart = apart.map(|(clause, _)| clause);
        let sources = [open, near.map(|last| last.quote), apart, reported];
        for at in sources.into_iter().flatten() {
            if let Some(before) = self.quotes.get(at).filter(|one| !one.speakers.is_empty()) {
                let candidate = Candidate {
                    mention: before.mention,
                    cue: None,
                    speakers: before.speakers.clone(),
                    construction: Rule::SameUtterance,
                    evidence: Evidence::default(),
                };
                found.push((candidate, Source::Quote(at)));
            }
        }
    }

    /// Gives a quotation the candidate that weighs most.
    fn settle(
        &mut self,
        quote: &mut Quote,
        found: Vec<(Candidate, Source<'_>)>,
        tokens: Tokens<'_>,
    ) {
        let (candidates, sources): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        let Some(choice) = self.choose(quote.span, &candidates) else {
            return;
        };
        let (Some(chosen), Some(source)) =
            (candidates.get(choice.index), sources.get(choice.index))
        else {
            return;
        };
        quote.speakers = chosen.speakers.clone();
        quote.mention = chosen.mention;
        quote.cue = quote.cue.or(chosen.cue);
        quote.rule = chosen.construction;
        quote.confidence = choice.confidence;
        match *source {
            Source::Mention(mention) => {
                let voice = Voice::of(mention, tokens, self.names);
                let gender = referent::gender(mention, tokens, self.names);
                self.discourse.spoke(&quote.speakers, voice, gender);
            }
            Source::Quote(at) => {
                if let Some(before) = self.quotes.get(at) {
                    quote.group = before.group;
                    quote.confidence = before.confidence;
                }
            }
            Source::Nothing => {}
        }
    }

    /// Chooses among candidates for the words in `span`, and tells the trace of it.
    pub fn choose(
        &self,
        span: ByteSpan,
        candidates: &[Candidate],
    ) -> Option<crate::quotes::choice::evidence::Choice> {
        let choice = self.weights.choose(candidates);
        if let Some(trace) = self.reading.trace {
            trace.weigh((self.reading.text, span), candidates, self.weights, choice);
        }
        choice
    }

    /// Whose words a fragment is, where a verb of saying governs it.
    fn attribute_fragment(&self, quote: &mut Quote, mark: &Marked, tokens: Tokens<'_>) {
        let mut found = Vec::new();
        self.by_cue(mark, tokens, &mut found);
        self.reported_on(mark, &mut found);
        if found.is_empty() {
            self.listed(mark, &mut found);
        }
        if found.is_empty() {
            return;
        }
        let (candidates, _): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        let Some(choice) = self.choose(quote.span, &candidates) else {
            return;
        };
        if let Some(chosen) = candidates.get(choice.index) {
            quote.speakers = chosen.speakers.clone();
            quote.mention = chosen.mention;
            quote.rule = chosen.construction;
            quote.confidence = choice.confidence.min(Confidence::Likely);
        }
    }

    /// What a paragraph that ends in a colon announces: `Rina continued:`.
    pub fn announcement(&self, tokens: Tokens<'_>) -> Option<Announced> {
        const REACH: usize = 60;
        let colon = tokens.len().checked_sub(1)?;
        if tokens.get(colon)?.kind != Kind::Colon {
            return None;
        }
        let ends = |at: &usize| {
            let kind = tokens.get(*at).map(|token| token.kind);
            matches!(kind, Some(Kind::Stop | Kind::Quote))
        };
        let start = (0..colon).rev().take(REACH).find(ends);
        let start = start.map_or(0, |at| at + 1);
        let verb_second = self.reading.lexicon.verb_second;
        let cue = direct::cue_before(tokens, start, tokens.len(), verb_second)?;
        let mention = cue.mention?;
        let mut meant = self.discourse.meant(&mention, tokens, self.names);
        let candidates: Vec<_> = meant
            .iter()
            .map(|(speakers, evidence)| Candidate {
                mention: spoken(&mention),
                cue: None,
                speakers: speakers.clone(),
                construction: Rule::Announced,
                evidence: *evidence,
            })
            .collect();
        let choice = self.weights.choose(&candidates)?;
        let (speakers, evidence) = meant.swap_remove(choice.index);
        Some(Announced {
            cue: tokens.get(cue.at)?.span(),
            mention,
            speakers,
            evidence,
        })
    }
}

impl Search<'_> {
    /// The candidate of whom a medium's report around the marked words tells: they are that one's words,
    /// not the medium's.
    fn reported_on(&self, mark: &Marked, found: &mut Vec<(Candidate, Source<'_>)>) {
        let about = self.about.as_ref();
        let about = about.filter(|about| about.span.covers(mark.start as usize));
        if let Some(about) = about.filter(|_| found.is_empty()) {
            let candidate = Candidate {
                mention: None,
                cue: None,
                speakers: about.speakers.clone(),
                construction: Rule::About,
                evidence: Evidence::default(),
            };
            found.push((candidate, Source::Nothing));
        }
    }

    /// The candidate who spoke the marked words just before in the same sentence, which these are joined
    /// to: `called them “too late” and her answer “absurd”`.
    fn listed(&self, mark: &Marked, found: &mut Vec<(Candidate, Source<'_>)>) {
        let last = self.quotes.len().checked_sub(1);
        let last = last.and_then(|at| Some((at, self.quotes.get(at)?)));
        let Some((at, before)) = last.filter(|(_, last)| last.kind == QuoteKind::Fragment) else {
            return;
        };
        let end = before.span.end as usize;
        let between = self.reading.text.get(end..mark.start as usize);
        let near = between.is_some_and(|between| !between.contains(['.', '!', '?', '\n', ';']));
        if near && !before.speakers.is_empty() {
            let candidate = Candidate {
                mention: before.mention,
                cue: None,
                speakers: before.speakers.clone(),
                construction: Rule::Labelled,
                evidence: Evidence::default(),
            };
            found.push((candidate, Source::Quote(at)));
        }
    }
}

/// Whether the first or last word of `name` stands in `words`.
fn names(words: &str, name: &str) -> bool {
    const SHORTEST: usize = 2;
    let whole = |at: usize, part: &str| {
        let letter = |c: char| c.is_alphanumeric();
        !words[..at].ends_with(letter) && !words[at + part.len()..].starts_with(letter)
    };
    // One word may be a firm, which does speak of itself by its name.
    let mut parts = name.split_whitespace();
    let ends = parts.next().zip(parts.next_back());
    let mut ends = ends.into_iter().flat_map(|(first, last)| [first, last]);
    ends.any(|part| {
        let name = part.len() >= SHORTEST && part.starts_with(char::is_uppercase);
        let mut found = words.match_indices(part);
        name && found.any(|(at, part)| whole(at, part))
    })
}

/// The words at the verb, where there are any.
pub(super) fn spoken(mention: &Mention) -> Option<ByteSpan> {
    (mention.kind != MentionKind::Implied).then_some(mention.span)
}
