//! Reads the lines below the body, and completes the structure with the language and with the
//! metadata of the record.

use crate::ingest::Given;
use crate::language::Lang;
use crate::model::{BlockKind, Excerpt};
use crate::text::ByteSpan;

use super::header::PageState;
use super::units::Role;
use super::{names, units};

impl PageState<'_> {
    /// Adds a block for each line below the body, and stores the names, sources and outlet in these
    /// lines.
    pub(super) fn read_tail(&mut self) {
        let (mut listed, mut open) = (false, true);
        for at in self.body.end..self.units.len() {
            let Some(unit) = self.units.get(at).copied() else {
                break;
            };
            let words = unit.span.of(self.text);
            self.note_outlet(unit.span);
            listed |= unit.role == Role::Related && !self.gapless;
            open &= self.carries_list(&unit);
            let item = words.starts_with(|c: char| c.is_ascii_digit()) && words.contains(". ");
            let first = at == self.body.end;
            let kind = match unit.role {
                Role::Text if first && self.is_lone_name(at) => BlockKind::Byline,
                Role::Text if self.repeats_neighbour(at) => BlockKind::Furniture,
                Role::Text if !listed && (open || item || first && is_unended_prose(words)) => {
                    BlockKind::Paragraph
                }
                Role::Date if open && !listed => BlockKind::Paragraph,
                Role::Text | Role::Date | Role::Caption => BlockKind::Furniture,
                role => role.block(),
            };
            match kind {
                BlockKind::Byline => self.take_names(unit.span),
                BlockKind::Credit => self.take_source(unit.span),
                _ => {}
            }
            if unit.role == Role::Initials {
                self.take_initials(unit.whole);
            } else {
                self.take_bracketed(unit.span);
                self.add(kind, unit.whole);
            }
        }
    }

    /// Returns whether `unit`, below the body, continues a list with which the article ends. The
    /// items of such a list follow each other without empty lines. On a page without empty lines,
    /// furniture may be between them.
    fn carries_list(&self, unit: &units::Unit) -> bool {
        match unit.role {
            Role::Text | Role::Date => !unit.gap && (self.gapless || !unit.is_bullet()),
            Role::Furniture | Role::Related => self.gapless,
            _ => false,
        }
    }

    /// Returns whether the line above or below the line with index `at` has the same words. Some
    /// pages print the title of a film in this way.
    fn repeats_neighbour(&self, at: usize) -> bool {
        let words = self.words(at);
        self.words(at + 1) == words || at > 0 && self.words(at - 1) == words
    }

    /// Returns whether the line with index `at` is a name directly below the body, if no reporter
    /// was found above. Such a name is the byline.
    fn is_lone_name(&self, at: usize) -> bool {
        let words = self.words(at);
        let follows = self
            .units
            .get(at + 1)
            .is_none_or(|unit| unit.role != Role::Text || unit.is_bullet());
        self.structure.reporters.is_empty()
            && names::is_name(words)
            && (2..=4).contains(&words.split(' ').count())
            && !self.units.get(at).is_some_and(units::Unit::is_bullet)
            && follows
    }

    /// Stores the outlet and the writer from a line such as `(TribunPadang.com/Muhammad Iqbal)`.
    /// Returns whether the line has this form and names a known outlet.
    pub(super) fn take_bracketed(&mut self, span: ByteSpan) -> bool {
        let words = span.of(self.text);
        let inner = words.strip_prefix('(').and_then(|w| w.strip_suffix(')'));
        let Some((outlet, name)) = inner.and_then(|inner| inner.split_once('/')) else {
            return false;
        };
        let Some(known) = self.rules.layouts.usual_name(outlet.trim()) else {
            return false;
        };
        self.outlet = self.outlet.take().or(Some(known));
        let named = names::is_name(name.trim()) && !super::layout::is_domain(name);
        if named && self.structure.reporters.is_empty() {
            let start = span.end as usize - 1 - name.len();
            self.take_names(ByteSpan::new(start, span.end as usize - 1).trim(self.text));
        }
        true
    }

    /// Detects the language of the text from the start of the body on, or of the whole page if it
    /// has no body. Falls back on the language that the record gives. Stores and returns it.
    pub(super) fn language(&mut self, given: &Given) -> Option<Lang> {
        let stated = given.language.as_deref().and_then(|code| {
            let code = code.get(..2)?.to_ascii_lowercase();
            code.parse::<Lang>()
                .ok()
                .filter(|lang| self.rules.packs.get(*lang).is_some())
        });
        let first = self.units.get(self.body.start).or(self.units.first());
        let start = first.map_or(0, |unit| unit.span.start as usize);
        self.language = self
            .rules
            .packs
            .detect(self.text.get(start..).unwrap_or(""))
            .or(stated);
        self.language
    }

    /// Completes the structure with the title, the authors and the web address that only the record
    /// gives. Removes repeated captions.
    pub(super) fn finish(&mut self, given: &Given) {
        self.finish_title(given);
        if self.structure.reporters.is_empty() {
            let authors = given
                .authors
                .iter()
                .map(|name| name.trim())
                .filter(|name| !name.is_empty());
            self.structure.reporters = authors.map(|name| Excerpt::Given(name.into())).collect();
        }
        self.structure
            .url
            .clone_from(&given.url.as_deref().map(Into::into));
        // Keep only one of captions that a page prints twice.
        let text = self.text;
        let mut seen = std::collections::HashSet::new();
        self.structure
            .captions
            .retain(|caption| match &caption.text {
                Excerpt::Span(span) => seen.insert(span.of(text)),
                Excerpt::Given(_) => true,
            });
    }
}

/// Returns whether a line is running text although it does not end with a full stop.
fn is_unended_prose(words: &str) -> bool {
    words.split(' ').count() >= 8 && !units::is_heading(words) && words.len() > 60
}
