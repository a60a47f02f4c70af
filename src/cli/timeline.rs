//! `kutip timeline`: lists statements by their date of publication.

use super::outcome::{Error, Outcome};
use super::session::{SurveyArgs, ViewArgs};
use crate::export::{Column, Picked, QuoteParts, StatementRecord, quote_records};
use crate::model::Published;

const COLUMNS: &[Column] = &[
    Column::moment("published"),
    Column::left("outlet"),
    Column::left("speaker"),
    Column::left("text"),
];

/// Lists statements by date; those of articles without a date come last.
pub(super) fn run(args: &ViewArgs) -> Result<Outcome, Error> {
    let session = args.corpus.load()?;
    let survey = session.survey_for(&args.output, SurveyArgs::default());
    let mut picked: Vec<_> = session.picked(survey).collect();
    picked.sort_by_cached_key(|one| moment(one.article.structure.published.as_ref()));
    let records = picked.into_iter().flat_map(statements);
    Ok(session.conclude(args.output.write(COLUMNS, records)?))
}

/// Returns the sort key of a date of publication: in UTC if the time zone is known, else the local
/// time of the page. A missing date comes last.
fn moment(published: Option<&Published>) -> (bool, Option<chrono::NaiveDateTime>) {
    let local = published.map(|published| {
        published.moment().map_or_else(
            || published.date.and_time(published.time.unwrap_or_default()),
            |moment| moment.naive_utc(),
        )
    });
    (local.is_none(), local)
}

fn statements(picked: Picked<'_>) -> impl Iterator<Item = StatementRecord<'_>> {
    let quotes = quote_records(picked, QuoteParts::default());
    quotes.map(|quote| StatementRecord {
        published: quote.published,
        published_at: quote.published_at,
        quote: quote.id,
        article: quote.article,
        outlet: quote.outlet,
        speaker: quote.speaker,
        people: quote.people.unwrap_or_default(),
        text: quote.text,
    })
}
