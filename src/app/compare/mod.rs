//! Comparisons of passages: the compared columns, the chosen column, and the scroll position of
//! each column. The layout of words on the screen is left to [`sheet`].

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

/// Maximum number of columns in a comparison. Further ones are left out, and a notice says so.
pub const MAX_COLUMNS: usize = 6;

/// One side of a comparison: its passages, and the texts of the heading above them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The name of the outlet, with `~` if it is inferred, or words that say that it is unknown.
    pub outlet: String,
    /// The date of publication, with `~` if it is inferred, or `undated`.
    pub date: String,
    /// The name of the speaker, or the title of the article if the column shows a whole article.
    pub speaker: String,
    /// The kind of the quotation, its cue (“said”) and the source that relayed it. For a cell of a
    /// matrix, the number of quotations. Empty for a whole article.
    pub cue: String,
    /// The passages that the column shows, or the article that it shows as a whole.
    pub side: Side,
}

/// Whether the columns of a comparison scroll together or separately.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scroll {
    /// All columns are scrolled together.
    #[default]
    Together,
    /// Each column is scrolled separately.
    Apart,
}

/// Whether words that differ between passages are marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Differences {
    /// Words that differ are marked.
    #[default]
    Shown,
    /// Words that differ are not marked, so that all words look alike.
    Hidden,
}

/// The user's choices for the display of a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Whether the columns scroll together or separately.
    pub scroll: Scroll,
    /// Whether words that differ are marked.
    pub differences: Differences,
    /// How the passages are arranged, if the user has chosen it. With `None`, the width of the
    /// screen decides.
    pub form: Option<Form>,
}

/// A comparison of two or more passages or articles.
#[derive(Clone, Debug)]
pub struct Compare {
    /// The title in the first row of the screen.
    pub title: String,
    /// The compared columns, at least two.
    pub columns: Vec<Column>,
    /// The rows of matching passages. Empty until the comparison has been computed.
    pub rows: Vec<Row>,
    /// The index of the chosen column in `columns`.
    pub chosen: usize,
    /// The user's choices for the display of this comparison.
    pub look: Look,
    /// The layout of the rows on the screen.
    pub sheet: Sheet,
    /// The width, form and signs for which `sheet` was laid out, or `None` if the rows have changed
    /// since.
    laid_for: Option<(u16, Form, Signs)>,
    /// The index of the first visible strip (a row of the layout) in each column.
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

    /// Returns the side of each column: the passages or the article to compare.
    pub fn sides(&self) -> Vec<Side> {
        self.columns.iter().map(|c| c.side.clone()).collect()
    }

    /// Sets the rows of matching passages. The next [`Self::lay_out`] lays them out.
    pub fn take_rows(&mut self, rows: Vec<Row>) {
        self.rows = rows;
        self.laid_for = None;
    }

    /// Lays the comparison out for a screen of `width` columns, with differing words marked as
    /// `signs` says. Does nothing if the current layout is up to date.
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

    /// Returns the index of the first visible strip (a row of the layout) in a column.
    pub fn top(&self, column: usize) -> usize {
        let column = match (self.look.scroll, self.sheet.form) {
            (Scroll::Apart, Form::Beside) => column,
            _ => 0,
        };
        self.tops.get(column).copied().unwrap_or(0)
    }

    /// Scrolls by a motion, with pages of `height` rows. Moves all columns, or only the chosen one
    /// if columns scroll separately.
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

    /// Scrolls to the beginning of the passage that is `steps` after the topmost one, or before it
    /// if `steps` is negative.
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

    /// Chooses the column `by` positions to the right of the chosen one, or to the left if `by` is
    /// negative.
    pub fn choose(&mut self, by: isize) {
        let last = self.columns.len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(by).min(last);
    }

    /// Switches between scrolling columns together and separately. When they scroll together again,
    /// all columns move to the position of the chosen one. Returns a notice for the user.
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

    /// Shows or hides which words differ. Returns a notice for the user.
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

    /// Switches between passages side by side and passages under one another. Returns a notice for
    /// the user.
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

    /// Removes the chosen column. Returns `false` and changes nothing if only two columns are left.
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

    /// Returns the current passage of the chosen column: its first one at or below the top of the
    /// view, else its last one.
    pub fn passage(&self) -> Option<Passage> {
        let top = self.top(self.chosen);
        let here = self.sheet.row_at(top).unwrap_or(0);
        let of = |row: &Row| Some(row.columns.get(self.chosen)?.as_ref()?.passage);
        let below = self.rows.iter().skip(here).find_map(of);
        below.or_else(|| self.rows.iter().rev().find_map(of))
    }

    /// Returns the number of the topmost visible row of passages, counted from 1, and the number of
    /// all rows.
    pub fn place(&self) -> (usize, usize) {
        let here = self.sheet.row_at(self.top(self.chosen)).unwrap_or(0);
        (here + 1, self.rows.len())
    }

    /// Returns the strip (a row of the layout) that a column shows `row` rows below the top of the
    /// view.
    pub fn strip(&self, column: usize, row: usize) -> Option<&Strip> {
        self.sheet.strips.get(self.top(column) + row)
    }
}

impl Column {
    /// Creates the column for an entry of the tray. Returns `None` if the corpus no longer contains
    /// the entry.
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
        Some(Self::with(article, (speaker, cue), side, interface))
    }

    /// Creates the column for one wording of an utterance. `span` is that of the quotation `id`, or
    /// a longer one that includes, for example, the sentence that continues it.
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
        Self::with(article, (speaker, cue), side, interface)
    }

    /// Creates the column for `side`. Its heading shows the outlet and the date of `article`, the
    /// speaker and the cue.
    pub fn with(
        article: &Article,
        (speaker, cue): (String, String),
        side: Side,
        interface: &Interface,
    ) -> Self {
        Self {
            outlet: outlet_of(article, interface),
            date: date_of(article.structure.published.as_ref()),
            speaker,
            cue,
            side,
        }
    }

    /// Returns the first quotation of the column, or `None` if it shows a whole article.
    pub fn quote(&self) -> Option<QuoteId> {
        match &self.side {
            Side::Passages(passages) => passages.first()?.quote,
            Side::Article(_) => None,
        }
    }

    /// Returns the heading of the column in one line: outlet, date, speaker and cue, as far as they
    /// are known.
    pub fn line(&self) -> String {
        let parts = [&self.outlet, &self.date, &self.speaker, &self.cue];
        let known = parts.into_iter().filter(|part| !part.is_empty());
        known.map(String::as_str).collect::<Vec<_>>().join(" · ")
    }
}

/// Returns the name of the article's outlet, with `~` before it if it is inferred. If it is unknown,
/// the words say so.
pub fn outlet_of(article: &Article, interface: &Interface) -> String {
    match &article.structure.outlet {
        Some(outlet) if outlet.from.is_inferred() => format!("~{}", outlet.name),
        Some(outlet) => outlet.name.to_string(),
        None => interface.tr("outlet unknown").to_owned(),
    }
}

/// Returns a date of publication for display, with `~` before it if it is inferred. Returns
/// `undated` if there is none.
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
