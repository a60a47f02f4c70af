//! What the environment says about the terminal: how many colours, which background.

use std::path::PathBuf;

use chrono::Local;

use crate::app::Settings;
use crate::app::keymap::Keymap;
use crate::app::msg::MouseMode;
use crate::config::{Config, Fault, Interface, Theme};

/// How the reader starts.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// Where what is added is kept; nowhere if `None`.
    pub library: Option<PathBuf>,
    /// What the user has set.
    pub config: Config,
    /// The user's themes, beside those that the program carries.
    pub themes: Vec<Theme>,
    /// What was wrong with the settings.
    pub faults: Vec<String>,
    /// Whether files are watched, and read anew when they change.
    pub watch: bool,
}

/// The settings of a reader in this environment, and what is wrong with the user's keys.
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
    // Who wants no colour at all is obeyed before who wants certain ones.
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

/// The words of the interface that the settings ask for, else the environment.
pub fn interface(config: &Config) -> Interface {
    let wanted = config.interface.as_deref();
    let wanted = wanted.and_then(Interface::named);
    wanted.unwrap_or_else(|| Interface::of_environment(|name| std::env::var(name).ok()))
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
    /// By the usual variables: `NO_COLOR`, `COLORTERM`, `TERM`, `COLORFGBG`. The terminal itself is
    /// not asked: an answer that does not come would hold the first frame up.
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
        // `15;0`: the last number is the background's, white being 7 or 15.
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
