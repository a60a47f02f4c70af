//! Undo and redo, until the reader closes.

use super::{Change, State};

/// The steps that can be undone and redone. A step is all that one command changed.
#[derive(Clone, Debug, Default)]
pub struct Undo {
    done: Vec<Vec<Change>>,
    undone: Vec<Vec<Change>>,
}

impl Undo {
    /// Makes the changes of one command and remembers how to undo them.
    pub fn make(&mut self, state: &mut State, changes: &[Change]) {
        let step = reverse(state, changes);
        if step.iter().any(Change::is_undoable) {
            self.done.push(step);
            self.undone.clear();
        }
    }

    /// Undoes the last step; returns the changes to be kept, or `None` where there is none.
    pub fn undo(&mut self, state: &mut State) -> Option<Vec<Change>> {
        Self::turn(&mut self.done, &mut self.undone, state)
    }

    /// Makes the last undone step again; returns the changes to be kept.
    pub fn redo(&mut self, state: &mut State) -> Option<Vec<Change>> {
        Self::turn(&mut self.undone, &mut self.done, state)
    }

    fn turn(
        from: &mut Vec<Vec<Change>>,
        to: &mut Vec<Vec<Change>>,
        state: &mut State,
    ) -> Option<Vec<Change>> {
        let step = from.pop()?;
        to.push(reverse(state, &step));
        Some(step)
    }
}

/// Makes `changes` and returns those that undo them, in the order in which to make them.
fn reverse(state: &mut State, changes: &[Change]) -> Vec<Change> {
    let mut step: Vec<_> = changes.iter().map(|change| state.apply(change)).collect();
    step.reverse();
    step
}
