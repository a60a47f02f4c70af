//! The line that is being typed at the bottom of the screen: what for, and what leaving it restores.

use super::ask::Ask;
use super::input::Input;
use super::list::ListPane;
use super::page::Spot;
use crate::work::Exported;

/// A line that is being typed at the bottom of the screen.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// What it is for, and what to put back.
    pub purpose: Purpose,
    /// What is typed.
    pub input: Input,
}

/// What a prompt is for, with the state that leaving it restores.
#[derive(Clone, Debug)]
pub enum Purpose {
    /// Filters the list.
    Filter {
        /// The filter before.
        words: String,
        /// The list before.
        list: ListPane,
    },
    /// Finds in the text.
    Find {
        /// The words before.
        words: String,
        /// The place before.
        anchor: Spot,
    },
    /// Names the file that something is written to.
    Export {
        /// The heading.
        title: String,
        /// What goes into it.
        what: Exported,
    },
    /// Filters the quotes.
    Quotes {
        /// The words before.
        words: String,
    },
    /// Gives something a name or words.
    Ask(Ask),
}
