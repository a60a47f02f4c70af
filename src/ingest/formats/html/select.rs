//! Selects the lines of a page that belong to the article. Starts from the text that the extractor
//! (the crate `trafilatura`) kept, and corrects it by the markup of each line and by its
//! neighbours.

use std::collections::{HashMap, HashSet};

use trafilatura::dom::{Document, NodeId};

use super::outline::{Line, Tag, Zone, outline};
use super::words::{letters, same_words};
use crate::model::BlockKind;

/// Metadata of a page, with which its lines are compared.
pub(super) struct PageMetadata<'k> {
    pub title: Option<&'k str>,
    pub authors: &'k [String],
    /// Summaries from JSON-LD, `OpenGraph` and `meta` elements.
    pub summaries: Vec<String>,
}

/// The lines of a page, with the kind of each.
pub(super) struct Selection {
    /// All lines of the page.
    pub lines: Vec<Line>,
    /// Kind of each line. `None` if the line does not belong to the article.
    pub kinds: Vec<Option<BlockKind>>,
}

/// Selects the lines of a page that belong to the article. `extracted` is the HTML that the
/// extractor found to be the body.
pub(super) fn select(doc: &Document, extracted: &str, metadata: &PageMetadata) -> Selection {
    let extracted = ExtractedText::new(extracted);
    let lines = outline(doc, &HashSet::new());
    let chosen: Vec<bool> = lines.iter().map(|line| extracted.has(line)).collect();
    let article = ArticleElement::find(doc, &lines, &chosen);
    let lines = outline(doc, &article.enclosing);
    let mut chosen: Vec<bool> = lines.iter().map(|line| extracted.has(line)).collect();
    drop_outside_lines(doc, &lines, &mut chosen, &article);
    for (line, chosen) in lines.iter().zip(&mut chosen) {
        *chosen = *chosen && !is_furniture(line, metadata);
    }
    add_neighbours(&lines, &mut chosen, metadata);
    drop_repeats(&lines, &mut chosen);
    drop_tail(&lines, &mut chosen, metadata);
    drop_lone_headings(&lines, &mut chosen);
    let mut kinds: Vec<_> = lines
        .iter()
        .zip(&chosen)
        .map(|(line, &chosen)| kind(line, chosen))
        .collect();
    add_standfirst(&lines, &mut kinds, metadata);
    Selection { lines, kinds }
}

/// The element of a page that contains the article.
struct ArticleElement {
    /// The element that contains the article, and all its ancestors.
    enclosing: HashSet<NodeId>,
    /// The element that contains the article and its closest ancestors, innermost first. Lines
    /// inside these ancestors may still belong to the article.
    nearest: Vec<NodeId>,
    element: Option<NodeId>,
}

impl ArticleElement {
    /// Finds the innermost element that contains most of the extracted text. `chosen` says of each
    /// line whether the extractor kept it.
    fn find(doc: &Document, lines: &[Line], chosen: &[bool]) -> Self {
        let mut weights: HashMap<NodeId, (usize, usize)> = HashMap::new();
        let mut total = 0;
        for (line, _) in lines.iter().zip(chosen).filter(|(_, chosen)| **chosen) {
            let weight = prose(line);
            total += weight;
            let chain = ancestors(doc, line.parent);
            for (level, id) in chain.iter().rev().enumerate() {
                let entry = weights.entry(*id).or_insert((0, level));
                entry.0 += weight;
            }
        }
        let holds_most =
            |(_, (weight, _)): &(&NodeId, &(usize, usize))| *weight * 10 >= total * 6 && total > 0;
        let element = weights
            .iter()
            .filter(holds_most)
            .max_by_key(|(_, (_, level))| *level)
            .map(|(id, _)| *id);
        let enclosing = ancestors(doc, element);
        Self {
            nearest: enclosing.iter().take(4).copied().collect(),
            enclosing: enclosing.into_iter().collect(),
            element,
        }
    }

    /// Returns the number of levels from the element that contains the article up to the closest
    /// ancestor that also contains the line: 0 if the line is inside the element itself. Returns
    /// `None` if none of the nearest ancestors contains the line.
    fn distance(&self, doc: &Document, line: &Line) -> Option<usize> {
        let chain = ancestors(doc, line.parent);
        self.nearest.iter().position(|id| chain.contains(id))
    }
}

