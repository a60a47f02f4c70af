//! Makes the keys of a whole corpus unique. Which articles were read, and not in which order,
//! decides what each is called.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::BuildHasher;
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};

use crate::model::{Article, ArticleId, Corpus};

/// The articles that would have had the same key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collisions {
    /// Number of keys that several articles had.
    pub keys: usize,
    /// Number of articles that have another key now.
    pub renamed: usize,
    /// One of them: the key that it had, and the key that it has.
    pub example: Option<(Box<str>, Box<str>)>,
}

/// Returns the corpus with unique keys, and what was changed for that. A key that one article alone
/// has stays. Where several have the same one, the record that gives it as its own `id` keeps it;
/// if there are several such records, or none, each gets as much of its path as tells them apart.
/// Takes one pass over the keys, and reads folders only for articles that collide. If a key
/// changes, the returned corpus does not continue the given one.
#[must_use]
pub fn settle_keys(corpus: Corpus) -> (Corpus, Collisions) {
    let mut once = HashSet::with_hasher(foldhash::fast::FixedState::default());
    let mut twice = HashSet::new();
    for (_, article) in corpus.iter() {
        let key = hash(&article.key);
        if !once.insert(key) {
            twice.insert(key);
        }
    }
    if twice.is_empty() {
        return (corpus, Collisions::default());
    }
    once.retain(|key| !twice.contains(key));
    let collide = |(_, article): &(_, &Article)| twice.contains(&hash(&article.key));
    let claims = claims(corpus.iter().filter(collide));
    let claims = tell_apart(claims, |key| once.contains(&hash(key)));
    let changes = claims
        .iter()
        .filter(|claim| claim.key != *claim.article.key);
    let changes: Vec<(ArticleId, Box<str>)> = changes
        .map(|claim| (claim.id, claim.key.as_str().into()))
        .collect();
    let example = changes.first().and_then(|(id, key)| {
        let before = corpus.get(*id)?.key.clone();
        Some((before, key.clone()))
    });
    let collisions = Collisions {
        keys: twice.len(),
        renamed: changes.len(),
        example,
    };
    drop(claims);
    let corpus = corpus.change(&changes, |article, key| article.key = key.clone());
    (corpus, collisions)
}

/// Returns a hash that is the same in every run. A collision of hashes only makes a key longer.
fn hash(key: &str) -> u64 {
    foldhash::fast::FixedState::default().hash_one(key)
}

/// An article that has its key not for itself.
struct Claim<'a> {
    id: ArticleId,
    article: &'a Article,
    /// Whether the key is the record's own `id`, and not made from its path.
    is_own: bool,
    /// The names of the folders that lead to the file, and its own.
    names: Vec<String>,
    /// Whether another record of the same file has the same key.
    needs_record: bool,
    /// Number of the article among those that were read from the same record, from 1.
    reading: usize,
    /// Number of names from the end of the path that the key has, beyond those that it had at
    /// first.
    level: usize,
    key: String,
}

/// Returns the claims of articles, each with the place that it was read from.
fn claims<'a>(articles: impl Iterator<Item = (ArticleId, &'a Article)>) -> Vec<Claim<'a>> {
    let mut folders = HashMap::new();
    let mut in_file: HashMap<(PathBuf, &str), usize> = HashMap::new();
    let mut of_record: HashMap<(PathBuf, Option<&str>, &str), usize> = HashMap::new();
    let mut files = Vec::new();
    let mut claims = Vec::new();
    for (id, article) in articles {
        let path = Path::new(&*article.path);
        let file = real_file(path, &mut folders);
        let record = article.record.as_deref();
        let reading = of_record
            .entry((file.clone(), record, &article.key))
            .and_modify(|count| *count += 1)
            .or_insert(1);
        if *reading == 1 {
            *in_file.entry((file.clone(), &article.key)).or_default() += 1;
        }
        files.push(file);
        claims.push(Claim {
            id,
            article,
            is_own: !is_below(&article.key, &place(&article.path, record)),
            names: names(path),
            needs_record: false,
            reading: *reading,
            level: 0,
            key: article.key.to_string(),
        });
    }
    for (claim, file) in claims.iter_mut().zip(files) {
        let records = in_file.get(&(file, &*claim.article.key));
        claim.needs_record = records.is_some_and(|records| *records > 1);
        claim.key = claim.name();
    }
    claims
}

