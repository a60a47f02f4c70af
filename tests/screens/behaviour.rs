//! What keys do.

use kutip::app::cursor::SCROLL_OFF;
use kutip::app::msg::{Mouse, MouseAct};
use kutip::app::panes::Pane;
use kutip::app::{Msg, Report};
use kutip::model::{BlockKind, Corpus};
use kutip::tui::End;

use crate::fiction::{Story, corpus, many};
use crate::harness::Reader;

const HARBOUR: &str = "Wali Kota Lareng Tutup Pelabuhan Tua Selama Tiga Bulan";
const REEF: &str = "Council votes to keep the reef lights on";

#[test]
fn the_newest_article_comes_first_and_the_text_follows_the_list() {
    let mut reader = Reader::new(120, 40, corpus());
    assert_eq!(reader.title(), REEF);
    reader.press("j j");
    assert_eq!(reader.title(), HARBOUR);
}

#[test]
fn a_filter_narrows_as_one_types_and_esc_restores() {
    let mut reader = Reader::new(120, 40, corpus());
    reader.press("j j / 'reef'");
    assert_eq!(reader.app().list.ids.len(), 1);
    assert_eq!(reader.title(), REEF);
    reader.press("Esc");
    assert_eq!(reader.app().list.ids.len(), 4);
    assert_eq!(reader.title(), HARBOUR, "the old selection is back");
    reader.press("/ 'lareng' Enter");
    assert_eq!(reader.app().list.ids.len(), 1);
    assert!(reader.screen().contains("1/4"));
    reader.press("Esc");
    assert_eq!(
        reader.app().list.ids.len(),
        4,
        "Esc in the list drops the filter"
    );
    assert_eq!(reader.title(), HARBOUR);
}

#[test]
fn a_bad_query_keeps_the_list_and_says_why() {
    let mut reader = Reader::new(120, 40, corpus());
    reader.press("/ 'date:2024'");
    assert_eq!(reader.app().list.ids.len(), 3);
    reader.press("'x'");
    let fault = reader.app().filter.fault.clone().expect("a fault");
    assert!(reader.screen().contains(&fault.reason[..20]), "{fault}");
    assert_eq!(reader.app().list.ids.len(), 3, "the last good query holds");
}

#[test]
fn a_resize_keeps_the_readers_place() {
    let mut reader = Reader::new(40, 8, corpus());
    reader.press("j j Enter j j j j j j j j j j");
    let place = |reader: &Reader| reader.app().reader.open.as_ref().unwrap().anchor();
    let before = place(&reader);
    for (width, height) in [(26, 8), (100, 6), (60, 8), (40, 8)] {
        reader.resize(width, height);
    }
    assert_eq!(place(&reader), before);
    let open = reader.app().reader.open.as_ref().unwrap();
    assert_eq!(open.page.spot_of_row(open.top).part, before.part);
}

#[test]
fn finding_crosses_line_ends_and_tells_where_one_is() {
    let mut reader = Reader::new(60, 16, corpus());
    reader.press("j j Enter / 'pelabuhan' Enter");
    let find = |reader: &Reader| {
        let find = &reader.app().reader.find;
        (find.at.map(|at| at + 1), find.found.len())
    };
    assert_eq!(find(&reader), (Some(1), 3));
    assert!(reader.screen().contains("“pelabuhan” 1/3"));
    reader.press("n n");
    assert_eq!(find(&reader), (Some(3), 3));
    reader.press("n");
    assert_eq!(find(&reader), (Some(1), 3));
    assert!(reader.screen().contains("continued from the beginning"));
    reader.press("N");
    assert_eq!(find(&reader), (Some(3), 3));
    reader.press("/ 'laut,”_ujar_wali' Enter");
    assert_eq!(find(&reader), (Some(1), 1), "across a line end");
}

#[test]
fn what_the_filter_found_in_the_text_is_stepped_through() {
    let mut reader = Reader::new(60, 16, corpus());
    reader.press("/ 'text:pelabuhan' Enter Enter n");
    assert_eq!(reader.app().focus, Pane::Text);
    let places = |reader: &Reader| reader.app().reader.find.found.len();
    let len = places(&reader);
    assert!(len > 1, "{len}");
    assert!(reader.screen().contains(&format!("1/{len} ·")));
    reader.press("N");
    assert!(reader.screen().contains(&format!("{len}/{len} ·")));
    // What is typed comes before; without it, the filter is gone through again.
    reader.press("/ 'tidak-ada' Enter");
    assert_eq!(places(&reader), 0);
    reader.press("/ 'a' Backspace Enter");
    assert_eq!(places(&reader), len);
    reader.press("q Esc Enter n");
    assert!(reader.screen().contains("Nothing to find yet"));
}

