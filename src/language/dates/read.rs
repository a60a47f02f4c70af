//! Finds the dates in a line of text, as people write them. The words of all languages are known at
//! once, because a page in one language often writes its months in another (`Selasa 15 Aug 2023`).

use std::collections::HashMap;
use std::ops::Range;

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::token::{Kind, Token, tokens};
use super::{DateWord, DayMonth};
use crate::language::Packs;

/// Maximum number of tokens of a line that are searched for dates. A header line with a date has
/// about twelve; the limit keeps long paragraphs cheap.
const LIMIT: usize = 64;

/// Maximum distance, in tokens, from a date to the time of day behind it
/// (`Kamis, … 2023 | on page at 11:22`).
const REACH: usize = 5;

/// Reads dates, with the month names, weekdays and zones of all language packs.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    words: HashMap<Box<str>, DateWord, foldhash::fast::RandomState>,
}

/// Says whether the order of day and month in a date is certain, and which order was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The date is not ambiguous: the month is a word, the year comes first, day and month are the
    /// same number, or full stops part the numbers (then the day comes first).
    Plain,
    /// The date is in numbers. A number above twelve, or the weekday, proves this order.
    Proven(DayMonth),
    /// The date is in numbers and could be read either way. It was read in this order.
    Assumed(DayMonth),
}

/// A date that was found in a text, with its place and with how it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenDate {
    /// The calendar day. Where only month and year are written, it is the first of the month.
    pub date: NaiveDate,
    /// Whether the day is written, and not only month and year.
    pub has_day: bool,
    /// The time of day, or `None` if it is not written.
    pub time: Option<NaiveTime>,
    /// The offset from UTC in minutes (east is positive), or `None` if no zone is written.
    pub zone: Option<i16>,
    /// Whether the weekday is written before the date.
    pub has_weekday: bool,
    /// Whether the order of day and month is certain.
    pub reading: Reading,
    /// Whether a word before the date says that it is the date of an update (`Updated`).
    pub updated: bool,
    /// The byte range of the date in the text, including its weekday and time of day.
    pub at: Range<usize>,
}

/// Day, month and year found in a run of tokens, before weekday and time are added.
struct Core {
    date: NaiveDate,
    has_day: bool,
    reading: Reading,
    tokens: Range<usize>,
}

impl Calendar {
    /// Collects the date words of all `packs`. If two packs give a word different meanings, the one
    /// whose file name sorts first wins.
    pub fn new(packs: &Packs) -> Self {
        let mut words = HashMap::default();
        for pack in packs.iter() {
            for (word, meaning) in &pack.dates.words {
                words.entry(word.clone()).or_insert(*meaning);
            }
        }
        Self { words }
    }

    /// Returns the dates in the first 64 tokens of a line, in the order of the text. `order`
    /// is used for dates with slashes that can be read either way, such as `03/04/2024`.
    pub fn read(&self, text: &str, order: DayMonth) -> Vec<WrittenDate> {
        // No digit, no date: most lines end here.
        if !text.bytes().any(|b| b.is_ascii_digit()) {
            return Vec::new();
        }
        let tokens = tokens(text, LIMIT);
        let mut found: Vec<WrittenDate> = Vec::new();
        let (mut at, mut free) = (0, 0);
        while at < tokens.len() {
            let Some(core) = self.core(&tokens, at, order) else {
                at += 1;
                continue;
            };
            let date = self.around(&tokens, &core, free);
            at = core.tokens.end;
            free = tokens
                .iter()
                .position(|token| token.at.start >= date.at.end)
                .unwrap_or(tokens.len());
            at = at.max(free);
            found.push(date);
        }
        found
    }

    /// Reads day, month and year from the tokens that begin at index `at`.
    fn core(&self, tokens: &[Token], at: usize, order: DayMonth) -> Option<Core> {
        match tokens.get(at)?.kind {
            Kind::Number(first, digits) => self
                .day_month_word(tokens, at, first, digits)
                .or_else(|| self.numeric(tokens, at, order)),
            Kind::Word(_) => self.month_word_first(tokens, at),
            Kind::Sign(_) => None,
        }
    }

