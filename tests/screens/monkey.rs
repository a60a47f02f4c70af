//! Random keys, clicks, pasted text, sizes and reports: nothing panics, what is drawn has the size
//! of the terminal, and the reader can be left.

use kutip::app::key::{Code, Key};
use kutip::app::msg::{Mouse, MouseAct};
use kutip::app::{Msg, Report};
use kutip::model::Corpus;
use kutip::tui::End;

use crate::chance::{Chance, events};
use crate::harness::{Reader, sample};

const CODES: [&Code; 14] = [
    &Code::Enter,
    &Code::Esc,
    &Code::Tab,
    &Code::BackTab,
    &Code::Backspace,
    &Code::Delete,
    &Code::Up,
    &Code::Down,
    &Code::Left,
    &Code::Right,
    &Code::Home,
    &Code::End,
    &Code::PageUp,
    &Code::PageDown,
];

const PREFIXES: [&Code; 9] = [
    &Code::Char('g'),
    &Code::Char('z'),
    &Code::Char(']'),
    &Code::Char('['),
    &Code::Char('y'),
    &Code::Char('/'),
    &Code::Char(':'),
    &Code::Char('C'),
    &Code::Char('T'),
];

const PASTED: [&str; 4] = ["", "Pasar\tKembang\n", "語\u{301}\u{202e}x", "\u{1b}[31m"];

fn key(chance: &mut Chance) -> Key {
    let code = match chance.below(8) {
        0 | 1 => *chance.pick(&CODES),
        2 => *chance.pick(&PREFIXES),
        _ => Code::Char(char::from(b' ' + chance.below(95) as u8)),
    };
    Key {
        code,
        ctrl: chance.below(12) == 0,
        alt: chance.below(40) == 0,
    }
}

fn msg(chance: &mut Chance, corpus: &Corpus) -> Msg {
    match chance.below(40) {
        0 => Msg::Paste(chance.pick(&PASTED).to_owned()),
        1..4 => Msg::Mouse(Mouse {
            act: *chance.pick(&[&MouseAct::Click, &MouseAct::WheelUp, &MouseAct::WheelDown]),
            x: chance.below(220) as u16,
            y: chance.below(70) as u16,
        }),
        4 => Msg::Resize(chance.below(200) as u16, chance.below(60) as u16),
        5 => Msg::Report(Report::Corpus(corpus.clone())),
        _ => Msg::Key(key(chance)),
    }
}

fn start(size: (u16, u16)) -> Reader {
    let mut reader = Reader::new(size.0, size.1, sample());
    reader.session.runner.is_read_only = true;
    reader
}

#[test]
fn random_keys_and_sizes_leave_a_reader_that_can_be_left() {
    let mut chance = Chance::new();
    let mut reader = start((80, 24));
    let corpus = sample();
    for _ in 0..events(2_000) {
        if chance.below(6) == 0 {
            let (width, height) = chance.size(0);
            reader.session.terminal.backend_mut().resize(width, height);
        }
        // Several at once, as keys come while a frame is drawn.
        let count = 1 + chance.below(3);
        let told: Vec<_> = (0..count).map(|_| msg(&mut chance, &corpus)).collect();
        reader.send(told);
        reader.session.runner.asked.clear();
        let area = reader.session.terminal.backend().buffer().area;
        if reader.end.is_some() {
            reader = start((area.width, area.height));
        }
        assert_eq!(reader.app().screen, (area.width, area.height));
    }
    // What is typed is dropped, and each level is left in turn.
    for _ in 0..100 {
        reader.press("Esc q");
        if reader.end.is_some() {
            break;
        }
    }
    assert_eq!(reader.end, Some(End::Quit));
}
