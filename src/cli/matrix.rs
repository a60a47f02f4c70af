//! `kutip matrix`: which outlet quotes whom in a story, how often, and whom it leaves out.

use super::outcome::{Error, Outcome};
use super::output::OutputArgs;
use super::session::CorpusArgs;
use crate::export::Column;
use crate::relate::StoryId;

const COLUMNS: &[Column] = &[
    Column::left("story"),
    Column::left("outlet"),
    Column::left("speaker"),
    Column::right("quotes"),
];

/// Arguments of `kutip matrix`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    corpus: CorpusArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Lists the cells of all stories; 0 where an outlet leaves out a speaker whom others quote.
pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let session = args.corpus.load()?;
    let survey = session.survey();
    let relations = session.relations(&survey);
    let stories = (0..survey.stories.list().len() as u32).map(StoryId);
    let cells = stories.flat_map(|story| survey.matrix(session.corpus(), story));
    let rows = cells.map(|cell| relations.cell_row(&cell));
    Ok(session.conclude(args.output.write(COLUMNS, rows)?))
}
