//! The seam for formats: one file each, told apart by their first bytes and then by their name.
//!
//! A format yields what it [`Found`] one by one. A container opens its members as inputs of their
//! own and hands them to [`read_member`], so that every format works inside it.

mod archive;
mod csv;
mod feed;
pub mod html;
mod json;
mod jsonl;
mod mail;
mod markdown;
mod opml;
#[cfg(feature = "parquet")]
mod parquet;
mod text;
mod unread;
mod warc;

use std::io;
use std::ops::ControlFlow;

use super::Given;
use super::input::{Input, describe};
use super::shield::guarded;
use crate::model::{Block, Format};

/// One article as its format gives it, before its structure is found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Its text, unchanged.
    pub text: String,
    /// What the format says of it beside the text.
    pub given: Given,
    /// Which record of the file, where the format holds many.
    pub record: Option<String>,
    /// The line where it begins, counted from 1.
    pub line: Option<u32>,
    /// The parts of the text, where the format knows them.
    pub blocks: Option<Vec<Block>>,
}

/// What a format comes upon.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// An article.
    Record(Box<Record>),
    /// A record, or the rest of the file, that cannot be read.
    Fault {
        /// Which record, where the file has many.
        record: Option<String>,
        /// Its line, counted from 1.
        line: Option<u32>,
        /// What is wrong.
        reason: String,
    },
    /// A fault that another reading of the same bytes may not have: what was read of the file is
    /// shown, but not remembered.
    Passing {
        /// Which record, where the file has many.
        record: Option<String>,
        /// What is wrong.
        reason: String,
    },
    /// The file cannot be opened at all.
    Unreadable(String),
    /// What is no article and no fault.
    Skipped {
        /// Which record, where the file has many.
        record: Option<String>,
        /// Why it was passed over.
        reason: String,
    },
}

impl Found {
    /// A fault of the file as a whole.
    pub fn fault(reason: impl Into<String>) -> Self {
        Self::Fault {
            record: None,
            line: None,
            reason: reason.into(),
        }
    }
}

/// Whether the receiver wants more.
pub type Flow = ControlFlow<()>;
/// Takes what a format comes upon, in the order of the file.
pub type Emit<'e> = dyn FnMut(Found) -> Flow + 'e;

/// Takes what any format comes upon, with the format.
pub type Tell<'e> = dyn FnMut(Format, Found) -> Flow + 'e;

/// How sure a format is that a file is its own. The surest reads it; of equals, the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// Not its own.
    No,
    /// Anything may be, where nothing else claims it.
    Fallback,
    /// The name says so, and the content does not speak against it.
    Name,
    /// The content says so.
    Content,
}

/// One format.
struct Reader {
    format: Format,
    claim: fn(&Input) -> Claim,
    read: Read,
}

/// How a format is read.
enum Read {
    /// What is in it is its own.
    Records(fn(Input, &mut Emit) -> Flow),
    /// It holds files of any format.
    Members(fn(Input, &mut Tell) -> Flow),
}

impl Reader {
    /// Reads a file, and says so where nothing is in it: no file is passed over in silence.
    fn read_aloud(&self, input: Input, tell: &mut Tell) -> Flow {
        let mut is_silent = true;
        self.read(input, &mut |format, found| {
            is_silent = false;
            tell(format, found)
        })?;
        if !is_silent {
            return Flow::Continue(());
        }
        let nothing = Found::Skipped {
            record: None,
            reason: "nothing in it is an article".to_owned(),
        };
        tell(self.format, nothing)
    }

    fn read(&self, input: Input, tell: &mut Tell) -> Flow {
        match self.read {
            Read::Records(read) => {
                let limit = input.options.text_limit;
                read(input, &mut |found| {
                    bounded(found, limit, &mut |found| tell(self.format, found))
                })
            }
            Read::Members(read) => read(input, tell),
        }
    }
}

/// All formats. To add one: a file beside this one and a row here.
const FORMATS: &[Reader] = &[
    Reader {
        format: Format::Unread,
        claim: unread::claim,
        read: Read::Records(unread::read),
    },
    #[cfg(feature = "parquet")]
    Reader {
        format: Format::Parquet,
        claim: parquet::claim,
        read: Read::Records(parquet::read),
    },
    Reader {
        format: Format::Zip,
        claim: archive::zip::claim,
        read: Read::Members(archive::zip::read),
    },
    Reader {
        format: Format::Tar,
        claim: archive::tar::claim,
        read: Read::Members(archive::tar::read),
    },
    Reader {
        format: Format::Warc,
        claim: warc::claim,
        read: Read::Records(warc::read),
    },
    Reader {
        format: Format::Feed,
        claim: feed::claim,
        read: Read::Records(feed::read),
    },
    Reader {
        format: Format::Opml,
        claim: opml::claim,
        read: Read::Members(opml::read),
    },
    Reader {
        format: Format::Html,
        claim: html::claim,
        read: Read::Records(html::read),
    },
    Reader {
        format: Format::Mail,
        claim: mail::claim,
        read: Read::Records(mail::read),
    },
    Reader {
        format: Format::Csv,
        claim: csv::claim,
        read: Read::Records(csv::read),
    },
    Reader {
        format: Format::Markdown,
        claim: markdown::claim,
        read: Read::Records(markdown::read),
    },
    Reader {
        format: Format::Jsonl,
        claim: jsonl::claim,
        read: Read::Records(jsonl::read),
    },
    Reader {
        format: Format::Json,
        claim: json::claim,
        read: Read::Records(json::read),
    },
    Reader {
        format: Format::Text,
        claim: text::claim,
        read: Read::Records(text::read),
    },
];

