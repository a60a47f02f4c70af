//! Files that are written completely or not at all: first under a temporary name in the same
//! folder, then renamed.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What to do if the file to be written exists already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Existing {
    /// The existing file stays, and nothing is written.
    #[default]
    Keep,
    /// The existing file is replaced by the new one, which gets its mode.
    Replace,
}

/// Returns whether writing to `path` would replace a file or a dangling link. A device or pipe
/// (`/dev/stdout`) is written to, not replaced.
pub fn is_taken(path: &Path) -> bool {
    match fs::metadata(path) {
        Ok(data) => data.is_file(),
        // A dangling link.
        Err(_) => path.symlink_metadata().is_ok(),
    }
}

/// Writes the file at `path` by calling `write`. The file first has a temporary name and is renamed
/// at the end, so that a failure leaves an old file unchanged.
///
/// # Errors
/// Returns the errors of `write` and of the file system, and `AlreadyExists` if a file exists that
/// is to be kept.
pub fn save(
    path: &Path,
    existing: Existing,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|data| !data.is_file()) {
        let mut out = BufWriter::new(fs::OpenOptions::new().write(true).open(path)?);
        write(&mut out)?;
        return out.flush();
    }
    let check = || -> io::Result<()> {
        match existing {
            Existing::Keep if is_taken(path) => Err(io::ErrorKind::AlreadyExists.into()),
            _ => Ok(()),
        }
    };
    check()?;
    let (part, file) = UnfinishedFile::create(path)?;
    let mut out = BufWriter::new(file);
    write(&mut out)?;
    out.flush()?;
    check()?;
    if let Ok(old) = fs::metadata(path) {
        fs::set_permissions(&part.path, old.permissions())?;
    }
    part.finish(path)
}

/// Removes the temporary files of all writes that are not finished. Called when a signal ends the
/// process and writers can no longer clean up themselves.
pub fn remove_unfinished() {
    for part in &std::mem::take(&mut *unfinished()) {
        // The process ends, so an error cannot be reported.
        let _ = fs::remove_file(part);
    }
}

/// A temporary file that is being written. Dropping it removes the file.
struct UnfinishedFile {
    path: PathBuf,
}

static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn unfinished() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

impl UnfinishedFile {
    fn create(target: &Path) -> io::Result<(Self, File)> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}-{count}.part", std::process::id()));
        let path = target.with_file_name(name);
        // Locked until the file is registered: a signal may arrive at any moment.
        let mut unfinished = unfinished();
        let file = File::options().write(true).create_new(true).open(&path)?;
        unfinished.insert(path.clone());
        Ok((Self { path }, file))
    }

    fn finish(self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target)
    }
}

impl Drop for UnfinishedFile {
    fn drop(&mut self) {
        if unfinished().remove(&self.path) {
            // After a rename there is no file of this name. The caller reports the first error.
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(words: &'static str) -> impl FnOnce(&mut dyn Write) -> io::Result<()> {
        move |out| out.write_all(words.as_bytes())
    }

    #[test]
    fn what_is_there_is_kept_unless_it_is_to_be_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.md");
        save(&path, Existing::Keep, write("satu")).unwrap();
        let refused = save(&path, Existing::Keep, write("dua")).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"satu");
        save(&path, Existing::Replace, write("dua")).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"dua");
        // A file that appears during the writing is kept, too.
        let other = folder.path().join("y.md");
        let appears = |out: &mut dyn Write| fs::write(&other, "lain").and_then(|()| out.flush());
        assert!(save(&other, Existing::Keep, appears).is_err());
        assert_eq!(fs::read(&other).unwrap(), b"lain");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_failure_leaves_the_old_file_and_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.md");
        fs::write(&path, "satu").unwrap();
        let fails = |out: &mut dyn Write| {
            out.write_all(b"dua")?;
            Err(io::ErrorKind::StorageFull.into())
        };
        assert!(save(&path, Existing::Replace, fails).is_err());
        assert_eq!(fs::read(&path).unwrap(), b"satu");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_is_replaced_keeps_its_mode() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.md");
        for mode in [0o600, 0o664, 0o444] {
            let _ = fs::remove_file(&path);
            fs::write(&path, "satu").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            save(&path, Existing::Replace, write("dua")).unwrap();
            let kept = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
            assert_eq!(kept, mode, "{mode:o}");
        }
    }
}
