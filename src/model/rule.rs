//! The rules that find a speaker, each with a sentence that explains it to a reader.

use serde::{Deserialize, Serialize};

macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident, $id:literal, $summary:literal;)*) => {
        /// The rule that found the speaker of a quotation.
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(rename_all = "kebab-case")]
        pub enum Rule {
            $(#[doc = $summary] $(#[$doc])* $variant,)*
        }

        impl Rule {
            /// All rules, in the order of the table below.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the name of the rule in files.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// Returns the explanation of the rule, as one sentence for a reader.
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
    Unlisted, "unlisted-verb", "A verb that need not be one of reporting follows the quotation, and someone's name the verb.";
    Clitic, "clitic", "The verb itself refers to the speaker: the person mentioned just before.";
    NameBefore, "name-verb-before", "A name and a reporting verb come before the quotation.";
    AccordingTo, "according-to", "The words are reported as “according to” someone.";
    Clause, "clause", "A name and a reporting verb open the clause.";
    ClauseInverted, "clause-inverted", "A reporting verb and a name are inserted in the middle or at the end of the clause.";
    ClauseEnd, "clause-end", "A name and a reporting verb are inserted in the middle or at the end of the clause.";
    ClausePassive, "clause-passive", "The clause is said to have been spoken by someone.";
    About, "about", "A medium's report around the marked words tells of the one whose words they are.";
    Asked, "asked", "Someone was asked these words, and nobody is named who asks.";
    FreeIndirect, "free-indirect", "The mood of the verb says that the one who spoke before goes on.";
    Transcript, "transcript", "A name and a colon open the paragraph, as in a transcript.";
    Signed, "signed", "A dash and a name follow the quotation.";
    SameUtterance, "same-utterance", "The words continue a quotation whose speaker is known.";
    FloatsOn, "floats-on", "No reporting verb is next to it: the speaker is the person who spoke just before.";
    Repeated, "repeated", "The same words appear elsewhere in the article, next to their speaker.";
    Announced, "announced", "The previous sentence says who is about to speak.";
    Labelled, "labelled", "A verb of saying governs the marked words, as in: called it “reckless”.";
    Spoken, "within-clause", "The marked words are part of a clause whose speaker is known.";
}
