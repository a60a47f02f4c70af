//! All that the reader knows and shows, each thing once. What follows from other state is made by
//! `update`, once for each message.

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

/// Columns of the text when nobody has asked for others.
pub const USUAL_COLUMN: u16 = 72;

/// Everything that the reader knows and shows.
#[derive(Clone, Debug)]
pub struct App {
    /// Columns and rows of the screen.
    pub screen: (u16, u16),
    /// What has been read so far.
    pub corpus: Corpus,
    /// How the loading goes, and what was wrong.
    pub load: Load,
    /// The list of articles.
    pub list: ListPane,
    /// The filter over it.
    pub filter: Filter,
    /// The open article: its text and its quotes, and what was open before.
    pub reader: Reader,
    /// The pane that takes keys.
    pub focus: Pane,
    /// What lies over the panes and takes keys before them.
    pub layers: Layers,
    /// What is shown and how.
    pub view: View,
    /// What is known of the corpus as a whole.
    pub surveys: Surveys,
    /// What is being done beside the reader.
    pub tasks: Tasks,
    /// What keys mean, and those pressed that mean nothing yet.
    pub keys: Keys,
    /// What the last command had to say.
    pub notice: Option<Notice>,
    /// What is kept between runs.
    pub keeping: Keeping,
}

/// Keys and their meaning.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    /// What keys mean.
    pub keymap: Keymap,
    /// Keys that may become a command.
    pub pending: Vec<Key>,
    /// A number typed before a command.
    pub count: Option<usize>,
    /// What the next letter is for.
    pub awaits_letter: Option<Letter>,
}

/// What the letter behind `m` and the like is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letter {
    /// To mark this place with it.
    Set,
    /// To go to its mark.
    Go,
}

/// How the loading goes.
#[derive(Clone, Debug, Default)]
pub struct Load {
    /// Whether it goes on.
    pub state: LoadState,
    /// Files read.
    pub read: usize,
    /// Files found, once all are.
    pub found: Option<usize>,
    /// Records that are no articles.
    pub skipped: Tally,
    /// What was wrong.
    pub issues: Vec<Issue>,
    /// What is wrong with the settings.
    pub settings: Vec<String>,
    /// How often everything was read anew. Identifiers of articles hold for one edition.
    pub edition: u32,
    /// Counts reports; turns the sign that shows that something happens.
    pub turns: usize,
    /// How reading everything anew goes.
    pub reload: Reload,
}

/// Whether a corpus is still being read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LoadState {
    /// It is.
    #[default]
    Running,
    /// All is there.
    Ready,
}

/// What is shown and how.
#[derive(Clone, Debug)]
pub struct View {
    /// Whether quotes stand beside the text.
    pub sidebar: Sidebar,
    /// Whether the text stands alone.
    pub zoom: Zoom,
    /// The widest that the text may be.
    pub column: u16,
    /// In how many columns the text is set.
    pub columns: Columns,
    /// How much of the mouse is taken.
    pub mouse: MouseMode,
    /// How days are written in the list, where a user has said so.
    pub dates: Option<String>,
    /// Whether lines and moving signs are drawn.
    pub signs: Signs,
    /// The words on the screen in the user's language.
    pub interface: Interface,
    pub(super) themes: Vec<Theme>,
    pub(super) theme: usize,
}

/// In how many columns the text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Columns {
    /// In one.
    One,
    /// In two, where the pane is wide enough.
    #[default]
    Two,
}

/// Whether lines and moving signs are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signs {
    /// They are.
    #[default]
    Usual,
    /// They are not: a screen reader would speak them.
    Plain,
}

/// What a command had to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// One short sentence.
    pub words: String,
    /// Whether something went wrong.
    pub tone: Tone,
}

/// Whether a notice is good news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It was done.
    Plain,
    /// It was not.
    Fault,
}

/// What the reader starts with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The themes to choose from.
    pub themes: Vec<Theme>,
    /// The name of the first one.
    pub theme: String,
    /// What keys mean.
    pub keymap: Keymap,
    /// How much of the mouse is taken.
    pub mouse: MouseMode,
    /// Today.
    pub today: NaiveDate,
}

impl App {
    /// An empty reader on a screen of that many columns and rows.
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

    /// The themes to choose from.
    pub fn themes(&self) -> &[Theme] {
        &self.view.themes
    }

    /// Takes what a user has set: width, dates, quotes, furniture, signs.
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

    /// Tells what is wrong with the settings: the first fault now, all of them with the faults.
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

    /// Says something at the start.
    pub fn greet(&mut self, words: impl Into<String>, tone: Tone) {
        self.say(words, tone);
    }

    /// How everything looks.
    pub fn theme(&self) -> &Theme {
        static PLAIN: std::sync::LazyLock<Theme> =
            std::sync::LazyLock::new(|| Theme::parse("plain", "").0);
        self.view.themes.get(self.view.theme).unwrap_or(&PLAIN)
    }

    /// The article whose text is shown.
    pub fn article(&self) -> Option<&Article> {
        self.corpus.get(self.reader.open.as_ref()?.id)
    }

    /// The article that is selected in the list.
    pub fn selected(&self) -> Option<ArticleId> {
        self.list.selected()
    }

    /// Where a key is looked up, nearest first.
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

    /// Words of the interface in the user's language.
    pub fn tr<'a>(&'a self, english: &'a str) -> &'a str {
        self.view.interface.tr(english)
    }

    /// The same with what stands for `{0}`, `{1}` and so on.
    pub fn fill(&self, english: &str, parts: &[&str]) -> String {
        self.view.interface.fill(english, parts)
    }

    /// So many of something.
    pub fn counted(&self, count: usize, what: Counted) -> String {
        what.words(count, &self.view.interface)
    }

    pub(super) fn say(&mut self, words: impl Into<String>, tone: Tone) {
        let words = words.into();
        let words = self.tr(&words).to_owned();
        self.notice = Some(Notice { words, tone });
    }

    /// Says words with what stands for `{0}`, `{1}` and so on.
    pub(super) fn say_with(&mut self, english: &str, parts: &[&str], tone: Tone) {
        let words = self.fill(english, parts);
        self.notice = Some(Notice { words, tone });
    }

    /// Whether the first answers are worth showing before all are there: while one types, and the
    /// selection need not be looked for behind them.
    pub(super) fn shows_beginnings(&self) -> bool {
        self.types_for_best() && self.list.grouping == Grouping::No
    }

    /// While one types, the best matches are what one wants to see.
    pub(super) fn types_for_best(&self) -> bool {
        let is_filtering = matches!(self.layers.purpose(), Some(Purpose::Filter { .. }));
        is_filtering && self.filter.is_active() && self.filter.sort.is_none()
    }

    /// What is known of the whole corpus; `None` while nobody has surveyed it.
    pub fn surveyed(&self) -> Option<&Survey> {
        self.surveys.ready.as_deref()
    }
}
