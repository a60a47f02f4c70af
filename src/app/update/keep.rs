//! What the reader adds: read marks, tags, marks, notes, saved queries, people; and its undoing.

use super::super::ask::Ask;
use super::super::input::Input;
use super::super::keeping::{Entry, Keeping, Library, NoteHere, Stay, Target, describe_all};
use super::super::msg::Effect;
use super::super::panes::Pane;
use super::super::picker::Choice;
use super::super::reader::Put;
use super::super::{App, Purpose, Tone, shelves};
use crate::library::{Access, Change, Note, NoteId, PersonChoice, Place};
use crate::model::{ArticleId, ContentKey};
use crate::text::ByteSpan;
use crate::work::{KeeperReport, Kept};

/// An article that was open for so many milliseconds was read.
const MOMENT: i64 = 1500;

impl App {
    /// After each message: notes what was read and where, and hands over what is to be written.
    pub(super) fn settle(&mut self, mut effects: Vec<Effect>) -> Vec<Effect> {
        let ends = effects.iter().any(|effect| matches!(effect, Effect::Quit));
        self.follow_reading(ends);
        if std::mem::take(&mut self.keeping.is_list_stale) {
            self.note_here();
            self.follow_library_tray();
            if self.filter.asks_library() {
                effects.push(self.filter.ask(&self.corpus));
            }
        }
        if self.surveys.decide(self.keeping.state().joins()) {
            effects.push(self.surveys.ask(&self.corpus));
        }
        for effect in &mut effects {
            if let Effect::Filter(request) = effect {
                request.kept = self.keeping.facts();
                request.kept.survey.clone_from(&self.surveys.ready);
            }
        }
        let changes = self.keeping.take_outbox();
        if !changes.is_empty() {
            effects.insert(0, Effect::Keep(changes));
        }
        effects
    }

    /// An article that stays open for a moment was read; one that is left keeps its place.
    fn follow_reading(&mut self, ends: bool) {
        let open = self.reader.open.as_ref().map(|open| open.id);
        let reading = open.filter(|_| self.focus != Pane::List && !ends);
        if let Some(stay) = &mut self.keeping.stay
            && !stay.is_counted
            && self.now - stay.since >= MOMENT
        {
            stay.is_counted = true;
            let id = stay.id;
            if let Some(key) = self.keeping.key(id).filter(|_| !self.keeping.is_read(id)) {
                self.keeping.note_down(vec![Change::Read(key, true)]);
            }
        }
        if reading == self.keeping.stay.map(|stay| stay.id) {
            return;
        }
        if let Some(stay) = self.keeping.stay.take() {
            self.keep_position(stay.id);
        }
        let Some(id) = reading else { return };
        self.keeping.stay = Some(Stay {
            id,
            since: self.now,
            is_counted: self.keeping.is_read(id),
        });
        if let Some(key) = self.keeping.key(id) {
            let visit = Change::Visit(key, Some(self.now / 1000));
            self.keeping.note_down(vec![visit]);
        }
    }

    fn keep_position(&mut self, id: ArticleId) {
        let (Some(key), Some(spot)) = (self.keeping.key(id), self.reader.place(id)) else {
            return;
        };
        // What stands behind the text is the page's own header.
        let len = self.corpus.get(id).map_or(0, |article| article.text.len());
        let at = Some(spot.at).filter(|at| spot.part > 0 && (*at as usize) < len);
        if at != self.keeping.state().article(key).position {
            self.keeping.note_down(vec![Change::Position(key, at)]);
        }
    }

    /// Goes to where reading stopped in an earlier session.
    pub(super) fn restore_position(&mut self) {
        let height = self.height(Pane::Text);
        let Some(open) = &mut self.reader.open else {
            return;
        };
        let kept = self.keeping.key(open.id);
        let kept = kept.and_then(|key| self.keeping.state().article(key).position);
        if let Some(spot) = kept.and_then(|at| open.page.spot_of(at as usize)) {
            open.show(spot, Put::Top, height);
        }
    }

