//! kutip reads corpora of news articles. It finds their structure, the quotations in them with
//! their speakers, and what is related across outlets.
//!
//! The modules are layers, listed here from the bottom up. Imports point down only, which
//! `tests/layers` checks: [`text`], [`files`] → [`language`] → [`model`] → [`ingest`], [`quotes`],
//! [`people`], [`search`], [`relate`] → [`library`], [`cache`], [`config`] → [`export`] → [`work`]
//! → [`app`] → [`ui`] → [`tui`] → [`cli`].

#![cfg_attr(test, allow(clippy::unwrap_used))] // a test may fail loudly

pub mod app;
pub mod cache;
pub mod cli;
pub mod config;
pub mod export;
pub mod files;
pub mod ingest;
pub mod language;
pub mod library;
pub mod model;
pub mod people;
pub mod quotes;
pub mod relate;
pub mod search;
pub mod text;
pub mod tui;
pub mod ui;
pub mod work;
