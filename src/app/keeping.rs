//! Library data in the reader: the library's state, the undo history, and the changes that wait to
//! be written.

use std::collections::HashSet;
use std::sync::Arc;

use super::tray::{Laid, Stage, Tray, entry_at};
use crate::config::Interface;
use crate::library::{Anchor, AnchorStatus, Change, NoteId, State, Undo};
use crate::model::{Article, ArticleId, ContentKey, Corpus};
use crate::text::ByteSpan;
use crate::work::{ContentKeys, LibraryFacts};

/// The state of the library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Library {
    /// No library is wanted. Read marks and the like are not shown until one exists.
    #[default]
    Off,
    /// The library is being opened.
    Opening,
    /// The library is open.
    Open,
    /// The library cannot be written. Changes last until the reader closes.
    Unkept,
}

/// The entry of the library that an overlay's line shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A note, and the position of its passage in this corpus.
    Note(NoteId, Option<Target>),
    /// A mark, and the position of its passage in this corpus.
    Mark(char, Option<Target>),
    /// A saved query: its name and its words.
    Query(Box<str>, Box<str>),
    /// A tag.
    Tag(Box<str>),
    /// A collection.
    Collection(Box<str>),
    /// A theme.
    Theme(String),
}

impl Entry {
    /// Returns whether the user can remove the entry.
    pub fn can_remove(&self) -> bool {
        use Entry::{Collection, Mark, Note, Query};
        matches!(self, Note(..) | Mark(..) | Query(..) | Collection(_))
    }
}

/// A passage in this corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The article.
    pub id: ArticleId,
    /// The passage, or `None` for the whole article.
    pub span: Option<ByteSpan>,
}

/// The time during which one article is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReadingSession {
    pub(super) id: ArticleId,
    /// The time of its beginning, in milliseconds since 1970 UTC.
    pub(super) since: i64,
    /// Whether the article needs no further read mark in this session.
    pub(super) is_counted: bool,
}

/// Library data, and how it changes.
#[derive(Clone, Debug, Default)]
pub struct Keeping {
    /// The state of the library.
    pub library: Library,
    /// The content keys of the articles.
    pub keys: ContentKeys,
    /// The compare tray.
    pub tray: Tray,
    /// The current time in milliseconds since 1970 UTC, set from outside before each message.
    pub now: i64,
    pub(super) session: Option<ReadingSession>,
    /// Whether a change was made since the last message.
    pub(super) is_changed: bool,
    state: Arc<State>,
    undo: Undo,
    outbox: Vec<Change>,
    /// Changes that were made before the library was open.
    early: Vec<Change>,
}

impl Keeping {
    /// Creates empty library data for articles with these content keys.
    pub fn of(keys: ContentKeys) -> Self {
        Self {
            keys,
            ..Self::default()
        }
    }

    /// Returns the state of the library.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Returns whether read marks are worth showing.
    pub fn is_on(&self) -> bool {
        self.library != Library::Off
    }

    /// Returns the facts that the filter can query.
    pub fn facts(&self) -> LibraryFacts {
        LibraryFacts {
            keys: self.keys.clone(),
            state: Arc::clone(&self.state),
            survey: None,
        }
    }

    /// Returns the content key of an article, once it is known.
    pub fn key(&self, id: ArticleId) -> Option<ContentKey> {
        self.keys.get(id)
    }

    /// Returns whether an article was read.
    pub fn is_read(&self, id: ArticleId) -> bool {
        self.key(id).is_some_and(|key| self.state.is_read(key))
    }

    /// Applies the changes of one command. They can be undone.
    pub fn make(&mut self, changes: Vec<Change>) {
        let state = Arc::make_mut(&mut self.state);
        self.undo.make(state, &changes);
        self.is_changed = true;
        self.send(changes);
    }

    /// Applies changes that no command asked for, such as read marks and reading positions. They
    /// cannot be undone.
    pub(super) fn note_down(&mut self, changes: Vec<Change>) {
        let state = Arc::make_mut(&mut self.state);
        for change in &changes {
            state.apply(change);
        }
        self.send(changes);
    }

    /// Undoes the changes of the last command. Returns the changes that were applied to do so.
    pub(super) fn undo(&mut self) -> Option<Vec<Change>> {
        let step = self.undo.undo(Arc::make_mut(&mut self.state))?;
        self.is_changed = true;
        self.send(step.clone());
        Some(step)
    }

    /// Applies the last undone changes again. Returns the changes that were applied.
    pub(super) fn redo(&mut self) -> Option<Vec<Change>> {
        let step = self.undo.redo(Arc::make_mut(&mut self.state))?;
        self.is_changed = true;
        self.send(step.clone());
        Some(step)
    }

