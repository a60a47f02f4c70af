//! Splits a feed that is not well-formed XML into its items. Each item is parsed by itself, so that
//! one that cannot be read does not affect the others.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

/// For each kind of feed: the start of the tag of its root element, the start of the tag of an
/// item, and the element around the items (empty if there is none).
const KINDS: [(&str, &str, &str); 3] = [
    ("<rss", "<item", "<channel>"),
    ("<feed", "<entry", ""),
    ("<rdf:rdf", "<item", ""),
];
/// Maximum length in bytes of the feed's start tag, which is put before each item.
const MAX_ROOT: usize = 4 << 10;
/// Maximum length in bytes of an item's closing tag, within which its `>` is searched for.
const MAX_TAG: usize = 64;
/// Maximum length in bytes of a character reference, such as `&amp;`.
const MAX_REFERENCE: usize = 32;
/// Elements of an item that contain text, possibly with markup that is not valid XML.
const TEXT_ELEMENTS: [&str; 5] = [
    "title",
    "description",
    "content:encoded",
    "summary",
    "content",
];

/// A feed that was split into its items.
pub(super) struct SplitFeed<'t> {
    text: &'t str,
    root: String,
    channel: &'static str,
    items: Vec<Range<usize>>,
}

impl<'t> SplitFeed<'t> {
    /// Splits a feed into items. Returns `None` if there are none.
    pub fn of(text: &'t str) -> Option<Self> {
        let start = text.get(..MAX_ROOT.min(text.len())).unwrap_or(text);
        let start = start.to_ascii_lowercase();
        let kinds = KINDS.iter();
        let found = kinds.filter_map(|kind| Some((start.find(kind.0)?, kind)));
        let (at, (name, item, channel)) = found.min_by_key(|(at, _)| *at)?;
        let tag = text.get(at..)?;
        let tag = tag.find('>').and_then(|end| tag.get(..=end));
        let root = tag.filter(|tag| tag.len() <= MAX_ROOT && !tag.ends_with("/>"));
        let items = cut(text, item);
        (!items.is_empty()).then(|| Self {
            text,
            root: root.map_or_else(|| format!("{name}>"), str::to_owned),
            channel,
            items,
        })
    }

    /// Returns the feed without its items, which leaves the metadata of the feed.
    pub fn without_items(&self) -> String {
        let mut without_items = String::new();
        let mut from = 0;
        for item in &self.items {
            without_items.push_str(self.text.get(from..item.start).unwrap_or_default());
            from = item.end;
        }
        without_items.push_str(self.text.get(from..).unwrap_or_default());
        escaped(&without_items).into_owned()
    }

    /// Returns the items, each with the number of the line where it begins.
    pub fn items(&self) -> impl Iterator<Item = (&'t str, u32)> {
        let (mut from, mut line) = (0, 1_u32);
        self.items.iter().map(move |item| {
            let between = self.text.get(from..item.start).unwrap_or_default();
            line =
                line.saturating_add(memchr::memchr_iter(b'\n', between.as_bytes()).count() as u32);
            from = item.start;
            (self.text.get(item.clone()).unwrap_or_default(), line)
        })
    }

    /// Returns the number of bytes that are parsed to read an item, which may take two attempts.
    pub fn parse_cost(&self, item: &str) -> usize {
        self.root.len() + 2 * item.len()
    }

    /// Returns a feed that contains only `item`, with the start and end tags of the whole feed
    /// around it.
    pub fn wrap(&self, item: &str) -> String {
        let name = |tag: &str| {
            let end = tag.find(|c: char| c.is_whitespace() || c == '>');
            tag.get(1..end.unwrap_or(tag.len()))
                .unwrap_or_default()
                .to_owned()
        };
        let (root, channel) = (&self.root, self.channel);
        let close = if channel.is_empty() { "" } else { "</channel>" };
        format!("{root}{channel}{item}{close}</{}>", name(root))
    }
}

/// Returns the byte ranges of the items in `text`. `item` is the start of their tag, such as
/// `<item`. An item that is not closed ends where the next one begins.
fn cut(text: &str, item: &str) -> Vec<Range<usize>> {
    let close = item.replacen('<', "</", 1);
    let mut items: Vec<Range<usize>> = Vec::new();
    let sections = Sections::of(text);
    let mut open = None;
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', text.as_bytes().get(at..).unwrap_or_default()) {
        at += found;
        let rest = text.get(at..).unwrap_or_default();
        let is_tag = |name: &str| {
            let behind = rest.strip_prefix(name).and_then(|rest| rest.chars().next());
            behind.is_some_and(|c| c.is_whitespace() || matches!(c, '>' | '/'))
        };
        if is_tag(item) {
            if let Some(start) = open.replace(at) {
                items.push(start..at);
            }
        } else if is_tag(&close) {
            let tag = rest.as_bytes().iter().take(MAX_TAG);
            let end = tag.copied().position(|b| b == b'>');
            let end = at + end.map_or(close.len(), |end| end + 1);
            if let Some(start) = open.take() {
                items.push(start..end);
            }
        }
        at += sections.section_len(text, at, &close).max(1);
    }
    items.extend(open.map(|start| start..text.len()));
    items
}

/// The positions at which the last CDATA section and the last comment of a text end. Beyond them,
/// no end is searched for, so that many unclosed sections do not each cause a search through the
/// rest of the text.
struct Sections {
    data: usize,
    comments: usize,
}

