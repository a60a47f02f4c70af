//! What belongs together, over made-up articles; and over the annotated seeds, where the folder
//! `../shared/gold` exists (skipped elsewhere).

#![allow(clippy::unwrap_used)] // a test may fail loudly

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::NaiveDate;
use kutip::ingest::Request;
use kutip::language::{Lang, Packs};
use kutip::model::{
    Article, ArticleId, Block, BlockKind, Confidence, Corpus, Origin, Outlet, Precision, Published,
    Quote, QuoteId, QuoteKind, Rule,
};
use kutip::people::Joins;
use kutip::relate::{Grain, Passage, Reason, Standing, timeline};
use kutip::relate::{Run, Survey, compare_articles, compare_passages, to_the_end};
use kutip::text::ByteSpan;
use kutip::work::{Engine, load_all};

fn survey(corpus: &Corpus) -> Survey {
    to_the_end(|run| Survey::make(corpus, &Packs::embedded(), &Joins::default(), run))
}

/// An Indonesian article: paragraphs by lines, `<Name> words` for a quotation with its speaker.
fn article(outlet: &str, date: &str, marked: &str) -> Article {
    let mut article = Article {
        key: format!("{outlet}/{date}").into(),
        language: Some(Lang::ID),
        ..Article::default()
    };
    let mut text = String::new();
    for line in marked
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let start = text.len();
        if let Some((name, words)) = line.strip_prefix('<').and_then(|l| l.split_once("> ")) {
            text.push_str(name);
            let speaker = ByteSpan::new(start, text.len());
            text.push_str(" mengatakan ");
            let from = text.len();
            text.push_str(words.trim_end_matches('.'));
            article
                .quotes
                .push(quote(ByteSpan::new(from, text.len()), vec![speaker]));
            text.push('.');
        } else {
            text.push_str(line);
        }
        article.structure.blocks.push(Block {
            kind: BlockKind::Paragraph,
            span: ByteSpan::new(start, text.len()),
        });
        text.push('\n');
    }
    article.text = text.into();
    article.structure.published = date.parse().ok().map(published);
    article.structure.outlet = Some(Outlet {
        name: outlet.into(),
        from: Origin::Page,
    });
    article
}

fn published(date: NaiveDate) -> Published {
    Published {
        date,
        time: None,
        zone: None,
        precision: Precision::Day,
        order: kutip::model::NumberOrder::Plain,
        from: Origin::Page,
        span: None,
    }
}

fn quote(span: ByteSpan, speakers: Vec<ByteSpan>) -> Quote {
    Quote {
        kind: QuoteKind::Indirect,
        span,
        group: 0,
        within: None,
        cue: None,
        mention: None,
        speakers: speakers.into(),
        via: None,
        addressee: None,
        confidence: Confidence::Sure,
        rule: Rule::None,
    }
}

/// Words of no language, the same for the same seed; a common word for every two rare ones.
struct Babble(u64);

impl Babble {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % below
    }

    fn word(&mut self) -> String {
        let common = self.next(3) == 0;
        let mut number = if common {
            self.next(60)
        } else {
            60 + self.next(6_000)
        };
        let mut word = String::new();
        while word.len() < 4 || number > 0 {
            word.push(char::from(b"bdgklmnprst"[(number % 11) as usize]));
            word.push(char::from(b"aeiou"[(number / 11 % 5) as usize]));
            number /= 55;
        }
        word
    }

    fn words(&mut self, count: u64) -> Vec<String> {
        (0..count).map(|_| self.word()).collect()
    }
}

