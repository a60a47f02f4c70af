//! The walk over an article: sentence by sentence, cue by cue, with whom it speaks of in mind.

use crate::quotes::mentions::mention::{MentionKind, span_of};
use crate::quotes::words::lexicon::{CUE, Lexicon, SAYING};
use std::cell::Cell;

use super::arrange::{arrange, drop_own_carriers, recognise_repeated};
use super::attribution::spoken;
use super::naming::{self, Naming};
use super::search::{About, Rules, Search};
use super::trace::Trace;
use crate::language::Roles;
use crate::model::{Article, Confidence, Quote, QuoteKind, Rule};
use crate::quotes::choice::discourse::{DiscourseState, Voice};
use crate::quotes::choice::evidence::Candidate;
use crate::quotes::choice::referent::{self, named};
use crate::quotes::clauses::addressee::addressee;
use crate::quotes::clauses::carrier::via;
use crate::quotes::clauses::sentence::{Clause, Sentence};
use crate::quotes::mentions::names::{Gender, Names};
use crate::quotes::mentions::phrase::{self};
use crate::quotes::mentions::subject;
use crate::quotes::quoted::interview::{self, Turn};
use crate::quotes::quoted::marked::{Marked, marked, trim_direct};
use crate::quotes::words::reading::{Reading, TokenBuffers, label, sentences};
use crate::quotes::words::tokens::{Kind, Paragraph, Token, Tokens};
use crate::text::{ByteSpan, Spans, fold, letters};

/// The quotations of one article, sorted and tied together.
pub(super) fn extract(article: &Article, rules: Rules<'_>, trace: Option<&Trace>) -> Vec<Quote> {
    let reading = Reading::new(article, rules.lexicon, BUFFERS.take(), trace);
    let names = Names::collect(&reading);
    let mut search = Search {
        reading: &reading,
        names: &names,
        weights: rules.weights,
        discourse: DiscourseState::default(),
        quotes: Vec::new(),
        group: 0,
        open: None,
        last_direct: None,
        before: 0,
        set_off: None,
        reported: None,
        about: None,
        announced: None,
        turns: interview::turns(&reading, &names),
    };
    for (index, paragraph) in reading.paragraphs.iter().enumerate() {
        search.paragraph(index, *paragraph);
    }
    recognise_repeated(&mut search.quotes, reading.text);
    drop_own_carriers(&mut search.quotes, reading.text);
    unmark(&mut search.quotes, &reading);
    let quotes = arrange(search.quotes);
    BUFFERS.set(reading.into_buffers());
    quotes
}

/// Takes the marks off speakers that stand in them: `berichtete die „Berliner Zeitung“`.
fn unmark(quotes: &mut [Quote], reading: &Reading<'_>) {
    let is_mark = |c: char| c == '"' || c == '\'' || reading.lexicon.mark(c).is_some();
    for quote in quotes {
        let marked = |span: &ByteSpan| span.of(reading.text).starts_with(is_mark);
        if !quote.speakers.iter().any(marked) {
            continue;
        }
        let bare = quote.speakers.iter().map(|span| {
            let words = span.of(reading.text);
            let start = words.len() - words.trim_start_matches(is_mark).len();
            let end = words.trim_end_matches(is_mark).len();
            let from = span.start as usize;
            ByteSpan::new(from + start, from + end.max(start))
        });
        quote.speakers = bare.collect();
    }
}

/// What the running text of one article tells about names.
pub(super) fn namings(article: &Article, lexicon: &Lexicon) -> Vec<Naming> {
    let reading = Reading::new(article, lexicon, BUFFERS.take(), None);
    let found = naming::namings(&reading, naming::headline(article));
    BUFFERS.set(reading.into_buffers());
    found
}

thread_local! {
    /// Lists for the tokens of one article after the other: made anew for each, they would be the
    /// largest piece of memory that an article needs and gives back.
    static BUFFERS: Cell<TokenBuffers> = Cell::default();
}

impl<'a> Search<'a> {
    fn paragraph(&mut self, index: usize, paragraph: Paragraph) {
        let tokens = self.reading.of(paragraph);
        if let Some(Some(turn)) = self.turns.get(index).copied() {
            self.take_turn(tokens, turn);
            return;
        }
        if let Some((a, b)) = label(&tokens) {
            let speakers = named(tokens, a, b, self.names).into();
            let mention = Some(span_of(tokens, a, b));
            self.transcribed(tokens, b, speakers, mention);
            return;
        }
        self.before = 0;
        self.set_off = None;
        self.reported = None;
        for (first, last) in sentences(&tokens, self.reading.text) {
            self.sentence(index, tokens, first, last);
            self.before = first;
        }
        self.announced = self.announcement(tokens);
    }

