//! Charts: the timeline, the matrix, and the numbers of speakers, stories and outlets as ink.

use kutip::app::boards::Board;
use kutip::app::matrix::Matrix;
use kutip::app::timeline::{Line, Timeline};
use kutip::app::{Report, Signs};
use kutip::model::{Article, BlockKind, Corpus, Origin, QuoteKind};
use ratatui::style::Modifier;

use crate::affair;
use crate::fiction::Story;
use crate::harness::Reader;

/// An article in which a speaker says `count` things.
fn said(day: (i32, u32, u32), outlet: &str, speaker: &str, count: usize) -> Article {
    let key = format!("{outlet}-{day:?}-{speaker}.txt");
    let mut story = Story::new(&key).block(BlockKind::Title, &format!("{speaker} berbicara"));
    for number in 0..count {
        let words = format!("Perkara ke-{number} pada hari {} sudah kami catat", day.2);
        let sentence = format!("“{words},” kata {speaker}.");
        story = story.block(BlockKind::Paragraph, &sentence);
        let kind = if number % 3 == 2 {
            QuoteKind::Indirect
        } else {
            QuoteKind::Direct
        };
        story = story.quote(kind, &words, Some(speaker));
    }
    story
        .outlet(outlet, Origin::Page)
        .date(day.0, day.1, day.2)
        .end()
}

/// Two weeks of statements, a year of silence, one more statement, and one with a date that is far
/// outside.
fn busy() -> Corpus {
    let (a, b, c) = ("Warta Bahari", "Suara Melur", "Kabar Hilir");
    let (one, two) = ("Prawira Sudarma", "Melati Anggraini");
    Corpus::from_articles(vec![
        said((2024, 7, 1), a, one, 2),
        said((2024, 7, 3), a, one, 6),
        said((2024, 7, 3), b, one, 4),
        said((2024, 7, 3), c, two, 2),
        said((2024, 7, 4), b, two, 3),
        said((2024, 7, 9), c, one, 1),
        said((2024, 7, 14), a, two, 2),
        said((2025, 7, 20), b, one, 1),
        said((1970, 1, 1), c, two, 1),
    ])
}

fn timeline(reader: &Reader) -> &Timeline {
    match reader.app().layers.boards.last() {
        Some(Board::Timeline(timeline)) => timeline,
        other => panic!("no timeline: {other:?}"),
    }
}

fn matrix(reader: &Reader) -> &Matrix {
    match reader.app().layers.boards.last() {
        Some(Board::Matrix(matrix)) => matrix,
        other => panic!("no matrix: {other:?}"),
    }
}

#[test]
fn charts_in_dark_and_light() {
    let views = [
        ("timeline", "gD"),
        ("timeline_speakers", "gD s v l l"),
        ("timeline_unfolded", "gD Enter j"),
        ("matrix", "gM w"),
        ("matrix_per_article", "gM w l s a"),
        ("speakers", "gS"),
        ("outlets", "go"),
    ];
    for theme in ["dark", "light"] {
        for (width, height) in [(80, 24), (120, 40), (200, 50)] {
            for (name, keys) in views {
                let mut reader = Reader::empty(width, height, theme);
                reader.report(Report::Corpus(busy()));
                reader.report(Report::Loaded);
                reader.press(keys);
                let name = format!("{width}x{height}_{name}_{theme}");
                insta::assert_snapshot!(name, reader.styled());
            }
        }
    }
}

#[test]
fn charts_without_colour_or_block_signs() {
    for (name, theme, signs) in [
        ("mono", "mono", Signs::Usual),
        ("ansi", "ansi", Signs::Usual),
        ("ascii", "mono", Signs::Ascii),
        ("plain", "dark", Signs::Plain),
    ] {
        for (view, keys) in [("timeline", "gD"), ("matrix", "gM w"), ("speakers", "gS")] {
            let mut reader = Reader::empty(100, 30, theme);
            reader.session.app.view.signs = signs;
            reader.report(Report::Corpus(busy()));
            reader.report(Report::Loaded);
            reader.press(keys);
            insta::assert_snapshot!(format!("100x30_{view}_{name}"), reader.screen());
        }
    }
}

