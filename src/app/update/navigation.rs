//! Navigation: in a pane, between panes, from article to article, from quote to quote.

use super::super::command::Command;
use super::super::cursor::{Count, Motion};
use super::super::groups::Line;
use super::super::list::Lead;
use super::super::msg::Effect;
use super::super::page::Step;
use super::super::panes::{Pane, Zoom};
use super::super::picker::{Choice, Typing};
use super::super::reader::{Open, ScrollTarget, Selection, Wrapped};
use super::super::{App, Tone};
use super::hint;
use crate::library::SpeakerChoice;
use crate::model::{Article, ArticleId};
use crate::relate::SpeakersIn;
use crate::search::{QuoteTest, Speakers};
use crate::text::ByteSpan;

impl App {
    /// Moves what is on top by a motion: the pane that an open prompt is for, else the topmost
    /// overlay or board, else the pane that takes keys.
    pub(super) fn go(&mut self, motion: Motion) {
        let page = self.overlay_page();
        if self.layers.prompt.is_some() {
            return self.go_under_prompt(motion);
        }
        if let Some(picker) = self.layers.picker_mut() {
            return picker.go(motion, page);
        }
        if !self.layers.boards.is_empty() {
            return self.go_board(motion);
        }
        match self.focus {
            Pane::List => self.go_list(motion),
            Pane::Text if self.reader.selection.is_some() => self.go_selection(motion),
            Pane::Text => self.go_text(motion),
            Pane::Quotes => self.go_quotes(motion),
        }
    }

    fn go_under_prompt(&mut self, motion: Motion) {
        use super::super::Purpose;
        match self.layers.prompt.as_ref().map(|prompt| &prompt.purpose) {
            Some(Purpose::Filter { .. }) => self.go_list(motion),
            Some(Purpose::Find { .. }) => match motion {
                Motion::Rows(rows) => self.next_match(rows),
                motion => self.go_text(motion),
            },
            Some(Purpose::Quotes { .. }) => self.go_quotes(motion),
            Some(Purpose::Export { .. } | Purpose::Ask(_)) | None => {}
        }
    }

    fn go_list(&mut self, motion: Motion) {
        let page = self.list_page();
        self.list.go(motion, page);
    }

    fn go_text(&mut self, motion: Motion) {
        if let Some((open, _, height)) = self.view() {
            open.scroll(motion, height);
        }
    }

    fn go_selection(&mut self, motion: Motion) {
        let height = self.height(Pane::Text);
        let (Some(open), Some(selection)) = (&self.reader.open, self.reader.selection) else {
            return;
        };
        let row = open.page.row_of(selection.to);
        let to = motion.apply(row, open.page.rows.len(), height);
        self.step_selection(Step::Row(to));
    }

    fn go_quotes(&mut self, motion: Motion) {
        let len = self.reader.sidebar.shown.len();
        // Cards differ in height. A page is about a fifth as many cards as rows.
        let page = self.height(Pane::Quotes) / 5;
        let to = motion.apply(self.reader.sidebar.cursor.at, len, page);
        if let Some(at) = self.reader.sidebar.shown.get(to) {
            self.go_to_quote(*at, ScrollTarget::Visible);
        }
    }

    /// Returns the open article, laid out for the current screen, with the number of rows of the
    /// text pane. Returns `None` if no article is open.
    pub(super) fn view(&mut self) -> Option<(&mut Open, &Article, usize)> {
        self.lay_out_text();
        let height = self.height(Pane::Text);
        let open = self.reader.open.as_mut()?;
        let article = self.corpus.get(open.id)?;
        Some((open, article, height))
    }

    /// Scrolls the open article to a byte offset of its text.
    pub(super) fn go_to_byte(&mut self, at: u32) {
        if let Some((open, _, height)) = self.view()
            && let Some(spot) = open.page.spot_of(at as usize)
        {
            open.go_to(spot, ScrollTarget::Third, height);
        }
    }

    /// Shows an article in the text pane and selects it in the list.
    pub(super) fn show_article(&mut self, id: ArticleId) {
        self.show(id);
        self.list.lead = Lead::Text;
    }

