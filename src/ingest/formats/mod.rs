//! The formats that can be read, one module each. Files are matched to formats by their first
//! bytes, and then by their name.
//!
//! A format emits what it [`Found`] one by one. A container opens its members as separate inputs
//! and passes them to [`member::read_member`], so that every format works inside it.

mod archive;
mod csv;
mod feed;
mod found;
pub mod html;
mod json;
mod jsonl;
mod limit;
mod mail;
mod markdown;
mod member;
mod opml;
#[cfg(feature = "parquet")]
mod parquet;
mod text;
mod unread;
mod warc;

use super::Options;
use super::input::Input;
use crate::model::Format;
use limit::bounded;
use member::ReadAny;

pub use found::{Claim, Emit, Flow, Found, Record, Tell};

/// An entry in the table of formats.
struct Reader {
    format: Format,
    claim: fn(&Input) -> Claim,
    read: Read,
}

/// The function that reads a format.
enum Read {
    /// Reads a format that contains records.
    Records(fn(Input, &mut Emit) -> Flow),
    /// Reads a format that contains files of any format.
    Members(fn(Input, ReadAny, &mut Tell) -> Flow),
}

impl Reader {
    /// Reads a file. If it yields nothing, reports that, so that no file is ignored silently.
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
            Read::Members(read) => read(input, self::read, tell),
        }
    }
}

/// All formats, in the order of detection. To add a format, add a module here and a row to this
/// table.
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

/// Reads `input` in the format with the highest claim.
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

/// Returns the names of all formats that can be requested, in the order of detection.
pub fn names() -> impl Iterator<Item = &'static str> {
    let formats = FORMATS.iter().map(|reader| reader.format);
    formats
        .filter(|format| *format != Format::Unread)
        .map(Format::name)
}

impl Options {
    /// Reads files with this extension in the given format, whatever their content looks like
    /// (`--format-of dat=csv`).
    ///
    /// # Errors
    /// Returns a message that lists the formats, if `format` is none of them.
    pub fn with_format_of(mut self, ending: &str, format: &str) -> Result<Self, String> {
        if !names().any(|name| name == format) {
            let names: Vec<_> = names().collect();
            return Err(format!("`{format}` is not a format: {}", names.join(", ")));
        }
        let ending = ending.trim_start_matches('.').to_ascii_lowercase();
        self.formats.push((ending, format.to_owned()));
        Ok(self)
    }
}

fn no_format(head: &[u8]) -> String {
    super::decode::signature(head).map_or_else(
        || "binary data, no text".to_owned(),
        |kind| format!("{kind}, no text"),
    )
}
