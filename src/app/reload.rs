//! The state of a reload: whether it is running, and its result, which waits until nothing covers
//! the panes.

use crate::work::Reloaded;

/// The origin of a reload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The user asked for it, and is told even if nothing has changed.
    ByUser,
    /// Files have changed.
    ByFiles,
}

/// The state of a reload.
#[derive(Clone, Debug, Default)]
pub enum Reload {
    /// No reload is wanted.
    #[default]
    No,
    /// A reload is running. Requests during it are served by another reload after it.
    Running {
        /// The origin of the running reload.
        asked: Asked,
        /// The origin of a request during the reload.
        again: Option<Asked>,
    },
    /// The reload has ended. Its result is shown once no overlay, prompt or board depends on the
    /// old corpus.
    Done(Box<Reloaded>, Asked),
}
