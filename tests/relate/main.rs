//! What belongs together, over made-up articles; and over the annotated seeds, where the folder
//! `../shared/gold` exists (skipped elsewhere).

#![allow(clippy::unwrap_used)] // a test may fail loudly

mod articles;
mod copies;
mod seeds;
mod stories;
mod variants;
mod views;

use std::sync::atomic::{AtomicBool, Ordering};

use kutip::language::Packs;
use kutip::model::{Article, ArticleId, Corpus};
use kutip::people::Joins;
use kutip::relate::{Reason, Run, Survey};

use articles::{article, flood, flood_articles, survey};

#[test]
fn two_reports_of_one_event_make_a_story_and_share_an_utterance() {
    let corpus = flood();
    let survey = survey(&corpus);
    let stories: Vec<_> = survey
        .stories
        .list()
        .iter()
        .map(|s| s.articles.clone())
        .collect();
    assert_eq!(stories, [[ArticleId(0), ArticleId(1)]]);
    let groups: Vec<Vec<u32>> = survey
        .variants
        .list()
        .iter()
        .map(|group| {
            group
                .members
                .iter()
                .map(|member| member.quote.article.0)
                .collect()
        })
        .collect();
    assert_eq!(groups, [[0, 1]], "formula words alone make no group");
    let packs = Packs::embedded();
    let related = survey.related((&corpus, &packs), ArticleId(0), 9);
    assert_eq!(related[0].article, ArticleId(1));
    let kinds: Vec<_> = related[0].reasons.iter().map(Reason::kind).collect();
    for kind in ["utterance", "event", "people", "words", "days"] {
        assert!(kinds.contains(&kind), "{kind} in {kinds:?}");
    }
}

#[test]
fn scores_are_symmetric_and_the_same_whatever_the_threads() {
    let corpus = flood();
    let outcome = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("threads can be made").install(|| {
            let survey = survey(&corpus);
            let pairs = (0..4).flat_map(|a| (0..4).map(move |b| (ArticleId(a), ArticleId(b))));
            let scores: Vec<f32> = pairs.map(|(a, b)| survey.score(a, b)).collect();
            (
                format!("{:?} {:?}", survey.stories.list(), survey.variants.list()),
                scores,
            )
        })
    };
    let (groups, scores) = outcome(1);
    assert_eq!((&groups, &scores), (&outcome(4).0, &outcome(4).1));
    for a in 0..4 {
        for b in 0..4 {
            assert!((scores[a * 4 + b] - scores[b * 4 + a]).abs() < f32::EPSILON);
        }
    }
}

#[test]
fn groups_are_the_same_whatever_the_order_and_the_batches() {
    let articles: Vec<Article> = flood_articles().collect();
    let told = |corpus: &Corpus| {
        let survey = survey(corpus);
        let key = |id: ArticleId| corpus.get(id).unwrap().key.clone();
        let stories = survey.stories.list().iter();
        let stories: Vec<Vec<_>> = stories
            .map(|story| story.articles.iter().map(|id| key(*id)).collect())
            .collect();
        let variants = survey.variants.list().iter();
        let variants: Vec<Vec<_>> = variants
            .map(|group| {
                group
                    .members
                    .iter()
                    .map(|m| (key(m.quote.article), m.span))
                    .collect()
            })
            .collect();
        (stories, variants)
    };
    let before = told(&Corpus::from_articles(articles.clone()));
    assert!(!before.0.is_empty() && !before.1.is_empty());
    let mut reversed = articles.clone();
    reversed.reverse();
    assert_eq!(told(&Corpus::from_articles(reversed)), before);
    let in_batches = articles
        .into_iter()
        .fold(Corpus::default(), |corpus, one| corpus.with(vec![one]));
    assert_eq!(told(&in_batches), before);
}

#[test]
fn a_cancelled_survey_yields_nothing_and_a_full_one_reports_progress() {
    let corpus = flood();
    let (cancel, told) = (AtomicBool::new(true), AtomicBool::new(false));
    let progress = |_, done, all| told.store(done == all, Ordering::Relaxed);
    let run = Run {
        is_cancelled: &|| cancel.load(Ordering::Relaxed),
        progress: &progress,
    };
    let make = || Survey::make(&corpus, &Packs::embedded(), &Joins::default(), &run);
    assert!(make().is_none());
    cancel.store(false, Ordering::Relaxed);
    assert!(make().is_some() && told.load(Ordering::Relaxed));
}

#[test]
fn one_name_or_word_without_end_is_surveyed_like_any_text() {
    // Time that grew with the square of the length would keep this test from ending.
    let texts = [
        "Budi Wanara ",
        "banjir ",
        "Budi-",
        "\u{201c}banjir\u{201d} ",
    ];
    let articles = texts.iter().flat_map(|text| {
        let long = text.repeat(2_000_000 / text.len());
        ["2031-02-03", "2031-02-04"].map(|date| article("Kabar", date, &long))
    });
    let corpus = Corpus::from_articles(articles.collect());
    let survey = survey(&corpus);
    assert!(survey.stories.are_one(ArticleId(0), ArticleId(1)));
}
