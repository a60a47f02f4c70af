//! One message after another changes the state and may ask something of the outside.

mod board;
mod collections;
mod copy;
mod export;
mod fold;
mod go;
mod jot;
mod keep;
mod mouse;
mod out;
mod persons;
mod prompt;
mod reload;
mod reports;
mod shelf;
mod tray;
mod views;

use super::command::Command;
use super::cursor::Motion;
use super::groups::Fold;
use super::key::{Code, Key};
use super::keymap::Lookup;
use super::list::Touched;
use super::msg::{Effect, Msg};
use super::page::{Furniture, Step};
use super::panes::{Pane, Sidebar, Zoom};
use super::picker::Typing;
use super::reader::Put;
use super::reload::Asked;
use super::sidebar::Arrangement;
use super::{App, Columns, Tone, USUAL_COLUMN, overlays};

/// Narrowest and widest text, and by how much one key changes it.
const COLUMNS: (u16, u16, u16) = (30, 120, 4);

/// Takes one message.
pub fn update(app: &mut App, msg: Msg) -> Vec<Effect> {
    if !matches!(msg, Msg::Report(_) | Msg::Resize(..)) {
        app.list.touched = Touched::Yes;
    }
    let mut effects = match msg {
        Msg::Key(key) => app.press(key),
        Msg::Paste(words) => app.paste(&words),
        Msg::Mouse(mouse) => app.mouse(mouse),
        Msg::Resize(width, height) => {
            app.screen = (width, height);
            app.lay_out();
            Vec::new()
        }
        Msg::Report(report) => app.report(report),
    };
    effects.extend(app.show_reloaded());
    let setting = app.setting();
    let wanted = app.reader.wants(&app.corpus, setting, &app.filter.query);
    effects.extend(wanted.map(Effect::LayOut));
    app.settle(effects)
}

