//! Writes what a chart shows: a matrix as a table whose numbers lead to the quotations that they
//! count, and a timeline as a table of steps that lead to their statements.

use std::io::{self, Write};

use super::FileKind;
use super::citation::citation;
use super::markup::{HTML_FOOT, MARKDOWN_HEAD, html, html_head, markdown};
use crate::model::{Corpus, QuoteId, QuoteKind};
use crate::relate::{Bin, Grain, Grid, GridRow, Histogram};
use crate::text::squeeze;

/// Maximum number of quotations that are listed for one number. A page with more is not read.
const MAX_LISTED: usize = 50;
/// Number of shades of a cell.
const SHADES: usize = 4;
/// Length of the longest bar of a timeline in Markdown, in signs.
const BAR: usize = 24;
/// The name of an outlet that is not known.
const UNKNOWN: &str = "outlet unknown";

/// A matrix to be written.
#[derive(Clone, Copy, Debug)]
pub struct MatrixTable<'a> {
    /// The heading of the document.
    pub title: &'a str,
    /// The corpus that the quotations belong to.
    pub corpus: &'a Corpus,
    /// The counts.
    pub grid: &'a Grid,
}

/// A timeline to be written.
#[derive(Clone, Copy, Debug)]
pub struct TimelineTable<'a> {
    /// The heading of the document.
    pub title: &'a str,
    /// The corpus that the statements belong to.
    pub corpus: &'a Corpus,
    /// The counts.
    pub histogram: &'a Histogram,
}

impl MatrixTable<'_> {
    /// Writes the matrix in the format `kind`: in CSV as a table with a column for each outlet, in
    /// JSON Lines a row a line, in Markdown and HTML with the quotations below the table.
    ///
    /// # Errors
    /// Returns the errors of `out`. Fails if the format holds no table.
    pub fn write(&self, kind: FileKind, out: &mut dyn Write) -> io::Result<()> {
        match kind {
            FileKind::Csv => self.write_csv(out),
            FileKind::Jsonl => self.write_json_lines(out),
            FileKind::Markdown => self.write_markdown(out),
            FileKind::Html => self.write_html(out),
            _ => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    fn outlets(&self) -> impl Iterator<Item = &str> {
        let columns = self.grid.columns.iter();
        columns.map(|column| column.name.as_deref().unwrap_or(UNKNOWN))
    }

    /// Returns the total of each column and of all of them.
    fn totals(&self) -> impl Iterator<Item = usize> {
        let columns = 0..self.grid.columns.len();
        let all = self.grid.rows.iter().map(GridRow::count).sum();
        let totals = columns.map(|column| self.grid.count_in(column));
        totals.chain(std::iter::once(all))
    }

    fn write_csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut csv = csv::Writer::from_writer(out);
        let head = std::iter::once("speaker").chain(self.outlets());
        csv.write_record(head.chain(std::iter::once("all")))?;
        for row in &self.grid.rows {
            csv.write_record(line(&row.name, counts(row)))?;
        }
        csv.write_record(line("all", self.totals()))?;
        csv.flush()
    }

    fn write_json_lines(&self, out: &mut dyn Write) -> io::Result<()> {
        for row in &self.grid.rows {
            let cells = self.outlets().zip(row.cells.iter().map(Vec::len));
            let cells: serde_json::Map<String, serde_json::Value> = cells
                .map(|(name, count)| (name.to_owned(), count.into()))
                .collect();
            let line = serde_json::json!({
                "speaker": row.name,
                "outlets": cells,
                "all": row.count(),
            });
            writeln!(out, "{line}")?;
        }
        Ok(())
    }

    fn write_markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(MARKDOWN_HEAD.as_bytes())?;
        writeln!(out, "# {}\n\n{}\n", markdown(self.title), self.about())?;
        let outlets: Vec<String> = self.outlets().map(markdown).collect();
        writeln!(out, "| | {} | all |", outlets.join(" | "))?;
        writeln!(out, "|-|{}", "-:|".repeat(outlets.len() + 1))?;
        for row in &self.grid.rows {
            let cells = counts(row).map(|count| match count {
                0 => "·".to_owned(),
                count => count.to_string(),
            });
            let cells: Vec<_> = cells.collect();
            writeln!(out, "| {} | {} |", markdown(&row.name), cells.join(" | "))?;
        }
        let totals: Vec<_> = self.totals().map(|count| count.to_string()).collect();
        writeln!(out, "| all | {} |\n", totals.join(" | "))?;
        for row in &self.grid.rows {
            writeln!(out, "## {}\n", markdown(&row.name))?;
            for (outlet, cell) in self.outlets().zip(&row.cells).filter(is_quoted) {
                writeln!(out, "### {}\n", markdown(outlet))?;
                write_markdown_quotes(self.corpus, cell, out)?;
            }
        }
        Ok(())
    }

    fn write_html(&self, out: &mut dyn Write) -> io::Result<()> {
        begin_html(self.title, &self.about(), out)?;
        writeln!(out, "<table class=\"matrix\">\n<thead><tr><td></td>")?;
        for outlet in self.outlets().chain(std::iter::once("all")) {
            writeln!(out, "<th scope=\"col\">{}</th>", html(outlet))?;
        }
        writeln!(out, "</tr></thead>\n<tbody>")?;
        let highest = self.grid.rows.iter().flat_map(|row| &row.cells);
        let highest = highest.map(Vec::len).max().unwrap_or(0).max(1);
        for (number, row) in self.grid.rows.iter().enumerate() {
            let name = html(&row.name);
            write!(
                out,
                "<tr><th scope=\"row\"><a href=\"#r{number}\">{name}</a></th>"
            )?;
            for (column, cell) in row.cells.iter().enumerate() {
                let shade = (cell.len() * SHADES).div_ceil(highest);
                match cell.len() {
                    0 => write!(out, "<td>·</td>")?,
                    count => write!(
                        out,
                        "<td class=\"s{shade}\"><a href=\"#r{number}c{column}\">{count}</a></td>"
                    )?,
                }
            }
            writeln!(out, "<td>{}</td></tr>", row.count())?;
        }
        write!(out, "</tbody>\n<tfoot><tr><th scope=\"row\">all</th>")?;
        for total in self.totals() {
            write!(out, "<td>{total}</td>")?;
        }
        writeln!(out, "</tr></tfoot>\n</table>")?;
        for (number, row) in self.grid.rows.iter().enumerate() {
            let name = html(&row.name);
            writeln!(out, "<article id=\"r{number}\">\n<h2>{name}</h2>")?;
            let cells = self.outlets().zip(&row.cells).enumerate();
            for (column, (outlet, cell)) in cells.filter(|(_, cell)| is_quoted(cell)) {
                writeln!(out, "<h3 id=\"r{number}c{column}\">{}</h3>", html(outlet))?;
                write_html_quotes(self.corpus, cell, out)?;
            }
            writeln!(out, "</article>")?;
        }
        out.write_all(HTML_FOOT.as_bytes())
    }

    fn about(&self) -> String {
        let left_out = match self.grid.left_out {
            0 => String::new(),
            count => format!(" {count} speakers who are quoted less are left out."),
        };
        format!(
            "Quotations of each speaker in each outlet, in {} articles. A · says that the outlet \
             does not quote the speaker.{left_out}",
            self.grid.articles()
        )
    }
}

