//! The walk over an article: sentence by sentence, cue by cue, with whom it speaks of in mind.

use std::cell::Cell;

use super::addressee::addressee;
use super::arrange::{arrange, drop_own_carriers, recognise_repeated};
use super::direct;
use super::focus::{Focus, Voice, named};
use super::lexicon::Lexicon;
use super::marked::{Marked, marked, trim_direct};
use super::marks::Ending;
use super::names::Names;
use super::phrase::{self, Mention, Said};
use super::reading::{Paragraph, Reading, Room, label, sentences};
use super::relay;
use super::sentence::{Clause, SAYING, Sentence};
use super::tokens::{Kind, Token};
use crate::language::Roles;
use crate::model::{Article, Confidence, Quote, QuoteKind, Rule};
use crate::text::{ByteSpan, Spans};

/// The quotations of one article, sorted and tied together.
pub(super) fn extract(article: &Article, lexicon: &Lexicon) -> Vec<Quote> {
    let reading = Reading::new(article, lexicon, ROOM.take());
    let names = Names::collect(&reading);
    let mut search = Search {
        reading: &reading,
        names: &names,
        focus: Focus::default(),
        quotes: Vec::new(),
        group: 0,
        open: None,
        last_direct: None,
        before: 0,
        set_off: None,
        announced: None,
    };
    for (index, paragraph) in reading.paragraphs.iter().enumerate() {
        search.paragraph(index, *paragraph);
    }
    recognise_repeated(&mut search.quotes, reading.text);
    drop_own_carriers(&mut search.quotes, reading.text);
    let quotes = arrange(search.quotes);
    ROOM.set(reading.into_room());
    quotes
}

thread_local! {
    /// Room for the tokens of one article after the other: made anew for each, it would be the
    /// largest piece of memory that an article needs and gives back.
    static ROOM: Cell<Room> = Cell::default();
}

/// A direct quotation that the next one may carry on.
#[derive(Clone, Debug)]
struct Last {
    quote: usize,
    paragraph: usize,
    token: usize,
}

struct Search<'a> {
    reading: &'a Reading<'a>,
    names: &'a Names,
    focus: Focus,
    quotes: Vec<Quote>,
    group: u32,
    /// A quotation whose closing mark is still to come.
    open: Option<usize>,
    last_direct: Option<Last>,
    /// Where the sentence before this one begins in its paragraph.
    before: usize,
    /// The last clause with its speaker behind it, and where its sentence begins.
    set_off: Option<(usize, usize)>,
    /// Who is about to speak, by a paragraph that ends in a colon.
    announced: Option<Announced>,
}

/// A cue whose words stand in the next paragraph.
#[derive(Clone, Debug)]
struct Announced {
    cue: ByteSpan,
    mention: Option<ByteSpan>,
    speakers: Spans,
    confidence: Confidence,
}

impl<'a> Search<'a> {
    fn paragraph(&mut self, index: usize, paragraph: Paragraph) {
        let tokens: &'a [Token] = self.reading.of(paragraph);
        if let Some((a, b)) = label(tokens) {
            self.transcribed(tokens, b, (a, b));
            return;
        }
        self.before = 0;
        self.set_off = None;
        for (first, last) in sentences(tokens, self.reading.text) {
            self.sentence(index, tokens, first, last);
            self.before = first;
        }
        self.announced = self.announcement(tokens);
    }

    fn transcribed(&mut self, tokens: &[Token], colon: usize, (a, b): (usize, usize)) {
        let (Some(first), Some(last)) = (
            tokens.get(colon + 1),
            tokens.iter().rev().find(|t| t.kind != Kind::Mark),
        ) else {
            return;
        };
        let speaker = named(tokens, a, b, self.names);
        let mention = tokens[a].span().join(tokens[b - 1].span());
        self.focus.spoke(&[speaker], Voice::Person);
        self.quotes.push(Quote {
            kind: QuoteKind::Direct,
            span: first.span().join(last.span()),
            group: self.group,
            within: None,
            cue: Some(tokens[colon].span()),
            mention: Some(mention),
            speakers: speaker.into(),
            via: None,
            addressee: None,
            confidence: Confidence::Sure,
            rule: Rule::Transcript,
        });
        self.group += 1;
        self.open = None;
    }

