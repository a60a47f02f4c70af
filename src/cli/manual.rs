//! `kutip completions` and `kutip man`: shell completions and man pages, generated from the
//! definitions of the arguments.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Command, ValueHint};
use clap_complete::Shell;
use clap_mangen::Man;

use super::help::{ENVIRONMENT, EXIT_CODES, FILES, examples, query_language, takes_queries};
use super::outcome::{Error, Outcome};
use crate::app::command::{COMMANDS, Info};

/// Arguments of `kutip completions`.
#[derive(Debug, clap::Args)]
pub(super) struct CompletionArgs {
    /// The shell to complete for
    #[arg(value_enum)]
    shell: Shell,
}

/// Arguments of `kutip man`.
#[derive(Debug, clap::Args)]
pub(super) struct ManArgs {
    /// The command whose page is printed; the page of the program if omitted
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
    /// Write all pages to this folder instead, for a package
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "command")]
    to: Option<PathBuf>,
}

/// Prints the completions for a shell.
pub(super) fn completions(args: &CompletionArgs, mut command: Command) -> Result<Outcome, Error> {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut command, "kutip", &mut out);
    io::stdout().write_all(&out)?;
    Ok(Outcome::Found)
}

/// Prints the man page of a command, or writes all pages to a folder.
pub(super) fn man(args: &ManArgs, mut command: Command) -> Result<Outcome, Error> {
    command.build();
    if let Some(folder) = &args.to {
        write_all(&command, "", folder).map_err(|error| {
            let folder = folder.display();
            Error::Usage(format!("{folder}: the pages cannot be written: {error}"))
        })?;
        return Ok(Outcome::Found);
    }
    let mut wanted = &command;
    for name in &args.command {
        wanted = wanted.find_subcommand(name).ok_or_else(|| {
            let command = args.command.join(" ");
            Error::Usage(format!(
                "`{command}` is not a command; `kutip help` lists them"
            ))
        })?;
    }
    io::stdout().write_all(&page(wanted, &args.command.join(" "))?)?;
    Ok(Outcome::Found)
}

/// Writes the page of a command and of all its subcommands.
fn write_all(command: &Command, name: &str, folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join(file_name(name)), page(command, name)?)?;
    for sub in subcommands(command) {
        let name = format!("{name} {}", sub.get_name());
        write_all(sub, name.trim_start(), folder)?;
    }
    Ok(())
}

/// Returns the subcommands that have a page. `help` has none.
fn subcommands(command: &Command) -> impl Iterator<Item = &Command> {
    let all = command.get_subcommands();
    all.filter(|sub| sub.get_name() != "help")
}

fn file_name(name: &str) -> String {
    format!("{}.1", page_name(name))
}

fn page_name(name: &str) -> String {
    format!("kutip {name}").trim_end().replace(' ', "-")
}

/// Returns the man page of a command.
fn page(command: &Command, name: &str) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let man = Man::new(command.clone())
        .title(page_name(name).to_uppercase())
        .source(concat!("kutip ", env!("CARGO_PKG_VERSION")))
        .manual("User Commands");
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    man.render_options_section(&mut out)?;
    let names: Vec<_> = subcommands(command).map(Command::get_name).collect();
    if !names.is_empty() {
        section(&mut out, "COMMANDS")?;
        for sub in subcommands(command) {
            let about = sub.get_about().map(ToString::to_string);
            entry(&mut out, sub.get_name(), &about.unwrap_or_default())?;
        }
    }
    if takes_queries(command, name) {
        write_query_language(&mut out)?;
    }
    if name.is_empty() {
        write_keys(&mut out)?;
    }
    section(&mut out, "EXAMPLES")?;
    for (line, what) in examples(name) {
        entry(&mut out, line, what)?;
    }
    for (title, entries) in [
        ("FILES", &FILES[..]),
        ("ENVIRONMENT", &ENVIRONMENT),
        ("EXIT STATUS", &EXIT_CODES),
    ] {
        section(&mut out, title)?;
        for (name, what) in entries {
            entry(&mut out, name, what)?;
        }
    }
    write_see_also(&mut out, name, &names)?;
    Ok(out)
}

fn write_query_language(out: &mut dyn Write) -> io::Result<()> {
    section(out, "QUERY LANGUAGE")?;
    let (note, words) = query_language();
    writeln!(out, "{}", roff(&note.join(" ")))?;
    for (word, what) in words {
        entry(out, &word, what)?;
    }
    Ok(())
}

fn write_keys(out: &mut dyn Write) -> io::Result<()> {
    section(out, "KEYS")?;
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

fn write_see_also(out: &mut dyn Write, name: &str, subcommands: &[&str]) -> io::Result<()> {
    let above = name.rsplit_once(' ').map_or("", |(above, _)| above);
    let own = subcommands.iter().map(|sub| format!("{name} {sub}"));
    let mut names: Vec<String> = own.map(|name| page_name(name.trim_start())).collect();
    if !name.is_empty() {
        names.insert(0, page_name(above));
    }
    section(out, "SEE ALSO")?;
    let names = names
        .iter()
        .map(|name| format!("\\fB{}\\fR(1)", roff(name)));
    writeln!(out, "{}", names.collect::<Vec<_>>().join(", "))
}

fn section(out: &mut dyn Write, title: &str) -> io::Result<()> {
    writeln!(out, ".SH \"{title}\"")
}

/// Writes a name in bold, with its description indented below it.
fn entry(out: &mut dyn Write, name: &str, what: &str) -> io::Result<()> {
    writeln!(out, ".TP\n\\fB{}\\fR\n{}", roff(name), roff(what))
}

/// Escapes text for roff, so that nothing at the start of a line is taken for a request.
fn roff(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    let text = text
        .replace('\'', "\\(aq")
        .replace('^', "\\(ha")
        .replace('~', "\\(ti");
    if text.starts_with('.') {
        format!("\\&{text}")
    } else {
        text
    }
}
