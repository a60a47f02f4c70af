//! What reaches the state (`Msg`), what the state asks of the outside (`Effect`), and what comes
//! back from there (`Report`).

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

/// Something that happened.
#[derive(Debug)]
pub enum Msg {
    /// A key was pressed, or held down.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The screen has this many columns and rows now.
    Resize(u16, u16),
    /// The outside has something to tell.
    Report(Report),
}

/// What the mouse did, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub act: MouseAct,
    /// The column, from 0.
    pub x: u16,
    /// The row, from 0.
    pub y: u16,
}

/// What a mouse can do here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseAct {
    /// The main button was pressed.
    Click,
    /// The wheel was turned towards the beginning.
    WheelUp,
    /// The wheel was turned towards the end.
    WheelDown,
}

/// How much of the mouse the program takes from the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MouseMode {
    /// Nothing.
    Off,
    /// The wheel alone; the terminal selects text as ever.
    Wheel,
    /// Wheel and click.
    #[default]
    Full,
}

impl MouseMode {
    /// The mode of that name in settings.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "off" => Some(Self::Off),
            "wheel" => Some(Self::Wheel),
            "full" => Some(Self::Full),
            _ => None,
        }
    }

    /// The next mode, in turn.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Off => Self::Wheel,
            Self::Wheel => Self::Full,
            Self::Full => Self::Off,
        }
    }

    /// What it means, for the status line.
    pub fn summary(self) -> &'static str {
        match self {
            Self::Off => "mouse: off",
            Self::Wheel => "mouse: the wheel scrolls; the terminal selects",
            Self::Full => "mouse: wheel and click",
        }
    }
}

/// What the state asks of the outside.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Filter and sort; answered by `Report::Filtered`. A newer request replaces an older one.
    Filter(Tagged<FilterRequest>),
    /// Survey the corpus; told by `Report::Survey`. A newer request replaces an older one.
    Survey(Tagged<SurveyRequest>),
    /// Answer a question about the corpus; told by `Report::Survey`. As above.
    Ask(Tagged<Question>),
    /// Lay a long article out; answered by `Report::LaidOut`. A newer one replaces an older one.
    LayOut(Tagged<LayOut>),
    /// Put words on the clipboard; answered by `Report::Copied`.
    Copy(String),
    /// Write changes to the library; a failure is answered by `Report::LibraryWriter`.
    Keep(Vec<Change>),
    /// Read everything anew; told by `Report::Reload`.
    Reload(ReloadRequest),
    /// Index the terms of a corpus that was read anew.
    Index(Corpus),
    /// Let go of what is large and no longer shown: its memory is given back off the thread of keys.
    Discard(Discarded),
    /// Count what queries select; answered by `Report::Counts`.
    Count(Tagged<CountRequest>),
    /// Open a file in the editor, at a line counted from 1; answered by `Report::Told`.
    Edit(String, usize),
    /// Open an address in the browser; answered by `Report::Told`.
    Browse(String),
    /// Run a shell command (first) that reads words (second); answered by `Report::Told`.
    Pipe(String, String),
    /// Lay passages side by side; told by `Report::CompareWorker`. A newer request replaces an older one.
    Compare(Tagged<CompareRequest>),
    /// Write a file; told by `Report::CompareWorker`.
    Export(Tagged<Box<ExportRequest>>),
    /// Stop comparing and writing.
    Stop,
    /// Take so much of the mouse.
    Mouse(MouseMode),
    /// Forget what is on the screen and draw all of it.
    Redraw,
    /// Hand the terminal back to the shell until the program is resumed.
    Suspend,
    /// End the program.
    Quit,
}

/// What is no longer shown.
#[derive(Clone, Debug)]
pub struct Discarded {
    /// Articles that were read anew.
    pub corpus: Option<Corpus>,
    /// What was known of them.
    pub survey: Option<Arc<Survey>>,
}

/// What the outside has to tell.
#[derive(Debug)]
pub enum Report {
    /// More of the corpus is there.
    Corpus(Corpus),
    /// A fault was found while loading.
    Issue(Issue),
    /// So many of so many files are read; the second is `None` while more may be found.
    Progress(usize, Option<usize>),
    /// Something was no article.
    Skipped(Skipped),
    /// All is read.
    Loaded,
    /// How reading everything anew goes, or why it cannot be done.
    Reload(Result<ReloadReport, String>),
    /// Files that were read may have changed.
    Changed,
    /// A filter run is done.
    Filtered(Tagged<Filtered>),
    /// The content keys of the corpus that is told of next.
    Keys(ContentKeys),
    /// What the library's thread tells.
    LibraryWriter(LibraryReport),
    /// How many articles each query of `Effect::Count` selects.
    Counts(Tagged<Counts>),
    /// Something beside the reader failed.
    Failed(Failed),
    /// What became of something that another program was to do.
    Told(Result<Sentence, Sentence>),
    /// A survey goes on, is done, or a question is answered.
    Survey(SurveyReport),
    /// What becomes of a comparison or a file.
    CompareWorker(CompareReport),
    /// A long article is laid out.
    LaidOut(Tagged<Box<LaidOut>>),
    /// What became of words to be copied, as a sentence.
    Copied(Sentence),
}
