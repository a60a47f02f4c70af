//! What texts tell about names.

use crate::language::{Lang, Packs};
use crate::model::{Article, Block, BlockKind};
use crate::quotes::Extractor;
use crate::text::ByteSpan;

#[test]
fn what_a_text_tells_about_names() {
    let extractor = Extractor::new(&Packs::embedded());
    for (text, expected) in [
        (
            "Kemarin Menteri Perdagangan (Mendag) Rina Halim datang.",
            "Rina Halim: Menteri Perdagangan (Mendag)",
        ),
        (
            "Hari ini Menteri Perdagangan Rina Halim atau Nana datang.",
            "Rina Halim: Menteri Perdagangan = Nana Or; Nana",
        ),
        (
            "Hari ini Rina Halim, Ketua Komisi III DPR, datang.",
            "Rina Halim: Ketua Komisi III DPR",
        ),
        (
            "Kemarin Rina Halim yang akrab disapa Nana datang. Menurut pria yang akrab disapa Nono itu, benar.",
            "Rina Halim = Nana Nicknamed; Nana; Rina Halim = Nono Described; Nono",
        ),
        (
            "Hari ini Badan Kopi, Teh, dan Gula (BKTG) buka.",
            "Badan Kopi; Teh; Badan Kopi, Teh, dan Gula = BKTG Bracketed; BKTG",
        ),
        ("Rina Halim", "Rina Halim"),
        ("Praktis Rina Halim datang.", "Rina Halim"),
    ] {
        let article = Article {
            language: Some(Lang::ID),
            text: text.into(),
            structure: crate::model::Structure {
                blocks: vec![Block {
                    kind: BlockKind::Paragraph,
                    span: ByteSpan::new(0, text.len()),
                }],
                ..Default::default()
            },
            ..Article::default()
        };
        let told: Vec<String> = extractor
            .namings(&article)
            .into_iter()
            .map(|naming| {
                let words = |span: ByteSpan| span.of(&article.text).to_owned();
                let mut told = words(naming.name);
                if let Some(office) = naming.office {
                    told.extend([": ", &words(office)]);
                }
                if let Some((how, other)) = naming.also {
                    told.extend([" = ", &words(other), &format!(" {how:?}")]);
                }
                told
            })
            .collect();
        assert_eq!(told.join("; "), expected, "{text}");
    }
}
