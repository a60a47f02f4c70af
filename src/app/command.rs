//! The one table of commands: identifier, name, group, summary, default keys. The keymap, the help
//! overlay, the palette and `kutip keys` are all made from it.

/// Where a key is pressed; decides what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// The list of articles.
    List,
    /// The text.
    Text,
    /// The quotes sidebar.
    Quotes,
    /// Text that is being selected.
    Select,
    /// An overlay with a list.
    Picker,
    /// Statements in an overlay: the tray, variants, a cell of the matrix, a timeline.
    Tray,
    /// A timeline.
    Timeline,
    /// Passages side by side.
    Compare,
    /// The matrix of a story.
    Matrix,
    /// A line that is being typed.
    Prompt,
    /// Everywhere, where nothing nearer claims the key.
    Global,
}

impl Context {
    /// All of them, in the order in which they are listed to users.
    pub const ALL: [Self; 11] = [
        Self::List,
        Self::Text,
        Self::Quotes,
        Self::Select,
        Self::Picker,
        Self::Tray,
        Self::Timeline,
        Self::Compare,
        Self::Matrix,
        Self::Prompt,
        Self::Global,
    ];

    /// Its name in settings and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Text => "text",
            Self::Quotes => "quotes",
            Self::Select => "select",
            Self::Picker => "overlay",
            Self::Tray => "tray",
            Self::Timeline => "timeline",
            Self::Compare => "compare",
            Self::Matrix => "matrix",
            Self::Prompt => "prompt",
            Self::Global => "everywhere",
        }
    }
}

/// What a command has to do with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Moving about.
    Move,
    /// Opening, closing, going back and forth.
    Go,
    /// Filtering, finding and sorting.
    Find,
    /// Quotations.
    Quotes,
    /// Laying side by side, and what the whole corpus tells.
    Compare,
    /// Selecting and copying.
    Copy,
    /// What is kept between runs.
    Keep,
    /// What is shown and how.
    View,
    /// Typing in a prompt.
    Type,
    /// The program itself.
    Program,
}

impl Group {
    /// Its heading.
    pub fn name(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Go => "Go",
            Self::Find => "Find",
            Self::Quotes => "Quotes",
            Self::Compare => "Compare",
            Self::Copy => "Copy",
            Self::Keep => "Keep",
            Self::View => "View",
            Self::Type => "Type",
            Self::Program => "Program",
        }
    }
}

/// Default keys: the places where they hold, and bindings separated by spaces.
pub type Binding = (&'static [Context], &'static str);

/// One row of the table.
#[derive(Debug)]
pub struct Info {
    /// What it does when it is run.
    pub command: Command,
    /// Its name in the palette and in settings.
    pub name: &'static str,
    /// What it has to do with.
    pub group: Group,
    /// What it does, as one line.
    pub summary: &'static str,
    /// Its default keys.
    pub keys: &'static [Binding],
}

