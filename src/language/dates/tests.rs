//! Tests of the forms in which pages write dates.

use std::fmt::Write as _;

use super::*;
use crate::language::Packs;

/// Formats a date as `YYYY-MM-DD[ HH:MM][ zone in minutes]`, with only the parts that it has.
fn shown(date: &WrittenDate) -> String {
    let form = if date.has_day { "%Y-%m-%d" } else { "%Y-%m" };
    let mut shown = date.date.format(form).to_string();
    if let Some(time) = date.time {
        shown += &time.format(" %H:%M").to_string();
    }
    if let Some(zone) = date.zone {
        let _ = write!(shown, " {zone:+}");
    }
    shown
}

#[test]
fn dates_are_read_as_pages_write_them() {
    let calendar = Calendar::new(&Packs::embedded());
    for (text, expected) in [
        ("Diperbarui 20 Jun 2025, 05:50 WIB", "2025-06-20 05:50 +420"),
        ("Kamis, 02 Nov 2023 20:59 WIB", "2023-11-02 20:59 +420"),
        (
            "Tayang: Selasa, 10 Juni 2025 08:40 WITA",
            "2025-06-10 08:40 +480",
        ),
        ("10 Juni 2025 |07:30 WIB", "2025-06-10 07:30 +420"),
        (
            ", Jurnalis-Kamis, 19 Juni 2025 |09:46 WIB",
            "2025-06-19 09:46 +420",
        ),
        (
            ", Jurnalis-Kamis,\u{a0}19 Juni 2025 |09:46 WIT",
            "2025-06-19 09:46 +540",
        ),
        ("Kabar.com - 10/06/2025, 21:50 WIB", "2025-06-10 21:50 +420"),
        ("10 Jun 2025 15:40", "2025-06-10 15:40"),
        ("Senin, 09 Juni 2025 - 18:33 WIB", "2025-06-09 18:33 +420"),
        (
            "Jum'at, 17 Februari 2017 - 13:30 wib",
            "2017-02-17 13:30 +420",
        ),
        ("9 Juni 2025 | 22.00 WIB", "2025-06-09 22:00 +420"),
        (
            "Selasa, 22 Januari 2019 / 10:33 WIB",
            "2019-01-22 10:33 +420",
        ),
        ("21 January 2019", "2019-01-21"),
        ("2018-12-13", "2018-12-13"),
        ("Kamis, 05 November 2015 11:52 |", "2015-11-05 11:52"),
        (
            "Selasa, 10 Jun 2025 - 21:32 WIB_x0000_",
            "2025-06-10 21:32 +420",
        ),
        ("Selasa 15 Aug 2023  13:26 WIB", "2023-08-15 13:26 +420"),
        ("Tue, October 25, 2022", "2022-10-25"),
        (
            "Kamis, 5 November 2015 14:56 WIB | 1.229 Views",
            "2015-11-05 14:56 +420",
        ),
        ("on 16 Feb 2016 at 09:10 WIB", "2016-02-16 09:10 +420"),
        (
            "Jumat , 17 February 2017, 13:16 WIB",
            "2017-02-17 13:16 +420",
        ),
        ("Kamis, 05/11/2015 10:08 WIB", "2015-11-05 10:08 +420"),
        ("20/1/2026 18:30", "2026-01-20 18:30"),
        ("Thursday, 14-09-2023 | 11:22 am", "2023-09-14 11:22"),
        (
            "Wednesday, 04 November, 2015 | 07:28 WIB",
            "2015-11-04 07:28 +420",
        ),
        (
            "By Ann Lee - 11/18/19 11:04 PM EST",
            "2019-11-18 23:04 -300",
        ),
        ("Nov 20 2019, 10:18am ist", "2019-11-20 10:18 +330"),
        ("19 Nov 2019 05:44 GMT", "2019-11-19 05:44 +0"),
        (
            "Published 11:34 PM EST Nov 19, 2019",
            "2019-11-19 23:34 -300",
        ),
        ("17:41 JST, October 13, 2024", "2024-10-13 17:41 +540"),
        ("21 May 2025 - 14:19", "2025-05-21 14:19"),
        ("Published on 30/04/2024 - 16:38", "2024-04-30 16:38"),
        (
            "January 28, 2025 11:30 am (Updated 11:54 am)",
            "2025-01-28 11:30",
        ),
        ("Friday, 22 Nov 2024 4:55 PM MYT", "2024-11-22 16:55 +480"),
        (
            "2 minute readApril 25, 20232:26 PM GMT+2Last Updated 9 min ago",
            "2023-04-25 14:26 +120",
        ),
        ("April 28, 2024 12:05 AM", "2024-04-28 00:05"),
        ("2024-11-18T21:26:00+07:00", "2024-11-18 21:26 +420"),
        ("2024-11-18T21:26:00Z", "2024-11-18 21:26 +0"),
        ("Tue, 25 Oct 2022 10:00:00 +0700", "2022-10-25 10:00 +420"),
        ("Selasa (31/12/2024)", "2024-12-31"),
        ("Ahad, 7 Pebruari 2016", "2016-02-07"),
        ("3 Agt 2024", "2024-08-03"),
        ("Juni 2025", "2025-06"),
        ("Montag, 3. März 2025, 14:05 Uhr", "2025-03-03 14:05"),
        ("22nd Nov. 2024", "2024-11-22"),
        ("02-Nov-23", "2023-11-02"),
        // No dates: pages, scores, broken ones, counts.
        ("Halaman 2 dari 2", ""),
        ("Senin (8//6/2025)", ""),
        ("Rabu (4/11/205)", ""),
        ("Jumat (27/12) lalu", ""),
        ("31 Februari 2024", ""),
        ("dibaca 53,203 kali", ""),
        ("Published 4 months ago", ""),
        ("menang 2-1-2024", "2024-01-02"),
    ] {
        let found = calendar.read(text, DayMonth::DayFirst);
        let shown = found.first().map(shown).unwrap_or_default();
        assert_eq!(shown, expected, "{text}");
    }
}