    fn meaning(&self, token: Option<&Token>) -> Option<DateWord> {
        match &token?.kind {
            Kind::Word(word) => self.words.get(word.as_str()).copied(),
            _ => None,
        }
    }

    fn month(&self, token: Option<&Token>) -> Option<u32> {
        match self.meaning(token)? {
            DateWord::Month(month) => Some(u32::from(month)),
            _ => None,
        }
    }

    /// Reads a date whose month is a word behind the day: `15 Aug 2023`, `4 November, 2015`,
    /// `22nd Nov. 2024`, `02-Nov-23`.
    fn day_month_word(&self, tokens: &[Token], at: usize, day: u32, digits: u8) -> Option<Core> {
        if digits > 2 {
            return None;
        }
        let mut next = at + 1;
        if matches!(&tokens.get(next)?.kind, Kind::Word(w) if matches!(w.as_str(), "st" | "nd" | "rd" | "th" | "of"))
            || matches!(tokens.get(next)?.kind, Kind::Sign('.' | '-' | '/' | ' '))
        {
            next += 1;
        }
        let month = self.month(tokens.get(next))?;
        let (year, end) = year_after(tokens, next + 1)?;
        let date = NaiveDate::from_ymd_opt(year, month, day)?;
        Some(Core {
            date,
            has_day: true,
            reading: Reading::Plain,
            tokens: at..end,
        })
    }

    /// Reads a date that begins with the name of the month: `Nov 19, 2019`, `October 13 2024`, or
    /// `Juni 2025` without a day.
    fn month_word_first(&self, tokens: &[Token], at: usize) -> Option<Core> {
        let month = self.month(tokens.get(at))?;
        let mut next = at + 1;
        if matches!(tokens.get(next)?.kind, Kind::Sign('.' | '-' | '/')) {
            next += 1;
        }
        let Kind::Number(day, digits) = tokens.get(next)?.kind else {
            return None;
        };
        if digits == 4 {
            // `31 Februari 2024`: a day that does not exist makes no month of it.
            let day_before = at.checked_sub(1).map(|before| &tokens[before].kind);
            if matches!(day_before, Some(Kind::Number(_, 1..=2))) {
                return None;
            }
            let date = NaiveDate::from_ymd_opt(plausible_year(day)?, month, 1)?;
            return Some(Core {
                date,
                has_day: false,
                reading: Reading::Plain,
                tokens: at..next + 1,
            });
        }
        next += 1;
        if matches!(&tokens.get(next)?.kind, Kind::Word(w) if matches!(w.as_str(), "st" | "nd" | "rd" | "th"))
        {
            next += 1;
        }
        let (year, end) = year_after(tokens, next)?;
        let date = NaiveDate::from_ymd_opt(year, month, day)?;
        Some(Core {
            date,
            has_day: true,
            reading: Reading::Plain,
            tokens: at..end,
        })
    }

    /// Reads a date that is written in numbers alone: `14-09-2023`, `2018-12-13`, `11/18/19`,
    /// `05.11.2015`.
    fn numeric(&self, tokens: &[Token], at: usize, order: DayMonth) -> Option<Core> {
        let five = tokens.get(at..at + 5)?;
        let [first, sign, second, again, third] = five else {
            return None;
        };
        let (Kind::Sign(sign), Kind::Sign(again)) = (&sign.kind, &again.kind) else {
            return None;
        };
        if sign != again || !matches!(sign, '/' | '-' | '.' | '–') {
            return None;
        }
        let (Kind::Number(a, a_len), Kind::Number(b, b_len), Kind::Number(c, c_len)) =
            (&first.kind, &second.kind, &third.kind)
        else {
            return None;
        };
        let core = |date, reading| Core {
            date,
            has_day: true,
            reading,
            tokens: at..at + 5,
        };
        if *a_len == 4 && *b_len <= 2 && *c_len <= 2 {
            let date = NaiveDate::from_ymd_opt(plausible_year(*a)?, *b, *c)?;
            return Some(core(date, Reading::Plain));
        }
        if *a_len > 2 || *b_len > 2 || !(*c_len == 4 || *c_len == 2 && *sign != '.') {
            return None;
        }
        let year = full_year(*c, *c_len)?;
        let day_first = NaiveDate::from_ymd_opt(year, *b, *a);
        let month_first = NaiveDate::from_ymd_opt(year, *a, *b);
        match (day_first, month_first) {
            (Some(day), Some(month)) if day == month => Some(core(day, Reading::Plain)),
            (Some(day), Some(month)) => {
                let weekday = self.weekday_before(tokens, at, 0).map(|(day, _)| day);
                let fits = |date: NaiveDate| weekday == Some(date.weekday().num_days_from_monday());
                // Only the slash is American: `14-09` and `14.09` are read day first everywhere.
                let order = if *sign == '/' {
                    order
                } else {
                    DayMonth::DayFirst
                };
                let is_dotted = *sign == '.';
                Some(match (fits(day), fits(month), order) {
                    (true, false, _) => core(day, Reading::Proven(DayMonth::DayFirst)),
                    (false, true, _) => core(month, Reading::Proven(DayMonth::MonthFirst)),
                    // With full stops, nobody writes the month first.
                    _ if is_dotted => core(day, Reading::Plain),
                    (_, _, DayMonth::DayFirst) => core(day, Reading::Assumed(order)),
                    (_, _, DayMonth::MonthFirst) => core(month, Reading::Assumed(order)),
                })
            }
            (Some(day), None) => Some(core(day, Reading::Proven(DayMonth::DayFirst))),
            (None, Some(month)) => Some(core(month, Reading::Proven(DayMonth::MonthFirst))),
            (None, None) => None,
        }
    }

