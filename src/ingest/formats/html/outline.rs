//! Converts a page to lines of text in reading order, each with what the markup says about it. All
//! later decisions about the page are based on these lines.

use std::collections::HashSet;

use trafilatura::dom::{Document, NodeId};

use super::words::letters;

/// The kind of a line, as the HTML element that contains it indicates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// The line is in a `p` element.
    Paragraph,
    /// The line is in a heading. Holds the level, from 1 (`h1`) to 4 (`h4` to `h6`).
    Heading(u8),
    /// The line is an item of a list.
    Item,
    /// The line is in a cell of a table.
    Cell,
    /// The line is in the caption of a figure (`figcaption`).
    Caption,
    /// The line is in any other element.
    Other,
}

/// A line of text on a page, with what the markup says about it.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Text of the line, with white space collapsed.
    pub text: String,
    /// Kind of the line, as its element indicates.
    pub tag: Tag,
    /// Number of bytes of the text that are inside links.
    pub linked: usize,
    /// Areas of the page in which the line is, such as a byline or a comment.
    pub zone: Zone,
    /// Parent of the block element that contains the line. Lines with the same parent are
    /// neighbours.
    pub parent: Option<NodeId>,
    /// Names that the page gives the element of the line and the two elements above it: class,
    /// identifier, role and similar attributes, in lower case.
    pub hints: String,
    /// Whether the whole line is bold or italic.
    pub is_emphatic: bool,
}

impl Line {
    /// Returns whether at least nine tenths of the line are inside links.
    pub fn is_link(&self) -> bool {
        self.linked * 10 >= self.text.len() * 9
    }
}

/// All lines of a page, and those around its title.
pub(super) struct Lines<'l> {
    /// All lines of the page.
    pub lines: &'l [Line],
    /// The title and the lines after it, among which are the date and the byline.
    pub head: &'l [Line],
}

impl<'l> Lines<'l> {
    /// Maximum number of lines in `head`.
    const HEAD: usize = 12;

    /// Finds the head among the lines of a page. It begins at the first heading that is the title
    /// or ends with it. If there is none, it begins at the first level-one heading, or else at the
    /// first line.
    pub fn new(lines: &'l [Line], title: Option<&str>) -> Self {
        let title = letters(title.unwrap_or(""));
        let is_heading = |line: &Line| matches!(line.tag, Tag::Heading(_));
        let is_title = |line: &Line| {
            is_heading(line) && !title.is_empty() && letters(&line.text).ends_with(&title)
        };
        let start = lines.iter().position(is_title);
        let start = start.or_else(|| lines.iter().position(|line| line.tag == Tag::Heading(1)));
        let head = lines.get(start.unwrap_or(0)..).unwrap_or(&[]);
        Self {
            lines,
            head: head.get(..Self::HEAD).unwrap_or(head),
        }
    }
}

/// The areas of a page in which a line is, as a set of flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Zone(u16);

impl Zone {
    /// The line is in navigation, a footer, a form, a button or a dialog.
    pub const CHROME: Self = Self(1);
    /// The line is in an `aside` element.
    pub const ASIDE: Self = Self(2);
    /// The line is in a figure, or in an element that is used as one.
    pub const FIGURE: Self = Self(4);
    /// The line is in an embedded post of a social network.
    pub const EMBED: Self = Self(8);
    /// The line is in an element that the page calls a byline.
    pub const BYLINE: Self = Self(16);
    /// The line is in an element that the page calls a date.
    pub const DATE: Self = Self(32);
    /// The line is in an element for newsletters, related articles, teasers, share buttons or
    /// advertisements.
    pub const PROMO: Self = Self(64);
    /// The line is in the comments by readers.
    pub const COMMENTS: Self = Self(128);
    /// The line is in an element that the page calls a summary of the article.
    pub const LEAD: Self = Self(256);
    /// The line is not displayed.
    pub const HIDDEN: Self = Self(512);
    /// The line is in a `blockquote` element.
    pub const QUOTE: Self = Self(1024);
    /// The line is in a list.
    pub const LIST: Self = Self(2048);
    /// The line is in a `header` element.
    pub const HEADER: Self = Self(4096);

