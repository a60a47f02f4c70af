//! Handles the parts of an article that its format marks. Assembles a text from them and sets the
//! structure, in which they take precedence over what the lines of the text suggest.

use super::Given;
use crate::model::{Block, BlockKind, Caption, Excerpt, Structure, Title};
use crate::text::ByteSpan;

/// A text that is assembled from parts, separated by blank lines.
#[derive(Debug, Default)]
pub(super) struct Assembled {
    /// The text.
    pub text: String,
    /// Spans of the parts, in text order.
    pub blocks: Vec<Block>,
}

impl Assembled {
    /// Appends a part. White space alone is ignored.
    pub fn push(&mut self, kind: BlockKind, words: &str) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(words);
        let span = ByteSpan::new(start, self.text.len());
        self.blocks.push(Block { kind, span });
    }
}

/// Sets the structure from the parts that a format marks: the blocks, and the title, captions and
/// reporters in them.
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

/// Returns the first occurrence of `words` in `line`.
fn find(words: &str, line: ByteSpan, text: &str) -> Option<ByteSpan> {
    let at = line.start as usize + line.of(text).find(words)?;
    Some(ByteSpan::new(at, at + words.len()))
}