/// Returns the file that a path leads to, whatever way it was named. Looks up each folder once.
fn real_file(path: &Path, folders: &mut HashMap<PathBuf, PathBuf>) -> PathBuf {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return path.to_owned();
    };
    let real = folders.entry(folder.to_owned()).or_insert_with(|| {
        let named = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        named.canonicalize().unwrap_or_else(|_| folder.to_owned())
    });
    real.join(name)
}

/// Returns the names that lead to a file from the root.
fn names(path: &Path) -> Vec<String> {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut names = Vec::new();
    for part in whole.components() {
        match part {
            Component::Normal(name) => names.push(name.to_string_lossy().into_owned()),
            Component::ParentDir => drop(names.pop()),
            Component::Prefix(_) | Component::RootDir | Component::CurDir => {}
        }
    }
    names
}

/// Returns whether a key is the end of a place: its last names.
fn is_below(key: &str, place: &str) -> bool {
    let above = place.strip_suffix(key);
    above.is_some_and(|above| above.is_empty() || above.ends_with(['/', MAIN_SEPARATOR]))
}

fn place(path: &str, record: Option<&str>) -> String {
    match record {
        Some(record) => format!("{path}#{record}"),
        None => path.to_owned(),
    }
}

impl Claim<'_> {
    /// Returns the key at the claim's level.
    fn name(&self) -> String {
        let key = &*self.article.key;
        let name = match (self.level, self.is_own) {
            (0, _) => key.to_owned(),
            (level, true) => {
                let record = self.article.record.as_deref();
                let record = record.filter(|_| self.needs_record);
                format!("{key}~{}", place(&self.last_names(level), record))
            }
            (level, false) => {
                let record = self.article.record.as_deref();
                let path = record.and_then(|record| key.strip_suffix(record));
                let path = path.and_then(|path| path.strip_suffix('#')).unwrap_or(key);
                let known = path.split('/').filter(|name| !name.is_empty()).count();
                place(&self.last_names(known + level), record)
            }
        };
        match self.reading {
            1 => name,
            reading => format!("{name}~{reading}"),
        }
    }

    /// Returns the last names of the path.
    fn last_names(&self, count: usize) -> String {
        let from = self.names.len().saturating_sub(count);
        self.names.get(from..).unwrap_or_default().join("/")
    }
}

/// Gives each claim a key that no other has, nor any article that `is_taken` knows.
fn tell_apart(mut claims: Vec<Claim<'_>>, is_taken: impl Fn(&str) -> bool) -> Vec<Claim<'_>> {
    let deepest = claims.iter().map(|claim| claim.names.len()).max();
    for _ in 0..=deepest.unwrap_or_default() {
        let mut same: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, claim) in claims.iter().enumerate() {
            same.entry(&claim.key).or_default().push(at);
        }
        let collide = same
            .iter()
            .filter(|(key, who)| who.len() > 1 || is_taken(key));
        let longer: Vec<usize> = collide
            .flat_map(|(key, who)| {
                let keeps = keeper(&claims, who).filter(|_| !is_taken(key));
                who.iter().copied().filter(move |at| Some(*at) != keeps)
            })
            .collect();
        if longer.is_empty() {
            return claims;
        }
        for at in longer {
            if let Some(claim) = claims.get_mut(at) {
                claim.level += 1;
                claim.key = claim.name();
            }
        }
    }
    number(claims, is_taken)
}

/// Returns the only claim among `who` that is the record's own `id` as it gives it.
fn keeper(claims: &[Claim], who: &[usize]) -> Option<usize> {
    let is_own = |at: &&usize| {
        let claim = claims.get(**at);
        claim.is_some_and(|claim| claim.is_own && claim.level == 0)
    };
    let mut own = who.iter().filter(is_own);
    match (own.next(), own.next()) {
        (Some(at), None) => Some(*at),
        _ => None,
    }
}

/// Numbers the claims that not even their whole paths tell apart, such as an `id` that looks like
/// the path of another file.
fn number(mut claims: Vec<Claim<'_>>, is_taken: impl Fn(&str) -> bool) -> Vec<Claim<'_>> {
    let mut given = HashSet::new();
    for claim in &mut claims {
        let name = claim.key.clone();
        let mut number = 1;
        while is_taken(&claim.key) || !given.insert(claim.key.clone()) {
            number += 1;
            claim.key = format!("{name}~{number}");
        }
    }
    claims
}
