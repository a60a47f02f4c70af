//! Who is who by the user's hand: speakers joined, names split off and corrected, uncertain quotes
//! reviewed; undone, and kept when the corpus is read again.

use kutip::library::{Change, State};
use kutip::model::{Article, Block, BlockKind, Confidence, Corpus, Quote, QuoteKind};
use kutip::people::{PersonKind, SaidBy};
use kutip::text::ByteSpan;

use crate::harness::Reader;

/// An article in whose words `<Name>` speaks the sentence that begins there.
fn article(key: &str, marked: &str, confidence: Confidence) -> Article {
    let mut text = String::new();
    let mut names = Vec::new();
    for (at, part) in marked.split(['<', '>']).enumerate() {
        let from = text.len();
        text.push_str(part);
        if at % 2 == 1 {
            names.push(ByteSpan::new(from, text.len()));
        }
    }
    let quote = |(group, name): (u32, &ByteSpan)| {
        let rest = &text[name.end as usize..];
        let end = name.end as usize + rest.find('.').unwrap();
        let span = ByteSpan::new(name.end as usize + " mengatakan ".len(), end);
        Quote {
            speakers: vec![*name].into(),
            mention: Some(*name),
            confidence,
            ..Quote::unattributed(QuoteKind::Indirect, span, group)
        }
    };
    let quotes = (0..).zip(&names).map(quote).collect();
    let mut article = Article {
        key: key.into(),
        quotes,
        ..Article::default()
    };
    article.structure.blocks = vec![Block {
        kind: BlockKind::Paragraph,
        span: ByteSpan::new(0, text.len()),
    }];
    article.text = text.into();
    article
}

fn corpus(confidence: Confidence) -> Corpus {
    Corpus::from_articles(vec![
        article(
            "a",
            "Padi gagal panen di sawah kering Lareng. <Sari Melati> mengatakan ya. <Sari Melati> \
             mengatakan tidak.",
            confidence,
        ),
        article(
            "b",
            "Gempa merusak sekolah tua Selayung. <Kirana Wirasakti> mengatakan nanti.",
            confidence,
        ),
        article(
            "c",
            "Kapal feri karam menabrak karang utara. <Sari Melati Danu> mengatakan besok.",
            confidence,
        ),
    ])
}

fn reader(confidence: Confidence) -> Reader {
    Reader::with_library(80, 24, corpus(confidence), State::default())
}

/// The speakers with the number of their quotations.
fn speakers(reader: &Reader) -> Vec<(String, usize)> {
    let survey = reader.app().surveys.ready.as_ref().unwrap();
    let people = survey.directory.people().iter();
    let mut people: Vec<_> = people
        .map(|one| (one.name.to_string(), one.quotes.len()))
        .collect();
    people.sort();
    people
}

fn told(list: &[(&str, usize)]) -> Vec<(String, usize)> {
    list.iter()
        .map(|(name, count)| ((*name).to_owned(), *count))
        .collect()
}

const APART: &[(&str, usize)] = &[
    ("Kirana Wirasakti", 1),
    ("Sari Melati", 2),
    ("Sari Melati Danu", 1),
];

#[test]
fn chosen_speakers_are_joined_and_parted_again() {
    let mut reader = reader(Confidence::Sure);
    assert_eq!(speakers(&reader), told(APART));
    // Sari Melati, with most quotations, is first.
    reader.press("gS Space");
    assert!(reader.screen().contains("✓    2"), "{}", reader.screen());
    reader.press("J");
    assert_eq!(
        speakers(&reader),
        told(&[("Sari Melati", 3), ("Sari Melati Danu", 1)])
    );
    assert!(
        reader.screen().contains("joined with"),
        "{}",
        reader.screen()
    );
    // The list follows; the joined name is there with what joined it.
    reader.press("k Enter");
    assert!(
        reader.screen().contains("joined by hand"),
        "{}",
        reader.screen()
    );
    reader.press("j x");
    assert_eq!(speakers(&reader), told(APART), "split off again");
    reader.press("u");
    assert_eq!(speakers(&reader).len(), 2);
    reader.press("u");
    assert_eq!(speakers(&reader), told(APART));
    reader.press("Ctrl-r");
    assert_eq!(speakers(&reader).len(), 2);
}

