//! Key presses, and their names in tables of keys and in settings.

use std::fmt;
use std::str::FromStr;

/// One key press, with the modifiers that were held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key that was pressed.
    pub code: Code,
    /// Whether Control was held.
    pub ctrl: bool,
    /// Whether Alt was held.
    pub alt: bool,
}

/// A key, apart from Control and Alt. Shift is part of the code (`G`, `Shift-Tab`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// A key that types a character: a letter, digit or sign. The space bar is `' '`.
    Char(char),
    /// The Return key.
    Enter,
    /// The Escape key.
    Esc,
    /// The Tab key.
    Tab,
    /// The Tab key with Shift held.
    BackTab,
    /// The Backspace key, which deletes to the left.
    Backspace,
    /// The Delete key, which deletes to the right.
    Delete,
    /// The key with the arrow up.
    Up,
    /// The key with the arrow down.
    Down,
    /// The key with the arrow left.
    Left,
    /// The key with the arrow right.
    Right,
    /// The Home key.
    Home,
    /// The End key.
    End,
    /// The Page Up key.
    PageUp,
    /// The Page Down key.
    PageDown,
}

const NAMES: &[(&str, Code)] = &[
    ("Space", Code::Char(' ')),
    ("Enter", Code::Enter),
    ("Esc", Code::Esc),
    ("Tab", Code::Tab),
    ("Shift-Tab", Code::BackTab),
    ("Backspace", Code::Backspace),
    ("Delete", Code::Delete),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PgUp", Code::PageUp),
    ("PgDn", Code::PageDown),
];

impl Key {
    /// Creates a key press without Control and Alt.
    pub fn plain(code: Code) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
        }
    }

    /// Returns the character that the key types. Returns `None` if it types none, or with Control
    /// or Alt.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        let name = NAMES.iter().find(|(_, code)| *code == self.code);
        match (name, self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, Code::Char(c)) => write!(f, "{c}"),
            (None, _) => Ok(()),
        }
    }
}

impl FromStr for Key {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let (mut rest, mut ctrl, mut alt) = (name, false, false);
        loop {
            if let Some(after) = rest.strip_prefix("Ctrl-").filter(|after| !after.is_empty()) {
                (rest, ctrl) = (after, true);
            } else if let Some(after) = rest.strip_prefix("Alt-").filter(|after| !after.is_empty())
            {
                (rest, alt) = (after, true);
            } else {
                break;
            }
        }
        let named = NAMES
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(rest))
            .map(|(_, code)| *code);
        let mut letters = rest.chars();
        let code = match (named, letters.next(), letters.next()) {
            (Some(code), ..) => code,
            (None, Some(letter), None) => Code::Char(letter),
            _ => return Err(format!("`{name}` is not a key")),
        };
        Ok(Self { code, ctrl, alt })
    }
}

/// Parses one binding: a named key (`Ctrl-d`, `Enter`) or a sequence of keys (`gg`, `]q`).
///
/// # Errors
/// Returns a message that names `word` if it is not a key.
pub fn parse_sequence(word: &str) -> Result<Vec<Key>, String> {
    if let Ok(key) = word.parse() {
        return Ok(vec![key]);
    }
    let has_name = word.starts_with("Ctrl-") || word.starts_with("Alt-") || word.is_empty();
    if has_name || word.chars().any(char::is_whitespace) {
        return Err(format!("`{word}` is not a key"));
    }
    Ok(word
        .chars()
        .map(|letter| Key::plain(Code::Char(letter)))
        .collect())
}

/// Returns the name of a sequence of keys, such as `gg` or `Ctrl-d`.
pub fn sequence_name(keys: &[Key]) -> String {
    keys.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for name in [
            "j",
            "Ctrl-d",
            "Alt-b",
            "Enter",
            "Shift-Tab",
            "Space",
            "gg",
            "]q",
            "-",
            "Ctrl--",
        ] {
            let keys = parse_sequence(name).unwrap();
            assert_eq!(sequence_name(&keys), name);
        }
        assert_eq!(parse_sequence("gg").unwrap().len(), 2);
        assert!(parse_sequence("Ctrl-Foo").is_err());
        assert!(parse_sequence("").is_err());
    }
}
