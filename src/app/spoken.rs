//! Items of lists that show quotations: the speaker's name in the speaker's colour, and the words as
//! they were said or reported.

use super::App;
use super::picker::{Ink, Item, Shade};
use crate::model::QuoteId;

impl Item {
    /// Returns the item with `name` and the words of a quotation as its text. The name has the
    /// colour of its speaker.
    #[must_use]
    pub fn saying(mut self, app: &App, name: Option<&str>, (id, words): (QuoteId, &str)) -> Self {
        let Some((_, quote)) = app.corpus.quote(id) else {
            return self;
        };
        if let Some(name) = name {
            let shade = Shade::Speaker(app.hue_of(id));
            self.inks.push(Ink::of_text(0, name.len(), shade));
            self.text = format!("{name}: ");
        }
        let start = self.text.len();
        self.text.push_str(&quote.kind.in_marks(words));
        if quote.kind.is_reported() {
            let end = self.text.len();
            self.inks.push(Ink::of_text(start, end, Shade::Reported));
        }
        self
    }

    /// Returns the item with the name of a quotation's speaker in the first column, in the speaker's
    /// colour.
    #[must_use]
    pub fn spoken_by(mut self, app: &App, id: QuoteId, name: String) -> Self {
        let shade = Shade::Speaker(app.hue_of(id));
        self.inks.push(Ink::of_lead(0, name.len(), shade));
        self.lead = name;
        self
    }
}
