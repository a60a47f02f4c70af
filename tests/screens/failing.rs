//! Workers that fail: each failure is told, and nothing is waited for any longer.

use kutip::app::{App, Report};
use kutip::library::State;
use kutip::model::{BlockKind, Corpus};

use crate::fiction::Story;
use crate::harness::Reader;

/// A short article and one that is laid out beside the reader.
fn corpus() -> Corpus {
    let short = Story::new("a.txt").block(BlockKind::Title, "Surut");
    let short = short.block(BlockKind::Paragraph, "Air surut pada pagi hari.");
    let long = Story::new("b.txt").block(BlockKind::Title, "Pasang");
    let paragraph = "Air pasang naik sampai ke tangga balai kota. ".repeat(8000);
    let long = long.block(BlockKind::Paragraph, &paragraph);
    Corpus::from_articles(vec![short.end(), long.end()])
}

#[test]
fn whatever_fails_is_told_and_waited_for_no_longer() {
    let no_more = |app: &App| {
        let interface = &app.view.interface;
        let tasks = app.tasks.progress(interface);
        let waits = tasks.or_else(|| app.surveys.progress(interface));
        waits.is_none() && !app.filter.is_stale()
    };
    let mut reader = Reader::with_library(120, 40, corpus(), State::default());
    reader.press("/ 'air' Enter gQ 'air' Enter Esc gg");
    reader.session.runner.is_failing = true;
    // What is pressed, what would be shown as long as one waits, and what leads back.
    let cases = [
        ("a filter run", "/ 'pasang'", "", "Esc"),
        ("counts", "gq", "…", "q"),
        ("a comparison", "gg Space Space C", "Comparing", "q"),
        ("a file", "gw 'pasang.csv' Enter", "writing", ""),
    ];
    for (what, keys, waiting, back) in cases {
        reader.press(keys);
        let screen = reader.screen();
        assert!(screen.contains("please report ("), "{what}: {screen}");
        let is_there = !waiting.is_empty() && screen.contains(waiting);
        assert!(!is_there, "{what}: {screen}");
        assert!(no_more(reader.app()), "{what}: {screen}");
        reader.press(back);
    }
    reader.report(Report::Loaded);
    assert!(no_more(reader.app()), "a survey");
}

#[test]
fn a_text_that_cannot_be_laid_out_says_so_where_it_ends() {
    let mut reader = Reader::with_library(120, 40, corpus(), State::default());
    reader.session.runner.is_failing = true;
    reader.press("G");
    assert!(reader.screen().contains("please report ("));
    reader.press("l G");
    let screen = reader.screen();
    assert!(screen.contains("could not be laid out"), "{screen}");
    assert!(!screen.contains("is being laid out"), "{screen}");
}
