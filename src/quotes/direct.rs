//! Direct quotations and fragments: what stands between marks, and whose words they are.

use super::lexicon::Lexicon;
use super::marks::{Ending, Pair};
use super::names::{NameId, Names, is_name_word};
use super::phrase::{self, Mention, Said};
use super::reading::{Paragraph, Reading};
use super::tokens::{Kind, Token};
use crate::language::Roles;
use crate::model::{Article, Confidence, Quote, QuoteKind, Rule};
use crate::text::ByteSpan;

/// A verb of saying with a subject.
const SAYING: Roles = Roles::VERB
    .with(Roles::GUARDED)
    .with(Roles::QUOTING)
    .with(Roles::TELLING)
    .with(Roles::URGING);

/// What a cue says of the words beside it.
#[derive(Clone, Debug)]
struct Cue {
    at: usize,
    mention: Option<Mention>,
    rule: Rule,
}

struct Found {
    quote: Quote,
    mention: Option<Mention>,
    paragraph: usize,
    at: usize,
}

pub(super) fn extract(article: &Article, lexicon: &Lexicon) -> Vec<Quote> {
    let reading = Reading::new(article, lexicon);
    let names = Names::collect(&reading);
    let mut search = Search {
        reading: &reading,
        names: &names,
        found: Vec::new(),
        groups: 0,
        focus: None,
    };
    for (index, paragraph) in reading.paragraphs.iter().enumerate() {
        search.paragraph(index, *paragraph);
    }
    search.found.into_iter().map(|found| found.quote).collect()
}

struct Search<'a> {
    reading: &'a Reading<'a>,
    names: &'a Names,
    found: Vec<Found>,
    groups: u32,
    /// Whom the text speaks of at the moment.
    focus: Option<Vec<ByteSpan>>,
}

