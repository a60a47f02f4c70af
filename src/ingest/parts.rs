//! The structure of an article whose format knows its parts: they count more than what the lines
//! of its text suggest.

use super::Given;
use crate::model::{Block, BlockKind, Caption, Excerpt, Structure, Title};
use crate::text::ByteSpan;

/// Takes over the parts that a format gives: the blocks, and the title, captions and reporters
/// that stand in them.
pub(super) fn apply(blocks: Vec<Block>, text: &str, given: &Given, structure: &mut Structure) {
    let spans = |kind: BlockKind| {
        let of_kind = blocks.iter().filter(move |block| block.kind == kind);
        of_kind.map(|block| block.span)
    };
    if let Some(span) = spans(BlockKind::Title).next() {
        structure.title = Some(Title {
            text: Excerpt::Span(span),
            derived: false,
        });
    }
    let captions = spans(BlockKind::Caption).map(|span| Caption {
        text: Excerpt::Span(span),
        credit: None,
    });
    structure.captions = captions.collect();
    let byline = spans(BlockKind::Byline).next();
    let reporters = given.authors.iter().map(|name| {
        let found = byline.and_then(|line| find(name, line, text));
        found.map_or_else(|| Excerpt::Given(name.as_str().into()), Excerpt::Span)
    });
    if !given.authors.is_empty() {
        structure.reporters = reporters.collect();
        structure.editors = Vec::new();
        structure.initials = None;
    }
    structure.blocks = blocks;
}

/// The first place of `words` in `line`.
fn find(words: &str, line: ByteSpan, text: &str) -> Option<ByteSpan> {
    let at = line.start as usize + line.of(text).find(words)?;
    Some(ByteSpan::new(at, at + words.len()))
}
