//! Pictures' lines: captions and who took the picture.

use crate::text::ByteSpan;

/// Labels of a picture's credit inside a line; each is followed by a colon or by the name.
const LABELS: &[&str] = &[
    "(Foto:",
    "(foto:",
    "(Photo:",
    "(Picture:",
    "(Image:",
    "(Dok",
    "(dok",
    "(Sumber:",
    "(Ilustrasi:",
    "(ANTARA FOTO",
    "(ANTARA/",
    "(Antara/",
    "(Credit:",
    "(Photo by",
    "(AP Photo",
    "(AP/",
    "(REUTERS/",
    "(Reuters/",
    "(AFP/",
    "(Getty",
    "(Liputan6.com/",
    "(Shutterstock",
    "(photo:",
    "(Kredit",
    "(Bild:",
    "(Photo ",
    " Foto: ",
    " Photo: ",
    " Picture: ",
    " Image: ",
    " — Picture by ",
    " - Copyright ",
    "/©",
    "(ist)",
    "[ist]",
    "(Ist)",
    "(IST)",
    "(istimewa)",
    "(Istimewa)",
    "[istimewa]",
    " - ANTARA/",
    " - Antara/",
    " - Bisnis/",
    " - JIBI/",
    " - Reuters/",
    " - REUTERS/",
    "(The Jakarta Post/",
    "(JP/",
    " Foto:",
    "(Antara Foto",
    "[Foto:",
    "©KapanLagi",
];

/// How far from a line's end its credit may begin, in bytes.
const TAIL: usize = 130;

/// Whether a line closes with a picture's credit, or opens with one in capitals.
pub(super) fn has_credit(words: &str) -> bool {
    trailing(words).is_some() || leading(words).is_some()
}

/// Where the credit at the end of a line begins and ends.
fn trailing(words: &str) -> Option<(usize, usize)> {
    let mut from = words.len().saturating_sub(TAIL);
    while !words.is_char_boundary(from) {
        from -= 1;
    }
    let tail = words.get(from..)?;
    if !tail
        .bytes()
        .any(|b| matches!(b, b':' | b'/' | b'(' | b'[' | 0xC2 | b'-'))
    {
        return None;
    }
    let (at, label) = LABELS
        .iter()
        .filter_map(|label| Some((tail.rfind(label)?, *label)))
        .max_by_key(|(at, label)| (*at, label.len()))?;
    let behind = tail.get(at + label.len()..)?;
    // Prose goes on behind its brackets; a credit is short and closes the line.
    let closing = behind.trim_end_matches(['.', ' ']);
    if behind.len() > 90
        || super::header::has_inner_stop(behind)
        || label.starts_with('(') && !closing.ends_with(')') && !label.ends_with(')')
    {
        return None;
    }
    if label.starts_with(['(', '[']) && closing.matches(')').count() > 1 {
        return None;
    }
    Some((from + at, words.len()))
}

/// The end of a credit at the head of a line: `KOMPAS.COM/NAMA ORANG Teks`, `AP PHOTO/X`, `Dok. X`.
pub(super) fn leading(words: &str) -> Option<usize> {
    let slash = words.bytes().take(40).position(|b| b == b'/')?;
    let agency = words.get(..slash)?;
    let known = [
        "KOMPAS.com",
        "KOMPAS.COM",
        "Kompas.com",
        "AP PHOTO",
        "AP Photo",
        "ANTARA FOTO",
        "Antara Foto",
        "ANTARA",
        "AFP",
        "REUTERS",
        "TRIBUNNEWS",
        "KOMPAS IMAGES",
        "GETTY IMAGES",
        "Getty Images",
        "SHUTTERSTOCK",
        "Shutterstock",
        "TEMPO",
    ];
    if !known.contains(&agency.trim()) {
        return None;
    }
    let mut end = slash + 1;
    for word in words.get(end..)?.split_inclusive(' ') {
        let bare = word.trim();
        let capitals =
            bare.chars().all(|c| !c.is_lowercase()) && bare.chars().any(char::is_alphabetic);
        if !capitals || bare.len() == 1 && end > slash + 1 {
            break;
        }
        end += word.len();
    }
    Some(end)
}

/// The caption in a picture's line, and its credit.
pub(super) fn parts(text: &str, span: ByteSpan) -> (ByteSpan, Option<ByteSpan>) {
    let words = span.of(text);
    let start = span.start as usize;
    if let Some(end) = leading(words) {
        let credit = ByteSpan::new(start, start + end).trim(text);
        let caption = ByteSpan::new(start + end, span.end as usize).trim(text);
        return (
            if caption.is_empty() { span } else { caption },
            Some(credit),
        );
    }
    let Some((from, to)) = trailing(words) else {
        return (span, None);
    };
    (
        span,
        bare_credit(text, ByteSpan::new(start + from, start + to)),
    )
}

/// A credit without its label and brackets.
pub(super) fn bare_credit(text: &str, span: ByteSpan) -> Option<ByteSpan> {
    let words = span.of(text);
    let labels = [
        "foto",
        "photo",
        "picture",
        "image",
        "ilustrasi",
        "credit",
        "sumber",
        "copyright",
        "kredit",
        "bild",
        "dok",
    ];
    let lower = words.to_ascii_lowercase();
    let inner = lower.trim_start_matches(['(', '[', ' ', '-', '—', '–', '/']);
    let mut from = lower.len() - inner.len();
    if let Some(label) = labels.iter().find(|label| inner.starts_with(**label)) {
        let rest = inner[label.len()..].trim_start_matches([':', '.', ' ']);
        if rest.len() < inner.len() - label.len() {
            from = lower.len() - rest.trim_start_matches("by ").len();
        }
    }
    let to = words.trim_end_matches([')', ']', '.', ' ']).len();
    let credit = ByteSpan::new(
        span.start as usize + from,
        span.start as usize + to.max(from),
    )
    .trim(text);
    (!credit.is_empty()).then_some(credit)
}