impl Search<'_> {
    fn paragraph(&mut self, index: usize, paragraph: Paragraph) {
        let reading = self.reading;
        let tokens = reading.of(paragraph);
        let mut sentence = 0;
        for at in 0..tokens.len() {
            match tokens[at].kind {
                Kind::Stop => sentence = at + 1,
                Kind::Quote => {
                    if let Some(pair) = reading.pairs.get(tokens[at].hash as usize) {
                        self.marked(index, tokens, (sentence, at), pair);
                    }
                }
                _ if at == sentence || at > 0 && tokens[at - 1].kind == Kind::Comma => {
                    self.subject(tokens, at)
                }
                _ => {}
            }
        }
    }

    /// The first name of a sentence is whom it speaks of.
    fn subject(&mut self, tokens: &[Token], at: usize) {
        let mut at = at;
        while tokens.get(at).is_some_and(|t| {
            t.is(Roles::OPENER.with(Roles::COORDINATOR)) && !t.is(Roles::PREPOSITION)
        }) {
            at += 1;
        }
        if tokens.get(at).is_some_and(is_name_word) {
            let end = super::names::run(tokens, at).max(at + 1);
            if let Some((a, b)) = super::names::strip(tokens, at, end) {
                if let Some(id) = self.names.resolve(&tokens[a..b]) {
                    self.focus = Some(vec![self.fullest(id)]);
                }
            }
        }
    }

    fn fullest(&self, id: NameId) -> ByteSpan {
        self.names
            .get(id)
            .map_or(ByteSpan::default(), |name| name.fullest)
    }

    fn marked(&mut self, paragraph: usize, tokens: &[Token], place: (usize, usize), pair: &Pair) {
        let (sentence, at) = place;
        let text = self.reading.text;
        let after = cue_after(tokens, at, pair, text);
        let before = cue_before(tokens, sentence, at);
        let kind = kind_of(
            tokens,
            sentence,
            at,
            pair,
            text,
            after.is_some(),
            before.is_some(),
        );
        let cue = if kind == QuoteKind::Direct {
            after.or(before)
        } else {
            None
        };
        let inner = pair.inner.trim(text);
        let group = self.groups;
        self.groups += 1;
        let mut quote = Quote {
            kind,
            span: inner,
            group,
            within: None,
            cue: cue.as_ref().map(|cue| tokens[cue.at].span()),
            mention: None,
            speakers: Vec::new(),
            via: None,
            addressee: None,
            confidence: Confidence::Unsure,
            rule: cue.as_ref().map_or(Rule::None, |cue| cue.rule),
        };
        let mention = cue.and_then(|cue| cue.mention);
        if kind == QuoteKind::Direct {
            self.attribute(&mut quote, mention.as_ref(), tokens);
        }
        self.found.push(Found {
            quote,
            mention,
            paragraph,
            at,
        });
    }

    fn attribute(&mut self, quote: &mut Quote, mention: Option<&Mention>, tokens: &[Token]) {
        let speakers = match mention {
            Some(mention) => {
                if mention.said != Said::Implied {
                    quote.mention = Some(mention.span);
                }
                match mention.said {
                    Said::Name => mention
                        .parts
                        .iter()
                        .map(|&(a, b)| match self.names.resolve(&tokens[a..b]) {
                            Some(id) => self.fullest(id),
                            None => tokens[a].span().join(tokens[b - 1].span()),
                        })
                        .collect(),
                    Said::Description => match self.borne(mention, tokens) {
                        Some(span) => vec![span],
                        None => vec![mention.span],
                    },
                    Said::Pronoun | Said::Implied => self.focus.clone().unwrap_or_default(),
                }
            }
            None => self.focus.clone().unwrap_or_default(),
        };
        if !speakers.is_empty() {
            self.focus = Some(speakers.clone());
            quote.confidence = match mention.map(|m| m.said) {
                Some(Said::Name) => Confidence::Sure,
                Some(_) => Confidence::Likely,
                None => Confidence::Unsure,
            };
        }
        quote.speakers = speakers;
    }

    fn borne(&self, mention: &Mention, tokens: &[Token]) -> Option<ByteSpan> {
        let offices = tokens[mention.first..mention.last]
            .iter()
            .filter(|t| t.is(Roles::OFFICE));
        offices
            .clone()
            .find_map(|t| self.names.bearer(t.hash))
            .map(|id| self.fullest(id))
    }
}

/// Whether the marked words are an utterance or a fragment of the reporter's own sentence.
fn kind_of(
    tokens: &[Token],
    sentence: usize,
    at: usize,
    pair: &Pair,
    text: &str,
    cue_after: bool,
    cue_before: bool,
) -> QuoteKind {
    let inner = pair.inner.of(text).trim();
    let starts = inner.chars().find(|c| c.is_alphanumeric());
    let capital = starts.is_none_or(|c| c.is_uppercase() || c.is_numeric());
    let ends = inner
        .trim_end_matches(['\'', '’', '"', '”', ' ', ')'])
        .ends_with(['.', ',', '?', '!', '…']);
    let before = at
        .checked_sub(1)
        .and_then(|b| tokens.get(b))
        .map(|t| t.kind);
    let fresh = at == sentence || matches!(before, Some(Kind::Stop | Kind::Colon | Kind::Quote));
    let words = inner.split_whitespace().take(6).count();
    let direct = if pair.ending == Ending::Paragraph {
        fresh && words > 3
    } else if cue_after {
        fresh
            || capital && matches!(before, Some(Kind::Comma | Kind::Dash))
            || ends && matches!(before, Some(Kind::Comma))
    } else if cue_before {
        match before {
            Some(Kind::Colon) => capital || ends || words > 5,
            Some(Kind::Comma) => capital || words > 5 && ends,
            _ => capital && ends && words > 3,
        }
    } else {
        fresh && capital && ends && words > 2
    };
    if direct {
        QuoteKind::Direct
    } else {
        QuoteKind::Fragment
    }
}

