//! Themes: the style of each kind of element on screen. They are read from `assets/themes/*.toml`
//! and from the user's files of the same form.

use std::path::Path;
use std::str::FromStr;

use include_dir::{Dir, include_dir};
use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use toml::{Table, Value};

use super::{meant, nearest};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/themes");

macro_rules! roles {
    ($($(#[$doc:meta])* $variant:ident $name:literal;)*) => {
        /// The purpose of an element on screen. A theme gives each role a style.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Role { $($(#[$doc])* $variant,)* }

        impl Role {
            const NAMES: &'static [&'static str] = &[$($name),*];
        }
    };
}

roles! {
    /// Running text of an article.
    Text "text";
    /// Secondary text: dates, outlets, counts.
    Dim "dim";
    /// Text that asks for attention.
    Accent "accent";
    /// The lines between panes.
    Rule "rule";
    /// The border and title of the focused pane.
    Focus "focus";
    /// The title of a pane without the focus.
    PaneTitle "pane-title";
    /// The headline of an article.
    Headline "headline";
    /// The short line above the headline.
    Kicker "kicker";
    /// The outlet, date and byline above an article.
    Meta "meta";
    /// The summary below the headline.
    Standfirst "standfirst";
    /// A heading inside the text of an article.
    Subhead "subhead";
    /// The caption of a picture.
    Caption "caption";
    /// Page furniture, and the sign that marks it as folded.
    Furniture "furniture";
    /// A quotation whose speaker is unknown.
    Unattributed "unattributed";
    /// The utterance that is selected in the text, with all of its pieces. This style is added to
    /// that of its speaker.
    Current "current";
    /// Text that matches the query of the list.
    Match "match";
    /// Text that matches the search inside the open article.
    Found "found";
    /// The match of the search inside the article that the cursor is on.
    FoundCurrent "found-current";
    /// In a comparison, words that occur in no other passage.
    Own "own";
    /// In a comparison, words that occur in some but not all of the other passages.
    Partly "partly";
    /// Text that the user is selecting.
    Selection "selection";
    /// The selected row of the focused pane.
    Row "row";
    /// The selected row of a pane without the focus.
    RowIdle "row-idle";
    /// The status line at the bottom of the screen.
    Status "status";
    /// The name of a key in help and hints.
    Key "key";
    /// The screen behind an overlay.
    Behind "behind";
    /// An error message.
    Fault "fault";
    /// Signs whose length or height stands for a number: bars and lines of small bars.
    Bar "bar";
}

/// How the number of a quotation is shown in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Numbers {
    /// As small raised digits.
    #[default]
    Raised,
    /// As digits in brackets, for terminals that lack raised digits.
    Brackets,
}

/// A theme: the styles of all roles and speakers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Name of the theme.
    pub name: String,
    /// How the numbers of quotations are shown.
    pub numbers: Numbers,
    roles: Vec<Style>,
    speakers: Vec<Style>,
    shades: Vec<Style>,
}

/// An error in a settings or theme file. The rest of the file still applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line of the error, counted from 1; 0 if it is unknown.
    pub line: usize,
    /// What is wrong, with a suggestion if one is likely.
    pub reason: String,
}

impl Theme {
    /// Returns the themes that are embedded in the program, sorted by name.
    pub fn embedded() -> Vec<Self> {
        let mut themes: Vec<_> = EMBEDDED
            .files()
            .filter_map(|file| {
                let name = file.path().file_stem()?.to_str()?;
                Some(Self::parse(name, file.contents_utf8()?).0)
            })
            .collect();
        themes.sort_by(|a, b| a.name.cmp(&b.name));
        themes
    }