impl App {
    fn press(&mut self, key: Key) -> Vec<Effect> {
        self.notice = None;
        if self.is_typing() {
            return self.press_typing(key);
        }
        if let Some(command) = self.keys.awaits_letter.take() {
            self.take_letter(command, key);
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
                let count = self.keys.count.take();
                self.run(command, count)
            }
            Lookup::NotFound => {
                let was_alone = self.keys.pending.len() == 1;
                self.keys.pending.clear();
                self.keys.count = None;
                if was_alone && key.typed().is_some() {
                    let (key, help) = (format!("`{key}`"), hint(self, Command::Help));
                    let words = "{0} means nothing here; {1} lists all keys";
                    self.say_with(words, &[&key, &help], Tone::Plain);
                }
                Vec::new()
            }
        }
    }

    /// Takes the letter behind `m` and the like; any other key drops it.
    fn take_letter(&mut self, command: Command, key: Key) {
        match (command, key.typed().filter(|c| c.is_alphanumeric())) {
            (Command::SetMark, Some(letter)) => self.set_mark(letter),
            (_, Some(letter)) => self.go_mark(letter),
            (_, None) => self.say("A mark is a letter or a digit.", Tone::Plain),
        }
    }

    /// Takes a digit of a count: `12G`. A nought alone is no count.
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

    fn is_typing(&self) -> bool {
        let picks = self.overlays.last().map(|picker| picker.typing);
        self.prompt.is_some() || matches!(picks, Some(Typing::On | Typing::Always))
    }

    fn press_typing(&mut self, key: Key) -> Vec<Effect> {
        self.keys.pending.clear();
        match (
            self.keys.keymap.look_up(self.contexts(), &[key]),
            key.typed(),
        ) {
            (Lookup::Matched(command), _) => self.run(command, None),
            (_, Some(letter)) => self.type_in(letter.encode_utf8(&mut [0; 4])),
            _ => Vec::new(),
        }
    }

    /// Runs a command, `count` times where that means something.
    pub(super) fn run(&mut self, command: Command, count: Option<usize>) -> Vec<Effect> {
        if let Some(motion) = Motion::of(command, count) {
            self.go(motion);
            return Vec::new();
        }
        match command {
            Command::Accept => return self.accept(),
            Command::Cancel => return self.cancel(),
            Command::Search => self.search(),
            Command::Filter => self.open_filter(),
            Command::Sort | Command::ReverseSort => return self.sort(command),
            Command::CopySelection => return self.copy_selection(),
            Command::CopyQuote => return self.copy_quote(),
            Command::CopyArticle => return self.copy_article(),
            Command::Compare => return self.compare(),
            Command::Variants => return self.variants(),
            Command::ColumnLeft
            | Command::ColumnRight
            | Command::NextPassage
            | Command::PreviousPassage
            | Command::ScrollTogether
            | Command::WordDifferences
            | Command::StackColumns
            | Command::DropColumn => {
                let times = count.unwrap_or(1).min(1 << 20).cast_signed();
                return self.run_on_board(command, times);
            }
            Command::Mouse => {
                self.view.mouse = self.view.mouse.next();
                self.say(self.view.mouse.summary(), Tone::Plain);
                return vec![Effect::Mouse(self.view.mouse)];
            }
            Command::Related
            | Command::NextRelated
            | Command::PreviousRelated
            | Command::Keyword
            | Command::SortLines
            | Command::Speaker
            | Command::Speakers
            | Command::Stories => {
                let steps = count.unwrap_or(1).min(1 << 20).cast_signed();
                return self.view(command, steps);
            }
            Command::Open => return self.open_selected(),
            Command::Back => return self.back(),
            Command::Leave => return self.leave(),
            Command::Queries => return self.list_queries(),
            Command::Edit => return self.edit_source(),
            Command::Browse => return self.browse(),
            Command::Reload => return self.reload(Asked::ByUser),
            Command::Stop => return self.stop_tasks(),
            Command::Redraw => return vec![Effect::Redraw],
            Command::Suspend => return vec![Effect::Suspend],
            Command::Quit => return vec![Effect::Quit],
            command if command.info().group == super::command::Group::Type => {
                return self.edit(command);
            }
            command if command.info().group == super::command::Group::Keep => {
                self.run_kept(command);
            }
            command => self.run_here(command, count),
        }
        Vec::new()
    }

    /// Commands that change what is kept.
    fn run_kept(&mut self, command: Command) {
        match command {
            Command::ToggleRead => self.toggle_read(),
            Command::NextUnread => self.next_unread(),
            Command::Tag => self.ask_tag(),
            Command::Tags => self.list_tags(),
            Command::SetMark | Command::GoMark => self.keys.awaits_letter = Some(command),
            Command::Marks => self.list_marks(),
            Command::Note => self.ask_note(),
            Command::Notes => self.list_notes(),
            Command::SaveQuery => self.ask_query_name(),
            Command::JoinPerson => self.ask_join(),
            Command::SplitPerson => self.split_person(),
            Command::Remove => self.remove_kept(),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            _ => {}
        }
    }

    /// Commands that change nothing but the state.
    fn run_here(&mut self, command: Command, count: Option<usize>) {
        let times = count.unwrap_or(1).min(1 << 20).cast_signed();
        match command {
            Command::NextPane => self.turn_focus(1),
            Command::PreviousPane => self.turn_focus(-1),
            Command::NextArticle if !self.boards.is_empty() => self.step_story(times),
            Command::PreviousArticle if !self.boards.is_empty() => self.step_story(-times),
            Command::NextArticle => self.step_article(times),
            Command::PreviousArticle => self.step_article(-times),
            Command::ToggleTray => self.toggle_tray(),
            Command::ShowTray => self.show_tray(),
            Command::PutAside => self.ask_collection(),
            Command::Collections => self.list_collections(),
            Command::AllVariants => self.all_variants(),
            Command::GroupList => self.group_list(),
            Command::Fold => self.fold_story(),
            Command::FoldAll => self.fold_stories(Fold::Closed),
            Command::UnfoldAll => self.fold_stories(Fold::Open),
            Command::OpenMatrix => self.open_matrix(),
            Command::OpenTimeline => self.open_timeline(),
            Command::Export => self.open_export(),
            Command::TimelineGrain | Command::TimelineScope => self.change_timeline(command),
            Command::HistoryBack => self.step_history(-times),
            Command::HistoryForward => self.step_history(times),
            Command::NextMatch => self.next_match(times),
            Command::PreviousMatch => self.next_match(-times),
            Command::NextQuote => self.step_quote(times),
            Command::PreviousQuote => self.step_quote(-times),
            Command::Centre => self.put_current(Put::Centre),
            Command::ToTop => self.put_current(Put::Top),
            Command::ToBottom => self.put_current(Put::Bottom),
            Command::GroupQuotes => self.group_quotes(),
            Command::SelectText => self.begin_selection(),
            Command::SelectStop => self.reader.selection = None,
            Command::SelectSwap => self.swap_selection(),
            Command::SelectLeft => self.step_selection(Step::Left),
            Command::SelectRight => self.step_selection(Step::Right),
            Command::SelectWordLeft => self.step_selection(Step::WordLeft),
            Command::SelectWordRight => self.step_selection(Step::WordRight),
            Command::SelectLineStart => self.step_selection(Step::LineStart),
            Command::SelectLineEnd => self.step_selection(Step::LineEnd),
            command => self.change_view(command),
        }
    }

    fn change_view(&mut self, command: Command) {
        let overlay = match command {
            Command::Help => Some(overlays::help(
                &self.keys.keymap,
                &self.view.interface,
                self.contexts(),
            )),
            Command::Palette => Some(overlays::palette(&self.keys.keymap, &self.view.interface)),
            Command::Faults => Some(overlays::faults(self)),
            Command::History => Some(overlays::history(self)),
            Command::Explain => {
                let card = overlays::explain(self);
                if card.is_none() {
                    self.say("No quote here to explain.", Tone::Plain);
                }
                card
            }
            _ => None,
        };
        self.overlays.extend(overlay);
        match command {
            Command::ToggleQuotes => self.toggle_quotes(),
            Command::Zoom => self.toggle_zoom(),
            Command::Furniture => self.toggle_furniture(),
            Command::Wider => self.set_column(self.view.column + COLUMNS.2),
            Command::Narrower => self.set_column(self.view.column.saturating_sub(COLUMNS.2)),
            Command::UsualWidth => self.set_column(USUAL_COLUMN),
            Command::TextColumns => self.turn_columns(),
            Command::Theme => self.next_theme(),
            Command::Themes => self.list_themes(),
            Command::Pipe => self.ask_pipe(),
            _ => {}
        }
        self.lay_out();
    }

    /// Lays out anew what depends on the size of the screen and on settings.
    pub(super) fn lay_out(&mut self) {
        self.lay_out_board();
        let setting = self.setting();
        let page = self.list_page();
        self.list.cursor.follow(self.list.len(), page);
        let overlay_page = self.overlay_page();
        for picker in &mut self.overlays {
            picker.cursor.follow(picker.shown.len(), overlay_page);
        }
        let height = self.height(Pane::Text);
        let Some(open) = &mut self.reader.open else {
            return;
        };
        let Some(article) = self.corpus.get(open.id) else {
            return;
        };
        open.lay_out(article, setting);
        open.top = open.top.min(open.last_top(height));
        self.follow_sidebar();
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
        self.lay_out();
        if let Some(open) = &self.reader.open
            && let Some(article) = self.corpus.get(open.id).cloned()
        {
            self.reader.find_again(&article);
        }
        let words = match self.reader.furniture {
            Furniture::Folded => "page furniture folded",
            Furniture::Shown => "page furniture shown",
        };
        self.say(words, Tone::Plain);
    }

    fn set_column(&mut self, columns: u16) {
        self.view.column = columns.clamp(COLUMNS.0, COLUMNS.1);
        let columns = self.view.column.to_string();
        self.say_with("text column: {0}", &[&columns], Tone::Plain);
    }

    fn turn_columns(&mut self) {
        self.view.columns = match self.view.columns {
            Columns::One => Columns::Two,
            Columns::Two => Columns::One,
        };
        self.say(
            match self.view.columns {
                Columns::One => "text in one column",
                Columns::Two => "text in two columns, where they fit",
            },
            Tone::Plain,
        );
    }

    fn next_theme(&mut self) {
        self.view.theme = (self.view.theme + 1) % self.view.themes.len().max(1);
        let name = self.theme().name.clone();
        self.say_with("theme: {0}", &[&name], Tone::Plain);
    }

    /// Changes to the theme of that name.
    pub(super) fn set_theme(&mut self, name: &str) {
        if let Some(at) = self.view.themes.iter().position(|theme| theme.name == name) {
            self.view.theme = at;
            self.say_with("theme: {0}", &[name], Tone::Plain);
        }
    }

    fn group_quotes(&mut self) {
        self.sidebar.arrangement = match self.sidebar.arrangement {
            Arrangement::Text => Arrangement::Speaker,
            Arrangement::Speaker => Arrangement::Text,
        };
        self.list_quotes();
    }
}

/// The key that a hint names for a command; `?` where it has none.
pub(super) fn hint(app: &App, command: Command) -> String {
    let fallback = Key::plain(Code::Char('?')).to_string();
    app.keys
        .keymap
        .names(command)
        .split(' ')
        .next()
        .map_or(fallback, str::to_owned)
}
