//! Reading everything anew: what waits, and what is shown once nothing lies over it.

use crate::work::Reloaded;

/// Who asked for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The user: also that nothing has changed is told.
    ByUser,
    /// Files that changed.
    ByFiles,
}

/// How reading everything anew goes.
#[derive(Clone, Debug, Default)]
pub enum Reload {
    /// Nobody wants it.
    #[default]
    No,
    /// It goes on; what was asked for meanwhile comes after it.
    Running {
        /// Who asked.
        asked: Asked,
        /// Who asked meanwhile.
        again: Option<Asked>,
    },
    /// It is done, and is shown once no overlay, prompt or board stands on what was before.
    Done(Box<Reloaded>, Asked),
}
