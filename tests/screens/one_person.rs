//! One question, asked everywhere: how often was somebody quoted? Every command and every view of
//! the reader gives the same answer, with a query and without, also where the user joined and split
//! names.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use assert_cmd::Command;
use kutip::app::boards::Board;
use kutip::app::picker::Choice;
use kutip::ingest::Request;
use kutip::library::{Anchor, Change, PersonChoice, SpeakerChoice, State, Store};
use kutip::model::Corpus;
use kutip::people::PersonKind;
use kutip::relate::{GridScope, Scope};
use kutip::work::{Engine, load_all};
use serde_json::Value;

use crate::harness::Reader;

/// A corpus with the arguments by which the command line reads it.
struct Asked {
    arguments: Vec<String>,
    corpus: Corpus,
    state: State,
    folder: tempfile::TempDir,
}

impl Asked {
    fn of(paths: Vec<String>, decide: impl Fn(&Corpus) -> Vec<Change>) -> Self {
        let request = Request {
            paths: paths.clone(),
            ..Request::default()
        };
        let corpus = load_all(&Engine::new(None).unwrap(), &request).corpus;
        let folder = tempfile::tempdir().unwrap();
        let library = folder.path().join("library.db");
        let changes = decide(&corpus);
        Store::open(&library).unwrap().keep(&changes).unwrap();
        let mut state = State::default();
        for change in &changes {
            state.apply(change);
        }
        let mut arguments = paths;
        arguments.extend(["--library".to_owned(), library.display().to_string()]);
        Self {
            arguments,
            corpus,
            state,
            folder,
        }
    }

    fn run(&self, command: &str, more: &[&str]) -> String {
        let ran = Command::cargo_bin("kutip")
            .unwrap()
            .arg(command)
            .args(&self.arguments)
            .args(more)
            .env("XDG_CACHE_HOME", self.folder.path())
            .output()
            .unwrap();
        String::from_utf8(ran.stdout).unwrap()
    }

    fn records(&self, command: &str, more: &[&str]) -> Vec<Value> {
        let more = [more, &["--format", "jsonl"]].concat();
        let lines = self.run(command, &more);
        let records = lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap());
        records.collect()
    }

    fn exported(&self, name: &str, more: &[&str]) -> String {
        let file = self.folder.path().join(name);
        let _ = std::fs::remove_file(&file);
        let to = file.display().to_string();
        self.run("export", &[more, &["--to", &to]].concat());
        std::fs::read_to_string(file).unwrap_or_default()
    }
}

/// People about whom a query asks: those with most quotations.
const ASKED: usize = 8;

/// How often each person speaks, by identifier.
type Counts = BTreeMap<String, usize>;

fn people(record: &Value) -> BTreeSet<String> {
    let people = record["people"].as_array().into_iter().flatten();
    people
        .map(|one| one["id"].as_str().unwrap().to_owned())
        .collect()
}

/// Counts those who speak the records, of them those in `only`.
fn count<'a>(
    records: impl IntoIterator<Item = &'a Value>,
    only: Option<&BTreeSet<String>>,
) -> Counts {
    let mut counts = Counts::new();
    for id in records.into_iter().flat_map(people) {
        if only.is_none_or(|only| only.contains(&id)) {
            *counts.entry(id).or_default() += 1;
        }
    }
    counts
}

