//! `kutip copies`: near-duplicate texts, each under the earlier one that it carries.

use super::outcome::{Error, Outcome};
use super::session::ViewArgs;
use crate::export::Column;

/// In a table, each text has a line; the title stands on the first.
const COLUMNS: &[Column] = &[
    Column::left("title"),
    Column::left("article"),
    Column::left("outlet"),
    Column::moment("published"),
    Column::left("change"),
    Column::left("copy_of"),
    Column::right("minutes_later"),
    Column::left("names"),
];

/// Lists groups of copies by the first article that was read of each.
pub(super) fn run(args: &ViewArgs) -> Result<Outcome, Error> {
    let session = args.corpus.load()?;
    let survey = session.survey();
    let relations = session.relations(survey);
    let groups = survey.copies.groups().iter();
    let is_kept = |article| session.kept().has(article);
    let groups = groups.filter_map(|group| relations.copies_record(group, &is_kept));
    let written = args.output.write_groups(COLUMNS, groups)?;
    Ok(session.conclude(written))
}
