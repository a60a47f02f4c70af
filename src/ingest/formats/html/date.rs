//! Chooses the date of publication of a page among JSON-LD, meta elements, `time` elements and the
//! web address.

use std::sync::LazyLock;

use regex::Regex;
use trafilatura::dom::Document;

use super::facts::Facts;
use super::outline::Line;

/// Names of `meta` elements that hold the date of publication, most reliable first.
const METAS: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "published_time",
    "published-date",
    "pubdate",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "date",
    "last-modified-original",
    "rnews:datepublished",
    "datecreated",
    "article:created_time",
    "dcsext.articlefirstpublished",
    "bt:pubdate",
    "originalpublicationdate",
];
const METAS_OF_CHANGES: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "last-modified",
    "datemodified",
];

/// Returns the date of publication of a page as the page writes it. Returns the date of its last
/// change if there is no other. `head` holds the lines at the title.
pub(super) fn choose(facts: &Facts, doc: &Document, head: &[Line]) -> Option<String> {
    let published = ["datePublished", "dateCreated", "uploadDate"];
    let json = || {
        published
            .iter()
            .find_map(|key| facts.json(key))
            .filter(|date| is_date(date))
    };
    let meta = || {
        METAS.iter().find_map(|name| {
            facts
                .all(name)
                .find(|date| is_date(date))
                .map(str::to_owned)
        })
    };
    let changed = || {
        let meta = METAS_OF_CHANGES
            .iter()
            .find_map(|name| facts.all(name).find(|date| is_date(date)));
        facts
            .json("dateModified")
            .filter(|date| is_date(date))
            .or(meta.map(str::to_owned))
    };
    json()
        .or_else(meta)
        .or_else(|| in_element(doc))
        .or_else(|| facts.url.as_deref().and_then(in_address))
        .or_else(|| in_head(head))
        .or_else(changed)
        .map(|date| in_order(date.trim()))
}

/// Returns a date such as `Fri Apr 28 19:20:36 CEST 2023`, which some servers print, in the form
/// `2023-04-28T19:20:36`. Returns any other date unchanged.
fn in_order(date: &str) -> String {
    static PRINTED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d?) (\d\d:\d\d:\d\d) [A-Z]{2,5} (\d{4})$")
            .unwrap_or_else(|_| unreachable!("a constant pattern"))
    });
    let reordered = PRINTED.captures(date).and_then(|part| {
        let words = format!("{} {} {} {}", &part[4], &part[1], &part[2], &part[3]);
        chrono::NaiveDateTime::parse_from_str(&words, "%Y %b %d %H:%M:%S").ok()
    });
    reordered.map_or_else(
        || date.to_owned(),
        |date| date.format("%Y-%m-%dT%H:%M:%S").to_string(),
    )
}

/// Returns whether a text may be a date: it is short and contains a year from 1900 to 2099.
fn is_date(text: &str) -> bool {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:19|20)\d\d").unwrap_or_else(|_| unreachable!("a constant pattern"))
    });
    YEAR.is_match(text) && text.len() < 60
}

/// Returns the date in the first element that contains one. Elements with the property
/// `datePublished` are tried first, then `time` elements.
fn in_element(doc: &Document) -> Option<String> {
    let selectors = [
        "[itemprop=datePublished]",
        "article time[datetime]",
        "main time[datetime]",
        "time[datetime]",
        "article time",
        "time",
    ];
    for selector in selectors {
        for id in doc
            .query_selector_all(doc.root(), selector)
            .into_iter()
            .take(4)
        {
            let given = ["datetime", "content"]
                .iter()
                .find_map(|name| doc.get_attribute(id, name));
            let date = given.unwrap_or_else(|| doc.text_content(id));
            let date = date.split_whitespace().collect::<Vec<_>>().join(" ");
            if is_date(&date) {
                return Some(date);
            }
        }
    }
    None
}

/// Returns the first numeric date on a short line at the title, such as `25.04.2024`, in the form
/// `2024-04-25`.
fn in_head(head: &[Line]) -> Option<String> {
    static FIGURES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"\b(?:(20\d\d)[./-](\d\d?)[./-](\d\d?)|(\d\d?)\.\s?(\d\d?)\.\s?((?:20)?\d\d))\b",
        )
        .unwrap_or_else(|_| unreachable!("a constant pattern"))
    });
    let mut short = head.iter().filter(|line| line.text.chars().count() < 120);
    let found = short.find_map(|line| FIGURES.captures(&line.text))?;
    let part = |index: usize| found.get(index).map_or("", |part| part.as_str());
    let (year, month, day) = if found.get(1).is_some() {
        (part(1), part(2), part(3))
    } else {
        (part(6), part(5), part(4))
    };
    let century = if year.len() == 2 { "20" } else { "" };
    Some(format!("{century}{year}-{month:0>2}-{day:0>2}"))
}

/// Returns the date in a web address (`/2024/04/28/`, `/2024-04-28-` or `/20240428`) in the form
/// `2024-04-28`.
fn in_address(url: &str) -> Option<String> {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"[/\-_.](20\d\d)[/\-_]?(0[1-9]|1[0-2])[/\-_]?(0[1-9]|[12]\d|3[01])(?:\D|$)")
            .unwrap_or_else(|_| unreachable!("a constant pattern"))
    });
    let found = DAY.captures(url)?;
    Some(format!("{}-{}-{}", &found[1], &found[2], &found[3]))
}
