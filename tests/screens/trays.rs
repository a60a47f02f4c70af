//! The tray from run to run, and collections: put aside, listed, opened, deleted, undone.

use kutip::library::{State, export, import};
use kutip::model::Corpus;

use crate::fiction::corpus;
use crate::harness::{Reader, sample};

/// The state that a session leaves in a library.
fn written(reader: &Reader) -> State {
    let mut state = State::default();
    for change in reader.kept() {
        state.apply(&change);
    }
    state
}

fn with(state: State, corpus: Corpus) -> Reader {
    Reader::with_library(120, 40, corpus, state)
}

/// An article and a quotation on the tray.
fn filled() -> Reader {
    let mut reader = with(State::default(), sample());
    reader.press("Space Enter Tab j Space");
    assert_eq!(reader.app().library.tray.entries().len(), 2);
    reader
}

#[test]
fn the_tray_is_there_again_in_the_next_run() {
    let reader = filled();
    let later = with(written(&reader), sample());
    assert_eq!(
        later.app().library.tray.entries(),
        reader.app().library.tray.entries()
    );
    assert!(later.screen().contains("tray 2"));
}

#[test]
fn what_another_corpus_lacks_stays_on_the_tray_and_says_so() {
    let mut later = with(written(&filled()), corpus());
    assert_eq!(later.app().library.tray.entries().len(), 0);
    later.press("T");
    assert!(later.screen().contains("not here"), "{}", later.screen());
    later.press("q Space");
    assert_eq!(
        written(&later).tray().len(),
        1,
        "what it had is not rewritten"
    );
    assert_eq!(later.app().library.tray.items().len(), 3);
    later.press("T x");
    assert_eq!(
        later.app().library.tray.items().len(),
        2,
        "one can take it off"
    );
}

#[test]
fn putting_on_the_tray_can_be_undone() {
    let mut reader = filled();
    reader.press("u");
    assert_eq!(reader.app().library.tray.entries().len(), 1);
    reader.press("Ctrl-r");
    assert_eq!(reader.app().library.tray.entries().len(), 2);
}

#[test]
fn a_collection_is_put_aside_listed_opened_and_deleted() {
    let mut reader = filled();
    let entries = reader.app().library.tray.entries();
    reader.press("gT 'laut' Enter");
    assert!(
        reader.app().library.tray.entries().is_empty(),
        "a new tray begins"
    );
    reader.press("h h Space gC");
    assert!(
        reader.screen().contains("2 passages"),
        "{}",
        reader.screen()
    );
    reader.press("Enter");
    assert_eq!(reader.app().library.tray.entries(), entries);
    reader.press("u");
    assert_eq!(
        reader.app().library.tray.entries().len(),
        1,
        "the old tray is back"
    );
    reader.press("q gC x");
    assert_eq!(written(&reader).collections().count(), 0);
    reader.press("u");
    assert_eq!(written(&reader).collection("laut").len(), 2);
    assert!(reader.screen().contains("collection “laut”"));
}

#[test]
fn a_collection_leaves_with_the_library_and_comes_back() {
    let mut reader = filled();
    reader.press("gT 'laut' Enter");
    let state = written(&reader);
    let mut lines = Vec::new();
    export(&state, &mut lines).unwrap();
    let mut other = State::default();
    for change in import(&lines[..]).unwrap() {
        other.apply(&change);
    }
    assert_eq!(other.collection("laut"), state.collection("laut"));
}
