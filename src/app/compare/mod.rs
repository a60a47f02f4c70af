//! Passages side by side: what is compared, the chosen column, how far each is scrolled. How the
//! words stand on the screen is the business of [`sheet`].

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

/// Most columns that are laid side by side.
pub const MOST: usize = 6;

/// One side: where it comes from, for its heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The outlet, else the name of the article.
    pub outlet: String,
    /// The date of publication, `undated` where it is not known.
    pub date: String,
    /// Who speaks; the title of a whole article.
    pub speaker: String,
    /// The word of saying, and who carries the words.
    pub cue: String,
    /// What is compared.
    pub side: Side,
}

/// Whether columns are scrolled together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scroll {
    /// All of them.
    #[default]
    Together,
    /// Each on its own.
    Apart,
}

/// Whether the difference of words is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Differences {
    /// It is.
    #[default]
    Shown,
    /// Plain words.
    Hidden,
}

/// How the comparison is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Whether columns are scrolled together.
    pub scroll: Scroll,
    /// Whether the difference of words is shown.
    pub differences: Differences,
    /// How passages lie, where the reader has said so.
    pub form: Option<Form>,
}

/// A comparison.
#[derive(Clone, Debug)]
pub struct Compare {
    /// Its heading.
    pub title: String,
    /// The sides, two at least.
    pub columns: Vec<Column>,
    /// The passages that belong together.
    pub rows: Vec<Row>,
    /// The chosen column.
    pub chosen: usize,
    /// How it is looked at.
    pub look: Look,
    /// How it lies on the screen.
    pub sheet: Sheet,
    /// What it was laid out for; `None` where the rows are others now.
    laid_for: Option<(u16, Form, Signs)>,
    /// The first visible strip of each column.
    tops: Vec<usize>,
}

impl Compare {
    /// A comparison that waits for its rows.
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

    /// What is compared.
    pub fn sides(&self) -> Vec<Side> {
        self.columns.iter().map(|c| c.side.clone()).collect()
    }

    /// Takes the passages that belong together.
    pub fn take_rows(&mut self, rows: Vec<Row>) {
        self.rows = rows;
        self.laid_for = None;
    }

    /// Lays it out for a screen of that many columns, where it is not.
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

    /// The first visible strip of a column.
    pub fn top(&self, column: usize) -> usize {
        let column = match (self.look.scroll, self.sheet.form) {
            (Scroll::Apart, Form::Beside) => column,
            _ => 0,
        };
        self.tops.get(column).copied().unwrap_or(0)
    }

    /// Scrolls all columns, or the chosen one.
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

    /// Goes to the beginning of another passage.
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

    /// Chooses the column `by` places to the right.
    pub fn choose(&mut self, by: isize) {
        let last = self.columns.len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(by).min(last);
    }

    /// Scrolls columns together or apart; together, all follow the chosen one.
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

    /// Shows or hides the difference of words.
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

    /// Drops the chosen column, where two are left to compare.
    pub fn drop_column(&mut self) -> bool {
        if self.columns.len() <= 2 {
            return false;
        }
        self.columns.remove(self.chosen);
        self.laid_for = None;
        // Until the rest is compared anew, it stands as it stood.
        for row in &mut self.rows {
            if self.chosen < row.columns.len() {
                row.columns.remove(self.chosen);
            }
        }
        self.tops.remove(self.chosen);
        self.choose(0);
        true
    }

    /// The passage of the chosen column that one looks at: the first from the visible ones on.
    pub fn passage(&self) -> Option<Passage> {
        let top = self.top(self.chosen);
        let here = self.sheet.row_at(top).unwrap_or(0);
        let of = |row: &Row| Some(row.columns.get(self.chosen)?.as_ref()?.passage);
        let below = self.rows.iter().skip(here).find_map(of);
        below.or_else(|| self.rows.iter().rev().find_map(of))
    }

    /// Where one is: the passage on top, and how many there are.
    pub fn place(&self) -> (usize, usize) {
        let here = self.sheet.row_at(self.top(self.chosen)).unwrap_or(0);
        (here + 1, self.rows.len())
    }

    /// The strip of a column at a row of the screen.
    pub fn strip(&self, column: usize, row: usize) -> Option<&Strip> {
        self.sheet.strips.get(self.top(column) + row)
    }
}

impl Column {
    /// The column of something on the tray; `None` where it is gone.
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

    /// The column of a wording: a quotation, perhaps with the sentence that carries it on.
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

    /// A column of several passages under one heading.
    pub fn with(article: &Article, speaker: String, cue: String, side: Side) -> Self {
        Self {
            outlet: outlet_of(article),
            date: date_of(article.structure.published.as_ref()),
            speaker,
            cue,
            side,
        }
    }

    /// Its heading in one line.
    pub fn line(&self) -> String {
        let parts = [&self.outlet, &self.date, &self.speaker, &self.cue];
        let known = parts.into_iter().filter(|part| !part.is_empty());
        known.map(String::as_str).collect::<Vec<_>>().join(" · ")
    }
}

/// The outlet of an article, marked where it is inferred; else the article's own name.
pub fn outlet_of(article: &Article) -> String {
    match &article.structure.outlet {
        Some(outlet) if outlet.from.is_inferred() => format!("~{}", outlet.name),
        Some(outlet) => outlet.name.to_string(),
        None => article.key.to_string(),
    }
}

/// A date of publication for showing, marked where it is inferred.
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