/// The answers of all commands, each with the command's name.
fn answers(
    asked: &Asked,
    query: &[&str],
    only: Option<&BTreeSet<String>>,
) -> Vec<(String, Counts)> {
    let mut answers = Vec::new();
    let quotes = asked.records("quotes", query);
    answers.push(("quotes".to_owned(), count(&quotes, only)));
    let rows = asked.records("speakers", query);
    let row = |row: &Value| {
        let quotes = row["quotes"].as_u64().unwrap() as usize;
        (row["id"].as_str().unwrap().to_owned(), quotes)
    };
    answers.push(("speakers".to_owned(), rows.iter().map(row).collect()));
    answers.push((
        "timeline".to_owned(),
        count(&asked.records("timeline", query), only),
    ));
    let lines = asked.exported("all.jsonl", query);
    let articles: Vec<Value> = lines
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    let inner = articles
        .iter()
        .flat_map(|a| a["quotes"].as_array().unwrap());
    answers.push(("export to JSON Lines".to_owned(), count(inner, only)));
    let table = asked.exported("all.csv", query);
    let mut table = csv::Reader::from_reader(table.as_bytes());
    let header = table.headers().unwrap().clone();
    let at = header.iter().position(|name| name == "people.id");
    let cells: Vec<Value> = table
        .records()
        .map(|line| {
            let line = line.unwrap();
            let cell = at.and_then(|at| line.get(at)).unwrap_or("");
            let ids = cell.split("; ").filter(|id| !id.is_empty());
            let people: Vec<Value> = ids.map(|id| serde_json::json!({ "id": id })).collect();
            serde_json::json!({ "people": people })
        })
        .collect();
    answers.push(("export to CSV".to_owned(), count(&cells, only)));
    answers
}

/// The counts within stories by the matrix, and by the quotations of the stories' articles.
fn in_stories(asked: &Asked, query: &[&str], only: Option<&BTreeSet<String>>) -> (Counts, Counts) {
    let mut cells = Counts::new();
    for cell in asked.records("matrix", query) {
        let quotes = cell["quotes"].as_u64().unwrap() as usize;
        for id in people(&cell).into_iter().filter(|_| quotes > 0) {
            *cells.entry(id).or_default() += quotes;
        }
    }
    let stories = asked.records("stories", &[]);
    let told: BTreeSet<&str> = stories
        .iter()
        .flat_map(|story| story["articles"].as_array().unwrap())
        .map(|key| key.as_str().unwrap())
        .collect();
    let quotes = asked.records("quotes", query);
    let within = quotes
        .iter()
        .filter(|q| told.contains(q["article"].as_str().unwrap()));
    (cells, count(within, only))
}

/// The reader's answers about each person: its speakers view, its timeline, its filter.
fn check_reader(asked: &Asked, truth: &Counts, rows: &[Value]) {
    let mut reader = Reader::with_library(120, 40, asked.corpus.clone(), asked.state.clone());
    let survey = reader.app().surveys.ready.clone().unwrap();
    let directory = &survey.directory;
    reader.press("gS");
    let items = reader.app().layers.picker().unwrap().items.clone();
    let mut seen = Counts::new();
    for item in &items {
        if let Choice::Speaker(id) = item.choice {
            let id = directory.get(id).unwrap().id.to_string();
            seen.insert(
                id,
                item.lead
                    .trim()
                    .trim_start_matches('✓')
                    .trim()
                    .parse()
                    .unwrap(),
            );
        }
    }
    assert_eq!(&seen, truth, "the speakers view");
    reader.press("Esc");
    for row in rows.iter().take(ASKED) {
        let (name, id) = (row["name"].as_str().unwrap(), row["id"].as_str().unwrap());
        let words = format!("'speaker:^\"{}\"$'", name.replace(' ', "_"));
        reader.press(&format!("/ {words} Enter"));
        let query = format!("speaker:^\"{name}\"$");
        let listed = asked.records("articles", &["--query", &query]).len();
        assert_eq!(reader.app().list.ids.len(), listed, "the filter by {name}");
        // Open one of the quotations, and ask for all of its speaker.
        reader.press("Esc");
        let person = directory.iter().find(|(_, one)| *one.id == *id).unwrap().1;
        assert_eq!(person.quotes.len(), truth[id]);
    }
    reader.press("Enter ]q gD");
    let Some(Board::Timeline(shown)) = reader.app().layers.boards.last() else {
        panic!("no timeline");
    };
    let Scope::Speaker(id) = shown.histogram.scope else {
        panic!("the timeline of a speaker: {:?}", shown.histogram.scope);
    };
    let statements = shown.histogram.bins.iter().map(|bin| bin.quotes.len());
    let expected = truth[&*directory.get(id).unwrap().id];
    assert_eq!(statements.sum::<usize>(), expected, "the timeline");
    let trend = survey.trends.person(id).unwrap();
    assert_eq!(
        trend.kinds.iter().sum::<u32>() as usize,
        expected,
        "the kinds"
    );
    reader.press("Esc Esc Esc");
    reader.press("gM");
    if let Some(Board::Matrix(matrix)) = reader.app().layers.boards.last() {
        for row in matrix.rows() {
            let person = directory.get(row.speaker).unwrap();
            let within = person.quotes.iter().filter(|q| match matrix.grid.scope {
                GridScope::Story(id) => {
                    let story = survey.stories.get(id).unwrap();
                    story.articles.contains(&q.article)
                }
                GridScope::All => true,
            });
            assert_eq!(row.count(), within.count(), "the matrix: {}", row.name);
        }
    }
}

