//! The records of relations: speakers, stories, related articles, wordings of one utterance,
//! passages side by side, and cells of the matrix.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::quote::quote_id;
use super::{
    CellRecord, CharIndex, ComparedRecord, CopiesRecord, CopyRecord, NameRecord, PassageRecord,
    PersonRecord, ReasonRecord, RelatedRecord, SpeakerRecord, StoryRecord, Surveyed, VariantRecord,
    WordingRecord,
};
use crate::language::Packs;
use crate::model::{Article, ArticleId, Corpus, Published, QuoteId};
use crate::people::{Alias, Person, PersonId};
use crate::relate::{
    Cell, Column, Descent, Member, Passage, Reason, Related, Source, Standing, Story, StoryId,
    Survey, Variant, compare_passages, lineage,
};

/// Makes the records of one corpus and its survey. Caches the character index of each article that
/// it uses.
pub struct Relations<'a> {
    corpus: &'a Corpus,
    packs: &'a Packs,
    survey: &'a Survey,
    /// The identifier of each story.
    stories: Vec<Option<&'a str>>,
    chars: HashMap<ArticleId, CharIndex>,
}

impl<'a> Relations<'a> {
    /// Creates a maker of records for `corpus`. `survey` must have been made from this corpus.
    pub fn new((corpus, packs): (&'a Corpus, &'a Packs), survey: &'a Survey) -> Self {
        let stories = survey.stories.list().iter();
        let first = |story: &Story| in_order(corpus, &story.articles).next();
        Self {
            corpus,
            packs,
            survey,
            stories: stories.map(|story| Some(&*first(story)?.1.key)).collect(),
            chars: HashMap::new(),
        }
    }

