//! The annotated seeds.

use std::path::Path;

use kutip::ingest::Request;
use kutip::language::{Lang, Packs};
use kutip::model::{Article, ArticleId, Block, BlockKind, Corpus, QuoteKind};
use kutip::relate::Survey;
use kutip::text::ByteSpan;
use kutip::work::{Engine, load_all};
use serde_json::Value;

use super::articles::{published, quote, survey};

fn gold() -> Option<std::path::PathBuf> {
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold");
    let other = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/gold");
    [gold, other].into_iter().find(|folder| folder.is_dir())
}

/// Bytes of a span in scalar values.
fn bytes(text: &str, start: &Value, end: &Value) -> ByteSpan {
    let byte = |at: &Value| {
        let at = at.as_u64().unwrap_or(0) as usize;
        text.char_indices()
            .nth(at)
            .map_or(text.len(), |(byte, _)| byte)
    };
    ByteSpan::new(byte(start), byte(end))
}

fn find(text: &str, name: &str) -> Option<ByteSpan> {
    text.find(name).map(|at| ByteSpan::new(at, at + name.len()))
}

fn read(path: &Path) -> Article {
    let json: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let id = json["id"].as_str().unwrap();
    let seed = path
        .parent()
        .unwrap()
        .join("../../seeds")
        .join(format!("{id}.txt"));
    let text = std::fs::read_to_string(seed).unwrap();
    let mut article = Article {
        key: id.into(),
        language: Some(Lang::ID),
        ..Article::default()
    };
    for entry in json["quotes"].as_array().unwrap() {
        let span = bytes(&text, &entry["start"], &entry["end"]);
        let names = entry["speaker"].as_str().unwrap_or("").split("; ");
        let speakers = names.filter_map(|name| find(&text, name)).collect();
        let mut quote = quote(span, speakers);
        if entry["kind"] == "direct" {
            quote.kind = QuoteKind::Direct;
        }
        article.quotes.push(quote);
    }
    let furniture: Vec<&str> = json["boilerplate"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let unscored: Vec<ByteSpan> = json["unscored_spans"]
        .as_array()
        .unwrap()
        .iter()
        .map(|span| bytes(&text, &span[0], &span[1]))
        .collect();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = ByteSpan::new(at, at + line.len()).trim(&text);
        at += line.len();
        let is_body = !span.is_empty()
            && !furniture.contains(&span.of(&text))
            && !unscored.iter().any(|other| other.overlaps(span));
        if is_body {
            article.structure.blocks.push(Block {
                kind: BlockKind::Paragraph,
                span,
            });
        }
    }
    let date = json["date"].as_str().or(json["date_from_body"].as_str());
    article.structure.published = date
        .and_then(|date| date.get(..10)?.parse().ok())
        .map(published);
    article.text = text.into();
    article
}

fn corpus(gold: &Path) -> Corpus {
    let mut files: Vec<_> = std::fs::read_dir(gold.join("seeds"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "json"));
    files.sort();
    Corpus::from_articles(files.iter().map(|path| read(path)).collect())
}

fn id(corpus: &Corpus, key: &Value) -> ArticleId {
    corpus
        .iter()
        .find(|(_, article)| Some(article.key.trim_end_matches(".txt")) == key.as_str())
        .unwrap()
        .0
}

/// Ranks, ties sharing their mean.
fn ranks(values: &[f64]) -> Vec<f64> {
    let rank = |x: &f64| {
        let below = values.iter().filter(|y| *y < x).count() as f64;
        let same = values.iter().filter(|y| y.total_cmp(x).is_eq()).count() as f64;
        below + (same - 1.0) / 2.0
    };
    values.iter().map(rank).collect()
}

fn spearman(a: &[f64], b: &[f64]) -> f64 {
    let (a, b) = (ranks(a), ranks(b));
    let mean = (a.len() as f64 - 1.0) / 2.0;
    let sum = |x: &[f64], y: &[f64]| {
        x.iter()
            .zip(y)
            .map(|(p, q)| (p - mean) * (q - mean))
            .sum::<f64>()
    };
    sum(&a, &b) / (sum(&a, &a) * sum(&b, &b)).sqrt()
}

