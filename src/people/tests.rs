//! Names over made-up articles.

use super::*;
use crate::language::{Lang, Packs};
use crate::model::{
    Article, ArticleId, Block, BlockKind, Corpus, Excerpt, Quote, QuoteId, QuoteKind, Structure,
    Title,
};
use crate::text::ByteSpan;

/// An article in which each of the names speaks once.
fn article(names: &[&str]) -> Article {
    let mut text = String::new();
    let mut quotes = Vec::new();
    for name in names {
        let span = ByteSpan::new(text.len(), text.len() + name.len());
        text.push_str(name);
        text.push_str(" berkata ya.\n");
        quotes.push(quote(span));
    }
    Article {
        key: names.join("+").into(),
        text: text.into(),
        quotes,
        ..Article::default()
    }
}

fn quote(name: ByteSpan) -> Quote {
    Quote {
        kind: QuoteKind::Indirect,
        span: name,
        group: 0,
        within: None,
        cue: None,
        mention: None,
        speakers: vec![name].into(),
        via: None,
        addressee: None,
        confidence: crate::model::Confidence::Sure,
        rule: crate::model::Rule::None,
    }
}

fn build(corpus: &Corpus, known: Known) -> Directory {
    let listener = Listener::new(&Packs::embedded());
    let articles: Vec<_> = corpus.iter().collect();
    let table = table(&articles, &listener).finish(&listener);
    Directory::build(corpus, (&table, &listener), known, &|_| true).unwrap()
}

fn table(articles: &[(ArticleId, &Article)], listener: &Listener) -> NameTable {
    let mut table = NameTable::default();
    for (id, article) in articles {
        table.add((*id, *article), listener.listen(article));
    }
    table
}

/// The directory of articles given as lists of names, `;` between names, one article a line.
fn directory(lines: &[&str], joins: Vec<Join>, stories: &[Vec<ArticleId>]) -> Directory {
    let articles = lines.iter().map(|line| {
        let names: Vec<_> = line.split(';').map(str::trim).collect();
        article(&names)
    });
    let corpus = Corpus::from_articles(articles.collect());
    let joins = Joins(joins);
    let known = Known {
        stories,
        joins: &joins,
    };
    build(&corpus, known)
}

fn speaker(directory: &Directory, article: u32, index: u32) -> PersonId {
    let article = ArticleId(article);
    directory.speakers_of(QuoteId { article, index })[0]
}

#[test]
fn pairs_of_names_joined_and_kept_apart() {
    for (lines, joined) in [
        (["Kim Jong-un", "Kim Jong Un"], true),
        (["Ma'ruf Wanara", "Ma’ruf Wanara"], true),
        (["Vladimir Suryo", "Vladimir Agus Suryo"], true),
        (["S. Wanara", "Sari Wanara"], true),
        (["BKN", "Badan Kopi Nusantara (BKN)"], true),
        (["BKN", "BKN"], true),
        (["Kremlin", "Kremlin"], true),
        (["Kim", "Kim Jong-un"], false),
        (["Andi Wanara", "Budi Wanara"], false),
        (["Wanara", "Budi Wanara"], false),
        (["Listyo Sigit", "Listyo Sigit Prabowo"], false),
        (["juru bicara", "juru bicara"], false),
    ] {
        let found = directory(&lines, Vec::new(), &[]);
        let same = speaker(&found, 0, 0) == speaker(&found, 1, 0);
        assert_eq!(same, joined, "{lines:?}");
    }
}

#[test]
fn a_short_name_joins_the_full_one_of_its_article_or_story_only() {
    let lines = [
        "Kim; Kim Jong-un",
        "Kim; Kim Yo-jong",
        "Kim",
        "Kim Jong-un",
        "Kim; Kim Jong-un; Kim Yo-jong",
    ];
    let story = [vec![ArticleId(2), ArticleId(3)]];
    let found = directory(&lines, Vec::new(), &story);
    let [un, jong] = [speaker(&found, 0, 1), speaker(&found, 1, 1)];
    assert_eq!(speaker(&found, 0, 0), un);
    assert_eq!(speaker(&found, 1, 0), jong);
    assert_eq!(speaker(&found, 2, 0), un, "by the story");
    let either = speaker(&found, 4, 0);
    assert!(either != un && either != jong, "two could be meant");
    let kim = found.get(un).unwrap();
    assert_eq!(
        (&*kim.name, kim.quotes.len(), kim.articles),
        ("Kim Jong-un", 5, 4)
    );
    assert!(
        kim.aliases
            .iter()
            .any(|alias| &*alias.written == "Kim" && alias.quotes == 2)
    );
}