/// The cue behind a quotation: `,” kata Rina`, `,” she said`.
fn cue_after(tokens: &[Token], at: usize, pair: &Pair, text: &str) -> Option<Cue> {
    let mut next = at + 1;
    if tokens
        .get(next)
        .is_some_and(|t| matches!(t.kind, Kind::Comma | Kind::Dash))
    {
        next += 1;
    }
    let end = clause_end(tokens, next);
    let token = tokens.get(next).filter(|t| next < end && t.is_word())?;
    if token.kind == Kind::Lower || token.is(Roles::INVERTED) {
        if token.is(Roles::CLITIC) {
            return Some(Cue {
                at: next,
                mention: Some(implied(next)),
                rule: Rule::Clitic,
            });
        }
        if token.is(Roles::INVERTED.with(SAYING).with(Roles::ACCORDING)) {
            let mention = phrase::after(tokens, next + 1, end);
            return Some(Cue {
                at: next,
                mention,
                rule: Rule::VerbThenName,
            });
        }
    }
    let inner = pair.inner.of(text).trim();
    let closed = inner.ends_with('.');
    let verb = (next + 1..end.min(next + 30))
        .find(|&i| tokens[i].kind == Kind::Lower && tokens[i].is(SAYING))?;
    let follower = tokens.get(verb + 1);
    let opens = follower.is_some_and(|t| {
        matches!(t.kind, Kind::Colon | Kind::Quote) || t.is(Roles::COMPLEMENTISER)
    });
    if closed || opens && !matches!(follower.map(|t| t.kind), Some(Kind::Quote)) {
        return None;
    }
    let mention = phrase::before(tokens, next, verb)?;
    Some(Cue {
        at: verb,
        mention: Some(mention),
        rule: Rule::NameThenVerb,
    })
}

fn implied(at: usize) -> Mention {
    Mention {
        said: Said::Implied,
        span: ByteSpan::default(),
        parts: Vec::new(),
        first: at,
        last: at,
    }
}

/// The end of the clause from `at` on: the next quotation or the end of the sentence.
fn clause_end(tokens: &[Token], at: usize) -> usize {
    let limit = tokens.len().min(at + 80);
    (at..limit)
        .find(|&i| {
            matches!(tokens[i].kind, Kind::Quote | Kind::Semicolon)
                || tokens[i].kind == Kind::Stop
                    && !(i > 0
                        && tokens[i - 1].end == tokens[i].start
                        && tokens[i - 1].is(Roles::ABBREVIATION.with(Roles::HONORIFIC)))
        })
        .unwrap_or(limit)
}

/// The cue before a quotation: `Rina said: “`.
fn cue_before(tokens: &[Token], sentence: usize, at: usize) -> Option<Cue> {
    let before = tokens.get(at.checked_sub(1)?)?;
    if at <= sentence {
        return None;
    }
    let signed = matches!(before.kind, Kind::Colon | Kind::Comma);
    let last = if signed { at - 1 } else { at };
    let start = (sentence..last)
        .rev()
        .take(60)
        .find(|&i| matches!(tokens[i].kind, Kind::Quote | Kind::Semicolon))
        .map_or(sentence, |i| i + 1);
    let verb = (start..last)
        .rev()
        .take(if signed { 25 } else { 1 })
        .find(|&i| {
            tokens[i].is(SAYING
                .with(Roles::INVERTED)
                .with(Roles::PASSIVE)
                .with(Roles::ACCORDING)
                .with(Roles::PARTICIPLE))
        })?;
    if tokens[verb].is(Roles::INVERTED.with(Roles::PASSIVE).with(Roles::ACCORDING))
        && !tokens[verb].is(SAYING)
    {
        let mention = phrase::after(tokens, verb + 1, last);
        return Some(Cue {
            at: verb,
            mention,
            rule: Rule::NameBefore,
        });
    }
    let mention =
        phrase::before(tokens, start, verb).or_else(|| phrase::after(tokens, verb + 1, last));
    Some(Cue {
        at: verb,
        mention,
        rule: Rule::NameBefore,
    })
}
