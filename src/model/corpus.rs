//! Corpora: snapshots of immutable segments, published while a load continues.

use std::sync::Arc;

use super::{Article, Quote};

/// The number of an article in a corpus, counted from 0. It stays the same in later snapshots of
/// the same load.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(pub u32);

/// The position of a quotation in a corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuoteId {
    /// The article that contains the quotation.
    pub article: ArticleId,
    /// The index of the quotation in `Article::quotes`.
    pub index: u32,
}

/// A batch of articles that were loaded together. It is never changed afterwards.
#[derive(Clone, Debug, Default)]
pub struct Segment {
    /// The number of the first article (see [`ArticleId`]).
    pub first: u32,
    /// The articles, numbered consecutively from `first`.
    pub articles: Vec<Article>,
}

/// A snapshot of the articles loaded so far. Cheap to clone. A later snapshot shares all segments
/// of an earlier one.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    segments: Arc<[Arc<Segment>]>,
    len: usize,
}

impl Corpus {
    /// Creates a corpus of one segment.
    pub fn from_articles(articles: Vec<Article>) -> Self {
        Self::default().with(articles)
    }

    /// Returns a later snapshot of this corpus, with `articles` appended. Costs one pointer per
    /// segment.
    #[must_use]
    pub fn with(&self, articles: Vec<Article>) -> Self {
        let len = self.len + articles.len();
        let segment = Arc::new(Segment {
            first: self.len as u32,
            articles,
        });
        let segments = self
            .segments
            .iter()
            .cloned()
            .chain(std::iter::once(segment))
            .collect();
        Self { segments, len }
    }

    /// Returns a new corpus of the articles `ids`, in that order, each once and numbered anew.
    /// Moves the articles if no other snapshot shares them, and copies them otherwise.
    #[must_use]
    pub fn select(mut self, ids: &[ArticleId]) -> Self {
        let segments: Vec<Arc<Segment>> = match Arc::get_mut(&mut self.segments) {
            Some(own) => own.iter_mut().map(std::mem::take).collect(),
            None => self.segments.to_vec(),
        };
        let articles = segments.into_iter().flat_map(|segment| {
            Arc::try_unwrap(segment)
                .map_or_else(|shared| shared.articles.clone(), |segment| segment.articles)
        });
        let mut articles: Vec<Option<Article>> = articles.map(Some).collect();
        let taken = ids
            .iter()
            .filter_map(|id| articles.get_mut(id.0 as usize)?.take());
        Self::from_articles(taken.collect())
    }

    /// Returns this corpus with some of its articles changed: each of `changes` names an article,
    /// and the value with which `change` is called on it.
    ///
    /// Identifiers stay valid, but the result does not continue this corpus: whatever was computed
    /// from this corpus must be computed again. Articles that no other snapshot shares are changed
    /// in place; of the others, the affected segments are copied.
    #[must_use]
    pub fn change<T>(
        mut self,
        changes: &[(ArticleId, T)],
        change: impl Fn(&mut Article, &T),
    ) -> Self {
        if changes.is_empty() {
            return self;
        }
        let mut segments: Vec<Arc<Segment>> = match Arc::get_mut(&mut self.segments) {
            Some(own) => own.iter_mut().map(std::mem::take).collect(),
            None => self.segments.to_vec(),
        };
        // By the first one, corpora are told apart.
        if let Some(first) = segments.first_mut() {
            Arc::make_mut(first);
        }
        for (id, with) in changes {
            let after = segments.partition_point(|segment| segment.first <= id.0);
            let segment = after.checked_sub(1).and_then(|at| segments.get_mut(at));
            if let Some(segment) = segment {
                let place = (id.0 - segment.first) as usize;
                if let Some(article) = Arc::make_mut(segment).articles.get_mut(place) {
                    change(article, with);
                }
            }
        }
        Self {
            segments: segments.into(),
            len: self.len,
        }
    }

