//! The tray and what is laid side by side: filling it, comparing, variants.

use super::super::boards::Board;
use super::super::command::Command;
use super::super::compare::{Column, Compare, MOST, outlet_of};
use super::super::cursor::Motion;
use super::super::msg::Effect;
use super::super::panes::Pane;
use super::super::picker::{Choice, Item, Kind, Picker};
use super::super::timeline::statement;
use super::super::tray::{Entry, Lies, first_piece};
use super::super::{App, Tone};
use super::hint;
use crate::model::QuoteId;
use crate::relate::{Passage, Side, VariantId};

impl App {
    /// The current utterance of the open article, by its first piece.
    pub(super) fn current_quote(&self) -> Option<QuoteId> {
        let open = self.reader.open.as_ref()?;
        let at = match self.focus {
            Pane::Quotes => self.sidebar.current().or(open.current),
            _ => open.current,
        };
        Some(QuoteId {
            article: open.id,
            index: *open.utterances.all.get(at?)?.pieces.first()?,
        })
    }

    /// Space: puts what is selected on the tray, or takes it off; the selection moves on.
    pub(super) fn toggle_tray(&mut self) {
        if let Some(picker) = self.overlays.last() {
            let entry = match picker.current().map(|item| item.choice) {
                Some(Choice::Quote(quote)) => Some(Entry::Quote(first_piece(&self.corpus, quote))),
                Some(Choice::Open(id)) => Some(Entry::Article(id)),
                _ => None,
            };
            return self.toggle_entry(entry);
        }
        let entry = match self.focus {
            Pane::List => self.selected().map(Entry::Article),
            Pane::Text | Pane::Quotes => self.current_quote().map(Entry::Quote),
        };
        self.toggle_entry(entry);
        if self.focus != Pane::Text {
            let notice = self.notice.take();
            self.go(Motion::Rows(1));
            self.notice = notice;
        }
    }

    fn toggle_entry(&mut self, entry: Option<Entry>) {
        let Some(entry) = entry else {
            return self.say("Nothing here to put on the tray.", Tone::Plain);
        };
        let lies = self.tray.toggle(entry);
        let count = self.tray.entries().len();
        let words = match lies {
            Lies::On if count == 1 => "On the tray; put another beside it to compare.".to_owned(),
            Lies::On => format!(
                "On the tray: {count}. {} compares.",
                hint(self, Command::Compare)
            ),
            Lies::Off => format!("Off the tray; {count} left."),
        };
        self.say(words, Tone::Plain);
        self.refresh_tray();
    }

    /// The tray as a list.
    pub(super) fn show_tray(&mut self) {
        let picker = self.tray_picker();
        self.overlays.push(picker);
    }

    fn tray_picker(&self) -> Picker {
        let items = self.tray.entries().iter().filter_map(|entry| match entry {
            Entry::Quote(quote) => statement(self, *quote, ""),
            Entry::Article(id) => {
                let article = self.corpus.get(*id)?;
                let title = article.title();
                Some(Item {
                    lead: outlet_of(article),
                    text: title
                        .map_or_else(|| article.key.to_string(), std::borrow::Cow::into_owned),
                    note: "article".to_owned(),
                    choice: Choice::Open(*id),
                    ..Item::default()
                })
            }
        });
        let empty = "Nothing lies on the tray: Space puts a quote or an article on it.";
        let mut picker = Picker::new("Tray", empty, items.collect());
        picker.kind = Kind::Tray;
        picker
    }

    fn refresh_tray(&mut self) {
        let page = self.overlay_page();
        let fresh = self.tray_picker();
        if let Some(picker) = self.overlays.last_mut()
            && picker.kind == Kind::Tray
        {
            let at = picker.cursor.at;
            *picker = fresh;
            picker.cursor.at = at;
            picker.cursor.follow(picker.shown.len(), page);
        }
    }

    /// Lays what is on the tray side by side; in a matrix, the chosen speaker in each outlet.
    pub(super) fn compare(&mut self) -> Vec<Effect> {
        if let Some(Board::Matrix(_)) = self.boards.last() {
            return self.compare_row();
        }
        let entries = self.tray.entries().iter();
        let columns: Vec<_> = entries
            .filter_map(|e| Column::of(&self.corpus, *e))
            .collect();
        if columns.len() < 2 {
            let key = hint(self, Command::ToggleTray);
            let words = format!("Put two or more quotes or articles on the tray first: {key}.");
            self.say(words, Tone::Plain);
            return Vec::new();
        }
        self.overlays.clear();
        let title = format!("Compare · tray of {}", columns.len());
        self.open_compare(title, columns)
    }

