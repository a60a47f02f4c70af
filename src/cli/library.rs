//! `kutip library`: exports and imports the library as JSON Lines, checks it for damage, and
//! recovers a damaged one.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, Local};

use super::outcome::{Error, Outcome, tell, tell_on_terminal};
use super::session::{LibraryArgs, Soundness};
use super::target::{ForceArgs, not_written};
use crate::files::save;
use crate::library::{Recovered, Store, export, import, recover};
use crate::text::printable;

/// Arguments of `kutip library`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Write every entry as one line of JSON.
    Export(ExportArgs),
    /// Read such lines into the library, or corrections from Label Studio, as notes. An entry that
    /// exists already is replaced.
    Import(FileArgs),
    /// Check the library for damage, and list what is lost.
    Check(LibraryArgs),
    /// Write what can be read of a damaged library and of its backup to a new library.
    Recover(RecoverArgs),
}

#[derive(Debug, clap::Args)]
struct ExportArgs {
    #[command(flatten)]
    file: FileArgs,
    #[command(flatten)]
    force: ForceArgs,
}

#[derive(Debug, clap::Args)]
struct FileArgs {
    /// The file; standard output or input if it is `-` or omitted
    #[arg(value_name = "FILE", default_value = "-")]
    file: String,
    #[command(flatten)]
    library: LibraryArgs,
}

#[derive(Debug, clap::Args)]
struct RecoverArgs {
    /// The damaged library; it is not changed
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The new library; no file of this name may exist
    #[arg(long, value_name = "NEW")]
    to: PathBuf,
}

/// Exports, imports, checks or recovers a library.
pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    match &args.action {
        Action::Export(args) => write(args),
        Action::Import(args) => read(args),
        Action::Check(args) => check(args),
        Action::Recover(args) => recover_to(args),
    }
}

fn write(args: &ExportArgs) -> Result<Outcome, Error> {
    let FileArgs { file, library } = &args.file;
    let path = Path::new(file);
    let existing = if file == "-" {
        None
    } else {
        Some(args.force.decide(path)?)
    };
    let store = super::notes::open(library)?;
    let state = store.load()?;
    match existing {
        None => export(&state, &mut io::BufWriter::new(io::stdout().lock()))?,
        Some(existing) => save(path, existing, |mut out| export(&state, &mut out))
            .map_err(|error| not_written(path, &error))?,
    }
    let count = state.entries().len();
    if count == 0 || existing.is_some() {
        let count = counted_entries(count);
        tell_on_terminal(&format!("{count} of {} written", store.path().display()));
    }
    Ok(Soundness::tell(&store).outcome(found(count)))
}

fn read(args: &FileArgs) -> Result<Outcome, Error> {
    let input: Box<dyn Read> = match &*args.file {
        "-" => Box::new(io::stdin().lock()),
        path => {
            Box::new(File::open(path).map_err(|error| Error::Usage(format!("{path}: {error}")))?)
        }
    };
    let changes = import(BufReader::new(input))
        .map_err(|error| Error::Usage(format!("{}: {error}", args.file)))?;
    let mut store = super::notes::open(&args.library)?;
    if Soundness::tell(&store) == Soundness::Damaged {
        let path = store.path().display();
        let help = "nothing was taken in; `kutip library recover` saves what can be read";
        return Err(Error::Usage(format!("{path}: is damaged: {help}")));
    }
    store.keep(&changes)?;
    if let Err(error) = store.back_up() {
        tell(&error.to_string());
    }
    let taken = counted_entries(changes.len());
    say(&format!("{taken} taken into {}", store.path().display()))?;
    Ok(found(changes.len()))
}

fn check(args: &LibraryArgs) -> Result<Outcome, Error> {
    let path = super::notes::file(args)?;
    if !path.exists() {
        let path = path.display();
        return Err(Error::Usage(format!("there is no library at {path}")));
    }
    let store = Store::inspect(&path)?;
    let Some(damage) = store.damage() else {
        let count = store.load()?.entries().len();
        let count = counted_entries(count);
        let backup = match store.backup_made() {
            Some(made) => format!("the backup was made on {}", moment(made)),
            None => "there is no backup yet".to_owned(),
        };
        say(&format!("{}: no damage, {count}; {backup}", path.display()))?;
        return Ok(Outcome::Found);
    };
    for line in damage.lines() {
        say(&line)?;
    }
    Ok(Outcome::Faults)
}

fn recover_to(args: &RecoverArgs) -> Result<Outcome, Error> {
    let recovered = recover(&args.file, &args.to)?;
    let Recovered {
        read,
        from_backup,
        lost,
        named,
    } = &recovered;
    let (file, to) = (args.file.display(), args.to.display());
    say(&format!("{file}: {} saved to {to}", counted_entries(*read)))?;
    if let Some((path, made, entries)) = from_backup {
        let (path, made) = (path.display(), moment(*made));
        let count = counted_entries(entries.len());
        say(&format!("{path}: {count} more, as of {made}"))?;
        for entry in entries {
            say(&format!("from the backup: {entry}"))?;
        }
    }
    match lost {
        Some(0) => return Ok(found(read + from_backup.as_ref().map_or(0, |b| b.2.len()))),
        Some(lost) => say(&format!("{file}: {lost} lost"))?,
        None => say(&format!("{file}: how many are lost is unknown"))?,
    }
    for entry in named {
        say(&format!("lost: {entry}"))?;
    }
    Ok(Outcome::Faults)
}

fn found(count: usize) -> Outcome {
    if count == 0 {
        Outcome::Nothing
    } else {
        Outcome::Found
    }
}

fn counted_entries(count: usize) -> String {
    match count {
        1 => "1 entry".to_owned(),
        count => format!("{count} entries"),
    }
}

fn moment(time: SystemTime) -> String {
    DateTime::<Local>::from(time)
        .format("%Y-%m-%d %H:%M")
        .to_string()
}

/// Writes one line to standard output.
fn say(line: &str) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{}", printable(line))
}
