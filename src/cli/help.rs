//! The parts of `--help` and of the man pages that no option describes: examples, the query
//! language, files, environment and exit codes. Each is one table for both.

use clap::Command;

use crate::search::Field;

/// A command line, and what it does.
pub(super) type Example = (&'static str, &'static str);

/// Examples by subcommand. The reader itself has the empty name. `corpus/` stands for a folder of
/// articles, and `ARTICLE`, `A` and `B` for ids that `kutip articles` lists.
const EXAMPLES: &[(&str, &[Example])] = &[
    (
        "",
        &[
            ("kutip", "open the reader on the built-in sample"),
            ("kutip corpus/", "open the reader on a folder"),
            (
                "kutip corpus/ --watch",
                "and read its files again when they change",
            ),
            (
                "kutip quotes corpus/ | grep -c laut",
                "count the quotations with a word",
            ),
        ],
    ),
    (
        "articles",
        &[
            ("kutip articles corpus/", "list titles, outlets and dates"),
            (
                "kutip articles corpus/ --format jsonl",
                "all that is known of each article",
            ),
            (
                "kutip articles corpus/ --body --format jsonl > clean.jsonl",
                "any format in, clean text out",
            ),
            (
                "kutip articles corpus/ --query 'date:2024-02 sort:date'",
                "those of one month, by date",
            ),
            (
                "find corpus/ -name '*.txt' -print0 | kutip articles --files-from - --null",
                "the files that another program chose",
            ),
        ],
    ),
    (
        "quotes",
        &[
            ("kutip quotes corpus/", "who said what"),
            (
                "kutip quotes corpus/ --kind direct,indirect --format csv",
                "whole utterances, for a spreadsheet",
            ),
            ("kutip quotes corpus/ --match laut", "a word in its context"),
            (
                "kutip quotes corpus/ --query speaker:menteri",
                "what one speaker said",
            ),
            (
                "kutip quotes corpus/ --explain --format jsonl",
                "and by which rule the speaker was found",
            ),
            (
                "kutip quotes corpus/ --trace",
                "the candidates for each speaker, and what was dropped",
            ),
        ],
    ),
    (
        "speakers",
        &[
            (
                "kutip speakers corpus/",
                "the most quoted first, with all their names",
            ),
            (
                "kutip speakers corpus/ --query 'newer:\"100 years\"' --limit 10",
                "the ten most quoted of a time",
            ),
        ],
    ),
    (
        "related",
        &[
            (
                "kutip related corpus/ --of ARTICLE",
                "the closest articles, and why",
            ),
            (
                "kutip related corpus/ --of ARTICLE --limit 5 --format jsonl",
                "five of them, for a program",
            ),
        ],
    ),
    (
        "stories",
        &[
            (
                "kutip stories corpus/",
                "articles of one event, by the date of the first",
            ),
            (
                "kutip stories corpus/ --format jsonl",
                "with the ids of all articles, and of the stories before and after",
            ),
        ],
    ),
    (
        "copies",
        &[
            (
                "kutip copies corpus/",
                "texts that several articles have, by their first article",
            ),
            (
                "kutip copies corpus/ --format jsonl",
                "with the shares that each copy keeps and adds",
            ),
        ],
    ),
    (
        "variants",
        &[
            (
                "kutip variants corpus/",
                "one utterance in several wordings",
            ),
            (
                "kutip variants corpus/ --query text:laut --format jsonl",
                "with the words that differ",
            ),
        ],
    ),
    (
        "compare",
        &[
            (
                "kutip compare corpus/ --of A --of B",
                "two articles, passage by passage",
            ),
            (
                "kutip compare corpus/ --of A --of B --format jsonl",
                "with offsets and shared words",
            ),
        ],
    ),
    (
        "matrix",
        &[
            (
                "kutip matrix corpus/",
                "which outlet quotes whom in which story",
            ),
            (
                "kutip matrix corpus/ --format csv",
                "as a table for a spreadsheet",
            ),
        ],
    ),
    (
        "timeline",
        &[
            (
                "kutip timeline corpus/",
                "statements by date of publication",
            ),
            (
                "kutip timeline corpus/ --query speaker:menteri",
                "those of one speaker",
            ),
        ],
    ),
    (
        "show",
        &[(
            "kutip show corpus/ --of ARTICLE",
            "print an article as the reader shows it",
        )],
    ),
    (
        "export",
        &[
            (
                "kutip export corpus/ --to quotes.html",
                "one page with all quotations and sources",
            ),
            (
                "kutip export corpus/ --to quotes.html --force",
                "replace the file that is there",
            ),
            (
                "kutip export corpus/ --to - | head -n 1",
                "JSON Lines on standard output",
            ),
            (
                "kutip export corpus/ --to - --as csv",
                "another format on standard output",
            ),
            (
                "kutip export corpus/ --to sources.ris",
                "citations for a reference manager",
            ),
        ],
    ),
    (
        "check",
        &[
            ("kutip check corpus/", "what could not be read, and why"),
            ("kutip check corpus/ --skipped", "what is no article"),
            (
                "kutip check corpus/ --summary",
                "counts by format and reason",
            ),
        ],
    ),
    (
        "keys",
        &[
            ("kutip keys", "all commands and keys of the reader"),
            ("kutip keys --format jsonl", "for a program"),
        ],
    ),
    (
        "notes",
        &[
            ("kutip notes", "all your notes"),
            (
                "kutip notes corpus/ --library notes.db",
                "and where their passages are in a corpus",
            ),
        ],
    ),
    (
        "library",
        &[
            (
                "kutip library export --library notes.db > notes.jsonl",
                "every entry as a line of JSON",
            ),
            (
                "kutip library import --library notes.db < notes.jsonl",
                "and back",
            ),
            ("kutip library check --library notes.db", "is it damaged?"),
        ],
    ),
    (
        "library export",
        &[(
            "kutip library export notes.jsonl --library notes.db",
            "write a library to a file",
        )],
    ),
    (
        "library import",
        &[(
            "kutip library import notes.jsonl --library notes.db",
            "add what another library exported",
        )],
    ),
    (
        "library check",
        &[(
            "kutip library check --library notes.db",
            "say whether it is damaged, and what is lost",
        )],
    ),
    (
        "library recover",
        &[(
            "kutip library recover notes.db --to saved.db",
            "save what can be read, and the rest from the backup",
        )],
    ),
    (
        "config",
        &[
            ("kutip config", "where the settings are"),
            (
                "kutip config --print",
                "the defaults with comments, to start from",
            ),
            ("kutip config --check", "what is wrong in yours"),
        ],
    ),
    (
        "cache",
        &[
            ("kutip cache", "where the cache is, and how large"),
            ("kutip cache --clear", "remove it"),
        ],
    ),
    (
        "schema",
        &[
            (
                "kutip schema quotes",
                "what each field of a quotation means",
            ),
            (
                "kutip schema > kutip.schema.json",
                "all records, for a validator",
            ),
        ],
    ),
    (
        "completions",
        &[
            (
                "kutip completions bash > kutip.bash",
                "for bash: source this file in ~/.bashrc",
            ),
            (
                "kutip completions zsh > _kutip",
                "for zsh: put this file in a folder of $fpath",
            ),
            (
                "kutip completions fish > kutip.fish",
                "for fish: put it in ~/.config/fish/completions",
            ),
        ],
    ),
    (
        "man",
        &[
            ("kutip man | man -l -", "read the man page"),
            (
                "kutip man quotes > kutip-quotes.1",
                "the page of a subcommand",
            ),
            ("kutip man --to man1/", "all pages, for a package"),
        ],
    ),
];

