//! Groups the list of articles by story. The heading of a story takes the position of the story's
//! first article. Articles without a story keep their positions.

use std::collections::HashSet;

use crate::model::ArticleId;
use crate::relate::{Stories, StoryId};

/// One line of the list of articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The heading of a story. The story's articles follow it unless the story is folded.
    Heading(Heading),
    /// An article below the heading of its story.
    Member(ArticleId),
    /// An article without a heading: it is in no story, or the list is not grouped.
    Single(ArticleId),
}

/// The heading of a story in the list of articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The story that the heading is for.
    pub story: StoryId,
    /// The story's first article in the list.
    pub first: ArticleId,
    /// The number of the story's articles in the list.
    pub shown: u32,
    /// Whether the story's articles are hidden.
    pub fold: Fold,
}

/// Whether the articles of a story are hidden.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fold {
    /// The articles are hidden.
    #[default]
    Closed,
    /// The articles are shown.
    Open,
}

impl Line {
    /// Returns the article of the line. For a heading, returns the story's first article in the
    /// list.
    pub fn article(self) -> ArticleId {
        match self {
            Self::Heading(heading) => heading.first,
            Self::Member(id) | Self::Single(id) => id,
        }
    }
}

/// Which stories are folded: a default for all stories, and the stories that are exceptions to it.
#[derive(Clone, Debug, Default)]
pub struct Folds {
    all: Fold,
    others: HashSet<StoryId>,
    /// One article of each exception. Used after a reload, until the stories of the new corpus are
    /// known.
    remembered: Vec<ArticleId>,
}

impl Folds {
    /// Returns whether a story is folded.
    pub fn of(&self, story: StoryId) -> Fold {
        match (self.all, self.others.contains(&story)) {
            (Fold::Closed, false) | (Fold::Open, true) => Fold::Closed,
            _ => Fold::Open,
        }
    }

    /// Folds or unfolds one story.
    pub fn set(&mut self, story: StoryId, fold: Fold) {
        if fold == self.all {
            self.others.remove(&story);
        } else {
            self.others.insert(story);
        }
    }

    /// Folds or unfolds all stories, without exceptions.
    pub fn set_all(&mut self, fold: Fold) {
        *self = Self {
            all: fold,
            ..Self::default()
        };
    }

    /// Keeps the exceptions across a reload, when the stories of the new corpus are not known yet.
    /// Each exception is remembered by the first article of its story that still exists. `to` maps
    /// an article to its new identifier.
    pub fn remap_ids(
        &mut self,
        old: Option<&Stories>,
        to: impl Fn(ArticleId) -> Option<ArticleId>,
    ) {
        let mut remembered: Vec<_> = self.remembered.iter().filter_map(|id| to(*id)).collect();
        let stories = self.others.drain();
        remembered.extend(stories.filter_map(|story| {
            let articles = &old?.get(story)?.articles;
            articles.iter().find_map(|id| to(*id))
        }));
        self.remembered = remembered;
    }

    /// Keeps the exceptions when the stories of a corpus are computed again: an exception in `old`
    /// becomes the story in `new` that contains its first article.
    pub fn keep_exceptions(&mut self, old: Option<&Stories>, new: &Stories) {
        let first = |story: StoryId| old?.get(story)?.articles.first().copied();
        let known = self.others.drain().filter_map(first);
        let articles: Vec<_> = known.chain(self.remembered.drain(..)).collect();
        self.others = articles.iter().filter_map(|id| new.of(*id)).collect();
    }
}

/// The articles of one story, or one article without a story, as a range of `Groups::order`.
#[derive(Clone, Copy, Debug)]
struct Section {
    story: Option<StoryId>,
    start: u32,
    len: u32,
}

/// The list of articles, grouped by story.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    order: Vec<ArticleId>,
    sections: Vec<Section>,
    lines: Vec<Line>,
}

/// The number that stands for the section of a story that has none yet.
const NONE: u32 = u32::MAX;

impl Groups {
    /// Groups the articles `ids` by story. A story takes the position of its first article, and its
    /// articles keep their order. Time is linear in the length of the list plus the number of
    /// stories.
    pub fn new(ids: &[ArticleId], stories: &Stories, folds: &Folds) -> Self {
        let mut section_of = vec![NONE; stories.list().len()];
        let mut sections: Vec<Section> = Vec::new();
        let mut places = Vec::with_capacity(ids.len());
        for id in ids {
            let story = stories.of(*id);
            let known = story.and_then(|story| section_of.get_mut(story.0 as usize));
            let next = sections.len() as u32;
            let at = match known {
                Some(at) => {
                    if *at == NONE {
                        *at = next;
                    }
                    *at
                }
                None => next,
            };
            if at == next {
                sections.push(Section {
                    story,
                    start: 0,
                    len: 0,
                });
            }
            if let Some(section) = sections.get_mut(at as usize) {
                section.len += 1;
            }
            places.push(at);
        }
        let order = sort_into(&mut sections, ids, &places);
        let mut groups = Self {
            order,
            sections,
            lines: Vec::new(),
        };
        groups.fold(folds);
        groups
    }

    /// Rebuilds the visible lines after stories were folded or unfolded.
    pub fn fold(&mut self, folds: &Folds) {
        self.lines.clear();
        for section in &self.sections {
            let start = section.start as usize;
            let articles = self.order.get(start..start + section.len as usize);
            let articles = articles.unwrap_or(&[]);
            let Some(story) = section.story else {
                self.lines
                    .extend(articles.iter().copied().map(Line::Single));
                continue;
            };
            let fold = folds.of(story);
            self.lines.extend(articles.first().map(|first| {
                Line::Heading(Heading {
                    story,
                    first: *first,
                    shown: section.len,
                    fold,
                })
            }));
            if fold == Fold::Open {
                self.lines
                    .extend(articles.iter().copied().map(Line::Member));
            }
        }
    }

    /// Returns all articles in the order of the groups, including those of folded stories.
    pub fn order(&self) -> &[ArticleId] {
        &self.order
    }

    /// Returns the visible lines: headings, and articles that are not folded.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Returns the heading of the story to which line `at` belongs, and the line index of the
    /// heading. Returns `None` for an article without a heading.
    pub fn heading_at(&self, at: usize) -> Option<(usize, Heading)> {
        let above = self.lines.get(..=at)?.iter().enumerate().rev();
        for (at, line) in above {
            match line {
                Line::Heading(heading) => return Some((at, *heading)),
                Line::Member(_) => {}
                Line::Single(_) => return None,
            }
        }
        None
    }
}

/// Returns the articles `ids` sorted by section, and sets the start of each section. `places` holds
/// the index of each article's section.
fn sort_into(sections: &mut [Section], ids: &[ArticleId], places: &[u32]) -> Vec<ArticleId> {
    let mut start = 0;
    for section in &mut *sections {
        section.start = start;
        start += section.len;
    }
    let mut next: Vec<u32> = sections.iter().map(|section| section.start).collect();
    let mut order = vec![ArticleId(0); ids.len()];
    for (id, place) in ids.iter().zip(places) {
        let to = next.get_mut(*place as usize);
        if let Some(slot) = to.and_then(|to| {
            *to += 1;
            order.get_mut(*to as usize - 1)
        }) {
            *slot = *id;
        }
    }
    order
}
