//! The state of the reader. Each fact is stored once. What can be derived from other state is
//! computed by `update`, once per message.

use chrono::NaiveDate;
use ratatui::symbols::bar;

use super::command::{Command, Context};
use super::counts::Counted;
use super::filter::Filter;
use super::key::Key;
use super::keymap::Keymap;
use super::layers::Layers;
use super::library_data::LibraryData;
use super::list::{Grouping, ListPane};
use super::msg::MouseMode;
use super::page::Furniture;
use super::panes::{Pane, Sidebar, Zoom};
use super::prompt::Purpose;
use super::reader::Reader;
use super::reload::Reload;
use super::survey::Surveys;
use super::tasks::Tasks;
use crate::config::{Config, Interface, Theme};
use crate::export::Tally;
use crate::model::{Article, ArticleId, Corpus, Issue};
use crate::relate::Survey;

/// Default maximum width of the text, in columns.
pub const USUAL_COLUMN: u16 = 72;

/// The whole state of the reader.
#[derive(Clone, Debug)]
pub struct App {
    /// The size of the screen in columns and rows.
    pub screen: (u16, u16),
    /// The articles that have been read so far.
    pub corpus: Corpus,
    /// The progress of loading, and the faults found.
    pub load: Load,
    /// The list of articles, and the selection in it.
    pub list: ListPane,
    /// The filter of the list.
    pub filter: Filter,
    /// The open article, its text and quotes, and the history of opened articles.
    pub reader: Reader,
    /// The pane that takes keys if no layer is above it.
    pub focus: Pane,
    /// The layers above the panes (boards, overlays and the prompt), which take keys first.
    pub layers: Layers,
    /// The layout and appearance of the screen.
    pub view: View,
    /// The newest survey of the whole corpus, and the requests for it.
    pub surveys: Surveys,
    /// The work in the background that the user has asked for.
    pub tasks: Tasks,
    /// The keymap, and the keys pressed so far that do not form a command yet.
    pub keys: Keys,
    /// The message in the status line, if there is one.
    pub notice: Option<Notice>,
    /// The library's data, such as tags, notes and the tray.
    pub library: LibraryData,
}

/// The keymap, and the state of an unfinished sequence of keys.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    /// The bindings of keys to commands.
    pub keymap: Keymap,
    /// The keys pressed so far, which are the beginning of a binding.
    pub pending: Vec<Key>,
    /// The number typed before a command, as in `12G`.
    pub count: Option<usize>,
    /// The action that waits for a letter, as after `m`.
    pub pending_letter: Option<LetterAction>,
}

/// An action on a mark that waits for the mark's letter, as after the key `m`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterAction {
    /// Sets the mark with the letter at the current place.
    Set,
    /// Goes to the mark with the letter.
    Go,
}

/// The progress of loading the corpus, and the faults found.
#[derive(Clone, Debug, Default)]
pub struct Load {
    /// Whether the corpus is still being read.
    pub state: LoadState,
    /// The number of files that have been read.
    pub read: usize,
    /// The number of files found, or `None` while more may be found.
    pub found: Option<usize>,
    /// The number of records that were skipped because they are not articles, by format and reason.
    pub skipped: Tally,
    /// The faults found while loading: what could not be read, and where.
    pub issues: Vec<Issue>,
    /// The errors in the user's settings, as messages.
    pub settings: Vec<String>,
    /// The number of reloads so far. The identifiers of articles are valid until the next reload.
    pub edition: u32,
    /// The number of reports received during loading and other work, which animates the activity
    /// sign.
    pub report_count: usize,
    /// Whether a reload is running, or is done and waits to be shown.
    pub reload: Reload,
}

/// Whether a corpus is still being read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LoadState {
    /// The corpus is being read.
    #[default]
    Running,
    /// The whole corpus has been read.
    Ready,
}

/// The layout and appearance of the screen, as the user has chosen them.
#[derive(Clone, Debug)]
pub struct View {
    /// Whether the quotes sidebar is shown beside the text.
    pub sidebar: Sidebar,
    /// Whether the text is shown alone.
    pub zoom: Zoom,
    /// The maximum width of the text in columns.
    pub column: u16,
    /// Whether the text is set in one column or in two.
    pub columns: Columns,
    /// Which events of the mouse the program handles.
    pub mouse: MouseMode,
    /// The user's format for dates in the list, such as `%d.%m.%Y`, or `None` for the usual one.
    pub dates: Option<String>,
    /// Whether lines and animated signs are drawn.
    pub signs: Signs,
    /// The texts of the interface in the user's language.
    pub interface: Interface,
    pub(super) themes: Vec<Theme>,
    pub(super) theme: usize,
}

