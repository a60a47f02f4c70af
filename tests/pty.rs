//! One run of the real program on a pseudo-terminal: it starts, filters, reads, resizes, quits,
//! and the terminal is as it was.

#![cfg(unix)]
#![allow(clippy::unwrap_used)] // a test may fail loudly

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Long enough for the slowest machine; nothing waits for it when all is well.
const BOUND: Duration = Duration::from_secs(90);

/// What the list shows as soon as it has the sample, wherever else a notice stands: the number of
/// the selected article of all.
const LISTED: &str = "1/14";

struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    raw: Vec<u8>,
}

fn size(rows: u16, cols: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        ..PtySize::default()
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

impl Terminal {
    /// The program on the built-in sample.
    fn start(rows: u16, cols: u16) -> Self {
        Self::start_with((rows, cols), &[], &[])
    }

    /// The program with these arguments and variables.
    fn start_with(size: (u16, u16), args: &[&str], variables: &[(&str, &str)]) -> Self {
        Self::start_in(None, size, args, variables)
    }

    /// The program in a folder.
    fn start_in(
        folder: Option<&std::path::Path>,
        (rows, cols): (u16, u16),
        args: &[&str],
        variables: &[(&str, &str)],
    ) -> Self {
        let pair = native_pty_system().openpty(size(rows, cols)).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_kutip"));
        if let Some(folder) = folder {
            command.cwd(folder);
        }
        command.env("TERM", "xterm-256color");
        // What the reader keeps must not be the user's own.
        command.env("XDG_DATA_HOME", env!("CARGO_TARGET_TMPDIR"));
        command.env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"));
        command.env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR"));
        command.env_remove("NO_COLOR");
        command.env("LC_ALL", "C");
        for name in ["TMUX", "WAYLAND_DISPLAY", "DISPLAY", "VISUAL"] {
            command.env_remove(name);
        }
        command.args(args);
        for (name, value) in variables {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if send.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            keys: pair.master.take_writer().unwrap(),
            master: pair.master,
            child,
            output,
            screen: vt100::Parser::new(cells(rows), cells(cols), 0),
            raw: Vec::new(),
        }
    }

    /// Waits until the screen shows what is asked for.
    fn wait(&mut self, what: &str, is_there: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + BOUND;
        while !is_there(self.screen.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => {
                    self.screen.process(&bytes);
                    self.raw.extend(bytes);
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("never saw {what}:\n{}", self.screen.screen().contents())
                }
            }
        }
    }

    fn wait_for(&mut self, words: &str) {
        self.wait(words, |screen| screen.contents().contains(words));
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    fn resize(&mut self, rows: u16, cols: u16) {
        self.master.resize(size(rows, cols)).unwrap();
        self.screen.screen_mut().set_size(cells(rows), cells(cols));
    }

    /// Waits for the end and takes what is left to read.
    fn end(&mut self) -> portable_pty::ExitStatus {
        let end = Instant::now() + BOUND;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(200)) {
                    self.screen.process(&bytes);
                    self.raw.extend(bytes);
                }
                return status;
            }
            assert!(Instant::now() < end, "it does not end");
            let step = Duration::from_millis(20);
            if let Ok(bytes) = self.output.recv_timeout(step) {
                self.screen.process(&bytes);
                self.raw.extend(bytes);
            }
        }
    }

    fn assert_restored(&self) {
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "the usual screen is back");
        assert!(!screen.hide_cursor(), "the cursor is shown");
        assert_eq!(
            screen.mouse_protocol_mode(),
            vt100::MouseProtocolMode::None,
            "the mouse is free"
        );
        assert!(!screen.bracketed_paste());
    }
}

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
    let mut terminal = Terminal::start(24, 80);
    terminal.wait_for(LISTED);
    let process = terminal.child.process_id().unwrap().to_string();
    let kill = std::process::Command::new("kill")
        .args(["-TERM", &process])
        .status();
    assert!(kill.unwrap().success());
    assert!(!terminal.end().success());
    terminal.assert_restored();
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
    let mut terminal = Terminal::start_in(Some(folder.path()), (24, 100), &arguments, &variables);
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
