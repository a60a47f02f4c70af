//! The real program on a pseudo-terminal: it starts, filters, reads, resizes, stops, quits, and the
//! terminal is as it was.

#![cfg(unix)]
#![allow(clippy::unwrap_used)] // a test may fail loudly

mod terminal;

use std::time::Instant;

use terminal::{BOUND, Terminal};

/// What the list shows as soon as it has the sample, wherever else a notice stands: the number of
/// the selected article of all.
const LISTED: &str = "1/14";

#[test]
fn a_session_leaves_the_terminal_as_it_was() {
    let mut terminal = Terminal::start(24, 100);
    terminal.wait_for("▸ Articles");
    terminal.wait_for(LISTED);
    terminal.press("/feri");
    terminal.wait_for("filter feri");
    terminal.wait("fewer articles", |screen| {
        !screen.contents().contains(LISTED)
    });
    terminal.press("\r\r");
    terminal.wait_for("▸ Text");
    terminal.resize(40, 130);
    terminal.wait("three panes", |screen| {
        let first = screen.contents_between(0, 0, 1, 0);
        first.contains("Articles") && first.contains("▸ Text") && first.contains("Quotes")
    });
    // Ctrl-L, and it goes on.
    terminal.press("\x0c?");
    terminal.wait_for("Help");
    terminal.press("qqq");
    assert!(terminal.end().success());
    terminal.assert_restored();
}

#[test]
fn a_signal_restores_the_terminal_before_it_ends_the_program() {
    for signal in [
        "HUP", "INT", "QUIT", "ABRT", "ALRM", "TERM", "USR1", "USR2", "VTALRM", "PROF", "XCPU",
    ] {
        let mut terminal = Terminal::start(24, 80);
        terminal.wait_for(LISTED);
        terminal.kill(signal);
        assert!(!terminal.end().success(), "{signal} is how it ended");
        terminal.assert_restored();
    }
}

/// A shell with job control. After a line it changes the modes, as shells do, and continues.
const JOB: &str = "set -m; sh -c 'echo $$ > \"$PID\"; exec \"$0\" --no-library' \"$0\"; \
     printf '\\033[2J\\033[Hstopped\\n'; read go; stty sane; fg; printf 'ended\\n'";

#[test]
fn the_program_stops_and_goes_on_whoever_asks() {
    for (stops, is_told) in [("Ctrl-z", true), ("TSTP", true), ("STOP", false)] {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("pid");
        let variables = [("PID", place.to_str().unwrap())];
        let mut terminal = Terminal::start_script((24, 100), JOB, &variables);
        terminal.wait_for(LISTED);
        match stops {
            "Ctrl-z" => terminal.press("\x1a"),
            signal => terminal::kill(std::fs::read_to_string(&place).unwrap().trim(), signal),
        }
        terminal.wait_for("stopped");
        if is_told {
            terminal.assert_restored();
        }
        terminal.press("\n");
        terminal.wait("the list again", |screen| {
            let contents = screen.contents();
            contents.contains(LISTED) && !contents.contains("stopped") && screen.alternate_screen()
        });
        assert!(
            !terminal.modes().contains("ICANON"),
            "{stops}: keys come one by one again"
        );
        let screen = terminal.screen.screen();
        assert!(screen.bracketed_paste(), "{stops}");
        assert_ne!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        terminal.press("?");
        terminal.wait_for("Help");
        terminal.press("qq");
        terminal.wait("the end", |screen| {
            screen.contents().contains("ended") && !screen.alternate_screen()
        });
        assert!(terminal.end().success());
    }
}

#[test]
fn the_program_ends_while_it_waits_for_what_it_reads() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let paths = [pipe.to_str().unwrap(), "--no-library"];
    for ends in ["q", "INT", "TERM", "HUP"] {
        // Somebody who could write into the pipe, and does not; then nobody.
        let writer = std::fs::OpenOptions::new()
            .read(true)
            .write(true)
            .open(&pipe);
        for writer in [Some(writer.unwrap()), None] {
            let mut terminal = Terminal::start_with((24, 80), &paths, &[]);
            terminal.wait_for("Reading");
            match ends {
                "q" => terminal.press("q"),
                signal => terminal.kill(signal),
            }
            assert_eq!(terminal.end().success(), ends == "q");
            terminal.assert_restored();
            drop(writer);
        }
    }
}

/// A program that writes its arguments, one a line, into a file.
fn script(folder: &std::path::Path, name: &str) -> (String, std::path::PathBuf) {
    use std::os::unix::fs::PermissionsExt;
    let (path, told) = (folder.join(name), folder.join(format!("{name}.told")));
    let words = format!(
        "#!/bin/sh\nprintf '%s\\n' \"$@\" > '{0}.new'\n[ -t 0 ] || cat >> '{0}.new'\nmv '{0}.new' '{0}'\n",
        told.display()
    );
    std::fs::write(&path, words).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    (path.to_str().unwrap().to_owned(), told)
}

/// What a [`script`] wrote. The browser runs on its own, so it may be later than the reader.
fn told(path: &std::path::Path) -> String {
    let end = Instant::now() + BOUND;
    loop {
        match std::fs::read_to_string(path) {
            Ok(words) => return words,
            Err(error) => assert!(Instant::now() < end, "{}: {error}", path.display()),
        }
        std::thread::yield_now();
    }
}

