//! `kutip export`: writes the corpus with its quotations to a file, in the format of its ending.

use std::path::{Path, PathBuf};

use super::outcome::{Error, Outcome, counted, tell_on_terminal};
use super::session::CorpusArgs;
use super::target::{ForceArgs, not_written};
use crate::export::{ENDINGS, FileKind, Picked, write_articles, write_html};
use crate::files::save;

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
    if kind == FileKind::Html {
        // It tells who speaks as well.
        session.survey();
    }
    let picked: Vec<_> = session.picked().collect();
    if !picked.is_empty() {
        let articles = picked.iter().copied();
        let written = save(&args.to, existing, |out| match kind {
            FileKind::Html => {
                let survey = session.survey();
                let variants = survey.variants.list().iter();
                let kept = variants.filter_map(|variant| session.kept().variant(variant));
                let kept: Vec<_> = kept.collect();
                write_html(&mut session.relations(survey), &kept, articles.clone(), out)
            }
            _ => write_articles(articles.clone(), kind, out),
        });
        written.map_err(|error| not_written(&args.to, &error))?;
        tell_on_terminal(&told(&picked, &args.to));
    }
    Ok(session.conclude(picked.len()))
}

/// Returns the message about the contents of the written file.
fn told(picked: &[Picked], file: &Path) -> String {
    let quotes: usize = picked.iter().map(|one| one.quotes().count()).sum();
    let articles = counted(picked.len(), "article");
    let quotes = counted(quotes, "quotation");
    format!("{}: {articles} with {quotes} written", file.display())
}
