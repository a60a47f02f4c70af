//! Messages to the state (`Msg`), requests of the state to the outside (`Effect`), and responses
//! from there (`Report`).

use std::sync::Arc;

use super::key::Key;
use super::laying::{LaidOut, LayOut};
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
    /// The mouse was used.
    Mouse(Mouse),
    /// The screen now has this many columns and rows.
    Resize(u16, u16),
    /// A report from the outside.
    Report(Report),
}

/// An action of the mouse and its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// The action.
    pub act: MouseAct,
    /// The column, counted from 0.
    pub x: u16,
    /// The row, counted from 0.
    pub y: u16,
}

/// An action of the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseAct {
    /// The main button was pressed.
    Click,
    /// The wheel was turned up, towards the beginning.
    WheelUp,
    /// The wheel was turned down, towards the end.
    WheelDown,
}

/// Which events of the mouse the program handles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MouseMode {
    /// None.
    Off,
    /// The wheel only. The terminal still selects text.
    Wheel,
    /// Wheel and clicks.
    #[default]
    Full,
}

impl MouseMode {
    /// Returns the mode with this name in settings.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "off" => Some(Self::Off),
            "wheel" => Some(Self::Wheel),
            "full" => Some(Self::Full),
            _ => None,
        }
    }

    /// Returns the next mode in turn.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Off => Self::Wheel,
            Self::Wheel => Self::Full,
            Self::Full => Self::Off,
        }
    }

    /// Describes the mode for the status line.
    pub fn summary(self) -> &'static str {
        match self {
            Self::Off => "mouse: off",
            Self::Wheel => "mouse: the wheel scrolls; the terminal selects",
            Self::Full => "mouse: wheel and click",
        }
    }
}

/// A request of the state to the outside.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Filter and sort. Answered by `Report::Filtered`. A newer request replaces an older one.
    Filter(Tagged<FilterRequest>),
    /// Survey the corpus. Answered by `Report::Survey`. A newer request replaces an older one.
    Survey(Tagged<SurveyRequest>),
    /// Answer a question about the corpus. Answered by `Report::Survey`. A newer question replaces
    /// an older one.
    Ask(Tagged<Question>),
    /// Lay out a long article. Answered by `Report::LaidOut`. A newer request replaces an older
    /// one.
    LayOut(Tagged<LayOut>),
    /// Copy text to the clipboard. Answered by `Report::Copied`.
    Copy(String),
    /// Write changes to the library. A failure is reported by `Report::LibraryWriter`.
    Keep(Vec<Change>),
    /// Reload the corpus. Answered by `Report::Reload`.
    Reload(ReloadRequest),
    /// Index the terms of a reloaded corpus.
    Index(Corpus),
    /// Drop large data that is no longer shown, outside the thread that handles keys.
    Discard(Discarded),
    /// Count the articles that queries select. Answered by `Report::Counts`.
    Count(Tagged<CountRequest>),
    /// Open a file in the editor at a line, counted from 1. Answered by `Report::Told`.
    Edit(String, usize),
    /// Open an address in the browser. Answered by `Report::Told`.
    Browse(String),
    /// Run a shell command (first field) with a text as its input (second field). Answered by
    /// `Report::Told`.
    Pipe(String, String),
    /// Compare passages. Answered by `Report::CompareWorker`. A newer request replaces an older
    /// one.
    Compare(Tagged<CompareRequest>),
    /// Write a file. Answered by `Report::CompareWorker`.
    Export(Tagged<Box<ExportRequest>>),
    /// Stop comparing and writing.
    Stop,
    /// Change which events of the mouse are handled.
    Mouse(MouseMode),
    /// Draw the whole screen again.
    Redraw,
    /// Suspend the process and give the terminal to the shell until the process is resumed.
    Suspend,
    /// End the program.
    Quit,
}

/// Large data that is no longer shown.
#[derive(Clone, Debug)]
pub struct Discarded {
    /// The corpus before a reload.
    pub corpus: Option<Corpus>,
    /// The survey of that corpus.
    pub survey: Option<Arc<Survey>>,
}

/// A report from the outside.
#[derive(Debug)]
pub enum Report {
    /// More of the corpus has been read.
    Corpus(Corpus),
    /// An issue was found while loading.
    Issue(Issue),
    /// The number of files read, and the number of files found, which is `None` while more may be
    /// found.
    Progress(usize, Option<usize>),
    /// A record was skipped because it is not an article.
    Skipped(Skipped),
    /// The whole corpus has been read.
    Loaded,
    /// The progress or result of a reload, or the reason why it is impossible.
    Reload(Result<ReloadReport, String>),
    /// Files of the corpus may have changed.
    Changed,
    /// A filter run has ended.
    Filtered(Tagged<Filtered>),
    /// The content keys of the corpus that the next report contains.
    Keys(ContentKeys),
    /// A report of the library's thread.
    LibraryWriter(LibraryReport),
    /// The number of articles that each query of `Effect::Count` selects.
    Counts(Tagged<Counts>),
    /// Work in the background failed.
    Failed(Failed),
    /// The outcome of running another program.
    Told(Result<Sentence, Sentence>),
    /// The progress or result of a survey, or the answer to a question.
    Survey(SurveyReport),
    /// The progress or result of a comparison or an export.
    CompareWorker(CompareReport),
    /// A long article has been laid out.
    LaidOut(Tagged<Box<LaidOut>>),
    /// The outcome of copying text, as a sentence.
    Copied(Sentence),
}
