//! The formats of exported files, chosen by the ending of the file name.

use std::path::Path;

/// The format of an exported file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// JSON Lines.
    Jsonl,
    /// Comma-separated values.
    Csv,
    /// Markdown.
    Markdown,
    /// One HTML page.
    Html,
    /// Citations in CSL-JSON.
    Csl,
    /// Citations in RIS.
    Ris,
    /// W3C Web Annotations in JSON-LD.
    WebAnnotation,
    /// Tasks for Label Studio.
    LabelStudio,
    /// A transcript in which each line begins with its speaker.
    Transcript,
}

/// The formats by the ending of the file name, in small letters.
const BY_ENDING: [(&str, FileKind); 12] = [
    (".jsonl", FileKind::Jsonl),
    (".ndjson", FileKind::Jsonl),
    (".csv", FileKind::Csv),
    (".md", FileKind::Markdown),
    (".markdown", FileKind::Markdown),
    (".html", FileKind::Html),
    (".htm", FileKind::Html),
    (".csl.json", FileKind::Csl),
    (".ris", FileKind::Ris),
    (".jsonld", FileKind::WebAnnotation),
    (".label-studio.json", FileKind::LabelStudio),
    (".txt", FileKind::Transcript),
];

impl FileKind {
    /// Returns the format for the ending of a file name, or `None` for any other ending.
    pub fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let fits = |(ending, _): &&(&str, Self)| {
            let stem = name.strip_suffix(*ending);
            stem.is_some_and(|stem| !stem.is_empty())
        };
        BY_ENDING.iter().find(fits).map(|(_, kind)| *kind)
    }

    /// Returns whether a file of this format says what only a survey of the corpus knows.
    pub fn needs_survey(self) -> bool {
        let is_for_people = matches!(self, Self::Html | Self::Transcript);
        is_for_people || matches!(self, Self::Jsonl | Self::Csv)
    }

    /// Returns whether passages that are compared can be written in this format, not only articles.
    pub fn holds_passages(self) -> bool {
        matches!(self, Self::Jsonl | Self::Csv | Self::Markdown | Self::Html)
    }
}

/// The advice for passages and a file name with another ending.
pub const ENDINGS: &str = "name a file that ends in .jsonl, .csv, .md or .html";

/// The advice for articles and a file name with another ending.
pub const ARTICLE_ENDINGS: &str = "name a file that ends in .jsonl, .csv, .md, .html, .csl.json, \
    .ris, .jsonld, .label-studio.json or .txt";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_decides() {
        for (name, kind) in [
            ("a.CSV", Some(FileKind::Csv)),
            ("x/a.csl.json", Some(FileKind::Csl)),
            ("a.label-studio.json", Some(FileKind::LabelStudio)),
            ("a.b.jsonld", Some(FileKind::WebAnnotation)),
            ("a.json", None),
            (".ris", None),
            ("csv", None),
        ] {
            assert_eq!(FileKind::of(Path::new(name)), kind, "{name}");
        }
        for (ending, _) in BY_ENDING {
            let is_told = ARTICLE_ENDINGS.contains(ending);
            let is_other_name = matches!(ending, ".ndjson" | ".markdown" | ".htm");
            assert!(is_told || is_other_name, "{ending}");
        }
    }
}
