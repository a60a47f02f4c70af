//! The command line: one file per subcommand; arguments; exit codes.

mod articles;
mod check;
mod export;
mod outcome;
mod output;
mod quotes;
mod session;
mod show;
mod timeline;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use outcome::Outcome;
use session::PathArgs;

/// Who said what, and where the wording differs: reads corpora of news articles.
#[derive(Debug, Parser)]
#[command(
    name = "kutip",
    version,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    after_help = "A folder that is named like a subcommand opens with ./ before it."
)]
struct Cli {
    #[command(flatten)]
    paths: PathArgs,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List articles with their structure.
    Articles(articles::Args),
    /// List quotations with their speakers.
    Quotes(quotes::Args),
    /// Show one article.
    Show(show::Args),
    /// List statements by date.
    Timeline(timeline::Args),
    /// Write articles and quotations to a file.
    Export(export::Args),
    /// List what could not be read.
    Check(check::Args),
}

/// Runs the program with the process's own arguments.
pub fn main() -> ExitCode {
    run(std::env::args_os()).into()
}

fn run(arguments: impl IntoIterator<Item = OsString>) -> Outcome {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // A closed pipe while help is printed harms no one.
            let _ = error.print();
            return if error.use_stderr() {
                Outcome::Usage
            } else {
                Outcome::Found
            };
        }
    };
    let result = match cli.command {
        None => session::open_reader(&cli.paths),
        Some(Command::Articles(args)) => articles::run(&args),
        Some(Command::Quotes(args)) => quotes::run(&args),
        Some(Command::Show(args)) => show::run(&args),
        Some(Command::Timeline(args)) => timeline::run(&args),
        Some(Command::Export(args)) => export::run(&args),
        Some(Command::Check(args)) => check::run(&args),
    };
    result.unwrap_or_else(|error| outcome::report(&error))
}
