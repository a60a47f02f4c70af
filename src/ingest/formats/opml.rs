//! Reads OPML files, which are lists of feeds. The files that a list names are read as if they were
//! in an archive, each once. Nothing is downloaded, and only files in the list's own folder or
//! below are read. If that folder is read as a whole, the list adds nothing.

use std::collections::HashSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::feed::{LIMIT, start_of};
use super::member::{ReadAny, read_member};
use super::{Claim, EmitAny, Flow, Found};
use crate::ingest::decode::decode;
use crate::ingest::input::{BaseFolder, Input, describe};
use crate::model::Format;

/// Attributes of an `outline` element that name a feed by its file or web address, in order of
/// preference.
const ADDRESS_ATTRIBUTES: [&str; 2] = ["xmlUrl", "url"];

/// Maximum number of elements that are open at once. The parser stores the name of each, and 8
/// bytes besides.
const MAX_NESTED: usize = 1 << 20;

pub(super) fn claim(input: &Input) -> Claim {
    let start = start_of(input);
    if start.starts_with('<') && start.contains("<opml") {
        Claim::Content
    } else {
        Claim::No
    }
}

pub(super) fn read(input: Input, read: ReadAny, emit: &mut EmitAny) -> Flow {
    let (options, base_folder) = (input.options, input.base_folder);
    let container = (input.depth, read);
    let whole = input.read_up_to(LIMIT);
    let text = decode(whole.bytes);
    let mut entries = Entries::of(&text);
    let (BaseFolder::Folder(folder) | BaseFolder::Walked(folder)) = base_folder else {
        // Reported once, not for each entry: lists may name one another without end.
        return match entries.by_ref().count() {
            0 => match entries.fault {
                Some(fault) => emit(Format::Opml, fault),
                None => Flow::Continue(()),
            },
            count => emit(Format::Opml, Found::fault(not_followed(count))),
        };
    };
    let folder = ListFolder::of(folder);
    let mut read = HashSet::new();
    entries.by_ref().try_for_each(|entry| {
        let fault = |reason: String| Found::Fault {
            record: Some(entry.clone()),
            line: None,
            reason,
        };
        let skipped = |reason: &str| Found::Skipped {
            record: Some(entry.clone()),
            reason: reason.to_owned(),
        };
        let path = match folder.resolve(&entry) {
            Ok(path) => path,
            Err(reason) => return emit(Format::Opml, fault(reason.to_owned())),
        };
        if matches!(base_folder, BaseFolder::Walked(_)) {
            return emit(
                Format::Opml,
                skipped("already read as a file of the folder"),
            );
        }
        if !read.insert(path.clone()) {
            return emit(
                Format::Opml,
                skipped("already listed above: it is read only once"),
            );
        }
        match File::open(path) {
            Ok(file) => read_member(&entry, Input::open(&entry, file, options), container, emit),
            Err(error) => emit(Format::Opml, fault(describe(&error))),
        }
    })?;
    match (whole.error, entries.fault) {
        (Some(error), _) => emit(Format::Opml, Found::fault(describe(&error))),
        (None, Some(fault)) => emit(Format::Opml, fault),
        (None, None) => Flow::Continue(()),
    }
}

fn not_followed(count: usize) -> String {
    format!(
        "the feeds of a list inside another file are not read (it lists {count}); unpack the list first"
    )
}

/// Iterates over the files and web addresses that a list names, in the order of the list. Stops
/// where the list is not valid XML, and keeps the error in `fault`.
struct Entries<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    nested: usize,
    fault: Option<Found>,
}

impl<'a> Entries<'a> {
    fn of(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        // Lists are often written by hand, so errors that leave the entries readable are ignored.
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        Self {
            text,
            reader,
            nested: 0,
            fault: None,
        }
    }

    fn stop(&mut self, reason: &str) {
        let at = usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX);
        let before = self.text.as_bytes().get(..at.min(self.text.len()));
        let line = memchr::memchr_iter(b'\n', before.unwrap_or_default()).count() as u32 + 1;
        self.fault = Some(Found::Fault {
            record: None,
            line: Some(line),
            reason: format!("the list cannot be parsed from here on: {reason}"),
        });
    }
}

