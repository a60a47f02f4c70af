//! The folders of the user's files, chosen by the XDG Base Directory Specification, or on Windows
//! by the system's own variables.

use std::path::{Path, PathBuf};

/// Returns the folder of the user's settings, or `None` if no environment variable names one.
pub fn config_folder() -> Option<PathBuf> {
    folder("XDG_CONFIG_HOME", ".config", "APPDATA", environment)
}

/// Returns the default path of the library, or `None` if no environment variable names a folder for
/// it.
pub fn library_file() -> Option<PathBuf> {
    let folder = folder("XDG_DATA_HOME", ".local/share", "LOCALAPPDATA", environment);
    Some(folder?.join("library.db"))
}

/// Returns the folder of the cache, or `None` if no environment variable names one.
pub fn cache_folder() -> Option<PathBuf> {
    folder("XDG_CACHE_HOME", ".cache", "LOCALAPPDATA", environment)
}

fn environment(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).map(PathBuf::from)
}

fn folder(
    xdg: &str,
    in_home: &str,
    windows: &str,
    variable: impl Fn(&str) -> Option<PathBuf>,
) -> Option<PathBuf> {
    // The specification says to ignore a relative path in such a variable.
    let absolute = |name: &str| variable(name).filter(|path| path.is_absolute());
    let system = || absolute(windows).filter(|_| cfg!(windows));
    let home = || absolute("HOME").map(|home| home.join(Path::new(in_home)));
    let base = absolute(xdg).or_else(system).or_else(home)?;
    Some(base.join("kutip"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_goes_before_the_home() {
        type Variables = &'static [(&'static str, &'static str)];
        let cases: &[(Variables, Option<&str>)] = &[
            (&[("HOME", "/home/ana")], Some("/home/ana/.config/kutip")),
            (
                &[("HOME", "/home/ana"), ("XDG", "/etc/ana")],
                Some("/etc/ana/kutip"),
            ),
            (
                &[("HOME", "/home/ana"), ("XDG", "ana")],
                Some("/home/ana/.config/kutip"),
            ),
            (&[], None),
        ];
        for (variables, expected) in cases {
            let found = folder("XDG", ".config", "APPDATA", |name| {
                let known = variables.iter().find(|(known, _)| *known == name);
                known.map(|(_, value)| PathBuf::from(value))
            });
            assert_eq!(found, expected.map(PathBuf::from), "{variables:?}");
        }
    }
}