/// Returns the element `from` and all its ancestors, innermost first.
fn ancestors(doc: &Document, from: Option<NodeId>) -> Vec<NodeId> {
    std::iter::successors(from, |id| doc.parent(*id)).collect()
}

fn kind(line: &Line, chosen: bool) -> Option<BlockKind> {
    match line.tag {
        _ if !chosen => None,
        Tag::Heading(_) => Some(BlockKind::Subhead),
        _ => Some(BlockKind::Paragraph),
    }
}

/// The text that the extractor took for the article. Lines are compared with it by their letters
/// only, because the extractor moves white space and punctuation.
struct ExtractedText {
    lines: HashSet<String>,
    shingles: HashSet<u64>,
}

/// Number of letters in a shingle, a run of letters by which texts are compared. It is large enough
/// that two texts do not share a shingle by chance.
const SHINGLE: usize = 12;

impl ExtractedText {
    fn new(extracted: &str) -> Self {
        let doc = Document::parse(extracted);
        let mut extracted = Self {
            lines: HashSet::new(),
            shingles: HashSet::new(),
        };
        let mut all = Vec::new();
        for line in outline(&doc, &HashSet::new()) {
            let own = letters(&line.text);
            all.extend(own.chars());
            extracted.lines.insert(own);
        }
        extracted.shingles = shingles(&all).collect();
        extracted
    }

    fn has(&self, line: &Line) -> bool {
        let own = letters(&line.text);
        if self.lines.contains(&own) {
            return true;
        }
        let own: Vec<char> = own.chars().collect();
        if own.len() < 2 * SHINGLE {
            return false;
        }
        let (mut found, mut total) = (0, 0);
        for shingle in shingles(&own) {
            total += 1;
            found += usize::from(self.shingles.contains(&shingle));
        }
        found * 10 >= total * 8
    }
}

/// Returns a hash of every shingle: every run of [`SHINGLE`] letters.
fn shingles(letters: &[char]) -> impl Iterator<Item = u64> {
    letters.windows(SHINGLE).map(|run| {
        run.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &c| {
            (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3)
        })
    })
}

/// The areas of a page that do not contain the article's text.
const OUTSIDE: Zone = Zone::CHROME
    .and(Zone::PROMO)
    .and(Zone::COMMENTS)
    .and(Zone::HIDDEN);

/// Returns whether a line that the extractor kept is no part of the article's text, such as a
/// caption, a byline or a link.
fn is_furniture(line: &Line, metadata: &PageMetadata) -> bool {
    let text = line.text.as_str();
    let length = text.chars().count();
    let is_prose = length > 200 && line.linked * 4 < text.len();
    if line.tag == Tag::Caption || (line.zone.has(Zone::FIGURE) && length < 500) {
        return true;
    }
    if line.zone.has(Zone::EMBED) {
        return true;
    }
    if line.zone.has(OUTSIDE) && !is_prose {
        return true;
    }
    if line.zone.has(Zone::BYLINE.and(Zone::DATE)) && length < 160 {
        return true;
    }
    if line.tag == Tag::Heading(1) || metadata.title.is_some_and(|title| same_words(title, text)) {
        return true;
    }
    is_link_line(line) || is_byline(text, metadata) || is_prompt(line) || is_head(line, metadata)
}

/// Returns whether a line is a heading that repeats the title, possibly after a kicker (the short
/// line above a title).
fn is_head(line: &Line, metadata: &PageMetadata) -> bool {
    let Some(title) = metadata
        .title
        .filter(|_| matches!(line.tag, Tag::Heading(_)))
    else {
        return false;
    };
    let (title, own) = (letters(title), letters(&line.text));
    title.len() > 20 && own.ends_with(&title)
}

/// Words by which prompts to the reader are recognised. Pages in many languages share them.
const PROMPTS: &[&str] = &[
    "newsletter",
    "whatsapp",
    "click here",
    "read more",
    "sign up",
    "subscribe",
    "download the app",
    "android",
];