/// Words of a query that are no fields, and what they match.
const OPERATORS: &[(&str, &str)] = &[
    (
        "word",
        "these letters in this order, in title, outlet, date or speakers",
    ),
    ("'word", "exactly these letters"),
    ("^word word$", "at the beginning, at the end"),
    ("\"two words\"", "these words in a row"),
    ("!word", "must not match"),
    ("a|b", "either of them"),
    ("AND OR NOT ( )", "the same in words, and groups"),
];

const QUERY_NOTE: [&str; 2] = [
    "All words of a query must match.",
    "Small letters also match capitals, and plain letters match accented ones.",
];

/// The exit codes and their meanings.
pub(super) const EXIT_CODES: [(&str, &str); 4] = [
    ("0", "Something was found. A closed pipe is no error."),
    ("1", "Nothing was found."),
    (
        "2",
        "A usage error, or a named path that is missing or unreadable.",
    ),
    (
        "3",
        "Faults in records below the paths, or a damaged library; the rest was printed.",
    ),
];

/// The files that the program uses: the default path of each, and what it holds.
pub(super) const FILES: [(&str, &str); 6] = [
    (
        "~/.config/kutip/config.toml",
        "Settings and keys; `kutip config --print` prints the defaults.",
    ),
    ("~/.config/kutip/themes/", "Your themes, one file each."),
    (
        "~/.config/kutip/languages/, ~/.config/kutip/layouts/",
        "Your languages, and the page layouts of outlets.",
    ),
    (
        "~/.local/share/kutip/library.db",
        "Your notes, tags, marks and read marks.",
    ),
    (
        "~/.local/share/kutip/library.db.backup",
        "The library as it was before the first change of a day.",
    ),
    (
        "~/.cache/kutip/",
        "Parsed files; `kutip cache` shows and clears them.",
    ),
];

