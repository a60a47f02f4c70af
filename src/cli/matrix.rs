//! `kutip matrix`: counts how often each outlet quotes each speaker of a story.

use super::outcome::{Error, Outcome};
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
    let relations = session.relations(survey);
    let kept = session.kept();
    let stories = (0..survey.stories.list().len() as u32).map(StoryId);
    let cells = stories.flat_map(|story| {
        let is_kept = |article| kept.has(article);
        let counts = |quote, person| kept.counts(quote, person);
        survey.matrix_of((session.corpus(), story), &is_kept, &counts)
    });
    let cells: Vec<_> = cells.collect();
    let written = if args.output.is_complete() {
        let records = cells.iter().map(|cell| relations.cell_record(cell));
        args.output.write(COLUMNS, records)?
    } else {
        let rows = cells.iter().map(|cell| {
            let row = Row::of(&relations.cell_record(cell));
            line(row, survey, cell)
        });
        args.output.write_rows(COLUMNS, rows)?
    };
    Ok(session.conclude(written))
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
