//! A date of publication, with its precision and its source.

use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone};
use serde::{Deserialize, Serialize};

use crate::text::ByteSpan;

/// When an article was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The day in the time zone of the page. An unknown month or day is set to 1.
    pub date: NaiveDate,
    /// Time of day, if the page gives one.
    pub time: Option<NaiveTime>,
    /// Offset of the time zone in minutes east of UTC, if the page names its zone.
    pub zone: Option<i16>,
    /// How much of the date the page gives.
    pub precision: Precision,
    /// The order in which the numbers of the date were read.
    #[serde(default)]
    pub order: NumberOrder,
    /// Source that the date was found in.
    pub from: Origin,
    /// Position of the date, if it is in the text.
    pub span: Option<ByteSpan>,
}

impl Published {
    /// Returns the moment of publication if day, time and zone are all known.
    pub fn moment(&self) -> Option<DateTime<FixedOffset>> {
        let zone = FixedOffset::east_opt(i32::from(self.zone?) * 60)?;
        zone.from_local_datetime(&self.date.and_time(self.time?))
            .single()
    }
}

impl fmt::Display for Published {
    /// Formats as RFC 3339 if the moment is known, otherwise as much of the date as is known.
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
    /// Year only.
    Year,
    /// Year and month.
    Month,
    /// Year, month and day.
    Day,
    /// Day and time of day.
    Minute,
}

/// The order of day and month in a numeric date. The rest of the corpus may correct an assumed
/// order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NumberOrder {
    /// Unambiguous: the month is a word, or the year comes first.
    #[default]
    Plain,
    /// Day before month, proven by the numbers or by the weekday.
    DayFirst,
    /// Month before day, proven by the numbers or by the weekday.
    MonthFirst,
    /// Day before month, assumed without proof.
    AssumedDayFirst,
    /// Month before day, assumed without proof.
    AssumedMonthFirst,
    /// Day before month, as most dates of the corpus that prove an order.
    VotedDayFirst,
    /// Month before day, likewise.
    VotedMonthFirst,
}

/// The source of a fact about an article. A fact from any source other than `Page` or `Meta` is
/// inferred, and is marked so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// A line of the page states it.
    Page,
    /// A field of the record or the metadata of the page states it.
    Meta,
    /// The web address implies it.
    Url,
    /// The layout of the page is that of one known outlet.
    Layout,
    /// The body text implies it.
    Body,
}

impl Origin {
    /// Returns whether the fact is inferred rather than stated.
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
