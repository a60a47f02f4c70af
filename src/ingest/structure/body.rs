//! Divides the body of an article into blocks: paragraphs, subheads, captions between them, and
//! page furniture that a crawler merged into the text.

use crate::language::Cue;
use crate::model::{BlockKind, Dateline, Excerpt};
use crate::text::{ByteSpan, head, mark_entity};

use super::header::{PageState, starts_small};
use super::role::is_initials;
use super::units::{Role, is_ended};

/// Length in bytes above which a paragraph is split into several, at the ends of sentences.
const LONG_PARAGRAPH: usize = 900;

/// Minimum length in bytes of the pieces into which a long paragraph is split: about four
/// sentences.
const MIN_PIECE: usize = 420;

/// Length in bytes after which a quotation is assumed to lack its closing mark.
const MAX_OPEN_QUOTATION: usize = 1500;

impl PageState<'_> {
    /// Adds a block for each line of the body. Splits long paragraphs, and joins a dateline on a
    /// line of its own to the paragraph after it.
    pub(super) fn read_body(&mut self) {
        let mut at = self.body.start;
        while at < self.body.end {
            let Some(unit) = self.units.get(at).copied() else {
                break;
            };
            let opens = at == self.body.start;
            let alone = opens && self.rules.is_dateline_alone(self.text, unit.span);
            let next_is_text = self.role(at + 1) == Some(Role::Text) && at + 1 < self.body.end;
            if alone && next_is_text {
                let joined = self.units[at + 1].whole.join(unit.whole);
                self.units[at + 1].whole = joined;
                self.units[at + 1].span = joined;
                at += 1;
                self.take_paragraph(joined, true);
            } else {
                self.take_body_unit(at, opens);
            }
            at += 1;
        }
    }

    fn take_body_unit(&mut self, at: usize, opens: bool) {
        let Some(unit) = self.units.get(at).copied() else {
            return;
        };
        match unit.role {
            Role::Text | Role::Date => self.take_text(at, opens),
            Role::Byline => {
                self.take_names(unit.span);
                self.add(BlockKind::Byline, unit.whole);
            }
            Role::Source => {
                self.take_source(unit.span);
                self.add(BlockKind::Credit, unit.whole);
            }
            Role::Caption => {
                self.take_caption(at, unit.span);
                self.add(BlockKind::Caption, unit.whole);
            }
            Role::Initials => self.take_initials(unit.whole),
            role => {
                self.note_outlet(unit.span);
                self.add(role.block(), unit.whole);
            }
        }
    }

    fn take_text(&mut self, at: usize, opens: bool) {
        let Some(unit) = self.units.get(at).copied() else {
            return;
        };
        let words = unit.span.of(self.text);
        let next_is_credit = self.role(at + 1) == Some(Role::PhotoCredit);
        if next_is_credit && !opens && words.len() < 420 {
            self.take_caption(at, unit.span);
            return self.add(BlockKind::Caption, unit.whole);
        }
        if at > 0 && self.role(at - 1) == Some(Role::PhotoCredit) && self.repeats_caption(words) {
            return self.add(BlockKind::RepeatedCaption, unit.whole);
        }
        let short = words.len() < 110 && !is_ended(words) && !words.ends_with([',', ';', '"', '”']);
        let link = unit.is_bullet()
            && short
            && words.split(' ').count() > 3
            && !words.ends_with(':')
            && self.bullets_around(at) <= 2;
        if link {
            return self.add(BlockKind::Furniture, unit.whole);
        }
        let heads = short
            && !opens
            && !unit.is_bullet()
            && !starts_small(words)
            && !words.ends_with(':')
            && self.next_text_is_prose(at);
        if heads {
            return self.add(BlockKind::Subhead, unit.whole);
        }
        self.take_paragraph(unit.whole, opens);
    }

    fn repeats_caption(&self, words: &str) -> bool {
        let known = self.structure.blocks.iter().rev().take(3);
        known
            .filter(|block| block.kind == BlockKind::Caption)
            .any(|block| block.span.of(self.text) == words)
    }

    fn bullets_around(&self, at: usize) -> usize {
        let is_bullet = |index: &usize| {
            self.units
                .get(*index)
                .is_some_and(super::units::Unit::is_bullet)
        };
        (at..at + 4).take_while(is_bullet).count()
            + (at.saturating_sub(4)..at)
                .rev()
                .take_while(is_bullet)
                .count()
    }

    fn next_text_is_prose(&self, at: usize) -> bool {
        let next = (at + 1..at + 4).find(|next| matches!(self.role(*next), Some(Role::Text)));
        next.is_some_and(|next| self.is_prose(next) || is_ended(self.words(next)))
            || (at + 1..at + 4).any(|next| self.role(next) == Some(Role::Caption))
    }

    /// Adds the paragraph at `span`. Splits it if it is long, and separates furniture that was
    /// merged into it. `opens` says whether it is the first line of the body.
    fn take_paragraph(&mut self, span: ByteSpan, opens: bool) {
        let span = if opens {
            self.take_dateline(span)
        } else {
            span
        };
        let words = span.of(self.text);
        let inline = words.len() > 60 && self.rules.inline.is_match(words);
        if !inline && words.len() <= LONG_PARAGRAPH {
            let (span, byline) = self.without_byline(span);
            self.add(BlockKind::Paragraph, span);
            return self.add(BlockKind::Byline, byline);
        }
        for (kind, piece) in self.inline_parts(span) {
            match kind {
                BlockKind::Paragraph => self.take_pieces(piece),
                BlockKind::Byline => {
                    self.take_names(piece);
                    self.add(kind, piece);
                }
                kind => {
                    self.outlet = self
                        .outlet
                        .take()
                        .or_else(|| self.copyright(piece.of(self.text)));
                    if self.shape.is_none() {
                        self.shape = self
                            .rules
                            .layouts
                            .of_shape(piece.of(self.text).get(..piece.len().min(40)).unwrap_or(""));
                    }
                    self.add(kind, piece);
                }
            }
        }
    }

    /// Stores the dateline at the start of the first paragraph. A pull quote before the dateline
    /// becomes a paragraph of its own. Returns the rest of the span: from the dateline on, or all
    /// of it if there is none.
    fn take_dateline(&mut self, span: ByteSpan) -> ByteSpan {
        if let Some(found) = self.rules.dateline(self.text, span) {
            self.outlet = found.outlet.or(self.outlet.take());
            self.structure.dateline = Some(found.dateline);
            return span;
        }
        let led = self.led_dateline(span);
        let Some(at) = led.or_else(|| self.late_dateline(span)) else {
            return span;
        };
        let rest = ByteSpan::new(at, span.end as usize);
        if let Some(found) = self
            .rules
            .dateline(self.text, rest)
            .filter(|found| found.strong)
        {
            self.take_lead(ByteSpan::new(span.start as usize, at).trim(self.text));
            self.outlet = found.outlet.or(self.outlet.take());
            self.structure.dateline = Some(Dateline { ..found.dateline });
            return rest;
        }
        span
    }

    /// Adds the blocks before a dateline that is not at the start of the first paragraph: a pull
    /// quote, a repeated title, or the reporter
    /// (`Laporan Wartawan Kabar Lareng. Rina Halim. KABARLARENG.COM, LARENG - `).
    fn take_lead(&mut self, span: ByteSpan) {
        let words = span.of(self.text);
        let starts = words.match_indices(". ").map(|(at, _)| at + 2);
        let report = std::iter::once(0).chain(starts).find(|at| {
            let opening = self.rules.cues.opening(words.get(*at..).unwrap_or(""));
            opening.is_some_and(|opening| opening.is(Cue::Report))
        });
        let from = span.start as usize + report.unwrap_or(words.len());
        let byline = ByteSpan::new(from, span.end as usize);
        let before = ByteSpan::new(span.start as usize, from).trim(self.text);
        if !before.is_empty() {
            self.add(BlockKind::Paragraph, before);
        }
        if !byline.is_empty() {
            self.take_names(byline);
            self.add(BlockKind::Byline, byline);
        }
    }

    /// Returns the position in the text of a dateline that begins with an outlet's domain in
    /// capitals (`KABARLARENG.COM, LARENG - `) and follows one of the first sentences of `span`.
    /// Returns `None` if there is none.
    fn led_dateline(&self, span: ByteSpan) -> Option<usize> {
        const REACH: usize = 300;
        let head = head(span.of(self.text), REACH);
        let mut starts = head.match_indices(". ").map(|(at, _)| at + 2);
        let led = |at: &usize| {
            let word = head.get(*at..).and_then(|rest| rest.split(' ').next());
            let word = word.unwrap_or("").trim_end_matches(['.', ',']);
            !word.contains(char::is_lowercase) && super::layout::is_domain(word)
        };
        starts.find(led).map(|at| span.start as usize + at)
    }

    /// Returns the position in the text of a dateline such as `Jakarta (ANTARA) - ` within the
    /// first 600 bytes of `span`. Returns `None` if there is none.
    fn late_dateline(&self, span: ByteSpan) -> Option<usize> {
        let words = span.of(self.text);
        let head = head(words, 600);
        let bracket = head.find(") - ").or_else(|| head.find(") – "))?;
        let open = head.get(..bracket)?.rfind('(')?;
        let place = head.get(..open)?.trim_end();
        // Go back over the words of the place, which have capitals, to the end of a sentence or
        // quotation.
        let mut from = place.len();
        for word in place.rsplit(' ').take(5) {
            let capital = word.starts_with(char::is_uppercase);
            if !capital || word.ends_with(['"', '”', '.', '?']) {
                break;
            }
            from = word.as_ptr() as usize - head.as_ptr() as usize;
        }
        (from < place.len()).then_some(span.start as usize + from)
    }

    /// Splits a paragraph into prose and the furniture and bylines that were merged into it.
    /// Returns all parts in text order, each with its kind.
    fn inline_parts(&self, span: ByteSpan) -> Vec<(BlockKind, ByteSpan)> {
        let words = span.of(self.text);
        let start = span.start as usize;
        let mut parts = Vec::new();
        let mut at = 0;
        let starts: Vec<usize> = self
            .rules
            .inline
            .find_iter(words)
            .map(|found| found.start())
            .collect();
        for (index, from) in starts.iter().copied().enumerate() {
            if from < at {
                continue;
            }
            let next = starts.get(index + 1).copied().unwrap_or(words.len());
            let (kind, to) = self.inline_part(words, from, next);
            parts.push((
                BlockKind::Paragraph,
                ByteSpan::new(start + at, start + from),
            ));
            parts.push((kind, ByteSpan::new(start + from, start + to)));
            at = to;
        }
        parts.push((
            BlockKind::Paragraph,
            ByteSpan::new(start + at, span.end as usize),
        ));
        parts
            .into_iter()
            .map(|(kind, part)| (kind, part.trim(self.text)))
            .filter(|(_, part)| !part.is_empty())
            .collect()
    }

    /// Returns the kind and the end of the furniture or byline that begins at `from` in `words`.
    /// `next` is where the next one begins, or the end of `words`.
    fn inline_part(&self, words: &str, from: usize, next: usize) -> (BlockKind, usize) {
        let rest = words.get(from..next).unwrap_or("");
        let Some(opening) = self.rules.cues.opening(rest) else {
            return (BlockKind::Furniture, next.min(from + sentence_end(rest)));
        };
        if opening.colon
            && (opening.is(Cue::Reporter) || opening.is(Cue::Editor))
            && rest.len() < 120
        {
            return (BlockKind::Byline, next);
        }
        if opening.is(Cue::Furniture) && !opening.is(Cue::Related) {
            let upper = rest.find(|c: char| c.is_lowercase()).unwrap_or(rest.len());
            let phrase = rest.len() - opening.rest.len();
            return (BlockKind::Furniture, from + phrase.min(upper.max(phrase)));
        }
        if opening.is(Cue::Related) && opening.colon {
            return (BlockKind::Furniture, from + headline_end(rest));
        }
        // Copyright notices and invitations end the page.
        if rest.starts_with("Copyright") || rest.starts_with("COPYRIGHT") || rest.starts_with("TJP")
        {
            return (BlockKind::Furniture, next.max(words.len().min(next)));
        }
        (BlockKind::Furniture, from + sentence_end(rest))
    }

    /// Adds prose as paragraphs of readable length.
    fn take_pieces(&mut self, span: ByteSpan) {
        let (span, byline) = self.without_byline(span);
        let mut from = span.start as usize;
        for cut in cuts(span.of(self.text)) {
            let to = span.start as usize + cut;
            self.add(
                BlockKind::Paragraph,
                ByteSpan::new(from, to).trim(self.text),
            );
            from = to;
        }
        let rest = ByteSpan::new(from, span.end as usize).trim(self.text);
        self.add(BlockKind::Paragraph, rest);
        self.add(BlockKind::Byline, byline);
    }

    /// Separates a paragraph from the initials (`(taa/fas)`) or the name (`(Kabar.com/Laras Dewi)`)
    /// in brackets after its last sentence, and stores these. Returns the span of the paragraph
    /// without the brackets, and that of the brackets, which is empty if there are none.
    fn without_byline(&mut self, span: ByteSpan) -> (ByteSpan, ByteSpan) {
        let words = span.of(self.text);
        let end = span.end as usize;
        let none = (span, ByteSpan::new(end, end));
        let open = words.ends_with(')').then(|| words.rfind('(')).flatten();
        let Some(open) = open.filter(|open| words.len() - open < 60) else {
            return none;
        };
        let before = words.get(..open).unwrap_or("").trim_end();
        let bracket = ByteSpan::new(span.start as usize + open, end);
        let inner = bracket.of(self.text);
        let initials = is_initials(inner) && inner.contains(['/', '*']);
        if before.is_empty() || !is_ended(before) {
            return none;
        }
        if initials {
            self.note_initials(bracket);
        } else if !self.take_bracketed(bracket) {
            return none;
        }
        let rest = ByteSpan::new(span.start as usize, span.start as usize + before.len());
        (rest, bracket)
    }

    fn note_initials(&mut self, bracket: ByteSpan) {
        let inner = ByteSpan::new(bracket.start as usize + 1, bracket.end as usize - 1);
        let inner = inner.trim(self.text);
        let lettered = inner.of(self.text).chars().any(char::is_alphabetic);
        if self.structure.initials.is_none() && lettered {
            self.structure.initials = Some(Excerpt::Span(inner));
        }
    }

    /// Stores the initials of the writer or editor from a line that consists of them.
    pub(super) fn take_initials(&mut self, span: ByteSpan) {
        self.note_initials(span);
        self.add(BlockKind::Furniture, span);
    }
}

