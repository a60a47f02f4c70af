//! Work off the UI thread: loading, indexing, filtering; reports, generations, cancellation.
