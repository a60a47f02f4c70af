//! Which words make a name: runs of capitals, and what is stripped from them.

use super::lexicon::{LED, SAYING, WordMap, WordSet};
use super::tokens::{Kind, Paragraph, Token, Tokens};
use crate::language::{Roles, WordShape};

/// What never is part of a name, whatever its capital.
const PLAIN: Roles = Roles::FUNCTION
    .with(Roles::DETERMINER)
    .with(Roles::PREPOSITION)
    .with(Roles::SUBORDINATOR)
    .with(Roles::COORDINATOR)
    .with(Roles::TIME)
    .with(Roles::OPENER)
    .with(Roles::PRONOUN)
    .with(Roles::VERB)
    .with(Roles::NEEDS_COMPLEMENT)
    .with(Roles::ACCORDING)
    .with(Roles::INVERTED)
    .with(Roles::CLITIC)
    .with(Roles::PASSIVE)
    .with(Roles::CARRIER)
    .with(Roles::COMPLEMENTISER)
    .with(Roles::AUXILIARY)
    .with(Roles::ADVERB)
    .with(Roles::BACK_REFERENCE)
    .with(Roles::RELATIVE)
    .with(Roles::FINITE)
    .with(Roles::FIRST_PERSON)
    .with(Roles::NOUN);

/// What stands before a name without being part of it.
pub(crate) const TITLE: Roles = Roles::OFFICE
    .with(Roles::HONORIFIC)
    .with(Roles::PLACE)
    .with(Roles::ORGANISATION);

/// Whether the comma at `comma` stands inside the title of an office with several charges:
/// `Menteri Pendidikan, Kebudayaan, Riset, dan Teknologi`.
pub(crate) fn joins_charges(tokens: &[Token], comma: usize) -> bool {
    let charge = |token: &Token| token.is_capital() && token.is(Roles::PORTFOLIO);
    let Some(before) = comma.checked_sub(1).and_then(|at| tokens.get(at)) else {
        return false;
    };
    let behind = tokens.get(comma + 1).map_or(comma, |next| {
        comma + 1 + usize::from(next.is(Roles::COORDINATOR))
    });
    tokens[comma].kind == Kind::Comma
        && ((charge(before) || before.is_capital() && before.is(Roles::OFFICE))
            && tokens.get(behind).is_some_and(charge)
            || lists_charges(tokens, comma))
}

/// Whether the comma at `comma` stands in a list of single words that an office or body opens and `, and`
/// closes: `Kepala Pusat Data, Informasi, dan Komunikasi`.
fn lists_charges(tokens: &[Token], comma: usize) -> bool {
    const REACH: usize = 8;
    let lead = Roles::OFFICE.with(Roles::ORGANISATION);
    let plain = |token: &Token| token.kind == Kind::Capital && !token.is(Roles::KNOWN_SPEAKER);
    let is_comma = |at: usize| tokens.get(at).is_some_and(|t| t.kind == Kind::Comma);
    let is_and = |at: usize| {
        let token = tokens.get(at);
        token.is_some_and(|t| t.kind == Kind::Lower && t.is(Roles::COORDINATOR))
    };
    // Back to the word that opens the list, and on to the conjunction that closes it.
    let mut first = comma;
    while first >= 2 && plain(&tokens[first - 1]) && is_comma(first - 2) && comma - first < REACH {
        first -= 2;
    }
    let Some([opener, item]) = first
        .checked_sub(2)
        .and_then(|from| tokens.get(from..first))
    else {
        return false;
    };
    let mut last = comma;
    while tokens.get(last + 1).is_some_and(plain) && is_comma(last + 2) && last - comma < REACH {
        last += 2;
    }
    let closes = is_and(last + 1) && tokens.get(last + 2).is_some_and(plain);
    opener.is_capital() && opener.is(lead) && plain(item) && closes
}

