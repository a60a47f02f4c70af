//! Builds a page: the header from the article's structure, the parts from its blocks, and the rows
//! by wrapping.

use super::{Furniture, Look, Mark, Page, Part, Row, RowKind, Setting};
use crate::app::long_layout::OPENING_LEN;
use crate::app::utterances::Utterances;
use crate::config::Numbers;
use crate::model::{Article, BlockKind, Excerpt, Precision, Published};
use crate::text::{ByteSpan, Insert, width, wrap};

/// The last line of a page that shows only the opening of an article while the rest is being laid
/// out.
const REST: &str = "… the rest is being laid out";

impl Page {
    /// Lays an article out as a page. Time is linear in the length of its text.
    pub fn new(article: &Article, utterances: &Utterances, setting: Setting) -> Self {
        let mut page = Self::begun(article, utterances, setting);
        page.add_blocks(article);
        page.lay_out(article);
        page
    }

    /// Lays out only the beginning of a long article. A spot of this page means the same words in
    /// the page of the whole article.
    pub fn opening(article: &Article, utterances: &Utterances, setting: Setting) -> Self {
        let mut page = Self::begun(article, utterances, setting);
        page.add_blocks(article);
        let end = article.text.floor_char_boundary(OPENING_LEN);
        let is_beyond = |part: &Part| (end..page.base).contains(&(part.span.start as usize));
        let kept = page.parts.iter().position(is_beyond);
        page.parts.truncate(kept.unwrap_or(page.parts.len()));
        if let Some(last) = page.parts.last_mut()
            && (last.span.start as usize) < page.base
        {
            last.span.end = last.span.end.min(end as u32);
        }
        page.add_own(Look::Note, REST);
        page.lay_out(article);
        page
    }

    /// Replaces the last line of an opening, which says that the rest is being laid out, by one
    /// that says that this failed.
    pub fn give_up_rest(&mut self, article: &Article) {
        let is_rest = |part: &Part| self.words(article, part.span) == REST;
        if self.parts.last().is_some_and(is_rest) {
            self.parts.pop();
            self.add_own(Look::Note, "… the rest could not be laid out");
            self.rows.clear();
            self.lay_out(article);
        }
    }

    fn begun(article: &Article, utterances: &Utterances, setting: Setting) -> Self {
        let mut page = Self {
            setting,
            parts: Vec::new(),
            rows: Vec::new(),
            marks: marks(article, utterances, setting),
            own: String::new(),
            base: article.text.len(),
        };
        page.add_header(article);
        page
    }

    fn add(&mut self, look: Look, span: ByteSpan) {
        self.parts.push(Part { look, span });
    }

    fn add_own(&mut self, look: Look, words: &str) {
        let start = self.base + self.own.len();
        self.own.push_str(words);
        self.add(look, ByteSpan::new(start, start + words.len()));
        // A separator keeps parts from touching, so that each byte belongs to one part.
        self.own.push('\n');
    }

    fn add_excerpt(&mut self, look: Look, excerpt: &Excerpt) {
        match excerpt {
            Excerpt::Span(span) => self.add(look, *span),
            Excerpt::Given(words) => self.add_own(look, words),
        }
    }

    fn add_header(&mut self, article: &Article) {
        for kicker in article.blocks(BlockKind::Kicker) {
            self.add(Look::Kicker, kicker);
        }
        match &article.structure.title {
            Some(title) if title.derived => {
                let words = article.excerpt(&title.text);
                self.add_own(Look::Title, &format!("~ {words}"));
            }
            Some(title) => self.add_excerpt(Look::Title, &title.text),
            None => self.add_own(Look::Title, &format!("[{}]", article.key)),
        }
        for line in [published_line(article), byline(article), source(article)] {
            if !line.is_empty() {
                self.add_own(Look::Meta, &line);
            }
        }
        if let Some(url) = &article.structure.url {
            self.add_own(Look::Link, url);
        }
        self.add_own(Look::Rule, "");
        for caption in &article.structure.captions {
            if let Excerpt::Given(words) = &caption.text {
                self.add_own(Look::Caption, words);
            }
        }
    }

    fn add_blocks(&mut self, article: &Article) {
        let has_byline = !byline(article).is_empty();
        for block in &article.structure.blocks {
            let look = match block.kind {
                BlockKind::Title
                | BlockKind::Kicker
                | BlockKind::Date
                | BlockKind::RepeatedCaption => continue,
                BlockKind::Byline if has_byline => continue,
                BlockKind::Byline | BlockKind::Credit => Look::Meta,
                BlockKind::Standfirst => Look::Standfirst,
                BlockKind::Caption | BlockKind::PhotoCredit => Look::Caption,
                BlockKind::Subhead => Look::Subhead,
                BlockKind::Paragraph => Look::Paragraph,
                BlockKind::Furniture => Look::Furniture,
            };
            self.add(look, block.span);
        }
        if !article
            .structure
            .blocks
            .iter()
            .any(|block| block.kind.is_body())
        {
            self.add_own(Look::Note, "No running text was found in this article.");
        }
    }

    fn lay_out(&mut self, article: &Article) {
        let mut before = None;
        let mut at = 0;
        while let Some(part) = self.parts.get(at).copied() {
            if before.is_some_and(|before| is_apart(before, part.look)) {
                self.push_row(
                    at,
                    ByteSpan::new(part.span.start as usize, part.span.start as usize),
                    RowKind::Blank,
                );
            }
            let start = ByteSpan {
                end: part.span.start,
                ..part.span
            };
            let folds = part.look == Look::Furniture && self.setting.furniture == Furniture::Folded;
            if folds {
                let run = self.parts[at..]
                    .iter()
                    .take_while(|part| part.look == Look::Furniture)
                    .count();
                self.push_row(at, start, RowKind::Fold(run as u32));
                at += run;
            } else if part.look == Look::Rule {
                self.push_row(at, start, RowKind::Rule);
                at += 1;
            } else {
                self.wrap_part(article, at, part);
                at += 1;
            }
            before = Some(part.look);
        }
    }

