//! Days, months and years in queries, and ranges of them.

use chrono::{Days, Months, NaiveDate};

/// An inclusive range of days. `None` is an open end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateRange {
    /// The first day of the range; `None` if it has no beginning.
    pub from: Option<NaiveDate>,
    /// The last day of the range; `None` if it has no end.
    pub to: Option<NaiveDate>,
}

impl DateRange {
    /// Parses `2023`, `2023-09`, `2023-09-05`, or two of them joined by `..`. One side of `..` may
    /// be empty. Returns `None` for anything else and for an inverted range.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let Some((from, to)) = text.split_once("..") else {
            return Self::period(text);
        };
        let from = (!from.is_empty()).then(|| Self::period(from));
        let to = (!to.is_empty()).then(|| Self::period(to));
        if from.is_none() && to.is_none() {
            return None;
        }
        let range = Self {
            from: from.map_or(Some(None), |p| p.map(|p| p.from))?,
            to: to.map_or(Some(None), |p| p.map(|p| p.to))?,
        };
        let inverted = matches!((range.from, range.to), (Some(from), Some(to)) if from > to);
        (!inverted).then_some(range)
    }

    /// Parses a period and returns the range of all days after it.
    pub(super) fn after(text: &str) -> Option<Self> {
        let from = Self::period(text)?.to?.succ_opt()?;
        Some(Self {
            from: Some(from),
            to: None,
        })
    }

    /// Parses a period and returns the range of all days before it.
    pub(super) fn before(text: &str) -> Option<Self> {
        let to = Self::period(text)?.from?.pred_opt()?;
        Some(Self {
            from: None,
            to: Some(to),
        })
    }

    /// Parses an age such as `2 weeks`, `2w` or `2 minggu` and returns the range that starts that
    /// long before `today`.
    pub(super) fn newer(text: &str, today: NaiveDate) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let digits = text
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(text.len());
        let (count, unit) = text.split_at(digits);
        let count: u32 = if count.is_empty() {
            1
        } else {
            count.parse().ok()?
        };
        let months = |each: u32| Some(Months::new(count.checked_mul(each)?));
        let from = match unit.trim().trim_end_matches('s') {
            "d" | "day" | "hari" => today.checked_sub_days(Days::new(count.into())),
            "w" | "week" | "minggu" | "pekan" => {
                today.checked_sub_days(Days::new(u64::from(count) * 7))
            }
            "m" | "month" | "bulan" => today.checked_sub_months(months(1)?),
            "y" | "year" | "tahun" => today.checked_sub_months(months(12)?),
            _ => None,
        };
        Some(Self {
            from: Some(from?),
            to: None,
        })
    }

    /// Returns whether the period from `first` to `last` shares a day with the range.
    pub fn meets(&self, first: NaiveDate, last: NaiveDate) -> bool {
        self.from.is_none_or(|from| last >= from) && self.to.is_none_or(|to| first <= to)
    }

    fn period(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('-');
        let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
        let number = |part: &str| {
            let fits = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            fits.then(|| part.parse::<u32>().ok())?
        };
        let (month, day) = (parts.next(), parts.next());
        if parts.next().is_some() {
            return None;
        }
        let from = NaiveDate::from_ymd_opt(
            year,
            month.map_or(Some(1), number)?,
            day.map_or(Some(1), number)?,
        )?;
        let next = match (month, day) {
            (_, Some(_)) => from.succ_opt()?,
            (Some(_), None) => from.checked_add_months(Months::new(1))?,
            (None, None) => from.checked_add_months(Months::new(12))?,
        };
        Some(Self {
            from: Some(from),
            to: next.pred_opt(),
        })
    }
}