/// Whether `token` can be part of a name.
pub(crate) fn is_name_word(token: &Token) -> bool {
    token.is_capital() && !token.is(PLAIN)
}

/// Longer runs of name words are lists without commas, or hostile.
const LONGEST: usize = 24;

/// The run of name words that begins at `at`: capitals, with particles between two of them.
pub(crate) fn run(tokens: &[Token], at: usize) -> usize {
    if tokens
        .get(at)
        .is_some_and(|token| token.kind == Kind::Account)
    {
        return at + 1;
    }
    let mut end = at;
    while let Some(token) = tokens.get(end).filter(|_| end - at < LONGEST) {
        if token.kind == Kind::Account || is_glued(tokens, at, end) {
            break;
        }
        let part = is_name_word(token)
            || joins_name(tokens, at, end)
            || joins_body(tokens, at, end)
            || goes_on(tokens, at, end);
        if !part {
            break;
        }
        end += 1;
    }
    end
}

/// Whether nothing parts the capital at `at` from a word of the run that begins at `first`:
/// `MaduroTrump`, two pieces of a page.
fn is_glued(tokens: &[Token], first: usize, at: usize) -> bool {
    let Some([before, token]) = tokens.get(at.max(first + 1) - 1..=at) else {
        return false;
    };
    before.end == token.start && token.is_capital() && before.is_capital() && !before.is(TITLE)
}

/// Whether the small word or the full stop at `at` joins the words of a name that begins at `first`:
/// `Rina binti Halim`, `dr. Rina Halim`, `R. Halim`.
fn joins_name(tokens: &[Token], first: usize, at: usize) -> bool {
    let Some(token) = tokens.get(at) else {
        return false;
    };
    let joins = match token.kind {
        Kind::Lower => {
            // `John Moore von Lareng Rights Watch`: where someone is from, not a part of the name.
            let of_body = || {
                token.is(Roles::ORIGIN) && is_name_word_at(tokens, at + 2)
                    || token.is(Roles::PREPOSITION) && !token.is(Roles::ORIGIN)
            };
            (at > first || token.is(Roles::HONORIFIC))
                && token.is(Roles::PARTICLE.with(Roles::HONORIFIC))
                && !of_body()
        }
        Kind::Stop => {
            let short = Roles::HONORIFIC.with(Roles::ABBREVIATION);
            let ends = |before: &Token| {
                before.end == token.start && (before.span().len() == 1 || before.is(short))
            };
            at > first && token.span().len() == 1 && tokens.get(at - 1).is_some_and(ends)
        }
        _ => false,
    };
    joins && is_name_word_at(tokens, at + 1)
}

/// Whether the small word at `at` stands inside the name of a body or the title of an office in the
/// capitals that begin at or behind `first`: `Academy of Lareng`, `Minister of Transport`.
pub(crate) fn joins_body(tokens: &[Token], first: usize, at: usize) -> bool {
    let joint = tokens
        .get(at)
        .is_some_and(|token| token.kind == Kind::Lower && token.is(Roles::BODY_PARTICLE));
    let body = |token: &Token| token.is(Roles::ORGANISATION);
    let office = |before: &Token| before.is_capital() && before.is(Roles::OFFICE);
    let led = at > first && tokens.get(at - 1).is_some_and(office);
    joint
        && tokens
            .get(first..at)
            .is_some_and(|words| led || words.iter().rev().take_while(|t| t.is_capital()).any(body))
        && tokens.get(at + 1).is_some_and(is_name_word)
}

