//! Arguments that select the files to read and how to read them, and the loading of the corpus.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};

use super::config::user_engine;
use super::outcome::{Error, tell_verbose};
use super::progress::Progress;
use crate::cache::CacheDir;
use crate::config::cache_folder;
use crate::ingest::{Exclude, Links, Meaning, Options, Request};
use crate::work::{Engine, Loaded, load_all_with};

/// Arguments that select the files to read and how to read them.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct PathArgs {
    /// Files, folders, quoted globs, or `-` for standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<String>,
    /// Also read the files and folders that this file lists, one a line; `-` for standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    files_from: Option<PathBuf>,
    /// The names in that list end with a NUL character, as `find -print0` writes them
    #[arg(short = '0', long, requires = "files_from")]
    null: bool,
    /// Leave out files and folders of this name, or, with a slash, of this path below PATH
    #[arg(long, value_name = "GLOB", value_parser = parse_exclude)]
    exclude: Vec<String>,
    /// Take text, title, outlet, published, authors, url, … from this field of records
    #[arg(long = "field", value_name = "MEANING=NAME", value_parser = parse_field)]
    fields: Vec<(Meaning, String)>,
    /// Read files with this ending in this format, whatever they look like
    #[arg(long = "format-of", value_name = "EXT=FORMAT", value_parser = parse_format_of)]
    formats: Vec<(String, String)>,
    /// Follow symbolic links that lead out of a folder; each file is read once
    #[arg(long)]
    follow: bool,
    /// Use no cache: parse everything again and store nothing
    #[arg(long)]
    no_cache: bool,
}

fn parse_exclude(pattern: &str) -> Result<String, String> {
    Exclude::new([pattern])?;
    Ok(pattern.to_owned())
}

fn parse_field(pair: &str) -> Result<(Meaning, String), String> {
    let (meaning, name) = pair
        .split_once('=')
        .ok_or("write it as MEANING=NAME, for example title=headline")?;
    if name.is_empty() {
        return Err("the name after `=` is missing".to_owned());
    }
    Ok((meaning.parse()?, name.to_owned()))
}

fn parse_format_of(pair: &str) -> Result<(String, String), String> {
    let (ending, format) = pair
        .split_once('=')
        .filter(|(ending, _)| !ending.trim_start_matches('.').is_empty())
        .ok_or("write it as EXT=FORMAT, for example dat=csv")?;
    Options::default().with_format_of(ending, format)?;
    Ok((ending.to_owned(), format.to_owned()))
}

/// The articles of the files that the arguments select.
pub(super) struct ReadPaths {
    /// The engine that read them.
    pub engine: Engine,
    /// The paths of the arguments and of the list.
    pub paths: Vec<String>,
    /// What was read.
    pub loaded: Loaded,
}

impl PathArgs {
    /// Returns whether the arguments name nothing to read.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && self.files_from.is_none()
    }

    /// Converts the arguments into a request to load. The request has no paths only if the
    /// arguments name none.
    pub fn request(&self) -> Result<Request, Error> {
        let options = self
            .fields
            .iter()
            .fold(Options::default(), |options, (meaning, name)| {
                options.with_field(*meaning, name)
            });
        // Each pair was checked when the arguments were parsed.
        let options = self
            .formats
            .iter()
            .fold(options, |options, (ending, format)| {
                let usual = options.clone();
                options.with_format_of(ending, format).unwrap_or(usual)
            });
        Ok(Request {
            paths: self.all_paths()?,
            options,
            links: if self.follow {
                Links::Everywhere
            } else {
                Links::Inside
            },
            exclude: Exclude::new(&self.exclude).map_err(Error::Usage)?,
        })
    }

    /// Returns the paths of the command line and those of the list.
    fn all_paths(&self) -> Result<Vec<String>, Error> {
        if self.paths.iter().any(String::is_empty) {
            return Err(Error::Usage(
                "a path is empty; is a variable of your script not set?".to_owned(),
            ));
        }
        let mut paths = self.paths.clone();
        if let Some(list) = &self.files_from {
            if list == Path::new("-") && paths.iter().any(|path| path == "-") {
                return Err(Error::Usage(
                    "standard input cannot be both the list of files and an article; save one of them to a file"
                        .to_owned(),
                ));
            }
            paths.extend(self.listed(list)?);
            if paths.is_empty() {
                let list = list.display();
                return Err(Error::Nothing(format!("{list}: the list names no file")));
            }
        }
        Ok(paths)
    }

    /// Reads the paths in a list of files.
    fn listed(&self, list: &Path) -> Result<Vec<String>, Error> {
        let mut bytes = Vec::new();
        let read = if list == Path::new("-") {
            std::io::stdin().lock().read_to_end(&mut bytes)
        } else {
            std::fs::File::open(list).and_then(|mut file| file.read_to_end(&mut bytes))
        };
        let fault = |reason: String| {
            let list = list.display();
            Error::Usage(format!(
                "{list}: cannot be read as a list of files: {reason}"
            ))
        };
        read.map_err(|error| fault(error.to_string()))?;
        let end = if self.null { b'\0' } else { b'\n' };
        let names = bytes.split(|byte| *byte == end).map(|name| match end {
            b'\n' => name.strip_suffix(b"\r").unwrap_or(name),
            _ => name,
        });
        let mut paths = Vec::new();
        for (number, name) in (1..).zip(names) {
            match std::str::from_utf8(name) {
                Ok(name) if name.contains('\0') => {
                    return Err(fault("its names end with NUL; add --null".to_owned()));
                }
                Ok("") => {}
                Ok(name) => paths.push(name.to_owned()),
                Err(_) => {
                    let help = "the name is not valid UTF-8; name its folder instead";
                    return Err(fault(format!("entry {number}: {help}")));
                }
            }
        }
        Ok(paths)
    }

    /// Creates an engine with the user's languages and layouts, and with the parse cache.
    pub fn engine(&self) -> Result<Engine, Error> {
        let engine = user_engine()?;
        let folder = cache_folder().filter(|_| !self.no_cache);
        Ok(match folder {
            Some(folder) => engine.with_cache(CacheDir::new(folder)),
            None => engine,
        })
    }

    /// Reads all articles. The built-in sample is never read, so that a script in which a variable
    /// is not set does not get invented articles.
    pub fn read(&self) -> Result<ReadPaths, Error> {
        let request = self.request()?;
        if request.paths.is_empty() {
            return Err(Error::Usage(NO_PATH.to_owned()));
        }
        let engine = self.engine()?;
        let started = std::time::Instant::now();
        let loaded = Progress::of_files(|progress| load_all_with(&engine, &request, progress));
        tell_verbose(&summary(&loaded, started.elapsed().as_secs_f64()));
        Ok(ReadPaths {
            engine,
            paths: request.paths,
            loaded,
        })
    }
}

const NO_PATH: &str = "the path is missing: name a file, a folder, a quoted glob, or `-` for \
standard input (if you did, is a variable of your script not set?)";

fn summary(loaded: &Loaded, seconds: f64) -> String {
    use super::outcome::counted;
    use crate::model::Issue;
    let skipped: usize = loaded.skipped.iter().map(|s| s.count as usize).sum();
    format!(
        "read {} in {seconds:.2} s; {skipped} passed over, {}",
        counted(loaded.corpus.len(), "article"),
        counted(Issue::count_all(&loaded.issues), "fault"),
    )
}
