//! `kutip variants`: lists utterances that several articles report, with all wordings.

use super::outcome::{Error, Outcome};
use super::session::ViewArgs;
use crate::export::Column;

/// The columns of a table, which has a line for each wording. The first line of an utterance has
/// its speaker.
const COLUMNS: &[Column] = &[
    Column::left("speaker"),
    Column::left("outlet"),
    Column::moment("published"),
    Column::left("article"),
    Column::left("text"),
];

/// Lists utterances, sorted by the date of their first wording.
pub(super) fn run(args: &ViewArgs) -> Result<Outcome, Error> {
    let session = args.corpus.load()?;
    let survey = session.survey();
    let mut relations = session.relations(survey);
    let variants = survey.variants.list().iter();
    let kept = variants.filter_map(|variant| session.kept().variant(variant));
    let groups = kept.map(|variant| relations.variant_record(&variant));
    let written = args.output.write_groups(COLUMNS, groups)?;
    Ok(session.conclude(written))
}
