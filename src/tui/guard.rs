//! Takes control of the terminal and restores it: at the end, on an error, on a panic, on a signal,
//! and while the program is suspended.

use std::io::{self, Write, stdout};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::Print;
use crossterm::terminal::{
    EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use crossterm::{execute, queue};

use crate::app::msg::MouseMode;

/// Whether this program controls the terminal. This is a static because a process has only one
/// terminal.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);

/// Control of the terminal. The terminal is restored when the guard is dropped.
#[derive(Debug)]
pub struct Guard {
    mouse: MouseMode,
}

/// The escape sequences that turn mouse reports on and off: buttons and wheel (mode 1000) with
/// coordinates of any size (mode 1006). Motion reports (mode 1003) are not requested: they would
/// wake the program for nothing.
const FULL: (&str, &str) = ("\x1b[?1000h\x1b[?1006h", "\x1b[?1006l\x1b[?1000l");
/// The escape sequences that turn mode 1007 on and off, in which the terminal sends the wheel as
/// arrow keys. In this mode the terminal still selects text itself.
const WHEEL: (&str, &str) = ("\x1b[?1007h", "\x1b[?1007l");

impl Guard {
    /// Takes control of the terminal: raw mode, alternate screen, bracketed paste and the mouse.
    ///
    /// # Errors
    /// If there is no terminal, or it cannot be written.
    pub fn enter(mouse: MouseMode) -> io::Result<Self> {
        restore_on_panic();
        let guard = Self { mouse };
        guard.enter_again()?;
        Ok(guard)
    }

    /// Takes control of the terminal again after [`Self::leave`].
    ///
    /// # Errors
    /// If there is no terminal, or it cannot be written.
    pub fn enter_again(&self) -> io::Result<()> {
        IS_TAKEN.store(true, Ordering::SeqCst);
        enable_raw_mode()?;
        execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
        take_mouse(self.mouse)
    }

    /// Takes control of the terminal again, even if another program has changed the terminal's mode
    /// since, as a shell does after the process was stopped.
    ///
    /// # Errors
    /// If there is no terminal, or it cannot be written.
    pub fn retake(&self) -> io::Result<()> {
        // crossterm sets raw mode only if it believes that it is off, and a shell may have left it
        // without notice. Turning it off and on sets it again. This happens before any output: in
        // the background, this call is what stops the process again.
        disable_raw_mode()?;
        self.enter_again()
    }

    /// Changes how much of the mouse the program uses.
    ///
    /// # Errors
    /// If the terminal cannot be written.
    pub fn set_mouse(&mut self, mouse: MouseMode) -> io::Result<()> {
        self.mouse = mouse;
        take_mouse(mouse)
    }

    /// Restores the terminal until [`Self::enter_again`] is called. Does nothing if it is already
    /// restored.
    #[expect(
        clippy::unused_self,
        reason = "only who holds the terminal may give it back"
    )]
    pub fn leave(&mut self) {
        restore();
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
        if std::thread::panicking() {
            // A frame that was being drawn is flushed only after the panic hook has restored the
            // terminal.
            let _ = execute!(stdout(), EndSynchronizedUpdate, Show);
        }
    }
}

fn take_mouse(mouse: MouseMode) -> io::Result<()> {
    let (full, wheel) = match mouse {
        MouseMode::Off => (FULL.1, WHEEL.1),
        MouseMode::Wheel => (FULL.1, WHEEL.0),
        MouseMode::Full => (FULL.0, WHEEL.1),
    };
    execute!(stdout(), Print(full), Print(wheel))
}

fn restore() {
    if restore_to(&mut stdout()) {
        let _ = disable_raw_mode();
    }
}

/// Writes the escape sequences that restore the terminal to `out`. Returns `false` and writes
/// nothing if the program does not control the terminal.
fn restore_to(out: &mut impl Write) -> bool {
    if !IS_TAKEN.swap(false, Ordering::SeqCst) {
        return false;
    }
    // Errors are ignored: a terminal that is gone cannot be restored, and nobody is left to be
    // told.
    let _ = queue!(
        out,
        EndSynchronizedUpdate,
        Print(FULL.1),
        Print(WHEEL.1),
        DisableBracketedPaste,
        LeaveAlternateScreen,
        Show
    );
    let _ = out.flush();
    true
}

/// Installs a panic hook that restores the terminal before the panic message is written, so that
/// the message is not lost with the alternate screen.
fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if must_restore() {
                restore();
            }
            before(panic);
        }));
    });
}

/// Returns whether a panic on this thread must restore the terminal. A panic that will be caught
/// must not, because the program then continues to draw.
fn must_restore() -> bool {
    !crate::ingest::is_catching_panics()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_terminal_is_given_back_once() {
        IS_TAKEN.store(true, Ordering::SeqCst);
        let mut out = Vec::new();
        assert!(restore_to(&mut out));
        let told = String::from_utf8(out).unwrap();
        for sequence in ["\x1b[?1049l", "\x1b[?25h", "\x1b[?2004l", "\x1b[?1000l"] {
            assert!(told.contains(sequence), "{told:?} lacks {sequence:?}");
        }
        let mut again = Vec::new();
        assert!(!restore_to(&mut again) && again.is_empty());
    }
    /// Takes control of the terminal and panics. The child process of the next test runs this.
    fn panic_in_the_alternate_screen() {
        let _guard = Guard::enter(MouseMode::Full).unwrap();
        panic!("a fault of the program");
    }

    /// Runs this test again in a child process on a pseudo-terminal, where it panics. A panic
    /// message written before the usual screen is back would be lost with the alternate screen,
    /// even if the guard restores the terminal later.
    #[cfg(unix)]
    #[test]
    fn a_panic_gives_the_terminal_back_before_it_says_why() {
        use portable_pty::{CommandBuilder, PtySize, native_pty_system};
        use std::io::Read;

        const NAME: &str = "a_panic_gives_the_terminal_back_before_it_says_why";
        if std::env::var_os("KUTIP_TEST_PANIC").is_some() {
            panic_in_the_alternate_screen();
        }
        let pair = native_pty_system().openpty(PtySize::default()).unwrap();
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        let name = format!("{}::{NAME}", module_path!().trim_start_matches("kutip::"));
        command.args(["--exact", &name, "--nocapture"]);
        command.env("KUTIP_TEST_PANIC", "1");
        // A long backtrace would push the message off the small screen.
        command.env("RUST_BACKTRACE", "0");
        let mut child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let mut raw = Vec::new();
        let mut bytes = [0; 4096];
        // When the other side is closed, Linux returns an error instead of end of file.
        while let Ok(count @ 1..) = reader.read(&mut bytes) {
            raw.extend_from_slice(&bytes[..count]);
        }
        assert!(!child.wait().unwrap().success());
        let told = String::from_utf8_lossy(&raw);
        assert!(told.contains("\x1b[?1049h"), "it was taken: {told}");
        let mut screen = vt100::Parser::default();
        screen.process(&raw);
        let screen = screen.screen();
        assert!(
            screen.contents().contains("a fault of the program"),
            "{told}"
        );
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    }
}
