//! `kutip compare`: articles, passage by passage, or quotations, side by side.

use super::outcome::{Error, Outcome};
use super::output::OutputArgs;
use super::paths::PathArgs;
use super::session::Session;
use crate::export::{Column, Relations};
use crate::model::ArticleId;
use crate::relate::{Passage, Row, compare_articles, compare_passages};

/// The columns of a table, which has a line for each passage. The first line of a row has its
/// number.
const COLUMNS: &[Column] = &[
    Column::right("passage"),
    Column::left("article"),
    Column::left("text"),
];

/// Arguments of `kutip compare`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    paths: PathArgs,
    #[command(flatten)]
    output: OutputArgs,
    /// What to compare; give it twice or more. Articles: the id, the path, or a part of either that
    /// is unique. Quotations: the id (`article@start-end`)
    #[arg(long, value_name = "ARTICLE|QUOTE", required = true)]
    of: Vec<String>,
}

/// Lists the rows of a comparison, in the order of the first article.
pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    if args.of.len() < 2 {
        return Err(Error::Usage(
            "name two or more to compare: --of A --of B".to_owned(),
        ));
    }
    let session = args.paths.load()?;
    let survey = session.survey();
    let mut relations = session.relations(survey);
    let rows = rows(&session, &mut relations, &args.of)?;
    let numbered = (1..).zip(&rows);
    let groups = numbered.map(|(number, row)| relations.passage_record(number, row));
    let written = args.output.write_groups(COLUMNS, groups)?;
    Ok(session.conclude(written))
}

/// Returns the rows that compare the articles or quotations in `names`.
fn rows(session: &Session, relations: &mut Relations, names: &[String]) -> Result<Vec<Row>, Error> {
    let with = (session.corpus(), session.packs());
    let quotes: Vec<_> = names
        .iter()
        .map(|name| relations.find_quote(name))
        .collect();
    if quotes.iter().all(Option::is_none) {
        for name in names {
            session.unknown_quote(name)?;
        }
        let articles: Vec<ArticleId> = names
            .iter()
            .map(|name| session.article(name))
            .collect::<Result<_, _>>()?;
        return Ok(compare_articles(with, &articles));
    }
    let mut passages = Vec::new();
    for (quote, name) in quotes.into_iter().zip(names) {
        let Some(quote) = quote else {
            session.unknown_quote(name)?;
            session.article(name)?;
            return Err(Error::Usage(format!(
                "`{name}` is an article, which is not compared with a quotation; name articles or quotations only"
            )));
        };
        let found = session.corpus().quote(quote);
        passages.extend(found.map(|(_, words)| Passage {
            article: quote.article,
            quote: Some(quote),
            span: words.span,
        }));
    }
    Ok(vec![compare_passages(with, &passages)])
}
