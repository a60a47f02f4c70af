//! The cache of one corpus during one load: reads outcomes from earlier segments and writes new
//! ones.

use std::collections::HashMap;
use std::fs;
use std::hash::BuildHasher;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::dir::CacheDir;
use super::folder::Folder;
use super::overflow::Overflow;
use super::record;
use super::segment::{
    EXTENSION, Entry, Fingerprint, Index, MIN_SIZE, Reader, UNFINISHED_EXTENSION, Writer,
};
use crate::ingest::{Extent, Outcome, ParseCache, Request, Stamp};
use crate::model::{ContentKey, Text};

/// Maximum number of segments of a corpus. Beyond it, they are merged into one.
const MAX_SEGMENTS: usize = 8;
/// Minimum age of a file whose outcomes are cached. A younger file could change again without a new
/// modification time: FAT stores times in steps of two seconds.
const MIN_AGE: Duration = Duration::from_secs(2);
/// Age from which an unfinished segment is assumed to be left over from a program that was killed.
const ABANDONED_AFTER: Duration = Duration::from_hours(24);

/// The cache of one corpus, open for one load.
#[derive(Debug)]
pub struct Store {
    place: CacheDir,
    folder: Folder,
    segments: Vec<Segment>,
    /// Paths of segments that are broken or were made by other rules. [`Self::commit`] removes
    /// them.
    stale: Vec<PathBuf>,
    known: CachedFiles,
    /// Computes the hashes of paths by which `known` is keyed.
    paths: foldhash::fast::RandomState,
    writer: Mutex<Writer>,
    overflow: Overflow,
    opened: SystemTime,
}

/// An earlier segment that this load can use.
#[derive(Debug)]
struct Segment {
    path: PathBuf,
    reader: Reader,
    /// The bytes of the segment's index. The paths of the files are read from them.
    index: Vec<u8>,
    /// The places of outcomes in the segment: those of the first file, then those of the second,
    /// and so on.
    extents: Vec<Extent>,
}

/// The files of all segments, keyed by the hashes of their paths. If two paths had the same hash,
/// which is very unlikely, one of the files would be parsed on every load.
type CachedFiles = HashMap<u64, CachedFile, foldhash::fast::RandomState>;

/// A file whose outcomes are in a segment. There may be as many of these as articles, so each
/// avoids allocations of its own.
#[derive(Debug)]
struct CachedFile {
    segment: usize,
    /// The byte range of the path in the segment's index.
    path: Range<usize>,
    len: u64,
    modified: Duration,
    identity: u64,
    /// Indices of the file's extents in `Segment::extents`.
    extents: Range<usize>,
    /// Whether this load used the cached outcomes. Unused outcomes are eventually removed.
    is_used: AtomicBool,
}

impl CacheDir {
    /// Opens the cache of the corpus that `request` names. Only outcomes that were made with the
    /// same rules, which have the digests `rules`, are used. Returns `None` if the request names no
    /// path, or the cache folder cannot be used.
    pub fn open(&self, request: &Request, rules: &[[u8; 32]]) -> Option<Store> {
        if request.paths.is_empty() {
            return None;
        }
        let paths = request.paths.iter().map(std::path::absolute);
        let paths: Vec<_> = paths.collect::<Result<_, _>>().ok()?;
        let paths: Vec<_> = paths.iter().map(|path| path.to_string_lossy()).collect();
        let label = paths.join("\n");
        let name = ContentKey::of(&format!("{label}\n{:?}", request.options));
        let folder = self.folder().join(name.to_string());
        let corpus = Folder::new(folder, &label);
        if fs::symlink_metadata(&corpus.path).is_ok() {
            corpus.create().ok()?;
        }
        Some(Store::open(self.clone(), corpus, &fingerprint(rules)))
    }
}

/// Returns a digest that identifies this program and its rules, which have the digests `rules`.
/// Outcomes with another digest are not used. It covers the size and time of the program's own
/// file, so that a rebuilt program uses nothing older.
fn fingerprint(rules: &[[u8; 32]]) -> Fingerprint {
    let mut digest = Sha256::new();
    digest.update(env!("CARGO_PKG_VERSION"));
    for rules in rules {
        digest.update(rules);
    }
    let program = std::env::current_exe().and_then(fs::metadata);
    if let Ok(program) = program {
        digest.update(format!("{} {:?}", program.len(), program.modified().ok()));
    }
    digest.finalize().into()
}

