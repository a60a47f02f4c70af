//! OPML, a list of feeds. Files that it names in its own folder or below are read as if they were
//! in an archive, each once. Nothing is fetched, and no name leads out of that folder. If the
//! folder is read as a whole, the list adds nothing to it.

use std::collections::HashSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use super::feed::{LIMIT, start_of};
use super::member::{ReadAny, read_member};
use super::{Claim, Flow, Found, Tell};
use crate::ingest::decode::decode;
use crate::ingest::input::{Beside, Input, describe};
use crate::model::Format;

/// Attributes of an outline that name a file, in order of preference.
const NAMES: [&str; 2] = ["xmlUrl", "url"];

pub(super) fn claim(input: &Input) -> Claim {
    let start = start_of(input);
    if start.starts_with('<') && start.contains("<opml") {
        Claim::Content
    } else {
        Claim::No
    }
}

pub(super) fn read(input: Input, read: ReadAny, tell: &mut Tell) -> Flow {
    let (options, beside) = (input.options, input.beside);
    let container = (input.depth, read);
    let whole = input.read_up_to(LIMIT);
    let text = decode(whole.bytes);
    let mut places = text.split("<outline").skip(1).filter_map(named);
    let (Beside::Folder(folder) | Beside::Walked(folder)) = beside else {
        // Report this once, because lists may name one another without end.
        return match places.count() {
            0 => Flow::Continue(()),
            count => tell(Format::Opml, Found::fault(nowhere(count))),
        };
    };
    let folder = Folder::of(folder);
    let mut read = HashSet::new();
    places.try_for_each(|place| {
        let fault = |reason: String| Found::Fault {
            record: Some(place.clone()),
            line: None,
            reason,
        };
        let skipped = |reason: &str| Found::Skipped {
            record: Some(place.clone()),
            reason: reason.to_owned(),
        };
        let path = match folder.local(&place) {
            Ok(path) => path,
            Err(reason) => return tell(Format::Opml, fault(reason.to_owned())),
        };
        if matches!(beside, Beside::Walked(_)) {
            return tell(Format::Opml, skipped("read as a file of its own"));
        }
        if !read.insert(path.clone()) {
            return tell(Format::Opml, skipped("named before in the list: read once"));
        }
        match File::open(path) {
            Ok(file) => read_member(&place, Input::open(&place, file, options), container, tell),
            Err(error) => tell(Format::Opml, fault(describe(&error))),
        }
    })?;
    if let Some(error) = whole.error {
        tell(Format::Opml, Found::fault(describe(&error)))?;
    }
    Flow::Continue(())
}

fn nowhere(count: usize) -> String {
    format!("a list inside another file leads nowhere, here to {count} others; unpack it")
}

/// Returns the file or web address that an outline names.
fn named(outline: &str) -> Option<String> {
    let tag = outline.split('>').next().unwrap_or(outline);
    NAMES.iter().find_map(|name| {
        let mut behind = tag.split(*name).skip(1);
        let value = behind.find_map(|rest| {
            let rest = rest.trim_start().strip_prefix('=')?.trim_start();
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            rest.get(1..)?.split(quote).next()
        })?;
        let value = value.trim().replace("&amp;", "&");
        (!value.is_empty()).then_some(value)
    })
}

/// The folder of a list, as a canonical path, so that neither `..` nor a link leads out of it.
struct Folder(Option<PathBuf>);

impl Folder {
    fn of(folder: &Path) -> Self {
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        Self(folder.canonicalize().ok())
    }

    /// Returns the path of a file, if it is in the folder or below.
    fn local(&self, place: &str) -> Result<PathBuf, &'static str> {
        let name = match place.split_once(':') {
            Some(("file", path)) => path.strip_prefix("//").unwrap_or(path),
            Some((scheme, _)) if scheme.len() > 1 && scheme.chars().all(char::is_alphanumeric) => {
                return Err("an address: nothing is fetched; save the feed and name the file");
            }
            _ => place,
        };
        let missing = "no such file beside the list";
        let folder = self.0.as_ref().ok_or(missing)?;
        let path = folder.join(name).canonicalize().map_err(|_| missing)?;
        if !path.starts_with(folder) {
            return Err("it lies outside the list's own folder: it was not read");
        }
        if !path.is_file() {
            return Err("a folder where a file was expected");
        }
        Ok(path)
    }
}
