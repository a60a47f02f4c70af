//! The query language and the filter, from the outside: what each query selects over a small
//! corpus, and that the fast filter gives what fuzzy-matcher gives.

#![allow(clippy::unwrap_used)] // a test may fail loudly

use std::sync::atomic::AtomicBool;

use chrono::NaiveDate;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use kutip::language::Lang;
use kutip::model::{
    Article, ArticleId, Corpus, Excerpt, NumberOrder, Origin, Outlet, Precision, Published, Quote,
    QuoteKind, Title,
};
use kutip::search::{
    Arranger, Context, Facts, Filter, Index, KeyLine, NoFacts, Order, Query, Sort, SortKey,
    Vocabulary, complete, filter, highlights,
};
use kutip::text::{ByteSpan, fold};
use proptest::prelude::*;

/// Title, outlet, date, language, speaker, what the speaker said, further text.
type Told = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const TOLD: [Told; 8] = [
    (
        "Harga beras naik di Kota Rawa",
        "Kabar Rawa",
        "2023-08-15",
        "id",
        "Sari Wulan",
        "stok beras cukup",
        "Pasar induk ramai.",
    ),
    (
        "Menteri Pangan tinjau pasar",
        "Harian Pesisir",
        "2023-09-02",
        "id",
        "Bima Argo",
        "harga akan turun",
        "Ia menyebut beras impor.",
    ),
    (
        "Rice prices rise in Rawa",
        "The Coast Post",
        "2023-09-20",
        "en",
        "Bima Argo",
        "we have enough rice",
        "Traders in the market disagreed.",
    ),
    (
        "Müller besucht Łódź",
        "Küstenbote",
        "2023-10-01",
        "de",
        "Jörg Müller",
        "wir reden über Reis",
        "Der Markt war voll.",
    ),
    (
        "Wali kota lantik Sekda baru",
        "Kabar Rawa",
        "2022-01-05",
        "id",
        "",
        "",
        "Pelantikan berlangsung singkat.",
    ),
    (
        "Банк поднял ставку",
        "Берег",
        "2024-02-11",
        "ru",
        "",
        "",
        "Рынок ждал решения.",
    ),
    (
        "Nelayan Kim Ae-ran dan laut",
        "Harian Pesisir",
        "2023",
        "id",
        "Kim Ae-ran",
        "laut adalah rumah",
        "Ombak tinggi.",
    ),
    (
        "kimono dipamerkan",
        "The Coast Post",
        "",
        "id",
        "",
        "",
        "Pameran dibuka | ditutup sore.",
    ),
];

fn article(told: &Told) -> Article {
    let (title, outlet, date, lang, speaker, said, more) = told;
    let text = format!("{title}\n{said} {speaker}\n{more}");
    let span = |words: &str, from: usize| {
        text.get(from..)
            .and_then(|t| t.find(words))
            .map(|at| ByteSpan::new(from + at, from + at + words.len()))
            .unwrap()
    };
    let mut article = Article {
        key: (*title).into(),
        language: lang.parse::<Lang>().ok(),
        ..Article::default()
    };
    article.structure.title = Some(Title {
        text: Excerpt::Given((*title).into()),
        derived: false,
    });
    article.structure.outlet = Some(Outlet {
        name: (*outlet).into(),
        from: Origin::Page,
    });
    article.structure.published = published(date);
    if !said.is_empty() {
        article.quotes.push(Quote {
            speakers: vec![span(speaker, title.len() + said.len())].into(),
            ..Quote::unattributed(QuoteKind::Direct, span(said, title.len()), 0)
        });
    }
    article.text = text.into();
    article
}

fn published(date: &str) -> Option<Published> {
    let (whole, precision) = match date.len() {
        4 => (format!("{date}-01-01"), Precision::Year),
        10 => (date.to_owned(), Precision::Day),
        _ => return None,
    };
    let date = whole.parse().unwrap();
    Some(Published {
        date,
        time: None,
        zone: None,
        precision,
        order: NumberOrder::Plain,
        from: Origin::Page,
        span: None,
    })
}

fn corpus() -> Corpus {
    let (early, late) = TOLD.split_at(3);
    Corpus::from_articles(early.iter().map(article).collect())
        .with(late.iter().map(article).collect())
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 10, 10).unwrap()
}

