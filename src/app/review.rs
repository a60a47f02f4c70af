//! The review of quotations whose speaker is not certain, one after another.

use super::App;
use super::overlay::{Kind, Overlay};
use super::people::Review;
use super::picker::{Choice, Item, Picker};
use super::sidebar::confidence_sign;
use crate::model::{Confidence, QuoteId};
use crate::text::head;

/// Maximum length of the words of a quotation, in bytes.
const SHOWN: usize = 400;
/// Maximum width of the overlay in columns.
const WIDE: u16 = 120;

/// Collects the quotations of the listed articles whose speaker is not certain and was not checked
/// yet.
pub fn uncertain(app: &App) -> Review {
    let survey = app.surveyed();
    let is_checked =
        |id: QuoteId| survey.is_some_and(|survey| survey.directory.checked(id).is_some());
    let articles = app.list.ids.iter();
    let known = articles.filter_map(|id| Some((*id, app.corpus.get(*id)?)));
    let quotes = known.flat_map(|(article, known)| {
        let quotes = (0..).zip(&known.quotes);
        let unsure = quotes
            .filter(|(_, quote)| quote.confidence != Confidence::Sure && quote.within.is_none());
        unsure.map(move |(index, _)| QuoteId { article, index })
    });
    Review {
        quotes: quotes.filter(|id| !is_checked(*id)).collect(),
        at: 0,
    }
}

/// Returns the overlay of the current quotation: its words, who was found, and who else may speak.
pub fn review(app: &App, review: Review, candidates: &[Box<str>]) -> Option<Overlay> {
    let id = review.current()?;
    let (article, quote) = app.corpus.quote(id)?;
    let found = article.speaker(quote);
    let words = Item {
        lead: app.tr("words").to_owned(),
        ..Item::default()
    };
    let spoken = article.words(quote.span);
    let words = words.saying(app, None, (id, head(&spoken, SHOWN)));
    let name = found.clone();
    let name = name.unwrap_or_else(|| app.tr("unattributed").to_owned());
    let accepted = Item {
        lead: app.tr("found").to_owned(),
        text: format!("{name}{}", confidence_sign(quote.confidence)),
        choice: Choice::Accept,
        ..Item::default()
    };
    let others = candidates
        .iter()
        .filter(|name| found.as_deref() != Some(name));
    let others = others.map(|name| Item {
        lead: app.tr("or").to_owned(),
        text: name.to_string(),
        choice: Choice::Candidate(name.clone()),
        ..Item::default()
    });
    let items = [words, accepted].into_iter().chain(others).collect();
    let place = (review.at + 1).to_string();
    let count = review.quotes.len().to_string();
    let title = app.fill("Who speaks? {0} of {1}", &[&place, &count]);
    let mut picker = Picker::new(&title, "", items).wide(WIDE);
    picker.cursor.at = 1;
    Some(Overlay::new(picker, Kind::Review(review)))
}
