//! Holds the compiled rules that turn files into articles with quotations, and loads whole corpora
//! with them.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::foreground::yield_to_foreground;
use crate::cache::{CacheDir, Loading, Store};
use crate::ingest::structure::{Rules, settle_dates};
use crate::ingest::{
    self, Collisions, Extent, Outcome, ParseCache, Pipeline, Progress, Request, Stamp, settle_keys,
};
use crate::language::{PackError, Packs};
use crate::model::{Article, Corpus, Issue, Skipped};
use crate::quotes::Extractor;

/// All rules for reading articles, compiled once and shared by every load: language packs, layouts,
/// and the extractor of quotations.
#[derive(Debug)]
pub struct Engine {
    packs: Packs,
    rules: Rules,
    extractor: Extractor,
    cache: Option<CacheDir>,
}

/// The places of the user's own rule files, each `None` if the user has none.
#[derive(Clone, Copy, Debug, Default)]
pub struct UserRules<'a> {
    /// Folder of the user's language packs.
    pub languages: Option<&'a Path>,
    /// Folder of the user's layouts of outlets' pages.
    pub layouts: Option<&'a Path>,
    /// File of the user's weights by which the speaker of a quotation is chosen.
    pub attribution: Option<&'a Path>,
}

impl Engine {
    /// Compiles the embedded rules, extended by the language packs in the folder `user_packs`.
    ///
    /// # Errors
    /// Returns the first pack that cannot be read or compiled.
    pub fn new(user_packs: Option<&Path>) -> Result<Self, PackError> {
        Self::with_user_rules(&UserRules {
            languages: user_packs,
            ..UserRules::default()
        })
    }

    /// Compiles the embedded rules, extended by those of the user.
    ///
    /// # Errors
    /// Returns the first file that cannot be read or compiled.
    pub fn with_user_rules(user: &UserRules<'_>) -> Result<Self, PackError> {
        let packs = Packs::load(user.languages)?;
        Ok(Self {
            rules: Rules::load(&packs, user.layouts)?,
            extractor: Extractor::load(&packs, user.attribution)?,
            cache: None,
            packs,
        })
    }

    /// Makes later loads store parsed files in `cache` and reuse them.
    #[must_use]
    pub fn with_cache(mut self, cache: CacheDir) -> Self {
        self.cache = Some(cache);
        self
    }

    /// Returns digests of the language packs, of the layouts, and of the rules for quotations. They
    /// change with any rule, also one of the user.
    fn digests(&self) -> [[u8; 32]; 3] {
        let [packs, layouts] = self.rules.digest();
        [packs, layouts, self.extractor.digest()]
    }

    /// Returns the language packs.
    pub fn packs(&self) -> &Packs {
        &self.packs
    }

    /// Returns the rules that find the structure of an article, such as title and byline.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Returns the extractor that finds quotations and their speakers.
    pub fn extractor(&self) -> &Extractor {
        &self.extractor
    }

    /// Loads the articles that `request` names and extracts their quotations. Calls `on` with what
    /// is found. See [`ingest::load`].
    pub fn load(&self, request: &Request, cancel: &AtomicBool, on: impl Fn(ingest::Report) + Sync) {
        let finish = |article: &mut Article| {
            yield_to_foreground();
            article.quotes = self.extractor.extract(article);
            article.quotes.shrink_to_fit();
        };
        let cache = self.cache.as_ref();
        let parse_cache = LazyCache {
            store: OnceLock::new(),
            open: || cache.and_then(|place| place.open(request, &self.digests())),
        };
        let pipeline = Pipeline {
            rules: &self.rules,
            finish: &finish,
            parse_cache: &parse_cache,
        };
        ingest::load(request, &pipeline, cancel, on);
        if let Some(store) = parse_cache.into_store() {
            store.commit(if cancel.load(Ordering::Relaxed) {
                Loading::Cancelled
            } else {
                Loading::Whole
            });
        }
    }
}

/// A parse cache that opens its store on first use, so that opening it overlaps with the walk over
/// the folders.
struct LazyCache<F> {
    store: OnceLock<Option<Store>>,
    open: F,
}

impl<F: Fn() -> Option<Store>> LazyCache<F> {
    fn store(&self) -> Option<&Store> {
        self.store.get_or_init(&self.open).as_ref()
    }

    fn into_store(self) -> Option<Store> {
        self.store.into_inner().unwrap_or_else(self.open)
    }
}

impl<F: Fn() -> Option<Store> + Sync> ParseCache for LazyCache<F> {
    fn get(&self, file: Stamp) -> Option<Vec<Outcome>> {
        yield_to_foreground();
        self.store()?.get(file)
    }

    fn put(&self, file: Stamp, outcomes: &[Outcome]) -> Option<Extent> {
        self.store()?.put(file, outcomes)
    }

    fn map(&self, outcomes: &mut [&mut [Outcome]]) {
        if let Some(store) = self.store() {
            store.map(outcomes);
        }
    }

    fn close(&self, file: Stamp, extents: Vec<Extent>) {
        if let Some(store) = self.store() {
            store.close(file, extents);
        }
    }
}

/// A corpus that is loaded completely.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The articles, in the order of the arguments, of the paths below them, and of the records in
    /// a file.
    pub corpus: Corpus,
    /// Files and records that could not be read.
    pub issues: Vec<Issue>,
    /// Files and records that are not articles.
    pub skipped: Vec<Skipped>,
    /// Articles whose identifiers had to be made unique.
    pub collisions: Collisions,
}

/// Loads everything that `request` names, and returns it when the load is complete.
pub fn load_all(engine: &Engine, request: &Request) -> Loaded {
    load_all_with(engine, request, &|_, _| {})
}

/// A callback for the progress of a load. It gets the progress through the files, and the number of
/// articles loaded so far.
pub type LoadProgress<'a> = &'a (dyn Fn(Progress, usize) + Sync);

/// Loads everything that `request` names, and returns it when the load is complete. Calls
/// `progress` meanwhile.
pub fn load_all_with(engine: &Engine, request: &Request, progress: LoadProgress) -> Loaded {
    load_until(engine, request, (&AtomicBool::new(false), progress))
}

/// Loads everything that `request` names and returns it. If `cancel` is set, returns only what was
/// loaded before. Calls `progress` meanwhile.
pub(super) fn load_until(
    engine: &Engine,
    request: &Request,
    (cancel, progress): (&AtomicBool, LoadProgress),
) -> Loaded {
    let files = Progress {
        walking: true,
        ..Progress::default()
    };
    let loaded = Mutex::new((Loaded::default(), files));
    engine.load(request, cancel, |report| {
        let mut loaded = loaded.lock().unwrap_or_else(PoisonError::into_inner);
        let (loaded, files) = &mut *loaded;
        match report {
            ingest::Report::Articles(articles) => loaded.corpus = loaded.corpus.with(articles),
            ingest::Report::Issue(issue) => return loaded.issues.push(issue),
            ingest::Report::Skipped(skipped) => return loaded.skipped.push(skipped),
            ingest::Report::Progress(far) => *files = far,
        }
        progress(*files, loaded.corpus.len());
    });
    let (loaded, _) = loaded.into_inner().unwrap_or_else(PoisonError::into_inner);
    let (corpus, collisions) = settle_keys(settle_dates(loaded.corpus));
    Loaded {
        corpus,
        collisions,
        ..loaded
    }
}
