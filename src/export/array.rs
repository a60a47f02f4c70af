//! JSON arrays that are written item by item.

use std::io::{self, Write};

use serde::Serialize;

use crate::text::write_json;

/// Writes `items` as a JSON array, one item on a line.
pub(super) fn write_array(
    items: impl Iterator<Item = impl Serialize>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut before = "[\n";
    for item in items {
        out.write_all(before.as_bytes())?;
        write_json(&item, out)?;
        before = ",";
    }
    let end = if before == "," { "]\n" } else { "[]\n" };
    out.write_all(end.as_bytes())
}
