//! Reads the user's `config.toml`. A fault gives its line and a suggestion; the rest of the file
//! still applies. Key bindings are passed on as written, because the keymap interprets them.

use std::ops::Range;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::{Fault, meant, nearest};

/// The commented settings file with all defaults, with which `kutip config --print` begins.
pub const TEMPLATE: &str = include_str!("../../assets/config.toml");

/// A key binding as written in the settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySetting {
    /// Context in which the binding applies (`list`, `text`, …).
    pub context: String,
    /// The key or keys to press (`gg`, `Ctrl-d`).
    pub keys: String,
    /// Name of the command that the keys run; `nothing` removes their binding.
    pub command: String,
    /// Line of the binding in the settings file, counted from 1.
    pub line: usize,
}

/// The user's settings. `None` means that a setting has its default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// Name of the theme; `auto` chooses one that suits the terminal.
    pub theme: Option<String>,
    /// Line number of the theme setting, for error messages; 0 if it is not set.
    pub theme_line: usize,
    /// Width of the article text in columns.
    pub width: Option<u16>,
    /// Format of dates in the list, in strftime notation.
    pub dates: Option<String>,
    /// How much of the mouse is captured: `off`, `wheel`, `full`.
    pub mouse: Option<String>,
    /// Whether quotations are shown beside the text: `auto`, `shown`, `hidden`.
    pub quotes: Option<String>,
    /// Whether page furniture is `folded` or `shown`.
    pub furniture: Option<String>,
    /// Whether the screen is drawn without lines between panes and without moving signs, for screen
    /// readers and Braille.
    pub plain: Option<bool>,
    /// Language of the interface; `auto` takes the language of the environment.
    pub interface: Option<String>,
    /// Path of the library file.
    pub library: Option<String>,
    /// The user's key bindings from `[keys]`.
    pub keys: Vec<KeySetting>,
}

/// The kind of value that a setting accepts.
enum ValueKind {
    Words,
    OneOf(&'static [&'static str]),
    Number(Range<i64>),
    Date,
    Flag,
}

/// The names of all settings outside `[keys]`, each with the kind of value that it accepts.
const SETTINGS: &[(&str, ValueKind)] = &[
    ("theme", ValueKind::Words),
    ("width", ValueKind::Number(30..121)),
    ("dates", ValueKind::Date),
    ("mouse", ValueKind::OneOf(&["off", "wheel", "full"])),
    ("quotes", ValueKind::OneOf(&["auto", "shown", "hidden"])),
    ("furniture", ValueKind::OneOf(&["folded", "shown"])),
    ("plain", ValueKind::Flag),
    ("interface", ValueKind::OneOf(&["auto", "en", "id"])),
    ("library", ValueKind::Words),
];

