//! Parses a query into a tree of tests: a recursive-descent parser without a separate lexer.
//!
//! ```text
//! either  := all ("OR" all)*
//! all     := choice ("AND"? choice)*
//! choice  := single ("|" single)*          binds closest, as in fzf
//! single  := ("NOT" | "!") single | "(" either ")" | [field ":"] value
//! value   := "'"? "^"? (word | "\"" words "\"") "$"?
//! ```

use chrono::NaiveDate;

use super::dates::DateRange;
use super::field::{Field, nearest};
use super::tree::{Anchor, Fault, Has, Is, Node, Pattern, Query, Term, Test};
use crate::search::order::{Sort, SortKey};
use crate::text::ByteSpan;

/// Maximum nesting of brackets and negations in a query. Nobody types more, and the limit keeps the
/// stack of the recursive parser small.
const MAX_DEPTH: usize = 100;

type Parsed<T> = Result<T, Fault>;

impl Query {
    /// Parses a query. `today` is the day from which `newer:` counts back.
    ///
    /// Any text gives a query or a fault. Takes time linear in the text and in the depth of
    /// brackets, which is bounded.
    pub fn parse(text: &str, today: NaiveDate) -> Result<Self, Fault> {
        parse(text, today)
    }
}

fn parse(text: &str, today: NaiveDate) -> Parsed<Query> {
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
        today,
        sort: None,
    };
    let root = parser.either()?;
    parser.skip_space();
    if parser.at < text.len() {
        let place = ByteSpan::new(parser.at, parser.at + 1);
        return Err(fault(
            place,
            "this bracket has no opening bracket; quote it to search for it",
        ));
    }
    Ok(Query {
        root,
        sort: parser.sort,
    })
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    today: NaiveDate,
    sort: Option<Sort>,
}

/// The value of a term, with its operators `'`, `^` and `$` taken off.
struct Value {
    words: String,
    anchor: Anchor,
    exact: bool,
    span: ByteSpan,
}

fn fault(span: ByteSpan, reason: impl Into<Box<str>>) -> Fault {
    Fault {
        span,
        reason: reason.into(),
        nearest: None,
    }
}

/// Combines several nodes into one by `join`. A single node is returned as it is; `None` if there
/// is no node (a query of only `sort:` has no test).
fn joined(mut nodes: Vec<Node>, join: fn(Vec<Node>) -> Node) -> Option<Node> {
    if nodes.len() > 1 {
        Some(join(nodes))
    } else {
        nodes.pop()
    }
}

impl<'a> Parser<'a> {
    fn either(&mut self) -> Parsed<Option<Node>> {
        let mut nodes = Vec::new();
        loop {
            let all = self.all()?;
            if all.is_none() && self.sees_word("OR") && self.sort.is_none() {
                return Err(fault(
                    ByteSpan::new(self.at, self.at + 2),
                    "there is nothing before `OR`",
                ));
            }
            nodes.extend(all);
            if !self.take_word("OR") {
                return Ok(joined(nodes, Node::Or));
            }
            self.need_operand("OR")?;
        }
    }

    fn all(&mut self) -> Parsed<Option<Node>> {
        let mut nodes = Vec::new();
        loop {
            self.skip_space();
            if self.rest().is_empty() || self.rest().starts_with(')') || self.sees_word("OR") {
                return Ok(joined(nodes, Node::And));
            }
            if self.take_word("AND") {
                if nodes.is_empty() && self.sort.is_none() {
                    let place = ByteSpan::new(self.at - 3, self.at);
                    return Err(fault(place, "there is nothing before `AND`"));
                }
                self.need_operand("AND")?;
                continue;
            }
            nodes.extend(self.choice()?);
        }
    }

    fn choice(&mut self) -> Parsed<Option<Node>> {
        let mut field = None;
        let mut nodes = Vec::new();
        loop {
            nodes.extend(self.single(&mut field)?);
            let close = self.at;
            self.skip_space();
            if !self.take("|") {
                return Ok(joined(nodes, Node::Or));
            }
            // In `outlet:a|b` both are outlets; in `outlet:a | b` only the first is.
            if close + 1 != self.at || self.rest().starts_with(char::is_whitespace) {
                field = None;
            }
            self.need_operand("|")?;
        }
    }