macro_rules! commands {
    ($($group:ident { $($variant:ident $name:literal $summary:literal [$($binding:expr),*];)* })*) => {
        /// What a key or the palette can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command {
            $($(#[doc = $summary] $variant,)*)*
        }

        /// Every command, grouped, in the order in which they are listed to users.
        pub static COMMANDS: &[Info] = &[
            $($(Info {
                command: Command::$variant,
                name: $name,
                group: Group::$group,
                summary: $summary,
                keys: &[$($binding),*],
            },)*)*
        ];
    };
}

use Context::{
    Compare, Global, List, Matrix, Picker, Prompt, Quotes, Select, Text, Timeline, Tray,
};

/// Places with a line to move on.
const LINES: &[Context] = &[List, Text, Quotes, Select, Picker, Compare, Matrix];
const BOARDS: &[Context] = &[Compare, Matrix];
const PANES: &[Context] = &[List, Text, Quotes];
const READING: &[Context] = &[Text, Quotes];

commands! {
    Move {
        Down "down" "Move down." [(LINES, "j Down"), (&[Prompt], "Ctrl-j Ctrl-n Down")];
        Up "up" "Move up." [(LINES, "k Up"), (&[Prompt], "Ctrl-k Ctrl-p Up")];
        HalfDown "half-down" "Move down half a page." [(LINES, "Ctrl-d")];
        HalfUp "half-up" "Move up half a page." [(LINES, "Ctrl-u")];
        PageDown "page-down" "Move down a page."
            [(LINES, "Ctrl-f PgDn"), (&[Text], "Space"), (&[Prompt], "PgDn")];
        PageUp "page-up" "Move up a page."
            [(LINES, "Ctrl-b PgUp"), (&[Text], "b"), (&[Prompt], "PgUp")];
        Top "top" "Go to the beginning." [(LINES, "gg Home")];
        Bottom "bottom" "Go to the end, or to the line whose number was typed." [(LINES, "G End")];
        Centre "centre" "Put the current quote in the middle of the text." [(&[Text], "zz")];
        ToTop "to-top" "Put the current quote at the top of the text." [(&[Text], "zt")];
        ToBottom "to-bottom" "Put the current quote at the bottom of the text." [(&[Text], "zb")];
    }
    Go {
        Open "open" "Open what is selected."
            [(&[List, Quotes], "Enter l Right"), (&[Text], "l Right"), (&[Picker], "Enter l"), (BOARDS, "Enter")];
        Back "back" "Go back one pane, or drop the filter." [(PANES, "h Left Esc")];
        Leave "leave" "Go up one level; at the top, quit." [(PANES, "q"), (&[Picker], "q Esc h"), (BOARDS, "q Esc")];
        NextPane "next-pane" "Go to the next pane." [(PANES, "Tab")];
        PreviousPane "previous-pane" "Go to the previous pane." [(PANES, "Shift-Tab")];
        NextArticle "next-article" "Open the next article; on a matrix, the next story."
            [(PANES, "J"), (&[Matrix], "J")];
        PreviousArticle "previous-article" "Open the previous article; on a matrix, the story before."
            [(PANES, "K"), (&[Matrix], "K")];
        HistoryBack "history-back" "Go back to the article read before."
            [(PANES, "H Backspace Ctrl-o")];
        HistoryForward "history-forward" "Go forward again." [(PANES, "L")];
        History "history" "List the articles read so far." [(PANES, "gh")];
        Related "related" "List the articles that belong with this one, with the reasons."
            [(PANES, "gr")];
        NextRelated "next-related" "Open the next related article." [(PANES, "]r")];
        PreviousRelated "previous-related" "Open the related article before." [(PANES, "[r")];
        Stories "stories" "List the stories: articles of one event." [(PANES, "ge")];
    }
    Find {
        Search "search" "Filter the list; in the text, find; in the sidebar, filter quotes."
            [(PANES, "/"), (&[Picker], "/")];
        Filter "filter" "Filter the list of articles." [(PANES, "gf")];
        NextMatch "next-match" "Go to the next match in the text." [(READING, "n")];
        PreviousMatch "previous-match" "Go to the previous match in the text." [(READING, "N")];
        Sort "sort" "Sort by the next: best match, date, outlet, title."
            [(&[List], "s")];
        ReverseSort "reverse-sort" "Turn the order of the list round." [(&[List], "S")];
        GroupList "group-list" "Group the list by story, or no longer." [(PANES, "gE")];
        Fold "fold" "Fold or unfold the story here." [(&[List], "za")];
        FoldAll "fold-all" "Fold all stories." [(&[List], "zM")];
        UnfoldAll "unfold-all" "Unfold all stories." [(&[List], "zR")];
    }
    Quotes {
        NextQuote "next-quote" "Go to the next quote." [(PANES, "]q")];
        PreviousQuote "previous-quote" "Go to the previous quote." [(PANES, "[q")];
        Speaker "speaker" "List all that the speaker of the current quote is quoted with."
            [(PANES, "gs")];
        Speakers "speakers" "List all speakers." [(PANES, "gS")];
        Keyword "keyword" "Find a word in all quotes, and align them on it." [(PANES, "gk")];
        SortLines "sort-lines" "Sort the places of a word by the next word to the right or left."
            [(&[Picker], "s")];
        GroupQuotes "group-quotes" "List quotes by speaker, or in the order of the text."
            [(&[Quotes], "s")];
        Explain "explain" "Say how the speaker of the current quote was found."
            [(READING, "E")];
    }
    Compare {
        ToggleTray "tray" "Put on the compare tray, or take off."
            [(&[List, Quotes], "Space"), (&[Text], "c"), (&[Tray], "Space x")];
        ShowTray "show-tray" "List what lies on the tray." [(PANES, "T"), (BOARDS, "T")];
        PutAside "put-aside" "Put the tray aside as a collection with a name."
            [(PANES, "gT"), (BOARDS, "gT"), (&[Tray], "gT")];
        Collections "collections" "List the collections that were put aside."
            [(PANES, "gC"), (BOARDS, "gC"), (&[Tray], "gC")];
        Compare "compare" "Lay what is on the tray side by side; on a matrix, the speaker by outlet."
            [(PANES, "C"), (&[Tray, Matrix], "C")];
        Variants "variants" "Lay all wordings of the current quote side by side." [(PANES, "gv")];
        AllVariants "all-variants" "List the utterances that several articles report."
            [(PANES, "gV")];
        OpenMatrix "matrix" "Show which outlet quotes whom in this story." [(PANES, "gM")];
        OpenTimeline "timeline" "List statements of the speaker or story by date of publication."
            [(PANES, "gD")];
        Export "export" "Write what is shown to a file: .html, .md, .csv or .jsonl."
            [(PANES, "gw"), (BOARDS, "gw"), (&[Tray], "gw")];
        ColumnLeft "column-left" "Choose the column to the left." [(BOARDS, "h Left")];
        ColumnRight "column-right" "Choose the column to the right." [(BOARDS, "l Right")];
        NextPassage "next-passage" "Go to the next passage." [(&[Compare], "J n Tab")];
        PreviousPassage "previous-passage" "Go to the passage before."
            [(&[Compare], "K N Shift-Tab")];
        ScrollTogether "scroll-together" "Scroll columns together, or each on its own."
            [(&[Compare], "=")];
        WordDifferences "word-differences" "Show or hide which words differ." [(&[Compare], "d")];
        StackColumns "stack" "Lay passages beside one another, or under one another."
            [(&[Compare], "s")];
        DropColumn "drop-column" "Drop the chosen column." [(&[Compare], "x")];
        TimelineGrain "timeline-step" "Go by day, week or month." [(&[Timeline], "s")];
        TimelineScope "timeline-scope" "Show the speaker, the story, or all."
            [(&[Timeline], "o")];
    }
    Copy {
        SelectText "select" "Select text, from the current line on." [(&[Text], "v")];
        SelectLeft "select-left" "Move the end of the selection left." [(&[Select], "h Left")];
        SelectRight "select-right" "Move the end of the selection right."
            [(&[Select], "l Right")];
        SelectWordLeft "select-word-left" "Move the end of the selection to the word before."
            [(&[Select], "b")];
        SelectWordRight "select-word-right" "Move the end of the selection to the next word."
            [(&[Select], "w e")];
        SelectLineStart "select-line-start" "Move the end of the selection to the line's start."
            [(&[Select], "0 ^")];
        SelectLineEnd "select-line-end" "Move the end of the selection to the line's end."
            [(&[Select], "$")];
        SelectSwap "select-swap" "Go to the other end of the selection." [(&[Select], "o")];
        SelectStop "select-stop" "Drop the selection." [(&[Select], "Esc v q")];
        CopySelection "copy" "Copy the selection, without line breaks." [(&[Select], "y Enter")];
        CopyQuote "copy-quote" "Copy the current quote with its citation." [(READING, "yq")];
        CopyArticle "copy-article" "Copy the article's text." [(PANES, "ya")];
    }
    Keep {
        ToggleRead "toggle-read" "Mark the article as read or unread." [(PANES, "r")];
        NextUnread "next-unread" "Open the next unread article." [(PANES, "]u")];
        Tag "tag" "Tag the article, or take a tag off." [(PANES, "t")];
        Tags "tags" "List the tags." [(PANES, "g#")];
        SetMark "mark" "Mark this place with the letter that follows." [(PANES, "m")];
        GoMark "go-mark" "Go to the mark of the letter that follows." [(PANES, "`")];
        Marks "marks" "List the marks." [(PANES, "g`")];
        Note "note" "Write a note on the selection, the current quote or the article."
            [(READING, "a"), (&[Select], "a")];
        Notes "notes" "List the notes." [(PANES, "gn")];
        SaveQuery "save-query" "Save the filter under a name." [(PANES, "gQ")];
        Queries "queries" "List the saved queries with their counts." [(PANES, "gq")];
        JoinPerson "join-person" "Say that the current speaker is a person of another name."
            [(READING, "pj")];
        SplitPerson "split-person" "Say that the current speaker is a person apart, or no longer."
            [(READING, "ps")];
        Remove "remove" "Take the current note, mark or saved query away." [(&[Picker], "x")];
        Undo "undo" "Undo the last change." [(PANES, "u"), (&[Picker], "u")];
        Redo "redo" "Make the undone change again."
            [(PANES, "Ctrl-r"), (&[Picker], "Ctrl-r")];
    }
    View {
        ToggleQuotes "toggle-quotes" "Show or hide the quotes sidebar." [(PANES, "Q")];
        Zoom "zoom" "Show the text alone, or all panes." [(PANES, "Z")];
        Furniture "furniture" "Show or fold what belongs to the page, not to the article."
            [(PANES, "F")];
        Wider "wider" "Widen the text column." [(PANES, "+")];
        Narrower "narrower" "Narrow the text column." [(PANES, "-")];
        UsualWidth "usual-width" "Give the text column its usual width." [(PANES, "=")];
        TextColumns "text-columns" "Set the text in two columns where they fit, or in one."
            [(PANES, "g2")];
        Theme "theme" "Change to the next theme." [(PANES, "gt")];
        Themes "themes" "List the themes to choose one." [(PANES, "gP")];
        Mouse "mouse" "Let the mouse do nothing, scroll, or scroll and click." [(PANES, "gm")];
    }
    Type {
        Accept "accept" "Keep what was typed." [(&[Prompt], "Enter")];
        Cancel "cancel" "Put everything back as it was." [(&[Prompt], "Esc Ctrl-c")];
        Complete "complete" "Complete the name." [(&[Prompt], "Tab")];
        CursorLeft "cursor-left" "Move left." [(&[Prompt], "Left")];
        CursorRight "cursor-right" "Move right." [(&[Prompt], "Right Ctrl-f")];
        CursorWordLeft "cursor-word-left" "Move left by a word." [(&[Prompt], "Alt-b Ctrl-Left")];
        CursorWordRight "cursor-word-right" "Move right by a word."
            [(&[Prompt], "Alt-f Ctrl-Right")];
        CursorStart "cursor-start" "Move to the start." [(&[Prompt], "Ctrl-a Home")];
        CursorEnd "cursor-end" "Move to the end." [(&[Prompt], "Ctrl-e End")];
        DeleteLeft "delete-left" "Delete to the left." [(&[Prompt], "Backspace Ctrl-h")];
        DeleteRight "delete-right" "Delete to the right." [(&[Prompt], "Delete Ctrl-d")];
        DeleteWord "delete-word" "Delete the word to the left."
            [(&[Prompt], "Ctrl-w Alt-Backspace")];
        DeleteLine "delete-line" "Delete all to the left." [(&[Prompt], "Ctrl-u")];
    }
    Program {
        Help "help" "List all keys and commands." [(&[Global, Picker], "?")];
        Palette "palette" "Run a command by name." [(&[Global], ":")];
        Faults "faults" "List the faults found while loading." [(PANES, "!")];
        Reload "reload" "Read all files anew; the place in the text is kept." [(PANES, "R")];
        Edit "edit" "Open the article's file in $EDITOR." [(PANES, "e")];
        Browse "browse" "Open the article's address in the browser." [(PANES, "gx")];
        Pipe "pipe" "Pipe the selection or the article to a command."
            [(PANES, "|"), (&[Select], "|")];
        Stop "stop" "Stop what is being compared or written." [(&[Global, Picker, Select], "Ctrl-g")];
        Redraw "redraw" "Draw the screen anew." [(&[Global, Picker, Prompt, Select], "Ctrl-l")];
        Suspend "suspend" "Suspend the program." [(&[Global, Picker, Select], "Ctrl-z")];
        Quit "quit" "Quit at once." [(&[Global, Picker, Select], "Ctrl-c")];
    }
}

impl Command {
    /// Its row of the table.
    pub fn info(self) -> &'static Info {
        // The enum and the table come from one list, in one order.
        &COMMANDS[self as usize]
    }

    /// The command of that name.
    pub fn named(name: &str) -> Option<Self> {
        COMMANDS
            .iter()
            .find(|info| info.name == name)
            .map(|info| info.command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_table_is_sound() {
        let names: HashSet<_> = COMMANDS.iter().map(|info| info.name).collect();
        assert_eq!(names.len(), COMMANDS.len(), "names are unique");
        for info in COMMANDS {
            assert_eq!(info.command.info().name, info.name);
            assert_eq!(Command::named(info.name), Some(info.command));
            assert!(info.summary.ends_with('.'), "{}", info.name);
            assert!(
                info.name
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c == '-'),
                "{}",
                info.name
            );
        }
    }
}
