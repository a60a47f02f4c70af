//! Chooses the title of a page among JSON-LD, the headings, `OpenGraph` and the title element.

use super::facts::{Facts, decode_entities};
use super::outline::{Line, Tag};
use super::words::same_words;

/// Returns the title of a page, or `None` if it has none.
///
/// JSON-LD and `OpenGraph` hold the title that a newsroom offers to other sites, but each can be a
/// variant for a search engine or a social network. If they differ, the other titles on the page
/// decide.
pub(super) fn choose(facts: &Facts, lines: &[Line], outlet: Option<&str>) -> Option<String> {
    let clean = |title: &str| strip_site(&decode_entities(title), outlet, facts);
    let is_whole = |title: &String| title.chars().count() > 3 && !is_cut(title);
    let meta = |name| facts.meta(&[name]).map(clean).filter(is_whole);
    let json = facts
        .json("headline")
        .map(|title| clean(&title))
        .filter(is_whole);
    let element = Some(clean(&facts.title)).filter(is_whole);
    let open = meta("og:title").or_else(|| meta("twitter:title"));
    let headings: Vec<&Line> = lines
        .iter()
        .filter(|line| line.tag == Tag::Heading(1))
        .collect();
    let heading = choose_heading(&headings, open.as_deref(), element.as_deref().unwrap_or(""));
    let heading = heading.map(|heading| clean(&heading));
    let chosen = match (&json, &open) {
        (Some(json), Some(open)) => {
            let others = [heading.clone(), meta("twitter:title"), element];
            Some(weigh(json, open, &others).to_owned())
        }
        _ => json.or(open).or(heading).or(element),
    };
    let chosen = chosen.or_else(|| Some(clean(&facts.title)));
    chosen
        .filter(|title| !title.is_empty())
        .map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Returns the better one of the titles in JSON-LD (`json`) and `OpenGraph` (`open`). `others`
/// holds the page's heading, then its other titles.
fn weigh<'t>(json: &'t str, open: &'t str, others: &[Option<String>; 3]) -> &'t str {
    if same_words(json, open) || is_kicker_and(open, json) {
        return json;
    }
    if is_kicker_and(json, open) {
        return open;
    }
    let given: Vec<&String> = others.iter().flatten().collect();
    let all = |title: &str| !given.is_empty() && given.iter().all(|other| same_words(other, title));
    // If all other titles are equal to one of the two, the different one was written on purpose.
    if all(json) {
        return open;
    }
    if all(open) {
        return json;
    }
    let [heading, ..] = others;
    let is_on_page = heading
        .as_ref()
        .is_some_and(|heading| same_words(heading, open));
    if is_on_page { open } else { json }
}

/// Returns whether `long` is `title` with a kicker before it, as in `Interview: Title`.
fn is_kicker_and(long: &str, title: &str) -> bool {
    long.strip_suffix(title)
        .is_some_and(|kicker| kicker.trim_end().ends_with([':', '|', '-', '–', '+', '/']))
}

/// Returns whether a title is truncated. Some sites cut the title in their metadata to 110
/// characters and add dots.
fn is_cut(title: &str) -> bool {
    title.ends_with("...") || title.ends_with('…')
}

/// Returns the text of the first level-one heading that agrees with `open` (the title in
/// `OpenGraph`) or `title` (the title element). If none agrees and there is only one heading,
/// returns that one.
fn choose_heading(headings: &[&Line], open: Option<&str>, title: &str) -> Option<String> {
    let words = |text: &str| text.replace('\n', " ");
    let agrees = |heading: &&&Line| {
        let heading = words(&heading.text);
        [open.unwrap_or(""), title].iter().any(|known| {
            !known.is_empty() && (same_words(known, &heading) || shares(known, &heading))
        })
    };
    let only = (headings.len() == 1).then(|| headings.first()).flatten();
    let heading = headings.iter().find(agrees).or(only)?;
    let text = words(&heading.text);
    (text.chars().count() > 8).then_some(text)
}

/// Returns whether two texts share more than half of the words of the shorter one.
fn shares(one: &str, other: &str) -> bool {
    let words = |text: &str| -> std::collections::HashSet<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (one, other) = (words(one), words(other));
    let shared = one.intersection(&other).count();
    shared * 2 > one.len().min(other.len()).max(1)
}

/// Separators between a title and the name of the site.
const SEPARATORS: &[&str] = &[
    " | ", " - ", " – ", " — ", " :: ", " » ", " · ", "：", "ㅣ", " |", "| ",
];

/// Returns `title` without the name of the site at its start and end.
fn strip_site(title: &str, outlet: Option<&str>, facts: &Facts) -> String {
    let mut title = title.trim().to_owned();
    for _ in 0..3 {
        let Some(shorter) = strip_once(&title, outlet, facts) else {
            break;
        };
        title = shorter;
    }
    title
}

fn strip_once(title: &str, outlet: Option<&str>, facts: &Facts) -> Option<String> {
    for separator in SEPARATORS {
        if let Some((front, end)) = title.rsplit_once(separator) {
            let is_rest = end.trim().chars().all(|c| c.is_ascii_digit() || c == '.');
            if (is_site(end, outlet, facts) || is_rest) && front.trim().chars().count() > 3 {
                return Some(front.trim().to_owned());
            }
        }
        if let Some((start, back)) = title.split_once(separator)
            && is_site(start, outlet, facts)
            && back.trim().chars().count() > 3
        {
            return Some(back.trim().to_owned());
        }
    }
    None
}

/// Returns whether `words` are the name of the outlet or of its host.
fn is_site(words: &str, outlet: Option<&str>, facts: &Facts) -> bool {
    let squash = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let words = squash(words);
    if words.is_empty() || words.chars().count() > 40 {
        return false;
    }
    let host = facts.url.as_deref().map(host).unwrap_or_default();
    let host_words = squash(host.rsplit_once('.').map_or(host, |(front, _)| front));
    let names = [
        outlet.unwrap_or(""),
        facts
            .meta(&["og:site_name", "application-name"])
            .unwrap_or(""),
    ];
    let is_name = |name: &str| {
        let name = squash(name);
        !name.is_empty() && (name == words || name.starts_with(&words) || words.starts_with(&name))
    };
    let label = squash(host.split('.').next().unwrap_or(""));
    let is_label = label.len() >= 4 && words.starts_with(&label) && words.len() < label.len() + 12;
    let is_host = is_label
        || words.len() >= 2
            && (host_words.contains(&words)
                || squash(host) == words
                || (host_words.len() > 2 && words.starts_with(&host_words)));
    names.into_iter().any(is_name) || is_host
}

/// Returns the host of a web address, without `www.`.
pub(super) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or("");
    host.strip_prefix("www.").unwrap_or(host)
}
