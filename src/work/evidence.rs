//! What compares and exports passages: asked for by the reader, answered at once.

use std::path::PathBuf;

use crate::export::{ENDINGS, Evidence, FileKind, save, write_articles};
use crate::language::Packs;
use crate::model::{ArticleId, Corpus};
use crate::relate::{Row, Side, compare_passages, compare_sides};

/// Passages or articles to be laid side by side.
#[derive(Clone, Debug)]
pub struct CompareRequest {
    /// Whose.
    pub corpus: Corpus,
    /// The sides, in order.
    pub sides: Vec<Side>,
}

impl CompareRequest {
    /// The passages that belong together. One passage of each side is one row, alike or not.
    pub fn run(&self, packs: &Packs) -> Vec<Row> {
        let single = |side: &Side| match side {
            Side::Passages(passages) => match &passages[..] {
                [passage] => Some(*passage),
                _ => None,
            },
            Side::Article(_) => None,
        };
        let singles: Option<Vec<_>> = self.sides.iter().map(single).collect();
        match singles {
            Some(passages) => vec![compare_passages((&self.corpus, packs), &passages)],
            None => compare_sides((&self.corpus, packs), &self.sides),
        }
    }
}

/// What goes into a file.
#[derive(Clone, Debug)]
pub enum Exported {
    /// Articles with their quotations.
    Articles(Vec<ArticleId>),
    /// Passages side by side.
    SideBySide(Vec<Side>),
    /// One passage after another.
    List(Vec<Side>),
}

/// Something to be written to a file.
#[derive(Clone, Debug)]
pub struct ExportRequest {
    /// The file; its ending tells the format.
    pub path: PathBuf,
    /// The heading.
    pub title: String,
    /// Whose articles and passages.
    pub corpus: Corpus,
    /// What goes into the file.
    pub what: Exported,
}

impl ExportRequest {
    /// Writes the file and says so.
    ///
    /// # Errors
    /// What went wrong, as a sentence.
    pub fn run(&self, packs: &Packs) -> Result<String, String> {
        let shown = self.path.display();
        let kind = FileKind::of(&self.path).ok_or_else(|| format!("{shown}: {ENDINGS}"))?;
        // What is overwritten cannot be had back.
        if self.path.is_file() {
            return Err(format!("{shown} is there already: choose another name"));
        }
        let rows = self.rows(packs);
        let written = save(&self.path, |out| {
            if let Exported::Articles(ids) = &self.what {
                let articles = ids.iter().filter_map(|id| self.corpus.get(*id));
                write_articles(articles, kind, out)
            } else {
                let evidence = Evidence {
                    title: &self.title,
                    corpus: &self.corpus,
                    rows: &rows,
                };
                evidence.write(kind, out)
            }
        });
        match written {
            Ok(()) => Ok(format!("written: {shown}")),
            Err(error) => Err(format!("{shown} cannot be written: {error}")),
        }
    }

    fn rows(&self, packs: &Packs) -> Vec<Row> {
        let compare = |sides: Vec<Side>| {
            let corpus = self.corpus.clone();
            CompareRequest { corpus, sides }.run(packs)
        };
        match &self.what {
            Exported::Articles(_) => Vec::new(),
            Exported::SideBySide(sides) => compare(sides.clone()),
            Exported::List(sides) => {
                let each = sides.iter().map(|side| compare(vec![side.clone()]));
                each.flatten().collect()
            }
        }
    }
}
