//! A date of publication, with how well it is known and what told it.

use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone};
use serde::{Deserialize, Serialize};

use crate::text::ByteSpan;

/// When an article was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The day in the page's own zone; the first of what is not known (month, day).
    pub date: NaiveDate,
    /// The time of day, where the page gives one.
    pub time: Option<NaiveTime>,
    /// Minutes east of UTC, where the page names its zone.
    pub zone: Option<i16>,
    /// How much of the date the page gives.
    pub precision: Precision,
    /// In which order its numbers were read.
    #[serde(default)]
    pub order: NumberOrder,
    /// What told it.
    pub from: Origin,
    /// Where it stands, where it stands in the text.
    pub span: Option<ByteSpan>,
}

impl Published {
    /// The moment, where day, time and zone are all known.
    pub fn moment(&self) -> Option<DateTime<FixedOffset>> {
        let zone = FixedOffset::east_opt(i32::from(self.zone?) * 60)?;
        zone.from_local_datetime(&self.date.and_time(self.time?))
            .single()
    }
}

impl fmt::Display for Published {
    /// RFC 3339 where the moment is known, else as much of the date as is known.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(moment) = self.moment() {
            return write!(f, "{}", moment.to_rfc3339());
        }
        match self.precision {
            Precision::Minute | Precision::Day => write!(f, "{}", self.date.format("%Y-%m-%d")),
            Precision::Month => write!(f, "{}", self.date.format("%Y-%m")),
            Precision::Year => write!(f, "{}", self.date.format("%Y")),
        }
    }
}

/// How much of a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Only the year.
    Year,
    /// Year and month.
    Month,
    /// The day.
    Day,
    /// Day and time.
    Minute,
}

/// How the numbers of a date were read; what is assumed, a whole corpus may correct.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NumberOrder {
    /// Nothing to read: the month is a word, or the year comes first.
    #[default]
    Plain,
    /// Day before month, proven by the numbers or the weekday.
    DayFirst,
    /// Month before day, proven likewise.
    MonthFirst,
    /// Day before month, for want of a proof.
    AssumedDayFirst,
    /// Month before day, for want of a proof.
    AssumedMonthFirst,
    /// Day before month, as most dates of the corpus that prove an order.
    VotedDayFirst,
    /// Month before day, likewise.
    VotedMonthFirst,
}

/// What told a fact about an article. All but `Page` and `Meta` are inferred, and marked so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// A line of the page says so.
    Page,
    /// A field of the record, or the page's metadata.
    Meta,
    /// Its address on the web.
    Url,
    /// The shape of the page, which is that of one outlet.
    Layout,
    /// The body implies it.
    Body,
}

impl Origin {
    /// Whether the fact is inferred rather than stated.
    pub fn is_inferred(self) -> bool {
        !matches!(self, Self::Page | Self::Meta)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_known_is_printed() {
        let day = NaiveDate::from_ymd_opt(2023, 8, 15).unwrap();
        let mut published = Published {
            date: day,
            time: NaiveTime::from_hms_opt(13, 26, 0),
            zone: Some(7 * 60),
            precision: Precision::Minute,
            order: NumberOrder::Plain,
            from: Origin::Page,
            span: None,
        };
        assert_eq!(published.to_string(), "2023-08-15T13:26:00+07:00");
        published.zone = None;
        assert_eq!(
            published.to_string(),
            "2023-08-15",
            "without a zone there is no moment"
        );
        published.precision = Precision::Month;
        assert_eq!(published.to_string(), "2023-08");
    }
}
