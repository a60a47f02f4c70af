//! Reads captions of pictures and their photo credits.

use crate::language::Cue;
use crate::text::ByteSpan;

use super::extent::has_inner_stop;
use super::layout::is_domain;
use super::names;
use super::rules::Rules;
use super::units::is_ended;

/// Maximum distance in bytes from the end of a line at which its photo credit may begin.
const TAIL: usize = 130;

/// Maximum length in bytes of a photo credit.
const CREDIT: usize = 95;

impl Rules {
    /// Returns whether a line ends or begins with a photo credit.
    pub(super) fn has_credit(&self, words: &str) -> bool {
        self.trailing_credit(words).is_some() || self.leading_credit(words).is_some()
    }

    /// Returns the byte offset of the photo credit at the end of a line: `(Foto: X)`, `[ist]`,
    /// `(ANTARA FOTO/X)`, `Foto: X`, `- JIBI/X`, `- Copyright X/AP`, `/©X`. Returns `None` if there
    /// is none.
    fn trailing_credit(&self, words: &str) -> Option<usize> {
        let mut from = words.len().saturating_sub(TAIL);
        while !words.is_char_boundary(from) {
            from -= 1;
        }
        let tail = words.get(from..)?;
        let at = self
            .bracketed_credit(tail)
            .or_else(|| self.labelled_credit(tail))
            .or_else(|| self.dashed_credit(tail))
            .or_else(|| {
                // Search for the last byte of `©`, which few other characters have.
                memchr::memrchr(0xa9, tail.as_bytes())?;
                tail.rfind('©')
                    .filter(|at| *at > 1 && tail[..*at].ends_with('/'))
            })?;
        Some(from + at)
    }

    fn bracketed_credit(&self, tail: &str) -> Option<usize> {
        let bare = tail.trim_end_matches(['.', ' ']);
        let open = match bare.as_bytes().last()? {
            b')' => bare.rfind('(')?,
            b']' => bare.rfind('[')?,
            _ => return None,
        };
        let inner = bare.get(open + 1..bare.len() - 1)?.trim();
        // After a sentence, `(Kabar.com/Nama)` is the writer.
        let byline = inner.split('/').next().is_some_and(is_domain)
            && tail
                .get(..open)
                .is_some_and(|before| is_ended(before.trim_end()));
        (open > 0 && !byline && self.is_credit(inner)).then_some(open)
    }

    /// Returns the byte offset of a photo credit with a label, as in
    /// `… di Pyongyang. Foto: Kabar/Nama`. `tail` is the end of a line. Returns `None` if there is
    /// none.
    fn labelled_credit(&self, tail: &str) -> Option<usize> {
        let colon = memchr::memrchr(b':', tail.as_bytes())?;
        let behind = tail.get(colon + 1..)?.trim();
        if behind.len() > CREDIT || has_inner_stop(behind) || !self.opens_credit(behind) {
            return None;
        }
        let before = tail.get(..colon)?.trim_end();
        let at = before.rfind(|c: char| !c.is_alphabetic()).map_or(0, |at| {
            at + before[at..].chars().next().map_or(1, char::len_utf8)
        });
        let label = tail.get(at..)?;
        let opening = self.cues.opening(label)?;
        (at > 0 && names::opens_with_name(label) && opening.labelled(Cue::Photo).is_some())
            .then_some(at)
    }

    /// Returns whether `words`, the text after a label such as `Foto:`, begin like a photo credit:
    /// with a name, or with another label (`dok. Kabar`).
    fn opens_credit(&self, words: &str) -> bool {
        let label = || {
            self.cues
                .opening(words)
                .is_some_and(|opening| opening.is(Cue::Photo))
        };
        names::opens_with_name(words) || label()
    }

