//! Arguments that several subcommands share, the loading of the corpus, and the start of the
//! reader.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::config::{UserFiles, user_engine};
use super::outcome::{Error, Outcome, outcome_of, tell};
use super::output::OutputArgs;
use super::query::{self, KeptQuotes};
use crate::cache::CacheDir;
use crate::config::{Config, cache_folder, library_file};
use crate::export::Relations;
use crate::ingest::{Links, Meaning, Options, Request};
use crate::language::Packs;
use crate::library::{State, Store};
use crate::model::{Article, ArticleId, Corpus};
use crate::relate::{Survey, to_the_end};
use crate::search::Query;
use crate::tui::{self, End, Start};
use crate::work::{ContentKeys, Engine, LibraryFacts, Loaded, load_all};

/// Arguments that select the files to read and how to read them.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct PathArgs {
    /// Files, folders, quoted globs, or `-` for standard input; the built-in sample if omitted
    #[arg(value_name = "PATH")]
    pub paths: Vec<String>,
    /// Take text, title, outlet, published, authors, url, … from this field of records
    #[arg(long = "field", value_name = "MEANING=NAME", value_parser = parse_field)]
    pub fields: Vec<(Meaning, String)>,
    /// Read files with this ending in this format, whatever they look like
    #[arg(long = "format-of", value_name = "EXT=FORMAT", value_parser = parse_format_of)]
    pub formats: Vec<(String, String)>,
    /// Follow symbolic links that lead out of a folder; each file is read once
    #[arg(long)]
    pub follow: bool,
    /// Use no cache: parse everything again and store nothing
    #[arg(long)]
    pub no_cache: bool,
}

fn parse_format_of(pair: &str) -> Result<(String, String), String> {
    let (ending, format) = pair
        .split_once('=')
        .filter(|(ending, _)| !ending.trim_start_matches('.').is_empty())
        .ok_or("write it as EXT=FORMAT, for example dat=csv")?;
    Options::default().with_format_of(ending, format)?;
    Ok((ending.to_owned(), format.to_owned()))
}

/// Arguments of the reader.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct ReaderArgs {
    #[command(flatten)]
    pub library: LibraryArgs,
    /// Watch the files, and read them again when they change
    #[arg(long)]
    pub watch: bool,
    /// Use this theme
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// Draw no lines and no moving signs, for screen readers and Braille
    #[arg(long)]
    pub plain: bool,
}

/// Arguments that select the library.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct LibraryArgs {
    /// Keep notes, tags and read marks in this file, for example beside the corpus
    #[arg(long, value_name = "FILE")]
    pub library: Option<PathBuf>,
    /// Keep nothing
    #[arg(long, conflicts_with = "library")]
    pub no_library: bool,
}

impl LibraryArgs {
    /// Returns the path of the library: from the arguments, else from the settings, else the
    /// default. Returns `None` for no library.
    pub fn path(&self, config: &Config) -> Option<PathBuf> {
        if self.no_library {
            return None;
        }
        let set = || config.library.as_ref().map(PathBuf::from);
        self.library.clone().or_else(set).or_else(library_file)
    }
}

fn parse_field(pair: &str) -> Result<(Meaning, String), String> {
    let (meaning, name) = pair
        .split_once('=')
        .ok_or("write it as MEANING=NAME, for example title=headline")?;
    if name.is_empty() {
        return Err("the name after `=` is missing".to_owned());
    }
    Ok((meaning.parse()?, name.to_owned()))
}

impl PathArgs {
    /// Converts the arguments into a request to load.
    pub fn request(&self) -> Request {
        let options = self
            .fields
            .iter()
            .fold(Options::default(), |options, (meaning, name)| {
                options.with_field(*meaning, name)
            });
        // Each pair was checked when the arguments were parsed.
        let options = self
            .formats
            .iter()
            .fold(options, |options, (ending, format)| {
                let usual = options.clone();
                options.with_format_of(ending, format).unwrap_or(usual)
            });
        Request {
            paths: self.paths.clone(),
            options,
            links: if self.follow {
                Links::Everywhere
            } else {
                Links::Inside
            },
        }
    }

