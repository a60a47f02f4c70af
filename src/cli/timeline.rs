//! `kutip timeline`: lists statements by their date of publication.

use super::outcome::{Error, Outcome};
use super::session::{Session, ViewArgs};
use crate::export::{Column, QuoteParts, Row, quote_rows};
use crate::model::{Article, Published};

const COLUMNS: &[Column] = &[
    Column::moment("published"),
    Column::left("outlet"),
    Column::left("speaker"),
    Column::left("text"),
];

/// Lists statements by date; those of articles without a date come last.
pub(super) fn run(args: &ViewArgs) -> Result<Outcome, Error> {
    let session = args.corpus.load()?;
    let mut articles: Vec<_> = session
        .corpus()
        .iter()
        .map(|(_, article)| article)
        .collect();
    articles.sort_by_cached_key(|article| moment(article.structure.published.as_ref()));
    let rows = articles
        .into_iter()
        .flat_map(|article| statements(article, &session));
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

fn statements<'a>(article: &'a Article, session: &Session) -> impl Iterator<Item = Row> + 'a {
    let published = article
        .structure
        .published
        .as_ref()
        .map(ToString::to_string);
    let kept = session.kept_quotes(article);
    let quotes = (0..).zip(quote_rows(article, QuoteParts::default()));
    let quotes = quotes.filter(move |(index, _)| kept.holds(*index));
    quotes.map(move |(_, quote)| {
        let mut row = Row::new();
        row.set("published", published.clone())
            .set("quote", quote.get("id").clone())
            .set("article", &*article.key)
            .set("outlet", article.outlet())
            .set("speaker", quote.get("speaker").clone())
            .set("text", quote.get("text").clone());
        row
    })
}
