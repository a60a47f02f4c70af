//! `kutip related`: the articles related to one, the closest first, with the reasons.

use std::collections::HashSet;

use super::outcome::{Error, Outcome};
use super::output::OutputArgs;
use super::paths::PathArgs;
use super::query;
use super::session::KeptArgs;
use crate::export::{Column, RelatedRecord, Row};
use crate::model::{Article, ArticleId, Corpus};
use crate::relate::Related;
use crate::search::Query;

/// The columns of a table, in which the reasons are one cell, and the title is next to the id.
const COLUMNS: &[Column] = &[
    Column::right("score"),
    Column::left("article"),
    Column::left("title"),
    Column::left("reasons"),
];

/// The number of listed articles without `--limit`: in a large corpus, nearly all articles are a
/// little related.
const USUAL_LIMIT: usize = 50;

/// Arguments of `kutip related`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    paths: PathArgs,
    #[command(flatten)]
    output: OutputArgs,
    /// The article: its id, its path, or a part of either that is unique
    #[arg(long, value_name = "ARTICLE")]
    of: String,
    /// Keep the related articles that match this query
    #[arg(long, value_name = "Q", value_parser = query::parse, allow_hyphen_values = true)]
    query: Option<Query>,
    #[command(flatten)]
    kept: KeptArgs,
}

/// Lists related articles, at most [`USUAL_LIMIT`] unless `--limit` is given.
pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let session = args.paths.load()?.with_library(&args.kept)?;
    let corpus = session.corpus();
    let id = session.article(&args.of)?;
    let kept: Option<HashSet<ArticleId>> = args
        .query
        .as_ref()
        .map(|query| session.matching(query).into_iter().collect());
    let wanted = args.output.limit.unwrap_or(USUAL_LIMIT);
    let asked = if kept.is_some() { corpus.len() } else { wanted };
    let survey = session.survey();
    let relations = session.relations(survey);
    let related = survey.related((corpus, session.packs()), id, asked);
    let is_kept = |related: &Related| {
        let kept = kept.as_ref();
        kept.is_none_or(|kept| kept.contains(&related.article))
    };
    let rows = related.iter().filter(|r| is_kept(r)).take(wanted);
    let written = if args.output.is_complete() {
        let records = rows.map(|related| relations.related_record(related));
        args.output.write(COLUMNS, records)?
    } else {
        let rows = rows.map(|related| {
            let record = relations.related_record(related);
            line(&record, corpus, related.article)
        });
        args.output.write_rows(COLUMNS, rows)?
    };
    Ok(session.conclude(written))
}

/// Returns the row of a related article for the table: reasons in words, and the title.
fn line(record: &RelatedRecord, corpus: &Corpus, id: ArticleId) -> Row {
    let reasons = record.reasons.iter();
    let details = reasons.map(|reason| format!("{}: {}", reason.kind, reason.detail));
    let details: Vec<_> = details.collect();
    let title = corpus.get(id).and_then(Article::title);
    let title = title.map(String::from);
    let mut row = Row::of(record);
    row.set("reasons", details.join(" · ")).set("title", title);
    row
}
