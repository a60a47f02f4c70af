//! Words as hashes: each word of a passage with the hashes of its folded form and of its stem. This
//! module compares only hashes; the words themselves stay in the text.

use crate::language::WordLists;
use crate::text::{ByteSpan, fold, letters, words};

/// One word of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Position in the article's text.
    pub(crate) span: ByteSpan,
    /// Hash of the folded word.
    pub(crate) word: u32,
    /// Hash of the stem.
    pub(crate) stem: u32,
    /// The hash of its root: the first letters of its stem, which most forms of a word share.
    pub(crate) root: u32,
    /// Whether it carries grammar rather than matter.
    pub(crate) is_stop: bool,
    /// Whether the word begins with a digit.
    pub(crate) is_number: bool,
    /// Whether the word begins with a capital.
    pub(crate) is_capital: bool,
    /// What separates the word from the previous one.
    pub(crate) gap: Gap,
}

/// What separates a word from the previous one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// The word starts a sentence or the passage, where a capital says nothing.
    Opens,
    /// A comma, a bracket or a similar sign.
    Sign,
    /// Only spaces.
    Space,
    /// A hyphen; both are parts of one word.
    Hyphen,
}

/// Number of words in the cache of a reader of many passages.
const REMEMBERED: usize = 1 << 13;
/// Maximum length of a cached word, in bytes.
const LETTERS: usize = 16;
/// Characters that separate two parts of a hyphenated word.
const HYPHENS: [char; 3] = ['-', '‐', '‑'];

/// Splits passages of one language into tokens. A hyphen separates tokens, so that `Jong-un` and
/// `Jong Un` are equal. An apostrophe is dropped (`Ma'ruf`, `Ma’ruf`).
pub(super) struct Reader<'a> {
    /// Word lists of the language. `None` if no pack knows the language: then there are no stop
    /// words and every word is its own stem.
    pub(super) lists: Option<&'a WordLists>,
    /// A direct-mapped cache of words, indexed by a hash of their bytes. Most of a text consists of
    /// a few thousand words.
    known: Box<[Known]>,
    folded: String,
}

/// The properties of a word that do not depend on its context.
#[derive(Clone, Copy, Default)]
struct Known {
    /// The bytes of the word as written; zero for an empty entry.
    letters: u128,
    word: u32,
    stem: u32,
    root: u32,
    is_stop: bool,
}

impl<'a> Reader<'a> {
    /// Creates a reader without a cache, for a passage or two.
    pub(super) fn of_few(lists: Option<&'a WordLists>) -> Self {
        Self {
            lists,
            known: Box::default(),
            folded: String::new(),
        }
    }

    /// Creates a reader with a cache, for many passages.
    pub(super) fn of_many(lists: Option<&'a WordLists>) -> Self {
        Self {
            known: vec![Known::default(); REMEMBERED].into(),
            ..Self::of_few(lists)
        }
    }

    /// Appends the tokens of the passage at `span` of `text` to `found`, in order.
    pub(super) fn read(&mut self, text: &str, span: ByteSpan, found: &mut Vec<Token>) {
        let passage = span.of(text);
        let mut before = 0;
        for word in words(passage) {
            let gap = passage.get(before..word.span.start as usize).unwrap_or("");
            let mut gap = gap_of(gap, before == 0);
            before = word.span.end as usize;
            let mut start = span.start as usize + word.span.start as usize;
            let mut rest = Some(word.text);
            while let Some(own) = rest {
                let (part, behind) = first_part(own);
                let known = self.known(text, start, part);
                found.push(Token {
                    span: ByteSpan::new(start, start + part.len()),
                    word: known.word,
                    stem: known.stem,
                    root: known.root,
                    is_stop: known.is_stop,
                    is_number: part.starts_with(|c: char| c.is_ascii_digit()),
                    is_capital: part.chars().next().is_some_and(char::is_uppercase),
                    gap,
                });
                gap = Gap::Hyphen;
                start += own.len() - behind.map_or(0, str::len);
                rest = behind;
            }
        }
    }

