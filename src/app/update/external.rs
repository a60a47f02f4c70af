//! Commands that run other programs: the editor, the browser, a shell command.

use super::super::ask::Ask;
use super::super::msg::Effect;
use super::super::panes::Pane;
use super::super::{App, Tone};

impl App {
    /// Opens the file of the open article in the editor, at the line of the current quote or of the
    /// first visible words.
    pub(super) fn edit_source(&mut self) -> Vec<Effect> {
        let Some((article, open)) = self.article().zip(self.reader.open.as_ref()) else {
            self.notify("No article is open.", Tone::Plain);
            return Vec::new();
        };
        let rows = open.page.rows.get(open.top..).unwrap_or(&[]);
        let quote = open
            .current
            .and_then(|at| open.utterances.first(article, at));
        let seen = rows.iter().take(self.height(Pane::Text));
        let is_seen = |at: u32| seen.clone().any(|row| row.span.covers(at as usize));
        let at = quote
            .map(|quote| quote.span.start)
            .filter(|at| is_seen(*at));
        let first = || rows.iter().map(|row| row.span.start).find(|at| *at > 0);
        let at = at.or_else(first).unwrap_or(0) as usize;
        // In a file with many records, the offset in the text says nothing about the line.
        let is_whole_file = article.path.ends_with(&*article.key);
        let before = article.text.get(..at).filter(|_| is_whole_file);
        let line = before.map_or(1, |text| text.matches('\n').count() + 1);
        vec![Effect::Edit(article.path.to_string(), line)]
    }

    /// Opens the web address of the open article in the browser.
    pub(super) fn browse(&mut self) -> Vec<Effect> {
        let url = self.article().and_then(|a| a.structure.url.clone());
        if url.is_none() {
            self.notify("This article gives no web address.", Tone::Plain);
        }
        let url = url.map(|url| Effect::Browse(url.to_string()));
        url.into_iter().collect()
    }

    /// Asks for a shell command that gets the selected text as its input, or else the text of the
    /// article.
    pub(super) fn ask_pipe(&mut self) {
        let words = self.selected_words().or_else(|| self.article_words());
        match words {
            Some(words) => {
                self.reader.selection = None;
                self.ask(Ask::Pipe(words), "");
            }
            None => self.notify("No article is open.", Tone::Plain),
        }
    }
}
