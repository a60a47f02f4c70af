//! The phrase that names a speaker: where it ends, and what stands in it besides the name.

use super::check;

#[test]
fn what_a_name_is_told_of_or_an_adverb_is_no_part_of_it() {
    check(&[
        (
            "id",
            "<Rudi Hartanto> selaku kuasa hukum dari Sinta Dewi mengatakan [I:kliennya tidak bersalah].",
            &["Rudi Hartanto"],
        ),
        (
            "id",
            "Bupati Lareng <Rina Halim> resmi mengumumkan bahwa [I:jembatan itu akan dibuka].",
            &["Rina Halim"],
        ),
        (
            "id",
            "<Dinas Perhubungan Lareng> baru-baru ini mengungkapkan bahwa [I:jembatan itu akan ditutup].",
            &["Dinas Perhubungan Lareng"],
        ),
        // A word of time in a name, and one behind it.
        (
            "id",
            "Menteri Kehutanan <Raja Juli Kertan> mengatakan [I:hutan itu akan dipulihkan].",
            &["Raja Juli Kertan"],
        ),
        (
            "id",
            "“[D:Air sudah surut,]” kata <Rina Halim> Senin malam di Suta.",
            &["Rina Halim"],
        ),
    ]);
}

#[test]
fn to_add_to_a_thing_or_to_refuse_one_says_nothing() {
    check(&[
        (
            "id",
            "Rina Halim menolak tawaran yang akan dibahas bulan depan.",
            &[],
        ),
        (
            "id",
            "Persada Lareng menambah keunggulan yang sudah ada di babak kedua.",
            &[],
        ),
        (
            "id",
            "<Rina Halim> menambahkan [I:jalan itu akan ditutup].",
            &["Rina Halim"],
        ),
    ]);
}

#[test]
fn a_description_that_points_at_someone_runs_to_its_pointer() {
    check(&[
        (
            "id",
            "Rina Halim datang. “[D:Kami ingin damai,]” lanjut <anggota Komisi X DPR RI dari Dapil Lareng itu>.",
            &["Rina Halim"],
        ),
        (
            "id",
            "Bima Sakti datang. “[D:Kami kalah,]” ucap <eks pemain Persada, Karang, dan Lareng ini>.",
            &["Bima Sakti"],
        ),
        (
            "id",
            "Rina Halim datang. “[D:Jangan takut,]” ujar <wanita yang akrab disapa Nana ini> kepada Harian Lareng.",
            &["Rina Halim"],
        ),
        (
            "id",
            "Rina Halim datang. <Anggota Fraksi Karang dari Dapil Suta itu> berharap [I:jalan itu dibuka].",
            &["Rina Halim"],
        ),
        // A person who is named is the speaker.
        (
            "id",
            "Bima Sakti datang. “[D:Kami ingin damai,]” kata anggota DPR <Rina Halim> dari partai itu.",
            &["Rina Halim"],
        ),
        // Two hold such an office.
        (
            "id",
            "Wakil Ketua MPR Rina Halim datang. <Anggota Majelis Partai Karang itu> berharap [I:jalan itu dibuka]. \
             Anggota DPR <Bima Sakti> berharap [I:jembatan itu ditutup].",
            &["Rina Halim", "Bima Sakti"],
        ),
    ]);
}

#[test]
fn the_name_behind_the_comma_bears_the_office_before_it() {
    check(&[
        (
            "id",
            "“[D:Laba naik,]” ungkap VP Corporate Secretary Lareng Air, <Agda Yogandari> dalam keterangannya.",
            &["Agda Yogandari"],
        ),
        (
            "id",
            "“[D:Kami menang,]” kata pelatih Persada Lareng, <Fabio Lefunda>, Senin (3/2).",
            &["Fabio Lefunda"],
        ),
        // A place behind the name is none.
        (
            "id",
            "“[D:Kami siap,]” kata Bupati <Rina Halim>, Kabupaten Lareng, Senin (3/2).",
            &["Rina Halim"],
        ),
    ]);
}

#[test]
fn a_name_is_told_from_the_body_that_someone_is_of() {
    check(&[
        (
            "id",
            "Ekonom dari CSIS <Mira Elka Pangastuti> menilai [I:harga beras akan naik].",
            &["Mira Elka Pangastuti"],
        ),
        (
            "id",
            "“[D:Harga naik,]” kata peneliti dari Universitas Suta, <Mira Elka>, Senin (3/2).",
            &["Mira Elka"],
        ),
        (
            "id",
            "“[D:Pasien stabil,]” ujar dokter spesialis paru RS Bunga Lareng dr <Reza Pahlawi>, Senin.",
            &["Reza Pahlawi"],
        ),
        (
            "id",
            "Kanit PJR 8 Lareng AKP <Agus Wibawa> menyebut, [I:jalan itu macet].",
            &["Agus Wibawa"],
        ),
        (
            "id",
            "“[D:Mobil itu terbalik,]” ujar Bintara Kaji Cepat Sudin Gulkarmat Jakarta Timur, <Renggo Widiarto>.",
            &["Renggo Widiarto"],
        ),
        (
            "id",
            "Seorang warga Lareng bernama <Bambang Hartono> menuturkan [I:air mulai naik].",
            &["Bambang Hartono"],
        ),
        (
            "en",
            "A resident named <Ann Selby> said [I:the water was rising].",
            &["Ann Selby"],
        ),
    ]);
}

