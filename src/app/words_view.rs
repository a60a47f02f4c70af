//! Builds the overlay of a view of words.

use std::sync::Arc;

use super::overlay::{Kind, Overlay};
use super::picker::{Choice, Ink, Item, Picker, Shade};
use super::words::{WordsTab, WordsView, WordsWanted};
use super::{App, LoadState, Signs, words_spread};
use crate::relate::{KeyWord, Line, MAX_LINES, TextScope, Whose, WordsFound};
use crate::text::{ByteSpan, clip};

/// Maximum width of a speaker's name beside a line, in columns of the screen.
const NAME_WIDTH: u16 = 20;
/// Length of the longest bar beside a word, in columns of the screen.
const MAX_BAR: usize = 10;

/// Returns the overlay of a view of words.
pub fn overlay(app: &App, wanted: WordsWanted, found: Arc<WordsFound>) -> Overlay {
    let items = match wanted.tab {
        WordsTab::Lines => lines(app, &found),
        WordsTab::Spread => words_spread::items(app, &found.spread),
        WordsTab::Beside => key_words(app, &found.beside),
        WordsTab::Typical => key_words(app, &found.typical),
    };
    let picker = Picker::new(&title(app, &wanted, &found), empty(&wanted), items);
    let view = WordsView {
        wanted,
        found,
        columns: app.screen.0,
    };
    Overlay::new(picker, Kind::Words(Box::new(view)))
}

fn empty(wanted: &WordsWanted) -> &'static str {
    match wanted.tab {
        WordsTab::Lines | WordsTab::Spread => {
            "Nobody uses this word here; `*` at its end stands for any ending."
        }
        WordsTab::Beside => "No word stands beside it more often than chance explains.",
        WordsTab::Typical if !wanted.whose.has_rest() => {
            "Choose whose words to compare with those of all others."
        }
        WordsTab::Typical => "No word is used more often than chance explains.",
    }
}

fn title(app: &App, wanted: &WordsWanted, found: &WordsFound) -> String {
    let mut parts = Vec::new();
    if !wanted.typed.is_empty() {
        parts.push(format!("“{}”", wanted.typed));
    }
    parts.push(app.tr(wanted.tab.name()).to_owned());
    let scope = match wanted.scope {
        TextScope::Quotes => "in quotes",
        TextScope::Text => "in all text",
    };
    parts.push(app.tr(scope).to_owned());
    match &wanted.whose {
        Whose::Everybody => {}
        Whose::Person(id) => {
            let survey = wanted.survey.as_deref();
            let person = survey.and_then(|survey| survey.directory.get(*id));
            parts.extend(person.map(|person| person.name.to_string()));
        }
        Whose::Articles(ids) => {
            parts.push(app.fill("the {0} listed articles", &[&ids.len().to_string()]));
        }
    }
    if !wanted.typed.is_empty() {
        let counts = [found.count, found.articles, found.elsewhere].map(|count| count.to_string());
        let [count, articles, elsewhere] = &counts;
        let words = if wanted.whose.has_rest() {
            "{0} in {1} articles, {2} elsewhere"
        } else {
            "{0} in {1} articles"
        };
        parts.push(app.fill(words, &[count, articles, elsewhere]));
    }
    if app.load.state == LoadState::Running {
        parts.push(app.tr("as far as read").to_owned());
    }
    if wanted.tab == WordsTab::Lines {
        parts.push(app.tr(wanted.order.name()).to_owned());
        if found.count > MAX_LINES {
            parts.push(app.fill("the first {0}", &[&MAX_LINES.to_string()]));
        }
    }
    parts.join(" · ")
}

fn lines(app: &App, found: &WordsFound) -> Vec<Item> {
    let items = found.lines.iter().filter_map(|found| line(app, found));
    items.collect()
}

/// Returns one line of the concordance. What is beyond the edges of the quotation is context.
fn line(app: &App, line: &Line) -> Option<Item> {
    let article = app.corpus.get(line.hit.article)?;
    let start = line.left.len();
    let end = start + line.word.len();
    let text = format!("{}{}{}", line.left, line.word, line.right);
    let edge = end + line.right_edge;
    let inks = vec![
        Ink::of_text(0, line.left_edge, Shade::Context),
        Ink::of_text(edge, text.len(), Shade::Context),
    ];
    let item = Item {
        text,
        inks,
        note: article.outlet().unwrap_or("").to_owned(),
        focus: Some(ByteSpan::new(start, end)),
        ..Item::default()
    };
    let Some(id) = line.quote() else {
        return Some(Item {
            lead: app.tr("the text").to_owned(),
            choice: Choice::Place(line.hit.article, line.hit.span),
            ..item
        });
    };
    let quote = article.quotes.get(id.index as usize)?;
    let name = app
        .surveyed()
        .and_then(|survey| survey.directory.name_of(id));
    let name = name.or_else(|| article.speaker(quote));
    let name = name.unwrap_or_else(|| app.tr("unattributed").to_owned());
    let item = item.spoken_by(app, id, clip(&name, NAME_WIDTH));
    Some(Item {
        choice: Choice::Passage(id, line.hit.span),
        ..item
    })
}

/// Returns the items of words that are more or less frequent here than elsewhere.
fn key_words(app: &App, words: &[KeyWord]) -> Vec<Item> {
    let most = words.first().map_or(1.0, |word| word.score).max(1.0);
    let items = words.iter().map(|word| {
        let is_reached = |block: &usize| *block as f64 / MAX_BAR as f64 * most < word.score;
        let blocks = (0..MAX_BAR).filter(is_reached).count();
        let bar = match app.view.signs {
            Signs::Usual => format!("{:MAX_BAR$}  ", "▇".repeat(blocks)),
            Signs::Ascii => format!("{:MAX_BAR$}  ", "#".repeat(blocks)),
            Signs::Plain => String::new(),
        };
        let rate = |rate: f64| {
            if rate < 10.0 {
                format!("{rate:.1}")
            } else {
                format!("{rate:.0}")
            }
        };
        let counts = app.fill(
            "{0} here, {1} elsewhere · {2} against {3} in 10,000 words",
            &[
                &format!("{:>5}", word.here),
                &format!("{:>5}", word.rest),
                &format!("{:>5}", rate(word.here_rate)),
                &rate(word.rest_rate),
            ],
        );
        let less = if word.is_more {
            String::new()
        } else {
            format!(" · {}", app.tr("avoided here"))
        };
        Item {
            lead: word.word.to_string(),
            text: format!("{bar}{counts}{less}"),
            note: format!("G² {:.0}", word.score),
            choice: Choice::Word(word.word.clone()),
            ..Item::default()
        }
    });
    items.collect()
}
