//! The layers above the panes, which take keys before them: boards, overlays above the boards, and
//! the line being typed.

use super::boards::Board;
use super::command::Context;
use super::overlay::Overlay;
use super::picker::{Picker, Typing};
use super::prompt::{Prompt, Purpose};

/// The layers above the panes: boards, overlays and the prompt.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// Boards, which take the whole screen instead of the panes. The last one is on top.
    pub boards: Vec<Board>,
    /// Overlays, which are lists above the boards and the panes. The last one is on top.
    pub overlays: Vec<Overlay>,
    /// The line that the user is typing, if there is one.
    pub prompt: Option<Prompt>,
}

impl Layers {
    /// Returns whether nothing covers the panes and no line is being typed.
    pub fn is_empty(&self) -> bool {
        self.boards.is_empty() && self.overlays.is_empty() && self.prompt.is_none()
    }

    /// Closes all boards and overlays. The prompt stays.
    pub fn close(&mut self) {
        self.overlays.clear();
        self.boards.clear();
    }

    /// Returns the contexts in which the topmost layer looks up a key, innermost first. Returns
    /// `None` if there is no layer, so that the key goes to the panes.
    pub fn contexts(&self) -> Option<&'static [Context]> {
        if self.is_typing() {
            return Some(&[Context::Prompt]);
        }
        if let Some(overlay) = self.overlays.last() {
            return Some(overlay.contexts());
        }
        self.boards.last().map(Board::contexts)
    }

    /// Returns whether letter keys type text into the prompt or the topmost overlay, instead of
    /// running commands.
    pub fn is_typing(&self) -> bool {
        let typing = self.picker().map(|picker| picker.typing);
        self.prompt.is_some() || matches!(typing, Some(Typing::On | Typing::Always))
    }

    /// Returns the purpose of the line being typed, or `None` if no line is.
    pub fn purpose(&self) -> Option<&Purpose> {
        self.prompt.as_ref().map(|prompt| &prompt.purpose)
    }

    /// Returns the list of the topmost overlay, or `None` if no overlay is open.
    pub fn picker(&self) -> Option<&Picker> {
        self.overlays.last().map(|overlay| &overlay.picker)
    }

    /// Returns the list of the topmost overlay so that it can be changed, or `None` if no overlay
    /// is open.
    pub fn picker_mut(&mut self) -> Option<&mut Picker> {
        self.overlays.last_mut().map(|overlay| &mut overlay.picker)
    }
}
