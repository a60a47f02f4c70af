//! Writes JSON that is safe to show on a terminal.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter, Serializer};

use super::printable::is_hidden;

/// Writes `value` to `out` as one line of JSON. Invisible characters and characters that control a
/// terminal are escaped, which is more than JSON requires. A JSON parser restores the exact text.
///
/// Returns the errors of `out`.
pub fn write_json(value: &impl Serialize, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    let mut line = Vec::with_capacity(512);
    value
        .serialize(&mut Serializer::with_formatter(&mut line, TerminalSafe))
        .map_err(io::Error::from)?;
    line.push(b'\n');
    out.write_all(&line)
}

struct TerminalSafe;

impl Formatter for TerminalSafe {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut from = 0;
        for (at, c) in fragment.char_indices() {
            if !is_hidden(c) {
                continue;
            }
            out.write_all(fragment.get(from..at).unwrap_or_default().as_bytes())?;
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                write!(out, "\\u{unit:04x}")?;
            }
            from = at + c.len_utf8();
        }
        out.write_all(fragment.get(from..).unwrap_or_default().as_bytes())
    }

    fn write_char_escape<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        CompactFormatter.write_char_escape(out, escape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_escaped_and_comes_back() {
        let hidden = "\u{ad}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{202a}\u{202e}\u{2060}\
                      \u{2066}\u{2069}\u{feff}\u{9b}\u{7f}\u{e0041}\u{61c}";
        let text = format!("a{hidden}b \u{1f469}\u{200d}\u{1f680} e\u{301}\"\n");
        let mut out = Vec::new();
        write_json(&text, &mut out).unwrap();
        let line = String::from_utf8(out).unwrap();
        assert!(!line.contains(|c| hidden.contains(c)), "{line}");
        assert!(
            line.contains("\\u200b") && line.contains("\\udb40\\udc41"),
            "{line}"
        );
        assert!(
            line.contains("e\u{301}") && line.ends_with("\"\n"),
            "{line}"
        );
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
    }
}
