//! The formats that can be read, one module each. The format of a file is recognised by its first
//! bytes, and then by its name.
//!
//! A format emits each result ([`Found`]) as soon as it is read. A container opens its members as
//! separate inputs and passes them to [`member::read_member`], so that every format works inside
//! it.

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

pub use found::{Claim, Emit, EmitAny, Flow, Found, Record};

/// A row of the table of formats: how a file in the format is recognised and read.
struct Reader {
    format: Format,
    claim: fn(&Input) -> Claim,
    read: Read,
}

/// The function that reads files of a format.
enum Read {
    /// Reads a file that contains articles as its records.
    Records(fn(Input, &mut Emit) -> Flow),
    /// Reads a container, whose members are files of any format.
    Members(fn(Input, ReadAny, &mut EmitAny) -> Flow),
}

impl Reader {
    /// Reads a file. If nothing is found in it, reports that, so that no file is ignored silently.
    fn read_or_report(&self, input: Input, emit: &mut EmitAny) -> Flow {
        let mut is_empty = true;
        self.read(input, &mut |format, found| {
            is_empty = false;
            emit(format, found)
        })?;
        if !is_empty {
            return Flow::Continue(());
        }
        let nothing = Found::Skipped {
            record: None,
            reason: "it contains no article".to_owned(),
        };
        emit(self.format, nothing)
    }

    fn read(&self, input: Input, emit: &mut EmitAny) -> Flow {
        match self.read {
            Read::Records(read) => {
                let limit = input.options.text_limit;
                read(input, &mut |found| {
                    bounded(found, limit, &mut |found| emit(self.format, found))
                })
            }
            Read::Members(read) => read(input, self::read, emit),
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

/// Reads `input` in the format that the user has set for its extension, or else in the format with
/// the highest claim. Reports a fault if the input is empty or no format claims it.
pub(super) fn read(input: Input, emit: &mut EmitAny) -> Flow {
    if input.head().is_empty() && input.is_whole() {
        return emit(Format::Unknown, Found::fault("the file is empty"));
    }
    if let Some(reader) = input.options.format_of(&input.name).and_then(by_name) {
        return reader.read_or_report(input, emit);
    }
    let claims = FORMATS
        .iter()
        .rev()
        .map(|reader| (reader, (reader.claim)(&input)));
    match claims.max_by_key(|(_, claim)| *claim) {
        Some((reader, claim)) if claim > Claim::No => reader.read_or_report(input, emit),
        _ => emit(Format::Unknown, Found::fault(no_format(input.head()))),
    }
}

fn by_name(name: &str) -> Option<&'static Reader> {
    FORMATS.iter().find(|reader| reader.format.name() == name)
}

/// Returns the names of all formats that the user can set for an extension, in the order of
/// detection.
pub fn names() -> impl Iterator<Item = &'static str> {
    let formats = FORMATS.iter().map(|reader| reader.format);
    formats
        .filter(|format| *format != Format::Unread)
        .map(Format::name)
}

impl Options {
    /// Sets the format in which files with the extension `ending` are read, whatever their content
    /// looks like (`--format-of dat=csv`).
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
        || "binary data, not text".to_owned(),
        |kind| format!("{kind}, not text"),
    )
}
