//! `kutip notes`: lists the notes and whether their passages can still be found.

use std::path::PathBuf;

use super::outcome::{Error, Outcome, tell};
use super::output::OutputArgs;
use super::session::{LibraryArgs, PathArgs, Soundness};
use crate::app::keeping::{Keeping, Target};
use crate::export::{Column, Row};
use crate::library::{Note, Store};
use crate::model::Corpus;
use crate::text::CharOffsets;
use crate::work::ContentKeys;

const COLUMNS: &[Column] = &[
    Column::left("article"),
    Column::left("standing"),
    Column::left("text"),
    Column::left("note"),
];

/// Arguments of `kutip notes`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    paths: PathArgs,
    #[command(flatten)]
    library: LibraryArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Lists all notes. If paths are given, also finds the passage of each note in their articles.
pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let store = open(&args.library)?;
    let state = store.load()?;
    let library = Soundness::tell(&store);
    let corpus = if args.paths.paths.is_empty() {
        Corpus::default()
    } else {
        let session = args.paths.load()?;
        for issue in &session.loaded.issues {
            tell(&issue.to_string());
        }
        session.loaded.corpus
    };
    let notes: Vec<_> = state.notes().values().collect();
    let places: Vec<_> = notes.iter().map(|note| &note.place).collect();
    let keeping = Keeping::of(ContentKeys::of(&corpus));
    let found = keeping.find(&corpus, &places);
    let rows = notes.iter().zip(found);
    let rows = rows.map(|(note, target)| row(&corpus, note, target));
    let nothing = "there are no notes yet: `a` writes one in the reader";
    let written = args.output.write_or(COLUMNS, rows, nothing)?;
    Ok(library.outcome(if written == 0 {
        Outcome::Nothing
    } else {
        Outcome::Found
    }))
}

/// Returns the path of the library that the arguments select.
pub(super) fn file(library: &LibraryArgs) -> Result<PathBuf, Error> {
    let user = super::config::UserFiles::read();
    library
        .path(&user.config)
        .ok_or_else(|| Error::Usage("there is no library: name one with --library".to_owned()))
}

/// Opens the library that the arguments select.
pub(super) fn open(library: &LibraryArgs) -> Result<Store, Error> {
    let path = file(library)?;
    Ok(Store::open(&path)?)
}

fn row(corpus: &Corpus, note: &Note, target: Option<Target>) -> Row {
    let article = target.and_then(|target| corpus.get(target.id));
    let is_known = corpus.iter().any(|(_, known)| known.key == note.place.key);
    let standing = match (target, is_known) {
        (Some(_), _) => "here",
        (None, true) => "orphaned",
        (None, false) => "elsewhere",
    };
    let span = article.zip(target.and_then(|target| target.span));
    let span = span.map(|(article, span)| CharOffsets::new(&article.text).span(span));
    let written = chrono::DateTime::from_timestamp(note.written, 0);
    let mut row = Row::new();
    row.set(
        "article",
        article.map_or(&*note.place.key, |article| &article.key),
    )
    .set("standing", standing)
    .set("start", span.clone().map(|span| span.start))
    .set("end", span.map(|span| span.end))
    .set("text", &*note.place.words)
    .set("note", &*note.text)
    .set("written", written.map(|time| time.to_rfc3339()));
    row
}
