//! The cache folder of one corpus.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::files::private;

/// Name of the file in a cache folder that lists the paths of its corpus. It is written whenever
/// the corpus is opened, so its date says when that was.
pub(super) const LABEL: &str = "corpus";

/// The cache folder of one corpus. It is created on the first write, so a corpus too small to be
/// cached has none.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    pub path: PathBuf,
    label: String,
}

impl Folder {
    pub fn new(path: PathBuf, label: &str) -> Self {
        let label = label.to_owned();
        Self { path, label }
    }

    /// Creates the folder, or uses an existing one, and makes it accessible to its owner only,
    /// because it shows what the user reads.
    pub fn create(&self) -> io::Result<()> {
        survive_limits();
        if let Some(cache) = self.path.parent() {
            private::ensure_folder(cache)?;
        }
        private::ensure_folder(&self.path)?;
        // Without a label, this corpus is only among the first to be removed.
        let _ = self.mark_opened();
        Ok(())
    }

    fn mark_opened(&self) -> io::Result<()> {
        let label = self.path.join(LABEL);
        private::ensure_file(&label)?;
        fs::write(label, &self.label)
    }
}

/// Makes writing a file beyond the size limit of the shell (`ulimit -f`) return an error instead of
/// ending the program, because the cache is optional. Programs that this one starts are not
/// affected, because signal handlers are not inherited.
fn survive_limits() {
    #[cfg(unix)]
    {
        static ONCE: std::sync::Once = std::sync::Once::new();
        ONCE.call_once(|| {
            // If this fails, the limit ends the program as before.
            let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
        });
    }
}