/// Whether a run that names an office or body goes on behind `and` or a stroke: `Menteri Riset dan
/// Teknologi/Kepala Badan …`.
fn goes_on(tokens: &[Token], first: usize, at: usize) -> bool {
    let Some(token) = tokens.get(at).filter(|_| at > first) else {
        return false;
    };
    let joint = token.kind == Kind::Lower && token.is(Roles::COORDINATOR.with(Roles::ADVERB))
        || token.kind == Kind::Other
            && token.span().len() == 1
            && tokens[at - 1].end == token.start;
    if joint && token.is(Roles::COORDINATOR) && names_one_body(tokens, &tokens[first..at], at) {
        return true;
    }
    if joint && token.is(Roles::COORDINATOR) && joins_fields(tokens, first, at) {
        return true;
    }
    if !joint
        || !tokens
            .get(at + 1)
            .is_some_and(|next| is_name_word(next) && !next.is(Roles::KNOWN_SPEAKER))
    {
        return false;
    }
    let part = &tokens[first..at];
    // `Kantor Berita Pusat resmi Korea`
    let official =
        token.kind == Kind::Lower && token.is(Roles::ADVERB) && tokens[at + 1].is(Roles::PLACE);
    if official && part.iter().any(|t| t.is(Roles::AGENCY)) {
        return true;
    }
    if token.is(Roles::ADVERB) {
        return false;
    }
    let body = part.iter().any(|t| t.is(Roles::ORGANISATION));
    let stroke = token.kind == Kind::Other;
    let led = part[0].is(Roles::OFFICE);
    let plain = part.iter().rev().take_while(|t| !t.is(TITLE)).count();
    let heard = part.iter().any(|t| t.is(Roles::KNOWN_SPEAKER));
    let next_office = tokens[at + 1].is(Roles::OFFICE.with(Roles::HONORIFIC));
    // `Kepala Bagian Dukungan Kajian dan Penelitian Komisi Rina Halim`: the name comes later.
    let later = tokens[at + 1..]
        .iter()
        .take(LONGEST)
        .take_while(|t| is_name_word(t))
        .any(|t| t.is(Roles::KNOWN_SPEAKER));
    if led && !heard && !next_office && later {
        return true;
    }
    !heard && (led || body) && (stroke || !next_office && (body || plain <= 1))
}

/// Whether the conjunction at `at` joins two fields of a body whose name begins at or behind `first`:
/// `Department of Roads and Harbours`.
pub(crate) fn joins_fields(tokens: &[Token], first: usize, at: usize) -> bool {
    const FIELD: usize = 3;
    let of = (first + 1..at)
        .rev()
        .take(FIELD + 1)
        .find(|&of| tokens[of].kind == Kind::Lower && tokens[of].is(Roles::BODY_PARTICLE));
    let body = of.is_some_and(|of| {
        let lead = &tokens[of - 1];
        lead.is_capital() && lead.is(Roles::ORGANISATION)
    });
    let next = tokens.get(at + 1..).unwrap_or_default();
    let field = next.iter().take_while(|t| is_name_word(t)).count();
    let titled = next.first().is_some_and(|t| t.is(Roles::HONORIFIC));
    body && (1..=2).contains(&field) && !titled
}

/// Whether the conjunction at `at` joins `part` and what follows into the name of one body: `Devon and
/// Cornwall Police`, `Lareng Fish and Game Department`.
fn names_one_body(tokens: &[Token], part: &[Token], at: usize) -> bool {
    let plain = |t: &Token| !t.is(TITLE.with(Roles::KNOWN_SPEAKER)) || t.is(Roles::PLACE);
    let next = tokens.get(at + 1..).unwrap_or_default();
    let next = next.iter().take_while(|t| is_name_word(t));
    let (count, last) = next.fold((0, None), |(count, _), token| (count + 1, Some(token)));
    let ends = |roles| last.is_some_and(|t| t.is(roles) && !t.is(Roles::KNOWN_SPEAKER));
    let police = part.len() == 1 && ends(Roles::BODY_OFFICE);
    let placed = part.iter().any(|t| t.is(Roles::PLACE)) && ends(Roles::ORGANISATION);
    count > 1 && part.iter().all(plain) && (police || placed && part.len() > 1)
}

