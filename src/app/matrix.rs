//! The matrix of a story: how often each outlet quotes each speaker, and which speakers it does not
//! quote.

use super::cursor::{Cursor, Motion};
use crate::model::{Corpus, QuoteId};
use crate::people::PersonId;
use crate::relate::{StoryId, Survey};

/// The row of one speaker in a matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerRow {
    /// The identifier of the speaker.
    pub speaker: PersonId,
    /// The speaker's name.
    pub name: String,
    /// The speaker's quotations in each outlet, in the order of [`Matrix::outlets`]. Empty where
    /// the outlet does not quote the speaker.
    pub cells: Vec<Vec<QuoteId>>,
}

impl SpeakerRow {
    /// Returns the number of the speaker's quotations in all outlets together.
    pub fn count(&self) -> usize {
        self.cells.iter().map(Vec::len).sum()
    }
}

/// The matrix of one story. Outlets are columns, speakers are rows. The speakers quoted by most
/// outlets come first.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// The story that the matrix is about.
    pub story: StoryId,
    /// The title of the story.
    pub title: String,
    /// The number of the story's articles, and the number of its texts if copies of one text count
    /// once.
    pub size: (usize, usize),
    /// The names of the outlets, sorted. Articles without a known outlet are in a first one, named
    /// `?`.
    pub outlets: Vec<String>,
    /// The rows of the matrix, one per speaker.
    pub rows: Vec<SpeakerRow>,
    /// The row of the chosen speaker and the first visible row, as indices into `rows`.
    pub cursor: Cursor,
    /// The index of the chosen outlet in `outlets`.
    pub column: usize,
}

impl Matrix {
    /// Creates the matrix of a story. Returns `None` if the survey does not contain the story.
    pub fn new(survey: &Survey, corpus: &Corpus, story: StoryId) -> Option<Self> {
        let known = survey.stories.get(story)?;
        let mut outlets: Vec<Option<Box<str>>> = Vec::new();
        let mut rows: Vec<SpeakerRow> = Vec::new();
        // Cells are sorted by outlet, then by speaker, and every outlet has a cell for every
        // speaker.
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

    /// Chooses another speaker by a motion, with pages of `height` rows.
    pub fn go(&mut self, motion: Motion, height: usize) {
        self.cursor.go(motion, self.rows.len(), height);
    }

    /// Chooses the outlet `by` columns to the right of the chosen one, or to the left if `by` is
    /// negative.
    pub fn choose(&mut self, by: isize) {
        let last = self.outlets.len().saturating_sub(1);
        self.column = self.column.saturating_add_signed(by).min(last);
    }

    /// Returns the row of the chosen speaker.
    pub fn row(&self) -> Option<&SpeakerRow> {
        self.rows.get(self.cursor.at)
    }

    /// Returns the quotations of the chosen speaker in the chosen outlet.
    pub fn cell(&self) -> &[QuoteId] {
        let cell = self.row().and_then(|row| row.cells.get(self.column));
        cell.map_or(&[], Vec::as_slice)
    }
}
