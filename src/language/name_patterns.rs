//! What belongs to a name and what is office, body, place or rank before or behind it: patterns over
//! the words of a run of capitals, as they stand in a pack.
//!
//! `BODY NAME+ ADDRESS @(NAME+)` reads: the first word of a body, one or more words of a name, a form
//! of address, and the rest is the speaker's name. The whole run has to fit; the first pattern that
//! does decides. Without `@` the run names no one. `OFFICE > …` asks for the word before the run,
//! `… < LOWER` for the one behind it.

use std::sync::LazyLock;

use serde::Deserialize;

/// What one word is, as a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordShape(u32);

macro_rules! shapes {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        const _: () = {
            #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
            enum Bit { $($name,)* }
            impl WordShape {
                /// The number of shapes.
                const BITS: usize = [$(Bit::$name),*].len();
                $($(#[$doc])* pub const $name: Self = Self(1 << Bit::$name as u32);)*
            }
        };
    };
}

shapes! {
    /// An office or occupation.
    OFFICE,
    /// A form of address or a rank.
    ADDRESS,
    /// The first word of a body's name.
    BODY,
    /// The last word of a body's name (`Sekuritas`).
    BODY_END,
    /// A place, or a body whose name is whole.
    PLACE,
    /// What a place's name follows.
    PLACED,
    /// What an office is in charge of.
    CHARGE,
    /// What a news agency is called before its name.
    AGENCY,
    /// A word by which someone is named alone beside a verb of saying.
    KNOWN,
    /// In capitals throughout.
    UPPER,
    /// In capitals throughout, of three letters or more.
    ACRONYM,
    /// With one capital.
    CAPITAL,
    /// In small letters.
    LOWER,
    /// A conjunction or a stroke.
    AND,
    /// A small word inside the name of a body (`of`).
    OF,
    /// A full stop of a short form.
    STOP,
    /// Someone is of what follows (`dari`).
    ORIGIN,
    /// A bracket that closes.
    CLOSE,
    /// Ends in a possessive `'s`.
    OWNER,
    /// A comma.
    COMMA,
    /// A cue that its speaker follows (`kata`).
    CUE,
    /// An office in capitals (`CEO`).
    CEO,
    /// A form of address in small letters (`dr`).
    FORM,
}

impl WordShape {
    /// These bits and those.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// These bits, and those where `holds`.
    #[must_use]
    pub const fn with_if(self, holds: bool, other: Self) -> Self {
        if holds { self.with(other) } else { self }
    }

    const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// What stands before a name without being part of it.
const TITLE: WordShape = WordShape::OFFICE
    .with(WordShape::ADDRESS)
    .with(WordShape::BODY)
    .with(WordShape::PLACE);
const JOINT: WordShape = WordShape::AND.with(WordShape::STOP);
const EVERY: WordShape = WordShape(u32::MAX);

/// The classes of words that a pattern can name: any of the first bits, none of the second.
const CLASSES: &[(&str, WordShape, WordShape)] = &[
    ("ANY", EVERY, WordShape(0)),
    ("OFFICE", WordShape::OFFICE, WordShape(0)),
    ("ADDRESS", WordShape::ADDRESS, WordShape(0)),
    (
        "RANK",
        WordShape::OFFICE.with(WordShape::ADDRESS),
        WordShape(0),
    ),
    ("TITLE", TITLE, WordShape(0)),
    ("BODY", WordShape::BODY, WordShape::PLACE),
    ("WHOLE", WordShape::BODY, WordShape(0)),
    ("BODY_END", WordShape::BODY_END, WordShape(0)),
    ("PLACE", WordShape::PLACE, WordShape(0)),
    ("SEAT", WordShape::PLACE, WordShape::CHARGE),
    ("PLACED", WordShape::PLACED, WordShape(0)),
    ("CHARGE", WordShape::CHARGE, WordShape(0)),
    ("AGENCY", WordShape::AGENCY, WordShape(0)),
    ("NAME", EVERY, TITLE.with(JOINT)),
    ("KNOWN", WordShape::KNOWN, TITLE),
    ("UNKNOWN", EVERY, TITLE.with(JOINT).with(WordShape::KNOWN)),
    ("UPPER", WordShape::UPPER, TITLE),
    ("ACRONYM", WordShape::ACRONYM, TITLE),
    ("PLAIN", WordShape::CAPITAL, TITLE),
    ("LOWER", WordShape::LOWER, WordShape(0)),
    ("AND", WordShape::AND, WordShape(0)),
    ("OF", WordShape::OF, WordShape(0)),
    ("STOP", WordShape::STOP, WordShape(0)),
    ("JOINT", JOINT, WordShape(0)),
    ("ORIGIN", WordShape::ORIGIN, WordShape(0)),
    ("CLOSE", WordShape::CLOSE, WordShape(0)),
    ("OWNER", WordShape::OWNER, WordShape(0)),
    ("COMMA", WordShape::COMMA, WordShape(0)),
    ("CUE", WordShape::CUE, WordShape(0)),
    ("CEO", WordShape::CEO, WordShape(0)),
    ("FORM", WordShape::FORM, WordShape(0)),
    ("OTHER", EVERY, WordShape::KNOWN),
    ("UNHEARD", EVERY, TITLE.with(WordShape::KNOWN)),
    ("REST", EVERY, TITLE),
    (
        "MERE",
        EVERY,
        WordShape::OFFICE
            .with(WordShape::ADDRESS)
            .with(WordShape::BODY),
    ),
];

/// A pattern as it stands in a pack.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamePatternFile {
    id: String,
    #[serde(rename = "match")]
    pattern: String,
    example: String,
}

/// The most elements of a pattern.
const ELEMENTS: usize = 12;

/// One class of words, and how many of it follow each other.
#[derive(Clone, Copy, Debug)]
struct Element {
    any: WordShape,
    none: WordShape,
    least: usize,
    most: usize,
}

impl Element {
    fn fits(&self, word: WordShape) -> bool {
        word.any(self.any) && !word.any(self.none)
    }
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub struct NamePattern {
    /// Its name, for a trace.
    pub id: Box<str>,
    /// Words that it is for, with the speaker's name in `<…>`.
    pub example: Box<str>,
    /// The word before the run, where it has to be of a class.
    before: Option<Element>,
    /// The word behind it.
    behind: Option<Element>,
    elements: Vec<Element>,
    /// The elements of the speaker's name.
    speaker: Option<(usize, usize)>,
    /// Bits that some word of the run has to have.
    needs: Vec<WordShape>,
    /// The fewest words that fit.
    least: usize,
}

/// The words before and behind a run.
pub type Beside = (WordShape, WordShape);

/// Where the name is in a run of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameFound {
    /// The words of the name, counted from the first of the run; none where the run names no one.
    pub words: Option<(usize, usize)>,
}

impl NamePattern {
    pub(super) fn compile(file: &NamePatternFile) -> Result<Self, String> {
        let fail = |why: &str| format!("the name pattern `{}`: {why}", file.id);
        let (before, run) = match file.pattern.split_once('>') {
            Some((before, run)) => (Some(before.trim()), run),
            None => (None, file.pattern.as_str()),
        };
        let (run, behind) = match run.split_once('<') {
            Some((run, behind)) => (run, Some(behind.trim())),
            None => (run, None),
        };
        let beside = |word: Option<&str>| word.map(element).transpose().map_err(|why| fail(&why));
        let (before, behind) = (beside(before)?, beside(behind)?);
        let mut elements = Vec::new();
        let (mut opened, mut closed) = (None, None);
        for word in run.split_whitespace() {
            let inner = word.strip_prefix("@(");
            opened = opened.or(inner.map(|_| elements.len()));
            let word = inner.unwrap_or(word);
            let word = match word.strip_suffix(')') {
                Some(word) => {
                    closed = Some(elements.len() + 1);
                    word
                }
                None => word,
            };
            elements.push(element(word).map_err(|why| fail(&why))?);
        }
        let speaker = match (opened, closed) {
            (Some(first), Some(last)) if first < last => Some((first, last)),
            (None, None) => None,
            _ => return Err(fail("`@(` and `)` do not belong together")),
        };
        if elements.is_empty() || elements.len() > ELEMENTS {
            return Err(fail("it has no words, or too many"));
        }
        let needed = elements
            .iter()
            .filter(|one| one.least > 0 && one.any != EVERY);
        Ok(Self {
            id: file.id.as_str().into(),
            example: file.example.as_str().into(),
            before,
            behind,
            needs: needed.map(|one| one.any).collect(),
            least: elements.iter().map(|one| one.least).sum(),
            elements,
            speaker,
        })
    }

    /// Where the name is in `run`, if that fits, with the words `before` and `behind` it.
    fn find(&self, (before, behind): Beside, run: &[WordShape]) -> Option<NameFound> {
        let fits = |one: Option<Element>, word| one.is_none_or(|one| one.fits(word));
        let opens = |one: &Element, word: &WordShape| one.least == 0 || one.fits(*word);
        let ends = self.elements.first().zip(run.first());
        let ends = ends.into_iter().chain(self.elements.last().zip(run.last()));
        if !fits(self.before, before)
            || !fits(self.behind, behind)
            || !ends.into_iter().all(|(one, word)| opens(one, word))
        {
            return None;
        }
        let mut taken = [0; ELEMENTS];
        self.fit(run, 0, &mut taken).then(|| NameFound {
            words: self.speaker.map(|(first, last)| {
                let words = |until: usize| taken.iter().take(until).sum();
                (words(first), words(last))
            }),
        })
    }

    /// Whether the elements from `at` on take all of `run`; of several ways the one in which earlier
    /// elements take more.
    fn fit(&self, run: &[WordShape], at: usize, taken: &mut [usize]) -> bool {
        let Some(element) = self.elements.get(at) else {
            return run.is_empty();
        };
        let fitting = run.iter().take_while(|word| element.fits(**word)).count();
        let most = fitting.min(element.most);
        for count in (element.least..=most).rev() {
            let rest = run.get(count..).unwrap_or_default();
            if self.fit(rest, at + 1, taken) {
                taken[at] = count;
                return true;
            }
        }
        false
    }
}

/// An element as it is written: `NAME`, `NAME+`, `NAME*`, `NAME?`, `NAME{2,4}`, `NAME{2,}`.
fn element(written: &str) -> Result<Element, String> {
    const MANY: usize = 64;
    let end = written.find(['+', '*', '?', '{']).unwrap_or(written.len());
    let (name, count) = written.split_at(end);
    let class = CLASSES.iter().find(|(known, ..)| *known == name);
    let (_, any, none) = class.ok_or_else(|| format!("there are no words `{name}`"))?;
    let number = |text: &str| {
        text.parse::<usize>()
            .map_err(|_| format!("`{count}` is no count"))
    };
    let (least, most) = match count {
        "" => (1, 1),
        "+" => (1, MANY),
        "*" => (0, MANY),
        "?" => (0, 1),
        _ => {
            let inner = count
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'));
            let inner = inner.ok_or_else(|| format!("`{count}` is no count"))?;
            match inner.split_once(',') {
                Some((least, "")) => (number(least)?, MANY),
                Some((least, most)) => (number(least)?, number(most)?),
                None => (number(inner)?, number(inner)?),
            }
        }
    };
    Ok(Element {
        any: *any,
        none: *none,
        least,
        most,
    })
}

/// The file of the patterns of every language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SharedFile {
    names: Vec<NamePatternFile>,
}