    /// Adds a paragraph of an interview.
    fn take_turn(&mut self, tokens: Tokens<'_>, turn: Turn) {
        match turn {
            Turn::Question => self.open = None,
            Turn::Named { first, colon } => {
                let speakers = named(tokens, first, colon, self.names).into();
                let mention = Some(span_of(tokens, first, colon));
                self.transcribed(tokens, colon, speakers, mention);
            }
            Turn::Answer { colon, who } => {
                let name = who.and_then(|id| self.names.get(id));
                let speakers = name.map(|name| name.fullest.into());
                self.transcribed(tokens, colon, speakers.unwrap_or_default(), None);
            }
            Turn::GoesOn => self.goes_on(tokens),
        }
    }

    /// Adds a paragraph that goes on with the words of the one before.
    fn goes_on(&mut self, tokens: Tokens<'_>) {
        let words = tokens.first().zip(tokens.last());
        let last = self.quotes.last().filter(|_| self.open.is_none());
        let Some(((first, last), before)) = words.zip(last) else {
            return;
        };
        self.quotes.push(Quote {
            span: first.span().join(last.span()),
            cue: None,
            mention: None,
            rule: Rule::SameUtterance,
            ..before.clone()
        });
    }

    /// Adds the words behind the label of a transcript or an interview.
    fn transcribed(
        &mut self,
        tokens: Tokens<'_>,
        colon: usize,
        speakers: Spans,
        mention: Option<ByteSpan>,
    ) {
        let (Some(first), Some(last)) = (
            tokens.get(colon + 1),
            tokens.iter().rev().find(|t| t.kind != Kind::Mark),
        ) else {
            return;
        };
        self.discourse
            .spoke(&speakers, Voice::Person, Gender::Unknown);
        self.quotes.push(Quote {
            kind: QuoteKind::Direct,
            span: first.span().join(last.span()),
            group: self.group,
            within: None,
            cue: tokens.get(colon).map(Token::span),
            mention,
            speakers,
            via: None,
            addressee: None,
            confidence: if mention.is_some() {
                Confidence::Sure
            } else {
                Confidence::Likely
            },
            rule: Rule::Transcript,
        });
        self.group += 1;
        self.open = None;
    }

    fn sentence(&mut self, paragraph: usize, tokens: Tokens<'a>, first: usize, last: usize) {
        let sentence = Sentence::new(self.reading, tokens, (first, last));
        self.discourse
            .enter(tokens.part(first..last), sentence.roles, self.names);
        let marked = marked(self.reading, tokens, first, last);
        let via = via(&sentence).map(|(a, b)| named(tokens, a, b, self.names));
        let mut at_hand = AtHand {
            sentence,
            marked: &marked,
            via,
            covered: first,
            begun: self.quotes.len(),
        };
        let reports = !marked.is_empty() || sentence.roles.any(CUE);
        let mut next_mark = 0;
        for at in (first..last).filter(|_| reports) {
            if let Some(mark) = marked.get(next_mark).filter(|mark| mark.at == at) {
                next_mark += 1;
                self.quote(paragraph, tokens, mark, at_hand.via);
            } else if at >= at_hand.covered && sentence.is_cue(at) {
                // Only the quotations on either side can have taken it.
                let beside = next_mark.saturating_sub(1)..marked.len().min(next_mark + 1);
                let beside = marked.get(beside).unwrap_or_default();
                let takes = |mark: &Marked| {
                    let cue = mark.cue.as_ref();
                    mark.kind == QuoteKind::Direct && cue.is_some_and(|cue| cue.at == at)
                };
                if !beside.iter().any(takes) && !self.report(&mut at_hand, at) {
                    self.mentioned(tokens, at, last);
                }
            }
        }
        self.note_documents(&sentence, at_hand.begun);
        self.go_on(&sentence, at_hand.begun);
    }