    /// Returns whether this corpus is `earlier` or a later snapshot of the same load. If not, the
    /// identifiers of one are meaningless in the other.
    pub fn continues(&self, earlier: &Self) -> bool {
        match (self.segments.first(), earlier.segments.first()) {
            (Some(own), Some(first)) => Arc::ptr_eq(own, first),
            (_, first) => first.is_none(),
        }
    }

    /// Returns the number of articles in this snapshot.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Returns whether this snapshot has no article.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Returns the segments in the order of the numbers of their articles.
    pub fn segments(&self) -> &[Arc<Segment>] {
        &self.segments
    }

    /// Returns the article with this number, or `None` if the snapshot has none. Takes time
    /// logarithmic in the number of segments.
    pub fn get(&self, id: ArticleId) -> Option<&Article> {
        let after = self
            .segments
            .partition_point(|segment| segment.first <= id.0);
        let segment = self.segments.get(after.checked_sub(1)?)?;
        segment.articles.get((id.0 - segment.first) as usize)
    }

    /// Returns a quotation together with the article that contains it.
    pub fn quote(&self, id: QuoteId) -> Option<(&Article, &Quote)> {
        let article = self.get(id.article)?;
        Some((article, article.quotes.get(id.index as usize)?))
    }

    /// Returns all articles with their identifiers, in the order in which they were loaded.
    pub fn iter(&self) -> impl Iterator<Item = (ArticleId, &Article)> {
        self.segments
            .iter()
            .flat_map(|segment| (segment.first..).map(ArticleId).zip(&segment.articles))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(key: &str) -> Article {
        Article {
            key: key.into(),
            ..Article::default()
        }
    }

    #[test]
    fn an_identifier_keeps_its_meaning_in_later_snapshots() {
        let early = Corpus::from_articles(vec![named("a"), named("b")]);
        let late = early.with(Vec::new()).with(vec![named("c")]);
        for (id, article) in early.iter() {
            assert_eq!(late.get(id).map(|a| &a.key), Some(&article.key));
        }
        let keys: Vec<_> = late.iter().map(|(id, a)| (id.0, &*a.key)).collect();
        assert_eq!(keys, [(0, "a"), (1, "b"), (2, "c")]);
        assert!(late.get(ArticleId(3)).is_none());
    }

    #[test]
    fn a_snapshot_continues_its_own_loading_alone() {
        let early = Corpus::from_articles(vec![named("a")]);
        let late = early.with(vec![named("b")]);
        assert!(late.continues(&early) && late.continues(&late));
        assert!(early.continues(&Corpus::default()));
        assert!(!Corpus::from_articles(vec![named("a")]).continues(&early));
        assert!(!Corpus::default().continues(&early));
    }

    #[test]
    fn a_change_leaves_earlier_snapshots_as_they_are_and_continues_none() {
        let early = Corpus::from_articles(vec![named("a")]).with(vec![named("b"), named("c")]);
        let rename = |article: &mut Article, to: &&str| article.key = (*to).into();
        let late = early.clone().change(&[(ArticleId(2), "d")], rename);
        let keys = |corpus: &Corpus| -> Vec<String> {
            corpus.iter().map(|(_, a)| a.key.to_string()).collect()
        };
        assert_eq!(
            (keys(&early), keys(&late)),
            (
                ["a", "b", "c"].map(String::from).to_vec(),
                ["a", "b", "d"].map(String::from).to_vec(),
            )
        );
        assert!(!late.continues(&early) && !early.continues(&late));
        assert!(early.clone().change(&[], rename).continues(&early));
    }

    #[test]
    fn a_selection_has_its_own_order_and_numbers() {
        let corpus = Corpus::from_articles(vec![named("a"), named("b")]).with(vec![named("c")]);
        let keys = |corpus: Corpus| {
            corpus
                .iter()
                .map(|(_, a)| a.key.to_string())
                .collect::<Vec<_>>()
        };
        let ids = [ArticleId(2), ArticleId(0), ArticleId(2), ArticleId(9)];
        assert_eq!(
            keys(corpus.clone().select(&ids)),
            ["c", "a"],
            "a shared corpus is copied"
        );
        assert_eq!(keys(corpus.select(&ids)), ["c", "a"]);
    }
}
