//! The records of relations: speakers, stories, related articles, wordings of one utterance,
//! passages side by side, and cells of the matrix.

use std::collections::HashMap;

use serde_json::Value;

use super::quote::quote_id;
use super::{CharIndex, Row};
use crate::language::Packs;
use crate::model::{Article, ArticleId, Corpus, QuoteId};
use crate::people::{Person, PersonId};
use crate::relate::{
    Cell, Column, Descent, Passage, Reason, Related, Standing, StoryId, Survey, Variant,
    compare_passages, lineage,
};
use crate::text::ByteSpan;

/// A record with members. In JSON, the members are a field of the record; in a table, each member
/// is a line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    head: Row,
    members: Vec<Row>,
}

impl Group {
    /// Returns the complete record, with its members as a field.
    pub fn whole(self) -> Row {
        let mut row = self.head;
        let members = self.members.into_iter().map(Value::from);
        row.set("members", members.collect::<Vec<_>>());
        row
    }

    /// Returns one record for each member. The first also has the field `name` of the whole.
    pub fn lines(self, name: &'static str) -> Vec<Row> {
        let mut value = self.head.get(name).clone();
        let lines = self.members.into_iter().map(|member| {
            let mut row = member;
            row.set(name, std::mem::take(&mut value));
            row
        });
        lines.collect()
    }

    /// Returns the record without its members, and the members.
    pub fn parts(&self) -> (&Row, &[Row]) {
        (&self.head, &self.members)
    }
}

/// Makes the records of one corpus and its survey. Caches the character index of each article that
/// it uses.
pub struct Relations<'a> {
    corpus: &'a Corpus,
    packs: &'a Packs,
    survey: &'a Survey,
    chars: HashMap<ArticleId, CharIndex>,
}

impl<'a> Relations<'a> {
    /// Creates a maker of records for `corpus`. `survey` must have been made from this corpus.
    pub fn new((corpus, packs): (&'a Corpus, &'a Packs), survey: &'a Survey) -> Self {
        Self {
            corpus,
            packs,
            survey,
            chars: HashMap::new(),
        }
    }

