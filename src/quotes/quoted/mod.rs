//! Words between quotation marks, and the cue beside them.

pub(super) mod direct;
pub(super) mod fragment;
pub(super) mod interview;
pub(super) mod marked;
