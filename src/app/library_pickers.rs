//! Pickers for library data (notes, marks, saved queries, tags, collections) and for themes.

use super::App;
use super::counts::Counted;
use super::keeping::{Entry, Target};
use super::picker::{Choice, Item, Picker};
use crate::library::Anchor;
use crate::search::Query;
use crate::text::squeeze;

/// Returns a picker of all notes, those of this corpus first. Orphaned notes are marked.
pub fn notes(app: &App) -> Picker {
    let notes: Vec<_> = app.keeping.state().notes().iter().collect();
    let places: Vec<_> = notes.iter().map(|(_, note)| &note.place).collect();
    let found = app.keeping.find(&app.corpus, &places);
    let mut lines: Vec<_> = notes
        .into_iter()
        .zip(found)
        .map(|((id, note), target)| {
            let item = Item {
                lead: squeeze(&note.text).into_owned(),
                text: passage(app, &note.place),
                note: standing(app, &note.place, target),
                ..Item::default()
            };
            (item, Entry::Note(id.clone(), target))
        })
        .collect();
    lines.sort_by_key(|(_, entry)| match entry {
        Entry::Note(_, Some(target)) => (false, target.id.0, target.span),
        _ => (true, 0, None),
    });
    shelf(
        "Notes",
        "No notes yet: a quote or a selection takes one.",
        lines,
    )
}

/// Returns a picker of all marks by letter.
pub fn marks(app: &App) -> Picker {
    let marks: Vec<_> = app.keeping.state().marks().iter().collect();
    let places: Vec<_> = marks.iter().map(|(_, place)| *place).collect();
    let found = app.keeping.find(&app.corpus, &places);
    let lines = marks
        .into_iter()
        .zip(found)
        .map(|((letter, place), target)| {
            let item = Item {
                lead: letter.to_string(),
                text: passage(app, place),
                note: standing(app, place, target),
                ..Item::default()
            };
            (item, Entry::Mark(*letter, target))
        });
    shelf("Marks", "No marks yet.", lines.collect())
}

/// What stands for the count of a query until that is known.
pub const UNCOUNTED: &str = "…";

/// The saved queries, without their counts.
pub fn queries(app: &App) -> Picker {
    let queries = app.keeping.state().queries().iter();
    let lines = queries.map(|(name, query)| {
        let fault = app.filter.parse(query).err();
        let item = Item {
            lead: name.to_string(),
            text: query.to_string(),
            note: fault.map_or_else(|| UNCOUNTED.to_owned(), |fault| fault.to_string()),
            ..Item::default()
        };
        (item, Entry::Query(name.clone(), query.clone()))
    });
    shelf("Saved queries", "No saved queries yet.", lines.collect())
}

/// Returns the saved queries that can be parsed, each as written and as parsed. For a query with an
/// error, the picker shows the error.
pub fn parsed_queries(app: &App) -> Vec<(Box<str>, Query)> {
    let queries = app.keeping.state().queries().values();
    let read = queries.filter_map(|query| {
        let read = app.filter.parse(query).ok()?;
        Some((query.clone(), read))
    });
    read.collect()
}

/// Returns a picker of the tags, each with its number of articles in this corpus and elsewhere.
pub fn tags(app: &App) -> Picker {
    let tags = app.keeping.state().all_tags();
    let lines = tags.into_iter().map(|(tag, count)| {
        let item = Item {
            text: tag.to_owned(),
            note: app.counted(count, Counted::Articles),
            ..Item::default()
        };
        (item, Entry::Tag(tag.into()))
    });
    shelf("Tags", "No tags yet.", lines.collect())
}

/// Returns a picker of the collections with their contents.
pub fn collections(app: &App) -> Picker {
    let state = app.keeping.state();
    let lines = state.collections().map(|name| {
        let places = state.collection(name);
        let texts = places.iter().map(|place| match &*place.words {
            "" => place.key.to_string(),
            _ => passage(app, place),
        });
        let item = Item {
            text: name.to_owned(),
            note: app.counted(places.len(), Counted::Passages),
            below: texts.collect::<Vec<_>>().join(" · "),
            ..Item::default()
        };
        (item, Entry::Collection(name.into()))
    });
    let empty = "No collections yet: save what is on the tray as one.";
    shelf("Collections", empty, lines.collect())
}

/// Returns a picker of the themes.
pub fn themes(app: &App) -> Picker {
    let current = &app.theme().name;
    let lines = app.themes().iter().map(|theme| {
        let item = Item {
            text: theme.name.clone(),
            note: if theme.name == *current {
                app.tr("now")
            } else {
                ""
            }
            .to_owned(),
            ..Item::default()
        };
        (item, Entry::Theme(theme.name.clone()))
    });
    shelf("Themes", "No themes.", lines.collect())
}

fn shelf(title: &str, empty: &str, lines: Vec<(Item, Entry)>) -> Picker {
    let items = lines.into_iter().map(|(item, entry)| Item {
        choice: Choice::Kept(Box::new(entry)),
        ..item
    });
    Picker::new(title, empty, items.collect())
}

/// Returns the words of an anchor's passage.
pub fn passage(app: &App, place: &Anchor) -> String {
    if place.words.is_empty() {
        return app.tr("the whole article").to_owned();
    }
    format!("“{}”", squeeze(&place.words))
}

/// Returns the position of a passage in words: its article, or that it is orphaned or in no loaded
/// article.
pub fn standing(app: &App, place: &Anchor, target: Option<Target>) -> String {
    if let Some(target) = target {
        let article = app.corpus.get(target.id);
        return article.map_or(String::new(), |article| article.key.to_string());
    }
    let is_here = app
        .corpus
        .iter()
        .any(|(_, article)| article.key == place.key);
    if is_here {
        app.fill("orphaned: {0}", &[&place.key])
    } else {
        app.fill("elsewhere: {0}", &[&place.key])
    }
}
