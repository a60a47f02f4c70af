//! The reader as its users see it: keys in, screens and state out, through the real loop.

#![allow(clippy::unwrap_used)] // a test may fail loudly

mod behaviour;
mod fiction;
mod harness;
mod keeping;
mod looks;
mod reloading;