/// Returns the byte offset in `words` where its first sentence ends. If no sentence ends, returns
/// an offset of at most 300.
fn sentence_end(words: &str) -> usize {
    let bytes = words.as_bytes();
    memchr::memchr3_iter(b'.', b'?', b'!', bytes)
        .find(|at| bytes.get(at + 1).is_none_or(|b| *b == b' ') && *at > 12)
        .map_or(words.floor_char_boundary(300), |at| at + 1)
}

/// Guesses where a headline ends that was merged with the sentence after it. `rest` begins with the
/// label of the headline, such as `Baca juga:`, and ends where the next furniture begins. Returns a
/// byte offset in `rest`. If no sentence ends in `rest`, all of it is the headline. Otherwise the
/// sentence begins at a quotation, or at the last capitalised word before two longer words in lower
/// case.
fn headline_end(rest: &str) -> usize {
    let sentence = sentence_end(rest);
    if sentence >= rest.len() && rest.len() <= 300 {
        return rest.len();
    }
    let label = rest.find(':').map_or(0, |at| at + 1);
    if let Some(mark) = utterance(rest, label).filter(|mark| *mark <= sentence) {
        return mark;
    }
    let (mut last, mut small, mut count) = (label, 0, 0);
    for word in rest.get(label..).unwrap_or("").split_whitespace() {
        let at = word.as_ptr() as usize - rest.as_ptr() as usize;
        let first = word
            .trim_start_matches(['"', '“', '\'', '‘'])
            .chars()
            .next();
        count += 1;
        if first.is_some_and(char::is_uppercase) {
            last = at;
            small = 0;
        } else if first.is_some_and(char::is_lowercase) {
            small += usize::from(word.len() > 4);
        }
        if small >= 2 && count > 5 || at > 180 {
            break;
        }
    }
    last.max(label)
}

