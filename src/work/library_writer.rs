//! Opens, reads and writes the library on a thread of its own. Every change is written at once.
//! Errors are reported, and the program continues without the library.

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
use crate::search::{Facts, Speakers};
use crate::text::fold;

/// A report of the thread that reads and writes the library.
#[derive(Debug)]
pub enum LibraryReport {
    /// The library is open. Holds its state and whether it can be written.
    Opened(Box<State>, Access),
    /// The library cannot be opened, for the given reason. Changes last until the program ends.
    Closed(String),
    /// Changes could not be written, for the given reason.
    Failed(String),
}

/// Maximum time that dropping the writer waits for the thread if nothing is left to write. It is
/// enough to close the library; a library that another program has locked could take longer.
const MAX_WAIT: Duration = Duration::from_millis(100);

/// A handle to the library's thread. Dropping it waits until pending changes are written, and ends
/// the thread.
#[derive(Debug)]
pub struct LibraryWriter {
    changes: Option<Sender<Vec<Change>>>,
    /// Number of lists of changes that were submitted and are not yet written.
    unwritten: Arc<AtomicUsize>,
    /// A channel without messages. It is disconnected when the thread has ended, for whatever
    /// reason.
    ended: Receiver<()>,
}

impl LibraryWriter {
    /// Opens the library at `path` on a new thread, which calls `on` with each report.
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

    /// Submits changes, which are written soon and in the order of submission.
    pub fn write(&self, changes: Vec<Change>) {
        if let Some(thread) = &self.changes {
            self.unwritten.fetch_add(1, Ordering::SeqCst);
            // An error means that the library could not be opened, which was reported.
            let _ = thread.send(changes);
        }
    }
}

impl Drop for LibraryWriter {
    fn drop(&mut self) {
        drop(self.changes.take());
        // The channel carries no messages; it is only disconnected.
        if self.unwritten.load(Ordering::SeqCst) > 0 {
            let _ = self.ended.recv();
        } else {
            let _ = self.ended.recv_timeout(MAX_WAIT);
        }
    }
}

/// Writes the changes that arrive from `waiting` until this channel is disconnected. Changes that
/// could not be written, for example because the disk is full, are tried again with the next
/// change. The first change of a day also backs up the library.
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
                // Dropping the writer waits for submitted changes, but not for the backup.
                unwritten.fetch_sub(std::mem::take(&mut lists), Ordering::SeqCst);
                if let Err(error) = store.back_up()
                    && !std::mem::replace(&mut is_told, true)
                {
                    on(LibraryReport::Failed(error.to_string()));
                }
            }
            // This was reported when the library was opened.
            Err(LibraryError::ReadOnly { .. }) if store.access() == Access::ReadOnly => {
                changes.clear();
                unwritten.fetch_sub(std::mem::take(&mut lists), Ordering::SeqCst);
            }
            Err(error) => on(LibraryReport::Failed(error.to_string())),
        }
    }
    if !changes.is_empty() {
        // This is the last attempt. The failure was reported before.
        let _ = store.keep(&changes);
    }
}

/// The facts that the filter needs about the articles of a corpus: their tags, read marks and
/// stories. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct LibraryFacts {
    /// The content keys of the articles, by which the library refers to them.
    pub keys: ContentKeys,
    /// The contents of the library.
    pub state: Arc<State>,
    /// The survey that contains the stories, once it is done.
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

    /// Returns whether the title of the article's story contains `story`, ignoring case and
    /// accents.
    fn is_in_story(&self, article: ArticleId, story: &str) -> bool {
        let survey = self.survey.as_ref();
        let heading = survey.and_then(|known| known.heading(known.stories.of(article)?));
        heading.is_some_and(|heading| fold(&heading.title).contains(&fold(story)))
    }

    fn speakers(&self) -> Option<&dyn Speakers> {
        self.survey.as_deref().map(|survey| survey as &dyn Speakers)
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
