//! The state of a page while its structure is found, and the reading of the lines above the body.

use crate::language::Cue;
use crate::model::{Block, BlockKind, Caption, Dateline, Excerpt, Structure};
use crate::text::ByteSpan;

use super::names;
use super::role::SHORT;
use super::rules::{Rules, is_header};
use super::units::{self, Role, Unit, is_ended};

/// Maximum number of lines at the start of a page that are searched for dates and the beginning of
/// the body. It is large, because there may be a whole menu above a title.
pub(super) const HEAD: usize = 250;

/// What was found so far while a header is read from top to bottom. With this, no line needs to
/// look back over all lines above it.
#[derive(Default)]
struct HeaderState {
    /// Whether a date or byline was found at the title or below it.
    dated: bool,
    /// Whether a standfirst was found.
    standfirst: bool,
    /// Whether the body begins with a dateline.
    body_has_dateline: bool,
}

/// The state of a page while its structure is found.
pub(super) struct PageState<'a> {
    pub rules: &'a Rules,
    pub text: &'a str,
    pub units: Vec<Unit>,
    /// Indices in `units` of the lines that are the body of the article.
    pub body: std::ops::Range<usize>,
    /// Index in `units` of the line that is the title.
    pub title: Option<usize>,
    pub structure: Structure,
    /// Name of the outlet that a line of the page gives, if one was found.
    pub outlet: Option<Box<str>>,
    /// Index in `Layouts` of the outlet that the form of a line implies, if one was found.
    pub shape: Option<usize>,
    pub language: Option<crate::language::Lang>,
    /// Whether there are hardly any empty lines between the lines of the page.
    pub gapless: bool,
}

impl<'a> PageState<'a> {
    /// Splits `text` into units (lines) and finds the role of each, such as date or caption.
    pub(super) fn new(rules: &'a Rules, text: &'a str) -> Self {
        let mut page = Self {
            rules,
            text,
            units: units::lines(text),
            body: 0..0,
            title: None,
            structure: Structure::default(),
            outlet: None,
            shape: None,
            language: None,
            gapless: false,
        };
        let gaps = page.units.iter().filter(|unit| unit.gap).count();
        page.gapless = gaps * 20 <= page.units.len();
        for unit in &mut page.units {
            unit.role = rules.role(text, unit);
        }
        page.mark_links();
        page.mark_dates();
        units::join_broken(text, &mut page.units);
        page
    }