#[test]
fn a_name_is_corrected_and_its_kind_set() {
    let mut reader = reader(Confidence::Sure);
    reader.press("gS R Ctrl-u 'Sari_M.' Enter");
    assert!(speakers(&reader).contains(&("Sari M.".to_owned(), 2)));
    reader.press("K");
    let survey = reader.app().surveys.ready.clone().unwrap();
    assert_eq!(survey.directory.people()[0].kind, PersonKind::Body);
    reader.press("u u");
    assert_eq!(speakers(&reader), told(APART));
}

#[test]
fn likely_joins_are_suggested_with_what_speaks_for_them() {
    let mut reader = reader(Confidence::Sure);
    reader.press("pl");
    let screen = reader.screen();
    assert!(
        screen.contains("Sari Melati Danu = Sari Melati"),
        "{screen}"
    );
    assert!(screen.contains("part of the other"), "{screen}");
    reader.press("Enter");
    assert_eq!(speakers(&reader).len(), 2, "joined");
    reader.press("u x");
    assert_eq!(speakers(&reader), told(APART), "kept apart");
}

#[test]
fn uncertain_quotes_are_reviewed_one_by_one() {
    let mut reader = reader(Confidence::Likely);
    reader.press("pr");
    assert!(
        reader.screen().contains("Who speaks? 1 of 4"),
        "{}",
        reader.screen()
    );
    reader.press("y");
    assert!(
        reader.screen().contains("Who speaks? 2 of 4"),
        "{}",
        reader.screen()
    );
    reader.press("n");
    assert!(
        reader.screen().contains("Who speaks? 3 of 4"),
        "{}",
        reader.screen()
    );
    reader.press("Space y");
    let survey = reader.app().surveys.ready.clone().unwrap();
    let checked = |article: u32, index: u32| {
        let article = kutip::model::ArticleId(article);
        survey
            .directory
            .checked(kutip::model::QuoteId { article, index })
            .cloned()
    };
    let (a, b) = (checked(0, 0), checked(0, 1));
    assert_eq!((a, b), (Some(SaidBy::Found), Some(SaidBy::Nobody)));
    assert_eq!((checked(1, 0), checked(2, 0)), (None, Some(SaidBy::Found)));
    assert!(speakers(&reader).contains(&("Sari Melati".to_owned(), 1)));
    // What is decided is not asked again, and undone it is.
    reader.press("pr");
    assert!(
        reader.screen().contains("Who speaks? 1 of 1"),
        "{}",
        reader.screen()
    );
    reader.press("Esc u pr");
    assert!(
        reader.screen().contains("Who speaks? 1 of 2"),
        "{}",
        reader.screen()
    );
}

#[test]
fn what_was_decided_outlives_another_reading_of_the_corpus() {
    let mut reader = reader(Confidence::Likely);
    reader.press("pr n");
    let mut state = State::default();
    for change in reader.kept() {
        state.apply(&change);
    }
    assert!(
        state
            .entries()
            .iter()
            .any(|change| matches!(change, Change::Speaker(..)))
    );
    // The article has moved, and more was written before the passage.
    let moved = article(
        "a",
        "Kabar. Padi gagal panen di sawah kering Lareng. <Sari Melati> mengatakan ya. <Sari Melati> mengatakan tidak.",
        Confidence::Likely,
    );
    let corpus = Corpus::from_articles(vec![article("0", "Kosong.", Confidence::Sure), moved]);
    let reader = Reader::with_library(80, 24, corpus, state);
    assert_eq!(speakers(&reader), told(&[("Sari Melati", 1)]));
}
