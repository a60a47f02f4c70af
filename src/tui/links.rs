//! Writes hyperlinks (OSC 8) for terminals that are known to support them. The cells of an address
//! are written once more, between the sequence that begins a link and the one that ends it.

use std::borrow::Cow;
use std::io::{self, Write};

use ratatui::backend::{Backend, CrosstermBackend};

use crate::text::printable;
use crate::ui::Link;

/// Returns whether the environment variables name a terminal that supports links. `variable`
/// returns the value of a variable. Other terminals get no links, because some print sequences that
/// they do not know.
pub fn are_supported(variable: impl Fn(&str) -> Option<String>) -> bool {
    let value = |name: &str| variable(name).unwrap_or_default();
    let is_set = |name: &str| !value(name).is_empty();
    let term = value("TERM");
    let program = value("TERM_PROGRAM");
    let vte = value("VTE_VERSION").parse::<u32>().unwrap_or(0);
    let tmux = value("TERM_PROGRAM_VERSION");
    let tmux = tmux.split_once('.').map(|(major, minor)| {
        let digits = minor.trim_end_matches(|c: char| !c.is_ascii_digit());
        (major.parse().unwrap_or(0), digits.parse().unwrap_or(0))
    });
    match &*program {
        "iTerm.app" | "WezTerm" | "vscode" | "ghostty" | "rio" => true,
        // tmux passes links on since version 3.4.
        "tmux" => tmux >= Some((3_u32, 4_u32)),
        _ => {
            let names = [
                "foot",
                "alacritty",
                "xterm-kitty",
                "xterm-ghostty",
                "contour",
            ];
            vte >= 5_000
                || ["KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION"].map(is_set) != [false; 3]
                || names.iter().any(|name| term.starts_with(name))
        }
    }
}

/// Writes links over the cells that show their addresses. Addresses that are not safe are left out.
///
/// # Errors
/// If the terminal cannot be written.
pub fn write(links: &[Link], backend: &mut CrosstermBackend<impl Write>) -> io::Result<()> {
    for link in links {
        let Some(address) = web_address(&link.address) else {
            continue;
        };
        // All rows of one address share an identifier.
        write!(backend, "\x1b]8;id=kutip;{address}\x1b\\")?;
        backend.draw(link.cells.iter().map(|(x, y, cell)| (*x, *y, cell)))?;
        write!(backend, "\x1b]8;;\x1b\\")?;
    }
    Ok(())
}

/// Length of a web address from which it counts as too long to be linked or opened, in bytes.
const MAX_ADDRESS: usize = 2_000;

/// Returns a web address in a form that is safe to send to a terminal or a program, since an
/// article may contain anything. Letters beyond ASCII, and characters that an address must not
/// contain, are percent-encoded. Returns `None` for addresses that are not http or https, are too
/// long, or contain control characters or white space.
pub(super) fn web_address(address: &str) -> Option<Cow<'_, str>> {
    let (scheme, rest) = address.split_once("://")?;
    let is_web = ["http", "https"]
        .iter()
        .any(|web| scheme.eq_ignore_ascii_case(web));
    let is_foul = |c: char| {
        c.is_control() || c.is_whitespace() || printable(c.encode_utf8(&mut [0; 4])).is_empty()
    };
    if !is_web || rest.is_empty() || address.len() >= MAX_ADDRESS || address.chars().any(is_foul) {
        return None;
    }
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte);
    if address.bytes().all(is_plain) {
        return Some(Cow::Borrowed(address));
    }
    let plain = address.bytes().map(|byte| {
        if is_plain(byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    });
    Some(Cow::Owned(plain.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::buffer::Cell;

    #[test]
    fn links_go_to_terminals_that_know_them() {
        for (variables, expected) in [
            (&[("TERM", "xterm-256color")][..], false),
            (&[("TERM", "linux")], false),
            (&[("TERM", "foot")], true),
            (&[("TERM", "xterm-256color"), ("VTE_VERSION", "7006")], true),
            (&[("TERM_PROGRAM", "WezTerm")], true),
            (
                &[("TERM_PROGRAM", "tmux"), ("TERM_PROGRAM_VERSION", "3.3a")],
                false,
            ),
            (
                &[("TERM_PROGRAM", "tmux"), ("TERM_PROGRAM_VERSION", "3.5a")],
                true,
            ),
            (
                &[("TERM", "xterm-256color"), ("KITTY_WINDOW_ID", "1")],
                true,
            ),
        ] {
            let known = are_supported(|name| {
                let known = variables.iter().find(|(known, _)| *known == name);
                known.map(|(_, value)| (*value).to_owned())
            });
            assert_eq!(known, expected, "{variables:?}");
        }
    }

    #[test]
    fn an_address_is_written_plainly_or_not_at_all() {
        let written = |address: &str| {
            let mut bytes = Vec::new();
            let link = Link {
                address: address.to_owned(),
                cells: vec![(3, 4, Cell::new("h"))],
            };
            write(&[link], &mut CrosstermBackend::new(&mut bytes)).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        let good = written("https://contoh.example/a?b=1");
        assert!(good.starts_with("\x1b]8;id=kutip;https://contoh.example/a?b=1\x1b\\"));
        assert!(good.ends_with("\x1b]8;;\x1b\\"));
        let foreign = written("HTTPS://contoh.example/é?a=`b`");
        let address = "HTTPS://contoh.example/%C3%A9?a=%60b%60";
        assert!(foreign.contains(&format!(";{address}\x1b")), "{foreign:?}");
        for bad in [
            "https://contoh.example/\x1b]52;c;eA==\x07",
            "https://contoh.example/a b",
            "https://contoh.example/a\u{202e}b",
            "https://contoh.example/a\u{200b}b",
            "https://contoh.example/a\u{2028}b",
            "https://",
            "javascript:alert(1)",
            "javascript://contoh.example/%0aalert(1)",
            "file:///etc/passwd",
        ] {
            assert_eq!(written(bad), "", "{bad}");
        }
    }
}
