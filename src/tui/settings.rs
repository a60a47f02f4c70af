//! Chooses settings by the environment of the terminal: its number of colours, its background and
//! its language.

use std::path::PathBuf;

use chrono::Local;

use crate::app::keymap::Keymap;
use crate::app::msg::MouseMode;
use crate::app::{Settings, Signs};
use crate::config::{Config, Fault, Interface, Theme};

/// The options with which the reader starts.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// Path of the library, which stores what the user adds. `None` means that nothing is stored.
    pub library: Option<PathBuf>,
    /// The user's settings, as read from the settings file.
    pub config: Config,
    /// The user's themes, in addition to the embedded ones.
    pub themes: Vec<Theme>,
    /// The errors in the user's settings, as messages.
    pub faults: Vec<String>,
    /// Whether to watch the files and reload them when they change.
    pub watch: bool,
}

/// Returns the settings with which the reader starts in this environment, and the errors in the
/// user's key bindings.
pub fn from_environment(start: &Start) -> (Settings, Vec<Fault>) {
    let terminal = Terminal::from(|name: &str| std::env::var(name).ok());
    let known = Theme::embedded().into_iter();
    let is_replaced = |theme: &Theme| start.themes.iter().any(|own| own.name == theme.name);
    let themes = known
        .filter(|theme| !is_replaced(theme))
        .chain(start.themes.iter().cloned());
    let themes = themes.map(|theme| match terminal.colours {
        Colours::Indexed => theme.in_256_colours(),
        _ => theme,
    });
    let themes: Vec<_> = themes.collect();
    let (keymap, faults) = Keymap::configured(&start.config.keys);
    let wanted = start.config.theme.as_deref();
    // A terminal without colours takes precedence over the theme in the settings.
    let wanted = wanted.filter(|name| {
        terminal.colours != Colours::None && themes.iter().any(|theme| theme.name == **name)
    });
    let mouse = start.config.mouse.as_deref().and_then(MouseMode::named);
    let settings = Settings {
        theme: wanted.unwrap_or(terminal.theme()).to_owned(),
        themes,
        keymap,
        mouse: mouse.unwrap_or_default(),
        today: Local::now().date_naive(),
    };
    (settings, faults)
}

/// Returns the texts of the interface in the language of the settings, else in that of the
/// environment.
pub fn interface(config: &Config) -> Interface {
    let wanted = config.interface.as_deref();
    let wanted = wanted.and_then(Interface::named);
    wanted.unwrap_or_else(|| Interface::of_environment(|name| std::env::var(name).ok()))
}

/// Returns the signs with which lines and charts are drawn: the usual ones, unless the environment
/// names a character set other than UTF-8.
pub fn signs() -> Signs {
    signs_of(|name| std::env::var(name).ok())
}

fn signs_of(variable: impl Fn(&str) -> Option<String>) -> Signs {
    let mut set = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(|name| variable(name).filter(|value| !value.is_empty()));
    let locale = set.next().unwrap_or_default().to_ascii_lowercase();
    // A locale that names no character set, such as `C`, says nothing about the terminal.
    let charset = locale.split_once('.').map(|(_, charset)| charset);
    match charset {
        Some(charset) if !charset.starts_with("utf") => Signs::Ascii,
        _ => Signs::Usual,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Colours {
    None,
    Sixteen,
    Indexed,
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Background {
    Dark,
    Light,
}

struct Terminal {
    colours: Colours,
    background: Background,
}

impl Terminal {
    /// Detects the abilities of the terminal by the usual variables: `NO_COLOR`, `COLORTERM`,
    /// `TERM`, `COLORFGBG`. The terminal itself is not queried, because an answer that does not
    /// come would delay the first frame.
    fn from(variable: impl Fn(&str) -> Option<String>) -> Self {
        let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        let term = variable("TERM").unwrap_or_default();
        let colours = if is_set("NO_COLOR") || term == "dumb" {
            Colours::None
        } else if matches!(
            variable("COLORTERM").as_deref(),
            Some("truecolor" | "24bit")
        ) || term.ends_with("-direct")
        {
            Colours::All
        } else if term.contains("256color") {
            Colours::Indexed
        } else {
            Colours::Sixteen
        };
        // In `15;0` the last number is the background. 7 and 15 are white.
        let ground = variable("COLORFGBG").unwrap_or_default();
        let background = match ground.rsplit(';').next() {
            Some("7" | "15") => Background::Light,
            _ => Background::Dark,
        };
        Self {
            colours,
            background,
        }
    }

    fn theme(&self) -> &'static str {
        match (self.colours, self.background) {
            (Colours::None, _) => "mono",
            (Colours::Sixteen, _) => "ansi",
            (_, Background::Dark) => "dark",
            (_, Background::Light) => "light",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_chooses_the_signs() {
        let cases: &[(&[(&str, &str)], Signs)] = &[
            (&[], Signs::Usual),
            (&[("LANG", "C")], Signs::Usual),
            (&[("LANG", "id_ID.UTF-8")], Signs::Usual),
            (&[("LANG", "id_ID.utf8")], Signs::Usual),
            (&[("LANG", "de_DE.ISO-8859-1")], Signs::Ascii),
            (
                &[("LANG", "id_ID.UTF-8"), ("LC_ALL", "C.ISO-8859-1")],
                Signs::Ascii,
            ),
        ];
        for (variables, signs) in cases {
            let found = signs_of(|name| {
                let known = variables.iter().find(|(known, _)| *known == name);
                known.map(|(_, value)| (*value).to_owned())
            });
            assert_eq!(found, *signs, "{variables:?}");
        }
    }

    #[test]
    fn the_environment_chooses_the_theme() {
        let cases: &[(&[(&str, &str)], &str)] = &[
            (&[("TERM", "xterm")], "ansi"),
            (&[("TERM", "xterm-256color")], "dark"),
            (
                &[("TERM", "xterm-256color"), ("COLORFGBG", "0;15")],
                "light",
            ),
            (&[("TERM", "xterm"), ("COLORTERM", "truecolor")], "dark"),
            (&[("COLORTERM", "truecolor"), ("NO_COLOR", "1")], "mono"),
            (&[("TERM", "xterm-256color"), ("NO_COLOR", "")], "dark"),
            (&[("TERM", "linux")], "ansi"),
        ];
        for (variables, theme) in cases {
            let terminal = Terminal::from(|name| {
                let known = variables.iter().find(|(known, _)| *known == name);
                known.map(|(_, value)| (*value).to_owned())
            });
            assert_eq!(terminal.theme(), *theme, "{variables:?}");
        }
    }
}
