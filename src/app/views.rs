//! Lists about the whole corpus: related articles, speakers and their quotations, stories.

use super::App;
use super::counts::Counted;
use super::picker::{Choice, Item, Picker};
use crate::model::{Article, ArticleId};
use crate::relate::{Reason, Related, Story, StoryId, Survey};
use crate::text::{clip, width};

/// Maximum width of a list about the corpus, in columns of the screen.
const MAX_WIDTH: u16 = 180;
/// Maximum width of a quotation in the reason why two articles are related, in columns.
const MAX_TITLE: u16 = 60;
/// Maximum width of the name of a speaker or an outlet beside a text, in columns.
const NAME_WIDTH: u16 = 18;
/// Maximum number of names or outlets that one line lists.
const MAX_NAMES: usize = 6;

/// Returns a picker of the articles `related` to the article `of`, each with the reasons.
pub fn related(app: &App, survey: &Survey, (of, related): (ArticleId, &[Related])) -> Picker {
    let items = related.iter().filter_map(|found| {
        let article = app.corpus.get(found.article)?;
        let reasons = found
            .reasons
            .iter()
            .filter(|reason| !is_redundant(reason, found));
        let reasons = reasons.map(|r| reason(app, survey, r));
        Some(Item {
            lead: likeness(found.score),
            text: title(article),
            note: place(app, article),
            below: reasons.collect::<Vec<_>>().join(" · "),
            choice: Choice::Open(found.article),
            ..Item::default()
        })
    });
    let name = app.corpus.get(of).map(title).unwrap_or_default();
    let empty = "No other article belongs with this one.";
    Picker::new(
        &app.fill("Related to: {0}", &[&name]),
        empty,
        items.collect(),
    )
    .wide(MAX_WIDTH)
}

/// Formats the score of a related article, which is at most 1, as a percentage in four columns.
fn likeness(score: f32) -> String {
    let percent = score * 100.0;
    if percent < 1.0 {
        return " <1%".to_owned();
    }
    format!("{percent:>3.0}%")
}

/// Returns whether a reason need not be shown: it gives the days between two articles, and another
/// reason about an earlier or later event gives them too.
fn is_redundant(reason: &Reason, found: &Related) -> bool {
    let has_days =
        |other: &Reason| matches!(other, Reason::EarlierEvent(_) | Reason::LaterEvent(_));
    matches!(reason, Reason::Days(_)) && found.reasons.iter().any(has_days)
}

/// Describes a reason why two articles are related, in words that a user can check.
fn reason(app: &App, survey: &Survey, reason: &Reason) -> String {
    match reason {
        Reason::Copy(share) => {
            let share = format!("{:.0}", share * 100.0);
            app.fill("copy ({0}% the same words)", &[&share])
        }
        Reason::Utterance(id) => {
            let group = survey.variants.get(*id);
            let member = group.and_then(|group| group.members.first());
            let words = member.and_then(|member| {
                let article = app.corpus.get(member.quote.article)?;
                Some(clip(&article.words(member.span), MAX_TITLE))
            });
            app.fill("same utterance: “{0}”", &[&words.unwrap_or_default()])
        }
        Reason::Event(_) => app.tr("same story").to_owned(),
        Reason::EarlierEvent(days) => {
            app.fill("an earlier event, {0} days before", &[&days.to_string()])
        }
        Reason::LaterEvent(days) => app.fill("a later event, {0} days after", &[&days.to_string()]),
        Reason::Speakers(people) => {
            let names = people.iter().filter_map(|id| survey.directory.get(*id));
            let names: Vec<_> = names.take(MAX_NAMES).map(|person| &*person.name).collect();
            app.fill("people: {0}", &[&names.join(", ")])
        }
        Reason::Names(names) => app.fill("names: {0}", &[&names.join(", ")]),
        Reason::Words(words) => app.fill("words: {0}", &[&words.join(", ")]),
        Reason::Days(0) => app.tr("the same day").to_owned(),
        Reason::Days(1) => app.tr("1 day apart").to_owned(),
        Reason::Days(days) => app.fill("{0} days apart", &[&days.to_string()]),
    }
}

