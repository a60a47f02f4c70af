//! Passages side by side: the columns that are compared, the chosen column, and the scroll position
//! of each. The layout of words on the screen is left to [`sheet`].

pub mod line;
mod pieces;
pub mod sheet;
mod stack;

use super::cursor::Motion;
use super::tray::{Entry, utterance_span};
use crate::config::Interface;
use crate::model::{Article, Corpus, Published, QuoteId};
use crate::relate::{Passage, Row, Side};
use crate::text::ByteSpan;
use line::{Signs, Strip};
use sheet::{Form, Sheet};

/// Maximum number of columns in a comparison.
pub const MOST: usize = 6;

/// One side of a comparison, with the source for its heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The outlet, or the key of the article if the outlet is unknown.
    pub outlet: String,
    /// The date of publication, or `undated`.
    pub date: String,
    /// The speaker, or the title if the side is a whole article.
    pub speaker: String,
    /// The kind of quotation, the verb of saying, and the source that reports the quotation.
    pub cue: String,
    /// The passages of this column.
    pub side: Side,
}

/// Whether columns are scrolled together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scroll {
    /// All columns are scrolled together.
    #[default]
    Together,
    /// Each column is scrolled separately.
    Apart,
}

/// Whether words that differ are marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Differences {
    /// Words that differ are marked.
    #[default]
    Shown,
    /// All words look alike.
    Hidden,
}

/// The user's choices for the display of a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Whether columns are scrolled together.
    pub scroll: Scroll,
    /// Whether words that differ are marked.
    pub differences: Differences,
    /// The arrangement that the user has chosen. `None` selects one by the width of the screen.
    pub form: Option<Form>,
}

/// A comparison.
#[derive(Clone, Debug)]
pub struct Compare {
    /// The title of the comparison.
    pub title: String,
    /// The sides, at least two.
    pub columns: Vec<Column>,
    /// The matching passages, one row per group.
    pub rows: Vec<Row>,
    /// The index of the chosen column.
    pub chosen: usize,
    /// The user's choices for the display.
    pub look: Look,
    /// The layout on the screen.
    pub sheet: Sheet,
    /// The width, form and signs of the current layout, or `None` if the rows have changed since.
    laid_for: Option<(u16, Form, Signs)>,
    /// The first visible strip of each column.
    tops: Vec<usize>,
}

impl Compare {
    /// Creates a comparison without rows, which arrive later through [`Self::take_rows`].
    pub fn new(title: String, columns: Vec<Column>) -> Self {
        Self {
            title,
            tops: vec![0; columns.len()],
            columns,
            rows: Vec::new(),
            chosen: 0,
            look: Look::default(),
            sheet: Sheet::default(),
            laid_for: None,
        }
    }

    /// Returns the sides that are compared.
    pub fn sides(&self) -> Vec<Side> {
        self.columns.iter().map(|c| c.side.clone()).collect()
    }

    /// Sets the rows of matching passages.
    pub fn take_rows(&mut self, rows: Vec<Row>) {
        self.rows = rows;
        self.laid_for = None;
    }

    /// Lays the comparison out for a screen of `width` columns, unless the current layout is up to
    /// date.
    pub fn lay_out(&mut self, corpus: &Corpus, width: u16, signs: Signs) {
        let form = self
            .look
            .form
            .unwrap_or_else(|| Form::for_screen(width, self.columns.len()));
        let signs = match self.look.differences {
            Differences::Shown => signs,
            Differences::Hidden => Signs::None,
        };
        let wanted = Some((width, form, signs));
        if std::mem::replace(&mut self.laid_for, wanted) == wanted {
            return;
        }
        self.sheet = Sheet::new(
            (corpus, &self.rows),
            form,
            (width, self.columns.len()),
            signs,
        );
        let last = self.sheet.strips.len().saturating_sub(1);
        for top in &mut self.tops {
            *top = (*top).min(last);
        }
    }

    /// Returns the first visible strip of a column.
    pub fn top(&self, column: usize) -> usize {
        let column = match (self.look.scroll, self.sheet.form) {
            (Scroll::Apart, Form::Beside) => column,
            _ => 0,
        };
        self.tops.get(column).copied().unwrap_or(0)
    }

    /// Scrolls all columns, or only the chosen one if columns are scrolled separately.
    pub fn scroll(&mut self, motion: Motion, height: usize) {
        let last = self.sheet.strips.len().saturating_sub(height);
        let at = self.top(self.chosen);
        let to = motion.apply(at, last + 1, height).min(last);
        self.scroll_to(to);
    }

    fn scroll_to(&mut self, to: usize) {
        match (self.look.scroll, self.sheet.form) {
            (Scroll::Apart, Form::Beside) => {
                if let Some(top) = self.tops.get_mut(self.chosen) {
                    *top = to;
                }
            }
            _ => self.tops.fill(to),
        }
    }

    /// Scrolls to the beginning of the passage `steps` further.
    pub fn step(&mut self, steps: isize, height: usize) {
        let starts: Vec<usize> = self.sheet.starts().collect();
        let at = self.top(self.chosen);
        let here = starts
            .partition_point(|start| *start <= at)
            .saturating_sub(1);
        let to = here.saturating_add_signed(steps);
        let last = self.sheet.strips.len().saturating_sub(height);
        if let Some(start) = starts.get(to).or(starts.last()) {
            self.scroll_to((*start).min(last));
        }
    }

    /// Chooses the column `by` positions to the right.
    pub fn choose(&mut self, by: isize) {
        let last = self.columns.len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(by).min(last);
    }

