//! Computes the content keys (hashes of the texts) of all articles of a growing corpus. Belongs on
//! a background thread, because each key takes one pass over the text.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::library::{Anchor, AnchorStatus};
use crate::model::{ArticleId, ContentKey, Corpus, Segment};
use crate::text::ByteSpan;

/// The content keys of the articles of a corpus, segment by segment. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct ContentKeys {
    segments: Arc<[Keys]>,
}

#[derive(Clone, Debug)]
struct Keys {
    first: u32,
    keys: Arc<[ContentKey]>,
}

impl Keys {
    fn of(segment: &Arc<Segment>) -> Self {
        let keys = segment.articles.par_iter();
        let keys: Vec<_> = keys.map(|a| a.text.key()).collect();
        Self {
            first: segment.first,
            keys: keys.into(),
        }
    }
}

impl ContentKeys {
    /// Computes the content keys of all articles of `corpus`.
    pub fn of(corpus: &Corpus) -> Self {
        Self::default().extended(corpus)
    }

    /// Returns these keys, extended by the keys of those segments of `corpus` that have none yet.
    #[must_use]
    pub fn extended(&self, corpus: &Corpus) -> Self {
        let new = corpus.segments().iter().skip(self.segments.len());
        let segments = self.segments.iter().cloned().chain(new.map(Keys::of));
        Self {
            segments: segments.collect(),
        }
    }

    /// Returns the number of segments whose articles have keys.
    pub fn segments(&self) -> usize {
        self.segments.len()
    }

    /// Returns the content key of an article, or `None` if it has not been computed. Takes time
    /// logarithmic in the number of segments.
    pub fn get(&self, id: ArticleId) -> Option<ContentKey> {
        let after = self.segments.partition_point(|keys| keys.first <= id.0);
        let keys = self.segments.get(after.checked_sub(1)?)?;
        keys.keys.get((id.0 - keys.first) as usize).copied()
    }

    /// Returns, for each of the wanted keys that occurs, the first article with it. Takes one pass
    /// over all keys.
    pub fn find(&self, wanted: &HashSet<ContentKey>) -> HashMap<ContentKey, ArticleId> {
        let mut found = HashMap::new();
        if wanted.is_empty() {
            return found;
        }
        for keys in &*self.segments {
            for (number, key) in (keys.first..).zip(&*keys.keys) {
                if wanted.contains(key) {
                    found.entry(*key).or_insert(ArticleId(number));
                }
            }
        }
        found
    }

    /// Returns where anchors are in a corpus whose keys these are: the article, and the passage
    /// unless the anchor is to the whole article. An article is recognized by its exact text, else
    /// by its name if the words of the anchor occur in it once. Makes one pass over the corpus.
    pub fn locate(&self, corpus: &Corpus, places: &[&Anchor]) -> Vec<Option<Located>> {
        let wanted: HashSet<_> = places.iter().map(|place| place.article).collect();
        let by_text = self.find(&wanted);
        let lost = places.iter().filter(|p| !by_text.contains_key(&p.article));
        let names: HashSet<&str> = lost.map(|place| &*place.key).collect();
        let articles = corpus.iter().filter(|_| !names.is_empty());
        let by_name: HashMap<&str, ArticleId> = articles
            .filter(|(_, article)| names.contains(&*article.key))
            .map(|(id, article)| (&*article.key, id))
            .collect();
        let locate = |place: &&Anchor| {
            let id = by_text.get(&place.article);
            let id = *id.or_else(|| by_name.get(&*place.key))?;
            match place.status(corpus.get(id)?, self.get(id)?) {
                AnchorStatus::Here(span) => Some((id, span)),
                AnchorStatus::Moved(span) => Some((id, Some(span))),
                AnchorStatus::Orphaned => None,
            }
        };
        places.iter().map(locate).collect()
    }
}

/// Where an anchor is: its article, and its passage unless it is to the whole article.
pub type Located = (ArticleId, Option<ByteSpan>);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Article;

    #[test]
    fn keys_grow_with_the_corpus_and_find_their_articles() {
        let article = |text: &str| Article {
            text: text.into(),
            ..Article::default()
        };
        let early = Corpus::from_articles(vec![article("satu"), article("dua")]);
        let late = early.with(Vec::new()).with(vec![article("tiga")]);
        let keys = ContentKeys::of(&early).extended(&late);
        assert_eq!(keys.get(ArticleId(2)), Some(ContentKey::of("tiga")));
        assert_eq!(keys.get(ArticleId(3)), None);
        let wanted = HashSet::from([ContentKey::of("dua"), ContentKey::of("empat")]);
        let found = keys.find(&wanted);
        assert_eq!(found.get(&ContentKey::of("dua")), Some(&ArticleId(1)));
        assert_eq!(found.len(), 1);
    }
}
