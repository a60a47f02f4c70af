//! Work off the UI thread: loading, indexing, filtering; reports, generations, cancellation.

mod engine;
mod loader;

pub use engine::{Engine, Loaded, load_all};
pub use loader::{Loader, Report};
