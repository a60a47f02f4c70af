//! The survey of a corpus: everything that needs the whole corpus, computed over one snapshot.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::bags::{Bags, bag};
use super::counts::WindowKey;
use super::events::Witness;
use super::follow_ups::follow_ups;
use super::index::Index;
use super::passages::day_of;
use super::quote_features::{Negations, QuoteFeatures, Quotes, quotes_in};
use super::reading::Readers;
use super::series::Titles;
use super::{Copies, Heading, Hues, Run, Step, Stories, StoryId, Trends, Variants, copies};
use crate::language::Packs;
use crate::model::{Article, ArticleId, Corpus, QuoteId};
use crate::people::{Directory, Joins, Known, Listener, NameTable, Names, Person, PersonId};
use crate::search::Speakers;

/// The results of analysing a whole corpus: its speakers, copies, stories and variants of
/// utterances. Belongs to one snapshot and is immutable.
#[derive(Debug, Default)]
pub struct Survey {
    /// The speakers.
    pub directory: Directory,
    /// Articles with nearly the same text.
    pub copies: Copies,
    /// Articles about one event.
    pub stories: Stories,
    /// Wordings of one utterance.
    pub variants: Variants,
    /// When and how speakers, stories and outlets are quoted.
    pub trends: Trends,
    /// The colour of each speaker.
    pub hues: Hues,
    pub(crate) index: Index,
    /// Heading of each story.
    headings: Box<[Heading]>,
}

impl Survey {
    /// Analyses a corpus in parallel. The result does not depend on the number of threads. Returns
    /// `None` if cancelled.
    pub fn make(corpus: &Corpus, packs: &Packs, joins: &Joins, run: &Run) -> Option<Self> {
        let Read {
            bags,
            samples,
            quotes,
        } = Read::all((corpus, packs), run)?;
        let index = Index::build((corpus, packs), bags, run)?;
        let listener = Listener::new(packs);
        let table = name_table(corpus, (&listener, joins), run)?;
        let copies = Copies::find((corpus, packs), &samples, run)?;
        drop(samples);
        let articles: Vec<&Article> = corpus.iter().map(|(_, article)| article).collect();
        let titles = Titles::of(&articles, packs, run)?;
        let mut witness = Witness::new(corpus, (&index, &titles), &copies);
        let (stories, pairs) = Stories::find((&index, &mut witness), &copies, run)?;
        let (directory, quotes) = rayon::join(
            || {
                let directory = directory_of(corpus, (&table, &listener), (&stories, joins), run);
                drop(table);
                directory
            },
            || Quotes::of(quotes, (index.by_date(), &stories), run),
        );
        let (directory, quotes) = (directory?, quotes?);
        let variants = Variants::find((&index, &quotes), &directory, run)?;
        // Freeing so much memory takes as long as the remaining work, so both run in parallel.
        let (stories, ()) = rayon::join(
            || {
                Stories::with_utterances(
                    (&index, &witness),
                    &copies,
                    pairs,
                    variants.told_together(),
                )
            },
            || drop(quotes),
        );
        let follows = follow_ups((&index, &witness), &stories, run)?;
        let stories = stories.with_follow_ups(follows);
        let headings = Heading::of_all(&stories, corpus);
        let (hues, trends) = rayon::join(
            || Hues::of(&directory, corpus),
            || Trends::of(corpus, &directory, &stories),
        );
        Some(Self {
            directory,
            copies,
            stories,
            variants,
            trends,
            hues,
            index,
            headings,
        })
    }

    /// Tells only who speaks, as [`Survey::make`] does: stories and wordings are left out.
    /// Returns `None` if cancelled.
    pub fn people(corpus: &Corpus, packs: &Packs, joins: &Joins, run: &Run) -> Option<Self> {
        let Read { bags, samples, .. } = Read::all((corpus, packs), run)?;
        let index = Index::build((corpus, packs), bags, run)?;
        let listener = Listener::new(packs);
        let table = name_table(corpus, (&listener, joins), run)?;
        let copies = Copies::find((corpus, packs), &samples, run)?;
        let articles: Vec<&Article> = corpus.iter().map(|(_, article)| article).collect();
        let titles = Titles::of(&articles, packs, run)?;
        let mut witness = Witness::new(corpus, (&index, &titles), &copies);
        let (stories, _) = Stories::find((&index, &mut witness), &copies, run)?;
        let directory = directory_of(corpus, (&table, &listener), (&stories, joins), run)?;
        Some(Self {
            directory,
            ..Self::default()
        })
    }

    /// Returns the heading of a story.
    pub fn heading(&self, story: StoryId) -> Option<&Heading> {
        self.headings.get(story.0 as usize)
    }

    /// Returns the titles of the stories, each with its number of articles.
    pub fn titles(&self) -> Vec<(&str, usize)> {
        let stories = self.stories.list().iter();
        let titles = self.headings.iter().map(|heading| &*heading.title);
        titles
            .zip(stories.map(|story| story.articles.len()))
            .collect()
    }
}

/// Returns whether a name of `person` is one that `is_called` accepts.
fn goes_by(person: &Person, is_called: &dyn Fn(&str) -> bool) -> bool {
    is_called(&person.name) || person.aliases.iter().any(|alias| is_called(&alias.written))
}

impl Speakers for Survey {
    fn called(&self, is_called: &dyn Fn(&str) -> bool) -> Vec<u32> {
        let people = self.directory.iter();
        let called = people.filter(|(_, person)| goes_by(person, is_called));
        called.map(|(id, _)| id.0).collect()
    }

