//! Files import one another in no circle.
//!
//! A node is a file, an edge a path in it that leads to an item of another file: by `crate::`,
//! `super::` or `self::`, in a folder's `mod.rs` by the name of a file in it. An item that a file
//! exports again (`pub use`) is followed to the file that defines it. So a `mod.rs` that declares
//! files and exports their items has no edge for that, and nobody has one to it; what it defines
//! itself counts as in any other file. Tests do not count.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{code, read, room, rust_files};

/// The names of a path: `["crate", "model", "Article"]`.
type Path = Vec<String>;

#[test]
fn no_files_import_one_another_in_a_circle() {
    let graph = Graph::of_sources();
    let mut circles = Vec::new();
    for circle in graph.circles() {
        let files = circle.iter().map(|file| file.join("/"));
        circles.push(files.collect::<Vec<_>>().join(", "));
    }
    assert!(
        circles.is_empty(),
        "circles of imports:\n{}",
        circles.join("\n")
    );
}

#[test]
fn paths_are_read_and_followed_to_where_items_are_defined() {
    let files = [
        (
            "a",
            "mod one;\npub mod two;\npub use two::{Two, deep::Deep};\nfn f() { one::f(); }",
        ),
        (
            "a/one",
            "use super::{Two, two::{self, g}};\nuse crate::b::B;",
        ),
        ("a/two", "pub(in crate::a) struct Two;"),
        ("b", "use crate::a::Two;"),
    ];
    let files = files.map(|(path, text)| {
        (
            path.split('/').map(str::to_owned).collect(),
            text.to_owned(),
        )
    });
    let graph = Graph::new(&files.into());
    let edges = |from: &str| -> Vec<String> {
        let from: Path = from.split('/').map(str::to_owned).collect();
        let to = graph.edges.get(&from).into_iter().flatten();
        to.map(|file| file.join("/")).collect()
    };
    assert_eq!(edges("a"), ["a/one"]);
    assert_eq!(edges("a/one"), ["a/two", "b"]);
    assert_eq!(edges("b"), ["a/two"], "not to the file that exports it");
    assert_eq!(graph.circles(), Vec::<Vec<Path>>::new());
}

struct Graph {
    edges: BTreeMap<Path, BTreeSet<Path>>,
}

impl Graph {
    fn of_sources() -> Self {
        let source = room("");
        let files = rust_files(&source).into_iter().map(|file| {
            let text = code(&read(&file));
            let name = file
                .strip_prefix(&source)
                .expect("it is a source")
                .with_extension("");
            let mut path: Path = name
                .iter()
                .map(|part| part.to_string_lossy().into_owned())
                .collect();
            if ["mod", "lib", "main"].contains(&&**path.last().expect("a file has a name")) {
                path.pop();
            }
            (path, text)
        });
        Self::new(&files.filter(|(path, _)| !path.is_empty()).collect())
    }

    fn new(files: &BTreeMap<Path, String>) -> Self {
        let exports = exports(files);
        let mut edges: BTreeMap<Path, BTreeSet<Path>> = BTreeMap::new();
        for (file, text) in files {
            let text = without_exports(text);
            let mut paths = paths_in(&text);
            for child in files.keys().filter(|other| other.starts_with(file)) {
                if let [name] = &child[file.len()..] {
                    paths.extend(bare_paths(&text, name));
                }
            }
            for path in paths {
                let (mut to, rest) = locate(files, file, &path);
                let further = |to: &Path| exports.get(&(to.clone(), rest.first()?.clone()));
                while let Some(next) = further(&to) {
                    to.clone_from(next);
                }
                if to != *file && files.contains_key(&to) {
                    edges.entry(file.clone()).or_default().insert(to);
                }
            }
        }
        Self { edges }
    }

    /// Files that reach themselves, those that reach one another together.
    fn circles(&self) -> Vec<Vec<Path>> {
        let reached: BTreeMap<&Path, BTreeSet<&Path>> = self
            .edges
            .keys()
            .map(|file| (file, self.reach(file)))
            .collect();
        let mut circles: Vec<Vec<Path>> = Vec::new();
        for (file, others) in &reached {
            let is_in = |other: &&&Path| {
                reached
                    .get(**other)
                    .is_some_and(|back| back.contains(*file))
            };
            let circle: Vec<Path> = others
                .iter()
                .filter(is_in)
                .map(|other| (**other).clone())
                .collect();
            if !circle.is_empty() && !circles.contains(&circle) {
                circles.push(circle);
            }
        }
        circles
    }

