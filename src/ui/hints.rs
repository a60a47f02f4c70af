//! Draws key hints, the most useful keys of the current pane or overlay, in the last row and at the
//! foot of an overlay.

use ratatui::style::Style;

use super::look::style;
use super::pen::Pen;
use crate::app::App;
use crate::app::boards::Board;
use crate::app::command::Command;
use crate::app::key::sequence_name;
use crate::app::overlay::{Kind, Overlay};
use crate::app::panes::Pane;
use crate::app::picker::Choice;
use crate::config::Role;
use crate::text::width;

/// A key hint: a command, and a word for what it does in the current place.
type Hint = (Command, &'static str);

/// Returns the hints for the board or pane that takes keys. An overlay shows its own hints, so
/// there are none while one is open.
pub(super) fn below(app: &App) -> &'static [Hint] {
    if !app.layers.overlays.is_empty() {
        return &[];
    }
    if let Some(board) = app.layers.boards.last() {
        return of_board(board);
    }
    match app.focus {
        Pane::List => &[
            (Command::Search, "filter"),
            (Command::Open, "open"),
            (Command::Sort, "sort"),
            (Command::Help, "help"),
            (Command::Leave, "quit"),
        ],
        Pane::Text if app.reader.selection.is_some() => &[
            (Command::CopySelection, "copy"),
            (Command::SelectSwap, "other end"),
            (Command::SelectStop, "drop"),
        ],
        Pane::Text => &[
            (Command::Search, "find"),
            (Command::NextQuote, "quote"),
            (Command::NextArticle, "article"),
            (Command::SelectText, "select"),
            (Command::Help, "help"),
            (Command::Leave, "back"),
        ],
        Pane::Quotes => &[
            (Command::ToggleTray, "tray"),
            (Command::GroupQuotes, "by speaker"),
            (Command::Explain, "explain"),
            (Command::CopyQuote, "copy"),
            (Command::Help, "help"),
            (Command::Leave, "back"),
        ],
    }
}

/// Returns the key hints for a board.
fn of_board(board: &Board) -> &'static [Hint] {
    match board {
        Board::Compare(_) => &[
            (Command::ColumnRight, "column"),
            (Command::WordDifferences, "differences"),
            (Command::ScrollTogether, "together"),
            (Command::StackColumns, "stack"),
            (Command::DropColumn, "drop"),
            (Command::Export, "write"),
            (Command::Leave, "back"),
        ],
        Board::Matrix(_) => &[
            (Command::ColumnRight, "outlet"),
            (Command::Open, "quotes"),
            (Command::SortMatrix, "sort"),
            (Command::PerArticle, "per article"),
            (Command::TimelineScope, "whose"),
            (Command::Compare, "compare"),
            (Command::Export, "write"),
            (Command::Leave, "back"),
        ],
        Board::Timeline(timeline) if timeline.brush.is_some() => &[
            (Command::Open, "filter by this range"),
            (Command::Brush, "drop"),
        ],
        Board::Timeline(_) => &[
            (Command::Open, "open"),
            (Command::Brush, "range"),
            (Command::StackOutlets, "outlets"),
            (Command::StackSpeakers, "speakers"),
            (Command::StackKinds, "kinds"),
            (Command::TimelineGrain, "step"),
            (Command::TimelineScope, "whose"),
            (Command::ToggleTray, "tray"),
            (Command::Export, "write"),
            (Command::Leave, "back"),
        ],
    }
}

/// Returns the key hints for an overlay, which depend on its kind.
pub(super) fn of_overlay(overlay: &Overlay) -> &'static [Hint] {
    let can_go = overlay
        .picker
        .current()
        .is_some_and(|item| match &item.choice {
            Choice::LibraryEntry(entry) => entry.can_remove(),
            _ => false,
        });
    match &overlay.kind {
        Kind::Tray => &[
            (Command::Open, "open"),
            (Command::Compare, "compare"),
            (Command::ToggleTray, "take off"),
            (Command::PutAside, "put aside"),
            (Command::Export, "write"),
            (Command::Leave, "close"),
        ],
        Kind::Wide => &[
            (Command::Search, "search"),
            (Command::Open, "open"),
            (Command::ToggleTray, "tray"),
            (Command::Leave, "close"),
        ],
        Kind::Words(_) => &[
            (Command::NextWords, "next view"),
            (Command::WordsSelection, "whose"),
            (Command::WordsScope, "where"),
            (Command::SortLines, "sort"),
            (Command::Search, "search"),
            (Command::Open, "open"),
            (Command::ToggleTray, "tray"),
            (Command::Export, "write"),
            (Command::Leave, "close"),
        ],
        Kind::Speakers(_) | Kind::Person(_) | Kind::Likely | Kind::Review(_) => {
            of_people(&overlay.kind)
        }
        Kind::Plain if can_go => &[
            (Command::Search, "search"),
            (Command::Open, "choose"),
            (Command::Remove, "delete"),
            (Command::Leave, "close"),
        ],
        Kind::Plain => &[
            (Command::Search, "search"),
            (Command::Open, "choose"),
            (Command::Leave, "close"),
        ],
    }
}

/// Returns the hints for an overlay in which people are decided about by hand.
fn of_people(kind: &Kind) -> &'static [Hint] {
    match kind {
        Kind::Speakers(_) => &[
            (Command::Search, "search"),
            (Command::Open, "open"),
            (Command::ChooseSpeaker, "choose"),
            (Command::JoinSpeakers, "join"),
            (Command::LikelyJoins, "likely"),
            (Command::NameSpeaker, "name"),
            (Command::SpeakerKind, "kind"),
            (Command::Undo, "undo"),
            (Command::Leave, "close"),
        ],
        Kind::Person(_) => &[
            (Command::Open, "open"),
            (Command::SplitName, "split off"),
            (Command::NameSpeaker, "name"),
            (Command::SpeakerKind, "kind"),
            (Command::Undo, "undo"),
            (Command::ToggleTray, "tray"),
            (Command::Leave, "close"),
        ],
        Kind::Likely => &[
            (Command::JoinSpeakers, "join"),
            (Command::SplitName, "keep apart"),
            (Command::Open, "open"),
            (Command::Undo, "undo"),
            (Command::Leave, "close"),
        ],
        Kind::Review(_) => &[
            (Command::AcceptSpeaker, "accept"),
            (Command::Open, "choose"),
            (Command::NobodySpeaks, "nobody"),
            (Command::NextReview, "skip"),
            (Command::Undo, "undo"),
            (Command::Leave, "close"),
        ],
        _ => &[],
    }
}

/// Draws as many key hints as fit, each with the key that runs its command in the current place.
pub(super) fn draw(app: &App, hints: &[Hint], mut pen: Pen) {
    for (command, words) in hints {
        let key = key_here(app, *command);
        let words = app.tr(words);
        if width(&key) + width(words) + 4 > pen.room() {
            return;
        }
        pen.put(&key, style(app, Role::Key));
        pen.put(" ", Style::new());
        pen.put(words, style(app, Role::Status));
        pen.put("   ", Style::new());
    }
}

/// Returns the command's first key in the innermost context that has one, else its first key in any
/// context.
fn key_here(app: &App, command: Command) -> String {
    let keymap = &app.keys.keymap;
    let mut places = app.contexts().iter();
    let near = places.find_map(|place| {
        let mut bound = keymap.of(command);
        bound.find(|bound| bound.context == *place)
    });
    let bound = near.or_else(|| keymap.of(command).next());
    bound.map_or(String::new(), |bound| sequence_name(&bound.keys))
}