#[test]
fn weekday_and_numbers_prove_the_order() {
    let calendar = Calendar::new(&Packs::embedded());
    for (text, order, date, reading) in [
        (
            "25/12/2024",
            DayMonth::MonthFirst,
            "2024-12-25",
            Reading::Proven(DayMonth::DayFirst),
        ),
        (
            "12/25/2024",
            DayMonth::DayFirst,
            "2024-12-25",
            Reading::Proven(DayMonth::MonthFirst),
        ),
        (
            "Rabu, 05/06/2024",
            DayMonth::MonthFirst,
            "2024-06-05",
            Reading::Proven(DayMonth::DayFirst),
        ),
        (
            "Monday 05/06/2024",
            DayMonth::DayFirst,
            "2024-05-06",
            Reading::Proven(DayMonth::MonthFirst),
        ),
        (
            "05/06/2024",
            DayMonth::DayFirst,
            "2024-06-05",
            Reading::Assumed(DayMonth::DayFirst),
        ),
        (
            "05/06/2024",
            DayMonth::MonthFirst,
            "2024-05-06",
            Reading::Assumed(DayMonth::MonthFirst),
        ),
        (
            "06/06/2024",
            DayMonth::MonthFirst,
            "2024-06-06",
            Reading::Plain,
        ),
    ] {
        let found = calendar.read(text, order);
        let first = found
            .first()
            .map(|date| (date.date.to_string(), date.reading));
        assert_eq!(first, Some((date.to_owned(), reading)), "{text}");
    }
}

#[test]
fn a_change_is_told_from_the_first_publication() {
    let calendar = Calendar::new(&Packs::embedded());
    let text = "Published November 18, 2024 9:26pm Updated November 19, 2024 4:23pm";
    let found = calendar.read(text, DayMonth::MonthFirst);
    let shown: Vec<_> = found
        .iter()
        .map(|date| (shown(date), date.updated))
        .collect();
    assert_eq!(
        shown,
        [
            ("2024-11-18 21:26".to_owned(), false),
            ("2024-11-19 16:23".to_owned(), true)
        ]
    );
}
