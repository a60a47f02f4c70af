//! Messages that the state receives (`Msg`), requests that the state makes to the terminal and the
//! workers (`Effect`), and their responses (`Report`).

use std::sync::Arc;

use super::key::Key;
use super::long_layout::{FinishedLayout, LayoutRequest};
use crate::config::Sentence;
use crate::library::Change;
use crate::model::{Corpus, Issue, Skipped};
use crate::relate::Survey;
use crate::work::{
    CompareReport, CompareRequest, ContentKeys, CountRequest, Counts, ExportRequest, Failed,
    FilterRequest, Filtered, LibraryReport, Question, ReloadReport, ReloadRequest, SurveyReport,
    SurveyRequest, Tagged,
};

/// An event that the state handles.
#[derive(Debug)]
pub enum Msg {
    /// A key was pressed, or repeated while held down.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse was clicked, or its wheel was turned.
    Mouse(Mouse),
    /// The size of the screen has changed to this many columns and rows.
    Resize(u16, u16),
    /// The terminal or a worker has sent a report.
    Report(Report),
}

/// An action of the mouse, and the position of its pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What the mouse did.
    pub act: MouseAct,
    /// The column of the pointer, counted from 0.
    pub x: u16,
    /// The row of the pointer, counted from 0.
    pub y: u16,
}

/// An action of the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseAct {
    /// The left mouse button was pressed.
    Click,
    /// The wheel was turned up, which scrolls towards the beginning.
    WheelUp,
    /// The wheel was turned down, which scrolls towards the end.
    WheelDown,
}

/// Which events of the mouse the program handles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MouseMode {
    /// The program handles no events of the mouse.
    Off,
    /// The program handles the wheel only. The terminal still selects text with the mouse.
    Wheel,
    /// The program handles the wheel and clicks.
    #[default]
    Full,
}

impl MouseMode {
    /// Returns the mode with this name in settings: `off`, `wheel` or `full`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "off" => Some(Self::Off),
            "wheel" => Some(Self::Wheel),
            "full" => Some(Self::Full),
            _ => None,
        }
    }

    /// Returns the mode that follows this one when the user switches modes.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Off => Self::Wheel,
            Self::Wheel => Self::Full,
            Self::Full => Self::Off,
        }
    }

    /// Returns words for the status line that describe the mode.
    pub fn summary(self) -> &'static str {
        match self {
            Self::Off => "mouse: off",
            Self::Wheel => "mouse: the wheel scrolls; the terminal selects",
            Self::Full => "mouse: wheel and click",
        }
    }
}

/// A request of the state to the terminal or a worker.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Filter and sort the articles. Answered by `Report::Filtered`. A newer request replaces an
    /// older one.
    Filter(Tagged<FilterRequest>),
    /// Survey the whole corpus: find its speakers, copies and stories. Answered by
    /// `Report::Survey`. A newer request replaces an older one.
    Survey(Tagged<SurveyRequest>),
    /// Answer a question about the corpus. Answered by `Report::Survey`. A newer question replaces
    /// an older one.
    Ask(Tagged<Question>),
    /// Lay out a long article. Answered by `Report::Layout`. A newer request replaces an older
    /// one.
    Layout(Tagged<LayoutRequest>),
    /// Copy text to the clipboard. Answered by `Report::Copied`.
    Copy(String),
    /// Write changes to the library. A failure is reported by `Report::LibraryWriter`.
    SaveChanges(Vec<Change>),
    /// Read all files of the corpus again. Answered by `Report::Reload`.
    Reload(ReloadRequest),
    /// Index the terms of a reloaded corpus for the filter.
    Index(Corpus),
    /// Free the memory of large data that is no longer shown, on a thread that does not handle
    /// keys.
    Discard(Discarded),
    /// Count the articles that each of some queries selects. Answered by `Report::Counts`.
    Count(Tagged<CountRequest>),
    /// Open a file (first field) in the editor at a line counted from 1 (second field). Answered by
    /// `Report::ProgramEnded`.
    Edit(String, usize),
    /// Open a web address in the browser. Answered by `Report::ProgramEnded`.
    Browse(String),
    /// Run a shell command (first field) with a text as its input (second field). Answered by
    /// `Report::ProgramEnded`.
    Pipe(String, String),
    /// Compare passages. Answered by `Report::CompareWorker`. A newer request replaces an older
    /// one.
    Compare(Tagged<CompareRequest>),
    /// Write an export to a file. Answered by `Report::CompareWorker`.
    Export(Tagged<Box<ExportRequest>>),
    /// Stop the running comparison and the running export.
    Stop,
    /// Change which events of the mouse the program handles.
    Mouse(MouseMode),
    /// Draw the whole screen again.
    Redraw,
    /// Suspend the process and give the terminal to the shell until the process is resumed.
    Suspend,
    /// End the program.
    Quit,
}

/// Large data that is no longer shown, so that its memory can be freed.
#[derive(Clone, Debug)]
pub struct Discarded {
    /// The old corpus, if a reload has replaced it.
    pub corpus: Option<Corpus>,
    /// The old survey, if a newer one or a reload has replaced it.
    pub survey: Option<Arc<Survey>>,
}

/// A report to the state: a response to an effect, or news that a worker sends by itself.
#[derive(Debug)]
pub enum Report {
    /// More of the corpus has been read. Holds the corpus as far as it is loaded.
    Corpus(Corpus),
    /// Something could not be read while loading. Says what and where.
    Issue(Issue),
    /// The progress of loading: the number of files read, and the number of files found, which is
    /// `None` while more may be found.
    Progress(usize, Option<usize>),
    /// A record was skipped while loading, because it is not an article.
    Skipped(Skipped),
    /// The whole corpus has been read.
    Loaded,
    /// The progress or result of a reload, or a message that says why the corpus cannot be
    /// reloaded.
    Reload(Result<ReloadReport, String>),
    /// Files of the corpus may have changed on disk.
    Changed,
    /// A filter run has found its result, or the best matches of it.
    Filtered(Tagged<Filtered>),
    /// The content keys of the articles in the next `Report::Corpus`.
    Keys(ContentKeys),
    /// A report of the thread that reads and writes the library.
    LibraryWriter(LibraryReport),
    /// The number of articles that each query of `Effect::Count` selects.
    Counts(Tagged<Counts>),
    /// A worker failed while it handled a request.
    Failed(Failed),
    /// Another program was run. Holds a sentence for the user that says whether it succeeded.
    ProgramEnded(Result<Sentence, Sentence>),
    /// The progress or result of a survey, or the answer to a question.
    Survey(SurveyReport),
    /// The progress or result of a comparison or an export.
    CompareWorker(CompareReport),
    /// A long article has been laid out. Holds its layout.
    Layout(Tagged<Box<FinishedLayout>>),
    /// The outcome of copying text, as a sentence.
    Copied(Sentence),
}
