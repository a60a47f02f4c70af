//! The matrix: which outlet quotes which speaker, how often, and whom it leaves out. Of one story as
//! [`Cell`]s for tables, of a story or the whole corpus as a [`Grid`] for the screen.

use std::collections::{BTreeMap, HashMap};

use super::{StoryId, Survey};
use crate::model::{Article, ArticleId, Corpus, QuoteId};
use crate::people::{Person, PersonId};

/// One cell: the quotations of one speaker in one outlet's reports of one story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The story.
    pub story: StoryId,
    /// The outlet; `None` for articles of unknown outlets.
    pub outlet: Option<Box<str>>,
    /// The speaker.
    pub speaker: PersonId,
    /// The quotations in the order in which they were read. Empty if the outlet reports the story
    /// without this speaker, whom others quote.
    pub quotes: Vec<QuoteId>,
}

impl Survey {
    /// Returns the cells of one story: each of its outlets with each of its speakers, sorted by
    /// outlet, then by speaker. Empty for an unknown story.
    pub fn matrix(&self, corpus: &Corpus, story: StoryId) -> Vec<Cell> {
        self.matrix_of((corpus, story), &|_| true, &|_, _| true)
    }

    /// Returns the cells of one story as [`Survey::matrix`] does, of the articles that `is_kept`
    /// accepts. A quotation counts for a speaker if `counts` accepts both.
    pub fn matrix_of(
        &self,
        (corpus, story): (&Corpus, StoryId),
        is_kept: &dyn Fn(ArticleId) -> bool,
        counts: &dyn Fn(QuoteId, PersonId) -> bool,
    ) -> Vec<Cell> {
        let mut quoted: BTreeMap<(Option<Box<str>>, PersonId), Vec<QuoteId>> = BTreeMap::new();
        let (mut outlets, mut speakers) = (Vec::new(), Vec::new());
        let articles = self
            .stories
            .get(story)
            .map_or(&[][..], |story| &story.articles);
        for (id, article) in articles
            .iter()
            .filter(|id| is_kept(**id))
            .filter_map(|id| Some((*id, corpus.get(*id)?)))
        {
            let outlet: Option<Box<str>> = article.outlet().map(Box::from);
            outlets.push(outlet.clone());
            for index in 0..article.quotes.len() as u32 {
                let quote = QuoteId { article: id, index };
                let speaking = self.directory.speakers_of(quote).iter();
                for speaker in speaking.filter(|speaker| counts(quote, **speaker)) {
                    speakers.push(*speaker);
                    let cell = quoted.entry((outlet.clone(), *speaker)).or_default();
                    cell.push(quote);
                }
            }
        }
        speakers.sort_unstable();
        speakers.dedup();
        outlets.sort_unstable();
        outlets.dedup();
        let cells = outlets
            .iter()
            .flat_map(|outlet| speakers.iter().map(|speaker| (outlet.clone(), *speaker)));
        cells
            .map(|(outlet, speaker)| Cell {
                story,
                quotes: quoted
                    .remove(&(outlet.clone(), speaker))
                    .unwrap_or_default(),
                outlet,
                speaker,
            })
            .collect()
    }
}

/// Which articles a [`Grid`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GridScope {
    /// The articles of one story.
    Story(StoryId),
    /// All articles of the corpus.
    All,
}

/// One outlet of a grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridColumn {
    /// The name of the outlet, or `None` for articles of unknown outlets.
    pub name: Option<Box<str>>,
    /// The number of its articles in the scope.
    pub articles: usize,
}

/// One speaker of a grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridRow {
    /// The identifier of the speaker.
    pub speaker: PersonId,
    /// The speaker's name.
    pub name: Box<str>,
    /// The speaker's quotations in each outlet, in the order of [`Grid::columns`].
    pub cells: Vec<Vec<QuoteId>>,
}

impl GridRow {
    /// Returns the number of the speaker's quotations in all outlets together.
    pub fn count(&self) -> usize {
        self.cells.iter().map(Vec::len).sum()
    }

    /// Returns the number of outlets that quote the speaker.
    pub fn spread(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }
}

/// How often each outlet quotes each speaker, in a story or in the whole corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Which articles are counted.
    pub scope: GridScope,
    /// The title of the story; empty for the whole corpus.
    pub title: String,
    /// The outlets: those of a story by name, those of a corpus by their number of articles.
    pub columns: Vec<GridColumn>,
    /// The speakers, those quoted by most outlets first.
    pub rows: Vec<GridRow>,
    /// The number of speakers that are left out because others are quoted more often.
    pub left_out: usize,
    /// The number of texts in the scope, counting copies of one text once, if it is a story.
    pub independent: Option<usize>,
}

