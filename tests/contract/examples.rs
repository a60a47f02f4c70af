//! The examples of the README in pandas and `DuckDB`, where these are installed. `KUTIP_PYTHON` names
//! the Python that has them; without it, `python3`.

use std::process::Command;

use super::{kutip_in, records_in, sample};

const README: &str = include_str!("../../README.md");

/// The code between two markers of the README.
fn example(name: &str) -> &'static str {
    let (_, rest) = README
        .split_once(&format!("<!-- {name}:begin -->\n"))
        .unwrap();
    let (block, _) = rest.split_once(&format!("<!-- {name}:end -->")).unwrap();
    let (_, code) = block.split_once('\n').unwrap();
    code.trim_end().strip_suffix("```").unwrap()
}

/// Runs Python in a folder with the records of the sample; `None` if `module` is not installed.
fn python(module: &str, code: &str) -> Option<String> {
    let program = std::env::var_os("KUTIP_PYTHON").unwrap_or_else(|| "python3".into());
    let known = Command::new(&program)
        .args(["-c", &format!("import {module}")])
        .output();
    if !known.is_ok_and(|known| known.status.success()) {
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    for view in [
        "articles", "quotes", "stories", "variants", "speakers", "timeline", "matrix",
    ] {
        for format in ["jsonl", "csv"] {
            let (_, out, _) = kutip_in(&sample(), &[view, ".", "--format", format]);
            std::fs::write(folder.path().join(format!("{view}.{format}")), out).unwrap();
        }
    }
    let ran = Command::new(&program)
        .args(["-c", code])
        .current_dir(&folder)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    assert!(ran.status.success(), "{}", text(&ran.stderr));
    Some(text(&ran.stdout))
}

/// The outlet that the sample quotes most.
fn outlet() -> String {
    let quotes = records_in(&sample(), &["quotes", "."]);
    let outlet = quotes.iter().find_map(|quote| quote["outlet"].as_str());
    outlet.unwrap().to_owned()
}

#[test]
fn the_examples_are_short() {
    for name in ["pandas", "duckdb"] {
        let lines = example(name)
            .lines()
            .filter(|line| !line.is_empty())
            .count();
        assert!(lines <= 10, "{name}: {lines}");
    }
}

#[test]
fn pandas_answers_the_question_and_reads_every_record() {
    let times = "
for view in ['articles', 'quotes', 'timeline']:
    lines = pd.read_json(f'{view}.jsonl', lines=True)
    cells = pd.read_csv(f'{view}.csv', parse_dates=['published_at'])
    assert str(lines.published_at.dtype).startswith('datetime64'), lines.published_at.dtype
    assert str(cells.published_at.dtype).startswith('datetime64'), cells.published_at.dtype
    assert (lines.published_at.dropna() == cells.published_at.dropna()).all()
for view in ['stories', 'variants', 'speakers', 'matrix']:
    assert len(pd.read_json(f'{view}.jsonl', lines=True)) > 0
    assert len(pd.read_csv(f'{view}.csv')) > 0
";
    if let Some(out) = python("pandas", &format!("{}\n{times}", example("pandas"))) {
        assert!(out.contains(&outlet()), "{out}");
    }
}

#[test]
fn duckdb_answers_the_question_and_reads_every_record() {
    let code = format!(
        "import duckdb
found = [duckdb.sql(query) for query in '''{}'''.split(';') if query.strip()]
print(*[relation for relation in found if relation is not None])
for view in ['articles', 'quotes', 'timeline']:
    for format in ['jsonl', 'csv']:
        fields = duckdb.sql(f\"DESCRIBE SELECT published_at FROM '{{view}}.{{format}}'\").fetchall()
        assert fields[0][1].startswith('TIMESTAMP'), (view, format, fields)
for view in ['stories', 'variants', 'speakers', 'matrix']:
    for format in ['jsonl', 'csv']:
        count = duckdb.sql(f\"SELECT count(*) FROM '{{view}}.{{format}}'\").fetchall()
        assert count[0][0] > 0, view
",
        example("duckdb")
    );
    if let Some(out) = python("duckdb", &code) {
        assert!(out.contains(&outlet()), "{out}");
    }
}
