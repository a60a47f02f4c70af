//! The reader's state and what each command does to it. No I/O, no clock, no thread.

pub mod ask;
pub mod boards;
pub mod command;
pub mod compare;
pub mod counts;
pub mod cursor;
pub mod filter;
pub mod find;
mod geometry;
pub mod groups;
pub mod history;
pub mod input;
pub mod keeping;
pub mod key;
pub mod keymap;
pub mod laying;
pub mod list;
pub mod matrix;
pub mod msg;
mod overlays;
pub mod page;
pub mod panes;
pub mod picker;
pub mod reader;
pub mod reload;
mod shelves;
mod shift;
pub mod sidebar;
pub mod survey;
pub mod tasks;
pub mod timeline;
pub mod tray;
mod update;
pub mod utterances;
mod views;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::config::{Config, Interface, Theme};
use crate::export::Tally;
use crate::model::{Article, ArticleId, Corpus, Issue};
use crate::work::Exported;
use ask::Ask;
use boards::Board;
use command::{Command, Context};
use filter::Filter;
use history::History;
use input::Input;
use keeping::Keeping;
use key::Key;
use keymap::Keymap;
use list::ListPane;
use msg::MouseMode;
use page::{Furniture, Spot};
use panes::{Pane, Sidebar, Zoom};
use picker::{Picker, Typing};
use reader::Reader;
use reload::Reload;
use sidebar::SidebarPane;
use survey::Surveys;
use tasks::Tasks;
use tray::Tray;

pub use geometry::{BETWEEN, GUTTER, MARGIN};
pub use laying::{LaidOut, LayOut};
pub use msg::{Effect, Msg, Report};
pub use update::update;

/// Columns of the text when nobody has asked for others.
pub const USUAL_COLUMN: u16 = 72;

/// Everything that the reader knows and shows.
#[derive(Clone, Debug)]
pub struct App {
    /// Columns and rows of the screen.
    pub screen: (u16, u16),
    /// What has been read so far.
    pub corpus: Corpus,
    /// How the loading goes.
    pub load: Load,
    /// What is wrong with the settings.
    pub faults: Vec<String>,
    /// The list of articles.
    pub list: ListPane,
    /// The filter over it.
    pub filter: Filter,
    /// The text.
    pub reader: Reader,
    /// The quotes.
    pub sidebar: SidebarPane,
    /// The pane that takes keys.
    pub focus: Pane,
    /// What is shown and how.
    pub view: View,
    /// A line that is being typed.
    pub prompt: Option<Prompt>,
    /// What was put aside to be compared.
    pub tray: Tray,
    /// What takes the whole screen instead of the panes, the last one on top.
    pub boards: Vec<Board>,
    /// What lies over everything else, the last one on top.
    pub overlays: Vec<Picker>,
    /// What was opened.
    pub history: History,
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
    /// The time in milliseconds since 1970 UTC, as the outside tells it before each message.
    pub now: i64,
    /// The day on which the program was started; what `date:today` means.
    today: NaiveDate,
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
    themes: Vec<Theme>,
    theme: usize,
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
            faults: Vec::new(),
            list: ListPane::default(),
            filter: Filter::default(),
            reader: Reader::default(),
            sidebar: SidebarPane::default(),
            focus: Pane::List,
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
            prompt: None,
            tray: Tray::default(),
            boards: Vec::new(),
            overlays: Vec::new(),
            history: History::default(),
            surveys: Surveys::default(),
            tasks: Tasks::default(),
            keys: Keys {
                keymap: settings.keymap,
                ..Keys::default()
            },
            notice: None,
            keeping: Keeping::default(),
            now: 0,
            today: settings.today,
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
        self.faults = faults;
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

    /// Selects an article in the list, or its story where that is folded.
    fn select_in_list(&mut self, id: ArticleId) {
        let page = self.list_page();
        let survey = self.surveys.ready.clone();
        let stories = survey.as_ref().map(|survey| &survey.stories);
        self.list.select(id, stories, page);
    }

    /// The article that is selected in the list.
    pub fn selected(&self) -> Option<ArticleId> {
        self.list.selected()
    }

    /// Where a key is looked up, nearest first.
    pub fn contexts(&self) -> &'static [Context] {
        if self.prompt.is_some() {
            return &[Context::Prompt];
        }
        if let Some(picker) = self.overlays.last() {
            return match picker.typing {
                Typing::Off => picker.kind.contexts(),
                Typing::On | Typing::Always => &[Context::Prompt],
            };
        }
        if let Some(board) = self.boards.last() {
            return board.contexts();
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
    pub fn counted(&self, count: usize, what: counts::Counted) -> String {
        what.words(count, &self.view.interface)
    }

    fn say(&mut self, words: impl Into<String>, tone: Tone) {
        let words = words.into();
        let words = self.tr(&words).to_owned();
        self.notice = Some(Notice { words, tone });
    }

    /// Says words with what stands for `{0}`, `{1}` and so on.
    fn say_with(&mut self, english: &str, parts: &[&str], tone: Tone) {
        let words = self.fill(english, parts);
        self.notice = Some(Notice { words, tone });
    }

    /// Whether the first answers are worth showing before all are there: while one types, and the
    /// selection need not be looked for behind them.
    fn shows_beginnings(&self) -> bool {
        self.types_for_best() && self.list.grouping == list::Grouping::No
    }

    /// While one types, the best matches are what one wants to see.
    fn types_for_best(&self) -> bool {
        let is_filtering = matches!(&self.prompt, Some(prompt) if matches!(prompt.purpose, Purpose::Filter { .. }));
        is_filtering && self.filter.is_active() && self.filter.sort.is_none()
    }

    fn show_list(&mut self, ids: Arc<[ArticleId]>, count: usize) {
        let page = self.list_page();
        // The selection stays where it is among the best matches on the first page.
        let reach = if self.types_for_best() {
            page
        } else {
            usize::MAX
        };
        let survey = self.surveys.ready.clone();
        let stories = survey.as_ref().map(|survey| &survey.stories);
        self.list.show((ids, stories), reach, page);
        self.list.count = count;
    }
}
