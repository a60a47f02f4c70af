//! Encodes the outcomes of a file as bytes and decodes them: first the records, then the texts of
//! the articles.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::ingest::Outcome;
use crate::language::Lang;
use crate::model::{Article, ContentKey, Fault, Format, Issue, Quote, Skipped, Structure, Text};

/// An outcome (article, fault or skipped record) as it is stored, without its path and its text.
/// `A` is the form of an article.
#[derive(Serialize, Deserialize)]
enum Record<A> {
    Article(A),
    Issue {
        record: Option<Box<str>>,
        format: Format,
        line: Option<u32>,
        fault: Fault,
        reason: Box<str>,
        count: u32,
    },
    Skipped {
        record: Option<Box<str>>,
        format: Format,
        reason: Box<str>,
        count: u32,
    },
}

#[derive(Serialize)]
struct Mapped<'a> {
    own: Option<&'a str>,
    record: Option<&'a str>,
    format: Format,
    language: Option<Lang>,
    structure: &'a Structure,
    quotes: &'a [Quote],
    key: [u8; 16],
    length: u32,
}

#[derive(Deserialize)]
struct Owned {
    own: Option<Box<str>>,
    record: Option<Box<str>>,
    format: Format,
    language: Option<Lang>,
    structure: Structure,
    quotes: Vec<Quote>,
    key: [u8; 16],
    length: u32,
}

/// Encodes the outcomes of a file as the length of the records, the records, and the texts. Returns
/// `None` if they are too long or cannot be encoded.
pub(super) fn encode(outcomes: &[Outcome]) -> Option<Vec<u8>> {
    let records: Vec<_> = outcomes.iter().map(record).collect();
    let mut bytes = postcard::to_extend(&records, vec![0; LENGTH]).ok()?;
    let found = u32::try_from(bytes.len() - LENGTH).ok()?;
    bytes
        .get_mut(..LENGTH)?
        .copy_from_slice(&found.to_le_bytes());
    for outcome in outcomes {
        if let Outcome::Article(article, _) = outcome {
            bytes.extend_from_slice(article.text.as_bytes());
        }
    }
    Some(bytes)
}

/// Size, in bytes, of the number before the records that says how long they are.
const LENGTH: usize = size_of::<u32>();

fn record(outcome: &Outcome) -> Record<Mapped<'_>> {
    match outcome {
        Outcome::Article(article, own) => Record::Article(Mapped {
            own: own.as_deref(),
            record: article.record.as_deref(),
            format: article.format,
            language: article.language,
            structure: &article.structure,
            quotes: &article.quotes,
            key: article.text.key().to_bytes(),
            length: article.text.len() as u32,
        }),
        Outcome::Issue(issue) => Record::Issue {
            record: issue.record.clone(),
            format: issue.format,
            line: issue.line,
            fault: issue.fault,
            reason: issue.reason.clone(),
            count: issue.count,
        },
        Outcome::Skipped(skipped) => Record::Skipped {
            record: skipped.record.clone(),
            format: skipped.format,
            reason: skipped.reason.clone(),
            count: skipped.count,
        },
    }
}

/// Decodes the outcomes of the file at `path` from what [`encode`] wrote. Returns `None` if `bytes`
/// are anything else.
pub(super) fn decode(bytes: &[u8], path: &Arc<str>) -> Option<Vec<Outcome>> {
    let (length, rest) = bytes.split_first_chunk::<LENGTH>()?;
    let (found, mut texts) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    let (count, mut rest) = postcard::take_from_bytes::<u32>(found).ok()?;
    // Records are decoded one by one, which saves allocating a list of them.
    let outcome = |_| {
        let (record, next) = postcard::take_from_bytes(rest).ok()?;
        rest = next;
        Some(match record {
            Record::<Owned>::Article(owned) => {
                let (text, behind) = texts.split_at_checked(owned.length as usize)?;
                let text = std::str::from_utf8(text).ok()?;
                texts = behind;
                let article = Article {
                    key: Box::default(),
                    path: path.clone(),
                    record: owned.record,
                    format: owned.format,
                    text: Text::known(text.into(), ContentKey::from_bytes(owned.key)),
                    language: owned.language,
                    structure: owned.structure,
                    quotes: owned.quotes,
                };
                Outcome::Article(Box::new(article), owned.own)
            }
            Record::Issue {
                record,
                format,
                line,
                fault,
                reason,
                count,
            } => Outcome::Issue(Issue {
                path: path.clone(),
                record,
                format,
                line,
                fault,
                reason,
                count,
            }),
            Record::Skipped {
                record,
                format,
                reason,
                count,
            } => Outcome::Skipped(Skipped {
                path: path.clone(),
                record,
                format,
                reason,
                count,
            }),
        })
    };
    (0..count).map(outcome).collect()
}
