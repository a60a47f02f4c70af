//! Reads rule files: the TOML files that are embedded in the program, extended by files in a folder
//! of the user. What the files mean is decided by their callers.

use std::path::{Path, PathBuf};

use include_dir::Dir;
use sha2::{Digest, Sha256};
use toml::{Table, Value};

/// Why a language pack or a layout cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The file or folder could not be read.
    #[error("{path}: cannot be read: {source}")]
    Read {
        /// The path of the file or folder.
        path: String,
        /// The error of the operating system.
        source: std::io::Error,
    },
    /// The file was read, but is not a valid rule file.
    #[error("{path}: {reason}")]
    Invalid {
        /// The path or name of the file.
        path: String,
        /// What is wrong in the file, and in which line.
        reason: String,
    },
}

/// Rule files, each extended by the user's file of its name.
#[derive(Debug, Default)]
pub struct RuleFiles {
    /// The name and the contents of each file.
    pub tables: Vec<(String, Table)>,
    digest: Sha256,
}

impl RuleFiles {
    /// Parses the files of the folder `embedded` and extends them by the `*.toml` files of the
    /// folder `user`. The files are sorted by name.
    ///
    /// A user's file with the name of an embedded one adds to it: tables merge, lists grow, other
    /// values are replaced. With `replace = true` at its head it takes the place of the embedded
    /// file. A new name adds a file.
    ///
    /// # Errors
    /// Names the first file that cannot be read or parsed.
    pub fn load(embedded: &Dir<'_>, user: Option<&Path>) -> Result<Self, PackError> {
        let mut files = Self::default();
        for file in embedded.files() {
            let name = file.path().display().to_string();
            files.add_embedded(name, file.contents_utf8().unwrap_or_default())?;
        }
        if let Some(folder) = user {
            for path in rule_files_in(folder)? {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                files.add_user_file(name.into_owned(), &path)?;
            }
        }
        files.tables.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(files)
    }

    /// Parses one embedded file, given by name and contents, and extends it by the file at the path
    /// `user` as in [`RuleFiles::load`].
    ///
    /// # Errors
    /// The user's file cannot be read or parsed.
    pub fn load_one(
        (name, embedded): (&str, &str),
        user: Option<&Path>,
    ) -> Result<Self, PackError> {
        let mut files = Self::default();
        files.add_embedded(name.to_owned(), embedded)?;
        if let Some(path) = user {
            files.add_user_file(name.to_owned(), path)?;
        }
        Ok(files)
    }

    /// Returns a hash of the names and contents of the files, as they were written. It changes
    /// whenever a rule changes.
    pub fn digest(&self) -> [u8; 32] {
        self.digest.clone().finalize().into()
    }

    fn add_embedded(&mut self, name: String, text: &str) -> Result<(), PackError> {
        self.note(&name, text);
        let table = parse(&name, text)?;
        self.tables.push((name, table));
        Ok(())
    }

    fn add_user_file(&mut self, name: String, path: &Path) -> Result<(), PackError> {
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|source| PackError::Read {
            path: shown.clone(),
            source,
        })?;
        self.note(&name, &text);
        let mut table = parse(&shown, &text)?;
        let replaces = matches!(table.remove("replace"), Some(Value::Boolean(true)));
        match self.tables.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) if replaces => *known = table,
            Some((_, known)) => extend(known, table),
            None => self.tables.push((name, table)),
        }
        Ok(())
    }

    /// Adds a file to the digest, by its checksum: to hash all words of all packs would take longer
    /// than to read them.
    fn note(&mut self, name: &str, text: &str) {
        let checksum = crc32fast::hash(text.as_bytes());
        self.digest
            .update(format!("{name}\n{} {checksum}\n", text.len()));
    }
}

fn parse(path: &str, text: &str) -> Result<Table, PackError> {
    text.parse::<Table>().map_err(|error| PackError::Invalid {
        path: path.to_owned(),
        reason: error.to_string(),
    })
}

/// Returns the paths of the `*.toml` files in `folder`, sorted.
fn rule_files_in(folder: &Path) -> Result<Vec<PathBuf>, PackError> {
    let fail = |source| PackError::Read {
        path: folder.display().to_string(),
        source,
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Adds the entries of `more` to `table`: tables merge, lists grow, other values are replaced.
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
