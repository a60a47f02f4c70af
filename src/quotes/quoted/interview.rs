//! Interview pages: the paragraphs that open with the label of who speaks (`Q:`, `Halim:`), and those
//! that go on with an answer.

use crate::language::Roles;
use crate::quotes::mentions::names::{NameId, Names};
use crate::quotes::words::lexicon::{WordHash, WordMap};
use crate::quotes::words::reading::{Reading, label};
use crate::quotes::words::tokens::{Kind, Token, Tokens};

/// What a paragraph of an interview is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Turn {
    /// The page asks.
    Question,
    /// Someone speaks behind the label `first..colon`.
    Named { first: usize, colon: usize },
    /// The one whom the page is about speaks, behind a label that only says that this is an answer.
    Answer { colon: usize, who: Option<NameId> },
    /// The answer before goes on.
    GoesOn,
}

/// A paragraph with a label.
#[derive(Clone, Copy, Debug)]
struct Labelled {
    paragraph: usize,
    /// The last word of the label.
    key: WordHash,
    first: usize,
    colon: usize,
    start: u32,
}

/// The turns of the interview that an article has, by paragraph; none where fewer than two speak twice.
pub(crate) fn turns(reading: &Reading<'_>, names: &Names) -> Vec<Option<Turn>> {
    let labelled = labelled(reading);
    let mut counts: WordMap<usize> = WordMap::default();
    for one in &labelled {
        *counts.entry(one.key).or_default() += 1;
    }
    let mut turns = Vec::new();
    if counts.values().filter(|count| **count > 1).count() < 2 {
        return turns;
    }
    let first = labelled.first().map_or(0, |one| one.start);
    let who = names.most_named(first);
    let asking = asking(reading, names, &labelled);
    for one in labelled
        .iter()
        .filter(|one| counts.get(&one.key) > Some(&1))
    {
        turns.resize(one.paragraph + 1, None);
        turns[one.paragraph] = Some(if asking.contains(&one.key) {
            Turn::Question
        } else if reading.lexicon.answers.contains(&one.key) {
            let colon = one.colon;
            Turn::Answer { colon, who }
        } else {
            let (first, colon) = (one.first, one.colon);
            Turn::Named { first, colon }
        });
    }
    carry_on(reading, &mut turns);
    turns
}

/// The paragraphs that open with a label.
fn labelled(reading: &Reading<'_>) -> Vec<Labelled> {
    let opened = |(paragraph, tokens): (usize, Tokens<'_>)| {
        let (first, colon) = opening(reading, tokens)?;
        Some(Labelled {
            paragraph,
            key: tokens.get(colon.checked_sub(1)?)?.hash,
            first,
            colon,
            start: tokens.get(first)?.start,
        })
    };
    let paragraphs = reading.paragraphs.iter().map(|one| reading.of(*one));
    paragraphs.enumerate().filter_map(opened).collect()
}

/// The label of a paragraph and its colon: few capitals, with words behind that no marks set off.
fn opening(reading: &Reading<'_>, tokens: Tokens<'_>) -> Option<(usize, usize)> {
    /// Words of a label, as a rule no more.
    const LONGEST: usize = 4;
    let colon = (0..tokens.len().min(LONGEST + 1)).find(|&at| tokens[at].kind == Kind::Colon)?;
    let words = tokens.get(..colon).filter(|words| !words.is_empty())?;
    let told = |t: &Token| {
        reading.lexicon.questions.contains(&t.hash) || reading.lexicon.answers.contains(&t.hash)
    };
    let one = colon == 1 && words.iter().all(told);
    let named = |t: &Token| t.is_capital() && !t.is(Roles::TIME) || t.kind == Kind::Stop;
    let bare = tokens.get(colon + 1)?.is_word() && tokens.len() > colon + 2;
    // Capitals alone label a transcript.
    let other = label(&tokens).is_none() && words.iter().all(named);
    (bare && (one || other)).then_some((0, colon))
}

/// The labels of those who ask: words for a question, or a name that is no person's where most of its
/// turns are questions (`Lareng Post: …?`).
fn asking(reading: &Reading<'_>, names: &Names, labelled: &[Labelled]) -> Vec<WordHash> {
    let mut asked: WordMap<i32> = WordMap::default();
    for one in labelled {
        let Some(tokens) = reading
            .paragraphs
            .get(one.paragraph)
            .map(|p| reading.of(*p))
        else {
            continue;
        };
        let person = names
            .resolve(tokens.get(one.first..one.colon).unwrap_or_default())
            .is_some_and(|id| names.is_person(id));
        let question = tokens
            .last()
            .is_some_and(|t| t.span().of(reading.text) == "?");
        let told = reading.lexicon.questions.contains(&one.key);
        *asked.entry(one.key).or_default() += match (told, question && !person) {
            (true, _) => i32::from(i16::MAX),
            (false, true) => 1,
            (false, false) => -1,
        };
    }
    let asks = asked.iter().filter(|(_, count)| **count > 0);
    asks.map(|(key, _)| *key).collect()
}

/// Marks the paragraphs without a label between two turns: they go on with the one before.
fn carry_on(reading: &Reading<'_>, turns: &mut [Option<Turn>]) {
    let mut before = None;
    for (turn, paragraph) in turns.iter_mut().zip(&reading.paragraphs) {
        let closed = reading
            .of(*paragraph)
            .last()
            .is_some_and(|t| t.kind == Kind::Stop);
        match (*turn, before) {
            (Some(own), _) => before = Some(own),
            (None, Some(Turn::Question)) => *turn = Some(Turn::Question),
            (None, Some(_)) if closed => *turn = Some(Turn::GoesOn),
            (None, _) => {}
        }
    }
}
