//! Decodes the bytes of files to text. The encoding is detected: by a byte-order mark, as UTF-8 or
//! UTF-16, or else by a guess among older encodings. Also recognizes binary files.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A file counts as binary if more than one in this many of its first bytes are control characters.
/// White space, escape and bell do not count.
const MANY_CONTROLS: usize = 20;

/// Detects the encoding of `bytes` and returns them as text. A byte-order mark is kept as the first
/// character (U+FEFF). Bytes that cannot be decoded become U+FFFD. Valid UTF-8 is not copied.
pub(super) fn decode(bytes: Vec<u8>) -> String {
    // ASCII in UTF-16 is valid UTF-8 too, with every other byte NUL.
    if let Some(encoding) = utf16_without_mark(&bytes) {
        return encoding.decode_without_bom_handling(&bytes).0.into_owned();
    }
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let bytes = error.into_bytes();
            let encoding = detect(&bytes);
            let (text, _) = encoding.decode_without_bom_handling(&bytes);
            text.into_owned()
        }
    }
}

/// Returns the encoding of a text, judged by its first bytes. `bytes` may end in the middle of a
/// character.
pub(super) fn detect(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding;
    }
    if is_mostly_utf8(bytes) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Returns the byte order of UTF-16 if `bytes` look like UTF-16, although they have no byte-order
/// mark: in that encoding, ASCII letters have a zero in every other byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(1024))?;
    // There is nearly always no zero at all, and every format calls this.
    memchr::memchr(0, head)?;
    let pairs = head.len() / 2;
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0);
    let (even, odd) = (zeros(0).count(), zeros(1).count());
    match (even * 10, odd * 10) {
        _ if pairs < 4 => None,
        (even, odd) if odd > pairs * 7 && even < pairs => Some(UTF_16LE),
        (even, odd) if even > pairs * 7 && odd < pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// Returns whether `bytes` are UTF-8, possibly damaged: invalid sequences must be rare compared
/// with valid non-ASCII characters. Any other encoding would garble the valid ones.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    // This is nearly always true, and several times as fast; every format calls this.
    if std::str::from_utf8(bytes).is_ok() {
        return true;
    }
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    // The end of a peeked head can cut the last character of a valid text.
    broken == 0 || whole >= broken * 4 || (broken == 1 && is_cut_at_end(bytes))
}

fn is_cut_at_end(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

/// Returns whether `head`, the first bytes of a file, show that the file is binary: they contain
/// many control characters, or begin with the signature of a binary format.
#[allow(clippy::needless_bitwise_bool)] // a branch for each byte is what takes the time
pub(super) fn is_binary(head: &[u8]) -> bool {
    if Encoding::for_bom(head).is_some() || utf16_without_mark(head).is_some() {
        return false;
    }
    // Written so that it compiles to vector instructions. Every format calls this, and for nearly
    // every text this check is enough.
    let may_be_control = |b: u8| (b < 9) | (b.wrapping_sub(14) < 18);
    let none = |bytes: &[u8]| !bytes.iter().fold(false, |any, b| any | may_be_control(*b));
    let is_control = |b: &&u8| may_be_control(**b) && !matches!(**b, 7 | 27);
    let suspect = head.chunks(256).filter(|bytes| !none(bytes));
    let controls: usize = suspect
        .map(|bytes| bytes.iter().filter(is_control).count())
        .sum();
    controls * MANY_CONTROLS > head.len() || signature(head).is_some()
}

/// Returns a description of the binary format whose signature `head` begins with, such as
/// `a PNG picture`. Returns `None` if `head` begins with no known signature.
pub(super) fn signature(head: &[u8]) -> Option<&'static str> {
    const SIGNATURES: &[(&[u8], &str)] = &[
        (b"\x89PNG\r\n", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"%PDF-", "a PDF document"),
        (b"PK\x03\x04", "a ZIP archive"),
        (b"\x7fELF", "a program"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\xd0\xcf\x11\xe0", "an old office document"),
        (b"BZh", "a bzip2 file"),
        (b"\xfd7zXZ\0", "an xz file"),
        (b"7z\xbc\xaf", "a 7z archive"),
        (b"Rar!\x1a", "a RAR archive"),
        (b"PAR1", "a Parquet table"),
    ];
    let found = SIGNATURES.iter().find(|(mark, _)| head.starts_with(mark));
    found.map(|(_, name)| *name)
}

/// A reader that decodes the bytes of another reader from any encoding, and yields them as UTF-8
/// without a byte-order mark.
pub(super) struct Transcoder<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    text: Vec<u8>,
    at: usize,
    ended: bool,
}

