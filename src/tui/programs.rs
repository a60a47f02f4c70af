//! Runs other programs: the editor, the browser, shell commands. The terminal is restored while a
//! program that needs it runs.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write, stdout};
use std::path::Path;
use std::process::{Command, Stdio};

use super::links::web_address;
use crate::config::Sentence;

/// The outcome of running a program, as a sentence for the user.
type ProgramOutcome = Result<Sentence, Sentence>;

/// Opens the file `path` in the user's editor at `line`. The editor uses the terminal until it
/// ends.
pub fn edit(path: &str, line: usize) -> ProgramOutcome {
    if !Path::new(path).is_file() {
        let words = "{0} is not a file of its own: nothing to edit";
        return Err(Sentence::new(words, &[&path]));
    }
    let wanted = ["VISUAL", "EDITOR"].map(|name| std::env::var(name).unwrap_or_default());
    let editor = wanted.iter().find(|words| !words.trim().is_empty());
    let editor = editor.map_or("vi", String::as_str);
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let mut command = Command::new(program);
    command
        .args(words)
        .args(arguments(program, &plain_path(path), line));
    if let Ok(terminal) = File::open("/dev/tty") {
        command.stdin(terminal);
    }
    match command.status() {
        Ok(status) if status.success() => {
            Ok(Sentence::new("{0} was open in {1}", &[&path, &program]))
        }
        Ok(status) => Err(Sentence::new("{0}: {1}", &[&program, &status])),
        Err(error) => {
            let words = "{0}: {1}; set EDITOR to your editor";
            Err(Sentence::new(words, &[&program, &error]))
        }
    }
}

/// Returns `path` in a form that no program mistakes for an option or a command, with `./` before
/// it if needed: files may be named `-x` or `+!command`.
fn plain_path(path: &str) -> String {
    let is_plain = Path::new(path).has_root() || path.starts_with("./") || path.starts_with("../");
    if is_plain {
        path.to_owned()
    } else {
        format!("./{path}")
    }
}

/// Returns the arguments that make an editor open `path` at `line`. For editors that support it,
/// `--` marks the end of the options.
fn arguments(program: &str, path: &str, line: usize) -> Vec<String> {
    let name = Path::new(program).file_name().unwrap_or_default();
    match &*name.to_string_lossy() {
        "code" | "codium" | "code-insiders" => vec!["--goto".to_owned(), format!("{path}:{line}")],
        "hx" | "helix" | "subl" | "zed" => vec![format!("{path}:{line}")],
        // These editors document `--`. Others might open it as one more file.
        "vi" | "vim" | "nvim" | "view" | "gvim" | "mvim" | "nano" | "emacs" | "less" => {
            vec![format!("+{line}"), "--".to_owned(), path.to_owned()]
        }
        _ => vec![format!("+{line}"), path.to_owned()],
    }
}

/// Asks the system to open `url` in a browser, if it is a web address.
pub fn browse(url: &str) -> ProgramOutcome {
    let Some(url) = web_address(url) else {
        let words = "{0} is not a web address: not opened";
        return Err(Sentence::new(words, &[&url]));
    };
    let url = &*url;
    let wanted = std::env::var("BROWSER").unwrap_or_default();
    let known = ["xdg-open", "open", "wslview"];
    let programs = std::iter::once(&*wanted).chain(known);
    for program in programs.filter(|program| !program.is_empty()) {
        let mut command = Command::new(program);
        command
            .arg(url)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        // In its own process group the browser keeps running after the reader has ended.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        if let Ok(mut child) = command.spawn() {
            // The process is waited for, so that it does not remain as a zombie.
            std::thread::spawn(move || child.wait());
            return Ok(Sentence::new("asked {0} to open {1}", &[&program, &url]));
        }
    }
    let words = "no browser was found for {0}; set BROWSER to yours";
    Err(Sentence::new(words, &[&url]))
}

/// Runs a shell command with `words` as its input, then waits for Enter before the reader returns.
pub fn pipe(command: &str, words: String) -> ProgramOutcome {
    let started = Command::new("sh")
        .args(["-c", command])
        .stdin(Stdio::piped())
        .spawn();
    let mut child = started.map_err(|error| Sentence::new("{0}: {1}", &[&"sh", &error]))?;
    let input = child.stdin.take();
    let writer = std::thread::spawn(move || {
        if let Some(mut input) = input {
            // A command that does not read all of its input is not an error.
            let _ = input.write_all(words.as_bytes());
        }
    });
    let status = child
        .wait()
        .map_err(|error| Sentence::new("{0}: {1}", &[&"sh", &error]))?;
    let _ = writer.join();
    let _ = wait_for_enter();
    if status.success() {
        Ok(Sentence::new("done: {0}", &[&command]))
    } else {
        Err(Sentence::new("{0}: {1}", &[&command, &status]))
    }
}

fn wait_for_enter() -> io::Result<()> {
    let terminal = File::open("/dev/tty")?;
    let mut out = stdout();
    out.write_all(b"\n[Enter goes back to kutip]")?;
    out.flush()?;
    BufReader::new(terminal).read_line(&mut String::new())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_editor_is_told_the_line_in_its_way() {
        for (editor, told) in [
            ("vim", "+7 -- a.txt"),
            ("/usr/bin/nano", "+7 -- a.txt"),
            ("micro", "+7 a.txt"),
            ("code", "--goto a.txt:7"),
            ("hx", "a.txt:7"),
        ] {
            assert_eq!(arguments(editor, "a.txt", 7).join(" "), told, "{editor}");
        }
    }

    #[test]
    fn a_path_is_never_taken_for_an_option_or_a_command() {
        for (path, plain) in [
            ("a.txt", "./a.txt"),
            ("+!touch x; .txt", "./+!touch x; .txt"),
            ("-R", "./-R"),
            ("~/a.txt", "./~/a.txt"),
            ("korpus/a.txt", "./korpus/a.txt"),
            ("./a.txt", "./a.txt"),
            ("../a.txt", "../a.txt"),
            ("/srv/a.txt", "/srv/a.txt"),
        ] {
            assert_eq!(plain_path(path), plain);
        }
    }

    #[test]
    fn only_addresses_of_the_web_go_to_the_browser() {
        for bad in ["file:///etc/passwd", "https://a.example/\n--help", "-x"] {
            let told = browse(bad).unwrap_err().to_string();
            assert!(told.contains("not a web address"), "{told}");
        }
    }

    #[test]
    fn what_is_no_file_is_not_edited() {
        assert!(edit("no/such/file.txt", 1).is_err());
    }
}
