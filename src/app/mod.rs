//! The state of the reader, and the changes that commands make to it. This module does no I/O, and
//! uses no clock and no threads.

pub mod ask;
pub mod boards;
pub mod chart;
pub mod command;
pub mod compare;
pub mod counts;
pub mod cursor;
pub mod filter;
pub mod find;
mod geometry;
pub mod groups;
pub mod history;
mod hues;
pub mod input;
pub mod key;
pub mod keymap;
pub mod layers;
pub mod library_data;
mod library_pickers;
pub mod list;
pub mod long_layout;
pub mod matrix;
pub mod minimap;
pub mod msg;
mod offset_map;
pub mod overlay;
mod overlays;
pub mod page;
pub mod panes;
pub mod people;
pub mod picker;
pub mod prompt;
pub mod reader;
pub mod reload;
mod review;
pub mod sidebar;
mod speakers;
mod spoken;
mod state;
mod statements;
pub mod survey;
pub mod tasks;
pub mod timeline;
pub mod tray;
mod update;
pub mod utterances;
mod views;
pub mod words;
mod words_spread;
mod words_view;

pub use geometry::{BETWEEN, GUTTER, has_minimap};
pub use long_layout::{FinishedLayout, LayoutRequest};
pub use msg::{Effect, Msg, Report};
pub use prompt::{Prompt, Purpose};
pub use state::{
    App, Columns, Keys, LetterAction, Load, LoadState, Notice, Settings, Signs, Tone, USUAL_COLUMN,
    View,
};
pub use update::update;
