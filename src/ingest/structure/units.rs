//! Splits a text into units. A unit is a line, or a sentence that runs over many lines because each
//! link in it is on a line of its own. Uses punctuation and letter case, but no language.

use crate::model::BlockKind;
use crate::text::ByteSpan;

/// A line, or several lines that are one sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// Position without white space and list marks at the ends.
    pub span: ByteSpan,
    /// Position including the list mark.
    pub whole: ByteSpan,
    /// Whether an empty line precedes it.
    pub gap: bool,
    /// Role of the unit.
    pub role: Role,
}

impl Unit {
    pub(super) fn is_bullet(&self) -> bool {
        self.span != self.whole
    }

    pub(super) fn is_text(&self) -> bool {
        self.role == Role::Text
    }
}

/// Returns the lines of a text that are not empty.
pub(super) fn lines(text: &str) -> Vec<Unit> {
    let mut units = Vec::new();
    let (mut start, mut gap) = (0, false);
    // Skip a byte-order mark.
    if text.starts_with('\u{feff}') {
        start = 3;
    }
    let ends = memchr::memchr2_iter(b'\n', b'\r', text.as_bytes());
    for end in ends.chain(std::iter::once(text.len())) {
        // The second byte of a CRLF does not end another line.
        if end > 0 && text.as_bytes().get(end - 1..=end) == Some(b"\r\n") {
            start = end + 1;
            continue;
        }
        let whole = ByteSpan::new(start.min(end), end).trim(text);
        start = end + 1;
        if whole.is_empty() {
            gap = true;
            continue;
        }
        units.push(Unit {
            span: without_bullet(text, whole),
            whole,
            gap,
            role: Role::Text,
        });
        gap = false;
    }
    units
}

fn without_bullet(text: &str, whole: ByteSpan) -> ByteSpan {
    let words = whole.of(text);
    let rest = words
        .strip_prefix(['*', '+', '•', '▪', '●', '·'])
        .filter(|rest| rest.starts_with(char::is_whitespace));
    match rest {
        Some(rest) => ByteSpan::new(whole.end as usize - rest.len(), whole.end as usize).trim(text),
        None => whole,
    }
}

/// Signs that may follow the full stop of a sentence, in any language that marks its quotations.
pub(super) const CLOSING: [char; 10] = ['"', '”', '“', '’', '‘', '\'', '»', '«', ')', ']'];

/// Returns whether `words` end with the end of a sentence.
pub(super) fn is_ended(words: &str) -> bool {
    let bare = words.trim_end_matches(CLOSING);
    bare.ends_with(['.', '?', '!', '…']) || bare.ends_with(".,")
}

/// Returns whether `words` can only continue a sentence.
fn carries_on(words: &str) -> bool {
    let mut chars = words.chars();
    match chars.next() {
        Some(c) if c.is_lowercase() => !words.starts_with("http"),
        Some(',' | '.' | ';' | ':' | ')' | '%' | '”' | '?' | '!') => true,
        Some('-' | '–' | '—') => {
            words.len() > 1 && chars.next() == Some(' ') || words.len() <= 3
        }
        _ => false,
    }
}

/// Joins units that are pieces of one sentence. Looks at neighbours only, so it takes linear time.
pub(super) fn join_broken(text: &str, units: &mut Vec<Unit>) {
    let mut joined: Vec<Unit> = Vec::with_capacity(units.len());
    let mut at = 0;
    while let Some(first) = units.get(at) {
        let end = group_end(text, units, at);
        let group = units.get(at..end).unwrap_or_default();
        let broken = group
            .windows(2)
            .any(|pair| matches!(pair, [_, next] if carries_on(next.span.of(text))));
        if !broken || !first.is_text() {
            joined.extend_from_slice(group);
        } else {
            join_group(text, group, at == 0, &mut joined);
        }
        at = end;
    }
    *units = joined;
}

