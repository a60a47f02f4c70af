//! Near-duplicate texts.

use kutip::language::Packs;
use kutip::model::Corpus;
use kutip::relate::{Change, lineage};

use super::articles::{Babble, article, survey};

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

#[test]
fn copies_stand_under_the_earlier_text_that_they_carry() {
    let words = Babble(3).words(300);
    let text = |words: &[String]| words.join(" ");
    let own = Babble(5).words(120);
    let told = [
        ("Kabar", "2031-02-04", text(&words[..150])),
        ("Warta", "2031-02-03", text(&words)),
        (
            "Suara",
            "2031-02-05",
            text(&[&words[..], &own[..]].concat()),
        ),
    ];
    let articles =
        told.map(|(outlet, date, text)| article(outlet, date, &format!("{text} Warta.")));
    let corpus = Corpus::from_articles(articles.to_vec());
    let packs = Packs::embedded();
    let copies = survey(&corpus).copies;
    let [group] = copies.groups() else {
        panic!("{:?}", copies.groups())
    };
    let tree = lineage((&corpus, &packs), group);
    let shown: Vec<_> = tree
        .iter()
        .map(|text| {
            let of = text.of.map(|source| (source.article.0, source.change()));
            (
                text.article.0,
                of,
                text.names.iter().map(|name| &**name).collect::<Vec<_>>(),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            (1, None, vec![]),
            (0, Some((1, Change::Cut)), vec!["Warta"]),
            (2, Some((1, Change::Extended)), vec!["Warta"]),
        ]
    );
}