    fn send(&mut self, changes: Vec<Change>) {
        if self.library == Library::Opening {
            self.early.extend(changes.iter().cloned());
        }
        self.outbox.extend(changes);
    }

    /// Returns the changes to write now, and removes them from the outbox.
    pub(super) fn take_outbox(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.outbox)
    }

    /// Sets the state that the library has loaded. Changes made before are applied on top.
    pub(super) fn open(&mut self, mut state: State, library: Library) {
        for change in self.early.drain(..) {
            state.apply(&change);
        }
        self.state = Arc::new(state);
        self.library = library;
        self.is_changed = true;
    }

    /// Returns the positions of anchors in this corpus. An article is recognized by its exact text,
    /// else by its name if the words of the anchor occur in it once. Makes one pass over the
    /// corpus.
    pub fn find(&self, corpus: &Corpus, places: &[&Anchor]) -> Vec<Option<Target>> {
        let wanted: HashSet<_> = places.iter().map(|place| place.article).collect();
        let by_text = self.keys.find(&wanted);
        let lost = places.iter().filter(|p| !by_text.contains_key(&p.article));
        let names: HashSet<&str> = lost.map(|place| &*place.key).collect();
        let by_name: Vec<_> = if names.is_empty() {
            Vec::new()
        } else {
            let articles = corpus.iter();
            articles
                .filter(|(_, article)| names.contains(&*article.key))
                .collect()
        };
        let locate = |place: &&Anchor| {
            let id = by_text.get(&place.article).copied().or_else(|| {
                let same = by_name.iter().find(|(_, a)| a.key == place.key);
                same.map(|(id, _)| *id)
            })?;
            let key = self.key(id)?;
            match place.status(corpus.get(id)?, key) {
                AnchorStatus::Here(span) => Some(Target { id, span }),
                AnchorStatus::Moved(span) => Some(Target {
                    id,
                    span: Some(span),
                }),
                AnchorStatus::Orphaned => None,
            }
        };
        places.iter().map(locate).collect()
    }

    /// Returns the passages of an article that have notes, in order.
    pub fn noted(&self, id: ArticleId, article: &Article) -> Vec<ByteSpan> {
        let Some(key) = self.key(id) else {
            return Vec::new();
        };
        let notes = self.state.notes().values().map(|note| &note.place);
        let ours = notes.filter(|place| {
            place.article == key || (place.key == article.key && !article.key.is_empty())
        });
        let spans = ours.filter_map(|place| match place.status(article, key) {
            AnchorStatus::Here(span) => span,
            AnchorStatus::Moved(span) => Some(span),
            AnchorStatus::Orphaned => None,
        });
        let mut spans: Vec<_> = spans.collect();
        spans.sort_unstable();
        spans
    }

    /// Replaces the contents of the tray by these passages.
    pub(super) fn lay(&mut self, places: &[Anchor]) {
        self.make(self.tray_changes(places));
    }

    /// Returns the passages on the tray without those that `is_left_out` selects.
    pub(super) fn places_but(&self, is_left_out: impl Fn(&Laid) -> bool) -> Vec<Anchor> {
        let laid = self.tray.laid().iter();
        let rest = laid.filter(|laid| !is_left_out(laid));
        rest.map(|laid| laid.place.clone()).collect()
    }

    /// Updates the tray to match the library, after an undo or when more of the corpus has been
    /// read.
    pub(super) fn follow_tray(&mut self, corpus: &Corpus, stage: Stage) {
        let mut tray = std::mem::take(&mut self.tray);
        tray.follow(&self.state.tray(), stage, |places| {
            let found = self.find(corpus, places).into_iter();
            let entry = |target: Target| entry_at(corpus, target.id, target.span);
            found.map(|target| target.and_then(entry)).collect()
        });
        self.tray = tray;
    }

    /// Returns the changes that make the tray hold exactly these passages in this order.
    pub fn tray_changes(&self, wanted: &[Anchor]) -> Vec<Change> {
        let old = self.state.tray();
        let gone = old.iter().filter(|place| !wanted.contains(place));
        let gone = gone.map(|place| Change::Tray((*place).clone(), None));
        let moved = (0..).zip(wanted).filter(|(at, place)| {
            let known = old.get(*at as usize);
            known != Some(place)
        });
        let moved = moved.map(|(at, place)| Change::Tray(place.clone(), Some(at)));
        gone.chain(moved).collect()
    }

    /// Returns the changes that append the tray to the collection `name` and empty the tray.
    pub fn put_aside(&self, name: &str) -> Vec<Change> {
        let known = self.state.collection(name);
        let new = self.state.tray().into_iter();
        let new = new.filter(|place| !known.contains(place));
        let put = (known.len() as u32..)
            .zip(new)
            .map(|(at, place)| Change::Collected(name.into(), place.clone(), Some(at)));
        put.chain(self.tray_changes(&[])).collect()
    }

    /// Returns the changes that remove a collection.
    pub fn drop_collection(&self, name: &str) -> Vec<Change> {
        let places = self.state.collection(name).into_iter();
        places
            .map(|place| Change::Collected(name.into(), place.clone(), None))
            .collect()
    }
}

