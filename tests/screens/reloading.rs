//! What becomes of one's place when the files are read anew.

use kutip::app::groups::{Fold, Line};
use kutip::app::{Effect, Report};
use kutip::model::{Article, Corpus};
use kutip::work::{Loaded, ReloadReport, ReloadRequest, Reloaded};

use crate::fiction::corpus;
use crate::harness::{Reader, sample};

const HARBOUR: &str = "Wali Kota Lareng Tutup Pelabuhan Tua Selama Tiga Bulan";

/// What the reader asked to have read anew, last.
fn asked(reader: &Reader) -> Option<ReloadRequest> {
    let asked = reader.session.runner.asked.iter().rev();
    let mut requests = asked.filter_map(|effect| match effect {
        Effect::Reload(request) => Some(request.clone()),
        _ => None,
    });
    requests.next()
}

/// Reads anew what `change` makes of the articles.
fn reload(reader: &mut Reader, change: impl FnOnce(&mut Vec<Article>)) {
    let request = asked(reader).expect("a reloading is asked for");
    let mut articles: Vec<_> = request.corpus.iter().map(|(_, a)| a.clone()).collect();
    change(&mut articles);
    let loaded = Loaded {
        corpus: Corpus::from_articles(articles),
        ..Loaded::default()
    };
    let done = ReloadReport::Done(Box::new(Reloaded::of(&request, loaded)));
    reader.report(Report::Reload(Ok(done)));
}

fn first_rows(reader: &Reader) -> Vec<String> {
    let open = reader.app().reader.open.as_ref().unwrap();
    let article = reader.app().article().unwrap();
    let rows = open.page.rows.iter().skip(open.top).take(4);
    rows.map(|row| open.page.words(article, row.span).to_owned())
        .collect()
}

#[test]
fn other_articles_come_and_go_around_the_place() {
    let mut reader = Reader::new(100, 12, corpus());
    reader.press("j j Enter j j j j j j v l l l Esc R");
    let (rows, len) = (first_rows(&reader), reader.app().list.ids.len());
    reload(&mut reader, |articles| {
        let mut added = articles[0].clone();
        added.key = "new".into();
        added.text = format!("{} ", &*added.text).into();
        articles.insert(0, added);
        articles.pop();
    });
    assert_eq!(reader.title(), HARBOUR);
    assert_eq!(first_rows(&reader), rows);
    assert_eq!(reader.app().list.ids.len(), len);
    assert!(reader.screen().contains("1 added, 1 removed"));
}

#[test]
fn the_filter_and_the_tray_stay() {
    let mut reader = Reader::new(100, 20, corpus());
    reader.press("/ 'lareng' Enter l c R");
    let tray = reader.app().library.tray.entries().len();
    reload(&mut reader, |articles| articles.reverse());
    assert_eq!(reader.app().list.ids.len(), 1);
    assert_eq!(reader.title(), HARBOUR);
    assert_eq!(reader.app().library.tray.entries().len(), tray);
    let app = reader.app();
    let lies = app.library.tray.entries()[0].article();
    assert_eq!(
        app.corpus.get(lies).unwrap().key,
        app.article().unwrap().key
    );
}

#[test]
fn unfolded_stories_stay_unfolded() {
    let mut reader = Reader::new(120, 40, sample());
    reader.press("gE");
    let folds = |reader: &Reader| -> Vec<_> {
        let list = &reader.app().list;
        let lines = (0..list.len()).filter_map(|at| list.line(at));
        let headings = lines.filter_map(|line| match line {
            Line::Heading(heading) => Some((heading.fold, line.article())),
            Line::Member(_) | Line::Single(_) => None,
        });
        let key = |id| reader.app().corpus.get(id).unwrap().key.clone();
        let mut told: Vec<_> = headings
            .map(|(fold, id)| (fold == Fold::Open, key(id)))
            .collect();
        told.sort();
        told
    };
    reader.press("gg j j za R");
    let before = folds(&reader);
    assert!(before.iter().any(|(is_open, _)| *is_open), "{before:?}");
    assert!(before.iter().any(|(is_open, _)| !*is_open), "{before:?}");
    reload(&mut reader, |articles| {
        let mut added = articles[0].clone();
        added.key = "new".into();
        added.text = "Satu baris saja.".into();
        articles.insert(0, added);
        articles[1..].reverse();
    });
    assert_eq!(folds(&reader), before);
}

#[test]
fn what_waits_is_shown_once_nothing_lies_over_it() {
    let mut reader = Reader::new(100, 20, corpus());
    reader.press("?");
    reader.report(Report::Changed);
    reload(&mut reader, |articles| articles.truncate(2));
    assert_eq!(reader.app().corpus.len(), 4);
    reader.press("Esc");
    assert_eq!(reader.app().corpus.len(), 2);
    assert_eq!(reader.app().list.ids.len(), 2);
}

#[test]
fn an_article_that_is_gone_is_told_and_the_next_is_shown() {
    let mut reader = Reader::new(100, 20, corpus());
    reader.press("j j Enter R");
    let gone = reader.app().article().unwrap().key.clone();
    reload(&mut reader, |articles| articles.retain(|a| a.key != gone));
    assert!(
        reader.screen().contains("no longer there"),
        "{}",
        reader.screen()
    );
    assert_ne!(reader.title(), HARBOUR);
    assert!(reader.app().reader.open.is_some());
}

#[test]
fn a_change_while_files_are_read_anew_has_them_read_once_more() {
    let mut reader = Reader::new(100, 20, corpus());
    let count = |reader: &Reader| {
        let asked = reader.session.runner.asked.iter();
        asked.filter(|e| matches!(e, Effect::Reload(_))).count()
    };
    reader.report(Report::Changed);
    reader.report(Report::Changed);
    reader.press("R");
    assert_eq!(count(&reader), 1);
    reload(&mut reader, |_| {});
    assert_eq!(count(&reader), 2);
    reload(&mut reader, |_| {});
    assert_eq!(count(&reader), 2);
    assert!(reader.screen().contains("nothing has changed"));
}

#[test]
fn what_cannot_be_read_twice_is_told() {
    let mut reader = Reader::new(100, 20, corpus());
    reader.press("R");
    let reason = "standard input cannot be read twice".to_owned();
    reader.report(Report::Reload(Err(reason.clone())));
    assert!(reader.screen().contains(&reason));
}
