//! Tests of the store: crashes while it writes, two writers, other versions, full disks.

use super::names::with_suffix;
use super::*;
use crate::library::{Anchor, NoteId, PersonChoice, Undo, export, import};
use crate::model::{Article, ContentKey};
use crate::text::ByteSpan;

fn article(number: u32) -> ContentKey {
    ContentKey::of(&number.to_string())
}

fn place(words: &str) -> Anchor {
    let article = Article {
        key: "a.txt".into(),
        text: words.into(),
        ..Article::default()
    };
    Anchor::of(&article, Some(ByteSpan::new(0, words.len())))
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
    Store::open(&newer).unwrap();
    let newest = LAYOUT.len() as u32 + 1;
    Connection::open(&newer)
        .unwrap()
        .pragma_update(None, "user_version", newest)
        .unwrap();
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

/// Creates a library of the first layout at `path`, as the first version of kutip did.
fn make_first_layout(path: &Path, changes: &[Change]) {
    let connection = Connection::open(path).unwrap();
    let made = "PRAGMA journal_mode = wal;
        CREATE TABLE kept (entry TEXT PRIMARY KEY, change TEXT NOT NULL) WITHOUT ROWID;
        PRAGMA application_id = 0x6b757470;
        PRAGMA user_version = 1";
    connection.execute_batch(made).unwrap();
    for change in changes {
        let json = serde_json::to_string(change).unwrap();
        let row = (change.entry(), json);
        connection
            .execute("INSERT INTO kept VALUES (?1, ?2)", row)
            .unwrap();
    }
}

#[test]
fn an_older_file_is_migrated_with_a_backup_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    make_first_layout(&path, &one_of_each());
    // As a later version writes a kind that this one does not know.
    let later = ("later x", r#"{"kind":"later","entry":["x"]}"#);
    let rows = "INSERT INTO kept (entry, change) VALUES (?1, ?2)";
    Connection::open(&path)
        .unwrap()
        .execute(rows, later)
        .unwrap();
    let mut expected = State::default();
    for change in one_of_each() {
        expected.apply(&change);
    }
    let looked_at = Store::inspect(&path).unwrap();
    assert_eq!(looked_at.load().unwrap(), expected);
    let mut store = Store::open(&path).unwrap();
    assert_eq!(store.load().unwrap(), expected);
    store.keep(&[Change::Mark('a', None)]).unwrap();
    expected.apply(&Change::Mark('a', None));
    drop(store);
    let store = Store::open(&path).unwrap();
    assert_eq!(
        (store.access(), store.load().unwrap()),
        (Access::ReadWrite, expected)
    );
    let Source::Open(connection) = &store.source else {
        panic!("it is whole");
    };
    let kept = "SELECT change FROM kept WHERE entry = 'later x'";
    let kept: String = connection.query_row(kept, [], |row| row.get(0)).unwrap();
    assert_eq!(kept, later.1);
    let backup = Store::inspect(&folder.path().join("library.db.1.bak")).unwrap();
    assert_eq!(backup.load().unwrap().marks().len(), 1);
}

#[test]
fn a_library_that_may_only_be_read_is_read_and_says_so_when_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    Store::open(&path)
        .unwrap()
        .keep(&[Change::Read(article(1), true)])
        .unwrap();
    // Set directly: for root, as in a container, every file is writable.
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
    // The database's own size limit fails in the same way as a full disk.
    let Source::Open(connection) = &store.source else {
        panic!("it is whole");
    };
    let pages: i64 = connection
        .query_row("PRAGMA page_count", [], |row| row.get(0))
        .unwrap();
    connection
        .pragma_update(None, "max_page_count", pages)
        .unwrap();
    let long = Change::Query("long".into(), Some("x".repeat(100_000).into()));
    assert!(matches!(
        store.keep(&[long]),
        Err(LibraryError::Full { .. })
    ));
    assert!(store.load().unwrap().is_read(article(1)));
}

/// Returns so many changes that they fill several pages; one of them alone fills several.
fn many() -> Vec<Change> {
    let mut changes = one_of_each();
    changes.extend((0..120).map(|number| Change::Read(article(number), true)));
    changes.extend(
        (0..60).map(|number| {
            Change::Query(format!("cari {number}").into(), Some("title:feri".into()))
        }),
    );
    changes.push(Change::Query(
        "panjang".into(),
        Some("x".repeat(9_000).into()),
    ));
    changes
}

