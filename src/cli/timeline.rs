//! `kutip timeline`: statements by the date on which they were published.

use super::outcome::{Error, Outcome};
use super::output::{OutputArgs, write_all};
use super::session::{PathArgs, conclude};
use crate::export::{Column, QuoteParts, Row, quote_rows};
use crate::model::{Article, Published};

const COLUMNS: &[Column] = &[
    Column::left("published"),
    Column::left("outlet"),
    Column::left("speaker"),
    Column::left("text"),
];

/// Arguments of `kutip timeline`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    paths: PathArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Lists statements by date; those of articles without a date come last.
pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let loaded = args.paths.load()?;
    let mut articles: Vec<_> = loaded.corpus.iter().map(|(_, article)| article).collect();
    articles.sort_by_cached_key(|article| moment(article.structure.published.as_ref()));
    let rows = articles.into_iter().flat_map(statements);
    let written = write_all(args.output.writer(COLUMNS), rows)?;
    Ok(conclude(written, &loaded))
}

/// What sorts by time: the moment in world time where the zone is known, else the page's own.
fn moment(published: Option<&Published>) -> (bool, Option<chrono::NaiveDateTime>) {
    let local = published.map(|published| {
        published.moment().map_or_else(
            || published.date.and_time(published.time.unwrap_or_default()),
            |moment| moment.naive_utc(),
        )
    });
    (local.is_none(), local)
}

fn statements(article: &Article) -> impl Iterator<Item = Row> + '_ {
    let published = article
        .structure
        .published
        .as_ref()
        .map(ToString::to_string);
    quote_rows(article, QuoteParts::default()).map(move |quote| {
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
