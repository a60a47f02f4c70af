//! Splits a text into units. A unit is a line, or a sentence that is spread over several lines
//! because each link in it is on a line of its own. Uses punctuation and letter case, but no
//! knowledge of a language.

use crate::model::BlockKind;
use crate::text::ByteSpan;

/// A unit: one line, or several lines that are one sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// Position in the text, without white space and a list mark at the ends.
    pub span: ByteSpan,
    /// Position in the text, including the list mark.
    pub whole: ByteSpan,
    /// Whether an empty line precedes the unit.
    pub gap: bool,
    /// What the unit is on the page.
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

/// Returns the non-empty lines of a text as units. The role of each is `Role::Text`.
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

/// Quotation marks and brackets that may follow the full stop of a sentence, in any language.
pub(super) const CLOSING: [char; 10] = ['"', '”', '“', '’', '‘', '\'', '»', '«', ')', ']'];

/// Returns whether `words` end where a sentence ends: with a full stop or a similar mark, possibly
/// before closing quotation marks or brackets.
pub(super) fn is_ended(words: &str) -> bool {
    let bare = words.trim_end_matches(CLOSING);
    bare.ends_with(['.', '?', '!', '…']) || bare.ends_with(".,")
}

/// Returns whether `words`, the text of a line, cannot begin a sentence but only continue one: they
/// begin with a lower-case letter or a punctuation mark.
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

/// Joins neighbouring lines that are pieces of the same sentence. Takes time linear in their
/// number.
pub(super) fn join_broken(text: &str, units: &mut Vec<Unit>) {
    let mut joined: Vec<Unit> = Vec::with_capacity(units.len());
    let wrapped = is_wrapped(text, units);
    let mut at = 0;
    while let Some(first) = units.get(at) {
        let end = group_end(text, units, at);
        let group = units.get(at..end).unwrap_or_default();
        let broken = wrapped && group.len() > 1
            || group
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

/// Returns whether the lines of a text were wrapped at a certain width: many lines that follow
/// another one without an empty line begin in the middle of a sentence.
fn is_wrapped(text: &str, units: &[Unit]) -> bool {
    const LEAST: usize = 8;
    let tight = units
        .iter()
        .skip(1)
        .filter(|unit| !unit.gap && unit.is_text());
    let (mut count, mut inner) = (0, 0);
    for unit in tight {
        count += 1;
        inner += usize::from(carries_on(unit.span.of(text)));
    }
    inner >= LEAST && inner * 3 >= count
}

/// Returns the index after the line that closes the quotation that is open at the end of the lines
/// `at..end`. Returns `None` if none is open, or if the next quotation mark, within a few lines,
/// does not close it.
fn closes_at(text: &str, units: &[Unit], (at, end): (usize, usize)) -> Option<usize> {
    const REACH: usize = 6;
    let words = |unit: &Unit| unit.span.of(text);
    let group = units.get(at..end)?;
    let count = |mark| {
        group
            .iter()
            .map(|unit| words(unit).matches(mark).count())
            .sum::<usize>()
    };
    let open = count('“') > count('”') || count('"') % 2 == 1;
    if !open {
        return None;
    }
    let following = units.get(end..units.len().min(end + REACH))?;
    for (index, unit) in following.iter().enumerate() {
        if unit.gap || !unit.is_text() {
            return None;
        }
        let line = words(unit);
        if let Some(mark) = line.find(['“', '”', '"']) {
            let closes = line[mark..].starts_with('”')
                || line[mark..].starts_with('"') && line[..mark].ends_with([',', '.', '?', '!']);
            return closes.then_some(end + index + 1);
        }
    }
    None
}

/// Returns the index after the last line of the group that starts at index `at`: text lines that
/// follow each other without an empty line, up to the first end of a line that is also the end of a
/// sentence.
fn group_end(text: &str, units: &[Unit], at: usize) -> usize {
    let mut end = at + 1;
    while let (Some(last), Some(next)) = (units.get(end - 1), units.get(end)) {
        let words = last.span.of(text);
        // A short item of a menu is not an unfinished sentence.
        let item = last.is_bullet() && words.len() < 60;
        let open = last.is_text() && !is_ended(words) && !item;
        if !next.is_text() || next.gap || next.is_bullet() {
            break;
        }
        let inside = || {
            let group = units.get(at..end).unwrap_or_default();
            let pairs = group.windows(2);
            let mut pairs = pairs.filter_map(|pair| pair.get(1));
            pairs.any(|unit| carries_on(unit.span.of(text)))
        };
        if !open {
            let Some(closed) = inside()
                .then(|| closes_at(text, units, (at, end)))
                .flatten()
            else {
                break;
            };
            end = closed;
            continue;
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

/// What a unit is on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A title, a paragraph, a subhead, or anything else that none of the other roles describes.
    Text,
    /// Page furniture, such as menus and notices.
    Furniture,
    /// An announcement of other articles, which are listed on the next lines (`Baca juga`).
    Related,
    /// The date of publication or of a change.
    Date,
    /// Names of reporters or editors with a label (`Editor: …`).
    Byline,
    /// The job title of the person on the line before or after (`Jurnalis`).
    Job,
    /// A photo credit on a line of its own (`Foto: …`).
    PhotoCredit,
    /// A caption of a picture, recognised by the photo credit in it.
    Caption,
    /// The agency from which the report comes (`Sumber: …`).
    Source,
    /// Initials of the writer or editor in brackets (`(taa/fas)`).
    Initials,
}

impl Role {
    /// Returns the kind of block that a unit with this role becomes, if its neighbours do not
    /// change that.
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
