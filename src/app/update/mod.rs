//! Handles messages. Each message changes the state of the reader and may return effects.

mod after;
mod annotations;
mod board;
mod charts;
mod collections;
mod copy;
mod export;
mod external;
mod fold;
mod library;
mod library_lists;
mod mouse;
mod navigation;
mod people;
mod persons;
mod prompt;
mod reload;
mod reports;
mod tray;
mod views;
mod words;

use super::ask::Ask;
use super::command::{Command, with_commands};
use super::compare::Compare;
use super::cursor::{Count, Motion};
use super::filter::Filter;
use super::groups::Fold;
use super::input::Input;
use super::key::{Code, Key};
use super::keymap::Lookup;
use super::list::Touched;
use super::msg::{Effect, Msg};
use super::overlay::Overlay;
use super::page::{Furniture, Step};
use super::panes::{Pane, Sidebar, Zoom};
use super::reader::ScrollTarget;
use super::reload::ReloadOrigin;
use super::sidebar::Arrangement;
use super::survey::AnswerUse;
use super::{App, Columns, LetterAction, Tone, USUAL_COLUMN, overlays};
use crate::library::SpeakerChoice;
use crate::relate::Stack;
use crate::work::About;

/// Minimum width of the text in columns. The maximum and the change per key press follow.
const NARROWEST: u16 = 30;
const WIDEST: u16 = 120;
const COLUMN_STEP: i16 = 4;

/// A type that handlers of commands may return, and that can be made into a list of effects: such a
/// list, or nothing.
trait IntoEffects {
    fn into_effects(self) -> Vec<Effect>;
}

impl IntoEffects for () {
    fn into_effects(self) -> Vec<Effect> {
        Vec::new()
    }
}

impl IntoEffects for Vec<Effect> {
    fn into_effects(self) -> Self {
        self
    }
}

fn call<T: IntoEffects>(
    app: &mut App,
    count: Count,
    handler: fn(&mut App, Count) -> T,
) -> Vec<Effect> {
    handler(app, count).into_effects()
}

/// Declares the function `dispatch`, which runs the handler of a command. It has one arm per row of
/// the command table.
macro_rules! dispatch {
    ($($group:ident { $(
        $variant:ident $name:literal $summary:literal [$($binding:tt)*] => $handler:expr;
    )* })*) => {
        fn dispatch(app: &mut App, command: Command, count: Count) -> Vec<Effect> {
            match command {
                $($(Command::$variant => call(app, count, $handler),)*)*
            }
        }
    };
}

with_commands!(dispatch);

/// Handles one message and returns the resulting effects. State that is derived from other state is
/// updated once, at the end.
pub fn update(app: &mut App, msg: Msg) -> Vec<Effect> {
    if !matches!(msg, Msg::Report(_) | Msg::Resize(..)) {
        app.list.touched = Touched::Yes;
    }
    let effects = match msg {
        Msg::Key(key) => app.press(key),
        Msg::Paste(words) => app.paste(&words),
        Msg::Mouse(mouse) => app.mouse(mouse),
        Msg::Resize(width, height) => {
            app.screen = (width, height);
            Vec::new()
        }
        Msg::Report(report) => app.report(report),
    };
    app.after_update(effects)
}

impl App {
    fn press(&mut self, key: Key) -> Vec<Effect> {
        self.notice = None;
        if self.layers.is_typing() {
            return self.press_typing(key);
        }
        if let Some(then) = self.keys.pending_letter.take() {
            self.take_letter(then, key);
            return Vec::new();
        }
        if self.take_digit(key) {
            return Vec::new();
        }
        self.keys.pending.push(key);
        match self
            .keys
            .keymap
            .look_up(self.contexts(), &self.keys.pending)
        {
            Lookup::Pending => Vec::new(),
            Lookup::Matched(command) => {
                self.keys.pending.clear();
                let count = Count(self.keys.count.take());
                self.run(command, count)
            }
            Lookup::NotFound => {
                let was_alone = self.keys.pending.len() == 1;
                self.keys.pending.clear();
                self.keys.count = None;
                if was_alone && key.typed().is_some() {
                    let (key, help) = (format!("`{key}`"), hint(self, Command::Help));
                    let words = "{0} means nothing here; {1} lists all keys";
                    self.notify_with(words, &[&key, &help], Tone::Plain);
                }
                Vec::new()
            }
        }
    }

    /// Handles the key after one that waits for the letter of a mark, such as `m`. A key that is no
    /// letter or digit cancels the action.
    fn take_letter(&mut self, then: LetterAction, key: Key) {
        match key.typed().filter(|c| c.is_alphanumeric()) {
            Some(letter) => match then {
                LetterAction::Set => self.set_mark(letter),
                LetterAction::Go => self.go_mark(letter),
            },
            None => self.notify("A mark is a letter or a digit.", Tone::Plain),
        }
    }

    fn await_letter(&mut self, then: LetterAction) {
        self.keys.pending_letter = Some(then);
    }

    /// Takes a key as a digit of the count before a command, as in `12G`. A leading zero is not
    /// part of a count. Returns whether the key was taken.
    fn take_digit(&mut self, key: Key) -> bool {
        let Some(digit) = key.typed().and_then(|c| c.to_digit(10)) else {
            return false;
        };
        if !self.keys.pending.is_empty() || (digit == 0 && self.keys.count.is_none()) {
            return false;
        }
        let count = self.keys.count.unwrap_or(0);
        self.keys.count = Some(count.saturating_mul(10).saturating_add(digit as usize));
        true
    }