/// Every pack takes them; they are read once.
static SHARED: LazyLock<Result<Vec<NamePattern>, String>> = LazyLock::new(|| {
    let file: SharedFile = toml::from_str(include_str!("../../assets/names.toml"))
        .map_err(|error| error.to_string())?;
    file.names.iter().map(NamePattern::compile).collect()
});

/// The patterns of a pack, in order.
#[derive(Clone, Debug, Default)]
pub struct NamePatterns {
    patterns: Vec<NamePattern>,
    /// For each 64 of the patterns, which of them a run can fit by its first word, and by its last.
    by_ends: Vec<[ByShape; 2]>,
}

/// Which of 64 patterns, a bit each, take a word at one end of a run.
#[derive(Clone, Copy, Debug, Default)]
struct ByShape {
    /// Those for a word of each shape.
    of: [u64; WordShape::BITS],
    /// Those for any word.
    any: u64,
}

impl ByShape {
    fn add(&mut self, pattern: usize, end: Option<&Element>) {
        let bit = 1 << pattern;
        let Some(end) = end.filter(|end| end.least > 0 && end.any != EVERY) else {
            self.any |= bit;
            return;
        };
        for (shape, patterns) in self.of.iter_mut().enumerate() {
            if end.any.0 & 1 << shape != 0 {
                *patterns |= bit;
            }
        }
    }

