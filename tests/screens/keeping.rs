//! What the reader adds: marked, found again, undone, and handed over to be written.

use kutip::app::command::COMMANDS;
use kutip::app::picker::Choice;
use kutip::app::{Effect, Report};
use kutip::library::{Access, Change, State};
use kutip::work::LibraryReport;

use crate::fiction::{corpus, many};
use crate::harness::Reader;

fn reader() -> Reader {
    Reader::with_library(120, 40, corpus(), State::default())
}

/// The state that the changes of one session leave in a library.
fn written(reader: &Reader) -> State {
    let mut state = State::default();
    for change in reader.kept() {
        state.apply(&change);
    }
    state
}

#[test]
fn an_article_is_read_when_it_was_open_for_a_moment() {
    let mut reader = reader();
    assert!(reader.screen().contains('•'));
    reader.press("Enter h");
    let reads = |reader: &Reader| {
        let kept = reader.kept().into_iter();
        kept.filter(|change| matches!(change, Change::Read(_, true)))
            .count()
    };
    assert_eq!(reads(&reader), 0, "only glanced at");
    reader.press("Enter");
    reader.session.runner.now = 5_000;
    reader.press("j");
    assert_eq!(reads(&reader), 1);
    reader.press("h / 'is:unread' Enter");
    assert_eq!(reader.app().list.ids.len(), 3);
    reader.press("Esc r");
    assert!(reader.screen().contains("marked as"));
    reader.press("u");
    assert!(reader.screen().contains("undone: marked as"));
}

#[test]
fn tags_are_typed_completed_searched_and_undone() {
    let mut reader = reader();
    reader.press("t 'penting' Enter");
    assert!(reader.screen().contains("#penting"));
    reader.press("j t 'pen' Tab Enter / 'tag:Penting' Enter");
    assert_eq!(reader.app().list.ids.len(), 2);
    reader.press("u");
    assert_eq!(reader.app().list.ids.len(), 1, "the list follows");
    assert!(reader.screen().contains("undone: tag “penting” taken off"));
    reader.press("Ctrl-r Esc");
    assert_eq!(written(&reader).all_tags().get("penting"), Some(&2));
    reader.press("g# Enter");
    assert_eq!(reader.app().list.ids.len(), 2, "a tag is a filter");
}

#[test]
fn marks_lead_back_and_say_when_there_is_none() {
    let mut reader = reader();
    reader.press("j Enter m a h k k ` a");
    let marked = reader.title();
    reader.press("h k");
    assert_ne!(reader.title(), marked);
    reader.press("`a");
    assert_eq!(reader.title(), marked);
    reader.press("`z");
    assert!(reader.screen().contains("no mark `z`"));
    reader.press("g` x");
    assert!(written(&reader).marks().is_empty());
    reader.press("u q");
    assert_eq!(written(&reader).marks().len(), 1);
}

#[test]
fn a_note_stands_on_its_passage_and_an_orphaned_one_says_so() {
    let mut reader = reader();
    reader.press("Enter ]q a 'cek_rekaman' Enter");
    let state = written(&reader);
    let note = state.notes().values().next().unwrap();
    assert_eq!(&*note.text, "cek rekaman");
    assert!(!note.place.words.is_empty());
    assert!(reader.screen().contains('✎'));
    reader.press("gn");
    let screen = reader.screen();
    assert!(screen.contains("cek rekaman") && screen.contains(&*note.place.key));

    let mut old = note.clone();
    old.place.words = "words that nobody wrote".into();
    old.place.article = kutip::model::ContentKey::of("an earlier text");
    let mut kept = State::default();
    let id = state.notes().keys().next().unwrap().clone();
    kept.apply(&Change::Note(id, Some(old)));
    let mut later = Reader::with_library(120, 40, corpus(), kept);
    later.press("gn");
    assert!(later.screen().contains("orphaned"), "{}", later.screen());
    later.press("Enter");
    assert!(later.screen().contains("not in these articles"));
}