impl Sections {
    fn of(text: &str) -> Self {
        let last = |end: &str| memmem::rfind(text.as_bytes(), end.as_bytes()).unwrap_or(0);
        Self {
            data: last("]]>"),
            comments: last("-->"),
        }
    }

    /// Returns the length in bytes of the CDATA section or comment at position `at`, or 0 if there
    /// is none. A section without an end extends to the next `close`, or to the end of `text`.
    fn section_len(&self, text: &str, at: usize, close: &str) -> usize {
        let rest = text.get(at..).unwrap_or_default();
        let (open, end, last) = match rest {
            _ if rest.starts_with("<![CDATA[") => ("<![CDATA[", "]]>", self.data),
            _ if rest.starts_with("<!--") => ("<!--", "-->", self.comments),
            _ => return 0,
        };
        let body = rest.get(open.len()..).unwrap_or_default();
        let found = Some(end)
            .filter(|_| at < last)
            .and_then(|end| body.find(end));
        match found {
            Some(at) => open.len() + at + end.len(),
            None => body.find(close).map_or(rest.len(), |at| open.len() + at),
        }
    }
}

/// Returns `text` with `&amp;` and `&lt;` in place of every `&` and `<` that begins no markup.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let sections = Sections::of(text);
    let mut escaped = String::new();
    let (mut from, mut at) = (0, 0);
    while let Some(found) = memchr::memchr2(b'&', b'<', bytes.get(at..).unwrap_or_default()) {
        at += found;
        let rest = text.get(at..).unwrap_or_default();
        let sign = match rest.as_bytes() {
            [b'&', ..] if is_reference(rest) => None,
            [b'&', ..] => Some("&amp;"),
            [b'<', b'/' | b'?' | b'!' | b'_' | b':', ..] => None,
            [b'<', letter, ..] if letter.is_ascii_alphabetic() || *letter >= 0x80 => None,
            _ => Some("&lt;"),
        };
        if let Some(sign) = sign {
            escaped.push_str(text.get(from..at).unwrap_or_default());
            escaped.push_str(sign);
            from = at + 1;
        }
        at += sections.section_len(text, at, "\0").max(1);
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    escaped.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(escaped)
}

/// Returns whether `rest` begins with a character reference: `&amp;`, `&#39;`, `&#x27;`.
fn is_reference(rest: &str) -> bool {
    let mut bytes = rest.bytes().take(MAX_REFERENCE);
    let name = bytes
        .position(|b| b == b';')
        .and_then(|end| rest.get(1..end));
    let Some(name) = name else {
        return false;
    };
    let Some(number) = name.strip_prefix('#') else {
        return !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric());
    };
    let number = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    number.is_ok_and(|number| number > 0 && char::from_u32(number).is_some())
}

/// Returns `item` with the contents of its title, description and other [`TEXT_ELEMENTS`] as CDATA
/// sections, so that any markup in them is read as text.
pub(super) fn with_escaped_text(item: &str) -> String {
    let mut item = item.to_owned();
    for name in TEXT_ELEMENTS {
        let Some(start) = memmem::find(item.as_bytes(), format!("<{name}").as_bytes()) else {
            continue;
        };
        let behind = item.get(start..).unwrap_or_default();
        let is_own = behind
            .get(name.len() + 1..)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || c == '>'));
        let tag = behind.find('>').map(|end| start + end + 1);
        let end = memmem::rfind(item.as_bytes(), format!("</{name}").as_bytes());
        let Some((tag, end)) = tag.zip(end).filter(|(tag, end)| is_own && tag <= end) else {
            continue;
        };
        let words = item.get(tag..end).unwrap_or_default();
        let plain = format!(
            "<![CDATA[{}]]>",
            words.replace("<![CDATA[", "").replace("]]>", "")
        );
        item.replace_range(tag..end, &plain);
    }
    item
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_signs_are_told_from_markup() {
        for (text, expected) in [
            ("a &amp; b &#39; &nbsp; <b>", "a &amp; b &#39; &nbsp; <b>"),
            ("R&D, 5 < 6 & 7 <", "R&amp;D, 5 &lt; 6 &amp; 7 &lt;"),
            ("&#0; &#x110000; &;", "&amp;#0; &amp;#x110000; &amp;;"),
            ("<![CDATA[a & b < c]]> & d", "<![CDATA[a & b < c]]> &amp; d"),
            ("<!-- a & b --><a/>", "<!-- a & b --><a/>"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }

    #[test]
    fn items_are_cut_out_whatever_is_in_them() {
        let text = "<rss x='1'><channel><title>K</title><item><a/></item>\n<item>b<item id='3'><![CDATA[</item>]]></item><items/><item>d";
        let split = SplitFeed::of(text).unwrap();
        let items: Vec<_> = split.items().collect();
        let expected = [
            ("<item><a/></item>", 1),
            ("<item>b", 2),
            ("<item id='3'><![CDATA[</item>]]></item>", 2),
            ("<item>d", 2),
        ];
        assert_eq!(items, expected);
        assert_eq!(
            split.wrap("<item/>"),
            "<rss x='1'><channel><item/></channel></rss>"
        );
        assert!(
            split
                .without_items()
                .starts_with("<rss x='1'><channel><title>K</title>\n<items/>")
        );
        assert!(SplitFeed::of("<rss><channel></channel></rss>").is_none());
    }
}
