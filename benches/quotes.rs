//! Benchmarks the quotation rules, including attribution, in bytes of text per second.
//!
//! Reads the `*.txt` files below `KUTIP_BENCH_CORPUS` if it is set, otherwise a built-in text.

use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use kutip::language::Packs;
use kutip::model::{Article, Block, BlockKind};
use kutip::quotes::Extractor;
use kutip::text::ByteSpan;

const SAMPLE: &str = "Bupati Rina Halim meninjau jembatan yang rusak di Desa Sukamaju, Senin (3/2/2025).\n\
\"Kami akan memperbaikinya bulan ini. Anggarannya sudah siap,\" kata Rina di lokasi.\n\
Menurut dia, hujan deras selama tiga hari membuat pondasi jembatan bergeser. Warga diminta tidak \
melintas sampai perbaikan selesai.\n\
Kepala Dinas Pekerjaan Umum, Budi Santoso, mengatakan, pihaknya sudah menurunkan dua alat berat \
dan belasan pekerja. Ia berharap warga bersabar.\n\
\"Kalau cuaca baik, pekan depan sudah bisa dilewati,\" ujarnya.\n";

fn article(text: String) -> Article {
    let mut article = Article {
        language: "id".parse().ok(),
        text: text.into(),
        ..Article::default()
    };
    let mut at = 0;
    for line in article.text.split_inclusive('\n') {
        let span = ByteSpan::new(at, at + line.len()).trim(&article.text);
        at += line.len();
        if !span.is_empty() {
            let kind = BlockKind::Paragraph;
            article.structure.blocks.push(Block { kind, span });
        }
    }
    article
}

fn corpus() -> Vec<Article> {
    let mut texts = Vec::new();
    if let Some(folder) = std::env::var_os("KUTIP_BENCH_CORPUS") {
        read(Path::new(&folder), &mut texts);
    }
    if texts.is_empty() {
        texts = vec![SAMPLE.repeat(4); 200];
    }
    texts.into_iter().map(article).collect()
}

fn read(folder: &Path, texts: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
        if path.is_dir() {
            read(&path, texts);
        } else if path.extension().is_some_and(|ending| ending == "txt") {
            texts.extend(std::fs::read_to_string(&path).ok());
        }
    }
}

fn extract(criterion: &mut Criterion) {
    let articles = corpus();
    let extractor = Extractor::new(&Packs::embedded());
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
    let mut group = criterion.benchmark_group("quotes");
    group
        .sample_size(10)
        .throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("extract", |bencher| {
        bencher.iter(|| {
            articles
                .iter()
                .map(|article| extractor.extract(article).len())
                .sum::<usize>()
        });
    });
    group.finish();
}

criterion_group!(benches, extract);
criterion_main!(benches);
