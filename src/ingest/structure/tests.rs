//! Tests on pages of invented outlets in the forms that occur in practice, and on arbitrary text.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::language::Packs;
use crate::model::BlockKind;
use crate::model::{Article, Corpus, Excerpt, Origin};

/// Returns an article with the structure that is found for a page.
fn read(text: &str, given: &Given) -> Article {
    static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::new(&Packs::embedded()));
    let found = RULES.find(text, given);
    Article {
        text: text.into(),
        structure: found.structure,
        language: found.language,
        ..Article::default()
    }
}

/// Formats the blocks of an article, one per line: the kind of the block and its first 48
/// characters.
fn outline(article: &Article) -> String {
    let line = |block: &crate::model::Block| {
        let words = article.words(block.span);
        format!(
            "{:?}: {}",
            block.kind,
            words.chars().take(48).collect::<String>()
        )
    };
    article
        .structure
        .blocks
        .iter()
        .map(line)
        .collect::<Vec<_>>()
        .join("\n")
}

fn names(article: &Article, list: &[Excerpt]) -> String {
    list.iter()
        .map(|name| article.excerpt(name).into_owned())
        .collect::<Vec<_>>()
        .join("; ")
}

#[test]
fn a_page_with_a_caption_printed_twice() {
    let caption = "Wali Kota Ambar Suta Wirya (kanan) menanam pohon di tepi sungai, Selasa.";
    let page = read(
        &format!(
            "Selasa 15 Aug 2023 13:26 WIB\n\nWali Kota Ambar Menanam Seribu Pohon di Tepi Sungai\n\n\
             Penanaman pohon akan berlangsung selama sepekan.\n\nRep: Laras Dewi/ Red: Bima Putra\n{caption}\n\
             Foto: Kabar/Rani Sari\n{caption}\n\nKABARAMBAR.CO.ID, AMBAR -- Wali Kota Ambar Suta Wirya menanam pohon. \
             Ia berharap warga ikut.\n\nBaca Juga\n\n\"Mari kita mulai hari ini,\" kata Suta.\n\nsumber : Kantor Kota\nAdvertisement\n"
        ),
        &Given::default(),
    );
    assert_eq!(
        outline(&page),
        "Date: Selasa 15 Aug 2023 13:26 WIB\n\
         Title: Wali Kota Ambar Menanam Seribu Pohon di Tepi Sun\n\
         Standfirst: Penanaman pohon akan berlangsung selama sepekan.\n\
         Byline: Rep: Laras Dewi/ Red: Bima Putra\n\
         Caption: Wali Kota Ambar Suta Wirya (kanan) menanam pohon\n\
         PhotoCredit: Foto: Kabar/Rani Sari\n\
         RepeatedCaption: Wali Kota Ambar Suta Wirya (kanan) menanam pohon\n\
         Paragraph: KABARAMBAR.CO.ID, AMBAR -- Wali Kota Ambar Suta \n\
         Furniture: Baca Juga\n\
         Paragraph: \"Mari kita mulai hari ini,\" kata Suta.\n\
         Credit: sumber : Kantor Kota\n\
         Furniture: Advertisement"
    );
    let structure = &page.structure;
    assert_eq!(names(&page, &structure.reporters), "Laras Dewi");
    assert_eq!(names(&page, &structure.editors), "Bima Putra");
    assert_eq!(names(&page, &structure.credits), "Kantor Kota");
    assert_eq!(structure.captions.len(), 1);
    assert_eq!(page.outlet(), Some("Kabarambar"));
    assert_eq!(
        structure.published.unwrap().to_string(),
        "2023-08-15T13:26:00+07:00"
    );
    assert_eq!(page.language, Some(Lang::ID));
}

#[test]
fn a_page_without_a_title_gets_one_that_reads_like_one() {
    let page = read(
        "Rimbara –\nWarga Rimbara menolak rencana pembangunan pabrik semen, kata kepala desa. Mereka khawatir air keruh.\n\
         Dirangkum Kabar, Selasa (31/12/2024), warga berkumpul di balai desa sejak pagi hari kemarin.\n\
         Asal Mula Penolakan Warga\nPenolakan itu sudah berlangsung sejak tahun lalu di tiga desa.\nHalaman 2 dari 2\n(rin/bim)\n",
        &Given::default(),
    );
    assert_eq!(
        page.title().unwrap(),
        "Warga Rimbara menolak rencana pembangunan pabrik semen, kata kepala desa"
    );
    assert!(page.structure.title.as_ref().unwrap().derived);
    assert_eq!(
        outline(&page),
        "Paragraph: Rimbara – Warga Rimbara menolak rencana pembangu\n\
         Paragraph: Dirangkum Kabar, Selasa (31/12/2024), warga berk\n\
         Subhead: Asal Mula Penolakan Warga\n\
         Paragraph: Penolakan itu sudah berlangsung sejak tahun lalu\n\
         Furniture: Halaman 2 dari 2\n\
         Furniture: (rin/bim)"
    );
    let published = page.structure.published.unwrap();
    assert_eq!(
        (published.to_string().as_str(), published.from),
        ("2024-12-31", Origin::Body)
    );
    assert_eq!(
        page.excerpt(page.structure.initials.as_ref().unwrap()),
        "rin/bim"
    );
}

