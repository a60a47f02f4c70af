//! Reading what stands in a library's files without `SQLite`.

use std::path::Path;

use super::error::LibraryError;
use super::log::Log;
use super::names::beside;
use super::pages;
use super::rows::Rows;

/// Whether the log of a library is not as it was written.
pub(super) fn is_log_damaged(path: &Path) -> Result<bool, LibraryError> {
    let bytes = read_if_there(&beside(path, "-wal")).map_err(|e| LibraryError::system(path, &e))?;
    // A log is of the usual page size, or tells its own where its header is sound.
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

/// What can be read of a library without `SQLite`, from its pages and its log.
pub(super) fn salvage(path: &Path) -> Result<Rows, LibraryError> {
    let failed = |error| LibraryError::system(path, &error);
    let mut library = std::fs::read(path).map_err(failed)?;
    let bytes = read_if_there(&beside(path, "-wal")).map_err(failed)?;
    let log = Log::parse(&bytes, pages::page_size(&library));
    log.lay_over(&mut library, &bytes);
    Ok(pages::rows(&library))
}