    /// Returns the byte offset of a photo credit after a dash between spaces, as in
    /// `… di pelabuhan - JIBI/Nama`. `tail` is the end of a line, of which the last three dashes
    /// are tried. Returns `None` if there is none.
    fn dashed_credit(&self, tail: &str) -> Option<usize> {
        // Search for the first byte of a long dash, which begins few other characters.
        let starts = memchr::memchr2_iter(b'-', 0xe2, tail.as_bytes()).rev();
        let dashes = starts
            .filter_map(|at| Some((at, tail.get(at..)?.chars().next()?)))
            .filter(|(_, c)| matches!(c, '-' | '–' | '—'));
        let spaced = |(at, c): (usize, char)| {
            let behind = tail.get(at + c.len_utf8()..)?.strip_prefix(' ')?;
            tail.get(..at)?
                .ends_with(' ')
                .then_some((at, behind.trim()))
        };
        let (at, behind) = dashes.take(3).find_map(spaced)?;
        (behind.len() < CREDIT && self.is_credit(behind)).then_some(at - 1)
    }

    /// Returns whether `words` are a photo credit: a label with anything after it, or an agency or
    /// outlet, a slash and a name.
    fn is_credit(&self, words: &str) -> bool {
        if words.len() > CREDIT || has_inner_stop(words) {
            return false;
        }
        let labelled = self
            .cues
            .opening(words)
            .is_some_and(|opening| opening.is(Cue::Photo));
        let agency = words.split_once('/').is_some_and(|(agency, name)| {
            self.is_picture_agency(agency) && names::opens_with_name(name.trim())
        });
        labelled || agency
    }

    /// Returns whether `words` are the name of an agency or outlet, alone or with a word for
    /// pictures after it: `ANTARA FOTO`, `AP Photo`.
    fn is_picture_agency(&self, words: &str) -> bool {
        let words = words.trim();
        let known =
            |name: &str| self.layouts.is_agency(name) || self.layouts.usual_name(name).is_some();
        let desk = |name: &str| {
            let (agency, desk) = name.rsplit_once(' ')?;
            let photo = self.cues.opening(desk)?;
            (photo.is_whole() && photo.is(Cue::Photo) && known(agency)).then_some(())
        };
        known(words) || desk(words).is_some()
    }

    /// Returns the byte offset where a photo credit at the start of a line ends:
    /// `KOMPAS.COM/NAMA ORANG Teks`, `AP PHOTO/NAMA Teks`. Returns `None` if there is none.
    fn leading_credit(&self, words: &str) -> Option<usize> {
        let head = words.as_bytes().get(..words.len().min(40))?;
        let slash = memchr::memchr(b'/', head)?;
        let agency = words.get(..slash)?;
        if !agency.starts_with(char::is_alphabetic) || !self.is_picture_agency(agency) {
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
        (end > slash + 1 && end < words.len()).then_some(end)
    }

    /// Splits the line at `span` into a caption and its photo credit. The credit is `None` if the
    /// line has none.
    pub(super) fn caption_parts(&self, text: &str, span: ByteSpan) -> (ByteSpan, Option<ByteSpan>) {
        let words = span.of(text);
        let start = span.start as usize;
        if let Some(end) = self.leading_credit(words) {
            let credit = ByteSpan::new(start, start + end).trim(text);
            let caption = ByteSpan::new(start + end, span.end as usize).trim(text);
            return (caption, Some(credit));
        }
        let credit = self.trailing_credit(words).and_then(|from| {
            let credit = ByteSpan::new(start + from, span.end as usize);
            self.bare_credit(text, credit)
        });
        (span, credit)
    }

    /// Returns the photo credit at `span` without label, brackets and dashes, or `None` if nothing
    /// is left.
    fn bare_credit(&self, text: &str, span: ByteSpan) -> Option<ByteSpan> {
        const EDGE: [char; 10] = ['(', '[', ' ', '-', '—', '–', '/', '©', ')', ']'];
        let words = span.of(text);
        let inner = words.trim_end_matches(['.', ' ']).trim_matches(EDGE);
        let at = span.start as usize + inner.as_ptr() as usize - words.as_ptr() as usize;
        let label = self
            .cues
            .opening(inner)
            .filter(|opening| opening.is(Cue::Photo) && !opening.is_whole());
        let rest = label.map_or(inner, |opening| opening.rest);
        let rest = rest
            .strip_prefix("by ")
            .unwrap_or(rest)
            .trim_start_matches(['.', ' ', '/']);
        let end = at + inner.len();
        let credit = ByteSpan::new(end - rest.len(), end).trim(text);
        (!credit.is_empty()).then_some(credit)
    }
}
