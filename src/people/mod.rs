//! People over a corpus: one person under many names, every alias visible.
