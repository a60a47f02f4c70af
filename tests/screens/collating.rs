//! What is compared and written beside the reader.

use kutip::app::{Effect, Report};
use kutip::work::CompareReport;

use crate::harness::{Reader, sample};

#[test]
fn a_long_comparison_blocks_nothing_and_can_be_stopped() {
    let mut reader = Reader::new(120, 40, sample());
    reader.session.runner.is_slow = true;
    reader.press("Space Space C");
    let screen = reader.screen();
    assert!(screen.contains("Comparing …") && screen.contains("comparing"));
    reader.press("d l =");
    reader.press("Ctrl-g");
    assert!(matches!(
        reader.session.runner.asked.last(),
        Some(Effect::Stop)
    ));
    let screen = reader.screen();
    assert!(screen.contains("▸ Articles") && !screen.contains("comparing"));
}

#[test]
fn an_answer_to_an_older_comparison_is_dropped() {
    let mut reader = Reader::new(120, 40, sample());
    reader.session.runner.is_slow = true;
    reader.press("Space Space C");
    let asked = reader.session.runner.asked.pop();
    reader.press("q");
    let Some(Effect::Compare(request)) = asked else {
        panic!("a comparison was asked for");
    };
    reader.press("C");
    let late = CompareReport::Compared(request.respond(Vec::new()));
    reader.report(Report::CompareWorker(late));
    assert!(
        reader.app().tasks.is_comparing(),
        "the newer one is awaited"
    );
}

#[test]
fn a_file_that_is_there_is_replaced_where_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.csv");
    std::fs::write(&path, "lama").unwrap();
    let name = path.to_str().unwrap();
    let mut reader = Reader::new(200, 40, sample());
    reader.press(&format!("gw '{name}' Enter"));
    assert!(reader.screen().contains("exists already"));
    assert_eq!(std::fs::read(&path).unwrap(), b"lama");
    reader.press(&format!("gw '{name}!' Enter"));
    assert!(reader.screen().contains("written: "));
    assert!(std::fs::read(&path).unwrap().starts_with(b"id,"));
}

#[test]
fn a_file_is_written_beside_the_reader_with_progress() {
    let mut reader = Reader::new(120, 40, sample());
    reader.session.runner.is_slow = true;
    reader.press("gw 'x.csv' Enter");
    assert!(reader.screen().contains("writing 0%"));
    let Some(Effect::Export(request)) = reader.session.runner.asked.pop() else {
        panic!("a file was asked for");
    };
    let report = |report| Report::CompareWorker(report);
    reader.report(report(CompareReport::Writing(request.respond(7))));
    assert!(reader.screen().contains("writing 50%"));
    reader.press("gw");
    assert!(reader.screen().contains("still being written"));
    let told = Ok(kutip::config::Sentence::new("written: {0}", &[&"x.csv"]));
    reader.report(report(CompareReport::Written(request.respond(told))));
    let screen = reader.screen();
    assert!(screen.contains("written: x.csv") && !screen.contains("writing 50%"));
}