/// Returns the byte offset in `rest` where a quotation begins after a headline that starts at
/// `from`. It begins at a quotation mark before a capital, if no closing mark is near: a headline
/// itself quotes only a few words. Returns `None` if there is no such mark.
fn utterance(rest: &str, from: usize) -> Option<usize> {
    const MAX_DATELINE: usize = 180;
    const SHORTEST: usize = 48;
    let head = rest.get(from..rest.floor_char_boundary(from + MAX_DATELINE))?;
    let marks = head.char_indices().filter_map(|(at, c)| {
        let entity = (c == '&').then(|| mark_entity(&head[at..])).flatten();
        let width = match entity {
            Some((_, width)) => width,
            None if is_mark(c) => c.len_utf8(),
            None => return None,
        };
        Some((from + at, width))
    });
    let mut marks = marks.skip_while(|(at, _)| *at < from + 12);
    let (mark, width) = marks.next()?;
    let said = rest.get(mark + width..)?;
    let spaced = rest[..mark].ends_with(|c: char| c.is_whitespace() || c.is_alphanumeric());
    let near = said.get(..said.floor_char_boundary(SHORTEST))?;
    let closes = near
        .char_indices()
        .any(|(at, c)| is_mark(c) || c == '&' && mark_entity(&near[at..]).is_some());
    (spaced && !closes && said.starts_with(char::is_uppercase)).then_some(mark)
}

