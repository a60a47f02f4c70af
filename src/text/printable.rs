//! What may be shown: white space squeezed, and nothing that a terminal would obey.

use std::borrow::Cow;

/// `text` with every run of white space as one space, none at the edges.
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

/// Whether a text is ASCII without controls and double spaces: most of what is asked for, and told
/// several times as fast.
#[allow(clippy::needless_bitwise_bool)] // a branch for each byte is what takes the time
fn is_clean(text: &[u8]) -> bool {
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    let doubled = pairs.fold(false, |found, (a, b)| found | ((*a == b' ') & (*b == b' ')));
    let foreign = text
        .iter()
        .fold(false, |found, b| found | !(b' '..=b'~').contains(b));
    !doubled & !foreign
}

/// Whether `c` could steer a terminal or reorder what is shown around it: C0 and C1 controls
/// (escape and the OSC and CSI introducers among them), bidirectional overrides and isolates,
/// line and paragraph separators, zero-width marks that carry no letter, tag characters.
fn is_unsafe(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// `text` safe for a terminal: tabs and line ends become spaces, controls that would be obeyed
/// become `␀`–`␡` or `�`, and invisible direction marks go. Newlines are the caller's to handle.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(printable_char).collect())
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
    fn squeezing_joins_a_sentence_cut_by_line_ends() {
        assert_eq!(
            squeeze(" kelompok\r\nHamas \u{a0} itu\n"),
            "kelompok Hamas itu"
        );
        assert!(matches!(squeeze("satu dua"), Cow::Borrowed(_)));
    }
}
