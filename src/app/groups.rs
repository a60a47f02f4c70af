//! The list of articles grouped by story: each story under a heading where its first article would
//! stand, folded or not; articles of no story stand as they did.

use std::collections::HashSet;

use crate::model::ArticleId;
use crate::relate::{Stories, StoryId};

/// One line of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A story, with its articles below it unless it is folded.
    Heading(Heading),
    /// An article below the heading of its story.
    Member(ArticleId),
    /// An article on its own.
    Single(ArticleId),
}

/// The heading of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Of which story.
    pub story: StoryId,
    /// The first of its articles in the list.
    pub first: ArticleId,
    /// How many of its articles are in the list.
    pub shown: u32,
    /// Whether they are hidden.
    pub fold: Fold,
}

/// Whether the articles of a story are hidden.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fold {
    /// They are.
    #[default]
    Closed,
    /// They are not.
    Open,
}

impl Line {
    /// The article that it is, or that stands for the story.
    pub fn article(self) -> ArticleId {
        match self {
            Self::Heading(heading) => heading.first,
            Self::Member(id) | Self::Single(id) => id,
        }
    }
}

/// Which stories are folded: all or none, but for some.
#[derive(Clone, Debug, Default)]
pub struct Folds {
    all: Fold,
    others: HashSet<StoryId>,
    /// An article of each of the others, while the stories are found anew.
    awaited: Vec<ArticleId>,
}

impl Folds {
    /// Whether a story is folded.
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

    /// Folds or unfolds all.
    pub fn set_all(&mut self, fold: Fold) {
        *self = Self {
            all: fold,
            ..Self::default()
        };
    }

    /// The same while the stories of a corpus that was read anew are found: a story is known again
    /// by the first of its articles that is left.
    pub fn follow_moves(
        &mut self,
        old: Option<&Stories>,
        to: impl Fn(ArticleId) -> Option<ArticleId>,
    ) {
        let mut awaited: Vec<_> = self.awaited.iter().filter_map(|id| to(*id)).collect();
        let stories = self.others.drain();
        awaited.extend(stories.filter_map(|story| {
            let articles = &old?.get(story)?.articles;
            articles.iter().find_map(|id| to(*id))
        }));
        self.awaited = awaited;
    }

    /// The same for newer stories: a story is known again by its first article.
    pub fn carry(&mut self, old: Option<&Stories>, new: &Stories) {
        let first = |story: StoryId| old?.get(story)?.articles.first().copied();
        let known = self.others.drain().filter_map(first);
        let articles: Vec<_> = known.chain(self.awaited.drain(..)).collect();
        self.others = articles.iter().filter_map(|id| new.of(*id)).collect();
    }
}

/// Articles of one story, or one article of none.
#[derive(Clone, Copy, Debug)]
struct Section {
    story: Option<StoryId>,
    start: u32,
    len: u32,
}

/// A list grouped by story.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    order: Vec<ArticleId>,
    sections: Vec<Section>,
    lines: Vec<Line>,
}

/// A story that no section was made for yet.
const NONE: u32 = u32::MAX;

impl Groups {
    /// Groups a list; a story stands where its first article stood, its articles in their order.
    /// Time grows with the list alone.
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

    /// Makes the lines anew after something was folded or unfolded.
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

    /// All articles in the order of the groups, folded or not.
    pub fn order(&self) -> &[ArticleId] {
        &self.order
    }

    /// What is to be seen.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The heading that a line stands under, or that it is.
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

/// The articles section by section; says where each section begins.
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
