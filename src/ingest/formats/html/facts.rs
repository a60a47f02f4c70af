//! Collects the metadata of a page from JSON-LD, meta elements and the title element.

use serde_json::Value;
use trafilatura::dom::Document;

/// All metadata of a page, before title, date and so on are chosen from it.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// JSON-LD object that describes the article, if there is one.
    pub article: Option<Value>,
    /// All objects in the page's JSON-LD, to which others may refer by `@id`.
    pub objects: Vec<Value>,
    /// Name, in lower case, and content of each `meta` element.
    pub metas: Vec<(String, String)>,
    /// Content of the `title` element.
    pub title: String,
    /// Canonical web address of the page, if the page gives one.
    pub url: Option<String>,
    /// Language that the page declares in the `lang` attribute of its `html` element.
    pub language: Option<String>,
}

/// Maximum number of JSON-LD objects that are read per page. Pages of articles have fewer.
const OBJECTS: usize = 2000;

/// Collects the metadata of a page. `json_ld` holds the contents of its JSON-LD scripts.
pub(super) fn gather(doc: &Document, json_ld: &[String]) -> Facts {
    let root = doc.root();
    let mut facts = Facts::default();
    for id in doc.query_selector_all(root, "meta") {
        let attribute = |name| doc.get_attribute(id, name);
        let key = attribute("property")
            .or_else(|| attribute("name"))
            .or_else(|| attribute("itemprop"));
        if let (Some(key), Some(content)) = (key, attribute("content")) {
            let content = content.trim();
            if !content.is_empty() {
                facts
                    .metas
                    .push((key.trim().to_lowercase(), content.to_owned()));
            }
        }
    }
    let first = |selector| doc.query_selector(root, selector);
    facts.title = first("title")
        .map(|id| doc.text_content(id))
        .unwrap_or_default();
    facts.url = first("link[rel=canonical]")
        .and_then(|id| doc.get_attribute(id, "href"))
        .filter(|url| url.starts_with("http"))
        .or_else(|| facts.meta(&["og:url"]).map(str::to_owned));
    facts.language = first("html").and_then(|id| doc.get_attribute(id, "lang"));
    for block in json_ld {
        if let Some(value) = parse_json(block) {
            collect(&value, &mut facts.objects, 0);
        }
    }
    let by_type = |wanted: &dyn Fn(&str) -> bool| {
        let is_wanted =
            |object: &&Value| types(object).any(wanted) && object["headline"].is_string();
        facts.objects.iter().find(is_wanted)
    };
    facts.article = by_type(&|name| name.ends_with("NewsArticle"))
        .or_else(|| by_type(&is_article))
        .or_else(|| {
            facts
                .objects
                .iter()
                .find(|object| types(object).any(is_article))
        })
        .cloned();
    facts
}

impl Facts {
    /// Returns the content of the first `meta` element that has one of these names. A name takes
    /// precedence over the names after it.
    pub fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            let found = self.metas.iter().find(|(key, _)| key == name);
            found.map(|(_, content)| content.as_str())
        })
    }

    /// Returns the contents of all `meta` elements with this name, in the order of the page.
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        let named = self.metas.iter().filter(move |(key, _)| key == name);
        named.map(|(_, content)| content.as_str())
    }

    /// Returns the string under `key` in the article's JSON-LD, with entities decoded. Returns
    /// `None` if it is missing or empty.
    pub fn json(&self, key: &str) -> Option<String> {
        let text = self.article.as_ref()?.get(key)?.as_str()?;
        let text = decode_entities(text);
        (!text.trim().is_empty()).then(|| text.trim().to_owned())
    }

    /// Returns the object that a reference such as `{"@id": "#person"}` refers to. Returns `value`
    /// itself if it is no such reference, or its object is missing.
    pub fn resolve<'f>(&'f self, value: &'f Value) -> &'f Value {
        let Some(id) = value.get("@id").and_then(Value::as_str) else {
            return value;
        };
        if value.get("name").is_some() {
            return value;
        }
        let is_named = |object: &&Value| {
            object.get("name").is_some() && object.get("@id").and_then(Value::as_str) == Some(id)
        };
        self.objects.iter().find(is_named).unwrap_or(value)
    }
}

fn is_article(name: &str) -> bool {
    name.ends_with("Article") || name.ends_with("Posting") || name.ends_with("Report")
}

fn types(object: &Value) -> impl Iterator<Item = &str> {
    let kind = object.get("@type");
    let one = kind.and_then(Value::as_str);
    let many = kind.and_then(Value::as_array).into_iter().flatten();
    one.into_iter().chain(many.filter_map(Value::as_str))
}

/// Parses JSON as it occurs in pages: with raw line breaks in strings, or wrapped in a comment.
/// Returns `None` if it is not valid even so.
fn parse_json(block: &str) -> Option<Value> {
    let block = block
        .trim()
        .trim_start_matches("<!--")
        .trim_end_matches("-->");
    let block = block
        .trim_start_matches("//<![CDATA[")
        .trim_end_matches("//]]>");
    let block = block.trim().trim_end_matches(';');
    serde_json::from_str(block)
        .or_else(|_| serde_json::from_str(&block.replace(['\n', '\r', '\t'], " ")))
        .ok()
}

/// Appends to `objects` the JSON-LD objects in `value`: `value` itself, and those that are nested
/// in it under keys such as `@graph` and `author`. `level` is the depth of `value`; objects more
/// than 12 levels deep are left out.
fn collect(value: &Value, objects: &mut Vec<Value>, level: usize) {
    if objects.len() >= OBJECTS || level > 12 {
        return;
    }
    match value {
        Value::Array(items) => items
            .iter()
            .for_each(|item| collect(item, objects, level + 1)),
        Value::Object(fields) => {
            if fields.contains_key("@type") || fields.contains_key("@id") {
                objects.push(value.clone());
            }
            for key in [
                "@graph",
                "mainEntity",
                "mainEntityOfPage",
                "hasPart",
                "author",
            ] {
                if let Some(inner) = fields.get(key) {
                    collect(inner, objects, level + 1);
                }
            }
        }
        _ => {}
    }
}

/// Returns a title or name from the metadata with entities such as `&amp;` decoded and tags
/// removed. Some pages escape their metadata twice.
pub(super) fn decode_entities(text: &str) -> String {
    if !text.contains(['&', '<']) {
        return text.to_owned();
    }
    let mut page = String::from("<body>");
    // The text is a title or a name and never an article, so its length is bounded.
    page.extend(text.chars().take(4000));
    let doc = Document::parse(&page);
    doc.body()
        .map(|body| doc.text_content(body))
        .unwrap_or_default()
}