#[test]
fn sidebar_and_text_follow_one_another() {
    let mut reader = Reader::new(120, 40, corpus());
    reader.press("j j Enter");
    let current = |reader: &Reader| reader.app().reader.open.as_ref().unwrap().current;
    assert_eq!(current(&reader), Some(0));
    reader.press("]q ]q");
    assert_eq!(current(&reader), Some(2));
    assert_eq!(reader.app().reader.sidebar.current(), Some(2));
    reader.press("l j");
    assert_eq!(current(&reader), Some(3), "the text follows the sidebar");
    reader.press("k k k Enter");
    assert_eq!(
        (reader.app().focus, current(&reader)),
        (Pane::Text, Some(0))
    );
    reader.press("Tab / 'musim' Enter");
    assert_eq!(
        reader.app().reader.sidebar.shown,
        [2],
        "quotes are filtered"
    );
    assert_eq!(current(&reader), Some(2));
}

#[test]
fn selected_text_is_copied_without_line_breaks() {
    let mut reader = Reader::new(40, 20, corpus());
    reader.press("j j Enter ]q [q v $ j j y");
    let copied = &reader.session.runner.copied;
    assert_eq!(copied.len(), 1);
    assert!(!copied[0].contains('\n'), "{copied:?}");
    assert!(
        copied[0].starts_with("“Kami menutup pelabuhan ini supaya")
            || copied[0].starts_with("Kami menutup"),
        "{copied:?}"
    );
    assert!(reader.app().reader.selection.is_none());
    reader.press("yq");
    let quote = reader.session.runner.copied.last().unwrap();
    assert!(
        quote.contains("— Darma Wisesa. Kabar Lareng, 2024-03-04"),
        "{quote}"
    );
}

#[test]
fn counts_multiply_motions() {
    let mut reader = Reader::new(80, 24, many(500));
    let at = |reader: &Reader| reader.app().list.cursor.at;
    reader.press("12j");
    assert_eq!(at(&reader), 12);
    reader.press("5k");
    assert_eq!(at(&reader), 7);
    reader.press("300G");
    assert_eq!(at(&reader), 299);
    reader.press("gg");
    assert_eq!(at(&reader), 0);
    reader.press("G");
    assert_eq!(at(&reader), 499);
    let cursor = reader.app().list.cursor;
    assert!(cursor.at - cursor.top < reader.app().list_page());
    reader.press("2 0 k");
    let cursor = reader.app().list.cursor;
    assert!(cursor.at - cursor.top >= SCROLL_OFF.min(reader.app().list_page() / 2));
}

#[test]
fn history_goes_back_and_forth_with_the_place_kept() {
    let mut reader = Reader::new(40, 8, corpus());
    reader.press("j j Enter j j j j j");
    let top = |reader: &Reader| reader.app().reader.open.as_ref().unwrap().top;
    let before = top(&reader);
    assert!(before > 0);
    reader.press("K K");
    assert_eq!(reader.title(), REEF);
    reader.press("H H");
    assert_eq!((reader.title().as_str(), top(&reader)), (HARBOUR, before));
    reader.press("L L");
    assert_eq!(reader.title(), REEF);
    reader.press("L");
    let notice = reader
        .app()
        .notice
        .as_ref()
        .map(|notice| notice.words.as_str());
    assert_eq!(notice, Some("Nothing was opened after this."));
}

#[test]
fn q_goes_up_one_level_and_out() {
    let mut reader = Reader::new(120, 40, corpus());
    reader.press("Enter l ?");
    for focus in [Pane::Quotes, Pane::Text, Pane::List] {
        reader.press("q");
        assert_eq!((reader.app().focus, reader.end), (focus, None));
    }
    reader.press("q");
    assert_eq!(reader.end, Some(End::Quit));
}

#[test]
fn help_and_palette_are_searched_and_run_commands() {
    let mut reader = Reader::new(100, 30, corpus());
    reader.press("? / 'furniture' Enter");
    assert_eq!(
        reader
            .app()
            .layers
            .overlays
            .last()
            .unwrap()
            .picker
            .shown
            .len(),
        1
    );
    reader.press("q q");
    assert!(reader.app().layers.overlays.is_empty());
    reader.press(": 'zo' Tab");
    assert_eq!(
        reader
            .app()
            .layers
            .overlays
            .last()
            .unwrap()
            .picker
            .input
            .text(),
        "zoom"
    );
    reader.press("Enter");
    assert!(reader.app().panes().list.is_empty(), "the text is alone");
    reader.press(": Esc");
    assert!(reader.app().layers.overlays.is_empty());
}

#[test]
fn furniture_is_folded_until_it_is_asked_for() {
    let mut reader = Reader::new(120, 40, corpus());
    reader.press("j j Enter");
    assert!(!reader.screen().contains("Baca Juga"));
    assert!(reader.screen().contains("2 lines of page furniture"));
    reader.press("F");
    assert!(reader.screen().contains("Baca Juga"));
}

