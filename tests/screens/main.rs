//! The reader as its users see it: keys in, screens and state out, through the real loop.

#![allow(clippy::unwrap_used)] // a test may fail loudly

mod affair;
mod behaviour;
mod collating;
mod fiction;
mod grouped;
mod harness;
mod keeping;
mod looks;
mod reloading;
mod trays;
