//! Builds overlays from the state: help, palette, faults, history and the explanation of a speaker.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::App;
use super::command::{COMMANDS, Command, Context, Info};
use super::keymap::Keymap;
use super::picker::{Choice, Item, Picker};
use super::sidebar::confidence_sign;
use crate::config::Interface;
use crate::export::{Fate, Tally};
use crate::model::{ArticleId, Format, Issue, Quote};
use crate::quotes::TraceStep;
use crate::text::{words, wrap};

/// Returns a picker of all commands with their keys. Commands that have keys in the contexts `here`
/// come first.
pub fn help(keymap: &Keymap, interface: &Interface, here: &[Context]) -> Picker {
    let mut items: Vec<_> = COMMANDS
        .iter()
        .map(|info| (is_here(keymap, info.command, here), info))
        .collect();
    // Commands that have keys in the current contexts come first.
    items.sort_by_key(|(here, _)| !here);
    let items = items.into_iter().map(|(_, info)| Item {
        lead: keymap.names(info.command),
        text: interface.summary(info.name, info.summary).into_owned(),
        note: format!("{} · {}", interface.tr(info.group.name()), info.name),
        choice: Choice::Run(info.command),
        ..Item::default()
    });
    Picker::new("Help", "No such key or command.", items.collect())
}

/// Returns a picker for running a command by its name. Commands for typing and selecting are left
/// out.
pub fn palette(keymap: &Keymap, interface: &Interface) -> Picker {
    let items = COMMANDS
        .iter()
        .filter(|info| !is_typing(info.command))
        .map(|info| Item {
            lead: String::new(),
            text: in_palette(info, interface),
            note: keymap.names(info.command),
            choice: Choice::Run(info.command),
            ..Item::default()
        });
    Picker::new("Commands", "No such command.", items.collect()).typed()
}

/// Returns the text of a command in the palette: its name and what it does. In a language other
/// than English, the English name follows in parentheses, because settings use it.
fn in_palette(info: &Info, interface: &Interface) -> String {
    let summary = interface.summary(info.name, info.summary);
    match interface.command(info.name) {
        Some(own) if own != info.name => format!("{own} ({})  {summary}", info.name),
        _ => format!("{}  {summary}", info.name),
    }
}

/// Returns whether a command is useful only while the user types or selects, by its default keys.
fn is_typing(command: Command) -> bool {
    let contexts = command
        .info()
        .keys
        .iter()
        .flat_map(|(contexts, _)| *contexts);
    let mut elsewhere = contexts.filter(|c| !matches!(c, Context::Prompt | Context::Select));
    elsewhere.next().is_none()
}

fn is_here(keymap: &Keymap, command: Command, here: &[Context]) -> bool {
    keymap
        .contexts(command)
        .iter()
        .any(|context| here.contains(context))
}

/// Returns a picker of all faults in the settings and in the files of the corpus, and of the number
/// of records of each format.
pub fn faults(app: &App) -> Picker {
    let settings = app.load.settings.iter().map(|fault| {
        let (place, reason) = fault.split_once(": ").unwrap_or(("settings", fault));
        Item {
            lead: place.to_owned(),
            text: reason.to_owned(),
            ..Item::default()
        }
    });
    let issues = app.load.issues.iter().map(|issue| {
        let mut lead = issue.path.to_string();
        if let Some(record) = &issue.record {
            lead.push('#');
            lead.push_str(record);
        }
        if let Some(line) = issue.line {
            lead = format!("{lead}:{line}");
        }
        Item {
            lead,
            text: issue.told().into_owned(),
            ..Item::default()
        }
    });
    let counts = by_format(app).into_iter().map(|(format, told)| Item {
        lead: format.name().to_owned(),
        text: told,
        ..Item::default()
    });
    let title = match Issue::count_all(&app.load.issues) + app.load.settings.len() {
        0 => app.tr("Faults: none").to_owned(),
        count => app.fill("Faults: {0}", &[&count.to_string()]),
    };
    let items = settings.chain(counts).chain(issues).collect();
    Picker::new(&title, "Nothing was read.", items)
}

