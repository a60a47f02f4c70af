//! Watches files, and reports a change once after a burst of changes has ended.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::ingest::Watched;

/// Time without further changes after which a change is reported, because saving one file causes
/// several events.
const QUIET_TIME: Duration = Duration::from_millis(300);
/// Maximum time from the first change to its report, even if changes continue, because a crawl may
/// write for hours.
const MAX_DELAY: Duration = Duration::from_secs(2);

/// Watches files and folders for changes until it is dropped.
#[derive(Debug)]
pub struct FileWatch {
    _watcher: RecommendedWatcher,
}

impl FileWatch {
    /// Starts to watch the files and folders `watched`. After each burst of changes, `on` is called
    /// from a separate thread. Files whose path begins with `own` are written by this program, and
    /// changes to them are ignored.
    ///
    /// # Errors
    /// Returns a message that says why changes cannot be watched.
    pub fn start(
        watched: &[Watched],
        own: Option<PathBuf>,
        on: impl Fn() + Send + 'static,
    ) -> Result<Self, String> {
        let (send, events) = channel();
        let own = own.and_then(|own| std::path::absolute(own).ok());
        let is_wanted = wanted(watched, own);
        let handler = move |event: notify::Result<Event>| {
            // An error means that events were lost, so files may have changed.
            let is_change = event.map_or(true, |event| is_wanted(&event));
            if is_change {
                // An error means that nobody listens any more.
                let _ = send.send(());
            }
        };
        let told = |error: notify::Error| format!("changes cannot be watched: {error}");
        let mut events_of = notify::recommended_watcher(handler).map_err(told)?;
        for Watched { folder, file } in watched {
            let mode = match file {
                Some(_) => RecursiveMode::NonRecursive,
                None => RecursiveMode::Recursive,
            };
            events_of.watch(folder, mode).map_err(told)?;
        }
        std::thread::spawn(move || report_bursts(&events, on));
        Ok(Self {
            _watcher: events_of,
        })
    }
}

/// Returns a function that says whether a file system event changes one of the watched files. Files
/// whose path begins with `own` do not count.
fn wanted(watched: &[Watched], own: Option<PathBuf>) -> impl Fn(&Event) -> bool + use<> {
    let folders: Vec<PathBuf> = watched
        .iter()
        .filter(|watched| watched.file.is_none())
        .map(|watched| watched.folder.clone())
        .collect();
    let files: Vec<PathBuf> = watched
        .iter()
        .filter_map(|watched| Some(watched.folder.join(watched.file.as_ref()?)))
        .collect();
    let is_own = move |path: &Path| {
        // A database creates files next to its own, whose names are its name with a suffix.
        own.as_ref().is_some_and(|own| {
            path.as_os_str()
                .as_encoded_bytes()
                .starts_with(own.as_os_str().as_encoded_bytes())
        })
    };
    let is_read = move |path: &PathBuf| {
        let is_named = files.contains(path);
        let is_below = folders.iter().any(|folder| path.starts_with(folder));
        (is_named || is_below) && !is_own(path)
    };
    move |event: &Event| {
        // Reading a file does not change it.
        !matches!(event.kind, EventKind::Access(_))
            && (event.need_rescan() || event.paths.iter().any(&is_read))
    }
}

/// Calls `on` after each burst of events. Returns when the channel is disconnected.
fn report_bursts(events: &Receiver<()>, on: impl Fn()) {
    while events.recv().is_ok() {
        let first = Instant::now();
        loop {
            match events.recv_timeout(QUIET_TIME) {
                Ok(()) if first.elapsed() < MAX_DELAY => {}
                Ok(()) | Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        on();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn a_change_in_a_folder_or_to_a_named_file_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let (below, named) = (folder.path().join("a"), folder.path().join("b"));
        std::fs::create_dir_all(below.join("deep")).unwrap();
        std::fs::create_dir_all(&named).unwrap();
        let watched = [
            Watched {
                folder: below.clone(),
                file: None,
            },
            Watched {
                folder: named.clone(),
                file: Some("satu.txt".into()),
            },
        ];
        let (send, told) = mpsc::channel();
        let _watch = FileWatch::start(&watched, None, move || send.send(()).unwrap()).unwrap();
        for path in [below.join("deep/dua.txt"), named.join("satu.txt")] {
            std::fs::write(path, "Kami siap.").unwrap();
            assert!(told.recv_timeout(Duration::from_mins(1)).is_ok());
        }
    }

    #[test]
    fn what_is_not_read_and_what_is_only_read_does_not_count() {
        let watched = [Watched {
            folder: "/berita".into(),
            file: None,
        }];
        let is_wanted = wanted(&watched, Some("/berita/library.db".into()));
        let event = |path: &str| {
            Event::new(EventKind::Modify(notify::event::ModifyKind::Any)).add_path(path.into())
        };
        assert!(is_wanted(&event("/berita/a/b.txt")));
        assert!(!is_wanted(&event("/lain/b.txt")));
        assert!(!is_wanted(&event("/berita/library.db-wal")));
        let read = Event::new(EventKind::Access(notify::event::AccessKind::Any));
        assert!(!is_wanted(&read.add_path("/berita/a".into())));
    }
}