    /// What the library's thread tells.
    pub(super) fn keeper(&mut self, report: KeeperReport) {
        match report {
            KeeperReport::Opened(state, access) => {
                let is_new = state.entries().is_empty();
                let library = match access {
                    Access::ReadWrite => Library::Open,
                    Access::ReadOnly => Library::Unkept,
                };
                self.keeping.open(*state, library);
                if access == Access::ReadOnly {
                    let words = "the library is read-only: what you add now is not kept";
                    self.say(words, Tone::Fault);
                } else if is_new && self.notice.is_none() {
                    let help = super::hint(self, super::Command::Help);
                    let words = "Welcome. {0} lists all keys; any key closes this line.";
                    self.say_with(words, &[&help], Tone::Plain);
                }
                if self.focus == Pane::List {
                    self.restore_position();
                    self.follow_text();
                }
            }
            KeeperReport::Closed(reason) => {
                self.keeping.library = Library::Unkept;
                self.say(
                    format!("{reason}. What you add now is not kept."),
                    Tone::Fault,
                );
            }
            KeeperReport::Failed(reason) => self.say(reason, Tone::Fault),
        }
    }

    /// Makes changes that can be undone, and says what was done.
    pub(super) fn keep(&mut self, change: Change) {
        self.keep_all(vec![change]);
    }

    /// The same for all changes of one command.
    pub(super) fn keep_all(&mut self, changes: Vec<Change>) {
        let mut words = describe_all(&changes);
        if self.keeping.library == Library::Off {
            words.push_str(" (not kept: there is no library)");
        }
        self.say(words, Tone::Plain);
        self.keeping.make(changes);
    }

    pub(super) fn undo(&mut self) {
        let step = self.keeping.undo();
        self.say_step("undone: {0}", "Nothing to undo.", step.as_deref());
    }

    pub(super) fn redo(&mut self) {
        let step = self.keeping.redo();
        self.say_step("done again: {0}", "Nothing to do again.", step.as_deref());
    }

    fn say_step(&mut self, label: &str, nothing: &str, step: Option<&[Change]>) {
        match step {
            Some(changes) => {
                let words = describe_all(changes);
                let words = self.tr(&words).to_owned();
                self.say_with(label, &[&words], Tone::Plain);
            }
            None => self.say(nothing, Tone::Plain),
        }
    }

    /// The article that a command is about: the one that is shown.
    fn subject(&mut self) -> Option<(ArticleId, ContentKey)> {
        let open = self.reader.open.as_ref().map(|open| open.id);
        let found = open.and_then(|id| Some((id, self.keeping.key(id)?)));
        if found.is_none() {
            self.say("No article is open.", Tone::Plain);
        }
        found
    }

    pub(super) fn toggle_read(&mut self) {
        let Some((id, key)) = self.subject() else {
            return;
        };
        if let Some(stay) = &mut self.keeping.stay {
            // A mark set by hand is not set back by going on to read.
            stay.is_counted = true;
        }
        self.keep(Change::Read(key, !self.keeping.is_read(id)));
    }

    pub(super) fn next_unread(&mut self) {
        let selected = self.list.selected();
        let order = self.list.order();
        let here = order.iter().position(|id| Some(*id) == selected);
        let (before, after) = order.split_at(here.map_or(0, |at| at + 1));
        let mut round = after.iter().chain(before);
        match round.find(|id| !self.keeping.is_read(**id)).copied() {
            Some(id) => {
                self.visit(id);
                self.follow_text();
            }
            None => self.say("All articles of the list were read.", Tone::Plain),
        }
    }

    pub(super) fn ask(&mut self, ask: Ask, words: &str) {
        self.open_prompt(Purpose::Ask(ask), words);
    }

    pub(super) fn ask_tag(&mut self) {
        let Some((_, key)) = self.subject() else {
            return;
        };
        let tags: Vec<_> = self.keeping.state().tags(key).map(str::to_owned).collect();
        self.ask(Ask::Tag(key), "");
        if !tags.is_empty() {
            self.say(
                format!("has {}; a tag that it has is taken off", tags.join(", ")),
                Tone::Plain,
            );
        }
    }

