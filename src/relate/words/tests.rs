use super::*;
use crate::model::{Quote, QuoteKind};
use crate::search::Keyword;
use crate::text::ByteSpan;

fn article(text: &str, quotes: &[&str]) -> Article {
    let quotes = (0..).zip(quotes).map(|(group, words)| {
        let start = text.find(words).unwrap();
        let span = ByteSpan::new(start, start + words.len());
        Quote::unattributed(QuoteKind::Direct, span, group)
    });
    Article {
        text: text.into(),
        quotes: quotes.collect(),
        ..Article::default()
    }
}

fn question(typed: &str) -> WordQuestion {
    WordQuestion {
        keyword: Keyword::parse(typed),
        scope: TextScope::Quotes,
        whose: Whose::Everybody,
        order: LineOrder::Corpus,
        survey: None,
    }
}

fn found(articles: Vec<Article>, question: &WordQuestion) -> WordsFound {
    find_words(&Corpus::from_articles(articles), question, &|| false).unwrap()
}

#[test]
fn context_goes_beyond_the_quotation_and_says_where_its_edges_are() {
    let text = "Kata nelayan itu: “Harga ikan\r\nnaik lagi,” lalu pergi.";
    let quoted = "Harga ikan\r\nnaik lagi,";
    let found = found(vec![article(text, &[quoted])], &question("ikan"));
    let line = &found.lines[0];
    assert_eq!(&*line.left, "Kata nelayan itu: “Harga ");
    assert_eq!(&line.left[line.left_edge..], "Harga ");
    assert_eq!(
        (&*line.word, &*line.right),
        ("ikan", " naik lagi,” lalu pergi.")
    );
    assert_eq!(&line.right[..line.right_edge], " naik lagi,");
}

#[test]
fn context_cuts_no_word() {
    let long = "kapal layar ".repeat(60);
    let text = format!("{long}ikan {long}");
    let found = found(vec![article(&text, &[text.trim()])], &question("ikan"));
    let line = &found.lines[0];
    for words in [&line.left, &line.right] {
        let known = ["kapal", "layar"];
        assert!(
            words.split_whitespace().all(|word| known.contains(&word)),
            "{words}"
        );
        assert!(words.len() > 200, "{words}");
    }
}

#[test]
fn the_whole_text_has_what_no_quotation_has_and_nested_ones_count_once() {
    let text = "Ikan mahal. “Kami jual ‘ikan segar’ saja.” Ikan habis.";
    let quoted = ["Kami jual ‘ikan segar’ saja.", "ikan segar"];
    let articles = || vec![article(text, &quoted)];
    let mut asked = question("ikan");
    assert_eq!(found(articles(), &asked).count, 1);
    asked.scope = TextScope::Text;
    let found = found(articles(), &asked);
    let in_quotes: Vec<_> = found
        .lines
        .iter()
        .map(|line| line.quote().is_some())
        .collect();
    assert_eq!(in_quotes, [false, true, false]);
}

#[test]
fn lines_are_sorted_by_three_words_on_either_side() {
    let quotes = [
        "satu dua ikan asin murah sekali",
        "tiga dua ikan asin murah benar",
        "satu lima ikan basah",
    ];
    let articles = || quotes.iter().map(|text| article(text, &[*text])).collect();
    for (order, expected) in [
        (LineOrder::Corpus, [0, 1, 2]),
        (LineOrder::Right, [1, 0, 2]),
        (LineOrder::Left, [0, 1, 2]),
    ] {
        let mut asked = question("ikan");
        asked.order = order;
        let found = found(articles(), &asked);
        let read: Vec<_> = found.lines.iter().map(|line| line.hit.article.0).collect();
        assert_eq!(read, expected, "{order:?}");
    }
}

#[test]
fn counts_do_not_depend_on_how_the_corpus_is_divided() {
    let texts: Vec<String> = (0..40)
        .map(|n| format!("ikan nomor {n} dijual bersama udang {}", n % 7))
        .collect();
    let articles: Vec<_> = texts.iter().map(|text| article(text, &[text])).collect();
    let pairs: Vec<_> = (0..).map(ArticleId).zip(&articles).collect();
    let asked = question("ikan");
    let whole = Part::of(&pairs, &asked);
    for size in [1, 3, 39] {
        let parts = pairs.chunks(size).rev().map(|some| Part::of(some, &asked));
        let mut sum = parts.fold(Part::default(), Part::merge);
        sum.hits.sort_unstable();
        assert_eq!(sum, whole, "{size}");
    }
    assert!(find_words(&Corpus::from_articles(articles), &asked, &|| true).is_none());
}

/// The example of Dunning (1993) has no published counts, so the formula is checked against values
/// worked out by hand: with texts of equal length, equal counts score 0, and 20 against 10 score
/// 2·(20·ln(20/15) + 10·ln(10/15)) = 3.398.
#[test]
fn log_likelihood_is_that_of_the_formula() {
    for (here, rest, score) in [(10.0, 10.0, 0.0), (20.0, 10.0, 3.398), (5.0, 0.0, 6.931)] {
        let found = log_likelihood((here, 1000.0), (rest, 1000.0));
        assert!((found - score).abs() < 0.001, "{here} {rest}: {found}");
    }
    assert!(log_likelihood((0.0, 0.0), (0.0, 0.0)).abs() < f64::EPSILON);
}

#[test]
fn words_beside_the_keyword_and_typical_words_of_a_selection_stand_out() {
    let talk = |what: &str| format!("{what} nikel dan jalan raya kota lama itu luas sekali");
    let mut texts: Vec<String> = (0..12).map(|_| talk("izin")).collect();
    texts.extend((0..12).map(|_| talk("harga")));
    let articles = || texts.iter().map(|text| article(text, &[text])).collect();
    let mut asked = question("nikel");
    let all = found(articles(), &asked);
    assert!(all.typical.is_empty(), "there is no rest");
    assert!(all.beside.iter().all(|word| &*word.word != "nikel"));
    asked.whose = Whose::Articles((0..12).map(ArticleId).collect());
    let found = found(articles(), &asked);
    assert_eq!((found.count, found.elsewhere), (12, 12));
    let beside: Vec<_> = found.beside.iter().map(|word| &*word.word).collect();
    assert_eq!(beside, ["izin"]);
    let typical = found.typical.iter().map(|word| (&*word.word, word.is_more));
    assert_eq!(
        typical.collect::<Vec<_>>(),
        [("harga", false), ("izin", true)]
    );
}
