//! The words by which a text refers to a speaker.

use crate::language::Roles;
use crate::quotes::words::tokens::Tokens;
use crate::text::ByteSpan;

/// What kind of words name a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MentionKind {
    /// A name.
    Name,
    /// An office or description without a name.
    Description,
    /// `dia`, `he`.
    Pronoun,
    /// Nothing but the verb: `ujarnya`, `, adding that …`.
    Implied,
}

/// The words that name a speaker, and where they stand.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub kind: MentionKind,
    /// The words at the verb; empty where the speaker is implied.
    pub span: ByteSpan,
    /// Token ranges of each speaker's name, or of the description.
    pub parts: Vec<(usize, usize)>,
    /// The whole phrase in tokens.
    pub first: usize,
    pub last: usize,
}

impl Mention {
    /// The speaker that a verb without a subject implies, at its token.
    pub fn implied(at: usize) -> Self {
        Self {
            kind: MentionKind::Implied,
            span: ByteSpan::default(),
            parts: Vec::new(),
            first: at,
            last: at,
        }
    }
}

/// The text of the tokens `first..last`; empty where there are none.
pub(crate) fn span_of(tokens: Tokens<'_>, first: usize, last: usize) -> ByteSpan {
    match (
        tokens.get(first),
        last.checked_sub(1).and_then(|at| tokens.get(at)),
    ) {
        (Some(a), Some(b)) => ByteSpan {
            start: a.start,
            end: b.base_end(),
        },
        _ => ByteSpan::default(),
    }
}

/// Whether a mention is surely of someone who speaks: a name of several words or one that is known,
/// an office.
pub(crate) fn is_someone(tokens: Tokens<'_>, mention: &Mention) -> bool {
    let words = |(a, b): (usize, usize)| tokens.get(a..b).unwrap_or_default();
    let whole = words((mention.first, mention.last));
    let titled = whole
        .iter()
        .any(|t| t.is(Roles::OFFICE.with(Roles::HONORIFIC)));
    match mention.kind {
        MentionKind::Name => mention.parts.iter().any(|&part| {
            let name = words(part);
            titled || name.len() > 1 || name.iter().any(|t| t.is(Roles::KNOWN_SPEAKER))
        }),
        MentionKind::Description => titled,
        MentionKind::Pronoun => true,
        MentionKind::Implied => false,
    }
}
