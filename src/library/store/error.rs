//! Why a library cannot be used, told from what the database and the system say.

use std::io;
use std::path::Path;

use rusqlite::ErrorCode;

use crate::files::private::Refusal;

/// Why a library cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// Another program's database.
    #[error("{path}: is a database, but no library of kutip's; name another with --library")]
    Foreign {
        /// The file.
        path: String,
    },
    /// Made by a newer kutip.
    #[error(
        "{path}: was written by a newer kutip (layout {found}, this one knows {known}); update kutip or name another library with --library"
    )]
    Newer {
        /// The file.
        path: String,
        /// Its layout.
        found: usize,
        /// The newest that this program knows.
        known: usize,
    },
    /// The disk is full, or a quota is reached.
    #[error("{path}: the disk is full; the last change is not kept")]
    Full {
        /// The file.
        path: String,
    },
    /// The file or its folder may not be written.
    #[error("{path}: cannot be written; changes are not kept")]
    ReadOnly {
        /// The file.
        path: String,
    },
    /// It is not as it was written.
    #[error("{path}: is damaged ({reason}); `kutip library recover` saves what can be read")]
    Damaged {
        /// The file.
        path: String,
        /// What was found.
        reason: String,
    },
    /// It would not be its owner's alone.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// Something is where a new library is to be made.
    #[error("{path}: is there already; name a file that is not")]
    There {
        /// The file.
        path: String,
    },
    /// Another program holds it, and does not let go.
    #[error("{path}: another program is writing to it; try again")]
    Busy {
        /// The file.
        path: String,
    },
    /// Anything else that the database or the system says.
    #[error("{path}: {reason}")]
    Other {
        /// The file.
        path: String,
        /// What was said.
        reason: String,
    },
}

impl LibraryError {
    pub(super) fn system(path: &Path, error: &io::Error) -> Self {
        Self::Other {
            path: path.display().to_string(),
            reason: error.to_string(),
        }
    }
}

/// What an error of the database means for the library at `path`.
pub(super) fn explain(path: &Path, error: &rusqlite::Error) -> LibraryError {
    let shown = path.display().to_string();
    let reason = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => LibraryError::Full { path: shown },
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            LibraryError::ReadOnly { path: shown }
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            LibraryError::Busy { path: shown }
        }
        Some(ErrorCode::DatabaseCorrupt) => LibraryError::Damaged {
            path: shown,
            reason,
        },
        _ => LibraryError::Other {
            path: shown,
            reason,
        },
    }
}
