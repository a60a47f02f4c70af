//! A file while it is read: its name, its first bytes for format detection, and its contents
//! without compression.

use std::cell::Cell;
use std::io::{self, BufReader, Chain, Cursor, Read};
use std::path::Path;
use std::rc::Rc;

use super::Options;

/// Number of bytes at the start of a file that format detection looks at.
pub(super) const HEAD_SIZE: usize = 64 << 10;
/// Maximum number of compression layers that are removed from one file (a `.tar.gz` inside a `.zst`
/// has two).
const MAX_LAYERS: usize = 3;
/// Maximum ratio of decompressed to compressed size. Text expands 3- to 20-fold; a file that
/// exceeds this ratio is taken for a decompression bomb.
pub(super) const MAX_RATIO: u64 = 250;
/// Number of decompressed bytes up to which [`MAX_RATIO`] is not checked.
pub(super) const ALWAYS_ALLOWED: u64 = 8 << 20;
/// Maximum ratio of decompressed to compressed size for all members of a container together. A
/// single page may repeat itself more, but the pages of a site, each compressed by itself, expand
/// no more than 30-fold together.
pub(super) const MAX_TOTAL_RATIO: u64 = 50;
/// Number of decompressed bytes up to which [`MAX_TOTAL_RATIO`] is not checked.
pub(super) const ALWAYS_ALLOWED_TOTAL: u64 = 64 << 20;

/// The bytes of one file, or of one member of a container, while they are read.
pub struct Input<'a> {
    /// Name of the file or member, without the extensions of compression: `a.csv` for `a.csv.gz`.
    pub name: String,
    /// Options for reading records.
    pub options: &'a Options,
    /// Number of containers that the input is inside: 0 for a file, 1 for a member of an archive.
    pub depth: usize,
    /// The folder in which files that the input names, such as the feeds of a list, are looked up.
    pub base_folder: BaseFolder<'a>,
    /// Number of bytes read so far, counted before decompression.
    pub(super) bytes_read: Rc<Cell<u64>>,
    head: Vec<u8>,
    rest: Box<dyn Read + 'a>,
    failed: Option<io::Error>,
}

/// The folder in which the files that an input names are looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseFolder<'a> {
    /// The folder that contains the input's own file.
    Folder(&'a Path),
    /// The folder that contains the input's own file. All of its files are read anyway.
    Walked(&'a Path),
    /// No folder, because the input is a member of a container or not a file on a disk.
    Nothing,
}

impl<'a> Input<'a> {
    /// Returns an input with the bytes of `reader`. Reads the first of them, and removes
    /// compression if they are compressed, whatever the name says.
    pub fn open(name: &str, reader: impl Read + 'a, options: &'a Options) -> Self {
        Self::with_length(name, reader, options, 0)
    }

    /// Returns an input like [`Self::open`]. `len` is the approximate length of the file in bytes,
    /// for which the buffer is allocated at once.
    pub fn with_length(name: &str, reader: impl Read + 'a, options: &'a Options, len: u64) -> Self {
        let bytes_read = Rc::new(Cell::new(0));
        let reader = CountingReader {
            inner: reader,
            bytes: Rc::clone(&bytes_read),
        };
        let mut input = Self {
            bytes_read,
            name: name.to_owned(),
            options,
            depth: 0,
            base_folder: BaseFolder::Nothing,
            head: Vec::with_capacity(len.min(HEAD_SIZE as u64) as usize),
            rest: Box::new(reader),
            failed: None,
        };
        for _ in 0..=MAX_LAYERS {
            input.peek(HEAD_SIZE);
            if input.failed.is_some() || !input.remove_layer() {
                break;
            }
        }
        input
    }

    /// Returns the first bytes of the input without consuming them: at least `len` of them, unless
    /// the input is shorter.
    pub fn peek(&mut self, len: usize) -> &[u8] {
        let missing = len.saturating_sub(self.head.len()) as u64;
        if missing > 0 && self.failed.is_none() {
            let read = (&mut self.rest).take(missing).read_to_end(&mut self.head);
            self.failed = read.err();
        }
        &self.head
    }

    /// Returns the first bytes of the input, as many as were read by [`Self::peek`] so far.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Returns whether [`Self::head`] is the whole input, read without an error.
    pub fn is_whole(&self) -> bool {
        self.failed.is_none() && self.head.len() < HEAD_SIZE
    }

    /// Returns whether the name has one of these extensions (such as `"txt"`), ignoring case.
    pub fn has_extension(&self, endings: &[&str]) -> bool {
        let ending = self.name.rsplit_once('.').map_or("", |(_, ending)| ending);
        endings
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    }

    /// Reads and returns up to `limit` bytes. Also returns whether there are more, and the error
    /// that ended the read early, if one did.
    pub fn read_up_to(self, limit: usize) -> Contents {
        let mut bytes = Vec::new();
        let read = if self.is_whole() {
            bytes = self.head;
            Ok(bytes.len())
        } else {
            let reader = self.into_reader();
            reader.take(limit as u64 + 1).read_to_end(&mut bytes)
        };
        let longer = bytes.len() > limit;
        bytes.truncate(limit);
        Contents {
            bytes,
            longer,
            error: read.err(),
        }
    }

    /// Returns a reader of the whole input, including the bytes that were peeked at.
    pub fn into_reader(self) -> impl Read + 'a {
        let failure = FailingReader(self.failed);
        Cursor::new(self.head).chain(failure).chain(self.rest)
    }

    fn remove_layer(&mut self) -> bool {
        let (endings, layer): (&[(&str, &str)], Layer) = match &*self.head {
            [0x1f, 0x8b, ..] => (&[(".tgz", ".tar"), (".gz", "")], Layer::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => (&[(".tzst", ".tar"), (".zst", "")], Layer::Zstd),
            _ => return false,
        };
        let head = std::mem::take(&mut self.head);
        let rest = std::mem::replace(&mut self.rest, Box::new(io::empty()));
        let compressed = Rc::new(Cell::new(0));
        let reader = CountingReader {
            inner: Cursor::new(head).chain(rest),
            bytes: Rc::clone(&compressed),
        };
        let inner: Box<dyn Read + 'a> = match layer {
            Layer::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(BufReader::new(reader))),
            Layer::Zstd => open_zstd(reader),
        };
        self.rest = Box::new(BombGuard {
            inner,
            compressed,
            bytes: 0,
        });
        let folded = self.name.to_ascii_lowercase();
        for (ending, instead) in endings {
            if folded.ends_with(ending) {
                self.name.truncate(self.name.len() - ending.len());
                self.name.push_str(instead);
                break;
            }
        }
        true
    }
}

