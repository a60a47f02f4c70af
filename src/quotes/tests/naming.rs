//! Which name in a phrase is the speaker's: offices, bodies, places, charges and degrees around it.

use super::{article, check, extractor};
use crate::language::Packs;

#[test]
fn the_name_is_told_from_the_office_and_the_body_before_it() {
    check(&[
        // A body whose own name could be a person's; Yasri is named alone elsewhere.
        (
            "id",
            "\"[D:Air sudah surut,]\" kata Ketua Karang Lareng, <Yasri>. [I:Di Suta, jelas <Yasri>, ada dua rumah rusak].",
            &["Yasri", "Yasri"],
        ),
        (
            "id",
            "Ketua Tim Pembangunan Waduk, Drs <Joko Sarwadi> MM, menjelaskan, [I:waduk itu sudah penuh].",
            &["Joko Sarwadi"],
        ),
        (
            "id",
            "<Harwanto Wibisono>, Ketua Perkumpulan Nelayan Indonesia (PNI) mengatakan [I:ikan makin sulit dicari].",
            &["Harwanto Wibisono"],
        ),
        (
            "id",
            "Direktur Pelabuhan Suta di Gaza <Anton Gerwen> mengatakan [I:pelabuhan itu masih tutup].",
            &["Anton Gerwen"],
        ),
        (
            "id",
            "\"[D:Berkas sudah lengkap,]\" kata Kepala Pusat Penerangan Hukum (Kapuspenkum) Kejagung <Hasmi Siragar>.",
            &["Hasmi Siragar"],
        ),
        (
            "id",
            "\"[D:Kami siap,]\" ujar Ketua DPP Golkar <Asa Hasani>.",
            &["Asa Hasani"],
        ),
        (
            "id",
            "\"[D:Pesawat itu hilang,]\" kata otoritas penerbangan Rusia, <Rosavika>.",
            &["Rosavika"],
        ),
    ]);
}

#[test]
fn an_office_with_several_charges_is_one_title() {
    check(&[
        (
            "id",
            "Mantan Menteri Pendidikan, Kebudayaan, Riset dan Teknologi (Mendikbud) <Nadim Anwari> mengatakan, \
             [I:laptop itu sudah dibeli].",
            &["Nadim Anwari"],
        ),
        (
            "id",
            "Direktur Risiko, Strategi dan Kepatuhan BTK <Mahelon Prabantara> menyebut [I:biaya itu masih rendah].",
            &["Mahelon Prabantara"],
        ),
    ]);
}

#[test]
fn degrees_and_what_is_said_of_a_name_are_no_part_of_it() {
    check(&[
        (
            "id",
            "Spesialis dari Rumah Sakit Lareng, dr. <Mulia Dayani>, M.Gizi, Sp.GK, AIFO-K, menjelaskan, [I:pola makan harus dijaga].",
            &["Mulia Dayani"],
        ),
        (
            "id",
            "Direktur Yakes Lareng, <Glenda Angela>, SE, MM menambahkan, [I:gedung itu akan dipakai].",
            &["Glenda Angela"],
        ),
        (
            "id",
            "<Damiano Maga> (23) seorang pemulung, mengatakan [I:ia lebih menyukai uang tunai].",
            &["Damiano Maga"],
        ),
        (
            "id",
            "\"[D:Kami bertahan,]\" kata <Fatin al-Salafi> (67).",
            &["Fatin al-Salafi"],
        ),
        (
            "id",
            "<Rina Halim> secara terbuka mengungkapkan bahwa [I:jalan itu rusak].",
            &["Rina Halim"],
        ),
    ]);
}

#[test]
fn an_office_leads_to_whoever_bears_it() {
    check(&[
        (
            "id",
            "Pelatih Lareng United, Fabio Lefunda, marah. Ia kalah dari Persada Jakarta. \
             \"[D:Kenapa kami harus menunggu?]\" tutur <pelatih asal Brasil itu>.",
            &["Fabio Lefunda"],
        ),
        (
            "id",
            "Wali Kota Kupang, dr. Kristian Widada, datang. Warga menunggunya. <Wali Kota Kupang> juga mengajak \
             [I:warga untuk berani melapor].",
            &["Kristian Widada"],
        ),
        (
            "id",
            "<Rina Halim> mengatakan [I:air naik]. [I:Saat ini, kata <dia>, tugas warga adalah menjaga Bima Santosa].",
            &["Rina Halim", "Rina Halim"],
        ),
    ]);
}

#[test]
fn in_english_the_name_comes_behind_the_body_and_its_office() {
    check(&[
        (
            "en",
            "Lareng Motors boss <Rina Halim> said [I:the plant would stay].",
            &["Rina Halim"],
        ),
        (
            "en",
            "Coordinating Minister for Food Affairs <Zulfi Hasani> said [I:rice was cheap].",
            &["Zulfi Hasani"],
        ),
        (
            "en",
            "The director of Lareng Museum, <Rina Halim>, said [I:the doors were open].",
            &["Rina Halim"],
        ),
    ]);
}

