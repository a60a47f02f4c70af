//! Reads Markdown files. The text is kept without the markup, headings and paragraphs become parts
//! of the article, and the front matter gives its metadata.

use pulldown_cmark::{Event, HeadingLevel, Options as Syntax, Parser, Tag, TagEnd};

use super::found::emit_read_error;
use super::limit::{cut, too_long};
use super::{Claim, Emit, Flow, Found, Record};
use crate::ingest::decode::{decode, is_binary};
use crate::ingest::fields::Interpretation;
use crate::ingest::input::Input;
use crate::ingest::node::Node;
use crate::ingest::own::exported_document;
use crate::ingest::parts::Assembled;
use crate::ingest::{Given, Options};
use crate::model::BlockKind;

pub(super) fn claim(input: &Input) -> Claim {
    let is_named = input.has_extension(&["md", "markdown", "mdown", "mkd"]);
    if is_named && !is_binary(input.head()) {
        Claim::Name
    } else {
        Claim::No
    }
}

pub(super) fn read(input: Input, emit: &mut Emit) -> Flow {
    let options = input.options;
    let own = exported_document(input.head());
    let whole = input.read_up_to(options.text_limit);
    let mut source = decode(whole.bytes);
    let longer = cut(&mut source, options.text_limit) || whole.longer;
    let source = source.strip_prefix('\u{feff}').unwrap_or(&source);
    let (front, body) = split_front_matter(source);
    let mut given = front
        .map(|front| read_front_matter(front, options))
        .unwrap_or_default();
    let Assembled { text, blocks } = render(body, &mut given);
    if text.is_empty() {
        return emit(Found::fault("the file contains no text"));
    }
    emit(Found::Record(Box::new(Record {
        text,
        given,
        blocks: Some(blocks),
        record: None,
        line: None,
        own,
    })))?;
    emit_read_error(whole.error.as_ref(), emit)?;
    if longer {
        emit(Found::fault(too_long(options.text_limit)))?;
    }
    Flow::Continue(())
}

/// Splits a file into its front matter and the rest. Front matter is at the start of the file,
/// between two lines `---` (or `+++`).
fn split_front_matter(source: &str) -> (Option<&str>, &str) {
    for fence in ["---", "+++"] {
        let Some(behind) = source
            .strip_prefix(fence)
            .and_then(|rest| rest.split_once('\n'))
        else {
            continue;
        };
        if !behind.0.trim().is_empty() {
            continue;
        }
        let mut end = 0;
        for line in behind.1.split_inclusive('\n') {
            if line.trim_end() == fence {
                return (Some(&behind.1[..end]), &behind.1[end + line.len()..]);
            }
            end += line.len();
        }
    }
    (None, source)
}

/// Returns the metadata in the front matter. Understands the notations that are common in practice:
/// `key: value` and `key = value`, with lists in brackets or as items on the lines below. The
/// fields are interpreted by name like JSON fields.
fn read_front_matter(front: &str, options: &Options) -> Given {
    let unquote = |value: &str| value.trim().trim_matches(['"', '\'']).to_owned();
    let mut fields: Vec<(String, Node)> = Vec::new();
    for line in front.lines() {
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            match fields.last_mut() {
                Some((_, Node::List(items))) => items.push(Node::Text(unquote(item))),
                Some((_, value)) => *value = Node::List(vec![Node::Text(unquote(item))]),
                None => {}
            }
            continue;
        }
        let divided = line.split_once(':').or_else(|| line.split_once('='));
        let divided = match line.split_once('=') {
            Some((key, value)) if !key.contains(':') => Some((key, value)),
            _ => divided,
        };
        let Some((key, value)) = divided.filter(|_| !line.starts_with([' ', '\t', '#'])) else {
            continue;
        };
        let list = value
            .trim()
            .strip_prefix('[')
            .and_then(|list| list.strip_suffix(']'));
        let value = list.map_or_else(
            || Node::Text(unquote(value)),
            |list| {
                Node::List(
                    list.split(',')
                        .map(|item| Node::Text(unquote(item)))
                        .collect(),
                )
            },
        );
        fields.push((key.trim().to_owned(), value));
    }
    // A record needs a text to be interpreted, so add a placeholder.
    fields.push(("text".to_owned(), Node::Text("-".to_owned())));
    match options.fields.interpret(Node::Object(fields)) {
        Interpretation::Article { given, .. } => *given,
        _ => Given::default(),
    }
}

/// Returns the text of a Markdown document with its parts. If `given` has no title, the first
/// level-one heading becomes the title and is stored in `given`.
fn render(source: &str, given: &mut Given) -> Assembled {
    let mut out = Rendering::default();
    if let Some(title) = &given.title {
        out.words.clone_from(title);
        out.flush(BlockKind::Title);
    }
    let mut kind = BlockKind::Paragraph;
    let syntax = Syntax::ENABLE_TABLES | Syntax::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(source, syntax) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                out.flush(kind);
                let is_title = level == HeadingLevel::H1 && given.title.is_none();
                kind = if is_title {
                    BlockKind::Title
                } else {
                    BlockKind::Subhead
                };
            }
            Event::Start(Tag::Image { .. }) => {
                out.flush(kind);
                kind = BlockKind::Caption;
            }
            Event::End(TagEnd::Heading(_) | TagEnd::Image) => {
                if kind == BlockKind::Title {
                    given.title = Some(out.words.trim().to_owned());
                }
                out.flush(kind);
                kind = BlockKind::Paragraph;
            }
            Event::Start(Tag::Paragraph | Tag::Item | Tag::CodeBlock(_) | Tag::TableRow)
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock | TagEnd::TableRow) =>
            {
                out.flush(kind);
            }
            Event::Text(words) | Event::Code(words) => out.words.push_str(&words),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => {
                out.words.push(' ');
            }
            _ => {}
        }
    }
    out.flush(kind);
    out.parts
}

#[derive(Default)]
struct Rendering {
    parts: Assembled,
    words: String,
}

impl Rendering {
    fn flush(&mut self, kind: BlockKind) {
        self.parts.push(kind, &std::mem::take(&mut self.words));
    }
}