    /// Shows an article in the text pane at the position where it was left. If it was not open
    /// before, shows its first match of the filter or, without a filter, the position from an
    /// earlier run.
    pub(super) fn show(&mut self, id: ArticleId) {
        if self.reader.open.as_ref().is_none_or(|open| open.id != id) {
            self.show_anew(id);
        }
        self.seek_quote();
    }

    /// Scrolls to the quotation of the open article that best matches what the filter asks for by
    /// `speaker:` and `said:`, once for each query.
    fn seek_quote(&mut self) {
        let survey = self.surveys.ready.clone();
        let height = self.height(Pane::Text);
        let Some(open) = &mut self.reader.open else {
            return;
        };
        let query = &self.filter.query;
        let Some(article) = self.corpus.get(open.id).filter(|_| open.seeks(query)) else {
            return;
        };
        let people = survey.as_deref().map(|survey| SpeakersIn(survey, open.id));
        let people = people.as_ref().map(|people| people as &dyn Speakers);
        let wanted = QuoteTest::of(query, people);
        let utterance = wanted.best((open.id, article)).and_then(|quote| {
            let mut all = open.utterances.all.iter();
            all.position(|one| one.pieces.contains(&quote))
        });
        if let Some(at) = utterance {
            open.choose(article, at, ScrollTarget::Third, height);
        }
    }

    fn show_anew(&mut self, id: ArticleId) {
        let setting = self.setting();
        let is_known = self.reader.has_place(id);
        let height = self.height(Pane::Text);
        let Some(article) = self.corpus.get(id) else {
            return;
        };
        self.reader.open(id, article, &self.filter.query, setting);
        if let Some(open) = &mut self.reader.open {
            let first = open.first_match().filter(|_| !is_known);
            if let Some(spot) = first {
                open.show_match(spot, ScrollTarget::Third, height);
            } else if !is_known && self.filter.query.is_empty() {
                self.restore_position();
            }
        }
    }

    /// Opens an article for reading: shows it, selects it in the list and adds it to the history.
    pub(super) fn visit(&mut self, id: ArticleId) {
        self.show_article(id);
        self.reader.history.visit(id);
        let survey = self.surveys.ready.as_deref();
        let stories = survey.map(|survey| &survey.stories);
        self.list.reveal(id, stories);
    }

    /// Makes the utterance with index `at` the current one, and scrolls it to the place `put` of
    /// the view.
    pub(super) fn go_to_quote(&mut self, at: usize, put: ScrollTarget) {
        if let Some((open, article, height)) = self.view() {
            open.choose(article, at, put, height);
        }
    }

    /// Scrolls the open article to a span within one of its quotations, and makes that quotation
    /// the current one.
    fn show_passage(&mut self, quote: u32, span: ByteSpan) {
        if let Some(at) = self.utterance_of(quote) {
            self.go_to_quote(at, ScrollTarget::Third);
        }
        if let Some((open, _, height)) = self.view()
            && let Some(spot) = open.page.spot_of(span.start as usize)
        {
            open.show(spot, ScrollTarget::Visible, height);
        }
    }

    /// Returns the index of the utterance of the open article that a quotation is a piece of.
    pub(super) fn utterance_of(&self, quote: u32) -> Option<usize> {
        let all = &self.reader.open.as_ref()?.utterances.all;
        all.iter().position(|one| one.pieces.contains(&quote))
    }

    pub(super) fn step_quote(&mut self, steps: isize) {
        let Some(open) = &self.reader.open else {
            return;
        };
        let count = open.utterances.all.len();
        let next = match open.current {
            Some(at) => at.saturating_add_signed(steps).min(count.saturating_sub(1)),
            None => 0,
        };
        if count == 0 {
            self.notify("This article has no quotes.", Tone::Plain);
        } else if open.current == Some(next) {
            self.notify("No further quote in this article.", Tone::Plain);
        } else {
            self.go_to_quote(next, ScrollTarget::Visible);
        }
    }

    pub(super) fn put_current(&mut self, put: ScrollTarget) {
        if let Some(at) = self.reader.open.as_ref().and_then(|open| open.current) {
            self.go_to_quote(at, put);
        }
    }