    /// Keeps who issued the document that a sentence names as where something was said: `The council said
    /// in an email that …`.
    fn note_documents(&mut self, sentence: &Sentence<'_>, begun: usize) {
        const REACH: usize = 3;
        let here = self.quotes.get(begun..).unwrap_or_default();
        let Some(last) = here.last().filter(|last| !last.speakers.is_empty()) else {
            return;
        };
        let words = sentence.tokens.get(sentence.first..sentence.last);
        let words = words.unwrap_or_default();
        let located = |at: &usize| {
            let token = &words[*at];
            let lead = words
                .get(at.saturating_sub(REACH)..=*at)
                .unwrap_or_default();
            let told = here.iter().any(|quote| quote.span.contains(token.span()));
            // `in a statement` may be one token.
            let phrase =
                token.is(Roles::PREPOSITION) && token.span().of(self.reading.text).contains(' ');
            token.kind == Kind::Lower
                && (token.is(Roles::DOCUMENT) || phrase)
                && lead.iter().any(|t| t.is(Roles::PREPOSITION))
                && !told
        };
        if let Some(at) = (0..words.len()).find(located) {
            let name = words[at].span().of(self.reading.text);
            for word in name.split(' ').rev() {
                let hash = letters::hash_word(&fold(word));
                self.discourse.note_issued(hash, &last.speakers);
            }
        }
    }

    /// Takes the sentence for a report by whoever spoke in the one before it, where nothing but the
    /// mood of its verb says that it is only reported: `Die Zeugin sagte, sie habe einen Knall
    /// gehört. Danach sei ein Mann weggelaufen.`
    fn go_on(&mut self, sentence: &Sentence<'_>, begun: usize) {
        let is_report = |quote: &Quote| quote.kind != QuoteKind::Fragment;
        let here = self.quotes.get(begun..).unwrap_or_default();
        let last = here.iter().rposition(is_report).map(|at| begun + at);
        let before = self.reported.and_then(|at| self.quotes.get(at));
        let before = before.filter(|one| last.is_none() && !one.speakers.is_empty());
        let Some(before) = before.filter(|_| sentence.is_free_indirect()) else {
            self.reported = last;
            return;
        };
        let words = sentence.tokens.get(sentence.first..sentence.last);
        let words = words.unwrap_or_default();
        let (Some(first), Some(end)) = (words.first(), words.last()) else {
            return;
        };
        let marked = words.iter().any(|t| t.kind == Kind::Quote);
        let quote = Quote {
            speakers: before.speakers.clone(),
            mention: before.mention,
            confidence: before.confidence.min(Confidence::Likely),
            rule: Rule::FreeIndirect,
            ..Quote::unattributed(
                report_kind(marked),
                first.span().join(end.span()),
                self.group,
            )
        };
        self.group += 1;
        self.reported = Some(self.quotes.len());
        self.quotes.push(quote);
    }

    /// Adds the clause that the cue at `at` governs; whether the cue has been dealt with.
    fn report(&mut self, at_hand: &mut AtHand<'_>, at: usize) -> bool {
        let sentence = at_hand.sentence;
        let tokens = sentence.tokens;
        let Some(mut clause) = sentence.clause(at) else {
            return false;
        };
        trim_direct(&mut clause, at_hand.marked);
        if self.reported_before(at_hand.begun, tokens, &clause) {
            return true;
        }
        if let Some((a, b)) = self.carried(&sentence, &clause) {
            at_hand.via = Some(named(tokens, a, b, self.names));
            return true;
        }
        let words = tokens.get(clause.first..clause.last).unwrap_or(&[]);
        // `…, seraya mengatakan, “…”`: nothing but the next cue.
        let bare = words.len() <= 3
            && words
                .iter()
                .any(|t| t.is(SAYING.with(Roles::PARTICIPLE).with(Roles::PRONOUN)))
            && tokens
                .get(clause.last)
                .is_some_and(|t| t.kind == Kind::Quote);
        if clause.last <= clause.first || bare {
            return false;
        }
        at_hand.covered = at_hand.covered.max(clause.last);
        self.clause(&sentence, &clause, at_hand.via);
        true
    }

    /// A cue without words of its own still says who is about to speak: `Hal itu dikatakan X`.
    fn mentioned(&mut self, tokens: Tokens<'_>, at: usize, last: usize) {
        if !tokens.get(at).is_some_and(|t| t.is(Roles::PASSIVE)) {
            return;
        }
        if let Some(mention) =
            phrase::after(tokens, at + 1, last).filter(|m| m.kind == MentionKind::Name)
        {
            let meant = self.discourse.meant(&mention, tokens, self.names);
            if let Some((speakers, _)) = meant.first() {
                let voice = Voice::of(&mention, tokens, self.names);
                let gender = referent::gender(&mention, tokens, self.names);
                self.discourse.spoke(speakers, voice, gender);
            }
        }
    }

