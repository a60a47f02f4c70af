//! Where a reported clause begins and ends, and which words only look like a cue.

use super::check;

#[test]
fn a_clause_may_open_with_its_own_adverbial() {
    check(&[
        (
            "id",
            "Kepala Dinas Pendidikan Lareng, <Nunik>, mengatakan [I:untuk jalur desa kuota yang tersedia cukup banyak].",
            &["Nunik"],
        ),
        (
            "id",
            "<Rina Halim> mengatakan kepada wartawan di Lareng, Senin (3/2/2025), [I:jalan itu rusak sejak Mei].",
            &["Rina Halim"],
        ),
        (
            "id",
            "<Rina Halim> menjelaskan, [I:hal itu dilakukan agar anggaran terserap].",
            &["Rina Halim"],
        ),
        (
            "id",
            "<Rina Halim> mengatakan, Senin (3/2/2025), bahwa [I:jalan itu rusak].",
            &["Rina Halim"],
        ),
    ]);
}

#[test]
fn a_verb_that_no_list_names_makes_a_clause() {
    check(&[
        (
            "id",
            "<Rina Halim> meminta [I:warga mengosongkan tepi sungai].",
            &["Rina Halim"],
        ),
        (
            "id",
            "<Rina Halim> bilang [I:Lareng telah mencairkan bantuan itu].",
            &["Rina Halim"],
        ),
        (
            "id",
            "<Rina Halim> menyebutkan [I:jumlah petugas di Lareng cukup terbatas].",
            &["Rina Halim"],
        ),
        ("id", "Hujan itu menambah kesan suram di kota.", &[]),
    ]);
}

#[test]
fn a_noun_is_no_cue() {
    check(&[
        (
            "id",
            "Pada perdagangan Senin (21/1), nilai tukar rupiah ditutup melemah tipis.",
            &[],
        ),
        (
            "id",
            "Begitu akan didekati petugas, keduanya langsung melarikan diri.",
            &[],
        ),
        (
            "id",
            "Protes tersebut diliput luas, dan ribuan warga ikut turun ke jalan.",
            &[],
        ),
        (
            "id",
            "Rina Halim datang. [I:Jalan itu, nilai <Rina>, perlu segera diperbaiki]. Rina pulang.",
            &["Rina Halim"],
        ),
    ]);
}

#[test]
fn words_run_into_a_headline_are_still_said() {
    check(&[(
        "id",
        "Danantara dan PLN jajaki peluang energi baru \"[D:Penghargaan ini merupakan kehormatan besar bagi kami,]\" kata <Marwan>.",
        &["Marwan"],
    )]);
}

#[test]
fn a_speaker_may_stand_within_the_clause_without_a_sign() {
    check(&[
        (
            "id",
            "Rina Halim datang. [I:Jalan itu menurutnya sangat penting bagi warga].",
            &["Rina Halim"],
        ),
        (
            "id",
            "[I:Hal ini menurut <Rina Halim> menunjukkan bahwa air terus naik].",
            &["Rina Halim"],
        ),
        (
            "id",
            "Rina Halim membangun jalan yang menurutnya penting bagi warga.",
            &[],
        ),
    ]);
}

#[test]
fn words_that_no_one_spoke_are_those_of_the_body_that_gave_them() {
    check(&[(
        "id",
        "\"[D:Denda pajak dihapus sampai akhir tahun,]\" demikian dikutip dari pernyataan <Dinas Pajak Lareng>.",
        &["Dinas Pajak Lareng"],
    )]);
}

#[test]
fn in_english_circumstances_and_passives_are_no_part_of_what_is_said() {
    check(&[
        (
            "en",
            "<Rina Halim> said in a statement [I:the bridge would close in May].",
            &["Rina Halim"],
        ),
        (
            "en",
            "<Rina Halim> said on Monday [I:she would close the bridge].",
            &["Rina Halim"],
        ),
        (
            "en",
            "[I:The risk is small], said <Noira Lab>, a research group that runs two domes.",
            &["Noira Lab"],
        ),
        (
            "en",
            "When the town is asked, the peace will be maintained, and work will go on.",
            &[],
        ),
        (
            "en",
            "The <Water Office> is saying that [I:the bridge is safe].",
            &["Water Office"],
        ),
        ("en", "Moore's comments came as he met voters in May.", &[]),
        (
            "en",
            "The plan has been joined by 18 states, and two cities.",
            &[],
        ),
    ]);
}

