//! What is found, shown in the text itself: `[D:…]` direct, `[F:…]` fragment, `[I:…]` indirect,
//! `[M:…]` mixed, `<…>` the words that name a speaker. All texts are fiction.

mod attention;
mod clauses;
mod introductions;
mod kinds;
mod mentions;
mod naming;
mod unseen;

use proptest::prelude::*;

use super::*;
use crate::model::{Block, BlockKind, Confidence, QuoteKind, Rule};
use crate::text::ByteSpan;

fn article(lang: &str, text: &str) -> Article {
    let mut article = Article {
        text: text.into(),
        language: lang.parse().ok(),
        ..Article::default()
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = ByteSpan::new(at, at + line.len()).trim(text);
        at += line.len();
        if !span.is_empty() {
            let kind = BlockKind::Paragraph;
            article.structure.blocks.push(Block { kind, span });
        }
    }
    article
}

fn extractor() -> Extractor {
    Extractor::new(&Packs::embedded())
}

/// The text with what was found set into it.
fn annotated(article: &Article, quotes: &[Quote]) -> String {
    let mut signs: Vec<(u32, u8, String)> = Vec::new();
    for quote in quotes {
        let letter = match quote.kind {
            QuoteKind::Direct => "[D:",
            QuoteKind::Fragment => "[F:",
            QuoteKind::Indirect => "[I:",
            QuoteKind::Mixed => "[M:",
        };
        signs.push((quote.span.start, 2, letter.into()));
        signs.push((quote.span.end, 1, "]".into()));
        if let Some(mention) = quote.mention {
            signs.push((mention.start, 3, "<".into()));
            signs.push((mention.end, 0, ">".into()));
        }
    }
    signs.sort_by_key(|sign| (sign.0, sign.1));
    signs.dedup();
    let (mut out, mut at) = (String::new(), 0);
    for (offset, _, sign) in signs {
        out.push_str(&article.text[at..offset as usize]);
        out.push_str(&sign);
        at = offset as usize;
    }
    out + &article.text[at..]
}

fn plain(annotated: &str) -> String {
    let mut text = annotated.to_owned();
    for sign in ["[D:", "[F:", "[I:", "[M:", "<", ">"] {
        text = text.replace(sign, "");
    }
    text.replace(']', "")
}

