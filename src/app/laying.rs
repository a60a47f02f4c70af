//! Articles too long to be laid out between two keys: their opening is shown at once, and the
//! whole is made elsewhere, by [`LayOut::run`].

use super::page::{Page, Setting};
use super::utterances::Utterances;
use crate::model::{Article, ArticleId, Corpus};
use crate::search::{Highlights, Query, highlights};

/// Bytes of text above which an article is long: laying out less takes some milliseconds.
const LONG: usize = 256 << 10;

/// Bytes of a long article that are laid out at once: some screens.
pub(super) const OPENING: usize = 64 << 10;

/// Whether an article is too long to be laid out between two keys.
pub fn is_long(article: &Article) -> bool {
    article.text.len() > LONG
}

/// What a long article is laid out for.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// How.
    pub setting: Setting,
    /// The filter whose matches are lit.
    pub query: Query,
}

/// A long article that is to be laid out.
#[derive(Clone, Debug)]
pub struct LayOut {
    /// Where it is.
    pub corpus: Corpus,
    /// Which one.
    pub id: ArticleId,
    /// For what.
    pub goal: Goal,
}

/// A long article that is laid out.
#[derive(Clone, Debug)]
pub struct LaidOut {
    /// Which one.
    pub id: ArticleId,
    /// For what.
    pub goal: Goal,
    /// All of it.
    pub page: Page,
    /// Its quotations.
    pub utterances: Utterances,
    /// Where it matches the filter.
    pub lit: Highlights,
}

impl LayOut {
    /// Lays the whole article out; `None` where the corpus does not hold it. Linear in its text:
    /// not for the thread that takes keys.
    pub fn run(&self) -> Option<LaidOut> {
        let article = self.corpus.get(self.id)?;
        let utterances = Utterances::of(article);
        Some(LaidOut {
            id: self.id,
            page: Page::new(article, &utterances, self.goal.setting),
            lit: highlights_of(article, &self.goal.query),
            utterances,
            goal: self.goal.clone(),
        })
    }
}

/// Where an article matches a filter.
pub(super) fn highlights_of(article: &Article, query: &Query) -> Highlights {
    if query.is_empty() {
        Highlights::default()
    } else {
        highlights(query, article)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Numbers;
    use crate::model::{Block, BlockKind};
    use crate::text::ByteSpan;

    fn long(paragraph: &str, count: usize) -> Article {
        let mut article = Article {
            text: paragraph.repeat(count).into(),
            ..Article::default()
        };
        let starts = (0..count).map(|number| number * paragraph.len());
        let spans = starts.map(|start| ByteSpan::new(start, start + paragraph.trim_end().len()));
        let kind = BlockKind::Paragraph;
        article.structure.blocks = spans.map(|span| Block { kind, span }).collect();
        article
    }

    #[test]
    fn the_opening_of_a_long_article_is_how_the_whole_begins() {
        let line = "Laut pasang naik di Lareng, kata Wali Kota. ";
        let (many, one) = (
            long(&format!("{line}\n"), 8000),
            long(&line.repeat(8000), 1),
        );
        for article in [many, one] {
            assert!(is_long(&article));
            let setting = Setting {
                width: 72,
                furniture: crate::app::page::Furniture::Folded,
                numbers: Numbers::Brackets,
            };
            let utterances = Utterances::before(&article, OPENING);
            let opening = Page::opening(&article, &utterances, setting);
            let whole = Page::new(&article, &Utterances::of(&article), setting);
            // The last three rows: where it was cut, a blank one, and what says so.
            let same = opening.rows.len() - 3;
            assert!(same > 500 && same < whole.rows.len() / 3);
            assert_eq!(opening.rows[..same], whole.rows[..same]);
        }
    }
}