/// Article 1 is read, 0 and 3 are tagged, 0 and 2 are one story.
struct Known;

impl Facts for Known {
    fn has_tag(&self, article: ArticleId, tag: &str) -> bool {
        tag == "cek fakta" && [0, 3].contains(&article.0)
    }
    fn is_read(&self, article: ArticleId) -> bool {
        article.0 == 1
    }
    fn is_in_story(&self, article: ArticleId, story: &str) -> bool {
        story == "7" && [0, 2].contains(&article.0)
    }
}

fn select(text: &str) -> Vec<u32> {
    let corpus = corpus();
    let query = Query::parse(text, today()).unwrap_or_else(|fault| panic!("{text}: {fault}"));
    let context = Context {
        facts: &Known,
        terms: None,
        order: &Order::as_read(),
        cancel: &AtomicBool::new(false),
    };
    let hits = filter(&query, &corpus, &Index::of(&corpus), &context).unwrap();
    assert_eq!(hits.count(), hits.ids().len(), "{text}");
    assert_eq!(hits.best(), hits.ids(), "{text}: fewer than a hundred");
    let mut ids: Vec<_> = hits.ids().iter().map(|id| id.0).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn each_query_selects_its_articles() {
    let all = [0, 1, 2, 3, 4, 5, 6, 7];
    let cases: &[(&str, &[u32])] = &[
        ("", &all),
        ("   ", &all),
        ("beras", &[0]),
        ("brs", &[0]),
        ("rawa", &[0, 2, 4]),
        ("hrg rawa", &[0, 2]),
        ("muller", &[3]),
        ("MÜLLER", &[]),
        ("Müller", &[3]),
        ("lodz", &[3]),
        ("банк", &[5]),
        ("Банк", &[5]),
        ("kim", &[6, 7]),
        ("Kim", &[6]),
        ("'kim", &[6, 7]),
        ("'Kim", &[6]),
        ("'kmn", &[]),
        ("^kim", &[6, 7]),
        ("^kimono", &[7]),
        ("dipamerkan$", &[7]),
        ("^harian", &[1, 6]),
        ("^\"kabar rawa\"$", &[0, 4]),
        ("\"kota rawa\"", &[0]),
        ("\"wali kota\"", &[4]),
        ("!rawa", &[1, 3, 5, 6, 7]),
        ("!'rawa !'pesisir", &[3, 5, 7]),
        ("'muller|'beras", &[0, 3]),
        ("'muller | 'beras", &[0, 3]),
        ("'rawa 'beras|'sekda", &[0, 4]),
        ("'rawa AND 'beras", &[0]),
        ("'rawa OR 'kimono", &[0, 2, 4, 7]),
        ("'rawa AND NOT 'beras", &[2, 4]),
        ("NOT ('rawa OR 'pesisir)", &[3, 5, 7]),
        ("('rice OR 'beras) outlet:kabar", &[0]),
        ("'rawa 'rice OR 'sekda", &[2, 4]),
        ("title:rawa", &[0, 2]),
        ("title:\"kota rawa\"", &[0]),
        ("title:^rice", &[2]),
        ("title:baru$", &[4]),
        ("title:Kim", &[6]),
        ("TITLE:kim", &[6, 7]),
        ("outlet:rawa", &[0, 4]),
        ("outlet:kustenbote", &[3]),
        ("outlet:coast|kabar", &[0, 2, 4, 7]),
        ("outlet:coast | kimono", &[2, 7]),
        ("!outlet:rawa", &[1, 2, 3, 5, 6, 7]),
        ("speaker:argo", &[1, 2]),
        ("speaker:\"bima argo\"", &[1, 2]),
        ("speaker:jorg", &[3]),
        ("speaker:^wulan", &[]),
        ("said:beras", &[0]),
        ("said:\"we have\"", &[2]),
        ("said:uber", &[3]),
        ("text:beras", &[0, 1]),
        ("text:\"pasar induk\"", &[0]),
        ("text:markt", &[3]),
        ("text:Рынок", &[5]),
        ("text:рынок", &[5]),
        ("text:\"dibuka | ditutup\"", &[7]),
        ("text:kim", &[6, 7]),
        ("lang:id", &[0, 1, 4, 6, 7]),
        ("lang:EN|de", &[2, 3]),
        ("tag:\"cek fakta\"", &[0, 3]),
        ("tag:lain", &[]),
        ("is:read", &[1]),
        ("is:unread lang:id", &[0, 4, 6, 7]),
        ("story:7", &[0, 2]),
        ("date:2023-09", &[1, 2, 6]),
        ("date:2023-09-02", &[1, 6]),
        ("date:2023-08..2023-09", &[0, 1, 2, 6]),
        ("date:2023", &[0, 1, 2, 3, 6]),
        ("date:..2022", &[4]),
        ("date:2024..", &[5]),
        ("after:2023-09", &[3, 5, 6]),
        ("before:2023", &[4]),
        ("newer:\"2 weeks\"", &[3, 5, 6]),
        ("newer:1m", &[2, 3, 5, 6]),
        ("has:quotes", &[0, 1, 2, 3, 6]),
        ("has:speaker lang:en", &[2]),
        ("has:date !has:quotes", &[4, 5]),
        ("has:url", &[]),
        ("sort:-date 'rawa", &[0, 2, 4]),
        ("sort:date", &all),
        ("kim !\"the coast\"", &[6]),
        ("2023-10-01", &[3]),
        ("https://nowhere", &[]),
        ("12:30", &[]),
        ("\"title:rawa\"", &[]),
    ];
    let wrong: Vec<_> = cases
        .iter()
        .filter(|(query, expected)| select(query) != *expected)
        .map(|(query, expected)| format!("{query}: {:?}, not {expected:?}", select(query)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_fault_names_its_place_and_the_nearest_word() {
    let cases = [
        ("beras outlett:kabar", 6..13, Some("outlet")),
        ("speakr:kim", 0..6, Some("speaker")),
        ("xyzzy:kim", 0..5, None),
        ("has:quote", 4..9, Some("quotes")),
        ("is:unred", 3..8, Some("unread")),
        ("sort:dat", 5..8, Some("date")),
        ("lang:indonesia", 5..14, None),
        ("date:kemarin", 5..12, None),
        ("date:2023-13", 5..12, None),
        ("date:2023-09..2023-01", 5..21, None),
        ("newer:\"two weeks\"", 6..17, None),
        ("(kim", 0..1, None),
        ("kim)", 3..4, None),
        ("kim AND", 4..7, None),
        ("kim OR", 4..6, None),
        ("NOT", 0..3, None),
        ("kim |", 4..5, None),
        ("OR kim", 0..2, None),
        ("AND kim", 0..3, None),
        ("\"kim", 0..1, None),
        ("title:", 0..5, None),
        ("'", 0..1, None),
        ("\"\"", 0..2, None),
        ("!", 0..1, None),
        ("\u{301}", 0..2, None),
    ];
    for (text, place, nearest) in cases {
        let fault = Query::parse(text, today()).expect_err(text);
        assert_eq!(
            (fault.span.range(), fault.nearest),
            (place, nearest),
            "{text}: {fault}"
        );
        assert!(!fault.reason.is_empty());
    }
}

#[test]
fn an_exact_word_goes_before_a_scattered_one_and_ties_follow_the_sort() {
    let corpus = corpus();
    let run = |text: &str, order: &Order| {
        let query = Query::parse(text, today()).unwrap();
        let context = Context {
            facts: &NoFacts,
            terms: None,
            order,
            cancel: &AtomicBool::new(false),
        };
        let hits = filter(&query, &corpus, &Index::of(&corpus), &context).unwrap();
        hits.ids().iter().map(|id| id.0).collect::<Vec<_>>()
    };
    assert_eq!(
        run("pasar", &Order::as_read()).first(),
        Some(&1),
        "the word, not its letters"
    );
    let sort = Query::parse("sort:-date", today()).unwrap().sort.unwrap();
    let newest = Order::of(&corpus, sort);
    assert_eq!(
        run("lang:id", &newest),
        [1, 0, 6, 4, 7],
        "unknown dates last"
    );
    assert_eq!(
        run("sort:-date rawa", &newest),
        [2, 0, 4],
        "its own order goes before the score"
    );
}

#[test]
fn matches_are_lit_where_they_stand() {
    let light = |text: &str, id: usize| {
        let article = article(&TOLD[id]);
        let query = Query::parse(text, today()).unwrap();
        let found = highlights(&query, &article);
        let title = article.title().unwrap().into_owned();
        let pieces = |list: &[std::ops::Range<usize>], of: &str| {
            list.iter()
                .map(|r| of[r.clone()].to_owned())
                .collect::<Vec<_>>()
        };
        let text = found
            .text
            .iter()
            .map(|s| s.of(&article.text).to_owned())
            .collect::<Vec<_>>();
        (pieces(&found.title, &title), text, found.quotes)
    };
    let none = Vec::<String>::new();
    assert_eq!(
        light("muller", 3),
        (vec!["Müller".into()], vec!["Müller".into(); 2], vec![])
    );
    assert_eq!(light("lodz", 3).0, ["Łódź"]);
    assert_eq!(light("brs", 0).0, ["b", "r", "s"]);
    assert_eq!(
        light("said:uber", 3),
        (none.clone(), vec!["über".into()], vec![0])
    );
    assert_eq!(
        light("text:\"pasar induk\"", 0),
        (none, vec!["Pasar induk".into()], vec![])
    );
    assert_eq!(light("speaker:sari", 0).2, [0]);
    assert!(
        light("!'beras", 0).0.is_empty(),
        "what must not stand there is not lit"
    );
}

#[test]
fn fields_and_values_are_completed() {
    let corpus = corpus();
    let propose = |text: &str| {
        let known = Vocabulary {
            corpus: &corpus,
            tags: &[("laut", 1), ("lapangan", 3), ("cek fakta", 2)],
            stories: &[("Pasar Induk Pindah", 2)],
        };
        let completion = complete(text, text.len(), &known);
        (
            text[completion.replaces].to_owned(),
            completion.proposals.join(" "),
        )
    };
    let cases = [
        ("kim s", "s", "speaker: said: story: sort:"),
        ("tag:la", "la", "lapangan laut"),
        ("tag:fak", "fak", "\"cek fakta\""),
        ("story:pas", "pas", "\"Pasar Induk Pindah\""),
        ("outlet:k", "k", "\"Kabar Rawa\" Küstenbote"),
        ("outlet:\"kabar r", "\"kabar r", "\"Kabar Rawa\""),
        ("outlet:p", "p", "\"Harian Pesisir\" \"The Coast Post\""),
        ("lang:", "", "id de en ru"),
        ("!speaker:arg", "arg", "\"Bima Argo\""),
        ("is:un", "un", "unread"),
        ("title:x", "x", ""),
    ];
    for (text, replaced, proposals) in cases {
        assert_eq!(propose(text), (replaced.into(), proposals.into()), "{text}");
    }
}

#[test]
fn an_order_that_is_kept_up_is_that_of_all_articles() {
    let mut arranger = Arranger::default();
    let parts = [0..0, 0..2, 2..5, 5..8, 0..8];
    let mut corpus = Corpus::default();
    for (part, descending) in parts.into_iter().zip([true, true, true, true, false]) {
        corpus = corpus.with(TOLD[part].iter().map(article).collect());
        let sort = Sort {
            key: SortKey::Date,
            descending,
        };
        let (kept, whole) = (arranger.order(&corpus, sort), Order::of(&corpus, sort));
        let places = |order: &Order| {
            let ids = corpus.iter().map(|(id, _)| order.place(id));
            ids.collect::<Vec<_>>()
        };
        assert_eq!(places(&kept), places(&whole), "{} articles", corpus.len());
    }
}

#[test]
fn a_cancelled_run_gives_nothing() {
    let corpus = corpus();
    let query = Query::parse("kim", today()).unwrap();
    let context = Context {
        facts: &NoFacts,
        terms: None,
        order: &Order::as_read(),
        cancel: &AtomicBool::new(true),
    };
    assert!(filter(&query, &corpus, &Index::of(&corpus), &context).is_none());
}

/// How the words of a query stand beside each other.
const ALL: &str = " ";
const ANY: &str = "|";

/// The oracle: a fresh `SkimMatcherV2` over each folded key line and word; the sum of words that
/// must all match, the best of alternatives; ties as read.
fn brute_force(corpus: &Corpus, words: &[&str], joined: &str) -> Vec<u32> {
    let mut scored: Vec<_> = corpus
        .iter()
        .filter_map(|(id, article)| {
            let line = fold(&KeyLine::of(article).text);
            let score = |word: &&str| SkimMatcherV2::default().fuzzy_match(&line, &fold(word));
            let mut scores = words.iter().map(score);
            let score = match joined {
                ANY => scores.flatten().max(),
                _ => scores.try_fold(0, |sum, score| Some(sum + score?)),
            };
            Some((std::cmp::Reverse(score?), id.0))
        })
        .collect();
    scored.sort_unstable();
    scored.into_iter().map(|(_, id)| id).collect()
}

fn titled(titles: &[String]) -> Vec<Article> {
    let title = |title: &String| {
        let mut article = Article::default();
        let text = Excerpt::Given(title.as_str().into());
        article.structure.title = Some(Title {
            text,
            derived: false,
        });
        article
    };
    titles.iter().map(title).collect()
}

proptest! {
    #[test]
    fn the_filter_gives_what_fuzzy_matcher_gives(
        titles in prop::collection::vec("[ab ]{0,9}|[a-d A/.-]{0,40}|[abcé中д ]{0,12}|.{0,20}", 0..400),
        words in prop::collection::vec("[ab]{1,4}|[a-d]{1,6}|[abcé中д]{1,3}", 1..4),
        joined in prop_oneof![Just(ALL), Just(ANY)],
        narrows in any::<bool>(),
        cut in 0..150_usize,
    ) {
        let (early, late) = titles.split_at(cut.min(titles.len()));
        let first = Corpus::from_articles(titled(early));
        let corpus = first.with(titled(late));
        let index = Index::of(&first).extended(&corpus);
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        let expected = brute_force(&corpus, &words, joined);
        let context = Context { facts: &NoFacts, terms: None, order: &Order::as_read(), cancel: &AtomicBool::new(false) };
        let mut memory = Filter::default();
        // Typed letter by letter, so that each run but the first narrows.
        let typed = words.join(joined);
        for (end, _) in typed.char_indices().skip(1).chain([(typed.len(), ' ')]) {
            // `a|` is no query yet.
            let Ok(query) = Query::parse(&typed[..end], today()) else {
                continue;
            };
            let narrowed = memory.run(&query, &corpus, &index, &context).unwrap();
            let whole = filter(&query, &corpus, &index, &context).unwrap();
            prop_assert_eq!(narrowed.ids(), whole.ids());
            let best = memory.best(&query, &corpus, &index, &context).unwrap();
            prop_assert_eq!(best.ids.as_slice(), whole.best());
            prop_assert_eq!(best.count, whole.count());
            if narrows {
                memory.narrow(&context);
                let again = memory.all(&corpus, &context).unwrap();
                prop_assert_eq!(again.ids(), whole.ids());
            }
            if end == typed.len() {
                let ids: Vec<_> = whole.ids().iter().map(|id| id.0).collect();
                prop_assert_eq!(&ids, &expected);
                let best: Vec<_> = whole.best().iter().map(|id| id.0).collect();
                prop_assert_eq!(best.as_slice(), &expected[..expected.len().min(100)]);
            }
        }
    }

    #[test]
    fn no_query_panics(text in "([a-z]{0,3}|[!'^$|()\"\\\\: ]|AND|OR|NOT|title:|date:|newer:|sort:|text:|.){0,12}", title in ".{0,30}") {
        let corpus = Corpus::from_articles(titled(&[title]));
        let known = Vocabulary { corpus: &corpus, tags: &[], stories: &[] };
        complete(&text, text.len() / 2, &known);
        match Query::parse(&text, today()) {
            Ok(query) => {
                let context = Context { facts: &NoFacts, terms: None, order: &Order::as_read(), cancel: &AtomicBool::new(false) };
                filter(&query, &corpus, &Index::of(&corpus), &context).unwrap();
                let article = corpus.get(ArticleId(0)).unwrap();
                let title = article.title().unwrap();
                for range in highlights(&query, article).title {
                    prop_assert!(title.get(range).is_some());
                }
            }
            Err(fault) => prop_assert!(text.get(fault.span.range()).is_some(), "{:?} {}", text, fault),
        }
    }
}
