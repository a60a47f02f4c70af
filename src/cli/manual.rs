//! `kutip completions` and `kutip man`: shell completions and the man page, generated from the
//! definitions of the arguments.

use std::io::{self, Write};

use clap::Command;
use clap_complete::Shell;

use super::outcome::{Error, Outcome};
use crate::app::command::{COMMANDS, Info};

/// Arguments of `kutip completions`.
#[derive(Debug, clap::Args)]
pub(super) struct CompletionArgs {
    /// The shell to complete for
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the completions for a shell.
pub(super) fn completions(args: &CompletionArgs, mut command: Command) -> Result<Outcome, Error> {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut command, "kutip", &mut out);
    print(&out)
}

/// Prints the man page with the options, subcommands, keys of the reader, and exit codes.
pub(super) fn man(mut command: Command) -> Result<Outcome, Error> {
    let mut out = Vec::new();
    command.build();
    let page = clap_mangen::Man::new(command.clone());
    page.render_title(&mut out)?;
    page.render_name_section(&mut out)?;
    page.render_synopsis_section(&mut out)?;
    page.render_description_section(&mut out)?;
    page.render_options_section(&mut out)?;
    for subcommand in command.get_subcommands() {
        let name = subcommand.get_name().to_uppercase();
        let page = clap_mangen::Man::new(subcommand.clone());
        writeln!(out, ".SH \"KUTIP {name}\"")?;
        let about = subcommand.get_about().map(ToString::to_string);
        writeln!(out, "{}", roff(&about.unwrap_or_default()))?;
        let mut options = Vec::new();
        page.render_options_section(&mut options)?;
        // The options of a subcommand belong under its own heading.
        let options = String::from_utf8_lossy(&options).replace(".SH OPTIONS", ".SS Options");
        out.write_all(options.as_bytes())?;
    }
    write_keys(&mut out)?;
    writeln!(out, ".SH \"EXIT STATUS\"")?;
    for (code, meaning) in EXIT_CODES {
        writeln!(out, ".TP\n{code}\n{meaning}")?;
    }
    print(&out)
}

const EXIT_CODES: [(u8, &str); 4] = [
    (0, "Something was found."),
    (1, "Nothing was found."),
    (
        2,
        "A usage error, or a named path that is missing or unreadable.",
    ),
    (
        3,
        "Faults in records below the paths, or a damaged library; the rest was printed.",
    ),
];

fn write_keys(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, ".SH KEYS")?;
    for Info {
        keys,
        summary,
        name,
        ..
    } in COMMANDS
    {
        let mut known: Vec<&str> = Vec::new();
        for key in keys.iter().flat_map(|(_, keys)| keys.split_whitespace()) {
            if !known.contains(&key) {
                known.push(key);
            }
        }
        writeln!(out, ".TP\n\\fB{}\\fR ({name})", roff(&known.join(" ")))?;
        writeln!(out, "{}", roff(summary))?;
    }
    Ok(())
}

/// Escapes text for roff, so that nothing at the start of a line is taken for a request.
fn roff(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) {
        format!("\\&{text}")
    } else {
        text
    }
}

fn print(bytes: &[u8]) -> Result<Outcome, Error> {
    io::stdout().write_all(bytes)?;
    Ok(Outcome::Found)
}