    /// The passage that a note or a mark is about: the selection, else the current quote, else the
    /// first visible words.
    fn passage(&self, or: Fallback) -> Option<Place> {
        let article = self.article()?;
        let open = self.reader.open.as_ref()?;
        let selected = self.reader.selection.map(|selection| {
            let (from, to) = selection.ends(&open.page, article);
            ByteSpan {
                start: from.at,
                end: to.at.max(from.at),
            }
        });
        let quote = || {
            let piece = open.utterances.first(article, open.current?)?;
            Some(piece.span)
        };
        let top = || {
            let row = open.page.rows.get(open.top..)?.iter();
            let mut words = row.map(|row| row.span);
            words.find(|span| !span.is_empty() && !span.of(&article.text).is_empty())
        };
        let span = selected.or_else(|| match or {
            Fallback::Quote => quote(),
            Fallback::Top => top(),
        });
        // Words of the header that are not in the text have no place of their own.
        let span = span.filter(|span| !span.of(&article.text).is_empty());
        Some(Place::of(article, span))
    }

    pub(super) fn ask_note(&mut self) {
        let Some(place) = self.passage(Fallback::Quote) else {
            return self.say("No article is open.", Tone::Plain);
        };
        self.reader.selection = None;
        let notes = self.keeping.state().notes().iter();
        let mut same = notes.filter(|(_, note)| note.place == place);
        let (id, words) = same.next().map_or((None, String::new()), |(id, note)| {
            (Some(id.clone()), note.text.to_string())
        });
        self.ask(Ask::Note(place, id), &words);
    }

    pub(super) fn set_mark(&mut self, letter: char) {
        match self.passage(Fallback::Top) {
            Some(place) => self.keep(Change::Mark(letter, Some(place))),
            None => self.say("No article is open.", Tone::Plain),
        }
    }

    pub(super) fn go_mark(&mut self, letter: char) {
        let Some(place) = self.keeping.state().marks().get(&letter).cloned() else {
            return self.say_with(
                "There is no mark `{0}`.",
                &[&letter.to_string()],
                Tone::Plain,
            );
        };
        let found = self.keeping.find(&self.corpus, &[&place]);
        match found.first().copied().flatten() {
            Some(target) => self.go_target(target),
            None => self.say(
                format!(
                    "Mark `{letter}` is in {}: not here, or its words are gone.",
                    place.key
                ),
                Tone::Fault,
            ),
        }
    }

    pub(super) fn go_target(&mut self, target: Target) {
        self.visit(target.id);
        self.focus_on(Pane::Text);
        let height = self.height(Pane::Text);
        if let (Some(span), Some(open)) = (target.span, &mut self.reader.open)
            && let Some(spot) = open.page.spot_of(span.start as usize)
        {
            open.show(spot, Put::Third, height);
        }
        self.follow_text();
    }

    /// Enter in a prompt of these: does what was asked.
    pub(super) fn answer(&mut self, ask: Ask, words: &str) -> Vec<Effect> {
        let words = words.trim();
        match ask {
            Ask::Pipe(input) if !words.is_empty() => {
                return vec![Effect::Pipe(words.to_owned(), input)];
            }
            Ask::Tag(key) if !words.is_empty() => {
                let has = self.keeping.state().tags(key).any(|tag| tag == words);
                self.keep(Change::Tag(key, words.into(), !has));
            }
            Ask::Note(place, id) => self.write_note(place, id, words),
            Ask::Query(query) if !words.is_empty() => {
                self.keep(Change::Query(words.into(), Some(query.into())));
            }
            Ask::Collection if !words.is_empty() => self.put_aside(words),
            Ask::Keyword => return self.find_keyword(words),
            Ask::Join(name) if !words.is_empty() => {
                let choice = PersonChoice::Join(words.into());
                self.keep(Change::Person(name, Some(choice)));
            }
            _ => {}
        }
        Vec::new()
    }