    /// Handles `J` and `K`: goes to the next or previous article or, on a matrix, story.
    pub(super) fn step_item(&mut self, steps: isize) -> Vec<Effect> {
        if self.layers.boards.is_empty() {
            self.step_article(steps);
            return Vec::new();
        }
        self.step_story(steps)
    }

    fn step_article(&mut self, steps: isize) {
        let selected = self.list.selected();
        let order = self.list.order();
        let here = order.iter().position(|id| Some(*id) == selected);
        let at = here.unwrap_or(0).saturating_add_signed(steps);
        let Some(id) = order.get(at.min(order.len().saturating_sub(1))).copied() else {
            return;
        };
        if Some(id) == selected {
            return self.notify(
                if steps > 0 {
                    "This is the last article of the list."
                } else {
                    "This is the first article of the list."
                },
                Tone::Plain,
            );
        }
        self.visit(id);
    }

    pub(super) fn step_history(&mut self, steps: isize) {
        match self.reader.history.go(steps) {
            Some(id) => self.show_article(id),
            None if steps < 0 => self.notify("Nothing was opened before this.", Tone::Plain),
            None => self.notify("Nothing was opened after this.", Tone::Plain),
        }
    }

    pub(super) fn next_match(&mut self, motion: isize) {
        let Some(open) = &self.reader.open else {
            return;
        };
        let from = open.page.spot_of_row(open.top);
        if self.reader.find.words.is_empty() && self.reader.find.found.is_empty() {
            let key = hint(self, Command::Search);
            return self.notify_with("Nothing to find yet: press {0}.", &[&key], Tone::Plain);
        }
        let Some((spot, wrapped)) = self.reader.next_match(from, motion) else {
            let words = self.reader.find.words.clone();
            return self.notify_with("“{0}” is not in this article.", &[&words], Tone::Fault);
        };
        if let Some((open, _, height)) = self.view() {
            open.show_match(spot, ScrollTarget::Visible, height);
        }
        if wrapped == Wrapped::Round {
            let words = if motion < 0 {
                "continued from the end"
            } else {
                "continued from the beginning"
            };
            self.notify(words, Tone::Plain);
        }
    }

    pub(super) fn turn_focus(&mut self, by: isize) {
        const ORDER: [Pane; 3] = [Pane::List, Pane::Text, Pane::Quotes];
        let at = self.focus as usize;
        let next = (at.cast_signed() + by).rem_euclid(3).cast_unsigned();
        self.focus_on(ORDER.get(next).copied().unwrap_or_default());
    }

    pub(super) fn focus_on(&mut self, pane: Pane) {
        self.focus = pane;
        self.reader.selection = None;
        if pane != Pane::Text {
            self.view.zoom = Zoom::All;
        }
        if pane == Pane::Text
            && let Some(open) = &self.reader.open
        {
            self.reader.history.visit(open.id);
        }
    }

    /// Handles `l` and Enter: chooses the current item of an overlay or board. In a pane, goes from
    /// the list to the text, from there to the quotes, and from a quote to its place in the text.
    pub(super) fn open_selected(&mut self) -> Vec<Effect> {
        if let Some(picker) = self.layers.picker() {
            let choice = picker.current().map(|item| item.choice.clone());
            return self.choose(choice.unwrap_or_default());
        }
        if !self.layers.boards.is_empty() {
            return self.open_on_board();
        }
        match self.focus {
            Pane::List if self.filter.open_when_answered() => {}
            Pane::List if matches!(self.list.current(), Some(Line::Heading(_))) => {
                self.fold_story();
            }
            Pane::List => {
                if let Some(id) = self.list.selected() {
                    self.visit(id);
                    self.focus_on(Pane::Text);
                }
            }
            Pane::Text => self.focus_on(Pane::Quotes),
            Pane::Quotes => {
                self.focus_on(Pane::Text);
                if let Some(at) = self.reader.sidebar.current() {
                    self.go_to_quote(at, ScrollTarget::Third);
                }
            }
        }
        Vec::new()
    }

