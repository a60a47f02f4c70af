//! The scope and the grain of a timeline.

use crate::people::PersonId;
use crate::relate::{Grain, StoryId};

/// Whose statements are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The statements of one speaker.
    Speaker(PersonId),
    /// The statements in one story.
    Story(StoryId),
    /// All statements.
    All,
}

/// The settings of a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Whose statements are shown.
    pub scope: Scope,
    /// The step of time: day, week or month.
    pub grain: Grain,
    /// The other scopes, in the order in which the key shows them.
    pub others: Vec<Scope>,
}

impl Shown {
    /// Switches to the next wider grain, or from the widest to the narrowest.
    pub fn next_grain(&mut self) {
        self.grain = match self.grain {
            Grain::Day => Grain::Week,
            Grain::Week => Grain::Month,
            Grain::Month => Grain::Day,
        };
    }

    /// Switches to the next scope.
    pub fn next_scope(&mut self) {
        if !self.others.is_empty() {
            self.others.push(self.scope);
            self.scope = self.others.remove(0);
        }
    }
}
