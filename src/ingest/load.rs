//! Loads the articles of all files that a request names. Files are read in parallel and delivered
//! in order. Batches start small, so that the first rows of the list appear at once, and grow, so
//! that they cost little.

use std::collections::VecDeque;
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use rayon::prelude::*;

use super::Request;
use super::catch_panic::catch_panic;
use super::delivery::{Delivery, FIRST_BATCH, ReadFile, Ready};
use super::discover::discover;
use super::file::{File, Source, WalkEvent};
use super::formats::{self, Flow, Found, Record};
use super::input::{BaseFolder, Input, describe};
use super::parse_cache::{Extent, Outcome, ParseCache};
use super::parts;
use super::repeats::Repeats;
use super::report::{Progress, Report};
use super::structure::Rules;
use crate::model::{Article, Fault, Format, Issue, Skipped};

/// The first batch is closed when its files reach this total size in bytes. Saved pages reach it
/// with few files, and the first ones should appear soon. The limit grows with the later batches.
const FIRST_BYTES: u64 = 1 << 20;
/// Any batch is closed when its files reach this total size in bytes. This bounds the memory for
/// texts that are not delivered yet.
const BATCH_BYTES: u64 = 32 << 20;
/// Size in bytes above which a file is read on its own: not in parallel with other files, but with
/// its records in parallel.
const LARGE_FILE: u64 = 4 << 20;

/// The steps that turn files into articles.
pub struct Pipeline<'a> {
    /// Rules that find the structure of an article.
    pub rules: &'a Rules,
    /// Function that completes each article, such as by extracting its quotations. It is called on
    /// the thread that parsed the article.
    pub finish: &'a (dyn Fn(&mut Article) + Sync),
    /// Cache with the outcomes of earlier loads.
    pub parse_cache: &'a dyn ParseCache,
}

/// Loads the articles of all files that `request` names, and passes articles, problems and progress
/// to `on`, in order. Returns early, without a report, once `cancel` is set. Reading begins while
/// folders are still being walked.
pub fn load(
    request: &Request,
    pipeline: &Pipeline,
    cancel: &AtomicBool,
    on: impl Fn(Report) + Sync,
) {
    let build = Build {
        request,
        pipeline,
        cancel,
    };
    let found = AtomicUsize::new(0);
    let (send, event) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(|| {
            // The thread owns the sender, so that the channel closes when the walk ends.
            let send = send;
            let mut on_event = |event| {
                let is_file = matches!(event, WalkEvent::File(_));
                found.fetch_add(is_file.into(), Ordering::Relaxed);
                match send.send(event) {
                    Ok(()) => build.flow(),
                    Err(_) => Flow::Break(()),
                }
            };
            let walk = catch_panic(|| discover(request, &mut on_event));
            if let Err(failure) = walk {
                let _: Flow = on_event(WalkEvent::Issue(Issue::of_program(failure.to_string())));
            }
        });
        let walk = WalkReceiver {
            event,
            found: &found,
            files: VecDeque::new(),
            is_over: false,
        };
        build.read_all(walk, Delivery::new(&on));
    });
}

/// Receives the files that a walk finds on another thread.
struct WalkReceiver<'a> {
    event: mpsc::Receiver<WalkEvent>,
    /// Number of files that the walk has found so far.
    found: &'a AtomicUsize,
    /// Files that were received, but are not in a batch yet.
    files: VecDeque<File>,
    is_over: bool,
}

impl WalkReceiver<'_> {
    /// Waits for the next batch of files, at most `most` of them. Returns an empty batch when the
    /// walk has ended. Problems and skipped files are passed to `on` in the meantime. How files are
    /// divided into batches does not depend on the speed of the walk.
    fn batch(&mut self, most: usize, on: &dyn Fn(Report)) -> Vec<File> {
        while self.files.len() < most && !self.is_over {
            match self.event.recv() {
                Ok(WalkEvent::File(file)) => self.files.push_back(file),
                Ok(WalkEvent::Issue(issue)) => on(Report::Issue(issue)),
                Ok(WalkEvent::Skipped(skipped)) => on(Report::Skipped(skipped)),
                Err(_) => self.is_over = true,
            }
        }
        let len = batch_len(&self.files, most);
        self.files.drain(..len).collect()
    }

    fn progress(&self, read: usize) -> Progress {
        Progress {
            found: self.found.load(Ordering::Relaxed),
            read,
            walking: !self.is_over,
        }
    }
}

