//! Writes passages side by side as evidence: each with its citation, its offsets, and the hash of
//! the text to which the offsets refer.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::markup::{
    HTML_FOOT, MARKDOWN_HEAD, html, html_head, markdown, spoken_html, spoken_markdown,
};
use super::{
    ComparedRecord, EvidenceRecord, FileKind, Format, Grouped, Mark, PassageRecord, PersonRecord,
    Writer, citation, quote_id,
};
use crate::model::{Article, ArticleId, Corpus, Origin, Published, Quote, sha256};
use crate::people::Directory;
use crate::relate::{Column, Row, Standing};
use crate::text::{CharOffsets, squeeze};

/// Rows of passages to be exported as evidence.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The heading of the document.
    pub title: &'a str,
    /// The corpus that the passages belong to.
    pub corpus: &'a Corpus,
    /// The rows. The passages of one row are compared with one another.
    pub rows: &'a [Row],
    /// Who speaks in the corpus, if that is known.
    pub people: Option<&'a Directory>,
}

/// The hash of each article's text, by article.
pub(super) type Hashes = HashMap<ArticleId, String>;

/// The place where the source of a passage is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    /// Above each passage.
    Own,
    /// Once, above all passages of the column.
    Column,
}

/// A passage with its source and everything else that is written about it.
struct Exhibit<'a> {
    article: &'a Article,
    column: &'a Column,
    quote: Option<&'a Quote>,
    people: Option<&'a Directory>,
    hash: &'a str,
    start: usize,
    end: usize,
}

impl Evidence<'_> {
    /// Writes the evidence in the format `kind`.
    ///
    /// # Errors
    /// Returns the errors of `out`. Fails if the format holds no passages.
    pub fn write(&self, kind: FileKind, out: &mut dyn Write) -> io::Result<()> {
        let hashes = self.hashes();
        match kind {
            FileKind::Jsonl => self.write_json_lines(&hashes, out),
            FileKind::Csv => self.write_csv(&hashes, out),
            FileKind::Markdown => self.write_markdown(&hashes, out),
            FileKind::Html => self.write_html(&hashes, out),
            _ => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    /// Returns the hash of each article's text. Computes each hash once.
    pub(super) fn hashes(&self) -> Hashes {
        let mut hashes = HashMap::new();
        for column in self
            .rows
            .iter()
            .flat_map(|row| row.columns.iter().flatten())
        {
            let id = column.passage.article;
            if let Some(article) = self.corpus.get(id) {
                hashes.entry(id).or_insert_with(|| sha256(&article.text));
            }
        }
        hashes
    }

    fn exhibit<'a>(&'a self, column: &'a Column, hashes: &'a Hashes) -> Option<Exhibit<'a>> {
        let passage = column.passage;
        let article = self.corpus.get(passage.article)?;
        let range = CharOffsets::new(&article.text).span(passage.span);
        Some(Exhibit {
            article,
            column,
            quote: passage.quote.and_then(|id| Some(self.corpus.quote(id)?.1)),
            people: self.people,
            hash: hashes.get(&passage.article)?,
            start: range.start,
            end: range.end,
        })
    }

    fn exhibits<'a>(
        &'a self,
        row: &'a Row,
        hashes: &'a Hashes,
    ) -> impl Iterator<Item = Exhibit<'a>> {
        let columns = row.columns.iter().flatten();
        columns.filter_map(|column| self.exhibit(column, hashes))
    }

    fn records<'a>(
        &'a self,
        hashes: &'a Hashes,
    ) -> impl Iterator<Item = PassageRecord<EvidenceRecord<'a>>> {
        (1..).zip(self.rows).map(|(passage, row)| PassageRecord {
            passage,
            members: self.exhibits(row, hashes).map(|e| e.record()).collect(),
            shared: row.shared.iter().map(ToString::to_string).collect(),
        })
    }

    fn write_json_lines(&self, hashes: &Hashes, out: &mut dyn Write) -> io::Result<()> {
        let mut writer = Writer::new(out, Format::Jsonl, &[], 0);
        for record in self.records(hashes) {
            writer.write(&record)?;
        }
        writer.finish().map(drop)
    }

    fn write_csv(&self, hashes: &Hashes, out: &mut dyn Write) -> io::Result<()> {
        let mut writer = Writer::new(out, Format::Csv(Mark::None), &[], 0);
        for line in self.records(hashes).flat_map(Grouped::lines) {
            writer.write(&line)?;
        }
        writer.finish().map(drop)
    }

    fn write_markdown(&self, hashes: &Hashes, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(MARKDOWN_HEAD.as_bytes())?;
        writeln!(out, "# {}\n", markdown(self.title))?;
        for (number, row) in (1..).zip(self.rows) {
            if self.rows.len() > 1 {
                writeln!(out, "## Passage {number}\n")?;
            }
            for exhibit in self.exhibits(row, hashes) {
                writeln!(out, "> {}\n", exhibit.in_markdown())?;
                let said = exhibit.said_by();
                let said = said.map_or_else(String::new, |said| format!("{said}. "));
                let line = format!(
                    "— {said}{}. {}.",
                    citation(exhibit.article),
                    exhibit.place()
                );
                writeln!(out, "{}  \nSHA-256 `{}`\n", markdown(&line), exhibit.hash)?;
            }
            if !row.shared.is_empty() {
                writeln!(out, "Shared words: {}\n", markdown(&row.shared.join(", ")))?;
            }
        }
        writeln!(out, "{}", markdown(ABOUT))
    }

    fn write_html(&self, hashes: &Hashes, out: &mut dyn Write) -> io::Result<()> {
        let title = html(self.title);
        out.write_all(html_head(self.title, "evidence").as_bytes())?;
        writeln!(out, "<h1>{title}</h1>\n<p class=\"legend\">{LEGEND}</p>")?;
        let sources = self.sources();
        if let Some(sources) = &sources {
            writeln!(out, "<div class=\"row sources\">")?;
            for column in sources {
                if let Some(exhibit) = self.exhibit(column, hashes) {
                    writeln!(out, "<header>{}</header>", exhibit.source())?;
                }
            }
            writeln!(out, "</div>")?;
        }
        for (number, row) in (1..).zip(self.rows) {
            if self.rows.len() > 1 {
                writeln!(out, "<h2>Passage {number}</h2>")?;
            }
            let head = if sources.is_some() {
                Head::Column
            } else {
                Head::Own
            };
            self.write_html_row(row, (hashes, head), out)?;
        }
        write!(out, "<footer>{}</footer>\n{HTML_FOOT}", html(ABOUT))
    }

    /// Writes one row of passages and the words that they share.
    pub(super) fn write_html_row(
        &self,
        row: &Row,
        (hashes, head): (&Hashes, Head),
        out: &mut dyn Write,
    ) -> io::Result<()> {
        writeln!(out, "<div class=\"row\">")?;
        for column in &row.columns {
            let exhibit = column.as_ref().and_then(|c| self.exhibit(c, hashes));
            let is_alone = row.columns.iter().flatten().nth(1).is_none();
            let figure = exhibit.map(|e| e.figure(is_alone, head));
            let none = || "<figure class=\"none\">not in this one</figure>".to_owned();
            writeln!(out, "{}", figure.unwrap_or_else(none))?;
        }
        writeln!(out, "</div>")?;
        if row.shared.is_empty() {
            return Ok(());
        }
        let shared = html(&row.shared.join(", "));
        writeln!(out, "<p class=\"shared\">Shared words: {shared}</p>")
    }

    /// Returns one passage of each column for the heads of the columns, if there are several rows
    /// and each column belongs to one article.
    fn sources(&self) -> Option<Vec<&Column>> {
        let columns = self.rows.first()?.columns.len();
        if self.rows.len() < 2 || columns < 2 {
            return None;
        }
        (0..columns)
            .map(|at| {
                let mut own = self
                    .rows
                    .iter()
                    .filter_map(|row| row.columns.get(at)?.as_ref());
                let first = own.next()?;
                own.all(|other| other.passage.article == first.passage.article)
                    .then_some(first)
            })
            .collect()
    }
}

