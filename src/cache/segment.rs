//! A segment, which is one file of the cache. It has a head, the outcomes of files, an index of
//! these files, and a tail that locates the index. A segment is written once from beginning to end.
//! This program never changes it afterwards, but others might.

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

/// The first bytes of every segment: the type of the file and the version of its format.
const MAGIC: &[u8; 8] = b"kutip\x00c3";
/// File name extension of a segment.
pub(super) const EXTENSION: &str = "seg";
/// File name extension of a segment that is still being written.
pub(super) const UNFINISHED_EXTENSION: &str = "tmp";
/// Number of bytes that are collected before they are written to disk.
const BUFFER_SIZE: usize = 1 << 20;
/// Minimum size of a segment, in bytes. Fewer new outcomes are not worth writing, because their
/// files are parsed in a few milliseconds.
pub(super) const MIN_SIZE: u64 = 256 << 10;

/// A digest that identifies the program and the rules that made the outcomes.
pub(super) type Fingerprint = [u8; 32];

/// The index of a segment: its files, and where in the segment the outcomes of each are.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Index<P> {
    pub entries: Vec<Entry<P>>,
    /// The places of outcomes in the segment: those of the first file, then those of the second,
    /// and so on. Most files have one.
    pub extents: Vec<Extent>,
}

/// A file whose outcomes are in the segment, with what detects a change of it. `P` is the type of
/// its path.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Entry<P> {
    pub path: P,
    pub len: u64,
    /// Time of the last write, as the duration since 1970.
    pub modified: Duration,
    /// Digest of further attributes of the file; see
    /// [`Stamp::identity`](crate::ingest::Stamp::identity).
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

/// Reads a segment on disk. Its parts are read into memory and never mapped: another program may
/// change or truncate the file at any time, which must neither crash this program nor change a text
/// that was checked.
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

    /// Returns the length of the segment in bytes, as it was when the file was opened.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Reads a range of bytes. Returns `None` if the segment does not contain all of it.
    pub fn read(&self, range: Range<u64>) -> Option<Vec<u8>> {
        let len = range.end.checked_sub(range.start)?;
        if range.end > self.len {
            return None;
        }
        let mut bytes = vec![0; usize::try_from(len).ok()?];
        self.file.read_exact_at(&mut bytes, range.start).ok()?;
        Some(bytes)
    }

    /// Reads the bytes at an extent. Returns `None` if they cannot be read or their checksum does
    /// not match.
    pub fn extent(&self, extent: Extent) -> Option<Vec<u8>> {
        let bytes = self.read(extent.start..extent.end())?;
        (crc32fast::hash(&bytes) == extent.checksum).then_some(bytes)
    }

    /// Reads the bytes of the index. Returns `None` if the index is broken, or if the segment was
    /// made by other rules than those of `fingerprint`.
    pub fn index(&self, fingerprint: &Fingerprint) -> Option<Vec<u8>> {
        let head = self.read(0..(MAGIC.len() + fingerprint.len()) as u64)?;
        head.strip_prefix(MAGIC)?.strip_prefix(fingerprint)?;
        let tail = self.read(self.len.checked_sub(Tail::LEN as u64)?..self.len)?;
        let tail = Tail::of(&tail)?;
        let index = self.read(tail.start..tail.start.checked_add(tail.len)?)?;
        (crc32fast::hash(&index) == tail.checksum).then_some(index)
    }
}

/// Writes a new segment. Nothing is written to disk until the buffer is full, and the file becomes
/// a segment only with [`Self::finish`].
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
            waiting: [MAGIC.as_slice(), fingerprint].concat(),
            written: 0,
            file: None,
            failed: false,
            index: Index {
                entries: Vec::new(),
                extents: Vec::new(),
            },
        }
    }

    /// Returns the number of bytes added to the segment so far.
    pub fn len(&self) -> u64 {
        self.written + self.waiting.len() as u64
    }

    /// Appends bytes to the segment and returns their extent. Returns `None` once writing has
    /// failed.
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
        if self.waiting.len() >= BUFFER_SIZE {
            self.write();
        }
        (!self.failed).then_some(extent)
    }

    /// Adds a file to the index of the segment, with the extents that hold its outcomes.
    pub fn list(&mut self, entry: Entry<Box<str>>, extents: &[Extent]) {
        self.index.entries.push(entry);
        self.index.extents.extend_from_slice(extents);
    }

    /// Writes the buffer to disk. If that fails, nothing more is accepted.
    fn write(&mut self) {
        self.failed = self.flush().is_err();
        if self.failed {
            self.waiting = Vec::new();
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.file.is_none() {
            self.folder.create()?;
            let path = self
                .folder
                .path
                .join(format!("{}.{UNFINISHED_EXTENSION}", name()));
            let file = private::new_file().open(&path)?;
            self.file = Some((file, path));
        }
        if let Some((file, _)) = &mut self.file {
            file.write_all(&self.waiting)?;
        }
        self.written += self.waiting.len() as u64;
        self.waiting.clear();
        self.waiting.shrink_to(2 * BUFFER_SIZE);
        Ok(())
    }

    /// Writes the index and the tail, and renames the file so that it counts as a segment.
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
            fs::rename(path, path.with_extension(EXTENSION))?;
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

/// Returns a unique file name for a segment, without extension. Later names sort after earlier
/// ones.
fn name() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let process = std::process::id();
    format!("{:024x}-{process:08x}", now.unwrap_or_default().as_nanos())
}
