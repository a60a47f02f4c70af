//! The speakers of the corpus as lists in which names are joined, split and corrected by hand, and
//! likely joins and splits with what speaks for them.

use super::App;
use super::counts::Counted;
use super::overlay::{Kind, Overlay};
use super::people::Speakers;
use super::picker::{Choice, Ink, Item, Picker, Shade};
use super::views::{date, title};
use crate::model::{Article, QuoteId};
use crate::people::{Alias, Person, PersonId, PersonKind};
use crate::relate::Survey;

/// Maximum width of a list in columns.
const WIDE: u16 = 180;
/// Maximum number of names or outlets in one line.
const FEW: usize = 6;
/// Maximum number of suggestions: more than anyone decides in one go.
const MOST: usize = 200;

/// Returns an overlay of the speakers of the corpus, those with most quotations first.
pub fn speakers(app: &App, survey: &Survey, list: Speakers) -> Overlay {
    let is_wanted = |id: &PersonId| list.only.as_ref().is_none_or(|ids| ids.contains(id));
    let people = survey.directory.iter().filter(|(id, _)| is_wanted(id));
    let items = people.map(|(id, person)| {
        let sign = if list.chosen.contains(&id) {
            '✓'
        } else {
            ' '
        };
        Item {
            lead: format!("{sign}{:>5}", person.quotes.len()),
            text: person.name.to_string(),
            inks: vec![Ink::of_text(
                0,
                person.name.len(),
                Shade::Speaker(app.person_hue(id)),
            )],
            note: note(app, person),
            below: about(app, person),
            choice: Choice::Speaker(id),
            ..Item::default()
        }
    });
    let empty = "Nobody is quoted by name here.";
    let picker = Picker::new("Speakers", empty, items.collect()).wide(WIDE);
    Overlay::new(picker, Kind::Speakers(list))
}

fn note(app: &App, person: &Person) -> String {
    let articles = app.counted(person.articles as usize, Counted::Articles);
    match person.kind {
        PersonKind::Person => articles,
        PersonKind::Body => format!("{} · {articles}", app.tr("body")),
        PersonKind::Anonymous => format!("{} · {articles}", app.tr("nobody known")),
    }
}

/// Describes a speaker: other names, outlets, and the dates of the quotations.
fn about(app: &App, person: &Person) -> String {
    let others = person.aliases.iter().filter(|a| a.written != person.name);
    let names: Vec<_> = others.take(FEW).map(|alias| &*alias.written).collect();
    let outlets: Vec<_> = person.outlets.iter().take(FEW).map(|o| &**o).collect();
    let mut parts = Vec::new();
    if !names.is_empty() {
        parts.push(app.fill("also {0}", &[&names.join(", ")]));
    }
    if !outlets.is_empty() {
        parts.push(outlets.join(", "));
    }
    match (person.first, person.last) {
        (Some(first), Some(last)) if first == last => parts.push(first.to_string()),
        (Some(first), Some(last)) => parts.push(format!("{first} – {last}")),
        _ => {}
    }
    parts.join(" · ")
}

/// Returns an overlay of all quotations of one speaker, by date of publication and then by outlet.
pub fn speaker(app: &App, survey: &Survey, id: PersonId) -> Option<Overlay> {
    let person = survey.directory.get(id)?;
    let mut quotes: Vec<(QuoteId, &Article)> = person
        .quotes
        .iter()
        .filter_map(|id| Some((*id, app.corpus.get(id.article)?)))
        .collect();
    let day = |article: &Article| article.structure.published.as_ref().map(|p| p.date);
    quotes.sort_by_key(|(id, article)| {
        let date = day(article);
        (date.is_none(), date, article.outlet(), *id)
    });
    let items = quotes.into_iter().filter_map(|(id, article)| {
        let quote = article.quotes.get(id.index as usize)?;
        let outlet = article.outlet().unwrap_or(app.tr("outlet unknown"));
        let item = Item {
            lead: date(app, article),
            note: app.tr(quote.kind.name()).to_owned(),
            below: format!("{outlet} · {}", title(article)),
            choice: Choice::Passage(id, quote.span),
            ..Item::default()
        };
        Some(item.saying(app, None, (id, &article.words(quote.span))))
    });
    let items = aliases(app, id, person).into_iter().chain(items).collect();
    let name = format!(
        "{}: {}",
        person.name,
        app.counted(person.quotes.len(), Counted::Quotes)
    );
    Some(Overlay::new(
        Picker::new(&name, "", items),
        Kind::Person(id),
    ))
}

/// Returns a line for each name of a person, with what tells that it is theirs.
fn aliases(app: &App, id: PersonId, person: &Person) -> Vec<Item> {
    let named = |(at, alias): (usize, &Alias)| Item {
        lead: app.tr("written").to_owned(),
        text: alias.written.to_string(),
        note: app.counted(alias.quotes as usize, Counted::Quotes),
        below: if alias.written == person.name {
            app.tr("the main name").to_owned()
        } else {
            app.tr(alias.evidence.sentence()).to_owned()
        },
        choice: Choice::Alias(id, at),
        ..Item::default()
    };
    person.aliases.iter().enumerate().map(named).collect()
}

/// Returns an overlay of likely joins, then of likely splits.
pub fn likely(app: &App, survey: &Survey) -> Overlay {
    let directory = &survey.directory;
    let joins = directory.likely_joins(MOST).into_iter().filter_map(|join| {
        let (person, other) = (directory.get(join.person)?, directory.get(join.other)?);
        let count = |one: &Person| app.counted(one.quotes.len(), Counted::Quotes);
        let why = if join.is_same {
            "the same name, written otherwise"
        } else {
            "one name is part of the other"
        };
        Some(Item {
            lead: app.tr("join?").to_owned(),
            text: format!("{} = {}", other.name, person.name),
            note: format!("{} · {}", count(other), count(person)),
            below: format!("{} · {}", app.tr(why), about(app, other)),
            choice: Choice::Join(join.person, join.other),
            ..Item::default()
        })
    });
    let splits = directory
        .likely_splits(MOST)
        .into_iter()
        .filter_map(|split| {
            let person = directory.get(split.person)?;
            let alias = person.aliases.get(split.alias)?;
            Some(Item {
                lead: app.tr("split?").to_owned(),
                text: format!("{} ≠ {}", alias.written, person.name),
                note: app.counted(alias.quotes as usize, Counted::Quotes),
                below: app.tr(alias.evidence.sentence()).to_owned(),
                choice: Choice::Alias(split.person, split.alias),
                ..Item::default()
            })
        });
    let items = joins.chain(splits).collect();
    let empty = "No names look like those of one person.";
    let picker = Picker::new("Likely joins and splits", empty, items).wide(WIDE);
    Overlay::new(picker, Kind::Likely)
}
