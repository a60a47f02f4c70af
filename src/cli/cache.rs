//! `kutip cache`: shows the folder and the size of the parse cache, or clears it.

use std::io::Write;

use super::outcome::{Error, Outcome};
use crate::cache::CacheDir;
use crate::config::cache_folder;
use crate::text::printable;

/// Number of paths of a corpus that are listed; a list of files may have named thousands.
const LISTED: usize = 5;

/// Arguments of `kutip cache`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Remove the whole cache; it is filled again when a corpus is opened
    #[arg(long)]
    clear: bool,
}

/// Shows the cache, after clearing it if asked to.
pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let Some(folder) = cache_folder() else {
        return Err(Error::Usage(
            "there is no HOME, so there is no folder for the cache".to_owned(),
        ));
    };
    let place = CacheDir::new(folder);
    if args.clear {
        place.clear()?;
    }
    let usage = place.usage();
    let bytes: u64 = usage.iter().map(|corpus| corpus.bytes).sum();
    let mut out = std::io::stdout().lock();
    let folder = place.folder().display();
    writeln!(
        out,
        "{folder}: {} of at most {}",
        size(bytes),
        size(place.most())
    )?;
    if let Err(refusal) = place.check() {
        let refusal = refusal.to_string();
        writeln!(out, "nothing is kept: {}", printable(&refusal))?;
    }
    for corpus in usage {
        let paths = corpus.corpus.lines();
        let more = match paths.clone().count().saturating_sub(LISTED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let paths = paths.take(LISTED).map(|path| printable(path).into_owned());
        let paths: Vec<_> = paths.collect();
        writeln!(out, "{:>11}  {}{more}", size(corpus.bytes), paths.join(" "))?;
    }
    Ok(Outcome::Found)
}

fn size(bytes: u64) -> String {
    if bytes < 1_000_000_000 {
        format!("{:.1} MB", bytes as f64 / 1e6)
    } else {
        format!("{:.1} GB", bytes as f64 / 1e9)
    }
}