    /// Creates an engine with the user's languages and layouts, and with the parse cache.
    pub fn engine(&self) -> Result<Engine, Error> {
        let engine = user_engine()?;
        let folder = cache_folder().filter(|_| !self.no_cache);
        Ok(match folder {
            Some(folder) => engine.with_cache(CacheDir::new(folder)),
            None => engine,
        })
    }

    /// Loads all articles.
    pub fn load(&self) -> Result<Session, Error> {
        let engine = self.engine()?;
        let loaded = load_all(&engine, &self.request());
        Ok(Session {
            engine,
            loaded,
            query: Query::default(),
            state: Arc::default(),
            library: Soundness::Whole,
        })
    }
}

/// Whether a library could be read completely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Soundness {
    /// The library could be read completely, or there is none.
    Whole,
    /// The library is damaged, so results that depend on it may be incomplete.
    Damaged,
}

impl Soundness {
    /// Reports the damage of a library on standard error, if there is any.
    pub fn tell(store: &Store) -> Self {
        let Some(damage) = store.damage() else {
            return Self::Whole;
        };
        for line in damage.lines() {
            tell(&line);
        }
        Self::Damaged
    }

    /// Returns the outcome of a command that used the library.
    pub fn outcome(self, outcome: Outcome) -> Outcome {
        match (self, outcome) {
            (Self::Damaged, Outcome::Found | Outcome::Nothing) => Outcome::Faults,
            (_, outcome) => outcome,
        }
    }
}

/// Arguments of subcommands that can use a library.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct KeptArgs {
    /// Use the tags, read marks and joined or split names of this library; without it, none are
    /// used
    #[arg(long, value_name = "FILE")]
    pub library: Option<PathBuf>,
}

impl KeptArgs {
    /// Reads the library, if one is named.
    fn state(&self) -> Result<(State, Soundness), Error> {
        let Some(path) = &self.library else {
            return Ok((State::default(), Soundness::Whole));
        };
        if !path.exists() {
            let path = path.display();
            return Err(Error::Usage(format!("there is no library at {path}")));
        }
        let store = Store::open(path)?;
        let state = store.load()?;
        Ok((state, Soundness::tell(&store)))
    }
}

/// Arguments that select the articles of a corpus.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct CorpusArgs {
    #[command(flatten)]
    pub paths: PathArgs,
    /// Keep the articles that match this query, as typed after `/` in the reader; of their
    /// quotations, keep those that match its `speaker:` and `said:`
    #[arg(long, value_name = "Q", value_parser = query::parse, allow_hyphen_values = true)]
    pub query: Option<Query>,
    #[command(flatten)]
    pub kept: KeptArgs,
}

/// Arguments of subcommands that list one view of the corpus and have no other options.
#[derive(Debug, Args)]
pub(super) struct ViewArgs {
    #[command(flatten)]
    pub corpus: CorpusArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

impl CorpusArgs {
    /// Loads all articles and keeps those that match the query, in the query's order if it has one.
    pub fn load(&self) -> Result<Session, Error> {
        let mut session = self.paths.load()?.with_library(&self.kept)?;
        if let Some(query) = &self.query {
            let ids = session.matching(query);
            let corpus = std::mem::take(&mut session.loaded.corpus);
            session.loaded.corpus = corpus.select(&ids);
            session.query = query.clone();
        }
        Ok(session)
    }
}

/// A loaded corpus with its engine, query and library.
pub(super) struct Session {
    engine: Engine,
    pub loaded: Loaded,
    query: Query,
    /// The contents of the library; empty without one.
    state: Arc<State>,
    library: Soundness,
}

impl Session {
    /// Adds the contents of the library that the arguments name.
    pub fn with_library(mut self, kept: &KeptArgs) -> Result<Self, Error> {
        let (state, library) = kept.state()?;
        (self.state, self.library) = (Arc::new(state), library);
        Ok(self)
    }