    fn clause(&mut self, sentence: &Sentence<'_>, clause: &Clause, via: Option<ByteSpan>) {
        let tokens = sentence.tokens;
        let words = tokens.get(clause.first..clause.last).unwrap_or_default();
        let (Some(first), Some(last), Some(cue)) =
            (words.first(), words.last(), tokens.get(clause.cue))
        else {
            return;
        };
        let span = first.span().join(last.span());
        let marked = words.iter().any(|t| t.kind == Kind::Quote);
        let mention = &clause.mention;
        let meant = self.discourse.meant(mention, tokens, self.names);
        let candidates: Vec<_> = meant
            .into_iter()
            .map(|(speakers, evidence)| Candidate {
                mention: spoken(mention),
                cue: Some(cue.span()),
                speakers,
                construction: clause.rule,
                evidence,
            })
            .collect();
        let choice = self.choose(span, &candidates);
        let chosen = choice.and_then(|choice| candidates.get(choice.index));
        let speakers = chosen.map(|one| one.speakers.clone()).unwrap_or_default();
        self.discourse.remember(mention, tokens);
        if marked && clause.cue >= clause.last {
            self.set_off = Some((self.quotes.len(), sentence.first));
        }
        let voice = Voice::of(mention, tokens, self.names);
        let gender = referent::gender(mention, tokens, self.names);
        self.discourse.spoke(&speakers, voice, gender);
        self.about = self.tells_of(sentence, clause, span);
        let within = (sentence.first, sentence.last);
        let addressee = clause
            .addressee
            .or_else(|| addressee(tokens, clause.cue, Some(mention), within));
        self.quotes.push(Quote {
            kind: report_kind(marked),
            span,
            group: self.group,
            within: None,
            cue: Some(cue.span()),
            mention: spoken(mention),
            confidence: choice.map_or(Confidence::Unsure, |choice| choice.confidence),
            speakers,
            via,
            addressee: addressee.map(|(a, b)| named(tokens, a, b, self.names)),
            rule: clause.rule,
        });
        self.group += 1;
    }
}

impl Search<'_> {
    /// Of whom a medium's report tells, if `clause` is one and a person is its subject.
    fn tells_of(&self, sentence: &Sentence<'_>, clause: &Clause, span: ByteSpan) -> Option<About> {
        let tokens = sentence.tokens;
        let mention = &clause.mention;
        let words = tokens.get(clause.cue..mention.last)?;
        let document = words
            .iter()
            .any(|t| t.is(Roles::DOCUMENT.with(Roles::AGENCY)));
        let (a, b) = *mention.parts.first()?;
        let medium = mention.kind == MentionKind::Name
            && self.names.is_body(self.names.resolve(tokens.get(a..b)?)?);
        if clause.rule != Rule::AccordingTo || !medium || !document {
            return None;
        }
        let subject = subject::opening(tokens, (clause.first, clause.last))?;
        let meant = self.discourse.meant(&subject, tokens, self.names);
        let candidates = meant.into_iter().map(|(speakers, evidence)| Candidate {
            mention: spoken(&subject),
            cue: None,
            speakers,
            construction: Rule::About,
            evidence,
        });
        let candidates: Vec<_> = candidates.collect();
        let choice = self.weights.choose(&candidates)?;
        let speakers = candidates.get(choice.index)?.speakers.clone();
        let person = Voice::of(&subject, tokens, self.names) != Voice::Body;
        person.then_some(About { span, speakers })
    }
}

/// The kind of a report, by whether marked words stand in it.
fn report_kind(marked: bool) -> QuoteKind {
    if marked {
        QuoteKind::Mixed
    } else {
        QuoteKind::Indirect
    }
}

/// The sentence at hand, and what of it is done.
struct AtHand<'s> {
    sentence: Sentence<'s>,
    marked: &'s [Marked],
    /// Who carries what is reported from here on.
    via: Option<ByteSpan>,
    /// Up to here the words stand in a clause already.
    covered: usize,
    /// The first quotation of this sentence.
    begun: usize,
}
