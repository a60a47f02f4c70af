//! Layout of long articles in the background. To lay out a whole one would take longer than the
//! time between two key presses, so its opening is shown at once, and [`LayoutRequest::run`] lays
//! out the whole in another thread.

use super::page::{Page, Setting};
use super::utterances::Utterances;
use crate::model::{Article, ArticleId, Corpus};
use crate::search::{Highlights, Query, highlights};

/// Length of a text in bytes above which its article is long. A shorter text is laid out within
/// some milliseconds.
const LONG_ARTICLE: usize = 256 << 10;

/// Number of bytes at the beginning of a long article that are laid out at once: several screens.
pub(super) const OPENING_LEN: usize = 64 << 10;

/// Returns whether an article is too long to be laid out between two key presses.
pub fn is_long(article: &Article) -> bool {
    article.text.len() > LONG_ARTICLE
}

/// The inputs of a layout besides the article. A layout made from other inputs is outdated.
#[derive(Clone, Debug, PartialEq)]
pub struct LayoutInputs {
    /// The settings of the page, such as its width.
    pub setting: Setting,
    /// The query of the filter, whose matches are highlighted.
    pub query: Query,
}

/// A request to lay out a long article in another thread.
#[derive(Clone, Debug)]
pub struct LayoutRequest {
    /// The corpus that contains the article.
    pub corpus: Corpus,
    /// The article to lay out.
    pub id: ArticleId,
    /// The settings and the query for which to lay the article out.
    pub inputs: LayoutInputs,
}

/// The finished layout of a long article.
#[derive(Clone, Debug)]
pub struct FinishedLayout {
    /// The article that was laid out.
    pub id: ArticleId,
    /// The settings and the query for which the article was laid out.
    pub inputs: LayoutInputs,
    /// The layout of the whole article.
    pub page: Page,
    /// The numbered utterances of the article.
    pub utterances: Utterances,
    /// The passages of the article that match the filter.
    pub highlights: Highlights,
}

impl LayoutRequest {
    /// Lays out the whole article. Returns `None` if the corpus does not contain it. Time is linear
    /// in the text, so this must not run on the thread that handles keys.
    pub fn run(&self) -> Option<FinishedLayout> {
        let article = self.corpus.get(self.id)?;
        let utterances = Utterances::of(article);
        Some(FinishedLayout {
            id: self.id,
            page: Page::new(article, &utterances, self.inputs.setting),
            highlights: highlights_of(article, &self.inputs.query),
            utterances,
            inputs: self.inputs.clone(),
        })
    }
}

/// Returns the passages of an article that match `query`; none if `query` is empty.
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
            let utterances = Utterances::before(&article, OPENING_LEN);
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
