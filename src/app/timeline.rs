//! The settings of a timeline: whose statements it shows, and by what steps of time.

use crate::people::PersonId;
use crate::relate::{Grain, StoryId};

/// Which statements a timeline shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The statements of one speaker.
    Speaker(PersonId),
    /// The statements in one story.
    Story(StoryId),
    /// All statements of the corpus.
    All,
}

/// The settings of a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Which statements are shown.
    pub scope: Scope,
    /// The length of a step of time: a day, a week or a month.
    pub grain: Grain,
    /// The other scopes, in the order in which the user can switch to them.
    pub others: Vec<Scope>,
}

impl Shown {
    /// Switches to the next longer step of time, or from months back to days.
    pub fn next_grain(&mut self) {
        self.grain = match self.grain {
            Grain::Day => Grain::Week,
            Grain::Week => Grain::Month,
            Grain::Month => Grain::Day,
        };
    }

    /// Switches to the next scope, if there is another one.
    pub fn next_scope(&mut self) {
        if !self.others.is_empty() {
            self.others.push(self.scope);
            self.scope = self.others.remove(0);
        }
    }
}