    /// Returns the themes in a user's folder, each with the faults in its file, sorted by name.
    /// Files that cannot be read are left out.
    pub fn of_folder(folder: &Path) -> Vec<(Self, Vec<Fault>)> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let paths = entries.map(|entry| entry.path());
        let mut themes: Vec<_> = paths
            .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
            .filter_map(|path| {
                let name = path.file_stem()?.to_str()?.to_owned();
                Some(Self::parse(&name, &std::fs::read_to_string(&path).ok()?))
            })
            .collect();
        themes.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
        themes
    }

    /// Parses the text of a theme file. Returns the theme and the faults in the text. A role that
    /// is missing or wrong gets the default style of the terminal.
    pub fn parse(name: &str, text: &str) -> (Self, Vec<Fault>) {
        let mut theme = Self {
            name: name.to_owned(),
            numbers: Numbers::default(),
            roles: vec![Style::new(); Role::NAMES.len()],
            speakers: Vec::new(),
            shades: Vec::new(),
        };
        let mut faults = Vec::new();
        match text.parse::<Table>() {
            Ok(table) => {
                for (key, value) in table {
                    if let Err(reason) = theme.set(&key, &value) {
                        faults.push(Fault {
                            line: line_of(text, &key),
                            reason,
                        });
                    }
                }
            }
            Err(error) => faults.push(Fault {
                line: error.span().map_or(0, |span| {
                    1 + text
                        .get(..span.start)
                        .map_or(0, |head| head.matches('\n').count())
                }),
                reason: error.message().to_owned(),
            }),
        }
        (theme, faults)
    }

    /// Returns the theme with each colour replaced by the closest of 256, for terminals without
    /// true colour.
    #[must_use]
    pub fn in_256_colours(mut self) -> Self {
        let lists = self.speakers.iter_mut().chain(&mut self.shades);
        for style in self.roles.iter_mut().chain(lists) {
            style.fg = style.fg.map(indexed);
            style.bg = style.bg.map(indexed);
        }
        self
    }

    fn set(&mut self, key: &str, value: &Value) -> Result<(), String> {
        if key == "numbers" {
            self.numbers = value
                .clone()
                .try_into()
                .map_err(|_| "`numbers` is \"raised\" or \"brackets\"".to_owned())?;
            return Ok(());
        }
        if key == "background" {
            let known = matches!(value.as_str(), Some("dark" | "light" | "any"));
            return known
                .then_some(())
                .ok_or_else(|| "`background` is \"dark\", \"light\" or \"any\"".to_owned());
        }
        let list = match key {
            "speakers" => Some(&mut self.speakers),
            "shades" => Some(&mut self.shades),
            _ => None,
        };
        if let Some(list) = list {
            let words: Vec<String> = value
                .clone()
                .try_into()
                .map_err(|_| format!("`{key}` is a list of styles"))?;
            *list = words.iter().map(|w| style(w)).collect::<Result<_, _>>()?;
            return Ok(());
        }
        let Some(at) = Role::NAMES.iter().position(|name| *name == key) else {
            let near = nearest(key, Role::NAMES.iter().copied());
            return Err(format!("`{key}` is not part of a theme{}", meant(near)));
        };
        let words = value
            .as_str()
            .ok_or_else(|| format!("`{key}` is a style, such as \"bold cyan\""))?;
        if let Some(role) = self.roles.get_mut(at) {
            *role = style(words)?;
        }
        Ok(())
    }

    /// Returns the style of a role.
    pub fn style(&self, role: Role) -> Style {
        self.roles.get(role as usize).copied().unwrap_or_default()
    }

    /// Returns the style for the words of the `index`th speaker of an article. The styles repeat
    /// after the last; `None` gives the style of an unknown speaker.
    pub fn speaker(&self, index: Option<usize>) -> Style {
        match index {
            Some(index) if !self.speakers.is_empty() => self
                .speakers
                .get(index % self.speakers.len())
                .copied()
                .unwrap_or_default(),
            _ => self.style(Role::Unattributed),
        }
    }

    /// Returns the style of a shade that stands for how much: `level` of `levels`, from 1 for the
    /// least. A theme without shades has one style for all.
    pub fn shade(&self, level: usize, levels: usize) -> Style {
        let last = self.shades.len().saturating_sub(1);
        let at = level.saturating_sub(1) * last / levels.saturating_sub(1).max(1);
        let shade = self.shades.get(at.min(last));
        shade.copied().unwrap_or(self.style(Role::Bar))
    }
}

/// Parses a style: words out of `bold`, `dim`, `italic`, `underline`, `reverse`, a colour, and `on`
/// with a colour for the background.
fn style(words: &str) -> Result<Style, String> {
    let mut style = Style::new();
    let mut words = words.split_whitespace();
    while let Some(word) = words.next() {
        style = match word {
            "bold" => style.add_modifier(Modifier::BOLD),
            "dim" => style.add_modifier(Modifier::DIM),
            "italic" => style.add_modifier(Modifier::ITALIC),
            "underline" => style.add_modifier(Modifier::UNDERLINED),
            "reverse" => style.add_modifier(Modifier::REVERSED),
            "on" => style.bg(color(words.next().unwrap_or(""))?),
            word => style.fg(color(word)?),
        };
    }
    Ok(style)
}

fn color(word: &str) -> Result<Color, String> {
    Color::from_str(word).map_err(|_| {
        format!("`{word}` is not a colour: use a name (`cyan`), a number (0 to 255) or `#rrggbb`")
    })
}

/// Converts an RGB colour to the closest one of the 256 of xterm: of its 6×6×6 cube or its grey
/// ramp. Returns any other colour unchanged.
fn indexed(color: Color) -> Color {
    let Color::Rgb(red, green, blue) = color else {
        return color;
    };
    let (least, most) = (red.min(green).min(blue), red.max(green).max(blue));
    if most - least < 16 {
        // 24 greys: 8, 18, … 238.
        return Color::Indexed(232 + (most.saturating_sub(3) / 10).min(23));
    }
    // The cube's steps: 0, 95, 135, … 255.
    let step = |value: u8| {
        if value < 48 {
            0
        } else {
            (value.saturating_sub(35) / 40).max(1)
        }
    };
    Color::Indexed(16 + 36 * step(red) + 6 * step(green) + step(blue))
}

