//! The write-ahead log of a library (`library.db-wal`), in which `SQLite` stores the latest changes
//! until it moves them into the library. `SQLite` takes a corrupted frame for the end of the log
//! and silently drops all changes from there on. So the log is checked here as well.
//!
//! The format: <https://www.sqlite.org/fileformat2.html#walformat>.

use std::ops::Range;

const HEADER: usize = 32;
const FRAME: usize = 24;
/// The magic number at the start of a log, without its last bit, which gives the byte order of the
/// checksums.
const MAGIC: u32 = 0x377f_0682;

/// One frame of the log: a new version of one page of the library.
#[derive(Debug)]
struct Frame {
    /// The number of the page in the library, counted from 1.
    page: u32,
    /// If this frame ends a committed transaction: the number of pages of the library after it.
    /// Otherwise 0.
    commit: u32,
    /// The byte range of the page in the log.
    data: Range<usize>,
}

/// The frames that are in use in a log. They have the same salts in their heads; frames with other
/// salts are left over from earlier use.
#[derive(Debug, Default)]
pub(super) struct Log {
    frames: Vec<Frame>,
    /// Whether the header or a committed frame is corrupted.
    pub is_damaged: bool,
}

impl Log {
    /// Parses the bytes of a log. `page_size` is the page size of the library, in bytes.
    pub fn parse(bytes: &[u8], page_size: usize) -> Self {
        let mut log = Self::default();
        let Some(header) = bytes.get(..HEADER) else {
            return log;
        };
        let order = Order::of(word(header, 0));
        let start = order.sum(header.get(..24).unwrap_or_default(), (0, 0));
        let is_sound = word(header, 0) & !1 == MAGIC
            && word(header, 8) as usize == page_size
            && start == (word(header, 24), word(header, 28));
        let has_frame = bytes.len() >= HEADER + FRAME + page_size;
        if !has_frame || header.iter().all(|byte| *byte == 0) {
            return log;
        }
        log.is_damaged = !is_sound;
        // If the header is corrupted, the salts are taken from the first frame.
        let salts = if is_sound { 16 } else { HEADER + 8 };
        let salts = (word(bytes, salts), word(bytes, salts + 4));
        let (mut sums, mut is_whole) = (start, is_sound);
        let frames = bytes.get(HEADER..).unwrap_or_default();
        for (number, frame) in frames.chunks_exact(FRAME + page_size).enumerate() {
            let own = (word(frame, 8), word(frame, 12));
            // After the end of the log come frames of earlier runs, in which both salts differ. A
            // flipped bit changes only one of them.
            if own.0 != salts.0 && own.1 != salts.1 {
                break;
            }
            let stored = (word(frame, 16), word(frame, 20));
            let (head, data) = frame.split_at(FRAME);
            let body = |head: &[u8]| order.sum(data, order.sum(head, sums));
            let head = head.get(..8).unwrap_or_default();
            let fits = own == salts && body(head) == stored;
            is_whole &= fits;
            let head = if fits {
                None
            } else {
                repaired(head, |head| body(head) == stored)
            };
            let head = head.as_ref().map_or(frame, |head| head.as_slice());
            let start = HEADER + number * (FRAME + page_size) + FRAME;
            log.frames.push(Frame {
                page: word(head, 0),
                commit: word(head, 4),
                data: start..start + page_size,
            });
            // Frames that a killed writer left without a commit are no loss.
            log.is_damaged |= !is_whole && word(head, 4) != 0;
            sums = stored;
        }
        log
    }

    /// Copies all committed pages into `library`, the bytes of the library. `bytes` are the bytes
    /// of the log.
    pub fn apply_to(&self, library: &mut Vec<u8>, bytes: &[u8]) {
        let last = self.frames.iter().rposition(|frame| frame.commit != 0);
        let committed = self.frames.get(..last.map_or(0, |last| last + 1));
        for frame in committed.unwrap_or_default() {
            let Some(data) = bytes.get(frame.data.clone()) else {
                continue;
            };
            let start = (frame.page as usize)
                .saturating_sub(1)
                .saturating_mul(data.len());
            // A page number far beyond the end is corrupted.
            if start > library.len() + bytes.len() {
                continue;
            }
            if library.len() < start + data.len() {
                library.resize(start + data.len(), 0);
            }
            if let Some(page) = library.get_mut(start..start + data.len()) {
                page.copy_from_slice(data);
            }
        }
    }
}

/// Repairs the head of a frame in which one bit is wrong. Returns `head` with the first bit flipped
/// for which `is_right` accepts it, or `None` if no single flip achieves this.
fn repaired(head: &[u8], is_right: impl Fn(&[u8]) -> bool) -> Option<[u8; 8]> {
    let head: [u8; 8] = head.try_into().ok()?;
    let changed = (0..64).map(|bit| (u64::from_be_bytes(head) ^ (1 << bit)).to_be_bytes());
    let mut changed = changed.filter(|head| is_right(head));
    changed.next()
}

/// The byte order in which checksums are computed.
#[derive(Clone, Copy)]
enum Order {
    Big,
    Little,
}

impl Order {
    fn of(magic: u32) -> Self {
        if magic & 1 == 1 {
            Self::Big
        } else {
            Self::Little
        }
    }

    /// Returns the checksum of `bytes`, continued from the checksum `sums` of what comes before.
    fn sum(self, bytes: &[u8], sums: (u32, u32)) -> (u32, u32) {
        let word = |bytes: &[u8]| {
            let bytes = bytes.try_into().unwrap_or_default();
            match self {
                Self::Big => u32::from_be_bytes(bytes),
                Self::Little => u32::from_le_bytes(bytes),
            }
        };
        bytes.chunks_exact(8).fold(sums, |(one, two), pair| {
            let (a, b) = pair.split_at(4);
            let one = one.wrapping_add(word(a)).wrapping_add(two);
            (one, two.wrapping_add(word(b)).wrapping_add(one))
        })
    }
}

/// Returns the big-endian number in the four bytes at offset `at`, or 0 beyond the end.
fn word(bytes: &[u8], at: usize) -> u32 {
    let bytes = bytes
        .get(at..at + 4)
        .and_then(|bytes| bytes.try_into().ok());
    u32::from_be_bytes(bytes.unwrap_or_default())
}
