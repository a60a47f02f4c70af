//! Made-up articles, and what is surveyed of them.

use chrono::NaiveDate;
use kutip::language::{Lang, Packs};
use kutip::model::{
    Article, Block, BlockKind, Confidence, Corpus, Origin, Outlet, Precision, Published, Quote,
    QuoteKind, Rule,
};
use kutip::people::Joins;
use kutip::relate::{Survey, to_the_end};
use kutip::text::ByteSpan;

pub fn survey(corpus: &Corpus) -> Survey {
    to_the_end(|run| Survey::make(corpus, &Packs::embedded(), &Joins::default(), run))
}

/// An Indonesian article: paragraphs by lines, `<Name> words` for a quotation with its speaker.
pub fn article(outlet: &str, date: &str, marked: &str) -> Article {
    let mut article = Article {
        key: format!("{outlet}/{date}").into(),
        language: Some(Lang::ID),
        ..Article::default()
    };
    let mut text = String::new();
    for line in marked
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let start = text.len();
        if let Some((name, words)) = line.strip_prefix('<').and_then(|l| l.split_once("> ")) {
            text.push_str(name);
            let speaker = ByteSpan::new(start, text.len());
            text.push_str(" mengatakan ");
            let from = text.len();
            text.push_str(words.trim_end_matches('.'));
            article
                .quotes
                .push(quote(ByteSpan::new(from, text.len()), vec![speaker]));
            text.push('.');
        } else {
            text.push_str(line);
        }
        article.structure.blocks.push(Block {
            kind: BlockKind::Paragraph,
            span: ByteSpan::new(start, text.len()),
        });
        text.push('\n');
    }
    article.text = text.into();
    article.structure.published = date.parse().ok().map(published);
    article.structure.outlet = Some(Outlet {
        name: outlet.into(),
        from: Origin::Page,
    });
    article
}

pub fn published(date: NaiveDate) -> Published {
    Published {
        date,
        time: None,
        zone: None,
        precision: Precision::Day,
        order: kutip::model::NumberOrder::Plain,
        from: Origin::Page,
        span: None,
    }
}

pub fn quote(span: ByteSpan, speakers: Vec<ByteSpan>) -> Quote {
    Quote {
        kind: QuoteKind::Indirect,
        span,
        group: 0,
        within: None,
        cue: None,
        mention: None,
        speakers: speakers.into(),
        via: None,
        addressee: None,
        confidence: Confidence::Sure,
        rule: Rule::None,
    }
}

/// Words of no language, the same for the same seed; a common word for every two rare ones.
pub struct Babble(pub u64);

impl Babble {
    pub fn next(&mut self, below: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % below
    }

    pub fn word(&mut self) -> String {
        let common = self.next(3) == 0;
        let mut number = if common {
            self.next(60)
        } else {
            60 + self.next(6_000)
        };
        let mut word = String::new();
        while word.len() < 4 || number > 0 {
            word.push(char::from(b"bdgklmnprst"[(number % 11) as usize]));
            word.push(char::from(b"aeiou"[(number / 11 % 5) as usize]));
            number /= 55;
        }
        word
    }

    pub fn words(&mut self, count: u64) -> Vec<String> {
        (0..count).map(|_| self.word()).collect()
    }
}

pub const FLOOD: [&str; 4] = [
    "Banjir bandang merendam Desa Sukawening di Kabupaten Larangan, Selasa malam, setelah tanggul Sungai Ciraweuy jebol.
     <Sari Melati> tanggul Sungai Ciraweuy jebol karena pintu air rusak sejak lebaran.
     Sebanyak 320 warga mengungsi ke balai desa, ujar Kepala BPBD Larangan Sari Melati.",
    "Warga Sukawening mengungsi setelah tanggul Ciraweuy jebol dan banjir bandang merendam Kabupaten Larangan.
     Kepala BPBD Larangan Sari Melati menghitung 320 pengungsi.
     <Sari Melati> pintu air yang rusak sejak lebaran membuat tanggul Sungai Ciraweuy jebol.
     <Budi Wanara> pemerintah akan selalu mendukung warga.",
    "Timnas bola voli Nusantara menang tiga gim atas tamunya di Gelora Melati.
     <Budi Wanara> pemerintah akan selalu mendukung atlet.
     Pelatih Joko Tirta memuji pemain muda.",
    "Harga cabai turun di Pasar Kembang, kata pedagang, setelah panen raya di lereng Gunung Salam.
     <Budi Wanara> pemerintah akan selalu mendukung petani cabai.",
];

pub fn flood() -> Corpus {
    Corpus::from_articles(flood_articles().collect())
}

pub fn flood_articles() -> impl Iterator<Item = Article> {
    let dates = ["2031-02-03", "2031-02-04", "2031-02-04", "2031-02-05"];
    let articles = FLOOD
        .iter()
        .zip(dates)
        .zip(["Kabar", "Warta", "Kabar", "Warta"]);
    articles.map(|((text, date), outlet)| article(outlet, date, text))
}
