//! The date of publication of an article, with its precision and its source.

use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, SecondsFormat, TimeZone, Timelike, Utc};
use schemars::JsonSchema;
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
    /// The order in which day and month were read, if the date is in numbers.
    #[serde(default)]
    pub order: NumberOrder,
    /// Where the date was found.
    pub from: Origin,
    /// The span of the date, if it is in the article's text.
    pub span: Option<ByteSpan>,
}

impl Published {
    /// Returns the moment of publication if day, time and zone are all known.
    pub fn moment(&self) -> Option<DateTime<FixedOffset>> {
        let zone = FixedOffset::east_opt(i32::from(self.zone?) * 60)?;
        zone.from_local_datetime(&self.date.and_time(self.time?))
            .single()
    }

    /// Returns the moment of publication in UTC, always in the form `2024-03-05T03:30:00Z`, if day,
    /// time and zone are all known.
    pub fn utc(&self) -> Option<String> {
        let moment = self.moment()?.with_timezone(&Utc);
        Some(moment.to_rfc3339_opts(SecondsFormat::Secs, true))
    }
}

impl fmt::Display for Published {
    /// Formats as RFC 3339 if the moment is known, otherwise as much of date and time as is known,
    /// in the notation of ISO 8601.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(moment) = self.moment() {
            return write!(f, "{}", moment.to_rfc3339());
        }
        match self.precision {
            Precision::Minute | Precision::Day => {
                write!(f, "{}", self.date.format("%Y-%m-%d"))?;
                self.time.map_or(Ok(()), |time| {
                    let to_second = if time.second() == 0 {
                        "T%H:%M"
                    } else {
                        "T%H:%M:%S"
                    };
                    write!(f, "{}", time.format(to_second))
                })
            }
            Precision::Month => write!(f, "{}", self.date.format("%Y-%m")),
            Precision::Year => write!(f, "{}", self.date.format("%Y")),
        }
    }
}

/// The precision of a date.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Only the year is known.
    Year,
    /// Year and month are known.
    Month,
    /// Year, month and day are known.
    Day,
    /// The day and the time of day are known.
    Minute,
}

/// The order of day and month in a numeric date. The rest of the corpus may correct an assumed
/// order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NumberOrder {
    /// The date is unambiguous: the month is a word, or the year comes first.
    #[default]
    Plain,
    /// The day comes before the month, as the numbers or the weekday prove.
    DayFirst,
    /// The month comes before the day, as the numbers or the weekday prove.
    MonthFirst,
    /// The day is assumed to come before the month, without proof.
    AssumedDayFirst,
    /// The month is assumed to come before the day, without proof.
    AssumedMonthFirst,
    /// The day comes before the month, as in most other dates that prove an order.
    VotedDayFirst,
    /// The month comes before the day, as in most other dates that prove an order.
    VotedMonthFirst,
}

/// The source of a fact about an article. A fact from any source other than `Page` or `Meta` is
/// inferred, and is marked so.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// A line of the page states the fact.
    Page,
    /// A field of the record or the metadata of the page states the fact.
    Meta,
    /// The web address of the article implies the fact.
    Url,
    /// The layout of the page, which is that of one known outlet, implies the fact.
    Layout,
    /// The text of the article's body implies the fact.
    Body,
}

impl Origin {
    /// Returns whether a fact with this source is inferred rather than stated.
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
        assert_eq!(published.utc().as_deref(), Some("2023-08-15T06:26:00Z"));
        published.zone = None;
        assert_eq!(published.to_string(), "2023-08-15T13:26");
        assert_eq!(published.utc(), None, "without a zone there is no moment");
        published.time = NaiveTime::from_hms_opt(13, 26, 7);
        assert_eq!(published.to_string(), "2023-08-15T13:26:07");
        published.time = None;
        assert_eq!(published.to_string(), "2023-08-15");
        published.precision = Precision::Month;
        assert_eq!(published.to_string(), "2023-08");
    }
}