    /// What a paragraph that ends in a colon announces: `Rina continued:`.
    fn announcement(&self, tokens: &[Token]) -> Option<Announced> {
        let colon = tokens.len().checked_sub(1)?;
        if tokens[colon].kind != Kind::Colon {
            return None;
        }
        let start = (0..colon)
            .rev()
            .take(60)
            .find(|&at| matches!(tokens[at].kind, Kind::Stop | Kind::Quote))
            .map_or(0, |at| at + 1);
        let verb_second = self.reading.lexicon.verb_second;
        let cue = direct::cue_before(tokens, start, tokens.len(), verb_second)?;
        let mention = cue.mention?;
        Some(Announced {
            cue: tokens[cue.at].span(),
            mention: (mention.said != Said::Implied).then_some(mention.span),
            speakers: self.focus.speakers(&mention, tokens, self.names),
            confidence: self.confidence(&mention),
        })
    }

    fn sentence(&mut self, paragraph: usize, tokens: &'a [Token], first: usize, last: usize) {
        let lexicon = self.reading.lexicon;
        self.focus.enter(&tokens[first..last], self.names);
        let end = if tokens[last - 1].kind == Kind::Stop {
            last - 1
        } else {
            last
        };
        let sentence = Sentence {
            text: self.reading.text,
            verb_prefixes: &lexicon.verb_prefixes,
            tokens,
            first,
            last: end,
            comma_opens_clause: lexicon.comma_opens_clause,
            nouns_capitalised: lexicon.nouns_capitalised,
        };
        let marked = marked(self.reading, tokens, first, last);
        let mut via = via(&sentence).map(|(a, b)| named(tokens, a, b, self.names));
        let mut covered = first;
        let mut next_mark = 0;
        let begun = self.quotes.len();
        for at in first..last {
            if let Some(mark) = marked.get(next_mark).filter(|mark| mark.at == at) {
                next_mark += 1;
                self.quote(paragraph, tokens, mark, via);
            } else if at >= covered && tokens[at].is(super::sentence::CUE) && sentence.is_cue(at) {
                // Only the quotations on either side can have taken it.
                let beside = next_mark.saturating_sub(1)..marked.len().min(next_mark + 1);
                let used = marked[beside]
                    .iter()
                    .filter(|mark| mark.kind == QuoteKind::Direct)
                    .any(|mark| mark.cue.as_ref().is_some_and(|cue| cue.at == at));
                if used {
                    continue;
                }
                if let Some(mut clause) = sentence.clause(at) {
                    trim_direct(&mut clause, &marked);
                    if self.reported_before(begun, tokens, &clause) {
                        continue;
                    }
                    if let Some((a, b)) = self.carried(&sentence, &clause) {
                        via = Some(named(tokens, a, b, self.names));
                        continue;
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
                    if clause.last > clause.first && !bare {
                        covered = covered.max(clause.last);
                        self.clause(tokens, &clause, (first, end), via);
                        continue;
                    }
                }
                self.mentioned(tokens, at, last);
            }
        }
    }

    /// Whether what `clause` reports before its cue was said by another, so that its own speaker only
    /// carries it: `Kim mengatakan …, lapor KCNA`.
    fn reported_before(&mut self, begun: usize, tokens: &[Token], clause: &Clause) -> bool {
        // A sentence holds few reports; a bound keeps hostile texts linear.
        const MOST: usize = 8;
        let begun = begun.max(self.quotes.len().saturating_sub(MOST));
        let words = tokens.get(clause.first..clause.last).unwrap_or_default();
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return false;
        };
        let all = first.span().join(last.span());
        let spoken = self.quotes.get_mut(begun..).unwrap_or_default();
        let mut inner = spoken
            .iter_mut()
            .filter(|quote| matches!(quote.kind, QuoteKind::Indirect | QuoteKind::Mixed))
            .filter(|quote| all.contains(quote.span) && !quote.speakers.is_empty())
            .peekable();
        if clause.cue < clause.last || inner.peek().is_none() {
            return false;
        }
        let part = clause.mention.parts.first();
        let body = part.filter(|part| {
            let words = tokens.get(part.0..part.1).unwrap_or_default();
            let id = self.names.resolve(words);
            clause.mention.said == Said::Name && id.is_some_and(|id| self.names.is_body(id))
        });
        if let Some(&(a, b)) = body {
            let medium = named(tokens, a, b, self.names);
            inner.for_each(|quote| quote.via = quote.via.or(Some(medium)));
        }
        true
    }

