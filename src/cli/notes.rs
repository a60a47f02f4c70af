//! `kutip notes`: lists the notes and whether their passages can still be found.

use std::path::PathBuf;

use chrono::{DateTime, SecondsFormat};

use super::outcome::{Error, Outcome, tell_issues};
use super::output::OutputArgs;
use super::paths::PathArgs;
use super::session::{LibraryArgs, Soundness};
use crate::app::library_data::{LibraryData, ResolvedAnchor};
use crate::export::{Column, NoteRecord, NoteStanding};
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
    let corpus = if args.paths.is_empty() {
        Corpus::default()
    } else {
        let session = args.paths.load()?;
        tell_issues(&session.loaded.issues);
        session.loaded.corpus
    };
    let notes: Vec<_> = state.notes().values().collect();
    let places: Vec<_> = notes.iter().map(|note| &note.place).collect();
    let library_data = LibraryData::of(ContentKeys::of(&corpus));
    let found = library_data.find(&corpus, &places);
    let rows = notes.iter().zip(found);
    let rows = rows.map(|(note, target)| record(&corpus, note, target));
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

fn record<'a>(
    corpus: &'a Corpus,
    note: &'a Note,
    target: Option<ResolvedAnchor>,
) -> NoteRecord<'a> {
    let article = target.and_then(|target| corpus.get(target.id));
    let is_known = corpus.iter().any(|(_, known)| known.key == note.place.key);
    let span = article.zip(target.and_then(|target| target.span));
    let span = span.map(|(article, span)| CharOffsets::new(&article.text).span(span));
    let written = DateTime::from_timestamp(note.written, 0);
    NoteRecord {
        article: article.map_or(&*note.place.key, |article| &article.key),
        standing: match (target, is_known) {
            (Some(_), _) => NoteStanding::Here,
            (None, true) => NoteStanding::Orphaned,
            (None, false) => NoteStanding::Elsewhere,
        },
        start: span.as_ref().map(|span| span.start),
        end: span.map(|span| span.end),
        text: &note.place.words,
        note: &note.text,
        written: written.map(|time| time.to_rfc3339_opts(SecondsFormat::Secs, true)),
    }
}
