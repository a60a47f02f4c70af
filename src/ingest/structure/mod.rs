//! The structure of an article: what stands where in its text, as spans.

use super::Given;
use crate::language::{Lang, Packs};
use crate::model::{Block, BlockKind, Structure};
use crate::text::ByteSpan;

/// What was found in one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The parts.
    pub structure: Structure,
    /// The language of the body, where it could be told.
    pub language: Option<Lang>,
}

/// The compiled rules by which structure is found: language packs and page layouts.
#[derive(Debug, Default)]
pub struct Rules {}

impl Rules {
    /// Compiles the rules of `packs` and the embedded layouts.
    pub fn new(_packs: &Packs) -> Self {
        Self {}
    }

    /// Finds the parts of one text. `given` is what the record says beside it.
    pub fn find(&self, text: &str, _given: &Given) -> Found {
        let mut structure = Structure::default();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let span = ByteSpan::new(start, start + line.len()).trim(text);
            if !span.is_empty() {
                structure.blocks.push(Block {
                    kind: BlockKind::Paragraph,
                    span,
                });
            }
            start += line.len();
        }
        Found {
            structure,
            language: None,
        }
    }
}
