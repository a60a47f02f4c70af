//! Whole screens, and the styles of single cells.

use kutip::app::Report;
use kutip::app::panes::Pane;
use kutip::config::Theme;
use ratatui::style::{Color, Modifier};

use crate::affair;
use crate::fiction::corpus;
use crate::harness::Reader;

macro_rules! screen {
    ($name:literal, $reader:expr) => {
        insta::assert_snapshot!($name, $reader.screen())
    };
}

#[test]
fn medium_list_over_text() {
    let mut reader = Reader::new(80, 24, corpus());
    screen!("80x24_list", reader);
    reader.press("G k k Enter");
    screen!("80x24_text", reader);
    reader.press("Q");
    screen!("80x24_sidebar", reader);
}

#[test]
fn wide_three_panes() {
    let mut reader = Reader::new(120, 40, corpus());
    reader.press("/ 'lareng' Enter Enter");
    screen!("120x40_filtered", reader);
    reader.press("l s F");
    screen!("120x40_by_speaker", reader);
    reader.press("E");
    screen!("120x40_explain", reader);
    reader.press("q ?");
    screen!("120x40_help", reader);
}

#[test]
fn narrow_one_pane_with_wide_letters() {
    let mut reader = Reader::new(24, 10, corpus());
    screen!("24x10_list", reader);
    reader.press("j Enter");
    screen!("24x10_text", reader);
    reader.press("l");
    screen!("24x10_quotes", reader);
}

#[test]
fn empty_states_say_what_to_press() {
    let mut reader = Reader::empty(80, 24, "dark");
    reader.report(Report::Progress(1204, Some(9800)));
    screen!("80x24_reading", reader);
    reader.report(Report::Loaded);
    screen!("80x24_nothing", reader);
    let mut reader = Reader::new(80, 24, corpus());
    reader.press("/ ''zzz'");
    screen!("80x24_no_match", reader);
}

#[test]
fn a_quotation_its_number_and_its_card_share_a_colour() {
    let mut reader = Reader::new(120, 40, corpus());
    reader.press("/ 'lareng' Enter Enter");
    let (text, mark) = (
        reader.cell("Kami menutup pelabuhan ini").fg,
        reader.cell("¹“Kami").fg,
    );
    assert_eq!(text, mark);
    assert_eq!(
        reader.cell("Darma Wisesa      ").fg,
        text,
        "the card's speaker"
    );
    assert_ne!(
        reader.cell("Tiga bulan itu satu musim ikan").fg,
        text,
        "another speaker"
    );
}

#[test]
fn without_colour_nothing_is_lost() {
    let mut reader = Reader::empty(120, 40, "mono");
    reader.report(Report::Corpus(corpus()));
    reader.press("/ 'lareng' Enter Enter");
    let buffer = reader.buffer();
    let is_plain = |color: Color| color == Color::Reset;
    assert!(
        buffer
            .content()
            .iter()
            .all(|cell| is_plain(cell.fg) && is_plain(cell.bg))
    );
    assert!(
        reader.screen().contains("[1]“Kami"),
        "numbers tell quotes apart"
    );
    assert!(reader.screen().contains("▸ Text"), "a sign tells the focus");
    let words = reader.cell("Kami menutup pelabuhan ini supaya");
    assert!(words.modifier.contains(Modifier::UNDERLINED));
    assert!(
        reader
            .cell("Lareng Tutup")
            .modifier
            .contains(Modifier::UNDERLINED),
        "lit"
    );
}

#[test]
fn what_a_filter_matched_is_lit_in_list_and_text() {
    let mut reader = Reader::new(120, 40, corpus());
    let before = reader.cell("Lareng Tutup").modifier;
    assert!(!before.contains(Modifier::UNDERLINED));
    reader.press("/ 'lareng'");
    assert!(
        reader
            .cell("Lareng Tutup")
            .modifier
            .contains(Modifier::UNDERLINED)
    );
    assert!(
        reader
            .cell("Lareng.")
            .modifier
            .contains(Modifier::UNDERLINED),
        "caption"
    );
}

#[test]
fn nothing_raw_reaches_the_screen() {
    let mut reader = Reader::new(80, 24, corpus());
    reader.press("G Enter");
    let screen = reader.screen();
    assert!(screen.contains("␛[31m"), "{screen}");
    assert!(!screen.contains(['\u{1b}', '\u{202e}']));
}

/// Sizes at which every view is looked at.
const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 50)];

#[test]
fn views_of_the_whole_corpus() {
    let views = [
        ("related", "j j gr"),
        ("stories", "ge"),
        ("grouped", "gE zR j j"),
        ("all_variants", "gV"),
        ("variants", "G gV Enter"),
        ("compare", "G k k Space Space C"),
        ("matrix", "G gM"),
        ("timeline", "G Enter gD"),
    ];
    for (width, height) in SIZES {
        for (name, keys) in views {
            let mut reader = Reader::new(width, height, affair::corpus());
            reader.press(keys);
            insta::assert_snapshot!(format!("{width}x{height}_{name}"), reader.screen());
        }
    }
}

#[test]
fn every_theme_and_none() {
    for theme in Theme::embedded() {
        let theme = theme.name;
        for (width, height) in [(80, 24), (120, 40)] {
            let mut reader = Reader::empty(width, height, &theme);
            reader.report(Report::Corpus(corpus()));
            reader.report(Report::Loaded);
            reader.press("/ 'lareng' Enter Enter Q ]q");
            insta::assert_snapshot!(format!("{width}x{height}_theme_{theme}"), reader.styled());
        }
    }
}

#[test]
fn the_interface_in_indonesian() {
    for (name, keys) in [
        ("list", "gE"),
        ("help", "?"),
        ("palette", ": 'salin'"),
        ("notice", "Enter X"),
    ] {
        let mut reader = Reader::new(80, 24, affair::corpus());
        let interface = kutip::config::Interface::named("id").unwrap();
        reader.session.app.view.interface = interface;
        reader.press(keys);
        insta::assert_snapshot!(format!("80x24_id_{name}"), reader.screen());
    }
}

#[test]
fn a_wide_screen_sets_the_text_in_two_columns() {
    let mut reader = Reader::new(200, 14, corpus());
    reader.press("j j Enter Z");
    insta::assert_snapshot!("200x14_two_columns", reader.screen());
    let (rows, top) = (reader.app().height(Pane::Text), |reader: &Reader| {
        reader.app().reader.open.as_ref().unwrap().top
    });
    assert_eq!(rows, 24);
    reader.press("G");
    assert_eq!(top(&reader), 0, "all of it is seen");
    reader.press("g2");
    assert_eq!(reader.app().height(Pane::Text), 12);
    reader.press("G");
    assert!(top(&reader) > 0);
}