/// The name inside a run, without offices before and degrees behind; `None` where the run is
/// nothing but titles. The patterns of the packs tell.
pub(crate) fn strip(tokens: Tokens<'_>, first: usize, last: usize) -> Option<(usize, usize)> {
    let behind = |token: &Token| {
        token.is(Roles::SUFFIX) && !token.is(Roles::OFFICE) || token.kind == Kind::Stop
    };
    let run = tokens.get(first..last)?;
    let degrees = run.iter().rev().take_while(|token| behind(token)).count();
    let run = run
        .get(..run.len() - degrees)
        .filter(|run| !run.is_empty())?;
    let titled = run.iter().any(|token| token.is(SHAPED));
    let before = first.checked_sub(1).and_then(|at| tokens.get(at));
    // Nearly every run is nothing but a name.
    let led =
        |token: &Token| token.is(Roles::ORIGIN.with(Roles::OFFICE)) || token.kind == Kind::Close;
    if !titled && !before.is_some_and(led) {
        return Some((first, first + run.len()));
    }
    // `Menteri Pertanian (Mentan) Rina Halim`: the name begins right behind the office.
    let glossed = first.checked_sub(2).and_then(|at| tokens.get(at));
    let before = before
        .filter(|token| token.kind != Kind::Close || !glossed.is_some_and(|t| t.is(Roles::OFFICE)));
    let mut shapes = [WordShape::default(); LONGEST];
    let shapes = shapes.get_mut(..run.len())?;
    for (shape, token) in shapes.iter_mut().zip(run) {
        *shape = shape_of(token);
    }
    let shape = |token: Option<&Token>| token.map_or(WordShape::default(), shape_of);
    let beside = (shape(before), shape(tokens.get(first + run.len())));
    let (from, to) = tokens.names.find(beside, shapes)?.words?;
    Some((first + from, first + to))
}

/// What keeps a run from being a name as it stands.
const SHAPED: Roles = TITLE
    .with(Roles::BODY_END)
    .with(Roles::POSSESSIVE)
    .with(Roles::POSSESSIVE_CURLY);

fn shape_of(token: &Token) -> WordShape {
    let lower = token.kind == Kind::Lower;
    let upper = token.kind == Kind::Upper;
    let other = token.kind == Kind::Other;
    let owner = Roles::POSSESSIVE.with(Roles::POSSESSIVE_CURLY);
    WordShape::default()
        .with_if(token.is(Roles::OFFICE), WordShape::OFFICE)
        .with_if(token.is(Roles::HONORIFIC), WordShape::ADDRESS)
        .with_if(token.is(Roles::ORGANISATION), WordShape::BODY)
        .with_if(token.is(Roles::BODY_END), WordShape::BODY_END)
        .with_if(token.is(Roles::PLACE), WordShape::PLACE)
        .with_if(token.is(Roles::PLACED), WordShape::PLACED)
        .with_if(token.is(Roles::PORTFOLIO), WordShape::CHARGE)
        .with_if(token.is(Roles::AGENCY), WordShape::AGENCY)
        .with_if(token.is(Roles::KNOWN_SPEAKER), WordShape::KNOWN)
        .with_if(upper, WordShape::UPPER)
        .with_if(upper && token.span().len() >= 3, WordShape::ACRONYM)
        .with_if(upper && token.is(Roles::OFFICE), WordShape::CEO)
        .with_if(token.is_capital() && !upper, WordShape::CAPITAL)
        .with_if(lower, WordShape::LOWER)
        .with_if(lower && token.is(Roles::HONORIFIC), WordShape::FORM)
        .with_if(
            lower && token.is(Roles::COORDINATOR) || other,
            WordShape::AND,
        )
        .with_if(lower && token.is(Roles::BODY_PARTICLE), WordShape::OF)
        .with_if(token.kind == Kind::Stop, WordShape::STOP)
        .with_if(token.is(Roles::ORIGIN), WordShape::ORIGIN)
        .with_if(token.kind == Kind::Comma, WordShape::COMMA)
        .with_if(lower && token.is(Roles::INVERTED), WordShape::CUE)
        .with_if(token.kind == Kind::Close, WordShape::CLOSE)
        .with_if(token.is(owner), WordShape::OWNER)
}