/// Whether the text is set in one column or in two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Columns {
    /// The text is set in one column.
    One,
    /// The text is set in two columns, if the pane is wide enough.
    #[default]
    Two,
}

/// Whether lines and animated signs are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signs {
    /// Lines and animated signs are drawn.
    #[default]
    Usual,
    /// Lines and charts are drawn with ASCII signs, because the terminal has no others.
    Ascii,
    /// Lines and animated signs are left out, because a screen reader would speak them.
    Plain,
}

/// The signs of small bars without block signs, by height.
const ASCII_BARS: bar::Set = bar::Set {
    empty: " ",
    one_eighth: ".",
    one_quarter: ".",
    three_eighths: "-",
    half: "-",
    five_eighths: "=",
    three_quarters: "=",
    seven_eighths: "#",
    full: "#",
};

impl Signs {
    /// Returns the signs of small bars, by height.
    pub fn bars(self) -> bar::Set<'static> {
        match self {
            Self::Usual => bar::NINE_LEVELS,
            Self::Ascii | Self::Plain => ASCII_BARS,
        }
    }

    /// Returns the sign of a bar that fills `eighths` of the height of a cell.
    pub fn eighths(self, eighths: usize) -> &'static str {
        let set = self.bars();
        match eighths {
            0 => set.empty,
            1 => set.one_eighth,
            2 => set.one_quarter,
            3 => set.three_eighths,
            4 => set.half,
            5 => set.five_eighths,
            6 => set.three_quarters,
            7 => set.seven_eighths,
            _ => set.full,
        }
    }
}

/// A message to the user in the status line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The text of the message, a short sentence.
    pub words: String,
    /// Whether the message says that something went wrong.
    pub tone: Tone,
}

/// Whether a notice says that something went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The notice says nothing about a failure.
    Plain,
    /// The notice says that something went wrong.
    Fault,
}

/// The settings with which the reader starts.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The themes that the user can choose from.
    pub themes: Vec<Theme>,
    /// The name of the theme that is used at first.
    pub theme: String,
    /// The bindings of keys to commands.
    pub keymap: Keymap,
    /// Which events of the mouse the program handles.
    pub mouse: MouseMode,
    /// The current day, which `date:today` means in a query.
    pub today: NaiveDate,
}

impl App {
    /// Creates a reader without articles, on a screen of the given columns and rows.
    pub fn new(settings: Settings, screen: (u16, u16)) -> Self {
        let theme = settings
            .themes
            .iter()
            .position(|theme| theme.name == settings.theme);
        Self {
            screen,
            corpus: Corpus::default(),
            load: Load::default(),
            list: ListPane::default(),
            filter: Filter::new(settings.today),
            reader: Reader::default(),
            focus: Pane::List,
            layers: Layers::default(),
            view: View {
                sidebar: Sidebar::Auto,
                zoom: Zoom::All,
                column: USUAL_COLUMN,
                columns: Columns::default(),
                mouse: settings.mouse,
                dates: None,
                signs: Signs::Usual,
                interface: Interface::default(),
                themes: settings.themes,
                theme: theme.unwrap_or(0),
            },
            surveys: Surveys::default(),
            tasks: Tasks::default(),
            keys: Keys {
                keymap: settings.keymap,
                ..Keys::default()
            },
            notice: None,
            library: LibraryData::default(),
        }
    }

    /// Returns the themes that the user can choose from.
    pub fn themes(&self) -> &[Theme] {
        &self.view.themes
    }

    /// Applies the user's settings: width of the text, format of dates, sidebar, furniture and
    /// signs.
    pub fn configure(&mut self, config: &Config) {
        self.view.column = config.width.unwrap_or(self.view.column);
        self.view.dates.clone_from(&config.dates);
        self.view.sidebar = match config.quotes.as_deref() {
            Some("shown") => Sidebar::Shown,
            Some("hidden") => Sidebar::Hidden,
            _ => Sidebar::Auto,
        };
        if config.furniture.as_deref() == Some("shown") {
            self.reader.furniture = Furniture::Shown;
        }
        if config.plain == Some(true) {
            self.view.signs = Signs::Plain;
        }
    }

