//! Small things that make a reader trustworthy: faults that stay, colours that mean one person,
//! signs that stand apart.

use kutip::app::Signs;
use kutip::app::panes::Pane;
use kutip::config::Role;
use kutip::library::State;
use kutip::model::{Article, BlockKind, Corpus, Origin, QuoteKind};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use crate::affair;
use crate::fiction::{Story, corpus};
use crate::harness::Reader;

const FILL: &str = "Angin malam membawa bau garam ke ujung dermaga kayu yang panjang.";

/// A long article in which two people speak, the second one at its end.
fn long() -> Article {
    let mut story = Story::new("panjang.txt").block(BlockKind::Title, "Malam Panjang di Dermaga");
    let first = "Perahu kami belum kembali sejak sore";
    story = story.block(
        BlockKind::Paragraph,
        &format!("“{first},” kata Laksmi Wulandari."),
    );
    for at in 0..60 {
        story = story.block(BlockKind::Paragraph, &format!("{FILL} Jam {at}."));
    }
    let last = "Lampu suar menyala lagi pukul empat";
    story
        .block(
            BlockKind::Paragraph,
            &format!("“{last},” kata Haris Nugraha."),
        )
        .quote(QuoteKind::Direct, first, Some("Laksmi Wulandari"))
        .quote(QuoteKind::Direct, last, Some("Haris Nugraha"))
        .outlet("Kabar Hilir", Origin::Page)
        .date(2024, 7, 9)
        .end()
}

/// A reported clause that begins with marked words, and has more of them.
fn nested() -> Article {
    let clause = "air pasang itu wajar dan jangan panik";
    let mut article = Story::new("dalam.txt")
        .block(BlockKind::Title, "Pasang")
        .block(
            BlockKind::Paragraph,
            &format!("Menurut Haris Nugraha, {clause}."),
        )
        .quote(QuoteKind::Mixed, clause, Some("Haris Nugraha"))
        .quote(QuoteKind::Fragment, "air pasang", None)
        .quote(QuoteKind::Fragment, "jangan panik", None)
        .end();
    for inner in article.quotes.iter_mut().skip(1) {
        inner.within = Some(0);
    }
    article
}

#[test]
fn a_bad_query_keeps_its_fault_on_the_screen() {
    let mut reader = Reader::new(120, 40, affair::corpus());
    reader.press("/ 'date:kemarin-sore'");
    let before = reader.app().list.ids.clone();
    reader.press("Enter j");
    let status = reader.screen().lines().last().unwrap().to_owned();
    assert!(status.contains("date:kemarin-sore"), "{status}");
    assert!(status.contains("the list is as it was"), "{status}");
    assert_eq!(reader.app().list.ids, before);
    reader.press("Esc");
    assert!(!reader.screen().contains("as it was"));
}

#[test]
fn an_article_opens_at_the_quotation_that_was_asked_for() {
    for query in [
        "speaker:haris",
        "said:suar",
        "speaker:haris_said:suar",
        // Nobody says both; then the speaker counts.
        "speaker:haris_said:perahu",
    ] {
        let mut reader = Reader::new(120, 30, Corpus::from_articles(vec![long()]));
        reader.press(&format!("/ '{query}' Enter Enter"));
        let open = reader.app().reader.open.as_ref().unwrap();
        assert_eq!(open.current, Some(1), "{query}");
        let shown = reader.screen().contains("Lampu suar menyala lagi");
        assert!(shown, "{query}:\n{}", reader.screen());
        // Scrolling on is not undone.
        reader.press("gg");
        assert_eq!(reader.app().reader.open.as_ref().unwrap().top, 0, "{query}");
    }
}

#[test]
fn two_numbers_at_one_place_do_not_read_as_one() {
    let mut reader = Reader::new(120, 30, Corpus::from_articles(vec![nested()]));
    reader.press("Enter");
    assert!(reader.screen().contains("¹·²air"), "{}", reader.screen());
}

#[test]
fn fragments_are_folded_into_their_quotation_and_one_key_shows_them() {
    let mut reader = Reader::new(120, 30, Corpus::from_articles(vec![nested()]));
    reader.press("Enter Tab");
    let cards = |reader: &Reader| reader.app().reader.sidebar.shown.clone();
    assert_eq!(cards(&reader), [0]);
    assert!(reader.screen().contains("mixed +2"), "{}", reader.screen());
    reader.press("za");
    assert_eq!(cards(&reader), [0, 1, 2]);
    reader.press("za");
    assert_eq!(cards(&reader), [0]);
    // A filter finds them all the same.
    reader.press("/ 'panik' Enter");
    assert_eq!(cards(&reader), [0, 2]);
}

