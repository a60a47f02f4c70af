//! Reads language packs from TOML, extends them by the user's files, and compiles them.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use serde::Deserialize;
use toml::Table;

use super::dates::DateWordsFile;
use super::marks::MarksFile;
use super::name_patterns::{NamePatternFile, NamePatterns};
use super::page::PageWordsFile;
use super::people::PeopleWordsFile;
use super::rule_files::{PackError, RuleFiles};
use super::speech::SpeechWordsFile;
use super::words::WordsFile;
use super::{DateWords, Lang, Marks, PageWords, PeopleWords, SpeechWords, WordLists};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/languages");

/// The compiled pack of one language.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The code of the language.
    pub lang: Lang,
    /// The name of the language in the language itself, such as `Bahasa Indonesia`.
    pub name: Box<str>,
    /// Stop words, affixes and titles of roundups.
    pub words: WordLists,
    /// The words that occur in dates: months, weekdays and time zones.
    pub dates: DateWords,
    /// The words that furniture, bylines and captions open with.
    pub page: PageWords,
    /// The words of reporting sentences: verbs of saying, and the grammar around them.
    pub speech: SpeechWords,
    /// The words that name or describe people: titles, offices, pronouns.
    pub people: PeopleWords,
    /// Patterns that find the name in a run of words with capitals.
    pub names: NamePatterns,
    /// The quotation marks of the language.
    pub marks: Marks,
}

/// A language pack as it is written in its file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PackFile {
    code: Lang,
    name: String,
    #[serde(default)]
    words: WordsFile,
    #[serde(default)]
    dates: DateWordsFile,
    #[serde(default)]
    page: PageWordsFile,
    #[serde(default)]
    speech: SpeechWordsFile,
    #[serde(default)]
    people: PeopleWordsFile,
    #[serde(default)]
    names: Vec<NamePatternFile>,
    #[serde(default)]
    marks: MarksFile,
}

/// All language packs that are loaded.
#[derive(Clone, Debug, Default)]
pub struct Packs {
    all: Arc<[Pack]>,
    /// The packs, by index, of which a folded word is a stop word.
    stop_words: Arc<HashMap<Box<str>, Vec<usize>, foldhash::fast::RandomState>>,
    digest: [u8; 32],
}

impl Packs {
    /// Returns the packs that are embedded in the program, without any file of the user.
    pub fn embedded() -> Self {
        Self::load(None)
            .unwrap_or_else(|error| unreachable!("an embedded pack is checked by tests: {error}"))
    }

    /// Loads the embedded packs, extended by the `*.toml` files in the folder `user`. A file with
    /// the name of an embedded one adds to it: tables merge, lists grow, other values are replaced.
    /// With `replace = true` at its head it takes the place of the embedded file. A file with a new
    /// name adds a language.
    ///
    /// # Errors
    /// Names the first file that cannot be read or compiled.
    pub fn load(user: Option<&Path>) -> Result<Self, PackError> {
        let files = RuleFiles::load(&EMBEDDED, user)?;
        let digest = files.digest();
        let tables = files.tables.into_iter();
        let packs = tables.map(|(name, table)| compile(&name, table));
        let packs: Arc<[Pack]> = packs.collect::<Result<_, _>>()?;
        let mut stop_words: HashMap<_, Vec<usize>, _> = HashMap::default();
        for (index, pack) in packs.iter().enumerate() {
            for word in pack.words.stop_words() {
                stop_words.entry(word.into()).or_default().push(index);
            }
        }
        Ok(Self {
            all: packs,
            stop_words: stop_words.into(),
            digest,
        })
    }

    /// Returns the pack of a language, or `None` if there is none.
    pub fn get(&self, lang: Lang) -> Option<&Pack> {
        self.all.iter().find(|pack| pack.lang == lang)
    }

    /// Returns the indexes of the packs of which `folded`, a folded word, is a stop word.
    pub(super) fn with_stop_word(&self, folded: &str) -> &[usize] {
        self.stop_words.get(folded).map_or(&[], Vec::as_slice)
    }

    /// Returns a hash of the contents of all packs. A changed rule changes it, also one in a user's
    /// file.
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// Returns all packs, sorted by file name.
    pub fn iter(&self) -> impl Iterator<Item = &Pack> {
        self.all.iter()
    }
}

fn compile(path: &str, table: Table) -> Result<Pack, PackError> {
    let invalid = |reason: String| PackError::Invalid {
        path: path.to_owned(),
        reason,
    };
    let file: PackFile = table
        .try_into()
        .map_err(|error: toml::de::Error| invalid(error.to_string()))?;
    Ok(Pack {
        lang: file.code,
        name: file.name.into(),
        words: WordLists::compile(&file.words),
        dates: DateWords::compile(&file.dates),
        page: PageWords::compile(&file.page),
        speech: SpeechWords::compile(&file.speech),
        people: PeopleWords::compile(&file.people),
        names: NamePatterns::compile(&file.names).map_err(invalid)?,
        marks: Marks::compile(&file.marks).map_err(invalid)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_packs_compile_and_indonesian_is_there() {
        let packs = Packs::load(None).unwrap();
        assert!(
            packs
                .get(Lang::ID)
                .is_some_and(|pack| pack.words.is_stop("yang"))
        );
    }

    #[test]
    fn a_users_file_extends_a_pack_or_adds_a_language() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("id.toml"), "[words]\nstop = [\"dong\"]").unwrap();
        std::fs::write(
            folder.path().join("ms.toml"),
            "code = \"ms\"\nname = \"Melayu\"",
        )
        .unwrap();
        let packs = Packs::load(Some(folder.path())).unwrap();
        let id = packs.get(Lang::ID).unwrap();
        assert!(id.words.is_stop("dong") && id.words.is_stop("yang"));
        assert!(packs.get("ms".parse().unwrap()).is_some());
    }

    #[test]
    fn a_faulty_pack_is_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("xx.toml"), "code = \"x\"").unwrap();
        let error = Packs::load(Some(folder.path())).unwrap_err().to_string();
        assert!(
            error.contains("xx.toml") && error.contains("ISO 639-1"),
            "{error}"
        );
    }
}
