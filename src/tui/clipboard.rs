//! Copies text to the clipboard. The terminal is asked by OSC 52, which works over ssh. If the system
//! has a clipboard program, it is run too, because it reports whether copying worked. In tmux, which
//! ignores OSC 52 of programs unless it is told otherwise, tmux itself is asked.

use std::io::{self, Write};
use std::process::{Child, Command, Stdio};

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
        Multiplexer::None => {
            "{0} characters sent to the terminal, which does not say if it took them"
        }
        Multiplexer::Tmux => "{0} characters sent through tmux, which does not say if it took them",
    };
    Ok(Sentence::new(words, &[&count]))
}

/// A program that copies its input to the clipboard.
struct ClipboardProgram {
    name: &'static str,
    arguments: &'static [&'static str],
    /// The environment variable that must be set for the program to work.
    needs: Option<&'static str>,
}

/// The clipboard programs, in the order in which they are tried. With `-w`, tmux also passes its
/// buffer on to the terminal, whatever its `set-clipboard` and `allow-passthrough` say.
const PROGRAMS: [ClipboardProgram; 5] = [
    ClipboardProgram {
        name: "wl-copy",
        arguments: &[],
        needs: Some("WAYLAND_DISPLAY"),
    },
    ClipboardProgram {
        name: "xclip",
        arguments: &["-selection", "clipboard"],
        needs: Some("DISPLAY"),
    },
    ClipboardProgram {
        name: "xsel",
        arguments: &["--input", "--clipboard"],
        needs: Some("DISPLAY"),
    },
    ClipboardProgram {
        name: "pbcopy",
        arguments: &[],
        needs: None,
    },
    ClipboardProgram {
        name: TMUX,
        arguments: &["load-buffer", "-w", "-"],
        needs: Some("TMUX"),
    },
];

const TMUX: &str = "tmux";

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
        .filter(|program| program.needs.is_none_or(is_set));
    for program in usable {
        let Ok(child) = start(program) else { continue };
        std::thread::spawn(move || {
            report(if feed(child, &words) {
                outcome(program.name, words.chars().count(), tmux_features)
            } else {
                Sentence::new("{0} failed; {1}", &[&program.name, &sent])
            });
        });
        return None;
    }
    Some(sent)
}

/// Starts a clipboard program. It may keep running to serve the clipboard, so it must not keep the
/// terminal open.
fn start(program: &ClipboardProgram) -> io::Result<Child> {
    let mut command = Command::new(program.name);
    command.args(program.arguments);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
}

/// Passes `words` to a program, waits for it and returns whether it succeeded.
fn feed(mut child: Child, words: &str) -> bool {
    let input = child.stdin.take();
    let written = input.map_or(Ok(()), |mut input| input.write_all(words.as_bytes()));
    written.is_ok() && child.wait().is_ok_and(|status| status.success())
}

/// Returns the features of the terminal that shows this tmux, separated by commas.
fn tmux_features() -> String {
    let mut command = Command::new(TMUX);
    command.args(["display-message", "-p", "#{client_termfeatures}"]);
    let told = command.stderr(Stdio::null()).output();
    told.map_or(String::new(), |told| {
        String::from_utf8_lossy(&told.stdout).trim().to_owned()
    })
}

/// Returns a sentence that says where `count` characters have arrived, once the program `name` has
/// taken them. `features` returns those of the terminal around tmux: tmux keeps a buffer in any
/// case, but only a terminal with the feature `clipboard` gets it.
fn outcome(name: &str, count: usize, features: impl Fn() -> String) -> Sentence {
    if name != TMUX {
        return Sentence::new("{0} characters copied by {1}", &[&count, &name]);
    }
    if features().split(',').any(|feature| feature == "clipboard") {
        let words = "{0} characters in tmux's buffer, and passed on to the terminal's clipboard";
        return Sentence::new(words, &[&count]);
    }
    let words = "{0} characters in tmux's buffer only: the terminal takes no clipboard from tmux";
    Sentence::new(words, &[&count])
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
    fn in_tmux_it_is_told_how_far_the_words_have_come() {
        for (program, features, expected) in [
            ("xclip", "", "3 characters copied by xclip"),
            (
                TMUX,
                "256,clipboard,title",
                "passed on to the terminal's clipboard",
            ),
            (TMUX, "256,title", "in tmux's buffer only"),
            (TMUX, "", "in tmux's buffer only"),
        ] {
            let told = outcome(program, 3, || features.to_owned()).to_string();
            assert!(told.contains(expected), "{program} {features}: {told}");
        }
    }

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