    /// Tab in a prompt of these: the first name that goes on as typed.
    pub(super) fn complete_answer(&mut self) {
        let Some(prompt) = &self.prompt else { return };
        let state = self.keeping.state();
        let names: Vec<String> = match &prompt.purpose {
            Purpose::Ask(Ask::Tag(_)) => state.all_tags().into_keys().map(str::to_owned).collect(),
            Purpose::Ask(Ask::Query(_)) => {
                state.queries().keys().map(ToString::to_string).collect()
            }
            Purpose::Ask(Ask::Collection) => state.collections().map(str::to_owned).collect(),
            Purpose::Ask(Ask::Join(_)) => self.speaker_names(),
            _ => return,
        };
        let typed = prompt.input.text().to_lowercase();
        let mut found = names
            .into_iter()
            .filter(|name| name.to_lowercase().starts_with(&typed));
        let Some(first) = found.next() else { return };
        let others: Vec<_> = found.take(8).collect();
        if let Some(prompt) = &mut self.prompt {
            prompt.input = Input::new(&first);
        }
        if !others.is_empty() {
            self.say(others.join("  "), Tone::Plain);
        }
    }

    /// An empty note is none.
    fn write_note(&mut self, place: Place, id: Option<NoteId>, words: &str) {
        let is_new = id.is_none();
        if words.is_empty() && is_new {
            return;
        }
        let id = id.unwrap_or_else(|| self.new_note_id());
        let note = Note {
            place,
            text: words.into(),
            written: self.now / 1000,
        };
        self.keep(Change::Note(id, Some(note).filter(|n| !n.text.is_empty())));
    }

    /// The moment, and a number where that moment has a note already.
    fn new_note_id(&self) -> NoteId {
        let notes = self.keeping.state().notes();
        let ids = (0..=notes.len()).map(|number| format!("{:013}-{number}", self.now));
        let mut free = ids.map(|id| NoteId(id.into()));
        free.find(|id| !notes.contains_key(id))
            .unwrap_or_else(|| NoteId(format!("{:013}", self.now).into()))
    }

    /// Finds the notes of the open article anew.
    pub(super) fn note_here(&mut self) {
        self.keeping.here.clear();
        let Some(open) = &self.reader.open else {
            return;
        };
        let (Some(article), Some(key)) = (self.corpus.get(open.id), self.keeping.key(open.id))
        else {
            return;
        };
        let mut here = notes_in(&self.keeping, article, key);
        here.sort_by_key(|note| note.span);
        self.keeping.here = here;
    }

    pub(super) fn ask_query_name(&mut self) {
        let words = self.filter.words.trim().to_owned();
        if words.is_empty() {
            return self.say("Type a filter first, then save it.", Tone::Plain);
        }
        let queries = self.keeping.state().queries().iter();
        let mut same = queries.filter(|(_, query)| ***query == *words);
        let name = same
            .next()
            .map_or(String::new(), |(name, _)| name.to_string());
        self.ask(Ask::Query(words), &name);
    }

    pub(super) fn list_notes(&mut self) {
        let view = shelves::notes(self);
        self.open_shelf(view);
    }

    pub(super) fn list_marks(&mut self) {
        let view = shelves::marks(self);
        self.open_shelf(view);
    }

    pub(super) fn list_tags(&mut self) {
        let view = shelves::tags(self);
        self.open_shelf(view);
    }

    pub(super) fn list_themes(&mut self) {
        let view = shelves::themes(self);
        self.open_shelf(view);
    }

    /// The saved queries; their counts come later.
    pub(super) fn list_queries(&mut self) -> Vec<Effect> {
        let view = shelves::queries(self);
        let queries = shelves::parsed_queries(self);
        self.open_shelf(view);
        if queries.is_empty() {
            return Vec::new();
        }
        vec![Effect::Count(crate::work::CountRequest {
            queries,
            corpus: self.corpus.clone(),
            kept: Kept {
                survey: self.surveys.ready.clone(),
                ..self.keeping.facts()
            },
        })]
    }

