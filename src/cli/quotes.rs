//! `kutip quotes`: one record per quotation, or per occurrence of a keyword.

use clap::ValueEnum;

use super::outcome::{Error, Outcome};
use super::query::KeptQuotes;
use super::session::ViewArgs;
use crate::export::{Column, Keyword, QuoteParts, Row, keyword_rows, quote_rows};
use crate::model::{Article, QuoteKind};

const COLUMNS: &[Column] = &[
    Column::left("article"),
    Column::left("kind"),
    Column::left("speaker"),
    Column::left("text"),
];

/// The columns with `--match`: the keyword in its context.
const KEYWORD_COLUMNS: &[Column] = &[
    Column::left("article"),
    Column::left("speaker"),
    Column::right("left"),
    Column::left("match"),
    Column::left("right"),
];

/// Arguments of `kutip quotes`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    view: ViewArgs,
    /// Keep these kinds only
    #[arg(long, value_enum, value_delimiter = ',')]
    kind: Vec<Kind>,
    /// Add the rule by which each speaker was found
    #[arg(long)]
    explain: bool,
    /// Keep the quotations with this word (or several in a row; `*` for any ending). Each
    /// occurrence is one record, with the words to its left and right
    #[arg(long = "match", value_name = "WORD", value_parser = parse_keyword)]
    keyword: Option<Keyword>,
}

fn parse_keyword(typed: &str) -> Result<Keyword, String> {
    Keyword::parse(typed).ok_or_else(|| "it contains no word".to_owned())
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
    let session = args.view.corpus.load()?;
    let columns = match args.keyword {
        Some(_) => KEYWORD_COLUMNS,
        None => COLUMNS,
    };
    let articles = session.corpus().iter().map(|(_, article)| article);
    let rows = articles.flat_map(|article| rows(article, args, &session.kept_quotes(article)));
    Ok(session.conclude(args.view.output.write(columns, rows)?))
}

fn rows(article: &Article, args: &Args, asked: &KeptQuotes) -> Vec<Row> {
    let parts = QuoteParts {
        rule: args.explain.into(),
    };
    let is_kept = |kind| args.kind.is_empty() || args.kind.contains(&Kind::of(kind));
    let rows = article.quotes.iter().zip(quote_rows(article, parts));
    let rows = (0..).zip(rows).filter(|(index, _)| asked.holds(*index));
    let kept = rows
        .map(|(_, pair)| pair)
        .filter(|(quote, _)| is_kept(quote.kind));
    match &args.keyword {
        Some(keyword) => kept
            .flat_map(|(quote, row)| keyword_rows(article, quote, &row, keyword))
            .collect(),
        None => kept.map(|(_, row)| row).collect(),
    }
}
