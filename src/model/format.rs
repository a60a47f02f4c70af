//! The file formats that a corpus can contain.

use serde::{Deserialize, Serialize};

macro_rules! formats {
    ($($variant:ident $name:literal $what:literal;)*) => {
        /// The format that a file or record was read as. For a record inside an archive, this is
        /// the format of the member.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum Format {
            /// The format is unknown: an empty file, a file that cannot be opened, or binary data.
            #[default]
            Unknown,
            $(#[doc = $what] $variant,)*
        }

        impl Format {
            /// Returns the name of the format on the command line and in tables.
            pub fn name(self) -> &'static str {
                match self {
                    Self::Unknown => "unknown",
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

formats! {
    Text "text" "Text in any layout.";
    Json "json" "JSON: one object, or an array of objects.";
    Jsonl "jsonl" "JSON Lines.";
    Csv "csv" "A table of separated values.";
    Html "html" "A saved page.";
    Feed "feed" "RSS, Atom or JSON Feed.";
    Opml "opml" "A list of feeds.";
    Markdown "markdown" "Markdown.";
    Mail "mail" "A message, or a page saved as one.";
    Warc "warc" "A web crawl.";
    Zip "zip" "A ZIP archive.";
    Tar "tar" "A TAR archive.";
    Parquet "parquet" "A Parquet table.";
    Unread "unread" "A document that is known and not read.";
}