    /// Returns the properties of the word `part`, which starts at `start`.
    fn known(&mut self, text: &str, start: usize, part: &str) -> Known {
        let Some(letters) = letters(text.as_bytes(), start, part.len()) else {
            return self.look_up(part);
        };
        let hash = letters::more(letters as u64, (letters >> u64::BITS) as u64);
        let place = hash as usize % REMEMBERED;
        if let Some(known) = self.known.get(place).filter(|one| one.letters == letters) {
            return *known;
        }
        let known = Known {
            letters,
            ..self.look_up(part)
        };
        if let Some(place) = self.known.get_mut(place) {
            *place = known;
        }
        known
    }

    fn look_up(&mut self, part: &str) -> Known {
        fold_word(part, &mut self.folded);
        let folded = &*self.folded;
        let word = hash(folded.as_bytes());
        let stem = self.lists.map_or(folded, |lists| lists.stem(folded));
        let is_stem = stem.len() == folded.len();
        let root = root(stem, self.lists.is_some());
        Known {
            letters: 0,
            word,
            stem: if is_stem { word } else { hash(stem.as_bytes()) },
            root: if root.len() == folded.len() {
                word
            } else {
                hash(root.as_bytes())
            },
            is_stop: self.lists.is_some_and(|lists| lists.is_stop(folded)),
        }
    }
}

/// Letters of a root: the same in all languages, so that a name is one in each. Cutting words to their
/// first letters is a stemmer that needs no language (`McNamee` and Mayfield 2004).
const ROOT: usize = 4;

/// What Arabic writes before a noun in one word with it: the article, alone or behind a particle
/// (the prefixes of the `Light10` stemmer, Larkey, Ballesteros and Connell 2007).
const ARABIC_ARTICLES: [&str; 6] = ["وال", "بال", "كال", "فال", "لل", "ال"];
/// Letters that a word keeps behind an article.
const BEHIND_ARTICLE: usize = 3;

/// The root of a word by its folded stem.
fn root(stem: &str, has_pack: bool) -> &str {
    let bare = if has_pack || stem.is_ascii() {
        stem
    } else {
        without_article(stem)
    };
    let end = bare.char_indices().nth(ROOT);
    end.map_or(bare, |(end, _)| bare.get(..end).unwrap_or(bare))
}

fn without_article(word: &str) -> &str {
    let mut rests = ARABIC_ARTICLES
        .iter()
        .filter_map(|article| word.strip_prefix(article));
    let rest = rests.find(|rest| rest.chars().count() >= BEHIND_ARTICLE);
    rest.unwrap_or(word)
}

/// What parts a word from the one before, by what stands between them.
fn gap_of(between: &str, is_first: bool) -> Gap {
    if is_first {
        Gap::Opens
    } else if between == " " {
        Gap::Space
    } else if between.contains(['.', '!', '?', ':', '"', '“', '”', '\n']) {
        Gap::Opens
    } else if between.bytes().all(|byte| byte == b' ') {
        Gap::Space
    } else {
        Gap::Sign
    }
}

/// Splits a word at its first hyphen. The second part is `None` if there is no hyphen.
fn first_part(word: &str) -> (&str, Option<&str>) {
    // All typographic hyphens begin with the byte 0xe2.
    let may_part = word.bytes().any(|byte| matches!(byte, b'-' | 0xe2));
    let parts = may_part.then(|| word.split_once(HYPHENS)).flatten();
    parts.map_or((word, None), |(part, behind)| (part, Some(behind)))
}

