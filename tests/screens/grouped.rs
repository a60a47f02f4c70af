//! The list grouped by story.

use kutip::app::groups::{Fold, Line};
use kutip::app::{Msg, Report};

use crate::harness::{Reader, sample};

/// The lines of the list: `+` folded, `-` unfolded, `  ` an article below a heading.
fn lines(reader: &Reader) -> Vec<String> {
    let list = &reader.app().list;
    let title = |line: Line| {
        let article = reader.app().corpus.get(line.article()).unwrap();
        let title = article.title().unwrap_or_default().into_owned();
        title.chars().take(20).collect::<String>()
    };
    let lines = (0..list.len()).filter_map(|at| list.line(at));
    let told = lines.map(|line| match line {
        Line::Heading(heading) if heading.fold == Fold::Closed => format!("+ {}", heading.shown),
        Line::Heading(heading) => format!("- {}", heading.shown),
        Line::Member(_) => format!("  {}", title(line)),
        Line::Single(_) => title(line),
    });
    told.collect()
}

#[test]
fn articles_of_a_story_stand_under_its_heading() {
    let mut reader = Reader::new(120, 40, sample());
    let flat = reader.app().list.len();
    reader.press("gE");
    let folded = lines(&reader);
    let hidden: usize = folded
        .iter()
        .filter_map(|line| line.strip_prefix("+ ")?.parse::<usize>().ok())
        .sum();
    let headings = folded.iter().filter(|line| line.starts_with("+ ")).count();
    assert!(headings > 1, "{folded:?}");
    assert_eq!(folded.len() - headings + hidden, flat, "none is lost");
    reader.press("zR");
    assert_eq!(lines(&reader).len(), flat + headings);
    reader.press("zM");
    assert_eq!(lines(&reader), folded);
    reader.press("gE");
    assert_eq!(reader.app().list.len(), flat);
}

#[test]
fn a_heading_opens_and_closes_and_the_text_shows_its_first_article() {
    let mut reader = Reader::new(120, 40, sample());
    reader.press("gE j j");
    assert!(matches!(
        reader.app().list.current(),
        Some(Line::Heading(_))
    ));
    let title = reader.title();
    reader.press("Enter");
    assert_eq!(lines(&reader)[2], "- 2");
    reader.press("j");
    assert_eq!(reader.title(), title, "the heading stood for its first");
    reader.press("j za");
    assert_eq!(lines(&reader)[2], "+ 2", "za folds from within");
    assert_eq!(reader.app().list.cursor.at, 2);
}

#[test]
fn the_selection_is_kept_through_grouping_and_filtering() {
    let mut reader = Reader::new(120, 40, sample());
    reader.press("j j j");
    let title = reader.title();
    reader.press("gE");
    assert_eq!(reader.title(), title, "its story is unfolded");
    reader.press("/ 'carrow' Enter");
    assert_eq!(reader.title(), title);
    assert!(
        lines(&reader).iter().any(|line| line.starts_with("- ")),
        "a filtered list is grouped, too"
    );
    reader.press("Esc gE");
    assert_eq!(reader.title(), title);
}

#[test]
fn a_heading_counts_what_the_filter_leaves() {
    let mut reader = Reader::new(120, 40, sample());
    reader.press("gE / 'outlet:pasangcom' Enter");
    assert!(
        reader.screen().contains("1 of 2 articles"),
        "{}",
        reader.screen()
    );
}

#[test]
fn the_next_article_may_be_in_a_folded_story() {
    let mut reader = Reader::new(120, 40, sample());
    let order = |keys: &str| {
        let mut reader = Reader::new(120, 40, sample());
        reader.press(keys).press("Enter J J J");
        reader.title()
    };
    reader.press("gE Enter J J");
    assert!(
        lines(&reader).iter().any(|line| line.starts_with("- ")),
        "it is unfolded for it"
    );
    assert_eq!(order("gE"), order("gE zR"));
}

#[test]
fn a_list_is_grouped_once_the_stories_are_known() {
    let mut reader = Reader::empty(120, 40, "dark");
    reader.report(Report::Corpus(sample()));
    reader.press("j gE");
    assert!(reader.screen().contains("still being found"));
    let (flat, title) = (reader.app().list.len(), reader.title());
    reader.send([Msg::Report(Report::Loaded)]);
    assert!(reader.app().list.len() < flat, "grouped and folded");
    assert_eq!(reader.title(), title);
}
