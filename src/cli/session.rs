//! What every subcommand begins with: paths and options, and the corpus behind them.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::config::{UserFiles, user_engine};
use super::outcome::{Error, Outcome, judge, tell};
use super::output::OutputArgs;
use super::query::{self, KeptQuotes};
use crate::cache::Place;
use crate::config::{Config, cache_folder, library_file};
use crate::export::Relations;
use crate::ingest::{Meaning, Options, Request};
use crate::language::Packs;
use crate::library::{State, Store};
use crate::model::{Article, ArticleId, Corpus};
use crate::quotes::Extractor;
use crate::relate::{Survey, to_the_end};
use crate::search::Query;
use crate::tui::{self, End, Start};
use crate::work::{ContentKeys, Engine, Kept, Loaded, load_all};

/// What is read.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct PathArgs {
    /// Files, folders, quoted globs, or `-` for standard input; the built-in sample if omitted
    #[arg(value_name = "PATH")]
    pub paths: Vec<String>,
    /// Read a meaning (text, title, outlet, published, authors, url, …) from this field of records
    #[arg(long = "field", value_name = "MEANING=NAME", value_parser = parse_field)]
    pub fields: Vec<(Meaning, String)>,
    /// Read files of this ending by this format, whatever they look like
    #[arg(long = "format-of", value_name = "EXT=FORMAT", value_parser = parse_format_of)]
    pub formats: Vec<(String, String)>,
    /// Parse everything anew, and keep nothing of it
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

/// What the reader is opened with.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct ReaderArgs {
    #[command(flatten)]
    pub library: LibraryArgs,
    /// Watch the files, and read them anew when they change
    #[arg(long)]
    pub watch: bool,
    /// Use this theme
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// Draw no lines and no moving signs, for screen readers and Braille
    #[arg(long)]
    pub plain: bool,
}

/// Where notes, tags and the like are kept.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct LibraryArgs {
    /// Keep notes, tags and read marks in this file, such as one beside the corpus
    #[arg(long, value_name = "FILE")]
    pub library: Option<PathBuf>,
    /// Keep nothing
    #[arg(long, conflicts_with = "library")]
    pub no_library: bool,
}

impl LibraryArgs {
    /// The library's file: the one that was named, else the user's own.
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
        return Err("the name behind `=` is missing".to_owned());
    }
    Ok((meaning.parse()?, name.to_owned()))
}

impl PathArgs {
    /// The request that these arguments stand for.
    pub fn request(&self) -> Request {
        let options = self
            .fields
            .iter()
            .fold(Options::default(), |options, (meaning, name)| {
                options.with_field(*meaning, name)
            });
        // Each pair was tried when the arguments were read.
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
        }
    }

    /// The rules, with the user's own, and what is kept of earlier loadings.
    pub fn engine(&self) -> Result<Engine, Error> {
        let engine = user_engine()?;
        let folder = cache_folder().filter(|_| !self.no_cache);
        Ok(match folder {
            Some(folder) => engine.with_cache(Place::new(folder)),
            None => engine,
        })
    }

    /// Reads everything.
    pub fn load(&self) -> Result<Session, Error> {
        let engine = self.engine()?;
        let loaded = load_all(&engine, &self.request());
        Ok(Session {
            engine,
            loaded,
            query: Query::default(),
            state: Arc::default(),
        })
    }
}

/// What of a library counts.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct KeptArgs {
    /// Let the tags, read marks and joined or split names of this library count; without it none do
    #[arg(long, value_name = "FILE")]
    pub library: Option<PathBuf>,
}

impl KeptArgs {
    /// What is kept in the library, if one is named.
    fn state(&self) -> Result<State, Error> {
        let Some(path) = &self.library else {
            return Ok(State::default());
        };
        if !path.exists() {
            let path = path.display();
            return Err(Error::Usage(format!("there is no library at {path}")));
        }
        Store::open(path)
            .and_then(|store| store.load())
            .map_err(|error| Error::Usage(error.to_string()))
    }
}

/// What is read, and which articles of it count.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct CorpusArgs {
    #[command(flatten)]
    pub paths: PathArgs,
    /// Keep the articles that satisfy this query, as typed behind `/` in the reader; of their
    /// quotations, those that a `speaker:` or `said:` in it is about
    #[arg(long, value_name = "Q", value_parser = query::parse, allow_hyphen_values = true)]
    pub query: Option<Query>,
    #[command(flatten)]
    pub kept: KeptArgs,
}

/// Arguments of the subcommands that list one view of the corpus and ask nothing more.
#[derive(Debug, Args)]
pub(super) struct ViewArgs {
    #[command(flatten)]
    pub corpus: CorpusArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

impl CorpusArgs {
    /// Reads everything and keeps what the query asks for, in the query's order if it has one.
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

/// A corpus that was read, with what read it.
pub(super) struct Session {
    engine: Engine,
    pub loaded: Loaded,
    query: Query,
    /// What counts of a library.
    state: Arc<State>,
}

impl Session {
    /// The same, with what counts of a library.
    pub fn with_library(mut self, kept: &KeptArgs) -> Result<Self, Error> {
        self.state = Arc::new(kept.state()?);
        Ok(self)
    }

    /// The articles that satisfy `query`: in the order that it asks for, else as they were read.
    pub fn matching(&self, query: &Query) -> Vec<ArticleId> {
        let facts = Kept {
            keys: ContentKeys::of(self.corpus()),
            state: Arc::clone(&self.state),
            survey: query.asks_stories().then(|| Arc::new(self.survey())),
        };
        query::matching(query, self.corpus(), &facts)
    }

    /// The articles.
    pub fn corpus(&self) -> &Corpus {
        &self.loaded.corpus
    }

    /// The languages at hand.
    pub fn packs(&self) -> &Packs {
        self.engine.packs()
    }

    /// The rules of quotations.
    pub fn extractor(&self) -> &Extractor {
        self.engine.extractor()
    }

    /// What belongs together in the corpus.
    pub fn survey(&self) -> Survey {
        to_the_end(|run| Survey::make(self.corpus(), self.packs(), &self.state.joins(), run))
    }

    /// The records of what belongs together.
    pub fn relations<'a>(&'a self, survey: &'a Survey) -> Relations<'a> {
        Relations::new((self.corpus(), self.packs()), survey)
    }

    /// Which quotations of an article the query is about.
    pub fn kept_quotes(&self, article: &Article) -> KeptQuotes {
        KeptQuotes::of(&self.query, article)
    }

    /// Ends a command that wrote `rows` records: lists the faults on standard error, and judges.
    pub fn conclude(&self, rows: usize) -> Outcome {
        for issue in &self.loaded.issues {
            tell(&issue.to_string());
        }
        judge(rows, &self.loaded.issues)
    }
}

/// The article that a user names: by its id, else by its path, else by a part of
/// either that no other article has.
/// Where that is not one article, says so.
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
        // With the terminal restored, the signal does what it was sent for: whoever waits for the
        // program sees how it ended.
        let _ = signal_hook::low_level::emulate_default_handler(signal);
    }
    Ok(Outcome::Found)
}