impl Iterator for Entries<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        while self.fault.is_none() {
            let found = match self.reader.read_event() {
                Ok(Event::Start(tag)) => {
                    self.nested += 1;
                    entry_of(&tag)
                }
                Ok(Event::Empty(tag)) => entry_of(&tag),
                Ok(Event::End(_)) => {
                    self.nested = self.nested.saturating_sub(1);
                    None
                }
                Ok(Event::Eof) => return None,
                Ok(_) => None,
                Err(error) => {
                    self.stop(&error.to_string());
                    None
                }
            };
            if self.nested > MAX_NESTED {
                self.stop("its elements are nested too deeply");
            }
            if found.is_some() {
                return found;
            }
        }
        None
    }
}

/// Returns the file or web address that an `outline` tag names, or `None` for any other tag.
fn entry_of(tag: &BytesStart) -> Option<String> {
    if tag.local_name().as_ref() != "outline" {
        return None;
    }
    ADDRESS_ATTRIBUTES.iter().find_map(|name| {
        let mut attributes = tag.attributes();
        attributes.with_checks(false);
        let found = attributes
            .flatten()
            .find(|found| found.key.as_ref() == *name)?;
        // A bare `&`, as in addresses, is taken as it is.
        let value = found.normalized_value(XmlVersion::Implicit1_0);
        let value = value.unwrap_or_else(|_| found.value.replace("&amp;", "&").into());
        Some(value.trim().to_owned()).filter(|value| !value.is_empty())
    })
}

/// The canonical path of the folder that contains a list, or `None` if the folder cannot be
/// accessed. No file outside this folder is read, even if `..` or a symbolic link leads there.
struct ListFolder(Option<PathBuf>);

impl ListFolder {
    fn of(folder: &Path) -> Self {
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        Self(folder.canonicalize().ok())
    }

    /// Returns the canonical path of a listed file.
    ///
    /// # Errors
    /// Returns why the file is not read: it is a web address, is missing, or is outside the folder.
    fn resolve(&self, entry: &str) -> Result<PathBuf, &'static str> {
        let name = match entry.split_once(':') {
            Some(("file", path)) => path.strip_prefix("//").unwrap_or(path),
            Some((scheme, _)) if scheme.len() > 1 && scheme.chars().all(char::is_alphanumeric) => {
                return Err(
                    "a web address: nothing is downloaded; save the feed and list the file instead",
                );
            }
            _ => entry,
        };
        let missing = "no such file in the folder of the list";
        let folder = self.0.as_ref().ok_or(missing)?;
        let path = folder.join(name).canonicalize().map_err(|_| missing)?;
        if !path.starts_with(folder) {
            return Err("outside the folder of the list: it was not read");
        }
        if !path.is_file() {
            return Err("this is a folder, not a file");
        }
        Ok(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_are_read_as_the_xml_that_they_are() {
        for (outlines, expected) in [
            (r#"<outline xmlUrl="a.xml"/>"#, &["a.xml"][..]),
            (r#"<outline url="b" xmlUrl='a.xml'>"#, &["a.xml"]),
            (r#"<outline text="x > y" url="a.xml"/>"#, &["a.xml"]),
            (r#"<outline text="url='b'" url="a.xml"/>"#, &["a.xml"]),
            (r#"<outline url="a&amp;b&#32;&quot;c"/>"#, &["a&b \"c"]),
            (r#"<outline url="a?b=1&c&amp;d"/>"#, &["a?b=1&c&d"]),
            (r#"<!-- <outline url="a"/> --><outline url=" "/>"#, &[]),
            (r#"</b><outline htmlUrl="a"><outline url="b"/>"#, &["b"]),
        ] {
            let list = format!("<opml><body>{outlines}</body></opml>");
            let mut entries = Entries::of(&list);
            let found: Vec<_> = entries.by_ref().collect();
            assert_eq!(found, expected, "{outlines}");
            assert!(entries.fault.is_none(), "{outlines}");
        }
    }

    #[test]
    fn a_list_that_breaks_off_says_where() {
        let list = "<opml>\n<outline url='a'/>\n<outline url='b";
        let mut entries = Entries::of(list);
        assert_eq!(entries.by_ref().collect::<Vec<_>>(), ["a"]);
        let Some(Found::Fault { line, reason, .. }) = entries.fault else {
            panic!("no fault");
        };
        assert_eq!(line, Some(3));
        assert!(reason.contains("cannot be parsed"), "{reason}");
    }

    #[test]
    fn elements_without_end_end() {
        let list = "<a>".repeat(MAX_NESTED + 10) + "<outline url='b'/>";
        let mut entries = Entries::of(&list);
        assert_eq!(entries.by_ref().count(), 0);
        assert!(entries.fault.is_some());
    }
}
