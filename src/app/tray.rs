//! The tray: quotations and articles that the reader puts aside to lay them side by side.

use crate::model::{ArticleId, Corpus, QuoteId};

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

/// Whether something lies on the tray now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lies {
    /// It does.
    On,
    /// It does not.
    Off,
}

/// What was put aside, in that order, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tray {
    entries: Vec<Entry>,
}

impl Tray {
    /// Puts something on the tray, or takes it off where it lies there.
    pub fn toggle(&mut self, entry: Entry) -> Lies {
        if self.has(entry) {
            self.entries.retain(|known| *known != entry);
            Lies::Off
        } else {
            self.entries.push(entry);
            Lies::On
        }
    }

    /// Whether something lies on it.
    pub fn has(&self, entry: Entry) -> bool {
        // A tray holds a handful: a walk is cheaper than a table.
        self.entries.contains(&entry)
    }

    /// What lies on it, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Follows what lies on it to where a reloading put it; what is gone is taken off.
    pub fn follow_moves(&mut self, to: impl Fn(Entry) -> Option<Entry>) {
        self.entries = self.entries.iter().filter_map(|entry| to(*entry)).collect();
    }

    /// Takes everything off.
    pub fn clear(&mut self) {
        self.entries.clear();
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_twice_is_taken_off() {
        let mut tray = Tray::default();
        let entry = |number| Entry::Article(ArticleId(number));
        assert_eq!(tray.toggle(entry(2)), Lies::On);
        assert_eq!(tray.toggle(entry(1)), Lies::On);
        assert_eq!(tray.entries(), [entry(2), entry(1)]);
        assert_eq!(tray.toggle(entry(2)), Lies::Off);
        assert_eq!(tray.entries(), [entry(1)]);
    }
}
