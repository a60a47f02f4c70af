//! Tokens: words with what the lexicon knows of them, punctuation and quotation marks, made in one
//! walk over a paragraph.

use super::lexicon::{Lexicon, WordHash, WordMap};
use crate::language::{MarkUse, NamePatterns, Roles};
use crate::text::{ByteSpan, fold_char, letters, mark_entity};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A word in small letters.
    Lower,
    /// A word with a capital first.
    Capital,
    /// A word in capitals, of two letters or more.
    Upper,
    /// The name of an account: `@rina_halim`.
    Account,
    /// Begins with a digit.
    Number,
    Comma,
    /// `.`, `?`, `!`, `…`
    Stop,
    Colon,
    Semicolon,
    Dash,
    Open,
    Close,
    Other,
    /// A quotation mark; `hash` holds its character.
    Mark,
    /// A whole quotation with its marks; `hash` holds its index.
    Quote,
}

/// A word, a sign, or (once paired) a whole quotation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub start: u32,
    pub end: u32,
    pub hash: WordHash,
    pub roles: Roles,
    pub kind: Kind,
    /// Whether a capital stands behind its first letter.
    has_inner_capital: bool,
}

impl Token {
    /// One that stands for the whole quotation of this number.
    pub fn quote(outer: ByteSpan, number: usize, ending: Roles) -> Self {
        Self {
            hash: number as u64,
            roles: ending,
            ..plain(outer.start as usize, outer.len(), Kind::Quote)
        }
    }

    /// Its place in the text.
    pub fn span(&self) -> ByteSpan {
        ByteSpan {
            start: self.start,
            end: self.end,
        }
    }

    /// Whether it plays any of these parts.
    #[inline]
    pub fn is(&self, roles: Roles) -> bool {
        self.roles.any(roles)
    }

    /// Whether it is a word of any shape.
    pub fn is_word(&self) -> bool {
        matches!(
            self.kind,
            Kind::Lower | Kind::Capital | Kind::Upper | Kind::Account | Kind::Number
        )
    }

    /// Its end without a possessive `’s`.
    pub fn base_end(&self) -> u32 {
        if self.is(Roles::POSSESSIVE) {
            self.end - 2
        } else if self.is(Roles::POSSESSIVE_CURLY) {
            self.end - 4
        } else {
            self.end
        }
    }

    /// Whether it begins with a capital, or names an account.
    pub fn is_capital(&self) -> bool {
        matches!(self.kind, Kind::Capital | Kind::Upper | Kind::Account)
    }
}

/// The tokens of a paragraph or a part of one, with what tells a name among them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tokens<'a> {
    all: &'a [Token],
    /// What in a run of capitals is a name.
    pub names: &'a NamePatterns,
}

impl<'a> Tokens<'a> {
    /// These tokens, read by these patterns.
    pub fn new(all: &'a [Token], names: &'a NamePatterns) -> Self {
        Self { all, names }
    }

    /// The tokens in `range`; none where it does not fit.
    pub fn part(self, range: std::ops::Range<usize>) -> Self {
        Self {
            all: self.all.get(range).unwrap_or_default(),
            ..self
        }
    }
}

impl std::ops::Deref for Tokens<'_> {
    type Target = [Token];

    fn deref(&self) -> &[Token] {
        self.all
    }
}