#[test]
fn other_programs_get_the_terminal_and_give_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let article = folder.path().join("pasar.json");
    let text = "{\"title\": \"Pasar Kembang Dibuka Lagi\", \
         \"url\": \"https://contoh.example/pasar?a=1&b=2\", \
         \"text\": \"\u{201c}Semua kios sudah terisi,\u{201d} kata Wira Adinata pada Senin.\"}";
    std::fs::write(&article, text).unwrap();
    let (editor, edited) = script(folder.path(), "editor");
    let (browser, opened) = script(folder.path(), "browser");
    let (reader, read) = script(folder.path(), "reader");
    let variables = [("EDITOR", &*editor), ("BROWSER", &*browser)];
    let paths = [article.to_str().unwrap(), "--no-library"];
    let mut terminal = Terminal::start_with((24, 100), &paths, &variables);
    terminal.wait_for("Semua kios");
    terminal.press("\re");
    terminal.wait_for("was open in");
    let words = told(&edited);
    assert!(
        words.starts_with('+') && words.contains("pasar.json"),
        "{words}"
    );
    terminal.press("gx");
    terminal.wait_for("to open https://contoh.example");
    terminal.press("|");
    terminal.wait_for("|");
    terminal.press(&format!("{reader} satu\r"));
    terminal.wait_for("Enter goes back");
    terminal.press("\r");
    terminal.wait_for("done:");
    let words = told(&read);
    assert!(
        words.starts_with("satu") && words.contains("Semua kios"),
        "{words}"
    );
    terminal.wait("the reader again", |screen| {
        screen.contents().contains("Text") && screen.alternate_screen()
    });
    terminal.press("qq");
    assert!(terminal.end().success());
    terminal.assert_restored();
    let words = told(&opened);
    assert!(
        words.starts_with("https://contoh.example/pasar?a=1&b=2\n"),
        "{words}"
    );
}

#[test]
fn the_name_of_a_file_is_no_command_of_the_editor() {
    let folder = tempfile::tempdir().unwrap();
    let tools = tempfile::tempdir().unwrap();
    let name = "+!touch PWNED; .txt";
    std::fs::write(folder.path().join(name), "Semua kios sudah terisi.").unwrap();
    let (editor, edited) = script(tools.path(), "vim");
    let variables = [("EDITOR", &*editor)];
    let arguments = [name, "--no-library", "--no-cache"];
    let mut terminal = Terminal::start_in(folder.path(), (24, 100), &arguments, &variables);
    terminal.wait_for("Semua kios");
    terminal.press("\re");
    terminal.wait_for("was open in");
    assert_eq!(told(&edited), format!("+1\n--\n./{name}\n"));
    terminal.press("qq");
    assert!(terminal.end().success());
}

#[test]
fn a_damaged_library_is_told_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library.db");
    let mut store = kutip::library::Store::open(&library).unwrap();
    let change = kutip::library::Change::Query("feri".into(), Some("title:kembang".into()));
    store.keep(&[change]).unwrap();
    drop(store);
    let mut bytes = std::fs::read(&library).unwrap();
    let at = bytes
        .windows(7)
        .position(|words| words == b"kembang")
        .unwrap();
    bytes[at] ^= 4;
    std::fs::write(&library, &bytes).unwrap();
    let arguments = ["--library", library.to_str().unwrap()];
    let mut terminal = Terminal::start_with((24, 120), &arguments, &[]);
    terminal.wait_for("1 of 1 entries cannot be read");
    terminal.wait_for(LISTED);
    terminal.press("\rrqq");
    assert!(terminal.end().success());
    assert!(std::fs::read(&library).unwrap() == bytes);
}

#[test]
fn what_is_pressed_for_another_program_is_not_for_the_reader() {
    let mut terminal = Terminal::start_with((24, 100), &["--no-library"], &[]);
    terminal.wait_for(LISTED);
    terminal.press("\r|");
    terminal.wait_for("|");
    terminal.press("echo mulai; exec sleep 1000\r");
    terminal.wait("the command", |screen| {
        screen.contents().contains("mulai") && !screen.alternate_screen()
    });
    // Ctrl-C.
    terminal.press("\x03");
    terminal.wait_for("Enter goes back");
    terminal.press("\r");
    terminal.wait("the reader again", |screen| {
        screen.contents().contains("sleep 1000: ") && screen.alternate_screen()
    });
    terminal.press("qq");
    assert!(terminal.end().success());
    terminal.assert_restored();
}

#[test]
fn the_systems_own_clipboard_is_used_and_tells_what_became_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let (_, copied) = script(folder.path(), "wl-copy");
    let path = format!("{}:/usr/bin:/bin", folder.path().display());
    let variables = [("PATH", &*path), ("WAYLAND_DISPLAY", "wayland-9")];
    let mut terminal = Terminal::start_with((24, 100), &["--no-library"], &variables);
    terminal.wait_for(LISTED);
    terminal.press("\rya");
    terminal.wait_for("copied by wl-copy");
    let words = told(&copied);
    assert!(words.trim().len() > 200, "{words}");
    terminal.press("qq");
    assert!(terminal.end().success());
}
