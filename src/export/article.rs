//! The record of an article, as the command line documents it.

use super::{ArticleRecord, Picked, citation};
use crate::model::{Article, BlockKind, Excerpt, Published, sha256};
use crate::text::words;

/// The long parts of an article that its record may contain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ArticleParts {
    /// Paragraphs and subheads.
    pub body: Part,
    /// The full text, to which all offsets refer.
    pub text: Part,
    /// The source in one line.
    pub citation: Part,
}

/// Whether a part of a record is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// The part is left out.
    #[default]
    Omitted,
    /// The part is written.
    Written,
}

impl From<bool> for Part {
    fn from(flag: bool) -> Self {
        if flag { Self::Written } else { Self::Omitted }
    }
}

/// Returns the record of one article, with `quotes` as its quotations. Without a survey, the record
/// lacks the fields that need one.
pub fn article_record<Q>(
    Picked {
        article, surveyed, ..
    }: Picked<'_>,
    parts: ArticleParts,
    quotes: Q,
) -> ArticleRecord<'_, Q> {
    let structure = &article.structure;
    let excerpts = |list: &[Excerpt]| excerpts(article, list);
    let title = structure.title.as_ref();
    let published = structure.published.as_ref();
    let outlet = structure.outlet.as_ref();
    let place = structure.dateline.as_ref().and_then(|line| line.place);
    let captions = structure.captions.iter();
    ArticleRecord {
        id: &article.key,
        path: &article.path,
        record: article.record.as_deref(),
        lang: article.language.map(|lang| lang.to_string()),
        title: article.title().map(String::from),
        title_derived: title.is_some_and(|title| title.derived),
        kicker: joined(article, BlockKind::Kicker),
        standfirst: joined(article, BlockKind::Standfirst),
        outlet: article.outlet(),
        outlet_from: outlet.map(|outlet| outlet.from),
        published: published.map(ToString::to_string),
        published_at: published.and_then(Published::utc),
        published_from: published.map(|published| published.from),
        published_precision: published.map(|published| published.precision),
        reporters: excerpts(&structure.reporters),
        editors: excerpts(&structure.editors),
        dateline: place.map(|place| article.words(place).into_owned()),
        captions: captions
            .map(|caption| article.excerpt(&caption.text).into_owned())
            .collect(),
        credits: excerpts(&structure.credits),
        url: structure.url.as_deref(),
        words: word_count(article),
        quotes,
        furniture: furniture(article),
        story: surveyed.map(|surveyed| surveyed.story),
        copy_of: surveyed.map(|surveyed| surveyed.copy_of),
        sha256: sha256(&article.text),
        body: (parts.body == Part::Written).then(|| body(article)),
        text: (parts.text == Part::Written).then_some(&*article.text),
        citation: (parts.citation == Part::Written).then(|| citation(article)),
    }
}

fn excerpts(article: &Article, list: &[Excerpt]) -> Vec<String> {
    let words = list.iter().map(|e| article.excerpt(e).into_owned());
    words.collect()
}

fn joined(article: &Article, kind: BlockKind) -> Option<String> {
    let words: Vec<_> = article
        .blocks(kind)
        .map(|span| article.words(span))
        .collect();
    (!words.is_empty()).then(|| words.join("\n\n"))
}

/// Returns the paragraphs and subheads, separated by blank lines.
fn body(article: &Article) -> Option<String> {
    let blocks = article.structure.blocks.iter();
    let words: Vec<_> = blocks
        .filter(|block| block.kind.is_body())
        .map(|block| article.words(block.span))
        .collect();
    (!words.is_empty()).then(|| words.join("\n\n"))
}

fn word_count(article: &Article) -> usize {
    let blocks = article.structure.blocks.iter();
    blocks
        .filter(|block| block.kind.is_body())
        .map(|block| words(block.span.of(&article.text)).count())
        .sum()
}

/// Returns the whole lines that do not belong to the article.
fn furniture(article: &Article) -> Vec<String> {
    article
        .whole_lines(BlockKind::Furniture)
        .flat_map(|span| span.of(&article.text).lines())
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}
