//! What a timeline shows: whose statements, and by which step of time.

use crate::people::PersonId;
use crate::relate::{Grain, StoryId};

/// Whose statements are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One speaker's.
    Speaker(PersonId),
    /// One story's.
    Story(StoryId),
    /// All.
    All,
}

/// What a timeline shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Whose statements.
    pub scope: Scope,
    /// By day, week or month.
    pub grain: Grain,
    /// What else could be shown, in the order of the key that changes it.
    pub others: Vec<Scope>,
}

impl Shown {
    /// Takes the next wider grain, or the narrowest again.
    pub fn next_grain(&mut self) {
        self.grain = match self.grain {
            Grain::Day => Grain::Week,
            Grain::Week => Grain::Month,
            Grain::Month => Grain::Day,
        };
    }

    /// Shows the next of what else could be shown.
    pub fn next_scope(&mut self) {
        if !self.others.is_empty() {
            self.others.push(self.scope);
            self.scope = self.others.remove(0);
        }
    }
}