#[test]
fn who_carried_a_report_is_no_part_of_what_was_said() {
    let cases = [
        "Kim Seo-jun mengatakan [I:armada itu akan diperkuat], seperti dilansir LKNA, Senin (3/2).",
        "Kim Seo-jun mengatakan [I:armada itu akan diperkuat], dikutip dari laman resmi LKNA.",
        "Kim Seo-jun mengatakan bahwa [I:armada itu akan diperkuat], lapor LKNA.",
        "[I:Armada itu akan diperkuat], kata Kim Seo-jun, dilaporkan LKNA, Senin.",
        "Kim Seo-jun said [I:the fleet would grow], state media LKNA reported on Monday.",
    ];
    for annotated in cases {
        let text = super::plain(annotated);
        let lang = if text.contains("said") { "en" } else { "id" };
        let article = super::article(lang, &text);
        let quotes = super::extractor().extract(&article);
        let [quote] = quotes.as_slice() else {
            panic!("one report in {text}");
        };
        assert!(
            annotated.contains(&format!("[I:{}]", quote.span.of(&text))),
            "{text}"
        );
        assert_eq!(
            article.speaker(quote).as_deref(),
            Some("Kim Seo-jun"),
            "{text}"
        );
        assert_eq!(quote.via.map(|via| via.of(&text)), Some("LKNA"), "{text}");
    }
}

#[test]
fn what_is_said_of_something_pointed_at_makes_a_clause() {
    super::check(&[
        (
            "id",
            "<Rina Halim> menjelaskan [I:jembatan baru itu aman bagi warga].",
            &["Rina Halim"],
        ),
        (
            "id",
            "Seperti disampaikan <Rina Halim>, [I:jembatan itu akan dibuka].",
            &["Rina Halim"],
        ),
        (
            "id",
            "Rina Halim menyampaikan usulan warga tahun ini sebesar dua kali lipat.",
            &[],
        ),
    ]);
}

#[test]
fn the_clause_behind_a_semicolon_is_another() {
    super::check(&[(
        "en",
        "<Officials> said that [I:the ship had left]; [I:its crew, <they> said, was safe].",
        &["Officials", "Officials"],
    )]);
}

#[test]
fn a_noun_or_adjective_that_is_built_like_a_verb_makes_no_clause() {
    super::check(&[
        (
            "id",
            "PT Lareng Jaya mengumumkan pembagian dividen tunai. PT Suta mencatat rekor penjualan tertinggi.",
            &[],
        ),
        (
            "id",
            "<Rina Halim> menjelaskan, [I:banyak hal]. Seperti cuaca dan usia.",
            &["Rina Halim"],
        ),
    ]);
}

#[test]
fn the_dead_are_reported_in_a_clause() {
    super::check(&[(
        "id",
        "<Kementerian Kesehatan Suta> melaporkan [I:sedikitnya 40 orang tewas].",
        &["Kementerian Kesehatan Suta"],
    )]);
}

#[test]
fn in_english_an_infinitive_an_object_or_a_noun_is_no_report() {
    check(&[
        (
            "en",
            "Lareng Mobile continues to add to its range of phones.",
            &[],
        ),
        (
            "en",
            "As the two groups in Lareng continue to face off, bottles were thrown.",
            &[],
        ),
        (
            "en",
            "<Anna Coles>, who led the inquiry, described it as a “[F:tragic]” case.",
            &["Anna Coles"],
        ),
        (
            "en",
            "The office closed at 6 p.m. <Police> said [I:the man had left].",
            &["Police"],
        ),
    ]);
}

#[test]
fn in_german_a_marked_noun_behind_an_indefinite_article_is_someones_words() {
    check(&[
        (
            "de",
            "<Klaus Rieder> sprach von einem „[F:Offenbarungseid]“.",
            &["Klaus Rieder"],
        ),
        (
            "de",
            "[I:Der Senat wolle die Mieten deckeln], berichtete <die „[F:Berliner Zeitung]“> am Freitag.",
            &["Berliner Zeitung", "-"],
        ),
    ]);
}