/// Returns how many of the `files` the next batch takes: at most `most`, and fewer if they are
/// large.
fn batch_len(files: &VecDeque<File>, most: usize) -> usize {
    let mut bytes = 0_u64;
    let limit = (FIRST_BYTES * (most / FIRST_BATCH) as u64).min(BATCH_BYTES);
    let fits = files.iter().take(most).take_while(|file| {
        bytes = bytes.saturating_add(file.len);
        file.len <= LARGE_FILE && bytes <= limit
    });
    fits.count().max(1).min(files.len())
}

/// The request, the pipeline and the cancellation flag of a load.
struct Build<'a> {
    request: &'a Request,
    pipeline: &'a Pipeline<'a>,
    cancel: &'a AtomicBool,
}

/// Records the outcomes of a file in the parse cache while the file is read.
struct CacheRecorder<'a> {
    parse_cache: &'a dyn ParseCache,
    file: &'a File,
    extents: Vec<Extent>,
    /// Whether reading the file again would give the same outcomes. If not, none of them is cached.
    is_lasting: AtomicBool,
}

impl<'a> CacheRecorder<'a> {
    fn of(file: &'a File, parse_cache: &'a dyn ParseCache) -> Self {
        Self {
            parse_cache,
            file,
            extents: Vec::new(),
            is_lasting: file.stamp().is_some().into(),
        }
    }

    fn is_lasting(&self) -> bool {
        self.is_lasting.load(Ordering::Relaxed)
    }

    fn forget(&self) {
        self.is_lasting.store(false, Ordering::Relaxed);
    }

    /// Checks whether a result can be cached. If the file could not be read, none of its outcomes
    /// is cached, because it may be readable next time without having changed.
    fn observe(&self, found: &Found) {
        if matches!(found, Found::Unreadable(_) | Found::Transient { .. }) {
            self.forget();
        }
    }

    fn take(&mut self, outcomes: &[Outcome]) {
        if !self.is_lasting() {
            return;
        }
        let stamp = self.file.stamp();
        match stamp.and_then(|stamp| self.parse_cache.put(stamp, outcomes)) {
            Some(extent) => self.extents.push(extent),
            None => self.forget(),
        }
    }

    fn close(self) {
        if self.is_lasting()
            && let Some(stamp) = self.file.stamp()
        {
            self.parse_cache.close(stamp, self.extents);
        }
    }
}

