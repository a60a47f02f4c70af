//! `kutip quotes`: one record per quotation, or per occurrence of a keyword.

use clap::ValueEnum;

use super::outcome::{Error, Outcome};
use super::session::{Session, SurveyArgs, ViewArgs};
use crate::export::{
    Column, Picked, QuoteParts, QuoteRecord, keyword_records, quote_records, step_records,
};
use crate::model::QuoteKind;
use crate::search::Keyword;

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

/// The columns of a table with `--trace`: one row for each step of the rules, with the words that the
/// step is about.
const STEP_COLUMNS: &[Column] = &[
    Column::left("article"),
    Column::right("start"),
    Column::left("words"),
    Column::left("step"),
];

/// Arguments of `kutip quotes`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    survey: SurveyArgs,
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
    /// Tell step by step how speakers were found: the candidates, what speaks for each, which one
    /// was chosen; and what a reporting verb was missing that led to nothing
    #[arg(long, conflicts_with_all = ["explain", "keyword", "kind"])]
    trace: bool,
    /// With --trace: this article alone, by its id, its path, or a part of either that no other has
    #[arg(long, value_name = "ARTICLE", requires = "trace")]
    of: Option<String>,
    /// With --trace: only what is told of the words at this offset in characters
    #[arg(long, value_name = "OFFSET", requires = "of")]
    at: Option<usize>,
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
    if args.trace {
        return trace(&session, args);
    }
    let columns = match args.keyword {
        Some(_) => KEYWORD_COLUMNS,
        None => COLUMNS,
    };
    let survey = session.survey_for(&args.view.output, args.survey);
    let picked = session.picked(survey);
    let records = picked.flat_map(|picked| records(picked, args));
    Ok(session.conclude(args.view.output.write(columns, records)?))
}

/// Tells how the speakers of one article, or of all, were found.
fn trace(session: &Session, args: &Args) -> Result<Outcome, Error> {
    let corpus = session.corpus();
    let ids = match &args.of {
        Some(of) => vec![session.article(of)?],
        None => session.kept().articles().to_vec(),
    };
    let articles = ids.into_iter().filter_map(|id| corpus.get(id));
    let records = articles.flat_map(|article| {
        let steps = session.extractor().trace(article);
        step_records(article, steps, args.at)
    });
    let written = args.view.output.write(STEP_COLUMNS, records)?;
    Ok(session.conclude(written))
}

fn records<'a>(picked: Picked<'a>, args: &Args) -> Vec<QuoteRecord<'a>> {
    let parts = QuoteParts {
        rule: args.explain.into(),
        ..QuoteParts::default()
    };
    let is_kept = |kind| args.kind.is_empty() || args.kind.contains(&Kind::of(kind));
    let records = picked.quotes().zip(quote_records(picked, parts));
    let kept = records.filter(|(quote, _)| is_kept(quote.kind));
    match &args.keyword {
        Some(keyword) => kept
            .flat_map(|(quote, record)| keyword_records(picked.article, quote, &record, keyword))
            .collect(),
        None => kept.map(|(_, record)| record).collect(),
    }
}
