//! Commands that copy to the clipboard.

use super::super::msg::Effect;
use super::super::page::Page;
use super::super::{App, Tone};
use crate::model::Article;

impl App {
    /// Copies the selected text without the line breaks of the screen, and ends the selection.
    pub(super) fn copy_selection(&mut self) -> Vec<Effect> {
        let words = self.selected_words();
        self.reader.selection = None;
        self.copy(words)
    }

    /// Copies the text of the open article, without folded furniture.
    pub(super) fn copy_article(&mut self) -> Vec<Effect> {
        let words = self.article_words();
        self.copy(words)
    }

    /// Returns the selected text without the line breaks of the screen, or `None` if nothing is
    /// selected.
    pub(super) fn selected_words(&self) -> Option<String> {
        self.with_page(|app, page, article| {
            let (from, to) = app.reader.selection?.ends(page, article);
            Some(page.copy(article, from, to))
        })
    }

    /// Returns the text of the open article without the line breaks of the screen.
    pub(super) fn article_words(&self) -> Option<String> {
        self.with_page(|_, page, article| {
            let (from, to) = page.ends();
            Some(page.copy(article, from, to))
        })
    }

    /// Copies the current quote with its speaker and a citation of the article.
    pub(super) fn copy_quote(&mut self) -> Vec<Effect> {
        let words = self.article().and_then(|article| {
            let open = self.reader.open.as_ref()?;
            let at = open.current?;
            let utterance = open.utterances.all.get(at)?;
            let speaker = open.utterances.speaker_of(utterance);
            let spoken = open.utterances.said(article, at);
            Some(format!(
                "{spoken} — {}. {}",
                speaker.unwrap_or("unattributed"),
                citation(article)
            ))
        });
        if words.is_none() {
            self.notify("No quote here to copy.", Tone::Plain);
            return Vec::new();
        }
        self.copy(words)
    }

    fn copy(&mut self, words: Option<String>) -> Vec<Effect> {
        match words {
            Some(words) if !words.is_empty() => vec![Effect::Copy(words)],
            _ => {
                self.notify("Nothing to copy.", Tone::Plain);
                Vec::new()
            }
        }
    }

    fn with_page(&self, make: impl Fn(&Self, &Page, &Article) -> Option<String>) -> Option<String> {
        make(self, &self.reader.open.as_ref()?.page, self.article()?)
    }
}

/// Returns the citation of an article: outlet, date, title and address, as far as they are known.
fn citation(article: &Article) -> String {
    let structure = &article.structure;
    let known = [
        article.outlet().map(str::to_owned),
        structure
            .published
            .as_ref()
            .map(|known| known.date.to_string()),
        article.title().map(|title| format!("“{title}”")),
        structure.url.as_deref().map(str::to_owned),
        Some(article.key.to_string()).filter(|_| structure.url.is_none()),
    ];
    known.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