impl Build<'_> {
    fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    /// Reads all files in batches. Each batch is delivered while the next one is read.
    fn read_all(&self, mut walk: WalkReceiver, mut delivery: Delivery) {
        let mut read = 0;
        let mut ready = Ready::default();
        loop {
            let batch = walk.batch(delivery.batch, delivery.on);
            if batch.is_empty() || self.is_cancelled() {
                break;
            }
            read += batch.len();
            let next = match batch.as_slice() {
                [file] if file.len > LARGE_FILE => {
                    self.deliver(std::mem::take(&mut ready), &mut delivery);
                    self.read_large(file, &mut delivery);
                    Ready::default()
                }
                _ => {
                    let last = std::mem::take(&mut ready);
                    let read = || batch.into_par_iter().map(|file| self.read_file(file));
                    let deliver = || self.deliver(last, &mut delivery);
                    let (next, ()) = rayon::join(|| read().collect(), deliver);
                    next
                }
            };
            ready = next;
            delivery.advance(walk.progress(read));
        }
        if !self.is_cancelled() {
            self.deliver(ready, &mut delivery);
        }
    }

    /// Delivers the outcomes of a batch of files, after the parse cache may have moved their texts
    /// out of memory.
    fn deliver(&self, mut ready: Ready, delivery: &mut Delivery) {
        let outcomes = ready.iter_mut().map(|read| &mut *read.outcomes);
        self.pipeline
            .parse_cache
            .map(&mut outcomes.collect::<Vec<_>>());
        delivery.deliver(ready);
    }

    fn cached_outcomes(&self, file: &File) -> Option<Vec<Outcome>> {
        self.pipeline.parse_cache.get(file.stamp()?)
    }

    fn read_file(&self, file: File) -> ReadFile {
        let outcomes = self.cached_outcomes(&file);
        let outcomes = outcomes.unwrap_or_else(|| self.outcomes(&file));
        ReadFile { file, outcomes }
    }

    fn outcomes(&self, file: &File) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        let mut repeats = Repeats::default();
        let mut recorder = CacheRecorder::of(file, self.pipeline.parse_cache);
        self.read_records(file, &mut |format, found| {
            if let Some(found) = repeats.observe(format, found) {
                outcomes.push(self.build_outcome(&recorder, (format, found, 1)));
            }
            self.flow()
        });
        let more = repeats.more().into_iter();
        outcomes.extend(more.map(|more| self.build_outcome(&recorder, more)));
        if !self.is_cancelled() {
            recorder.take(&outcomes);
            recorder.close();
        }
        outcomes
    }

    /// Reads the records of one large file in order, and builds their articles in parallel.
    fn read_large(&self, file: &File, delivery: &mut Delivery) {
        if let Some(mut known) = self.cached_outcomes(file) {
            self.pipeline.parse_cache.map(&mut [&mut known]);
            return delivery.deliver_in_batches(file, known);
        }
        let mut recorder = CacheRecorder::of(file, self.pipeline.parse_cache);
        let mut waiting = Vec::new();
        let mut repeats = Repeats::default();
        let mut bytes = 0_u64;
        self.read_records(file, &mut |format, found| {
            if let Found::Record(record) = &found {
                bytes += record.text.len() as u64;
            }
            let Some(found) = repeats.observe(format, found) else {
                return self.flow();
            };
            waiting.push((format, found, 1));
            if waiting.len() >= delivery.batch || bytes >= BATCH_BYTES {
                self.build_all(&mut waiting, &mut recorder, delivery);
                bytes = 0;
                delivery.grow();
            }
            self.flow()
        });
        waiting.extend(repeats.more());
        self.build_all(&mut waiting, &mut recorder, delivery);
        if !self.is_cancelled() {
            recorder.close();
        }
    }

    fn build_all(
        &self,
        waiting: &mut Vec<(Format, Found, u32)>,
        recorder: &mut CacheRecorder,
        delivery: &mut Delivery,
    ) {
        let made = waiting.par_drain(..);
        let mut built: Vec<_> = made
            .map(|found| self.build_outcome(recorder, found))
            .collect();
        recorder.take(&built);
        self.pipeline.parse_cache.map(&mut [&mut built]);
        delivery.deliver_one(recorder.file, built);
    }

    fn flow(&self) -> Flow {
        if self.is_cancelled() {
            Flow::Break(())
        } else {
            Flow::Continue(())
        }
    }

    /// Parses a file and emits its results. If the parser panics, the results that it emitted
    /// before are kept, and the panic is emitted as a fault.
    fn read_records(&self, file: &File, emit: &mut formats::EmitAny) {
        if let Err(failure) = catch_panic(|| self.parse(file, emit)) {
            let reason = failure.to_string();
            let _: Flow = emit(
                Format::Unknown,
                Found::Transient {
                    record: None,
                    reason,
                },
            );
        }
    }

    fn parse(&self, file: &File, emit: &mut formats::EmitAny) {
        let reader: io::Result<Box<dyn Read>> = match &file.source {
            Source::Disk => open(Path::new(&*file.path)),
            Source::NonUnicode(path) => open(path),
            Source::Stdin => Ok(Box::new(io::stdin().lock())),
            Source::Embedded(bytes) => Ok(Box::new(*bytes)),
        };
        let _: Flow = match reader {
            Ok(reader) => {
                // The length of a pipe is unknown and counts as infinite.
                let len = Some(file.len).filter(|len| *len <= LARGE_FILE).unwrap_or(0);
                let options = &self.request.options;
                let mut input = Input::with_length(file.below(), reader, options, len);
                if let Some(folder) = file.disk_path().and_then(Path::parent) {
                    input.base_folder = if file.is_walked {
                        BaseFolder::Walked(folder)
                    } else {
                        BaseFolder::Folder(folder)
                    };
                }
                formats::read(input, &mut |format, found| {
                    emit(format, without_own(file, found))
                })
            }
            Err(error) => emit(Format::Unknown, Found::Unreadable(describe(&error))),
        };
    }

    fn build_outcome(
        &self,
        recorder: &CacheRecorder,
        (format, found, count): (Format, Found, u32),
    ) -> Outcome {
        recorder.observe(&found);
        let file = recorder.file;
        match found {
            Found::Record(record) => self.build_article(recorder, (format, record, count)),
            Found::Transient { record, reason } => {
                let line = None;
                let fault = Found::Fault {
                    record,
                    line,
                    reason,
                };
                self.build_outcome(recorder, (format, fault, count))
            }
            Found::Fault {
                record,
                line,
                reason,
            } => Outcome::Issue(Issue {
                path: file.path.clone(),
                record: record.map(Into::into),
                format,
                line,
                fault: Fault::Record,
                reason: reason.into(),
                count,
            }),
            Found::Unreadable(reason) => Outcome::Issue(Issue {
                path: file.path.clone(),
                record: None,
                format,
                line: None,
                // A file that the user named counts as a fault of the named path.
                fault: file.fault_kind,
                reason: reason.into(),
                count,
            }),
            Found::Skipped { record, reason } => Outcome::Skipped(Skipped {
                path: file.path.clone(),
                record: record.map(Into::into),
                format,
                reason: reason.into(),
                count,
            }),
        }
    }

    /// Builds the article of a record. Returns an issue instead if the program panics.
    fn build_article(
        &self,
        recorder: &CacheRecorder,
        (format, record, count): (Format, Box<Record>, u32),
    ) -> Outcome {
        let file = recorder.file;
        let (name, line) = (record.record.clone(), record.line);
        let made = catch_panic(|| self.article(file, format, *record));
        made.unwrap_or_else(|failure| {
            // The cause may not be the article, so the file is not cached.
            recorder.forget();
            Outcome::Issue(Issue {
                path: file.path.clone(),
                record: name.map(Into::into),
                format,
                line,
                fault: Fault::Record,
                reason: failure.to_string().into(),
                count,
            })
        })
    }

    fn article(&self, file: &File, format: Format, record: Record) -> Outcome {
        let mut found = self.pipeline.rules.find(&record.text, &record.given);
        if let Some(blocks) = record.blocks {
            parts::apply(blocks, &record.text, &record.given, &mut found.structure);
        }
        found.structure.shrink_to_fit();
        let mut article = Article {
            key: Box::default(),
            path: file.path.clone(),
            record: record.record.map(Into::into),
            format,
            text: record.text.into(),
            language: found.language,
            structure: found.structure,
            quotes: Vec::new(),
        };
        (self.pipeline.finish)(&mut article);
        Outcome::Article(Box::new(article), record.given.id.map(Into::into))
    }
}

/// Returns `found`. If it is a record that kutip itself wrote, in a file that the user did not
/// name, returns it as skipped.
fn without_own(file: &File, found: Found) -> Found {
    match found {
        Found::Record(record) if !file.is_named() => match record.own {
            Some(own) => Found::Skipped {
                record: record.record,
                reason: own.reason(),
            },
            None => Found::Record(record),
        },
        found => found,
    }
}

fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    Ok(Box::new(fs::File::open(path)?))
}
