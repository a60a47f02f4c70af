//! Encodes postings as bytes. A posting says that an article contains a term, and how often. It is
//! stored as the distance to the previous article and the count, as variable-length integers of
//! seven bits per byte.
//!
//! Most terms occur once in an article, so the lowest bit of the distance says whether a count
//! follows. This takes about 1.3 bytes per posting.

use crate::model::ArticleId;

/// Encodes the postings of one term as bytes. Articles must be added in rising order.
#[derive(Debug, Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
    next: u32,
}

impl Writer {
    pub(super) fn push(&mut self, number: u32, count: u32) {
        let distance = u64::from(number - self.next);
        self.next = number + 1;
        write(&mut self.bytes, distance << 1 | u64::from(count > 1));
        if count > 1 {
            write(&mut self.bytes, count.into());
        }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// Iterates over the encoded postings of one term: articles, each with its count.
#[derive(Clone, Debug)]
pub(super) struct Postings<'a> {
    bytes: &'a [u8],
    next: u32,
}

impl<'a> Postings<'a> {
    pub(super) fn new(first: u32, bytes: &'a [u8]) -> Self {
        Self { bytes, next: first }
    }

    pub(super) fn none() -> Self {
        Self {
            bytes: &[],
            next: 0,
        }
    }

    fn read(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..63).step_by(7) {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(value)
    }
}

impl Iterator for Postings<'_> {
    type Item = (ArticleId, u32);

    fn next(&mut self) -> Option<Self::Item> {
        let head = self.read()?;
        let id = self.next + (head >> 1) as u32;
        self.next = id + 1;
        let count = if head & 1 == 1 {
            self.read()? as u32
        } else {
            1
        };
        Some((ArticleId(id), count))
    }
}

fn write(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}
