//! Language packs: read from TOML, extended by the user's own files, compiled once.

use std::path::Path;

use include_dir::{Dir, include_dir};
use serde::Deserialize;
use toml::{Table, Value};

use super::dates::DateWordsFile;
use super::marks::MarksFile;
use super::page::PageWordsFile;
use super::people::PeopleWordsFile;
use super::speech::SpeechWordsFile;
use super::words::WordsFile;
use super::{DateWords, Lang, Marks, PageWords, PeopleWords, SpeechWords, WordLists};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/languages");

/// One language, compiled.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Its code.
    pub lang: Lang,
    /// Its own name for itself.
    pub name: Box<str>,
    /// Stop words.
    pub words: WordLists,
    /// Months, weekdays and zones.
    pub dates: DateWords,
    /// Furniture, byline and caption patterns.
    pub page: PageWords,
    /// Words of saying.
    pub speech: SpeechWords,
    /// Titles, offices and pronouns.
    pub people: PeopleWords,
    /// Quotation marks.
    pub marks: Marks,
}

/// A pack as it stands in its file.
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
    marks: MarksFile,
}

/// Why a pack cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The file or folder cannot be read.
    #[error("{path}: cannot be read: {source}")]
    Read {
        /// Which one.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is no valid pack.
    #[error("{path}: {reason}")]
    Invalid {
        /// Which one.
        path: String,
        /// What is wrong, with its line.
        reason: String,
    },
}

/// All languages at hand.
#[derive(Clone, Debug, Default)]
pub struct Packs {
    packs: Vec<Pack>,
}

impl Packs {
    /// The packs that the program carries.
    pub fn embedded() -> Self {
        Self::load(None)
            .unwrap_or_else(|error| unreachable!("an embedded pack is checked by tests: {error}"))
    }

    /// The embedded packs, extended by the `*.toml` files of a user's folder: a file of the same
    /// name adds to the embedded one (tables merge, lists grow, other values are replaced; with
    /// `replace = true` at its head it takes its place), a new name adds a language.
    ///
    /// # Errors
    /// Names the first file that cannot be read or compiled.
    pub fn load(user: Option<&Path>) -> Result<Self, PackError> {
        let mut files = Vec::new();
        for file in EMBEDDED.files() {
            let name = file.path().display().to_string();
            let text = file.contents_utf8().unwrap_or_default();
            files.push((name.clone(), parse(&name, text)?));
        }
        if let Some(folder) = user {
            for (name, table) in read_folder(folder)? {
                add_user_file(&mut files, name, table);
            }
        }
        files.sort_by(|a, b| a.0.cmp(&b.0));
        let packs = files.into_iter().map(|(name, table)| compile(&name, table));
        Ok(Self {
            packs: packs.collect::<Result<_, _>>()?,
        })
    }

    /// The pack of one language.
    pub fn get(&self, lang: Lang) -> Option<&Pack> {
        self.packs.iter().find(|pack| pack.lang == lang)
    }

    /// All packs, by file name.
    pub fn iter(&self) -> impl Iterator<Item = &Pack> {
        self.packs.iter()
    }
}

fn parse(path: &str, text: &str) -> Result<Table, PackError> {
    text.parse::<Table>().map_err(|error| PackError::Invalid {
        path: path.to_owned(),
        reason: error.to_string(),
    })
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
        marks: Marks::compile(&file.marks).map_err(invalid)?,
    })
}

fn read_folder(folder: &Path) -> Result<Vec<(String, Table)>, PackError> {
    let fail = |source| PackError::Read {
        path: folder.display().to_string(),
        source,
    };
    let mut tables = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(&path).map_err(|source| PackError::Read {
            path: shown.clone(),
            source,
        })?;
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        tables.push((name, parse(&shown, &text)?));
    }
    Ok(tables)
}

fn add_user_file(files: &mut Vec<(String, Table)>, name: String, mut table: Table) {
    let replaces = matches!(table.remove("replace"), Some(Value::Boolean(true)));
    match files.iter_mut().find(|(known, _)| *known == name) {
        Some((_, known)) if replaces => *known = table,
        Some((_, known)) => extend(known, table),
        None => files.push((name, table)),
    }
}

/// Adds `more` to `table`: tables merge, lists grow, other values are replaced.
fn extend(table: &mut Table, more: Table) {
    for (key, value) in more {
        match (table.get_mut(&key), value) {
            (Some(Value::Table(old)), Value::Table(new)) => extend(old, new),
            (Some(Value::Array(old)), Value::Array(new)) => old.extend(new),
            (_, value) => {
                table.insert(key, value);
            }
        }
    }
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
