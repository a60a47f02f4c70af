//! The state of the reader. Each fact is stored once. State that follows from other state is
//! computed by `update`, once per message.

use chrono::NaiveDate;

use super::command::{Command, Context};
use super::counts::Counted;
use super::filter::Filter;
use super::keeping::Keeping;
use super::key::Key;
use super::keymap::Keymap;
use super::layers::Layers;
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

/// Default width of the text in columns.
pub const USUAL_COLUMN: u16 = 72;

/// The state of the reader.
#[derive(Clone, Debug)]
pub struct App {
    /// Columns and rows of the screen.
    pub screen: (u16, u16),
    /// The articles that have been read so far.
    pub corpus: Corpus,
    /// The progress of loading, and its issues.
    pub load: Load,
    /// The list of articles.
    pub list: ListPane,
    /// The filter of the list.
    pub filter: Filter,
    /// The open article, its text and quotes, and the history of opened articles.
    pub reader: Reader,
    /// The pane that takes keys.
    pub focus: Pane,
    /// The layers above the panes, which take keys first.
    pub layers: Layers,
    /// The layout and appearance of the screen.
    pub view: View,
    /// The survey of the whole corpus.
    pub surveys: Surveys,
    /// The work in the background that the user has asked for.
    pub tasks: Tasks,
    /// The keymap, and the keys that do not form a command yet.
    pub keys: Keys,
    /// The message of the last command.
    pub notice: Option<Notice>,
    /// The data of the library.
    pub keeping: Keeping,
}

/// The keymap and the state of key presses.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    /// The keymap.
    pub keymap: Keymap,
    /// Keys that are the beginning of a binding.
    pub pending: Vec<Key>,
    /// The number typed before a command.
    pub count: Option<usize>,
    /// The action that the next letter completes.
    pub awaits_letter: Option<Letter>,
}

/// The action of a letter after a key such as `m`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letter {
    /// Sets the mark with this letter here.
    Set,
    /// Goes to the mark with this letter.
    Go,
}

/// The progress of loading.
#[derive(Clone, Debug, Default)]
pub struct Load {
    /// Whether loading is running.
    pub state: LoadState,
    /// The number of files read.
    pub read: usize,
    /// The number of files found, or `None` while more may be found.
    pub found: Option<usize>,
    /// Counts of records that are not articles.
    pub skipped: Tally,
    /// Issues found while loading.
    pub issues: Vec<Issue>,
    /// Errors in the settings.
    pub settings: Vec<String>,
    /// The number of reloads. Identifiers of articles are valid for one edition.
    pub edition: u32,
    /// The number of reports, which turns the activity sign.
    pub turns: usize,
    /// The state of a reload.
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

/// The layout and appearance of the screen.
#[derive(Clone, Debug)]
pub struct View {
    /// Whether quotes are shown beside the text.
    pub sidebar: Sidebar,
    /// Whether the text is shown alone.
    pub zoom: Zoom,
    /// The maximum width of the text in columns.
    pub column: u16,
    /// The number of columns in which the text is set.
    pub columns: Columns,
    /// Which events of the mouse are handled.
    pub mouse: MouseMode,
    /// The user's format for days in the list, if there is one.
    pub dates: Option<String>,
    /// Whether lines and moving signs are drawn.
    pub signs: Signs,
    /// The interface in the user's language.
    pub interface: Interface,
    pub(super) themes: Vec<Theme>,
    pub(super) theme: usize,
}

/// The number of columns in which the text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Columns {
    /// One column.
    One,
    /// Two columns, if the pane is wide enough.
    #[default]
    Two,
}

/// Whether lines and moving signs are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signs {
    /// Lines and moving signs are drawn.
    #[default]
    Usual,
    /// Lines and moving signs are left out, because a screen reader would speak them.
    Plain,
}

/// A message to the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// One short sentence.
    pub words: String,
    /// Whether something went wrong.
    pub tone: Tone,
}

/// The tone of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The command succeeded.
    Plain,
    /// Something went wrong.
    Fault,
}

/// The settings with which the reader starts.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The themes to choose from.
    pub themes: Vec<Theme>,
    /// The name of the first theme to use.
    pub theme: String,
    /// The keymap.
    pub keymap: Keymap,
    /// Which events of the mouse are handled.
    pub mouse: MouseMode,
    /// The current day.
    pub today: NaiveDate,
}

impl App {
    /// Creates an empty reader on a screen of this many columns and rows.
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
            keeping: Keeping::default(),
        }
    }

    /// Returns the themes to choose from.
    pub fn themes(&self) -> &[Theme] {
        &self.view.themes
    }

    /// Applies the user's settings: width, dates, quotes, furniture and signs.
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
    pub fn fault_settings(&mut self, faults: Vec<String>) {
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
        self.say(words, Tone::Fault);
    }

    /// Shows a notice at the start.
    pub fn greet(&mut self, words: impl Into<String>, tone: Tone) {
        self.say(words, tone);
    }

    /// Returns the current theme.
    pub fn theme(&self) -> &Theme {
        static PLAIN: std::sync::LazyLock<Theme> =
            std::sync::LazyLock::new(|| Theme::parse("plain", "").0);
        self.view.themes.get(self.view.theme).unwrap_or(&PLAIN)
    }

    /// Returns the article whose text is shown.
    pub fn article(&self) -> Option<&Article> {
        self.corpus.get(self.reader.open.as_ref()?.id)
    }

    /// Returns the article that is selected in the list.
    pub fn selected(&self) -> Option<ArticleId> {
        self.list.selected()
    }

    /// Returns the contexts in which a key is looked up, innermost first.
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

    /// Translates a text of the interface into the user's language.
    pub fn tr<'a>(&'a self, english: &'a str) -> &'a str {
        self.view.interface.tr(english)
    }

    /// Translates a text of the interface and replaces `{0}`, `{1}` and so on by `parts`.
    pub fn fill(&self, english: &str, parts: &[&str]) -> String {
        self.view.interface.fill(english, parts)
    }

    /// Returns a count in words, such as `3 articles`.
    pub fn counted(&self, count: usize, what: Counted) -> String {
        what.words(count, &self.view.interface)
    }

    pub(super) fn say(&mut self, words: impl Into<String>, tone: Tone) {
        let words = words.into();
        let words = self.tr(&words).to_owned();
        self.notice = Some(Notice { words, tone });
    }

    /// Shows a notice in which `{0}`, `{1}` and so on are replaced by `parts`.
    pub(super) fn say_with(&mut self, english: &str, parts: &[&str], tone: Tone) {
        let words = self.fill(english, parts);
        self.notice = Some(Notice { words, tone });
    }

    /// Returns whether to show the best matches before the whole result is known. True while the
    /// user types a filter and the selection need not be looked for among the later matches.
    pub(super) fn shows_beginnings(&self) -> bool {
        self.types_for_best() && self.list.grouping == Grouping::No
    }

    /// Returns whether the user is typing a filter without a sort order, so that the best matches
    /// matter most.
    pub(super) fn types_for_best(&self) -> bool {
        let is_filtering = matches!(self.layers.purpose(), Some(Purpose::Filter { .. }));
        is_filtering && self.filter.is_active() && self.filter.sort.is_none()
    }

    /// Returns the survey of the whole corpus, or `None` if none has been made yet.
    pub fn surveyed(&self) -> Option<&Survey> {
        self.surveys.ready.as_deref()
    }
}
