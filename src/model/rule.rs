//! The rules by which a speaker is found, each with the sentence that explains it to a reader.

use serde::{Deserialize, Serialize};

macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident, $id:literal, $summary:literal;)*) => {
        /// How the speaker of a quotation was found.
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(rename_all = "kebab-case")]
        pub enum Rule {
            $(#[doc = $summary] $(#[$doc])* $variant,)*
        }

        impl Rule {
            /// Every rule, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name in files.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// What it says, as one sentence for a reader.
            pub fn summary(self) -> &'static str {
                match self { $(Self::$variant => $summary,)* }
            }
        }
    };
}

rules! {
    #[default]
    None, "none", "No speaker was found.";
    VerbThenName, "verb-name", "A reporting verb follows the quotation, and a name follows the verb.";
    NameThenVerb, "name-verb", "A name and a reporting verb follow the quotation.";
    Clitic, "clitic", "The verb itself stands for the speaker: the one spoken of just before.";
    NameBefore, "name-verb-before", "A name and a reporting verb stand before the quotation.";
}