#[test]
fn a_folded_fragment_that_is_current_is_shown_by_the_card_around_it() {
    let mut reader = Reader::new(120, 30, Corpus::from_articles(vec![nested()]));
    reader.press("Enter ]q ]q");
    assert_eq!(reader.app().reader.open.as_ref().unwrap().current, Some(2));
    assert_eq!(reader.app().reader.sidebar.current(), Some(0));
}

#[test]
fn what_is_behind_an_overlay_is_quiet_and_no_letters_stand_beside_it() {
    for (width, height) in [(80, 24), (100, 30), (120, 40), (200, 50)] {
        let mut reader = Reader::new(width, height, corpus());
        reader.press("Enter ?");
        let area = reader.app().overlay_area();
        let behind = reader.app().theme().style(Role::Behind).fg;
        let buffer = reader.buffer();
        for at in buffer.area.positions().filter(|at| at.y + 1 < height) {
            let cell = buffer.cell(at).unwrap();
            if area.contains(at) || cell.symbol() == " " {
                continue;
            }
            assert_eq!(Some(cell.fg), behind, "{width}x{height} {at}");
            assert!(cell.modifier.is_empty(), "{width}x{height} {at}");
            let is_beside = (area.y..area.bottom()).contains(&at.y);
            let gap = if at.x < area.x {
                area.x
            } else {
                width - area.right()
            };
            assert!(
                !is_beside || gap >= 8,
                "{width}x{height}: a stray `{}`",
                cell.symbol()
            );
        }
    }
}

#[test]
fn an_unknown_outlet_is_said_to_be_unknown() {
    let mut articles: Vec<_> = affair::corpus().iter().map(|(_, a)| a.clone()).collect();
    for article in &mut articles {
        article.structure.outlet = None;
        article.key = "9f2c4e1ab77d".into();
    }
    for keys in ["G Enter gD", "Enter ]q c T", "Space Space C", "G gV Enter"] {
        let mut reader = Reader::new(120, 40, Corpus::from_articles(articles.clone()));
        reader.press(keys);
        let screen = reader.screen();
        assert!(screen.contains("outlet unknown"), "{keys}:\n{screen}");
        assert!(!screen.contains("9f2c4e"), "{keys}:\n{screen}");
    }
}

#[test]
fn the_sign_of_a_note_stands_apart_from_the_text() {
    let mut reader = Reader::with_library(120, 40, affair::corpus(), State::default());
    reader.press("G Enter ]q a 'cek' Enter");
    let screen = reader.screen();
    let row = screen.lines().find(|line| line.contains('✎')).unwrap();
    let after = row.split('✎').nth(1).unwrap();
    assert!(after.starts_with(' ') && !after.trim().is_empty(), "{row}");
}

#[test]
fn a_date_far_from_all_others_is_marked() {
    let dated = |at: u32, year: i32| {
        Story::new(&format!("{at}.txt"))
            .block(BlockKind::Title, &format!("Berita {at}"))
            .date(year, 5, 1 + at)
            .end()
    };
    let mut articles: Vec<_> = (0..12).map(|at| dated(at, 2024)).collect();
    articles.push(dated(20, 1970));
    let reader = Reader::new(120, 40, Corpus::from_articles(articles));
    let screen = reader.screen();
    assert!(screen.contains("!1970-05-21"), "{screen}");
    assert_eq!(screen.matches("!2024").count(), 0, "{screen}");
}

#[test]
fn unread_articles_have_a_dot_and_no_weight() {
    let reader = Reader::with_library(120, 40, affair::corpus(), State::default());
    assert!(reader.screen().contains('•'));
    let title = reader.cell("Perpustakaan Lontar Menambah");
    assert!(!title.modifier.contains(Modifier::BOLD));
}

/// The colour in which the name of a speaker is drawn on a card of the sidebar.
fn card_colour(reader: &Reader, name: &str) -> Option<Color> {
    colour_in(reader, reader.app().panes().quotes, name)
}

/// The colour in which a name is first drawn in an area of the screen.
fn colour_in(reader: &Reader, area: Rect, name: &str) -> Option<Color> {
    let buffer = reader.buffer();
    let row = |y: u16| {
        let cells = (area.x..area.right()).map(|x| buffer.cell((x, y)).unwrap().symbol());
        cells.collect::<String>()
    };
    let y = (area.y + 1..area.bottom()).find(|y| row(*y).contains(&format!(" {name} ")))?;
    let at = row(y).find(name)?;
    let x = kutip::text::laid_width(&row(y)[..at]);
    Some(buffer.cell((area.x + x, y)).unwrap().fg)
}

fn colour_of(reader: &Reader, name: &str) -> Color {
    card_colour(reader, name).unwrap_or_else(|| panic!("{name}:\n{}", reader.screen()))
}

