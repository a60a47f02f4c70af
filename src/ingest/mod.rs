//! Reading corpora: discover → decode → read one format → find the structure. The only code that
//! reads a corpus.

mod given;
pub mod structure;

pub use given::Given;
