//! Sanitizes a page in one linear pass over its tags, before a tree is built. Drops what carries no
//! text, and bounds nesting, attributes and repeated formatting. Tree builders abort the process on
//! thousands of nested elements and take quadratic time over thousands of attributes.

/// Limits on the element tree that is built from a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// Maximum depth of nested elements.
    depth: usize,
    /// Maximum number of elements.
    elements: usize,
}

impl Bounds {
    /// Bounds for a page. Real pages stay below 100 levels, and extraction aborts at some
    /// thousands. The largest news pages have some 20,000 elements.
    pub const PAGE: Self = Self {
        depth: 400,
        elements: 150_000,
    };
    /// Bounds for a title and other small fields, which are read on the stack of any thread.
    pub const FIELD: Self = Self {
        depth: 40,
        elements: 2000,
    };
}

/// An element that is nested this deeply counts twice towards `Bounds::elements`, one that is
/// nested twice as deeply counts three times, and so on.
const DEEP_LEVELS: usize = 50;
/// Maximum number of formatting elements (such as `b`) that are open at once. A tree builder opens
/// all of them again in each paragraph.
const MAX_FORMATTING: usize = 12;
/// Maximum number of attributes that are kept per tag. A tree builder compares each attribute with
/// all before it.
const MAX_ATTRIBUTES: usize = 40;
/// Maximum length of an attribute that is kept, in bytes. Saved pages have whole pictures in
/// attributes.
const MAX_ATTRIBUTE_LEN: usize = 8 << 10;

/// A page from which a tree can be built safely.
#[derive(Debug, Default)]
pub(super) struct Sanitized {
    /// The page without scripts, styles, drawings and comments.
    pub html: String,
    /// Contents of the page's JSON-LD scripts, unchanged.
    pub json_ld: Vec<String>,
    /// Why some markup was left out (such as `it has too many elements`), if some was.
    pub excess: Option<&'static str>,
}

/// Elements that are dropped with their content.
const DROPPED: &[&str] = &[
    "script",
    "style",
    "svg",
    "noscript",
    "template",
    "iframe",
    "object",
    "canvas",
    "math",
    "noembed",
    "noframes",
    "xmp",
    "plaintext",
];
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];
/// Elements that HTML ends without a closing tag, such as `p`. They do not count as levels of
/// nesting.
const SELF_ENDING: &[&str] = &[
    "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "colgroup", "option",
    "optgroup", "html", "head", "body", "caption", "rp", "rt",
];
const INLINE: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Returns a page from which a tree can be built within `bounds`. Takes time linear in the length
/// of the page.
pub(super) fn sanitize(page: &str, bounds: &Bounds) -> Sanitized {
    let mut pass = Pass {
        page,
        bounds: *bounds,
        out: Sanitized::default(),
        open: Vec::new(),
        formatting: 0,
        elements: 0,
    };
    pass.out.html.reserve(page.len() / 2);
    pass.run();
    pass.out
}

struct Pass<'p> {
    page: &'p str,
    bounds: Bounds,
    out: Sanitized,
    /// Names of the open elements, outermost first, each with whether its tag was written to the
    /// output.
    open: Vec<(String, bool)>,
    formatting: usize,
    elements: usize,
}