/// Marks every word that is named alone, or as one of two, beside a cue somewhere in the article:
/// by those words a name is told from the office before it.
///
/// Where `inverts` is set, a subject may stand behind any verb of saying (`said Alice`); else what
/// stands there is its object (`meminta Lareng menunggu`).
pub(crate) fn mark_heard(
    tokens: &mut [Token],
    paragraphs: &[Paragraph],
    (capitals, inverts): (&[usize], bool),
) {
    let mut heard = WordSet::default();
    for paragraph in paragraphs {
        let tokens = tokens.get(paragraph.first..paragraph.last).unwrap_or(&[]);
        for (at, token) in tokens.iter().enumerate() {
            if !token.is(LED.with(SAYING)) {
                continue;
            }
            if token.is(LED) {
                note(tokens, at + 1, &mut heard);
            } else if token.kind == Kind::Lower && token.is(SAYING) && !is_noun(tokens, at) {
                let mut end = at;
                while end > 0
                    && tokens[end - 1].kind == Kind::Lower
                    && tokens[end - 1].is(Roles::AUXILIARY)
                {
                    end -= 1;
                }
                let begin = (end.saturating_sub(3)..end)
                    .rev()
                    .take_while(|&i| is_name_word(&tokens[i]))
                    .last();
                if let Some(begin) = begin {
                    note(tokens, begin, &mut heard);
                }
                if inverts {
                    note(tokens, at + 1, &mut heard);
                }
            }
        }
    }
    for &at in capitals {
        if heard.contains(&tokens[at].hash) {
            tokens[at].roles |= Roles::KNOWN_SPEAKER;
            mark_before(tokens, at);
        }
    }
}

/// Whether the verb at `at` is the noun here, for a verb follows it: `Initial estimates indicate`.
fn is_noun(tokens: &[Token], at: usize) -> bool {
    let verb = SAYING.with(Roles::COPULA).with(Roles::FINITE);
    let follows = tokens
        .get(at + 1)
        .is_some_and(|t| t.kind == Kind::Lower && t.is(verb));
    tokens[at].is(Roles::NOMINAL) && follows
}

/// Takes for a name's first word what elsewhere is a word of grammar (`Lalu Halim`, `Dan Halim`),
/// where it has a capital inside a sentence and one who is heard follows, at `at`.
fn mark_before(tokens: &mut [Token], at: usize) {
    const GRAMMAR: Roles = Roles::COORDINATOR.with(Roles::OPENER);
    let Some([inner, before]) = at.checked_sub(2).and_then(|from| tokens.get(from..at)) else {
        return;
    };
    let own = tokens[at].kind == Kind::Capital && !tokens[at].is(TITLE);
    if own && inner.is_word() && before.kind == Kind::Capital && before.is(GRAMMAR) {
        tokens[at - 1].roles = Roles::KNOWN_SPEAKER;
    }
}

