//! `kutip export`: the corpus with its quotations to a file, in the format of its ending.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::outcome::{Error, Outcome};
use super::session::{CorpusArgs, Session};
use crate::export::{
    ArticleParts, Format, Part, QuoteParts, Row, Writer, article_row, citation, quote_rows,
    write_html, write_markdown,
};
use crate::model::{Article, sha256};

/// Arguments of `kutip export`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    corpus: CorpusArgs,
    /// The file to write: .jsonl (articles with their quotations), .csv (quotations with their
    /// articles), .md or .html
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

#[derive(Clone, Copy)]
enum Kind {
    Jsonl,
    Csv,
    Markdown,
    Html,
}

impl Kind {
    fn of(path: &Path) -> Result<Self, Error> {
        let ending = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
        match ending.as_deref().and_then(|ending| ending.to_str()) {
            Some("jsonl" | "ndjson") => Ok(Self::Jsonl),
            Some("csv") => Ok(Self::Csv),
            Some("md" | "markdown") => Ok(Self::Markdown),
            Some("html" | "htm") => Ok(Self::Html),
            _ => Err(Error::Usage(format!(
                "{}: name a file that ends in .jsonl, .csv, .md or .html",
                path.display()
            ))),
        }
    }
}

/// Writes the file.
pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let kind = Kind::of(&args.to)?;
    let session = args.corpus.load()?;
    if !session.corpus().is_empty() {
        save(&args.to, |out| write(&session, kind, out)).map_err(|error| {
            Error::Usage(format!("{}: cannot be written: {error}", args.to.display()))
        })?;
    }
    Ok(session.conclude(session.corpus().len()))
}

/// Writes beside the file and renames at the end, so that a failure leaves the old one whole.
fn save(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> std::io::Result<()> {
    // A device or pipe (`/dev/stdout`) cannot be replaced, only written to.
    if fs::metadata(path).is_ok_and(|data| !data.is_file()) {
        let mut out = BufWriter::new(fs::OpenOptions::new().write(true).open(path)?);
        write(&mut out)?;
        return out.flush();
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let written = File::create(&part).and_then(|file| {
        let mut out = BufWriter::new(file);
        write(&mut out)?;
        out.flush()?;
        fs::rename(&part, path)
    });
    if written.is_err() {
        // The failure itself is what the user must hear of.
        let _ = fs::remove_file(&part);
    }
    written
}

fn write(session: &Session, kind: Kind, out: &mut dyn Write) -> std::io::Result<()> {
    let corpus = session.corpus();
    let (format, rows): (_, fn(&Article) -> Vec<Row>) = match kind {
        Kind::Markdown => return write_markdown(corpus, out),
        Kind::Html => return write_html((corpus, session.packs()), &session.survey(), out),
        Kind::Jsonl => (Format::Jsonl, whole_article),
        Kind::Csv => (Format::Csv, cited_quotes),
    };
    let mut writer = Writer::new(out, format, &[], 0);
    for (_, article) in corpus.iter() {
        for row in rows(article) {
            writer.write(&row)?;
        }
    }
    writer.finish().map(drop)
}

/// The article's record with its body, its citation, and its quotations as objects.
fn whole_article(article: &Article) -> Vec<Row> {
    let parts = ArticleParts {
        body: Part::Written,
        text: Part::Omitted,
    };
    let quotes = quote_rows(article, QuoteParts::default());
    let mut row = article_row(article, parts);
    row.set("quotes", quotes.map(Value::from).collect::<Vec<_>>());
    row.set("citation", citation(article))
        .set("sha256", sha256(&article.text));
    vec![row]
}

fn cited_quotes(article: &Article) -> Vec<Row> {
    let (citation, sha256) = (citation(article), sha256(&article.text));
    let rows = quote_rows(article, QuoteParts::default()).map(|mut row| {
        row.set("citation", &*citation).set("sha256", &*sha256);
        row
    });
    rows.collect()
}