    /// Returns the corpus.
    pub fn corpus(&self) -> &'a Corpus {
        self.corpus
    }

    /// Returns the survey.
    pub fn survey(&self) -> &'a Survey {
        self.survey
    }

    /// Returns the record of a related article with the reasons.
    pub fn related_row(&mut self, related: &Related) -> Row {
        let reasons = related.reasons.iter().map(|reason| {
            let mut row = Row::new();
            row.set("kind", reason.kind())
                .set("detail", self.detail(reason));
            Value::from(row)
        });
        let reasons: Vec<_> = reasons.collect();
        let mut row = Row::new();
        // Four digits distinguish all scores that differ for a reader.
        let score = (f64::from(related.score) * 1e4).round() / 1e4;
        row.set("article", self.key(related.article))
            .set("score", score)
            .set("reasons", reasons);
        row
    }

    fn detail(&self, reason: &Reason) -> String {
        let apart = |days: &i32| match days {
            0 => "the same day".to_owned(),
            1 => "1 day apart".to_owned(),
            days => format!("{days} days apart"),
        };
        match reason {
            Reason::Copy(share) => format!("{:.0} % of the shorter text", share * 100.0),
            Reason::Utterance(id) => {
                let variant = self.survey.variants.get(*id);
                let member = variant.and_then(|variant| variant.members.first());
                let words = member.and_then(|member| {
                    let article = self.corpus.get(member.quote.article)?;
                    Some(article.words(member.span).into_owned())
                });
                words.unwrap_or_default()
            }
            Reason::Event(story) => self.story_title(*story),
            Reason::EarlierEvent(days) => format!("an event before it, {}", apart(days)),
            Reason::LaterEvent(days) => format!("an event after it, {}", apart(days)),
            Reason::Speakers(people) => {
                let names = people.iter().map(|id| self.name(*id));
                names.collect::<Vec<_>>().join("; ")
            }
            Reason::Names(words) | Reason::Words(words) => words.join("; "),
            Reason::Days(days) => apart(days),
        }
    }

    fn story_title(&self, id: StoryId) -> String {
        let story = self.survey.stories.get(id);
        let title = story.and_then(|story| story.title(self.corpus));
        title.unwrap_or_else(|| self.story_id(id).unwrap_or_default().to_owned())
    }

    /// Returns the identifier of a story, which is the key of its first article. No other story
    /// contains this article.
    fn story_id(&self, id: StoryId) -> Option<&'a str> {
        let story = self.survey.stories.get(id)?;
        self.key(*story.articles.first()?)
    }

    fn key(&self, id: ArticleId) -> Option<&'a str> {
        self.corpus.get(id).map(|article| &*article.key)
    }

    fn name(&self, id: PersonId) -> &'a str {
        let person = self.survey.directory.get(id);
        person.map_or("", |person| &*person.name)
    }

    /// A story, by its number, with those that it carries on and that carry it on.
    pub fn story_row(&self, id: StoryId) -> Row {
        let stories = &self.survey.stories;
        let Some(story) = stories.get(id) else {
            return Row::new();
        };
        let articles = story.articles.iter();
        let keys: Vec<&str> = articles.filter_map(|id| self.key(*id)).collect();
        let before = stories.before(id).and_then(|id| self.story_id(id));
        let after = stories.after(id).filter_map(|id| self.story_id(id));
        let days = story.days(self.corpus);
        let mut row = Row::new();
        row.set("id", keys.first().copied())
            .set("title", story.title(self.corpus))
            .set("articles", keys)
            .set("outlets", story.outlets(self.corpus))
            .set("first", days.map(|(first, _)| first.to_string()))
            .set("last", days.map(|(_, last)| last.to_string()))
            .set("independent_texts", story.independent)
            .set("follows", before)
            .set("followed_by", after.collect::<Vec<_>>());
        row
    }

    /// A group of copies: each text with the earlier one that it carries, and what it changed.
    pub fn copies_group(&mut self, articles: &[ArticleId]) -> Group {
        let texts = lineage((self.corpus, self.packs), articles);
        let members: Vec<Row> = texts.iter().filter_map(|text| self.text(text)).collect();
        let first = texts.first().map(|text| text.article);
        let story = first.and_then(|id| self.survey.stories.of(id));
        let title = first.and_then(|id| self.corpus.get(id)?.title().map(String::from));
        let mut head = Row::new();
        head.set("id", first.and_then(|id| self.key(id)))
            .set("title", title)
            .set("story", story.and_then(|id| self.story_id(id)))
            .set("members", Value::Null);
        Group { head, members }
    }

    fn text(&self, text: &Descent) -> Option<Row> {
        let article = self.corpus.get(text.article)?;
        let published = article.structure.published.as_ref();
        let of = text.of.as_ref();
        // Two digits tell as much as runs of words can.
        let share = |share: f32| (f64::from(share) * 100.0).round() / 100.0;
        let mut row = Row::new();
        row.set("article", &*article.key)
            .set("outlet", article.outlet())
            .set("published", published.map(ToString::to_string))
            .set("copy_of", of.and_then(|source| self.key(source.article)))
            .set("change", of.map(|source| source.change().name()))
            .set("kept", of.map(|source| share(source.kept)))
            .set("added", of.map(|source| share(source.added)))
            .set("minutes_later", of.and_then(|source| source.minutes))
            .set("names", strings(&text.names));
        Some(row)
    }

    /// A cell of the matrix.
    pub fn cell_row(&self, cell: &Cell) -> Row {
        let mut row = Row::new();
        row.set("story", self.story_id(cell.story))
            .set("outlet", cell.outlet.as_deref())
            .set("speaker", self.name(cell.speaker))
            .set("quotes", cell.quotes.len());
        row
    }

    /// Returns the record of an utterance with its wordings: the content words that all share, and
    /// for each wording the words that not all others have.
    pub fn variant_group(&mut self, variant: &Variant) -> Group {
        let passages: Vec<_> = variant
            .members
            .iter()
            .map(|member| Passage {
                article: member.quote.article,
                quote: Some(member.quote),
                span: member.span,
            })
            .collect();
        let compared = compare_passages((self.corpus, self.packs), &passages);
        let members: Vec<_> = passages.iter().filter_map(|p| self.wording(p)).collect();
        let differing: Vec<Value> = compared
            .columns
            .iter()
            .flatten()
            .map(|column| self.differing(column))
            .collect();
        let first = members.first().map(|row| row.get("quote").clone());
        let mut head = Row::new();
        head.set("id", first.unwrap_or_default())
            .set("speaker", self.speaker(variant))
            .set("members", Value::Null)
            .set("shared", strings(&compared.shared))
            .set("differing", differing);
        Group { head, members }
    }

    /// Returns the speaker that most wordings name. Joins several by `; ` on a tie.
    fn speaker(&self, variant: &Variant) -> Option<String> {
        let mut counts: Vec<(PersonId, usize)> = Vec::new();
        for member in &variant.members {
            for id in self.survey.directory.speakers_of(member.quote) {
                match counts.iter_mut().find(|(known, _)| known == id) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((*id, 1)),
                }
            }
        }
        let most = counts.iter().map(|(_, count)| *count).max()?;
        let names = counts.iter().filter(|(_, count)| *count == most);
        let names: Vec<_> = names.map(|(id, _)| self.name(*id)).collect();
        Some(names.join("; "))
    }

    fn wording(&mut self, passage: &Passage) -> Option<Row> {
        let article = self.corpus.get(passage.article)?;
        let published = article.structure.published.as_ref();
        let mut row = Row::new();
        row.set("quote", self.quote_key(passage.quote))
            .set("article", &*article.key)
            .set("outlet", article.outlet())
            .set("published", published.map(ToString::to_string));
        self.set_place(&mut row, (passage.article, article), passage.span);
        Some(row)
    }

    /// Returns the record of one row of a comparison. `passage` is the number of the row.
    pub fn passage_group(&mut self, passage: usize, compared: &crate::relate::Row) -> Group {
        let columns = compared.columns.iter().flatten();
        let members = columns.filter_map(|column| {
            let place = column.passage;
            let article = self.corpus.get(place.article)?;
            let mut row = Row::new();
            row.set("article", &*article.key)
                .set("quote", self.quote_key(place.quote));
            self.set_place(&mut row, (place.article, article), place.span);
            Some(row)
        });
        let members = members.collect();
        let mut head = Row::new();
        head.set("passage", passage)
            .set("members", Value::Null)
            .set("shared", strings(&compared.shared));
        Group { head, members }
    }

    fn set_place(&mut self, row: &mut Row, (id, article): (ArticleId, &Article), span: ByteSpan) {
        let (start, end) = self.chars(id, article).span(&article.text, span);
        row.set("start", start)
            .set("end", end)
            .set("text", span.of(&article.text));
    }

    fn chars(&mut self, id: ArticleId, article: &Article) -> &CharIndex {
        let index = || CharIndex::of(&article.text);
        self.chars.entry(id).or_insert_with(index)
    }

    fn quote_key(&mut self, id: Option<QuoteId>) -> Option<String> {
        let id = id?;
        let (article, quote) = self.corpus.quote(id)?;
        let (start, end) = self
            .chars(id.article, article)
            .span(&article.text, quote.span);
        Some(quote_id(article, start, end))
    }

    /// Returns the quotation with the identifier `name` (`article@start-end`).
    pub fn find_quote(&mut self, name: &str) -> Option<QuoteId> {
        let (key, _) = name.rsplit_once('@')?;
        let (id, article) = self.corpus.iter().find(|(_, a)| &*a.key == key)?;
        let ids = (0..article.quotes.len() as u32).map(|index| QuoteId { article: id, index });
        ids.into_iter()
            .find(|id| self.quote_key(Some(*id)).as_deref() == Some(name))
    }

    /// Returns the content words of a column that not every other column has, each once.
    fn differing(&self, column: &Column) -> Value {
        let Some(article) = self.corpus.get(column.passage.article) else {
            return Value::Null;
        };
        let mut words: Vec<&str> = Vec::new();
        for word in column.words.iter().filter(|word| differs(word)) {
            let word = word.span.of(&article.text);
            if !words.contains(&word) {
                words.push(word);
            }
        }
        words.into()
    }
}

/// Returns whether a word is a content word that not every other passage has.
fn differs(word: &crate::relate::Marked) -> bool {
    !word.is_stop && matches!(word.standing, Standing::Own | Standing::Partly)
}

fn strings(words: &[Box<str>]) -> Value {
    words.iter().map(|word| &**word).collect()
}

/// Returns the record of a speaker with all names.
pub fn speaker_row(person: &Person) -> Row {
    let aliases: Value = person.aliases.iter().map(|alias| &*alias.written).collect();
    let mut row = Row::new();
    row.set("name", &*person.name)
        .set("aliases", aliases)
        .set("quotes", person.quotes.len())
        .set("articles", person.articles)
        .set("outlets", strings(&person.outlets))
        .set("first", person.first.map(|day| day.to_string()))
        .set("last", person.last.map(|day| day.to_string()));
    row
}
