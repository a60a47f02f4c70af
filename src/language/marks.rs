//! The `[marks]` section of a pack: which quotation marks open and close, and which do both.

use serde::Deserialize;

/// `[marks]` as it stands in a pack: pairs of an opening and a closing mark, two characters each.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct MarksFile {
    double: Vec<String>,
    single: Vec<String>,
}

/// What one mark may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MarkUse {
    /// It may open a quotation.
    pub opens: bool,
    /// It may close one.
    pub closes: bool,
    /// It belongs to the inner kind, and may be an apostrophe.
    pub single: bool,
}

/// The compiled section.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// Each mark with its use; no mark twice.
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