/// Returns the bytes of the word at `start` as one number, or `None` if it is empty or longer than
/// [`LETTERS`].
fn letters(text: &[u8], start: usize, len: usize) -> Option<u128> {
    let unused = u32::try_from(LETTERS.checked_sub(len)?).ok()? * u8::BITS;
    let rest = text.get(start..)?;
    let all = rest.first_chunk().map_or_else(
        || {
            let last = rest.iter().rev();
            last.fold(0, |all, byte| all << u8::BITS | u128::from(*byte))
        },
        |all| u128::from_le_bytes(*all),
    );
    (len > 0).then(|| all << unused >> unused)
}

/// Returns the tokens of one passage, in order.
pub(super) fn tokens_of(text: &str, span: ByteSpan, lists: Option<&WordLists>) -> Vec<Token> {
    let mut found = Vec::with_capacity(span.len() / 6);
    Reader::of_few(lists).read(text, span, &mut found);
    found
}

/// Writes the folded form of one word, without apostrophes, into `into`. ASCII words, which are
/// most, skip the general folding.
fn fold_word(word: &str, into: &mut String) {
    into.clear();
    if word.is_ascii() {
        into.push_str(word);
        into.make_ascii_lowercase();
        if into.contains('\'') {
            into.retain(|c| c != '\'');
        }
    } else {
        into.extend(fold(word).chars().filter(|c| *c != '\''));
    }
}

/// Hashes bytes with FNV-1a and the final mix of `MurmurHash3`, so that the low bits may serve as a
/// sample.
pub(crate) fn hash(bytes: &[u8]) -> u32 {
    let sum = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    });
    mix(sum)
}

/// Combines two hashes into one. The order matters.
pub(crate) fn pair(first: u32, second: u32) -> u32 {
    mix(u64::from(first) << 32 | u64::from(second))
}

/// One key out of two, in which their order counts: wide enough for the runs of words of any corpus.
pub(super) fn pair_of_keys(first: u64, second: u64) -> u64 {
    mix_wide(mix_wide(first).wrapping_add(second))
}

fn mix(sum: u64) -> u32 {
    mix_wide(sum) as u32
}

fn mix_wide(mut sum: u64) -> u64 {
    sum = (sum ^ (sum >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    sum = (sum ^ (sum >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    sum ^ (sum >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_of(text: &str) -> Vec<u32> {
        let all = ByteSpan::new(0, text.len());
        tokens_of(text, all, None).iter().map(|t| t.word).collect()
    }

    #[test]
    fn spellings_of_one_word_read_alike() {
        for (a, b) in [
            ("Jong-un", "Jong Un"),
            ("Ma’ruf", "Ma'ruf"),
            ("Müller", "muller"),
            ("Jong‑un", "jong un"),
        ] {
            assert_eq!(words_of(a), words_of(b), "{a} and {b}");
        }
    }

    #[test]
    fn what_is_remembered_of_a_word_is_what_is_found_of_it() {
        let text =
            "Rusia, rusia; Ma’ruf. Jong-un, pertanggungjawaban RUSIA RUS Ma’ruf Jong‑un Rusi";
        let all = ByteSpan::new(0, text.len());
        let (mut reader, mut twice) = (Reader::of_many(None), Vec::new());
        reader.read(text, all, &mut twice);
        reader.read(text, all, &mut twice);
        let once = tokens_of(text, all, None);
        assert_eq!(twice, [once.clone(), once].concat());
    }

    #[test]
    fn every_token_lies_on_its_letters() {
        let text = "“Ayo,” kata Kim Jong‑un. Rusia-Korut";
        let found = tokens_of(text, ByteSpan::new(0, text.len()), None);
        let shown: Vec<_> = found.iter().map(|t| t.span.of(text)).collect();
        assert_eq!(
            shown,
            ["Ayo", "kata", "Kim", "Jong", "un", "Rusia", "Korut"]
        );
        let opens: Vec<_> = found.iter().filter(|t| t.gap == Gap::Opens).collect();
        assert_eq!(
            opens.len(),
            3,
            "the passage, the words after the marks, the sentence"
        );
    }
}