    /// How many articles each of the listed queries selects.
    pub(super) fn counted(&mut self, counts: &[usize]) {
        let Some(picker) = self.overlays.last_mut() else {
            return;
        };
        if picker.title != shelves::QUERIES {
            return;
        }
        for (item, count) in picker.items.iter_mut().zip(counts) {
            item.note = shelves::counted(*count);
        }
    }

    pub(super) fn open_shelf(&mut self, (picker, listed): shelves::Shelf) {
        self.keeping.listed = listed;
        self.overlays.push(picker);
    }

    /// Enter on a line of these overlays.
    pub(super) fn choose_kept(&mut self, at: u32) -> Vec<Effect> {
        let Some(entry) = self.keeping.listed.get(at as usize).cloned() else {
            return Vec::new();
        };
        match entry {
            Entry::Note(_, Some(target)) | Entry::Mark(_, Some(target)) => {
                self.overlays.clear();
                self.go_target(target);
            }
            Entry::Note(_, None) | Entry::Mark(_, None) => {
                self.say("Its passage is not in these articles.", Tone::Plain);
            }
            Entry::Query(_, query) => {
                self.overlays.clear();
                self.focus_on(Pane::List);
                return self.set_filter(&query);
            }
            Entry::Tag(tag) => {
                self.overlays.clear();
                self.focus_on(Pane::List);
                return self.set_filter(&format!("tag:\"{tag}\""));
            }
            Entry::Collection(name) => self.open_collection(&name),
            Entry::Theme(name) => {
                self.overlays.pop();
                self.set_theme(&name);
                self.lay_out();
            }
        }
        Vec::new()
    }

    /// `x` in these overlays: takes the current line's entry away.
    pub(super) fn remove_kept(&mut self) {
        let Some(picker) = self.overlays.last_mut() else {
            return;
        };
        let at = picker.shown.get(picker.cursor.at).copied();
        let Some(Choice::Kept(entry)) = picker.current().map(|item| item.choice) else {
            return self.say("This is nothing that can be removed.", Tone::Plain);
        };
        let changes = match self.keeping.listed.get(entry as usize) {
            Some(Entry::Note(id, _)) => vec![Change::Note(id.clone(), None)],
            Some(Entry::Mark(letter, _)) => vec![Change::Mark(*letter, None)],
            Some(Entry::Query(name, _)) => vec![Change::Query(name.clone(), None)],
            Some(Entry::Collection(name)) => self.keeping.drop_collection(name),
            Some(Entry::Tag(_) | Entry::Theme(_)) | None => {
                return self.say("This is nothing that can be removed.", Tone::Plain);
            }
        };
        if let Some(picker) = self.overlays.last_mut() {
            at.filter(|at| *at < picker.items.len())
                .map(|at| picker.items.remove(at));
            let was = picker.cursor;
            picker.narrow();
            picker.cursor = was;
        }
        let page = self.overlay_page();
        if let Some(picker) = self.overlays.last_mut() {
            picker.cursor.follow(picker.shown.len(), page);
        }
        self.keep_all(changes);
    }
}

/// What a command is about where nothing is selected.
#[derive(Clone, Copy)]
enum Fallback {
    /// The current quote.
    Quote,
    /// What is at the top of the view.
    Top,
}

fn notes_in(keeping: &Keeping, article: &crate::model::Article, key: ContentKey) -> Vec<NoteHere> {
    use crate::library::Standing;
    let notes = keeping.state().notes().iter();
    let ours = notes.filter(|(_, note)| {
        note.place.article == key || (note.place.key == article.key && !article.key.is_empty())
    });
    ours.filter_map(|(id, note)| {
        let span = match note.place.standing(article, key) {
            Standing::Here(span) => span,
            Standing::Moved(span) => Some(span),
            Standing::Orphaned => return None,
        };
        Some(NoteHere {
            id: id.clone(),
            span,
        })
    })
    .collect()
}