/// Returns the byte offsets at which to cut a long stretch of prose: at the ends of sentences,
/// never inside quotation marks.
fn cuts(words: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    if words.len() <= MIN_PIECE * 3 / 2 {
        return cuts;
    }
    let mut marks = marks(words).into_iter().peekable();
    let mut quote = None;
    let mut from = 0;
    // Only the marks matter where a piece is still too short to end.
    while let Some(rest) = words.get(words.floor_char_boundary(from + MIN_PIECE - 1)..) {
        let start = words.len() - rest.len();
        let ends = rest.char_indices().map(|(at, c)| (start + at, c));
        let mut ends = ends.filter(|(_, c)| matches!(c, '.' | '?' | '!' | '"' | '”' | ','));
        let end = ends.find_map(|(at, c)| {
            while let Some((mark, c)) = marks.next_if(|(mark, _)| *mark <= at) {
                quote = quote.filter(|open| mark - open <= MAX_OPEN_QUOTATION);
                quote = opens(words, mark, c, quote.is_some()).then_some(mark);
            }
            quote = quote.filter(|open| at - open <= MAX_OPEN_QUOTATION);
            let end = at + c.len_utf8();
            (quote.is_none() && ends_sentence(words, words.as_bytes(), at, end, c)).then_some(end)
        });
        let Some(end) = end.filter(|end| words.len() - end >= MIN_PIECE / 3) else {
            break;
        };
        cuts.push(end);
        from = end;
    }
    cuts
}

