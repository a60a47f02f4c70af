//! Maps the names of record fields (such as `headline`) to their meanings (such as title), in
//! nested and flat records. The known names are listed in `assets/fields.toml`.

use std::collections::{HashMap, HashSet};
use std::str::FromStr;
use std::sync::LazyLock;

use foldhash::fast::FixedState;
use serde::Deserialize;

use super::Given;
use super::node::Node;

/// What a field of a record holds. The name of the field shows which of these it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// The field holds the text of the article.
    Text,
    /// The field holds the title of the article.
    Title,
    /// The field holds the summary that is displayed below the title.
    Standfirst,
    /// The field holds the name of the outlet that published the article.
    Outlet,
    /// The field holds the date of publication.
    Published,
    /// The field holds the names of the authors.
    Authors,
    /// The field holds the web address of the article.
    Url,
    /// The field holds the language of the article, as a code or a name.
    Language,
    /// The field holds the identifier that the record gives itself, such as its key in a database.
    Id,
}

impl Meaning {
    /// All meanings, each with its name on the command line (`--field title=NAME`).
    pub const NAMES: [(&'static str, Self); 9] = [
        ("text", Self::Text),
        ("title", Self::Title),
        ("standfirst", Self::Standfirst),
        ("outlet", Self::Outlet),
        ("published", Self::Published),
        ("authors", Self::Authors),
        ("url", Self::Url),
        ("language", Self::Language),
        ("id", Self::Id),
    ];
}

impl FromStr for Meaning {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::NAMES.iter().find(|(known, _)| *known == name);
        found.map(|(_, meaning)| *meaning).ok_or_else(|| {
            let names: Vec<_> = Self::NAMES.iter().map(|(name, _)| *name).collect();
            format!(
                "`{name}` is nothing that a field can mean: {}",
                names.join(", ")
            )
        })
    }
}

