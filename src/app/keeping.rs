//! What is kept between runs, as the reader sees it: the library's state, what undoes the last
//! change, and the changes that wait to be written.

use std::collections::HashSet;
use std::sync::Arc;

use super::tray::{Laid, Stage, Tray, entry_at};
use crate::config::Interface;
use crate::library::{Anchor, AnchorStatus, Change, NoteId, State, Undo};
use crate::model::{Article, ArticleId, ContentKey, Corpus};
use crate::text::ByteSpan;
use crate::work::{ContentKeys, LibraryFacts};

/// Whether there is a library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Library {
    /// None is wanted: nothing is told of read marks and the like until one is made.
    #[default]
    Off,
    /// It is being opened.
    Opening,
    /// It is open.
    Open,
    /// It cannot be written: what is added lasts until the reader closes.
    Unkept,
}

/// What a line of an overlay stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A note, and where its passage is in this corpus.
    Note(NoteId, Option<Target>),
    /// A mark.
    Mark(char, Option<Target>),
    /// A saved query.
    Query(Box<str>, Box<str>),
    /// A tag.
    Tag(Box<str>),
    /// A collection.
    Collection(Box<str>),
    /// A theme.
    Theme(String),
}

impl Entry {
    /// Whether it can be taken away.
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
    /// The passage; `None` where the whole article is meant.
    pub span: Option<ByteSpan>,
}

/// The reading of one article.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReadingSession {
    pub(super) id: ArticleId,
    /// Since when, in milliseconds since 1970 UTC.
    pub(super) since: i64,
    /// Whether nothing more is to be noted of it.
    pub(super) is_counted: bool,
}

/// What is kept, and how it changes.
#[derive(Clone, Debug, Default)]
pub struct Keeping {
    /// Whether it outlasts the reader.
    pub library: Library,
    /// Which article is which.
    pub keys: ContentKeys,
    /// What lies on the compare tray.
    pub tray: Tray,
    /// The time in milliseconds since 1970 UTC, as the outside tells it before each message.
    pub now: i64,
    pub(super) session: Option<ReadingSession>,
    /// Whether something was changed since the last message.
    pub(super) is_changed: bool,
    state: Arc<State>,
    undo: Undo,
    outbox: Vec<Change>,
    /// What was changed before the library was open.
    early: Vec<Change>,
}

impl Keeping {
    /// Nothing kept yet of these articles.
    pub fn of(keys: ContentKeys) -> Self {
        Self {
            keys,
            ..Self::default()
        }
    }

    /// All that is kept.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Whether read marks are worth showing.
    pub fn is_on(&self) -> bool {
        self.library != Library::Off
    }

    /// What the filter may ask.
    pub fn facts(&self) -> LibraryFacts {
        LibraryFacts {
            keys: self.keys.clone(),
            state: Arc::clone(&self.state),
            survey: None,
        }
    }

    /// The content key of an article, once it is known.
    pub fn key(&self, id: ArticleId) -> Option<ContentKey> {
        self.keys.get(id)
    }

    /// Whether an article was read.
    pub fn is_read(&self, id: ArticleId) -> bool {
        self.key(id).is_some_and(|key| self.state.is_read(key))
    }

    /// Makes the changes of one command; they can be undone.
    pub fn make(&mut self, changes: Vec<Change>) {
        let state = Arc::make_mut(&mut self.state);
        self.undo.make(state, &changes);
        self.is_changed = true;
        self.send(changes);
    }

    /// Makes changes that nobody asked for: what was read, and how far. They are not undone.
    pub(super) fn note_down(&mut self, changes: Vec<Change>) {
        let state = Arc::make_mut(&mut self.state);
        for change in &changes {
            state.apply(change);
        }
        self.send(changes);
    }

    /// Undoes the last command's changes; returns them as they were made.
    pub(super) fn undo(&mut self) -> Option<Vec<Change>> {
        let step = self.undo.undo(Arc::make_mut(&mut self.state))?;
        self.is_changed = true;
        self.send(step.clone());
        Some(step)
    }

    /// Makes undone changes again.
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

    /// What is to be written now.
    pub(super) fn take_outbox(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.outbox)
    }

    /// Takes what the library holds; changes made meanwhile stay on top.
    pub(super) fn open(&mut self, mut state: State, library: Library) {
        for change in self.early.drain(..) {
            state.apply(&change);
        }
        self.state = Arc::new(state);
        self.library = library;
        self.is_changed = true;
    }

    /// Where kept places are in this corpus: an exact text first, else the article of that name,
    /// if the same words stand there once. One pass over the corpus.
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

    /// The passages of an article on which notes stand, in order.
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

    /// Lays these passages on the tray, and no others.
    pub(super) fn lay(&mut self, places: &[Anchor]) {
        self.make(self.tray_changes(places));
    }

    /// What lies on the tray, but for some of it.
    pub(super) fn places_but(&self, is_left_out: impl Fn(&Laid) -> bool) -> Vec<Anchor> {
        let laid = self.tray.laid().iter();
        let rest = laid.filter(|laid| !is_left_out(laid));
        rest.map(|laid| laid.place.clone()).collect()
    }

    /// The tray is what the library says: after undoing, or once more of a corpus is there.
    pub(super) fn follow_tray(&mut self, corpus: &Corpus, stage: Stage) {
        let mut tray = std::mem::take(&mut self.tray);
        tray.follow(&self.state.tray(), stage, |places| {
            let found = self.find(corpus, places).into_iter();
            let entry = |target: Target| entry_at(corpus, target.id, target.span);
            found.map(|target| target.and_then(entry)).collect()
        });
        self.tray = tray;
    }

    /// The changes that lay these passages on the compare tray, in that order, and no others.
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

    /// The changes that put the tray aside under a name, behind what lies there, and empty it.
    pub fn put_aside(&self, name: &str) -> Vec<Change> {
        let known = self.state.collection(name);
        let new = self.state.tray().into_iter();
        let new = new.filter(|place| !known.contains(place));
        let put = (known.len() as u32..)
            .zip(new)
            .map(|(at, place)| Change::Collected(name.into(), place.clone(), Some(at)));
        put.chain(self.tray_changes(&[])).collect()
    }

    /// The changes that take a collection away.
    pub fn drop_collection(&self, name: &str) -> Vec<Change> {
        let places = self.state.collection(name).into_iter();
        places
            .map(|place| Change::Collected(name.into(), place.clone(), None))
            .collect()
    }
}

/// What the changes of one command did, for the status line.
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

/// What a change did, for the status line.
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
