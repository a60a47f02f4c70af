//! `kutip stories`: lists the stories, which are the articles of one event.

use super::outcome::{Error, Outcome};
use super::session::ViewArgs;
use crate::export::Column;
use crate::relate::StoryId;

const COLUMNS: &[Column] = &[
    Column::left("first"),
    Column::left("last"),
    Column::right("independent_texts"),
    Column::left("title"),
    Column::left("outlets"),
    Column::left("articles"),
];

/// Lists stories, sorted by their first report.
pub(super) fn run(args: &ViewArgs) -> Result<Outcome, Error> {
    let session = args.corpus.load()?;
    let survey = session.survey();
    let relations = session.relations(&survey);
    let stories = (0..survey.stories.list().len() as u32).map(StoryId);
    let rows = stories.map(|story| relations.story_row(story));
    Ok(session.conclude(args.output.write(COLUMNS, rows)?))
}