#[test]
fn a_place_or_a_relative_clause_is_no_speaker() {
    check(&[
        (
            "id",
            "<Sejumlah jamaah asal Makassar> mengaku [I:puas dengan layanan itu].",
            &["Sejumlah jamaah asal Makassar"],
        ),
        (
            "id",
            "<Badan Penanggulangan Bencana Daerah> (BPBD) Provinsi Bali mencatat, [I:ada dua banjir].",
            &["Badan Penanggulangan Bencana Daerah"],
        ),
        (
            "id",
            "<Rizal>, vokalis grup Band Karang menyatakan bahwa [I:dia senang]. Menurut <Rizal>, [I:panggung itu besar].",
            &["Rizal"; 2],
        ),
        (
            "id",
            "Agus Hartono datang. <Pria yang akrab disapa AHO itu> mengatakan [I:jalan itu rusak].",
            &["Agus Hartono"],
        ),
        (
            "id",
            "“[D:Airnya deras,]” ujar Kepala Suku Dinas Penanggulangan Kebakaran (Gulkar) Jakarta Barat, <Syarif>.",
            &["Syarif"],
        ),
    ]);
}

#[test]
fn a_name_may_stand_before_its_office_or_apart_from_it() {
    check(&[
        (
            "id",
            "<Sigit Aryo Tejana> Head of Micro Business Modalan mengatakan, [I:bunga itu tetap]. “[D:Kami selektif,]” kata <Sigit>.",
            &["Sigit Aryo Tejana"; 2],
        ),
        (
            "id",
            "Kapolsek Lareng Utara, Iptu <Arfin>, mengatakan [I:truk itu hilang kendali].",
            &["Arfin"],
        ),
        (
            "id",
            "“[D:Ada saja,]” ujar <Irfan Hakim>. <Irfan> mengatakan [I:ia senang].",
            &["Irfan Hakim"; 2],
        ),
    ]);
}

#[test]
fn a_charge_is_told_from_the_name_by_the_words_of_the_article() {
    check(&[
        (
            "id",
            "Pasar ditutup karena laut tenang. Menteri Perhubungan Laut <Ratna Kusuma> menyatakan, \
             [I:untuk sementara pasar ditutup].",
            &["Ratna Kusuma"],
        ),
        (
            "id",
            "Gubernur Kepulauan Lareng Hasan Tolai menolak. “[D:Kami tidak menjual laut,]” kata \
             <Hasan>. Warga meminta Lareng.",
            &["Hasan Tolai"],
        ),
    ]);
}

#[test]
fn what_an_office_is_in_charge_of_is_no_part_of_a_name() {
    for text in [
        "Menteri Perikanan Nora Selwyn mengatakan bahwa pelabuhan itu aman.",
        "Menteri Keuangan Nora Selwyn mengatakan bahwa anggaran itu cukup.",
        "Menteri Sosial Nora Selwyn di Jakarta Pusat mengatakan bahwa bantuan itu cukup.",
    ] {
        let article = article("id", text);
        let quotes = extractor().extract(&article);
        let speaker = quotes[0].speakers[0].of(&article.text);
        assert_eq!(speaker, "Nora Selwyn", "{text}");
    }
}

#[test]
fn a_nickname_leads_to_the_full_name() {
    check(&[
        (
            "id",
            "Wakil Menteri Kartika Wirya yang akrab disapa Tiko datang. “[D:Kami siap,]” ujar <Tiko>.",
            &["Kartika Wirya"],
        ),
        (
            "id",
            "“[D:Kami siap,]” ujar <Indram>, sapaan akrab Indra Mardina.",
            &["Indra Mardina"],
        ),
        (
            "id",
            "Menteri Sosial, Saiful Yusran (Gus Iful), datang. <Gus Iful> menyebut [I:bantuan itu sudah dibagikan].",
            &["Saiful Yusran"],
        ),
        // Someone's mother is someone else.
        (
            "id",
            "Ibunda Rina Halim sakit. “[D:Doakan saja,]” kata <Rina>.",
            &["Rina Halim"],
        ),
    ]);
}

#[test]
fn a_name_is_told_from_the_seat_of_its_body() {
    check(&[
        (
            "id",
            "Menurut anggota DPRD Kabupaten Malang <Zulkarnain Murtada>, [I:anggaran itu cukup].",
            &["Zulkarnain Murtada"],
        ),
        (
            "id",
            "“[D:Kami siap,]” kata pelatih Timnas Ekuador U-17 <Diego Martina>.",
            &["Diego Martina"],
        ),
        (
            "id",
            "“[D:Dia paus,]” kata aktris <Ana Bruma da Silva>. “[D:Indah,]” kata <Silva>.",
            &["Ana Bruma da Silva", "Ana Bruma da Silva"],
        ),
    ]);
}

