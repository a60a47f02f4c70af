//! Passages side by side, the matrix, the timeline.

use kutip::language::Packs;
use kutip::model::{ArticleId, QuoteId};
use kutip::relate::{Grain, Passage, Standing, compare_articles, compare_passages, timeline};

use super::articles::{flood, survey};

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
