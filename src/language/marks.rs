//! The `[marks]` section of a pack: which quotation marks open a quotation, which close one, and
//! which do both.

use serde::Deserialize;

/// The `[marks]` section of a language pack, as it is written in the file. Each entry has two
/// characters: an opening mark and the closing mark that goes with it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct MarksFile {
    double: Vec<String>,
    single: Vec<String>,
}

/// What a quotation mark can be used for in one language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MarkUse {
    /// Whether the mark can open a quotation.
    pub opens: bool,
    /// Whether the mark can close a quotation.
    pub closes: bool,
    /// Whether it is a single mark, used for a quotation inside another. It may also be an
    /// apostrophe.
    pub single: bool,
}

/// The compiled `[marks]` section of a pack.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// The quotation marks of the language, each with its use. No mark is listed twice.
    pub marks: Vec<(char, MarkUse)>,
}

impl Marks {
    pub(super) fn compile(file: &MarksFile) -> Result<Self, String> {
        let mut marks = Self::default();
        for (pairs, single) in [(&file.double, false), (&file.single, true)] {
            for pair in pairs {
                let mut chars = pair.chars();
                let (Some(open), Some(close), None) = (chars.next(), chars.next(), chars.next())
                else {
                    return Err(format!(
                        "marks: `{pair}` is no pair: one opening and one closing character"
                    ));
                };
                marks.entry(open, single).opens = true;
                marks.entry(close, single).closes = true;
            }
        }
        Ok(marks)
    }

    fn entry(&mut self, mark: char, single: bool) -> &mut MarkUse {
        let at = self.marks.iter().position(|(known, _)| *known == mark);
        let at = at.unwrap_or_else(|| {
            self.marks.push((
                mark,
                MarkUse {
                    single,
                    ..MarkUse::default()
                },
            ));
            self.marks.len() - 1
        });
        &mut self.marks[at].1
    }
}