#[test]
fn reading_goes_on_where_it_stopped_in_an_earlier_session() {
    let mut reader = Reader::with_library(60, 10, corpus(), State::default());
    reader.press("j j Enter G");
    let (title, top) = (
        reader.title(),
        reader.app().reader.open.as_ref().unwrap().top,
    );
    assert!(top > 0);
    reader.press("Ctrl-c");
    let mut later = Reader::with_library(60, 10, corpus(), written(&reader));
    later.press("j j Enter");
    assert_eq!(later.title(), title);
    assert_eq!(later.app().reader.open.as_ref().unwrap().top, top);
}

#[test]
fn a_saved_query_is_listed_with_its_count_and_recalled() {
    let mut reader = reader();
    reader.press("/ 'reef' Enter gQ 'terumbu' Enter Esc gq");
    assert!(reader.screen().contains("terumbu"));
    let asked = reader.session.runner.asked.iter();
    let counts: Vec<_> = asked
        .filter_map(|effect| match effect {
            Effect::Count(request) => Some(request.respond(vec![("reef".into(), 1)])),
            _ => None,
        })
        .collect();
    let [counts] = &counts[..] else {
        panic!("counts were asked for once");
    };
    reader.report(Report::Counts(counts.clone()));
    assert!(reader.screen().contains("1 article"));
    reader.press("Enter");
    assert_eq!(reader.app().list.ids.len(), 1);
}

#[test]
fn counts_that_come_late_stand_beside_their_own_queries() {
    let mut reader = reader();
    reader.press("/ 'reef' Enter gQ 'terumbu' Enter Esc");
    reader.press("/ 'council' Enter gQ 'dewan' Enter Esc gq");
    let listed = |reader: &Reader| {
        let screen = reader.screen();
        let rows = screen.lines().filter(|row| row.contains("article"));
        rows.map(str::to_owned).collect::<Vec<_>>()
    };
    let asked = reader.session.runner.asked.pop();
    // One is taken away before its count is there.
    reader.press("x");
    let Some(Effect::Count(request)) = asked else {
        panic!("counts were asked for");
    };
    let counts = vec![("council".into(), 7), ("reef".into(), 1)];
    reader.report(Report::Counts(request.respond(counts)));
    let rows = listed(&reader);
    let has = |name: &str, count: &str| {
        let is_it = |row: &&String| row.contains(name) && row.contains(count);
        rows.iter().filter(is_it).count()
    };
    assert_eq!(
        (has("dewan", "7 art"), has("terumbu", "1 article")),
        (0, 1),
        "{rows:?}"
    );
}

#[test]
fn a_count_stands_beside_its_query_whatever_became_of_the_list() {
    let mut reader = reader();
    for (words, name) in [("'reef'", "'karang'"), ("'lareng'", "'kota'")] {
        reader.press(&format!("/ {words} Enter gQ {name} Enter Esc"));
    }
    reader.press("gq");
    let Some(Effect::Count(request)) = reader.session.runner.asked.pop() else {
        panic!("counts were asked for");
    };
    reader.press("x");
    let counts = vec![("reef".into(), 7), ("lareng".into(), 9)];
    let late = request.respond(counts.clone());
    reader.report(Report::Counts(request.respond(counts)));
    let screen = reader.screen();
    assert!(
        screen.contains("9 articles") && !screen.contains("7 articles"),
        "{screen}"
    );
    reader.press("q gq");
    reader.report(Report::Counts(late));
    assert!(
        !reader.screen().contains("9 articles"),
        "an answer to an earlier request"
    );
}

#[test]
fn what_fails_beside_the_reader_is_told_and_waited_for_no_longer() {
    use kutip::work::{Failed, ReloadReport, Work, attempt};
    let mut reader = reader();
    let fail = |work| -> Failed {
        attempt(work, || panic!("broken"))
            .map(|(): ()| ())
            .unwrap_err()
    };
    reader.press("R");
    assert!(reader.screen().contains("reading all files again"));
    let failed = ReloadReport::Failed(fail(Work::Reload));
    reader.report(Report::Reload(Ok(failed)));
    let screen = reader.screen();
    assert!(screen.contains("please report (tests/screens/"), "{screen}");
    let asked = |reader: &Reader| {
        let asked = reader.session.runner.asked.iter();
        asked
            .filter(|effect| matches!(effect, Effect::Reload(_)))
            .count()
    };
    assert_eq!(asked(&reader), 1);
    reader.press("R");
    assert_eq!(asked(&reader), 2, "it can be asked for again");
}

