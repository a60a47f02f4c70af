//! The command line: arguments, exit codes, and one file per subcommand.

mod articles;
mod cache;
mod check;
mod compare;
mod config;
mod copies;
mod export;
mod find;
mod help;
mod kept;
mod keys;
mod library;
mod manual;
mod matrix;
mod notes;
mod outcome;
mod output;
mod paths;
mod progress;
mod query;
mod quotes;
mod related;
mod schema;
mod session;
mod show;
mod speakers;
mod stories;
mod target;
mod timeline;
mod typo;
mod variants;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use outcome::{Outcome, Verbosity};
use paths::PathArgs;
use session::{ReaderArgs, ViewArgs};

/// Who said what, and where the wording differs: reads corpora of news articles.
///
/// Without a command, opens the reader: on the paths, or on the built-in sample if there are none.
#[derive(Debug, Parser)]
#[command(
    name = "kutip",
    version,
    long_version = LONG_VERSION,
    args_conflicts_with_subcommands = true
)]
struct Cli {
    #[command(flatten)]
    paths: PathArgs,
    #[command(flatten)]
    reader: ReaderArgs,
    #[command(flatten)]
    messages: MessageArgs,
    #[command(subcommand)]
    command: Option<Command>,
}

/// The version with what this build can do besides.
const LONG_VERSION: &str = if cfg!(feature = "parquet") {
    concat!(env!("CARGO_PKG_VERSION"), "\nfeatures: +parquet")
} else {
    concat!(env!("CARGO_PKG_VERSION"), "\nfeatures: -parquet")
};

/// Arguments that select what is written to standard error.
#[derive(Clone, Copy, Debug, clap::Args)]
struct MessageArgs {
    /// Write no faults of records, no notices and no progress to standard error; errors remain
    #[arg(short, long, global = true, display_order = 900)]
    quiet: bool,
    /// Write to standard error what was read
    #[arg(
        short,
        long,
        global = true,
        conflicts_with = "quiet",
        display_order = 901
    )]
    verbose: bool,
}

impl MessageArgs {
    fn verbosity(self) -> Verbosity {
        match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Usual,
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List articles with their structure.
    Articles(articles::Args),
    /// List quotations with their speakers.
    Quotes(quotes::Args),
    /// List speakers with all their names.
    Speakers(ViewArgs),
    /// List the articles related to one, with the reasons.
    Related(related::Args),
    /// List articles of one event as stories.
    Stories(ViewArgs),
    /// List near-duplicate texts, each under the earlier one that it carries.
    Copies(ViewArgs),
    /// List utterances that several articles report, with all wordings.
    Variants(ViewArgs),
    /// Lay articles or quotations side by side.
    Compare(compare::Args),
    /// Count whom each outlet quotes in each story.
    Matrix(ViewArgs),
    /// List statements by date.
    Timeline(ViewArgs),
    /// Show one article.
    Show(show::Args),
    /// Write articles and quotations to a file.
    Export(export::Args),
    /// List what could not be read.
    Check(check::Args),
    /// List the reader's commands and keys.
    Keys(keys::Args),
    /// List your notes.
    Notes(notes::Args),
    /// Export, import, check or recover your library.
    Library(library::Args),
    /// Print the default settings, or check yours.
    Config(config::Args),
    /// Show where the parse cache is and how large it is, or clear it.
    Cache(cache::Args),
    /// Print the JSON Schema of the records that a command prints.
    Schema(schema::Args),
    /// Print completions for a shell.
    Completions(manual::CompletionArgs),
    /// Print a man page.
    Man(manual::ManArgs),
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    run(std::env::args_os()).into()
}

fn run(arguments: impl IntoIterator<Item = OsString>) -> Outcome {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let mut command = command();
    if let Some(fault) = typo::of(&arguments, &command) {
        outcome::tell(&fault);
        return Outcome::Usage;
    }
    let parsed = command.try_get_matches_from_mut(arguments);
    let cli = match parsed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => {
            // An error here is a closed pipe, which is harmless.
            let _ = error.print();
            return if error.use_stderr() {
                Outcome::Usage
            } else {
                Outcome::Found
            };
        }
    };
    cli.messages.verbosity().set();
    let result = match cli.command {
        None => session::open_reader(&cli.paths, &cli.reader),
        Some(command) => run_command(command),
    };
    result.unwrap_or_else(|error| outcome::report(&error))
}

/// Returns the definition of all arguments, with their help.
fn command() -> clap::Command {
    help::with_help(Cli::command(), "")
}

fn run_command(command: Command) -> Result<Outcome, outcome::Error> {
    match command {
        Command::Articles(args) => articles::run(&args),
        Command::Quotes(args) => quotes::run(&args),
        Command::Speakers(args) => speakers::run(&args),
        Command::Related(args) => related::run(&args),
        Command::Stories(args) => stories::run(&args),
        Command::Copies(args) => copies::run(&args),
        Command::Variants(args) => variants::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Matrix(args) => matrix::run(&args),
        Command::Timeline(args) => timeline::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Keys(args) => keys::run(&args),
        Command::Notes(args) => notes::run(&args),
        Command::Library(args) => library::run(&args),
        Command::Config(args) => config::run(&args),
        Command::Cache(args) => cache::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Completions(args) => manual::completions(&args, self::command()),
        Command::Man(args) => manual::man(&args, self::command()),
    }
}
