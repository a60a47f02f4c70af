//! Private folders and files: the library, its backups, the cache. They show what the user reads,
//! so other users must neither read them nor redirect them to another place.
//!
//! Owners and modes are checked on Unix. On other systems the user's own folders are private
//! already, and only symbolic links are refused.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// The reason why a path is not used for private files.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The path is a symbolic link, so the data would be written somewhere else.
    #[error("{path}: is a symbolic link, and nothing is written through links; name its target")]
    Link {
        /// The path of the folder or file.
        path: String,
    },
    /// The path belongs to another user, who could read and replace the data.
    #[error("{path}: belongs to another user; name a folder of your own")]
    Foreign {
        /// The path of the folder or file.
        path: String,
    },
    /// The path exists, but is not of the kind that is needed.
    #[error("{path}: is not a {wanted}")]
    Kind {
        /// The path that exists.
        path: String,
        /// The kind that is needed: `folder` or `file`.
        wanted: &'static str,
    },
    /// The operating system reported an error.
    #[error("{path}: {error}")]
    System {
        /// The path of the folder or file.
        path: String,
        /// The error of the operating system.
        error: io::Error,
    },
}

impl From<Refusal> for io::Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::System { error, .. } => error,
            refusal => Self::new(io::ErrorKind::PermissionDenied, refusal.to_string()),
        }
    }
}

/// Creates `folder` and its missing parents, or uses it if it exists, and removes all access rights
/// of other users. Meant for folders that belong to kutip alone; see [`ensure_place`] for others.
///
/// # Errors
/// Fails if the folder is a symbolic link, if it or its parent belongs to another user, or if it
/// cannot be created.
pub fn ensure_folder(folder: &Path) -> Result<(), Refusal> {
    // The nearest folder that exists decides whether anything may be created in it.
    let there = folder
        .ancestors()
        .skip(1)
        .find(|parent_of| parent_of.exists());
    if let Some(parent_of) = there {
        check_parent(parent_of)?;
    }
    if metadata_of(folder)?.is_none() {
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        let made = builder.recursive(true).create(folder);
        made.map_err(|error| refused(folder, error))?;
    }
    let data =
        metadata_of(folder)?.ok_or_else(|| refused(folder, io::ErrorKind::NotFound.into()))?;
    if !data.is_dir() {
        let path = folder.display().to_string();
        let wanted = "folder";
        return Err(Refusal::Kind { path, wanted });
    }
    check_owner(folder, &data)?;
    restrict(folder, &data, 0o700)
}

/// Prepares the folder of `path` for a private file. Creates the folder if it is missing, and makes
/// it private if it is kutip's own. Any other folder keeps its mode, and links to it are followed,
/// since the user may have chosen it.
///
/// # Errors
/// Fails if the folder belongs to another user. A folder of the system is allowed if other users
/// cannot replace files in it, as in `/tmp`.
pub fn ensure_place(path: &Path) -> Result<(), Refusal> {
    let Some(folder) = parent_of(path) else {
        return Ok(());
    };
    let is_own = super::library_file().is_some_and(|own| own.parent() == Some(folder));
    if is_own || !folder.exists() {
        return ensure_folder(folder);
    }
    check_parent(folder)
}

/// Creates an empty file, or uses it if it exists, and removes all access rights of other users.
/// Its folder must have been checked, so that no other user can replace the file meanwhile.
///
/// # Errors
/// Fails if the path is a symbolic link, not a file, or belongs to another user, or if the file
/// cannot be created.
pub fn ensure_file(path: &Path) -> Result<(), Refusal> {
    // When a process closes a file, it loses all its locks on that file, including those of a
    // database. So no other thread may open the new file before it is closed here.
    static CREATING: Mutex<()> = Mutex::new(());
    let _making = CREATING.lock().unwrap_or_else(PoisonError::into_inner);
    if restrict_file(path)? {
        return Ok(());
    }
    match new_file().open(path) {
        Ok(_) => Ok(()),
        // Another process created it first.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            restrict_file(path).map(|_| ())
        }
        Err(error) => Err(refused(path, error)),
    }
}

/// Removes all access rights of other users to the file at `path`. Returns whether the file exists.
///
/// # Errors
/// Fails if the path is a symbolic link, not a file, or belongs to another user.
pub fn restrict_file(path: &Path) -> Result<bool, Refusal> {
    let Some(data) = metadata_of(path)? else {
        return Ok(false);
    };
    if !data.is_file() {
        let path = path.display().to_string();
        let wanted = "file";
        return Err(Refusal::Kind { path, wanted });
    }
    check_owner(path, &data)?;
    restrict(path, &data, 0o600)?;
    Ok(true)
}