    /// Returns the articles that match `query`, in the order that it asks for, else in the order of
    /// the corpus.
    pub fn matching(&self, query: &Query) -> Vec<ArticleId> {
        let facts = LibraryFacts {
            keys: ContentKeys::of(self.corpus()),
            state: Arc::clone(&self.state),
            survey: query.asks_stories().then(|| Arc::new(self.survey())),
        };
        query::matching(query, self.corpus(), &facts)
    }

    /// Returns the articles.
    pub fn corpus(&self) -> &Corpus {
        &self.loaded.corpus
    }

    /// Returns the language packs.
    pub fn packs(&self) -> &Packs {
        self.engine.packs()
    }

    /// Computes the people, stories, copies and variants of the corpus.
    pub fn survey(&self) -> Survey {
        to_the_end(|run| Survey::make(self.corpus(), self.packs(), &self.state.joins(), run))
    }

    /// Returns a maker of records for what `survey` found.
    pub fn relations<'a>(&'a self, survey: &'a Survey) -> Relations<'a> {
        Relations::new((self.corpus(), self.packs()), survey)
    }

    /// Returns the quotations of an article that the query selects.
    pub fn kept_quotes(&self, article: &Article) -> KeptQuotes {
        KeptQuotes::of(&self.query, article)
    }

    /// Ends a command that wrote `rows` records: lists the faults on standard error and returns
    /// the outcome.
    pub fn conclude(&self, rows: usize) -> Outcome {
        for issue in &self.loaded.issues {
            tell(&issue.to_string());
        }
        self.library.outcome(outcome_of(rows, &self.loaded.issues))
    }
}

/// Finds the article that a user named by its id, else by its path, else by a part of either that
/// is unique. Reports on standard error if there is no such article, or several.
pub(super) fn find_article(corpus: &Corpus, name: &str) -> Option<ArticleId> {
    let by_id = corpus.iter().find(|(_, article)| &*article.key == name);
    let by_id = by_id.or_else(|| corpus.iter().find(|(_, article)| &*article.path == name));
    if let Some((id, _)) = by_id {
        return Some(id);
    }
    let mut alike = corpus
        .iter()
        .filter(|(_, article)| article.key.contains(name) || article.path.contains(name));
    match (alike.next(), alike.next()) {
        (Some((id, _)), None) => return Some(id),
        (Some((_, first)), Some((_, second))) => tell(&format!(
            "`{name}` names several articles, among them {} and {}",
            first.key, second.key
        )),
        (None, _) => tell(&format!(
            "no article has the id `{name}`; `kutip articles` lists all ids"
        )),
    }
    None
}

/// Opens the reader.
pub(super) fn open_reader(paths: &PathArgs, reader: &ReaderArgs) -> Result<Outcome, Error> {
    if !std::io::stdout().is_terminal() {
        return Err(Error::Usage(
            "the reader needs a terminal; for output to a file or pipe, see `kutip --help`"
                .to_owned(),
        ));
    }
    let mut user = UserFiles::read();
    if let Some(name) = &reader.theme {
        if let Some(reason) = user.theme_fault(name) {
            return Err(Error::Usage(format!("--theme: {reason}")));
        }
        user.config.theme = Some(name.clone());
    }
    if reader.plain {
        user.config.plain = Some(true);
    }
    let start = Start {
        library: reader.library.path(&user.config),
        config: user.config,
        themes: user.themes,
        faults: user.faults,
        watch: reader.watch,
    };
    let engine = Arc::new(paths.engine()?);
    if let End::Signal(signal) = tui::run(engine, paths.request(), start)? {
        // With the terminal restored, apply the default action of the signal, so that the parent
        // process sees how the program ended.
        let _ = signal_hook::low_level::emulate_default_handler(signal);
    }
    Ok(Outcome::Found)
}
