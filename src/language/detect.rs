//! Detects the language of a text: by the stop words of the packs if they are clear, else by the
//! `whatlang` library.

use super::{Lang, Packs};
use crate::text::{head, words};

/// Maximum number of words of a text that are compared with stop words. Reading more would change
/// the answer for no text of the trial corpus.
const SAMPLE: usize = 120;

/// Maximum length, in words, of a short text. In a short text the verbs of saying are counted too,
/// because it has few stop words.
const SHORT: usize = 60;

/// Interval, in words, at which the counts are checked, so that reading stops as soon as the
/// language is clear.
const STEP: usize = 20;

/// Minimum share of stop words in a text at which its language is accepted without asking whatlang.
/// Below it, the text may be in a language without a pack.
const SETTLED: f32 = 0.12;

/// Minimum share of stop words at which the best language with a pack is preferred to a language
/// without a pack that whatlang guesses.
const FAIR: f32 = 0.06;

/// Minimum ratio between the stop words of the best language and those of the next best.
const LEAD: f32 = 1.5;

impl Packs {
    /// Returns the language of a text, or `None` if it is too short to tell. Reads only the
    /// beginning of a long text. A text in a language close to that of a pack gets the pack's
    /// language: Malay counts as Indonesian.
    pub fn detect(&self, text: &str) -> Option<Lang> {
        let mut counts: Vec<(usize, Lang)> = self.iter().map(|pack| (0, pack.lang)).collect();
        let mut total = 0_usize;
        let mut folded = String::new();
        for word in words(text).take(SAMPLE) {
            // Most texts are settled by a few sentences.
            if total > 0
                && total.is_multiple_of(STEP)
                && let Some(lang) = settled(&counts, total, 2.0 * LEAD)
            {
                return Some(lang);
            }
            total += 1;
            if word.text.len() > 12 {
                continue; // no stop word is longer
            }
            folded.clear();
            if word.text.is_ascii() {
                folded.push_str(word.text);
                folded.make_ascii_lowercase();
            } else {
                folded.extend(word.text.chars().flat_map(char::to_lowercase));
            }
            for pack in self.with_stop_word(&folded) {
                if let Some(count) = counts.get_mut(*pack) {
                    count.0 += 1;
                }
            }
        }
        if let Some(lang) = settled(&counts, total, LEAD) {
            return Some(lang);
        }
        // A sentence or two hold little grammar: their verbs of saying tell as much.
        if total <= SHORT {
            for (pack, count) in self.iter().zip(&mut counts) {
                count.0 += words(text)
                    .filter(|word| pack.speech.is_cue(word.text))
                    .count();
            }
            if let Some(lang) = settled(&counts, total, LEAD) {
                return Some(lang);
            }
        }
        let best = leader(&counts);
        let guess = self.ask_whatlang(text);
        // Some grammar of a pack's language outweighs a guess at one that no pack knows.
        let fair = best.filter(|best| best.0 > 2 && best.0 as f32 >= FAIR * total as f32);
        let packed = guess.filter(|lang| self.get(*lang).is_some());
        let known = packed.or(fair.map(|best| best.1));
        known.or(guess).or(best.map(|best| best.1))
    }

    fn ask_whatlang(&self, text: &str) -> Option<Lang> {
        // A prefix is enough, and keeps the cost of a long text bounded.
        let info = whatlang::detect(head(text, 4_000))?;
        let lang = ISO_639_1
            .iter()
            .find(|(long, _)| *long == info.lang().code())
            .and_then(|(_, short)| short.parse().ok())?;
        // A doubtful answer counts only for a language that has a pack.
        (info.is_reliable() || self.get(lang).is_some()).then_some(lang)
    }
}

/// Returns the language with the most stop words and their count, or `None` if two languages share
/// the highest count or no stop word was found.
fn leader(counts: &[(usize, Lang)]) -> Option<&(usize, Lang)> {
    let best = counts.iter().max_by_key(|count| count.0)?;
    let as_many = counts.iter().filter(|count| count.0 == best.0);
    (best.0 > 0 && as_many.count() == 1).then_some(best)
}

/// Returns the language with the most stop words if they make up at least [`SETTLED`] of `total`
/// words and are `lead` times as many as those of the next language.
fn settled(counts: &[(usize, Lang)], total: usize, lead: f32) -> Option<Lang> {
    let best = counts.iter().max_by_key(|count| count.0)?;
    let others = counts.iter().filter(|other| other.1 != best.1);
    let second = others.map(|other| other.0).max().unwrap_or(0);
    let share = best.0 as f32 / total.max(1) as f32;
    (share >= SETTLED && best.0 as f32 >= lead * second as f32).then_some(best.1)
}

/// Translates the three-letter language codes of whatlang (ISO 639-3) to two-letter codes (ISO
/// 639-1).
const ISO_639_1: &[(&str, &str)] = &[
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_the_packs_and_others_are_told_apart() {
        let packs = Packs::embedded();
        for (text, lang) in [
            (
                "Bupati Rimbara mengatakan jembatan itu akan dibuka pada hari Senin.",
                Some("id"),
            ),
            (
                "Menteri berkata kerajaan tidak akan menaikkan harga minyak tahun ini.",
                Some("id"),
            ),
            (
                "The mayor said on Monday that the bridge would be opened in spring.",
                Some("en"),
            ),
            (
                "Der Minister sagte am Montag, dass die Brücke nicht vor dem Frühjahr öffnet.",
                Some("de"),
            ),
            (
                "Le ministre a déclaré lundi que le pont ne serait pas ouvert avant le printemps prochain.",
                Some("fr"),
            ),
            // `in` is a word of two languages.
            ("Xq 12 in Vz 34.", None),
            ("", None),
            ("2024 12 31", None),
        ] {
            let found = packs.detect(text).map(|lang| lang.to_string());
            assert_eq!(found.as_deref(), lang, "{text}");
        }
    }
}