/// Each case: the language, the annotated text, the speakers in order (`-` for none).
pub(super) fn check(cases: &[(&str, &str, &[&str])]) {
    let extractor = extractor();
    let mut wrong = Vec::new();
    for (lang, expected, speakers) in cases {
        let article = article(lang, &plain(expected));
        let quotes = extractor.extract(&article);
        let got = annotated(&article, &quotes);
        let said: Vec<_> = quotes
            .iter()
            .map(|quote| article.speaker(quote).unwrap_or_else(|| "-".into()))
            .collect();
        if got != *expected || said != *speakers {
            wrong.push(format!(
                "want {expected}\n     {speakers:?}\ngot  {got}\n     {said:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn direct_quotations_and_the_speaker_beside_the_verb() {
    check(&[
        ("id", "“[D:Kami siap,]” kata <Rina Halim>.", &["Rina Halim"]),
        (
            "id",
            "\"[D:Kami siap.]\" ujar Kepala Desa Sukamaju <Rina Halim>, Senin (3/2/2025).",
            &["Rina Halim"],
        ),
        (
            "id",
            "Rina Halim datang terlambat. \"[D:Jalan macet,]\" katanya.",
            &["Rina Halim"],
        ),
        ("id", "”[D:Air naik cepat,]” tutur <Budi>.", &["Budi"]),
        ("id", "&quot;[D:Air naik cepat,]\" tutur <Budi>.", &["Budi"]),
        ("id", "“[D:Harga beras turun,]\" kata <Sari>.", &["Sari"]),
        (
            "id",
            "<Rina Halim> mengatakan, “[D:Kami siap berangkat.]”",
            &["Rina Halim"],
        ),
        (
            "en",
            "“[D:We are ready,]” said <Alice Moore>.",
            &["Alice Moore"],
        ),
        (
            "en",
            "“[D:We are ready,]” <Alice Moore> said on Monday.",
            &["Alice Moore"],
        ),
        (
            "en",
            "‘[D:We aren’t ready,]’ said <Alice Moore>.",
            &["Alice Moore"],
        ),
        (
            "en",
            "<Alice Moore>, a farmer from Leeds, said: “[D:We are ready to leave.]”",
            &["Alice Moore"],
        ),
        (
            "en",
            "“[D:He told me ‘no’ twice,]” <Moore> said.",
            &["Moore"],
        ),
        (
            "de",
            "„[D:Wir sind bereit]“, sagte <Anna Vogel>.",
            &["Anna Vogel"],
        ),
        (
            "de",
            "„[D:Wir sind bereit]“, so <Anna Vogel>.",
            &["Anna Vogel"],
        ),
    ]);
}

#[test]
fn fragments_are_no_utterances() {
    check(&[
        ("id", "Hari itu disebut “[F:Hari Kemenangan]”.", &["-"]),
        ("id", "Film \"[F:Pulau Jauh]\" tayang di Bandung.", &["-"]),
        ("en", "They called it a “[F:miracle]” for the town.", &["-"]),
        (
            "id",
            "Menurut <Rina Halim>, [M:warga sedang melakukan “[F:perjuangan suci]” melawan banjir].",
            &["Rina Halim", "Rina Halim"],
        ),
        (
            "en",
            "<Alice Moore> said [M:she was “[F:very serious]” about the plan].",
            &["Alice Moore", "Alice Moore"],
        ),
        (
            "en",
            "<Alice Moore> called the plan “[F:a gift to the town]”.",
            &["Alice Moore"],
        ),
        (
            "de",
            "<Alice Moor> nannte den Plan „[F:eine reine Spekulation]“.",
            &["Alice Moor"],
        ),
        (
            "en",
            "‘[F:All Bets Are Off.]’\nThe town waited for the mayor.",
            &["-"],
        ),
    ]);
}

#[test]
fn signs_inside_the_closing_mark_close_the_clause_too() {
    check(&[
        (
            "en",
            "<Alice Moore> insisted [M:the town “[F:stop its dangerous works.]”] \
             <Bima Stone> said [I:the works had ended].",
            &["Alice Moore", "Alice Moore", "Bima Stone"],
        ),
        (
            "en",
            "[M:The plan “[F:is the only way forward,]”] engineer <Alice Moore> said.",
            &["Alice Moore", "Alice Moore"],
        ),
        (
            "en",
            "<Alice Moore> said [M:the pipe was not “[F:a sure sign of rust,]”] but \
             <she> said that [I:the town would wait].",
            &["Alice Moore", "Alice Moore", "Alice Moore"],
        ),
    ]);
}

#[test]
fn a_clause_needs_no_that() {
    check(&[
        (
            "en",
            "The <Water Office> says [I:it would close the old bridge in May].",
            &["Water Office"],
        ),
        (
            "en",
            "<Careful readers in the harbour and around the town> say [I:Moore deserves a second term].",
            &["Careful readers in the harbour and around the town"],
        ),
        (
            "en",
            "When Moore came, <he> told police [I:he supported the harbour].",
            &["Moore"],
        ),
        (
            "id",
            "<Rina Halim> memastikan [I:negaranya mendukung kota itu].",
            &["Rina Halim"],
        ),
        (
            "id",
            "<Rina Halim> berharap [I:dengan jalan baru, warga bisa berdagang].",
            &["Rina Halim"],
        ),
        (
            "id",
            "<Rina Halim> dalam kesempatan yang sama mengatakan, [I:jalan itu sudah rusak].",
            &["Rina Halim"],
        ),
    ]);
}

#[test]
fn the_bearer_of_an_office_is_named_behind_it() {
    check(&[
        (
            "id",
            "“[D:Kami siap,]” kata juru bicara Gugus Tugas Banjir Kabupaten Lareng, <Alamsah>, Rabu.",
            &["Alamsah"],
        ),
        (
            "id",
            "“[D:Kami siap,]” kata Direktur Utama PT Kapal Lareng (Kaleng) <Wiwit Handaya> di Lareng.",
            &["Wiwit Handaya"],
        ),
        (
            "id",
            "Kepala Unit Pelaksana Bandara Suta, <Suharto Wijoyo>, yang dihubungi, mengatakan \
             [I:bandara itu aman].",
            &["Suharto Wijoyo"],
        ),
    ]);
}

#[test]
fn in_german_a_subject_may_follow_its_verb() {
    check(&[
        (
            "de",
            "In einem Brief begründete <der zuständige Minister> seine Haltung so: „[D:Alle können davon leben.]“",
            &["zuständige Minister"],
        ),
        (
            "de",
            "In einem Gespräch mit dem Rundfunk erklärte <Klara Born>: „[D:Das Wasser steigt schnell an.]“",
            &["Klara Born"],
        ),
        (
            "de",
            "<Klara Born> fügte hinzu: „[D:Wir warten jetzt auf die Boote.]“",
            &["Klara Born"],
        ),
    ]);
}

#[test]
fn an_account_is_named_by_its_handle() {
    check(&[
        (
            "id",
            "“[D:Sudah lama begini,]” tulis <@azka_7.lareng>.",
            &["@azka_7.lareng"],
        ),
        (
            "id",
            "“[D:Semoga lekas pulih,]” tulis akun Instagram <@rina_h>.",
            &["@rina_h"],
        ),
        (
            "id",
            "Akun <@lareng.info> berkomentar, “[D:Besok pasti macet lagi.]”",
            &["@lareng.info"],
        ),
        (
            "en",
            "“[D:Enough is enough,]” <@JaneOrton> wrote on X.",
            &["@JaneOrton"],
        ),
        (
            "id",
            "Tulis ke lapor@lareng.go.id. “[D:Kami siap,]” kata <Rina Halim>.",
            &["Rina Halim"],
        ),
    ]);
}

#[test]
fn reported_clauses() {
    check(&[
        (
            "id",
            "<Rina Halim> mengatakan bahwa [I:jalan itu sudah rusak].",
            &["Rina Halim"],
        ),
        (
            "id",
            "<Rina Halim> mengatakan, [I:jalan itu sudah rusak].",
            &["Rina Halim"],
        ),
        (
            "id",
            "<Rina Halim> mengatakan [I:jalan itu sudah rusak].",
            &["Rina Halim"],
        ),
        (
            "id",
            "Menurut <Rina Halim>, [I:jalan itu sudah rusak].",
            &["Rina Halim"],
        ),
        (
            "id",
            "[I:Saat itu, kata <Rina Halim>, jalan sudah rusak].",
            &["Rina Halim"],
        ),
        (
            "id",
            "[I:Jalan itu sudah rusak parah], kata <Rina Halim>.",
            &["Rina Halim"],
        ),
        (
            "id",
            "Ditegaskan <Rina Halim> bahwa [I:jalan itu sudah rusak].",
            &["Rina Halim"],
        ),
        (
            "en",
            "<Alice Moore> said [I:the road was broken].",
            &["Alice Moore"],
        ),
        (
            "en",
            "<Alice Moore> said that [I:the road was broken].",
            &["Alice Moore"],
        ),
        (
            "en",
            "According to <Alice Moore>, [I:the road was broken].",
            &["Alice Moore"],
        ),
        (
            "en",
            "[I:The road was broken], according to <Alice Moore>.",
            &["Alice Moore"],
        ),
        (
            "en",
            "[I:The road was broken], said <Alice Moore>.",
            &["Alice Moore"],
        ),
        (
            "en",
            "[I:The road was broken], <Alice Moore> said.",
            &["Alice Moore"],
        ),
        (
            "en",
            "<Moore> urged [I:residents to stay at home].",
            &["Moore"],
        ),
        (
            "de",
            "<Anna Vogel> sagte, [I:die Sorge wegen des Wassers resultiere aus Unkenntnis].",
            &["Anna Vogel"],
        ),
        (
            "de",
            "<Anna Vogel> erklärte, dass [I:die Straße gesperrt sei].",
            &["Anna Vogel"],
        ),
    ]);
}

#[test]
fn what_only_looks_like_speech_is_left_out() {
    check(&[
        (
            "id",
            "Hal itu diungkapkan Rina Halim saat rapat di kantornya.",
            &[],
        ),
        ("id", "Rina Halim merasa yakin akan menang.", &[]),
        (
            "id",
            "Rina Halim menekankan pentingnya kebersihan pasar.",
            &[],
        ),
        ("en", "Moore announced a new plan for the harbour.", &[]),
    ]);
}

#[test]
fn a_speaker_keeps_the_fullest_name_without_office() {
    check(&[
        (
            "id",
            "Menteri Luar Negeri Rina Halim tiba di Bandung. “[D:Kami siap,]” kata <Halim>.",
            &["Rina Halim"],
        ),
        (
            "id",
            "Bupati Rina Halim tiba di Bandung. <Ia> mengatakan [I:jalan itu sudah rusak].",
            &["Rina Halim"],
        ),
        (
            "en",
            "Mayor Alice Moore came early. <She> said [I:the road was broken].",
            &["Alice Moore"],
        ),
        (
            "id",
            "<Rina Halim dan Budi Santoso> mengatakan [I:jalan itu sudah rusak].",
            &["Rina Halim; Budi Santoso"],
        ),
    ]);
}

#[test]
fn pieces_of_one_utterance_share_a_group() {
    let cases = [
        (
            "id",
            "“Kami siap,” kata Rina Halim, “dan tidak akan mundur.”",
            [0, 0],
        ),
        (
            "en",
            "Moore said: “We are ready.\n“We will not leave.”",
            [0, 0],
        ),
        (
            "en",
            "“We are ready,” said Moore.\n“I am not so sure,” said Hill.",
            [0, 1],
        ),
    ];
    let extractor = extractor();
    for (lang, text, groups) in cases {
        let quotes = extractor.extract(&article(lang, text));
        let got: Vec<_> = quotes.iter().map(|quote| quote.group).collect();
        assert_eq!(got, groups, "{text}");
    }
}

#[test]
fn a_transcript_names_its_speakers() {
    check(&[
        (
            "en",
            "<HILL>: [D:Will you stay?]\n<MOORE>: [D:I will stay as long as I can.]",
            &["HILL", "MOORE"],
        ),
        (
            "en",
            "“[D:The road was never safe.]” — <Alice Moore>",
            &["Alice Moore"],
        ),
    ]);
}

#[test]
fn an_odd_mark_costs_its_own_quotation_at_most() {
    let text = "“Kami siap, kata Rina Halim.\n“Kami menang,” kata Budi Santoso.";
    let article = article("id", text);
    let quotes = extractor().extract(&article);
    let last = quotes.last().unwrap();
    assert_eq!(article.words(last.span), "Kami menang,");
    assert_eq!(article.speaker(last).as_deref(), Some("Budi Santoso"));
}

#[test]
fn a_dateline_is_no_part_of_a_clause() {
    let mut article = article(
        "id",
        "BANDUNG, KABAR – Rina Halim mengatakan jalan itu sudah rusak.",
    );
    let span = ByteSpan::new(0, "BANDUNG, KABAR –".len());
    article.structure.dateline = Some(crate::model::Dateline { span, place: None });
    let quotes = extractor().extract(&article);
    assert_eq!(quotes.len(), 1);
    assert_eq!(quotes[0].confidence, Confidence::Sure);
    assert_eq!(quotes[0].rule, Rule::Clause);
    assert_eq!(article.speaker(&quotes[0]).as_deref(), Some("Rina Halim"));
}

/// Spans lie in paragraphs, on character boundaries, sorted, and nest or are apart.
fn assert_sound(article: &Article, quotes: &[Quote]) {
    for (index, quote) in quotes.iter().enumerate() {
        assert!(
            article
                .text
                .get(quote.span.range())
                .is_some_and(|words| !words.is_empty())
        );
        assert!(
            article
                .blocks(BlockKind::Paragraph)
                .any(|block| block.contains(quote.span))
        );
        for part in quote
            .speakers
            .iter()
            .chain(&quote.mention)
            .chain(&quote.cue)
        {
            assert!(article.text.get(part.range()).is_some());
        }
        if let Some(outer) = quote.within {
            assert!((outer as usize) < index && quotes[outer as usize].span.contains(quote.span));
        }
        if let Some(next) = quotes.get(index + 1) {
            assert!(quote.span.start <= next.span.start);
            assert!(quote.span.contains(next.span) || !quote.span.overlaps(next.span));
        }
    }
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "“",
        "”",
        "\"",
        "'",
        "‘",
        "’",
        "„",
        "kata ",
        "said ",
        "Rina Halim ",
        "Moore ",
        ", ",
        ". ",
        ": ",
        "bahwa ",
        "that ",
        "\n",
        "(",
        ")",
        "menurut ",
        "according to ",
        "— ",
        "ujarnya ",
        "Ä́ ",
        "dan ",
        "who ",
        "sagte ",
        "dass ",
        "kepada ",
        "WALLACE: ",
        "'s ",
        "he ",
        "é",
        "…",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

#[test]
fn the_work_grows_with_the_text_alone() {
    let reads = |unit: &str, count: usize| {
        super::clauses::sentence::READS.set(0);
        let article = article("id", &unit.repeat(count));
        extractor().extract(&article);
        super::clauses::sentence::READS.get()
    };
    for unit in [
        "mengatakan ",
        "Rina Halim mengatakan bahwa ",
        "\"a b,\" kata X. ",
        "“a ",
        "Menurut “A” (B) kata Ketua C, D, ",
        "Kepala Bidang A dan B ",
        "Rina, menurut dia, ",
        "Ia berkata \"ya\" ",
    ] {
        let (once, twice) = (reads(unit, 2_000), reads(unit, 4_000));
        assert!(
            twice < once * 5 / 2 + 1_000,
            "{unit:?}: {once}, then {twice}"
        );
    }
}

#[test]
fn a_chain_of_documents_of_any_length_is_read() {
    let chain = "the statement of ".repeat(50_000);
    let article = article("en", &format!("“We will go on.” — {chain}nobody."));
    let quotes = extractor().extract(&article);
    assert_sound(&article, &quotes);
    assert_eq!(quotes.len(), 1);
}

proptest! {
    #[test]
    fn any_text_gives_sound_spans(text in "\\PC{0,200}", lang in "id|en|de|xx") {
        let article = article(&lang, &text);
        let quotes = extractor_once().extract(&article);
        assert_sound(&article, &quotes);
    }

    #[test]
    fn any_jumble_of_marks_and_verbs_gives_sound_spans(text in pieces(), lang in "id|en|de|xx") {
        let article = article(&lang, &text);
        let quotes = extractor_once().extract(&article);
        assert_sound(&article, &quotes);
    }
}

fn extractor_once() -> &'static Extractor {
    static ONCE: std::sync::OnceLock<Extractor> = std::sync::OnceLock::new();
    ONCE.get_or_init(extractor)
}

#[test]
fn the_one_spoken_to_is_named() {
    let cases: &[(&str, &str, Option<&str>)] = &[
        (
            "id",
            "“Kami siap membantu,” kata Rina Halim kepada Bima Santika, Senin.",
            Some("Bima Santika"),
        ),
        (
            "id",
            "“Kami siap membantu,” ujar Rina Halim kepada wartawan, Senin.",
            Some("wartawan"),
        ),
        (
            "id",
            "Dalam suratnya kepada Bima Santika, Rina Halim mengatakan bahwa jembatan itu selesai.",
            Some("Bima Santika"),
        ),
        (
            "id",
            "“Kami siap membantu,” kata Rina Halim di Bogor.",
            None,
        ),
        (
            "en",
            "“We are ready to help,” Mara Ellison told reporters.",
            Some("reporters"),
        ),
        (
            "en",
            "“We are ready to help,” Mara Ellison told reporters on Monday.",
            Some("reporters"),
        ),
        (
            "de",
            "„Wir sind bereit“, sagte Mara Born gegenüber der Zeitung.",
            Some("Zeitung"),
        ),
        (
            "en",
            "“We are ready to help,” Mara Ellison said in response to a question.",
            None,
        ),
    ];
    for (lang, text, expected) in cases {
        let article = article(lang, text);
        let quotes = extractor().extract(&article);
        let told = quotes[0].addressee.map(|span| span.of(&article.text));
        assert_eq!(told, *expected, "{text}");
    }
}

#[test]
fn a_language_without_a_pack_has_the_words_and_habits_of_none() {
    let text = "«Nous sommes prêts», sagte Mara Born. Laut Plan beginnt es bald. \
                According to Mara Born, it rains. “Bien.”";
    let article = article("fr", text);
    let quotes = extractor().extract(&article);
    let expected = "«[F:Nous sommes prêts]», sagte Mara Born. Laut Plan beginnt es bald. \
                    According to Mara Born, it rains. “[D:Bien.]”";
    assert_eq!(annotated(&article, &quotes), expected);
}