/// Appends the tokens of `text[span]` to `out`.
pub(crate) fn tokenise(text: &str, span: ByteSpan, lexicon: &Lexicon, out: &mut Vec<Token>) {
    let first = out.len();
    let mut at = span.start as usize;
    let end = text.len().min(span.end as usize);
    let bytes = &text.as_bytes()[..end];
    while let Some(&byte) = bytes.get(at) {
        if byte == b'-'
            && let Some(token) = out.get_mut(first..).and_then(<[_]>::last_mut)
            && let Some(end) = broken_word(text, token, at, end)
        {
            *token = word(text, token.start as usize, token.end as usize, lexicon);
            token.end = end as u32;
            token.hash = joined_hash(token.span().of(text));
            token.roles = lexicon.roles(token.hash) | Roles::BROKEN;
            at = end;
            continue;
        }
        let token = match byte {
            b'&' if blank_entity(text, at, end).is_some() => {
                at += blank_entity(text, at, end).unwrap_or(1);
                continue;
            }
            b' ' | b'\t' | b'\n' | b'\r' => {
                at += 1;
                continue;
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => word(text, at, end, lexicon),
            0x80.. => match wide(text, at, end, lexicon) {
                Ok(token) => token,
                Err(width) => {
                    at += width;
                    continue;
                }
            },
            b'@' => handle(text, at, end).unwrap_or_else(|| sign(bytes, at, end)),
            b'&' => entity(text, at, end).unwrap_or_else(|| ampersand(text, at, end, lexicon)),
            _ => sign(bytes, at, end),
        };
        at = token.end as usize;
        // Nearly every word has a space behind it.
        at += usize::from(bytes.get(at) == Some(&b' '));
        push(text, token, lexicon, out);
    }
}

/// Appends a word or sign to `out`: glued and compound words as the words of which they consist.
fn push(text: &str, token: Token, lexicon: &Lexicon, out: &mut Vec<Token>) {
    out.push(token);
    while let Some(token) = out.last_mut()
        && let Some(cut) = glued(text, token, lexicon)
    {
        // Read the two halves as words of their own.
        let behind = word(text, cut, token.end as usize, lexicon);
        *token = word(text, token.start as usize, cut, lexicon);
        out.push(behind);
    }
    if lexicon.nouns_capitalised
        && let Some(token) = out.pop_if(|t| t.kind == Kind::Capital && t.roles.is_empty())
    {
        compound(text, token, lexicon, out);
    } else if let Some(token) = out.last_mut()
        && token.kind == Kind::Lower
        && token.roles.is_empty()
    {
        token.roles |= made_adverb(text, token, lexicon);
    }
}

/// The role of an unknown word that ends as adverbs do: `adamantly`.
fn made_adverb(text: &str, token: &Token, lexicon: &Lexicon) -> Roles {
    const SHORTEST: usize = 6;
    let word = token.span().of(text);
    let mut endings = lexicon.adverb_endings.iter();
    if word.len() >= SHORTEST && endings.any(|ending| word.ends_with(&**ending)) {
        Roles::ADVERB
    } else {
        Roles::NONE
    }
}

/// Where the word ends that a hyphen at `at` and a line's end cut in two: `Dan-⏎ny`.
fn broken_word(text: &str, before: &Token, at: usize, end: usize) -> Option<usize> {
    let letters = matches!(before.kind, Kind::Lower | Kind::Capital);
    let rest = text.get(at + 1..end)?;
    let line = rest
        .strip_prefix("\r\n")
        .or_else(|| rest.strip_prefix('\n'))?;
    let line = line.trim_start_matches(' ');
    let width = line
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(line.len());
    let carries_on = line.starts_with(char::is_lowercase) && width > 1;
    let start = at + 1 + rest.len() - line.len();
    (letters && before.end as usize == at && carries_on).then_some(start + width)
}

/// The hash of a word without the hyphen and line's end inside it.
fn joined_hash(word: &str) -> WordHash {
    let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
    letters::hash_word(&letters)
}

/// Appends an unknown word with what it can do as a compound; one whose head gives the words of
/// whom its first part names (`Polizeiangaben`) as two.
fn compound(text: &str, token: Token, lexicon: &Lexicon, out: &mut Vec<Token>) {
    let word_of = |start, end| word(text, start, end, lexicon);
    let (start, end) = (token.start as usize, token.end as usize);
    match lexicon.compound(token.span().of(text)) {
        Some((cut, roles)) if roles.any(Roles::POSTPOSED) => {
            out.push(word_of(start, start + cut));
            out.push(word_of(start + cut, end));
        }
        Some((_, roles)) => out.push(Token { roles, ..token }),
        None => out.push(token),
    }
}

/// A token that begins with a character outside ASCII; the width of one that is to be skipped.
fn wide(text: &str, at: usize, end: usize, lexicon: &Lexicon) -> Result<Token, usize> {
    let c = text.get(at..).and_then(|rest| rest.chars().next());
    let c = c.ok_or(1_usize)?;
    let width = c.len_utf8();
    if lexicon.mark(c).is_some() {
        return Ok(mark(at, width, c));
    }
    if is_letter(c) {
        return Ok(word(text, at, end, lexicon));
    }
    let kind = match c {
        '–' | '—' | '―' => Kind::Dash,
        '…' => Kind::Stop,
        c if c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}' => return Err(width),
        _ => Kind::Other,
    };
    Ok(plain(at, width, kind))
}

