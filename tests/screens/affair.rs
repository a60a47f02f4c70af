//! One made-up event as several outlets report it, with its quotations marked by hand, so that the
//! views of a whole corpus look the same whatever the extraction finds. Nobody in it exists.

use kutip::model::{Article, BlockKind, Corpus, Origin, QuoteKind};

use crate::fiction::Story;

use BlockKind::{Paragraph, Title};
use QuoteKind::{Direct, Indirect};

fn first() -> Article {
    Story::new("01-warta-bahari.txt")
        .block(
            Title,
            "Jembatan Gantung Cakrawala Ambruk, Bupati Larang Warga Menyeberang",
        )
        .block(
            Paragraph,
            "Jembatan gantung Cakrawala di Kecamatan Sungai Melur ambruk pada Selasa malam. Tidak \
             ada korban, tetapi tali baja di sisi timur putus.",
        )
        .block(
            Paragraph,
            "“Mulai malam ini tidak seorang pun boleh menyeberang sebelum tali baja itu diganti,” \
             kata Bupati Prawira Sudarma di lokasi.",
        )
        .block(
            Paragraph,
            "Kepala Dinas Pekerjaan Umum Melati Anggraini menyebut jembatan itu terakhir diperiksa \
             empat tahun lalu.",
        )
        .quote(
            Direct,
            "Mulai malam ini tidak seorang pun boleh menyeberang sebelum tali baja itu diganti,",
            Some("Prawira Sudarma"),
        )
        .quote(
            Indirect,
            "jembatan itu terakhir diperiksa empat tahun lalu",
            Some("Melati Anggraini"),
        )
        .outlet("Warta Bahari", Origin::Page)
        .date(2024, 7, 9)
        .end()
}

fn second() -> Article {
    Story::new("02-suara-melur.txt")
        .block(
            Title,
            "Jembatan Cakrawala Ambruk, Dinas Akui Empat Tahun Tidak Diperiksa",
        )
        .block(
            Paragraph,
            "Jembatan gantung Cakrawala di Sungai Melur ambruk Selasa malam setelah tali baja sisi \
             timur putus.",
        )
        .block(
            Paragraph,
            "Bupati Prawira Sudarma menegaskan tidak seorang pun boleh menyeberang sebelum tali \
             baja diganti.",
        )
        .block(
            Paragraph,
            "“Empat tahun tidak ada pemeriksaan, itu kesalahan kami,” ujar Kepala Dinas Pekerjaan \
             Umum Melati Anggraini.",
        )
        .quote(
            Indirect,
            "tidak seorang pun boleh menyeberang sebelum tali baja diganti",
            Some("Prawira Sudarma"),
        )
        .quote(
            Direct,
            "Empat tahun tidak ada pemeriksaan, itu kesalahan kami,",
            Some("Melati Anggraini"),
        )
        .outlet("Suara Melur", Origin::Layout)
        .date(2024, 7, 10)
        .end()
}

fn third() -> Article {
    Story::new("03-kabar-hilir.txt")
        .block(
            Title,
            "Warga Sungai Melur Memutar Dua Jam Setelah Jembatan Cakrawala Ambruk",
        )
        .block(
            Paragraph,
            "Sejak jembatan gantung Cakrawala di Sungai Melur ambruk dan tali baja di sisi timur \
             putus, warga memutar dua jam.",
        )
        .block(
            Paragraph,
            "“Tidak seorang pun boleh menyeberang sampai tali baja itu diganti dan diperiksa,” \
             kata Bupati Prawira Sudarma.",
        )
        .block(
            Paragraph,
            "“Anak saya berangkat sekolah sebelum subuh,” tutur Laksmi Wulandari, warga setempat.",
        )
        .quote(
            Direct,
            "Tidak seorang pun boleh menyeberang sampai tali baja itu diganti dan diperiksa,",
            Some("Prawira Sudarma"),
        )
        .quote(
            Direct,
            "Anak saya berangkat sekolah sebelum subuh,",
            Some("Laksmi Wulandari"),
        )
        .outlet("Kabar Hilir", Origin::Page)
        .date(2024, 7, 10)
        .end()
}

fn later() -> Article {
    Story::new("04-warta-bahari-setahun.txt")
        .block(Title, "Setahun Kemudian, Jembatan Cakrawala Dibuka Lagi")
        .block(
            Paragraph,
            "Setahun setelah ambruk, jembatan Cakrawala dibuka lagi. “Kami belajar memeriksa tepat \
             waktu,” kata Melati Anggraini.",
        )
        .quote(
            Direct,
            "Kami belajar memeriksa tepat waktu,",
            Some("Melati Anggraini"),
        )
        .outlet("Warta Bahari", Origin::Page)
        .date(2025, 7, 14)
        .end()
}

fn other() -> Article {
    Story::new("05-lontar.txt")
        .block(Title, "Perpustakaan Lontar Menambah Jam Buka")
        .block(
            Paragraph,
            "Perpustakaan Lontar buka sampai pukul sembilan malam. “Banyak pembaca pulang kerja,” \
             kata pustakawan Haris Nugraha.",
        )
        .quote(
            Direct,
            "Banyak pembaca pulang kerja,",
            Some("Haris Nugraha"),
        )
        .outlet("Lontar Pos", Origin::Page)
        .date(2024, 7, 11)
        .end()
}

/// Three reports of one event, a later one of the same people, and one that has nothing to do with
/// it.
pub fn corpus() -> Corpus {
    Corpus::from_articles(vec![first(), second(), third(), later(), other()])
}