    fn compare_row(&mut self) -> Vec<Effect> {
        let Some(Board::Matrix(matrix)) = self.boards.last() else {
            return Vec::new();
        };
        let Some(row) = matrix.row() else {
            return Vec::new();
        };
        let title = format!("Compare · {} by outlet", row.name);
        let columns: Vec<_> = row
            .cells
            .iter()
            .filter_map(|cell| self.cell_column(cell))
            .collect();
        if columns.len() < 2 {
            let words = format!("Only one outlet quotes {} in this story.", row.name);
            self.say(words, Tone::Plain);
            return Vec::new();
        }
        self.open_compare(title, columns)
    }

    /// All quotations of one cell as one column.
    fn cell_column(&self, cell: &[QuoteId]) -> Option<Column> {
        let (article, quote) = self.corpus.quote(*cell.first()?)?;
        let passages = cell.iter().filter_map(|id| {
            let (_, quote) = self.corpus.quote(*id)?;
            Some(Passage {
                article: id.article,
                quote: Some(*id),
                span: quote.span,
            })
        });
        let side = Side::Passages(passages.collect());
        let speaker = article.speaker(quote).unwrap_or_default();
        let count = match cell.len() {
            1 => "1 quote".to_owned(),
            count => format!("{count} quotes"),
        };
        Some(Column::with(article, speaker, count, side))
    }

    /// Opens a comparison of at most six columns.
    pub(super) fn open_compare(&mut self, title: String, mut columns: Vec<Column>) -> Vec<Effect> {
        let all = columns.len();
        if all > MOST {
            columns.truncate(MOST);
            self.say(format!("the first {MOST} of {all}"), Tone::Plain);
        }
        let compare = Compare::new(title, columns);
        self.boards.push(Board::Compare(Box::new(compare)));
        self.ask_rows()
    }

    /// `gv`: the wordings of the current quote.
    pub(super) fn variants(&mut self) -> Vec<Effect> {
        let Some(quote) = self.current_quote() else {
            self.say("No quote here.", Tone::Plain);
            return Vec::new();
        };
        let Some(survey) = self.surveyed() else {
            self.say_unsurveyed();
            return Vec::new();
        };
        let pieces = self
            .corpus
            .quote(quote)
            .map_or_else(Vec::new, |(article, own)| {
                let pieces = (0..).zip(&article.quotes);
                let pieces = pieces.filter(|(_, piece)| piece.group == own.group);
                pieces
                    .map(|(index, _)| QuoteId { index, ..quote })
                    .collect()
            });
        let Some(id) = pieces.into_iter().find_map(|id| survey.variants.of(id)) else {
            self.say("No other article here reports these words.", Tone::Plain);
            return Vec::new();
        };
        self.open_variant(id)
    }

    /// All wordings of one utterance side by side.
    pub(super) fn open_variant(&mut self, id: VariantId) -> Vec<Effect> {
        let members = self.surveyed().and_then(|survey| survey.variants.get(id));
        let members = members.map_or_else(Vec::new, |variant| variant.members.clone());
        let columns: Vec<_> = members
            .iter()
            .filter_map(|member| {
                let article = self.corpus.get(member.quote.article)?;
                Some(Column::of_span(article, member.quote, member.span))
            })
            .collect();
        let title = format!("One utterance · {} wordings", columns.len());
        self.overlays.clear();
        self.open_compare(title, columns)
    }

    pub(super) fn say_unsurveyed(&mut self) {
        let words = "What belongs together is still being worked out; try again in a moment.";
        self.say(words, Tone::Plain);
    }

    /// All utterances that several articles report, those with most outlets first.
    pub(super) fn all_variants(&mut self) {
        let Some(survey) = self.surveyed() else {
            return self.say_unsurveyed();
        };
        let mut found: Vec<(usize, usize, Item)> = (0..)
            .map(VariantId)
            .zip(survey.variants.list())
            .filter_map(|(id, variant)| {
                let first = variant.members.first()?;
                let (article, quote) = self.corpus.quote(first.quote)?;
                let articles = variant.members.iter().map(|member| member.quote.article);
                let outlets = articles.filter_map(|id| self.corpus.get(id)?.outlet());
                let mut outlets: Vec<&str> = outlets.collect();
                outlets.sort_unstable();
                outlets.dedup();
                let name = survey.directory.name_of(first.quote);
                let speaker = name.or_else(|| article.speaker(quote));
                let count = variant.members.len();
                let item = Item {
                    lead: speaker.unwrap_or_else(|| "unattributed".to_owned()),
                    text: article.words(first.span).into_owned(),
                    note: format!("{count} wordings · {}", outlets.join(", ")),
                    choice: Choice::Variant(id),
                    ..Item::default()
                };
                Some((outlets.len(), count, item))
            })
            .collect();
        found.sort_by_key(|(outlets, count, _)| std::cmp::Reverse((*outlets, *count)));
        let items = found.into_iter().map(|(.., item)| item).collect();
        let empty = "No utterance here stands in more than one article.";
        let mut picker = Picker::new("Variants", empty, items);
        picker.kind = Kind::Wide;
        self.overlays.push(picker);
    }
}