/// The field names that are recognised, grouped by meaning. Each list is in order of preference.
#[derive(Clone, Debug)]
pub struct FieldNames {
    meanings: [Vec<String>; 9],
    records: Vec<String>,
    wrappers: Vec<String>,
    sidecar: Vec<String>,
    /// The names in all other lists of this struct.
    known: HashSet<String, FixedState>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamesFile {
    meanings: MeaningsFile,
    records: NameList,
    wrappers: NameList,
    sidecar: NameList,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeaningsFile {
    text: Vec<String>,
    title: Vec<String>,
    standfirst: Vec<String>,
    outlet: Vec<String>,
    published: Vec<String>,
    authors: Vec<String>,
    url: Vec<String>,
    language: Vec<String>,
    id: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameList {
    names: Vec<String>,
}

static EMBEDDED: LazyLock<FieldNames> = LazyLock::new(|| {
    let text = include_str!("../../assets/fields.toml");
    let file: NamesFile = toml::from_str(text).expect("the embedded field names are tested");
    FieldNames::from(file)
});

impl From<NamesFile> for FieldNames {
    fn from(file: NamesFile) -> Self {
        let fold = |names: Vec<String>| names.iter().map(|name| fold_name(name)).collect();
        let m = file.meanings;
        let mut names = Self {
            known: HashSet::default(),
            meanings: [
                m.text,
                m.title,
                m.standfirst,
                m.outlet,
                m.published,
                m.authors,
                m.url,
                m.language,
                m.id,
            ]
            .map(fold),
            records: fold(file.records.names),
            wrappers: fold(file.wrappers.names),
            sidecar: fold(file.sidecar.names),
        };
        let lists = names.meanings.iter();
        let lists = lists.chain([&names.records, &names.wrappers, &names.sidecar]);
        names.known = lists.flatten().cloned().collect();
        names
    }
}

/// Folds a field name: removes separators and case, so that `articleBody`, `article_body` and
/// `Article-Body` become the same.
fn fold_name(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

impl FieldNames {
    /// Returns the built-in field names, which are listed in `assets/fields.toml`.
    pub fn embedded() -> Self {
        EMBEDDED.clone()
    }

    /// Makes `name` the preferred field name for `meaning`.
    pub fn prefer(&mut self, meaning: Meaning, name: &str) {
        if let Some(names) = self.meanings.get_mut(meaning as usize) {
            names.insert(0, fold_name(name));
        }
        self.known.insert(fold_name(name));
    }

    /// Returns `name` folded (see `fold_name`) if it is one of the known field names, and `None`
    /// otherwise.
    pub(super) fn known(&self, name: &str) -> Option<String> {
        let folded = fold_name(name);
        self.known.contains(&folded).then_some(folded)
    }

    /// Returns whether fields with this name hold a list of records, such as `articles` in
    /// `{"articles": [{…}, {…}]}`.
    pub(super) fn is_list(&self, name: &str) -> bool {
        self.records.contains(&fold_name(name))
    }

    /// Returns a map of the fields of `object` that have known names, by folded name. If a name
    /// occurs several times, the first field counts. The map is built in one pass, because nearly a
    /// hundred names are looked up in it and an object may have any number of fields.
    fn known_fields<'n>(&self, object: &'n Node) -> Fields<'n> {
        let entries = object.entries().iter().enumerate();
        let mut fields = Fields::default();
        for (index, (name, value)) in entries {
            if let Some(name) = self.known(name) {
                fields.0.entry(name).or_insert((index, value));
            }
        }
        fields
    }

    fn names(&self, meaning: Meaning) -> &[String] {
        self.meanings
            .get(meaning as usize)
            .map_or(&[], Vec::as_slice)
    }

    /// Returns the meaning of a table column, and the rank of its name among the names for that
    /// meaning (0 is best). Returns `None` if the name is not known.
    pub fn meaning_of(&self, column: &str) -> Option<(Meaning, usize)> {
        let folded = fold_name(column);
        Meaning::NAMES.iter().find_map(|(_, meaning)| {
            let rank = self.names(*meaning).iter().position(|name| *name == folded);
            Some((*meaning, rank?))
        })
    }

    /// Finds out whether a JSON object is an article, a list of records, or neither. Returns what
    /// it contains.
    pub(super) fn interpret(&self, mut object: Node) -> Interpretation {
        let mut chain = Vec::new();
        if self.find_text(&object, &mut chain, 0) {
            let given = Box::new(self.read_metadata(&object, &chain));
            // Move the text instead of copying it: it may be as long as the file.
            let text = object.take(&chain).into_text().unwrap_or_default();
            return Interpretation::Article { text, given };
        }
        if let Some(rows) = self.find_rows(object, 0) {
            return Interpretation::Rows(rows);
        }
        Interpretation::Neither
    }

    /// Returns whether an object is an article: whether it or an object inside it has a field with
    /// the text of an article.
    pub(super) fn is_article(&self, object: &Node) -> bool {
        self.find_text(object, &mut Vec::new(), 0)
    }

    /// Returns the path of a file that `object` names in a field such as `path`, if it does. Such
    /// an object may hold only the metadata of an article whose text is in that file. Call this
    /// before [`Self::interpret`], which consumes the object.
    pub(super) fn described_file(&self, object: &Node) -> Option<String> {
        let fields = self.known_fields(object);
        let value = self.sidecar.iter().find_map(|name| fields.get(name));
        value.and_then(|(_, value)| value.as_words())
    }

    /// Finds the field that holds the article's text, in `object` itself or else in an object
    /// inside it. Appends to `chain` the field indices that lead to it, outermost first. Returns
    /// whether a text was found. `depth` is the number of objects around `object`.
    fn find_text(&self, object: &Node, chain: &mut Vec<usize>, depth: usize) -> bool {
        let texts = self.names(Meaning::Text);
        let fields = self.known_fields(object);
        let own = texts
            .iter()
            .find_map(|name| fields.get(name).filter(|(_, value)| value.has_text()));
        if let Some((index, _)) = own {
            chain.push(index);
            return true;
        }
        if depth >= NESTING {
            return false;
        }
        for (index, (name, value)) in object.entries().iter().enumerate() {
            let wraps = matches!(value, Node::Object(_)) && {
                let folded = fold_name(name);
                self.wrappers.contains(&folded) || texts.contains(&folded)
            };
            if wraps {
                chain.push(index);
                if self.find_text(value, chain, depth + 1) {
                    return true;
                }
                chain.pop();
            }
        }
        false
    }

    /// Returns the metadata of the article whose text is at `chain`, a path of field indices from
    /// `top`. It is read from all objects around the text; those closest to the text take
    /// precedence.
    fn read_metadata(&self, top: &Node, chain: &[usize]) -> Given {
        let mut objects = vec![top];
        for index in chain {
            let value = objects
                .last()
                .and_then(|object| object.entries().get(*index));
            if let Some((_, value @ Node::Object(_))) = value {
                objects.push(value);
            }
        }
        // Fields closest to the text take precedence, then those of enclosing objects, then notes.
        objects.reverse();
        let metadata_objects: Vec<_> = objects
            .iter()
            .flat_map(|object| self.metadata_objects(object))
            .collect();
        objects.extend(metadata_objects);
        self.read_given(&objects)
    }

    /// Returns the objects inside `object` that hold metadata, such as the value of `meta` in
    /// `{"meta": {…}}`.
    fn metadata_objects<'n>(&self, object: &'n Node) -> Vec<&'n Node> {
        let entries = object.entries().iter();
        let metadata_objects = entries.filter(|(name, value)| {
            matches!(value, Node::Object(_)) && {
                let folded = fold_name(name);
                // The object in `"source": {"name": …}` is the outlet. It is no wrapper that holds
                // a title.
                self.wrappers.contains(&folded) && !self.names(Meaning::Outlet).contains(&folded)
            }
        });
        metadata_objects.map(|(_, value)| value).collect()
    }

    fn read_given(&self, objects: &[&Node]) -> Given {
        let objects: Vec<_> = objects
            .iter()
            .map(|object| self.known_fields(object))
            .collect();
        let objects = objects.as_slice();
        let one = |meaning| self.first(objects, meaning, Node::as_words);
        Given {
            id: one(Meaning::Id),
            title: one(Meaning::Title),
            standfirst: one(Meaning::Standfirst),
            outlet: one(Meaning::Outlet),
            published: one(Meaning::Published),
            authors: self
                .first(objects, Meaning::Authors, |value| {
                    Some(value.as_list()).filter(|names| !names.is_empty())
                })
                .unwrap_or_default(),
            url: one(Meaning::Url),
            language: one(Meaning::Language),
        }
    }

