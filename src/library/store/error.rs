//! Errors of the library, made from those of the database and the system.

use std::io;
use std::path::Path;

use rusqlite::ErrorCode;

use crate::files::private::Refusal;

/// Why a library cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The file is another program's database.
    #[error("{path}: is a database, but not a library of kutip; name another with --library")]
    Foreign {
        /// The path of the library file.
        path: String,
    },
    /// The library was written by a newer version of kutip.
    #[error(
        "{path}: was written by a newer kutip (layout {found}, this one knows {known}); update kutip or name another library with --library"
    )]
    Newer {
        /// The path of the library file.
        path: String,
        /// The layout version of the file.
        found: usize,
        /// The newest layout version that this program knows.
        known: usize,
    },
    /// The disk is full, or the user's quota is reached.
    #[error("{path}: the disk is full; the last change is not kept")]
    Full {
        /// The path of the library file.
        path: String,
    },
    /// The file or its folder cannot be written.
    #[error("{path}: cannot be written; changes are not kept")]
    ReadOnly {
        /// The path of the library file.
        path: String,
    },
    /// The contents of the file are not what kutip wrote.
    #[error("{path}: is damaged ({reason}); `kutip library recover` saves what can be read")]
    Damaged {
        /// The path of the library file.
        path: String,
        /// A description of the damage.
        reason: String,
    },
    /// The file could not be kept private.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// A file exists where a new library should be created.
    #[error("{path}: exists already; name a new file")]
    There {
        /// The path of the library file.
        path: String,
    },
    /// Another process has locked the library for too long.
    #[error("{path}: another program is writing to it; try again")]
    Busy {
        /// The path of the library file.
        path: String,
    },
    /// Some other error of the database or the system.
    #[error("{path}: {reason}")]
    Other {
        /// The path of the library file.
        path: String,
        /// The message of the error.
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

/// Converts an error of the database into the error of the library at `path`.
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