    /// Returns the weekday (Monday is 0) among the three tokens before index `at`, and the index of
    /// its token. Tokens before index `free` are not searched.
    fn weekday_before(&self, tokens: &[Token], at: usize, free: usize) -> Option<(u32, usize)> {
        let first = at.saturating_sub(3).max(free);
        (first..at)
            .rev()
            .find_map(|index| match self.meaning(tokens.get(index))? {
                DateWord::Weekday(day) => Some((u32::from(day), index)),
                _ => None,
            })
    }

    /// Completes a date with the weekday, time of day, zone and update label around it. Tokens
    /// before index `free` belong to an earlier date and are not used.
    fn around(&self, tokens: &[Token], core: &Core, free: usize) -> WrittenDate {
        let weekday = self.weekday_before(tokens, core.tokens.start, free);
        let mut first = weekday.map_or(core.tokens.start, |(_, index)| index);
        let mut last = core.tokens.end;
        let after = (core.tokens.end..tokens.len().min(core.tokens.end + REACH))
            .take_while(|index| self.month(tokens.get(*index)).is_none())
            .find_map(|index| self.clock(tokens, index));
        let before = || {
            (free.max(first.saturating_sub(9))..first)
                .find_map(|index| Some((index, self.clock(tokens, index)?)))
                .filter(|(_, clock)| clock.end + 3 >= core.tokens.start)
        };
        let clock = match after {
            Some(clock) => {
                last = last.max(clock.end);
                Some(clock)
            }
            None => before().map(|(index, clock)| {
                first = index;
                clock
            }),
        };
        let updated = (free.max(first.saturating_sub(4))..first)
            .any(|index| self.meaning(tokens.get(index)) == Some(DateWord::Updated));
        let start = tokens.get(first).map_or(0, |token| token.at.start);
        let end = tokens.get(last - 1).map_or(start, |token| token.at.end);
        WrittenDate {
            date: core.date,
            has_day: core.has_day,
            time: clock.as_ref().map(|clock| clock.time),
            zone: clock.and_then(|clock| clock.zone),
            has_weekday: weekday.is_some(),
            reading: core.reading,
            updated,
            at: start..end,
        }
    }

