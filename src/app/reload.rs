//! The state of a reload: whether it is running, and its result, which waits until nothing covers
//! the panes.

use crate::work::Reloaded;

/// The origin of a reload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReloadOrigin {
    /// The user requested the reload, and gets a notice even if nothing has changed.
    ByUser,
    /// Files of the corpus have changed.
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
        origin: ReloadOrigin,
        /// The origin of a request during the reload.
        again: Option<ReloadOrigin>,
    },
    /// The reload has ended. Its result is shown once no overlay, prompt or board depends on the
    /// old corpus.
    Done(Box<Reloaded>, ReloadOrigin),
}