fn plain(at: usize, width: usize, kind: Kind) -> Token {
    Token {
        start: at as u32,
        end: (at + width) as u32,
        hash: 0,
        roles: Roles::NONE,
        kind,
        has_inner_capital: false,
    }
}

fn mark(at: usize, width: usize, c: char) -> Token {
    Token {
        hash: u64::from(u32::from(c)),
        ..plain(at, width, Kind::Mark)
    }
}

fn sign(bytes: &[u8], at: usize, end: usize) -> Token {
    let next = bytes.get(at + 1).filter(|_| at + 1 < end).copied();
    match bytes[at] {
        b'"' => mark(at, 1, '"'),
        // Two single marks are a double one (wire copy).
        b'\'' if next == Some(b'\'') => mark(at, 2, '"'),
        b'`' if next == Some(b'`') => mark(at, 2, '"'),
        b'\'' => mark(at, 1, '\''),
        b'`' => mark(at, 1, '`'),
        b',' => plain(at, 1, Kind::Comma),
        b'.' | b'?' | b'!' => plain(at, 1, Kind::Stop),
        b':' => plain(at, 1, Kind::Colon),
        b';' => plain(at, 1, Kind::Semicolon),
        b'-' => plain(at, if next == Some(b'-') { 2 } else { 1 }, Kind::Dash),
        b'(' | b'[' => plain(at, 1, Kind::Open),
        b')' | b']' => plain(at, 1, Kind::Close),
        _ => plain(at, 1, Kind::Other),
    }
}

/// A quotation mark that a page has left as an entity.
fn entity(text: &str, at: usize, end: usize) -> Option<Token> {
    let (c, width) = mark_entity(text.get(at..end)?)?;
    Some(mark(at, width, c))
}

/// The width of a blank that a page has left as an entity, maybe twice over.
fn blank_entity(text: &str, at: usize, end: usize) -> Option<usize> {
    let rest = text.get(at..end)?;
    ["&nbsp;", "&amp;nbsp;"]
        .iter()
        .find(|entity| rest.starts_with(**entity))
        .map(|entity| entity.len())
}

/// `&`, also where a page has left it as an entity: it joins as a word does.
fn ampersand(text: &str, at: usize, end: usize, lexicon: &Lexicon) -> Token {
    let entity = text
        .get(at..end)
        .is_some_and(|rest| rest.starts_with("&amp;"));
    Token {
        roles: lexicon.roles(letters::hash_word("&")),
        hash: letters::hash_word("&"),
        ..plain(at, if entity { 5 } else { 1 }, Kind::Lower)
    }
}

/// The name of an account (`@rina_halim.news`), which stands as any name does; an address of
/// electronic mail is none.
fn handle(text: &str, at: usize, end: usize) -> Option<Token> {
    let before = text.get(..at)?;
    if before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')) {
        return None;
    }
    let rest = text.get(at + 1..end)?;
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    let name = rest.get(..rest.find(|c| !inner(c)).unwrap_or(rest.len()))?;
    let name = name.trim_end_matches('.');
    (name.len() > 1).then(|| Token {
        hash: letters::hash_word(name),
        ..plain(at, 1 + name.len(), Kind::Account)
    })
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

