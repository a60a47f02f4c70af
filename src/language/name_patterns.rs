//! Patterns that find the person's name in a run of words with capitals, and tell it from the
//! office, body, place or rank beside it. The patterns are written in the packs.
//!
//! For example, `BODY NAME+ ADDRESS @(NAME+)` means: the first word of a body's name, one or more
//! words of a name, a form of address, and then the speaker's name, marked by `@(…)`. A pattern has
//! to fit the whole run, and the first that fits decides. A pattern without `@` says that the run
//! names no one. `OFFICE > …` is a condition on the word before the run, `… < LOWER` one on the
//! word behind it.

use std::sync::LazyLock;

use serde::Deserialize;

/// What is known of one word when names are looked for: whether it is an office, a place, in
/// capitals, and so on. A set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordShape(u32);

macro_rules! shapes {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        const _: () = {
            #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
            enum Bit { $($name,)* }
            impl WordShape {
                /// The number of different bits that a `WordShape` can have.
                const BITS: usize = [$(Bit::$name),*].len();
                $($(#[$doc])* pub const $name: Self = Self(1 << Bit::$name as u32);)*
            }
        };
    };
}

shapes! {
    /// The word is an office or occupation (`direktur`).
    OFFICE,
    /// The word is a form of address or a rank (`Pak`, `Dr`).
    ADDRESS,
    /// The word begins the name of a body (`Dinas`, `Universitas`).
    BODY,
    /// The word ends the name of a body (`Sekuritas`).
    BODY_END,
    /// The word is the name of a place or what an office is in charge of; with [`Self::BODY`], a
    /// body whose name is complete (`KPK`).
    PLACE,
    /// The word is an office or body that the name of a place follows (`Bupati`, `Polres`).
    PLACED,
    /// The word says what an office is in charge of (`keuangan`).
    CHARGE,
    /// The word stands before the name of a news agency (`kantor berita`).
    AGENCY,
    /// Somewhere in the article, the word alone names the speaker beside a verb of saying.
    KNOWN,
    /// All letters of the word are capitals.
    UPPER,
    /// All letters of the word are capitals, and it has at least three bytes.
    ACRONYM,
    /// The word begins with a capital and is not all in capitals.
    CAPITAL,
    /// The word is in small letters.
    LOWER,
    /// The word is a conjunction (`and`), or a sign such as a slash.
    AND,
    /// The word is a small word inside the name of a body (`of`).
    OF,
    /// The token is a full stop.
    STOP,
    /// The word says where someone comes from or belongs, and a place or body follows (`dari`,
    /// `from`).
    ORIGIN,
    /// The token is a closing bracket.
    CLOSE,
    /// The word ends in a possessive `'s`.
    OWNER,
    /// The token is a comma.
    COMMA,
    /// The word is a verb of saying that its speaker follows (`kata`).
    CUE,
    /// The word is an office in capitals (`CEO`).
    CEO,
    /// The word is a form of address in small letters (`dr`).
    FORM,
}

impl WordShape {
    /// Returns the bits of `self` and of `other` together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns the bits of `self`, with those of `other` added if `holds` is true.
    #[must_use]
    pub const fn with_if(self, holds: bool, other: Self) -> Self {
        if holds { self.with(other) } else { self }
    }

    const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The shapes of words that stand before a name and do not belong to it: office, form of address,
/// body, place.
const TITLE: WordShape = WordShape::OFFICE
    .with(WordShape::ADDRESS)
    .with(WordShape::BODY)
    .with(WordShape::PLACE);
const JOINT: WordShape = WordShape::AND.with(WordShape::STOP);
const EVERY: WordShape = WordShape(u32::MAX);

/// The word classes that a pattern can name. Each has a name, the bits of which a word must have at
/// least one, and the bits of which it must have none.
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

/// A name pattern as it is written in a pack or in `assets/names.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamePatternFile {
    id: String,
    #[serde(rename = "match")]
    pattern: String,
    example: String,
}

/// Maximum number of elements in one pattern.
const ELEMENTS: usize = 12;

/// One element of a pattern, such as `NAME+`: a class of words, and how many words of it may follow
/// one another.
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

/// A compiled name pattern.
#[derive(Clone, Debug)]
pub struct NamePattern {
    /// The identifier of the pattern, which a trace shows.
    pub id: Box<str>,
    /// A passage that the pattern is meant for, with the speaker's name in `<…>`. It is the
    /// pattern's test.
    pub example: Box<str>,
    /// Condition on the word before the run, if the pattern has one.
    before: Option<Element>,
    /// Condition on the word behind the run, if the pattern has one.
    behind: Option<Element>,
    elements: Vec<Element>,
    /// Range of the elements that make up the speaker's name, end excluded. `None` if the pattern
    /// says that the run names no one.
    speaker: Option<(usize, usize)>,
    /// Prefilter: for each entry, some word of the run has to have one of its bits.
    needs: Vec<WordShape>,
    /// Minimum number of words in a run that the pattern can fit.
    least: usize,
}

/// The shapes of the word before a run and of the word behind it.
pub type Beside = (WordShape, WordShape);

/// The result of a pattern that fits a run of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameFound {
    /// Range of the words of the name, counted from the first word of the run, end excluded. `None`
    /// if the run names no one.
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

    /// Returns where the name is in `run` if this pattern fits the run and the words `before` and
    /// `behind` it; else `None`.
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

    /// Returns whether the elements from index `at` on fit all of `run`, and stores in `taken` how
    /// many words each takes. Earlier elements take as many words as they can.
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

/// Parses one element of a pattern: `NAME`, `NAME+`, `NAME*`, `NAME?`, `NAME{2,4}` or `NAME{2,}`.
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

/// The file of the patterns that hold for every language, `assets/names.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SharedFile {
    names: Vec<NamePatternFile>,
}

/// The patterns that every pack uses, or the error in their file. They are compiled once.
static SHARED: LazyLock<Result<Vec<NamePattern>, String>> = LazyLock::new(|| {
    let file: SharedFile = toml::from_str(include_str!("../../assets/names.toml"))
        .map_err(|error| error.to_string())?;
    file.names.iter().map(NamePattern::compile).collect()
});

/// The name patterns of a pack, in the order in which they are tried.
#[derive(Clone, Debug, Default)]
pub struct NamePatterns {
    patterns: Vec<NamePattern>,
    /// For each group of 64 patterns: which of them can take the first word of a run, and which can
    /// take its last word.
    by_ends: Vec<[ByShape; 2]>,
}

/// For one end of a run (its first or last word): which of 64 patterns can take a word there. Each
/// pattern is one bit.
#[derive(Clone, Copy, Debug, Default)]
struct ByShape {
    /// For each bit of [`WordShape`], the patterns that take a word with this bit.
    of: [u64; WordShape::BITS],
    /// The patterns that take any word.
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
    /// Compiles the patterns of a pack, and appends those of every language.
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

    /// Returns the result of the first pattern that fits `run` and the words `beside` it, or `None`
    /// if no pattern fits.
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

    /// Returns all patterns, in the order in which they are tried.
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
