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
    /// What a name does (`Jurnalis`), on a line of its own.
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
        Self {
            cues: cues.collect(),
            place_heads: file.place_heads.iter().map(|w| w.as_str().into()).collect(),
            picture_words: file
                .picture_words
                .iter()
                .map(|word| word.to_lowercase().into())
                .collect(),
            inline: file.inline.iter().map(|w| w.as_str().into()).collect(),
        }
    }
}
