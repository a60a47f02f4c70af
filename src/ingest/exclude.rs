//! Patterns for the files and folders that are not read, as the user gives them with `--exclude`.

use std::path::Path;

use globset::{GlobBuilder, GlobSet};

/// Patterns of files and folders that are not read. A pattern without a slash matches a name at any
/// depth; one with a slash matches a path below the folder that the user named.
#[derive(Clone, Debug, Default)]
pub struct Exclude(GlobSet);

impl Exclude {
    /// Compiles glob patterns that the user has typed.
    ///
    /// # Errors
    /// Returns a message about the first pattern that is not valid.
    pub fn new(patterns: impl IntoIterator<Item = impl AsRef<str>>) -> Result<Self, String> {
        let mut globs = GlobSet::builder();
        for pattern in patterns {
            let typed = pattern.as_ref();
            let bare = typed.strip_prefix("./").unwrap_or(typed);
            let bare = bare.strip_suffix('/').unwrap_or(bare);
            let glob = match bare.strip_prefix('/') {
                Some(below) => below.to_owned(),
                None if bare.contains('/') => bare.to_owned(),
                None => format!("**/{bare}"),
            };
            let glob = GlobBuilder::new(&glob).literal_separator(true).build();
            globs.add(
                glob.map_err(|error| format!("`{typed}` is no valid pattern: {}", error.kind()))?,
            );
        }
        Ok(Self(globs.build().map_err(|error| error.to_string())?))
    }

    /// Returns whether a pattern matches a file or folder. `below` is its path relative to the
    /// folder that the user named.
    pub(super) fn matches(&self, below: &Path) -> bool {
        !self.0.is_empty() && self.0.is_match(below)
    }

    /// Returns whether a pattern matches `path`, a file that the user named, or a folder above it.
    pub(super) fn matches_named(&self, path: &str) -> bool {
        let path = Path::new(path.strip_prefix("./").unwrap_or(path));
        !self.0.is_empty() && path.ancestors().any(|above| self.matches(above))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_a_name_anywhere_or_a_path_from_the_top() {
        let cases: &[(&str, &[&str], &[&str])] = &[
            ("*.json", &["a.json", "b/c/a.json"], &["a.jsonl", "json"]),
            ("draf", &["draf", "b/draf"], &["draft", "draf.txt"]),
            ("draf/", &["draf", "b/draf"], &["draft"]),
            (
                "draf/*.txt",
                &["draf/a.txt"],
                &["b/draf/a.txt", "draf/b/a.txt"],
            ),
            ("./draf/*", &["draf/a.txt"], &["a.txt"]),
            ("/draf", &["draf"], &["b/draf"]),
            (
                "**/draf/**",
                &["b/draf/a.txt", "draf/b/a.txt"],
                &["draf.txt"],
            ),
            ("{a,b}.txt", &["a.txt", "c/b.txt"], &["c.txt"]),
        ];
        for (pattern, matched, others) in cases {
            let exclude = Exclude::new([pattern]).unwrap();
            for path in *matched {
                assert!(exclude.matches(Path::new(path)), "{pattern}: {path}");
            }
            for path in *others {
                assert!(!exclude.matches(Path::new(path)), "{pattern}: {path}");
            }
        }
        assert!(
            Exclude::new(["draf"])
                .unwrap()
                .matches_named("./b/draf/a.txt")
        );
        assert!(!Exclude::default().matches(Path::new("a.txt")));
        let fault = Exclude::new(["a[b"]).unwrap_err();
        assert!(fault.contains("`a[b` is no valid pattern"), "{fault}");
    }
}