/// The environment variables that the program reads.
pub(super) const ENVIRONMENT: [(&str, &str); 8] = [
    (
        "XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_CACHE_HOME",
        "Folders in place of ~/.config, ~/.local/share and ~/.cache.",
    ),
    (
        "COLUMNS",
        "The width of what `kutip show` prints where there is no terminal.",
    ),
    ("NO_COLOR", "If it is set, no colours are used."),
    (
        "TERM, COLORTERM",
        "What the terminal can draw. With TERM=dumb, no progress is shown.",
    ),
    (
        "LC_ALL, LC_MESSAGES, LANG",
        "The language of the reader: English or Indonesian.",
    ),
    (
        "VISUAL, EDITOR",
        "The program that `e` opens an article's file in.",
    ),
    ("BROWSER", "The program that `gx` opens a web address in."),
    (
        "TMUX, WAYLAND_DISPLAY, DISPLAY",
        "How the reader copies to the clipboard.",
    ),
];

/// Returns the examples of a subcommand (`library export`), or of the reader for an empty name.
pub(super) fn examples(name: &str) -> &'static [Example] {
    let known = EXAMPLES.iter().find(|(known, _)| *known == name);
    known.map_or(&[], |(_, examples)| examples)
}

/// Returns whether a command takes queries: those with `--query`, and the reader.
pub(super) fn takes_queries(command: &Command, name: &str) -> bool {
    name.is_empty() || command.get_arguments().any(|arg| arg.get_id() == "query")
}

/// Returns the note on the query language, and its words with what they match.
pub(super) fn query_language() -> ([&'static str; 2], Vec<(String, &'static str)>) {
    let operators = OPERATORS
        .iter()
        .map(|(word, what)| ((*word).to_owned(), *what));
    let fields = Field::ALL.iter();
    let fields = fields.map(|(_, name, what)| (format!("{name}:"), *what));
    (QUERY_NOTE, operators.chain(fields).collect())
}

/// Adds examples, the query language and the exit codes to the `--help` of a command and of all its
/// subcommands. `name` is the name of the subcommand, which is empty for the program itself.
pub(super) fn with_help(command: Command, name: &str) -> Command {
    let help = sections(&command, name);
    let names: Vec<_> = command
        .get_subcommands()
        .map(|c| c.get_name().to_owned())
        .collect();
    let command = command.after_long_help(help);
    names.into_iter().fold(command, |command, own| {
        let full = format!("{name} {own}");
        command.mut_subcommand(own, |sub| with_help(sub, full.trim_start()))
    })
}

fn sections(command: &Command, name: &str) -> String {
    let mut text = "Examples:\n".to_owned();
    for (line, what) in examples(name) {
        text.extend(["  ", line, "\n      ", what, "\n"]);
    }
    if takes_queries(command, name) {
        let (note, words) = query_language();
        text.extend(["\nQueries (--query, and / in the reader):\n", &rows(&words)]);
        for sentence in note {
            text.extend(["  ", sentence, "\n"]);
        }
    }
    text.extend(["\nExit codes:\n", &rows(&EXIT_CODES)]);
    if name.is_empty() {
        text.push_str("\nTo open a folder that has the name of a command, write ./ before it.\n");
    }
    text.trim_end().to_owned()
}

/// Returns rows of two columns.
fn rows<N: AsRef<str>>(rows: &[(N, &str)]) -> String {
    let lines = rows
        .iter()
        .map(|(name, what)| format!("  {:<15} {what}\n", name.as_ref()));
    lines.collect()
}