    fn first<T>(
        &self,
        objects: &[Fields],
        meaning: Meaning,
        read: impl Fn(&Node) -> Option<T>,
    ) -> Option<T> {
        objects.iter().find_map(|object| {
            let mut names = self.names(meaning).iter();
            names.find_map(|name| object.get(name).and_then(|(_, value)| read(value)))
        })
    }

    fn find_rows(&self, object: Node, depth: usize) -> Option<Vec<Node>> {
        let Node::Object(entries) = object else {
            return None;
        };
        for (name, value) in entries {
            if !self.records.contains(&fold_name(&name)) {
                continue;
            }
            match value {
                Node::List(rows) if rows.iter().any(|row| matches!(row, Node::Object(_))) => {
                    return Some(rows);
                }
                nested @ Node::Object(_) if depth < NESTING => {
                    if let Some(rows) = self.find_rows(nested, depth + 1) {
                        return Some(rows);
                    }
                }
                _ => {}
            }
        }
        None
    }
}

/// Maximum number of objects around a text or a list of records; deeper ones are not searched for.
/// Real files have two.
const NESTING: usize = 4;

/// The fields of an object that have known names: each folded name with the index and the value of
/// the field.
#[derive(Default)]
struct Fields<'n>(HashMap<String, (usize, &'n Node), FixedState>);

impl<'n> Fields<'n> {
    fn get(&self, folded: &str) -> Option<(usize, &'n Node)> {
        self.0.get(folded).copied()
    }
}

/// What a JSON object was found to be.
#[derive(Debug, PartialEq)]
pub(super) enum Interpretation {
    /// The object is an article. Holds its text, and the metadata in its other fields.
    Article { text: String, given: Box<Given> },
    /// The object lists records, which remain to be interpreted.
    Rows(Vec<Node>),
    /// The object has no text and lists no records.
    Neither,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interpret(json: &str) -> Interpretation {
        FieldNames::embedded().interpret(serde_json::from_str(json).unwrap())
    }

    #[test]
    fn fields_are_found_by_meaning() {
        let cases = [
            r#"{"judul": "A", "isi_berita": "B", "sumber": "C", "tanggal": "D", "tautan": "E", "penulis": "F"}"#,
            r#"{"Headline": "A", "articleBody": "B", "Publisher": {"name": "C"}, "datePublished": "D", "URL": "E", "author": [{"name": "F"}]}"#,
            r#"{"_id": null, "_source": {"title": "A", "content": ["B"], "source": {"id": null, "name": "C"}, "publishedAt": "D", "url": "E", "authors": ["F"]}}"#,
            r#"{"meta": {"title": "A", "outlet": "C", "date": "D", "link": "E", "byline": "F"}, "text": "B"}"#,
            r#"{"article": {"body": "B", "title": "A"}, "media": "C", "date": "D", "url": "E", "author": "F"}"#,
        ];
        for json in cases {
            let Interpretation::Article { text, given } = interpret(json) else {
                panic!("no article: {json}");
            };
            let some = |words: &str| Some(words.to_owned());
            assert_eq!(text, "B", "{json}");
            let expected = Given {
                title: some("A"),
                outlet: some("C"),
                published: some("D"),
                authors: vec!["F".to_owned()],
                url: some("E"),
                ..Given::default()
            };
            assert_eq!(*given, expected, "{json}");
        }
    }

    #[test]
    fn annotation_is_never_a_body() {
        for json in [
            r#"{"id": "a", "title": "T", "quotes": [{"text": "Kata-kata", "start": 3}]}"#,
            r#"{"spans": [{"content": "x"}], "image": {"text": "keterangan"}}"#,
            r#"{"path": "a.txt", "outlet": "X"}"#,
            r#"{"text": "", "title": "Kosong"}"#,
            r#"{"text": null}"#,
        ] {
            assert_eq!(interpret(json), Interpretation::Neither, "{json}");
        }
    }

    #[test]
    fn a_list_of_records_inside_an_object_is_found() {
        for json in [
            r#"{"status": "ok", "articles": [{"title": "A"}]}"#,
            r#"{"hits": {"total": 1, "hits": [{"_source": {"text": "B"}}]}}"#,
        ] {
            let Interpretation::Rows(rows) = interpret(json) else {
                panic!("no rows: {json}");
            };
            assert_eq!(rows.len(), 1, "{json}");
        }
    }

    #[test]
    fn a_preferred_name_comes_first() {
        let mut names = FieldNames::embedded();
        names.prefer(Meaning::Text, "narasi panjang");
        let json = r#"{"text": "ringkas", "narasi_panjang": "lengkap"}"#;
        let understood = names.interpret(serde_json::from_str(json).unwrap());
        assert!(matches!(understood, Interpretation::Article { text, .. } if text == "lengkap"));
    }
}