/// Begins a page: its title, and what the chart on it shows.
fn begin_html(title: &str, about: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(html_head(title, "evidence").as_bytes())?;
    let title = html(title);
    writeln!(out, "<h1>{title}</h1>\n<p class=\"legend\">{about}</p>")
}

fn is_quoted((_, cell): &(&str, &Vec<QuoteId>)) -> bool {
    !cell.is_empty()
}

/// Returns the counts of a row, and last that of all outlets.
fn counts(row: &GridRow) -> impl Iterator<Item = usize> {
    let cells = row.cells.iter().map(Vec::len);
    cells.chain(std::iter::once(row.count()))
}

fn line(name: &str, counts: impl Iterator<Item = usize>) -> Vec<String> {
    let counts = counts.map(|count| count.to_string());
    std::iter::once(name.to_owned()).chain(counts).collect()
}

impl TimelineTable<'_> {
    /// Writes the timeline in the format `kind`: a table of the steps with their counts, and the
    /// statements of each step.
    ///
    /// # Errors
    /// Returns the errors of `out`. Fails if the format is neither Markdown nor HTML: a table of
    /// statements is written as evidence.
    pub fn write(&self, kind: FileKind, out: &mut dyn Write) -> io::Result<()> {
        match kind {
            FileKind::Markdown => self.write_markdown(out),
            FileKind::Html => self.write_html(out),
            _ => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    fn name(&self, bin: &Bin) -> String {
        let pattern = match self.histogram.grain {
            Grain::Day => "%Y-%m-%d",
            Grain::Week => "%Y-%m-%d…",
            Grain::Month => "%Y-%m",
        };
        match bin.start {
            Some(start) => start.format(pattern).to_string(),
            None => "undated".to_owned(),
        }
    }

    /// Returns the outlets that published most of a step's statements, with their counts.
    fn outlets(&self, bin: &Bin) -> String {
        let outlets = bin.outlets.iter().map(|(outlet, count)| {
            let name = self.histogram.outlets.get(*outlet as usize);
            let name = name.and_then(|name| name.as_deref()).unwrap_or(UNKNOWN);
            format!("{name} {count}")
        });
        outlets.collect::<Vec<_>>().join(", ")
    }

    fn highest(&self) -> usize {
        let bins = self.histogram.bins.iter();
        bins.map(|bin| bin.quotes.len()).max().unwrap_or(0).max(1)
    }

    fn about(&self) -> String {
        format!(
            "{} statements by the date on which they were published, not by that on which they \
             were made.",
            self.histogram.count
        )
    }

    fn write_markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(MARKDOWN_HEAD.as_bytes())?;
        writeln!(out, "# {}\n\n{}\n", markdown(self.title), self.about())?;
        writeln!(out, "| | statements | | outlets |\n|-|-:|-|-|")?;
        let highest = self.highest();
        for bin in &self.histogram.bins {
            let count = bin.quotes.len();
            let bar = "▇".repeat((count * BAR).div_ceil(highest));
            let outlets = markdown(&self.outlets(bin));
            writeln!(out, "| {} | {count} | {bar} | {outlets} |", self.name(bin))?;
        }
        writeln!(out)?;
        for bin in &self.histogram.bins {
            writeln!(out, "## {}\n", self.name(bin))?;
            write_markdown_quotes(self.corpus, &bin.quotes, out)?;
        }
        Ok(())
    }

    fn write_html(&self, out: &mut dyn Write) -> io::Result<()> {
        begin_html(self.title, &self.about(), out)?;
        writeln!(out, "<table class=\"timeline\">")?;
        let highest = self.highest();
        for (number, bin) in self.histogram.bins.iter().enumerate() {
            let count = bin.quotes.len();
            let percent = count * 100 / highest;
            writeln!(
                out,
                "<tr><th scope=\"row\"><a href=\"#s{number}\">{}</a></th><td>{count}</td>\
                 <td class=\"bar\"><span style=\"width: {percent}%\"></span></td><td>{}</td></tr>",
                html(&self.name(bin)),
                html(&self.outlets(bin)),
            )?;
        }
        writeln!(out, "</table>")?;
        for (number, bin) in self.histogram.bins.iter().enumerate() {
            let name = html(&self.name(bin));
            writeln!(out, "<article id=\"s{number}\">\n<h2>{name}</h2>")?;
            write_html_quotes(self.corpus, &bin.quotes, out)?;
            writeln!(out, "</article>")?;
        }
        out.write_all(HTML_FOOT.as_bytes())
    }
}