    /// Returns the corpus.
    pub fn corpus(&self) -> &'a Corpus {
        self.corpus
    }

    /// Returns the language packs.
    pub fn packs(&self) -> &'a Packs {
        self.packs
    }

    /// Returns the survey.
    pub fn survey(&self) -> &'a Survey {
        self.survey
    }

    /// Returns what the survey says of one article.
    pub fn surveyed(&self, id: ArticleId) -> Surveyed<'a> {
        let story = self.survey.stories.of(id);
        let copies = self.survey.copies.of(id);
        let original = in_order(self.corpus, copies).next();
        let original = original.filter(|(original, _)| *original != id);
        Surveyed {
            id,
            story: story.and_then(|story| self.story_id(story)),
            copy_of: original.map(|(_, article)| &*article.key),
            directory: &self.survey.directory,
        }
    }

    /// Returns the record of a related article with the reasons.
    pub fn related_record(&self, related: &Related) -> RelatedRecord<'a> {
        let reasons = related.reasons.iter().map(|reason| ReasonRecord {
            kind: reason.kind(),
            detail: self.detail(reason),
        });
        RelatedRecord {
            article: self.key(related.article).unwrap_or_default(),
            // Four digits distinguish all scores that differ for a reader.
            score: (f64::from(related.score) * 1e4).round() / 1e4,
            reasons: reasons.collect(),
        }
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

    /// Returns the identifier of a story: the key of its first article by date and then by key. No
    /// other story contains this article.
    fn story_id(&self, id: StoryId) -> Option<&'a str> {
        self.stories.get(id.0 as usize).copied().flatten()
    }

    fn key(&self, id: ArticleId) -> Option<&'a str> {
        self.corpus.get(id).map(|article| &*article.key)
    }

    fn name(&self, id: PersonId) -> &'a str {
        let person = self.survey.directory.get(id);
        person.map_or("", |person| &*person.name)
    }

    /// Returns the record of a story, with the stories that it follows and that follow it.
    pub fn story_record(&self, id: StoryId, story: &Story) -> StoryRecord<'a> {
        let stories = &self.survey.stories;
        let days = story.days(self.corpus);
        StoryRecord {
            id: self.story_id(id).unwrap_or_default(),
            title: story.title(self.corpus),
            articles: in_order(self.corpus, &story.articles)
                .map(|(_, article)| &*article.key)
                .collect(),
            outlets: story.outlets(self.corpus),
            first: days.map(|(first, _)| first.to_string()),
            last: days.map(|(_, last)| last.to_string()),
            independent_texts: story.independent,
            follows: stories.before(id).and_then(|id| self.story_id(id)),
            followed_by: stories
                .after(id)
                .filter_map(|id| self.story_id(id))
                .collect(),
        }
    }

    /// Returns the record of a group of copies: each text that `is_kept` accepts, with the earlier
    /// text that it carries and what it changed. Returns `None` if no text is left.
    pub fn copies_record(
        &self,
        articles: &[ArticleId],
        is_kept: &dyn Fn(ArticleId) -> bool,
    ) -> Option<CopiesRecord<'a>> {
        let texts = lineage((self.corpus, self.packs), articles);
        let first = texts.first()?.article;
        let kept = texts.iter().filter(|text| is_kept(text.article));
        let members: Vec<_> = kept.filter_map(|text| self.copy(text)).collect();
        let story = self.survey.stories.of(first);
        (!members.is_empty()).then(|| CopiesRecord {
            id: self.key(first).unwrap_or_default(),
            title: self
                .corpus
                .get(first)
                .and_then(|article| Some(article.title()?.into_owned())),
            story: story.and_then(|id| self.story_id(id)),
            members,
        })
    }

    fn copy(&self, text: &Descent) -> Option<CopyRecord<'a>> {
        let article = self.corpus.get(text.article)?;
        let published = article.structure.published.as_ref();
        let source = text.of.as_ref();
        // Runs of words do not measure more than two digits.
        let share = |share: f32| (f64::from(share) * 100.0).round() / 100.0;
        Some(CopyRecord {
            article: &article.key,
            outlet: article.outlet(),
            published: published.map(ToString::to_string),
            published_at: published.and_then(Published::utc),
            copy_of: source.and_then(|source| self.key(source.article)),
            change: source.map(Source::change),
            kept: source.map(|source| share(source.kept)),
            added: source.map(|source| share(source.added)),
            minutes_later: source.and_then(|source| source.minutes),
            names: strings(&text.names),
        })
    }

    /// Returns the record of a cell of the matrix.
    pub fn cell_record<'c>(&self, cell: &'c Cell) -> CellRecord<'c>
    where
        'a: 'c,
    {
        CellRecord {
            story: self.story_id(cell.story).unwrap_or_default(),
            outlet: cell.outlet.as_deref(),
            speaker: self.name(cell.speaker),
            people: self.people(&[cell.speaker]),
            quotes: cell.quotes.len(),
        }
    }

    /// Returns the record of an utterance with its wordings: the content words that all share, and
    /// for each wording the words that not all others have.
    pub fn variant_record(&mut self, variant: &Variant) -> VariantRecord<'a> {
        let mut members = variant.members.clone();
        members.sort_by_cached_key(|member| (self.place(member.quote.article), member.span));
        let passages = members.iter().map(|member| Passage {
            article: member.quote.article,
            quote: Some(member.quote),
            span: member.span,
        });
        let passages: Vec<_> = passages.collect();
        let compared = compare_passages((self.corpus, self.packs), &passages);
        let columns = compared.columns.iter().flatten();
        let differing = columns.map(|column| self.differing(column)).collect();
        let wordings = members.iter().filter_map(|member| self.wording(member));
        let members: Vec<_> = wordings.collect();
        let speakers = self.foremost(variant);
        let names: Vec<_> = speakers.iter().map(|id| self.name(*id)).collect();
        VariantRecord {
            id: members
                .first()
                .map(|first| first.quote.clone())
                .unwrap_or_default(),
            speaker: (!names.is_empty()).then(|| names.join("; ")),
            people: self.people(&speakers),
            members,
            shared: strings(&compared.shared),
            differing,
        }
    }

    fn place(&self, id: ArticleId) -> Option<(Undated, &'a str)> {
        let article = self.corpus.get(id)?;
        Some((undated_last(article), &*article.key))
    }

    fn people(&self, ids: &[PersonId]) -> Vec<PersonRecord<'a>> {
        PersonRecord::all(&self.survey.directory, ids)
    }

    /// Returns the speakers that most wordings have: several on a tie.
    fn foremost(&self, variant: &Variant) -> Vec<PersonId> {
        let mut counts: Vec<(PersonId, usize)> = Vec::new();
        for member in &variant.members {
            for id in self.survey.directory.speakers_of(member.quote) {
                match counts.iter_mut().find(|(known, _)| known == id) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((*id, 1)),
                }
            }
        }
        let most = counts.iter().map(|(_, count)| *count).max();
        counts.retain(|(_, count)| Some(*count) == most);
        counts.into_iter().map(|(id, _)| id).collect()
    }

    fn wording(&mut self, member: &Member) -> Option<WordingRecord<'a>> {
        let (article, quote) = self.corpus.quote(member.quote)?;
        let published = article.structure.published.as_ref();
        let (start, end) = self
            .chars(member.quote.article, article)
            .span(&article.text, quote.span);
        let after = member.span.range();
        let after = article.text.get(quote.span.range().end..after.end);
        Some(WordingRecord {
            quote: quote_id(article, start, end),
            article: &article.key,
            outlet: article.outlet(),
            published: published.map(ToString::to_string),
            published_at: published.and_then(Published::utc),
            start,
            end,
            text: quote.span.of(&article.text),
            continued: after
                .map(|words| words.trim_start_matches(is_sentence_end).trim_end())
                .filter(|words| !words.is_empty()),
        })
    }

    /// Returns the record of one row of a comparison. `passage` is the number of the row.
    pub fn passage_record(
        &mut self,
        passage: usize,
        compared: &crate::relate::Row,
    ) -> PassageRecord<ComparedRecord<'a>> {
        let columns = compared.columns.iter().flatten();
        let members = columns.filter_map(|column| {
            let place = column.passage;
            let article = self.corpus.get(place.article)?;
            let (start, end) = self
                .chars(place.article, article)
                .span(&article.text, place.span);
            Some(ComparedRecord {
                article: &article.key,
                quote: self.quote_key(place.quote),
                start,
                end,
                text: place.span.of(&article.text),
            })
        });
        PassageRecord {
            passage,
            members: members.collect(),
            shared: strings(&compared.shared),
        }
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
    fn differing(&self, column: &Column) -> Vec<String> {
        let Some(article) = self.corpus.get(column.passage.article) else {
            return Vec::new();
        };
        let mut words: Vec<String> = Vec::new();
        for word in column.words.iter().filter(|word| differs(word)) {
            let word = word.span.of(&article.text);
            if !words.iter().any(|known| known == word) {
                words.push(word.to_owned());
            }
        }
        words
    }
}

