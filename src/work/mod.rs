//! Work off the UI thread: loading, reloading, watching, indexing, filtering, surveying, keeping;
//! reports, generations, cancellation, and who goes first.

mod background;
mod collator;
mod content_keys;
mod counting;
mod engine;
mod evidence;
mod failing;
mod filter_queue;
mod filtering;
mod indexing;
mod keeper;
mod latest;
mod loader;
mod pace;
mod precedence;
mod preparing;
mod reloading;
mod request;
mod survey;
mod watching;

pub use background::let_go;
pub use collator::{Collator, CollatorReport};
pub use content_keys::ContentKeys;
pub use counting::{CountRequest, Counts, count};
pub use engine::{Engine, Loaded, load_all};
pub use evidence::{CompareRequest, ExportRequest, Exported, Watch};
pub use failing::{Failed, Work, attempt};
pub use filter_queue::{FilterRequest, Filtered};
pub use filtering::Filterer;
pub use indexing::Indexer;
pub use keeper::{Keeper, KeeperReport, Kept};
pub use loader::{Loader, Report};
pub use precedence::{hand_back_precedence, take_precedence};
pub use reloading::{Changes, Moves, ReloadReport, ReloadRequest, Reloaded, Reloader};
pub use request::{Requests, Tagged};
pub use survey::{
    About, Answer, Question, SurveyReport, SurveyRequest, Surveying, Surveyor, answer, survey,
};
pub use watching::FileWatch;
