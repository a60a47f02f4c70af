//! `kutip export`: writes the corpus with its quotations to a file, in the format of its ending.

use std::path::{Path, PathBuf};

use super::outcome::{Error, Outcome, counted, tell_on_terminal};
use super::session::CorpusArgs;
use super::target::{ForceArgs, not_written};
use crate::export::{ENDINGS, FileKind, write_articles, write_html};
use crate::files::save;
use crate::model::Corpus;

/// Arguments of `kutip export`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    corpus: CorpusArgs,
    /// The file to write: .jsonl (articles with their quotations), .csv (quotations with their
    /// articles), .md or .html
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    #[command(flatten)]
    force: ForceArgs,
}

/// Writes the file.
pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let kind = FileKind::of(&args.to)
        .ok_or_else(|| Error::Usage(format!("{}: {ENDINGS}", args.to.display())))?;
    let existing = args.force.decide(&args.to)?;
    let session = args.corpus.load()?;
    let corpus = session.corpus();
    if !corpus.is_empty() {
        let written = save(&args.to, existing, |out| match kind {
            FileKind::Html => write_html((corpus, session.packs()), &session.survey(), out),
            _ => write_articles(corpus.iter().map(|(_, article)| article), kind, out),
        });
        written.map_err(|error| not_written(&args.to, &error))?;
        tell_on_terminal(&told(corpus, &args.to));
    }
    Ok(session.conclude(corpus.len()))
}

/// Returns the message about the contents of the written file.
fn told(corpus: &Corpus, file: &Path) -> String {
    let quotes: usize = corpus.iter().map(|(_, article)| article.quotes.len()).sum();
    let articles = counted(corpus.len(), "article");
    let quotes = counted(quotes, "quotation");
    format!("{}: {articles} with {quotes} written", file.display())
}