/// Describes the changes of one command for the status line.
pub(super) fn describe_all(changes: &[Change], interface: &Interface) -> String {
    let collected = changes.iter().filter_map(|change| match change {
        Change::Collected(name, _, at) => Some((name, at.is_some())),
        _ => None,
    });
    let count = collected.clone().count();
    match (changes, collected.clone().next()) {
        ([change], _) => describe(change, interface),
        (_, Some((name, true))) => {
            interface.fill("collection “{0}”, {1} put in", &[name, &count.to_string()])
        }
        (_, Some((name, false))) => interface.fill(
            "collection “{0}”, {1} taken out",
            &[name, &count.to_string()],
        ),
        _ if changes.iter().all(|c| matches!(c, Change::Tray(..))) => {
            interface.tr("the compare tray changed").to_owned()
        }
        _ => interface.fill("{0} changes", &[&changes.len().to_string()]),
    }
}

/// Describes one change for the status line.
fn describe(change: &Change, interface: &Interface) -> String {
    let tr = |words| interface.tr(words).to_owned();
    let of = |words: &str, name: &str| interface.fill(words, &[name]);
    match change {
        Change::Read(_, true) => tr("marked as read"),
        Change::Read(_, false) => tr("marked as unread"),
        Change::Tag(_, tag, true) => of("tagged “{0}”", tag),
        Change::Tag(_, tag, false) => of("tag “{0}” taken off", tag),
        Change::Mark(letter, Some(_)) => of("mark `{0}` set", &letter.to_string()),
        Change::Mark(letter, None) => of("mark `{0}` removed", &letter.to_string()),
        Change::Note(_, Some(_)) => tr("note written"),
        Change::Note(_, None) => tr("note removed"),
        Change::Tray(_, Some(_)) => tr("put on the compare tray"),
        Change::Tray(_, None) => tr("taken off the compare tray"),
        Change::Collected(name, _, Some(_)) => of("put into “{0}”", name),
        Change::Collected(name, _, None) => of("taken out of “{0}”", name),
        Change::Person(name, Some(crate::library::PersonChoice::Join(other))) => {
            interface.fill("“{0}” joined with “{1}”", &[name, other])
        }
        Change::Person(name, Some(crate::library::PersonChoice::Split(_))) => {
            of("“{0}” is a separate person", name)
        }
        Change::Person(name, None) => of("“{0}” left to the rules", name),
        Change::Query(name, Some(_)) => of("query “{0}” saved", name),
        Change::Query(name, None) => of("query “{0}” removed", name),
        Change::Position(..) | Change::Visit(..) => tr("place remembered"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Article;

    #[test]
    fn a_place_is_found_by_its_text_then_by_its_name() {
        let article = |key: &str, text: &str| Article {
            key: key.into(),
            text: text.into(),
            ..Article::default()
        };
        let words = |article: &Article, words: &str| {
            let at = article.text.find(words).unwrap();
            Anchor::of(article, Some(ByteSpan::new(at, at + words.len())))
        };
        let (old, gone) = (
            article("a", "Satu. Kami siap."),
            article("b", "Dua. Tidak."),
        );
        let places = [words(&old, "Kami siap."), words(&gone, "Tidak.")];
        let corpus = Corpus::from_articles(vec![
            article("b", "Dua. Ya."),
            article("moved", "Satu. Kami siap."),
        ]);
        let keeping = Keeping {
            keys: ContentKeys::of(&corpus),
            ..Keeping::default()
        };
        let found = keeping.find(&corpus, &places.each_ref());
        let target = found[0].unwrap();
        assert_eq!(target.id, ArticleId(1), "it moved with its text");
        assert_eq!(target.span, Some(ByteSpan::new(6, 16)));
        assert_eq!(found[1], None, "its words are gone");
    }

    #[test]
    fn what_was_changed_before_the_library_was_open_is_not_lost() {
        let mut keeping = Keeping {
            library: Library::Opening,
            ..Keeping::default()
        };
        let (one, two) = (ContentKey::of("1"), ContentKey::of("2"));
        keeping.make(vec![Change::Read(one, true)]);
        let mut stored = State::default();
        stored.apply(&Change::Read(two, true));
        keeping.open(stored, Library::Open);
        assert!(keeping.state().is_read(one) && keeping.state().is_read(two));
        assert_eq!(keeping.take_outbox().len(), 1);
    }
}