#[test]
fn a_word_that_points_back_stands_before_the_verb() {
    check(&[
        (
            "id",
            "“[D:Rapat itu ditunda,]” demikian bunyi maklumat <Dinas Air>.",
            &["Dinas Air"],
        ),
        (
            "id",
            "“[D:Rapat itu ditunda,]” begitu kata <Rina Halim>.",
            &["Rina Halim"],
        ),
    ]);
}

#[test]
fn the_words_of_a_title_are_no_name() {
    check(&[
        (
            "id",
            "“[D:Korban hilang dua orang,]” kata Kepala Pusat Data, Informasi dan Komunikasi Bencana BNPB, <Abdul Muhsin>.",
            &["Abdul Muhsin"],
        ),
        (
            "id",
            "Direktur Penyakit Tidak Menular Kemenkes RI dr <Siti Nadia Tamim>, M.Epid, mengatakan [I:kasus itu turun].",
            &["Siti Nadia Tamim"],
        ),
        (
            "id",
            "Menteri Sekretaris Negara (Mensesneg) sekaligus Juru Bicara Presiden <Prasetya Hadi> mengatakan [I:pulau itu aman].",
            &["Prasetya Hadi"],
        ),
        (
            "id",
            "Rektor Unika Lareng Jaya, Prof. <Yuda Turangga>, menjelaskan bahwa [I:taman itu akan dibuka].",
            &["Yuda Turangga"],
        ),
        (
            "id",
            "“[D:Kami siap,]” kata <Luhur Pandapotan>. <Kepala Dewan Ekonomi Nasional (DEN) itu> mengatakan [I:pajak akan turun].",
            &["Luhur Pandapotan", "Luhur Pandapotan"],
        ),
        (
            "id",
            "Wakil Ketua Komisi X DPR <Lalu Hadri Irfan> menyoroti [I:biaya itu akan naik]. “[D:Mahal,]” kata <Hadri>.",
            &["Lalu Hadri Irfan", "Lalu Hadri Irfan"],
        ),
        (
            "id",
            "Sejauh ini <Wilona Sari> mengaku [I:lebih fokus dengan usahanya].",
            &["Wilona Sari"],
        ),
    ]);
}

#[test]
fn a_common_word_at_the_head_of_a_sentence_stands_with_what_tells_of_it() {
    check(&[
        (
            "id",
            "<Tiga> penggugat mengklaim [I:remnya tidak bekerja].",
            &["Tiga penggugat"],
        ),
        (
            "id",
            "<Penelitian> dari Universitas Suta menyebutkan bahwa [I:air itu kotor].",
            &["Penelitian dari Universitas Suta"],
        ),
        (
            "id",
            "<Sumadi> kemudian mengatakan [I:air itu kotor].",
            &["Sumadi"],
        ),
    ]);
}

#[test]
fn two_speak_where_one_is_told_by_the_other() {
    check(&[
        (
            "en",
            "<Reid and his co-author, Lily Chen>, argue that [I:the river was never safe].",
            &["Reid; Lily Chen"],
        ),
        (
            "id",
            "<Rina Halim dan suaminya, Bima Sakti>, mengatakan [I:jembatan itu akan rusak].",
            &["Rina Halim; Bima Sakti"],
        ),
    ]);
}

#[test]
fn a_description_goes_on_with_what_someone_is_of() {
    check(&[
        (
            "en",
            "“[D:It is a disaster,]” said <the former mayor of Lareng>.",
            &["former mayor of Lareng"],
        ),
        (
            "id",
            "“[D:Kapal itu hilang,]” ujar <seorang sumber dari Kantor Pelabuhan Lareng>.",
            &["sumber dari Kantor Pelabuhan Lareng"],
        ),
    ]);
}

#[test]
fn a_document_speaks_for_whoever_gives_it() {
    check(&[
        (
            "id",
            "“[D:Kami sepakat,]” bunyi pernyataan bersama yang dibacakan <Rina Halim>, Senin.",
            &["Rina Halim"],
        ),
        (
            "id",
            "Menurut laporan yang dirilis <Bank Lareng>, [I:ekonomi akan tumbuh].",
            &["Bank Lareng"],
        ),
        (
            "id",
            "Menurut <keterangan yang diterima Harian Lareng>, [I:ekonomi akan tumbuh].",
            &["keterangan yang diterima Harian Lareng"],
        ),
        (
            "en",
            "According to a report published by the <Lareng Post>, [I:the talks had failed].",
            &["Lareng Post"],
        ),
    ]);
}