/// Number of bytes that a [`Transcoder`] reads at once: large enough to make system calls rare,
/// small enough for the processor's cache.
const CHUNK: usize = 64 << 10;

impl<R: Read> Transcoder<R> {
    /// Returns a reader that decodes `inner` from `encoding`.
    pub fn new(inner: R, encoding: &'static Encoding) -> Self {
        Self {
            inner,
            decoder: encoding.new_decoder(),
            raw: vec![0; CHUNK],
            text: Vec::new(),
            at: 0,
            ended: false,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        let len = self.inner.read(&mut self.raw)?;
        self.ended = len == 0;
        let raw = self.raw.get(..len).unwrap_or_default();
        let room = self
            .decoder
            .max_utf8_buffer_length(len)
            .unwrap_or(4 * CHUNK);
        self.text.resize(room.max(16), 0);
        let (result, _, written, _) = self.decoder.decode_to_utf8(raw, &mut self.text, self.ended);
        debug_assert!(matches!(result, CoderResult::InputEmpty));
        self.text.truncate(written);
        self.at = 0;
        Ok(())
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at >= self.text.len() {
            if self.ended {
                return Ok(0);
            }
            self.refill()?;
        }
        let ready = self.text.get(self.at..).unwrap_or_default();
        let len = ready.len().min(into.len());
        if let (Some(into), Some(ready)) = (into.get_mut(..len), ready.get(..len)) {
            into.copy_from_slice(ready);
        }
        self.at += len;
        Ok(len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_gives_the_same_words() {
        let words = "Presiden Müller berkata: “Damai”, kata café Élysée.";
        let utf16 = |order: fn(u16) -> [u8; 2]| words.encode_utf16().flat_map(order).collect();
        let cases: [(&str, Vec<u8>); 4] = [
            ("UTF-8", words.as_bytes().to_vec()),
            ("UTF-16LE", utf16(u16::to_le_bytes)),
            ("UTF-16BE", utf16(u16::to_be_bytes)),
            (
                "windows-1252",
                encoding_rs::WINDOWS_1252.encode(words).0.into_owned(),
            ),
        ];
        for (name, bytes) in cases {
            let mut streamed = String::new();
            let mut reader = Transcoder::new(&*bytes, detect(&bytes));
            reader.read_to_string(&mut streamed).unwrap();
            assert_eq!(streamed, words, "{name}, streamed");
            assert_eq!(decode(bytes), words, "{name}");
        }
    }

    #[test]
    fn a_byte_order_mark_stays_in_the_text() {
        assert_eq!(decode(b"\xef\xbb\xbfA".to_vec()), "\u{feff}A");
        assert_eq!(decode(b"\xff\xfeA\0\r\0\n\0".to_vec()), "\u{feff}A\r\n");
    }

    #[test]
    fn one_broken_byte_does_not_garble_the_rest() {
        let mut bytes = "“satu” “dua” “tiga”".as_bytes().to_vec();
        bytes.push(0xe2);
        assert_eq!(decode(bytes), "“satu” “dua” “tiga”\u{fffd}");
    }

    #[test]
    fn a_control_sequence_does_not_make_a_text_binary() {
        assert!(!is_binary(
            "Judul \u{1b}]0;x\u{7} dan isi yang cukup panjang\0\n".as_bytes()
        ));
        assert!(is_binary(b"\x89PNG\r\n\x1a\n"));
        assert!(is_binary(&[0, 1, 2, 3, 4, 5, 200, 201]));
    }
}
