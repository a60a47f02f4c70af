//! Exports to a file what the user is looking at: the prompt for the file name, and the content.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::boards::Board;
use super::super::command::Command;
use super::super::compare::Column;
use super::super::counts::Counted;
use super::super::msg::Effect;
use super::super::overlay::{Kind, Overlay};
use super::super::picker::Choice;
use super::super::tray::Entry;
use super::super::{App, Purpose, Tone};
use super::hint;
use crate::files::Existing;
use crate::relate::{GridScope, Side};
use crate::work::{ExportRequest, Exported};

impl App {
    /// Handles `gw`: asks for the name of the file to which to export what the user is looking at.
    pub(super) fn open_export(&mut self) {
        if self.tasks.is_writing() {
            let key = hint(self, Command::Stop);
            let words = "A file is still being written; {0} stops that.";
            return self.notify_with(words, &[&key], Tone::Plain);
        }
        match self.exported() {
            Some((title, what)) => {
                self.open_prompt(Purpose::Export { title, what }, "");
                self.notify("a name that ends in .html .md .csv or .jsonl", Tone::Plain);
            }
            None => self.notify("Nothing here to write to a file.", Tone::Plain),
        }
    }

    /// Returns the title and the content of an export: of the topmost overlay or board, else of the
    /// list. Returns `None` if there is nothing to export.
    fn exported(&self) -> Option<(String, Exported)> {
        if let Some(overlay) = self.layers.overlays.last() {
            return self.exported_items(overlay);
        }
        match self.layers.boards.last() {
            Some(Board::Compare(compare)) => {
                let sides = compare.sides();
                Some((compare.title.clone(), Exported::SideBySide(sides)))
            }
            Some(Board::Matrix(matrix)) => {
                let grid = &matrix.grid;
                let title = match grid.scope {
                    GridScope::All => self.tr("the whole corpus").to_owned(),
                    GridScope::Story(_) => grid.title.clone(),
                };
                let what = Exported::Matrix(Arc::new(matrix.sorted()));
                (!grid.rows.is_empty()).then_some((title, what))
            }
            Some(Board::Timeline(timeline)) => {
                let histogram = &timeline.histogram;
                let whose = timeline.whose(&self.view.interface);
                let title = self.fill("Timeline · {0}", &[&whose]);
                let what = Exported::Timeline(Arc::clone(histogram));
                (histogram.count > 0).then_some((title, what))
            }
            None => {
                let ids = self.list.ids.to_vec();
                let title = self.counted(ids.len(), Counted::Articles);
                (!ids.is_empty()).then_some((title, Exported::Articles(ids)))
            }
        }
    }

    fn exported_items(&self, overlay: &Overlay) -> Option<(String, Exported)> {
        let picker = &overlay.picker;
        let items = picker.shown.iter().filter_map(|at| picker.items.get(*at));
        let entries = items.filter_map(|item| match &item.choice {
            Choice::Variant(id) => {
                let variant = self.surveyed()?.variants.get(*id)?;
                Some(Entry::Quote(variant.members.first()?.quote))
            }
            choice => choice.entry(),
        });
        // A quotation that contains a keyword twice is written once.
        let mut seen = HashSet::new();
        let entries = entries.filter(|entry| seen.insert(*entry));
        let sides: Vec<_> = entries.filter_map(|entry| self.side(entry)).collect();
        let what = match (sides.len(), &overlay.kind) {
            (0, _) => return None,
            (2.., Kind::Tray) => Exported::SideBySide(sides),
            _ => Exported::List(sides),
        };
        Some((picker.title.clone(), what))
    }

    fn side(&self, entry: Entry) -> Option<Side> {
        Column::of(&self.corpus, entry, &self.view.interface).map(|column| column.side)
    }

    /// Handles Enter in the prompt of an export: returns the effect that writes the file `name`. A
    /// final `!` lets it replace an existing file.
    pub(super) fn export_to(&mut self, name: &str, title: String, what: Exported) -> Vec<Effect> {
        // A final `!` replaces an existing file, like `:w!` in vi. No file format has a name that
        // ends with it.
        let (name, existing) = match name.trim().strip_suffix('!') {
            Some(name) => (name.trim_end(), Existing::Replace),
            None => (name.trim(), Existing::Keep),
        };
        if name.is_empty() {
            self.notify("Nothing was written: the file needs a name.", Tone::Plain);
            return Vec::new();
        }
        vec![self.tasks.write(ExportRequest {
            path: name.into(),
            existing,
            title,
            corpus: self.corpus.clone(),
            what,
            survey: self.surveys.ready.clone(),
        })]
    }
}