/// Marks the words between what an office is in charge of and the name that are common words
/// elsewhere in the article as part of the charge: `Laut` in `Menteri Perhubungan Laut Rina Halim`,
/// where the text also has `laut`.
pub(crate) fn mark_charges(tokens: &mut [Token], capitals: &[usize]) {
    const CHARGE: Roles = Roles::PORTFOLIO.with(Roles::ORGANISATION);
    let is_led = |at: usize, tokens: &[Token]| {
        if tokens[at].kind != Kind::Capital || tokens[at].is(TITLE.with(Roles::KNOWN_SPEAKER)) {
            return false;
        }
        let led = |back: usize, roles: Roles| {
            let led = at.checked_sub(back).and_then(|before| tokens.get(before));
            led.is_some_and(|led| led.is_capital() && led.is(roles))
        };
        // One word alone (`Presiden`) is in charge of nothing that would follow.
        let office = || led(1, Roles::OFFICE) && led(2, Roles::OFFICE);
        (led(1, CHARGE) || office())
            && is_name_word_at(tokens, at + 1)
            && is_name_word_at(tokens, at + 2)
    };
    let led = capitals.iter().filter(|at| is_led(**at, tokens));
    let mut common: WordMap<bool> = led.map(|at| (tokens[*at].hash, false)).collect();
    if common.is_empty() {
        return;
    }
    for token in tokens.iter().filter(|token| token.kind == Kind::Lower) {
        if let Some(known) = common.get_mut(&token.hash) {
            *known = true;
        }
    }
    for &at in capitals {
        if common.get(&tokens[at].hash) == Some(&true) && is_led(at, tokens) {
            tokens[at].roles |= Roles::PORTFOLIO.with(Roles::PLACE);
        }
    }
}

/// Marks every word that stands alone behind a preposition of place somewhere in the article (`di
/// Lareng`), unless it also is heard: by those words a land is told from the name behind it.
pub(crate) fn mark_places(tokens: &mut [Token], capitals: &[usize]) {
    let mut places = WordSet::default();
    for &at in capitals {
        let token = &tokens[at];
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let located = before.is_some_and(|t| t.is(Roles::LOCATIVE));
        let place = located && token.kind == Kind::Capital || is_seat(tokens, at);
        let named = is_name_word(token) && !token.is(TITLE.with(Roles::KNOWN_SPEAKER));
        if place && named && run(tokens, at) == at + 1 {
            places.insert(token.hash);
        }
    }
    for &at in capitals {
        if places.contains(&tokens[at].hash) {
            tokens[at].roles |= Roles::PLACE;
        }
    }
}

/// Whether the word at `at` follows the short form of a body in brackets: `Kantor Imigrasi (Kanim)
/// Lareng`.
fn is_seat(tokens: &[Token], at: usize) -> bool {
    let kind = |back: usize| {
        at.checked_sub(back)
            .and_then(|at| tokens.get(at))
            .map(|t| t.kind)
    };
    if kind(1) != Some(Kind::Close) || kind(3) != Some(Kind::Open) {
        return false;
    }
    let body = tokens.get(at.saturating_sub(8)..at - 3).unwrap_or_default();
    let mut name = body.iter().rev().take_while(|t| t.is_capital());
    name.any(|t| t.is(Roles::ORGANISATION))
}

/// Takes the words of grammar out of the names that have one: they have a capital inside a sentence.
/// One of time stands between two other words of a name, where no time of day or year would (`Raja
/// Juli Antoni`); any other between two (`Simon Tak Leung`), or last (`Ngakan Timur Antara`).
pub(crate) fn mark_named_words(tokens: &mut [Token], capitals: &[usize]) {
    const GRAMMAR: Roles = Roles::PREPOSITION
        .with(Roles::SUBORDINATOR)
        .with(Roles::COORDINATOR)
        .with(Roles::AUXILIARY)
        .with(Roles::NEGATION)
        .with(Roles::FUNCTION);
    const NEVER: Roles = Roles::PRONOUN
        .with(Roles::TIME)
        .with(Roles::RELATIVE)
        .with(Roles::DETERMINER)
        .with(Roles::OPENER)
        .with(TITLE);
    let is_own = |token: &Token| {
        token.kind == Kind::Capital
            && is_name_word(token)
            && !token.is(TITLE)
            && token.end - token.start > 1
    };
    let last = tokens.len().saturating_sub(1);
    for &at in capitals.iter().filter(|at| (1..last).contains(*at)) {
        if tokens[at].kind != Kind::Capital || tokens[at].roles.is_empty() {
            continue;
        }
        let [before, token, next] = [tokens[at - 1], tokens[at], tokens[at + 1]];
        // `said April Moore`: a given name.
        let dated = Roles::PREPOSITION.with(Roles::TIME).with(Roles::ARTICLE);
        let given = token.is(Roles::TIME) && token.is(Roles::FEMALE.with(Roles::MALE));
        if given && is_own(&next) && !before.is(dated) && before.kind != Kind::Number {
            tokens[at].roles = Roles::NONE;
            continue;
        }
        let between = is_own(&before) && is_own(&next);
        let inner = at
            .checked_sub(2)
            .is_some_and(|at| tokens[at].is_word() || tokens[at].kind == Kind::Quote);
        let named = is_own(&before) && inner
            || before.is_capital() && at.checked_sub(2).is_some_and(|at| is_own(&tokens[at]));
        let closes = next.kind == Kind::Comma || next.kind == Kind::Lower && next.is(SAYING);
        let grammar = token.is(GRAMMAR) && !token.is(NEVER);
        if token.is(Roles::TIME) && between || grammar && (between || named && closes) {
            tokens[at].roles = if token.is(Roles::NUMERAL) {
                Roles::PLACE
            } else {
                Roles::NONE
            };
        }
    }
}