impl Config {
    /// Reads the settings file at `path`. Returns the settings and the faults in the file. A
    /// missing file gives the defaults and no fault.
    pub fn load(path: &Path) -> (Self, Vec<Fault>) {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Default::default(),
            Err(error) => {
                let reason = format!("cannot be read: {error}");
                (Self::default(), vec![Fault { line: 0, reason }])
            }
        }
    }

    /// Parses the text of a settings file. Returns the settings and the faults in the text.
    pub fn parse(text: &str) -> (Self, Vec<Fault>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut config = Self::default();
        let mut faults: Vec<_> = errors
            .iter()
            .map(|error| Fault {
                line: error.span().map_or(0, |span| line(text, &span)),
                reason: error.message().to_owned(),
            })
            .collect();
        for (key, value) in table.get_ref() {
            let at = line(text, &key.span());
            if &**key.get_ref() == "theme" {
                config.theme_line = at;
            }
            let taken = match (&**key.get_ref(), value.get_ref()) {
                ("keys", DeValue::Table(contexts)) => {
                    config.take_keys(text, contexts, &mut faults);
                    Ok(())
                }
                (name, value) => config.take(name, value),
            };
            faults.extend(taken.err().map(|reason| Fault { line: at, reason }));
        }
        faults.sort_by_key(|fault| fault.line);
        (config, faults)
    }

    fn take(&mut self, name: &str, value: &DeValue) -> Result<(), String> {
        let Some((name, form)) = SETTINGS.iter().find(|(known, _)| *known == name) else {
            let names = SETTINGS.iter().map(|(known, _)| *known);
            let near = meant(nearest(name, names.chain(["keys"])));
            return Err(format!("`{name}` is not a setting{near}"));
        };
        let words = form.check(name, value)?;
        let number = || words.parse().ok();
        match *name {
            "theme" => self.theme = Some(words),
            "width" => self.width = number(),
            "dates" => self.dates = Some(words),
            "mouse" => self.mouse = Some(words),
            "quotes" => self.quotes = Some(words),
            "furniture" => self.furniture = Some(words),
            "plain" => self.plain = Some(words == "true"),
            "interface" => self.interface = Some(words),
            _ => self.library = Some(words),
        }
        Ok(())
    }

    fn take_keys(&mut self, text: &str, contexts: &DeTable, faults: &mut Vec<Fault>) {
        for (context, bindings) in contexts {
            let DeValue::Table(bindings) = bindings.get_ref() else {
                faults.push(Fault {
                    line: line(text, &context.span()),
                    reason: format!(
                        "`{}` is not a table of keys: write [keys.list]",
                        context.get_ref()
                    ),
                });
                continue;
            };
            for (keys, command) in bindings {
                let at = line(text, &keys.span());
                match command.get_ref() {
                    DeValue::String(command) => self.keys.push(KeySetting {
                        context: context.get_ref().to_string(),
                        keys: keys.get_ref().to_string(),
                        command: command.to_string(),
                        line: at,
                    }),
                    _ => faults.push(Fault {
                        line: at,
                        reason: format!("`{}` takes a command's name in quotes", keys.get_ref()),
                    }),
                }
            }
        }
    }
}

impl ValueKind {
    /// Returns `value` as a string if it is of this kind. Otherwise returns an error message that
    /// says what the setting `name` accepts.
    fn check(&self, name: &str, value: &DeValue) -> Result<String, String> {
        match (self, value) {
            (Self::Words, DeValue::String(words)) => Ok(words.to_string()),
            (Self::OneOf(names), DeValue::String(word)) => {
                if names.contains(&&**word) {
                    return Ok(word.to_string());
                }
                let near = meant(nearest(word, names.iter().copied()));
                Err(format!("`{name}` is one of {}{near}", names.join(", ")))
            }
            (Self::OneOf(names), _) => Err(format!("`{name}` is one of {}", names.join(", "))),
            (Self::Number(range), DeValue::Integer(number)) => {
                let known = number.as_str().parse::<i64>().ok();
                let known = known.filter(|number| range.contains(number));
                known.map(|number| number.to_string()).ok_or_else(|| {
                    format!(
                        "`{name}` is a number from {} to {}",
                        range.start,
                        range.end - 1
                    )
                })
            }
            (Self::Date, DeValue::String(pattern)) if is_date(pattern) => Ok(pattern.to_string()),
            (Self::Date, _) => Err(format!(
                "`{name}` is a day in at most 11 columns, such as \"%Y-%m-%d\" or \"%d %b %Y\""
            )),
            (Self::Flag, DeValue::Boolean(flag)) => Ok(flag.to_string()),
            (Self::Flag, _) => Err(format!("`{name}` is true or false")),
            (Self::Number(range), _) => Err(format!(
                "`{name}` is a number from {} to {}",
                range.start,
                range.end - 1
            )),
            (Self::Words, _) => Err(format!("`{name}` takes text in quotes")),
        }
    }
}

/// Returns whether a strftime pattern formats a day, uses nothing that a day lacks (such as the
/// hour), and fits the date column of the list (11 columns).
fn is_date(pattern: &str) -> bool {
    use std::fmt::Write as _;
    let day = chrono::NaiveDate::from_ymd_opt(2000, 12, 28).unwrap_or_default();
    let mut shown = String::new();
    write!(shown, "{}", day.format(pattern)).is_ok()
        && !shown.trim().is_empty()
        && crate::text::width(&shown) <= 11
        && shown.chars().all(|c| !c.is_control())
}

fn line(text: &str, span: &Range<usize>) -> usize {
    let before = text.get(..span.start).unwrap_or_default();
    1 + before.matches('\n').count()
}
