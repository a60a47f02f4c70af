//! Addresses that the terminal can open (OSC 8), where it is known to: the cells of an address are
//! written once more, between the sequence that begins a link and the one that ends it.

use std::io::{self, Write};

use ratatui::backend::{Backend, CrosstermBackend};

use crate::ui::Link;

/// Whether the terminal is one that knows links. Others are sent none: some print what they do not
/// know.
pub fn are_known(variable: impl Fn(&str) -> Option<String>) -> bool {
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
        // It passes links on since 3.4.
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

/// Writes links over what is drawn.
///
/// # Errors
/// Where the terminal cannot be written.
pub fn write(links: &[Link], backend: &mut CrosstermBackend<impl Write>) -> io::Result<()> {
    for link in links {
        let Some(address) = plain(&link.address) else {
            continue;
        };
        // One identifier for all rows of one address.
        write!(backend, "\x1b]8;id=kutip;{address}\x1b\\")?;
        backend.draw(link.cells.iter().map(|(x, y, cell)| (*x, *y, cell)))?;
        write!(backend, "\x1b]8;;\x1b\\")?;
    }
    Ok(())
}

/// An address of the web in which nothing could end the sequence; an article may hold anything.
fn plain(address: &str) -> Option<&str> {
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    let is_plain = address.bytes().all(|byte| byte.is_ascii_graphic());
    (is_web && is_plain && address.len() < 2_000).then_some(address)
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
            let known = are_known(|name| {
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
        for bad in [
            "https://contoh.example/\x1b]52;c;eA==\x07",
            "https://contoh.example/a b",
            "javascript:alert(1)",
            "file:///etc/passwd",
        ] {
            assert_eq!(written(bad), "", "{bad}");
        }
    }
}
