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
    let relations = session.relations(survey);
    let stories = (0..).map(StoryId).zip(survey.stories.list());
    let kept = stories.filter_map(|(id, story)| Some((id, session.kept().story(story, survey)?)));
    let records = kept.map(|(id, story)| relations.story_record(id, &story));
    Ok(session.conclude(args.output.write(COLUMNS, records)?))
}
