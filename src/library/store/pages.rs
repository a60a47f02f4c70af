//! Reads the rows of a library from the bytes of its pages, without `SQLite`, which stops at the
//! first broken page. Each page is read on its own, and the checksums show which rows are intact.
//!
//! The format: <https://www.sqlite.org/fileformat2.html#b_tree_pages>. All tables of a library are
//! index trees, whose inner pages hold rows, too.

use std::collections::HashSet;

use super::rows::Rows;

/// The page size of every library that kutip creates, in bytes.
const USUAL_PAGE: usize = 4096;
const LEAF: u8 = 10;
const INNER: u8 = 2;

/// Returns the page size that the header of a library gives, in bytes, or the usual one if that
/// value is impossible.
pub(super) fn page_size(library: &[u8]) -> usize {
    let told = number(library, 16, 2).unwrap_or_default();
    let is_possible = told.is_power_of_two() && (512..=32_768).contains(&told);
    if is_possible { told } else { USUAL_PAGE }
}

/// Returns all rows that can be read from the bytes of a library, and the names of broken ones.
pub(super) fn rows(library: &[u8]) -> Rows {
    let size = page_size(library);
    let pages = Pages { library, size };
    let free = pages.free();
    let mut rows = Rows::default();
    rows.layout = number(library, 60, 4).unwrap_or_default();
    for page in (2..=library.len() / size).filter(|page| !free.contains(page)) {
        // A bit of the page's kind may be flipped, too, so both are tried.
        for kind in [LEAF, INNER] {
            pages.read(page, kind, &mut rows);
        }
    }
    rows.broken.retain(|entry| !rows.whole.contains_key(entry));
    rows
}

struct Pages<'a> {
    library: &'a [u8],
    size: usize,
}

impl<'a> Pages<'a> {
    fn page(&self, number: usize) -> Option<&'a [u8]> {
        let start = number.checked_sub(1)?.checked_mul(self.size)?;
        self.library.get(start..start.checked_add(self.size)?)
    }

    /// Returns the numbers of the free pages. They are not read, because they may still contain
    /// removed rows.
    fn free(&self) -> HashSet<usize> {
        let mut free = HashSet::new();
        let mut trunk = number(self.library, 32, 4).unwrap_or_default();
        while let Some(page) = self.page(trunk).filter(|_| free.insert(trunk)) {
            let count = number(page, 4, 4).unwrap_or_default().min(self.size / 4);
            let leaves = (0..count).filter_map(|at| number(page, 8 + 4 * at, 4));
            free.extend(leaves);
            trunk = number(page, 0, 4).unwrap_or_default();
        }
        free
    }

    /// Reads the page with this number as a page of `kind` (leaf or inner), and adds its rows to
    /// `rows`.
    fn read(&self, number_of_page: usize, kind: u8, rows: &mut Rows) {
        let Some(page) = self.page(number_of_page) else {
            return;
        };
        let (head, child) = if kind == LEAF { (8, 0) } else { (12, 4) };
        let count = number(page, 3, 2).unwrap_or_default().min(self.size / 2);
        for at in 0..count {
            let cell = number(page, head + 2 * at, 2).map(|cell| cell + child);
            let Some(payload) = cell.and_then(|cell| self.payload(page, cell)) else {
                continue;
            };
            let Some([entry, change, sum]) = record(&payload) else {
                continue;
            };
            let is_kind = page.first() == Some(&kind);
            if rows.take(entry.text(), change.text(), sum.integer()) {
                continue;
            }
            // A row that is broken only when read as the wrong kind was never there.
            let named = entry
                .text()
                .filter(|name| is_kind && Rows::looks_like_entry(name));
            rows.broken.extend(named.map(ToOwned::to_owned));
        }
    }

    /// Returns the payload (the stored bytes) of the cell at offset `cell` of a page, including the
    /// part on overflow pages. `None` if it cannot be read.
    fn payload(&self, page: &[u8], cell: usize) -> Option<Vec<u8>> {
        let (len, start) = varint(page, cell)?;
        let len = usize::try_from(len)
            .ok()
            .filter(|len| *len <= self.library.len())?;
        let most = (self.size - 12) * 64 / 255 - 23;
        let least = (self.size - 12) * 32 / 255 - 23;
        if len <= most {
            return Some(page.get(start..start + len)?.to_vec());
        }
        let even = least + (len - least) % (self.size - 4);
        let here = if even <= most { even } else { least };
        let mut payload = page.get(start..start + here)?.to_vec();
        let mut next = number(page, start + here, 4)?;
        while payload.len() < len {
            let more = self.page(next)?;
            let wanted = (len - payload.len()).min(self.size - 4);
            payload.extend(more.get(4..4 + wanted)?);
            next = number(more, 0, 4)?;
        }
        Some(payload)
    }
}

/// One value of a row: nothing, a number, or a text as bytes.
#[derive(Clone, Copy)]
enum Value<'a> {
    Nothing,
    Integer(i64),
    Bytes(&'a [u8]),
}

impl<'a> Value<'a> {
    fn text(self) -> Option<&'a str> {
        match self {
            Self::Bytes(bytes) => str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    fn integer(self) -> Option<i64> {
        match self {
            Self::Integer(integer) => Some(integer),
            _ => None,
        }
    }
}

/// Returns the three values of a row from its bytes: entry, change, checksum. Rows of the first
/// layout have no checksum, and their third value is `Nothing`.
fn record(payload: &[u8]) -> Option<[Value<'_>; 3]> {
    let (end, mut at) = varint(payload, 0)?;
    let end = usize::try_from(end).ok()?;
    let mut start = end;
    let mut values = [Value::Nothing; 3];
    for value in &mut values {
        if at >= end {
            break;
        }
        let (kind, next) = varint(payload, at)?;
        at = next;
        let len = match kind {
            0 | 8 | 9 => 0,
            1..=4 => kind,
            5 => 6,
            6 | 7 => 8,
            _ => kind.checked_sub(12)? / 2,
        };
        let bytes = payload.get(start..start.checked_add(usize::try_from(len).ok()?)?)?;
        start += bytes.len();
        *value = match kind {
            0 => Value::Nothing,
            8 | 9 => Value::Integer(i64::from(kind == 9)),
            1..=6 => Value::Integer(signed(bytes)),
            _ => Value::Bytes(bytes),
        };
    }
    Some(values)
}

fn signed(bytes: &[u8]) -> i64 {
    let is_negative = bytes.first().is_some_and(|byte| *byte >= 0x80);
    let start = if is_negative { -1 } else { 0 };
    bytes
        .iter()
        .fold(start, |sum, byte| (sum << 8) | i64::from(*byte))
}

/// Returns the variable-length number at offset `start`, which takes up to nine bytes, and the
/// offset behind it.
fn varint(bytes: &[u8], start: usize) -> Option<(u64, usize)> {
    let mut sum = 0_u64;
    for at in 0..9 {
        let byte = *bytes.get(start + at)?;
        if at == 8 {
            return Some((sum << 8 | u64::from(byte), start + 9));
        }
        sum = sum << 7 | u64::from(byte & 0x7f);
        if byte < 0x80 {
            return Some((sum, start + at + 1));
        }
    }
    None
}

/// Returns the big-endian number of `len` bytes at offset `at`, or `None` beyond the end.
fn number(bytes: &[u8], at: usize, len: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(len)?)?;
    Some(
        bytes
            .iter()
            .fold(0, |sum, byte| sum << 8 | usize::from(*byte)),
    )
}
