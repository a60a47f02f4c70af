//! Library data in the reader: the library's state, the undo history, and the changes that wait to
//! be written.

use std::sync::Arc;

use super::tray::{Stage, Tray, TrayItem, entry_at};
use crate::config::Interface;
use crate::library::{Anchor, AnchorStatus, Change, NoteId, SpeakerChoice, State, Undo};
use crate::model::{Article, ArticleId, ContentKey, Corpus};
use crate::people::PersonKind;
use crate::text::ByteSpan;
use crate::work::{ContentKeys, LibraryFacts};

/// Whether there is a library, and whether it can be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LibraryStatus {
    /// There is no library, because the user wants none. Read marks and other library data are not
    /// shown.
    #[default]
    Off,
    /// The library is being opened.
    Opening,
    /// The library is open, and changes are written to it.
    Open,
    /// The library cannot be written. Changes are lost when the reader closes.
    NotSaved,
}

/// An entry of the library, or a theme, that one line of an overlay shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LibraryEntry {
    /// A note, and the position of its passage in the loaded corpus, or `None` if it is not there.
    Note(NoteId, Option<ResolvedAnchor>),
    /// The letter of a mark, and the position of its passage in the loaded corpus, or `None` if it
    /// is not there.
    Mark(char, Option<ResolvedAnchor>),
    /// The name of a saved query, and the words of its filter.
    Query(Box<str>, Box<str>),
    /// The name of a tag.
    Tag(Box<str>),
    /// The name of a collection.
    Collection(Box<str>),
    /// The name of a theme.
    Theme(String),
}

impl LibraryEntry {
    /// Returns whether the user can remove the entry in the overlay that lists it.
    pub fn can_remove(&self) -> bool {
        use LibraryEntry::{Collection, Mark, Note, Query};
        matches!(self, Note(..) | Mark(..) | Query(..) | Collection(_))
    }
}

/// The position in the loaded corpus of a passage that the library stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResolvedAnchor {
    /// The article that contains the passage.
    pub id: ArticleId,
    /// The span of the passage in the article's text, or `None` if the passage is the whole
    /// article.
    pub span: Option<ByteSpan>,
}

/// The session in which the user reads one article, from turning to it until leaving it.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReadingSession {
    pub(super) id: ArticleId,
    /// The time when the session began, in milliseconds since 1970 UTC.
    pub(super) since: i64,
    /// Whether this session no longer has to mark the article as read: it is marked, or the user
    /// has changed the mark.
    pub(super) is_counted: bool,
}

/// The library's data in the reader: the stored state, and the changes that are still to be
/// written.
#[derive(Clone, Debug, Default)]
pub struct LibraryData {
    /// Whether there is a library, and whether it can be written.
    pub status: LibraryStatus,
    /// The content keys of the corpus's articles, as far as they are known.
    pub keys: ContentKeys,
    /// The tray of quotations and articles to compare.
    pub tray: Tray,
    /// The current time in milliseconds since 1970 UTC, set from outside before each message.
    pub now: i64,
    pub(super) session: Option<ReadingSession>,
    /// Whether the state was changed, other than silently, since the last message was handled.
    pub(super) is_changed: bool,
    state: Arc<State>,
    undo: Undo,
    outbox: Vec<Change>,
    /// Changes that were made while the library was being opened. They are applied to the loaded
    /// state.
    before_open: Vec<Change>,
}

impl LibraryData {
    /// Creates empty library data for a corpus whose articles have these content keys.
    pub fn of(keys: ContentKeys) -> Self {
        Self {
            keys,
            ..Self::default()
        }
    }

    /// Returns the state of the library, including changes that are not written yet.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Returns whether there is a library, so that read marks are shown.
    pub fn is_on(&self) -> bool {
        self.status != LibraryStatus::Off
    }

    /// Returns what a filter can test about the library, such as tags and read marks. The survey is
    /// left empty.
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

    /// Returns whether an article is marked as read.
    pub fn is_read(&self, id: ArticleId) -> bool {
        self.key(id).is_some_and(|key| self.state.is_read(key))
    }

    /// Applies the changes of one command and queues them for writing. They can be undone together.
    pub fn apply(&mut self, changes: Vec<Change>) {
        let state = Arc::make_mut(&mut self.state);
        self.undo.make(state, &changes);
        self.is_changed = true;
        self.enqueue(changes);
    }

    /// Applies changes that no command made, such as read marks and reading positions, and queues
    /// them for writing. They cannot be undone.
    pub(super) fn apply_silently(&mut self, changes: Vec<Change>) {
        let state = Arc::make_mut(&mut self.state);
        for change in &changes {
            state.apply(change);
        }
        self.enqueue(changes);
    }

    /// Undoes the changes of the last command. Returns the changes that this made, or `None` if
    /// there is nothing to undo.
    pub(super) fn undo(&mut self) -> Option<Vec<Change>> {
        let step = self.undo.undo(Arc::make_mut(&mut self.state))?;
        self.is_changed = true;
        self.enqueue(step.clone());
        Some(step)
    }

