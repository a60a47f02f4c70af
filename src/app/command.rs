//! The table of all commands: identifier, name, group, summary, default keys and handler. The
//! keymap, the help overlay, the palette, `kutip keys` and the dispatch of `update` are all
//! generated from it.

/// A place where a key is pressed, such as a pane or an overlay. One key can run different commands
/// in different contexts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// Keys pressed in the list of articles.
    List,
    /// Keys pressed in the text of an article.
    Text,
    /// Keys pressed in the quotes sidebar.
    Quotes,
    /// Keys pressed in the text while the user selects words.
    Select,
    /// Keys pressed in an overlay, which is a list over the panes.
    Picker,
    /// Keys pressed in an overlay that lists statements, such as the tray or the quotations of a
    /// speaker. This context is searched before `Picker`.
    Tray,
    /// Keys pressed in a timeline.
    Timeline,
    /// Keys pressed in a view of words, such as the occurrences of a keyword. This context is
    /// searched before `Tray`.
    Words,
    /// Keys pressed in the list of speakers, or of likely joins and splits.
    Speakers,
    /// Keys pressed in the names and quotations of one speaker.
    Person,
    /// Keys pressed in the review of quotations whose speaker is not certain.
    Review,
    /// Keys pressed in a comparison of passages.
    Compare,
    /// Keys pressed in a matrix.
    Matrix,
    /// Keys pressed while the user types a line.
    Prompt,
    /// Keys pressed in a pane or on a board whose own context does not bind them.
    Global,
}

impl Context {
    /// All contexts, in the order in which they are listed to users.
    pub const ALL: [Self; 15] = [
        Self::List,
        Self::Text,
        Self::Quotes,
        Self::Select,
        Self::Picker,
        Self::Tray,
        Self::Timeline,
        Self::Words,
        Self::Speakers,
        Self::Person,
        Self::Review,
        Self::Compare,
        Self::Matrix,
        Self::Prompt,
        Self::Global,
    ];

    /// Returns the name of the context, as settings and tables of keys write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Text => "text",
            Self::Quotes => "quotes",
            Self::Select => "select",
            Self::Picker => "overlay",
            Self::Tray => "tray",
            Self::Timeline => "timeline",
            Self::Words => "words",
            Self::Speakers => "speakers",
            Self::Person => "person",
            Self::Review => "review",
            Self::Compare => "compare",
            Self::Matrix => "matrix",
            Self::Prompt => "prompt",
            Self::Global => "everywhere",
        }
    }
}

/// The topic of a command, by which lists of commands are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Commands that move the cursor or the view.
    Move,
    /// Commands that open and close things, or go back and forward.
    Go,
    /// Commands that filter, find and sort.
    Find,
    /// Commands about quotations and their speakers.
    Quotes,
    /// Commands that compare passages, or show views of the whole corpus.
    Compare,
    /// Commands that select and copy text.
    Copy,
    /// Commands about what the library stores, such as tags, marks, notes and saved queries.
    Keep,
    /// Commands that change the layout and appearance of the screen.
    View,
    /// Commands that edit the line that the user is typing.
    Type,
    /// Commands that affect the program as a whole, such as help, reload and quit.
    Program,
}

