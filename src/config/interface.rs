//! Translations of the user interface, keyed by the English strings. They are data in
//! `assets/interface/*.toml`. A string that a file lacks is shown in English.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use include_dir::{Dir, include_dir};
use serde::Deserialize;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/interface");

/// The translations of the interface into one language. English has none, because the keys are
/// English.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interface {
    /// Maps the name of a command to its translated name and summary.
    commands: HashMap<Box<str>, (Box<str>, Box<str>)>,
    /// Maps English strings to their translations.
    words: HashMap<Box<str>, Box<str>>,
}

impl Interface {
    /// Returns the translations for a language code such as `id`, or `None` if there is no file for
    /// it. `en` gives an interface without translations.
    pub fn named(code: &str) -> Option<Self> {
        if code == "en" {
            return Some(Self::default());
        }
        let file = FILES.get_file(format!("{code}.toml"))?;
        // A test parses every embedded file, so this does not fail.
        toml::from_str(file.contents_utf8()?).ok()
    }

    /// Returns the codes of the languages with translations, without English.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        let files = FILES.files();
        files.filter_map(|file| file.path().file_stem()?.to_str())
    }

    /// Returns the translations for the language of the environment. `variable` returns the value
    /// of an environment variable; the first that is set of `LC_ALL`, `LC_MESSAGES` and `LANG`
    /// decides. Falls back to English.
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let mut set = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(|name| variable(name).filter(|value| !value.is_empty()));
        let wanted = set.next().unwrap_or_default();
        let code = wanted.split(['_', '.', '@']).next().unwrap_or_default();
        Self::named(code).unwrap_or_default()
    }

    /// Returns the translation of an English string, or the string itself if it has none.
    pub fn tr<'a>(&'a self, english: &'a str) -> &'a str {
        self.words.get(english).map_or(english, |words| words)
    }

    /// Translates an English string and replaces `{0}`, `{1}` and so on with `parts`.
    pub fn fill(&self, english: &str, parts: &[&str]) -> String {
        let mut rest = self.tr(english);
        let mut filled = String::new();
        while let Some((before, behind)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((place, behind)) = behind.split_once('}') else {
                filled.push('{');
                rest = behind;
                continue;
            };
            let part = place.parse::<usize>().ok();
            filled.push_str(part.and_then(|at| parts.get(at)).unwrap_or(&""));
            rest = behind;
        }
        filled.push_str(rest);
        filled
    }

    /// Returns the translated name of a command, if it has one.
    pub fn command(&self, name: &str) -> Option<&str> {
        self.commands.get(name).map(|(name, _)| &**name)
    }

    /// Returns the translated summary of a command, or `english` if there is none.
    pub fn summary<'a>(&'a self, name: &str, english: &'a str) -> Cow<'a, str> {
        let known = self.commands.get(name);
        Cow::Borrowed(known.map_or(english, |(_, summary)| summary))
    }

    /// Returns all entries, for tests of the files: the English strings with their translations,
    /// and the names of the translated commands.
    pub fn entries(
        &self,
    ) -> (
        impl Iterator<Item = (&str, &str)>,
        impl Iterator<Item = &str>,
    ) {
        let words = self.words.iter().map(|(english, own)| (&**english, &**own));
        (words, self.commands.keys().map(|name| &**name))
    }
}

/// A message that is not translated yet: its English text, and the values to insert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    english: &'static str,
    parts: Vec<String>,
}

impl Sentence {
    /// Creates a message from English text and the values for `{0}`, `{1}` and so on.
    pub fn new(english: &'static str, parts: &[&dyn fmt::Display]) -> Self {
        Self {
            english,
            parts: parts.iter().map(ToString::to_string).collect(),
        }
    }

    /// Returns the message in the language of `interface`.
    pub fn in_words(&self, interface: &Interface) -> String {
        let parts: Vec<&str> = self.parts.iter().map(String::as_str).collect();
        interface.fill(self.english, &parts)
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_words(&Interface::default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_chooses_the_language() {
        for (variables, is_indonesian) in [
            (&[("LANG", "id_ID.UTF-8")][..], true),
            (&[("LANG", "id_ID"), ("LC_ALL", "C")], false),
            (&[("LANG", "en_GB"), ("LC_MESSAGES", "id")], true),
            (&[("LANG", "fr_FR")], false),
            (&[], false),
        ] {
            let interface = Interface::of_environment(|name| {
                let known = variables.iter().find(|(known, _)| *known == name);
                known.map(|(_, value)| (*value).to_owned())
            });
            assert_eq!(
                interface.tr("Text") == "Teks",
                is_indonesian,
                "{variables:?}"
            );
        }
    }

    #[test]
    fn every_file_is_sound_and_fills_what_its_english_fills() {
        for code in Interface::codes() {
            let interface = Interface::named(code).unwrap_or_else(|| panic!("{code}.toml"));
            for (english, own) in interface.entries().0 {
                for place in ["{0}", "{1}", "{2}"] {
                    assert_eq!(english.contains(place), own.contains(place), "{english}");
                }
            }
        }
    }

    #[test]
    fn what_is_filled_in_is_never_read_as_a_place() {
        let english = Interface::default();
        assert_eq!(english.fill("{1} a {0} {", &["{1}", "b"]), "b a {1} {");
    }
}