fn line_of(text: &str, key: &str) -> usize {
    let starts = |line: &str| {
        line.trim_start()
            .strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    text.lines().position(starts).map_or(0, |line| line + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_themes_are_whole_and_sound() {
        let mut names = Vec::new();
        for file in EMBEDDED.files() {
            let text = file.contents_utf8().unwrap();
            let (theme, faults) = Theme::parse(&file.path().display().to_string(), text);
            assert_eq!(faults, [], "{}", theme.name);
            for role in Role::NAMES {
                assert!(line_of(text, role) > 0, "{} lacks {role}", theme.name);
            }
            assert!(!theme.speakers.is_empty());
            names.push(theme.name);
        }
        names.sort();
        let known = [
            "ansi",
            "colorblind",
            "colorblind-light",
            "contrast",
            "contrast-light",
        ];
        let known = known.into_iter().chain(["dark", "light", "mono"]);
        let mut known: Vec<_> = known.map(|name| format!("{name}.toml")).collect();
        known.sort();
        assert_eq!(names, known);
    }

    /// The contrast of two colours by WCAG 2.1, or `None` for a colour that is the terminal's own.
    fn contrast(one: Color, other: Color) -> Option<f64> {
        let luminance = |color: Color| {
            let Color::Rgb(red, green, blue) = color else {
                return None;
            };
            let part = |value: u8| {
                let value = f64::from(value) / 255.0;
                if value <= 0.04045 {
                    value / 12.92
                } else {
                    ((value + 0.055) / 1.055).powf(2.4)
                }
            };
            Some(0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue))
        };
        let (one, other) = (luminance(one)?, luminance(other)?);
        Some((one.max(other) + 0.05) / (one.min(other) + 0.05))
    }

    #[test]
    fn every_role_can_be_read() {
        // The lightest of dark backgrounds in use, and the darkest of light ones.
        let grounds = [
            ("dark", Color::Rgb(0x1e, 0x1e, 0x1e)),
            ("light", Color::Rgb(0xfa, 0xfa, 0xfa)),
        ];
        let mut checked = 0;
        for file in EMBEDDED.files() {
            let text = file.contents_utf8().unwrap();
            let table: Table = text.parse().unwrap();
            let ground = table["background"].as_str().unwrap();
            // A theme for any background has the terminal's own colours.
            let Some((_, ground)) = grounds.iter().find(|(name, _)| *name == ground) else {
                continue;
            };
            let theme = Theme::parse("theme", text).0;
            let named = Role::NAMES.iter().copied().zip(theme.roles.iter());
            let speakers = theme.speakers.iter().map(|style| ("speakers", style));
            let shades = theme.shades.iter().map(|style| ("shades", style));
            for (name, style) in named.chain(speakers).chain(shades) {
                let least = if matches!(name, "rule" | "bar" | "shades") {
                    3.0
                } else {
                    4.5
                };
                // Letters without a colour of their own have the terminal's.
                let Some(fg) = style.fg else { continue };
                let found = contrast(fg, style.bg.unwrap_or(*ground)).unwrap();
                let path = file.path().display();
                assert!(found >= least, "{path}: {name} has {found:.2}, not {least}");
                checked += 1;
            }
        }
        assert!(checked > 100);
    }

    #[test]
    fn shades_go_from_the_least_to_the_most() {
        for theme in Theme::embedded() {
            let shades: Vec<Style> = (1..=4).map(|level| theme.shade(level, 4)).collect();
            assert_eq!(shades, theme.shades, "{}", theme.name);
            assert_eq!(theme.shade(0, 4), shades[0]);
            assert_eq!(theme.shade(9, 4), shades[3]);
        }
        let bare = Theme::parse("bare", "bar = \"bold\"").0;
        assert_eq!(bare.shade(2, 4), bare.style(Role::Bar));
    }

    #[test]
    fn words_that_differ_have_no_speakers_colour() {
        for theme in Theme::embedded() {
            for role in [Role::Own, Role::Partly] {
                let own = theme.style(role).fg;
                let is_speaker = theme.speakers.iter().any(|speaker| speaker.fg == own);
                assert!(own.is_none() || !is_speaker, "{} {role:?}", theme.name);
            }
        }
    }

    #[test]
    fn no_colour_means_none() {
        let themes = Theme::embedded();
        let mono = themes.iter().find(|theme| theme.name == "mono").unwrap();
        for style in mono.roles.iter().chain(&mono.speakers).chain(&mono.shades) {
            assert_eq!((style.fg, style.bg), (None, None));
        }
    }

    #[test]
    fn a_fault_names_its_line_and_the_rest_is_kept() {
        let text = "dim = \"grey\"\nacent = \"bold\"\ncaption = \"blurple\"\n";
        let (theme, faults) = Theme::parse("mine", text);
        assert_eq!(theme.style(Role::Dim).fg, Some(Color::Gray));
        let lines: Vec<_> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [2, 3]);
        assert!(faults[0].reason.contains("did you mean `accent`"));
    }
}