#[test]
fn one_person_has_one_colour_in_every_article() {
    let mut seen: std::collections::BTreeMap<&str, Vec<Color>> = std::collections::BTreeMap::new();
    let mut reader = Reader::new(120, 40, affair::corpus());
    reader.press("Enter");
    for _ in 0..5 {
        for name in ["Prawira Sudarma", "Melati Anggraini", "Laksmi Wulandari"] {
            let own = seen.entry(name).or_default();
            own.extend(card_colour(&reader, name));
        }
        reader.press("J");
    }
    assert!(seen["Prawira Sudarma"].len() > 2 && seen["Melati Anggraini"].len() > 2);
    for (name, colours) in &seen {
        assert!(
            colours.iter().all(|one| one == &colours[0]),
            "{name}: {colours:?}"
        );
    }
    assert_ne!(
        seen["Prawira Sudarma"][0], seen["Melati Anggraini"][0],
        "quoted together"
    );
    // Lists of statements and of speakers have it too.
    reader.press("gS");
    let listed = colour_in(&reader, reader.app().overlay_area(), "Prawira Sudarma");
    assert_eq!(listed, Some(seen["Prawira Sudarma"][0]));
}

#[test]
fn direct_speech_stands_in_marks_and_reported_speech_in_italics_in_every_list() {
    for keys in ["G Enter gD d Enter", "G Enter ]q gs", "Enter J J Tab"] {
        let mut reader = Reader::new(200, 50, affair::corpus());
        reader.press(keys);
        let screen = reader.screen();
        let reported = "tidak seorang pun boleh menyeberang sebelum tali baja diganti";
        if screen.contains(reported) {
            let cell = reader.cell(reported);
            assert!(
                cell.modifier.contains(Modifier::ITALIC),
                "{keys}:\n{screen}"
            );
            assert!(!screen.contains(&format!("“{reported}")), "{keys}");
        }
        assert!(
            screen.contains("indirect"),
            "{keys}: the kind is told\n{screen}"
        );
        assert!(screen.contains("“"), "{keys}:\n{screen}");
    }
    let mut reader = Reader::new(200, 50, affair::corpus());
    reader.press("G k k Enter ]q yq");
    let copied = reader.session.runner.copied.last().unwrap().clone();
    assert!(!copied.starts_with('“') || copied.contains("”"), "{copied}");
}

#[test]
fn the_minimap_shows_who_speaks_where() {
    let mut reader = Reader::new(120, 30, Corpus::from_articles(vec![long()]));
    reader.press("Enter");
    let text = reader.app().panes().text;
    let column = |reader: &Reader, x: u16| -> Vec<(String, Color)> {
        let buffer = reader.buffer();
        let cells = (text.y + 1..text.bottom()).map(|y| buffer.cell((x, y)).unwrap().clone());
        cells
            .map(|cell| (cell.symbol().to_owned(), cell.fg))
            .collect()
    };
    let ticks = column(&reader, text.right() - 1);
    let places: Vec<usize> = (0..)
        .zip(&ticks)
        .filter(|(_, (sign, _))| sign == "▐")
        .map(|(at, _)| at)
        .collect();
    assert_eq!(
        places,
        [0, ticks.len() - 1],
        "one at the beginning, one at the end"
    );
    assert_eq!(ticks[0].1, colour_of(&reader, "Laksmi Wulandari"));
    assert_eq!(ticks[places[1]].1, colour_of(&reader, "Haris Nugraha"));
    let window = |reader: &Reader| -> Vec<usize> {
        let track = column(reader, text.right() - 2).into_iter().enumerate();
        track
            .filter(|(_, (sign, _))| sign == "┃")
            .map(|(at, _)| at)
            .collect()
    };
    assert_eq!(window(&reader)[0], 0);
    reader.press("G");
    assert_eq!(window(&reader).last(), Some(&(ticks.len() - 1)));
    reader.press("/ 'jam_30' Enter");
    let track = column(&reader, text.right() - 2);
    assert_eq!(track.iter().filter(|(sign, _)| sign == "•").count(), 1);
}

#[test]
fn plain_mode_says_where_quotations_are() {
    let mut reader = Reader::new(120, 30, Corpus::from_articles(vec![long()]));
    reader.session.app.view.signs = Signs::Plain;
    reader.press("Enter");
    assert!(
        reader.screen().contains("quotes: 0 above, 1 here, 1 below"),
        "{}",
        reader.screen()
    );
    assert_eq!(reader.app().focus, Pane::Text);
    reader.press("G");
    assert!(
        reader.screen().contains("quotes: 1 above, 1 here, 0 below"),
        "{}",
        reader.screen()
    );
}
