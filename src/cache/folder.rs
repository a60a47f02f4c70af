//! The folder of one corpus in the cache.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::files::private;

/// The file that names the corpus of a folder; written whenever it is opened.
pub(super) const LABEL: &str = "corpus";

/// The folder of one corpus. A corpus too small to be kept has none.
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

    /// Makes it, or takes it as it is, for nobody else to read: what the user reads is the user's
    /// affair.
    pub fn create(&self) -> io::Result<()> {
        survive_limits();
        if let Some(cache) = self.path.parent() {
            private::ensure_folder(cache)?;
        }
        private::ensure_folder(&self.path)?;
        // Without it, this corpus is only among the first to go.
        let _ = self.mark_opened();
        Ok(())
    }

    fn mark_opened(&self) -> io::Result<()> {
        let label = self.path.join(LABEL);
        private::ensure_file(&label)?;
        fs::write(label, &self.label)
    }
}

/// Makes of a file that grows beyond what the shell allows (`ulimit -f`) an error of writing, instead
/// of the program's end: a cache can be done without. A program that this one starts is not
/// affected, as handlers are not inherited.
fn survive_limits() {
    #[cfg(unix)]
    {
        static ONCE: std::sync::Once = std::sync::Once::new();
        ONCE.call_once(|| {
            // Where it cannot be done, all is as it was.
            let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
        });
    }
}