/// Returns the quotation marks in `words`, also those that a page has left as entities (`&`).
fn marks(words: &str) -> Vec<(usize, char)> {
    let bytes = words.as_bytes();
    let mut places: Vec<usize> = memchr::memchr3_iter(b'"', b'&', 0xe2, bytes)
        .chain(memchr::memchr_iter(0xc2, bytes))
        .collect();
    places.sort_unstable();
    let marks = places.into_iter().filter_map(|at| {
        let rest = words.get(at..)?;
        let c = rest.chars().next()?;
        (is_mark(c) || c == '&' && mark_entity(rest).is_some()).then_some((at, c))
    });
    marks.collect()
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// Returns whether the quotation mark at `at` opens a quotation. The characters beside it decide,
/// because many papers use the same mark at both ends (`”…”`). If they do not decide, the shape of
/// the mark does, and for a straight one or an entity whether a quotation is already open.
fn opens(words: &str, at: usize, mark: char, is_open: bool) -> bool {
    if mark == '&' {
        return !is_open;
    }
    let before = words[..at].chars().next_back();
    let after = words[at + mark.len_utf8()..].chars().next();
    let loose_before = before.is_none_or(|c| c.is_whitespace() || c == '(');
    let loose_after = after.is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '.' | ')'));
    match (loose_before, loose_after) {
        (true, false) => true,
        (false, true) => false,
        _ => matches!(mark, '“' | '„' | '«') || mark == '"' && !is_open,
    }
}

fn ends_sentence(words: &str, bytes: &[u8], at: usize, end: usize, c: char) -> bool {
    let before = words.get(..at).unwrap_or("");
    let rest = words.get(end..).unwrap_or("");
    let next = rest.trim_start();
    let opens = next.chars().next().is_none_or(|c| {
        c.is_uppercase() || matches!(c, '"' | '“' | '‘' | '(') || c.is_ascii_digit()
    }) || mark_entity(next).is_some();
    let stop = |text: &str| text.ends_with(['.', '?', '!']);
    match c {
        // Some crawlers join paragraphs with commas: `selesai.,Ia`.
        ',' => {
            stop(before.trim_end_matches(['"', '”']))
                && rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | ' '))
        }
        '"' | '”' => stop(before) && rest.starts_with(' ') && opens,
        _ => {
            let word = bytes[..at]
                .iter()
                .rev()
                .take_while(|b| b.is_ascii_alphanumeric())
                .count();
            rest.starts_with(' ') && opens && word > 3
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_paragraph_is_cut_behind_sentences_outside_marks() {
        let sentence = "Warga desa itu menunggu air bersih sejak pagi hari. ";
        for (open, close) in [
            ("\"", '"'),
            ("“", '”'),
            ("”", '”'),
            ("„", '“'),
            ("&quot;", '"'),
        ] {
            let quote = format!(
                "{open}{}{close} kata Suta. ",
                sentence.repeat(12).trim_end()
            );
            let text = format!("{}{}{}", sentence.repeat(6), quote, sentence.repeat(20));
            let mut from = 0;
            for cut in cuts(&text) {
                let piece = &text[from..cut];
                assert!(piece.ends_with(['.', close]), "{piece}");
                assert_eq!(piece.contains(open), piece.contains(close), "{piece}");
                from = cut;
            }
            assert!(from > 0);
        }
    }
}