impl<'a> Exhibit<'a> {
    fn record(&self) -> EvidenceRecord<'a> {
        let article = self.article;
        let published = article.structure.published.as_ref();
        let quote = self.quote;
        let named =
            |span: Option<crate::text::ByteSpan>| span.map(|span| article.words(span).into_owned());
        EvidenceRecord {
            passage: ComparedRecord {
                article: &article.key,
                quote: quote.map(|quote| {
                    // The passage may be longer: quotation and the sentence that continues it.
                    let own = CharOffsets::new(&article.text).span(quote.span);
                    quote_id(article, own.start, own.end)
                }),
                start: self.start,
                end: self.end,
                text: self.column.passage.span.of(&article.text),
            },
            speaker: quote.and_then(|quote| article.speaker(quote)),
            people: self.people(),
            cue: named(quote.and_then(|quote| quote.cue)),
            via: named(quote.and_then(|quote| quote.via)),
            title: article.title().map(String::from),
            outlet: article.outlet(),
            published: published.map(ToString::to_string),
            published_at: published.and_then(Published::utc),
            path: &article.path,
            record: article.record.as_deref(),
            url: article.structure.url.as_deref(),
            sha256: self.hash,
            citation: citation(article),
        }
    }

    /// Returns the words in Markdown: direct speech in marks, reported speech in italics.
    fn in_markdown(&self) -> String {
        let words = squeeze(self.column.passage.span.of(&self.article.text));
        spoken_markdown(self.quote.map(|quote| quote.kind), &words)
    }

    /// Returns those who speak the passage, or `None` if the corpus was not surveyed.
    fn people(&self) -> Option<Vec<PersonRecord<'a>>> {
        let directory = self.people?;
        let speakers = self.column.passage.quote;
        let speakers = speakers.map_or(&[][..], |quote| directory.speakers_of(quote));
        Some(PersonRecord::all(directory, speakers))
    }

    /// Returns the speaker, the kind of the quotation, its cue, and the source that relayed it.
    fn said_by(&self) -> Option<String> {
        let quote = self.quote?;
        let speaker = self.article.speaker(quote);
        let mut said = speaker.unwrap_or_else(|| "speaker unknown".to_owned());
        let _ = write!(said, " ({}", quote.kind.name());
        if let Some(cue) = quote.cue {
            let _ = write!(said, ", “{}”", self.article.words(cue));
        }
        if let Some(via) = quote.via {
            let _ = write!(said, ", via {}", self.article.words(via));
        }
        said.push(')');
        Some(said)
    }

    fn place(&self) -> String {
        format!(
            "Characters {}–{} of {}",
            self.start, self.end, self.article.key
        )
    }

    /// Returns the passage as an HTML figure with its differing words marked. The source is left
    /// out if the head of the column shows it.
    fn figure(&self, is_alone: bool, head: Head) -> String {
        let lang = self.article.language;
        let lang = lang.map_or_else(String::new, |lang| format!(" lang=\"{lang}\""));
        let source = match head {
            Head::Column => format!("<p class=\"whose\">{}</p>", html(&self.outlet())),
            Head::Own => self.source(),
        };
        let said = self.said_by().map(|said| html(&said));
        let said = said.map_or_else(String::new, |said| format!("<p class=\"said\">{said}</p>"));
        format!(
            "<figure{lang}>{source}{said}<blockquote>{}</blockquote><figcaption>{}</figcaption></figure>",
            spoken_html(self.quote.map(|quote| quote.kind), &self.marked(is_alone)),
            html(&self.place()),
        )
    }

    fn outlet(&self) -> String {
        self.article.structure.outlet.as_ref().map_or_else(
            || "outlet unknown".to_owned(),
            |outlet| format!("{}{}", sign(outlet.from), outlet.name),
        )
    }

    /// Returns title, outlet, date, address and hash of the source as HTML.
    fn source(&self) -> String {
        let structure = &self.article.structure;
        let date = structure.published.as_ref().map_or_else(
            || "undated".to_owned(),
            |date| format!("{}{}", sign(date.from), date.date),
        );
        let title = self.article.title();
        let title = title.map_or_else(|| self.article.key.to_string(), String::from);
        let address = structure.url.as_deref().unwrap_or(&self.article.path);
        format!(
            "<p class=\"outlet\">{} <span>{}</span></p><p class=\"title\">{}</p><p class=\"source\">{}<br>SHA-256 <code>{}</code></p>",
            html(&self.outlet()),
            html(&date),
            html(&title),
            html(address),
            self.hash,
        )
    }

    fn marked(&self, is_alone: bool) -> String {
        let text = &self.article.text;
        let span = self.column.passage.span.range();
        // White space is squeezed, but not trimmed: it separates one word from the next.
        let plain = |from: usize, to: usize| {
            let words = text.get(from..to).unwrap_or("");
            let parts: Vec<&str> = words.split(char::is_whitespace).collect();
            html(&parts.join(" "))
        };
        let mut shown = String::new();
        let (mut at, mut open) = (span.start, None);
        for word in &self.column.words {
            let own = word.span.range();
            let between = plain(at, own.start);
            shown.push_str(&between);
            let inner = plain(own.start, own.end);
            let class = match word.standing {
                _ if is_alone => None,
                Standing::Own => Some("own"),
                Standing::Partly => Some("partly"),
                Standing::Shared | Standing::Moved => None,
            };
            match class {
                // Neighbouring words of one class become one mark.
                Some(class) if open == Some(class) && between == " " => {
                    shown.truncate(shown.len() - between.len() - MARK_END.len());
                    let _ = write!(shown, " {inner}{MARK_END}");
                }
                Some(class) => {
                    let _ = write!(shown, "<mark class=\"{class}\">{inner}{MARK_END}");
                }
                None => shown.push_str(&inner),
            }
            open = class;
            at = own.end;
        }
        shown.push_str(&plain(at, span.end));
        shown
    }
}

const MARK_END: &str = "</mark>";

/// Returns the sign before an inferred value.
fn sign(from: Origin) -> &'static str {
    if from.is_inferred() { "~" } else { "" }
}

const ABOUT: &str = "Offsets count characters in the article's text as it was read, from 0; the \
hash is that of this text in UTF-8 (for a plain UTF-8 file, of the file itself). ~ marks what is \
inferred. Where wordings differ, this page says no more than that they differ.";

const LEGEND: &str = "Words that the passages share are plain; <mark class=\"own\">words that only \
one has</mark> are bold and underlined; <mark class=\"partly\">words that some have</mark> are \
dotted.";