    fn single(&mut self, field: &mut Option<Field>) -> Parsed<Option<Node>> {
        self.skip_space();
        let start = self.at;
        if self.depth > MAX_DEPTH {
            return Err(fault(
                ByteSpan::new(start, start),
                "too many brackets or negations",
            ));
        }
        self.depth += 1;
        let negated = (self.take_word("NOT").then_some("NOT")).or(self.take("!").then_some("!"));
        let node = if let Some(sign) = negated {
            self.need_operand(sign)?;
            self.single(field)?.map(|node| Node::Not(Box::new(node)))
        } else if self.take("(") {
            let inner = self.either()?;
            self.skip_space();
            if !self.take(")") {
                return Err(fault(
                    ByteSpan::new(start, start + 1),
                    "this bracket is not closed",
                ));
            }
            inner
        } else {
            self.term(field)?
        };
        self.depth -= 1;
        Ok(node)
    }

    /// Parses a term. `field` is the field of the alternative before it, as in `outlet:a|b`, where
    /// `b` is an outlet too. It is replaced if the term names a field of its own.
    fn term(&mut self, field: &mut Option<Field>) -> Parsed<Option<Node>> {
        let start = self.at;
        if let Some(own) = self.field()? {
            *field = Some(own);
        }
        let value = self.value()?;
        let span = ByteSpan::new(start, self.at);
        let test = match *field {
            Some(Field::Sort) => {
                self.sort = Some(read_sort(&value)?);
                return Ok(None);
            }
            Some(field) => read_field(field, &value, self.today)?,
            None => words_test(&value)?,
        };
        Ok(Some(Node::Term(Term { span, test })))
    }

    /// Parses the name of a field and its colon if they come next, else returns `None`. `12:30` and
    /// `https://…` are words and not fields.
    fn field(&mut self) -> Parsed<Option<Field>> {
        let rest = self.rest();
        let letters = rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(rest.len());
        let (name, behind) = rest.split_at(letters);
        if name.is_empty() || !behind.starts_with(':') || behind.starts_with("://") {
            return Ok(None);
        }
        let span = ByteSpan::new(self.at, self.at + letters);
        let Some(field) = Field::named(name) else {
            let known = Field::ALL.iter().map(|(_, name, _)| *name);
            let nearest = nearest(name, known);
            let reason = match nearest {
                Some(_) => format!("there is no field `{name}:`"),
                None => format!("there is no field `{name}:`; quote the word to search for it"),
            };
            return Err(Fault {
                nearest,
                ..fault(span, reason)
            });
        };
        self.at += letters + 1;
        if self.rest().is_empty() || self.rest().starts_with([' ', ')', '|']) {
            let reason = format!("nothing follows `{name}:`");
            return Err(fault(span, reason));
        }
        Ok(Some(field))
    }

    /// Parses a word or words in quotation marks, with fzf's operators (`'`, `^`, `$`) around them.
    fn value(&mut self) -> Parsed<Value> {
        let start = self.at;
        let exact = self.take("'");
        let at_start = self.take("^");
        let open = self.at;
        let quoted = self.take("\"");
        let mut words = if quoted {
            self.quoted_words(open)?
        } else {
            self.bare_word()
        };
        let at_end = if quoted {
            self.take("$")
        } else {
            words.len() > 1 && words.ends_with('$') && words.pop().is_some()
        };
        let anchor = match (at_start, at_end) {
            (true, true) => Anchor::Whole,
            (true, false) => Anchor::Start,
            (false, true) => Anchor::End,
            (false, false) => Anchor::Anywhere,
        };
        let span = ByteSpan::new(start, self.at);
        // A bare `'`, `^` or empty quotation marks would match every article.
        if words.trim().is_empty() {
            return Err(fault(span, "there is nothing to search for here"));
        }
        Ok(Value {
            words,
            anchor,
            exact: exact || quoted,
            span,
        })
    }

    fn bare_word(&mut self) -> String {
        let rest = self.rest();
        let ends = |c: char| c.is_whitespace() || c == '|' || c == ')';
        let (word, _) = rest.split_at(rest.find(ends).unwrap_or(rest.len()));
        self.at += word.len();
        word.to_owned()
    }

    /// Parses the words up to the closing quotation mark, which began at byte `open`. `\"` and `\\`
    /// are escapes.
    fn quoted_words(&mut self, open: usize) -> Parsed<String> {
        let mut words = String::new();
        let mut chars = self.rest().char_indices();
        while let Some((offset, c)) = chars.next() {
            match c {
                '"' => {
                    self.at += offset + 1;
                    return Ok(words);
                }
                '\\' => words.extend(chars.next().map(|(_, escaped)| escaped)),
                c => words.push(c),
            }
        }
        Err(fault(
            ByteSpan::new(open, open + 1),
            "this quotation mark is not closed",
        ))
    }