enum Layer {
    Gzip,
    Zstd,
}

type Peeked<'a> = Chain<Cursor<Vec<u8>>, Box<dyn Read + 'a>>;

/// A reader that counts the bytes that pass through it.
struct CountingReader<R> {
    inner: R,
    bytes: Rc<Cell<u64>>,
}

impl<R: Read> Read for CountingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bytes.set(self.bytes.get() + read as u64);
        Ok(read)
    }
}

/// A reader of decompressed data that fails if the data has expanded too much compared with what
/// was read of the compressed data.
struct BombGuard<'a> {
    inner: Box<dyn Read + 'a>,
    compressed: Rc<Cell<u64>>,
    bytes: u64,
}

impl Read for BombGuard<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let allowed = self
            .compressed
            .get()
            .saturating_mul(MAX_RATIO)
            .max(ALWAYS_ALLOWED);
        if self.bytes > allowed {
            return Err(io::Error::other(
                "suspected decompression bomb (expands more than 250-fold): the rest was not read",
            ));
        }
        let read = self.inner.read(buffer)?;
        self.bytes += read as u64;
        Ok(read)
    }
}

fn open_zstd<'a>(reader: CountingReader<Peeked<'a>>) -> Box<dyn Read + 'a> {
    match zstd::stream::read::Decoder::new(reader) {
        Ok(decoder) => Box::new(decoder),
        Err(error) => Box::new(FailingReader(Some(error))),
    }
}

/// The contents of a file in memory, or as much of it as could be read.
pub struct Contents {
    /// The bytes that were read, at most as many as the limit.
    pub bytes: Vec<u8>,
    /// Whether the file is longer than the limit.
    pub longer: bool,
    /// The error that ended the read early, if one did.
    pub error: Option<io::Error>,
}

/// A reader that first returns an error that occurred earlier, and is then at its end.
struct FailingReader(Option<io::Error>);

impl Read for FailingReader {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Returns a message for the user about an error while reading a file.
pub(super) fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "the file is truncated".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::IsADirectory => "this is a folder, not a file".to_owned(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            format!("the compressed data is damaged ({error})")
        }
        _ => error.to_string(),
    }
}
