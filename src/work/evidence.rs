//! Compares and exports passages synchronously. [`CompareWorker`](super::CompareWorker) does so in
//! the background.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::config::Sentence;
use crate::export::{ENDINGS, Evidence, FileKind, write_articles};
use crate::files::{Existing, is_taken, save};
use crate::language::Packs;
use crate::model::{ArticleId, Corpus};
use crate::relate::{Row, Side, compare_passages, compare_sides};

/// Passages or articles to compare side by side.
#[derive(Clone, Debug)]
pub struct CompareRequest {
    /// Corpus that contains the sides.
    pub corpus: Corpus,
    /// The sides, in order.
    pub sides: Vec<Side>,
}

impl CompareRequest {
    /// Returns the rows of passages that belong together, or `None` if cancelled.
    pub fn run(&self, packs: &Packs, cancel: &AtomicBool) -> Option<Vec<Row>> {
        compare((&self.corpus, packs), &self.sides, cancel)
    }
}

/// Compares sides. If every side is a single passage, they form one row, similar or not.
fn compare(known: (&Corpus, &Packs), sides: &[Side], cancel: &AtomicBool) -> Option<Vec<Row>> {
    let single = |side: &Side| match side {
        Side::Passages(passages) => match &passages[..] {
            [passage] => Some(*passage),
            _ => None,
        },
        Side::Article(_) => None,
    };
    let singles: Option<Vec<_>> = sides.iter().map(single).collect();
    match singles {
        Some(passages) => Some(vec![compare_passages(known, &passages)]),
        None => compare_sides(known, sides, &|| cancel.load(Ordering::Relaxed)),
    }
}

/// What an export contains.
#[derive(Clone, Debug)]
pub enum Exported {
    /// Articles with their quotations.
    Articles(Vec<ArticleId>),
    /// Passages in columns, side by side.
    SideBySide(Vec<Side>),
    /// Passages one after another.
    List(Vec<Side>),
}

impl Exported {
    /// Returns the number of items.
    pub fn len(&self) -> usize {
        match self {
            Self::Articles(ids) => ids.len(),
            Self::SideBySide(sides) | Self::List(sides) => sides.len(),
        }
    }

    /// Returns whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The cancellation flag and the progress callback of an export.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    /// Set to cancel the export.
    pub cancel: &'a AtomicBool,
    /// Called with the number of items written so far.
    pub progress: &'a dyn Fn(usize),
}

impl Watch<'_> {
    fn is_cancelled(self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    /// Wraps an iterator so that it counts and reports its items, and ends once cancelled.
    fn over<'w, T>(self, things: impl Iterator<Item = T> + 'w) -> impl Iterator<Item = T> + 'w
    where
        Self: 'w,
    {
        let mut done = 0;
        things
            .take_while(move |_| !self.is_cancelled())
            .inspect(move |_| {
                done += 1;
                if done % REPORT_EVERY == 0 {
                    (self.progress)(done);
                }
            })
    }
}

/// Number of items between two progress reports.
const REPORT_EVERY: usize = 256;

/// A request to write a file.
#[derive(Clone, Debug)]
pub struct ExportRequest {
    /// Path of the file. Its extension determines the format.
    pub path: PathBuf,
    /// What to do if the file exists.
    pub existing: Existing,
    /// Heading of the document.
    pub title: String,
    /// Corpus that contains the articles and passages.
    pub corpus: Corpus,
    /// Content of the file.
    pub what: Exported,
}

impl ExportRequest {
    /// Writes the file and returns a sentence that says so. If cancelled, removes what was written.
    ///
    /// # Errors
    /// Returns a sentence that says what went wrong.
    pub fn run(&self, packs: &Packs, watch: Watch) -> Result<Sentence, Sentence> {
        let shown = self.path.display();
        let kind = FileKind::of(&self.path);
        let kind = kind.ok_or_else(|| Sentence::new("{0}: {1}", &[&shown, &ENDINGS]))?;
        // Overwriting a file would lose its content for good.
        let there = "{0} exists already: choose another name, or add ! to replace it";
        let there = || Err(Sentence::new(there, &[&shown]));
        if self.existing == Existing::Keep && is_taken(&self.path) {
            return there();
        }
        let rows = self.rows(packs, watch);
        let written = save(&self.path, self.existing, |out| {
            if let Exported::Articles(ids) = &self.what {
                let articles = ids.iter().filter_map(|id| self.corpus.get(*id));
                write_articles(watch.over(articles), kind, out)?;
            } else {
                let evidence = Evidence {
                    title: &self.title,
                    corpus: &self.corpus,
                    rows: &rows,
                };
                evidence.write(kind, out)?;
            }
            if watch.is_cancelled() {
                return Err(io::ErrorKind::Interrupted.into());
            }
            Ok(())
        });
        match written {
            Ok(()) => Ok(Sentence::new("written: {0}", &[&shown])),
            Err(_) if watch.is_cancelled() => {
                Ok(Sentence::new("stopped: {0} was not written", &[&shown]))
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => there(),
            Err(error) => Err(Sentence::new(
                "{0} cannot be written: {1}",
                &[&shown, &error],
            )),
        }
    }

    /// Returns the rows to write. There are none for whole articles, and fewer if cancelled.
    fn rows(&self, packs: &Packs, watch: Watch) -> Vec<Row> {
        let compare = |sides: &[Side]| {
            compare((&self.corpus, packs), sides, watch.cancel).unwrap_or_default()
        };
        match &self.what {
            Exported::Articles(_) => Vec::new(),
            Exported::SideBySide(sides) => compare(sides),
            Exported::List(sides) => {
                let each = watch.over(sides.iter());
                each.flat_map(|side| compare(std::slice::from_ref(side)))
                    .collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::model::Article;

    #[test]
    fn a_file_that_is_stopped_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let article = || Article {
            text: "Satu.".into(),
            ..Article::default()
        };
        let corpus = Corpus::from_articles((0..2 * REPORT_EVERY).map(|_| article()).collect());
        let ids: Vec<_> = corpus.iter().map(|(id, _)| id).collect();
        let export = |name: &str, stop_at: usize| {
            let (cancel, told) = (AtomicBool::new(false), Cell::new(0));
            let progress = |done| {
                told.set(done);
                cancel.store(done >= stop_at, Ordering::Relaxed);
            };
            let watch = Watch {
                cancel: &cancel,
                progress: &progress,
            };
            let request = ExportRequest {
                path: folder.path().join(name),
                existing: Existing::Keep,
                title: "Semua".to_owned(),
                corpus: corpus.clone(),
                what: Exported::Articles(ids.clone()),
            };
            (request.run(&Packs::embedded(), watch), told.get())
        };
        let (stopped, told) = export("a.jsonl", REPORT_EVERY);
        assert!(stopped.unwrap().to_string().starts_with("stopped"));
        assert_eq!(told, REPORT_EVERY);
        assert_eq!(folder.path().read_dir().unwrap().count(), 0);
        let (written, told) = export("b.jsonl", usize::MAX);
        assert!(written.unwrap().to_string().starts_with("written"));
        assert_eq!(told, 2 * REPORT_EVERY);
    }
}
