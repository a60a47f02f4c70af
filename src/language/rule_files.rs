//! Reads rule files: the TOML files that are embedded in the program, extended by files in a folder
//! of the user. What the files mean is decided by their callers.

use std::path::Path;

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

/// Parses the files of the folder `embedded` and extends them by the `*.toml` files of the folder
/// `user`. Returns each file with its name, sorted by name.
///
/// A user's file with the name of an embedded one adds to it: tables merge, lists grow, other
/// values are replaced. With `replace = true` at its head it takes the place of the embedded file.
/// A new name adds a file.
///
/// # Errors
/// Names the first file that cannot be read or parsed.
pub fn load_tables(
    embedded: &Dir<'_>,
    user: Option<&Path>,
) -> Result<Vec<(String, Table)>, PackError> {
    let mut files = Vec::new();
    for file in embedded.files() {
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
    Ok(files)
}

/// Parses one embedded file, given by name and contents, and extends it by the file at the path
/// `user` as in [`load_tables`].
///
/// # Errors
/// The user's file cannot be read or parsed.
pub fn load_table(
    (name, embedded): (&str, &str),
    user: Option<&Path>,
) -> Result<(String, Table), PackError> {
    let mut files = vec![(name.to_owned(), parse(name, embedded)?)];
    if let Some(path) = user {
        add_user_file(&mut files, name.to_owned(), read_table(path)?);
    }
    Ok(files.swap_remove(0))
}

/// Returns a SHA-256 hash of the names and contents of rule files. It changes whenever a rule
/// changes.
pub fn digest(files: &[(String, Table)]) -> [u8; 32] {
    let mut digest = Sha256::new();
    for (name, table) in files {
        // Written out, a table is the same whenever its contents are.
        digest.update(format!("{name}\n{table}\n"));
    }
    digest.finalize().into()
}

fn parse(path: &str, text: &str) -> Result<Table, PackError> {
    text.parse::<Table>().map_err(|error| PackError::Invalid {
        path: path.to_owned(),
        reason: error.to_string(),
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
        let table = read_table(&path)?;
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        tables.push((name, table));
    }
    Ok(tables)
}

fn read_table(path: &Path) -> Result<Table, PackError> {
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|source| PackError::Read {
        path: shown.clone(),
        source,
    })?;
    parse(&shown, &text)
}

fn add_user_file(files: &mut Vec<(String, Table)>, name: String, mut table: Table) {
    let replaces = matches!(table.remove("replace"), Some(Value::Boolean(true)));
    match files.iter_mut().find(|(known, _)| *known == name) {
        Some((_, known)) if replaces => *known = table,
        Some((_, known)) => extend(known, table),
        None => files.push((name, table)),
    }
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