#[test]
fn a_timeline_opens_at_the_day_with_most_and_unfolds_it() {
    let mut reader = Reader::new(120, 40, busy());
    reader.press("gD");
    let shown = timeline(&reader);
    let day = shown.bin().and_then(|bin| bin.start).unwrap();
    assert_eq!(day.to_string(), "2024-07-03");
    let steps = shown.lines.len();
    reader.press("Enter");
    assert_eq!(timeline(&reader).lines.len(), steps + 12);
    reader.press("j j");
    assert!(matches!(
        timeline(&reader).lines[timeline(&reader).cursor.at],
        Line::Statement(_)
    ));
    reader.press("Enter");
    assert!(
        reader.app().layers.boards.is_empty(),
        "it leads to the text"
    );
    assert_eq!(reader.title(), "Prawira Sudarma berbicara");
}

#[test]
fn a_silence_is_folded_and_said_and_a_far_date_is_marked() {
    let mut reader = Reader::new(120, 40, busy());
    reader.press("gD");
    let screen = reader.screen();
    assert!(screen.contains("370 days of silence"), "{screen}");
    assert!(screen.contains("⋯"), "{screen}");
    assert!(screen.contains("a date far outside the corpus"), "{screen}");
    // The cursor passes over a silence.
    reader.press("G k");
    let shown = timeline(&reader);
    assert!(matches!(shown.lines[shown.cursor.at], Line::Step(_)));
    assert!(matches!(shown.lines[shown.cursor.at + 1], Line::Silence(_)));
}

#[test]
fn a_brushed_range_becomes_the_filter() {
    let mut reader = Reader::new(120, 40, busy());
    reader.press("/ 'berbicara_date:2020' Enter gD v l l");
    assert!(reader.screen().contains("filter by this range"));
    reader.press("Enter");
    assert_eq!(
        reader.app().filter.words,
        "berbicara date:2024-07-03..2024-07-09"
    );
    assert_eq!(reader.app().list.count, 5);
    assert!(reader.app().layers.is_empty());
    // Dropped, it leaves the filter as it is.
    reader.press("gD v l v Enter q");
    assert_eq!(
        reader.app().filter.words,
        "berbicara date:2024-07-03..2024-07-09"
    );
}

#[test]
fn steps_and_scopes_change_and_the_place_is_kept() {
    let mut reader = Reader::new(120, 40, busy());
    reader.press("gD z");
    let day = |reader: &Reader| timeline(reader).bin().unwrap().start.unwrap().to_string();
    assert_eq!(day(&reader), "2024-07-01");
    assert!(reader.screen().contains("by week"));
    reader.press("z");
    assert_eq!(timeline(&reader).histogram.bins.len(), 3);
    reader.press("q Enter gD");
    let whole = timeline(&reader).histogram.count;
    reader.press("w");
    assert!(timeline(&reader).histogram.count > whole, "all of them");
}

#[test]
fn counts_of_a_timeline_agree_with_its_statements() {
    let mut reader = Reader::new(120, 40, busy());
    reader.press("gD");
    for _ in 0..3 {
        let histogram = &timeline(&reader).histogram;
        let mut sum = 0;
        for bin in &histogram.bins {
            for counts in &bin.by {
                assert_eq!(counts.iter().sum::<u32>() as usize, bin.quotes.len());
            }
            sum += bin.quotes.len();
        }
        assert_eq!(sum, histogram.count);
        assert_eq!(sum, 22);
        reader.press("z");
    }
}

#[test]
fn a_matrix_sorts_by_any_column_and_sums_rows_and_columns() {
    let mut reader = Reader::new(120, 40, busy());
    reader.press("gM w");
    let names = |reader: &Reader| -> Vec<String> {
        matrix(reader)
            .rows()
            .map(|row| row.name.to_string())
            .collect()
    };
    assert_eq!(names(&reader), ["Prawira Sudarma", "Melati Anggraini"]);
    let grid = &matrix(&reader).grid;
    let outlets: Vec<_> = grid.columns.iter().map(|one| one.name.as_deref()).collect();
    let hilir = outlets.iter().position(|name| *name == Some("Kabar Hilir"));
    assert_eq!(grid.count_in(hilir.unwrap()), 4);
    for _ in 0..hilir.unwrap() {
        reader.press("l");
    }
    reader.press("s");
    assert_eq!(names(&reader), ["Melati Anggraini", "Prawira Sudarma"]);
    assert!(
        reader.screen().contains("Kabar Hilir↓"),
        "{}",
        reader.screen()
    );
    assert_eq!(
        matrix(&reader).row().unwrap().name.as_ref(),
        "Prawira Sudarma"
    );
    reader.press("s");
    assert_eq!(names(&reader), ["Prawira Sudarma", "Melati Anggraini"]);
    reader.press("a");
    assert!(reader.screen().contains("per article"));
    reader.press("l l l l Enter");
    let listed = reader.app().layers.picker().unwrap().items.len();
    assert_eq!(
        listed,
        matrix(&reader).row().unwrap().count(),
        "all outlets"
    );
}