#[test]
fn who_speaks_for_a_body_without_a_name_is_named_by_the_office() {
    check(&[
        (
            "id",
            "Menurut juru bicara <Kementerian Pertahanan Jepang>, [I:kapal itu sudah pergi].",
            &["juru bicara Kementerian Pertahanan Jepang"],
        ),
        (
            "id",
            "“[D:Pelaku sudah ditangkap,]” kata Kepala Satuan Reserse (Kasat) Polrestabes Semarang AKBP <Andika Dharma>.",
            &["Andika Dharma"],
        ),
    ]);
}

#[test]
fn in_english_the_office_stands_right_before_the_name() {
    check(&[
        (
            "en",
            "House Minority Leader <Gail Pruitt> said [I:the bill was late].",
            &["Gail Pruitt"],
        ),
        (
            "en",
            "Deputy Minister of Transport <Hsu Pei-lin> said [I:the line was safe].",
            &["Hsu Pei-lin"],
        ),
        (
            "en",
            "EastEnders star <Molly Draycott> said [I:she was leaving].",
            &["Molly Draycott"],
        ),
        (
            "en",
            "According to the <American Academy of Skin>, [I:the cream is safe].",
            &["American Academy of Skin"],
        ),
        (
            "en",
            "<France Marine> said [I:the cable was cut].",
            &["France Marine"],
        ),
        (
            "en",
            "<The former England captain> said [I:the pitch was wet].",
            &["former England captain"],
        ),
        (
            "en",
            "<A spokesperson for the Lareng Health Ministry> said [I:two people had died].",
            &["spokesperson for the Lareng Health Ministry"],
        ),
        (
            "en",
            "Founder and chief brewer, <Nia B Moore>, from Lareng, said [I:the course taught farmers and students together].",
            &["Nia B Moore"],
        ),
        (
            "en",
            "<Devon and Kornwall Police> said [I:two men were held]. The men came from Kornwall.",
            &["Devon and Kornwall Police"],
        ),
        (
            "en",
            "The Oman Society of Astronomy met. <Oman> said [I:it would build a launch site].",
            &["Oman"],
        ),
    ]);
}

#[test]
fn the_fullest_name_has_its_first_name_and_no_possessive() {
    check(&[
        (
            "en",
            "The town is under review. <Alex Spiro>, an attorney for the town, said [I:the filing was late]. \
             The town declined to comment on Spiro's statement.",
            &["Alex Spiro"],
        ),
        (
            "id",
            "“[D:Kami menunggu,]” ujar kader partai, <Wiradarma Harefa>. “[D:Kami diam,]” imbuh <Wira>.",
            &["Wiradarma Harefa"; 2],
        ),
    ]);
}

#[test]
fn a_firm_a_charge_or_a_place_between_the_office_and_the_name_is_no_part_of_it() {
    check(&[
        (
            "id",
            "“[D:Kami siap,]” kata CEO Kampus Liga <Ryan Gozali>.",
            &["Ryan Gozali"],
        ),
        (
            "id",
            "“[D:Kami siap,]” kata Kepala Pusat Data, Informasi, dan Komunikasi Kebencanaan BNPB <Abdul Muhari>.",
            &["Abdul Muhari"],
        ),
        (
            "id",
            "“[D:Kami siap,]” kata Kepala Kantor Bandar Udara (UPBU) Komodo <Ceppy Triono>. Menurut <Ceppy>, [I:bandara dibuka].",
            &["Ceppy Triono"; 2],
        ),
        (
            "id",
            "“[D:Kami siap,]” kata Menteri Pertanian (Mentan) <Andi Amran Halim>. “[D:Kami tunggu,]” kata <Amran>.",
            &["Andi Amran Halim"; 2],
        ),
        (
            "id",
            "“[D:Kami siap,]” kata Manajer Humas PT Kereta Daop 6 <Krisbiantoro>.",
            &["Krisbiantoro"],
        ),
        (
            "id",
            "“[D:Kami siap,]” kata Kepala Dusun Karang, Kelurahan Sumbersari, <Wahyu Wibowo>.",
            &["Wahyu Wibowo"],
        ),
        (
            "id",
            "Dr. <Syarief Hasan>, Sp.K, MARS, menjelaskan [I:penyakit itu menular].",
            &["Syarief Hasan"],
        ),
    ]);
}

#[test]
fn every_name_pattern_holds_on_its_example() {
    let extractor = extractor();
    let packs = Packs::embedded();
    let patterns = packs.iter().flat_map(|pack| pack.names.iter());
    let mut wrong = Vec::new();
    for pattern in patterns {
        let (lang, example) = pattern.example.split_once(": ").unwrap();
        let (before, rest) = example.split_once('<').unwrap();
        let (name, behind) = rest.split_once('>').unwrap();
        let article = article(lang, &format!("{before}{name}{behind}"));
        let quotes = extractor.extract(&article);
        let first = quotes.first().and_then(|quote| article.speaker(quote));
        if first.as_deref() != Some(name) {
            wrong.push(format!("{}: {example}: {first:?}", pattern.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