impl Pass<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(lt) = memchr::memchr(b'<', self.page.as_bytes().get(at..).unwrap_or(&[])) {
            self.copy(at, at + lt);
            at = self.markup(at + lt);
        }
        self.copy(at, self.page.len());
    }

    /// Copies the text between two positions of the page to the output. Leaves out NUL characters,
    /// which have no meaning in a page and break some tree builders.
    fn copy(&mut self, from: usize, to: usize) {
        let text = self.page.get(from..to).unwrap_or("");
        self.out.html.extend(text.chars().filter(|&c| c != '\0'));
    }

    /// Handles the markup that begins with the `<` at position `at`. Returns the position after it.
    fn markup(&mut self, at: usize) -> usize {
        let rest = &self.page[at..];
        if rest.starts_with("<!--") {
            return rest.find("-->").map_or(self.page.len(), |end| at + end + 3);
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            return rest.find('>').map_or(self.page.len(), |end| at + end + 1);
        }
        let is_closing = rest.starts_with("</");
        let name_at = at + 1 + usize::from(is_closing);
        let name: String = self.page[name_at..]
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_'))
            .take(64)
            .collect::<String>()
            .to_ascii_lowercase();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.out.html.push_str("&lt;");
            return at + 1;
        }
        let tag = read_tag(self.page, name_at + name.len());
        if is_closing {
            self.close(&name);
            return tag.end;
        }
        if DROPPED.contains(&name.as_str()) {
            return self.drop_content(&name, &tag);
        }
        self.open(&name, &tag);
        tag.end
    }

    fn open(&mut self, name: &str, tag: &Tag) {
        self.count(1 + self.formatting);
        let is_void = VOID.contains(&name);
        let counts = !is_void && !SELF_ENDING.contains(&name);
        let is_formatting = INLINE.contains(&name);
        let depth = self.open.len() + if name == "table" { 3 } else { 0 };
        let excess = if self.elements > self.bounds.elements {
            Some("it has too many elements")
        } else if counts && depth >= self.bounds.depth {
            Some("its elements are nested too deeply")
        } else if is_formatting && self.formatting >= MAX_FORMATTING {
            Some("its formatting elements are never closed")
        } else {
            None
        };
        self.out.excess = self.out.excess.or(excess);
        if counts && self.open.len() < 4 * self.bounds.depth {
            // A table also creates its section, row and cell.
            let levels = if name == "table" { 4 } else { 1 };
            for level in 0..levels {
                self.open
                    .push((name.to_owned(), excess.is_none() && level == 0));
            }
        }
        if excess.is_none() {
            self.formatting += usize::from(is_formatting);
            self.write(name, tag);
        } else {
            self.out.html.push(' ');
        }
    }

    /// Adds to the number of elements. Deeply nested elements count more than once, because the
    /// cost of reading an element grows with its depth.
    fn count(&mut self, elements: usize) {
        self.elements += elements + self.open.len() / DEEP_LEVELS;
    }

    fn write(&mut self, name: &str, tag: &Tag) {
        let out = &mut self.out.html;
        out.push('<');
        out.push_str(name);
        for &(key, value) in &tag.attributes {
            out.push(' ');
            out.push_str(key);
            out.push_str("=\"");
            out.push_str(&value.replace('"', "&quot;"));
            out.push('"');
        }
        out.push('>');
    }

    fn write_close(&mut self, name: &str) {
        let out = &mut self.out.html;
        out.push_str("</");
        out.push_str(name);
        out.push('>');
    }

    /// Closes the innermost element with this name, and the elements open inside it.
    fn close(&mut self, name: &str) {
        if SELF_ENDING.contains(&name) || VOID.contains(&name) {
            // If there is no element to close, `</p>` creates one.
            self.count(1);
            if self.elements <= self.bounds.elements {
                self.write_close(name);
            }
            return;
        }
        let Some(place) = self.open.iter().rposition(|(open, _)| open == name) else {
            return;
        };
        let mut place = place;
        if name == "table" {
            place = place.saturating_sub(3);
        }
        for (open, written) in self.open.split_off(place).into_iter().rev() {
            if !written {
                continue;
            }
            if INLINE.contains(&open.as_str()) {
                self.formatting = self.formatting.saturating_sub(1);
            }
            self.write_close(&open);
        }
    }

    /// Skips an element with its content, but keeps JSON-LD. Returns the position after the
    /// element.
    fn drop_content(&mut self, name: &str, tag: &Tag) -> usize {
        let end = find_close(self.page, tag.end, name).unwrap_or(self.page.len());
        let is_json_ld = name == "script"
            && tag
                .attributes
                .iter()
                .any(|(key, value)| *key == "type" && value.contains("ld+json"));
        if is_json_ld {
            let content = self.page[tag.end..end].to_owned();
            // The extractor falls back on JSON-LD if the page has its text nowhere else.
            self.out
                .html
                .push_str("<script type=\"application/ld+json\">");
            self.out.html.push_str(&content);
            self.out.html.push_str("</script>");
            self.out.json_ld.push(content);
        }
        self.page[end..]
            .find('>')
            .map_or(self.page.len(), |gt| end + gt + 1)
    }
}

/// The attributes and the end of a tag.
struct Tag<'p> {
    attributes: Vec<(&'p str, &'p str)>,
    end: usize,
}

/// Reads the rest of a tag. `from` is the position after the tag's name. A `>` inside quotation
/// marks does not end the tag.
fn read_tag(page: &str, from: usize) -> Tag<'_> {
    let bytes = page.as_bytes();
    let mut attributes: Vec<(&str, &str)> = Vec::new();
    let mut at = from;
    loop {
        at += bytes[at..]
            .iter()
            .take_while(|b| b.is_ascii_whitespace() || **b == b'/')
            .count();
        match bytes.get(at) {
            None => {
                return Tag {
                    attributes,
                    end: page.len(),
                };
            }
            Some(b'>') => {
                return Tag {
                    attributes,
                    end: at + 1,
                };
            }
            Some(_) => {}
        }
        let (key, value, end) = read_attribute(page, at);
        let is_plain = key
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':'));
        if is_plain
            && !key.is_empty()
            && attributes.len() < MAX_ATTRIBUTES
            && value.len() <= MAX_ATTRIBUTE_LEN
        {
            attributes.push((key, value));
        }
        at = end;
    }
}