#[test]
fn an_article_in_one_line_is_cut_into_its_parts() {
    let body = "Pemerintah kota membuka jalan baru itu pada Kamis pagi. ".repeat(20);
    let page = read(
        &format!(
            "Jalan baru Ambar dibuka untuk umum\nAmbar (ANTARA) - {body}Baca juga: Warga sambut jembatan baru \
             Baca juga: Harga beras turun Pewarta: Laras Dewi Editor: Bima Putra Copyright © ANTARA 2025 Dilarang keras mengambil konten."
        ),
        &Given::default(),
    );
    let kinds: Vec<_> = page
        .structure
        .blocks
        .iter()
        .map(|block| block.kind)
        .collect();
    assert_eq!(kinds.first(), Some(&BlockKind::Title));
    assert!(
        kinds
            .iter()
            .filter(|kind| **kind == BlockKind::Paragraph)
            .count()
            >= 2,
        "{kinds:?}"
    );
    assert_eq!(names(&page, &page.structure.reporters), "Laras Dewi");
    assert_eq!(names(&page, &page.structure.editors), "Bima Putra");
    assert_eq!(
        page.words(page.structure.dateline.as_ref().unwrap().place.unwrap()),
        "Ambar"
    );
    let furniture: Vec<_> = page
        .blocks(BlockKind::Furniture)
        .map(|span| page.words(span))
        .collect();
    assert_eq!(furniture.len(), 3, "{furniture:?}");
    assert!(page.whole_lines(BlockKind::Furniture).next().is_none());
}

#[test]
fn the_foot_of_a_whole_page_is_furniture() {
    let body =
        "Pemerintah kota membuka jalan baru itu pada Kamis pagi bersama warga.\n\n".repeat(5);
    let foot = "Tag\n\n* Jalan\n\n* Kota\n\nPilihan Untukmu\n\nHarga Beras Turun di Pasar Ambar\n\n\
                Menu Baru\n\nKabar ini dipilih menurut minat pembaca dan kota tempat tinggal mereka.\n\n\
                Warga Rimbara Gelar Pesta Panen\n\nTentang Kami\n\nKarier\n\n© 2024 Kabar Ambar\n";
    let page = read(
        &format!(
            "Jalan Baru di Ambar Dibuka\n\nLaras Dewi\nPenulis\nBima Putra\nEditor\n\nKamis, 2 Mei 2024 10:15 WIB\n\n{body}{foot}"
        ),
        &Given::default(),
    );
    assert_eq!(
        page.blocks(BlockKind::Paragraph).count(),
        5,
        "{}",
        outline(&page)
    );
    assert_eq!(names(&page, &page.structure.reporters), "Laras Dewi");
    assert_eq!(names(&page, &page.structure.editors), "Bima Putra");
    assert_eq!(page.outlet(), Some("Kabar Ambar"));
}

#[test]
fn a_short_last_paragraph_is_text_in_the_marks_of_any_language() {
    let page = "Die Stadt versucht es wieder\n\n\
        Bürgermeisterin Rina Halm kam am Montag auf den Markt. Der Minister Karl Oberauer reagierte gelassen: „Wir werden nicht länger auf die Brücke warten.“\n\n\
        Die Vorsitzende Petra Lindner schloss sich der Meinung mit den Worten an: „Wir treffen uns im nächsten Monat wieder.“\n\n\
        Die Gewerkschaft begründete ihre Haltung folgendermaßen: „Wir ziehen nicht aus dem Dorf.“\n";
    let article = read(page, &Given::default());
    assert_eq!(
        article.blocks(BlockKind::Paragraph).count(),
        3,
        "{}",
        outline(&article)
    );
}

