//! A segment, which is one file of the cache: a head, the outcomes of files, an index of the files,
//! and a tail that locates the index. A segment is written once from beginning to end. This program
//! never changes it afterwards, but others might.

use std::fs::{self, File};
use std::io::{self, Write};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::folder::Folder;
use crate::files::private;
use crate::ingest::Extent;

/// First bytes of a segment: its type and the version of its layout.
const HEAD: &[u8; 8] = b"kutip\x00c3";
/// Extension of a segment.
pub(super) const ENDING: &str = "seg";
/// Extension of a segment that is still being written.
pub(super) const UNFINISHED: &str = "tmp";
/// Number of bytes that are written at once.
const BUFFER: usize = 1 << 20;
/// Minimum size in bytes of a segment. Less than this is parsed in a few milliseconds.
pub(super) const LEAST: u64 = 256 << 10;

/// A digest that identifies the program and the rules that made the outcomes.
pub(super) type Fingerprint = [u8; 32];

/// The index of a segment: its files and the extents of their outcomes.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Index<P> {
    pub entries: Vec<Entry<P>>,
    /// Extents of the first file, then those of the second, and so on. Most files have one.
    pub extents: Vec<Extent>,
}

/// A file in the index.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Entry<P> {
    pub path: P,
    pub len: u64,
    /// Time of writing, since 1970.
    pub modified: Duration,
    /// Identity of the file; see [`Stamp`](crate::ingest::Stamp).
    pub identity: u64,
    /// Number of extents that hold the outcomes of the file.
    pub extents: u32,
}

#[derive(Serialize, Deserialize)]
struct Tail {
    start: u64,
    len: u64,
    checksum: u32,
}

impl Tail {
    const LEN: usize = 20;

    fn to_bytes(&self) -> Vec<u8> {
        let numbers = [self.start.to_le_bytes(), self.len.to_le_bytes()];
        let checksum = self.checksum.to_le_bytes();
        numbers.iter().flatten().chain(&checksum).copied().collect()
    }

    fn of(bytes: &[u8]) -> Option<Self> {
        let (start, rest) = bytes.split_first_chunk::<8>()?;
        let (len, rest) = rest.split_first_chunk::<8>()?;
        let (checksum, _) = rest.split_first_chunk::<4>()?;
        Some(Self {
            start: u64::from_le_bytes(*start),
            len: u64::from_le_bytes(*len),
            checksum: u32::from_le_bytes(*checksum),
        })
    }
}

/// A segment on disk. It is read piece by piece into memory and never mapped: another program may
/// change or truncate it at any time, which must neither crash this program nor change a text that
/// was checked.
#[derive(Debug)]
pub(super) struct Reader {
    file: File,
    len: u64,
}

impl Reader {
    pub fn open(path: &Path) -> io::Result<Self> {
        // Anything else with such a name, such as a pipe or a link, is no segment.
        private::restrict_file(path)?;
        let file = File::open(path)?;
        let len = file.metadata()?.len();
        Ok(Self { file, len })
    }

    /// Returns the length in bytes at the time of opening.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Reads a range. Returns `None` if the segment does not contain all of it.
    pub fn read(&self, range: Range<u64>) -> Option<Vec<u8>> {
        let len = range.end.checked_sub(range.start)?;
        if range.end > self.len {
            return None;
        }
        let mut bytes = vec![0; usize::try_from(len).ok()?];
        self.file.read_exact_at(&mut bytes, range.start).ok()?;
        Some(bytes)
    }

    /// Reads an extent. Returns `None` if its checksum does not match.
    pub fn extent(&self, extent: Extent) -> Option<Vec<u8>> {
        let bytes = self.read(extent.start..extent.end())?;
        (crc32fast::hash(&bytes) == extent.checksum).then_some(bytes)
    }

    /// Reads the bytes of the index. Returns `None` if it is broken or was made by other rules.
    pub fn index(&self, fingerprint: &Fingerprint) -> Option<Vec<u8>> {
        let head = self.read(0..(HEAD.len() + fingerprint.len()) as u64)?;
        head.strip_prefix(HEAD)?.strip_prefix(fingerprint)?;
        let tail = self.read(self.len.checked_sub(Tail::LEN as u64)?..self.len)?;
        let tail = Tail::of(&tail)?;
        let index = self.read(tail.start..tail.start.checked_add(tail.len)?)?;
        (crc32fast::hash(&index) == tail.checksum).then_some(index)
    }
}

/// Writes a segment. Nothing is written to disk until a buffer is full, and the file becomes a
/// segment only with [`Self::finish`].
#[derive(Debug)]
pub(super) struct Writer {
    folder: Folder,
    waiting: Vec<u8>,
    written: u64,
    file: Option<(File, PathBuf)>,
    failed: bool,
    index: Index<Box<str>>,
}

impl Writer {
    pub fn new(folder: Folder, fingerprint: &Fingerprint) -> Self {
        Self {
            folder,
            waiting: [HEAD.as_slice(), fingerprint].concat(),
            written: 0,
            file: None,
            failed: false,
            index: Index {
                entries: Vec::new(),
                extents: Vec::new(),
            },
        }
    }

    /// Returns the number of bytes added so far.
    pub fn len(&self) -> u64 {
        self.written + self.waiting.len() as u64
    }

    /// Appends bytes and returns their extent. Returns `None` once writing has failed.
    pub fn add(&mut self, bytes: &[u8]) -> Option<Extent> {
        if self.failed {
            return None;
        }
        let extent = Extent {
            start: self.len(),
            len: u32::try_from(bytes.len()).ok()?,
            checksum: crc32fast::hash(bytes),
        };
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= BUFFER {
            self.write();
        }
        (!self.failed).then_some(extent)
    }

    /// Adds a file to the index, with the extents that hold its outcomes.
    pub fn list(&mut self, entry: Entry<Box<str>>, extents: &[Extent]) {
        self.index.entries.push(entry);
        self.index.extents.extend_from_slice(extents);
    }

    /// Writes the buffer. If that fails, nothing more is accepted.
    fn write(&mut self) {
        self.failed = self.flush().is_err();
        if self.failed {
            self.waiting = Vec::new();
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.file.is_none() {
            self.folder.create()?;
            let path = self.folder.path.join(format!("{}.{UNFINISHED}", name()));
            let file = private::new_file().open(&path)?;
            self.file = Some((file, path));
        }
        if let Some((file, _)) = &mut self.file {
            file.write_all(&self.waiting)?;
        }
        self.written += self.waiting.len() as u64;
        self.waiting.clear();
        self.waiting.shrink_to(2 * BUFFER);
        Ok(())
    }

    /// Writes the index and the tail, and renames the file to that of a segment.
    pub fn finish(mut self) -> io::Result<()> {
        if self.failed {
            return Err(io::ErrorKind::WriteZero.into());
        }
        let start = self.len();
        let mut index = postcard::to_allocvec(&self.index).map_err(io::Error::other)?;
        let tail = Tail {
            start,
            len: index.len() as u64,
            checksum: crc32fast::hash(&index),
        };
        self.waiting.append(&mut index);
        self.waiting.extend(tail.to_bytes());
        self.flush()?;
        if let Some((_, path)) = &self.file {
            fs::rename(path, path.with_extension(ENDING))?;
        }
        self.file = None;
        Ok(())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if let Some((_, path)) = self.file.take() {
            // What cannot be removed is removed by a later load.
            let _ = fs::remove_file(path);
        }
    }
}

/// Returns a unique name for a segment. Later names sort after earlier ones.
fn name() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let process = std::process::id();
    format!("{:024x}-{process:08x}", now.unwrap_or_default().as_nanos())
}
