//! The dispersion of a keyword as items of a list: one row for each outlet and each person, with a
//! column for each stretch of time.

use chrono::NaiveDate;

use super::picker::{Ink, Item, Shade};
use super::{App, Signs};
use crate::relate::{Spread, SpreadOf, SpreadRow};

/// Minimum and maximum number of columns of the plot.
const COLUMNS: (u16, u16) = (12, 100);
/// Number of columns of the screen beside the plot: names, counts and edges.
const BESIDE: u16 = 48;

/// Returns the items of a dispersion: first the places in the articles, then time.
pub fn items(app: &App, spread: &Spread) -> Vec<Item> {
    let plot = Plot::new(app, spread);
    let mut items = Vec::new();
    if spread.rows.is_empty() {
        return items;
    }
    items.push(Item {
        lead: app.tr("in the article").to_owned(),
        text: plot.places(spread),
        note: app.tr("from beginning to end").to_owned(),
        ..Item::default()
    });
    items.extend(plot.span().map(|span| Item {
        lead: app.tr("published").to_owned(),
        text: span,
        note: plot.beyond(spread),
        ..Item::default()
    }));
    items.extend(spread.rows.iter().map(|row| plot.item(row)));
    if spread.undated > 0 {
        items.push(Item {
            lead: app.tr("undated").to_owned(),
            note: spread.undated.to_string(),
            ..Item::default()
        });
    }
    items
}

struct Plot<'a> {
    app: &'a App,
    columns: usize,
    ends: Option<(NaiveDate, NaiveDate)>,
    /// The largest count of a column in a row other than the first.
    most: u32,
}

impl<'a> Plot<'a> {
    fn new(app: &'a App, spread: &Spread) -> Self {
        let columns = app.screen.0.saturating_sub(BESIDE);
        let mut plot = Self {
            app,
            columns: usize::from(columns.clamp(COLUMNS.0, COLUMNS.1)),
            ends: spread.usual_ends(),
            most: 1,
        };
        let rows = spread.rows.iter().skip(1);
        let most = rows.flat_map(|row| plot.bins(row)).max();
        plot.most = most.unwrap_or(1).max(1);
        plot
    }

    /// Returns the count of a row in each column of time.
    fn bins(&self, row: &SpreadRow) -> Vec<u32> {
        let mut bins = vec![0; self.columns];
        let Some((from, to)) = self.ends else {
            return bins;
        };
        let days = (to - from).num_days() + 1;
        for (day, count) in row.days.iter().filter(|(day, _)| (from..=to).contains(day)) {
            let at = (*day - from).num_days() * self.columns.cast_signed() as i64 / days;
            let bin = usize::try_from(at).ok().and_then(|at| bins.get_mut(at));
            if let Some(bin) = bin {
                *bin += count;
            }
        }
        bins
    }

    fn item(&self, row: &SpreadRow) -> Item {
        let bins = self.bins(row);
        let most = match row.of {
            SpreadOf::All => bins.iter().max().copied().unwrap_or(1),
            _ => self.most,
        };
        let text = match self.app.view.signs {
            signs @ (Signs::Usual | Signs::Ascii) => bars(&bins, most, signs),
            Signs::Plain => self.in_words(row),
        };
        let (lead, hue) = match &row.of {
            SpreadOf::All => (self.app.tr("all").to_owned(), None),
            SpreadOf::Outlet(Some(outlet)) => (outlet.to_string(), None),
            SpreadOf::Outlet(None) => (self.app.tr("outlet unknown").to_owned(), None),
            SpreadOf::Person(id) => {
                let survey = self.app.surveyed();
                let person = survey.and_then(|survey| survey.directory.get(*id));
                let name = person.map_or_else(String::new, |person| person.name.to_string());
                (name, Some(self.app.person_hue(*id)))
            }
        };
        let inks = hue.map(|hue| Ink::of_lead(0, lead.len(), Shade::Speaker(hue)));
        Item {
            inks: inks.into_iter().collect(),
            lead,
            text,
            note: row.count.to_string(),
            ..Item::default()
        }
    }

    /// Returns the days at the two ends of the plot, below which the columns stand.
    fn span(&self) -> Option<String> {
        let (from, to) = self.ends?;
        let (from, to) = (from.to_string(), to.to_string());
        let gap = self.columns.saturating_sub(from.len() + to.len()).max(1);
        let sign = match self.app.view.signs {
            Signs::Usual => "─".repeat(gap.saturating_sub(2)),
            Signs::Ascii => "-".repeat(gap.saturating_sub(2)),
            Signs::Plain => "–".to_owned(),
        };
        Some(format!("{from} {sign} {to}"))
    }

    /// Returns in words how many occurrences are earlier or later than the plot shows.
    fn beyond(&self, spread: &Spread) -> String {
        let Some(((from, to), all)) = self.ends.zip(spread.rows.first()) else {
            return String::new();
        };
        let count = |is_counted: &dyn Fn(NaiveDate) -> bool| -> u32 {
            let days = all.days.iter().filter(|(day, _)| is_counted(*day));
            days.map(|(_, count)| count).sum()
        };
        let (before, after) = (count(&|day| day < from), count(&|day| day > to));
        if before + after == 0 {
            return String::new();
        }
        let (before, after) = (before.to_string(), after.to_string());
        self.app.fill("{0} earlier, {1} later", &[&before, &after])
    }

    /// Returns in words when a row has most occurrences.
    fn in_words(&self, row: &SpreadRow) -> String {
        let most = row
            .days
            .iter()
            .max_by_key(|(day, count)| (*count, std::cmp::Reverse(*day)));
        most.map_or_else(String::new, |(day, count)| {
            let (day, count) = (day.to_string(), count.to_string());
            self.app.fill("most on {0}: {1}", &[&day, &count])
        })
    }

    /// Returns the plot of the places in the articles.
    fn places(&self, spread: &Spread) -> String {
        let mut bins = vec![0; self.columns];
        for (at, count) in spread.places.iter().enumerate() {
            let bin = at * self.columns / spread.places.len().max(1);
            if let Some(bin) = bins.get_mut(bin) {
                *bin += count;
            }
        }
        if self.app.view.signs == Signs::Usual {
            let most = bins.iter().max().copied().unwrap_or(1);
            return bars(&bins, most, Signs::Usual);
        }
        let thirds: Vec<String> = spread
            .places
            .chunks(spread.places.len().div_ceil(3).max(1))
            .map(|third| third.iter().sum::<u32>().to_string())
            .collect();
        let part = |at: usize| thirds.get(at).map_or("0", String::as_str);
        self.app.fill(
            "{0} in the first third, {1} in the second, {2} in the last",
            &[part(0), part(1), part(2)],
        )
    }
}

/// Returns one sign for each count, whose height is its share of `most`. A count that is not zero
/// is always seen.
fn bars(counts: &[u32], most: u32, signs: Signs) -> String {
    let most = most.max(1) as usize;
    let heights = counts.iter().map(|count| {
        let height = (*count as usize * 8).div_ceil(most);
        signs.eighths(height)
    });
    heights.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_count_is_seen_and_none_is_higher_than_the_most() {
        assert_eq!(bars(&[0, 1, 50, 100, 101], 100, Signs::Usual), " ▁▄██");
        assert_eq!(bars(&[0, 0], 0, Signs::Ascii), "  ");
    }
}
