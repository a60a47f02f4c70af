//! Folding: the same form for letters that a reader takes as equal (by case, accents, apostrophes).

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Folds `text`: lower case, no accents, plain apostrophes, hyphens and spaces.
///
/// The result is for comparing, not for display. It does not keep lengths or offsets.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            folded.push(plain(c).to_ascii_lowercase());
        } else {
            each_base(c, |base| folded.extend(fold_one(base)));
        }
    }
    folded
}

/// Removes accents like [`fold`], but keeps the case of the letters.
pub fn unaccented(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut bare = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            bare.push(plain(c));
        } else {
            each_base(c, |base| bare.push(plain(base)));
        }
    }
    bare
}

/// Returns the folded form of `c`, or the first letter of it if there are several. For loops that
/// must keep offsets.
#[inline]
pub fn fold_char(c: char) -> char {
    if c.is_ascii() {
        c.to_ascii_lowercase()
    } else {
        fold_beyond_ascii(c)
    }
}

fn fold_beyond_ascii(c: char) -> char {
    let mut first = None;
    each_base(c, |base| {
        first.get_or_insert(base);
    });
    let base = first.unwrap_or(c);
    fold_one(base).next().unwrap_or(base)
}

/// Calls `found` with each letter of the compatibility decomposition (NFKD) of `c`, without
/// combining marks. Decomposing a whole text at once would only reorder marks, so decomposing
/// letter by letter gives the same result and needs no buffer.
fn each_base(c: char, mut found: impl FnMut(char)) {
    decompose_compatible(c, |part| {
        if !is_combining_mark(part) {
            found(part);
        }
    });
}

fn fold_one(c: char) -> impl Iterator<Item = char> {
    plain(c).to_lowercase()
}

fn plain(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | '`' | '´' | 'ʻ' => '\'',
        '‐' | '‑' | '–' | '—' | '−' => '-',
        'ø' => 'o',
        'Ø' => 'O',
        'ł' => 'l',
        'Ł' => 'L',
        'đ' => 'd',
        'Đ' => 'D',
        'ı' => 'i',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    /// The definition of folding, written with iterators over the whole text, with which the fast
    /// version is compared.
    fn plainly(text: &str, last: impl Fn(char) -> String) -> String {
        let bare = text.nfkd().filter(|c| !is_combining_mark(*c));
        bare.map(last).collect()
    }

    proptest! {
        #[test]
        fn folding_letter_by_letter_gives_what_the_definition_gives(text in ".{0,12}|[a`é가ﬁÅ\u{301}\u{323}’–]{0,8}") {
            let small = |c: char| fold_one(c).collect::<String>();
            let fold_plainly = if text.is_ascii() {
                text.to_ascii_lowercase()
            } else {
                plainly(&text, small)
            };
            prop_assert_eq!(fold(&text), fold_plainly);
            if !text.is_ascii() {
                prop_assert_eq!(unaccented(&text), plainly(&text, |c| plain(c).to_string()));
            }
        }
    }

    #[test]
    fn what_reads_alike_folds_alike() {
        for (a, b) in [
            ("Ma’ruf Amin", "ma'ruf amin"),
            ("Jum‘at", "jum'at"),
            ("Müller", "muller"),
            ("Kim Jong–un", "kim jong-un"),
            ("A\u{a0}B", "a b"),
            ("Łódź", "lodz"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} and {b}");
        }
    }
}
