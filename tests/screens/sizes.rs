//! A terminal whose size changes at any moment, told or not.

use kutip::app::Msg;
use kutip::tui::Event;

use crate::harness::{Reader, sample};

/// What may stand on the screen: keys from the start on.
const SCENES: [&str; 12] = [
    "",
    "G",
    "Enter",
    "Enter G",
    "Enter Tab G",
    "Enter v j j",
    "/ 'feri'",
    "? G",
    ": 'the'",
    "Space j Space T",
    "Space j Space C",
    "Enter gM",
];

const SIZES: [(u16, u16); 10] = [
    (100, 15),
    (100, 60),
    (80, 24),
    (200, 50),
    (40, 12),
    (12, 4),
    (2, 2),
    (1, 1),
    (0, 0),
    (120, 40),
];

#[test]
fn what_is_drawn_fits_a_terminal_that_told_nothing_of_its_size() {
    for scene in SCENES {
        let mut reader = Reader::new(100, 50, sample());
        reader.press(scene);
        for (width, height) in SIZES {
            let backend = reader.session.terminal.backend_mut();
            backend.resize(width, height);
            reader.send([]);
            assert_eq!(reader.app().screen, (width, height), "{scene:?}");
            // Keys still mean something on a screen of this size.
            reader.press("Down Ctrl-d Up");
            let drawn = reader.session.terminal.backend().buffer();
            assert_eq!(drawn.area, reader.buffer().area, "{scene:?}");
        }
    }
}

#[test]
fn a_size_that_is_out_of_date_is_not_drawn() {
    let mut reader = Reader::new(100, 50, sample());
    reader.session.terminal.backend_mut().resize(100, 20);
    // Told of sizes that the terminal had in between, with keys among them.
    reader.send([
        Msg::Resize(100, 35),
        Msg::Key("j".parse().unwrap()),
        Msg::Resize(160, 60),
        Msg::Key("j".parse().unwrap()),
    ]);
    assert_eq!(reader.app().screen, (100, 20));
    let told = std::iter::once(Event::Resized);
    reader.session.turn(told).unwrap();
    assert_eq!(reader.app().screen, (100, 20));
}

#[test]
fn the_selected_row_is_seen_on_every_size() {
    let mut reader = Reader::new(100, 50, sample());
    reader.press("G");
    for (width, height) in [(100, 20), (100, 12), (60, 8), (100, 50)] {
        reader.session.terminal.backend_mut().resize(width, height);
        reader.send([]);
        assert!(reader.screen().contains('▌'), "{}", reader.screen());
    }
}