    fn wrap_part(&mut self, article: &Article, at: usize, part: Part) {
        let columns = self.setting.width.saturating_sub(part.look.indent()).max(1);
        let start = part.span.start as usize;
        let first = self.marks.partition_point(|mark| mark.at < start);
        let inserts: Vec<_> = self.marks[first..]
            .iter()
            .take_while(|mark| mark.at < part.span.end as usize)
            .map(|mark| Insert {
                at: mark.at - start,
                width: width(&mark.label),
            })
            .collect();
        let lines = wrap(self.words(article, part.span), columns, &inserts);
        for line in lines {
            let span = ByteSpan::new(start + line.start, start + line.end);
            self.push_row(at, span, RowKind::Words);
        }
    }

    fn push_row(&mut self, part: usize, span: ByteSpan, kind: RowKind) {
        self.rows.push(Row {
            part: part as u32,
            span,
            kind,
        });
    }
}

/// Returns whether a blank row separates a part that looks like `before` from a following one that
/// looks like `after`.
fn is_apart(before: Look, after: Look) -> bool {
    use Look::{Caption, Furniture, Kicker, Link, Meta, Rule, Title};
    !matches!(
        (before, after),
        (Kicker, Title)
            | (Title | Meta | Link, Meta | Link | Rule)
            | (Caption, Caption)
            | (Furniture, Furniture)
    )
}

/// Returns the numbers that the page shows before quotations. Each is placed just before the
/// opening quotation mark of a piece, which is an unbroken part of an utterance.
fn marks(article: &Article, utterances: &Utterances, setting: Setting) -> Vec<Mark> {
    let mut marks = Vec::with_capacity(article.quotes.len());
    for (index, utterance) in utterances.all.iter().enumerate() {
        for piece in &utterance.pieces {
            if let Some(quote) = article.quotes.get(*piece as usize) {
                marks.push(Mark {
                    at: opening(&article.text, quote.span.start as usize),
                    utterance: index,
                    label: setting.numbers.label(utterance.number),
                });
            }
        }
    }
    marks.sort_by_key(|mark| (mark.at, mark.utterance));
    if setting.numbers == Numbers::Raised {
        separate(&mut marks);
    }
    marks
}

/// Puts a dot between raised numbers at one place, which would read as one number otherwise.
fn separate(marks: &mut [Mark]) {
    let mut before = None;
    for mark in marks {
        if before == Some(mark.at) {
            mark.label.insert(0, '·');
        }
        before = Some(mark.at);
    }
}

/// Returns the byte offset of the quotation mark directly before `start`, or `start` if there is
/// none.
fn opening(text: &str, start: usize) -> usize {
    let before = text.get(..start).unwrap_or("");
    let mark = before
        .chars()
        .next_back()
        .filter(|c| "“”\"„«»‘’'‹›「『".contains(*c));
    start - mark.map_or(0, char::len_utf8)
}

fn published_line(article: &Article) -> String {
    let structure = &article.structure;
    let outlet = structure.outlet.as_ref().map(|outlet| {
        let sign = if outlet.from.is_inferred() { "~" } else { "" };
        format!("{sign}{}", outlet.name)
    });
    let date = structure.published.as_ref().map(date_words);
    let dateline = structure.dateline.as_ref().and_then(|line| line.place);
    let place = dateline.map(|place| article.words(place).into_owned());
    let known = [outlet, date, place].into_iter().flatten();
    known.collect::<Vec<_>>().join(" · ")
}

/// Formats a date of publication for the header, with `~` before it if it is inferred.
fn date_words(published: &Published) -> String {
    let mut words = String::new();
    if published.from.is_inferred() {
        words.push('~');
    }
    let pattern = match published.precision {
        Precision::Year => "%Y",
        Precision::Month => "%Y-%m",
        Precision::Day | Precision::Minute => "%Y-%m-%d",
    };
    words.push_str(&published.date.format(pattern).to_string());
    if let Some(time) = published.time {
        words.push_str(&time.format(" %H:%M").to_string());
        if let Some(zone) = published.zone {
            let (hours, minutes) = (zone.abs() / 60, zone.abs() % 60);
            let sign = if zone < 0 { '-' } else { '+' };
            words = format!("{words} {sign}{hours:02}:{minutes:02}");
        }
    }
    words
}

fn byline(article: &Article) -> String {
    let structure = &article.structure;
    let names = |names: &[Excerpt]| {
        let names: Vec<_> = names.iter().map(|name| article.excerpt(name)).collect();
        names.join(", ")
    };
    let mut words = Vec::new();
    if !structure.reporters.is_empty() {
        words.push(format!("By {}", names(&structure.reporters)));
    }
    if !structure.editors.is_empty() {
        words.push(format!("edited by {}", names(&structure.editors)));
    }
    if let Some(initials) = &structure.initials {
        words.push(format!("({})", article.excerpt(initials)));
    }
    words.join(" · ")
}

fn source(article: &Article) -> String {
    let credits = &article.structure.credits;
    let names: Vec<_> = credits
        .iter()
        .map(|credit| article.excerpt(credit))
        .collect();
    if names.is_empty() {
        return String::new();
    }
    format!("Source: {}", names.join(", "))
}
