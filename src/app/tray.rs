//! The tray: quotations and articles that the reader puts aside to lay them side by side.

use crate::library::Anchor;
use crate::model::{Article, ArticleId, Corpus, QuoteId};
use crate::text::ByteSpan;

/// Something on the tray.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entry {
    /// A whole article.
    Article(ArticleId),
    /// An utterance, by its first piece.
    Quote(QuoteId),
}

impl Entry {
    /// Whose it is, or which it is.
    pub fn article(self) -> ArticleId {
        match self {
            Self::Article(id) => id,
            Self::Quote(quote) => quote.article,
        }
    }
}

/// A passage on the tray, and what it is in this corpus; `None` where it is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laid {
    /// As it is kept between runs.
    pub place: Anchor,
    /// As it is here.
    pub entry: Option<Entry>,
}

/// What was put aside, in that order, each once: the library's tray as this corpus has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tray {
    laid: Vec<Laid>,
    searched: Stage,
}

/// How much of a corpus there was when passages were looked for in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// How often it was read anew.
    pub edition: u32,
    /// Whether all of it was read.
    pub is_whole: bool,
}

impl Tray {
    /// Whether something lies on it.
    pub fn has(&self, entry: Entry) -> bool {
        // A tray holds a handful: a walk is cheaper than a table.
        self.laid.iter().any(|laid| laid.entry == Some(entry))
    }

    /// What lies on it and is in this corpus, in order.
    pub fn entries(&self) -> Vec<Entry> {
        self.laid.iter().filter_map(|laid| laid.entry).collect()
    }

    /// All that lies on it, in order.
    pub fn laid(&self) -> &[Laid] {
        &self.laid
    }

    /// Takes note of what a passage is here that will be laid on it.
    pub(super) fn know(&mut self, laid: Laid) {
        self.laid.push(laid);
    }

    /// Lays these passages on it. Passages that it does not know, and at another stage those that
    /// were not there, are looked for by `find`.
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
            // What lies there is kept by its text and name, not by its number.
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

/// The place of an entry in its article, as it is kept.
pub fn place_of(corpus: &Corpus, entry: Entry) -> Option<Anchor> {
    let article = corpus.get(entry.article())?;
    let span = match entry {
        Entry::Article(_) => None,
        Entry::Quote(quote) => Some(utterance_span(article, quote)?),
    };
    Some(Anchor::of(article, span))
}

/// The entry at a place of an article: the utterance that stands exactly there, else the one that
/// begins there or goes on there.
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

/// The first piece of the utterance that a quotation is part of: what the tray knows it by.
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

/// From the first piece of an utterance to its last.
pub fn utterance_span(article: &Article, id: QuoteId) -> Option<ByteSpan> {
    let own = article.quotes.get(id.index as usize)?;
    let pieces = article.quotes.iter().filter(|q| q.group == own.group);
    Some(pieces.fold(own.span, |span, piece| span.join(piece.span)))
}