    fn taking(&self, word: Option<&WordShape>) -> u64 {
        let mut shapes = word.map_or(0, |word| word.0);
        let mut patterns = self.any;
        while shapes != 0 {
            let shape = shapes.trailing_zeros() as usize;
            patterns |= self.of.get(shape).copied().unwrap_or(0);
            shapes &= shapes - 1;
        }
        patterns
    }
}

impl NamePatterns {
    /// The patterns of a pack, before those of every language.
    pub(super) fn compile(files: &[NamePatternFile]) -> Result<Self, String> {
        let shared = SHARED.as_ref().map_err(String::clone)?;
        let own: Result<Vec<_>, _> = files.iter().map(NamePattern::compile).collect();
        let mut patterns = own?;
        patterns.extend_from_slice(shared);
        let by_ends = patterns.chunks(64).map(|patterns| {
            let mut ends = [ByShape::default(); 2];
            for (at, pattern) in patterns.iter().enumerate() {
                ends[0].add(at, pattern.elements.first());
                ends[1].add(at, pattern.elements.last());
            }
            ends
        });
        Ok(Self {
            by_ends: by_ends.collect(),
            patterns,
        })
    }

    /// What the first pattern that fits makes of `run`, with the words before and behind it.
    pub fn find(&self, beside: Beside, run: &[WordShape]) -> Option<NameFound> {
        let all = run
            .iter()
            .fold(WordShape::default(), |all, word| all.with(*word));
        for (patterns, [first, last]) in self.patterns.chunks(64).zip(&self.by_ends) {
            let mut possible = first.taking(run.first()) & last.taking(run.last());
            while let Some(pattern) = patterns.get(possible.trailing_zeros() as usize) {
                possible &= possible - 1;
                let fits =
                    pattern.least <= run.len() && pattern.needs.iter().all(|bits| all.any(*bits));
                if let Some(found) = fits.then(|| pattern.find(beside, run)).flatten() {
                    return Some(found);
                }
            }
        }
        None
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &NamePattern> {
        self.patterns.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Result<NamePattern, String> {
        NamePattern::compile(&NamePatternFile {
            id: "p".into(),
            pattern: text.into(),
            example: String::new(),
        })
    }

    #[test]
    fn a_pattern_takes_the_whole_run_and_tells_the_name() {
        let (office, name) = (WordShape::OFFICE, WordShape::CAPITAL);
        let lower = WordShape::LOWER;
        let run = [office, name, name, name];
        let find = |text| {
            pattern(text)
                .unwrap()
                .find((office, lower), &run)
                .map(|found| found.words)
        };
        assert_eq!(find("OFFICE @(NAME+)"), Some(Some((1, 4))));
        assert_eq!(find("OFFICE NAME @(NAME{2,})"), Some(Some((2, 4))));
        assert_eq!(find("OFFICE NAME{1,2}"), None);
        assert_eq!(find("OFFICE NAME{3}"), Some(None));
        assert_eq!(find("ORIGIN > OFFICE @(NAME+)"), None);
        assert_eq!(find("OFFICE @(NAME+) < LOWER"), Some(Some((1, 4))));
        assert_eq!(find("OFFICE @(NAME+) < UPPER"), None);
        assert_eq!(find("OFFICE > ANY* @(NAME{2})"), Some(Some((2, 4))));
    }

    #[test]
    fn a_faulty_pattern_is_told() {
        for (text, why) in [
            ("OFICE @(NAME+)", "no words `OFICE`"),
            ("OFFICE @(NAME+", "do not belong together"),
            ("NAME{x}", "no count"),
            ("", "no words"),
        ] {
            let error = pattern(text).unwrap_err();
            assert!(error.contains(why), "{text}: {error}");
        }
    }
}