impl Store {
    fn open(place: CacheDir, folder: Folder, fingerprint: &Fingerprint) -> Self {
        let mut store = Self {
            writer: Mutex::new(Writer::new(folder.clone(), fingerprint)),
            overflow: Overflow::new(folder.clone(), place.held()),
            place,
            segments: Vec::new(),
            stale: Vec::new(),
            known: CachedFiles::default(),
            paths: foldhash::fast::RandomState::default(),
            opened: SystemTime::now(),
            folder,
        };
        for path in files(&store.folder.path, EXTENSION) {
            match store.read(&path, fingerprint) {
                Some(segment) => store.segments.push(segment),
                None => store.stale.push(path),
            }
        }
        store
    }

    /// Reads the index of the segment at `path` and registers its files. Returns `None` if the
    /// segment is broken or was made by other rules.
    fn read(&mut self, path: &Path, fingerprint: &Fingerprint) -> Option<Segment> {
        let reader = Reader::open(path).ok()?;
        let index = reader.index(fingerprint)?;
        let Index { entries, extents } = postcard::from_bytes::<Index<&str>>(&index).ok()?;
        self.known.reserve(entries.len());
        let mut end = 0;
        for entry in entries {
            let start = end;
            end += entry.extents as usize;
            let known = CachedFile {
                segment: self.segments.len(),
                path: place_in(&index, entry.path),
                len: entry.len,
                modified: entry.modified,
                identity: entry.identity,
                extents: start..end,
                is_used: AtomicBool::new(false),
            };
            self.known.insert(self.paths.hash_one(entry.path), known);
        }
        Some(Segment {
            path: path.to_owned(),
            reader,
            index,
            extents,
        })
    }

    /// Returns the cached file with this absolute path, and its segment.
    fn known(&self, path: &str) -> Option<(&CachedFile, &Segment)> {
        let known = self.known.get(&self.paths.hash_one(path))?;
        let segment = self.segments.get(known.segment)?;
        let is_it = segment.index.get(known.path.clone())? == path.as_bytes();
        is_it.then_some((known, segment))
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns whether the file is so old that any later change will give it another modification
    /// time.
    fn is_settled(&self, file: Stamp) -> bool {
        let age = self.opened.duration_since(file.modified);
        age.is_ok_and(|age| age >= MIN_AGE)
    }

    /// Writes the new outcomes to disk as a segment. After a complete load, also removes the
    /// outcomes of files that no longer exist, once these make up most of the cache. A failed write
    /// is ignored.
    pub fn commit(self, loading: Loading) {
        let live = self.live_bytes();
        let (segments, writer) = (self.segments, self.writer.into_inner());
        let mut writer = writer.unwrap_or_else(PoisonError::into_inner);
        let (fresh, all) = (
            writer.len(),
            segments.iter().map(Segment::bytes).sum::<u64>(),
        );
        let is_crowded = segments.len() >= MAX_SEGMENTS && fresh >= MIN_SIZE;
        let is_wasteful = all > MIN_SIZE + 2 * (live + fresh);
        let is_rewritten = loading == Loading::Whole && (is_crowded || is_wasteful);
        if fresh < MIN_SIZE && !is_rewritten {
            return;
        }
        if is_rewritten {
            copy(self.known.values(), &segments, &mut writer);
        }
        if writer.finish().is_err() {
            return;
        }
        let replaced = segments.iter().filter(|_| is_rewritten);
        let replaced = replaced.map(|segment| &segment.path);
        for path in replaced
            .chain(&self.stale)
            .chain(&abandoned(&self.folder.path))
        {
            // What cannot be removed is tried again next time.
            let _ = fs::remove_file(path);
        }
        self.place.shrink(&self.folder.path);
    }

    fn live_bytes(&self) -> u64 {
        let live = self.known.values().filter(|known| known.is_live());
        let extents = live.filter_map(|known| self.segments.get(known.segment)?.extents(known));
        extents.flatten().map(|extent| u64::from(extent.len)).sum()
    }
}

impl Segment {
    fn bytes(&self) -> u64 {
        self.reader.len()
    }

    fn extents(&self, file: &CachedFile) -> Option<&[Extent]> {
        self.extents.get(file.extents.clone())
    }
}

/// Says whether a load has seen every file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loading {
    /// The load saw every file.
    Whole,
    /// The load was cancelled.
    Cancelled,
}

impl CachedFile {
    fn is_live(&self) -> bool {
        self.is_used.load(Ordering::Relaxed)
    }
}

/// Copies the outcomes of the files that this load used to `writer`, in the order of segments and
/// extents.
fn copy<'a>(
    known: impl Iterator<Item = &'a CachedFile>,
    segments: &[Segment],
    writer: &mut Writer,
) {
    let mut live: Vec<_> = known.filter(|known| known.is_live()).collect();
    live.sort_unstable_by_key(|known| (known.segment, known.extents.start));
    for known in live {
        // What cannot be copied is parsed next time.
        let _ = segments
            .get(known.segment)
            .and_then(|segment| copy_file(known, segment, writer));
    }
}

