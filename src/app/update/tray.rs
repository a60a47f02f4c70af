//! Commands on the tray, on comparisons and on variants, the wordings of one utterance.

use super::super::boards::Board;
use super::super::command::Command;
use super::super::compare::{Column, Compare, MAX_COLUMNS, outlet_of};
use super::super::counts::Counted;
use super::super::cursor::Motion;
use super::super::msg::Effect;
use super::super::overlay::{Kind, Overlay};
use super::super::panes::Pane;
use super::super::picker::{Choice, Item, Picker};
use super::super::statements::statement;
use super::super::tray::{Entry, TrayItem, first_piece, place_of};
use super::super::{App, Tone, library_pickers};
use super::hint;
use crate::library::Anchor;
use crate::model::QuoteId;
use crate::relate::{Passage, Side, VariantId};

impl App {
    /// Returns the current utterance of the open article, identified by its first piece. Returns
    /// `None` if there is none.
    pub(super) fn current_quote(&self) -> Option<QuoteId> {
        let open = self.reader.open.as_ref()?;
        let at = match self.focus {
            Pane::Quotes => self.reader.sidebar.current().or(open.current),
            _ => open.current,
        };
        Some(QuoteId {
            article: open.id,
            index: *open.utterances.all.get(at?)?.pieces.first()?,
        })
    }

    /// Handles Space: puts the selected article or quote on the tray or takes it off. In the list
    /// and the sidebar, then selects the next one.
    pub(super) fn toggle_tray(&mut self) {
        if let Some(picker) = self.layers.picker() {
            let choice = picker.current().map(|item| item.choice.clone());
            let choice = choice.unwrap_or_default();
            if let Choice::TrayItem(item) = choice {
                return self.take_off(&item.place);
            }
            let entry = choice.entry();
            return self.toggle_entry(entry.map(|entry| match entry {
                Entry::Quote(quote) => Entry::Quote(first_piece(&self.corpus, quote)),
                article @ Entry::Article(_) => article,
            }));
        }
        if let Some(Board::Timeline(timeline)) = self.layers.boards.last() {
            let quote = timeline.statement();
            let entry = quote.map(|quote| Entry::Quote(first_piece(&self.corpus, quote)));
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
            return self.notify("Nothing here to put on the tray.", Tone::Plain);
        };
        let is_on = self.library.tray.has(entry);
        let mut places = self.library.tray_without(|item| item.entry == Some(entry));
        let others = self.library.tray.entries().into_iter();
        let mut count = others.filter(|other| *other != entry).count();
        if !is_on && let Some(place) = place_of(&self.corpus, entry) {
            count += 1;
            places.push(place.clone());
            let entry = Some(entry);
            self.library.tray.record(TrayItem { place, entry });
        }
        self.library.set_tray(&places);
        let words = match (is_on, count) {
            (false, 1) => "On the tray; put another beside it to compare.",
            (false, _) => "On the tray: {0}. {1} compares.",
            (true, _) => "Off the tray; {0} left.",
        };
        let key = hint(self, Command::Compare);
        self.notify_with(words, &[&count.to_string(), &key], Tone::Plain);
    }

    /// Handles Space and `x` on the tray: takes the passage of the current line off, even if it is
    /// not in this corpus.
    fn take_off(&mut self, place: &Anchor) {
        let places = self.library.tray_without(|item| item.place == *place);
        self.library.set_tray(&places);
        let count = places.len().to_string();
        self.notify_with("Off the tray; {0} left.", &[&count], Tone::Plain);
    }

    /// Opens an overlay that lists the tray. Its items are updated after each message.
    pub(super) fn show_tray(&mut self) {
        let empty = "Nothing is on the tray: Space puts a quote or an article on it.";
        let picker = Picker::new("Tray", empty, Vec::new());
        self.push_overlay(Overlay::new(picker, Kind::Tray));
    }

    /// Returns the items of the overlay that lists the tray.
    pub(super) fn tray_items(&self) -> Vec<Item> {
        let items = self.library.tray.items().iter();
        items
            .map(|item| {
                let line = item.entry.and_then(|entry| self.tray_item(entry));
                let line = line.unwrap_or_else(|| Item {
                    lead: "not here".to_owned(),
                    text: library_pickers::passage_words(self, &item.place),
                    note: item.place.key.to_string(),
                    ..Item::default()
                });
                Item {
                    choice: Choice::TrayItem(Box::new(item.clone())),
                    ..line
                }
            })
            .collect()
    }

    fn tray_item(&self, entry: Entry) -> Option<Item> {
        let id = match entry {
            Entry::Quote(quote) => return statement(self, quote, ""),
            Entry::Article(id) => id,
        };
        let article = self.corpus.get(id)?;
        let title = article.title();
        Some(Item {
            lead: outlet_of(article, &self.view.interface),
            text: title.map_or_else(|| article.key.to_string(), std::borrow::Cow::into_owned),
            note: "article".to_owned(),
            ..Item::default()
        })
    }

