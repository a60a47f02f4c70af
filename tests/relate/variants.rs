//! One utterance in several wordings.

use kutip::model::{ArticleId, Corpus};

use super::articles::{article, flood_articles, survey};

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

/// Whether the first quotations of the first two articles are one utterance, among those of the flood.
fn are_one(a: &str, b: &str) -> bool {
    let articles =
        [("Kabar", a), ("Warta", b)].map(|(outlet, text)| article(outlet, "2031-02-03", text));
    let corpus = Corpus::from_articles(articles.into_iter().chain(flood_articles()).collect());
    let variants = survey(&corpus).variants;
    variants
        .in_both(ArticleId(0), ArticleId(1))
        .next()
        .is_some()
}

/// What both reports tell before the quotations, so that they are one story.
const LEAD: &str =
    "Gempa mengguncang Teluk Cirebah, Senin pagi, dan merobohkan mercusuar Karang Bolong.
    Nelayan Cirebah mengungsi ke bukit Tanjung Wangi setelah gempa, kata BMKG Cirebah.\n";

#[test]
fn another_polarity_number_or_name_is_another_statement() {
    for (a, b, is_one) in [
        (
            "izin dermaga Karang Bolong dicabut oleh pemerintah kabupaten hari ini.",
            "izin dermaga Karang Bolong resmi dicabut oleh pemerintah kabupaten hari ini.",
            true,
        ),
        (
            "izin dermaga Karang Bolong dicabut oleh pemerintah kabupaten hari ini.",
            "izin dermaga Karang Bolong tidak dicabut oleh pemerintah kabupaten hari ini.",
            false,
        ),
        (
            "menjatuhkan pidana penjara selama 2 tahun dan denda kepada terdakwa.",
            "menjatuhkan pidana penjara selama 7 tahun dan denda kepada terdakwa.",
            false,
        ),
    ] {
        let told = |words: &str| format!("{LEAD}<Sari Melati> {words}");
        assert_eq!(are_one(&told(a), &told(b)), is_one, "{a} / {b}");
    }
}

#[test]
fn three_words_to_the_letter_are_one_utterance_within_a_story() {
    let told =
        |before: &str| format!("{LEAD}<Sari Melati> kondisi lapangan sangat dinamis.\n{before}");
    assert!(are_one(
        &told("Tenda darurat didirikan."),
        &told("Dapur umum dibuka di bukit.")
    ));
}

#[test]
fn an_office_speaks_with_one_voice_within_a_story() {
    let articles = (0..5).map(|number| {
        let text = format!(
            "{LEAD}<Hakim> publikasi formulir penghitungan suara bertujuan memudahkan akses informasi publik.
             Laporan nomor {number}."
        );
        article(&format!("Koran {number}"), "2031-02-03", &text)
    });
    let survey = survey(&Corpus::from_articles(articles.collect()));
    let groups: Vec<usize> = survey
        .variants
        .list()
        .iter()
        .map(|group| group.members.len())
        .collect();
    assert_eq!(groups, [5]);
}

#[test]
fn an_indirect_clause_is_found_in_one_sentence_of_a_long_quotation() {
    let direct = format!(
        "{LEAD}<Sari Melati> konsepnya murni dari saya, luas lahan lima hektare, warga bisa menampung perahu. \
         Panggung budaya ini bakal termegah sepanjang masa"
    );
    let indirect =
        format!("{LEAD}<Sari Melati> panggung budaya akan menjadi yang termegah sepanjang masa.");
    assert!(are_one(&direct, &indirect));
}

#[test]
fn two_statements_of_one_article_stay_two_though_another_prints_them_as_one() {
    let bridge = "jembatan Sungai Ciraweuy diperbaiki kontraktor mulai pekan depan";
    let school = "sekolah darurat dibuka di bukit Tanjung Wangi bagi anak nelayan";
    let told = [
        format!("{LEAD}<Sari Melati> {bridge}.\n<Sari Melati> {school}."),
        format!("{LEAD}<Sari Melati> {bridge}. {school}."),
        format!("{LEAD}<Sari Melati> {school}."),
    ];
    let outlets = ["Kabar", "Warta", "Suara"];
    let articles = told
        .iter()
        .zip(outlets)
        .map(|(text, outlet)| article(outlet, "2031-02-03", text));
    let variants = survey(&Corpus::from_articles(articles.collect())).variants;
    let groups = variants.list().iter().map(|group| {
        let quotes = group.members.iter().map(|member| member.quote);
        quotes
            .map(|quote| (quote.article.0, quote.index))
            .collect::<Vec<_>>()
    });
    let mut groups: Vec<_> = groups.collect();
    groups.sort_unstable();
    assert_eq!(
        groups,
        [vec![(0, 0), (1, 0)], vec![(0, 1), (2, 0), (1, 0)]],
        "the one quotation is of both"
    );
}

#[test]
fn two_persons_are_one_only_by_the_very_words() {
    let words = "sekolah darurat dibuka di bukit Tanjung Wangi mulai pekan depan bagi anak nelayan";
    let told = |name: &str, words: &str| format!("{LEAD}<{name}> {words}.");
    assert!(are_one(
        &told("Sari Melati", words),
        &told("Budi Wanara", words)
    ));
    let other = "sekolah darurat dibuka di bukit itu bila guru tersedia";
    assert!(!are_one(
        &told("Sari Melati", words),
        &told("Budi Wanara", other)
    ));
}