fn copy_file(known: &CachedFile, segment: &Segment, writer: &mut Writer) -> Option<()> {
    let path = std::str::from_utf8(segment.index.get(known.path.clone())?).ok()?;
    let extents = segment.extents(known)?.iter();
    let extents = extents.map(|extent| writer.add(&segment.reader.extent(*extent)?));
    let extents: Vec<_> = extents.collect::<Option<_>>()?;
    let entry = Entry {
        path: path.into(),
        len: known.len,
        modified: known.modified,
        identity: known.identity,
        extents: extents.len() as u32,
    };
    writer.list(entry, &extents);
    Some(())
}

impl ParseCache for Store {
    fn get(&self, file: Stamp) -> Option<Vec<Outcome>> {
        let (known, segment) = self.known(&absolute(file.path))?;
        let is_unchanged = known.len == file.len
            && Some(known.modified) == since_1970(file.modified)
            && known.identity == file.identity;
        if !is_unchanged {
            return None;
        }
        let decode = |extent: &Extent| record::decode(&segment.reader.extent(*extent)?, file.path);
        let outcomes = match segment.extents(known)? {
            [extent] => decode(extent)?,
            // The records of a large file are decoded in parallel, as they were parsed.
            extents => {
                let decode = |extent| {
                    let mut outcomes = decode(extent)?;
                    self.overflow.take(texts(&mut outcomes));
                    Some(outcomes)
                };
                let extents: Vec<Vec<_>> = extents.par_iter().map(decode).collect::<Option<_>>()?;
                extents.into_iter().flatten().collect()
            }
        };
        known.is_used.store(true, Ordering::Relaxed);
        Some(outcomes)
    }

    fn put(&self, file: Stamp, outcomes: &[Outcome]) -> Option<Extent> {
        let bytes = self.is_settled(file).then(|| record::encode(outcomes))??;
        let mut writer = self.writer();
        let has_room = writer.len() + bytes.len() as u64 <= self.place.most();
        has_room.then(|| writer.add(&bytes))?
    }

    fn map(&self, outcomes: &mut [&mut [Outcome]]) {
        let outcomes = outcomes.iter_mut();
        self.overflow
            .take(outcomes.flat_map(|outcomes| texts(outcomes)));
    }

    fn close(&self, file: Stamp, extents: Vec<Extent>) {
        if let Some(modified) = since_1970(file.modified) {
            let entry = Entry {
                path: absolute(file.path).into(),
                len: file.len,
                modified,
                identity: file.identity,
                extents: extents.len() as u32,
            };
            self.writer().list(entry, &extents);
        }
    }
}

/// Returns the texts of the articles among `outcomes`.
fn texts(outcomes: &mut [Outcome]) -> impl Iterator<Item = &mut Text> {
    outcomes.iter_mut().filter_map(|outcome| match outcome {
        Outcome::Article(article, _) => Some(&mut article.text),
        Outcome::Issue(_) | Outcome::Skipped(_) => None,
    })
}

/// Returns the byte range of `piece` in `bytes`. `piece` must be a part of `bytes` in memory.
fn place_in(bytes: &[u8], piece: &str) -> Range<usize> {
    let start = piece.as_ptr().addr().saturating_sub(bytes.as_ptr().addr());
    start..start + piece.len()
}

/// Returns the absolute form of `path`, which is the same wherever the program was started.
fn absolute(path: &str) -> std::borrow::Cow<'_, str> {
    if Path::new(path).is_absolute() {
        return path.into();
    }
    match std::path::absolute(path) {
        Ok(absolute) => absolute.to_string_lossy().into_owned().into(),
        Err(_) => path.into(),
    }
}

fn since_1970(time: SystemTime) -> Option<Duration> {
    time.duration_since(UNIX_EPOCH).ok()
}

/// Returns the paths of the files in a folder that have this extension, sorted by name.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let mut files: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|end| end == ending))
        .collect();
    files.sort_unstable();
    files
}

fn abandoned(folder: &Path) -> Vec<PathBuf> {
    let is_old = |path: &PathBuf| {
        let written = fs::metadata(path).and_then(|data| data.modified());
        let age = written.ok().and_then(|written| written.elapsed().ok());
        age.is_some_and(|age| age > ABANDONED_AFTER)
    };
    files(folder, UNFINISHED_EXTENSION)
        .into_iter()
        .filter(is_old)
        .collect()
}