/// A quotation with everything that is written about it: its words, whether they are direct speech,
/// and its speaker and source.
fn cited(corpus: &Corpus, id: QuoteId) -> Option<(String, QuoteKind, String)> {
    let (article, quote) = corpus.quote(id)?;
    let words = squeeze(quote.span.of(&article.text)).into_owned();
    let words = match quote.kind {
        QuoteKind::Direct => format!("“{words}”"),
        _ => words,
    };
    let speaker = article.speaker(quote);
    let speaker = speaker.unwrap_or_else(|| "speaker unknown".to_owned());
    let source = format!("{speaker} ({}). {}", quote.kind.name(), citation(article));
    Some((words, quote.kind, source))
}

fn write_markdown_quotes(
    corpus: &Corpus,
    quotes: &[QuoteId],
    out: &mut dyn Write,
) -> io::Result<()> {
    for id in quotes.iter().take(MAX_LISTED) {
        if let Some((words, kind, source)) = cited(corpus, *id) {
            let words = match kind {
                QuoteKind::Direct => markdown(&words),
                _ => format!("*{}*", markdown(&words)),
            };
            writeln!(out, "> {words}\n\n— {}\n", markdown(&source))?;
        }
    }
    match quotes.len().checked_sub(MAX_LISTED + 1) {
        Some(more) => writeln!(out, "… and {} more\n", more + 1),
        None => Ok(()),
    }
}

fn write_html_quotes(corpus: &Corpus, quotes: &[QuoteId], out: &mut dyn Write) -> io::Result<()> {
    for id in quotes.iter().take(MAX_LISTED) {
        if let Some((words, kind, source)) = cited(corpus, *id) {
            let words = html(&words);
            let words = match kind {
                QuoteKind::Direct => words,
                _ => format!("<i>{words}</i>"),
            };
            writeln!(
                out,
                "<blockquote class=\"{}\"><p>{words}</p><footer>{}</footer></blockquote>",
                kind.name(),
                html(&source)
            )?;
        }
    }
    match quotes.len().checked_sub(MAX_LISTED + 1) {
        Some(more) => writeln!(out, "<p class=\"source\">… and {} more</p>", more + 1),
        None => Ok(()),
    }
}