    /// Reports errors in the settings. The first is shown as a notice, and all are added to the
    /// list of faults.
    pub fn report_settings_faults(&mut self, faults: Vec<String>) {
        let key = self.keys.keymap.names(Command::Faults);
        let key = key.split(' ').next().unwrap_or("?").to_owned();
        let words = match &*faults {
            [] => return,
            [one] => one.clone(),
            [first, more @ ..] => {
                let words = "{0} lists {1} more like: {2}";
                self.fill(words, &[&key, &more.len().to_string(), first])
            }
        };
        self.load.settings = faults;
        self.notify(words, Tone::Fault);
    }

    /// Shows a notice when the reader starts.
    pub fn greet(&mut self, words: impl Into<String>, tone: Tone) {
        self.notify(words, tone);
    }

    /// Returns the current theme.
    pub fn theme(&self) -> &Theme {
        static PLAIN: std::sync::LazyLock<Theme> =
            std::sync::LazyLock::new(|| Theme::parse("plain", "").0);
        self.view.themes.get(self.view.theme).unwrap_or(&PLAIN)
    }

    /// Returns the open article, whose text is shown, or `None` if there is none.
    pub fn article(&self) -> Option<&Article> {
        self.corpus.get(self.reader.open.as_ref()?.id)
    }

    /// Returns the article that is selected in the list, or `None` if the list is empty.
    pub fn selected(&self) -> Option<ArticleId> {
        self.list.selected()
    }

    /// Returns the contexts in which the next key is looked up, innermost first.
    pub fn contexts(&self) -> &'static [Context] {
        if let Some(contexts) = self.layers.contexts() {
            return contexts;
        }
        match self.focus {
            Pane::List => &[Context::List, Context::Global],
            Pane::Text if self.reader.selection.is_some() => &[Context::Select],
            Pane::Text => &[Context::Text, Context::Global],
            Pane::Quotes => &[Context::Quotes, Context::Global],
        }
    }

    /// Returns the text `english` of the interface in the user's language.
    pub fn tr<'a>(&'a self, english: &'a str) -> &'a str {
        self.view.interface.tr(english)
    }

    /// Returns the text `english` of the interface in the user's language, with `{0}`, `{1}` and so
    /// on replaced by `parts`.
    pub fn fill(&self, english: &str, parts: &[&str]) -> String {
        self.view.interface.fill(english, parts)
    }

    /// Returns a count with the name of the counted things in the user's language, such as
    /// `3 articles`.
    pub fn counted(&self, count: usize, what: Counted) -> String {
        what.words(count, &self.view.interface)
    }

    pub(super) fn notify(&mut self, words: impl Into<String>, tone: Tone) {
        let words = words.into();
        let words = self.tr(&words).to_owned();
        self.notice = Some(Notice { words, tone });
    }

    /// Shows the text `english` as a notice in the user's language, with `{0}`, `{1}` and so on
    /// replaced by `parts`.
    pub(super) fn notify_with(&mut self, english: &str, parts: &[&str], tone: Tone) {
        let words = self.fill(english, parts);
        self.notice = Some(Notice { words, tone });
    }

    /// Returns whether to show the best matches of a filter before its whole result is known: the
    /// user is typing a filter, has chosen no sort order, and the list is not grouped.
    pub(super) fn shows_partial_results(&self) -> bool {
        self.is_typing_unsorted() && self.list.grouping == Grouping::No
    }

    /// Returns whether the user is typing a filter and has chosen no sort order, so that the best
    /// matches come first.
    pub(super) fn is_typing_unsorted(&self) -> bool {
        let is_filtering = matches!(self.layers.purpose(), Some(Purpose::Filter { .. }));
        is_filtering && self.filter.is_active() && self.filter.sort.is_none()
    }

    /// Returns the survey of the whole corpus, or `None` if none has been made yet.
    pub fn surveyed(&self) -> Option<&Survey> {
        self.surveys.ready.as_deref()
    }
}
