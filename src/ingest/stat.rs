//! Reads the length, the time of the last write and the identity of many files in few folders. With
//! a handle to an open folder, the system need not resolve the whole path of each file. This saves
//! a tenth of the time of opening a large corpus again.

use std::fs::Metadata;
use std::time::SystemTime;

use walkdir::DirEntry;

/// The attributes of a file by which the parse cache notices changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stat {
    pub len: u64,
    pub modified: Option<SystemTime>,
    /// Digest of the inode and the time of its last change; see
    /// [`Stamp::identity`](super::Stamp::identity).
    pub identity: u64,
}

impl Stat {
    pub fn of(data: &Metadata) -> Self {
        Self {
            len: data.len(),
            modified: data.modified().ok(),
            #[cfg(unix)]
            identity: {
                use std::os::unix::fs::MetadataExt;
                identity(data.ino(), (data.ctime(), data.ctime_nsec()))
            },
            #[cfg(not(unix))]
            identity: 0,
        }
    }
}

/// Returns a digest of the number of an inode and the time of its last change, which no program can
/// set. For this reason, a copy that was restored with its old time of writing counts as another
/// file. The device is left out, because its number may change whenever it is mounted.
#[cfg(unix)]
fn identity(inode: u64, changed: (i64, i64)) -> u64 {
    use std::hash::BuildHasher;
    foldhash::fast::FixedState::default().hash_one((inode, changed))
}

/// Reads the attributes of files. Files of the same folder should follow one another.
#[derive(Debug, Default)]
pub(super) struct Stats {
    #[cfg(target_os = "linux")]
    below: linux::Folder,
}

impl Stats {
    /// Returns the attributes of a file in a walk, or of its target if it is a link. If the file is
    /// gone, returns empty attributes.
    pub fn of(&mut self, entry: &DirEntry) -> Stat {
        #[cfg(target_os = "linux")]
        if let Some(stat) = self.below.stat(entry.path()) {
            return stat;
        }
        let data = std::fs::metadata(entry.path()).ok();
        data.as_ref().map_or_else(Stat::default, Stat::of)
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::os::fd::OwnedFd;
    use std::path::{Path, PathBuf};
    use std::time::{Duration, UNIX_EPOCH};

    use rustix::fs::{AtFlags, CWD, Mode, OFlags, StatxFlags, openat, statx};

    use super::{Stat, identity};

    /// The folder of the file that was asked for last. It is kept open for further files in it.
    #[derive(Debug, Default)]
    pub(super) struct Folder {
        open: Option<(PathBuf, OwnedFd)>,
    }

    impl Folder {
        /// Returns the attributes of a file. Returns `None` if they cannot be read in this way.
        pub(super) fn stat(&mut self, path: &Path) -> Option<Stat> {
            let (folder, name) = (path.parent()?, path.file_name()?);
            let is_open = |(open, _): &(PathBuf, OwnedFd)| open.as_os_str() == folder.as_os_str();
            if !self.open.as_ref().is_some_and(is_open) {
                let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
                let opened = openat(CWD, folder, flags, Mode::empty()).ok()?;
                self.open = Some((folder.to_owned(), opened));
            }
            let (_, folder) = self.open.as_ref()?;
            let times = StatxFlags::MTIME | StatxFlags::CTIME;
            let asked = StatxFlags::SIZE | StatxFlags::INO | times;
            let data = statx(folder, name, AtFlags::empty(), asked).ok()?;
            let seconds = u64::try_from(data.stx_mtime.tv_sec).ok()?;
            let written = Duration::new(seconds, data.stx_mtime.tv_nsec);
            let changed = data.stx_ctime;
            Some(Stat {
                len: data.stx_size,
                modified: UNIX_EPOCH.checked_add(written),
                identity: identity(data.stx_ino, (changed.tv_sec, changed.tv_nsec.into())),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_as_the_system_tells() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for place in ["a", "b", "b/c"] {
            let place = folder.path().join(place);
            std::fs::create_dir(&place).expect("a folder");
            std::fs::write(place.join("one.txt"), "Kami siap.").expect("a file");
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink("b/c/one.txt", folder.path().join("link")).expect("a link");
        let mut stats = Stats::default();
        let walk = walkdir::WalkDir::new(folder.path()).follow_links(true);
        let entries = walk.into_iter().flatten();
        for entry in entries.filter(|entry| entry.file_type().is_file()) {
            let data = std::fs::metadata(entry.path()).expect("it is there");
            assert_eq!(
                stats.of(&entry),
                Stat::of(&data),
                "{}",
                entry.path().display()
            );
            std::fs::remove_file(entry.path()).expect("it is a file");
            assert_eq!(stats.of(&entry), Stat::default(), "it is gone");
        }
    }
}
