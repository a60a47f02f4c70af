//! Parses JSON with common errors: numbers and commas that JSON does not allow, and strings that
//! are escaped for another language or not at all. The meaning of such JSON is clear, so it is
//! repaired.

use serde_json::Error;

use crate::ingest::node::Node;

/// Parses one JSON value, and repairs it if necessary. Returns the value. Also returns the error in
/// the original text if a string had to be repaired; `NaN` and superfluous commas are repaired
/// silently.
pub(in crate::ingest::formats) fn parse(text: &[u8]) -> Result<(Node, Option<Error>), Error> {
    let error = match serde_json::from_slice(text) {
        Ok(node) => return Ok((node, None)),
        Err(error) => error,
    };
    let repaired = Repair::of(text);
    match serde_json::from_slice(&repaired.text) {
        Ok(node) => Ok((node, repaired.changed_string.then_some(error))),
        // Report the first error, whose position is in the original text.
        Err(_) => Err(error),
    }
}

struct Repair {
    text: Vec<u8>,
    /// Whether a string had to be changed.
    changed_string: bool,
}

/// Numbers that Python and R write, although JSON does not allow them.
const NON_JSON_NUMBERS: [&[u8]; 3] = [b"-Infinity", b"Infinity", b"NaN"];

impl Repair {
    fn of(text: &[u8]) -> Self {
        let mut repaired = Self {
            text: Vec::with_capacity(text.len() + 64),
            changed_string: false,
        };
        let mut rest = text;
        while let Some(first) = rest.first() {
            rest = match first {
                b'"' => repaired.copy_string(rest),
                _ => repaired.copy_outside(rest),
            };
        }
        repaired
    }

    /// Copies the first byte or number of `rest`, which is outside strings, to the repaired text.
    /// Returns what follows it. `NaN` and the like become `null`; a superfluous comma is left out.
    fn copy_outside<'t>(&mut self, rest: &'t [u8]) -> &'t [u8] {
        if let Some(bare) = NON_JSON_NUMBERS.iter().find(|bare| rest.starts_with(bare)) {
            self.text.extend_from_slice(b"null");
            return rest.get(bare.len()..).unwrap_or_default();
        }
        let (first, behind) = rest.split_at_checked(1).unwrap_or_default();
        let closes = || matches!(behind.trim_ascii_start().first(), Some(b']' | b'}'));
        if first != b"," || !closes() {
            self.text.extend_from_slice(first);
        }
        behind
    }

    /// Copies the string at the start of `rest` to the repaired text. Returns what follows the
    /// string.
    fn copy_string<'t>(&mut self, rest: &'t [u8]) -> &'t [u8] {
        self.text.push(b'"');
        let mut rest = rest.get(1..).unwrap_or_default();
        loop {
            let end = rest
                .iter()
                .position(|b| matches!(b, b'"' | b'\\' | ..=0x1f));
            let (plain, behind) = rest
                .split_at_checked(end.unwrap_or(rest.len()))
                .unwrap_or_default();
            self.text.extend_from_slice(plain);
            rest = match behind {
                [] => return behind,
                [b'"', behind @ ..] => {
                    self.text.push(b'"');
                    return behind;
                }
                [b'\\', behind @ ..] => self.copy_escape(behind),
                [control, behind @ ..] => {
                    self.changed_string = true;
                    self.text
                        .extend_from_slice(format!("\\u{control:04x}").as_bytes());
                    behind
                }
            };
        }
    }

    /// Copies an escape to the repaired text, or repairs it. `rest` begins after the backslash.
    /// Returns what follows the escape.
    fn copy_escape<'t>(&mut self, rest: &'t [u8]) -> &'t [u8] {
        let len = match rest {
            [b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => 1,
            [b'u', ..] => match (code_unit(rest), rest.get(5..).and_then(low_surrogate)) {
                (Some(0xd800..0xdc00), Some(())) => 11,
                (Some(0xd800..0xe000), _) => {
                    self.changed_string = true;
                    self.text.extend_from_slice(b"\\ufffd");
                    return rest.get(5..).unwrap_or_default();
                }
                (Some(_), _) => 5,
                (None, _) => 0,
            },
            _ => 0,
        };
        if len == 0 {
            self.changed_string = true;
            // `\'` is an apostrophe. Any other backslash stands for itself.
            if !rest.starts_with(b"'") {
                self.text.extend_from_slice(b"\\\\");
            }
            return rest;
        }
        let (escape, behind) = rest.split_at_checked(len).unwrap_or_default();
        self.text.push(b'\\');
        self.text.extend_from_slice(escape);
        behind
    }
}

/// Returns the UTF-16 code unit of an escape such as `u00e9`, with which `rest` begins. Returns
/// `None` if four hexadecimal digits do not follow its first letter.
fn code_unit(rest: &[u8]) -> Option<u32> {
    let digits = rest
        .get(1..5)
        .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
    u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// Returns `Some` if `rest` begins with the escape of a low surrogate (`\udc00` to `\udfff`), the
/// second half of a pair.
fn low_surrogate(rest: &[u8]) -> Option<()> {
    let low = code_unit(
        rest.strip_prefix(b"\\")?
            .strip_prefix(b"u")
            .and(rest.get(1..))?,
    )?;
    (0xdc00..0xe000).contains(&low).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant_is_read_and_told_where_it_was_a_text() {
        let cases = [
            (r#"{"a": NaN, "b": "x"}"#, r#"{"a": null, "b": "x"}"#, false),
            (
                r#"{"a": [-Infinity,Infinity], "b": "\"NaN"}"#,
                r#"{"a": [null,null], "b": "\"NaN"}"#,
                false,
            ),
            (r#"[{"a": "x,]",}, ]"#, r#"[{"a": "x,]"}]"#, false),
            (r#"{"b": "NaN"}"#, r#"{"b": "NaN"}"#, false),
            (r#"{"a": "It\'s"}"#, r#"{"a": "It's"}"#, true),
            (r#"{"a": "C:\dir\u12"}"#, r#"{"a": "C:\\dir\\u12"}"#, true),
            ("{\"a\": \"x\ty\nz\"}", r#"{"a": "x\ty\nz"}"#, true),
            (r#"{"a": "\ud83d ban"}"#, "{\"a\": \"\u{fffd} ban\"}", true),
            (
                r#"{"a": "\ude00\ud83d\ud83d\ude00"}"#,
                "{\"a\": \"\u{fffd}\u{fffd}😀\"}",
                true,
            ),
        ];
        for (text, meant, is_told) in cases {
            let (node, message) = parse(text.as_bytes()).expect(text);
            assert_eq!(node, serde_json::from_str(meant).unwrap(), "{text}");
            assert_eq!(message.is_some(), is_told, "{text}");
        }
        for text in [
            r#"{"a": NaN, oops}"#,
            r#"{"a": "x\"#,
            r#"{"a": "\u"#,
            "{,",
            "\"",
        ] {
            assert!(parse(text.as_bytes()).is_err(), "{text}");
        }
    }
}