    /// Returns whether at least one flag of `other` is set in `self`.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns the union of both sets of flags.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Returns the lines of a page's body in reading order. The tags and classes of `exempt` elements
/// are ignored: they contain the whole article, so they say nothing about a single line.
pub(super) fn outline(doc: &Document, exempt: &HashSet<NodeId>) -> Vec<Line> {
    let mut builder = OutlineBuilder {
        doc,
        exempt,
        lines: Vec::new(),
        current: None,
    };
    if let Some(body) = doc.body() {
        builder.children(
            body,
            &Context {
                tag: Tag::Other,
                zone: Zone::default(),
                block: body,
                is_link: false,
                is_emphatic: false,
                hints: [String::new(), String::new(), String::new()],
            },
        );
    }
    builder.flush();
    builder.lines
}

/// What the ancestors of a node in the tree say about it.
#[derive(Clone)]
struct Context {
    tag: Tag,
    zone: Zone,
    block: NodeId,
    is_link: bool,
    is_emphatic: bool,
    hints: [String; 3],
}

struct OutlineBuilder<'d> {
    doc: &'d Document,
    exempt: &'d HashSet<NodeId>,
    lines: Vec<Line>,
    current: Option<Line>,
}

const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];
const SKIPPED: &[&str] = &[
    "script", "style", "noscript", "svg", "template", "head", "title", "select", "option",
    "textarea", "audio", "video", "map",
];

impl OutlineBuilder<'_> {
    fn children(&mut self, id: NodeId, context: &Context) {
        for child in self.doc.child_nodes(id) {
            if self.doc.is_text(child) {
                self.text(&self.doc.text_content(child), context);
            } else if self.doc.is_element(child) {
                self.element(child, context);
            }
        }
    }

    fn element(&mut self, id: NodeId, context: &Context) {
        let name = self.doc.tag_name(id).to_owned();
        if SKIPPED.contains(&name.as_str()) {
            return;
        }
        if name == "br" {
            self.line_break();
            return;
        }
        let inside = self.enter(id, &name, context);
        if INLINE.contains(&name.as_str()) {
            self.children(id, &inside);
            return;
        }
        self.flush();
        self.children(id, &inside);
        self.flush();
    }

    fn enter(&self, id: NodeId, name: &str, context: &Context) -> Context {
        let mut inside = context.clone();
        let own = self.hints_of(id);
        if !self.exempt.contains(&id) {
            inside.zone = context.zone.and(zone_of(name, &own, self.doc, id));
        }
        inside.is_link |= name == "a";
        inside.is_emphatic |= matches!(name, "b" | "strong" | "em" | "i");
        if INLINE.contains(&name) {
            return inside;
        }
        inside.block = id;
        inside.hints.rotate_right(1);
        inside.hints[0] = own;
        inside.tag = match name {
            "p" => Tag::Paragraph,
            "h1" => Tag::Heading(1),
            "h2" => Tag::Heading(2),
            "h3" => Tag::Heading(3),
            "h4" | "h5" | "h6" => Tag::Heading(4),
            "li" | "dt" | "dd" => Tag::Item,
            "td" | "th" => Tag::Cell,
            "figcaption" => Tag::Caption,
            _ if matches!(context.tag, Tag::Heading(_) | Tag::Caption) => context.tag,
            _ => Tag::Other,
        };
        if context.tag == Tag::Caption {
            inside.tag = Tag::Caption;
        }
        inside
    }

    fn hints_of(&self, id: NodeId) -> String {
        let mut hints = String::new();
        for name in [
            "class",
            "id",
            "role",
            "itemprop",
            "data-testid",
            "data-component",
        ] {
            if let Some(value) = self.doc.get_attribute(id, name) {
                hints.push_str(value.get(..200).unwrap_or(&value));
                hints.push(' ');
            }
        }
        hints.make_ascii_lowercase();
        hints
    }

    fn text(&mut self, text: &str, context: &Context) {
        if text.trim().is_empty() && self.current.is_none() {
            return;
        }
        let line = self.current.get_or_insert_with(|| Line {
            text: String::new(),
            tag: context.tag,
            linked: 0,
            zone: context.zone,
            parent: self.doc.parent(context.block),
            hints: context.hints.concat(),
            is_emphatic: true,
        });
        let before = line.text.len();
        for c in text.chars() {
            if !c.is_whitespace() {
                line.text.push(c);
            } else if !line.text.is_empty() && !line.text.ends_with(char::is_whitespace) {
                line.text.push(' ');
            }
        }
        if context.is_link {
            line.linked += line.text.len() - before;
        }
        if !text.trim().is_empty() {
            line.is_emphatic &= context.is_emphatic;
        }
    }

    /// Handles a `br` element. A single one becomes a line break within the current line; two in a
    /// row end the line.
    fn line_break(&mut self) {
        let Some(line) = &mut self.current else {
            return;
        };
        if line.text.ends_with('\n') {
            self.flush();
        } else {
            line.text.truncate(line.text.trim_end().len());
            line.text.push('\n');
        }
    }

    fn flush(&mut self) {
        let Some(mut line) = self.current.take() else {
            return;
        };
        let text = line.text.trim();
        if text.is_empty() {
            return;
        }
        line.text = text
            .split('\n')
            .map(str::trim)
            .collect::<Vec<_>>()
            .join("\n");
        self.lines.push(line);
    }
}

