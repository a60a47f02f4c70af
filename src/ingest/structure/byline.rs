//! Reads bylines: reporters and editors, with or without labels.

use crate::language::Cue;
use crate::model::Excerpt;
use crate::text::ByteSpan;

use super::header::PageState;
use super::names;
use super::units::Role;

/// Maximum length in bytes of a byline without a label.
const NAMES: usize = 110;

impl PageState<'_> {
    /// Returns whether the line with index `at` is a byline without a label: names with the channel
    /// of an outlet, or a line of names next to a date or a job title such as `Jurnalis`.
    pub(super) fn is_byline(&self, at: usize) -> bool {
        let words = self.words(at);
        if words.len() > NAMES || words.is_empty() {
            return false;
        }
        if self.channel_byline(words).is_some() {
            return true;
        }
        if !self.stands_by_date(at, words.ends_with(',')) {
            return false;
        }
        let bare = self.before_brackets(words).trim_end_matches([',', ' ']);
        let Some(unit) = self.units.get(at) else {
            return false;
        };
        let span = ByteSpan::new(
            unit.span.start as usize,
            unit.span.start as usize + bare.len(),
        );
        let names = names::split(self.text, span, &self.rules.page.and, |word| {
            self.is_no_name(word)
        });
        let total: usize = names.iter().map(|name| name.len()).sum();
        // The whole line consists of names, except for commas and conjunctions.
        let joints = 6 * names.len() + 2;
        let pure = !names.is_empty()
            && total + joints >= bare.len()
            && bare.split(' ').all(|word| {
                names::is_name(word.trim_matches(','))
                    || word.is_empty()
                    || self.rules.page.and.iter().any(|and| **and == *word)
            });
        let longest = names
            .iter()
            .map(|name| name.of(self.text).split(' ').count())
            .max()
            .unwrap_or(0);
        let shouted = bare.len() > 30 && bare.chars().all(|c| !c.is_lowercase());
        pure && longest <= 5 && !shouted
    }

    /// Returns whether a date or a job title follows the line with index `at`, or is directly above
    /// it without an empty line. `open` says whether the line ends with a comma; further lines of
    /// names may then be in between.
    fn stands_by_date(&self, at: usize, open: bool) -> bool {
        let is_date_or_job = |role: Option<Role>| matches!(role, Some(Role::Date | Role::Job));
        let mut next = at + 1;
        while self.role(next) == Some(Role::Furniture) && next < at + 3 {
            next += 1;
        }
        let tight = self.units.get(at).is_some_and(|unit| !unit.gap);
        let below = at > 0 && tight && is_date_or_job(self.role(at - 1)) && self.title != Some(at);
        let first = at == 0 || self.title == Some(at);
        // Names can be on several lines that end with commas; the last one is next to the date.
        let chain = open && (at + 1..at + 5).any(|i| is_date_or_job(self.role(i)));
        !first && (is_date_or_job(self.role(next)) || below || chain)
    }

    /// Returns a byline such as `Laras Dewi (AFP)` without the agency or outlet in brackets.
    /// Returns any other byline unchanged.
    fn before_brackets<'t>(&self, words: &'t str) -> &'t str {
        let inner = words
            .strip_suffix(')')
            .and_then(|words| words.rsplit_once('('));
        match inner {
            Some((names, inner)) if self.is_sender(inner) => names.trim_end(),
            _ => words,
        }
    }

    fn is_sender(&self, words: &str) -> bool {
        self.rules.layouts.is_agency(words) || self.rules.layouts.usual_name(words).is_some()
    }

    /// Stores the agency or outlet in brackets at the end of a byline. An agency becomes a credit,
    /// and an outlet becomes the outlet of the page.
    fn take_sender(&mut self, span: ByteSpan) {
        let words = span.of(self.text);
        let before = self.before_brackets(words);
        if before.len() == words.len() {
            return;
        }
        let open = span.start as usize + before.len();
        let inner = ByteSpan::new(open, span.end as usize - 1).of(self.text);
        let inner = inner.trim_start_matches(['(', ' ']);
        let sender = ByteSpan::new(span.end as usize - 1 - inner.len(), span.end as usize - 1);
        if self.rules.layouts.is_agency(inner) {
            push(self.text, &mut self.structure.credits, sender);
        } else {
            let outlet = self.rules.layouts.usual_name(inner);
            self.outlet = self.outlet.take().or(outlet);
        }
    }

    /// Splits a byline such as `Fino Yurio - detikinet` into the names and the channel of an
    /// outlet. Returns `None` for any other line.
    fn channel_byline<'t>(&self, words: &'t str) -> Option<(&'t str, &'t str)> {
        let (names, channel) = words.rsplit_once(['-', '–', '|'])?;
        let channel = channel.trim();
        let known = channel.len() < 24
            && !channel.contains(' ')
            && (self.rules.layouts.usual_name(channel).is_some() || self.is_section(channel));
        let names = names.trim();
        let person = !self.is_no_name(names);
        (known
            && person
            && names.len() > 2
            && names.split(' ').count() < 12
            && names::opens_with_name(names))
        .then_some((names, channel))
    }

    /// Returns whether `words` are the name of a newspaper section.
    pub(super) fn is_section(&self, words: &str) -> bool {
        let opening = self.rules.cues.opening(words);
        opening.is_some_and(|opening| opening.is_whole() && opening.is(Cue::Section))
    }

    /// Returns whether `words` are not a person's name although they look like one, such as an
    /// outlet or a job title.
    fn is_no_name(&self, words: &str) -> bool {
        let opening = self.rules.cues.opening(words);
        let cue = opening.is_some_and(|opening| {
            opening.is(Cue::Role)
                || opening.is(Cue::Photo)
                || opening.is_whole() && (opening.is(Cue::Section) || opening.is(Cue::Furniture))
        });
        cue || self.rules.layouts.named(words).is_some()
            || self.rules.layouts.is_agency(words)
            || words.contains(".com")
            || words.contains(".co")
    }

    /// Returns whether the names on the line with index `at` are those of editors, because the line
    /// below it is a label such as `Editor`.
    pub(super) fn is_editors(&self, at: usize) -> bool {
        let below = self.role(at + 1) == Some(Role::Job);
        let opening = self.rules.cues.opening(self.words(at + 1));
        below && opening.is_some_and(|opening| opening.is(Cue::Editor))
    }

    /// Stores the names at `span`, a line above the label `Editor`, as editors.
    pub(super) fn take_editors(&mut self, span: ByteSpan) {
        self.push_editors(span);
        // Some pages list all people first and their jobs below.
        let (text, editors) = (self.text, &self.structure.editors);
        let same = |a: &Excerpt, b: &Excerpt| match (a, b) {
            (Excerpt::Span(a), Excerpt::Span(b)) => a.of(text) == b.of(text),
            _ => a == b,
        };
        self.structure
            .reporters
            .retain(|name| !editors.iter().any(|editor| same(name, editor)));
    }

    /// Returns the reporter's name in a line such as `Laporan Wartawan Kabar Lareng, Rina Halim`.
    /// It follows the name of the outlet, and precedes the place if there is one. Returns `None`
    /// for any other line.
    fn sent_by(&self, span: ByteSpan) -> Option<ByteSpan> {
        let words = span.of(self.text);
        let opening = self.rules.cues.opening(words);
        let opening = opening.filter(|opening| opening.is(Cue::Report) && !opening.colon)?;
        let rest = opening.rest;
        let start = span.end as usize - rest.len();
        let (from, to) = match rest.split_once(',') {
            Some((outlet, _)) => (outlet.len() + 1, rest.len()),
            // `Laporan Wartawan Kabar Lareng. Rina Halim.`
            None if rest.contains(". ") => (
                rest.find(". ").map_or(0, |at| at + 2),
                rest.trim_end_matches(['.', ' ']).len(),
            ),
            None => (
                0,
                rest.find(" I ")
                    .or_else(|| rest.find('|'))
                    .unwrap_or(rest.len()),
            ),
        };
        Some(ByteSpan::new(start + from, start + to).trim(self.text))
    }

    /// Stores the names in a byline as reporters or editors, depending on its labels. If it has no
    /// labels, all names are reporters.
    pub(super) fn take_names(&mut self, span: ByteSpan) {
        if let Some(name) = self.sent_by(span) {
            return self.push_reporters(name);
        }
        let words = span.of(self.text);
        if let Some((names, channel)) = self.channel_byline(words) {
            let outlet = self.rules.layouts.usual_name(channel);
            self.outlet = self.outlet.take().or(outlet);
            let span = ByteSpan::new(span.start as usize, span.start as usize + names.len());
            return self.push_reporters(span);
        }
        let mut labelled = false;
        for (cue, part) in self.labels(span) {
            labelled = true;
            match cue {
                Cue::Editor => self.push_editors(part),
                _ => self.push_reporters(part),
            }
        }
        if !labelled {
            self.take_sender(span);
            self.push_reporters(span);
        }
    }

    /// Splits a byline such as `Rep: A/ Red: B` or `Pewarta: A Editor: B` at its labels. Returns
    /// the span after each label, with `Cue::Editor` or `Cue::Reporter` as the meaning of the
    /// label.
    fn labels(&self, span: ByteSpan) -> Vec<(Cue, ByteSpan)> {
        let words = span.of(self.text);
        let mut found: Vec<(Cue, usize, usize)> = Vec::new();
        let starts =
            std::iter::once(0).chain(words.match_indices([' ', '/', ';']).map(|(at, _)| at + 1));
        for at in starts {
            let Some(rest) = words.get(at..) else {
                continue;
            };
            let Some(opening) = self.rules.cues.opening(rest) else {
                continue;
            };
            let cue = if opening.is(Cue::Editor) {
                Cue::Editor
            } else {
                Cue::Reporter
            };
            let named = opening.colon && (opening.is(Cue::Editor) || opening.is(Cue::Reporter))
                || at == 0 && opening.is(Cue::By);
            let inside = found.last().is_some_and(|(_, _, from)| at < *from);
            if named && !inside {
                found.push((cue, at, words.len() - opening.rest.len()));
            }
        }
        let ends = found
            .iter()
            .skip(1)
            .map(|(_, at, _)| *at)
            .chain(std::iter::once(words.len()));
        let start = span.start as usize;
        found
            .iter()
            .zip(ends)
            .map(|((cue, _, from), end)| {
                (
                    *cue,
                    ByteSpan::new(start + from, start + end).trim(self.text),
                )
            })
            .collect()
    }

    fn names_in(&self, span: ByteSpan) -> Vec<ByteSpan> {
        let names = names::split(self.text, span, &self.rules.page.and, |word| {
            self.is_no_name(word)
        });
        // `By Euronews with Agencies` names no person, but it is what the page says.
        let words = span.of(self.text).trim_end_matches([',', '.', '/', ' ']);
        if names.is_empty()
            && names::opens_with_name(words)
            && words.len() < 50
            && !words.contains(['(', ':'])
        {
            return vec![ByteSpan::new(
                span.start as usize,
                span.start as usize + words.len(),
            )];
        }
        names
    }

    fn push_reporters(&mut self, span: ByteSpan) {
        for name in self.names_in(span) {
            push(self.text, &mut self.structure.reporters, name);
        }
    }

    fn push_editors(&mut self, span: ByteSpan) {
        for name in self.names_in(span) {
            push(self.text, &mut self.structure.editors, name);
        }
    }

    /// Stores the names before the date on a line such as
    /// `By Justine Coleman - 11/18/19 11:04 PM EST`.
    pub(super) fn take_names_by_date(&mut self, span: ByteSpan) {
        let words = span.of(self.text);
        let order = crate::language::DayMonth::DayFirst;
        let Some(date) = self.rules.calendar.read(words, order).into_iter().next() else {
            return;
        };
        let before = words.get(..date.at.start).unwrap_or("");
        let before = before.trim_end_matches(|c: char| !c.is_alphanumeric());
        let span = ByteSpan::new(span.start as usize, span.start as usize + before.len());
        let by = self
            .rules
            .cues
            .opening(before)
            .is_some_and(|opening| opening.is(Cue::By) && !opening.is_whole());
        if by {
            return self.take_names(span);
        }
        let outlet = self.rules.layouts.usual_name(before.trim());
        let role = self
            .rules
            .cues
            .opening(before.trim_start_matches([',', ' ']))
            .is_some();
        if outlet.is_some() {
            self.outlet = self.outlet.take().or(outlet);
        } else if names::is_name(before) && before.contains(' ') && !role {
            self.push_reporters(span);
        }
    }

    /// Stores the agencies on a line such as `Sumber : Reuters, AP` as credits.
    pub(super) fn take_source(&mut self, span: ByteSpan) {
        let Some(rest) = self.after_label(span) else {
            return;
        };
        let mut start = rest.start as usize;
        for part in rest.of(self.text).split([',', '/', ';']) {
            let name = ByteSpan::new(start, start + part.len()).trim(self.text);
            start += part.len() + 1;
            push(self.text, &mut self.structure.credits, name);
        }
    }
}

/// Appends `name`, a span of `text`, to `list`, unless the list already has the same name.
fn push(text: &str, list: &mut Vec<Excerpt>, name: ByteSpan) {
    let words = name.of(text);
    let known = list.iter().any(|old| match old {
        Excerpt::Span(span) => span.of(text) == words,
        Excerpt::Given(given) => **given == *words,
    });
    if !known && !name.is_empty() {
        list.push(Excerpt::Span(name));
    }
}
