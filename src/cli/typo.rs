//! Mistyped subcommands. The reader takes paths where a subcommand stands, so that a wrong word
//! would be taken for a path.

use std::ffi::OsString;
use std::path::Path;

use clap::Command;
use strsim::osa_distance;

/// Maximum number of slips (a wrong, missing or additional letter, or two that are swapped).
const MOST_SLIPS: usize = 2;

/// Returns a message if the arguments begin with a word that is neither a subcommand nor a path, or
/// if a subcommand stands behind other arguments.
pub(super) fn of(arguments: &[OsString], command: &Command) -> Option<String> {
    let words: Vec<_> = arguments
        .iter()
        .skip(1)
        .map_while(|word| word.to_str())
        .collect();
    match *words.first()? {
        "help" => unknown(words.get(1)?, command),
        first if command.find_subcommand(first).is_some() => None,
        first => unknown(first, command).or_else(|| misplaced(&words, command)),
    }
}

/// Returns a message if `word` could be a subcommand, but is none, and is no path either.
fn unknown(word: &str, command: &Command) -> Option<String> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let is_known = command.find_subcommand(word).is_some() || Path::new(word).exists();
    if is_known || word.is_empty() || word.starts_with('-') || !word.chars().all(is_word) {
        return None;
    }
    let folded = word.to_lowercase();
    let names = command.get_subcommands().map(Command::get_name);
    let near = names
        .chain(["help"])
        .map(|name| (osa_distance(&folded, name), name))
        .filter(|(slips, name)| *slips <= MOST_SLIPS && *slips + 1 < name.len())
        .min_by_key(|(slips, _)| *slips);
    let help = match near {
        Some((_, name)) => format!("did you mean `kutip {name}`?"),
        None => "`kutip help` lists the commands".to_owned(),
    };
    Some(format!("`{word}` is neither a command nor a file; {help}"))
}

/// Returns a message if a subcommand stands behind a path or an option, where it would be taken for
/// a path.
fn misplaced(words: &[&str], command: &Command) -> Option<String> {
    let own = words.iter().take_while(|word| **word != "--").skip(1);
    let name = { own }
        .find(|word| command.find_subcommand(word).is_some() && !Path::new(word).exists())?;
    let rest = words.iter().filter(|word| *word != name);
    let rest: Vec<_> = rest.copied().collect();
    Some(format!(
        "a command comes first: `kutip {name} {}`",
        rest.join(" ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_in_a_command_is_understood_and_a_path_is_left_alone() {
        let command = super::super::command();
        let told = |word: &str| of(&["kutip".into(), word.into()], &command);
        for (word, meant) in [
            ("quots", "quotes"),
            ("qoute", "quotes"),
            ("Articles", "articles"),
            ("hlep", "help"),
        ] {
            let told = told(word).unwrap_or_default();
            assert!(
                told.ends_with(&format!("did you mean `kutip {meant}`?")),
                "{told}"
            );
        }
        let misplaced = of(
            &["kutip", "-q", "src", "quotes"].map(OsString::from),
            &command,
        );
        assert_eq!(
            misplaced.as_deref(),
            Some("a command comes first: `kutip quotes -q src`")
        );
        assert!(told("semangka").is_some_and(|told| told.contains("kutip help")));
        for word in [
            "quotes", "help", "-h", "-", "src", "korpus/", "a.txt", "*.txt", "",
        ] {
            assert_eq!(told(word), None, "{word}");
        }
    }
}