/// Marks the common nouns of a language in which every noun has a capital that are built as nouns are
/// (`Bildung`): no one's names, whatever verb stands beside them.
pub(crate) fn mark_built_nouns(tokens: &mut [Token], text: &str, endings: &[Box<str>]) {
    let known = TITLE.with(Roles::PLACE).with(PLAIN);
    for token in tokens {
        let word = token.span().of(text);
        let built = || endings.iter().any(|ending| word.ends_with(&**ending));
        if token.kind == Kind::Capital && !token.is(known) && built() {
            token.roles |= Roles::NOUN;
        }
    }
}

/// Marks the common nouns of a language in which every noun has a capital: single words behind an
/// article (`der neue Notfallplan`), wherever they stand.
pub(crate) fn mark_nouns(tokens: &mut [Token]) {
    /// Adjectives between an article and its noun.
    const ADJECTIVES: usize = 2;
    let known = TITLE.with(Roles::PLACE).with(Roles::KNOWN_SPEAKER);
    let single = |tokens: &[Token], at: usize| {
        let capital = |at: usize| tokens.get(at).is_some_and(Token::is_capital);
        let token = tokens.get(at);
        token.is_some_and(|t| t.kind == Kind::Capital && !t.is(known.with(PLAIN)))
            && !capital(at + 1)
            && !at.checked_sub(1).is_some_and(capital)
    };
    let mut nouns = WordSet::default();
    for (at, token) in tokens.iter().enumerate() {
        if !token.is(Roles::DETERMINER.with(Roles::CONTRACTION)) || token.is(Roles::PRONOUN) {
            continue;
        }
        let adjective = |at: &usize| {
            let token = tokens.get(*at);
            token.is_some_and(|t| t.kind == Kind::Lower && t.roles.is_empty())
        };
        let noun = (at + 1..=at + 1 + ADJECTIVES).find(|at| !adjective(at));
        if let Some(noun) = noun.filter(|&noun| single(tokens, noun)) {
            nouns.extend(tokens.get(noun).map(|t| t.hash));
        }
    }
    for at in 0..tokens.len() {
        if single(tokens, at) && nouns.contains(&tokens[at].hash) {
            tokens[at].roles |= Roles::NOUN;
        }
    }
}

fn note(tokens: &[Token], at: usize, heard: &mut WordSet) {
    if !is_name_word_at(tokens, at) || tokens[at].is(TITLE) {
        return;
    }
    let end = run(tokens, at);
    if end - at <= 2 {
        heard.extend(
            tokens[at..end]
                .iter()
                .filter(|t| is_name_word(t) && !t.is(TITLE))
                .map(|t| t.hash),
        );
    }
}

pub(crate) fn is_name_word_at(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(is_name_word)
}