    fn reach(&self, file: &Path) -> BTreeSet<&Path> {
        let mut reached = BTreeSet::new();
        let mut next: Vec<&Path> = self.edges.get(file).into_iter().flatten().collect();
        while let Some(file) = next.pop() {
            if reached.insert(file) {
                next.extend(self.edges.get(file).into_iter().flatten());
            }
        }
        reached
    }
}

/// Where the items are defined that files export again.
fn exports(files: &BTreeMap<Path, String>) -> BTreeMap<(Path, String), Path> {
    let mut exports = BTreeMap::new();
    for (file, text) in files {
        let statements = EXPORTS.iter().flat_map(|opening| {
            text.split(opening)
                .skip(1)
                .filter_map(|rest| rest.split(';').next())
        });
        for statement in statements {
            for path in paths_in(&format!("self::{statement}")) {
                let is_absolute = path
                    .get(1)
                    .is_some_and(|name| ["crate", "super", "self"].contains(&&**name));
                let path = &path[usize::from(is_absolute)..];
                let (to, rest) = locate(files, file, path);
                if let Some(name) = rest.first().filter(|_| to != *file) {
                    exports.insert((file.clone(), name.clone()), to);
                }
            }
        }
    }
    exports
}

/// How an export begins.
const EXPORTS: [&str; 2] = ["pub use ", "pub(super) use "];

/// The file that a path leads to from `file`, and the names behind that.
fn locate(files: &BTreeMap<Path, String>, file: &Path, path: &[String]) -> (Path, Vec<String>) {
    let mut at = file.clone();
    let mut rest = path.iter();
    let mut name = rest.next();
    while let Some(word) = name {
        match word.as_str() {
            "crate" => at.clear(),
            "super" => {
                at.pop();
            }
            "self" => {}
            _ => break,
        }
        name = rest.next();
    }
    while let Some(word) = name {
        let mut further = at.clone();
        further.push(word.clone());
        if !files.contains_key(&further) && !files.keys().any(|known| known.starts_with(&further)) {
            break;
        }
        at = further;
        name = rest.next();
    }
    (at, name.into_iter().chain(rest).cloned().collect())
}

fn without_exports(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = EXPORTS
        .iter()
        .filter_map(|opening| rest.find(opening))
        .min()
    {
        kept.push_str(&rest[..at]);
        rest = rest[at..].split_once(';').map_or("", |(_, behind)| behind);
    }
    kept + rest
}

/// All paths that begin with `crate`, `super` or `self`, groups in braces taken apart.
fn paths_in(text: &str) -> Vec<Path> {
    let mut paths = Vec::new();
    for start in ["crate::", "super::", "self::"] {
        for (at, _) in text.match_indices(start) {
            let before = &text[..at];
            // Not in the middle of a path or a word, nor who may see an item.
            let is_inside = before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
            if !is_inside && !before.ends_with("pub(in ") {
                take_path(&text[at..], &[], &mut paths);
            }
        }
    }
    paths
}

/// Paths that begin with the name of a file in the folder.
fn bare_paths(text: &str, name: &str) -> Vec<Path> {
    let mut paths = Vec::new();
    for (at, _) in text.match_indices(&format!("{name}::")) {
        if !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
            take_path(&text[at..], &["self".to_owned()], &mut paths);
        }
    }
    paths
}

/// Takes the path, or all paths of a group, at the beginning of `text`; returns what is behind.
fn take_path<'t>(text: &'t str, before: &[String], paths: &mut Vec<Path>) -> &'t str {
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = rest.trim_start_matches([' ', '\n', ',']);
            match rest.chars().next() {
                None => return rest,
                Some('}') => return &rest[1..],
                Some(_) => rest = take_path(rest, before, paths),
            }
        }
    }
    let end = text
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(text.len());
    let (name, rest) = text.split_at(end.max(1).min(text.len()));
    let mut path = before.to_vec();
    path.push(name.to_owned());
    let goes_on =
        |rest: &str| rest.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '{');
    if let Some(rest) = rest.strip_prefix("::").filter(|rest| goes_on(rest)) {
        return take_path(rest, &path, paths);
    }
    paths.push(path);
    let renamed = rest.strip_prefix(" as ");
    let behind =
        renamed.map(|rest| rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_'));
    behind.unwrap_or(rest)
}
