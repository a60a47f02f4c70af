use std::sync::atomic::AtomicBool;

use proptest::prelude::*;

use super::*;
use crate::search::{Context, Hits, Index, NoFacts, Order, Query, filter};

fn corpus(texts: &[String]) -> Corpus {
    let (early, late) = texts.split_at(texts.len() / 2);
    let article = |text: &String| Article {
        text: text.as_str().into(),
        ..Article::default()
    };
    Corpus::from_articles(early.iter().map(article).collect())
        .with(late.iter().map(article).collect())
}

fn run(query: &str, corpus: &Corpus, terms: Option<&Terms>) -> Option<Hits> {
    let query = Query::parse(query, chrono::NaiveDate::default()).ok()?;
    let (order, cancel) = (Order::as_read(), AtomicBool::new(false));
    let context = Context {
        facts: &NoFacts,
        order: &order,
        cancel: &cancel,
        terms,
    };
    filter(&query, corpus, &Index::of(corpus), &context)
}

#[test]
fn terms_are_counted_across_segments() {
    let texts = ["Beras, beras: Jum’at", "BÉRAS", "pasar", "beras-beras naik"];
    let corpus = corpus(&texts.map(str::to_owned));
    let terms = Terms::of(&corpus);
    let beras: Vec<_> = terms
        .postings("beras")
        .map(|(id, count)| (id.0, count))
        .collect();
    assert_eq!(beras, [(0, 2), (1, 1), (3, 2)]);
    assert_eq!(terms.document_frequency("beras"), 3);
    assert_eq!(terms.document_frequency("bera"), 0);
    assert_eq!(terms.document_frequency(""), 0);
    assert_eq!(
        (0..5)
            .map(|id| terms.length(ArticleId(id)))
            .collect::<Vec<_>>(),
        [4, 1, 1, 3, 0]
    );
    let first = corpus.get(ArticleId(0)).map(article_terms);
    assert_eq!(
        first,
        Some(vec![
            ("beras".into(), 2),
            ("jum".into(), 1),
            ("at".into(), 1)
        ])
    );
}

#[test]
fn the_article_that_says_it_most_comes_first() {
    let texts = [
        "beras pasar laut kota desa",
        "beras beras beras kota desa",
        "laut",
    ];
    let corpus = corpus(&texts.map(str::to_owned));
    let hits = run("text:beras", &corpus, Some(&Terms::of(&corpus))).unwrap();
    assert_eq!(hits.ids(), [ArticleId(1), ArticleId(0)]);
}

proptest! {
    #[test]
    fn the_index_finds_what_a_look_at_every_text_finds(
        texts in prop::collection::vec("([abAé]{1,3}[ \n,'-]{1,2}){0,8}|.{0,12}", 0..12),
        words in "[abAé]{1,2}([ '-][abAé]{1,2}){0,2}|[ -~]{1,4}",
    ) {
        let corpus = corpus(&texts);
        let query = format!("text:\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""));
        let sorted = |hits: Option<Hits>| hits.map(|hits| {
            let mut ids = hits.ids().to_vec();
            ids.sort_unstable();
            ids
        });
        let slow = sorted(run(&query, &corpus, None));
        let fast = sorted(run(&query, &corpus, Some(&Terms::of(&corpus))));
        prop_assert_eq!(slow, fast);
    }
}
