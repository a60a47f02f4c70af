//! What a page says of itself beside its text: JSON-LD, meta elements, its title element.

use serde_json::Value;
use trafilatura::dom::Document;

/// Metadata as the page gives it, nothing chosen yet.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// The JSON-LD object of the article, where there is one.
    pub article: Option<Value>,
    /// Every object of the page's JSON-LD, for references by `@id`.
    pub objects: Vec<Value>,
    /// `meta` elements: name in small letters, content.
    pub metas: Vec<(String, String)>,
    /// The title element.
    pub title: String,
    /// The canonical address.
    pub url: Option<String>,
    /// The language of the page.
    pub language: Option<String>,
}

/// Objects looked at per page; what is beyond is no article.
const OBJECTS: usize = 2000;

/// Gathers what the page says of itself.
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
    /// The first `meta` of these names, in the order of the names.
    pub fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            let found = self.metas.iter().find(|(key, _)| key == name);
            found.map(|(_, content)| content.as_str())
        })
    }

    /// All `meta` of one name.
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        let named = self.metas.iter().filter(move |(key, _)| key == name);
        named.map(|(_, content)| content.as_str())
    }

    /// A string of the article's JSON-LD, entities decoded.
    pub fn json(&self, key: &str) -> Option<String> {
        let text = self.article.as_ref()?.get(key)?.as_str()?;
        let text = decode_entities(text);
        (!text.trim().is_empty()).then(|| text.trim().to_owned())
    }

    /// The object that a reference such as `{"@id": "#person"}` names.
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

/// JSON as pages have it: with raw line breaks in strings, or wrapped as a comment.
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

/// Depth is bounded by the JSON parser, which refuses more than 128 levels.
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

/// Decodes entities in metadata, where some pages escape twice, and drops tags.
pub(super) fn decode_entities(text: &str) -> String {
    if !text.contains(['&', '<']) {
        return text.to_owned();
    }
    let mut page = String::from("<body>");
    // Bounded: a headline or a name, never an article.
    page.extend(text.chars().take(4000));
    let doc = Document::parse(&page);
    doc.body()
        .map(|body| doc.text_content(body))
        .unwrap_or_default()
}
