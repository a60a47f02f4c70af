//! `kutip matrix`: which outlet quotes whom in a story, how often, and whom it leaves out.

use super::outcome::{Error, Outcome};
use super::output::FormatName;
use super::session::ViewArgs;
use crate::export::{Column, Row};
use crate::relate::{Cell, StoryId, Survey};

const COLUMNS: &[Column] = &[
    Column::left("story"),
    Column::left("outlet"),
    Column::left("speaker"),
    Column::right("quotes"),
];

/// Lists the cells of all stories; 0 where an outlet leaves out a speaker whom others quote.
pub(super) fn run(args: &ViewArgs) -> Result<Outcome, Error> {
    let session = args.corpus.load()?;
    let survey = session.survey();
    let relations = session.relations(&survey);
    let stories = (0..survey.stories.list().len() as u32).map(StoryId);
    let cells = stories.flat_map(|story| survey.matrix(session.corpus(), story));
    let rows = cells.map(|cell| {
        let row = relations.cell_row(&cell);
        match args.output.format {
            FormatName::Table => line(row, &survey, &cell),
            FormatName::Jsonl | FormatName::Csv => row,
        }
    });
    Ok(session.conclude(args.output.write(COLUMNS, rows)?))
}

/// The record as a line of a table: with the story's title instead of its id, and a sign where the
/// outlet is not known.
fn line(mut row: Row, survey: &Survey, cell: &Cell) -> Row {
    if let Some(heading) = survey.heading(cell.story) {
        row.set("story", &*heading.title);
    }
    if cell.outlet.is_none() {
        row.set("outlet", "–");
    }
    row
}