/// Returns the end of the run of text lines without a gap that starts at `at` and ends with a
/// sentence.
fn group_end(text: &str, units: &[Unit], at: usize) -> usize {
    let mut end = at + 1;
    while let (Some(last), Some(next)) = (units.get(end - 1), units.get(end)) {
        let words = last.span.of(text);
        // A short item of a menu is not an unfinished sentence.
        let item = last.is_bullet() && words.len() < 60;
        let open = last.is_text() && !is_ended(words) && !item;
        if !open || !next.is_text() || next.gap || next.is_bullet() {
            break;
        }
        end += 1;
    }
    end
}

fn join_group(text: &str, group: &[Unit], at_head: bool, joined: &mut Vec<Unit>) {
    for (index, unit) in group.iter().enumerate() {
        let words = unit.span.of(text);
        let line = index.checked_sub(1).and_then(|before| group.get(before));
        let glues = line.is_some_and(|before| {
            carries_on(words) || !(at_head && index == 1 || is_heading(before.span.of(text)))
        });
        match joined.last_mut() {
            Some(last) if glues => {
                last.span = last.span.join(unit.span);
                last.whole = last.whole.join(unit.whole);
            }
            _ => joined.push(*unit),
        }
    }
}

/// Returns whether a line without a full stop looks like a headline: most of its words are
/// capitalised.
pub(super) fn is_heading(words: &str) -> bool {
    let (mut count, mut capitals) = (0, 0);
    for word in words.split_whitespace().take(20) {
        let first = word
            .trim_start_matches(['"', '“', '‘', '\'', '('])
            .chars()
            .next();
        if first.is_some_and(char::is_alphabetic) {
            count += 1;
            capitals += usize::from(first.is_some_and(char::is_uppercase));
        }
    }
    count >= 4 && capitals * 4 >= count * 3
}

/// The role of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A title, a paragraph, a subhead, or anything else without a role of its own.
    Text,
    /// Page furniture, such as menus and notices.
    Furniture,
    /// An announcement of other articles on the next lines.
    Related,
    /// The date of publication.
    Date,
    /// Names with a label.
    Byline,
    /// The job of the person on the line before or after.
    Job,
    /// A photo credit alone (`Foto: …`).
    PhotoCredit,
    /// A caption.
    Caption,
    /// The source of the report.
    Source,
    /// Initials in brackets.
    Initials,
}

impl Role {
    /// Returns the kind of block for roles that need no neighbours.
    pub(super) fn block(self) -> BlockKind {
        match self {
            Self::Text => BlockKind::Paragraph,
            Self::Date => BlockKind::Date,
            Self::Byline => BlockKind::Byline,
            Self::PhotoCredit => BlockKind::PhotoCredit,
            Self::Caption => BlockKind::Caption,
            Self::Source => BlockKind::Credit,
            Self::Furniture | Self::Related | Self::Job | Self::Initials => BlockKind::Furniture,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_over_many_lines_is_one_unit() {
        let text = "Judul Berita Dari Kota\nPresiden\nRimbara\nSuta Wirya\nmengatakan kelompok\nMerpati\n\
                    \"harus pulang\" besok.\nIsi Surat Suta Wirya untuk Warga\nSurat itu, seperti dilansir\nKabar\n, \
                    Selasa, disampaikan kemarin.\n";
        let mut units = lines(text);
        join_broken(text, &mut units);
        let found: Vec<_> = units
            .iter()
            .map(|unit| unit.span.of(text).replace('\n', "|"))
            .collect();
        assert_eq!(
            found,
            [
                "Judul Berita Dari Kota",
                "Presiden|Rimbara|Suta Wirya|mengatakan kelompok|Merpati|\"harus pulang\" besok.",
                "Isi Surat Suta Wirya untuk Warga",
                "Surat itu, seperti dilansir|Kabar|, Selasa, disampaikan kemarin.",
            ]
        );
    }
}