    pub(super) fn words(&self, index: usize) -> &'a str {
        self.units
            .get(index)
            .map_or("", |unit| unit.span.of(self.text))
    }

    pub(super) fn role(&self, index: usize) -> Option<Role> {
        self.units.get(index).map(|unit| unit.role)
    }

    pub(super) fn add(&mut self, kind: BlockKind, span: ByteSpan) {
        if !span.is_empty() {
            self.structure.blocks.push(Block { kind, span });
        }
    }

    /// Marks as furniture the lines of links that follow an announcement such as `Baca juga` or
    /// `Related stories`.
    fn mark_links(&mut self) {
        let mut at = 0;
        while at < self.units.len() {
            if self.role(at) != Some(Role::Related) {
                at += 1;
                continue;
            }
            let single = self.words(at).ends_with(':');
            let first = at + 1;
            at = first;
            while at < self.units.len() && self.is_link(at, first, single) {
                self.units[at].role = Role::Furniture;
                at += 1;
            }
        }
    }

    fn is_link(&self, at: usize, first: usize, single: bool) -> bool {
        let Some(unit) = self.units.get(at) else {
            return false;
        };
        let words = unit.span.of(self.text);
        if unit.is_bullet() {
            return words.len() < SHORT;
        }
        if unit.role == Role::Related {
            return false; // it opens a list of its own
        }
        if !unit.is_text() {
            return unit.role == Role::Furniture;
        }
        let headline = words.len() < SHORT
            && !words.ends_with(['.', ',', ':'])
            && !words.ends_with(".\"")
            && words.len() > 2;
        // A single short line between `Baca Juga` and a paragraph is a subhead.
        let subhead = at == first && !single && words.len() < 46 && self.is_prose(at + 1);
        let many = at == first || !single;
        headline && many && !subhead && !starts_small(words)
    }

    /// Gives the role `Role::Date` to lines at the start of the page that consist mostly of a date.
    fn mark_dates(&mut self) {
        let mut prose = 0;
        for at in 0..self.units.len().min(HEAD) {
            prose += usize::from(self.is_prose(at));
            if prose > 6 {
                break;
            }
            if matches!(
                self.role(at),
                Some(Role::Text | Role::Byline | Role::Furniture)
            ) && self.is_date(at)
            {
                self.units[at].role = Role::Date;
            }
        }
    }

    /// Adds a block for each line above the body, and stores the names, captions and outlet in
    /// these lines.
    pub(super) fn read_header(&mut self) {
        let body = self.units.get(self.body.start);
        let mut header_state = HeaderState {
            body_has_dateline: body
                .is_some_and(|unit| self.rules.dateline(self.text, unit.span).is_some()),
            ..HeaderState::default()
        };
        for at in 0..self.body.start {
            let kind = self.header_kind(at, &header_state);
            header_state.standfirst |= kind == BlockKind::Standfirst;
            header_state.dated |= self.title.is_some_and(|title| title <= at)
                && matches!(self.role(at), Some(Role::Date | Role::Byline));
            if is_header(kind) {
                self.take_header(at, kind);
            }
            let Some(unit) = self.units.get(at) else {
                continue;
            };
            let (span, whole) = (unit.span, unit.whole);
            self.note_outlet(span);
            let block = if is_header(kind) { span } else { whole };
            if span != whole && is_header(kind) {
                self.add(
                    BlockKind::Furniture,
                    ByteSpan::new(whole.start as usize, span.start as usize).trim(self.text),
                );
            }
            self.add(kind, block);
        }
    }

    fn header_kind(&self, at: usize, header_state: &HeaderState) -> BlockKind {
        if self.title == Some(at) {
            return BlockKind::Title;
        }
        let Some(unit) = self.units.get(at) else {
            return BlockKind::Furniture;
        };
        let after_title = self.title.is_some_and(|title| at > title);
        match unit.role {
            Role::Text if unit.is_bullet() => BlockKind::Furniture,
            Role::Text if after_title && self.agency_and_place(unit.span).is_some() => {
                BlockKind::Credit
            }
            Role::Text if self.is_byline(at) => BlockKind::Byline,
            Role::Text if after_title || self.title.is_none() => {
                self.text_below_title(at, header_state)
            }
            Role::Text if self.is_kicker(at) => BlockKind::Kicker,
            Role::Text => BlockKind::Furniture,
            role => role.block(),
        }
    }

    /// Returns the kind of block for the line with index `at`, which is between title and body and
    /// has no role of its own.
    fn text_below_title(&self, at: usize, header_state: &HeaderState) -> BlockKind {
        let words = self.words(at);
        let same = |other: usize| other != at && self.words(other) == words;
        if at > 1
            && (self.role(at - 1) == Some(Role::PhotoCredit))
            && (at.saturating_sub(3)..at).any(same)
        {
            return BlockKind::RepeatedCaption;
        }
        let next = self.role(at + 1);
        if next == Some(Role::PhotoCredit) && words.len() > 12 || self.is_picture_line(words) {
            return BlockKind::Caption;
        }
        let tight = self.units.get(at + 1).is_some_and(|unit| !unit.gap);
        if self.is_credit_line(words) || tight && next == Some(Role::Caption) && words.len() < 8 {
            return BlockKind::PhotoCredit;
        }
        if at > 0 && self.is_credit_line(self.words(at - 1)) {
            return BlockKind::Caption;
        }
        let sentence = is_ended(words) && words.len() > 40;
        let beside_title = at > 0 && self.title == Some(at - 1) && words.split(' ').count() >= 6;
        let known = header_state.standfirst;
        match (sentence, header_state.dated) {
            (true, true) if header_state.body_has_dateline => BlockKind::Caption,
            (true, _) if !known => BlockKind::Standfirst,
            (true, _) => BlockKind::Caption,
            (false, false) if beside_title && !known => BlockKind::Standfirst,
            _ => BlockKind::Furniture,
        }
    }

    /// Returns whether a line is a photo credit such as `Antara/Teresia May` or `Republika/ Wihdan
    /// Hidayat`: an agency or outlet, a slash, a name.
    fn is_credit_line(&self, words: &str) -> bool {
        let Some((agency, name)) = words.split_once('/') else {
            return false;
        };
        words.len() < 60
            && names::is_name(name.trim())
            && (self.rules.layouts.is_agency(agency.trim())
                || self.rules.layouts.usual_name(agency.trim()).is_some()
                || agency.trim().len() > 3
                    && agency.chars().all(|c| !c.is_lowercase() && !c.is_numeric()))
    }

    /// Returns the agency and the place of a line such as `PTI, Washington,` above the body.
    fn agency_and_place(&self, span: ByteSpan) -> Option<(ByteSpan, ByteSpan)> {
        let (agency, place) = span.of(self.text).strip_suffix(',')?.split_once(',')?;
        let at = span.start as usize + agency.len() + 1;
        let fits = self.rules.layouts.is_agency(agency.trim()) && names::is_name(place.trim());
        fits.then(|| {
            (
                ByteSpan::new(span.start as usize, at - 1).trim(self.text),
                ByteSpan::new(at, at + place.len()).trim(self.text),
            )
        })
    }

    fn is_picture_line(&self, words: &str) -> bool {
        let lower = words.to_lowercase();
        lower.len() < 600
            && self.rules.page.picture_words.iter().any(|word| {
                if word.starts_with('(') {
                    lower.contains(&**word)
                } else {
                    lower.starts_with(&**word)
                }
            })
    }

    /// Returns whether the line with index `at` is a kicker: a short line directly above the title
    /// that is no name of a section of the newspaper.
    fn is_kicker(&self, at: usize) -> bool {
        let words = self.words(at);
        let header_state = self
            .title
            .is_some_and(|title| (at + 1..title).all(|i| self.role(i) == Some(Role::Date)));
        let section = self
            .rules
            .cues
            .opening(words)
            .is_some_and(|opening| opening.is(Cue::Section));
        let opens_block = at == 0 || self.units.get(at - 1).is_some_and(Unit::is_bullet);
        header_state
            && opens_block
            && !section
            && words.len() < 60
            && !self.is_prose(at)
            && self.body.start > at + 1
    }

    /// Stores the names, captions and credits in the line above the body with index `at`. `kind` is
    /// the kind of its block.
    fn take_header(&mut self, at: usize, kind: BlockKind) {
        let Some(unit) = self.units.get(at).copied() else {
            return;
        };
        match kind {
            BlockKind::Byline if unit.role == Role::Text && self.is_editors(at) => {
                self.take_editors(unit.span);
            }
            BlockKind::Byline => self.take_names(unit.span),
            BlockKind::Date => self.take_names_by_date(unit.span),
            BlockKind::Credit => match self.agency_and_place(unit.span) {
                Some((agency, place)) => {
                    self.structure.credits.push(Excerpt::Span(agency));
                    self.structure.dateline = Some(Dateline {
                        span: unit.span,
                        place: Some(place),
                    });
                }
                None => self.take_source(unit.span),
            },
            BlockKind::Caption => self.take_caption(at, unit.span),
            _ => {}
        }
    }

    /// Stores the caption at `span`, the line with index `at`, with its photo credit. The credit is
    /// in the caption itself or on the next line.
    pub(super) fn take_caption(&mut self, at: usize, span: ByteSpan) {
        let (words, credit) = self.rules.caption_parts(self.text, span);
        let credit_at = |index: usize| {
            let unit = self.units.get(index)?;
            (unit.role == Role::PhotoCredit)
                .then(|| self.after_label(unit.span))
                .flatten()
        };
        let credit = credit.or_else(|| credit_at(at + 1));
        self.structure.captions.push(Caption {
            text: Excerpt::Span(words),
            credit: credit.map(Excerpt::Span),
        });
    }

    /// Returns the part of a line after its label, such as `Reuters` in `Sumber: Reuters`. Returns
    /// `None` if the line has no label or nothing after it.
    pub(super) fn after_label(&self, span: ByteSpan) -> Option<ByteSpan> {
        let rest = self.rules.cues.opening(span.of(self.text))?.rest;
        let rest = ByteSpan::new(span.end as usize - rest.len(), span.end as usize).trim(self.text);
        (!rest.is_empty()).then_some(rest)
    }
}

pub(super) fn starts_small(words: &str) -> bool {
    words.starts_with(|c: char| c.is_lowercase() || c == ',')
}
