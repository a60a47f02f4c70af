//! An article's id does not depend on the order in which files are named, nor on what else is named,
//! as long as nothing else has the same.

use std::collections::BTreeMap;
use std::path::Path;

use super::{folder, kutip_in, records_in, text};

/// Two folders with a file of the same name, and two dumps that number their records alike.
const FILES: [(&str, &str); 7] = [
    ("x/satu.txt", "Feri pertama tiba di Lareng."),
    ("x/dua.txt", "Feri kedua tiba di Lareng."),
    ("y/satu.txt", "Feri ketiga tiba di Lareng."),
    ("y/tiga.txt", "Feri keempat tiba di Lareng."),
    (
        "a.jsonl",
        "{\"id\": 1, \"text\": \"Kapal biru.\"}\n{\"id\": 2, \"text\": \"Kapal hijau.\"}\n",
    ),
    (
        "b.jsonl",
        "{\"id\": 1, \"text\": \"Kapal kuning.\"}\n{\"id\": 3, \"text\": \"Kapal putih.\"}\n",
    ),
    (
        "c.jsonl",
        "{\"id\": \"tiga.txt\", \"text\": \"Kapal abu.\"}\n{\"id\": 4, \"text\": \"Kapal merah.\"}\n\
         {\"id\": 4, \"text\": \"Kapal ungu.\"}\n",
    ),
];

/// The ids by text.
fn ids(folder: &Path, paths: &[&str]) -> BTreeMap<String, String> {
    let articles = records_in(folder, &[&["articles", "--text"], paths].concat());
    let pair = |a| (text(a, "text").to_owned(), text(a, "id").to_owned());
    articles.iter().map(pair).collect()
}

#[test]
fn the_same_files_have_the_same_ids_in_any_order_and_grouping() {
    let folder = folder(&FILES);
    let folder = folder.path();
    let expected = [
        ("Feri pertama tiba di Lareng.", "x/satu.txt"),
        ("Feri kedua tiba di Lareng.", "dua.txt"),
        ("Feri ketiga tiba di Lareng.", "y/satu.txt"),
        ("Feri keempat tiba di Lareng.", "y/tiga.txt"),
        ("Kapal biru.", "1~a.jsonl"),
        ("Kapal hijau.", "2"),
        ("Kapal kuning.", "1~b.jsonl"),
        ("Kapal putih.", "3"),
        ("Kapal abu.", "tiga.txt"),
        ("Kapal merah.", "4~c.jsonl#2"),
        ("Kapal ungu.", "4~c.jsonl#3"),
    ];
    let expected = expected.map(|(text, id)| (text.to_owned(), id.to_owned()));
    let expected = BTreeMap::from(expected);
    let ways: [&[&str]; 10] = [
        &["x", "y", "a.jsonl", "b.jsonl", "c.jsonl"],
        &["c.jsonl", "b.jsonl", "a.jsonl", "y", "x"],
        &["y", "a.jsonl", "x", "c.jsonl", "b.jsonl"],
        &["b.jsonl", "c.jsonl", "x", "y", "a.jsonl"],
        &["./x", "./y/", "a.jsonl", "./b.jsonl", "x/../c.jsonl"],
        &[
            "x/satu.txt",
            "x/dua.txt",
            "y/satu.txt",
            "y/tiga.txt",
            "a.jsonl",
            "b.jsonl",
            "c.jsonl",
        ],
        &[
            "c.jsonl",
            "y/tiga.txt",
            "b.jsonl",
            "y/satu.txt",
            "x/dua.txt",
            "a.jsonl",
            "x/satu.txt",
        ],
        &["x/*.txt", "*.jsonl", "y/*.txt"],
        &["y", "x/dua.txt", "*.jsonl", "x/satu.txt"],
        &["*.jsonl", "x", "y/satu.txt", "y/tiga.txt"],
    ];
    for way in ways {
        assert_eq!(ids(folder, way), expected, "{way:?}");
    }
}

#[test]
fn what_else_is_named_changes_no_id_that_is_unique() {
    let folder = folder(&FILES);
    let folder = folder.path();
    let alone = ids(folder, &["y"]);
    assert_eq!(alone["Feri ketiga tiba di Lareng."], "satu.txt");
    let both = ids(folder, &["a.jsonl", "x/dua.txt", "y"]);
    for (text, id) in &alone {
        assert_eq!(both[text], *id);
    }
}

#[test]
fn a_collision_is_told_and_is_no_fault() {
    let folder = folder(&FILES);
    let (code, _, err) = kutip_in(folder.path(), &["articles", "b.jsonl", "a.jsonl"]);
    let told = "kutip: 1 id would stand for several articles: 2 articles got a longer one by their \
                files, as `1~b.jsonl` instead of `1`\n";
    assert_eq!((code, &*err), (Some(0), told));
    let (code, _, err) = kutip_in(folder.path(), &["articles", "x", "a.jsonl"]);
    assert_eq!((code, &*err), (Some(0), ""));
    // A file that is read twice is two articles with the same text.
    let twice = records_in(
        folder.path(),
        &["articles", "x/dua.txt", "x", "./x/dua.txt"],
    );
    let ids: Vec<_> = twice.iter().map(|article| text(article, "id")).collect();
    assert_eq!(ids, ["dua.txt", "dua.txt~2", "satu.txt", "dua.txt~3"]);
}
