//! Compares and exports passages synchronously. [`CompareWorker`](super::CompareWorker) does so in
//! the background.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::config::Sentence;
use crate::export::{
    ARTICLE_ENDINGS, ENDINGS, Evidence, FileKind, Mark, Picked, Relations, write_articles,
};
use crate::files::{Existing, is_taken, save};
use crate::language::Packs;
use crate::model::{ArticleId, Corpus};
use crate::relate::{Row, Side, Survey, compare_passages, compare_sides};

/// Passages or articles to compare side by side.
#[derive(Clone, Debug)]
pub struct CompareRequest {
    /// The corpus that contains the articles of `sides`.
    pub corpus: Corpus,
    /// The passages or articles to compare, one column each, in order.
    pub sides: Vec<Side>,
}

impl CompareRequest {
    /// Compares the sides and returns rows of passages that belong together, or `None` if
    /// cancelled.
    pub fn run(&self, packs: &Packs, cancel: &AtomicBool) -> Option<Vec<Row>> {
        compare((&self.corpus, packs), &self.sides, cancel)
    }
}

/// Compares passages or articles and returns rows of passages that belong together. If every side
/// is a single passage, they form one row, whether similar or not. Returns `None` if cancelled.
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

/// What an export writes.
#[derive(Clone, Debug)]
pub enum Exported {
    /// Whole articles with their quotations.
    Articles(Vec<ArticleId>),
    /// Passages that are compared, in columns side by side.
    SideBySide(Vec<Side>),
    /// Passages that are not compared, one after another.
    List(Vec<Side>),
}

impl Exported {
    /// Returns the number of articles or passages to export.
    pub fn len(&self) -> usize {
        match self {
            Self::Articles(ids) => ids.len(),
            Self::SideBySide(sides) | Self::List(sides) => sides.len(),
        }
    }

    /// Returns whether there is nothing to export.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The cancellation flag and the progress callback of an export.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    /// The flag that cancels the export when it is set.
    pub cancel: &'a AtomicBool,
    /// The callback for the number of items written so far.
    pub progress: &'a dyn Fn(usize),
}

impl Watch<'_> {
    fn is_cancelled(self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    /// Wraps an iterator over the exported items. It reports their number now and then, and ends
    /// once the export is cancelled.
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

/// A request to write an export to a file.
#[derive(Clone, Debug)]
pub struct ExportRequest {
    /// Path of the file. Its extension determines the format.
    pub path: PathBuf,
    /// What to do if the file exists already.
    pub existing: Existing,
    /// The heading of the exported document.
    pub title: String,
    /// Corpus that contains the articles and passages.
    pub corpus: Corpus,
    /// The articles or passages to write.
    pub what: Exported,
    /// What is known of the corpus as a whole, once it is surveyed.
    pub survey: Option<Arc<Survey>>,
}

impl ExportRequest {
    /// Writes the file and returns a sentence for the user that says so. If cancelled, removes what
    /// was written and returns a sentence that says that.
    ///
    /// # Errors
    /// Returns a sentence for the user that says what went wrong.
    pub fn run(&self, packs: &Packs, watch: Watch) -> Result<Sentence, Sentence> {
        let shown = self.path.display();
        let are_articles = matches!(self.what, Exported::Articles(_));
        let kind = FileKind::of(&self.path);
        let kind = kind.filter(|kind| are_articles || kind.holds_passages());
        let endings = if are_articles {
            ARTICLE_ENDINGS
        } else {
            ENDINGS
        };
        let kind = kind.ok_or_else(|| Sentence::new("{0}: {1}", &[&shown, &endings]))?;
        // Overwriting a file would lose its content for good.
        let there = "{0} exists already: choose another name, or add ! to replace it";
        let there = || Err(Sentence::new(there, &[&shown]));
        if self.existing == Existing::Keep && is_taken(&self.path) {
            return there();
        }
        let rows = self.rows(packs, watch);
        let written = save(&self.path, self.existing, |out| {
            if let Exported::Articles(ids) = &self.what {
                let survey = self.survey.as_deref();
                let relations = survey.map(|survey| Relations::new((&self.corpus, packs), survey));
                let picked = ids.iter().filter_map(|id| {
                    let surveyed = relations.as_ref();
                    Some(Picked {
                        surveyed: surveyed.map(|relations| relations.surveyed(*id)),
                        ..Picked::whole(self.corpus.get(*id)?)
                    })
                });
                write_articles(watch.over(picked), (kind, Mark::None), out)?;
            } else {
                let evidence = Evidence {
                    title: &self.title,
                    corpus: &self.corpus,
                    rows: &rows,
                    people: self.survey.as_ref().map(|survey| &survey.directory),
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

    /// Returns the rows of passages to write. There are none if whole articles are exported, and
    /// fewer if the export is cancelled.
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
                survey: None,
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
