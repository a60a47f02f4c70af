//! The store against crashes in the middle, two writers, other versions and full disks.

use super::*;
use crate::library::{NoteId, PersonChoice, Place, Undo, export, import};
use crate::model::{Article, ContentKey};
use crate::text::ByteSpan;

fn article(number: u32) -> ContentKey {
    ContentKey::of(&number.to_string())
}

fn place(words: &str) -> Place {
    let article = Article {
        key: "a.txt".into(),
        text: words.into(),
        ..Article::default()
    };
    Place::of(&article, Some(ByteSpan::new(0, words.len())))
}

fn one_of_each() -> Vec<Change> {
    let passage = place("Kami siap.");
    let note = crate::library::Note {
        place: passage.clone(),
        text: "cek".into(),
        written: 7,
    };
    vec![
        Change::Read(article(1), true),
        Change::Tag(article(1), "penting".into(), true),
        Change::Mark('a', Some(passage.clone())),
        Change::Note(NoteId("1".into()), Some(note)),
        Change::Tray(passage.clone(), Some(0)),
        Change::Collected("surat".into(), passage, Some(0)),
        Change::Person("Ratna".into(), Some(PersonChoice::Join("Ratna K.".into()))),
        Change::Query("feri".into(), Some("title:feri".into())),
        Change::Position(article(1), Some(40)),
        Change::Visit(article(1), Some(1_700_000_000)),
    ]
}

#[test]
fn what_was_kept_is_there_when_opened_again_and_undo_takes_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/library.db");
    let (mut state, mut undo) = (State::default(), Undo::default());
    let mut store = Store::open(&path).unwrap();
    undo.make(&mut state, &one_of_each());
    store.keep(&one_of_each()).unwrap();
    assert_eq!(Store::open(&path).unwrap().load().unwrap(), state);

    let back = undo.undo(&mut state).unwrap();
    store.keep(&back).unwrap();
    assert_eq!(Store::open(&path).unwrap().load().unwrap().entries(), []);
    let again = undo.redo(&mut state).unwrap();
    store.keep(&again).unwrap();
    assert_eq!(Store::open(&path).unwrap().load().unwrap(), state);
    assert!(undo.redo(&mut state).is_none());
}

#[test]
fn an_exported_library_comes_back_whole() {
    let mut state = State::default();
    for change in one_of_each() {
        state.apply(&change);
    }
    let mut lines = Vec::new();
    export(&state, &mut lines).unwrap();
    let mut back = State::default();
    for change in import(&*lines).unwrap() {
        back.apply(&change);
    }
    assert_eq!(back, state);
    let fault = import(&b"\n{\"kind\":\"x\"}"[..]).unwrap_err().to_string();
    assert!(fault.starts_with("line 2: "), "{fault}");
}

#[test]
fn two_readers_write_at_once_and_neither_loses() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    std::thread::scope(|scope| {
        for half in 0..2 {
            let path = &path;
            scope.spawn(move || {
                let mut store = Store::open(path).unwrap();
                for number in 0..50 {
                    store
                        .keep(&[Change::Read(article(half * 50 + number), true)])
                        .unwrap();
                }
            });
        }
    });
    let state = Store::open(&path).unwrap().load().unwrap();
    assert!((0..100).all(|number| state.is_read(article(number))));
}

#[test]
fn readers_that_open_a_new_library_at_the_same_time_all_can_write() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..20 {
        let path = folder.path().join(format!("{round}.db"));
        std::thread::scope(|scope| {
            for number in 0..4 {
                let path = &path;
                scope.spawn(move || {
                    let mut store = Store::open(path).unwrap();
                    assert_eq!(store.access(), Access::ReadWrite);
                    store.keep(&[Change::Read(article(number), true)]).unwrap();
                });
            }
        });
        let state = Store::open(&path).unwrap().load().unwrap();
        assert!((0..4).all(|number| state.is_read(article(number))));
    }
}

#[test]
fn a_newer_or_foreign_file_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let newer = folder.path().join("newer.db");
    Store::open_with(&newer, &[LAYOUT[0], "SELECT 1"]).unwrap();
    let error = Store::open(&newer).unwrap_err().to_string();
    assert!(error.contains("newer kutip"), "{error}");

    let foreign = folder.path().join("foreign.db");
    Connection::open(&foreign)
        .unwrap()
        .execute_batch("CREATE TABLE theirs (x)")
        .unwrap();
    let before = std::fs::read(&foreign).unwrap();
    assert!(matches!(
        Store::open(&foreign),
        Err(LibraryError::Foreign { .. })
    ));
    assert_eq!(std::fs::read(&foreign).unwrap(), before);

    let text = folder.path().join("text.db");
    std::fs::write(
        &text,
        "not a database at all, but long enough to be looked at",
    )
    .unwrap();
    assert!(Store::open(&text).is_err());
}

#[test]
fn an_older_file_is_migrated_with_a_backup_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    Store::open(&path)
        .unwrap()
        .keep(&[Change::Read(article(1), true)])
        .unwrap();
    let next = &[LAYOUT[0], "ALTER TABLE kept ADD COLUMN changed INTEGER"];
    let store = Store::open_with(&path, next).unwrap();
    assert!(store.load().unwrap().is_read(article(1)));
    let backup = Store::open(&folder.path().join("library.db.1.bak")).unwrap();
    assert!(backup.load().unwrap().is_read(article(1)));
}

#[test]
fn a_library_that_may_only_be_read_is_read_and_says_so_when_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    Store::open(&path)
        .unwrap()
        .keep(&[Change::Read(article(1), true)])
        .unwrap();
    // Directly: who may do everything, as in a container, meets no file that cannot be written.
    let mut store = Store::open_read_only(&path).unwrap();
    assert_eq!(store.access(), Access::ReadOnly);
    assert!(store.load().unwrap().is_read(article(1)));
    let error = store.keep(&[Change::Read(article(2), true)]).unwrap_err();
    assert!(matches!(error, LibraryError::ReadOnly { .. }));
    assert!(error.to_string().contains("library.db"), "{error}");
}

#[test]
fn a_full_disk_is_told_and_what_was_kept_stays() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("library.db")).unwrap();
    store.keep(&[Change::Read(article(1), true)]).unwrap();
    // The database's own limit fails as a full disk does.
    let pages: i64 = store
        .connection
        .query_row("PRAGMA page_count", [], |row| row.get(0))
        .unwrap();
    store
        .connection
        .pragma_update(None, "max_page_count", pages)
        .unwrap();
    let long = Change::Query("long".into(), Some("x".repeat(100_000).into()));
    assert!(matches!(
        store.keep(&[long]),
        Err(LibraryError::Full { .. })
    ));
    assert!(store.load().unwrap().is_read(article(1)));
}
