//! Folders and files for their owner alone: the library, its backups, the cache. What kutip keeps
//! there tells what its user reads, so others may neither read it nor have it written elsewhere.
//!
//! Owners and modes are those of Unix; on other systems the user's own folders are private by
//! themselves, and only links are refused.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Why nothing is written to a place.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// A link leads elsewhere, and what is written would land there.
    #[error("{path}: is a symbolic link, through which nothing is written; name where it leads to")]
    Link {
        /// The folder or file.
        path: String,
    },
    /// Its owner could read and replace what is written.
    #[error("{path}: belongs to another user; name a folder of your own")]
    Foreign {
        /// The folder or file.
        path: String,
    },
    /// Neither a folder nor a file, whichever is wanted.
    #[error("{path}: is not a {wanted}")]
    Kind {
        /// What is there.
        path: String,
        /// What is wanted there.
        wanted: &'static str,
    },
    /// The system says why not.
    #[error("{path}: {error}")]
    System {
        /// The folder or file.
        path: String,
        /// What it says.
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

/// Makes `folder` with all above it, or takes it as it is, and sees to it that only its owner can
/// enter it. For folders that are kutip's alone; see [`ensure_place`] for others.
///
/// # Errors
/// Where it is a link, or it or the folder above belongs to another user, or it cannot be made.
pub fn ensure_folder(folder: &Path) -> Result<(), Refusal> {
    // Of what is missing, the part that is there decides whether more is made in it.
    let there = folder.ancestors().skip(1).find(|above| above.exists());
    if let Some(above) = there {
        check_above(above)?;
    }
    if look_at(folder)?.is_none() {
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        let made = builder.recursive(true).create(folder);
        made.map_err(|error| refused(folder, error))?;
    }
    let data = look_at(folder)?.ok_or_else(|| refused(folder, io::ErrorKind::NotFound.into()))?;
    if !data.is_dir() {
        let path = folder.display().to_string();
        let wanted = "folder";
        return Err(Refusal::Kind { path, wanted });
    }
    check_owner(folder, &data)?;
    tighten(folder, &data, 0o700)
}

/// Sees to it that a private file can stand at `path`, which a user may have named: its folder is
/// made where it is missing, and made private where it is kutip's own. Any other folder keeps its
/// mode, and links to it are followed.
///
/// # Errors
/// Where the folder belongs to another user. One of the system's is taken where nobody else can
/// replace what stands in it, as in `/tmp`.
pub fn ensure_place(path: &Path) -> Result<(), Refusal> {
    let Some(folder) = above(path) else {
        return Ok(());
    };
    let is_own = super::library_file().is_some_and(|own| own.parent() == Some(folder));
    if is_own || !folder.exists() {
        return ensure_folder(folder);
    }
    check_above(folder)
}

/// Makes the file, empty, or takes it as it is, and sees to it that only its owner can read it.
/// The folder must have been checked: nobody else replaces what stands there meanwhile.
///
/// # Errors
/// Where it is a link, no file, or another user's, or cannot be made.
pub fn ensure_file(path: &Path) -> Result<(), Refusal> {
    // A process that closes a file gives up its locks on it, those of a database among them. So no
    // other thread may see the new file, and open it, before it is closed here.
    static MAKING: Mutex<()> = Mutex::new(());
    let _making = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
    if tighten_file(path)? {
        return Ok(());
    }
    match new_file().open(path) {
        Ok(_) => Ok(()),
        // Another process was first.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            tighten_file(path).map(|_| ())
        }
        Err(error) => Err(refused(path, error)),
    }
}

/// Sees to it that only its owner can read the file; tells whether there is one.
///
/// # Errors
/// Where it is a link, no file, or another user's.
pub fn tighten_file(path: &Path) -> Result<bool, Refusal> {
    let Some(data) = look_at(path)? else {
        return Ok(false);
    };
    if !data.is_file() {
        let path = path.display().to_string();
        let wanted = "file";
        return Err(Refusal::Kind { path, wanted });
    }
    check_owner(path, &data)?;
    tighten(path, &data, 0o600)?;
    Ok(true)
}

/// Options to make a new file, for reading and writing, that is its owner's alone. Opening fails
/// where anything is there, a link included.
pub fn new_file() -> OpenOptions {
    let mut options = File::options();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// What is there, if anything, and no link.
fn look_at(path: &Path) -> Result<Option<Metadata>, Refusal> {
    match fs::symlink_metadata(path) {
        Ok(data) if data.is_symlink() => Err(Refusal::Link {
            path: path.display().to_string(),
        }),
        Ok(data) => Ok(Some(data)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(refused(path, error)),
    }
}

/// The folder in which `path` stands; `.` for a bare name.
fn above(path: &Path) -> Option<&Path> {
    let above = path.parent()?;
    Some(if above.as_os_str().is_empty() {
        Path::new(".")
    } else {
        above
    })
}

#[cfg(unix)]
fn check_above(folder: &Path) -> Result<(), Refusal> {
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
fn check_above(folder: &Path) -> Result<(), Refusal> {
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

/// Takes every right beyond `most` away. By name, not by an open file: closing one would give up
/// the locks of a database.
#[cfg(unix)]
fn tighten(path: &Path, data: &Metadata, most: u32) -> Result<(), Refusal> {
    use std::os::unix::fs::PermissionsExt;
    let mode = data.permissions().mode() & 0o7777;
    // A folder's set-group-ID bit and the like stay.
    let wanted = mode & (most | 0o7000);
    if wanted == mode {
        return Ok(());
    }
    let permissions = fs::Permissions::from_mode(wanted);
    match fs::set_permissions(path, permissions) {
        // Nobody can write there: it stays as it is.
        Err(error) if error.kind() == io::ErrorKind::ReadOnlyFilesystem => Ok(()),
        // Another process removed it meanwhile.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        changed => changed.map_err(|error| refused(path, error)),
    }
}

#[cfg(not(unix))]
fn tighten(_: &Path, _: &Metadata, _: u32) -> Result<(), Refusal> {
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
        // A folder that is named is taken where the link leads to.
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
        // Only the system's own user may give a folder away.
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