#[test]
fn datelines_of_all_shapes() {
    let rules = Rules::new(&Packs::embedded());
    let rest = "Wali kota menanam seribu pohon di tepi sungai pada hari itu bersama warga desa.";
    for (head, place, end) in [
        ("REPUBLIKA.CO.ID, JAKARTA --", Some("JAKARTA"), true),
        ("Liputan6.com, Jakarta - ", Some("Jakarta"), true),
        ("Liputan6.com, Jakarta", Some("Jakarta"), true),
        ("JAKARTA- ", Some("JAKARTA"), true),
        ("JAKARTA, KOMPAS.com - ", Some("JAKARTA"), true),
        ("KOMPAS.com - ", None, true),
        ("TEMPO.CO,Jakarta-", Some("Jakarta"), true),
        ("KONTAN.CO.ID - JAKARTA. ", Some("JAKARTA"), true),
        ("Bisnis.com, JAKARTA – ", Some("JAKARTA"), true),
        ("Mataram, NTB (ANTARA News) - ", Some("Mataram, NTB"), true),
        (
            "Bethlehem, Palestina/Istanbul (ANTARA) - ",
            Some("Bethlehem, Palestina/Istanbul"),
            true,
        ),
        ("BATAM, POSMETRO.CO : ", Some("BATAM"), true),
        ("Jakarta, CNN Indonesia -- ", Some("Jakarta"), true),
        (
            "SURYAMALANG.COM, LAMPUNG UTARA - ",
            Some("LAMPUNG UTARA"),
            true,
        ),
        ("KATHMANDU, April 25 (Reuters) - ", Some("KATHMANDU"), true),
        ("MEXICO CITY (AP) — ", Some("MEXICO CITY"), true),
        ("PUTRAJAYA, Nov 22 — ", Some("PUTRAJAYA"), true),
        ("AUBURN, Wash. — ", Some("AUBURN, Wash."), true),
        (
            "SURYAMALANG.CO. LAMPUNG UTARA - ",
            Some("LAMPUNG UTARA"),
            true,
        ),
        ("Partai Karang (PKR) Lo Chia-wen ", None, false),
        ("Tim Pemenangan (TPN) Ganjar-Mahfud ", None, false),
        ("WahanaNews.co | ", None, true),
        ("Sebanyak dua puluh orang - ", None, false),
        ("", None, false),
    ] {
        let text = format!("{head}{rest}");
        let found = rules.dateline(&text, crate::text::ByteSpan::new(0, text.len()));
        assert_eq!(found.is_some(), end, "{head}");
        let found_place = found.as_ref().and_then(|found| found.dateline.place);
        assert_eq!(found_place.map(|span| span.of(&text)), place, "{head}");
        if let Some(found) = found {
            assert_eq!(
                text[found.dateline.span.end as usize..].trim(),
                rest,
                "{head}"
            );
        }
    }
}

#[test]
fn a_dateline_may_follow_a_repeated_title_and_the_reporter() {
    let page = read(
        "Warga Ambar Menanam Seribu Pohon di Tepi Sungai\n\
         Warga Ambar Menanam Seribu Pohon di Tepi Sunga. Laporan Wartawan Kabarambar.co. Laras Dew. \
         KABARAMBAR.CO. AMBAR - Warga Ambar menanam seribu pohon. Mereka berharap sungai tidak meluap lagi.\n",
        &Given::default(),
    );
    assert_eq!(names(&page, &page.structure.reporters), "Laras Dew");
    let place = page.structure.dateline.as_ref().and_then(|d| d.place);
    assert_eq!(place.map(|place| place.of(&page.text)), Some("AMBAR"));
}

#[test]
fn what_the_record_gives_wins_over_what_is_inferred() {
    let given = Given {
        title: Some("Pohon untuk Ambar".into()),
        outlet: Some("news.detik.com".into()),
        published: Some("2024-02-03".into()),
        authors: vec!["Laras Dewi".into()],
        url: Some("https://example.org/1".into()),
        ..Given::default()
    };
    let text =
        "Wali kota menanam seribu pohon di tepi sungai, Rabu (31/1/2024). Warga desa ikut menanam.";
    let page = read(text, &given);
    assert_eq!(
        page.structure.title.as_ref().unwrap().text,
        Excerpt::Given("Pohon untuk Ambar".into())
    );
    assert_eq!(page.outlet(), Some("Detik"));
    assert_eq!(names(&page, &page.structure.reporters), "Laras Dewi");
    let published = page.structure.published.unwrap();
    assert_eq!(
        (published.to_string().as_str(), published.from),
        ("2024-02-03", Origin::Meta)
    );
    let stated = read(&format!("Pohon untuk Ambar\n{text}"), &given);
    assert!(
        matches!(stated.structure.title.unwrap().text, Excerpt::Span(_)),
        "the page states it"
    );
}