/// Asks everything about a corpus. Returns the people by name.
fn check(asked: &Asked) -> BTreeMap<String, usize> {
    let all = answers(asked, &[], None);
    let truth = all[0].1.clone();
    assert!(!truth.is_empty());
    for (what, counts) in &all {
        assert_eq!(counts, &truth, "{what}");
    }
    let (cells, told) = in_stories(asked, &[], None);
    assert_eq!(cells, told, "matrix");
    let rows = asked.records("speakers", &[]);
    for row in rows.iter().take(ASKED) {
        let name = row["name"].as_str().unwrap();
        let query = format!("speaker:^\"{name}\"$");
        let query = ["--query", &*query];
        let named = |row: &&Value| {
            let aliases = row["aliases"].as_array().unwrap();
            row["name"] == *name || aliases.iter().any(|alias| *alias == *name)
        };
        let only: BTreeSet<String> = rows
            .iter()
            .filter(named)
            .map(|row| row["id"].as_str().unwrap().to_owned())
            .collect();
        let expected: Counts = truth
            .iter()
            .filter(|(id, _)| only.contains(*id))
            .map(|(id, count)| (id.clone(), *count))
            .collect();
        for (what, counts) in answers(asked, &query, Some(&only)) {
            assert_eq!(counts, expected, "{what} with {query:?}");
        }
        let (cells, told) = in_stories(asked, &query, Some(&only));
        assert_eq!(cells, told, "matrix with {query:?}");
    }
    check_reader(asked, &truth, &rows);
    let named = rows.iter().map(|row| {
        let quotes = row["quotes"].as_u64().unwrap() as usize;
        (row["name"].as_str().unwrap().to_owned(), quotes)
    });
    named.collect()
}

#[test]
fn every_command_and_view_counts_the_sample_alike() {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample");
    check(&Asked::of(vec![sample.to_owned()], |_| Vec::new()));
}

