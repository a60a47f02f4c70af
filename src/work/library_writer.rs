//! The library on its own thread: opened and read there, every change written there at once. What
//! goes wrong is told, and reading goes on.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::ContentKeys;
use crate::ingest::catch_panic;
use crate::library::{Access, Change, LibraryError, State, Store};
use crate::model::ArticleId;
use crate::relate::Survey;
use crate::search::Facts;
use crate::text::fold;

/// What the library's thread tells.
#[derive(Debug)]
pub enum LibraryReport {
    /// The library is open, and this is in it.
    Opened(Box<State>, Access),
    /// It cannot be opened: what is added lasts until the reader closes. Says why.
    Closed(String),
    /// Changes could not be written. Says why.
    Failed(String),
}

/// How long the end of the thread is waited for where nothing is left to be written: long enough to
/// close the library. To open one that another program holds takes longer.
const PATIENCE: Duration = Duration::from_millis(100);

/// The library's thread. Dropping it writes what waits, and ends the thread.
#[derive(Debug)]
pub struct LibraryWriter {
    changes: Option<Sender<Vec<Change>>>,
    /// How many lists of changes were handed over and are not yet written.
    unwritten: Arc<AtomicUsize>,
    /// Disconnected once the thread has ended, in whichever way.
    ended: Receiver<()>,
}

impl LibraryWriter {
    /// Opens the library at `path`; `on` is called from the thread.
    pub fn start(path: PathBuf, on: impl Fn(LibraryReport) + Send + 'static) -> Self {
        let (changes, waiting) = channel();
        let (running, ended) = channel::<()>();
        let unwritten = Arc::new(AtomicUsize::new(0));
        let theirs = Arc::clone(&unwritten);
        std::thread::spawn(move || {
            let _running = running;
            let keep = || match Store::open(&path).and_then(|store| Ok((store.load()?, store))) {
                Ok((state, store)) => {
                    on(LibraryReport::Opened(Box::new(state), store.access()));
                    if let Some(damage) = store.damage() {
                        on(LibraryReport::Failed(damage.to_string()));
                    }
                    write_all(store, (&waiting, &theirs), &on);
                }
                Err(error) => on(LibraryReport::Closed(error.to_string())),
            };
            if let Err(failure) = catch_panic(keep) {
                on(LibraryReport::Closed(failure.to_string()));
            }
        });
        Self {
            changes: Some(changes),
            unwritten,
            ended,
        }
    }

    /// Writes changes soon, in the order in which they are given.
    pub fn write(&self, changes: Vec<Change>) {
        if let Some(thread) = &self.changes {
            self.unwritten.fetch_add(1, Ordering::SeqCst);
            // Where the library could not be opened, that has been told.
            let _ = thread.send(changes);
        }
    }
}

impl Drop for LibraryWriter {
    fn drop(&mut self) {
        drop(self.changes.take());
        // Nothing is ever sent.
        if self.unwritten.load(Ordering::SeqCst) > 0 {
            let _ = self.ended.recv();
        } else {
            let _ = self.ended.recv_timeout(PATIENCE);
        }
    }
}

/// Writes until nobody sends more. What could not be written, such as on a full disk, is tried
/// again with the next change. The first change of a day has the library copied to its backup.
fn write_all(
    mut store: Store,
    (waiting, unwritten): (&Receiver<Vec<Change>>, &AtomicUsize),
    on: &impl Fn(LibraryReport),
) {
    let mut changes = Vec::new();
    let mut lists = 0;
    let mut is_told = false;
    while let Ok(first) = waiting.recv() {
        for more in std::iter::once(first).chain(waiting.try_iter()) {
            changes.extend(more);
            lists += 1;
        }
        match store.keep(&changes) {
            Ok(()) => {
                changes.clear();
                // The end waits for what was handed over, not for its backup.
                unwritten.fetch_sub(std::mem::take(&mut lists), Ordering::SeqCst);
                if let Err(error) = store.back_up()
                    && !std::mem::replace(&mut is_told, true)
                {
                    on(LibraryReport::Failed(error.to_string()));
                }
            }
            // Said when it was opened.
            Err(LibraryError::ReadOnly { .. }) if store.access() == Access::ReadOnly => {
                changes.clear();
                unwritten.fetch_sub(std::mem::take(&mut lists), Ordering::SeqCst);
            }
            Err(error) => on(LibraryReport::Failed(error.to_string())),
        }
    }
    if !changes.is_empty() {
        // The last chance; its failure has been told.
        let _ = store.keep(&changes);
    }
}

/// What the library knows of a corpus's articles, as the filter asks for it. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct LibraryFacts {
    /// Which article is which.
    pub keys: ContentKeys,
    /// What is kept.
    pub state: Arc<State>,
    /// The stories, once they are known.
    pub survey: Option<Arc<Survey>>,
}

impl Facts for LibraryFacts {
    fn has_tag(&self, article: ArticleId, tag: &str) -> bool {
        let tag = fold(tag);
        self.keys
            .get(article)
            .is_some_and(|key| self.state.tags(key).any(|known| fold(known) == tag))
    }

    fn is_read(&self, article: ArticleId) -> bool {
        self.keys
            .get(article)
            .is_some_and(|key| self.state.is_read(key))
    }

    /// A story is known by any part of its title.
    fn is_in_story(&self, article: ArticleId, story: &str) -> bool {
        let survey = self.survey.as_ref();
        let heading = survey.and_then(|known| known.heading(known.stories.of(article)?));
        heading.is_some_and(|heading| fold(&heading.title).contains(&fold(story)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ContentKey;
    use std::sync::mpsc;

    #[test]
    fn what_was_handed_over_is_on_disk_when_the_keeper_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.db");
        let key = ContentKey::of("satu");
        let library_writer = LibraryWriter::start(path.clone(), |_| {});
        library_writer.write(vec![Change::Read(key, true)]);
        library_writer.write(vec![Change::Tag(key, "cek".into(), true)]);
        drop(library_writer);
        let state = Store::open(&path).unwrap().load().unwrap();
        assert!(state.is_read(key));
        assert_eq!(state.tags(key).collect::<Vec<_>>(), ["cek"]);
    }

    #[test]
    fn a_library_that_cannot_be_opened_is_told_and_harms_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("text.db");
        std::fs::write(&path, "no database, but long enough to be looked at").unwrap();
        let (send, told) = mpsc::channel();
        let library_writer = LibraryWriter::start(path, move |report| send.send(report).unwrap());
        library_writer.write(vec![Change::Read(ContentKey::of("satu"), true)]);
        drop(library_writer);
        let reports: Vec<_> = told.iter().collect();
        assert!(
            matches!(&*reports, [LibraryReport::Closed(_)]),
            "{reports:?}"
        );
    }
}
