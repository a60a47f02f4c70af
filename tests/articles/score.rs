//! Counts of what was found and what was right, and their table.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use kutip::model::{Article, Excerpt, Quote, QuoteKind};

use super::markup::{Annotated, Annotation, Kind};

/// The counts of one language.
#[derive(Debug, Default)]
pub struct Score {
    /// By measure, in the order in which a table shows them: how many are right, of how many.
    counts: BTreeMap<(usize, &'static str), (usize, usize)>,
    /// Whether each miss is printed.
    tells_misses: bool,
    /// The name of the article at hand.
    article: String,
}

/// The measures in the order of a table.
const MEASURES: [&str; 13] = [
    "fields",
    "direct recall",
    "direct precision",
    "direct speaker",
    "indirect recall",
    "indirect precision",
    "indirect speaker",
    "fragment recall",
    "fragment precision",
    "fragment speaker",
    "clean name",
    "sure and right",
    "share sure",
];

impl Score {
    /// No counts yet; `tells_misses` says whether each miss is printed.
    pub fn new(tells_misses: bool) -> Self {
        Self {
            tells_misses,
            ..Self::default()
        }
    }

    /// The share of a measure that is right; 1 where nothing was counted.
    pub fn share(&self, measure: &str) -> f64 {
        let count = self.counts.iter().find(|(key, _)| key.1 == measure);
        count.map_or(1.0, |(_, &(right, all))| right as f64 / all.max(1) as f64)
    }

    /// A table of all measures.
    pub fn table(&self, lang: &str) -> String {
        let mut table = String::new();
        for ((_, measure), (right, all)) in &self.counts {
            let share = self.share(measure);
            writeln!(table, "{lang}  {measure:<19}{right:>4}/{all:<4} {share:.3}").unwrap();
        }
        table
    }

    /// Counts what was found in one article against its annotation.
    pub fn compare(&mut self, name: &str, annotated: &Annotated, article: &Article) {
        name.clone_into(&mut self.article);
        self.compare_fields(annotated, article);
        for (kind, names) in [
            (
                Kind::Direct,
                ["direct recall", "direct precision", "direct speaker"],
            ),
            (
                Kind::Indirect,
                ["indirect recall", "indirect precision", "indirect speaker"],
            ),
            (
                Kind::Fragment,
                ["fragment recall", "fragment precision", "fragment speaker"],
            ),
        ] {
            self.compare_kind(annotated, article, kind, names);
        }
    }

