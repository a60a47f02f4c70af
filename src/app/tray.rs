//! The tray: quotations and articles that the user collects for a comparison.

use crate::library::Anchor;
use crate::model::{Article, ArticleId, Corpus, QuoteId};
use crate::text::ByteSpan;

/// An entry of the tray.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entry {
    /// A whole article.
    Article(ArticleId),
    /// An utterance, identified by its first piece.
    Quote(QuoteId),
}

impl Entry {
    /// Returns the article, or the article that contains the utterance.
    pub fn article(self) -> ArticleId {
        match self {
            Self::Article(id) => id,
            Self::Quote(quote) => quote.article,
        }
    }
}

/// A passage on the tray, with its entry in this corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laid {
    /// The anchor that the library stores.
    pub place: Anchor,
    /// The entry in this corpus, or `None` if the passage is not in it.
    pub entry: Option<Entry>,
}

/// The contents of the tray in order, without duplicates. It mirrors the tray of the library and
/// adds the entries in this corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tray {
    laid: Vec<Laid>,
    searched: Stage,
}

/// How much of which corpus was searched for passages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// The number of reloads.
    pub edition: u32,
    /// Whether the whole corpus had been read.
    pub is_whole: bool,
}

impl Tray {
    /// Returns whether an entry is on the tray.
    pub fn has(&self, entry: Entry) -> bool {
        // A tray holds few entries, so a linear search is cheaper than a table.
        self.laid.iter().any(|laid| laid.entry == Some(entry))
    }

    /// Returns the entries that are in this corpus, in order.
    pub fn entries(&self) -> Vec<Entry> {
        self.laid.iter().filter_map(|laid| laid.entry).collect()
    }

    /// Returns all passages on the tray, in order.
    pub fn laid(&self) -> &[Laid] {
        &self.laid
    }

    /// Records the entry of a passage that is about to be put on the tray.
    pub(super) fn know(&mut self, laid: Laid) {
        self.laid.push(laid);
    }

    /// Sets the contents of the tray. `find` looks up passages that are new, and at a new stage
    /// also those that were not found before.
    pub(super) fn follow(
        &mut self,
        places: &[&Anchor],
        stage: Stage,
        find: impl FnOnce(&[&Anchor]) -> Vec<Option<Entry>>,
    ) {
        let is_same = places
            .iter()
            .copied()
            .eq(self.laid.iter().map(|laid| &laid.place));
        if is_same && stage == self.searched {
            return;
        }
        if stage.edition != self.searched.edition {
            // Identifiers of articles have changed, so all passages are looked up again by text and
            // name.
            self.laid.clear();
        }
        let is_tried = |place: &Anchor| {
            let known = self.laid.iter().find(|laid| laid.place == *place)?;
            (known.entry.is_some() || stage == self.searched).then_some(known.entry)
        };
        let tried: Vec<_> = places.iter().map(|place| is_tried(place)).collect();
        let wanted = places
            .iter()
            .zip(&tried)
            .filter(|(_, tried)| tried.is_none());
        let wanted: Vec<_> = wanted.map(|(place, _)| *place).collect();
        let mut found = if wanted.is_empty() {
            Vec::new()
        } else {
            find(&wanted)
        }
        .into_iter();
        let laid = places.iter().zip(tried).map(|(place, tried)| Laid {
            place: (*place).clone(),
            entry: tried.unwrap_or_else(|| found.next().flatten()),
        });
        self.laid = laid.collect();
        self.searched = stage;
    }
}

/// Returns the anchor of an entry, as the library stores it.
pub fn place_of(corpus: &Corpus, entry: Entry) -> Option<Anchor> {
    let article = corpus.get(entry.article())?;
    let span = match entry {
        Entry::Article(_) => None,
        Entry::Quote(quote) => Some(utterance_span(article, quote)?),
    };
    Some(Anchor::of(article, span))
}

/// Returns the entry at a span of an article: the utterance with exactly this span, else the first
/// one that overlaps it.
pub fn entry_at(corpus: &Corpus, id: ArticleId, span: Option<ByteSpan>) -> Option<Entry> {
    let Some(span) = span else {
        return Some(Entry::Article(id));
    };
    let article = corpus.get(id)?;
    let quotes = (0..article.quotes.len() as u32).map(|index| QuoteId { article: id, index });
    let near = quotes.filter(|quote| {
        let known = article.quotes.get(quote.index as usize);
        known.is_some_and(|quote| quote.span.start < span.end && span.start < quote.span.end)
    });
    let near: Vec<QuoteId> = near.map(|quote| first_piece(corpus, quote)).collect();
    let exact = |quote: &&QuoteId| utterance_span(article, **quote) == Some(span);
    let found = near.iter().find(exact).or(near.first());
    found.copied().map(Entry::Quote)
}

/// Returns the first piece of the utterance that a quotation belongs to. The tray identifies the
/// utterance by it.
pub fn first_piece(corpus: &Corpus, quote: QuoteId) -> QuoteId {
    let Some((article, own)) = corpus.quote(quote) else {
        return quote;
    };
    let index = article
        .quotes
        .iter()
        .position(|other| other.group == own.group);
    QuoteId {
        index: index.map_or(quote.index, |index| index as u32),
        ..quote
    }
}

/// Returns the span from the first piece of an utterance to its last.
pub fn utterance_span(article: &Article, id: QuoteId) -> Option<ByteSpan> {
    let own = article.quotes.get(id.index as usize)?;
    let pieces = article.quotes.iter().filter(|q| q.group == own.group);
    Some(pieces.fold(own.span, |span, piece| span.join(piece.span)))
}