/// Returns whether a line is a short prompt to subscribe or to follow a channel.
fn is_prompt(line: &Line) -> bool {
    let is_set_apart = line.linked > 0 || line.is_emphatic;
    let folded = line.text.to_lowercase();
    is_set_apart
        && line.text.chars().count() < 250
        && PROMPTS.iter().any(|prompt| folded.contains(prompt))
}

/// Deselects the lines after the last sentence of the article: sources, initials, labels, and lines
/// about the authors.
fn drop_tail(lines: &[Line], chosen: &mut [bool], metadata: &PageMetadata) {
    for (line, chosen) in lines
        .iter()
        .zip(chosen)
        .rev()
        .filter(|(_, chosen)| **chosen)
        .take(12)
    {
        let ends = line
            .text
            .trim_end_matches(['"', '”', '“', '»', '«', '\'', '’', ')', ']', '」']);
        let is_open = !ends.ends_with(['.', '!', '?', '…', '。', '।', '؟', '！', '？']);
        let is_label = is_open && line.text.chars().count() < 100 && line.tag != Tag::Item;
        let names_author = metadata
            .authors
            .iter()
            .any(|name| line.text.starts_with(name.as_str()));
        let is_about = names_author && line.text.chars().count() < 500;
        if !is_label && !is_about {
            break;
        }
        *chosen = false;
    }
}

/// Returns whether a line is a link to another page, possibly after a label such as `Read also:`.
fn is_link_line(line: &Line) -> bool {
    let length = line.text.chars().count();
    if line.is_link() {
        return true;
    }
    let is_sentence =
        line.text.ends_with(['.', '!', '?', '”', '"', '»', '“']) && line.tag == Tag::Paragraph;
    let behind_label = line.linked * 10 >= line.text.len() * 6 && line.linked > 15 && !is_sentence;
    behind_label && (length < 250 || matches!(line.tag, Tag::Item | Tag::Heading(_)))
}

/// Returns whether a line is a byline: it is short and consists mostly of the authors' names.
fn is_byline(text: &str, metadata: &PageMetadata) -> bool {
    let length = text.chars().count();
    if length > 120 {
        return false;
    }
    let own = letters(text);
    let names: usize = metadata
        .authors
        .iter()
        .map(|name| letters(name))
        .filter(|name| !name.is_empty() && own.contains(name.as_str()))
        .map(|name| name.len())
        .sum();
    names * 2 > own.len()
        || (names > 0 && own.len() < names + 40 && !text.ends_with(['.', '!', '?', '"', '”']))
}

/// Deselects lines outside the element that contains the article, such as teasers of other
/// articles. Selects long paragraphs shortly before it, because some pages separate the opening
/// paragraphs from the rest.
fn drop_outside_lines(
    doc: &Document,
    lines: &[Line],
    chosen: &mut [bool],
    article: &ArticleElement,
) {
    if article.element.is_none() {
        return;
    }
    let distances: Vec<_> = lines
        .iter()
        .map(|line| article.distance(doc, line))
        .collect();
    let is_inside = |index: &usize| {
        distances.get(*index) == Some(&Some(0)) && chosen.get(*index) == Some(&true)
    };
    let Some(first) = (0..lines.len()).find(is_inside) else {
        return;
    };
    for (index, line) in lines.iter().enumerate() {
        let (Some(chosen), Some(distance)) = (chosen.get_mut(index), distances.get(index)) else {
            continue;
        };
        let is_opening = line.tag == Tag::Paragraph
            && line.linked * 4 < line.text.len()
            && line.text.chars().count() > 80;
        let is_before = index < first && first - index < 12;
        *chosen = match distance {
            Some(0) => *chosen,
            Some(1) => *chosen || (is_before && is_opening && !line.zone.has(OUTSIDE)),
            Some(_) => is_before && is_opening && !line.zone.has(OUTSIDE.and(Zone::HEADER)),
            None => false,
        };
    }
}

/// Returns the number of bytes of running text in a line: 0 for a caption or a line that consists
/// mostly of links.
fn prose(line: &Line) -> usize {
    let length = line.text.len();
    if line.tag == Tag::Caption || line.linked * 2 > length {
        0
    } else {
        length
    }
}

