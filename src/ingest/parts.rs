//! Handles the parts of an article that its format marks: assembles a text from them, and builds
//! the structure of the article from them. Marked parts take precedence over what the lines of the
//! text suggest.

use super::Given;
use crate::model::{Block, BlockKind, Caption, Excerpt, Structure, Title};
use crate::text::ByteSpan;

/// A text that is assembled from parts, separated by blank lines.
#[derive(Debug, Default)]
pub(super) struct Assembled {
    /// The parts, joined by blank lines.
    pub text: String,
    /// Kind and span of each part, in text order.
    pub blocks: Vec<Block>,
}

impl Assembled {
    /// Appends a part with its kind. White space around it is left out, and an empty part is
    /// ignored.
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

/// Completes `structure` with the parts of `text` that its format marks: the blocks, and the title,
/// captions and reporters in them.
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

/// Returns the span of the first occurrence of `words` in `line`, a span of `text`.
fn find(words: &str, line: ByteSpan, text: &str) -> Option<ByteSpan> {
    let at = line.start as usize + line.of(text).find(words)?;
    Some(ByteSpan::new(at, at + words.len()))
}