/// Words in classes and identifiers, each with the area of the page that it indicates.
const HINTS: &[(&str, Zone)] = &[
    ("newsletter", Zone::PROMO),
    ("related", Zone::PROMO),
    ("recommend", Zone::PROMO),
    ("teaser", Zone::PROMO),
    ("read-more", Zone::PROMO),
    ("readmore", Zone::PROMO),
    ("read-also", Zone::PROMO),
    ("more-on", Zone::PROMO),
    ("most-read", Zone::PROMO),
    ("mostread", Zone::PROMO),
    ("most-popular", Zone::PROMO),
    ("trending", Zone::PROMO),
    ("outbrain", Zone::PROMO),
    ("taboola", Zone::PROMO),
    ("promo", Zone::PROMO),
    ("advert", Zone::PROMO),
    ("sponsor", Zone::PROMO),
    ("affiliate", Zone::PROMO),
    ("subscri", Zone::PROMO),
    ("paywall", Zone::PROMO),
    ("social", Zone::PROMO),
    ("share", Zone::PROMO),
    ("sharing", Zone::PROMO),
    ("breadcrumb", Zone::CHROME),
    ("cookie", Zone::CHROME),
    ("consent", Zone::CHROME),
    ("tooltip", Zone::CHROME),
    ("modal", Zone::CHROME),
    ("toast", Zone::CHROME),
    ("comments", Zone::COMMENTS),
    ("disqus", Zone::COMMENTS),
    ("byline", Zone::BYLINE),
    ("author", Zone::BYLINE),
    ("caption", Zone::FIGURE),
    ("twitter-tweet", Zone::EMBED),
    ("instagram-media", Zone::EMBED),
    ("tiktok-embed", Zone::EMBED),
    ("datepublished", Zone::DATE),
    ("timestamp", Zone::DATE),
    ("standfirst", Zone::LEAD),
    ("subhead", Zone::LEAD),
    ("sub-head", Zone::LEAD),
    ("subtitle", Zone::LEAD),
    ("sub-title", Zone::LEAD),
    ("teaser-text", Zone::LEAD),
    ("intro", Zone::LEAD),
    ("article-lead", Zone::LEAD),
    ("article__lead", Zone::LEAD),
    ("excerpt", Zone::LEAD),
    ("summary", Zone::LEAD),
    ("dek", Zone::LEAD),
    ("visually-hidden", Zone::HIDDEN),
    ("visuallyhidden", Zone::HIDDEN),
    ("sr-only", Zone::HIDDEN),
    ("screen-reader", Zone::HIDDEN),
];

fn zone_of(name: &str, hints: &str, doc: &Document, id: NodeId) -> Zone {
    let mut zone = match name {
        "nav" | "footer" | "form" | "button" | "dialog" | "fieldset" => Zone::CHROME,
        "header" => Zone::HEADER,
        "aside" => Zone::ASIDE,
        "figure" | "figcaption" | "picture" => Zone::FIGURE,
        "address" => Zone::BYLINE,
        "time" => Zone::DATE,
        "blockquote" => Zone::QUOTE,
        "ul" | "ol" | "dl" => Zone::LIST,
        _ => Zone::default(),
    };
    // A class of the page as a whole says nothing about a line.
    if !matches!(name, "body" | "main" | "article") {
        for (hint, meant) in HINTS {
            if hints.contains(hint) {
                zone = zone.and(*meant);
            }
        }
    }
    let style = doc.get_attribute(id, "style").unwrap_or_default();
    let is_hidden = doc.get_attribute(id, "hidden").is_some()
        || style.replace(' ', "").contains("display:none")
        || doc.get_attribute(id, "aria-hidden").as_deref() == Some("true");
    if is_hidden {
        zone.and(Zone::HIDDEN)
    } else {
        zone
    }
}