/// The word at `at`: letters and digits, with single hyphens, apostrophes and inner dots.
#[inline]
fn word(text: &str, at: usize, end: usize, lexicon: &Lexicon) -> Token {
    let bytes = text.as_bytes();
    let run = letters::run(bytes, at, end);
    let stop = at + run.len;
    let goes_on = |byte: &u8| match byte {
        b'-' | b'\'' | b'.' | b',' => joins(text, at, stop, 1, end),
        _ => !byte.is_ascii(),
    };
    if run.len == 0 || stop < end && bytes.get(stop).is_some_and(goes_on) {
        return word_with_signs(text, at, end, lexicon);
    }
    // Nearly all words are letters of ASCII alone.
    Token {
        start: at as u32,
        end: stop as u32,
        hash: run.hash,
        roles: lexicon.roles(run.hash),
        kind: kind_of(text, (at, stop), run.capitals),
        has_inner_capital: run.capitals > u32::from(bytes[at].is_ascii_uppercase()),
    }
}

/// What the word at `at..end` is by its letters, of which so many are capitals.
#[inline]
fn kind_of(text: &str, (at, end): (usize, usize), capitals: u32) -> Kind {
    let bytes = text.as_bytes().get(at..end).unwrap_or_default();
    let word = || text.get(at..end).unwrap_or_default();
    match bytes {
        [b'0'..=b'9', ..] => Kind::Number,
        [.., b'0'..=b'9'] if is_sum(word()) => Kind::Number,
        _ if capitals > 1 && !word().contains(char::is_lowercase) => Kind::Upper,
        [b'A'..=b'Z', ..] => Kind::Capital,
        [0x80..=0xff, ..] if word().starts_with(char::is_uppercase) => Kind::Capital,
        _ => Kind::Lower,
    }
}

/// Whether a word is a sum of money with its sign before it: `Rp566`, `Rp1,5`.
fn is_sum(word: &str) -> bool {
    let figures = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let sign = word.len() - figures.len();
    (1..=3).contains(&sign)
        && figures.len() > 1
        && figures
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
}

/// A word that may hold more than letters of ASCII. Kept apart, so that what nearly every word goes
/// through stays small.
#[inline(never)]
fn word_with_signs(text: &str, at: usize, end: usize, lexicon: &Lexicon) -> Token {
    let bytes = text.as_bytes();
    let mut stop = at;
    let mut capitals = 0_u32;
    let mut apostrophe = None;
    let mut particle = false;
    let mut is_ascii = true;
    loop {
        let run = letters::run(bytes, stop, end);
        stop += run.len;
        capitals += run.capitals;
        let Some(&byte) = bytes.get(stop).filter(|_| stop < end) else {
            break;
        };
        let (folded, width) = match byte {
            0x80.. => {
                let Some(c) = text.get(stop..end).and_then(|rest| rest.chars().next()) else {
                    break;
                };
                let joint = matches!(c, '’' | '‘' | '‐' | '‑');
                if !(is_letter(c) || joint && joins(text, at, stop, c.len_utf8(), end)) {
                    break;
                }
                is_ascii = false;
                capitals += u32::from(c.is_uppercase());
                (fold_char(c), c.len_utf8())
            }
            b'-' | b'\'' | b'.' | b',' if joins(text, at, stop, 1, end) => (char::from(byte), 1),
            _ => break,
        };
        if folded == '\'' {
            apostrophe = Some(stop);
        } else if byte == b'-' && capitals == 0 {
            // `al-Farouk`: a name.
            particle = bytes.get(stop + 1).is_some_and(u8::is_ascii_uppercase)
                && lexicon
                    .roles(letters::hash_word(&text[at..stop]))
                    .any(Roles::PARTICLE);
        }
        stop += width;
    }
    let (base, possessive) = possessive(bytes, apostrophe, stop);
    let hash = if is_ascii {
        letters::hash(bytes, at, base)
    } else {
        letters::hash_word(&text[at..base])
    };
    Token {
        start: at as u32,
        end: stop as u32,
        hash,
        roles: lexicon.roles(hash) | possessive,
        kind: match kind_of(text, (at, stop), capitals) {
            Kind::Lower if particle => Kind::Capital,
            kind => kind,
        },
        has_inner_capital: capitals > u32::from(bytes[at].is_ascii_uppercase()),
    }
}

