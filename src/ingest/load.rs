//! Loads everything that a request names. Files are read in parallel and delivered in order.
//! Batches start small, so that the first rows appear at once, and grow, so that they cost little.

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
use super::input::{Beside, Input, describe};
use super::parse_cache::{Extent, Outcome, ParseCache};
use super::parts;
use super::repeats::Repeats;
use super::report::{Progress, Report};
use super::structure::Rules;
use crate::model::{Article, Fault, Format, Issue, Skipped};

/// Size in bytes at which the first batch is closed, because saved pages reach it with few files
/// and the first ones should appear soon. The limit grows as batches do.
const FIRST_BYTES: u64 = 1 << 20;
/// Size in bytes at which any batch of files is closed, so that memory in flight stays bounded.
const BATCH_BYTES: u64 = 32 << 20;
/// Size in bytes above which a file is read on its own, with its records in parallel.
const LARGE_FILE: u64 = 4 << 20;

/// The steps that turn files into articles.
pub struct Pipeline<'a> {
    /// Rules that detect structure.
    pub rules: &'a Rules,
    /// Completes each article, on the thread that parsed it.
    pub finish: &'a (dyn Fn(&mut Article) + Sync),
    /// Outcomes of earlier loads.
    pub parse_cache: &'a dyn ParseCache,
}

/// Loads everything that `request` names and reports it in order. Returns early, without a report,
/// once `cancel` is set. Reading begins while folders are still being walked.
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
            let mut tell = |event| {
                let is_file = matches!(event, WalkEvent::File(_));
                found.fetch_add(is_file.into(), Ordering::Relaxed);
                match send.send(event) {
                    Ok(()) => build.flow(),
                    Err(_) => Flow::Break(()),
                }
            };
            let walk = catch_panic(|| discover(request, &mut tell));
            if let Err(failure) = walk {
                let _: Flow = tell(WalkEvent::Issue(Issue::of_program(failure.to_string())));
            }
        });
        let walk = Walk {
            event,
            found: &found,
            files: VecDeque::new(),
            is_over: false,
        };
        build.read_all(walk, Delivery::new(&on));
    });
}

/// The files that a walk on another thread finds.
struct Walk<'a> {
    event: mpsc::Receiver<WalkEvent>,
    /// Number of files that the walk has found.
    found: &'a AtomicUsize,
    /// Files that are not read yet.
    files: VecDeque<File>,
    is_over: bool,
}

impl Walk<'_> {
    /// Waits for a batch of files. Returns an empty one when the walk has ended. The batches do not
    /// depend on the speed of the walk.
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

/// Returns the number of `files` in the next batch.
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
    /// Whether reading the file again would give the same outcomes. If not, nothing of it is
    /// cached.
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

    /// Checks an outcome. If the file could not be read, it is not cached, because it may be
    /// readable next time without having changed.
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

    /// Reads batch after batch. Each is delivered while the next is read.
    fn read_all(&self, mut walk: Walk, mut delivery: Delivery) {
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

    /// Delivers the outcomes of files, after the cache may have moved their texts out of memory.
    fn deliver(&self, mut ready: Ready, delivery: &mut Delivery) {
        let outcomes = ready.iter_mut().map(|read| &mut *read.outcomes);
        self.pipeline
            .parse_cache
            .map(&mut outcomes.collect::<Vec<_>>());
        delivery.deliver(ready);
    }

    fn recall(&self, file: &File) -> Option<Vec<Outcome>> {
        self.pipeline.parse_cache.get(file.stamp()?)
    }

    fn read_file(&self, file: File) -> ReadFile {
        let outcomes = self.recall(&file);
        let outcomes = outcomes.unwrap_or_else(|| self.outcomes(&file));
        ReadFile { file, outcomes }
    }

    fn outcomes(&self, file: &File) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        let mut repeats = Repeats::default();
        let mut recorder = CacheRecorder::of(file, self.pipeline.parse_cache);
        self.read_records(file, &mut |format, found| {
            if let Some(found) = repeats.observe(format, found) {
                outcomes.push(self.make(&recorder, (format, found, 1)));
            }
            self.flow()
        });
        let more = repeats.more().into_iter();
        outcomes.extend(more.map(|more| self.make(&recorder, more)));
        if !self.is_cancelled() {
            recorder.take(&outcomes);
            recorder.close();
        }
        outcomes
    }

    /// Reads the records of one large file in order, and builds their articles in parallel.
    fn read_large(&self, file: &File, delivery: &mut Delivery) {
        if let Some(mut known) = self.recall(file) {
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
        let mut built: Vec<_> = made.map(|found| self.make(recorder, found)).collect();
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

    /// Parses a file. If the parser panics, what it reported before is kept.
    fn read_records(&self, file: &File, tell: &mut formats::Tell) {
        if let Err(failure) = catch_panic(|| self.parse(file, tell)) {
            let reason = failure.to_string();
            let _: Flow = tell(
                Format::Unknown,
                Found::Transient {
                    record: None,
                    reason,
                },
            );
        }
    }

    fn parse(&self, file: &File, tell: &mut formats::Tell) {
        let reader: io::Result<Box<dyn Read>> = match &file.source {
            Source::Disk => open(Path::new(&*file.path)),
            Source::Unspelled(path) => open(path),
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
                    input.beside = if file.is_walked {
                        Beside::Walked(folder)
                    } else {
                        Beside::Folder(folder)
                    };
                }
                formats::read(input, tell)
            }
            Err(error) => tell(Format::Unknown, Found::Unreadable(describe(&error))),
        };
    }

    fn make(
        &self,
        recorder: &CacheRecorder,
        (format, found, count): (Format, Found, u32),
    ) -> Outcome {
        recorder.observe(&found);
        let file = recorder.file;
        match found {
            Found::Record(record) => self.make_article(recorder, (format, record, count)),
            Found::Transient { record, reason } => {
                let line = None;
                let fault = Found::Fault {
                    record,
                    line,
                    reason,
                };
                self.make(recorder, (format, fault, count))
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
                fault: file.standing,
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

    /// Builds an article. Returns an issue if that panics.
    fn make_article(
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

fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    Ok(Box::new(fs::File::open(path)?))
}
