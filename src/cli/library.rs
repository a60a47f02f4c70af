//! `kutip library`: all that is kept as JSON Lines, to be shared, versioned and brought back.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};

use super::outcome::{Error, Outcome, remark};
use super::session::LibraryArgs;
use crate::library::{export, import};

/// Arguments of `kutip library`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Write every entry as one line of JSON.
    Export(FileArgs),
    /// Take such lines in; an entry that is there already is replaced.
    Import(FileArgs),
}

#[derive(Debug, clap::Args)]
struct FileArgs {
    /// The file; `-` or none: standard output or input
    #[arg(value_name = "FILE", default_value = "-")]
    file: String,
    #[command(flatten)]
    library: LibraryArgs,
}

/// Exports or imports.
pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    match &args.action {
        Action::Export(args) => write(args),
        Action::Import(args) => read(args),
    }
}

fn write(args: &FileArgs) -> Result<Outcome, Error> {
    let store = super::notes::open(&args.library)?;
    let state = store
        .load()
        .map_err(|error| Error::Usage(error.to_string()))?;
    let out: Box<dyn Write> = match &*args.file {
        "-" => Box::new(io::stdout().lock()),
        path => Box::new(File::create(path).map_err(|error| named(path, &error))?),
    };
    let mut out = BufWriter::new(out);
    export(&state, &mut out)?;
    out.flush()?;
    let count = state.entries().len();
    if count == 0 || args.file != "-" {
        remark(&format!(
            "{count} entries of {} written",
            store.path().display()
        ));
    }
    Ok(if count == 0 {
        Outcome::Nothing
    } else {
        Outcome::Found
    })
}

fn read(args: &FileArgs) -> Result<Outcome, Error> {
    let input: Box<dyn Read> = match &*args.file {
        "-" => Box::new(io::stdin().lock()),
        path => Box::new(File::open(path).map_err(|error| named(path, &error))?),
    };
    let changes = import(BufReader::new(input))
        .map_err(|error| Error::Usage(format!("{}: {error}", args.file)))?;
    let mut store = super::notes::open(&args.library)?;
    store
        .keep(&changes)
        .map_err(|error| Error::Usage(error.to_string()))?;
    let count = changes.len();
    writeln!(
        io::stdout().lock(),
        "{count} entries taken into {}",
        store.path().display()
    )?;
    Ok(if count == 0 {
        Outcome::Nothing
    } else {
        Outcome::Found
    })
}

fn named(path: &str, error: &io::Error) -> Error {
    Error::Usage(format!("{path}: {error}"))
}
