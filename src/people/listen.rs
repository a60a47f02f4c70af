//! Who is named and who speaks in one article, as written.

use std::borrow::Cow;

use super::joins::SaidBy;
use super::name_words::NameWords;
use super::spelling::is_letters;
use crate::language::Packs;
use crate::model::{Article, Quote};
use crate::quotes::{AlsoCalled, Extractor};
use crate::text::{ByteSpan, fold, squeeze};

/// One speaker of one quotation, as written.
pub(super) struct Written<'a> {
    pub(super) quote: u32,
    pub(super) full: Cow<'a, str>,
    pub(super) mention: Option<Cow<'a, str>>,
    pub(super) before: Before,
}

/// What stands right before the name of a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// An office.
    Office,
    /// The first word of a body's name.
    Body,
    /// Anything else.
    Other,
}

/// What one article tells of names, as written.
#[derive(Default)]
pub(crate) struct Told<'a> {
    pub(super) spoken: Vec<Written<'a>>,
    /// The names in the text and the title.
    pub(super) named: Vec<Cow<'a, str>>,
    /// Offices with their bearers' names.
    pub(super) offices: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// Names with other names of the same person or body.
    pub(super) also: Vec<(Cow<'a, str>, Cow<'a, str>, AlsoCalled)>,
}

impl<'a> Told<'a> {
    /// Puts the user's decisions in place of who was found to speak some quotations.
    pub(crate) fn decide(&mut self, article: &Article, checked: &[(ByteSpan, &'a SaidBy)]) {
        for (span, by) in checked {
            let Some(quote) = article.quotes.iter().position(|quote| quote.span == *span) else {
                continue;
            };
            let quote = quote as u32;
            if !matches!(by, SaidBy::Found) {
                self.spoken.retain(|one| one.quote != quote);
            }
            if let SaidBy::Name(name) = by {
                let at = self.spoken.partition_point(|one| one.quote < quote);
                let by_hand = Written {
                    quote,
                    full: squeeze(name),
                    mention: None,
                    before: Before::Other,
                };
                self.spoken.insert(at, by_hand);
            }
        }
    }
}

/// Tells who is named and who speaks in articles.
pub(crate) struct Listener {
    pub(super) beside: NameWords,
    extractor: Extractor,
}

/// Words before a name that are looked at.
const OFFICE_WORDS: usize = 5;
/// Bytes before a name that have these: a text without a space is not read again for each name.
const REACH: usize = 256;

impl Listener {
    /// Creates a listener for the languages of all `packs`.
    pub(crate) fn new(packs: &Packs) -> Self {
        Self {
            beside: NameWords::of(packs),
            extractor: Extractor::new(packs),
        }
    }

    /// Returns who is named and who speaks in one article, as written.
    pub(crate) fn listen<'a>(&self, article: &'a Article) -> Told<'a> {
        let mut told = Told::default();
        for (quote, number) in article.quotes.iter().zip(0..) {
            for name in quote.speakers.iter() {
                let written = squeeze(name.of(&article.text));
                if written.is_empty() {
                    continue;
                }
                if let Some(letters) = letters_behind(&article.text, *name) {
                    let pair = (written.clone(), letters.into(), AlsoCalled::Bracketed);
                    told.also.push(pair);
                }
                told.spoken.push(Written {
                    quote: number,
                    mention: mention(article, quote).filter(|mention| *mention != written),
                    full: written,
                    before: self.before(&article.text, *name),
                });
            }
        }
        told.also.extend(
            article
                .quotes
                .iter()
                .filter_map(|quote| self.both_names(article, quote)),
        );
        // Who is named matters only beside those who speak, here or elsewhere.
        let name = |span: ByteSpan| squeeze(span.of(&article.text));
        for naming in self.extractor.namings(article) {
            let written = name(naming.name);
            if let Some(office) = naming.office {
                told.offices.push((name(office), written.clone()));
            }
            if let Some((how, other)) = naming.also {
                told.also.push((written.clone(), name(other), how));
            }
            if written.contains(' ') || naming.office.is_some() {
                told.named.push(written);
            }
        }
        told
    }

    /// The two names of one speaker, who is named by both at the verb: `kata Rina Halim atau Nana`.
    fn both_names<'a>(
        &self,
        article: &'a Article,
        quote: &Quote,
    ) -> Option<(Cow<'a, str>, Cow<'a, str>, AlsoCalled)> {
        let mut speakers = quote.speakers.iter();
        let (Some(a), Some(b), None) = (speakers.next(), speakers.next(), speakers.next()) else {
            return None;
        };
        let words = quote.mention?.of(&article.text);
        let joins = words
            .split_whitespace()
            .any(|word| self.beside.otherwise.contains(word));
        let name = |span: &ByteSpan| squeeze(span.of(&article.text));
        joins.then(|| (name(a), name(b), AlsoCalled::Nicknamed))
    }

    /// Tells what stands before a name: an office, with what it is in charge of at most between
    /// them, or the first word of a body that has the name's first words (`Kepala Badan
    /// Perencanaan Sari`).
    fn before(&self, text: &str, name: ByteSpan) -> Before {
        let start = name.start as usize;
        let from = text.floor_char_boundary(start.saturating_sub(REACH));
        let before = text.get(from..start).unwrap_or("");
        let before = before.strip_suffix(' ').unwrap_or("");
        let words = before.rsplit(char::is_whitespace).take(OFFICE_WORDS);
        // `Perdana Menteri (PM)`.
        let words = words.map(|word| word.trim_matches(['(', ')']));
        let stands_before = |word: &str| self.beside.stands_before(word);
        let mut words = words
            .take_while(|word| word.ends_with(char::is_alphabetic))
            .take_while(|word| word.starts_with(char::is_uppercase) || stands_before(word))
            .map(fold)
            .peekable();
        if words.peek().is_some_and(|word| self.beside.is_body(word)) {
            Before::Body
        } else if words.any(|word| stands_before(&word)) {
            Before::Office
        } else {
            Before::Other
        }
    }
}

/// What stands in brackets right behind a name: `KCNA` in `Korean Central News Agency (KCNA)`.
fn letters_behind(text: &str, name: ByteSpan) -> Option<&str> {
    let behind = text.get(name.end as usize..)?;
    let inside = behind.strip_prefix(" (")?.split(')').next()?;
    is_letters(inside).then_some(inside)
}

/// The name at the verb. Two who speak together share one mention, which names neither alone.
fn mention<'a>(article: &'a Article, quote: &Quote) -> Option<Cow<'a, str>> {
    let words = squeeze(quote.mention?.of(&article.text));
    let is_name = words.starts_with(char::is_uppercase) && quote.speakers.len() == 1;
    is_name.then_some(words)
}
