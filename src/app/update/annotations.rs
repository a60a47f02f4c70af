//! Commands on tags, notes, marks and names of persons: the prompts that ask for them, what is done
//! with the answers, and the jump from a mark or note to the text.

use super::super::ask::Ask;
use super::super::input::Input;
use super::super::library_data::ResolvedAnchor;
use super::super::msg::Effect;
use super::super::panes::Pane;
use super::super::{App, Purpose, Tone};
use crate::library::{Anchor, Change, Note, NoteId, PersonChoice};
use crate::text::ByteSpan;

impl App {
    pub(super) fn ask(&mut self, ask: Ask, words: &str) {
        self.open_prompt(Purpose::Ask(ask), words);
    }

    pub(super) fn ask_tag(&mut self) {
        let Some((_, key)) = self.subject() else {
            return;
        };
        let tags: Vec<_> = self.library.state().tags(key).map(str::to_owned).collect();
        self.ask(Ask::Tag(key), "");
        if !tags.is_empty() {
            let words = "has {0}; typing one of these tags removes it";
            self.notify_with(words, &[&tags.join(", ")], Tone::Plain);
        }
    }

    /// Returns the passage that a note or a mark refers to: the selection, if there is one, else
    /// the current quote or the first visible words, as `or` says.
    fn passage(&self, or: Fallback) -> Option<Anchor> {
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
        // Words of the header that are not in the text have no span there. The anchor is the whole
        // article then.
        let span = span.filter(|span| !span.of(&article.text).is_empty());
        Some(Anchor::of(article, span))
    }

    pub(super) fn ask_note(&mut self) {
        let Some(place) = self.passage(Fallback::Quote) else {
            return self.notify("No article is open.", Tone::Plain);
        };
        self.reader.selection = None;
        let notes = self.library.state().notes().iter();
        let mut same = notes.filter(|(_, note)| note.place == place);
        let (id, words) = same.next().map_or((None, String::new()), |(id, note)| {
            (Some(id.clone()), note.text.to_string())
        });
        self.ask(Ask::Note(place, id), &words);
    }

    pub(super) fn set_mark(&mut self, letter: char) {
        match self.passage(Fallback::Top) {
            Some(place) => self.change_library(Change::Mark(letter, Some(place))),
            None => self.notify("No article is open.", Tone::Plain),
        }
    }

    pub(super) fn go_mark(&mut self, letter: char) {
        let Some(place) = self.library.state().marks().get(&letter).cloned() else {
            return self.notify_with(
                "There is no mark `{0}`.",
                &[&letter.to_string()],
                Tone::Plain,
            );
        };
        let found = self.library.find(&self.corpus, &[&place]);
        if let Some(target) = found.first().copied().flatten() {
            self.go_to_anchor(target);
        } else {
            let words = "Mark `{0}` is in {1}, which is not open here, or its words are gone.";
            self.notify_with(words, &[&letter.to_string(), &place.key], Tone::Fault);
        }
    }

    pub(super) fn go_to_anchor(&mut self, target: ResolvedAnchor) {
        self.visit(target.id);
        self.focus_on(Pane::Text);
        if let Some(span) = target.span {
            self.go_to_byte(span.start);
        }
    }

    /// Handles Enter in a prompt that asks a question. `words` are the answer to `ask`.
    pub(super) fn answer(&mut self, ask: Ask, words: &str) -> Vec<Effect> {
        let words = words.trim();
        match ask {
            Ask::Pipe(input) if !words.is_empty() => {
                return vec![Effect::Pipe(words.to_owned(), input)];
            }
            Ask::Tag(key) if !words.is_empty() => {
                let has = self.library.state().tags(key).any(|tag| tag == words);
                self.change_library(Change::Tag(key, words.into(), !has));
            }
            Ask::Note(place, id) => self.write_note(place, id, words),
            Ask::Query(query) if !words.is_empty() => {
                self.change_library(Change::Query(words.into(), Some(query.into())));
            }
            Ask::Collection if !words.is_empty() => self.put_aside(words),
            Ask::Keyword => return self.find_keyword(words),
            Ask::Called(name) if !words.is_empty() => self.rename(name, words),
            Ask::Join(name) if !words.is_empty() => {
                let choice = PersonChoice::Join(words.into());
                self.change_library(Change::Person(name, Some(choice)));
            }
            _ => {}
        }
        Vec::new()
    }

    /// Handles Tab in a prompt that asks a question: completes the first name that begins with the
    /// typed text.
    pub(super) fn complete_answer(&mut self) {
        let Some(prompt) = &self.layers.prompt else {
            return;
        };
        let state = self.library.state();
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
        if let Some(prompt) = &mut self.layers.prompt {
            prompt.input = Input::new(&first);
        }
        if !others.is_empty() {
            self.notify(others.join("  "), Tone::Plain);
        }
    }

    /// Saves a note with the text `words` on a passage. `id` is that of an existing note, which
    /// empty words remove. Empty words write no new note.
    fn write_note(&mut self, place: Anchor, id: Option<NoteId>, words: &str) {
        let is_new = id.is_none();
        if words.is_empty() && is_new {
            return;
        }
        let id = id.unwrap_or_else(|| self.new_note_id());
        let note = Note {
            place,
            text: words.into(),
            written: self.library.now / 1000,
        };
        self.change_library(Change::Note(id, Some(note).filter(|n| !n.text.is_empty())));
    }

    /// Returns a new identifier for a note, made of the current time and a number that no other
    /// note of that time has.
    fn new_note_id(&self) -> NoteId {
        let notes = self.library.state().notes();
        let ids = (0..=notes.len()).map(|number| format!("{:013}-{number}", self.library.now));
        let mut free = ids.map(|id| NoteId(id.into()));
        free.find(|id| !notes.contains_key(id))
            .unwrap_or_else(|| NoteId(format!("{:013}", self.library.now).into()))
    }

    pub(super) fn ask_query_name(&mut self) {
        let words = self.filter.words.trim().to_owned();
        if words.is_empty() {
            return self.notify("Type a filter first, then save it.", Tone::Plain);
        }
        let queries = self.library.state().queries().iter();
        let mut same = queries.filter(|(_, query)| ***query == *words);
        let name = same
            .next()
            .map_or(String::new(), |(name, _)| name.to_string());
        self.ask(Ask::Query(words), &name);
    }
}

/// The passage that a command refers to if nothing is selected.
#[derive(Clone, Copy)]
enum Fallback {
    /// The command refers to the current quote.
    Quote,
    /// The command refers to the first visible words.
    Top,
}
