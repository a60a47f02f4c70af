//! Words in their context: lines, dispersion, the words beside a keyword, typical words.

use kutip::app::Signs;
use kutip::app::panes::Pane;
use kutip::model::{BlockKind, Corpus, Origin, QuoteKind};

use crate::affair;
use crate::fiction::Story;
use crate::harness::Reader;

/// Reports in which one person speaks of one thing and another of another thing.
fn debate() -> Corpus {
    let report = |at: u32, speaker: &str, words: &str| {
        Story::new(&format!("{at:02}.txt"))
            .block(BlockKind::Title, &format!("Sidang hari ke-{at}"))
            .block(
                BlockKind::Paragraph,
                &format!("“{words}” kata {speaker} dalam sidang tentang tambang."),
            )
            .quote(QuoteKind::Direct, words, Some(speaker))
            .outlet(
                ["Kabar Hilir", "Warta Bahari"][at as usize % 2],
                Origin::Page,
            )
            .date(2024, 3, 1 + at)
            .end()
    };
    let one = (0..8).map(|at| {
        report(
            at,
            "Rasmi Palungan",
            "Izin tambang nikel itu dicabut besok pagi.",
        )
    });
    let other = (8..16).map(|at| {
        report(
            at,
            "Tegar Wirana",
            "Harga tambang nikel itu dihitung ulang oleh kami.",
        )
    });
    Corpus::from_articles(one.chain(other).collect())
}

fn reader(keys: &str) -> Reader {
    let mut reader = Reader::new(120, 40, debate());
    reader.press(keys);
    reader
}

#[test]
fn words_look_as_they_are_meant_on_every_size() {
    let views = [
        ("lines", "gk 'baja' Enter"),
        ("spread", "gk 'baja' Enter Tab"),
    ];
    for (width, height) in [(80, 24), (120, 40), (200, 50)] {
        for (name, keys) in views {
            let mut reader = Reader::new(width, height, affair::corpus());
            reader.press(keys);
            insta::assert_snapshot!(format!("{width}x{height}_words_{name}"), reader.styled());
        }
        for (name, keys) in [("beside", "gk 'nikel' Enter w Tab Tab"), ("typical", "gK")] {
            let mut reader = Reader::new(width, height, debate());
            reader.press("Enter ]q");
            reader.press(keys);
            insta::assert_snapshot!(format!("{width}x{height}_words_{name}"), reader.styled());
        }
    }
}

#[test]
fn lines_go_beyond_the_quotation_and_the_rest_is_dim() {
    let reader = reader("gk 'nikel' Enter");
    let inside = reader.cell("itu dicabut besok");
    let outside = reader.cell("kata Rasmi");
    assert_ne!(inside.fg, outside.fg, "{}", reader.screen());
}

#[test]
fn lines_are_sorted_anew_and_the_first_view_comes_round_again() {
    let mut reader = reader("gk 'nikel' Enter");
    let title = |reader: &Reader| reader.app().layers.picker().unwrap().title.clone();
    assert!(title(&reader).contains("16 in 16 articles"));
    assert!(title(&reader).contains("to the right"));
    reader.press("s");
    assert!(title(&reader).contains("to the left"));
    let first = title(&reader);
    reader.press("Tab Tab Tab Tab");
    assert_eq!(title(&reader), first);
    reader.press("Shift-Tab");
    assert!(title(&reader).contains("typical"));
}

#[test]
fn a_speaker_is_compared_with_all_others() {
    let mut reader = reader("gk 'nikel' Enter w");
    let picker = reader.app().layers.picker().unwrap();
    assert!(
        picker.title.contains("8 in 8 articles, 8 elsewhere"),
        "{}",
        picker.title
    );
    reader.press("Tab Tab");
    let words = |reader: &Reader| {
        let picker = reader.app().layers.picker().unwrap();
        let leads = picker.items.iter().map(|item| item.lead.clone());
        leads.collect::<Vec<_>>()
    };
    let beside = words(&reader);
    let own = ["izin", "dicabut", "besok", "pagi"];
    let other = ["harga", "dihitung", "ulang", "oleh"];
    let is_own = beside.iter().any(|word| own.contains(&&**word));
    let is_other = beside.iter().any(|word| other.contains(&&**word));
    assert!(
        is_own != is_other,
        "one speaker's words, not both: {beside:?}"
    );
    // Enter on a word shows its lines in the mouth of the same speaker.
    reader.press("Enter");
    let picker = reader.app().layers.picker().unwrap();
    assert!(
        picker.title.contains("8 in 8 articles, 0 elsewhere"),
        "{}",
        picker.title
    );
}

#[test]
fn the_whole_text_is_read_too_and_a_line_outside_of_quotations_opens_there() {
    let mut reader = reader("gk 'sidang' Enter");
    assert!(reader.screen().contains("Nobody uses this word here"));
    reader.press("o");
    let picker = reader.app().layers.picker().unwrap();
    assert!(
        picker.title.contains("32 in 16 articles"),
        "{}",
        picker.title
    );
    reader.press("Enter");
    assert_eq!(reader.app().focus, Pane::Text);
    assert!(reader.app().layers.overlays.is_empty());
}

#[test]
fn what_is_typed_and_found_stays_when_the_size_changes() {
    let mut reader = reader("gk 'nikel' Enter / 'harga' Enter j");
    let shown = |reader: &Reader| {
        let picker = reader.app().layers.picker().unwrap();
        (picker.shown.len(), picker.cursor.at)
    };
    let before = shown(&reader);
    assert_eq!(before, (8, 1));
    for (width, height) in [(60, 12), (200, 50), (24, 10), (120, 40)] {
        reader.resize(width, height);
        assert_eq!(shown(&reader), before, "{width}x{height}");
    }
}

#[test]
fn a_list_of_words_is_no_answer_to_somebody_who_has_left() {
    let mut reader = reader("gk 'nikel' Enter");
    reader.press("q gK q");
    assert!(reader.app().layers.overlays.is_empty());
    let mut nobody = Reader::new(120, 40, Corpus::default());
    nobody.press("gK");
    assert!(
        nobody.screen().contains("nothing to compare"),
        "{}",
        nobody.screen()
    );
}

#[test]
fn plain_mode_says_in_words_what_the_plot_shows() {
    let mut reader = reader("");
    reader.session.app.view.signs = Signs::Plain;
    reader.press("gk 'nikel' Enter Tab");
    let screen = reader.screen();
    assert!(screen.contains("most on 2024-03-01: 1"), "{screen}");
    assert!(screen.contains("in the first third"), "{screen}");
    assert!(!screen.contains(['▁', '█', '▇']), "{screen}");
}
