//! OPML, a list of feeds. Files that it names in its own folder or below are read as if they were
//! in an archive, each once. Nothing is fetched, and no name leads out of that folder. If the
//! folder is read as a whole, the list adds nothing to it.

use std::collections::HashSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::feed::{LIMIT, start_of};
use super::member::{ReadAny, read_member};
use super::{Claim, Flow, Found, Tell};
use crate::ingest::decode::decode;
use crate::ingest::input::{Beside, Input, describe};
use crate::model::Format;

/// Attributes of an outline that name a file, in order of preference.
const NAMES: [&str; 2] = ["xmlUrl", "url"];

/// Maximum number of nested elements. The parser remembers each open one, which takes 8 bytes and
/// its name.
const MOST_NESTED: usize = 1 << 20;

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
    let mut places = Places::of(&text);
    let (Beside::Folder(folder) | Beside::Walked(folder)) = beside else {
        // Told once: lists may name one another without end.
        return match places.by_ref().count() {
            0 => match places.fault {
                Some(fault) => tell(Format::Opml, fault),
                None => Flow::Continue(()),
            },
            count => tell(Format::Opml, Found::fault(nowhere(count))),
        };
    };
    let folder = Folder::of(folder);
    let mut read = HashSet::new();
    places.by_ref().try_for_each(|place| {
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
    match (whole.error, places.fault) {
        (Some(error), _) => tell(Format::Opml, Found::fault(describe(&error))),
        (None, Some(fault)) => tell(Format::Opml, fault),
        (None, None) => Flow::Continue(()),
    }
}

fn nowhere(count: usize) -> String {
    format!("a list inside another file leads nowhere, here to {count} others; unpack it")
}

/// Iterates over the files and addresses that the outlines of a list name, in their order. Ends
/// where the list is no XML, and then holds the fault.
struct Places<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    nested: usize,
    fault: Option<Found>,
}

impl<'a> Places<'a> {
    fn of(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        // Lists are often written by hand: only what cannot be told apart is a fault.
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

impl Iterator for Places<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        while self.fault.is_none() {
            let found = match self.reader.read_event() {
                Ok(Event::Start(tag)) => {
                    self.nested += 1;
                    named(&tag)
                }
                Ok(Event::Empty(tag)) => named(&tag),
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
            if self.nested > MOST_NESTED {
                self.stop("too many elements inside one another");
            }
            if found.is_some() {
                return found;
            }
        }
        None
    }
}

/// Returns the file or address that a tag names, if it is an outline's.
fn named(tag: &BytesStart) -> Option<String> {
    if tag.local_name().as_ref() != "outline" {
        return None;
    }
    NAMES.iter().find_map(|name| {
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
            let mut places = Places::of(&list);
            let found: Vec<_> = places.by_ref().collect();
            assert_eq!(found, expected, "{outlines}");
            assert!(places.fault.is_none(), "{outlines}");
        }
    }

    #[test]
    fn a_list_that_breaks_off_says_where() {
        let list = "<opml>\n<outline url='a'/>\n<outline url='b";
        let mut places = Places::of(list);
        assert_eq!(places.by_ref().collect::<Vec<_>>(), ["a"]);
        let Some(Found::Fault { line, reason, .. }) = places.fault else {
            panic!("no fault");
        };
        assert_eq!(line, Some(3));
        assert!(reason.contains("cannot be parsed"), "{reason}");
    }

    #[test]
    fn elements_without_end_end() {
        let list = "<a>".repeat(MOST_NESTED + 10) + "<outline url='b'/>";
        let mut places = Places::of(&list);
        assert_eq!(places.by_ref().count(), 0);
        assert!(places.fault.is_some());
    }
}
