//! Builds pickers (lists to choose from) for library data, which are notes, marks, saved queries,
//! tags and collections, and for themes.

use super::App;
use super::counts::Counted;
use super::library_data::{LibraryEntry, ResolvedAnchor};
use super::picker::{Choice, Item, Picker};
use crate::library::Anchor;
use crate::search::Query;
use crate::text::squeeze;

/// Returns a picker of all notes, those whose passage is in this corpus first. Notes whose passage
/// no longer exists say so.
pub fn notes(app: &App) -> Picker {
    let notes: Vec<_> = app.library.state().notes().iter().collect();
    let places: Vec<_> = notes.iter().map(|(_, note)| &note.place).collect();
    let found = app.library.find(&app.corpus, &places);
    let mut lines: Vec<_> = notes
        .into_iter()
        .zip(found)
        .map(|((id, note), target)| {
            let item = Item {
                lead: squeeze(&note.text).into_owned(),
                text: passage_words(app, &note.place),
                note: anchor_position(app, &note.place, target),
                ..Item::default()
            };
            (item, LibraryEntry::Note(id.clone(), target))
        })
        .collect();
    lines.sort_by_key(|(_, entry)| match entry {
        LibraryEntry::Note(_, Some(target)) => (false, target.id.0, target.span),
        _ => (true, 0, None),
    });
    library_picker(
        "Notes",
        "No notes yet: a quote or a selection takes one.",
        lines,
    )
}

/// Returns a picker of all marks, sorted by letter.
pub fn marks(app: &App) -> Picker {
    let marks: Vec<_> = app.library.state().marks().iter().collect();
    let places: Vec<_> = marks.iter().map(|(_, place)| *place).collect();
    let found = app.library.find(&app.corpus, &places);
    let lines = marks
        .into_iter()
        .zip(found)
        .map(|((letter, place), target)| {
            let item = Item {
                lead: letter.to_string(),
                text: passage_words(app, place),
                note: anchor_position(app, place, target),
                ..Item::default()
            };
            (item, LibraryEntry::Mark(*letter, target))
        });
    library_picker("Marks", "No marks yet.", lines.collect())
}

/// The text that a saved query shows in place of its number of articles until that number is known.
pub const UNCOUNTED: &str = "…";

/// Returns a picker of the saved queries. Their numbers of articles are filled in later.
pub fn queries(app: &App) -> Picker {
    let queries = app.library.state().queries().iter();
    let lines = queries.map(|(name, query)| {
        let fault = app.filter.parse(query).err();
        let item = Item {
            lead: name.to_string(),
            text: query.to_string(),
            note: fault.map_or_else(|| UNCOUNTED.to_owned(), |fault| fault.to_string()),
            ..Item::default()
        };
        (item, LibraryEntry::Query(name.clone(), query.clone()))
    });
    library_picker("Saved queries", "No saved queries yet.", lines.collect())
}

/// Returns the saved queries that can be parsed, each with its text and its parsed form. Others are
/// left out; the picker shows what is wrong with them.
pub fn parsed_queries(app: &App) -> Vec<(Box<str>, Query)> {
    let queries = app.library.state().queries().values();
    let read = queries.filter_map(|query| {
        let read = app.filter.parse(query).ok()?;
        Some((query.clone(), read))
    });
    read.collect()
}

/// Returns a picker of all tags, each with the number of its articles in this corpus and elsewhere.
pub fn tags(app: &App) -> Picker {
    let tags = app.library.state().all_tags();
    let lines = tags.into_iter().map(|(tag, count)| {
        let item = Item {
            text: tag.to_owned(),
            note: app.counted(count, Counted::Articles),
            ..Item::default()
        };
        (item, LibraryEntry::Tag(tag.into()))
    });
    library_picker("Tags", "No tags yet.", lines.collect())
}

/// Returns a picker of the collections, each with its passages.
pub fn collections(app: &App) -> Picker {
    let state = app.library.state();
    let lines = state.collections().map(|name| {
        let places = state.collection(name);
        let texts = places.iter().map(|place| match &*place.words {
            "" => place.key.to_string(),
            _ => passage_words(app, place),
        });
        let item = Item {
            text: name.to_owned(),
            note: app.counted(places.len(), Counted::Passages),
            below: texts.collect::<Vec<_>>().join(" · "),
            ..Item::default()
        };
        (item, LibraryEntry::Collection(name.into()))
    });
    let empty = "No collections yet: save what is on the tray as one.";
    library_picker("Collections", empty, lines.collect())
}

/// Returns a picker of the themes, in which the current one is marked.
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
        (item, LibraryEntry::Theme(theme.name.clone()))
    });
    library_picker("Themes", "No themes.", lines.collect())
}

fn library_picker(title: &str, empty: &str, lines: Vec<(Item, LibraryEntry)>) -> Picker {
    let items = lines.into_iter().map(|(item, entry)| Item {
        choice: Choice::LibraryEntry(Box::new(entry)),
        ..item
    });
    Picker::new(title, empty, items.collect())
}

/// Returns the words of an anchor's passage in quotation marks, or a phrase that says that it is
/// the whole article.
pub fn passage_words(app: &App, place: &Anchor) -> String {
    if place.words.is_empty() {
        return app.tr("the whole article").to_owned();
    }
    format!("“{}”", squeeze(&place.words))
}

/// Describes where the passage of an anchor is: in which article, if it was found at `target`; else
/// whether only its article is loaded or not even that.
pub fn anchor_position(app: &App, place: &Anchor, target: Option<ResolvedAnchor>) -> String {
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
