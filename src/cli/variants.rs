//! `kutip variants`: one utterance in the wordings of several articles.

use super::outcome::{Error, Outcome};
use super::session::ViewArgs;
use crate::export::Column;

/// In a table, each wording has a line; the speaker stands on the first.
const COLUMNS: &[Column] = &[
    Column::left("speaker"),
    Column::left("outlet"),
    Column::moment("published"),
    Column::left("article"),
    Column::left("text"),
];

/// Lists utterances by the date of their first wording.
pub(super) fn run(args: &ViewArgs) -> Result<Outcome, Error> {
    let session = args.corpus.load()?;
    let survey = session.survey();
    let mut relations = session.relations(&survey);
    let variants = survey.variants.list().iter();
    let groups = variants.map(|variant| relations.variant_group(variant));
    let written = args.output.write_groups(COLUMNS, groups)?;
    Ok(session.conclude(written))
}