    fn need_operand(&mut self, sign: &str) -> Parsed<()> {
        let end = self.at;
        self.skip_space();
        let missing = self.rest().is_empty()
            || self.rest().starts_with([')', '|'])
            || ["AND", "OR"].iter().any(|word| self.sees_word(word));
        if missing {
            let place = ByteSpan::new(end - sign.len(), end);
            return Err(fault(place, format!("nothing follows `{sign}`")));
        }
        Ok(())
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn skip_space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn take(&mut self, sign: &str) -> bool {
        let found = self.rest().starts_with(sign);
        self.at += if found { sign.len() } else { 0 };
        found
    }

    fn take_word(&mut self, word: &str) -> bool {
        self.skip_space();
        self.sees_word(word) && self.take(word)
    }

    fn sees_word(&self, word: &str) -> bool {
        let behind = self.rest().strip_prefix(word);
        behind.is_some_and(|r| {
            r.is_empty() || r.starts_with(|c: char| c.is_whitespace() || "()".contains(c))
        })
    }
}

fn words_test(value: &Value) -> Parsed<Test> {
    let pattern = pattern(value)?;
    if value.exact || value.anchor != Anchor::Anywhere {
        return Ok(Test::Exact(pattern, value.anchor));
    }
    Ok(Test::Fuzzy(pattern))
}

/// Creates the pattern of a value. Rejects a word of only accents: it folds to nothing, which every
/// article contains.
fn pattern(value: &Value) -> Parsed<Pattern> {
    let pattern = Pattern::new(&value.words);
    if pattern.folded().trim().is_empty() {
        return Err(fault(value.span, "there is nothing to search for here"));
    }
    Ok(pattern)
}

fn read_field(field: Field, value: &Value, today: NaiveDate) -> Parsed<Test> {
    let words = value.words.as_str();
    let day = "day, month or year such as 2023-09-05, 2023-09 or 2023";
    let dated = |range: Option<DateRange>, form: &str| {
        range
            .map(Test::Date)
            .ok_or_else(|| fault(value.span, format!("`{words}` is not a valid {form}")))
    };
    match field {
        Field::Title => Ok(Test::Title(pattern(value)?, value.anchor)),
        Field::Outlet => Ok(Test::Outlet(pattern(value)?, value.anchor)),
        Field::Speaker => Ok(Test::Speaker(pattern(value)?, value.anchor)),
        Field::Said => Ok(Test::Said(pattern(value)?)),
        Field::Text => Ok(Test::Text(pattern(value)?)),
        Field::Lang => match words.to_lowercase().parse() {
            Ok(lang) => Ok(Test::Lang(lang)),
            Err(reason) => Err(fault(value.span, reason)),
        },
        Field::Tag => Ok(Test::Tag(words.into())),
        Field::Story => Ok(Test::Story(words.into())),
        Field::Date => dated(
            DateRange::parse(words),
            "date: write 2023-09 or 2023-08..2023-10",
        ),
        Field::After => dated(DateRange::after(words), day),
        Field::Before => dated(DateRange::before(words), day),
        Field::Newer => dated(
            DateRange::newer(words, today),
            "age: write \"2 weeks\" or 10d",
        ),
        Field::Has => one_of("has", value, &Has::ALL).map(Test::Has),
        Field::Is => one_of("is", value, &Is::ALL).map(Test::Is),
        Field::Sort => Err(fault(value.span, "`sort:` does not select articles")),
    }
}

fn read_sort(value: &Value) -> Parsed<Sort> {
    let (words, descending) = match value.words.strip_prefix('-') {
        Some(words) => (words.to_owned(), true),
        None => (value.words.clone(), false),
    };
    let value = Value {
        words,
        anchor: value.anchor,
        exact: value.exact,
        span: value.span,
    };
    Ok(Sort {
        key: one_of("sort", &value, &SortKey::ALL)?,
        descending,
    })
}

fn one_of<T: Copy>(field: &str, value: &Value, known: &[(&'static str, T)]) -> Parsed<T> {
    let found = known
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(&value.words));
    found.map(|(_, kind)| *kind).ok_or_else(|| {
        let names: Vec<_> = known.iter().map(|(name, _)| *name).collect();
        let reason = format!("`{field}:` takes one of {}", names.join(", "));
        Fault {
            nearest: nearest(&value.words, names),
            ..fault(value.span, reason)
        }
    })
}
