//! `kutip export`: writes the corpus with its quotations to a file, in the format of its ending.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::outcome::{Error, Outcome, counted, tell_on_terminal};
use super::output::MarkArgs;
use super::session::{CorpusArgs, Session};
use super::target::{ForceArgs, not_written};
use crate::export::{ARTICLE_ENDINGS, FileKind, Mark, Picked, write_articles, write_html};
use crate::files::save;

/// Arguments of `kutip export`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    corpus: CorpusArgs,
    /// The file to write: .jsonl (articles with their quotations), .csv (quotations with their
    /// articles), .md, .html, .csl.json or .ris (citations), .jsonld (W3C Web Annotations),
    /// .label-studio.json (tasks), .txt (a transcript with a label for each speaker); `-` for
    /// standard output, in JSON Lines unless `--as` says otherwise
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    to: PathBuf,
    /// Write in the format of this ending, whatever the file is called
    #[arg(long = "as", value_name = "ENDING", value_parser = parse_ending)]
    ending: Option<FileKind>,
    #[command(flatten)]
    mark: MarkArgs,
    #[command(flatten)]
    force: ForceArgs,
}

fn parse_ending(ending: &str) -> Result<FileKind, String> {
    let bare = ending.trim_start_matches('.');
    FileKind::of(Path::new(&format!("file.{bare}"))).ok_or_else(|| ARTICLE_ENDINGS.to_owned())
}

/// Writes the file.
pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let is_stdout = args.to == Path::new("-");
    let kind = args.ending.or_else(|| FileKind::of(&args.to));
    let kind = kind.or(is_stdout.then_some(FileKind::Jsonl));
    let kind =
        kind.ok_or_else(|| Error::Usage(format!("{}: {ARTICLE_ENDINGS}", args.to.display())))?;
    if is_stdout {
        let session = args.corpus.load()?;
        let mut out = BufWriter::new(io::stdout().lock());
        let picked = picked(&session, kind);
        if !picked.is_empty() {
            write(&session, &picked, (kind, args.mark.mark()), &mut out)?;
        }
        out.flush()?;
        return Ok(session.conclude(picked.len()));
    }
    let existing = args.force.decide(&args.to)?;
    let session = args.corpus.load()?;
    let picked = picked(&session, kind);
    if !picked.is_empty() {
        let written = save(&args.to, existing, |out| {
            write(&session, &picked, (kind, args.mark.mark()), out)
        });
        written.map_err(|error| not_written(&args.to, &error))?;
        tell_on_terminal(&told(&picked, &args.to));
    }
    Ok(session.conclude(picked.len()))
}

/// Returns the articles to write. If there is none, nothing is surveyed.
fn picked(session: &Session, kind: FileKind) -> Vec<Picked<'_>> {
    let is_surveyed = kind.needs_survey() && !session.kept().articles().is_empty();
    let survey = is_surveyed.then(|| session.survey());
    session.picked(survey).collect()
}

fn write(
    session: &Session,
    picked: &[Picked],
    (kind, mark): (FileKind, Mark),
    out: &mut dyn Write,
) -> io::Result<()> {
    let articles = picked.iter().copied();
    if kind != FileKind::Html {
        return write_articles(articles, (kind, mark), out);
    }
    let survey = session.survey();
    let variants = survey.variants.list().iter();
    let kept = variants.filter_map(|variant| session.kept().variant(variant));
    let kept: Vec<_> = kept.collect();
    write_html(&mut session.relations(survey), &kept, articles, out)
}

/// Returns the message about the contents of the written file.
fn told(picked: &[Picked], file: &Path) -> String {
    let quotes: usize = picked.iter().map(|one| one.quotes().count()).sum();
    let articles = counted(picked.len(), "article");
    let quotes = counted(quotes, "quotation");
    format!("{}: {articles} with {quotes} written", file.display())
}