/// Returns for each format words that say what became of its records, such as
/// `12 read, 3 passed over`. Makes one pass over the corpus.
fn by_format(app: &App) -> BTreeMap<Format, String> {
    let mut tally = Tally::of(&app.corpus, [], &app.load.issues);
    tally.merge(&app.load.skipped);
    let mut counts: BTreeMap<(Format, Fate), usize> = BTreeMap::new();
    for (format, fate, _, count) in tally.counts() {
        *counts.entry((format, fate)).or_default() += count;
    }
    let mut told: BTreeMap<Format, Vec<String>> = BTreeMap::new();
    for ((format, fate), count) in counts {
        let plural = if fate == Fate::Fault && count > 1 {
            "s"
        } else {
            ""
        };
        let words = format!("{count} {}{plural}", fate.name());
        told.entry(format).or_default().push(words);
    }
    let joined = told
        .into_iter()
        .map(|(format, words)| (format, words.join(", ")));
    joined.collect()
}

/// Returns a picker of the articles that were opened, newest first.
pub fn history(app: &App) -> Picker {
    let items = app
        .reader
        .history
        .newest_first()
        .filter_map(|(id, is_here)| {
            let article = app.corpus.get(id)?;
            let date = article.structure.published.as_ref();
            Some(Item {
                lead: date.map_or_else(
                    || app.tr("undated").to_owned(),
                    |date| date.date.to_string(),
                ),
                text: article
                    .title()
                    .map_or_else(|| article.key.to_string(), Cow::into_owned),
                note: if is_here {
                    app.tr("here")
                } else {
                    article.outlet().unwrap_or("")
                }
                .to_owned(),
                choice: Choice::Open(id),
                ..Item::default()
            })
        });
    let empty = "Nothing was opened yet: press Enter on an article.";
    Picker::new("History", empty, items.collect())
}

/// Returns a picker that explains how the speaker of the current utterance was found, with the open
/// article. `steps` are those of the rules; only those about this utterance are listed. Returns
/// `None` if there is no current utterance.
pub fn explain(app: &App, steps: &[TraceStep]) -> Option<(ArticleId, Picker)> {
    let article = app.article()?;
    let open = app.reader.open.as_ref()?;
    let at = open.current?;
    let utterance = open.utterances.all.get(at)?;
    let quote = open.utterances.first(article, at)?;
    let as_written = |span: Option<crate::text::ByteSpan>| span.map(|span| article.words(span));
    let speaker = open.utterances.speaker_of(utterance).map_or_else(
        || app.tr("unattributed").to_owned(),
        |name| format!("{name}{}", confidence_sign(quote.confidence)),
    );
    let mut rows = vec![
        ("Speaker", speaker),
        ("Trust", app.tr(quote.confidence.name()).to_owned()),
        ("Rule", app.tr(quote.rule.summary()).to_owned()),
        ("Kind", app.tr(quote.kind.name()).to_owned()),
    ];
    let written = [
        ("Cue", quote.cue),
        ("Mention", quote.mention),
        ("Via", quote.via),
        ("Said to", quote.addressee),
    ];
    for (label, span) in written {
        rows.extend(as_written(span).map(|words| (label, words.into_owned())));
    }
    let spoken = open.utterances.words(article, at);
    let count = words(&spoken).count();
    rows.push(("Words", format!("{count}: {spoken}")));
    let pieces = utterance.pieces.iter();
    let pieces: Vec<_> = pieces
        .filter_map(|at| article.quotes.get(*at as usize))
        .collect();
    let is_about = |step: &&TraceStep| {
        let within = |quote: &&Quote| {
            quote.span.contains(step.span) || quote.cue.is_some_and(|cue| cue.contains(step.span))
        };
        pieces.iter().any(within)
    };
    rows.extend(
        steps
            .iter()
            .filter(is_about)
            .map(|step| ("Step", step.told.clone())),
    );
    let width = app.overlay_area().width.saturating_sub(LABEL_WIDTH + 6);
    let items = rows
        .iter()
        .flat_map(|(label, words)| lines(app.tr(label), words, width));
    let title = app.fill("Quote {0}", &[&utterance.number.to_string()]);
    Some((open.id, Picker::new(&title, "", items.collect())))
}

/// Width of the longest label in an explanation, in columns.
const LABEL_WIDTH: u16 = 8;

/// Wraps `words` to `width` columns and returns one item per line, the first with the label.
fn lines(label: &str, words: &str, width: u16) -> Vec<Item> {
    let lines = wrap(words, width, &[]).into_iter().enumerate();
    lines
        .map(|(index, line)| Item {
            lead: if index == 0 { label } else { "" }.to_owned(),
            text: words.get(line).unwrap_or("").to_owned(),
            ..Item::default()
        })
        .collect()
}
