//! Lists statements, which are quotations with speaker and outlet, one by one or by date of
//! publication.

use super::compare::outlet_of;
use super::overlay::{Kind, Overlay};
use super::picker::{Choice, Item, Picker};
use super::timeline::{Scope, Shown};
use super::{App, Signs};
use crate::model::{ArticleId, QuoteId};
use crate::relate::{Grain, timeline};
use crate::text::head;

/// Length of the longest bar in a timeline, in columns.
const MAX_BAR: usize = 24;

/// Returns the overlay of a timeline, which lists statements by date of publication.
pub fn by_date(app: &App, shown: Shown) -> Overlay {
    let (title, items) = (title(app, &shown), items(app, &shown));
    let picker = Picker::new(&title, "Nobody is quoted here.", items);
    Overlay::new(picker, Kind::Timeline(shown))
}

/// Returns the heading of a timeline: whose statements it shows, and by what steps of time.
fn title(app: &App, shown: &Shown) -> String {
    let survey = app.surveyed();
    let whose = match shown.scope {
        Scope::All => app.tr("all statements").to_owned(),
        Scope::Speaker(id) => {
            let person = survey.and_then(|survey| survey.directory.get(id));
            person.map_or_else(String::new, |person| person.name.to_string())
        }
        Scope::Story(id) => {
            let story = survey.and_then(|survey| survey.stories.get(id));
            let title = story.and_then(|story| story.title(&app.corpus));
            title.map_or_else(String::new, |title| app.fill("story “{0}”", &[&title]))
        }
    };
    let words = match shown.grain {
        Grain::Day => "Timeline · published by day · {0}",
        Grain::Week => "Timeline · published by week · {0}",
        Grain::Month => "Timeline · published by month · {0}",
    };
    app.fill(words, &[&whose])
}

/// Returns the items of a timeline. Each step of time (a day, week or month) has a bar for its
/// count, followed by its statements.
fn items(app: &App, shown: &Shown) -> Vec<Item> {
    let line = timeline(&app.corpus, quotes(app, shown.scope), shown.grain);
    let most = line.steps.iter().map(|(_, quotes)| quotes.len()).max();
    let most = most.unwrap_or(1).max(line.undated.len()).max(1);
    let mut items = Vec::new();
    for (date, quotes) in &line.steps {
        let pattern = match shown.grain {
            Grain::Day => "%Y-%m-%d",
            Grain::Week => "%Y-%m-%d…",
            Grain::Month => "%Y-%m",
        };
        add_step(
            app,
            &mut items,
            (&date.format(pattern).to_string(), quotes),
            most,
        );
    }
    if !line.undated.is_empty() {
        add_step(app, &mut items, (app.tr("undated"), &line.undated), most);
    }
    items
}

fn add_step(app: &App, items: &mut Vec<Item>, (name, quotes): (&str, &[QuoteId]), most: usize) {
    let block = match app.view.signs {
        Signs::Usual => "█",
        Signs::Plain => "",
    };
    let bar = block.repeat((quotes.len() * MAX_BAR).div_ceil(most));
    items.push(Item {
        lead: name.to_owned(),
        text: format!("{bar} {}", quotes.len()),
        ..Item::default()
    });
    items.extend(
        quotes
            .iter()
            .filter_map(|quote| statement(app, *quote, "  ")),
    );
}

/// Returns one quotation as an item of a list: outlet, speaker and words. `indent` is put before
/// the outlet. Returns `None` if the corpus lacks the quotation.
pub fn statement(app: &App, id: QuoteId, indent: &str) -> Option<Item> {
    let (article, quote) = app.corpus.quote(id)?;
    let survey = app.surveyed();
    let name = survey.and_then(|survey| survey.directory.name_of(id));
    let name = name.or_else(|| article.speaker(quote));
    let name = name.unwrap_or_else(|| app.tr("unattributed").to_owned());
    let words = article.words(quote.span);
    let item = Item {
        lead: format!("{indent}{}", outlet_of(article, &app.view.interface)),
        note: app.tr(quote.kind.name()).to_owned(),
        choice: Choice::Quote(id),
        ..Item::default()
    };
    Some(item.saying(app, Some(&name), (id, head(&words, MAX_STATEMENT))))
}

/// Maximum number of bytes of a quotation that are shown in one line.
const MAX_STATEMENT: usize = 600;

fn quotes(app: &App, scope: Scope) -> Vec<QuoteId> {
    let Some(survey) = app.surveyed() else {
        return Vec::new();
    };
    match scope {
        Scope::Speaker(id) => {
            let person = survey.directory.get(id);
            person.map_or_else(Vec::new, |person| person.quotes.clone())
        }
        Scope::Story(id) => {
            let story = survey.stories.get(id);
            let articles = story.map_or(&[][..], |story| &story.articles);
            let of = |id: &ArticleId| quotes_of(app, *id);
            articles.iter().flat_map(of).collect()
        }
        Scope::All => {
            let all = app.corpus.iter();
            all.flat_map(|(id, _)| quotes_of(app, id)).collect()
        }
    }
}

fn quotes_of(app: &App, article: ArticleId) -> Vec<QuoteId> {
    let count = app
        .corpus
        .get(article)
        .map_or(0, |known| known.quotes.len());
    (0..count as u32)
        .map(|index| QuoteId { article, index })
        .collect()
}
