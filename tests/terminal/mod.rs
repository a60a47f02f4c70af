//! The real program on a pseudo-terminal, and the screen that it draws.

#![allow(dead_code)] // no test needs all of it

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Long enough for the slowest machine; nothing waits for it when all is well.
pub const BOUND: Duration = Duration::from_secs(90);

/// What ends a frame.
const FRAME: &[u8] = b"\x1b[?2026l";

pub struct Terminal {
    pub master: Box<dyn MasterPty + Send>,
    pub child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    pub screen: vt100::Parser,
    /// The last bytes of what was taken, in which a frame may end.
    last: Vec<u8>,
    frames: usize,
    /// The modes of the terminal before anybody changed them.
    modes: String,
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

/// What the system does with what is typed: echo, lines, signals.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

/// Sends a signal to a process.
pub fn kill(process: &str, signal: &str) {
    let status = Command::new("kill").args(["-s", signal, process]).status();
    assert!(status.unwrap().success());
}

impl Terminal {
    /// The program on the built-in sample.
    pub fn start(rows: u16, cols: u16) -> Self {
        Self::start_with((rows, cols), &[], &[])
    }

    /// The program with these arguments and variables.
    pub fn start_with(at: (u16, u16), args: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_kutip"));
        command.args(args);
        Self::run(at, command, variables)
    }

    /// The program in a folder.
    pub fn start_in(
        folder: &std::path::Path,
        at: (u16, u16),
        args: &[&str],
        variables: &[(&str, &str)],
    ) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_kutip"));
        command.args(args);
        command.cwd(folder);
        Self::run(at, command, variables)
    }

    /// A script of the shell, in which `$0` is the program, with these variables.
    pub fn start_script(at: (u16, u16), script: &str, variables: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new("/bin/sh");
        command.args(["-c", script, env!("CARGO_BIN_EXE_kutip")]);
        Self::run(at, command, variables)
    }

    fn run(
        (rows, cols): (u16, u16),
        mut command: CommandBuilder,
        variables: &[(&str, &str)],
    ) -> Self {
        let pair = native_pty_system().openpty(size(rows, cols)).unwrap();
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
        for (name, value) in variables {
            command.env(name, value);
        }
        let modes = modes(&*pair.master);
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
            last: Vec::new(),
            frames: 0,
            modes,
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.screen.process(bytes);
        self.last.extend(bytes);
        self.frames += self
            .last
            .windows(FRAME.len())
            .filter(|end| *end == FRAME)
            .count();
        let kept = self.last.len().saturating_sub(FRAME.len() - 1);
        self.last.drain(..kept);
    }

    /// Waits until a frame is drawn, or the program has ended.
    pub fn wait_for_frame(&mut self) {
        let before = self.frames;
        while self.frames == before {
            match self.output.recv_timeout(BOUND) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {
                    panic!("it draws no more:\n{}", self.screen.screen().contents())
                }
            }
        }
    }

    /// Waits until the screen shows what is asked for.
    pub fn wait(&mut self, what: &str, is_there: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + BOUND;
        while !is_there(self.screen.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("never saw {what}:\n{}", self.screen.screen().contents())
                }
            }
        }
    }

    pub fn wait_for(&mut self, words: &str) {
        self.wait(words, |screen| screen.contents().contains(words));
    }

    pub fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Presses keys, though the program may have ended.
    pub fn try_press(&mut self, keys: &str) {
        let _ = self.keys.write_all(keys.as_bytes());
    }

    pub fn resize(&mut self, rows: u16, cols: u16) {
        self.master.resize(size(rows, cols)).unwrap();
        self.screen.screen_mut().set_size(cells(rows), cells(cols));
    }

    /// Waits for the end and takes what is left to read.
    pub fn end(&mut self) -> portable_pty::ExitStatus {
        let end = Instant::now() + BOUND;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(200)) {
                    self.take(&bytes);
                }
                return status;
            }
            assert!(Instant::now() < end, "it does not end");
            let step = Duration::from_millis(20);
            if let Ok(bytes) = self.output.recv_timeout(step) {
                self.take(&bytes);
            }
        }
    }

    /// Whether it has ended; takes what there is to read.
    pub fn has_ended(&mut self) -> bool {
        while let Ok(bytes) = self.output.try_recv() {
            self.take(&bytes);
        }
        self.child.try_wait().unwrap().is_some()
    }

    /// Sends a signal to the program.
    pub fn kill(&self, signal: &str) {
        kill(&self.child.process_id().unwrap().to_string(), signal);
    }

    pub fn modes(&self) -> String {
        modes(&*self.master)
    }

    pub fn assert_restored(&self) {
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "the usual screen is back");
        assert!(!screen.hide_cursor(), "the cursor is shown");
        assert_eq!(
            screen.mouse_protocol_mode(),
            vt100::MouseProtocolMode::None,
            "the mouse is free"
        );
        assert!(!screen.bracketed_paste());
        assert_eq!(self.modes(), self.modes, "lines are typed as before");
    }
}
