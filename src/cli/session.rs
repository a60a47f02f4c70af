//! What every subcommand begins with: paths and options, and the corpus behind them.

use std::io::IsTerminal;
use std::sync::Arc;

use clap::Args;

use super::outcome::{Error, Outcome, judge, tell};
use crate::ingest::{Meaning, Options, Request};
use crate::model::{ArticleId, Corpus};
use crate::tui::{self, End};
use crate::work::{Engine, Loaded, load_all};

/// What is read.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct PathArgs {
    /// Files, folders, quoted globs, or `-` for standard input; the built-in sample if omitted
    #[arg(value_name = "PATH")]
    pub paths: Vec<String>,
    /// Read a meaning (text, title, outlet, published, authors, url, …) from this field of records
    #[arg(long = "field", value_name = "MEANING=NAME", value_parser = parse_field)]
    pub fields: Vec<(Meaning, String)>,
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
        Request {
            paths: self.paths.clone(),
            options,
        }
    }

    /// Reads everything.
    pub fn load(&self) -> Result<Loaded, Error> {
        let engine = Engine::new(None)?;
        Ok(load_all(&engine, &self.request()))
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

/// Ends a command that wrote `rows` records: lists the faults on standard error, and judges.
pub(super) fn conclude(rows: usize, loaded: &Loaded) -> Outcome {
    for issue in &loaded.issues {
        tell(&issue.to_string());
    }
    judge(rows, &loaded.issues)
}

/// Opens the reader.
pub(super) fn open_reader(paths: &PathArgs) -> Result<Outcome, Error> {
    if !std::io::stdout().is_terminal() {
        return Err(Error::Usage(
            "the reader needs a terminal; for output to a file or pipe, see `kutip --help`"
                .to_owned(),
        ));
    }
    let engine = Arc::new(Engine::new(None)?);
    if let End::Signal(signal) = tui::run(engine, paths.request())? {
        // With the terminal restored, the signal does what it was sent for: whoever waits for the
        // program sees how it ended.
        let _ = signal_hook::low_level::emulate_default_handler(signal);
    }
    Ok(Outcome::Found)
}
