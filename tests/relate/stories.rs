//! Articles of one event.

use kutip::model::{Article, ArticleId, BlockKind, Corpus, Excerpt, Title};

use super::articles::{Babble, FLOOD, article, survey};

/// A form that is filled in every day.
fn gold(date: &str, price: u32) -> Article {
    let [year, month, day] = date.split('-').collect::<Vec<_>>()[..] else {
        panic!("{date} is no date")
    };
    article(
        "Kabar",
        date,
        &format!(
            "Harga emas batangan Toko Kencana hari ini ({day}/{month}/{year}) bergerak ke Rp {price} per gram.
             Pajak pembelian dipotong langsung oleh Toko Kencana sesuai peraturan perhiasan Nusantara.
             Pecahan terkecil dijual setengah gram, pecahan terbesar satu kilogram, buka setiap pagi."
        ),
    )
}

#[test]
fn each_days_prices_are_no_story_though_the_text_is_the_same() {
    let other = article("Warta", "2031-02-03", FLOOD[2]);
    let days = [gold("2031-02-03", 1_950), gold("2031-02-05", 1_936), other];
    let survey = survey(&Corpus::from_articles(days.to_vec()));
    assert_eq!(survey.copies.pairs().len(), 1, "the form is one text");
    assert_eq!(survey.stories.list(), []);
}

/// The stories of a corpus, each as the places of its articles.
fn stories(articles: &[Article]) -> Vec<Vec<u32>> {
    let survey = survey(&Corpus::from_articles(articles.to_vec()));
    let list = survey.stories.list().iter();
    list.map(|story| story.articles.iter().map(|id| id.0).collect())
        .collect()
}

/// Three reports of one flood, each with its own angle, and one of a match.
fn reports(dates: [&str; 3]) -> Vec<Article> {
    let texts = [
        FLOOD[0],
        FLOOD[1],
        "Bupati Larangan meninjau tanggul Sungai Ciraweuy yang jebol, Rabu.
         Sebanyak 320 warga Sukawening masih di balai desa setelah banjir bandang.
         <Tono Larang> tanggul Ciraweuy diperbaiki sebelum hujan datang lagi.",
    ];
    let outlets = ["Kabar", "Warta", "Suara"];
    let told = texts.iter().zip(dates).zip(outlets);
    let mut articles: Vec<Article> = told
        .map(|((text, date), outlet)| article(outlet, date, text))
        .collect();
    articles.push(article("Kabar", "2031-02-04", FLOOD[2]));
    articles
}

#[test]
fn a_third_report_joins_by_its_likeness_to_the_story() {
    let articles = reports(["2031-02-03", "2031-02-04", "2031-02-05"]);
    assert_eq!(stories(&articles), [[0, 1, 2]]);
}

#[test]
fn an_article_without_a_date_belongs_where_its_words_do() {
    let articles = reports(["2031-02-03", "", "2031-02-04"]);
    assert_eq!(
        stories(&articles),
        [[0, 2, 1]],
        "by date, the undated one last"
    );
}

#[test]
fn forms_filled_in_with_other_things_are_no_story() {
    let form = |from: &str, to: &str, hour: u32| {
        let mut article = article(
            "Kabar",
            "2031-02-03",
            &format!(
                "Jadwal kapal {from} {to} Februari berangkat {hour} kali
                 Kapal motor Nusantara berangkat dari {from} ke {to} pukul {hour} pagi setiap Senin.
                 Tiket kapal dibeli di loket Pelabuhan Kencana atau lewat aplikasi Layar Nusantara."
            ),
        );
        title(&mut article);
        article
    };
    let articles = [form("Bolang", "Tarne", 6), form("Sawang", "Weda", 9)];
    assert_eq!(stories(&articles), Vec::<Vec<u32>>::new());
}

/// Makes the first line of an article its title.
fn title(article: &mut Article) {
    if let Some(block) = article.structure.blocks.first_mut() {
        block.kind = BlockKind::Title;
        article.structure.title = Some(Title {
            text: Excerpt::Span(block.span),
            derived: false,
        });
    }
}

#[test]
fn what_is_loaded_beside_does_not_move_the_groups() {
    let own = reports(["2031-02-03", "2031-02-04", "2031-02-05"]);
    let mut babble = Babble(11);
    let filler = (0..400_u64).map(|number| {
        let words = babble.words(60).join(" ");
        let date = format!("1994-{:02}-{:02}", 1 + number % 12, 1 + number % 28);
        let banjir = if number % 3 == 0 {
            "banjir tanggul Sungai Larangan jebol warga"
        } else {
            ""
        };
        article("Arsip", &date, &format!("{words} {banjir} {words}."))
    });
    let all: Vec<Article> = own.iter().cloned().chain(filler).collect();
    let of_own = |groups: Vec<Vec<u32>>| {
        let mut groups = groups;
        groups.retain(|group| group.iter().any(|id| *id < 4));
        groups
    };
    assert_eq!(of_own(stories(&all)), stories(&own));
}

#[test]
fn the_next_development_is_linked_and_kept_apart() {
    let mut articles = reports(["2031-02-03", "2031-02-03", "2031-02-04"]);
    let trial = [
        "Polisi Larangan menetapkan pemborong tanggul Sungai Ciraweuy sebagai tersangka, Senin.
         Tanggul Ciraweuy jebol dan banjir bandang merendam Sukawening pekan lalu.
         <Rini Sukma> pemborong tanggul Ciraweuy memakai semen palsu.",
        "Pemborong tanggul Ciraweuy ditahan Polisi Larangan dan menjadi tersangka.
         <Rini Sukma> semen palsu dipakai pemborong untuk tanggul Sungai Ciraweuy.
         Banjir bandang merendam Sukawening setelah tanggul itu jebol.",
    ];
    let dates = ["2031-02-12", "2031-02-12"];
    let told = trial.iter().zip(dates).zip(["Kabar", "Warta"]);
    articles.extend(told.map(|((text, date), outlet)| article(outlet, date, text)));
    let survey = survey(&Corpus::from_articles(articles));
    let (flood, arrest) = (
        survey.stories.of(ArticleId(0)),
        survey.stories.of(ArticleId(4)),
    );
    assert!(flood.is_some() && arrest.is_some() && flood != arrest);
    assert_eq!(survey.stories.before(arrest.unwrap()), flood);
    assert_eq!(survey.stories.before(flood.unwrap()), None);
    let after: Vec<_> = survey.stories.after(flood.unwrap()).collect();
    assert_eq!(after, [arrest.unwrap()]);
}
