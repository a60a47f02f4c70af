//! Copies text to the clipboard. The terminal is asked by OSC 52, which works over ssh, and through
//! tmux if tmux passes sequences on. If the system has a clipboard program, it is run too, because
//! it reports whether copying worked.

use std::io::{self, Write};
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::config::Sentence;

/// Maximum length of an OSC 52 sequence, in bytes. Terminals are known to accept this length (xterm
/// and tmux cut sequences near 75,000).
const MAX_SEQUENCE: usize = 74_000;

/// The terminal multiplexer that runs between this program and the terminal, if any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Multiplexer {
    None,
    Tmux,
}

/// Asks the terminal to put `words` on the clipboard and returns a sentence that says what was
/// done.
///
/// # Errors
/// If the terminal cannot be written.
pub fn copy(words: &str, out: &mut impl Write) -> io::Result<Sentence> {
    let multiplexer = if std::env::var_os("TMUX").is_some() {
        Multiplexer::Tmux
    } else {
        Multiplexer::None
    };
    let Some(sequence) = sequence(words, multiplexer) else {
        let words = "too long for the terminal's clipboard: nothing was copied";
        return Ok(Sentence::new(words, &[]));
    };
    out.write_all(sequence.as_bytes())?;
    out.flush()?;
    let count = words.chars().count();
    let words = match multiplexer {
        Multiplexer::None => "{0} characters sent to the terminal's clipboard",
        Multiplexer::Tmux => "{0} characters sent to the clipboard through tmux",
    };
    Ok(Sentence::new(words, &[&count]))
}

/// Programs that copy their input to the clipboard, each with its arguments and the environment
/// variable that must be set for it to work.
const PROGRAMS: [(&str, &[&str], Option<&str>); 4] = [
    ("wl-copy", &[], Some("WAYLAND_DISPLAY")),
    ("xclip", &["-selection", "clipboard"], Some("DISPLAY")),
    ("xsel", &["--input", "--clipboard"], Some("DISPLAY")),
    ("pbcopy", &[], None),
];

/// Passes `words` to the first clipboard program that is installed and returns `None`. Then calls
/// `report` with the outcome from another thread, because a program may wait for its display. If no
/// program is installed, returns `sent`, the sentence about what was sent to the terminal.
pub fn copy_by_program(
    words: String,
    sent: Sentence,
    report: impl FnOnce(Sentence) + Send + 'static,
) -> Option<Sentence> {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let usable = PROGRAMS
        .iter()
        .filter(|(_, _, needs)| needs.is_none_or(is_set));
    for (program, arguments, _) in usable {
        let mut command = Command::new(program);
        command.args(*arguments);
        // These programs keep running to serve the clipboard, so they must not keep the terminal
        // open.
        let started = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut child) = started else { continue };
        std::thread::spawn(move || {
            let input = child.stdin.take();
            let written = input.map_or(Ok(()), |mut input| input.write_all(words.as_bytes()));
            let is_done = written.is_ok() && child.wait().is_ok_and(|status| status.success());
            report(if is_done {
                let count = words.chars().count();
                Sentence::new("{0} characters copied by {1}", &[&count, &program])
            } else {
                Sentence::new("{0} failed; {1}", &[&program, &sent])
            });
        });
        return None;
    }
    Some(sent)
}

/// Returns the OSC 52 sequence for `words`, or `None` if the terminal would cut it off.
fn sequence(words: &str, multiplexer: Multiplexer) -> Option<String> {
    let plain = format!("\x1b]52;c;{}\x07", BASE64_STANDARD.encode(words));
    if plain.len() > MAX_SEQUENCE {
        return None;
    }
    Some(match multiplexer {
        Multiplexer::None => plain,
        // The sequence is sent twice: tmux takes the first for its own buffer if `set-clipboard` is
        // on, and passes the second to the terminal if `allow-passthrough` is on.
        Multiplexer::Tmux => {
            let wrapped = plain.replace('\x1b', "\x1b\x1b");
            format!("{plain}\x1bPtmux;{wrapped}\x1b\\")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_reach_the_terminal_whole_or_not_at_all() {
        let plain = "\x1b]52;c;S2lt\x07";
        assert_eq!(sequence("Kim", Multiplexer::None).as_deref(), Some(plain));
        assert_eq!(
            sequence("Kim", Multiplexer::Tmux).as_deref(),
            Some("\x1b]52;c;S2lt\x07\x1bPtmux;\x1b\x1b]52;c;S2lt\x07\x1b\\")
        );
        assert_eq!(sequence(&"a".repeat(MAX_SEQUENCE), Multiplexer::None), None);
    }
}