fn write(folder: &Path) {
    let day = |day: u32| format!("2031-03-{day:02}");
    let articles = [
        (
            "Pasar Lareng Dibuka",
            day(1),
            "LARENG - Menteri Perdagangan (Mendag) Rudolf Amarang atau Ruam membuka Pasar Lareng \
             pada Senin.\n\n“Pasar ini milik warga Lareng,” kata Rudolf Amarang di Lareng.\n\n\
             Badan Kopi Nusantara (BKN) mengatakan harga kopi turun.\n\n“Harga kopi turun tiga \
             kali,” kata Kepala BKN Setyawati Randakila.",
        ),
        (
            "Mendag: Pasar Lareng Milik Warga",
            day(1),
            "LARENG - Pasar Lareng dibuka Senin oleh Mendag Rudolf Amarang.\n\n“Pasar ini milik \
             warga Lareng, bukan pedagang besar,” kata Ruam di Pasar Lareng.\n\nBKN mengatakan \
             harga kopi turun tiga kali.",
        ),
        (
            "Harga Kopi Turun",
            day(9),
            "SELAYUNG - Mendag mengatakan harga kopi akan turun lagi.\n\n“Kami akan turunkan lagi \
             bulan depan,” kata Mendag.\n\nMenteri Perdagangan Rudolf Amarang pulang pada sore \
             hari.\n\n“Kami tidak percaya,” kata Setyawati Randakilamengakhiri pidato.",
        ),
        (
            "Petani Kopi Menunggu",
            day(20),
            "SELAYUNG - “Saya menunggu tiga bulan,” kata Budi, petani kopi.\n\n“Saya juga \
             menunggu,” ujar Kemala Wirasakti.\n\nSementara itu Kirana Danuarta mengatakan panen \
             gagal.",
        ),
        (
            "Panen Gagal",
            day(25),
            "MELUR - “Panen gagal di sini,” kata Budi, kepala desa.\n\nKala Danuarta mengatakan \
             sawahnya kering.\n\n“Sawah saya kering,” kata dia.",
        ),
    ];
    for (at, (title, day, text)) in articles.iter().enumerate() {
        let record = serde_json::json!({
            "id": format!("a{at}"),
            "title": title,
            "date": day,
            "outlet": if at % 2 == 0 { "Kabar Lareng" } else { "Warta Melur" },
            "text": text,
        });
        std::fs::write(folder.join(format!("{at}.jsonl")), record.to_string()).unwrap();
    }
}

#[test]
fn every_command_and_view_counts_a_made_corpus_alike_with_joins_and_splits_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path());
    let paths = || vec![folder.path().display().to_string()];
    let found = check(&Asked::of(paths(), |_| Vec::new()));
    assert!(found.contains_key("Rudolf Amarang"), "{found:?}");
    let decide = |corpus: &Corpus| {
        let quote = |words: &str| {
            let (article, quote) = corpus
                .iter()
                .flat_map(|(_, article)| article.quotes.iter().map(move |q| (article, q)))
                .find(|(article, quote)| article.words(quote.span).contains(words))
                .unwrap();
            Anchor::of(article, Some(quote.span))
        };
        let join = PersonChoice::Join("Kirana Danuarta".into());
        let split = PersonChoice::Split("Rudolf Amarang".into());
        vec![
            Change::Person("Kala Danuarta".into(), Some(join)),
            Change::Person("Ruam".into(), Some(split)),
            Change::Called("Setyawati Randakila".into(), Some("Setyawati".into())),
            Change::Sort("Kemala Wirasakti".into(), Some(PersonKind::Body)),
            Change::Speaker(quote("Kami tidak percaya"), Some(SpeakerChoice::Nobody)),
            Change::Speaker(
                quote("Saya juga"),
                Some(SpeakerChoice::Named("Budi".into())),
            ),
            Change::Speaker(
                quote("Harga kopi turun tiga"),
                Some(SpeakerChoice::Accepted),
            ),
        ]
    };
    let asked = Asked::of(paths(), decide);
    let by_hand = check(&asked);
    assert_ne!(found, by_hand);
    assert!(by_hand.contains_key("Ruam"), "split off: {by_hand:?}");
    assert!(by_hand.contains_key("Setyawati"), "shown by another name");
    let joined = ["Kala Danuarta", "Kirana Danuarta"];
    let joined = joined.iter().filter_map(|name| by_hand.get(*name));
    assert_eq!(joined.count(), 1, "joined: {by_hand:?}");
    let quotes = asked.records("quotes", &[]);
    let marked = |name: &str| quotes.iter().filter(|q| q["by_hand"] == *name).count();
    assert_eq!(
        (marked("nobody"), marked("changed"), marked("accepted")),
        (1, 1, 1)
    );
}
