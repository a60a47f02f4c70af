//! The query language: parses what a user types into a tree of tests.

mod dates;
mod field;
mod parse;
mod tree;

pub use dates::DateRange;
pub use field::Field;
pub use tree::{Anchor, Fault, Has, Is, Node, Pattern, Query, Term, Test};