/// Returns a picker of the stories, those with most articles first, then the newest.
pub fn stories(app: &App, survey: &Survey) -> Picker {
    let mut all: Vec<(StoryId, &Story)> = (0..).map(StoryId).zip(survey.stories.list()).collect();
    all.sort_by_key(|(id, story)| std::cmp::Reverse((story.articles.len(), *id)));
    let items = all.into_iter().filter_map(|(id, story)| {
        let heading = survey.heading(id)?;
        Some(Item {
            lead: format!("{:>4}", story.articles.len()),
            text: heading.title.to_string(),
            note: app.counted(story.independent, Counted::Texts),
            below: format!(
                "{} · {}",
                heading.days_in_words(),
                heading.outlets.join(", ")
            ),
            choice: Choice::Story(id),
            ..Item::default()
        })
    });
    let empty = "No two articles report one event.";
    Picker::new("Stories", empty, items.collect()).wide(MAX_WIDTH)
}

/// Returns a picker of the articles of one story, by date. Returns `None` if there is no such
/// story.
pub fn story(app: &App, survey: &Survey, id: StoryId) -> Option<Picker> {
    let story = survey.stories.get(id)?;
    let items = story.articles.iter().filter_map(|id| {
        let article = app.corpus.get(*id)?;
        let copies = survey.copies.of(*id).iter();
        let copies = copies.filter(|other| *other != id && story.articles.contains(other));
        let copies = match copies.count() {
            0 => String::new(),
            count => {
                let others = app.counted(count, Counted::Others);
                app.fill(" · the same text as {0}", &[&others])
            }
        };
        let outlet = article.outlet().unwrap_or(app.tr("outlet unknown"));
        let quotes = app.counted(article.quotes.len(), Counted::Quotes);
        Some(Item {
            lead: date(app, article),
            text: title(article),
            below: format!("{outlet} · {quotes}{copies}"),
            choice: Choice::Open(*id),
            ..Item::default()
        })
    });
    let name = app.fill(
        "Story: {0}, {1}",
        &[
            &app.counted(story.articles.len(), Counted::Articles),
            &app.counted(story.independent, Counted::Texts),
        ],
    );
    Some(Picker::new(&name, "", items.collect()).wide(MAX_WIDTH))
}

/// Returns a picker of the outlets, those with most articles first.
pub fn outlets(app: &App, survey: &Survey) -> Picker {
    let outlets = survey.trends.outlets().iter().enumerate();
    let items = outlets.map(|(at, outlet)| {
        let name = outlet.name.as_deref();
        let days = match outlet.days {
            Some((first, last)) if first == last => first.to_string(),
            Some((first, last)) => format!("{first} – {last}"),
            None => app.tr("undated").to_owned(),
        };
        let speakers = app.counted(outlet.speakers as usize, Counted::Speakers);
        let stories = app.counted(outlet.stories as usize, Counted::Stories);
        Item {
            lead: format!("{:>5}", outlet.articles),
            text: name.unwrap_or(app.tr("outlet unknown")).to_owned(),
            note: app.counted(outlet.quotes as usize, Counted::Quotes),
            below: format!("{speakers} · {stories} · {days}"),
            choice: Choice::Outlet(at),
            ..Item::default()
        }
    });
    let empty = "Nothing was read.";
    Picker::new("Outlets", empty, items.collect()).wide(MAX_WIDTH)
}

pub(super) fn title(article: &Article) -> String {
    let title = article.title();
    title.map_or_else(
        || format!("[{}]", article.key),
        std::borrow::Cow::into_owned,
    )
}

pub(super) fn date(app: &App, article: &Article) -> String {
    let published = article.structure.published.as_ref();
    published.map_or_else(|| app.tr("undated").to_owned(), |day| day.date.to_string())
}

/// Returns the date and the outlet of an article, short enough for the right edge of a list.
fn place(app: &App, article: &Article) -> String {
    let outlet = clip(article.outlet().unwrap_or(""), NAME_WIDTH);
    if width(&outlet) == 0 {
        return date(app, article);
    }
    format!("{} · {outlet}", date(app, article))
}
