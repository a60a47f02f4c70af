//! Offsets in UTF-16 code units, in which programs of the web count.

/// Converts offsets in Unicode scalar values of one text to offsets in UTF-16 code units. The two
/// differ only after a character outside of the Basic Multilingual Plane, such as an emoji.
#[derive(Clone, Debug, Default)]
pub struct Utf16Offsets {
    /// Offsets in scalar values of the characters that take two units, in order.
    wide: Vec<usize>,
}

impl Utf16Offsets {
    /// Finds the wide characters of `text`, in one pass.
    pub fn of(text: &str) -> Self {
        let chars = text.chars().enumerate();
        let wide = chars.filter(|(_, c)| c.len_utf16() > 1);
        Self {
            wide: wide.map(|(at, _)| at).collect(),
        }
    }

    /// Returns the number of UTF-16 code units before the character at `offset`.
    pub fn at(&self, offset: usize) -> usize {
        offset + self.wide.partition_point(|wide| *wide < offset)
    }
}

/// Returns the byte offset in `text` of an offset in UTF-16 code units. Returns `None` if there is
/// no character boundary.
pub fn byte_of_utf16(text: &str, offset: usize) -> Option<usize> {
    let mut units = 0;
    for (byte, c) in text.char_indices() {
        if units >= offset {
            return (units == offset).then_some(byte);
        }
        units += c.len_utf16();
    }
    (units == offset).then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emoji_counts_two_units() {
        let text = "a💩é“b”";
        let offsets = Utf16Offsets::of(text);
        let mut units = 0;
        for (at, (byte, c)) in text.char_indices().enumerate() {
            assert_eq!(offsets.at(at), units);
            assert_eq!(byte_of_utf16(text, units), Some(byte));
            units += c.len_utf16();
        }
        assert_eq!(byte_of_utf16(text, units), Some(text.len()));
        assert_eq!(byte_of_utf16(text, 2), None, "inside a character");
        assert_eq!(byte_of_utf16(text, units + 1), None);
    }
}
