//! Scans single lines of a table for quotation marks and fields.

/// What was found in a single line of a table.
pub(super) struct Scan {
    /// Number of fields in the line.
    pub fields: usize,
    /// Byte position of the quotation mark that begins the last field, if the line does not close
    /// it.
    pub open: Option<usize>,
}

pub(super) fn scan(line: &[u8], delimiter: u8) -> Scan {
    let mut rest = without_end(line);
    let mut fields = 1;
    loop {
        if let Some(quoted) = rest.strip_prefix(b"\"") {
            let Some(end) = closing(quoted) else {
                let open = without_end(line).len() - rest.len();
                return Scan {
                    fields,
                    open: Some(open),
                };
            };
            rest = quoted.get(end + 1..).unwrap_or_default();
        }
        let Some(at) = memchr::memchr(delimiter, rest) else {
            return Scan { fields, open: None };
        };
        fields += 1;
        rest = rest.get(at + 1..).unwrap_or_default();
    }
}

/// Returns the position of the quotation mark that ends a quoted field: the first one in `text`
/// that is not doubled. `text` begins inside the field, after its opening mark.
pub(super) fn closing(text: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let mark = from + memchr::memchr(b'"', text.get(from..)?)?;
        if text.get(mark + 1) != Some(&b'"') {
            return Some(mark);
        }
        from = mark + 2;
    }
}

pub(super) fn line_end(bytes: &[u8]) -> Option<usize> {
    memchr::memchr2(b'\r', b'\n', bytes)
}

/// Returns the lines of a text, without their terminators.
pub(super) fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = line_end(rest).unwrap_or(rest.len());
        let (line, behind) = rest.split_at_checked(end)?;
        let skip = usize::from(!behind.is_empty()) + usize::from(behind.starts_with(b"\r\n"));
        rest = behind.get(skip..).unwrap_or_default();
        Some(line)
    })
}

pub(super) fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

pub(super) fn is_blank(line: &[u8]) -> bool {
    without_end(line).is_empty()
}
