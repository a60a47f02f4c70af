//! Small invented files of every format.

#![allow(clippy::unwrap_used)] // a test may fail loudly
#![allow(dead_code)] // each test takes what it needs

use std::io::Write;

pub const FIRST: &str = "Wali Kota Surapati menutup Jembatan Kenanga bagi semua kendaraan mulai Senin pagi, setelah pemeriksaan menemukan retakan pada tiang kedua.";
pub const SECOND: &str = "\"Kami tidak mau mengambil risiko,\" kata Surapati di Balai Kota. Ia meminta warga memakai jembatan lama selama perbaikan yang diperkirakan berlangsung tiga bulan.";
pub const THIRD: &str = "Kepala Dinas Pekerjaan Umum Ratna Wulan menyebut biaya perbaikan mencapai empat miliar rupiah dan akan diambil dari anggaran darurat kota.";

pub fn page() -> String {
    format!(
        r##"<!DOCTYPE html><html lang="id"><head><title>Jembatan Kenanga Ditutup | Kabar Fiktif</title>
<meta property="og:site_name" content="Kabar Fiktif"><meta property="og:title" content="Jembatan Kenanga Ditutup - Kabar Fiktif">
<link rel="canonical" href="https://kabarfiktif.example/2024/05/06/jembatan">
<script type="application/ld+json">{{"@graph":[{{"@type":"Person","@id":"#p","name":"Dewi Lestiana"}},
{{"@type":"NewsArticle","headline":"Jembatan Kenanga Ditutup","datePublished":"2024-05-06T08:15:00+07:00","dateModified":"2024-05-07T10:00:00+07:00","author":[{{"@id":"#p"}}]}}]}}</script></head>
<body><nav><ul><li><a href="/">Beranda</a></li><li><a href="/kota">Kota</a></li></ul></nav>
<article><h1>Jembatan Kenanga Ditutup</h1><p class="byline">Oleh Dewi Lestiana</p><time datetime="2024-05-06">6 Mei 2024</time>
<figure><img src="a.jpg"><figcaption>Jembatan Kenanga pada Senin pagi. Foto: Dewi Lestiana</figcaption></figure>
<div class="entry-content"><p>{FIRST}</p><p>{SECOND}</p><h2>Biaya perbaikan</h2><p>{THIRD}</p>
<p><a href="/lain">Baca juga: Pasar Melati Dibuka Kembali</a></p>
<blockquote class="twitter-tweet"><p>Hati-hati di jalan!</p></blockquote>
<p>{FIRST} Demikian keterangan resmi pemerintah kota.</p></div></article>
<footer><p>Hak cipta Kabar Fiktif</p></footer></body></html>"##
    )
}

pub fn table() -> String {
    let quoted = format!("{FIRST}\n\n{SECOND}").replace('"', "\"\"");
    let third = THIRD.replace(',', "");
    format!("judul,isi,tanggal,sumber\nSatu,\"{quoted}\",2024-05-06,Kabar Fiktif\nDua,{third}\n")
}

/// A book's first member stands uncompressed, so that it shows what the file is.
fn options(name: &str) -> zip::write::SimpleFileOptions {
    let stored = zip::CompressionMethod::Stored;
    let deflated = zip::CompressionMethod::Deflated;
    let method = if name == "mimetype" { stored } else { deflated };
    zip::write::SimpleFileOptions::default().compression_method(method)
}

pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, options(name)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        // The builder itself refuses `..`; an attacker's does not.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn rss() -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Kabar Fiktif</title>\
<item><title>Jembatan &amp;amp; jalan</title><link>https://kabarfiktif.example/1</link><pubDate>Mon, 06 May 2024 08:15:00 +0700</pubDate>\
<description>Ringkasan.</description><content:encoded><![CDATA[<p>{FIRST}</p><p>{SECOND}</p>]]></content:encoded></item>\
<item><title>Kosong</title></item></channel></rss>"
    )
}

pub fn atom() -> String {
    format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>K</title><id>k</id><updated>2024-05-06T00:00:00Z</updated><entry><id>1</id><title>T</title><updated>2024-05-06T00:00:00Z</updated><content type=\"html\">&lt;p&gt;{FIRST}&lt;/p&gt;</content></entry></feed>"
    )
}

pub fn json_feed() -> String {
    let feed = serde_json::json!({"version": "https://jsonfeed.org/version/1.1", "title": "K", "items": [{"id": "1", "content_text": FIRST}]});
    feed.to_string()
}

pub fn mail() -> String {
    format!(
        "From: Dewi Lestiana <dewi@kabarfiktif.example>\r\nSubject: Jembatan Ditutup\r\nDate: Mon, 06 May 2024 08:15:00 +0700\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{FIRST}\r\n"
    )
}

pub fn mhtml() -> String {
    format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://kabarfiktif.example/1\r\nSubject: Jembatan\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"BATAS\"\r\n\r\n--BATAS\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{}\r\n--BATAS--\r\n",
        page()
    )
}

pub fn warc_record(kind: &str, body: &str) -> Vec<u8> {
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}");
    format!("WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://kabarfiktif.example/1\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n", http.len()).into_bytes()
}

#[cfg(feature = "parquet")]
pub fn parquet_table() -> Vec<u8> {
    use std::sync::Arc;

    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    let schema = "message berita { required binary judul (UTF8); required binary isi (UTF8); required binary tanggal (UTF8); }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut bytes = Vec::new();
    let properties = Arc::new(WriterProperties::builder().build());
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, properties).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let columns = [
        ["Satu", "Dua"],
        [FIRST, SECOND],
        ["2024-05-06", "2024-05-07"],
    ];
    for values in columns {
        let mut column = group.next_column().unwrap().unwrap();
        let values = values.map(|value| ByteArray::from(value.as_bytes().to_vec()));
        column
            .typed::<ByteArrayType>()
            .write_batch(&values, None, None)
            .unwrap();
        column.close().unwrap();
    }
    group.close().unwrap();
    writer.close().unwrap();
    bytes
}

pub fn lines() -> String {
    let line = |title: &str, text: &str| {
        let record = serde_json::json!({"judul": title, "isi": text, "meta": {"penulis": ["Dewi Lestiana"]}});
        format!("{record}\n")
    };
    line("Satu", FIRST) + &line("Dua", SECOND)
}

pub fn plain() -> String {
    format!(
        "KABAR FIKTIF\nSenin, 6 Mei 2024 | 08:15 WIB\n\nJembatan Kenanga Ditutup\n\nOleh: Dewi Lestiana\n\nSURAPATI, Kabar Fiktif - {FIRST}\n\n{SECOND}\n\n(dl/rw)\n"
    )
}

pub fn markdown() -> String {
    format!(
        "---\ntitle: T\ndate: 2024-05-06\n---\n# J\n\n{FIRST}\n\n- a\n- b\n\n> c\n\n| a | b |\n|-|-|\n"
    )
}

pub fn opml() -> String {
    "<opml version=\"2.0\"><body><outline text=\"a\"><outline xmlUrl=\"b.xml\"/><outline url='file:///c.xml'/></outline></body></opml>".to_owned()
}

pub fn members() -> [(&'static str, &'static [u8]); 3] {
    [
        ("a.txt", FIRST.as_bytes()),
        ("b.html", b"<html><p>Isi.</p>"),
        ("c.jsonl", b"{\"text\": \"Berita.\"}\n"),
    ]
}