    /// Makes the changes that were undone last again, and returns them. Returns `None` if there are
    /// none.
    pub(super) fn redo(&mut self) -> Option<Vec<Change>> {
        let step = self.undo.redo(Arc::make_mut(&mut self.state))?;
        self.is_changed = true;
        self.enqueue(step.clone());
        Some(step)
    }

    fn enqueue(&mut self, changes: Vec<Change>) {
        if self.status == LibraryStatus::Opening {
            self.before_open.extend(changes.iter().cloned());
        }
        self.outbox.extend(changes);
    }

    /// Returns the changes that wait to be written, and removes them from the queue.
    pub(super) fn take_outbox(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.outbox)
    }

    /// Sets the state that was loaded from the library. Changes that were made in the meantime are
    /// applied on top.
    pub(super) fn open(&mut self, mut state: State, status: LibraryStatus) {
        for change in self.before_open.drain(..) {
            state.apply(&change);
        }
        self.state = Arc::new(state);
        self.status = status;
        self.is_changed = true;
    }

    /// Returns for each anchor its position in the corpus, or `None` if it is not there. An article
    /// is recognized by its exact text; failing that, by its key, if the words of the anchor occur
    /// in it once. Makes one pass over the corpus.
    pub fn find(&self, corpus: &Corpus, places: &[&Anchor]) -> Vec<Option<ResolvedAnchor>> {
        let found = self.keys.locate(corpus, places).into_iter();
        found
            .map(|found| found.map(|(id, span)| ResolvedAnchor { id, span }))
            .collect()
    }

    /// Returns the passages of an article that have notes, in the order of the text.
    pub fn note_spans(&self, id: ArticleId, article: &Article) -> Vec<ByteSpan> {
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

    /// Replaces the contents of the tray by these passages. This can be undone.
    pub(super) fn set_tray(&mut self, places: &[Anchor]) {
        self.apply(self.tray_changes(places));
    }

    /// Returns the anchors of the items on the tray, except those for which `is_left_out` returns
    /// `true`.
    pub(super) fn tray_without(&self, is_left_out: impl Fn(&TrayItem) -> bool) -> Vec<Anchor> {
        let items = self.tray.items().iter();
        let rest = items.filter(|item| !is_left_out(item));
        rest.map(|item| item.place.clone()).collect()
    }

    /// Updates the tray to match the library, for example after an undo or when more of the corpus
    /// has been read. `stage` says how much has been read.
    pub(super) fn sync_tray(&mut self, corpus: &Corpus, stage: Stage) {
        let mut tray = std::mem::take(&mut self.tray);
        tray.follow(&self.state.tray(), stage, |places| {
            let found = self.find(corpus, places).into_iter();
            let entry = |target: ResolvedAnchor| entry_at(corpus, target.id, target.span);
            found.map(|target| target.and_then(entry)).collect()
        });
        self.tray = tray;
    }

    /// Returns the changes that make the tray hold exactly the passages `wanted`, in this order.
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

    /// Returns the changes that remove the collection `name`.
    pub fn drop_collection(&self, name: &str) -> Vec<Change> {
        let places = self.state.collection(name).into_iter();
        places
            .map(|place| Change::Collected(name.into(), place.clone(), None))
            .collect()
    }
}

/// Returns words for the status line that describe the changes of one command.
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

/// Returns words for the status line that describe one change.
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
        Change::Called(name, Some(other)) => {
            interface.fill("“{0}” is shown as “{1}”", &[name, other])
        }
        Change::Called(name, None) => of("“{0}” is shown by the usual name", name),
        Change::Sort(name, Some(PersonKind::Person)) => of("“{0}” is a person", name),
        Change::Sort(name, Some(PersonKind::Body)) => of("“{0}” is a body", name),
        Change::Sort(name, Some(PersonKind::Anonymous)) => of("“{0}” is nobody known", name),
        Change::Sort(name, None) => of("“{0}” left to the rules", name),
        Change::Speaker(_, Some(SpeakerChoice::Accepted)) => tr("speaker accepted"),
        Change::Speaker(_, Some(SpeakerChoice::Named(name))) => of("“{0}” speaks", name),
        Change::Speaker(_, Some(SpeakerChoice::Nobody)) => tr("nobody known speaks"),
        Change::Speaker(_, None) => tr("speaker left to the rules"),
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
        let library = LibraryData {
            keys: ContentKeys::of(&corpus),
            ..LibraryData::default()
        };
        let found = library.find(&corpus, &places.each_ref());
        let target = found[0].unwrap();
        assert_eq!(target.id, ArticleId(1), "it moved with its text");
        assert_eq!(target.span, Some(ByteSpan::new(6, 16)));
        assert_eq!(found[1], None, "its words are gone");
    }

    #[test]
    fn what_was_changed_before_the_library_was_open_is_not_lost() {
        let mut library = LibraryData {
            status: LibraryStatus::Opening,
            ..LibraryData::default()
        };
        let (one, two) = (ContentKey::of("1"), ContentKey::of("2"));
        library.apply(vec![Change::Read(one, true)]);
        let mut stored = State::default();
        stored.apply(&Change::Read(two, true));
        library.open(stored, LibraryStatus::Open);
        assert!(library.state().is_read(one) && library.state().is_read(two));
        assert_eq!(library.take_outbox().len(), 1);
    }
}