#[test]
fn the_text_column_is_capped_and_can_be_changed() {
    let mut reader = Reader::new(200, 50, corpus());
    reader.press("Enter Z");
    let width = |reader: &Reader| {
        reader
            .app()
            .reader
            .open
            .as_ref()
            .unwrap()
            .page
            .setting
            .width
    };
    assert_eq!(width(&reader), 72);
    reader.press("+");
    assert_eq!(width(&reader), 76);
    reader.press("- - -");
    assert_eq!(width(&reader), 64);
    reader.press("=");
    assert_eq!(width(&reader), 72);
    reader.resize(40, 20);
    assert_eq!(width(&reader), 36, "never wider than the pane");
}

#[test]
fn a_growing_corpus_keeps_what_one_reads() {
    let mut reader = Reader::empty(120, 40, "dark");
    let first = many(3);
    reader.report(Report::Corpus(first.clone()));
    reader.press("j Enter");
    let title = reader.title();
    let more = (0..50).map(|_| corpus().get(kutip::model::ArticleId(0)).unwrap().clone());
    reader.report(Report::Corpus(first.with(more.collect())));
    assert_eq!(reader.title(), title);
    let selected = reader.app().selected();
    assert_eq!(
        selected,
        reader.app().reader.open.as_ref().map(|open| open.id)
    );
}

#[test]
fn the_mouse_selects_and_scrolls_what_is_under_it() {
    let mut reader = Reader::new(120, 40, corpus());
    let mouse = |act, x, y| Msg::Mouse(Mouse { act, x, y });
    reader.send([mouse(MouseAct::Click, 5, 5)]);
    assert_eq!(reader.title(), HARBOUR);
    reader.send([mouse(MouseAct::Click, 100, 6)]);
    assert_eq!(reader.app().focus, Pane::Quotes);
    assert_eq!(reader.app().reader.sidebar.current(), Some(1));
    reader.send([mouse(MouseAct::WheelDown, 100, 6)]);
    assert_eq!(reader.app().reader.sidebar.current(), Some(2));
    reader.send([
        mouse(MouseAct::WheelUp, 5, 5),
        mouse(MouseAct::Click, 500, 500),
    ]);
}

#[test]
fn no_key_and_no_size_breaks_it() {
    let keys = "j k G gg Ctrl-d Ctrl-u Tab Enter l h s S / 'a' Enter n N Esc v j w b y J K H L F Z \
                + - = Q ]q [q zz zt zb E q ! q gh q ? / 'x' Esc q : 'th' Enter yq ya gt gm Esc";
    for (width, height) in [
        (1, 1),
        (2, 2),
        (5, 3),
        (12, 4),
        (40, 12),
        (80, 24),
        (119, 17),
        (300, 90),
    ] {
        for corpus in [corpus(), many(0), many(1)] {
            let mut reader = Reader::new(width, height, corpus);
            reader
                .press(keys)
                .press("Tab")
                .press(keys)
                .press("Tab")
                .press(keys);
            reader.resize(height, width);
            reader.press(keys);
        }
    }
}

#[test]
fn a_long_article_is_read_to_its_end() {
    let paragraph = "Air pasang naik sampai ke tangga balai kota. ".repeat(8000);
    let story = Story::new("panjang.txt").block(BlockKind::Title, "Pasang tertinggi");
    let story = story.block(BlockKind::Paragraph, &paragraph);
    let story = story.block(BlockKind::Paragraph, "Tamat sudah.");
    let mut reader = Reader::new(120, 40, Corpus::from_articles(vec![story.end()]));
    assert!(!reader.screen().contains("laid out"));
    reader.press("l G");
    assert!(reader.screen().contains("Tamat sudah."));
    reader.resize(100, 30);
    reader.press("- G");
    assert!(reader.screen().contains("Tamat sudah."));
}

#[test]
fn the_articles_address_is_a_link_where_it_is_to_be_seen() {
    let mut reader = Reader::new(120, 40, crate::harness::sample());
    reader.press("/ 'outlet:pasangcom' Enter Enter gg");
    let links = |reader: &Reader| kutip::ui::links(reader.app(), &reader.buffer());
    let found = links(&reader);
    let link = found.first().expect("it has an address");
    let shown: String = link.cells.iter().map(|(.., cell)| cell.symbol()).collect();
    assert_eq!(shown, link.address);
    reader.press("?");
    assert_eq!(links(&reader), [], "what lies over it is no link");
    reader.press("q G");
    assert_eq!(links(&reader), [], "scrolled away");
}

#[test]
fn fast_fingers_open_what_they_filtered() {
    let mut reader = Reader::new(120, 40, corpus());
    reader.press("/ 'laren'");
    let keys = ["g", "Enter", "Enter"].map(|key| Msg::Key(key.parse().unwrap()));
    reader.send(keys);
    assert_eq!(reader.title(), HARBOUR);
    assert_eq!(reader.app().focus, Pane::Text);
}