/// Returns options that create a new private file for reading and writing. Opening fails if
/// anything exists at the path, even a symbolic link.
pub fn new_file() -> OpenOptions {
    let mut options = File::options();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Returns the metadata of the file or folder at `path`, or `None` if nothing exists there. Fails
/// on a symbolic link.
fn metadata_of(path: &Path) -> Result<Option<Metadata>, Refusal> {
    match fs::symlink_metadata(path) {
        Ok(data) if data.is_symlink() => Err(Refusal::Link {
            path: path.display().to_string(),
        }),
        Ok(data) => Ok(Some(data)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(refused(path, error)),
    }
}

/// Returns the folder that contains `path`; it is `.` for a bare name. `None` for a root or an
/// empty path.
fn parent_of(path: &Path) -> Option<&Path> {
    let parent_of = path.parent()?;
    Some(if parent_of.as_os_str().is_empty() {
        Path::new(".")
    } else {
        parent_of
    })
}

#[cfg(unix)]
fn check_parent(folder: &Path) -> Result<(), Refusal> {
    use std::os::unix::fs::MetadataExt;
    const SYSTEM: u32 = 0;
    const STICKY: u32 = 0o1000;
    const OTHERS_WRITE: u32 = 0o022;
    let data = fs::metadata(folder).map_err(|error| refused(folder, error))?;
    let is_public = data.mode() & OTHERS_WRITE != 0 && data.mode() & STICKY == 0;
    if data.uid() == SYSTEM && !is_public {
        return Ok(());
    }
    check_owner(folder, &data)
}

#[cfg(not(unix))]
fn check_parent(folder: &Path) -> Result<(), Refusal> {
    fs::metadata(folder).map_or_else(|error| Err(refused(folder, error)), |_| Ok(()))
}

#[cfg(unix)]
fn check_owner(path: &Path, data: &Metadata) -> Result<(), Refusal> {
    use std::os::unix::fs::MetadataExt;
    if data.uid() == rustix::process::geteuid().as_raw() {
        return Ok(());
    }
    let path = path.display().to_string();
    Err(Refusal::Foreign { path })
}

#[cfg(not(unix))]
fn check_owner(_: &Path, _: &Metadata) -> Result<(), Refusal> {
    Ok(())
}

/// Removes from the mode of `path` all access rights beyond `allowed`. Works by path, not by an
/// open file, because closing a file would release the locks of a database on it.
#[cfg(unix)]
fn restrict(path: &Path, data: &Metadata, allowed: u32) -> Result<(), Refusal> {
    use std::os::unix::fs::PermissionsExt;
    let mode = data.permissions().mode() & 0o7777;
    // Special bits, such as a folder's set-group-ID, stay.
    let wanted = mode & (allowed | 0o7000);
    if wanted == mode {
        return Ok(());
    }
    let permissions = fs::Permissions::from_mode(wanted);
    match fs::set_permissions(path, permissions) {
        // On a read-only file system the mode stays as it is.
        Err(error) if error.kind() == io::ErrorKind::ReadOnlyFilesystem => Ok(()),
        // Another process removed it in the meantime.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        changed => changed.map_err(|error| refused(path, error)),
    }
}

#[cfg(not(unix))]
fn restrict(_: &Path, _: &Metadata, _: u32) -> Result<(), Refusal> {
    Ok(())
}

fn refused(path: &Path, error: io::Error) -> Refusal {
    let path = path.display().to_string();
    Refusal::System { path, error }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn what_is_made_is_for_the_owner_alone_and_what_is_laxer_is_tightened() {
        let top = tempfile::tempdir().unwrap();
        let folder = top.path().join("share/kutip");
        let file = folder.join("library.db");
        ensure_folder(&folder).unwrap();
        ensure_file(&file).unwrap();
        assert_eq!((mode(&folder), mode(&file)), (0o700, 0o600));
        fs::write(&file, "kept").unwrap();
        set_mode(&folder, 0o755);
        set_mode(&file, 0o644);
        ensure_folder(&folder).unwrap();
        ensure_file(&file).unwrap();
        assert_eq!((mode(&folder), mode(&file)), (0o700, 0o600));
        assert_eq!(fs::read(&file).unwrap(), b"kept");
        set_mode(&file, 0o400);
        ensure_file(&file).unwrap();
        assert_eq!(mode(&file), 0o400, "no right is added");
        let new = folder.join("new");
        new_file().open(&new).unwrap();
        assert_eq!(mode(&new), 0o600);
        assert!(new_file().open(&new).is_err(), "it is there already");
    }

    #[test]
    fn nothing_is_made_or_changed_through_a_link() {
        let top = tempfile::tempdir().unwrap();
        let theirs = top.path().join("theirs");
        fs::create_dir(&theirs).unwrap();
        set_mode(&theirs, 0o755);
        let (folder, file) = (top.path().join("kutip"), top.path().join("library.db"));
        symlink(&theirs, &folder).unwrap();
        symlink(theirs.join("victim"), &file).unwrap();
        assert!(matches!(ensure_folder(&folder), Err(Refusal::Link { .. })));
        assert!(matches!(ensure_file(&file), Err(Refusal::Link { .. })));
        assert!(new_file().open(&file).is_err());
        assert_eq!(mode(&theirs), 0o755);
        assert_eq!(fs::read_dir(&theirs).unwrap().count(), 0);
        // A link to a folder that the user named is followed.
        ensure_place(&folder.join("x.db")).unwrap();
        assert_eq!(mode(&theirs), 0o755);
    }

    #[test]
    fn what_is_neither_folder_nor_file_is_told() {
        let top = tempfile::tempdir().unwrap();
        let file = top.path().join("file");
        fs::write(&file, "").unwrap();
        let told = ensure_folder(&file).unwrap_err().to_string();
        assert!(told.ends_with("is not a folder"), "{told}");
        let told = ensure_file(top.path()).unwrap_err().to_string();
        assert!(told.ends_with("is not a file"), "{told}");
    }

    #[test]
    fn a_folder_of_another_user_is_refused() {
        let top = tempfile::tempdir().unwrap();
        let (theirs, below) = (top.path().join("theirs"), top.path().join("theirs/kutip"));
        fs::create_dir(&theirs).unwrap();
        // Only root may change the owner of a folder.
        if std::os::unix::fs::chown(&theirs, Some(12_345), None).is_err() {
            return;
        }
        for refused in [
            ensure_folder(&theirs),
            ensure_folder(&below),
            ensure_place(&below),
        ] {
            let refused = refused.unwrap_err();
            assert!(matches!(refused, Refusal::Foreign { .. }), "{refused}");
        }
        ensure_place(&top.path().join("x.db")).unwrap();
        ensure_place(Path::new("/tmp/x.db")).unwrap();
    }
}
