//! Layout of long articles. They would take too long to lay out between two key presses, so their
//! opening is shown at once and [`LayOut::run`] lays out the whole in another thread.

use super::page::{Page, Setting};
use super::utterances::Utterances;
use crate::model::{Article, ArticleId, Corpus};
use crate::search::{Highlights, Query, highlights};

/// Size in bytes above which an article is long. Less text is laid out in some milliseconds.
const LONG: usize = 256 << 10;

/// Bytes of a long article that are laid out at once: several screens.
pub(super) const OPENING: usize = 64 << 10;

/// Returns whether an article is too long to be laid out between two key presses.
pub fn is_long(article: &Article) -> bool {
    article.text.len() > LONG
}

/// The inputs of the layout of a long article.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// The settings of the page.
    pub setting: Setting,
    /// The filter whose matches are highlighted.
    pub query: Query,
}

/// A request to lay out a long article.
#[derive(Clone, Debug)]
pub struct LayOut {
    /// The corpus that contains the article.
    pub corpus: Corpus,
    /// The article.
    pub id: ArticleId,
    /// The inputs of the layout.
    pub goal: Goal,
}

/// The layout of a long article.
#[derive(Clone, Debug)]
pub struct LaidOut {
    /// The article.
    pub id: ArticleId,
    /// The inputs of the layout.
    pub goal: Goal,
    /// The whole page.
    pub page: Page,
    /// The quotations of the article.
    pub utterances: Utterances,
    /// The matches of the filter.
    pub lit: Highlights,
}

impl LayOut {
    /// Lays out the whole article. Returns `None` if the corpus does not contain it. Time is linear
    /// in the text, so this must not run on the thread that handles keys.
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

/// Returns the matches of a filter in an article.
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
            // The last three rows differ: the row where the text was cut, a blank row, and a
            // notice.
            let same = opening.rows.len() - 3;
            assert!(same > 500 && same < whole.rows.len() / 3);
            assert_eq!(opening.rows[..same], whole.rows[..same]);
        }
    }
}