/// Where the word that ends at `stop` ends without the `'s` of an owner, and how that is written.
fn possessive(bytes: &[u8], apostrophe: Option<usize>, stop: usize) -> (usize, Roles) {
    let ends_in_s = stop.checked_sub(1).and_then(|at| bytes.get(at)) == Some(&b's');
    match apostrophe.filter(|_| ends_in_s) {
        Some(sign) if stop - sign == 2 => (sign, Roles::POSSESSIVE),
        Some(sign) if stop - sign == 4 => (sign, Roles::POSSESSIVE_CURLY),
        _ => (stop, Roles::NONE),
    }
}

/// Where two words were glued together when a page's links were lost: at a capital inside a word
/// (`PresidenRina`), or before a verb of saying (`Rinamengatakan`).
fn glued(text: &str, token: &Token, lexicon: &Lexicon) -> Option<usize> {
    // Shorter words are names as they are: `McCain`, `YouTube`.
    const SHORTEST: usize = 4;
    // So are two pieces with fewer letters together: `SoftBank`.
    const LONGER: usize = 9;
    if token.span().len() < 2 * SHORTEST
        || !matches!(token.kind, Kind::Capital | Kind::Lower)
        || !token.roles.is_empty()
    {
        return None;
    }
    // Nearly every word is told by its capitals alone: without one inside, only a long one with a
    // capital first may be two.
    let ends_in_verb = || {
        // Where nouns are compounds with capitals, a verb at the end is none.
        token.kind == Kind::Capital && token.span().len() >= 10 && !lexicon.nouns_capitalised
    };
    if !token.has_inner_capital && !ends_in_verb() {
        return None;
    }
    let word = token.span().of(text);
    let bytes = word.as_bytes();
    if !bytes.iter().all(u8::is_ascii_alphabetic) {
        return None;
    }
    let start = token.start as usize;
    let inner = (1..bytes.len())
        .find(|&at| bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase());
    if let Some(cut) = inner {
        let lead = lexicon.roles(letters::hash_word(&word[..cut]));
        // `LaCalamita`, `DeSantis`: one name.
        let known = !lead.is_empty() && !lead.any(Roles::PARTICLE);
        let long = cut >= SHORTEST && bytes.len() - cut >= SHORTEST && bytes.len() >= LONGER;
        return (known || long).then_some(start + cut);
    }
    if !ends_in_verb() {
        return None;
    }
    let saying = Roles::VERB.with(Roles::NEEDS_COMPLEMENT);
    (3..bytes.len() - 5)
        .find(|&cut| lexicon.roles(letters::hash_word(&word[cut..])).any(saying))
        .map(|cut| start + cut)
}

/// The pieces of a word that is glued behind a name which `names` hold (`Marsandatertuju`), if it is one.
pub(crate) fn behind_name(
    text: &str,
    token: &Token,
    lexicon: &Lexicon,
    names: &WordMap<u32>,
) -> Option<[Token; 2]> {
    const NAME: usize = 4;
    const REST: usize = 4;
    /// A longer one is no name with a word behind it, and each of its beginnings would be hashed.
    const LONGEST: usize = 64;
    let word_of = |start: usize, end: usize| word(text, start, end, lexicon);
    let unknown = token.kind == Kind::Capital && token.roles.is_empty();
    let words = token.span().of(text);
    if !unknown || !(NAME + REST..=LONGEST).contains(&words.len()) || !words.is_ascii() {
        return None;
    }
    let often = |word: &str| {
        names
            .get(&letters::hash_word(word))
            .is_some_and(|count| *count > 1)
    };
    if names.get(&token.hash).is_some_and(|count| *count > 1) {
        return None;
    }
    // What follows is a word of its own: a known one, or one that begins as verbs do.
    let is_word = |rest: &str| {
        let verbal = lexicon
            .verb_prefixes
            .iter()
            .any(|prefix| rest.starts_with(&**prefix));
        verbal || !lexicon.roles(letters::hash_word(rest)).is_empty()
    };
    let cut = (NAME..=words.len() - REST)
        .rev()
        .find(|&cut| often(&words[..cut]) && is_word(&words[cut..]))?;
    let cut = token.start as usize + cut;
    Some([
        word_of(token.start as usize, cut),
        word_of(cut, token.end as usize),
    ])
}