#[test]
fn near_copies_are_found_and_nothing_else() {
    let mut babble = Babble(7);
    let mut articles = Vec::new();
    let mut copies = Vec::new();
    for number in 0..120_u32 {
        let length = 100 + babble.next(200);
        let original = babble.words(length);
        let mut other = original.clone();
        let mut change = |words: &mut [String]| {
            for word in words {
                if babble.next(10) == 0 {
                    *word = babble.word();
                }
            }
        };
        match number % 6 {
            0 => change(&mut other),
            1 => other.truncate(original.len() / 2),
            2 => other.extend(babble.words(60)),
            3 => {
                change(&mut other);
                other.truncate(original.len() / 2);
                other.extend(babble.words(30));
            }
            // Two reports of one event that quote the same speech.
            4 => {
                let quoted = original.len() / 3;
                other.truncate(quoted);
                other.extend(babble.words(length - quoted as u64));
            }
            _ => other = babble.words(length),
        }
        if number % 6 < 4 {
            copies.push((number * 2, number * 2 + 1));
        }
        for words in [original, other] {
            articles.push(article("Kabar", "2031-02-03", &words.join(" ")));
        }
    }
    let found = survey(&Corpus::from_articles(articles)).copies;
    let found: Vec<_> = found
        .pairs()
        .iter()
        .map(|copy| (copy.a.0, copy.b.0))
        .collect();
    let right = found.iter().filter(|pair| copies.contains(pair)).count();
    assert_eq!(right, found.len(), "precision");
    assert!(
        right * 100 >= copies.len() * 97,
        "recall: {right} of {}",
        copies.len()
    );
}

/// A form that is filled in every day.
fn gold(date: &str, price: u32) -> Article {
    let [year, month, day] = date.split('-').collect::<Vec<_>>()[..] else {
        panic!("{date} is no date")
    };
    article(
        "Kabar",
        date,
        &format!(
            "Harga emas batangan Toko Kencana hari ini ({day}/{month}/{year}) bergerak ke Rp {price} per gram.
             Pajak pembelian dipotong langsung oleh Toko Kencana sesuai peraturan perhiasan Nusantara.
             Pecahan terkecil dijual setengah gram, pecahan terbesar satu kilogram, buka setiap pagi."
        ),
    )
}

#[test]
fn each_days_prices_are_no_story_though_the_text_is_the_same() {
    let other = article("Warta", "2031-02-03", FLOOD[2]);
    let days = [gold("2031-02-03", 1_950), gold("2031-02-05", 1_936), other];
    let survey = survey(&Corpus::from_articles(days.to_vec()));
    assert_eq!(survey.copies.pairs().len(), 1, "the form is one text");
    assert_eq!(survey.stories.list(), []);
}

#[test]
fn statements_that_share_but_a_name_are_two_utterances() {
    let told = [
        "<Sari Melati> anggaran Lembaga Kehormatan Mahkamah Larangan Selatan dipotong separuh tahun ini.",
        "<Sari Melati> ketua Lembaga Kehormatan Mahkamah Larangan Selatan wajib mundur.",
        "<Sari Melati> Lembaga Kehormatan Mahkamah Larangan Selatan.",
        "<Sari Melati> Lembaga Kehormatan Mahkamah Larangan Selatan!",
    ];
    let of = |texts: &[&str]| {
        let articles = texts
            .iter()
            .map(|text| article("Kabar", "2031-02-03", text));
        let corpus = Corpus::from_articles(articles.chain(flood_articles()).collect());
        let groups = survey(&corpus).variants;
        groups.in_article(ArticleId(0)).len()
    };
    assert_eq!(of(&told[..2]), 0);
    assert_eq!(of(&told[2..]), 1, "the very words are one");
}

const FLOOD: [&str; 4] = [
    "Banjir bandang merendam Desa Sukawening di Kabupaten Larangan, Selasa malam, setelah tanggul Sungai Ciraweuy jebol.
     <Sari Melati> tanggul Sungai Ciraweuy jebol karena pintu air rusak sejak lebaran.
     Sebanyak 320 warga mengungsi ke balai desa, ujar Kepala BPBD Larangan Sari Melati.",
    "Warga Sukawening mengungsi setelah tanggul Ciraweuy jebol dan banjir bandang merendam Kabupaten Larangan.
     Kepala BPBD Larangan Sari Melati menghitung 320 pengungsi.
     <Sari Melati> pintu air yang rusak sejak lebaran membuat tanggul Sungai Ciraweuy jebol.
     <Budi Wanara> pemerintah akan selalu mendukung warga.",
    "Timnas bola voli Nusantara menang tiga gim atas tamunya di Gelora Melati.
     <Budi Wanara> pemerintah akan selalu mendukung atlet.
     Pelatih Joko Tirta memuji pemain muda.",
    "Harga cabai turun di Pasar Kembang, kata pedagang, setelah panen raya di lereng Gunung Salam.
     <Budi Wanara> pemerintah akan selalu mendukung petani cabai.",
];