#[test]
fn a_name_that_begins_another_joins_it_where_an_article_has_both() {
    let lines = ["Listyo Sigit; Listyo Sigit Prabowo", "Listyo Sigit"];
    let found = directory(&lines, Vec::new(), &[]);
    assert_eq!(found.people().len(), 1);
}

#[test]
fn a_name_joins_the_fuller_one_of_its_story() {
    let lines = ["Laut Ratna Kusuma", "Ratna Kusuma"];
    let story = [vec![ArticleId(0), ArticleId(1)]];
    assert_eq!(directory(&lines, Vec::new(), &[]).people().len(), 2);
    assert_eq!(directory(&lines, Vec::new(), &story).people().len(), 1);
}

/// An article in whose words `<Name>` is a speaker, and `<Name, then Form>` one who is called so.
/// The line before the text, if there is one, is the title.
fn told(marked: &str) -> Article {
    let mut text = String::new();
    let mut quotes = Vec::new();
    for (at, part) in marked.split(['<', '>']).enumerate() {
        let from = text.len();
        text.push_str(part);
        if at % 2 == 1 {
            let (name, form) = part.split_once(", then ").unwrap_or((part, ""));
            let form =
                (!form.is_empty()).then(|| ByteSpan::new(text.len() - form.len(), text.len()));
            quotes.push(Quote {
                mention: form,
                ..quote(ByteSpan::new(from, from + name.len()))
            });
        }
    }
    let title = text.split_once('\n').map(|(title, _)| Title {
        text: Excerpt::Given(title.into()),
        derived: false,
    });
    let start = title
        .as_ref()
        .map_or(0, |_| text.find('\n').unwrap_or_default());
    let span = ByteSpan::new(start, text.len());
    Article {
        language: Some(Lang::ID),
        structure: Structure {
            title,
            blocks: vec![Block {
                kind: BlockKind::Paragraph,
                span,
            }],
            ..Structure::default()
        },
        text: text.into(),
        quotes,
        ..Article::default()
    }
}

fn directory_of(texts: &[&str]) -> Directory {
    directory_with(texts, &Joins::default())
}

fn directory_with(texts: &[&str], joins: &Joins) -> Directory {
    let articles = texts.iter().map(|marked| told(marked));
    let known = Known {
        stories: &[],
        joins,
    };
    let corpus = Corpus::from_articles(articles.collect());
    build(&corpus, known)
}

#[test]
fn what_an_office_left_on_a_name_is_no_part_of_it() {
    for (texts, names) in [
        // The same word before two names that stand alone, too.
        (
            &[
                "Menteri <Merrin Nora Selwyn> berkata. Presiden <Merrin Edmund Carrow> berkata.",
                "Kata <Nora Selwyn>. Kata <Edmund Carrow>.",
            ][..],
            &["Edmund Carrow", "Nora Selwyn"][..],
        ),
        // The end of a body's name.
        (
            &[
                "Menteri Perhubungan <Laut Ratna Kusuma> berkata. Kata <Kementerian Perhubungan Laut>.",
                "Kata <Ratna Kusuma>.",
            ],
            &["Kementerian Perhubungan Laut", "Ratna Kusuma"],
        ),
        // What goes on with one.
        (
            &[
                "Menurut Kepala Badan <Perencanaan Daerah Lutfi Amara>, benar.",
                "Kata <Lutfi Amara>.",
            ],
            &["Lutfi Amara"],
        ),
        // A first name, since it stands before one name, or without an office.
        (
            &[
                "Menteri <Priyo Budi Wanara> berkata.",
                "Kata <Budi Wanara>.",
            ],
            &["Budi Wanara", "Priyo Budi Wanara"],
        ),
        (
            &[
                "Kata <Ahmad Budi Wanara>. Kata <Ahmad Sari Melati>.",
                "Kata <Budi Wanara>. Kata <Sari Melati>.",
            ],
            &[
                "Ahmad Budi Wanara",
                "Ahmad Sari Melati",
                "Budi Wanara",
                "Sari Melati",
            ],
        ),
        (
            &[
                "Menurut <Badan Kopi Nusantara> (BKN), benar.",
                "Kata <BKN>. Kata <kantor berita Larangan BKN>.",
            ],
            &["Badan Kopi Nusantara"],
        ),
    ] {
        let found = directory_of(texts);
        let mut found: Vec<&str> = found.people().iter().map(|one| &*one.name).collect();
        found.sort_unstable();
        assert_eq!(found, names, "{texts:?}");
    }
}