/// Containers within containers that are opened; more is a fault, not a riddle to solve.
const DEPTH: usize = 4;

/// Reads `input` by the format that claims it best.
pub(super) fn read(input: Input, tell: &mut Tell) -> Flow {
    if input.head().is_empty() && input.is_whole() {
        return tell(Format::Unknown, Found::fault("the file is empty"));
    }
    if let Some(reader) = input.options.format_of(&input.name).and_then(by_name) {
        return reader.read_aloud(input, tell);
    }
    let claims = FORMATS
        .iter()
        .rev()
        .map(|reader| (reader, (reader.claim)(&input)));
    match claims.max_by_key(|(_, claim)| *claim) {
        Some((reader, claim)) if claim > Claim::No => reader.read_aloud(input, tell),
        _ => tell(Format::Unknown, Found::fault(no_format(input.head()))),
    }
}

fn by_name(name: &str) -> Option<&'static Reader> {
    FORMATS.iter().find(|reader| reader.format.name() == name)
}

/// The names of all formats that can be asked for, in the order of detection.
pub fn names() -> impl Iterator<Item = &'static str> {
    let formats = FORMATS.iter().map(|reader| reader.format);
    formats
        .filter(|format| *format != Format::Unread)
        .map(Format::name)
}

/// Reads one member of a container: what it yields is recorded as `member`, or as `member#record`
/// where the member itself holds many.
pub(super) fn read_member(member: &str, mut input: Input, depth: usize, tell: &mut Tell) -> Flow {
    input.depth = depth + 1;
    if input.depth > DEPTH {
        let fault = Found::Fault {
            record: Some(member.to_owned()),
            line: None,
            reason: format!("more than {DEPTH} containers within one another"),
        };
        return tell(Format::Unknown, fault);
    }
    let place = |record: Option<String>| {
        Some(record.map_or(member.to_owned(), |record| format!("{member}#{record}")))
    };
    // A parser that fails takes its own member along, not those behind it.
    let mut tell_member = |format, found| {
        let found = match found {
            Found::Record(mut article) => {
                article.record = place(article.record.take());
                Found::Record(article)
            }
            Found::Fault {
                record,
                line,
                reason,
            } => Found::Fault {
                record: place(record),
                line,
                reason,
            },
            Found::Passing { record, reason } => Found::Passing {
                record: place(record),
                reason,
            },
            Found::Unreadable(reason) => Found::Fault {
                record: place(None),
                line: None,
                reason,
            },
            Found::Skipped { record, reason } => Found::Skipped {
                record: place(record),
                reason,
            },
        };
        tell(format, found)
    };
    guarded(|| read(input, &mut tell_member)).unwrap_or_else(|failure| {
        let (record, reason) = (None, failure.to_string());
        tell_member(Format::Unknown, Found::Passing { record, reason })
    })
}

fn no_format(head: &[u8]) -> String {
    super::decode::signature(head).map_or_else(
        || "binary data, no text".to_owned(),
        |kind| format!("{kind}, no text"),
    )
}

/// Tells, behind an article, that reading it ended early.
fn emit_broken_off(error: Option<&io::Error>, emit: &mut Emit) -> Flow {
    let Some(error) = error else {
        return Flow::Continue(());
    };
    let reason = format!("{}; what came before is shown", describe(error));
    emit(Found::fault(reason))
}

/// The fault of a text that was cut at `limit` bytes.
fn too_long(limit: usize) -> String {
    let mib = limit >> 20;
    format!("the text is longer than {mib} MiB; only its first {mib} MiB are read")
}

/// Gives on what was found; of a text above `limit`, the first part, and a fault that says so.
fn bounded(found: Found, limit: usize, emit: &mut Emit) -> Flow {
    let Found::Record(mut record) = found else {
        return emit(found);
    };
    if !cut(&mut record.text, limit) {
        return emit(Found::Record(record));
    }
    let end = record.text.len() as u32;
    if let Some(blocks) = &mut record.blocks {
        blocks.retain(|block| block.span.start < end);
        for block in blocks {
            block.span.end = block.span.end.min(end);
        }
    }
    let fault = Found::Fault {
        record: record.record.clone(),
        line: record.line,
        reason: too_long(limit),
    };
    emit(Found::Record(record))?;
    emit(fault)
}

/// Cuts `text` to `limit` bytes, on a character boundary; says whether it was longer.
fn cut(text: &mut String, limit: usize) -> bool {
    if text.len() <= limit {
        return false;
    }
    let mut end = limit;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text.shrink_to_fit();
    true
}
