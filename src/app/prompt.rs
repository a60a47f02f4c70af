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
    /// What the line is for, and the state to restore if the user cancels.
    pub purpose: Purpose,
    /// The typed text and the cursor in it.
    pub input: Input,
}

/// What a prompt is for, with the state to restore if the user cancels.
#[derive(Clone, Debug)]
pub enum Purpose {
    /// The prompt filters the list of articles.
    Filter {
        /// The words of the filter before the prompt was opened.
        words: String,
        /// The list before the prompt was opened.
        list: ListPane,
    },
    /// The prompt finds words in the text.
    Find {
        /// The words of the search before the prompt was opened.
        words: String,
        /// The position of the view before the prompt was opened.
        anchor: Spot,
    },
    /// The prompt asks for the name of the file to export to.
    Export {
        /// The title of the export.
        title: String,
        /// What is to be written to the file.
        what: Exported,
    },
    /// The prompt filters the quotes sidebar.
    Quotes {
        /// The words of the sidebar's filter before the prompt was opened.
        words: String,
    },
    /// The prompt asks a question, for example for the name of a tag.
    Ask(Ask),
}
