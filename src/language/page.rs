//! The `[page]` section of a pack: the words by which furniture, bylines, captions and credits are
//! recognised. They are plain words, not patterns: a line opens with them, or consists of them.

use serde::Deserialize;

/// The `[page]` section of a language pack, as it is written in the file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct PageWordsFile {
    furniture: Vec<String>,
    furniture_starts: Vec<String>,
    related: Vec<String>,
    reporter: Vec<String>,
    editor: Vec<String>,
    by: Vec<String>,
    reports: Vec<String>,
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

/// What a line of a page is, judged by the words that it opens with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cue {
    /// Furniture, if the words are the whole line.
    Furniture,
    /// Furniture, whatever follows the words on the line.
    FurnitureStart,
    /// An announcement of another article, whose title follows on the same line or on the next
    /// lines.
    Related,
    /// A label (`Penulis:`) before the name of the author of the article.
    Reporter,
    /// A label (`Editor:`) before the name of the editor of the article.
    Editor,
    /// A word before the authors' names, without a colon (`By`, `Oleh`).
    By,
    /// Words before the name of an outlet and of its reporter, without a colon
    /// (`Laporan Wartawan`).
    Report,
    /// A job title on a line of its own, beside an author's name (`Jurnalis`, “journalist”).
    Role,
    /// A label (`Foto:`) before the name of the photographer.
    Photo,
    /// A label (`Sumber:`) before the name of the agency from which the article comes.
    Source,
    /// The name of a section of the newspaper (`Nasional`), if it is the whole line.
    Section,
}

/// The compiled `[page]` section of a pack.
#[derive(Clone, Debug, Default)]
pub struct PageWords {
    /// Words that open a line, in small letters, each with what such a line is.
    pub cues: Vec<(Box<str>, Cue)>,
    /// First words of place names that have two words (`Banda` of `Banda Aceh`).
    pub place_heads: Vec<Box<str>>,
    /// Words that only captions use (`kiri`, `kanan`: left, right). They show that a line without a
    /// credit is a caption.
    pub picture_words: Vec<Box<str>>,
    /// Words with which furniture or a byline begins inside a line of text, because a crawler
    /// joined the lines. Upper and lower case matter.
    pub inline: Vec<Box<str>>,
    /// Words that join two names (`and`), in small letters.
    pub and: Vec<Box<str>>,
    /// Words before an outlet's name that say that this outlet, not the page's own, made the
    /// report.
    pub citing: Vec<Box<str>>,
    /// Words before an outlet's name that say that it is the outlet of the page
    /// (`kepada Kabar.com`, “told Kabar.com”).
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
            (&file.reports, Cue::Report),
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

    /// Joins the words of several packs into one, because a page may mix languages.
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
