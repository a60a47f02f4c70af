//! `kutip show`: prints one article as the text pane shows it.

use std::io::{self, Write};

use super::outcome::{Error, Outcome};
use super::output::screen_width;
use super::paths::PathArgs;
use crate::export::page;

/// Maximum width in columns; longer lines are hard to read.
const WIDEST: usize = 78;

/// Arguments of `kutip show`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    paths: PathArgs,
    /// The article: its id, its path, or a part of either that is unique
    #[arg(long, value_name = "ARTICLE")]
    of: String,
}

/// Shows an article.
pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let session = args.paths.load()?;
    let id = session.article(&args.of)?;
    if let Some(article) = session.corpus().get(id) {
        let shown = page(article, screen_width().min(WIDEST));
        io::stdout().write_all(shown.as_bytes())?;
    }
    Ok(session.conclude(1))
}
