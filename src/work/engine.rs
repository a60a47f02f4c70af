//! Holds the compiled rules that turn files into articles with quotations, and loads whole corpora
//! with them.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::foreground::yield_to_foreground;
use crate::cache::{CacheDir, Loading, Store};
use crate::ingest::structure::{Rules, settle_dates};
use crate::ingest::{self, Extent, Outcome, ParseCache, Pipeline, Progress, Request, Stamp};
use crate::language::{PackError, Packs};
use crate::model::{Article, Corpus, Issue, Skipped};
use crate::quotes::Extractor;

/// All rules, compiled once and shared by every load.
#[derive(Debug)]
pub struct Engine {
    packs: Packs,
    rules: Rules,
    extractor: Extractor,
    cache: Option<CacheDir>,
}

impl Engine {
    /// Compiles the embedded language packs and those in the user's folder.
    ///
    /// # Errors
    /// Returns the first pack that cannot be read or compiled.
    pub fn new(user_packs: Option<&Path>) -> Result<Self, PackError> {
        Self::with_layouts(user_packs, None)
    }

    /// Compiles the language packs, and the layouts in a user's folder.
    ///
    /// # Errors
    /// Returns the first pack or layout that cannot be read or compiled.
    pub fn with_layouts(
        user_packs: Option<&Path>,
        user_layouts: Option<&Path>,
    ) -> Result<Self, PackError> {
        let packs = Packs::load(user_packs)?;
        Ok(Self {
            rules: Rules::load(&packs, user_layouts)?,
            extractor: Extractor::new(&packs),
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

    /// Returns the language packs.
    pub fn packs(&self) -> &Packs {
        &self.packs
    }

    /// Returns the rules that detect structure.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Returns the extractor of quotations.
    pub fn extractor(&self) -> &Extractor {
        &self.extractor
    }

    /// Loads what `request` names and extracts the quotations. See [`ingest::load`].
    pub fn load(&self, request: &Request, cancel: &AtomicBool, on: impl Fn(ingest::Report) + Sync) {
        let finish = |article: &mut Article| {
            yield_to_foreground();
            article.quotes = self.extractor.extract(article);
            article.quotes.shrink_to_fit();
        };
        let cache = self.cache.as_ref();
        let parse_cache = Late {
            store: OnceLock::new(),
            open: || cache.and_then(|place| place.open(request, &self.rules.digest())),
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
struct Late<F> {
    store: OnceLock<Option<Store>>,
    open: F,
}

impl<F: Fn() -> Option<Store>> Late<F> {
    fn store(&self) -> Option<&Store> {
        self.store.get_or_init(&self.open).as_ref()
    }

    fn into_store(self) -> Option<Store> {
        self.store.into_inner().unwrap_or_else(self.open)
    }
}

impl<F: Fn() -> Option<Store> + Sync> ParseCache for Late<F> {
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
    /// Articles, in the order of arguments, paths and records.
    pub corpus: Corpus,
    /// Problems found while loading.
    pub issues: Vec<Issue>,
    /// Inputs that are not articles.
    pub skipped: Vec<Skipped>,
}

/// Loads everything that `request` names, and returns when done.
pub fn load_all(engine: &Engine, request: &Request) -> Loaded {
    load_until(engine, request, (&AtomicBool::new(false), &|_| {}))
}

/// Loads everything that `request` names, or what was read before `cancel` is set. Calls `progress`
/// meanwhile.
pub(super) fn load_until(
    engine: &Engine,
    request: &Request,
    (cancel, progress): (&AtomicBool, &(dyn Fn(Progress) + Sync)),
) -> Loaded {
    let loaded = Mutex::new(Loaded::default());
    engine.load(request, cancel, |report| {
        let mut loaded = loaded.lock().unwrap_or_else(PoisonError::into_inner);
        match report {
            ingest::Report::Articles(articles) => loaded.corpus = loaded.corpus.with(articles),
            ingest::Report::Issue(issue) => loaded.issues.push(issue),
            ingest::Report::Skipped(skipped) => loaded.skipped.push(skipped),
            ingest::Report::Progress(far) => progress(far),
        }
    });
    let loaded = loaded.into_inner().unwrap_or_else(PoisonError::into_inner);
    Loaded {
        corpus: settle_dates(loaded.corpus),
        ..loaded
    }
}
