//! A few made-up articles. Nobody in them exists.

use chrono::NaiveDate;
use kutip::model::{
    Article, Block, BlockKind, Confidence, Corpus, Excerpt, NumberOrder, Origin, Outlet, Precision,
    Published, Quote, QuoteKind, Rule, Structure, Title,
};
use kutip::text::ByteSpan;

/// An article that grows line by line.
pub struct Story {
    article: Article,
    text: String,
}

impl Story {
    pub fn new(key: &str) -> Self {
        Self {
            article: Article {
                key: key.into(),
                path: key.into(),
                ..Article::default()
            },
            text: String::new(),
        }
    }

    /// A part of the text.
    pub fn block(mut self, kind: BlockKind, words: &str) -> Self {
        if !self.text.is_empty() {
            self.text.push_str("\r\n\r\n");
        }
        let start = self.text.len();
        self.text.push_str(words);
        let span = ByteSpan::new(start, self.text.len());
        self.article.structure.blocks.push(Block { kind, span });
        if kind == BlockKind::Title {
            self.article.structure.title = Some(Title {
                text: Excerpt::Span(span),
                derived: false,
            });
        }
        self
    }

    pub fn outlet(mut self, name: &str, from: Origin) -> Self {
        self.article.structure.outlet = Some(Outlet {
            name: name.into(),
            from,
        });
        self
    }

    pub fn date(mut self, year: i32, month: u32, day: u32) -> Self {
        self.article.structure.published = Some(Published {
            date: NaiveDate::from_ymd_opt(year, month, day).unwrap(),
            time: None,
            zone: None,
            precision: Precision::Day,
            order: NumberOrder::Plain,
            from: Origin::Page,
            span: None,
        });
        self
    }

    /// Words that stand in the text as a quotation, and the name of the speaker where it stands.
    pub fn quote(mut self, kind: QuoteKind, words: &str, speaker: Option<&str>) -> Self {
        let span = |words: &str| {
            let start = self.text.find(words).expect("the words stand in the text");
            ByteSpan::new(start, start + words.len())
        };
        let group = self.article.quotes.len() as u32;
        let quote = Quote {
            kind,
            span: span(words),
            group,
            within: None,
            cue: None,
            mention: speaker.map(span),
            speakers: speaker.map(span).into_iter().collect(),
            via: None,
            addressee: None,
            confidence: if speaker.is_some() {
                Confidence::Sure
            } else {
                Confidence::Unsure
            },
            rule: if speaker.is_some() {
                Rule::VerbThenName
            } else {
                Rule::None
            },
        };
        self.article.quotes.push(quote);
        self
    }

    /// Sets the language of the text.
    pub fn lang(mut self, code: &str) -> Self {
        self.article.language = code.parse().ok();
        self
    }

    pub fn end(mut self) -> Article {
        self.article.structure = Structure {
            reporters: Vec::new(),
            ..self.article.structure
        };
        self.article.text = self.text.into();
        self.article
    }
}

use BlockKind::{Byline, Caption, Date, Furniture, Paragraph, Subhead};
use QuoteKind::{Direct, Fragment, Indirect};

fn harbour() -> Article {
    Story::new("harbour.txt")
        .lang("id")
        .block(Date, "Senin, 04 Mar 2024 09:15 WIB")
        .block(
            BlockKind::Title,
            "Wali Kota Lareng Tutup Pelabuhan Tua Selama Tiga Bulan",
        )
        .block(Byline, "Rep: Sekar Ayunda/ Red: Bima Tarigan")
        .block(
            Caption,
            "Perahu nelayan di Pelabuhan Tua Lareng. Foto: Arsip Kota",
        )
        .block(Furniture, "Baca Juga")
        .block(Furniture, "Lima Pelabuhan Tertua")
        .block(
            Paragraph,
            "“Kami menutup pelabuhan ini supaya tidak ada lagi yang jatuh ke laut,” ujar \
             Wali Kota Lareng Darma Wisesa di balai kota, Senin (4/3/2024).",
        )
        .block(
            Paragraph,
            "Ketua nelayan Umi Saraswati mengatakan, penutupan itu merugikan dua ratus keluarga. \
             “Tiga bulan itu satu musim ikan,” katanya. Ia menyebut keputusan itu “tergesa-gesa”.",
        )
        .block(Subhead, "Perbaikan Dermaga")
        .block(
            Paragraph,
            "Dermaga kayu sepanjang empat puluh meter akan diganti dengan beton. Pekerjaan dimulai \
             pekan depan dan dibiayai oleh pemerintah kota. Selama itu, perahu boleh bersandar di \
             Teluk Semilir, tujuh kilometer ke arah barat.",
        )
        .quote(
            Direct,
            "Kami menutup pelabuhan ini supaya tidak ada lagi yang jatuh ke laut,",
            Some("Darma Wisesa"),
        )
        .quote(
            Indirect,
            "penutupan itu merugikan dua ratus keluarga",
            Some("Umi Saraswati"),
        )
        .quote(
            Direct,
            "Tiga bulan itu satu musim ikan,",
            Some("Umi Saraswati"),
        )
        .quote(Fragment, "tergesa-gesa", None)
        .outlet("Kabar Lareng", Origin::Page)
        .date(2024, 3, 4)
        .end()
}

fn reef() -> Article {
    Story::new("reef.txt")
        .block(BlockKind::Title, "Council votes to keep the reef lights on")
        .block(
            Paragraph,
            "“The lights stay on,” said harbour master Ilse Brandt. “Boats first, budgets second.”",
        )
        .quote(Direct, "The lights stay on,", Some("Ilse Brandt"))
        .quote(Direct, "Boats first, budgets second.", Some("Ilse Brandt"))
        .outlet("Averil Courier", Origin::Layout)
        .date(2024, 3, 9)
        .end()
}

fn wide() -> Article {
    Story::new("wide.txt")
        .block(BlockKind::Title, "平城の港は三か月閉鎖 👨‍👩‍👧 cafe\u{301}")
        .block(
            Paragraph,
            "「港は安全になるまで閉じる」と市長は述べた。漁師たちは反対している。Élite\u{301}s \
             🇮🇩 semua.",
        )
        .quote(Direct, "港は安全になるまで閉じる", Some("市長"))
        .outlet("平城新聞", Origin::Page)
        .date(2024, 3, 5)
        .end()
}

fn bare() -> Article {
    Story::new("catatan#7")
        .block(
            Paragraph,
            "Catatan tanpa judul.\u{1b}[31m Merah\u{202e} tidak boleh.",
        )
        .end()
}

/// Four articles: Indonesian with four quotes, English with two, one in wide letters, one bare.
pub fn corpus() -> Corpus {
    Corpus::from_articles(vec![harbour(), reef(), wide(), bare()])
}

/// Many short articles.
pub fn many(count: u32) -> Corpus {
    let articles = (0..count).map(|number| {
        Story::new(&format!("n{number}"))
            .block(BlockKind::Title, &format!("Warta nomor {number}"))
            .block(Paragraph, "Isi pendek.")
            .end()
    });
    Corpus::from_articles(articles.collect())
}