#[test]
fn an_outlet_that_leaves_somebody_out_shows_it() {
    let mut reader = Reader::new(120, 40, affair::corpus());
    reader.press("gM w");
    let screen = reader.screen();
    let row = screen.lines().find(|line| line.contains("Laksmi")).unwrap();
    assert_eq!(row.matches('·').count(), 3, "{screen}");
    assert!(row.contains("▒▒▒ 1"), "{screen}");
}

#[test]
fn indirect_speech_is_in_italics_and_direct_speech_in_its_marks() {
    let mut reader = Reader::new(120, 40, busy());
    reader.press("gD Enter j j j");
    assert!(reader.screen().contains("“Perkara ke-0 pada hari 3"));
    let italic = reader.cell("Perkara ke-2 pada hari 3");
    assert!(italic.modifier.contains(Modifier::ITALIC));
    assert!(!reader.screen().contains("“Perkara ke-2"));
}

#[test]
fn an_outlet_filters_the_list() {
    let mut reader = Reader::new(120, 40, busy());
    reader.press("go / 'melur' Enter Enter");
    assert_eq!(reader.app().filter.words, "outlet:\"Suara Melur\"");
    assert_eq!(reader.app().list.count, 3);
}

#[test]
fn exports_of_charts_are_charts() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::new(120, 40, busy());
    let mut write = |keys: &str, name: &str| {
        let path = folder.path().join(name);
        reader.press(keys);
        reader.press("gw");
        let typed = format!("'{}'", path.display());
        reader.press(&typed).press("Enter q");
        std::fs::read_to_string(&path).unwrap()
    };
    let page = write("gM w", "matrix.html");
    assert!(page.contains("<table class=\"matrix\">"), "{page}");
    assert!(page.contains("<a href=\"#r0c0\">"), "{page}");
    assert!(page.contains("<h3 id=\"r0c0\">"), "{page}");
    let table = write("gM w", "matrix.csv");
    let mut lines = table.lines();
    assert!(lines.next().unwrap().starts_with("speaker,"));
    assert_eq!(lines.last().unwrap().split(',').next_back(), Some("22"));
    let lines = write("gM w", "matrix.jsonl");
    assert_eq!(lines.lines().count(), 2);
    let page = write("gM w", "matrix.md");
    assert!(page.contains("| Prawira Sudarma |"), "{page}");
    let page = write("gD", "timeline.html");
    assert!(page.contains("<table class=\"timeline\">"), "{page}");
    assert!(page.contains("<a href=\"#s1\">2024-07-01</a>"), "{page}");
    assert!(page.contains("<article id=\"s1\">"), "{page}");
    let page = write("gD", "timeline.md");
    assert!(page.contains("| 2024-07-03 | 12 |"), "{page}");
    let table = write("gD", "timeline.csv");
    assert_eq!(table.lines().count(), 23);
}

#[test]
fn charts_fit_every_size() {
    for keys in [
        "gD",
        "gD Enter",
        "gD v G",
        "gM",
        "gM w l l s",
        "gS",
        "ge",
        "go",
    ] {
        let mut reader = Reader::new(100, 50, busy());
        reader.press(keys);
        for (width, height) in [
            (200, 50),
            (61, 20),
            (40, 12),
            (20, 6),
            (5, 3),
            (1, 1),
            (120, 40),
        ] {
            reader.resize(width, height);
            reader.press("Down Up G Ctrl-u");
            assert_eq!(reader.buffer().area.width, width, "{keys}");
        }
    }
}
