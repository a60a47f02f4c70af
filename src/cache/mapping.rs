//! Files of the cache as memory, and the texts that stand in them.
#![allow(unsafe_code)] // mapping a file, and taking for text what was checked to be

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use memmap2::Mmap;

use crate::model::Lender;

/// A whole file as bytes. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Mapping {
    bytes: Arc<Mmap>,
}

impl Mapping {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        // SAFETY: a segment never changes once it has its name, nor is it ever made shorter; it is
        // only removed, which leaves what is mapped as it is.
        let bytes = unsafe { Mmap::map(&file)? };
        Ok(Self {
            bytes: Arc::new(bytes),
        })
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn get(&self, range: Range<u64>) -> Option<&[u8]> {
        let range = usize::try_from(range.start).ok()?..usize::try_from(range.end).ok()?;
        self.bytes.get(range)
    }

    /// The text that stands there; `None` where there is no such place or no text.
    pub(super) fn text(&self, range: Range<u64>) -> Option<Lender> {
        std::str::from_utf8(self.get(range.clone())?).ok()?;
        Some(Arc::new(Piece {
            mapping: self.clone(),
            range: range.start as usize..range.end as usize,
        }))
    }
}

/// A range of a file that was checked to be text.
struct Piece {
    mapping: Mapping,
    range: Range<usize>,
}

impl AsRef<str> for Piece {
    fn as_ref(&self) -> &str {
        let bytes = self.mapping.bytes.get(self.range.clone());
        // SAFETY: a piece is made by `Mapping::text` alone, which has checked these bytes, and the
        // file does not change.
        unsafe { std::str::from_utf8_unchecked(bytes.unwrap_or_default()) }
    }
}
