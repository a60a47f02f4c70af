//! Arguments that several subcommands share, the loading of the corpus, and the start of the
//! reader.

use std::cell::OnceCell;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::config::UserFiles;
use super::find::{find_article, unknown_quote};
use super::kept::Kept;
use super::outcome::{Error, Outcome, counted, notify, outcome_of, tell, tell_issues};
use super::output::OutputArgs;
use super::paths::{PathArgs, ReadPaths};
use super::progress::Progress;
use super::query;
use crate::config::{Config, library_file};
use crate::export::{Picked, Relations};
use crate::ingest::{Collisions, is_own};
use crate::language::Packs;
use crate::library::{State, Store};
use crate::model::{ArticleId, Corpus};
use crate::people::{Directory, Joins};
use crate::quotes::Extractor;
use crate::relate::{Run, Survey, to_the_end_with};
use crate::search::{Query, QuoteTest, Speakers};
use crate::tui::{self, End, Start};
use crate::work::{ContentKeys, Engine, LibraryFacts, Loaded, decisions};

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

/// Reports that several articles had the same id, and how they are called now.
fn tell_collisions(collisions: &Collisions) {
    if let Some((before, now)) = &collisions.example {
        let ids = counted(collisions.keys, "id");
        let articles = counted(collisions.renamed, "article");
        notify(&format!(
            "{ids} would stand for several articles: {articles} got a longer one by their files, \
             as `{now}` instead of `{before}`"
        ));
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
            return Err(Error::Usage(format!(
                "there is no library at {path}; the reader begins one with `--library {path}`"
            )));
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
    /// Loads all articles. Keeps those that match the query, in the query's order if it has one.
    pub fn load(&self) -> Result<Session, Error> {
        let mut session = self.paths.load()?.with_library(&self.kept)?;
        if let Some(query) = &self.query {
            session.keep(query);
        }
        Ok(session)
    }
}

/// A way to analyse a corpus, [`Survey::make`] or a part of it.
type Analysis = fn(&Corpus, &Packs, &Joins, &Run) -> Option<Survey>;

/// A loaded corpus with its engine and library, and what a query keeps of it.
pub(super) struct Session {
    engine: Engine,
    /// The paths that were read.
    paths: Vec<String>,
    pub loaded: Loaded,
    kept: Kept,
    /// Computed once, of the whole corpus: who somebody is does not depend on a query.
    survey: OnceCell<Arc<Survey>>,
    /// The same for commands that need to know only who speaks.
    people: OnceCell<Arc<Survey>>,
    /// The contents of the library; empty without one.
    state: Arc<State>,
    library: Soundness,
}

impl PathArgs {
    /// Loads all articles.
    pub fn load(&self) -> Result<Session, Error> {
        let ReadPaths {
            engine,
            paths,
            loaded,
        } = self.read()?;
        tell_collisions(&loaded.collisions);
        Ok(Session {
            engine,
            paths,
            kept: Kept::all(&loaded.corpus),
            survey: OnceCell::new(),
            people: OnceCell::new(),
            loaded,
            state: Arc::default(),
            library: Soundness::Whole,
        })
    }
}

impl Session {
    /// Adds the contents of the library that the arguments name.
    pub fn with_library(mut self, kept: &KeptArgs) -> Result<Self, Error> {
        let (state, library) = kept.state()?;
        (self.state, self.library) = (Arc::new(state), library);
        Ok(self)
    }

    /// Keeps the articles that match `query`, and of their quotations those that it asks for.
    fn keep(&mut self, query: &Query) {
        let articles = self.matching(query);
        let survey = self.asked_by(query).filter(|_| query.asks_speakers());
        let speakers = survey.as_deref().map(|survey| survey as &dyn Speakers);
        let test = QuoteTest::of(query, speakers);
        self.kept = Kept::of(articles, &test, self.corpus());
    }

    /// Returns the articles that match `query`, in the order that it asks for, else in the order of
    /// the corpus.
    pub fn matching(&self, query: &Query) -> Vec<ArticleId> {
        let facts = LibraryFacts {
            keys: ContentKeys::of(self.corpus()),
            state: Arc::clone(&self.state),
            survey: self.asked_by(query),
        };
        query::matching(query, self.corpus(), &facts)
    }

    /// Returns all articles.
    pub fn corpus(&self) -> &Corpus {
        &self.loaded.corpus
    }

    /// Returns the language packs.
    pub fn packs(&self) -> &Packs {
        self.engine.packs()
    }

    /// Returns the rules by which quotations are found.
    pub fn extractor(&self) -> &Extractor {
        self.engine.extractor()
    }

    /// Returns what the query keeps.
    pub fn kept(&self) -> &Kept {
        &self.kept
    }

    /// Returns the articles that the query keeps, with the quotations that it keeps and what
    /// `survey` says of them.
    pub fn picked<'a>(&'a self, survey: Option<&'a Survey>) -> impl Iterator<Item = Picked<'a>> {
        let relations = survey.map(|survey| self.relations(survey));
        let ids = self.kept.articles().iter();
        ids.filter_map(move |id| {
            Some(Picked {
                article: self.corpus().get(*id)?,
                quotes: self.kept.quotes(*id),
                surveyed: relations.as_ref().map(|relations| relations.surveyed(*id)),
            })
        })
    }

    /// Returns the survey for records that are written completely, unless the arguments leave it
    /// out. A table shows nothing of it, so that it need not wait.
    pub fn survey_for(&self, output: &OutputArgs, survey: SurveyArgs) -> Option<&Survey> {
        let is_asked = output.is_complete() && !survey.no_survey;
        is_asked.then(|| self.survey())
    }

    /// Returns the people, stories, copies and variants of the whole corpus.
    pub fn survey(&self) -> &Survey {
        self.survey.get_or_init(|| self.analysed(Survey::make))
    }

    /// Returns who speaks in the whole corpus.
    pub fn directory(&self) -> &Directory {
        &self.people().directory
    }

    /// Returns a survey that tells at least who speaks.
    fn people(&self) -> &Arc<Survey> {
        let whole = self.survey.get();
        whole.unwrap_or_else(|| self.people.get_or_init(|| self.analysed(Survey::people)))
    }

    /// Analyses the whole corpus, with a bar that shows how far it is.
    fn analysed(&self, analyse: Analysis) -> Arc<Survey> {
        let joins = if self.state.speakers().is_empty() {
            self.state.joins()
        } else {
            decisions(&self.state, &ContentKeys::of(self.corpus()), self.corpus())
        };
        let packs = self.packs();
        Progress::of_survey(|progress| {
            let make = |run: &Run| analyse(self.corpus(), packs, &joins, run);
            Arc::new(to_the_end_with(progress, make))
        })
    }

    /// Returns the survey that the parts of a query depend on, if they depend on one.
    fn asked_by(&self, query: &Query) -> Option<Arc<Survey>> {
        if query.asks_stories() {
            self.survey();
            return self.survey.get().map(Arc::clone);
        }
        query.asks_speakers().then(|| Arc::clone(self.people()))
    }

    /// Returns a maker of records for what `survey` found.
    pub fn relations<'a>(&'a self, survey: &'a Survey) -> Relations<'a> {
        Relations::new((self.corpus(), self.packs()), survey)
    }

    /// Finds the article that the user named. See [`find_article`]. If there is none, also lists
    /// the faults, which may be the cause.
    pub fn article(&self, name: &str) -> Result<ArticleId, Error> {
        self.or_faults(find_article(self.corpus(), name))
    }

    /// Returns the error for a name that looks like the id of a quotation but is none.
    pub fn unknown_quote(&self, name: &str) -> Result<(), Error> {
        self.or_faults(unknown_quote(self.corpus(), name).map_or(Ok(()), Err))
    }

    fn or_faults<T>(&self, found: Result<T, Error>) -> Result<T, Error> {
        if found.is_err() {
            tell_issues(&self.loaded.issues);
        }
        found
    }

    /// Ends a command that wrote `rows` records: lists the faults on standard error and returns
    /// the outcome.
    pub fn conclude(&self, rows: usize) -> Outcome {
        tell_issues(&self.loaded.issues);
        if let Some(notice) = self.own_records() {
            notify(&notice);
        }
        if self.corpus().is_empty() && self.loaded.issues.is_empty() {
            notify(&self.nothing_read());
        }
        self.library.outcome(outcome_of(rows, &self.loaded.issues))
    }

    /// Returns the message about records that kutip itself wrote and that were therefore passed
    /// over.
    fn own_records(&self) -> Option<String> {
        let own = self.loaded.skipped.iter().filter(|skipped| is_own(skipped));
        let count = own.clone().map(|skipped| skipped.count as usize).sum();
        let mut files: Vec<_> = own.map(|skipped| &*skipped.path).collect();
        files.dedup();
        let first = files.first()?;
        let more = match files.len() {
            1 => String::new(),
            len => format!(" and {}", counted(len - 1, "more file")),
        };
        let count = counted(count, "record");
        Some(format!(
            "passed over {count} that kutip itself wrote, in {first}{more}; name such a file to read it"
        ))
    }

    /// Returns the message about a corpus without articles and without faults.
    fn nothing_read(&self) -> String {
        let paths = self.paths.join(" ");
        let skipped = self.loaded.skipped.iter().map(|s| s.count as usize).sum();
        match skipped {
            0 => format!("{paths}: there is no file in it; name a folder or files with articles"),
            count => format!(
                "{paths}: no article; {} passed over, which `kutip check --skipped` lists",
                counted(count, "record")
            ),
        }
    }
}

/// The argument that leaves out what only a survey of the whole corpus knows.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(super) struct SurveyArgs {
    /// Leave out the fields for which all articles are compared (`people`, `story`, `copy_of`):
    /// faster, and with less memory, unless `--query` asks for speakers or stories
    #[arg(long)]
    no_survey: bool,
}

/// Returns whether nothing can be read at a path. A pattern and standard input are never missing.
fn is_missing(path: &str) -> bool {
    path != "-" && !path.contains(['*', '?', '[', '{']) && !Path::new(path).exists()
}

/// Opens the reader.
pub(super) fn open_reader(paths: &PathArgs, reader: &ReaderArgs) -> Result<Outcome, Error> {
    let request = paths.request()?;
    if !request.paths.is_empty() && request.paths.iter().all(|path| is_missing(path)) {
        let missing = request.paths.iter().take(3);
        let missing: Vec<_> = missing
            .map(|path| format!("{path}: no such file or folder"))
            .collect();
        return Err(Error::Usage(missing.join("\n")));
    }
    if !std::io::stdout().is_terminal() {
        return Err(Error::Usage(
            "the reader needs a terminal; for output to a file or pipe, write a command, as in \
             `kutip quotes PATH` (`kutip help` lists them)"
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
    if let End::Signal(signal) = tui::run(engine, request, start)? {
        // With the terminal restored, apply the default action of the signal, so that the parent
        // process sees how the program ended.
        let _ = signal_hook::low_level::emulate_default_handler(signal);
    }
    Ok(Outcome::Found)
}
