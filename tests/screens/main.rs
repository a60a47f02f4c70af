//! The reader as its users see it: keys in, screens and state out, through the real loop.

#![allow(clippy::unwrap_used)] // a test may fail loudly

mod affair;
mod behaviour;
mod by_hand;
#[path = "../chance/mod.rs"]
mod chance;
mod charts;
mod collating;
mod failing;
mod fiction;
mod grouped;
mod harness;
mod keeping;
mod looks;
mod mends;
mod monkey;
mod one_person;
mod pictures;
mod reloading;
mod sizes;
mod trays;
mod words;