#[test]
fn related_stories_and_utterances_are_as_annotated() {
    let Some(gold) = gold() else { return };
    // Lines in place of structure: titles and standfirsts weigh like any paragraph here, and
    // the ranking suffers by it.
    assert_as_annotated(&corpus(&gold), &gold, 0.6);
}

#[test]
fn what_the_loader_makes_of_the_seeds_is_related_as_annotated() {
    let Some(gold) = gold() else { return };
    let seeds = gold.join("../seeds").to_string_lossy().into_owned();
    let engine = Engine::new(None).unwrap();
    let loaded = load_all(&engine, &Request::new([seeds]));
    assert_as_annotated(&loaded.corpus, &gold, 0.8);
}

/// The ranking of the pairs, the one story, and the utterances that are told twice.
fn assert_as_annotated(corpus: &Corpus, gold: &Path, least: f64) {
    let survey = survey(corpus);
    let relations: Value =
        serde_json::from_str(&std::fs::read_to_string(gold.join("seeds_relations.json")).unwrap())
            .unwrap();
    let (mut strengths, mut scores) = (Vec::new(), Vec::new());
    for pair in relations["related"].as_array().unwrap() {
        let (a, b) = (id(corpus, &pair["pair"][0]), id(corpus, &pair["pair"][1]));
        strengths.push(pair["strength"].as_f64().unwrap());
        scores.push(f64::from(survey.score(a, b)));
    }
    let packs = Packs::embedded();
    for (article, _) in corpus.iter() {
        let related = survey.related((corpus, &packs), article, 10);
        assert_eq!(related.len(), 4, "all pairs are returned");
    }
    let rank = spearman(&strengths, &scores);
    assert!(rank >= least, "{rank} by {scores:?}");
    let first = |of: u32| survey.related((corpus, &packs), ArticleId(of), 1)[0].article;
    assert_eq!((first(3), first(4)), (ArticleId(4), ArticleId(3)));
    let list = survey.stories.list().iter();
    let stories: Vec<_> = list.map(|story| story.articles.clone()).collect();
    assert_eq!(stories, [[ArticleId(3), ArticleId(4)]]);
    assert_utterances(corpus, &survey, &relations);
}

/// Two at least of what was said once and told twice; nothing of what was said twice.
fn assert_utterances(corpus: &Corpus, survey: &Survey, relations: &Value) {
    let mut found = 0;
    for group in relations["same_words"].as_array().unwrap() {
        let across = group["same_article"] == false;
        let is_found = pairs_found(corpus, survey, group);
        match group["relation"].as_str() {
            Some("same_utterance") if across => found += usize::from(is_found),
            Some("same_formula" | "same_theme") => assert!(!is_found, "{}", group["label"]),
            _ => {}
        }
    }
    assert!(found >= 2, "{found} of 3 utterances");
}

/// Whether some two items of different articles stand in one group of variants.
fn pairs_found(corpus: &Corpus, survey: &Survey, group: &Value) -> bool {
    let items: Vec<(ArticleId, ByteSpan)> = group["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| {
            let article = id(corpus, &item["id"]);
            (
                article,
                bytes(
                    &corpus.get(article).unwrap().text,
                    &item["start"],
                    &item["end"],
                ),
            )
        })
        .collect();
    survey.variants.list().iter().any(|variant| {
        let mut articles: Vec<ArticleId> = variant
            .members
            .iter()
            .filter(|member| {
                items.iter().any(|(article, span)| {
                    *article == member.quote.article && iou(*span, member.span) >= 0.5
                })
            })
            .map(|member| member.quote.article)
            .collect();
        articles.sort_unstable();
        articles.dedup();
        articles.len() > 1
    })
}

fn iou(a: ByteSpan, b: ByteSpan) -> f64 {
    let both = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let both = f64::from(both);
    both / (a.len() as f64 + b.len() as f64 - both)
}
