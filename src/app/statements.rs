//! One statement, which is a quotation with its speaker and outlet, as an item of a list.

use super::App;
use super::compare::outlet_of;
use super::picker::{Choice, Item};
use crate::model::QuoteId;
use crate::text::head;

/// Returns one quotation as an item of a list: outlet, speaker and words. `indent` is put before
/// the outlet. Returns `None` if the corpus lacks the quotation.
pub fn statement(app: &App, id: QuoteId, indent: &str) -> Option<Item> {
    let (article, quote) = app.corpus.quote(id)?;
    let survey = app.surveyed();
    let name = survey.and_then(|survey| survey.directory.name_of(id));
    let name = name.or_else(|| article.speaker(quote));
    let name = name.unwrap_or_else(|| app.tr("unattributed").to_owned());
    let words = article.words(quote.span);
    let item = Item {
        lead: format!("{indent}{}", outlet_of(article, &app.view.interface)),
        note: app.tr(quote.kind.name()).to_owned(),
        choice: Choice::Quote(id),
        ..Item::default()
    };
    Some(item.saying(app, Some(&name), (id, head(&words, MAX_STATEMENT))))
}

/// Maximum number of bytes of a quotation that are shown in one line.
const MAX_STATEMENT: usize = 600;
