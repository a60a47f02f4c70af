//! `kutip speakers`: lists the speakers with all their names.

use super::outcome::{Error, Outcome};
use super::session::ViewArgs;
use crate::export::{Column, speaker_record};

const COLUMNS: &[Column] = &[
    Column::left("name"),
    Column::right("quotes"),
    Column::right("articles"),
    Column::left("first"),
    Column::left("last"),
    Column::left("aliases"),
    Column::left("outlets"),
];

/// Lists speakers, those with most quotations first.
pub(super) fn run(args: &ViewArgs) -> Result<Outcome, Error> {
    let session = args.corpus.load()?;
    let people = session.kept().people(session.directory(), session.corpus());
    let records = people.iter().map(|(_, person)| speaker_record(person));
    Ok(session.conclude(args.output.write(COLUMNS, records)?))
}
