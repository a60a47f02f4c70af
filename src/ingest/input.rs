//! An input file while it is read: its name, its first bytes for format detection, and
//! decompression.

use std::cell::Cell;
use std::io::{self, BufReader, Chain, Cursor, Read};
use std::path::Path;
use std::rc::Rc;

use super::Options;

/// Number of bytes at the start of a file that format detection looks at.
pub(super) const HEAD: usize = 64 << 10;
/// Maximum number of compression layers that are removed from one file (a `.tar.gz` inside a `.zst`
/// has two).
const LAYERS: usize = 3;
/// Maximum growth of a compressed file. Text grows 3- to 20-fold; a file that grows more than this
/// is a decompression bomb.
pub(super) const RATIO: u64 = 250;
/// Number of decompressed bytes below which growth is not checked.
pub(super) const HARMLESS: u64 = 8 << 20;
/// Maximum growth of all members of a container together. One page may repeat itself more, but the
/// pages of a site, each compressed by itself, grow no more than 30-fold.
pub(super) const ALL_RATIO: u64 = 50;
/// Number of decompressed bytes that all members of a container may have in any case.
pub(super) const ALL_HARMLESS: u64 = 64 << 20;

/// The bytes of one file, or of one member of a container.
pub struct Input<'a> {
    /// Name without the extensions of compression.
    pub name: String,
    /// Options for reading records.
    pub options: &'a Options,
    /// Number of containers around the input.
    pub depth: usize,
    /// The folder in which files that the input names are looked up, such as those of a list of feeds.
    pub beside: Beside<'a>,
    /// Number of bytes read so far, counted before decompression.
    pub(super) taken: Rc<Cell<u64>>,
    head: Vec<u8>,
    rest: Box<dyn Read + 'a>,
    failed: Option<io::Error>,
}

/// Where the files are that a file may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside<'a> {
    /// In the folder of the file, or below it.
    Folder(&'a Path),
    /// In the folder of the file, or below it; but that folder is being read as a whole anyway.
    Walked(&'a Path),
    /// Nowhere: the input is a member of a container, or no file on a disk.
    Nothing,
}

impl<'a> Input<'a> {
    /// Opens `reader`. Reads its first bytes and removes compression by what they show, whatever
    /// the name says.
    pub fn open(name: &str, reader: impl Read + 'a, options: &'a Options) -> Self {
        Self::with_length(name, reader, options, 0)
    }

    /// Opens `reader` like [`Self::open`], and allocates the buffer for about `len` bytes at once.
    pub fn with_length(name: &str, reader: impl Read + 'a, options: &'a Options, len: u64) -> Self {
        let taken = Rc::new(Cell::new(0));
        let reader = Counted {
            inner: reader,
            bytes: Rc::clone(&taken),
        };
        let mut input = Self {
            taken,
            name: name.to_owned(),
            options,
            depth: 0,
            beside: Beside::Nothing,
            head: Vec::with_capacity(len.min(HEAD as u64) as usize),
            rest: Box::new(reader),
            failed: None,
        };
        for _ in 0..=LAYERS {
            input.peek(HEAD);
            if input.failed.is_some() || !input.unwrap_layer() {
                break;
            }
        }
        input
    }

    /// Returns the first bytes: at least `len` of them, unless the file is shorter.
    pub fn peek(&mut self, len: usize) -> &[u8] {
        let missing = len.saturating_sub(self.head.len()) as u64;
        if missing > 0 && self.failed.is_none() {
            let read = (&mut self.rest).take(missing).read_to_end(&mut self.head);
            self.failed = read.err();
        }
        &self.head
    }

    /// Returns the bytes that were peeked at so far.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Returns whether the whole input was peeked at without an error.
    pub fn is_whole(&self) -> bool {
        self.failed.is_none() && self.head.len() < HEAD
    }

    /// Returns whether the name has one of these extensions (such as `"txt"`), ignoring case.
    pub fn has_ending(&self, endings: &[&str]) -> bool {
        let ending = self.name.rsplit_once('.').map_or("", |(_, ending)| ending);
        endings
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    }

    /// Reads up to `limit` bytes. Also returns whether there are more, and the error that ended the
    /// read early.
    pub fn read_up_to(self, limit: usize) -> Whole {
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
        Whole {
            bytes,
            longer,
            error: read.err(),
        }
    }

    /// Returns a reader of all bytes, including those that were peeked at.
    pub fn into_reader(self) -> impl Read + 'a {
        let failure = Failure(self.failed);
        Cursor::new(self.head).chain(failure).chain(self.rest)
    }

    fn unwrap_layer(&mut self) -> bool {
        let (endings, layer): (&[(&str, &str)], Layer) = match &*self.head {
            [0x1f, 0x8b, ..] => (&[(".tgz", ".tar"), (".gz", "")], Layer::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => (&[(".tzst", ".tar"), (".zst", "")], Layer::Zstd),
            _ => return false,
        };
        let head = std::mem::take(&mut self.head);
        let rest = std::mem::replace(&mut self.rest, Box::new(io::empty()));
        let packed = Rc::new(Cell::new(0));
        let reader = Counted {
            inner: Cursor::new(head).chain(rest),
            bytes: Rc::clone(&packed),
        };
        let inner: Box<dyn Read + 'a> = match layer {
            Layer::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(BufReader::new(reader))),
            Layer::Zstd => open_zstd(reader),
        };
        self.rest = Box::new(Grown {
            inner,
            packed,
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
struct Counted<R> {
    inner: R,
    bytes: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bytes.set(self.bytes.get() + read as u64);
        Ok(read)
    }
}

/// The output of a compression layer. Fails if it has grown as no text does.
struct Grown<'a> {
    inner: Box<dyn Read + 'a>,
    packed: Rc<Cell<u64>>,
    bytes: u64,
}

impl Read for Grown<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let allowed = self.packed.get().saturating_mul(RATIO).max(HARMLESS);
        if self.bytes > allowed {
            return Err(io::Error::other(
                "it grows more than 250-fold when unpacked: no text does; the rest was not opened",
            ));
        }
        let read = self.inner.read(buffer)?;
        self.bytes += read as u64;
        Ok(read)
    }
}

fn open_zstd<'a>(reader: Counted<Peeked<'a>>) -> Box<dyn Read + 'a> {
    match zstd::stream::read::Decoder::new(reader) {
        Ok(decoder) => Box::new(decoder),
        Err(error) => Box::new(Failure(Some(error))),
    }
}

/// A whole file in memory, or as much of it as could be read.
pub struct Whole {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Whether the file is longer than the limit.
    pub longer: bool,
    /// The error that ended the read early.
    pub error: Option<io::Error>,
}

/// A reader that fails once, with the error that peeking met.
struct Failure(Option<io::Error>);

impl Read for Failure {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Describes a read error to the user.
pub(super) fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "it ends too early: the file is truncated".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::IsADirectory => "a folder where a file was expected".to_owned(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            format!("the compressed data is damaged ({error})")
        }
        _ => error.to_string(),
    }
}
