//! The survey of a corpus: everything that needs the whole corpus, computed over one snapshot.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::bags::{Bags, bag};
use super::index::{Index, TermIndex};
use super::reading::Readers;
use super::sayings::{Saying, Sayings, sayings_in};
use super::{Copies, Heading, Hues, Run, Step, Stories, StoryId, UsualDays, Variants, copies};
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
    /// The colour of each speaker.
    pub hues: Hues,
    /// The days on which articles of this corpus are usually published.
    pub usual_days: UsualDays,
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
            sayings,
        } = Read::all((corpus, packs), run)?;
        let index = Index::build((corpus, packs), bags, run)?;
        let listener = Listener::new(packs);
        let table = name_table(corpus, (&listener, joins), run)?;
        let copies = Copies::find((corpus, packs), &samples, run)?;
        drop(samples);
        let (stories, links) = Stories::find(&index, &copies, run)?;
        let (directory, sayings) = rayon::join(
            || {
                let directory = directory_of(corpus, (&table, &listener), (&stories, joins), run);
                drop(table);
                directory
            },
            || Sayings::of(sayings, index.by_date(), run),
        );
        let (directory, sayings) = (directory?, sayings?);
        let variants = Variants::find((&index, &sayings), &directory, &stories, run)?;
        // Freeing so much memory takes as long as the remaining work, so both run in parallel.
        let (stories, ()) = rayon::join(
            || Stories::with_utterances(&index, &copies, links, variants.told_together()),
            || drop(sayings),
        );
        let headings = Heading::of_all(&stories, corpus);
        let (hues, usual_days) =
            rayon::join(|| Hues::of(&directory, corpus), || UsualDays::of(corpus));
        Some(Self {
            directory,
            copies,
            stories,
            variants,
            hues,
            usual_days,
            index,
            headings,
        })
    }

    /// Tells only who speaks, as [`Survey::make`] does: stories and wordings are left out. Takes
    /// about half the time. Returns `None` if cancelled.
    pub fn people(corpus: &Corpus, packs: &Packs, joins: &Joins, run: &Run) -> Option<Self> {
        let Read { bags, samples, .. } = Read::all((corpus, packs), run)?;
        let index = Index::build((corpus, packs), bags, run)?;
        let listener = Listener::new(packs);
        let table = name_table(corpus, (&listener, joins), run)?;
        let copies = Copies::find((corpus, packs), &samples, run)?;
        let (stories, _) = Stories::find(&index, &copies, run)?;
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
    samples: Vec<Box<[u32]>>,
    sayings: Vec<Vec<Saying>>,
}

/// The result of reading one article: its bag, its sample, its quotations.
type ReadOne = (Box<[(u32, f32)]>, Box<[u32]>, Vec<Saying>);

impl Read {
    /// Reads every text once. Returns `None` if cancelled.
    fn all((corpus, packs): (&Corpus, &Packs), run: &Run) -> Option<Self> {
        let articles: Vec<(ArticleId, &Article)> = corpus.iter().collect();
        let readers = Readers::new(packs);
        let mut all = Self {
            bags: Bags::default(),
            samples: Vec::with_capacity(articles.len()),
            sayings: Vec::with_capacity(articles.len()),
        };
        // Results are stored in one thread while the others read on.
        let mut before = Vec::new();
        for (some, at) in articles.chunks(AT_ONCE).zip(0..) {
            let progress = (Step::Terms, at * AT_ONCE, articles.len());
            let (read, ()) = rayon::join(
                || {
                    run.map_behind(progress, some, |(id, article)| {
                        let read = readers.read(article);
                        (bag(&read), copies::sample(&read), sayings_in(*id, &read))
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
        let bags: Vec<_> = read.iter().map(|(bag, ..)| &**bag).collect();
        self.bags.add(&bags);
        for (_, sample, sayings) in read {
            self.samples.push(sample);
            self.sayings.push(sayings);
        }
    }
}
