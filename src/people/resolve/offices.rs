//! Who holds which office, by date, as the corpus tells it.

use chrono::{Days, NaiveDate};
use foldhash::{HashMap, HashMapExt, HashSet};

use super::super::name::Name;
use super::super::table::Names;
use super::nodes::Nodes;

/// Days before and after an article whose reports tell who holds an office then.
const WINDOW: u64 = 183;
/// Of ten reports of an office, these must name the one.
const OF_TEN: usize = 9;
/// Reports that must name the bearer of an office of several words, or of a short form of one.
const FEW: usize = 2;
/// Reports that must name the bearer of an office of one word (`Presiden`).
const MANY: usize = 5;

/// A report that names the bearer of an office.
struct Report {
    article: u32,
    day: Option<NaiveDate>,
    root: u32,
    surface: u32,
}

/// The bearers of all offices.
pub(super) struct Holders {
    /// By office, in order of date.
    reports: HashMap<u32, Vec<Report>>,
    numbers: HashMap<Box<str>, u32>,
    /// The long form of each short one (`mensos`).
    long: HashMap<u32, u32>,
}

impl Holders {
    pub(super) fn of(nodes: &mut Nodes<'_>) -> Self {
        let table = nodes.table;
        let mut reports: HashMap<u32, Vec<Report>> = HashMap::new();
        for (names, article) in table.articles.iter().zip(0..) {
            for (office, surface) in &names.offices {
                let Some(node) = nodes.anywhere(*surface) else {
                    continue;
                };
                reports.entry(*office).or_default().push(Report {
                    article,
                    day: names.day,
                    root: nodes.root(node),
                    surface: *surface,
                });
            }
        }
        for list in reports.values_mut() {
            list.sort_by_key(|report| (report.day, report.root));
        }
        let numbers = table.offices.iter().cloned().zip(0..);
        Self {
            reports,
            numbers: numbers.collect(),
            long: long_forms(table),
        }
    }

    fn at(&self, office: u32, day: Option<NaiveDate>) -> impl Iterator<Item = &Report> {
        let all = self.reports.get(&office).map_or(&[][..], Vec::as_slice);
        let window = day.and_then(|day| {
            let days = Days::new(WINDOW);
            Some((day.checked_sub_days(days)?, day.checked_add_days(days)?))
        });
        all.iter().filter(move |report| {
            let is_then = |(from, to)| report.day.is_some_and(|day| from <= day && day <= to);
            window.is_none_or(is_then)
        })
    }

    /// The one who holds an office at a date by nearly all reports of that time.
    pub(super) fn holder(&self, office: &str, day: Option<NaiveDate>) -> Option<u32> {
        let number = *self.numbers.get(office)?;
        let long = self.long.get(&number).copied();
        let offices = [Some(number), long].into_iter().flatten();
        let reports = offices.flat_map(|office| self.at(office, day));
        let told: HashSet<(u32, u32)> = reports.map(|one| (one.root, one.article)).collect();
        let mut counts: HashMap<u32, usize> = HashMap::new();
        for (root, _) in told {
            *counts.entry(root).or_default() += 1;
        }
        let all: usize = counts.values().sum();
        let (root, most) = counts
            .iter()
            .max_by_key(|(root, n)| (**n, u32::MAX - **root))?;
        let is_telling = office.contains(' ') || long.is_some();
        let needed = if is_telling { FEW } else { MANY };
        (*most >= needed && *most * 10 >= all * OF_TEN).then_some(*root)
    }

    /// Whether an office is told by several words, or is the short form of one that is.
    pub(super) fn is_telling(&self, office: u32, table: &Names) -> bool {
        self.long.contains_key(&office) || table.offices[office as usize].contains(' ')
    }

    /// The one bearer of an office around a date whose name a short name begins or ends.
    pub(super) fn bearer_called(
        &self,
        office: u32,
        day: Option<NaiveDate>,
        (short, nodes): (&Name, &Nodes<'_>),
    ) -> Option<u32> {
        let fits = |report: &&Report| {
            short.may_shorten(&nodes.table.surfaces[report.surface as usize].name)
        };
        let mut found = self.at(office, day).filter(fits).map(|report| report.root);
        let one = found.next()?;
        found.all(|other| other == one).then_some(one)
    }

    /// Whether somebody bears an office in any report.
    pub(super) fn bears(&self, office: u32, root: u32) -> bool {
        let reports = self.reports.get(&office).map_or(&[][..], Vec::as_slice);
        reports.iter().any(|report| report.root == root)
    }
}

/// The long forms of offices of one word: those of several words that articles give the same bearer
/// in the same place.
fn long_forms(table: &Names) -> HashMap<u32, u32> {
    let mut counts: HashMap<(u32, u32), usize> = HashMap::new();
    let is_long = |office: u32| table.offices[office as usize].contains(' ');
    for (short, long) in table.articles.iter().flat_map(|names| &names.short_offices) {
        if !is_long(*short) && is_long(*long) {
            *counts.entry((*short, *long)).or_default() += 1;
        }
    }
    let mut best: HashMap<u32, (usize, u32)> = HashMap::new();
    for ((short, long), count) in counts {
        let known = best.entry(short).or_insert((count, long));
        *known = (*known).max((count, long));
    }
    best.into_iter()
        .map(|(short, (_, long))| (short, long))
        .collect()
}