/// Maximum number of speakers in a grid of the whole corpus: more than anyone scrolls through.
const MAX_ROWS: usize = 1000;

impl Grid {
    /// Counts who is quoted where. Returns `None` for an unknown story, or if cancelled.
    pub fn of(
        (corpus, survey): (&Corpus, &Survey),
        scope: GridScope,
        is_cancelled: &dyn Fn() -> bool,
    ) -> Option<Self> {
        match scope {
            GridScope::Story(story) => Self::of_story((corpus, survey), story),
            GridScope::All => Self::of_all((corpus, survey), is_cancelled),
        }
    }

    fn of_story((corpus, survey): (&Corpus, &Survey), id: StoryId) -> Option<Self> {
        let story = survey.stories.get(id)?;
        let mut columns: Vec<GridColumn> = Vec::new();
        let mut rows: Vec<GridRow> = Vec::new();
        // Cells are sorted by outlet, then by speaker, and every outlet has a cell for every
        // speaker.
        for cell in survey.matrix(corpus, id) {
            if columns.last().map(|column| &column.name) != Some(&cell.outlet) {
                columns.push(GridColumn {
                    name: cell.outlet,
                    articles: 0,
                });
            }
            match rows.iter_mut().find(|row| row.speaker == cell.speaker) {
                Some(row) => row.cells.push(cell.quotes),
                None => rows.push(GridRow {
                    speaker: cell.speaker,
                    name: name_of(survey, cell.speaker),
                    cells: vec![cell.quotes],
                }),
            }
        }
        for article in story.articles.iter().filter_map(|id| corpus.get(*id)) {
            let mut columns = columns.iter_mut();
            if let Some(column) = columns.find(|one| one.name.as_deref() == article.outlet()) {
                column.articles += 1;
            }
        }
        rows.sort_by_key(|row| std::cmp::Reverse((row.spread(), row.count())));
        Some(Self {
            scope: GridScope::Story(id),
            title: story.title(corpus).unwrap_or_default(),
            columns,
            rows,
            left_out: 0,
            independent: Some(story.independent),
        })
    }

    fn of_all(
        (corpus, survey): (&Corpus, &Survey),
        is_cancelled: &dyn Fn() -> bool,
    ) -> Option<Self> {
        let outlets = survey.trends.outlets();
        let columns = outlets.iter().map(|outlet| GridColumn {
            name: outlet.name.clone(),
            articles: outlet.articles as usize,
        });
        let names = outlets.iter().map(|outlet| outlet.name.as_deref());
        let place: HashMap<Option<&str>, usize> = names.zip(0..).collect();
        let mut people: Vec<(PersonId, &Person)> = survey.directory.iter().collect();
        people.sort_by_key(|(_, person)| std::cmp::Reverse(person.quotes.len()));
        let mut rows = Vec::new();
        for (speaker, person) in people.iter().take(MAX_ROWS) {
            if is_cancelled() {
                return None;
            }
            let mut cells = vec![Vec::new(); outlets.len()];
            for id in &person.quotes {
                let outlet = corpus.get(id.article).map(Article::outlet);
                let at = outlet.and_then(|outlet| place.get(&outlet));
                if let Some(cell) = at.and_then(|at| cells.get_mut(*at)) {
                    cell.push(*id);
                }
            }
            rows.push(GridRow {
                speaker: *speaker,
                name: person.name.clone(),
                cells,
            });
        }
        rows.sort_by_key(|row| std::cmp::Reverse(row.count()));
        Some(Self {
            scope: GridScope::All,
            title: String::new(),
            columns: columns.collect(),
            left_out: people.len() - rows.len(),
            rows,
            independent: None,
        })
    }

    /// Returns the number of articles in the scope.
    pub fn articles(&self) -> usize {
        self.columns.iter().map(|column| column.articles).sum()
    }

    /// Returns the number of quotations in one column, of the speakers that are listed.
    pub fn count_in(&self, column: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.cells.get(column));
        cells.map(Vec::len).sum()
    }
}

fn name_of(survey: &Survey, id: PersonId) -> Box<str> {
    let person = survey.directory.get(id);
    person.map_or_else(|| "?".into(), |person| person.name.clone())
}