    fn of(&self, quote: QuoteId) -> Vec<u32> {
        let people = self.directory.speakers_of(quote).iter();
        people.map(|id| id.0).collect()
    }

    fn speaks_in(&self, article: ArticleId, among: &[u32]) -> bool {
        let mut speakers = self.directory.speakers_in(article).iter();
        speakers.any(|id| among.binary_search(&id.0).is_ok())
    }
}

/// The speakers of one article of a survey. Looking up a name reads only their names, so it is fast
/// enough to be done at a key.
#[derive(Clone, Copy, Debug)]
pub struct SpeakersIn<'a>(pub &'a Survey, pub ArticleId);

impl Speakers for SpeakersIn<'_> {
    fn called(&self, is_called: &dyn Fn(&str) -> bool) -> Vec<u32> {
        let Self(survey, article) = self;
        let mut ids: Vec<_> = survey.directory.speakers_in(*article).to_vec();
        ids.sort_unstable();
        ids.dedup();
        let person = |id: &PersonId| survey.directory.get(*id);
        ids.retain(|id| person(id).is_some_and(|person| goes_by(person, is_called)));
        ids.into_iter().map(|id| id.0).collect()
    }

    fn of(&self, quote: QuoteId) -> Vec<u32> {
        self.0.of(quote)
    }

    fn speaks_in(&self, article: ArticleId, among: &[u32]) -> bool {
        self.0.speaks_in(article, among)
    }
}

/// Counts the names of a corpus, in parts that are counted apart.
fn name_table(corpus: &Corpus, (listener, joins): (&Listener, &Joins), run: &Run) -> Option<Names> {
    /// Articles of a part.
    const PART: usize = 1024;
    let articles: Vec<(ArticleId, &Article)> = corpus.iter().collect();
    let parts: Vec<&[(ArticleId, &Article)]> = articles.chunks(PART).collect();
    let done = AtomicUsize::new(0);
    let checked = joins.checked();
    let count = |part: &&[(ArticleId, &Article)]| {
        let mut table = NameTable::default();
        for (id, article) in *part {
            if (run.is_cancelled)() {
                return None;
            }
            let mut told = listener.listen(article);
            if let Some(checked) = checked.get(&*article.key) {
                told.decide(article, checked);
            }
            table.add((*id, *article), told);
        }
        let done = done.fetch_add(part.len(), Ordering::Relaxed) + part.len();
        run.tell(Step::People, done / 2, corpus.len());
        Some(table)
    };
    let tables: Option<Vec<NameTable>> = parts.par_iter().map(count).collect();
    let mut tables = tables?.into_iter();
    let mut all = tables.next().unwrap_or_default();
    tables.for_each(|table| all.merge(table));
    Some(all.finish(listener))
}

/// Builds the directory of speakers. Within one story, a surname alone may stand for the full name.
fn directory_of(
    corpus: &Corpus,
    names: (&Names, &Listener),
    (stories, joins): (&Stories, &Joins),
    run: &Run,
) -> Option<Directory> {
    let list = stories.list().iter();
    let scopes: Vec<_> = list.map(|story| story.articles.clone()).collect();
    let known = Known {
        stories: &scopes,
        joins,
    };
    Directory::build(corpus, names, known, &|done| {
        run.tell(Step::People, corpus.len() / 2 + done / 2, corpus.len());
        !(run.is_cancelled)()
    })
}

/// Number of articles that are read before their results are stored. The bags take most of the
/// memory of a survey; storing them in groups leaves no gaps between longer-lived data.
const AT_ONCE: usize = 4096;

/// The result of one pass over all words of a corpus, by article.
struct Read {
    bags: Bags,
    samples: Vec<Box<[u64]>>,
    quotes: Vec<Vec<QuoteFeatures>>,
}

/// The same of one article: its bag, its sample, its quotations.
type ReadOne = (Box<[(u32, f32)]>, WindowKey, Box<[u64]>, Vec<QuoteFeatures>);

impl Read {
    /// Reads every text once. Returns `None` if cancelled.
    fn all((corpus, packs): (&Corpus, &Packs), run: &Run) -> Option<Self> {
        let articles: Vec<(ArticleId, &Article)> = corpus.iter().collect();
        let readers = Readers::new(packs);
        let negations = Negations::of(packs);
        let mut all = Self {
            bags: Bags::default(),
            samples: Vec::with_capacity(articles.len()),
            quotes: Vec::with_capacity(articles.len()),
        };
        // Results are stored in one thread while the others read on.
        let mut before = Vec::new();
        for (some, at) in articles.chunks(AT_ONCE).zip(0..) {
            let progress = (Step::Terms, at * AT_ONCE, articles.len());
            let (read, ()) = rayon::join(
                || {
                    run.map_behind(progress, some, |(id, article)| {
                        let read = readers.read(article);
                        let window = WindowKey::of(article.language, day_of(article));
                        (
                            bag(&read),
                            window,
                            copies::sample(&read),
                            quotes_in(*id, &read, &negations),
                        )
                    })
                },
                || all.add(before),
            );
            before = read?;
        }
        all.add(before);
        Some(all)
    }

    fn add(&mut self, read: Vec<ReadOne>) {
        let bags: Vec<_> = read
            .iter()
            .map(|(bag, window, ..)| (&**bag, *window))
            .collect();
        self.bags.add(&bags);
        for (_, _, sample, quotes) in read {
            self.samples.push(sample);
            self.quotes.push(quotes);
        }
    }
}
