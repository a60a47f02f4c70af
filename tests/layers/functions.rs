//! Functions fit on a screen.

use super::source::{read, room, rust_files, untested};

/// Lines from `fn` to the closing brace.
const LONGEST: usize = 60;

/// A table is a `const` or `static`, not a function, and may be as long as it must; a function that
/// holds one counts with it. Tests do not count: many are a table of cases.
#[test]
fn no_function_is_longer_than_a_screen() {
    let mut long = Vec::new();
    for file in rust_files(&room("")) {
        if file.ends_with("tests.rs")
            || file
                .parent()
                .is_some_and(|folder| folder.ends_with("tests"))
        {
            continue;
        }
        for (line, length) in functions(untested(&read(&file))) {
            if length > LONGEST {
                long.push(format!("{}:{line}: {length} lines", file.display()));
            }
        }
    }
    assert!(long.is_empty(), "long functions:\n{}", long.join("\n"));
}

/// The first line and the length of each function. The sources are formatted: its closing brace
/// stands where its `fn` does.
fn functions(text: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let begins = |line: &str| {
        let words = line.trim_start().split("fn ").next().unwrap_or_default();
        let is_head = words.split_whitespace().all(|word| {
            let word = word.split('(').next().unwrap_or_default();
            ["pub", "const", "async", "unsafe"].contains(&word) || word.ends_with(')')
        });
        is_head && line.contains("fn ")
    };
    let starts = (0..lines.len()).filter(|at| begins(lines[*at]));
    let spans = starts.filter_map(|start| {
        let indent = lines[start].len() - lines[start].trim_start().len();
        let closing = format!("{}}}", &lines[start][..indent]);
        // A function without a body, or of one line, ends where it begins.
        if lines[start].ends_with(';') || lines[start].ends_with('}') {
            return None;
        }
        let end = (start..lines.len()).find(|at| lines[*at] == closing)?;
        Some((start + 1, end - start + 1))
    });
    spans.collect()
}

#[test]
fn functions_are_measured_from_their_head_to_their_closing_brace() {
    let text = "impl X {\n    pub(super) fn one(\n        a: u8,\n    ) {\n        b();\n    }\n}\n\n\
                fn two() -> u8 {\n    3\n}\n\nconst fn three() {}\n";
    assert_eq!(functions(text), [(2, 5), (9, 3)]);
}
