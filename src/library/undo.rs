//! Undo and redo of changes to the library. They last until the program ends.

use super::{Change, State};

/// The steps that can be undone and redone. A step holds all changes of one command of the user.
#[derive(Clone, Debug, Default)]
pub struct Undo {
    done: Vec<Vec<Change>>,
    undone: Vec<Vec<Change>>,
}

impl Undo {
    /// Applies the changes of one command to `state` and records how to undo them.
    pub fn make(&mut self, state: &mut State, changes: &[Change]) {
        let step = reverse(state, changes);
        if step.iter().any(Change::is_undoable) {
            self.done.push(step);
            self.undone.clear();
        }
    }

    /// Undoes the last step in `state`. Returns the changes to store in the library, or `None` if
    /// there is no step to undo.
    pub fn undo(&mut self, state: &mut State) -> Option<Vec<Change>> {
        Self::apply_step(&mut self.done, &mut self.undone, state)
    }

    /// Redoes in `state` the step that was undone last. Returns the changes to store in the
    /// library, or `None` if there is no step to redo.
    pub fn redo(&mut self, state: &mut State) -> Option<Vec<Change>> {
        Self::apply_step(&mut self.undone, &mut self.done, state)
    }

    fn apply_step(
        from: &mut Vec<Vec<Change>>,
        to: &mut Vec<Vec<Change>>,
        state: &mut State,
    ) -> Option<Vec<Change>> {
        let step = from.pop()?;
        to.push(reverse(state, &step));
        Some(step)
    }
}

/// Applies `changes` to `state` and returns the changes that undo them, in the order in which to
/// apply them.
fn reverse(state: &mut State, changes: &[Change]) -> Vec<Change> {
    let mut step: Vec<_> = changes.iter().map(|change| state.apply(change)).collect();
    step.reverse();
    step
}
