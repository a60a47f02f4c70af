//! The tray: quotations and articles that the user collects for a comparison.

use crate::library::Anchor;
use crate::model::{Article, ArticleId, Corpus, QuoteId};
use crate::text::ByteSpan;

/// An article or utterance on the tray.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entry {
    /// A whole article.
    Article(ArticleId),
    /// An utterance, identified by the first of the quotations that are its pieces.
    Quote(QuoteId),
}

impl Entry {
    /// Returns the article of the entry, or the article that contains its utterance.
    pub fn article(self) -> ArticleId {
        match self {
            Self::Article(id) => id,
            Self::Quote(quote) => quote.article,
        }
    }
}

/// An item of the tray: the passage as the library stores it, and its entry in this corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrayItem {
    /// The anchor that the library stores, by which the passage can be found again.
    pub place: Anchor,
    /// The article or utterance in this corpus, or `None` if the passage is not in it.
    pub entry: Option<Entry>,
}

/// The items of the tray, in order and without duplicates. The tray mirrors the one that the
/// library stores, and adds which article or utterance of this corpus each item is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tray {
    items: Vec<TrayItem>,
    searched: Stage,
}

/// How much of the corpus was loaded when passages were looked up in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// The number of reloads before.
    pub edition: u32,
    /// Whether the whole corpus had been read.
    pub is_whole: bool,
}

impl Tray {
    /// Returns whether an article or utterance is on the tray.
    pub fn has(&self, entry: Entry) -> bool {
        // A tray holds few entries, so a linear search is cheaper than a table.
        self.items.iter().any(|item| item.entry == Some(entry))
    }

    /// Returns the articles and utterances on the tray that are in this corpus, in order.
    pub fn entries(&self) -> Vec<Entry> {
        self.items.iter().filter_map(|item| item.entry).collect()
    }

    /// Returns all items of the tray in order, including those that are not in this corpus.
    pub fn items(&self) -> &[TrayItem] {
        &self.items
    }

    /// Adds an item whose entry is known, just before the library stores its passage, so that
    /// [`Self::follow`] need not look it up.
    pub(super) fn record(&mut self, item: TrayItem) {
        self.items.push(item);
    }

    /// Sets the contents of the tray to `places`. `find` looks up passages that are new and, if
    /// `stage` has changed, also those that were not found before.
    pub(super) fn follow(
        &mut self,
        places: &[&Anchor],
        stage: Stage,
        find: impl FnOnce(&[&Anchor]) -> Vec<Option<Entry>>,
    ) {
        let is_same = places
            .iter()
            .copied()
            .eq(self.items.iter().map(|item| &item.place));
        if is_same && stage == self.searched {
            return;
        }
        if stage.edition != self.searched.edition {
            // Identifiers of articles have changed, so all passages are looked up again by text and
            // name.
            self.items.clear();
        }
        let is_tried = |place: &Anchor| {
            let known = self.items.iter().find(|item| item.place == *place)?;
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
        let items = places.iter().zip(tried).map(|(place, tried)| TrayItem {
            place: (*place).clone(),
            entry: tried.unwrap_or_else(|| found.next().flatten()),
        });
        self.items = items.collect();
        self.searched = stage;
    }
}

/// Returns the anchor by which the library stores an entry, or `None` if the corpus does not
/// contain the entry.
pub fn place_of(corpus: &Corpus, entry: Entry) -> Option<Anchor> {
    let article = corpus.get(entry.article())?;
    let span = match entry {
        Entry::Article(_) => None,
        Entry::Quote(quote) => Some(utterance_span(article, quote)?),
    };
    Some(Anchor::of(article, span))
}

/// Returns the entry at a span of an article: the utterance with exactly this span, else the first
/// one that overlaps it. Without a span, returns the article.
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

/// Returns the first piece of the utterance that a quotation belongs to. The tray identifies an
/// utterance by its first piece.
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

/// Returns the span from the first piece of an utterance to its last. `id` is any of its pieces.
pub fn utterance_span(article: &Article, id: QuoteId) -> Option<ByteSpan> {
    let own = article.quotes.get(id.index as usize)?;
    let pieces = article.quotes.iter().filter(|q| q.group == own.group);
    Some(pieces.fold(own.span, |span, piece| span.join(piece.span)))
}