fn flood() -> Corpus {
    Corpus::from_articles(flood_articles().collect())
}

fn flood_articles() -> impl Iterator<Item = Article> {
    let dates = ["2031-02-03", "2031-02-04", "2031-02-04", "2031-02-05"];
    let articles = FLOOD
        .iter()
        .zip(dates)
        .zip(["Kabar", "Warta", "Kabar", "Warta"]);
    articles.map(|((text, date), outlet)| article(outlet, date, text))
}

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
fn passages_are_marked_word_by_word() {
    let corpus = flood();
    let packs = Packs::embedded();
    let passage = |article: u32, index: u32| {
        let quote = QuoteId {
            article: ArticleId(article),
            index,
        };
        let (_, found) = corpus.quote(quote).expect("the article has it");
        Passage {
            article: quote.article,
            quote: Some(quote),
            span: found.span,
        }
    };
    let row = compare_passages((&corpus, &packs), &[passage(0, 0), passage(1, 0)]);
    let shared: Vec<_> = row.shared.iter().map(|word| &**word).collect();
    assert_eq!(
        shared,
        [
            "tanggul", "Sungai", "Ciraweuy", "jebol", "pintu", "air", "rusak", "lebaran"
        ]
    );
    let second = row.columns[1].as_ref().expect("the second column is there");
    let text = &corpus.get(ArticleId(1)).expect("it is there").text;
    let own = second
        .words
        .iter()
        .filter(|word| word.standing == Standing::Own);
    let own: Vec<_> = own.map(|word| word.span.of(text)).collect();
    assert_eq!(own, ["yang", "membuat"]);
}

#[test]
fn articles_are_aligned_by_passage_in_the_order_of_the_first() {
    let corpus = flood();
    let rows = compare_articles((&corpus, &Packs::embedded()), &[ArticleId(0), ArticleId(1)]);
    let pairs: Vec<(bool, bool)> = rows
        .iter()
        .map(|row| (row.columns[0].is_some(), row.columns[1].is_some()))
        .collect();
    let (both, own) = ((true, true), (false, true));
    // What only the second has stands behind the passage that it follows there.
    assert_eq!(pairs, [both, both, own, both]);
}

#[test]
fn the_matrix_shows_who_is_missing() {
    let corpus = flood();
    let survey = survey(&corpus);
    let story = survey
        .stories
        .of(ArticleId(0))
        .expect("the flood is a story");
    let cells: Vec<String> = survey
        .matrix(&corpus, story)
        .iter()
        .map(|cell| {
            let name = &survey.directory.get(cell.speaker).expect("a speaker").name;
            format!(
                "{} {name} {}",
                cell.outlet.as_deref().unwrap_or("?"),
                cell.quotes.len()
            )
        })
        .collect();
    let mut cells: Vec<_> = cells.iter().map(String::as_str).collect();
    cells.sort_unstable();
    let expected = [
        "Kabar Budi Wanara 0",
        "Kabar Sari Melati 1",
        "Warta Budi Wanara 1",
        "Warta Sari Melati 1",
    ];
    assert_eq!(cells, expected);
}

#[test]
fn a_timeline_runs_by_date_of_publication() {
    let corpus = flood();
    let all = corpus.iter().flat_map(|(article, found)| {
        (0..found.quotes.len() as u32).map(move |index| QuoteId { article, index })
    });
    let line = timeline(&corpus, all, Grain::Day);
    let counts: Vec<_> = line.steps.iter().map(|(_, quotes)| quotes.len()).collect();
    assert_eq!((counts, line.undated.len()), (vec![1, 3, 1], 0));
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

mod seeds {
    //! The annotated seeds.

    use super::*;
    use serde_json::Value;

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
        let relations: Value = serde_json::from_str(
            &std::fs::read_to_string(gold.join("seeds_relations.json")).unwrap(),
        )
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
}