    /// Opens a comparison of what is on the tray. On a matrix, compares the chosen speaker's
    /// quotations across outlets.
    pub(super) fn compare(&mut self) -> Vec<Effect> {
        if let Some(Board::Matrix(_)) = self.layers.boards.last() {
            return self.compare_row();
        }
        let entries = self.library.tray.entries().into_iter();
        let columns: Vec<_> = entries
            .filter_map(|e| Column::of(&self.corpus, e, &self.view.interface))
            .collect();
        if columns.len() < 2 {
            let key = hint(self, Command::ToggleTray);
            let words = "Put two or more quotes or articles on the tray first: {0}.";
            self.notify_with(words, &[&key], Tone::Plain);
            return Vec::new();
        }
        self.layers.overlays.clear();
        let title = self.fill("Compare · tray of {0}", &[&columns.len().to_string()]);
        self.open_compare(title, columns)
    }

    fn compare_row(&mut self) -> Vec<Effect> {
        let Some(Board::Matrix(matrix)) = self.layers.boards.last() else {
            return Vec::new();
        };
        let Some(row) = matrix.row() else {
            return Vec::new();
        };
        let title = self.fill("Compare · {0} by outlet", &[&row.name]);
        let columns: Vec<_> = row
            .cells
            .iter()
            .filter_map(|cell| self.cell_column(cell))
            .collect();
        if columns.len() < 2 {
            let (words, name) = ("Only one outlet quotes {0} here.", row.name.clone());
            self.notify_with(words, &[&name], Tone::Plain);
            return Vec::new();
        }
        self.open_compare(title, columns)
    }

    /// Returns one column with all quotations of a cell of the matrix.
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
        let count = self.counted(cell.len(), Counted::Quotes);
        Some(Column::with(
            article,
            (speaker, count),
            side,
            &self.view.interface,
        ))
    }

    /// Opens a comparison and returns the effects that compute it. Columns beyond the maximum are
    /// left out, and a notice says so.
    pub(super) fn open_compare(&mut self, title: String, mut columns: Vec<Column>) -> Vec<Effect> {
        let all = columns.len();
        if all > MAX_COLUMNS {
            columns.truncate(MAX_COLUMNS);
            let (most, all) = (MAX_COLUMNS.to_string(), all.to_string());
            self.notify_with("the first {0} of {1}", &[&most, &all], Tone::Plain);
        }
        let compare = Compare::new(title, columns);
        self.layers.boards.push(Board::Compare(Box::new(compare)));
        self.ask_rows()
    }

    /// Handles `gv`: opens a comparison of the wordings of the current quote.
    pub(super) fn variants(&mut self) -> Vec<Effect> {
        let Some(quote) = self.current_quote() else {
            self.notify("No quote here.", Tone::Plain);
            return Vec::new();
        };
        let Some(survey) = self.surveyed() else {
            self.notify_unsurveyed();
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
            self.notify("No other article here reports these words.", Tone::Plain);
            return Vec::new();
        };
        self.open_variant(id)
    }

    /// Opens a comparison of all wordings of one utterance.
    pub(super) fn open_variant(&mut self, id: VariantId) -> Vec<Effect> {
        let members = self.surveyed().and_then(|survey| survey.variants.get(id));
        let members = members.map_or_else(Vec::new, |variant| variant.members.clone());
        let columns: Vec<_> = members
            .iter()
            .filter_map(|member| {
                let article = self.corpus.get(member.quote.article)?;
                Some(Column::of_span(
                    (article, member.quote),
                    member.span,
                    &self.view.interface,
                ))
            })
            .collect();
        let count = self.counted(columns.len(), Counted::Wordings);
        let title = self.fill("One utterance · {0}", &[&count]);
        self.layers.overlays.clear();
        self.open_compare(title, columns)
    }

    pub(super) fn notify_unsurveyed(&mut self) {
        let words = "Related articles and stories are still being found; try again in a moment.";
        self.notify(words, Tone::Plain);
    }

    /// Opens a list of all utterances that several articles report, those in most outlets first.
    pub(super) fn all_variants(&mut self) {
        let Some(survey) = self.surveyed() else {
            return self.notify_unsurveyed();
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
                let name = speaker.unwrap_or_else(|| self.tr("unattributed").to_owned());
                let item = Item {
                    below: format!(
                        "{} · {}",
                        self.counted(count, Counted::Wordings),
                        outlets.join(", ")
                    ),
                    choice: Choice::Variant(id),
                    ..Item::default()
                };
                let item = item.spoken_by(self, first.quote, name);
                let words = article.words(first.span);
                let item = item.saying(self, None, (first.quote, &words));
                Some((outlets.len(), count, item))
            })
            .collect();
        found.sort_by_key(|(outlets, count, _)| std::cmp::Reverse((*outlets, *count)));
        let items = found.into_iter().map(|(.., item)| item).collect();
        let empty = "No utterance here stands in more than one article.";
        let picker = Picker::new("Variants", empty, items);
        self.push_overlay(Overlay::new(picker, Kind::Wide));
    }
}
