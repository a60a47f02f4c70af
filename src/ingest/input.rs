//! A file while it is read: its name, its first bytes for detection, and the layers of
//! compression taken off.

use std::cell::Cell;
use std::io::{self, BufReader, Chain, Cursor, Read};
use std::path::Path;
use std::rc::Rc;

use super::Options;

/// How much of a file detection looks at.
pub(super) const HEAD: usize = 64 << 10;
/// Layers of compression that are taken off one file (`.tar.gz` inside a `.zst` is two).
const LAYERS: usize = 3;
/// A file that grows more than this is a bomb, not text: text grows 3- to 20-fold.
pub(super) const RATIO: u64 = 250;
/// Below this many bytes, growth harms nobody.
pub(super) const HARMLESS: u64 = 8 << 20;
/// How often longer all that is packed in a file may be than the file. One page may repeat itself
/// more, but the pages of a site, each packed by itself, grow no more than 30-fold.
pub(super) const ALL_RATIO: u64 = 50;
/// What all that is packed in a file may grow to, however short the file.
pub(super) const ALL_HARMLESS: u64 = 64 << 20;

/// The bytes of one file, or of one member of a container.
pub struct Input<'a> {
    /// Its name without the endings of compression.
    pub name: String,
    /// How records are to be understood.
    pub options: &'a Options,
    /// How many containers it lies in.
    pub depth: usize,
    /// What it may lead to.
    pub beside: Beside<'a>,
    /// How many of its bytes were read, before anything is unpacked.
    pub(super) taken: Rc<Cell<u64>>,
    head: Vec<u8>,
    rest: Box<dyn Read + 'a>,
    failed: Option<io::Error>,
}

/// Where the files lie that a file may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside<'a> {
    /// In the file's own folder, or below.
    Folder(&'a Path),
    /// There, too; but that folder is read as a whole anyway.
    Walked(&'a Path),
    /// Nowhere: it is a member of a container, or no file on a disk.
    Nothing,
}

impl<'a> Input<'a> {
    /// Opens `reader`: peeks at its first bytes and takes compression off by what they show,
    /// whatever the name says.
    pub fn open(name: &str, reader: impl Read + 'a, options: &'a Options) -> Self {
        Self::with_length(name, reader, options, 0)
    }

    /// The same for a file that seems to have `len` bytes: room for them is made at once.
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

    /// The first bytes: at least `len` of them, unless the file is shorter.
    pub fn peek(&mut self, len: usize) -> &[u8] {
        let missing = len.saturating_sub(self.head.len()) as u64;
        if missing > 0 && self.failed.is_none() {
            let read = (&mut self.rest).take(missing).read_to_end(&mut self.head);
            self.failed = read.err();
        }
        &self.head
    }

    /// What has been peeked at so far.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Whether all of it has been peeked at, without an error.
    pub fn is_whole(&self) -> bool {
        self.failed.is_none() && self.head.len() < HEAD
    }

    /// Whether the name ends in one of `endings`, in any case (`"txt"`).
    pub fn has_ending(&self, endings: &[&str]) -> bool {
        let ending = self.name.rsplit_once('.').map_or("", |(_, ending)| ending);
        endings
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    }

    /// Everything up to `limit` bytes, whether there was more, and what went wrong on the way.
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

    /// All its bytes, those peeked at first.
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

/// A reader that counts what goes through it.
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

/// What comes out of a layer of compression; fails where it has grown as no text does.
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

/// A whole file in memory, or as much of it as could be had.
pub struct Whole {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Whether there were more than the limit.
    pub longer: bool,
    /// Why reading ended early.
    pub error: Option<io::Error>,
}

/// A reader that fails once, with the error that peeking met.
struct Failure(Option<io::Error>);

impl Read for Failure {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// What a user is told of a failed read.
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
