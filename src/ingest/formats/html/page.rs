//! Turns a page into an article: assembles the text from the selected lines, and marks its parts.

use std::collections::HashSet;

use trafilatura::dom::Document;

use super::facts::{self, Facts, decode_entities};
use super::outline::{Line, Lines, Tag, Zone, outline};
use super::sanitize::Sanitized;
use super::select::{PageMetadata, Selection, select};
use super::words::{letters, same_words};
use super::{authors, date, title};
use crate::ingest::Given;
use crate::ingest::parts::Assembled;
use crate::model::{Block, BlockKind};

/// The article that was read from a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExtractedPage {
    /// Text of the article: title, byline, date, captions and body, separated by blank lines.
    pub text: String,
    /// Metadata of the page.
    pub given: Given,
    /// The parts of the text, such as title and paragraphs. Empty if the page was read as plain
    /// text.
    pub blocks: Vec<Block>,
}

/// Extracts the article from a sanitized page.
pub(super) fn read(sanitized: &Sanitized) -> ExtractedPage {
    let doc = Document::parse(&sanitized.html);
    let facts = facts::gather(&doc, &sanitized.json_ld);
    let lines = outline(&doc, &HashSet::new());
    let outlet = outlet(&facts);
    let title = title::choose(&facts, &lines, outlet.as_deref());
    let named = Lines::new(&lines, title.as_deref());
    let authors = authors::choose(&facts, &named, outlet.as_deref());
    let published = date::choose(&facts, &doc, named.head);
    let metadata = PageMetadata {
        title: title.as_deref(),
        authors: &authors,
        summaries: summaries(&facts),
    };
    let options = trafilatura::Options::default().with_fallback(true);
    let extracted = trafilatura::extract_document(doc.clone_document(), &options);
    let extracted = extracted
        .map(|found| found.content_html)
        .unwrap_or_default();
    let Selection { lines, kinds } = select(&doc, &extracted, &metadata);
    let mut builder = Builder::default();
    builder.head(title.as_deref(), &authors, published.as_deref());
    builder.body(&lines, &kinds);
    if !builder.has_body() {
        builder.add_json_body(&facts);
    }
    let given = Given {
        id: None,
        title,
        standfirst: builder.standfirst.take(),
        outlet,
        published,
        authors,
        url: facts.url.clone(),
        language: facts.language.clone(),
    };
    ExtractedPage {
        text: builder.parts.text,
        given,
        blocks: builder.parts.blocks,
    }
}

/// Reads sanitized markup that consists only of an article's text, as in feeds.
pub(super) fn read_fragment(sanitized: &Sanitized) -> ExtractedPage {
    let doc = Document::parse(&sanitized.html);
    let mut parts = Assembled::default();
    for line in outline(&doc, &HashSet::new()) {
        let kind = match line.tag {
            Tag::Heading(_) => BlockKind::Subhead,
            Tag::Caption => BlockKind::Caption,
            _ => BlockKind::Paragraph,
        };
        parts.push(kind, &line.text);
    }
    ExtractedPage {
        text: parts.text,
        given: Given::default(),
        blocks: parts.blocks,
    }
}

/// Returns the name of the outlet as the page gives it, or else the host of its web address.
fn outlet(facts: &Facts) -> Option<String> {
    let publisher = facts
        .article
        .as_ref()
        .and_then(|article| article.get("publisher"))
        .map(|publisher| facts.resolve(publisher))
        .and_then(|publisher| publisher.get("name")?.as_str());
    let name = facts
        .meta(&["og:site_name"])
        .or(publisher)
        .or_else(|| facts.meta(&["application-name", "publisher", "dc.publisher"]));
    let host = || facts.url.as_deref().map(|url| title::host(url).to_owned());
    name.map(|name| decode_entities(name).trim().to_owned())
        // Some pages give their address instead of their name.
        .filter(|name| !name.is_empty() && !name.contains("://") && name.chars().count() < 80)
        .or_else(host)
}

fn summaries(facts: &Facts) -> Vec<String> {
    let metas = ["og:description", "description", "twitter:description"];
    let metas = metas
        .iter()
        .filter_map(|name| facts.meta(&[name]).map(str::to_owned));
    let json = facts
        .json("description")
        .into_iter()
        .chain(facts.json("alternativeHeadline"));
    let cut = |text: String| text.trim_end_matches(['.', '…', ' ', '[', ']']).to_owned();
    json.chain(metas)
        .map(|text| cut(decode_entities(&text)))
        .collect()
}

/// Assembles the text of an article from the lines of its page, and marks its parts.
#[derive(Default)]
struct Builder {
    parts: Assembled,
    standfirst: Option<String>,
}

impl Builder {
    fn head(&mut self, title: Option<&str>, authors: &[String], published: Option<&str>) {
        if let Some(title) = title {
            self.parts.push(BlockKind::Title, title);
        }
        self.parts.push(BlockKind::Byline, &authors.join(", "));
        if let Some(published) = published {
            self.parts.push(BlockKind::Date, published);
        }
    }

    fn body(&mut self, lines: &[Line], kinds: &[Option<BlockKind>]) {
        let is_body =
            |kind: &Option<BlockKind>| kind.is_some_and(|kind| kind != BlockKind::Standfirst);
        let first = kinds.iter().position(is_body).unwrap_or(usize::MAX);
        let last = kinds.iter().rposition(is_body).unwrap_or(0);
        let mut captions = Vec::new();
        for (index, (line, kind)) in lines.iter().zip(kinds).enumerate() {
            // A picture at the top of the article is a few lines before its text.
            let is_near = index + 30 >= first && index <= last;
            match kind {
                Some(BlockKind::Standfirst) => {
                    self.standfirst = Some(line.text.clone());
                    self.parts.push(BlockKind::Standfirst, &line.text);
                }
                Some(kind) => self.parts.push(*kind, &line.text),
                None if is_near && is_caption(line) => {
                    let own = letters(&line.text);
                    let kind = if captions.contains(&own) {
                        BlockKind::RepeatedCaption
                    } else {
                        BlockKind::Caption
                    };
                    if kind == BlockKind::Caption {
                        captions.push(own);
                        self.parts.push(kind, &line.text);
                    }
                }
                None => {}
            }
        }
    }

    fn has_body(&self) -> bool {
        self.parts
            .blocks
            .iter()
            .any(|block| block.kind == BlockKind::Paragraph)
    }

    /// Adds the text that the page's JSON-LD contains, for a page whose text is rendered by a
    /// script.
    fn add_json_body(&mut self, facts: &Facts) {
        let Some(body) = facts
            .article
            .as_ref()
            .and_then(|article| article.get("articleBody")?.as_str())
        else {
            return;
        };
        for line in body.lines() {
            self.parts.push(BlockKind::Paragraph, line);
        }
    }
}

/// Returns whether a line is the caption of a picture: the markup calls it one, and it is longer
/// than the mere label of a photo credit.
fn is_caption(line: &Line) -> bool {
    let is_marked =
        line.tag == Tag::Caption || (line.zone.has(Zone::FIGURE) && line.hints.contains("caption"));
    let outside = Zone::CHROME
        .and(Zone::PROMO)
        .and(Zone::COMMENTS)
        .and(Zone::EMBED)
        .and(Zone::HIDDEN);
    is_marked
        && !line.is_link()
        && !line.zone.has(outside)
        && !same_words(&line.text, "")
        && line.text.chars().count() > 12
}
