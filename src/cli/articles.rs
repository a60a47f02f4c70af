//! `kutip articles`: one record per article.

use super::outcome::{Error, Outcome};
use super::session::{SurveyArgs, ViewArgs};
use crate::export::{ArticleParts, Column, article_record};

const COLUMNS: &[Column] = &[
    Column::left("id"),
    Column::moment("published"),
    Column::left("outlet"),
    Column::left("title"),
    Column::right("words"),
    Column::right("quotes"),
];

/// Arguments of `kutip articles`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    survey: SurveyArgs,
    /// Add the body (paragraphs and subheads)
    #[arg(long)]
    body: bool,
    /// Add the full text, to which offsets refer
    #[arg(long)]
    text: bool,
}

/// Lists articles.
pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let session = args.view.corpus.load()?;
    let parts = ArticleParts {
        body: args.body.into(),
        text: args.text.into(),
        ..ArticleParts::default()
    };
    let survey = session.survey_for(&args.view.output, args.survey);
    let records = session.picked(survey).map(|picked| {
        let quotes = picked.article.quotes.len();
        article_record(picked, parts, quotes)
    });
    Ok(session.conclude(args.view.output.write(COLUMNS, records)?))
}
