//! What the user decided about people and about the speakers of quotations, for one corpus.

use super::ContentKeys;
use crate::library::{SpeakerChoice, State};
use crate::model::Corpus;
use crate::people::{Join, Joins, SaidBy};

/// Returns the decisions of a library about people, with those about quotations that are in a
/// corpus. `keys` are the content keys of the corpus.
pub fn decisions(state: &State, keys: &ContentKeys, corpus: &Corpus) -> Joins {
    let mut joins = state.joins();
    let places: Vec<_> = state.speakers().keys().collect();
    if places.is_empty() {
        return joins;
    }
    let located = keys.locate(corpus, &places);
    for (found, choice) in located.into_iter().zip(state.speakers().values()) {
        let said = found.and_then(|(id, span)| {
            Some(Join::Said {
                article: corpus.get(id)?.key.clone(),
                span: span?,
                by: match choice {
                    SpeakerChoice::Accepted => SaidBy::Found,
                    SpeakerChoice::Named(name) => SaidBy::Name(name.clone()),
                    SpeakerChoice::Nobody => SaidBy::Nobody,
                },
            })
        });
        joins.0.extend(said);
    }
    joins
}