fn state_of(changes: &[Change]) -> State {
    let mut state = State::default();
    for change in changes {
        state.apply(change);
    }
    state
}

/// Returns the files of a library in `folder`, path and bytes, whose last changes are only in its
/// log, as after a killed process. Does not write them.
fn killed(folder: &Path, changes: &[Change]) -> [(PathBuf, Vec<u8>); 2] {
    let path = folder.join("whole.db");
    let mut store = Store::open(&path).unwrap();
    let (first, last) = changes.split_at(changes.len() / 2);
    store.keep(first).unwrap();
    drop(store);
    let mut store = Store::open(&path).unwrap();
    for changes in last.chunks(12) {
        store.keep(changes).unwrap();
    }
    let copied = ["", "-wal"].map(|ending| {
        let to = with_suffix(&folder.join("library.db"), ending);
        (to, std::fs::read(with_suffix(&path, ending)).unwrap())
    });
    drop(store);
    copied
}

#[test]
fn a_flipped_bit_is_told_or_harms_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let changes = many();
    let expected = state_of(&changes);
    let files = killed(folder.path(), &changes);
    let path = &files[0].0;
    let (mut told, mut read) = (0, 0);
    for broken in 0..files.len() {
        let bits = files[broken].1.len() * 8;
        for at in (0..bits).step_by(bits / 150) {
            // A different bit for each byte.
            let at = (at + at / 150 % 8).min(bits - 1);
            let _ = std::fs::remove_file(with_suffix(path, "-shm"));
            for (number, (file, bytes)) in files.iter().enumerate() {
                let mut bytes = bytes.clone();
                if number == broken {
                    bytes[at / 8] ^= 1 << (at % 8);
                }
                std::fs::write(file, bytes).unwrap();
            }
            let bytes = || {
                files
                    .each_ref()
                    .map(|(file, _)| std::fs::read(file).unwrap())
            };
            let before = bytes();
            let Ok(store) = Store::open(path) else {
                told += 1;
                continue;
            };
            let state = store.load().unwrap();
            if store.access() == Access::ReadWrite {
                assert_eq!(state, expected, "bit {at} of {broken}");
                continue;
            }
            told += 1;
            let damage = store.damage().unwrap();
            assert!(!damage.faults.is_empty());
            let left = state.entries().len();
            read += left;
            // A flipped bit costs at most the rows of one page.
            assert!(
                left + 100 > changes.len(),
                "bit {at} of {broken}: {left} {damage:?}"
            );
            drop(store);
            assert!(bytes() == before, "it is left as it is");
        }
    }
    assert!(
        told > 100 && read > 100 * expected.entries().len(),
        "{told} {read}"
    );
}

/// Tests a log in which pages of a transaction that was rolled back, or whose writer was killed,
/// follow the committed pages.
#[test]
fn what_was_never_committed_is_no_damage() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let mut store = Store::open(&path).unwrap();
    store.keep(&[Change::Read(article(1), true)]).unwrap();
    let before = std::fs::metadata(with_suffix(&path, "-wal")).unwrap().len();
    let other = Connection::open(&path).unwrap();
    // A cache this small has pages written before they are committed.
    other
        .execute_batch("PRAGMA cache_size = 1; BEGIN IMMEDIATE")
        .unwrap();
    for number in 0..200 {
        let row = (format!("query {number}"), "x".repeat(3_000));
        other
            .execute("INSERT INTO kept (entry, change) VALUES (?1, ?2)", row)
            .unwrap();
    }
    other.execute_batch("ROLLBACK").unwrap();
    store.keep(&[Change::Read(article(2), true)]).unwrap();
    let log = std::fs::metadata(with_suffix(&path, "-wal")).unwrap().len();
    assert!(log > before + 100_000, "the pages are there: {log}");
    let again = Store::open(&path).unwrap();
    assert_eq!(again.access(), Access::ReadWrite);
    assert!(again.load().unwrap().is_read(article(2)));
}
