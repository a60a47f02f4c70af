//! The prompt: the line that is being typed at the bottom of the screen, its purpose, and the state
//! that leaving it restores.

use super::ask::Ask;
use super::input::Input;
use super::list::ListPane;
use super::page::Spot;
use crate::work::Exported;

/// A line that is being typed at the bottom of the screen.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// The purpose, and the state to restore.
    pub purpose: Purpose,
    /// The typed text.
    pub input: Input,
}

/// The purpose of a prompt, with the state that leaving it restores.
#[derive(Clone, Debug)]
pub enum Purpose {
    /// Filters the list.
    Filter {
        /// The words of the filter before.
        words: String,
        /// The list before.
        list: ListPane,
    },
    /// Finds words in the text.
    Find {
        /// The search words before.
        words: String,
        /// The position of the view before.
        anchor: Spot,
    },
    /// Names the file to write.
    Export {
        /// The heading of the export.
        title: String,
        /// The content of the file.
        what: Exported,
    },
    /// Filters the quotes.
    Quotes {
        /// The words of the quotes filter before.
        words: String,
    },
    /// Answers a question, such as the name of something.
    Ask(Ask),
}