    fn choose(&mut self, choice: Choice) -> Vec<Effect> {
        match choice {
            Choice::Nothing => {}
            Choice::Run(command) => {
                self.layers.overlays.pop();
                return self.run(command, Count::default());
            }
            Choice::LibraryEntry(entry) => return self.choose_library_entry(*entry),
            Choice::Variant(id) => return self.open_variant(id),
            Choice::TrayItem(item) => self.choose_tray_item(item.entry),
            Choice::Open(id) => self.choose_article(id),
            Choice::Quote(id) => self.go_to_quotation(id),
            Choice::Passage(quote, span) => {
                self.jump(quote.article);
                self.show_passage(quote.index, span);
            }
            Choice::Place(id, span) => {
                self.jump(id);
                self.go_to_byte(span.start);
            }
            Choice::Word(word) => return self.find_listed_word(&word),
            Choice::Speaker(id) | Choice::Alias(id, _) => self.open_person(id),
            Choice::Join(..) => self.join_speakers(),
            Choice::Accept => return self.decide_speaker(SpeakerChoice::Accepted),
            Choice::Candidate(name) => {
                return self.decide_speaker(SpeakerChoice::Named(name));
            }
            Choice::Story(id) => self.open_story(id),
            Choice::Outlet(at) => return self.filter_by_outlet(at),
        }
        Vec::new()
    }

    /// Handles Enter on an item that leads to an article: opens the article.
    pub(super) fn choose_article(&mut self, id: ArticleId) {
        if let Some(walk) = &mut self.surveys.walk {
            walk.go_to(id);
        }
        self.jump(id);
    }

    /// Handles `h` and Esc: goes to the previous pane. In the list, clears the filter.
    pub(super) fn back(&mut self) -> Vec<Effect> {
        match self.focus {
            Pane::Quotes => self.focus_on(Pane::Text),
            Pane::Text if self.view.zoom == Zoom::TextAlone => self.view.zoom = Zoom::All,
            Pane::Text => self.focus_on(Pane::List),
            Pane::List if !self.filter.words.is_empty() => return self.set_filter(""),
            Pane::List => {}
        }
        Vec::new()
    }

    /// Handles `q`: closes the topmost overlay or board, else goes to the previous pane. In the
    /// list, quits.
    pub(super) fn leave(&mut self) -> Vec<Effect> {
        if let Some(picker) = self.layers.picker_mut() {
            if picker.typing == Typing::Off && !picker.input.text().is_empty() {
                picker.input = super::super::input::Input::default();
                picker.narrow();
            } else {
                self.layers.overlays.pop();
            }
            return Vec::new();
        }
        if self.layers.boards.pop().is_some() {
            self.tasks.stop_comparing();
            return Vec::new();
        }
        match self.focus {
            Pane::List => vec![Effect::Quit],
            Pane::Text | Pane::Quotes => self.back(),
        }
    }

    pub(super) fn begin_selection(&mut self) {
        let Some(open) = &self.reader.open else {
            return;
        };
        let Some(article) = self.corpus.get(open.id) else {
            return;
        };
        // The selection starts at the current quote if it is visible, else at the first visible
        // words.
        let rows = open.top..open.top + self.height(Pane::Text);
        let quote = open
            .current
            .and_then(|at| open.spot_of_utterance(article, at));
        let quote = quote.filter(|spot| rows.contains(&open.page.row_of(*spot)));
        let first = || {
            open.page
                .words_row(rows.clone())
                .map(|row| open.page.spot_of_row(row))
        };
        if let Some(from) = quote.or_else(first) {
            self.reader.selection = Some(Selection { from, to: from });
        }
    }

    pub(super) fn step_selection(&mut self, step: Step) {
        let height = self.height(Pane::Text);
        let (Some(open), Some(selection)) = (&mut self.reader.open, &mut self.reader.selection)
        else {
            return;
        };
        if let Some(article) = self.corpus.get(open.id) {
            open.step(article, selection, step, height);
        }
    }

    pub(super) fn stop_selection(&mut self) {
        self.reader.selection = None;
    }

    pub(super) fn swap_selection(&mut self) {
        if let Some(selection) = &mut self.reader.selection {
            std::mem::swap(&mut selection.from, &mut selection.to);
        }
        let height = self.height(Pane::Text);
        if let (Some(open), Some(selection)) = (&mut self.reader.open, self.reader.selection) {
            open.show(selection.to, ScrollTarget::Visible, height);
        }
    }
}
