//! Runs work off the UI thread: loading, reloading, watching, indexing, filtering, surveying, and
//! writing the library. Also holds what workers share: reports, generations, cancellation, and the
//! priority of key presses over background work.

mod background;
mod compare_worker;
mod content_keys;
mod counting;
mod decisions;
mod engine;
mod evidence;
mod failing;
mod filter_queue;
mod filtering;
mod foreground;
mod indexing;
mod latest;
mod library_writer;
mod loader;
mod preparing;
mod reloading;
mod request;
mod survey;
mod throttle;
mod watching;

pub use background::drop_in_background;
pub use compare_worker::{CompareReport, CompareWorker};
pub use content_keys::{ContentKeys, Located};
pub use counting::{CountRequest, Counts, count};
pub use decisions::decisions;
pub use engine::{Engine, LoadProgress, Loaded, UserRules, load_all, load_all_with};
pub use evidence::{CompareRequest, ExportRequest, Exported, Watch};
pub use failing::{Failed, Work, attempt};
pub use filter_queue::{FilterRequest, Filtered};
pub use filtering::Filterer;
pub use foreground::{enter_foreground, leave_foreground};
pub use indexing::Indexer;
pub use library_writer::{LibraryFacts, LibraryReport, LibraryWriter};
pub use loader::{Loader, Report};
pub use reloading::{Changes, Moves, ReloadReport, ReloadRequest, Reloaded, Reloader};
pub use request::{Requests, Tagged};
pub use survey::{
    About, Answer, Question, SurveyReport, SurveyRequest, Surveying, Surveyor, answer, survey,
};
pub use watching::FileWatch;
