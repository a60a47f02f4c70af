//! The running text of an article, which `text:` searches: its blocks without page furniture.

use crate::model::{Article, BlockKind};
use crate::text::ByteSpan;

/// Returns the spans of an article that `text:` searches, in text order: title, kicker, standfirst,
/// subheads, paragraphs and captions. Returns the whole text if the structure is unknown.
pub fn passages(article: &Article) -> impl Iterator<Item = ByteSpan> {
    let blocks = &article.structure.blocks;
    let whole = blocks
        .is_empty()
        .then(|| ByteSpan::new(0, article.text.len()));
    let searched = blocks.iter().filter(|block| is_searched(block.kind));
    searched.map(|block| block.span).chain(whole)
}

fn is_searched(kind: BlockKind) -> bool {
    use BlockKind::{Caption, Kicker, Paragraph, Standfirst, Subhead, Title};
    matches!(
        kind,
        Title | Kicker | Standfirst | Subhead | Paragraph | Caption
    )
}