    /// Toggles between scrolling columns together and separately. When they are joined, all columns
    /// move to the position of the chosen one. Returns a notice.
    pub fn toggle_scroll(&mut self) -> &'static str {
        let top = self.top(self.chosen);
        self.tops.fill(top);
        match self.look.scroll {
            Scroll::Together => {
                self.look.scroll = Scroll::Apart;
                "columns scroll separately"
            }
            Scroll::Apart => {
                self.look.scroll = Scroll::Together;
                "columns scroll together"
            }
        }
    }

    /// Shows or hides the differences of words. Returns a notice.
    pub fn toggle_differences(&mut self) -> &'static str {
        match self.look.differences {
            Differences::Shown => {
                self.look.differences = Differences::Hidden;
                "word differences hidden"
            }
            Differences::Hidden => {
                self.look.differences = Differences::Shown;
                "word differences shown"
            }
        }
    }

    /// Lays passages side by side, or under one another.
    pub fn toggle_form(&mut self) -> &'static str {
        self.tops.fill(0);
        match self.sheet.form {
            Form::Beside => {
                self.look.form = Some(Form::Under);
                "passages one below the other"
            }
            Form::Under => {
                self.look.form = Some(Form::Beside);
                "passages side by side"
            }
        }
    }

    /// Removes the chosen column. Returns `false` and changes nothing if only two are left.
    pub fn drop_column(&mut self) -> bool {
        if self.columns.len() <= 2 {
            return false;
        }
        self.columns.remove(self.chosen);
        self.laid_for = None;
        // The old rows remain in use, without the column, until the rest has been compared again.
        for row in &mut self.rows {
            if self.chosen < row.columns.len() {
                row.columns.remove(self.chosen);
            }
        }
        self.tops.remove(self.chosen);
        self.choose(0);
        true
    }

    /// Returns the current passage of the chosen column: the first one at or below the top of the
    /// view, else the last one.
    pub fn passage(&self) -> Option<Passage> {
        let top = self.top(self.chosen);
        let here = self.sheet.row_at(top).unwrap_or(0);
        let of = |row: &Row| Some(row.columns.get(self.chosen)?.as_ref()?.passage);
        let below = self.rows.iter().skip(here).find_map(of);
        below.or_else(|| self.rows.iter().rev().find_map(of))
    }

    /// Returns the number of the topmost visible passage, from 1, and the number of passages.
    pub fn place(&self) -> (usize, usize) {
        let here = self.sheet.row_at(self.top(self.chosen)).unwrap_or(0);
        (here + 1, self.rows.len())
    }

    /// Returns the strip of a column at a row of the screen.
    pub fn strip(&self, column: usize, row: usize) -> Option<&Strip> {
        self.sheet.strips.get(self.top(column) + row)
    }
}

impl Column {
    /// Creates the column of an entry of the tray. Returns `None` if the corpus no longer contains
    /// it.
    pub fn of(corpus: &Corpus, entry: Entry, interface: &Interface) -> Option<Self> {
        let article = corpus.get(entry.article())?;
        let (speaker, cue, side) = match entry {
            Entry::Article(id) => {
                let title = article
                    .title()
                    .map_or_else(String::new, std::borrow::Cow::into_owned);
                (title, String::new(), Side::Article(id))
            }
            Entry::Quote(quote) => {
                let span = utterance_span(article, quote)?;
                return Some(Self::of_span((article, quote), span, interface));
            }
        };
        Some(Self::with(article, speaker, cue, side))
    }

    /// Creates the column of one wording: a quotation, or a longer span such as the sentence that
    /// continues it.
    pub fn of_span(
        (article, id): (&Article, QuoteId),
        span: ByteSpan,
        interface: &Interface,
    ) -> Self {
        let quote = article.quotes.get(id.index as usize);
        let speaker = quote.and_then(|quote| article.speaker(quote));
        let cue = quote.map_or_else(String::new, |quote| {
            let cue = quote.cue.map(|cue| format!("“{}”", article.words(cue)));
            let via = quote
                .via
                .map(|via| interface.fill("via {0}", &[&article.words(via)]));
            let kind = Some(interface.tr(quote.kind.name()).to_owned());
            let known = [kind, cue, via].into_iter().flatten();
            known.collect::<Vec<_>>().join(" · ")
        });
        let passage = Passage {
            article: id.article,
            quote: Some(id),
            span,
        };
        let side = Side::Passages(vec![passage]);
        let speaker = speaker.unwrap_or_else(|| interface.tr("unattributed").to_owned());
        Self::with(article, speaker, cue, side)
    }

    /// Creates a column of several passages under one heading.
    pub fn with(article: &Article, speaker: String, cue: String, side: Side) -> Self {
        Self {
            outlet: outlet_of(article),
            date: date_of(article.structure.published.as_ref()),
            speaker,
            cue,
            side,
        }
    }

    /// Returns the heading in one line.
    pub fn line(&self) -> String {
        let parts = [&self.outlet, &self.date, &self.speaker, &self.cue];
        let known = parts.into_iter().filter(|part| !part.is_empty());
        known.map(String::as_str).collect::<Vec<_>>().join(" · ")
    }
}

/// Returns the outlet of an article, marked if it is inferred, or the key of the article if the
/// outlet is unknown.
pub fn outlet_of(article: &Article) -> String {
    match &article.structure.outlet {
        Some(outlet) if outlet.from.is_inferred() => format!("~{}", outlet.name),
        Some(outlet) => outlet.name.to_string(),
        None => article.key.to_string(),
    }
}

/// Returns a date of publication for display, marked if it is inferred.
pub fn date_of(published: Option<&Published>) -> String {
    published.map_or_else(
        || "undated".to_owned(),
        |published| {
            let sign = if published.from.is_inferred() {
                "~"
            } else {
                ""
            };
            format!("{sign}{}", published.date)
        },
    )
}
