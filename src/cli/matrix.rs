//! `kutip matrix`: counts how often each outlet quotes each speaker of a story.

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

/// Lists the cells of all stories. The count is 0 if an outlet does not quote a speaker whom others
/// quote.
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

/// Returns the record as a line of a table: with the title of the story instead of its id, and a
/// dash for an unknown outlet.
fn line(mut row: Row, survey: &Survey, cell: &Cell) -> Row {
    if let Some(heading) = survey.heading(cell.story) {
        row.set("story", &*heading.title);
    }
    if cell.outlet.is_none() {
        row.set("outlet", "–");
    }
    row
}