#[test]
fn next_unread_passes_over_what_was_read() {
    let mut reader = reader();
    reader.press("j r k ]u");
    assert_eq!(reader.app().list.cursor.at, 2);
}

#[test]
fn a_library_that_fails_is_told_and_reading_goes_on() {
    let mut reader = reader();
    let failed = "library.db: the disk is full; the last change is not kept";
    reader.report(Report::LibraryWriter(LibraryReport::Failed(
        failed.to_owned(),
    )));
    assert!(reader.screen().contains("the disk is full"));
    reader.press("j r");
    assert!(reader.screen().contains("marked as read"));
}

#[test]
fn a_library_that_may_only_be_read_is_told_and_reading_goes_on() {
    let mut reader = reader();
    let opened = LibraryReport::Opened(Box::default(), Access::ReadOnly);
    reader.report(Report::LibraryWriter(opened));
    assert!(reader.screen().contains("cannot be written"));
    reader.press("j r Enter");
    let screen = reader.screen();
    assert!(screen.contains("▸ Text") && screen.contains("not kept"));
}

#[test]
fn every_command_runs_everywhere_without_harm() {
    for (corpus, places) in [
        (
            corpus(),
            ["", "Enter", "Enter Tab", "Enter v", "?", "/ 'a'"].as_slice(),
        ),
        (many(0), &["", "Tab"]),
    ] {
        for keys in places {
            for info in COMMANDS {
                let mut reader = Reader::with_library(100, 30, corpus.clone(), State::default());
                reader.press(keys);
                reader
                    .session
                    .app
                    .layers
                    .overlays
                    .push(run_by_palette(info.command).into());
                reader.press("Enter j Esc Esc");
            }
        }
    }
}

fn run_by_palette(command: kutip::app::command::Command) -> kutip::app::picker::Picker {
    let item = kutip::app::picker::Item {
        text: command.info().name.to_owned(),
        choice: Choice::Run(command),
        ..kutip::app::picker::Item::default()
    };
    kutip::app::picker::Picker::new("Commands", "", vec![item])
}

#[test]
fn stories_and_tags_are_filtered_and_completed() {
    let mut reader = Reader::with_library(120, 40, crate::affair::corpus(), State::default());
    reader.press("/ 'story:jemb' Tab Enter");
    assert_eq!(reader.app().list.ids.len(), 3, "{}", reader.screen());
    reader.press("Esc t 'cek_fakta' Enter / 'tag:ce' Tab Enter");
    assert_eq!(reader.app().list.ids.len(), 1, "{}", reader.screen());
}

#[test]
fn all_faults_of_the_settings_are_listed() {
    let mut reader = reader();
    let faults = [
        "config.toml:3: `thema` is not a setting",
        "config.toml:9: no",
    ];
    let faults = faults.map(str::to_owned).to_vec();
    reader.session.app.report_settings_faults(faults);
    assert!(reader.screen().contains("thema"));
    reader.press("!");
    let screen = reader.screen();
    assert!(screen.contains("config.toml:3") && screen.contains("config.toml:9"));
}

#[test]
fn a_plain_screen_has_no_lines_to_be_spoken() {
    for keys in ["", "Enter", "?", "gE", "gM", "gV Enter", "gD", "g C", "T"] {
        let mut reader = Reader::new(120, 40, crate::affair::corpus());
        reader.session.app.view.signs = kutip::app::Signs::Plain;
        reader.press("G").press(keys);
        let screen = reader.screen();
        let drawn = screen
            .chars()
            .find(|c| ('\u{2500}'..='\u{25ff}').contains(c));
        assert_eq!(drawn, None, "{keys}:\n{screen}");
    }
}