impl Group {
    /// Returns the heading of the group in lists of commands.
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

/// Default keys of a command: the contexts in which they are bound, and the key sequences,
/// separated by spaces, as in `gg Home`.
pub type Binding = (&'static [Context], &'static str);

/// One row of the command table, which describes one command.
#[derive(Debug)]
pub struct Info {
    /// The command that this row describes.
    pub command: Command,
    /// The name of the command in the palette and in settings, such as `half-down`.
    pub name: &'static str,
    /// The topic of the command.
    pub group: Group,
    /// One sentence that says what the command does.
    pub summary: &'static str,
    /// The default keys of the command.
    pub keys: &'static [Binding],
}

/// Declares the enum `Command` and the table `COMMANDS` from the rows of `with_commands`.
macro_rules! declare {
    ($($group:ident { $(
        $variant:ident $name:literal $summary:literal [$($binding:expr),*] => $handler:expr;
    )* })*) => {
        /// A command that a key or the palette can run.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command {
            $($(#[doc = $summary] $variant,)*)*
        }

        /// All commands by group, in the order in which they are listed to users.
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
    Compare, Global, List, Matrix, Person, Picker, Prompt, Quotes, Review, Select, Speakers, Text,
    Timeline, Tray, Words,
};

/// The contexts that have a cursor or a view that moves by lines.
const LINES: &[Context] = &[
    List, Text, Quotes, Select, Picker, Compare, Matrix, Timeline,
];
const BOARDS: &[Context] = &[Compare, Matrix, Timeline];
const PANES: &[Context] = &[List, Text, Quotes];
const READING: &[Context] = &[Text, Quotes];
const PEOPLE: &[Context] = &[Speakers, Person];

/// Calls the macro `$then` with the command table. [`declare`] makes the enum and its rows of it,
/// `update` the dispatch. A handler is a closure that takes the reader and the number typed before
/// the key, and returns effects or nothing. Names in a handler are those that `update` imports. A
/// command without a handler does not compile.
macro_rules! with_commands {
    ($then:ident) => {
        $then! {
            Move {
                Down "down" "Move down." [(LINES, "j Down"), (&[Prompt], "Ctrl-j Ctrl-n Down")]
                    => |app, n| app.go(Motion::Rows(n.steps()));
                Up "up" "Move up." [(LINES, "k Up"), (&[Prompt], "Ctrl-k Ctrl-p Up")]
                    => |app, n| app.go(Motion::Rows(-n.steps()));
                HalfDown "half-down" "Move down half a page." [(LINES, "Ctrl-d")]
                    => |app, n| app.go(Motion::Halves(n.steps()));
                HalfUp "half-up" "Move up half a page." [(LINES, "Ctrl-u")]
                    => |app, n| app.go(Motion::Halves(-n.steps()));
                PageDown "page-down" "Move down a page."
                    [(LINES, "Ctrl-f PgDn"), (&[Text], "Space"), (&[Prompt], "PgDn")]
                    => |app, n| app.go(Motion::Pages(n.steps()));
                PageUp "page-up" "Move up a page."
                    [(LINES, "Ctrl-b PgUp"), (&[Text], "b"), (&[Prompt], "PgUp")]
                    => |app, n| app.go(Motion::Pages(-n.steps()));
                Top "top" "Go to the beginning." [(LINES, "gg Home")]
                    => |app, n| app.go(Motion::To(n.row().unwrap_or(0)));
                Bottom "bottom" "Go to the end, or to the line whose number was typed." [(LINES, "G End")]
                    => |app, n| app.go(n.row().map_or(Motion::End, Motion::To));
                Centre "centre" "Put the current quote in the middle of the text." [(&[Text], "zz")]
                    => |app, _| app.put_current(ScrollTarget::Centre);
                ToTop "to-top" "Put the current quote at the top of the text." [(&[Text], "zt")]
                    => |app, _| app.put_current(ScrollTarget::Top);
                ToBottom "to-bottom" "Put the current quote at the bottom of the text." [(&[Text], "zb")]
                    => |app, _| app.put_current(ScrollTarget::Bottom);
            }
            Go {
                Open "open" "Open what is selected."
                    [(&[List, Quotes], "Enter l Right"), (&[Text], "l Right"), (&[Picker], "Enter l"), (BOARDS, "Enter")]
                    => |app, _| app.open_selected();
                Back "back" "Go back one pane, or drop the filter." [(PANES, "h Left Esc")]
                    => |app, _| app.back();
                Leave "leave" "Go up one level; at the top, quit." [(PANES, "q"), (&[Picker], "q Esc h"), (BOARDS, "q Esc")]
                    => |app, _| app.leave();
                NextPane "next-pane" "Go to the next pane." [(PANES, "Tab")]
                    => |app, _| app.turn_focus(1);
                PreviousPane "previous-pane" "Go to the previous pane." [(PANES, "Shift-Tab")]
                    => |app, _| app.turn_focus(-1);
                NextArticle "next-article" "Open the next article; on a matrix, the next story."
                    [(PANES, "J"), (&[Matrix], "J")]
                    => |app, n| app.step_item(n.steps());
                PreviousArticle "previous-article" "Open the previous article; on a matrix, the previous story."
                    [(PANES, "K"), (&[Matrix], "K")]
                    => |app, n| app.step_item(-n.steps());
                HistoryBack "history-back" "Go back to the article read before."
                    [(PANES, "H Backspace Ctrl-o")]
                    => |app, n| app.step_history(-n.steps());
                HistoryForward "history-forward" "Go forward again." [(PANES, "L")]
                    => |app, n| app.step_history(n.steps());
                History "history" "List the articles read so far." [(PANES, "gh")]
                    => |app, _| app.list_history();
                Related "related" "List the articles related to this one, with the reasons."
                    [(PANES, "gr")]
                    => |app, _| app.ask_related(AnswerUse::List);
                NextRelated "next-related" "Open the next related article." [(PANES, "]r")]
                    => |app, n| app.step_related(n.steps());
                PreviousRelated "previous-related" "Open the previous related article." [(PANES, "[r")]
                    => |app, n| app.step_related(-n.steps());
                Stories "stories" "List the stories: articles of one event." [(PANES, "ge")]
                    => |app, _| app.list_stories();
                Outlets "outlets" "List the outlets, with how often and when they quote." [(PANES, "go")]
                    => |app, _| app.list_outlets();
            }
            Find {
                Search "search" "Filter the list; in the text, find; in the sidebar, filter quotes."
                    [(PANES, "/"), (&[Picker], "/")]
                    => |app, _| app.search();
                Filter "filter" "Filter the list of articles." [(PANES, "gf")]
                    => |app, _| app.open_filter();
                NextMatch "next-match" "Go to the next match in the text." [(READING, "n")]
                    => |app, n| app.next_match(n.steps());
                PreviousMatch "previous-match" "Go to the previous match in the text." [(READING, "N")]
                    => |app, n| app.next_match(-n.steps());
                Sort "sort" "Sort by the next order, best match first."
                    [(&[List], "s")]
                    => |app, _| app.sort(Filter::next_sort);
                ReverseSort "reverse-sort" "Reverse the order of the list." [(&[List], "S")]
                    => |app, _| app.sort(Filter::reverse_sort);
                GroupList "group-list" "Group the list by story, or ungroup it." [(PANES, "gE")]
                    => |app, _| app.group_list();
                Fold "fold" "Fold or unfold the story here; in the sidebar, the quotes inside others."
                    [(&[List, Quotes], "za")]
                    => |app, _| app.fold_here();
                FoldAll "fold-all" "Fold all stories." [(&[List], "zM")]
                    => |app, _| app.fold_stories(Fold::Closed);
                UnfoldAll "unfold-all" "Unfold all stories." [(&[List], "zR")]
                    => |app, _| app.fold_stories(Fold::Open);
            }
            Quotes {
                NextQuote "next-quote" "Go to the next quote." [(PANES, "]q")]
                    => |app, n| app.step_quote(n.steps());
                PreviousQuote "previous-quote" "Go to the previous quote." [(PANES, "[q")]
                    => |app, n| app.step_quote(-n.steps());
                Speaker "speaker" "List all quotes of the current quote's speaker."
                    [(PANES, "gs")]
                    => |app, _| app.open_speaker();
                Speakers "speakers" "List all speakers." [(PANES, "gS")]
                    => |app, _| app.list_speakers();
                Keyword "keyword" "Find a word: its lines, where and when it occurs, the words beside it."
                    [(PANES, "gk")]
                    => |app, _| app.ask(Ask::Keyword, "");
                TypicalWords "typical-words" "List the words typical of the current speaker, or of the filtered list."
                    [(PANES, "gK")]
                    => |app, _| app.typical_words();
                NextWords "next-words" "Go to the next view of a word." [(&[Words], "Tab")]
                    => |app, _| app.turn_words(1);
                PreviousWords "previous-words" "Go to the previous view of a word." [(&[Words], "Shift-Tab")]
                    => |app, _| app.turn_words(-1);
                SortLines "sort-lines" "Sort lines by the three words to the right or left, or as read."
                    [(&[Words], "s")]
                    => |app, _| app.sort_lines();
                WordsScope "words-scope" "Look for the word in quotes, or in all text." [(&[Words], "o")]
                    => |app, _| app.change_words_scope();
                WordsSelection "words-selection" "Show the words of all, of this speaker, or of the filtered list."
                    [(&[Words], "w")]
                    => |app, _| app.change_words_selection();
                GroupQuotes "group-quotes" "List quotes by speaker, or in the order of the text."
                    [(&[Quotes], "s")]
                    => |app, _| app.group_quotes();
                Explain "explain" "Say how the speaker of the current quote was found."
                    [(READING, "E")]
                    => |app, _| app.explain();
            }
            Compare {
                ToggleTray "tray" "Put this on the compare tray, or take it off."
                    [(&[List, Quotes], "Space"), (&[Text], "c"), (&[Tray], "Space x"), (&[Timeline], "Space")]
                    => |app, _| app.toggle_tray();
                ShowTray "show-tray" "List what is on the tray." [(PANES, "T"), (BOARDS, "T")]
                    => |app, _| app.show_tray();
                PutAside "put-aside" "Save the tray as a collection with a name."
                    [(PANES, "gT"), (BOARDS, "gT"), (&[Tray], "gT")]
                    => |app, _| app.ask_collection();
                Collections "collections" "List the saved collections."
                    [(PANES, "gC"), (BOARDS, "gC"), (&[Tray], "gC")]
                    => |app, _| app.list_collections();
                Compare "compare" "Show what is on the tray side by side; on a matrix, the speaker by outlet."
                    [(PANES, "C"), (&[Tray, Matrix, Timeline], "C")]
                    => |app, _| app.compare();
                Variants "variants" "Show all wordings of the current quote side by side." [(PANES, "gv")]
                    => |app, _| app.variants();
                AllVariants "all-variants" "List the utterances that several articles report."
                    [(PANES, "gV")]
                    => |app, _| app.all_variants();
                OpenMatrix "matrix" "Show which outlet quotes whom, in this story or in the corpus."
                    [(PANES, "gM")]
                    => |app, _| app.open_matrix();
                OpenTimeline "timeline" "Show how often the speaker or story is quoted, by date of publication."
                    [(PANES, "gD")]
                    => |app, _| app.open_timeline();
                Export "export" "Write what is shown to a file: .html, .md, .csv or .jsonl."
                    [(PANES, "gw"), (BOARDS, "gw"), (&[Tray], "gw")]
                    => |app, _| app.open_export();
                ColumnLeft "column-left" "Choose the column to the left." [(BOARDS, "h Left")]
                    => |app, n| app.choose_column(-n.steps());
                ColumnRight "column-right" "Choose the column to the right." [(BOARDS, "l Right")]
                    => |app, n| app.choose_column(n.steps());
                NextPassage "next-passage" "Go to the next passage." [(&[Compare], "J n Tab")]
                    => |app, n| app.step_passage(n.steps());
                PreviousPassage "previous-passage" "Go to the previous passage."
                    [(&[Compare], "K N Shift-Tab")]
                    => |app, n| app.step_passage(-n.steps());
                ScrollTogether "scroll-together" "Scroll columns together or separately."
                    [(&[Compare], "=")]
                    => |app, _| app.change_comparison(Compare::toggle_scroll);
                WordDifferences "word-differences" "Show or hide which words differ." [(&[Compare], "d")]
                    => |app, _| app.change_comparison(Compare::toggle_differences);
                StackColumns "stack" "Show passages side by side, or one below the other."
                    [(&[Compare], "s")]
                    => |app, _| app.change_comparison(Compare::toggle_form);
                DropColumn "drop-column" "Drop the chosen column." [(&[Compare], "x")]
                    => |app, _| app.drop_column();
                TimelineGrain "timeline-step" "Go by day, week or month." [(&[Timeline], "z")]
                    => |app, _| app.next_grain();
                TimelineScope "timeline-scope" "Show the speaker, the story, or the whole corpus."
                    [(&[Timeline, Matrix], "w")]
                    => |app, _| app.next_scope();
                StackOutlets "stack-outlets" "Divide the bars of a timeline by outlet."
                    [(&[Timeline], "o")]
                    => |app, _| app.stack_by(Stack::Outlet);
                StackSpeakers "stack-speakers" "Divide the bars of a timeline by speaker."
                    [(&[Timeline], "s")]
                    => |app, _| app.stack_by(Stack::Speaker);
                StackKinds "stack-kinds" "Divide the bars of a timeline by kind of quotation."
                    [(&[Timeline], "d")]
                    => |app, _| app.stack_by(Stack::Kind);
                Brush "brush" "Mark a range of time, from here on; Enter filters the list by it."
                    [(&[Timeline], "v")]
                    => |app, _| app.brush();
                SortMatrix "sort-matrix" "Sort the speakers by the chosen column, or by the number of outlets."
                    [(&[Matrix], "s")]
                    => |app, _| app.sort_matrix();
                PerArticle "per-article" "Show numbers of quotations, or numbers per article."
                    [(&[Matrix], "a")]
                    => |app, _| app.toggle_measure();
            }
            Copy {
                SelectText "select" "Select text, from the current line on." [(&[Text], "v")]
                    => |app, _| app.begin_selection();
                SelectLeft "select-left" "Move the end of the selection left." [(&[Select], "h Left")]
                    => |app, _| app.step_selection(Step::Left);
                SelectRight "select-right" "Move the end of the selection right."
                    [(&[Select], "l Right")]
                    => |app, _| app.step_selection(Step::Right);
                SelectWordLeft "select-word-left" "Move the end of the selection to the previous word."
                    [(&[Select], "b")]
                    => |app, _| app.step_selection(Step::WordLeft);
                SelectWordRight "select-word-right" "Move the end of the selection to the next word."
                    [(&[Select], "w e")]
                    => |app, _| app.step_selection(Step::WordRight);
                SelectLineStart "select-line-start" "Move the end of the selection to the line's start."
                    [(&[Select], "0 ^")]
                    => |app, _| app.step_selection(Step::LineStart);
                SelectLineEnd "select-line-end" "Move the end of the selection to the line's end."
                    [(&[Select], "$")]
                    => |app, _| app.step_selection(Step::LineEnd);
                SelectSwap "select-swap" "Go to the other end of the selection." [(&[Select], "o")]
                    => |app, _| app.swap_selection();
                SelectStop "select-stop" "Drop the selection." [(&[Select], "Esc v q")]
                    => |app, _| app.stop_selection();
                CopySelection "copy" "Copy the selection, without line breaks." [(&[Select], "y Enter")]
                    => |app, _| app.copy_selection();
                CopyQuote "copy-quote" "Copy the current quote with its citation." [(READING, "yq")]
                    => |app, _| app.copy_quote();
                CopyArticle "copy-article" "Copy the article's text." [(PANES, "ya")]
                    => |app, _| app.copy_article();
            }
            Keep {
                ToggleRead "toggle-read" "Mark the article as read or unread." [(PANES, "r")]
                    => |app, _| app.toggle_read();
                NextUnread "next-unread" "Open the next unread article." [(PANES, "]u")]
                    => |app, _| app.next_unread();
                Tag "tag" "Tag the article, or remove a tag." [(PANES, "t")]
                    => |app, _| app.ask_tag();
                Tags "tags" "List the tags." [(PANES, "g#")]
                    => |app, _| app.list_tags();
                SetMark "mark" "Mark this place with the letter that follows." [(PANES, "m")]
                    => |app, _| app.await_letter(LetterAction::Set);
                GoMark "go-mark" "Go to the mark of the letter that follows." [(PANES, "`")]
                    => |app, _| app.await_letter(LetterAction::Go);
                Marks "marks" "List the marks." [(PANES, "g`")]
                    => |app, _| app.list_marks();
                Note "note" "Write a note on the selection, the current quote or the article."
                    [(READING, "a"), (&[Select], "a")]
                    => |app, _| app.ask_note();
                Notes "notes" "List the notes." [(PANES, "gn")]
                    => |app, _| app.list_notes();
                SaveQuery "save-query" "Save the filter under a name." [(PANES, "gQ")]
                    => |app, _| app.ask_query_name();
                Queries "queries" "List the saved queries with their counts." [(PANES, "gq")]
                    => |app, _| app.list_queries();
                JoinPerson "join-person" "Say that the current speaker is a person of another name."
                    [(READING, "pj")]
                    => |app, _| app.ask_join();
                SplitPerson "split-person" "Say that the current speaker is a separate person, or no longer."
                    [(READING, "ps")]
                    => |app, _| app.split_person();
                ChooseSpeaker "choose-speaker" "Choose this speaker, to be joined with others."
                    [(&[Speakers], "Space")]
                    => |app, _| app.choose_speaker();
                JoinSpeakers "join-speakers" "Join the chosen speakers with this one."
                    [(&[Speakers], "J")]
                    => |app, _| app.join_speakers();
                SplitName "split-name" "Split this name off the speaker, or keep the two apart."
                    [(PEOPLE, "x")]
                    => |app, _| app.split_name();
                NameSpeaker "name-speaker" "Correct the name by which this speaker is shown."
                    [(PEOPLE, "R")]
                    => |app, _| app.ask_name();
                SpeakerKind "speaker-kind" "Say that this speaker is a person, a body, or nobody known."
                    [(PEOPLE, "K")]
                    => |app, _| app.switch_kind();
                LikelyJoins "likely-joins" "List likely joins and splits of names, with what speaks for them."
                    [(PANES, "pl"), (&[Speakers], "L")]
                    => |app, _| app.list_likely();
                ReviewSpeakers "review" "Review the quotes here whose speaker is uncertain, one by one."
                    [(PANES, "pr")]
                    => |app, _| app.review();
                AcceptSpeaker "accept-speaker" "Accept the speaker that was found."
                    [(&[Review], "y")]
                    => |app, _| app.decide_speaker(SpeakerChoice::Accepted);
                NobodySpeaks "nobody-speaks" "Say that nobody known speaks this quote."
                    [(&[Review], "n")]
                    => |app, _| app.decide_speaker(SpeakerChoice::Nobody);
                NextReview "next-review" "Go on to the next uncertain quote, undecided."
                    [(&[Review], "Space")]
                    => |app, n| app.step_review(n.steps());
                PreviousReview "previous-review" "Go back to the previous uncertain quote."
                    [(&[Review], "Backspace")]
                    => |app, n| app.step_review(-n.steps());
                Remove "remove" "Remove the current note, mark or saved query." [(&[Picker], "x")]
                    => |app, _| app.remove_library_entry();
                Undo "undo" "Undo the last change." [(PANES, "u"), (&[Picker], "u")]
                    => |app, _| app.undo();
                Redo "redo" "Redo the last undone change."
                    [(PANES, "Ctrl-r"), (&[Picker], "Ctrl-r")]
                    => |app, _| app.redo();
            }
            View {
                ToggleQuotes "toggle-quotes" "Show or hide the quotes sidebar." [(PANES, "Q")]
                    => |app, _| app.toggle_quotes();
                Zoom "zoom" "Show the text alone, or all panes." [(PANES, "Z")]
                    => |app, _| app.toggle_zoom();
                Furniture "furniture" "Show or fold what belongs to the page and not to the article."
                    [(PANES, "F")]
                    => |app, _| app.toggle_furniture();
                Wider "wider" "Widen the text column." [(PANES, "+")]
                    => |app, _| app.widen(COLUMN_STEP);
                Narrower "narrower" "Narrow the text column." [(PANES, "-")]
                    => |app, _| app.widen(-COLUMN_STEP);
                UsualWidth "usual-width" "Give the text column its usual width." [(PANES, "=")]
                    => |app, _| app.set_column(USUAL_COLUMN);
                TextColumns "text-columns" "Show the text in two columns where they fit, or in one."
                    [(PANES, "g2")]
                    => |app, _| app.toggle_columns();
                Theme "theme" "Change to the next theme." [(PANES, "gt")]
                    => |app, _| app.next_theme();
                Themes "themes" "Choose a theme from a list." [(PANES, "gP")]
                    => |app, _| app.list_themes();
                Mouse "mouse" "Set the mouse to do nothing, scroll, or scroll and click." [(PANES, "gm")]
                    => |app, _| app.next_mouse_mode();
            }
            Type {
                Accept "accept" "Keep what was typed." [(&[Prompt], "Enter")]
                    => |app, _| app.accept();
                Cancel "cancel" "Cancel, and put everything back as it was." [(&[Prompt], "Esc Ctrl-c")]
                    => |app, _| app.cancel();
                Complete "complete" "Complete the name." [(&[Prompt], "Tab")]
                    => |app, _| app.complete();
                CursorLeft "cursor-left" "Move left." [(&[Prompt], "Left")]
                    => |app, _| app.edit(Input::go_left);
                CursorRight "cursor-right" "Move right." [(&[Prompt], "Right Ctrl-f")]
                    => |app, _| app.edit(Input::go_right);
                CursorWordLeft "cursor-word-left" "Move left by a word." [(&[Prompt], "Alt-b Ctrl-Left")]
                    => |app, _| app.edit(Input::go_word_left);
                CursorWordRight "cursor-word-right" "Move right by a word."
                    [(&[Prompt], "Alt-f Ctrl-Right")]
                    => |app, _| app.edit(Input::go_word_right);
                CursorStart "cursor-start" "Move to the start." [(&[Prompt], "Ctrl-a Home")]
                    => |app, _| app.edit(Input::go_to_start);
                CursorEnd "cursor-end" "Move to the end." [(&[Prompt], "Ctrl-e End")]
                    => |app, _| app.edit(Input::go_to_end);
                DeleteLeft "delete-left" "Delete to the left." [(&[Prompt], "Backspace Ctrl-h")]
                    => |app, _| app.edit(Input::delete_left);
                DeleteRight "delete-right" "Delete to the right." [(&[Prompt], "Delete Ctrl-d")]
                    => |app, _| app.edit(Input::delete_right);
                DeleteWord "delete-word" "Delete the word to the left."
                    [(&[Prompt], "Ctrl-w Alt-Backspace")]
                    => |app, _| app.edit(Input::delete_word);
                DeleteLine "delete-line" "Delete everything to the left." [(&[Prompt], "Ctrl-u")]
                    => |app, _| app.edit(Input::delete_line);
            }
            Program {
                Help "help" "List all keys and commands." [(&[Global, Picker], "?")]
                    => |app, _| app.show_help();
                Palette "palette" "Run a command by name." [(&[Global], ":")]
                    => |app, _| app.show_palette();
                Faults "faults" "List the faults found while loading." [(PANES, "!")]
                    => |app, _| app.list_faults();
                Reload "reload" "Read all files again, and keep the place in the text." [(PANES, "R")]
                    => |app, _| app.reload(ReloadOrigin::ByUser);
                Edit "edit" "Open the article's file in $EDITOR." [(PANES, "e")]
                    => |app, _| app.edit_source();
                Browse "browse" "Open the article's address in the browser." [(PANES, "gx")]
                    => |app, _| app.browse();
                Pipe "pipe" "Pipe the selection or the article to a command."
                    [(PANES, "|"), (&[Select], "|")]
                    => |app, _| app.ask_pipe();
                Stop "stop" "Stop what is being compared or written." [(&[Global, Picker, Select], "Ctrl-g")]
                    => |app, _| app.stop_tasks();
                Redraw "redraw" "Redraw the screen." [(&[Global, Picker, Prompt, Select], "Ctrl-l")]
                    => |_, _| vec![Effect::Redraw];
                Suspend "suspend" "Suspend the program." [(&[Global, Picker, Select], "Ctrl-z")]
                    => |_, _| vec![Effect::Suspend];
                Quit "quit" "Quit at once." [(&[Global, Picker, Select], "Ctrl-c")]
                    => |_, _| vec![Effect::Quit];
            }
        }
    };
}

with_commands!(declare);

pub(super) use with_commands;

impl Command {
    /// Returns the row of the command table that describes this command.
    pub fn info(self) -> &'static Info {
        // The index is valid because the enum and the table are generated from one list in one
        // order.
        &COMMANDS[self as usize]
    }

    /// Returns the command whose name in the table is `name`, or `None` if there is none.
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