/// Whether a character stands between two sentences.
fn is_sentence_end(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | '!' | '?' | ',' | '”' | '"')
}

/// Returns whether a word is a content word that not every other passage has.
fn differs(word: &crate::relate::Marked) -> bool {
    !word.is_stop && matches!(word.standing, Standing::Own | Standing::Partly)
}

fn strings(words: &[Box<str>]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

/// A day that is later than all others if it is unknown.
type Undated = (bool, Option<NaiveDate>);

fn undated_last(article: &Article) -> Undated {
    let day = article.structure.published.map(|published| published.date);
    (day.is_none(), day)
}

/// Returns articles by date and then by key, which does not depend on the order in which they were
/// read.
fn in_order<'a>(
    corpus: &'a Corpus,
    ids: &[ArticleId],
) -> impl Iterator<Item = (ArticleId, &'a Article)> {
    let articles = ids.iter().filter_map(|id| Some((*id, corpus.get(*id)?)));
    let mut articles: Vec<_> = articles.collect();
    articles.sort_by_key(|(_, article)| (undated_last(article), &*article.key));
    articles.into_iter()
}

/// Returns the record of a speaker with all names.
pub fn speaker_record(person: &Person) -> SpeakerRecord<'_> {
    SpeakerRecord {
        id: &person.id,
        name: &person.name,
        kind: person.kind,
        aliases: person.aliases.iter().map(|alias| &*alias.written).collect(),
        names: person.aliases.iter().map(name_record).collect(),
        quotes: person.quotes.len(),
        articles: person.articles,
        outlets: person.outlets.iter().map(|outlet| &**outlet).collect(),
        first: person.first.map(|day| day.to_string()),
        last: person.last.map(|day| day.to_string()),
    }
}

fn name_record(alias: &Alias) -> NameRecord<'_> {
    NameRecord {
        name: &alias.written,
        quotes: alias.quotes,
        evidence: alias.evidence,
    }
}