/// Reads the attribute at position `at`. Returns its name, its value and the position after it,
/// which is always greater than `at`.
fn read_attribute(page: &str, at: usize) -> (&str, &str, usize) {
    let bytes = page.as_bytes();
    let until = |from: usize, stop: &dyn Fn(u8) -> bool| {
        let rest = bytes.get(from..).unwrap_or(&[]);
        from + rest.iter().position(|&b| stop(b)).unwrap_or(rest.len())
    };
    let key_end = until(at + 1, &|b| {
        b.is_ascii_whitespace() || matches!(b, b'=' | b'>' | b'/')
    });
    let key = page.get(at..key_end).unwrap_or("");
    let equals = until(key_end, &|b| !b.is_ascii_whitespace());
    if bytes.get(equals) != Some(&b'=') {
        return (key, "", key_end);
    }
    let value_at = until(equals + 1, &|b| !b.is_ascii_whitespace());
    if let Some(&quote @ (b'"' | b'\'')) = bytes.get(value_at) {
        let end = until(value_at + 1, &|b| b == quote);
        let value = page.get(value_at + 1..end).unwrap_or("");
        return (key, value, (end + 1).min(page.len()));
    }
    let end = until(value_at, &|b| b.is_ascii_whitespace() || b == b'>');
    (key, page.get(value_at..end).unwrap_or(""), end)
}

/// Returns the position of the first closing tag of `name` at or after `from`.
fn find_close(page: &str, from: usize, name: &str) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr::memmem::find(page.as_bytes().get(at..)?, b"</")?;
        let behind = page.as_bytes().get(at + 2..at + 2 + name.len());
        if behind.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())) {
            return Some(at);
        }
        at += 2;
    }
}

/// Returns the text of a sanitized page without building a tree, for pages that cannot be read
/// otherwise. Formatting tags are removed, and every other tag ends a line.
pub(super) fn plain_text(sanitized: &str) -> String {
    let mut text = String::with_capacity(sanitized.len() / 2);
    let mut rest = sanitized;
    while let Some(lt) = rest.find('<') {
        push_decoded(&mut text, &rest[..lt]);
        let is_script = rest[lt..].starts_with("<script");
        let close = if is_script { "</script>" } else { ">" };
        let end = rest[lt..]
            .find(close)
            .map_or(rest.len(), |end| lt + end + close.len());
        let name = rest[lt..end].trim_start_matches(['<', '/']);
        let name = name
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or("");
        if !INLINE.contains(&name) && name != "span" && !text.ends_with('\n') && !text.is_empty() {
            text.push('\n');
        }
        rest = &rest[end..];
    }
    push_decoded(&mut text, rest);
    text
}

/// Appends `raw` to `text`, with the commonest entities decoded and white space collapsed.
fn push_decoded(text: &mut String, raw: &str) {
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        push_collapsed(text, &rest[..at]);
        rest = &rest[at..];
        let known = [
            ("&amp;", "&"),
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&nbsp;", " "),
        ];
        let found = known.iter().find(|(entity, _)| rest.starts_with(entity));
        let (entity, plain) = found.copied().unwrap_or(("&", "&"));
        text.push_str(plain);
        rest = &rest[entity.len()..];
    }
    push_collapsed(text, rest);
}

fn push_collapsed(text: &mut String, raw: &str) {
    for c in raw.chars() {
        if !c.is_whitespace() {
            text.push(c);
        } else if !text.ends_with(char::is_whitespace) && !text.is_empty() {
            text.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_makes_elements_is_bounded() {
        let deep = "<div>".repeat(390);
        for piece in ["<p>x", "<p>x</p>", "</p>", "x<br>", "<td>x"] {
            for before in ["", &deep] {
                let sanitized =
                    sanitize(&format!("{before}{}", piece.repeat(200_000)), &Bounds::PAGE);
                let made = sanitized.html.matches('<').count();
                assert!(
                    made <= Bounds::PAGE.elements + deep.len(),
                    "{piece}: {made}"
                );
                if !before.is_empty() {
                    let most = Bounds::PAGE.elements / (390 / DEEP_LEVELS) + deep.len();
                    assert!(made <= most, "{piece}, deep: {made}");
                }
            }
        }
    }
}
