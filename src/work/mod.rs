//! Work off the UI thread: loading, indexing, filtering; reports, generations, cancellation.

mod engine;
mod filtering;
mod indexing;
mod loader;

pub use engine::{Engine, Loaded, load_all};
pub use filtering::{FilterRequest, Filtered, Filterer};
pub use indexing::Indexer;
pub use loader::{Loader, Report};