    /// The body that only carries what another says in `clause`: `KCNA mengungkapkan, … Putin
    /// mencatat bahwa …`. The innermost speaker is the one who counts.
    fn carried(&self, sentence: &Sentence<'_>, clause: &Clause) -> Option<(usize, usize)> {
        let tokens = sentence.tokens;
        let part = *clause
            .mention
            .parts
            .first()
            .filter(|_| clause.mention.said == Said::Name)?;
        let inserted = clause.first < clause.cue && clause.last > clause.cue;
        let body = self
            .names
            .resolve(tokens.get(part.0..part.1)?)
            .is_some_and(|id| self.names.is_body(id));
        // `KCNA melaporkan Kim memastikan …`
        let relays =
            body && sentence.comma_opens_clause && tokens.get(clause.cue)?.is(Roles::GUARDED);
        let carrier = relays || tokens.get(clause.cue)?.is(Roles::CARRIER);
        if !inserted && !body && !carrier {
            return None;
        }
        let from = clause.first.max(clause.cue + 1).max(part.1);
        let inner = (from..clause.last.min(from + 24))
            .find(|&at| sentence.is_cue(at) && tokens[at].is(SAYING))?;
        let found = sentence.clause(inner)?;
        let named = found.mention.said == Said::Name && found.first > inner;
        let marked = tokens
            .get(inner + 1..found.first)?
            .iter()
            .any(|t| t.is(Roles::COMPLEMENTISER) || t.kind == Kind::Comma);
        let subject = if inserted {
            true
        } else {
            found
                .mention
                .parts
                .first()
                .is_some_and(|part| part.0 >= from)
        };
        (named && subject && (marked || inserted || carrier)).then_some(part)
    }

    /// A cue without words of its own still says who is about to speak: `Hal itu dikatakan X`.
    fn mentioned(&mut self, tokens: &[Token], at: usize, last: usize) {
        if !tokens[at].is(Roles::PASSIVE) {
            return;
        }
        if let Some(mention) = phrase::after(tokens, at + 1, last).filter(|m| m.said == Said::Name)
        {
            let speakers = self.focus.speakers(&mention, tokens, self.names);
            self.focus
                .spoke(&speakers, Voice::of(&mention, tokens, self.names));
        }
    }

    fn quote(&mut self, paragraph: usize, tokens: &[Token], mark: &Marked, via: Option<ByteSpan>) {
        let Some(pair) = self.reading.pair(&tokens[mark.at]) else {
            return;
        };
        let mut quote = Quote {
            cue: mark.cue.as_ref().map(|cue| tokens[cue.at].span()),
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
        }
        if let Some((cue, mention)) = mark
            .cue
            .as_ref()
            .filter(|_| mark.kind == QuoteKind::Fragment)
            .and_then(|cue| Some((cue, cue.mention.as_ref()?)))
        {
            quote.speakers = self.focus.speakers(mention, tokens, self.names);
            if !quote.speakers.is_empty() {
                quote.mention = (mention.said != Said::Implied).then_some(mention.span);
                quote.rule = cue.rule;
                quote.confidence = self.confidence(mention).min(Confidence::Likely);
            }
        }
        if quote.group == self.group {
            self.group += 1;
        }
        self.quotes.push(quote);
    }

    fn attribute(&mut self, quote: &mut Quote, mark: &Marked, tokens: &[Token], paragraph: usize) {
        if let Some(open) = self.open.take().and_then(|open| self.quotes.get(open)) {
            quote.group = open.group;
            if mark.cue.is_none() {
                quote.speakers.clone_from(&open.speakers);
                quote.rule = Rule::SameUtterance;
                quote.confidence = open.confidence;
                return;
            }
        }
        if let Some(cue) = &mark.cue {
            quote.addressee = addressee(tokens, cue.at, cue.mention.as_ref(), mark.sentence)
                .map(|(a, b)| named(tokens, a, b, self.names));
            if let Some(mention) = &cue.mention {
                quote.speakers = self.focus.speakers(mention, tokens, self.names);
                quote.mention = (mention.said != Said::Implied).then_some(mention.span);
                quote.rule = cue.rule;
                quote.confidence = self.confidence(mention);
                let voice = Voice::of(mention, tokens, self.names);
                self.focus.spoke(&quote.speakers, voice);
            }
            return;
        }
        if let Some(announced) = self.announced.take().filter(|_| mark.at == 0) {
            self.focus.spoke(&announced.speakers, Voice::Person);
            quote.cue = Some(announced.cue);
            quote.mention = announced.mention;
            quote.speakers = announced.speakers;
            quote.confidence = announced.confidence;
            quote.rule = Rule::Announced;
            return;
        }
        if let Some(mention) = direct::before_colon(tokens, mark.sentence.0, mark.at) {
            quote.speakers = self.focus.speakers(&mention, tokens, self.names);
            quote.mention = Some(mention.span);
            quote.rule = Rule::Announced;
            quote.confidence = Confidence::Unsure;
            let voice = Voice::of(&mention, tokens, self.names);
            self.focus.spoke(&quote.speakers, voice);
            return;
        }
        if let Some(last) = self
            .last_direct
            .as_ref()
            .filter(|last| last.paragraph == paragraph && last.token < mark.at)
            && let Some(before) = self.quotes.get(last.quote)
        {
            let near = last.token >= self.before || last.token >= mark.sentence.0;
            if near && before.cue.is_some() && !before.speakers.is_empty() {
                carry_on(quote, before);
                return;
            }
        }
        // `He called it “too little,” Rina said. “Nothing has changed.”`
        if mark.at == mark.sentence.0
            && let Some((clause, sentence)) = self.set_off
            && sentence == self.before
            && sentence < mark.at
            && let Some(before) = self.quotes.get(clause)
            && !before.speakers.is_empty()
        {
            carry_on(quote, before);
            return;
        }
        quote.speakers = self.focus.who();
        quote.rule = if quote.speakers.is_empty() {
            Rule::None
        } else {
            Rule::FloatsOn
        };
        quote.confidence = Confidence::Unsure;
    }

