//! What lies over the panes and takes keys before them: boards, overlays over those, and the line
//! that is being typed.

use super::boards::Board;
use super::command::Context;
use super::overlay::Overlay;
use super::picker::{Picker, Typing};
use super::prompt::{Prompt, Purpose};

/// What lies over the panes.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// What takes the whole screen instead of the panes, the last one on top.
    pub boards: Vec<Board>,
    /// Lists over everything else, the last one on top.
    pub overlays: Vec<Overlay>,
    /// A line that is being typed.
    pub prompt: Option<Prompt>,
}

impl Layers {
    /// Whether nothing lies over the panes.
    pub fn is_empty(&self) -> bool {
        self.boards.is_empty() && self.overlays.is_empty() && self.prompt.is_none()
    }

    /// Closes boards and overlays.
    pub fn close(&mut self) {
        self.overlays.clear();
        self.boards.clear();
    }

    /// Where a key is looked up, nearest first; `None` where the panes take it.
    pub fn contexts(&self) -> Option<&'static [Context]> {
        if self.is_typing() {
            return Some(&[Context::Prompt]);
        }
        if let Some(overlay) = self.overlays.last() {
            return Some(overlay.contexts());
        }
        self.boards.last().map(Board::contexts)
    }

    /// Whether letters are typed, into the line or into the topmost overlay.
    pub fn is_typing(&self) -> bool {
        let typing = self.picker().map(|picker| picker.typing);
        self.prompt.is_some() || matches!(typing, Some(Typing::On | Typing::Always))
    }

    /// What a line is being typed for.
    pub fn purpose(&self) -> Option<&Purpose> {
        self.prompt.as_ref().map(|prompt| &prompt.purpose)
    }

    /// The list of the topmost overlay.
    pub fn picker(&self) -> Option<&Picker> {
        self.overlays.last().map(|overlay| &overlay.picker)
    }

    /// The list of the topmost overlay, to be changed.
    pub fn picker_mut(&mut self) -> Option<&mut Picker> {
        self.overlays.last_mut().map(|overlay| &mut overlay.picker)
    }
}
