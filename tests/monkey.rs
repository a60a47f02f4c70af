//! Random keys, clicks, pasted text and sizes for the real program on a pseudo-terminal: it never
//! panics, ends when it is asked to, and the terminal is as it was.

#![cfg(unix)]
#![allow(clippy::unwrap_used)] // a test may fail loudly

mod chance;
mod terminal;

use std::path::Path;

use chance::{Chance, events};
use terminal::Terminal;

/// Keys beside the letters: control keys, arrows, function keys, what belongs to no key at all.
const SEQUENCES: [&str; 34] = [
    "\r",
    "\t",
    " ",
    "\x1b[A",
    "\x1b[B",
    "\x1b[C",
    "\x1b[D",
    "\x1b[H",
    "\x1b[F",
    "\x1b[5~",
    "\x1b[6~",
    "\x1b[3~",
    "\x1b[Z",
    "\x7f",
    "\x08",
    "\x04",
    "\x15",
    "\x06",
    "\x02",
    "\x0c",
    "\x0f",
    "\x12",
    "\x17",
    "\x07",
    "\x1a",
    "\x1bOP",
    "\x1b[15~",
    "\x1b[1;5C",
    "\x1bb",
    "é",
    "語",
    "\u{301}",
    "\x1b[999z",
    "\x1b[200~Pasar Kembang\n\x1b[31m語\x1b[201~",
];

/// What begins a command of two keys, and the commands of most consequence.
const PREFIXES: [&str; 16] = [
    "g", "z", "]", "[", "y", "/", ":", "?", "C", "T", "gM", "gD", "gr", "gV", "gE", "E",
];

/// All that is typed, but for `|`, which runs what is typed next.
const TYPED: std::ops::RangeInclusive<u8> = b' '..=b'{';

fn keys(chance: &mut Chance) -> String {
    match chance.below(20) {
        0..4 => chance.pick(&SEQUENCES).to_owned(),
        4..7 => chance.pick(&PREFIXES).to_owned(),
        7 => {
            let button = [0, 64, 65, 2, 35][chance.below(5)];
            let (x, y) = (chance.below(220), chance.below(70));
            format!("\x1b[<{button};{x};{y}M")
        }
        8..10 => "j".repeat(chance.below(9)),
        _ => {
            let count = usize::from(TYPED.end() - TYPED.start()) + 1;
            char::from(TYPED.start() + chance.below(count) as u8).to_string()
        }
    }
}

/// The program in a folder of its own. It finds no other program but those that do nothing.
fn start(folder: &Path) -> Terminal {
    let place = folder.to_str().unwrap();
    let variables = [
        ("EDITOR", "/bin/true"),
        ("BROWSER", "/bin/true"),
        ("PATH", place),
        ("PLACE", place),
        ("XDG_DATA_HOME", place),
        ("XDG_CACHE_HOME", place),
    ];
    Terminal::start_script((24, 80), "cd \"$PLACE\" && exec \"$0\"", &variables)
}

fn assert_ended_well(terminal: &mut Terminal, asked: &str) {
    let status = terminal.end();
    let screen = terminal.screen.screen().contents();
    assert!(status.success(), "{asked}: {status:?}\n{screen}");
    assert!(!screen.contains("panicked"), "{asked}: {screen}");
    terminal.assert_restored();
}

#[test]
fn random_keys_and_sizes_leave_a_program_that_ends_well() {
    let folder = tempfile::tempdir().unwrap();
    let mut chance = Chance::new();
    let mut terminal = start(folder.path());
    terminal.wait_for("Articles");
    let mut size = (80, 24);
    let mut sent = String::new();
    for _ in 0..events(300) {
        let press = keys(&mut chance);
        sent = format!("{press:?} {sent:.500}");
        terminal.try_press(&press);
        let wanted = chance.size(2);
        if chance.below(3) == 0 && wanted != size {
            size = wanted;
            terminal.resize(size.1, size.0);
            // A change of size is always drawn: the program keeps up with the keys.
            terminal.wait_for_frame();
        }
        if terminal.has_ended() {
            assert_ended_well(&mut terminal, &sent);
            terminal = start(folder.path());
            terminal.wait_for("Articles");
            size = (80, 24);
        }
    }
    while !terminal.has_ended() {
        // Drops what is typed, then goes up one level.
        terminal.try_press("\x1b");
        size = (size.0 % 100 + 20, 24);
        terminal.resize(size.1, size.0);
        terminal.wait_for_frame();
        terminal.try_press("q");
    }
    assert_ended_well(&mut terminal, &sent);
}
