//! The matrix of a story: which outlet quotes whom, how often, and whom it leaves out.

use super::cursor::{Cursor, Motion};
use crate::model::{Corpus, QuoteId};
use crate::people::PersonId;
use crate::relate::{StoryId, Survey};

/// One speaker's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerRow {
    /// Who.
    pub speaker: PersonId,
    /// The name.
    pub name: String,
    /// The quotations in each outlet, in the order of [`Matrix::outlets`].
    pub cells: Vec<Vec<QuoteId>>,
}

impl SpeakerRow {
    /// Quotations in all outlets.
    pub fn count(&self) -> usize {
        self.cells.iter().map(Vec::len).sum()
    }
}

/// One story: outlets across, speakers down, those whom most outlets quote first.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// The story.
    pub story: StoryId,
    /// Its title.
    pub title: String,
    /// Its articles, and how many texts they are when copies count once.
    pub size: (usize, usize),
    /// The outlets by name; what is not known comes first, as `?`.
    pub outlets: Vec<String>,
    /// The speakers.
    pub rows: Vec<SpeakerRow>,
    /// The chosen speaker and the first visible one.
    pub cursor: Cursor,
    /// The chosen outlet.
    pub column: usize,
}

impl Matrix {
    /// The matrix of one story; `None` where there is no such story.
    pub fn new(survey: &Survey, corpus: &Corpus, story: StoryId) -> Option<Self> {
        let known = survey.stories.get(story)?;
        let mut outlets: Vec<Option<Box<str>>> = Vec::new();
        let mut rows: Vec<SpeakerRow> = Vec::new();
        // Cells come by outlet, then by speaker: every outlet has every speaker.
        for cell in survey.matrix(corpus, story) {
            if outlets.last() != Some(&cell.outlet) {
                outlets.push(cell.outlet);
            }
            let person = survey.directory.get(cell.speaker);
            match rows.iter_mut().find(|row| row.speaker == cell.speaker) {
                Some(row) => row.cells.push(cell.quotes),
                None => rows.push(SpeakerRow {
                    speaker: cell.speaker,
                    name: person.map_or_else(|| "?".to_owned(), |person| person.name.to_string()),
                    cells: vec![cell.quotes],
                }),
            }
        }
        let spread = |row: &SpeakerRow| row.cells.iter().filter(|cell| !cell.is_empty()).count();
        rows.sort_by_key(|row| std::cmp::Reverse((spread(row), row.count())));
        let outlet = |name: Option<Box<str>>| name.map_or_else(|| "?".to_owned(), String::from);
        Some(Self {
            story,
            title: known.title(corpus).unwrap_or_else(|| "untitled".to_owned()),
            size: (known.articles.len(), known.independent),
            outlets: outlets.into_iter().map(outlet).collect(),
            rows,
            cursor: Cursor::default(),
            column: 0,
        })
    }

    /// Moves to another speaker.
    pub fn go(&mut self, motion: Motion, height: usize) {
        self.cursor.go(motion, self.rows.len(), height);
    }

    /// Moves to another outlet.
    pub fn choose(&mut self, by: isize) {
        let last = self.outlets.len().saturating_sub(1);
        self.column = self.column.saturating_add_signed(by).min(last);
    }

    /// The chosen speaker.
    pub fn row(&self) -> Option<&SpeakerRow> {
        self.rows.get(self.cursor.at)
    }

    /// The quotations of the chosen cell.
    pub fn cell(&self) -> &[QuoteId] {
        let cell = self.row().and_then(|row| row.cells.get(self.column));
        cell.map_or(&[], Vec::as_slice)
    }
}
