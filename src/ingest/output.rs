//! The file to which standard output is redirected. It may be in the folder that is read, and must
//! not be read as part of the corpus (`kutip quotes corpus > corpus/quotes.jsonl`).

use super::file::File;

/// The file to which standard output is redirected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OutputFile {
    device: u64,
    inode: u64,
    len: u64,
}

/// The reason that is reported for skipping the output file.
pub(super) const OUTPUT: &str = "the output of this command";

impl OutputFile {
    /// Returns the file to which standard output is redirected, or `None` if standard output is a
    /// terminal, a pipe or a device.
    #[cfg(unix)]
    pub fn find() -> Option<Self> {
        use std::os::fd::AsFd;
        let output = std::io::stdout();
        let file = output.as_fd().try_clone_to_owned().ok()?;
        Self::of(&std::fs::File::from(file).metadata().ok()?)
    }

    #[cfg(not(unix))]
    pub fn find() -> Option<Self> {
        None
    }

    #[cfg(unix)]
    fn of(data: &std::fs::Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        data.is_file().then(|| Self {
            device: data.dev(),
            inode: data.ino(),
            len: data.len(),
        })
    }

    #[cfg(not(unix))]
    fn of(_: &std::fs::Metadata) -> Option<Self> {
        None
    }

    /// Returns whether `file` is this output file. Makes a system call only if both have the same
    /// length.
    pub fn is(self, file: &File) -> bool {
        file.len == self.len
            && file.disk_path().is_some_and(|path| {
                let data = path.metadata().ok();
                data.and_then(|data| Self::of(&data)) == Some(self)
            })
    }
}