#[test]
fn the_corpus_settles_the_order_of_day_and_month() {
    let dated = |outlet: &str, published: &str| {
        let given = Given {
            outlet: Some(outlet.into()),
            published: Some(published.into()),
            ..Given::default()
        };
        read(
            "Wali kota menanam seribu pohon di tepi sungai bersama warga.",
            &given,
        )
    };
    let in_file = |path: &str, published: &str| Article {
        path: path.into(),
        record: Some("1".into()),
        ..dated("", published)
    };
    let articles = [
        (dated("Kabar A", "12/25/2024"), "2024-12-25"),
        (dated("Kabar A", "03/04/2024"), "2024-03-04"),
        (dated("Kabar A", "03.04.2024"), "2024-04-03"),
        (dated("Kabar B", "25/12/2024"), "2024-12-25"),
        (dated("Kabar B", "25/11/2024"), "2024-11-25"),
        (dated("Kabar B", "03/04/2024"), "2024-04-03"),
        (in_file("a.csv", "12/25/2024"), "2024-12-25"),
        (in_file("a.csv", "03/04/2024"), "2024-03-04"),
        (in_file("b.csv", "03/04/2024"), "2024-04-03"),
        // The outlet's votes are tied, so those of the language decide.
        (dated("Kabar C", "12/25/2024"), "2024-12-25"),
        (dated("Kabar C", "25/12/2024"), "2024-12-25"),
        (dated("Kabar D", "25/10/2024"), "2024-10-25"),
        (dated("Kabar D", "26/10/2024"), "2024-10-26"),
        (dated("Kabar C", "05/06/2024"), "2024-06-05"),
    ];
    // The result does not depend on the order and the batches in which the articles were read.
    for turn in 0..articles.len() {
        let mut turned = articles.clone();
        turned.rotate_left(turn);
        let (first, rest) = turned.split_at(turn);
        let side = |some: &[(Article, &str)]| some.iter().map(|(a, _)| a.clone()).collect();
        let corpus = settle_dates(Corpus::from_articles(side(first)).with(side(rest)));
        for ((_, settled), (read, date)) in corpus.iter().zip(&turned) {
            let told = settled.structure.published.unwrap();
            assert_eq!(told.to_string(), *date, "{:?}", read.structure);
            assert_eq!(told.precision, read.structure.published.unwrap().precision);
        }
    }
}

#[test]
fn the_seeds_are_read_whole() {
    // Real pages exist only on some machines. The test is skipped elsewhere.
    let Ok(folder) = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds"))
    else {
        return;
    };
    for path in folder.flatten().map(|entry| entry.path()) {
        if path.extension().is_some_and(|ending| ending == "txt") {
            let text = std::fs::read_to_string(&path).unwrap();
            let page = read(&text, &Given::default());
            assert!(
                page.title().is_some() && page.structure.published.is_some(),
                "{}",
                path.display()
            );
            assert_covered(&page);
        }
    }
}

/// Checks that all text except white space is inside blocks, and that these are in text order and
/// do not overlap.
fn assert_covered(article: &Article) {
    let mut last = 0;
    for block in &article.structure.blocks {
        let range = block.span.range();
        assert!(range.start >= last && range.start < range.end, "{block:?}");
        let between = article
            .text
            .get(last..range.start)
            .expect("on character boundaries");
        assert!(
            between.trim_matches('\u{feff}').trim().is_empty(),
            "{between:?} in no block"
        );
        assert!(article.text.get(range.clone()).is_some(), "{block:?}");
        last = range.end;
    }
    let rest = article.text.get(last..).expect("on character boundaries");
    assert!(
        rest.trim_matches('\u{feff}').trim().is_empty(),
        "{rest:?} in no block"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_covered(
        text in r#"([A-Za-z“”"'().,:;/|*\[\]0-9–— \u{a0}]{0,60}|Baca juga:|Jakarta -|Foto: A/B|Editor: X|\(taa/fas\)|12/10/2024|é|😀|\r\n|\n|\n\n){0,40}"#
    ) {
        assert_covered(&read(&text, &Given::default()));
    }

    #[test]
    fn any_characters_are_covered(text in ".{0,400}") {
        assert_covered(&read(&text, &Given::default()));
    }
}

/// A header of 40,000 lines is read in linear time. If each line looked back over all lines above
/// it, this would take minutes.
#[test]
fn a_header_without_end_is_read_in_one_walk() {
    let text = format!(
        "Judul Berita Panjang\n\n{}",
        "Kami siap, kata Tono.\n".repeat(40_000)
    );
    assert!(!read(&text, &Given::default()).structure.blocks.is_empty());
}