/// Selects paragraphs and subheads that the extractor missed between or next to the lines that it
/// kept.
fn add_neighbours(lines: &[Line], chosen: &mut [bool], metadata: &PageMetadata) {
    let mut bounds: HashMap<NodeId, (usize, usize, usize)> = HashMap::new();
    for (index, line) in lines.iter().enumerate() {
        if let (Some(parent), Some(true)) = (line.parent, chosen.get(index)) {
            let (_, last, weight) = bounds.entry(parent).or_insert((index, index, 0));
            *last = index;
            *weight += prose(line);
        }
    }
    for (index, line) in lines.iter().enumerate() {
        let Some(&(first, last, weight)) = line.parent.and_then(|parent| bounds.get(&parent))
        else {
            continue;
        };
        let is_text = matches!(line.tag, Tag::Paragraph | Tag::Heading(2..=4));
        let is_between = first < index && index < last;
        let is_beside =
            line.tag == Tag::Paragraph && line.text.chars().count() > 60 && weight > 400;
        let is_fit = !line.zone.has(OUTSIDE.and(Zone::ASIDE)) && !is_furniture(line, metadata);
        if let Some(chosen) = chosen.get_mut(index)
            && is_text
            && (is_between || is_beside)
            && is_fit
        {
            *chosen = true;
        }
    }
}

/// Deselects a long line that repeats an earlier one. Such a line is a teaser or a pull quote.
fn drop_repeats(lines: &[Line], chosen: &mut [bool]) {
    let mut seen = HashSet::new();
    for (line, chosen) in lines.iter().zip(chosen) {
        if *chosen && line.text.chars().count() > 40 {
            *chosen = seen.insert(letters(&line.text));
        }
    }
}

/// Deselects headings that no selected line follows before the next heading or the end. They belong
/// to something that was left out.
fn drop_lone_headings(lines: &[Line], chosen: &mut [bool]) {
    let mut follows = false;
    for (line, chosen) in lines.iter().zip(chosen).rev() {
        match line.tag {
            Tag::Heading(_) if *chosen => {
                *chosen = follows;
                follows = false;
            }
            _ => follows |= *chosen,
        }
    }
}

/// The areas of a page that do not contain a summary of the article.
const WITHOUT_SUMMARY: Zone = Zone::CHROME
    .and(Zone::HIDDEN)
    .and(Zone::COMMENTS)
    .and(Zone::FIGURE);

/// Marks the line that is the summary below the title, which most pages have outside the body. It
/// is a line before the body that the markup calls a summary, or that equals a summary in the
/// metadata.
fn add_standfirst(lines: &[Line], kinds: &mut [Option<BlockKind>], metadata: &PageMetadata) {
    let Some(first) = kinds.iter().position(Option::is_some) else {
        return;
    };
    let summaries: Vec<_> = metadata
        .summaries
        .iter()
        .map(|text| letters(text))
        .collect();
    let is_summary = |line: &Line| {
        let own = letters(&line.text);
        own.len() > 30
            && summaries.iter().any(|summary| {
                own.starts_with(summary.as_str()) && summary.len() > 30
                    || summary.starts_with(own.as_str())
            })
    };
    let after_title = lines
        .iter()
        .take(first)
        .position(|line| line.tag == Tag::Heading(1))
        .map_or(0, |index| index + 1);
    let may_be_summary = |line: &Line| {
        let is_title = metadata
            .title
            .is_some_and(|title| same_words(title, &line.text));
        !line.zone.has(WITHOUT_SUMMARY) && !line.is_link() && !is_title && !is_head(line, metadata)
    };
    let stated = (0..first).find(|&index| {
        lines
            .get(index)
            .is_some_and(|line| may_be_summary(line) && is_summary(line))
    });
    let marked = || {
        (after_title..first).find(|&index| {
            lines.get(index).is_some_and(|line| {
                let is_heading = matches!(line.tag, Tag::Heading(_));
                may_be_summary(line)
                    && !is_heading
                    && line.zone.has(Zone::LEAD)
                    && line.text.chars().count() > 50
            })
        })
    };
    let already = kinds
        .iter()
        .zip(lines)
        .any(|(kind, line)| kind.is_some() && is_summary(line));
    if already {
        return;
    }
    if let Some(kind) = stated
        .or_else(marked)
        .and_then(|index| kinds.get_mut(index))
    {
        *kind = Some(BlockKind::Standfirst);
    }
}