/// Whether the sign at `sign` joins what is before and behind it into one word.
fn joins(text: &str, start: usize, sign: usize, width: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let next = sign + width;
    if sign == start || next >= end {
        return false;
    }
    let (before, after) = (bytes[sign - 1], bytes[next]);
    match bytes[sign] {
        // `Kompas.com`, `1.229`, `U.S`, `TEMPO.CO`; not `terjadi.Ia`.
        b'.' => {
            after.is_ascii_lowercase() && before.is_ascii_alphanumeric()
                || after.is_ascii_digit() && before.is_ascii_digit()
                || after.is_ascii_uppercase() && before.is_ascii_uppercase()
        }
        b',' => after.is_ascii_digit() && before.is_ascii_digit(),
        _ => {
            after.is_ascii_alphanumeric()
                || after >= 0x80
                    && text
                        .get(next..)
                        .and_then(|r| r.chars().next())
                        .is_some_and(is_letter)
        }
    }
}

/// Replaces runs of word tokens from `first` on that make phrases by one token each; the longest phrase wins.
pub(crate) fn join_phrases(tokens: &mut Vec<Token>, first: usize, lexicon: &Lexicon) {
    let (mut kept, mut at) = (first, first);
    while let Some(rest) = tokens.get(at..).filter(|rest| !rest.is_empty()) {
        // Nearly all tokens begin no phrase.
        let plain = rest.iter().position(|t| t.is(Roles::PHRASE));
        let plain = plain.unwrap_or(rest.len());
        let (single, joined) = match phrase(&rest[plain..], lexicon) {
            Some((phrase, used)) => (plain, Some((phrase, used))),
            None => (rest.len().min(plain + 1), None),
        };
        if kept < at {
            tokens.copy_within(at..at + single, kept);
        }
        kept += single;
        at += single;
        if let Some((phrase, used)) = joined {
            tokens[kept] = phrase;
            kept += 1;
            at += used;
        }
    }
    tokens.truncate(kept);
}

/// The phrase with which `tokens` begin, as one token, and how many of them it takes.
fn phrase(tokens: &[Token], lexicon: &Lexicon) -> Option<(Token, usize)> {
    let (first, behind) = tokens.split_first()?;
    if !first.is(Roles::PHRASE) {
        return None;
    }
    let fits = |rest: &[WordHash]| {
        behind.len() >= rest.len()
            && rest
                .iter()
                .zip(behind)
                .all(|(want, have)| *want == have.hash && have.is_word())
    };
    let mut phrases = lexicon.phrases(first.hash).iter();
    let phrase = phrases.find(|phrase| fits(&phrase.rest))?;
    let used = 1 + phrase.rest.len();
    let last = tokens.get(used - 1)?;
    let token = Token {
        end: last.end,
        hash: letters::more(first.hash, last.hash),
        roles: phrase.roles,
        ..*first
    };
    Some((token, used))
}

/// What a mark token may do.
pub(crate) fn mark_use(token: &Token, lexicon: &Lexicon) -> MarkUse {
    char::from_u32(token.hash as u32)
        .and_then(|c| lexicon.mark(c))
        .unwrap_or_default()
}

/// A paragraph, by the range of its tokens in those of the article.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paragraph {
    pub first: usize,
    pub last: usize,
}
