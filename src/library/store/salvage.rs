//! Reads the files of a library without `SQLite`, as far as they are readable.

use std::path::Path;

use super::error::LibraryError;
use super::log::Log;
use super::names::with_suffix;
use super::pages;
use super::rows::Rows;

/// Returns whether the write-ahead log of the library at `path` is damaged. A missing log is not.
pub(super) fn is_log_damaged(path: &Path) -> Result<bool, LibraryError> {
    let bytes =
        read_if_there(&with_suffix(path, "-wal")).map_err(|e| LibraryError::system(path, &e))?;
    // The page size in the header, if it is a possible one; else the usual one.
    let sizes = [4096, 512, 1024, 2048, 8192, 16_384, 32_768, 65_536];
    let told = bytes.get(8..12).and_then(|size| size.try_into().ok());
    let told = u32::from_be_bytes(told.unwrap_or_default()) as usize;
    let size = sizes.into_iter().find(|size| *size == told).unwrap_or(4096);
    Ok(Log::parse(&bytes, size).is_damaged)
}

fn read_if_there(path: &Path) -> std::io::Result<Vec<u8>> {
    match std::fs::read(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        read => read,
    }
}

/// Returns all rows that can be read from the pages and the log of the library at `path`.
pub(super) fn salvage(path: &Path) -> Result<Rows, LibraryError> {
    let failed = |error| LibraryError::system(path, &error);
    let mut library = std::fs::read(path).map_err(failed)?;
    let bytes = read_if_there(&with_suffix(path, "-wal")).map_err(failed)?;
    let log = Log::parse(&bytes, pages::page_size(&library));
    log.apply_to(&mut library, &bytes);
    Ok(pages::rows(&library))
}
