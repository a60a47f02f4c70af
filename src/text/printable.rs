//! Makes text safe to show: reduces white space, and replaces everything that would control a
//! terminal.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

/// Maximum number of zero-width characters, such as accents, that are shown on one letter. No
/// script in use needs more, and thousands of them would cover the lines around the letter.
const MAX_MARKS: usize = 4;

/// Returns `text` with every run of white space reduced to one space, and without white space at
/// its edges.
pub fn squeeze(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if is_clean(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let clean = !text.contains("  ") && text.chars().all(|c| c == ' ' || !c.is_whitespace());
    if clean {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Returns whether a text is ASCII without control characters and double spaces. Most texts are,
/// and this check is several times as fast as squeezing them.
#[allow(clippy::needless_bitwise_bool)] // a branch for each byte is what takes the time
fn is_clean(text: &[u8]) -> bool {
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    let doubled = pairs.fold(false, |found, (a, b)| found | ((*a == b' ') & (*b == b' ')));
    let foreign = text
        .iter()
        .fold(false, |found, b| found | !(b' '..=b'~').contains(b));
    !doubled & !foreign
}

/// Returns whether `c` could control a terminal or reorder the text around it: C0 and C1 controls
/// (including escape and the OSC and CSI introducers), bidirectional overrides and isolates, line
/// and paragraph separators, zero-width marks that belong to no letter, tag characters.
fn is_unsafe(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Returns whether `c` is an invisible character that joins or separates the letters beside it.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Returns whether `c` is invisible or could control a terminal. Such characters are escaped where
/// a text must be exact.
pub(super) fn is_hidden(c: char) -> bool {
    is_unsafe(c) || is_joiner(c)
}

/// Returns whether `c` has zero width.
fn is_mark(c: char) -> bool {
    c >= '\u{300}' && c.width() == Some(0)
}

/// Returns `text` in a form that is safe for a terminal. Tabs and line ends become spaces, and
/// control characters become visible signs (`␀`–`␡` or `�`). Invisible direction marks, joiners
/// that join nothing, and all but a few accents on one letter are removed. To keep line ends, split
/// the text into lines first.
pub fn printable(text: &str) -> Cow<'_, str> {
    let mut marks = 0;
    let is_plain = text.chars().all(|c| {
        marks = if is_mark(c) { marks + 1 } else { 0 };
        !is_hidden(c) && marks <= MAX_MARKS
    });
    if is_plain {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let (mut before, mut marks) = (' ', 0);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(c) = printable_char(c) else {
            continue;
        };
        marks = if is_mark(c) { marks + 1 } else { 0 };
        let can_join = |c: char| !c.is_ascii() && !c.is_whitespace() && !is_hidden(c);
        let joins = can_join(before) && chars.peek().is_none_or(|next| can_join(*next));
        if marks <= MAX_MARKS && (!is_joiner(c) || joins) {
            shown.push(c);
            before = c;
        }
    }
    Cow::Owned(shown)
}

fn printable_char(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('␡'),
        '\u{80}'..='\u{9f}' => Some('\u{fffd}'),
        c if is_unsafe(c) => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        let shown = printable("a\u{1b}]0;evil\u{7}b\u{9b}31mc\u{202e}d\0\te");
        assert_eq!(shown, "a␛]0;evil␇b\u{fffd}31mcd␀ e");
    }

    #[test]
    fn marks_stay_on_their_letter_and_never_flood() {
        let flood = |base: &str, mark: &str| format!("{base}{}", mark.repeat(10_000));
        let cases = [
            (
                flood("e", "\u{301}") + "x",
                "e\u{301}\u{301}\u{301}\u{301}x".to_owned(),
            ),
            (flood("", "\u{20dd}"), "\u{20dd}".repeat(4)),
            (
                flood("\u{1100}", "\u{1161}"),
                format!("\u{1100}{}", "\u{1161}".repeat(4)),
            ),
            (flood("\u{1f469}", "\u{200d}"), "\u{1f469}".to_owned()),
            (flood("a", "\u{200d}") + "b", "ab".to_owned()),
        ];
        for (text, expected) in cases {
            assert_eq!(printable(&text), expected);
        }
        for whole in [
            "tie\u{302}\u{301}ng Vie\u{323}\u{302}t",
            "\u{1f469}\u{1f3fd}\u{200d}\u{1f680}",
            "\u{1f3f3}\u{fe0f}\u{200d}\u{1f308}",
            "\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}",
            "\u{915}\u{94d}\u{200d}\u{937}\u{93f}",
            "1\u{fe0f}\u{20e3}",
            "\u{5e9}\u{5bc}\u{5c1}\u{5b8}",
        ] {
            assert_eq!(printable(whole), whole);
        }
    }

    #[test]
    fn squeezing_joins_a_sentence_cut_by_line_ends() {
        assert_eq!(
            squeeze(" kelompok\r\nHamas \u{a0} itu\n"),
            "kelompok Hamas itu"
        );
        assert!(matches!(squeeze("satu dua"), Cow::Borrowed(_)));
    }
}