    fn compare_kind(
        &mut self,
        annotated: &Annotated,
        article: &Article,
        kind: Kind,
        [recall, precision, speaker]: [&'static str; 3],
    ) {
        let gold: Vec<_> = annotated
            .quotes
            .iter()
            .filter(|one| one.kind == kind)
            .collect();
        let found: Vec<_> = article
            .quotes
            .iter()
            .filter(|one| is_of(one.kind, kind))
            .collect();
        let pairs = pairs(&gold, &found);
        for (at, one) in gold.iter().enumerate() {
            let words = &annotated.text[one.span.clone()];
            let Some(&(_, quote)) = pairs.iter().find(|pair| pair.0 == at) else {
                self.count(recall, false, words);
                continue;
            };
            self.count(recall, true, words);
            let name = article.speaker(found[quote]);
            self.count_speaker(one, found[quote], name.as_deref(), speaker);
        }
        for (at, quote) in found.iter().enumerate() {
            let is_right = pairs.iter().any(|pair| pair.1 == at);
            self.count(precision, is_right, &article.words(quote.span));
        }
    }

    fn count_speaker(
        &mut self,
        gold: &Annotation,
        found: &Quote,
        name: Option<&str>,
        measure: &'static str,
    ) {
        if gold.speakers.is_empty() {
            return;
        }
        let names: Vec<&str> = name.map_or_else(Vec::new, |name| name.split("; ").collect());
        let holds = |form: &String, name: &&str| {
            let (form, name) = (format!(" {} ", folded(form)), format!(" {} ", folded(name)));
            form.contains(&name) || name.contains(&form)
        };
        let is_one = |forms: &Vec<String>, fits: &dyn Fn(&String, &&str) -> bool| {
            forms
                .iter()
                .any(|form| names.iter().any(|name| fits(form, name)))
        };
        let miss = format!("{:?}, got {names:?}", gold.speakers);
        let right = gold.speakers.iter().all(|forms| is_one(forms, &holds));
        self.count(measure, right, &miss);
        if gold.kind == Kind::Fragment {
            return;
        }
        let is_name = |form: &String, name: &&str| folded(form) == folded(name);
        let clean = gold.speakers.iter().all(|forms| is_one(forms, &is_name));
        self.count("clean name", clean, &miss);
        let sure = found.confidence == kutip::model::Confidence::Sure;
        self.count("share sure", sure, "");
        if sure {
            self.count("sure and right", right, &miss);
        }
    }

    fn compare_fields(&mut self, annotated: &Annotated, article: &Article) {
        let structure = &article.structure;
        let words = |excerpt: &Excerpt| article.excerpt(excerpt).into_owned();
        let title = structure.title.as_ref().filter(|title| !title.derived);
        let dateline = structure
            .dateline
            .as_ref()
            .and_then(|dateline| dateline.place);
        let date = structure
            .published
            .map(|published| published.date.to_string());
        let reporters: Vec<_> = structure.reporters.iter().map(words).collect();
        let found = [
            ("lang", article.language.map(|lang| lang.to_string())),
            ("title", title.map(|title| words(&title.text))),
            ("date", date),
            (
                "dateline",
                dateline.map(|place| article.words(place).into_owned()),
            ),
            ("reporters", Some(reporters.join("; "))),
            (
                "outlet",
                structure
                    .outlet
                    .as_ref()
                    .map(|outlet| outlet.name.to_string()),
            ),
        ];
        for (field, found) in found {
            if let Some(gold) = annotated.fields.get(field) {
                let found = found.unwrap_or_default();
                let miss = format!("{field}: {gold}, got {found}");
                let (gold, found) = (folded(gold), folded(&found));
                // An outlet is told by its usual name or by its address.
                let holds = field == "outlet" && !found.is_empty() && gold.contains(&found);
                self.count("fields", gold == found || holds, &miss);
            }
        }
    }

    fn count(&mut self, measure: &'static str, is_right: bool, miss: &str) {
        let order = MEASURES.iter().position(|one| *one == measure).unwrap();
        let count = self.counts.entry((order, measure)).or_default();
        count.0 += usize::from(is_right);
        count.1 += 1;
        if self.tells_misses && !is_right && !miss.is_empty() {
            println!("  {} {measure}: {miss}", self.article);
        }
    }
}

/// Whether a found kind is the annotated one. A clause that holds marked words is indirect.
fn is_of(found: QuoteKind, gold: Kind) -> bool {
    match found {
        QuoteKind::Direct => gold == Kind::Direct,
        QuoteKind::Indirect | QuoteKind::Mixed => gold == Kind::Indirect,
        QuoteKind::Fragment => gold == Kind::Fragment,
    }
}

/// Pairs annotated and found quotations that share at least half of what either covers, best first, each
/// at most once.
fn pairs(gold: &[&Annotation], found: &[&Quote]) -> Vec<(usize, usize)> {
    let mut shared = Vec::new();
    for (at, one) in gold.iter().enumerate() {
        for (other, quote) in found.iter().enumerate() {
            let (start, end) = (quote.span.start as usize, quote.span.end as usize);
            let both = one
                .span
                .end
                .min(end)
                .saturating_sub(one.span.start.max(start));
            let either = one.span.end.max(end) - one.span.start.min(start);
            if both * 2 >= either {
                shared.push((both as f64 / either as f64, at, other));
            }
        }
    }
    shared.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, at, other) in shared {
        if pairs.iter().all(|pair| pair.0 != at && pair.1 != other) {
            pairs.push((at, other));
        }
    }
    pairs
}

/// A text as words in small letters.
fn folded(text: &str) -> String {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
