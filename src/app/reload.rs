//! The state of a reload: whether it is running, and its result, which waits until nothing covers
//! the panes.

use crate::work::Reloaded;

/// What caused a reload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReloadOrigin {
    /// The user requested the reload, and gets a notice even if nothing has changed.
    ByUser,
    /// A change of the corpus's files caused the reload.
    ByFiles,
}

/// Whether a reload of the corpus is running, or is done and waits to be shown.
#[derive(Clone, Debug, Default)]
pub enum Reload {
    /// No reload is running or waits to be shown.
    #[default]
    No,
    /// A reload is running. If another one is requested meanwhile, it starts after this one.
    Running {
        /// What caused the running reload.
        origin: ReloadOrigin,
        /// What caused the request for another reload meanwhile, if there was one.
        again: Option<ReloadOrigin>,
    },
    /// A reload has ended. Holds its result and what caused it. The result is shown once no
    /// overlay, prompt or board depends on the old corpus.
    Done(Box<Reloaded>, ReloadOrigin),
}
