//! `kutip quotes`: one record per quotation.

use clap::ValueEnum;

use super::outcome::{Error, Outcome};
use super::output::{OutputArgs, write_all};
use super::session::{PathArgs, conclude};
use crate::export::{Column, QuoteParts, quote_rows};
use crate::model::QuoteKind;

const COLUMNS: &[Column] = &[
    Column::left("article"),
    Column::left("kind"),
    Column::left("speaker"),
    Column::left("text"),
];

/// Arguments of `kutip quotes`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    paths: PathArgs,
    #[command(flatten)]
    output: OutputArgs,
    /// Keep these kinds only
    #[arg(long, value_enum, value_delimiter = ',')]
    kind: Vec<Kind>,
    /// Add the rule by which each speaker was found
    #[arg(long)]
    explain: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// A whole utterance between marks
    Direct,
    /// Marked words inside a clause
    Fragment,
    /// A reporting clause without marks
    Indirect,
    /// A reporting clause with marked words in it
    Mixed,
}

impl Kind {
    fn of(kind: QuoteKind) -> Self {
        match kind {
            QuoteKind::Direct => Self::Direct,
            QuoteKind::Fragment => Self::Fragment,
            QuoteKind::Indirect => Self::Indirect,
            QuoteKind::Mixed => Self::Mixed,
        }
    }
}

/// Lists quotations.
pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let loaded = args.paths.load()?;
    let parts = QuoteParts {
        rule: args.explain.into(),
    };
    let is_kept = |kind| args.kind.is_empty() || args.kind.contains(&Kind::of(kind));
    let rows = loaded.corpus.iter().flat_map(|(_, article)| {
        let kinds = article.quotes.iter().map(|quote| quote.kind);
        let rows = kinds.zip(quote_rows(article, parts));
        rows.filter(|(kind, _)| is_kept(*kind)).map(|(_, row)| row)
    });
    let written = write_all(args.output.writer(COLUMNS), rows)?;
    Ok(conclude(written, &loaded))
}
