//! Finds the role of a line (a byline, a caption, furniture) from its own words, without looking at
//! its neighbours.

use crate::language::Cue;

use super::names;
use super::rules::Rules;
use super::units::{Role, Unit};

/// Length in bytes up to which a line counts as short. A longer line is hardly ever part of the
/// header or furniture, so only its beginning and its end are checked.
pub(super) const SHORT: usize = 200;

/// Length in bytes above which a line is not compared with the patterns of furniture and initials.
const PATTERN: usize = 120;

impl Rules {
    /// Returns the role of `unit`, a line of `text`, judged by its own words.
    pub(super) fn role(&self, text: &str, unit: &Unit) -> Role {
        let words = unit.span.of(text);
        let opening = self.cues.opening(words);
        if let Some(opening) = opening {
            if words.len() > SHORT {
                let prose =
                    opening.is(Cue::FurnitureStart) || opening.is(Cue::Related) && opening.colon;
                return if prose && words.len() < 3 * SHORT {
                    Role::Furniture
                } else {
                    Role::Text
                };
            }
            if let Some(role) = cued(words, &opening) {
                return role;
            }
            // Two phrases on one line: `ADVERTISEMENT SCROLL TO CONTINUE WITH CONTENT`.
            let again = self
                .cues
                .opening(opening.rest)
                .filter(super::cues::Opening::is_whole);
            if opening.is(Cue::Furniture) && again.is_some_and(|again| again.is(Cue::Furniture)) {
                return Role::Furniture;
            }
        }
        if words.len() > PATTERN {
            return if words.len() < 900 && self.has_credit(words) {
                Role::Caption
            } else {
                Role::Text
            };
        }
        self.short_role(words)
    }

    fn short_role(&self, words: &str) -> Role {
        if is_initials(words) {
            return Role::Initials;
        }
        if words.strip_prefix("© ").is_some_and(names::is_name) {
            return Role::PhotoCredit;
        }
        if matches!(words, "-" | "--" | "–" | "—") {
            return Role::Text; // the dash of a dateline on its own line
        }
        if self.layouts.is_furniture(words) {
            return Role::Furniture;
        }
        if self.has_credit(words) {
            return Role::Caption;
        }
        Role::Text
    }
}

/// Returns the role of a short line that begins with the cue words `opening`. Returns `None` if
/// they do not decide it.
fn cued(words: &str, opening: &super::cues::Opening<'_>) -> Option<Role> {
    if opening.is_whole() {
        return [
            (Cue::Role, Role::Job),
            (Cue::Related, Role::Related),
            (Cue::Furniture, Role::Furniture),
            (Cue::FurnitureStart, Role::Furniture),
        ]
        .into_iter()
        .find_map(|(cue, role)| opening.is(cue).then_some(role));
    }
    if opening.is(Cue::FurnitureStart) || opening.is(Cue::Related) && opening.colon {
        return Some(Role::Furniture);
    }
    if opening.labelled(Cue::Reporter).is_some() || opening.labelled(Cue::Editor).is_some() {
        return (words.len() < SHORT).then_some(Role::Byline);
    }
    if opening.labelled(Cue::Photo).is_some() {
        return Some(Role::PhotoCredit);
    }
    if opening.labelled(Cue::Source).is_some() && opening.rest.len() < 60 {
        return Some(Role::Source);
    }
    // `Laporan Wartawan Kabar Lareng, Rina Halim`; a headline has no comma there.
    let sent = opening.rest.contains([',', '|']) || opening.rest.contains(" I ");
    let report = opening.is(Cue::Report) && sent && names::opens_with_name(opening.rest);
    if report && words.len() < 90 && !words.ends_with('.') {
        return Some(Role::Byline);
    }
    let names = opening.is(Cue::By) && names::opens_with_name(opening.rest);
    (names && words.len() < 90).then_some(Role::Byline)
}

/// Returns whether `words` are the initials of writer and editor, or a desk code, in brackets:
/// `(taa/fas)`, `(mas)`, `(*/hbb)`, `(OL-5)`.
pub(super) fn is_initials(words: &str) -> bool {
    let Some(inner) = words.strip_prefix('(').and_then(|w| w.strip_suffix(')')) else {
        return false;
    };
    let part = |part: &str| {
        !part.is_empty()
            && part.len() <= 6
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '*' | '-'))
    };
    inner.len() <= 24 && inner.split('/').all(|p| part(p.trim()))
}