#[test]
fn a_speaker_is_known_by_what_the_article_calls_them_later() {
    let mut first = article(&["Universitas Larangan Meutia Randa", "Meutia"]);
    let [long, short] = [first.quotes[0].span, first.quotes[1].span];
    first.quotes[1].speakers = vec![long].into();
    first.quotes[1].mention = Some(short);
    let corpus = Corpus::from_articles(vec![first, article(&["Meutia Randa"])]);
    let joins = Joins::default();
    let known = Known {
        stories: &[],
        joins: &joins,
    };
    let found = build(&corpus, known);
    let people: Vec<_> = found
        .people()
        .iter()
        .map(|one| (&*one.name, one.kind))
        .collect();
    assert_eq!(people, [("Meutia Randa", PersonKind::Person)]);
}

/// Articles that call `Sari Wanara` by her last name, as many as one needs to be known so.
fn renown() -> Vec<&'static str> {
    vec!["Kata Menteri Pasar <Sari Wanara, then Wanara>, benar."; 5]
}

#[test]
fn a_short_name_of_renown_is_that_persons() {
    let cases: [(&str, &[&str], bool); 6] = [
        ("Wanara Buka Pasar\nKata <Wanara>, benar.", &[], true),
        ("Pasar Dibuka\nKata Menteri <Wanara>, benar.", &[], true),
        // Neither in the title nor behind her office: anyone of that name.
        ("Pasar Dibuka\nKata <Wanara>, benar.", &[], false),
        ("Pasar Dibuka\nKata Camat <Wanara>, benar.", &[], false),
        // Others are called so, too.
        (
            "Wanara Buka Pasar\nKata <Wanara>, benar.",
            &["Kata <Budi Wanara, then Wanara>, benar."],
            false,
        ),
        // An article that has two of that name means either.
        (
            "Wanara Buka Pasar\nKata <Sari Wanara>. Kata <Budi Wanara>. Kata <Wanara>.",
            &[],
            false,
        ),
    ];
    for (text, others, joined) in cases {
        let mut texts = renown();
        texts.extend(others);
        texts.push(text);
        let found = directory_of(&texts);
        let last = texts.len() as u32 - 1;
        let count = text.matches('<').count() as u32;
        let same = speaker(&found, 0, 0) == speaker(&found, last, count - 1);
        assert_eq!(same, joined, "{text}");
    }
    let apart = Join::Apart {
        a: "Sari Wanara".into(),
        b: "Wanara".into(),
    };
    let split = [&renown()[..], &["Wanara Buka Pasar\nKata <Wanara>."]].concat();
    let found = directory_with(&split, &Joins(vec![apart]));
    assert_ne!(speaker(&found, 0, 0), speaker(&found, 5, 0), "by hand");
    let few = [&renown()[3..], &["Wanara Buka Pasar\nKata <Wanara>."]].concat();
    let found = directory_of(&few);
    assert_ne!(speaker(&found, 0, 0), speaker(&found, 2, 0));
}

#[test]
fn what_was_decided_by_hand_wins_and_can_be_undone() {
    let same = || Join::Same {
        a: "Dewi Kala".into(),
        b: "Sri Asih".into(),
    };
    let apart = |a: &str, b: &str| Join::Apart {
        a: a.into(),
        b: b.into(),
    };
    let here = Join::Here {
        article: "Kim".into(),
        name: "Kim".into(),
        person: "Kim Yo-jong".into(),
    };
    for (lines, joins, joined) in [
        (["Dewi Kala", "Sri Asih"], vec![same()], true),
        (
            ["Dewi Kala", "Sri Asih"],
            vec![same(), apart("Sri Asih", "Dewi Kala")],
            false,
        ),
        (
            ["Kim Jong-un", "Kim Jong Un"],
            vec![apart("Kim Jong-un", "Kim Jong Un")],
            false,
        ),
        (
            ["Sari Wanara", "S. Wanara"],
            vec![apart("S. Wanara", "Sari Wanara")],
            false,
        ),
        (["Kim", "Kim Yo-jong"], vec![here], true),
    ] {
        let found = directory(&lines, joins, &[]);
        let same = speaker(&found, 0, 0) == speaker(&found, 1, 0);
        assert_eq!(same, joined, "{lines:?}");
    }
}

/// The names of the people of a corpus, each with its other names, in alphabetical order.
fn people(texts: &[&str]) -> Vec<Vec<String>> {
    let found = directory_of(texts);
    let people = found.people().iter().map(|person| {
        let mut names: Vec<_> = person
            .aliases
            .iter()
            .map(|a| a.written.to_string())
            .collect();
        names.sort_unstable();
        names
    });
    let mut people: Vec<_> = people.collect();
    people.sort_unstable();
    people
}

