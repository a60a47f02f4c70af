//! The `[page]` section of a pack: the words by which furniture, bylines, captions and credits are
//! known. Plain words, no patterns: what a line opens with, or is.

use serde::Deserialize;

/// `[page]` as it stands in a pack.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct PageWordsFile {
    furniture: Vec<String>,
    furniture_starts: Vec<String>,
    related: Vec<String>,
    reporter: Vec<String>,
    editor: Vec<String>,
    by: Vec<String>,
    role: Vec<String>,
    photo: Vec<String>,
    source: Vec<String>,
    section: Vec<String>,
    place_heads: Vec<String>,
    picture_words: Vec<String>,
    inline: Vec<String>,
    and: Vec<String>,
    citing: Vec<String>,
    own: Vec<String>,
}

/// What a line that opens with certain words is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cue {
    /// Furniture, where the words are the whole line.
    Furniture,
    /// Furniture, whatever follows on the line.
    FurnitureStart,
    /// Announces another article: behind the words on the line, or on the next lines.
    Related,
    /// A label (`Penulis:`) of one who wrote it.
    Reporter,
    /// A label (`Editor:`) of one who edited it.
    Editor,
    /// A word (`By`, `Oleh`) before names, with no colon.
    By,
    /// A job title of a person (`Jurnalis`, a journalist) on a line of its own.
    Role,
    /// A label (`Foto:`) of who took a picture.
    Photo,
    /// A label (`Sumber:`) of the agency that it came from.
    Source,
    /// A section of a newspaper (`Nasional`), where the words are the whole line.
    Section,
}

/// The compiled section.
#[derive(Clone, Debug, Default)]
pub struct PageWords {
    /// Words, and what a line is that opens with them.
    pub cues: Vec<(Box<str>, Cue)>,
    /// First words of places of two words (`Banda` of `Banda Aceh`).
    pub place_heads: Vec<Box<str>>,
    /// Words that only captions use (`kiri`, `kanan`), for a picture's line without a credit.
    pub picture_words: Vec<Box<str>>,
    /// Opening words of furniture and bylines that crawlers run into the text, as they are written.
    pub inline: Vec<Box<str>>,
    /// Words that join two names.
    pub and: Vec<Box<str>>,
    /// Words before an outlet's name that say the report is that outlet's, not this page's.
    pub citing: Vec<Box<str>>,
    /// Words before an outlet's name that say it is the page's own (`kepada Kabar.com`).
    pub own: Vec<Box<str>>,
}

impl PageWords {
    pub(super) fn compile(file: &PageWordsFile) -> Self {
        let lists = [
            (&file.furniture, Cue::Furniture),
            (&file.furniture_starts, Cue::FurnitureStart),
            (&file.related, Cue::Related),
            (&file.reporter, Cue::Reporter),
            (&file.editor, Cue::Editor),
            (&file.by, Cue::By),
            (&file.role, Cue::Role),
            (&file.photo, Cue::Photo),
            (&file.source, Cue::Source),
            (&file.section, Cue::Section),
        ];
        let cues = lists.into_iter().flat_map(|(words, cue)| {
            words
                .iter()
                .map(move |word| (word.to_lowercase().into_boxed_str(), cue))
        });
        let list = |words: &[String]| words.iter().map(|word| word.as_str().into()).collect();
        let lower = |words: &[String]| words.iter().map(|w| w.to_lowercase().into()).collect();
        Self {
            cues: cues.collect(),
            place_heads: list(&file.place_heads),
            picture_words: lower(&file.picture_words),
            inline: list(&file.inline),
            and: lower(&file.and),
            citing: lower(&file.citing),
            own: lower(&file.own),
        }
    }

    /// The words of several packs as one: a page mixes languages.
    pub fn merged<'a>(pages: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut all = Self::default();
        for page in pages {
            let page = page.clone();
            all.cues.extend(page.cues);
            all.place_heads.extend(page.place_heads);
            all.picture_words.extend(page.picture_words);
            all.inline.extend(page.inline);
            all.and.extend(page.and);
            all.citing.extend(page.citing);
            all.own.extend(page.own);
        }
        all
    }
}