    /// How sure a mention is. Where every noun has a capital, one word may be any noun.
    fn confidence(&self, mention: &Mention) -> Confidence {
        let single = mention
            .parts
            .first()
            .is_none_or(|&(first, last)| last - first < 2);
        let doubtful = self.reading.lexicon.nouns_capitalised && single;
        match mention.said {
            Said::Name if !doubtful => Confidence::Sure,
            _ => Confidence::Likely,
        }
    }

    fn clause(
        &mut self,
        tokens: &[Token],
        clause: &Clause,
        within: (usize, usize),
        via: Option<ByteSpan>,
    ) {
        let (Some(first), Some(last)) = (tokens.get(clause.first), tokens.get(clause.last - 1))
        else {
            return;
        };
        let marked = tokens[clause.first..clause.last]
            .iter()
            .any(|t| t.kind == Kind::Quote);
        let speakers = self.focus.speakers(&clause.mention, tokens, self.names);
        let mention = &clause.mention;
        self.focus.remember(mention, tokens);
        if marked && clause.cue >= clause.last {
            self.set_off = Some((self.quotes.len(), within.0));
        }
        self.focus
            .spoke(&speakers, Voice::of(mention, tokens, self.names));
        self.quotes.push(Quote {
            kind: if marked {
                QuoteKind::Mixed
            } else {
                QuoteKind::Indirect
            },
            span: first.span().join(last.span()),
            group: self.group,
            within: None,
            cue: Some(tokens[clause.cue].span()),
            mention: (mention.said != Said::Implied).then_some(mention.span),
            confidence: if speakers.is_empty() {
                Confidence::Unsure
            } else {
                self.confidence(mention)
            },
            speakers,
            via,
            addressee: clause
                .addressee
                .or_else(|| addressee(tokens, clause.cue, Some(mention), within))
                .map(|(a, b)| named(tokens, a, b, self.names)),
            rule: clause.rule,
        });
        self.group += 1;
    }
}

/// Gives a quotation the speaker of the one that it carries on.
fn carry_on(quote: &mut Quote, before: &Quote) {
    quote.group = before.group;
    quote.mention = before.mention;
    quote.speakers.clone_from(&before.speakers);
    quote.rule = Rule::SameUtterance;
    quote.confidence = before.confidence;
}

/// The medium that a sentence names as its carrier.
fn via(sentence: &Sentence<'_>) -> Option<(usize, usize)> {
    let carries = Roles::CARRIER.with(Roles::RELAY);
    let is_carrier = |at: &usize| {
        let token = &sentence.tokens[*at];
        token.is(carries) || token.is(Roles::ACCORDING) && sentence.only_carries(*at)
    };
    let verb = (sentence.first..sentence.last).find(is_carrier)?;
    if relay::is_relay(sentence.tokens, sentence.first, verb) {
        return relay::medium(sentence.tokens, sentence.first, verb);
    }
    if !sentence.tokens[verb].is(Roles::CARRIER.with(Roles::ACCORDING)) {
        return None;
    }
    let mut at = verb + 1;
    let end = sentence.last.min(verb + 14);
    while at < end
        && sentence.tokens[at].kind == Kind::Lower
        && sentence.tokens[at].is(Roles::AGENT)
    {
        at += 1;
    }
    if at < end
        && sentence.tokens[at].kind == Kind::Lower
        && sentence.tokens[at].is(Roles::PREPOSITION)
    {
        at += 1;
    }
    let mention = phrase::after(sentence.tokens, at, end)?;
    (mention.said == Said::Name)
        .then(|| mention.parts.first().copied())
        .flatten()
}
