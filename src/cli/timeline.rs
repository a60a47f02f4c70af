//! `kutip timeline`: lists statements by their date of publication.

use super::outcome::{Error, Outcome};
use super::session::ViewArgs;
use crate::export::{Column, Picked, QuoteParts, Row, people_rows};
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
    let mut picked: Vec<_> = session.picked().collect();
    picked.sort_by_cached_key(|one| moment(one.article.structure.published.as_ref()));
    let rows = picked.into_iter().flat_map(statements);
    Ok(session.conclude(args.output.write(COLUMNS, rows)?))
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

fn statements(picked: Picked<'_>) -> impl Iterator<Item = Row> {
    let article = picked.article;
    let published = article.structure.published.as_ref();
    let published = published.map(ToString::to_string);
    let quotes = people_rows(picked, QuoteParts::default());
    quotes.map(move |(_, quote)| {
        let mut row = Row::new();
        row.set("published", published.clone())
            .set("quote", quote.get("id").clone())
            .set("article", &*article.key)
            .set("outlet", article.outlet())
            .set("speaker", quote.get("speaker").clone())
            .set("people", quote.get("people").clone())
            .set("text", quote.get("text").clone());
        row
    })
}