    fn press_typing(&mut self, key: Key) -> Vec<Effect> {
        self.keys.pending.clear();
        match (
            self.keys.keymap.look_up(self.contexts(), &[key]),
            key.typed(),
        ) {
            (Lookup::Matched(command), _) => self.run(command, Count::default()),
            (_, Some(letter)) => self.type_in(letter.encode_utf8(&mut [0; 4])),
            _ => Vec::new(),
        }
    }

    /// Runs a command. `count` is the number typed before it, which some commands use as a number
    /// of repetitions or as a line number.
    pub(super) fn run(&mut self, command: Command, count: Count) -> Vec<Effect> {
        dispatch(self, command, count)
    }

    /// Opens an overlay on top of all others.
    fn push_overlay(&mut self, overlay: impl Into<Overlay>) {
        self.layers.overlays.push(overlay.into());
    }

    fn show_help(&mut self) {
        let help = overlays::help(&self.keys.keymap, &self.view.interface, self.contexts());
        self.push_overlay(help);
    }

    fn show_palette(&mut self) {
        let palette = overlays::palette(&self.keys.keymap, &self.view.interface);
        self.push_overlay(palette);
    }

    fn list_faults(&mut self) {
        let faults = overlays::faults(self);
        self.push_overlay(faults);
    }

    fn list_history(&mut self) {
        let history = overlays::history(self);
        self.push_overlay(history);
    }

    /// Returns the effect that asks how the speaker of the current quote was found. The answer is
    /// then shown in an overlay.
    fn explain(&mut self) -> Vec<Effect> {
        let open = self.reader.open.as_ref();
        let Some(open) = open.filter(|open| open.current.is_some()) else {
            self.notify("No quote here to explain.", Tone::Plain);
            return Vec::new();
        };
        let about = About::Trace(open.id);
        vec![
            self.surveys
                .ask_question(&self.corpus, about, AnswerUse::List),
        ]
    }

    fn toggle_quotes(&mut self) {
        let is_seen = !self.panes().quotes.is_empty();
        self.view.sidebar = if is_seen {
            Sidebar::Hidden
        } else {
            Sidebar::Shown
        };
        if is_seen && self.focus == Pane::Quotes {
            self.focus = Pane::Text;
        } else if !is_seen && self.panes().quotes.is_empty() {
            self.focus = Pane::Quotes;
        }
    }

    fn toggle_zoom(&mut self) {
        self.view.zoom = match self.view.zoom {
            Zoom::All => {
                self.focus = Pane::Text;
                Zoom::TextAlone
            }
            Zoom::TextAlone => Zoom::All,
        };
    }

    fn toggle_furniture(&mut self) {
        self.reader.furniture = match self.reader.furniture {
            Furniture::Folded => Furniture::Shown,
            Furniture::Shown => Furniture::Folded,
        };
        let words = match self.reader.furniture {
            Furniture::Folded => "page furniture folded",
            Furniture::Shown => "page furniture shown",
        };
        self.notify(words, Tone::Plain);
    }

    fn widen(&mut self, columns: i16) {
        self.set_column(self.view.column.saturating_add_signed(columns));
    }

    fn set_column(&mut self, columns: u16) {
        self.view.column = columns.clamp(NARROWEST, WIDEST);
        let columns = self.view.column.to_string();
        self.notify_with("text column: {0}", &[&columns], Tone::Plain);
    }

    fn toggle_columns(&mut self) {
        self.view.columns = match self.view.columns {
            Columns::One => Columns::Two,
            Columns::Two => Columns::One,
        };
        self.notify(
            match self.view.columns {
                Columns::One => "text in one column",
                Columns::Two => "text in two columns, where they fit",
            },
            Tone::Plain,
        );
    }

    fn next_mouse_mode(&mut self) -> Vec<Effect> {
        self.view.mouse = self.view.mouse.next();
        self.notify(self.view.mouse.summary(), Tone::Plain);
        vec![Effect::Mouse(self.view.mouse)]
    }

    fn next_theme(&mut self) {
        self.view.theme = (self.view.theme + 1) % self.view.themes.len().max(1);
        let name = self.theme().name.clone();
        self.notify_with("theme: {0}", &[&name], Tone::Plain);
    }

    /// Switches to the theme with this name.
    pub(super) fn set_theme(&mut self, name: &str) {
        if let Some(at) = self.view.themes.iter().position(|theme| theme.name == name) {
            self.view.theme = at;
            self.notify_with("theme: {0}", &[name], Tone::Plain);
        }
    }

    fn group_quotes(&mut self) {
        self.reader.sidebar.arrangement = match self.reader.sidebar.arrangement {
            Arrangement::Text => Arrangement::Speaker,
            Arrangement::Speaker => Arrangement::Text,
        };
    }
}

/// Returns the first key of a command, for use in a hint. Empty if the command has no key.
pub(super) fn hint(app: &App, command: Command) -> String {
    let fallback = Key::plain(Code::Char('?')).to_string();
    app.keys
        .keymap
        .names(command)
        .split(' ')
        .next()
        .map_or(fallback, str::to_owned)
}