    /// Reads a time of day at token `at`: `13:26 WIB`, `22.00 WIB`, `11:22 am`, `9:26pm`,
    /// `10:00:00 +0700`, `21:26:00Z`.
    fn clock(&self, tokens: &[Token], at: usize) -> Option<Clock> {
        let Kind::Number(mut hour, 1..=2) = tokens.get(at)?.kind else {
            return None;
        };
        let Kind::Sign(sign @ (':' | '.')) = tokens.get(at + 1)?.kind else {
            return None;
        };
        let Kind::Number(minute, 2) = tokens.get(at + 2)?.kind else {
            return None;
        };
        let mut end = at + 3;
        while matches!(
            tokens.get(end).map(|t| &t.kind),
            Some(Kind::Sign(':' | '.'))
        ) && matches!(tokens.get(end + 1).map(|t| &t.kind), Some(Kind::Number(..)))
        {
            end += 2;
        }
        if let Some(Kind::Word(half)) = tokens.get(end).map(|token| &token.kind) {
            match half.as_str() {
                "am" | "a" if hour == 12 => hour = 0,
                "pm" | "p" if hour < 12 => hour += 12,
                _ => {}
            }
            if matches!(half.as_str(), "am" | "pm") {
                end += 1;
            }
        }
        let (zone, end) = self.zone(tokens, end);
        // `1.229 Views` is no time: a full stop needs its zone.
        if sign == '.' && zone.is_none() {
            return None;
        }
        let time = NaiveTime::from_hms_opt(hour, minute, 0)?;
        Some(Clock { time, zone, end })
    }

    /// Reads a time zone at token `at` (`WIB`, `GMT+2`, `+07:00`, `Z`). Returns its offset from UTC
    /// in minutes, if there is one, and the index of the token behind it.
    fn zone(&self, tokens: &[Token], at: usize) -> (Option<i16>, usize) {
        let named = match self.meaning(tokens.get(at)) {
            Some(DateWord::Zone(minutes)) => Some(minutes),
            _ => None,
        };
        let signed = if named.is_some() { at + 1 } else { at };
        let sign = match tokens.get(signed).map(|token| &token.kind) {
            Some(Kind::Sign('+')) => 1,
            Some(Kind::Sign('-' | '−')) => -1,
            _ => return (named, signed),
        };
        let Some(Kind::Number(value, digits)) = tokens.get(signed + 1).map(|t| &t.kind) else {
            return (named, signed);
        };
        let (value, digits) = (i16::try_from(*value).unwrap_or(i16::MAX), *digits);
        let next = |offset: usize| tokens.get(signed + offset).map(|token| &token.kind);
        match (digits, next(2), next(3)) {
            (2, Some(Kind::Sign(':')), Some(Kind::Number(minutes, 2))) if value <= 14 => {
                let minutes = i16::try_from(*minutes).unwrap_or(0).min(59);
                (Some(sign * (value * 60 + minutes)), signed + 4)
            }
            (4, ..) if value <= 1400 => (Some(sign * (value / 100 * 60 + value % 100)), signed + 2),
            // A bare `- 14` is the next part of the line, not a zone.
            (1..=2, ..) if named.is_some() && value <= 14 => {
                (named.map(|base| base + sign * value * 60), signed + 2)
            }
            _ => (named, signed),
        }
    }
}

struct Clock {
    time: NaiveTime,
    zone: Option<i16>,
    end: usize,
}

/// Reads a year at token `at`, or behind one sign there (`, 2015`, `-23`). Returns the year and the
/// index of the token behind it.
fn year_after(tokens: &[Token], at: usize) -> Option<(i32, usize)> {
    let skipped = usize::from(matches!(
        tokens.get(at)?.kind,
        Kind::Sign(',' | '.' | '-' | '/' | '\'')
    ));
    match tokens.get(at + skipped)?.kind {
        Kind::Number(year, 4) => Some((plausible_year(year)?, at + skipped + 1)),
        Kind::Number(year, 2)
            if matches!(tokens.get(at)?.kind, Kind::Sign('-' | '/' | '\''))
                && !matches!(
                    tokens.get(at + skipped + 1).map(|token| &token.kind),
                    Some(Kind::Sign(':'))
                ) =>
        {
            Some((full_year(year, 2)?, at + skipped + 1))
        }
        _ => None,
    }
}

fn full_year(year: u32, digits: u8) -> Option<i32> {
    match digits {
        4 => plausible_year(year),
        2 if year < 70 => plausible_year(2000 + year),
        2 => plausible_year(1900 + year),
        _ => None,
    }
}

/// Returns `year` if it lies between 1600, when the first newspapers appeared, and 2100.
fn plausible_year(year: u32) -> Option<i32> {
    (1600..=2100)
        .contains(&year)
        .then(|| i32::try_from(year).ok())?
}
