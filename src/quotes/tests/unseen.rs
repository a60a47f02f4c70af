//! What articles have that nobody has tuned to, each with cases of its kind.

use super::{article, extractor};

#[test]
fn an_interview_names_who_answers_and_leaves_out_who_asks() {
    let lead = "Alice Moore counts benches. Moore has done so for years.\n";
    let cases = [
        (
            "en",
            "Q: Why benches?\nA: Because nobody counts them.\nI found nine in a yard.\nQ: And now?\nA: Now I sit.",
            &[
                "Alice Moore: Because nobody counts them.",
                "Alice Moore: I found nine in a yard.",
                "Alice Moore: Now I sit.",
            ][..],
        ),
        (
            "en",
            "Lareng Post: Why benches?\nMoore: Because I like them.\nLareng Post: And now?\nMoore: Now I sit.\nMoore is a baker.",
            &[
                "Alice Moore: Because I like them.",
                "Alice Moore: Now I sit.",
            ],
        ),
        (
            "de",
            "Lareng Post: Warum Bänke?\nMoore: Weil ich sie mag.\nLareng Post: Und jetzt?\nMoore: Jetzt sitze ich.",
            &[
                "Alice Moore: Weil ich sie mag.",
                "Alice Moore: Jetzt sitze ich.",
            ],
        ),
        // One label is no interview.
        ("en", "Note: Bring a coat.\nPrice: Nine pounds.", &[]),
    ];
    for (lang, text, expected) in cases {
        let article = article(lang, &format!("{lead}{text}"));
        let quotes = extractor().extract(&article);
        let got: Vec<_> = quotes
            .iter()
            .map(|quote| {
                let speaker = article.speaker(quote).unwrap_or_default();
                format!("{speaker}: {}", article.words(quote.span))
            })
            .collect();
        assert_eq!(got, expected, "{text}");
    }
}