/// What is tried, the articles, and the people that they have: each with the names by which they go.
type CorpusCase<'a> = (&'a str, &'a [&'a str], &'a [&'a [&'a str]]);

#[test]
#[allow(clippy::too_many_lines)] // a table of cases
fn what_the_corpus_tells_joins_names_or_keeps_them_apart() {
    let cases: &[CorpusCase<'_>] = &[
        (
            "a text says that the two are one",
            &[
                "Menteri Perdagangan Saiful Wanara atau Iponk datang. Kata <Saiful Wanara>.",
                "Kata <Iponk>.",
            ],
            &[&["Iponk", "Saiful Wanara"]],
        ),
        (
            "a nickname",
            &[
                "Kemarin Saiful Wanara yang akrab disapa Iponk datang. Kata <Saiful Wanara>.",
                "Kata <Iponk>.",
            ],
            &[&["Iponk", "Saiful Wanara"]],
        ),
        (
            "a nickname that is a common given name may be anyone's",
            &[
                "Kemarin Saiful Wanara yang akrab disapa Budi datang. Kata <Saiful Wanara>.",
                "Kata <Budi>.",
            ],
            &[&["Budi"], &["Saiful Wanara"]],
        ),
        (
            "two who are named as a choice",
            &[
                "Pilih Saiful Wanara atau Sari Melati. Kata <Saiful Wanara>.",
                "Kata <Sari Melati>.",
            ],
            &[&["Saiful Wanara"], &["Sari Melati"]],
        ),
        (
            "the long form, the letters and a slip of the pen of a body",
            &[
                "Menurut <Badan Kopi, Teh, dan Gula> (BKTG), benar.",
                "Kata <BKTG>.",
                "Kata <Badan Kopi Teh dan Gula>.",
            ],
            &[&[
                "BKTG",
                "Badan Kopi Teh dan Gula",
                "Badan Kopi, Teh, dan Gula",
            ]],
        ),
        (
            "letters are nobody's name",
            &["Menurut <Asosiasi Laut Indah> (ALI), benar. Kata <Ali>."],
            &[&["Ali"], &["Asosiasi Laut Indah"]],
        ),
        (
            "a country is its government; its ministry and its army are others",
            &[
                "Kata <Rusia>. Kata <pemerintah Rusia>. Kata <Kementerian Pertahanan Rusia>.",
                "Kata <tentara Rusia>. Kata <Militer Rusia>.",
            ],
            &[
                &["Kementerian Pertahanan Rusia"],
                &["Militer Rusia", "tentara Rusia"],
                &["Rusia", "pemerintah Rusia"],
            ],
        ),
        (
            "the same office, and nobody else is called so",
            &[
                "Hari ini Menteri Perdagangan Sari Melati datang. Kata <Sari Melati>.",
                "Hari ini Menteri Perdagangan Sari Melati Wanara datang. Kata <Sari Melati Wanara>.",
            ],
            &[&["Sari Melati", "Sari Melati Wanara"]],
        ),
        (
            "a longer name without an office or an article in common",
            &["Kata <Sari Melati>.", "Kata <Sari Melati Wanara>."],
            &[&["Sari Melati"], &["Sari Melati Wanara"]],
        ),
        (
            "an office alone is its holder's",
            &[
                "Hari ini Menteri Perdagangan (Mendag) Sari Melati datang. Kata <Sari Melati>.",
                "Hari ini Menteri Perdagangan (Mendag) Sari Melati pergi. Kata <Sari Melati>.",
                "Kata <Mendag>.",
            ],
            &[&["Mendag", "Sari Melati"]],
        ),
        (
            "an office alone that two hold",
            &[
                "Hari ini Menteri Perdagangan (Mendag) Sari Melati datang. Kata <Sari Melati>.",
                "Hari ini Menteri Perdagangan (Mendag) Budi Wanara pergi. Kata <Budi Wanara>.",
                "Kata <Mendag>.",
            ],
            &[&["Budi Wanara"], &["Mendag"], &["Sari Melati"]],
        ),
        (
            "a wife is not her husband",
            &[
                "Kata <Tri Rama Wanara>.",
                "Kata <Tri Sari Melati>.",
                "Kata <Rama Wanara, then Rama>.",
            ],
            &[
                &["Rama", "Rama Wanara"],
                &["Tri Rama Wanara"],
                &["Tri Sari Melati"],
            ],
        ),
        (
            "what a body has left on a name",
            &[
                "Kata <Pembina BMI Sari Melati>. Kata <Fraksi Kopi Nusantara Budi Wanara>.",
                "Kata <Sari Melati>. Kata <Budi Wanara>. Kata <Yayasan Budi Wanara>.",
            ],
            &[
                &["Budi Wanara", "Fraksi Kopi Nusantara Budi Wanara"],
                &["Pembina BMI Sari Melati", "Sari Melati"],
                &["Yayasan Budi Wanara"],
            ],
        ),
        (
            "words that the page has run into the name",
            &["Kata <Sari Melatimengatakan>.", "Kata <Sari Melati>."],
            &[&["Sari Melati", "Sari Melatimengatakan"]],
        ),
        (
            "a single word that may be anyone's stays in its article",
            &[
                "Kata <Budi>.",
                "Kata <Budi>.",
                "Kata <Beberapa warga>.",
                "Kata <Beberapa ahli>.",
            ],
            &[
                &["Beberapa ahli"],
                &["Beberapa warga"],
                &["Budi"],
                &["Budi"],
            ],
        ),
        (
            "two people in one name are neither",
            &[
                "Kata <Sari Melati>. Kata <Budi Wanara>.",
                "Kata <Sari Melati-Budi Wanara>. Kata <Budi Wanara>.",
            ],
            &[
                &["Budi Wanara"],
                &["Sari Melati"],
                &["Sari Melati-Budi Wanara"],
            ],
        ),
    ];
    for (what, texts, expected) in cases {
        assert_eq!(people(texts), *expected, "{what}");
    }
}

#[test]
fn a_misspelling_is_the_name_that_stands_elsewhere() {
    let mut texts = vec!["Kata <Sari Melati Randakila>."; 3];
    texts.push("Kata <Sari Melati Randaklia>.");
    let found = directory_of(&texts);
    assert_eq!(found.people().len(), 1);
    assert_eq!(&*found.people()[0].name, "Sari Melati Randakila");
    let apart = directory_of(&["Kata <Andi Wanara Kusuma>.", "Kata <Anda Wanara Kusuma>."]);
    assert_eq!(apart.people().len(), 2, "neither stands more often");
}

#[test]
fn a_famous_short_name_behind_an_office_is_not_the_namesake_of_the_article() {
    let mut texts =
        vec!["Hari ini Presiden Sari Wanara datang. Kata <Sari Wanara, then Wanara>."; 30];
    texts.push("Kapolri <Budi Wanara, then Wanara> datang. Hari ini Presiden Wanara pergi.");
    let found = directory_of(&texts);
    assert_eq!(speaker(&found, 30, 0), speaker(&found, 0, 0));
    texts.pop();
    texts.push("Kapolri <Budi Wanara, then Wanara> datang. Hari ini Wanara pergi.");
    let found = directory_of(&texts);
    assert_ne!(speaker(&found, 30, 0), speaker(&found, 0, 0));
}

/// Identity does not depend on how the parts of a corpus were counted and put together.
#[test]
fn tables_of_parts_merge_to_the_table_of_the_whole_in_any_order() {
    let texts = [
        "Menteri Perdagangan (Mendag) Saiful Wanara atau Iponk datang. Kata <Saiful Wanara, then Saiful>.",
        "Kata <Iponk>. Kata <Badan Kopi Nusantara> (BKN).",
        "Hari ini Menteri Perdagangan (Mendag) Saiful Wanara pergi. Kata <Saiful>. Kata <BKN>.",
        "Kata <Mendag>. Kata <Sari Melatimengatakan>.",
        "Kata <Sari Melati>. Kata <warga>. Kata <Budi>.",
        "Kata <Sari Melati Randa>. Kata <Budi>.",
    ];
    let corpus = Corpus::from_articles(texts.iter().map(|text| told(text)).collect());
    let listener = Listener::new(&Packs::embedded());
    let articles: Vec<_> = corpus.iter().collect();
    let joins = Joins::default();
    let built = |tables: Vec<NameTable>| {
        let mut all = NameTable::default();
        for table in tables {
            all.merge(table);
        }
        let all = all.finish(&listener);
        let known = Known {
            stories: &[],
            joins: &joins,
        };
        let found = Directory::build(&corpus, (&all, &listener), known, &|_| true).unwrap();
        found.people().to_vec()
    };
    let whole = built(vec![table(&articles, &listener)]);
    assert!(
        whole
            .iter()
            .any(|person| &*person.id == "saiful-wanara" && person.articles == 4)
    );
    for size in [1, 2, 3, 4] {
        let parts = || articles.chunks(size).map(|part| table(part, &listener));
        let (forward, back) = (parts().collect(), parts().rev().collect());
        assert_eq!(built(forward), whole, "parts of {size}");
        assert_eq!(built(back), whole, "parts of {size}, the last first");
    }
}
