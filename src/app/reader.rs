//! The text pane: the open article as a page, the position in it, search results and the selection.

use std::collections::HashMap;

use super::cursor::{Motion, SCROLL_OFF};
use super::find::Needle;
use super::history::History;
use super::laying::{Goal, LaidOut, LayOut, OPENING, highlights_of, is_long};
use super::offset_map::OffsetMap;
use super::page::{Furniture, Page, Setting, Spot, Step};
use super::sidebar::{Relisted, SidebarPane};
use super::utterances::Utterances;
use crate::model::{Article, ArticleId, Corpus};
use crate::search::{Highlights, Query};
use crate::text::ByteSpan;
use crate::work::{Requests, Tagged};

/// The text pane.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// The open article.
    pub open: Option<Open>,
    /// Whether furniture is folded.
    pub furniture: Furniture,
    /// The search in the text.
    pub find: Find,
    /// The text that is being selected.
    pub selection: Option<Selection>,
    /// The quotes of the open article.
    pub sidebar: SidebarPane,
    /// The articles that were opened.
    pub history: History,
    places: HashMap<ArticleId, Spot>,
    /// The article and goal of the last layout request.
    asked: Option<(ArticleId, Goal)>,
    requests: Requests,
}

/// The open article.
#[derive(Clone, Debug)]
pub struct Open {
    /// The identifier of the article.
    pub id: ArticleId,
    /// The page.
    pub page: Page,
    /// The quotations of the article.
    pub utterances: Utterances,
    /// The matches of the filter.
    pub lit: Highlights,
    /// The first visible row.
    pub top: usize,
    /// The index of the current utterance in `utterances.all`.
    pub current: Option<usize>,
    /// The goal of the layout of a long article, or `None` while only its opening is laid out.
    laid: Option<Goal>,
    /// The spot that stays at the top of the view when rows change.
    anchor: Spot,
    /// Whether the view has moved since it last chose the current utterance.
    is_moved: bool,
}

/// The position on the screen to which a spot is scrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// Not scrolled if it is visible, else a third of the way down.
    Seen,
    /// A third of the way down.
    Third,
    /// In the middle.
    Centre,
    /// At the top.
    Top,
    /// At the bottom.
    Bottom,
}

/// The matches to step through in the text: those of a search, or else those of the filter.
#[derive(Clone, Debug, Default)]
pub struct Find {
    /// The search words. Empty for matches of the filter.
    pub words: String,
    /// The matches, in the order of the page.
    pub found: Vec<(Spot, ByteSpan)>,
    /// The index of the current match.
    pub at: Option<usize>,
}

/// A selection between two spots. Both cells are included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The start of the selection.
    pub from: Spot,
    /// The current end of the selection.
    pub to: Spot,
}

/// Whether a search went past the end of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapped {
    /// The search continued at the other end.
    Round,
    /// The search did not reach the end.
    No,
}

impl Reader {
    /// Opens an article at the position where it was left, else at its beginning, with the matches
    /// of `query` highlighted.
    pub fn open(&mut self, id: ArticleId, article: &Article, query: &Query, setting: Setting) {
        self.leave();
        let (utterances, page);
        if is_long(article) {
            utterances = Utterances::before(article, OPENING);
            page = Page::opening(article, &utterances, setting);
        } else {
            utterances = Utterances::of(article);
            page = Page::new(article, &utterances, setting);
        }
        let mut open = Open {
            id,
            page,
            utterances,
            lit: Highlights::default(),
            top: 0,
            current: None,
            laid: None,
            anchor: Spot::default(),
            is_moved: true,
        };
        open.light(article, query);
        open.anchor = self.places.get(&id).copied().unwrap_or_default();
        open.top = open.page.row_of(open.anchor);
        self.open = Some(open);
        self.find_again(article);
    }

    /// Maps articles to their new identifiers after a reload. Closes the open article if it no
    /// longer exists.
    pub fn follow_moves(&mut self, to: impl Fn(ArticleId) -> Option<ArticleId>) {
        self.forget_layout();
        self.history.follow_moves(&to);
        let places = self.places.drain();
        self.places = places
            .filter_map(|(id, spot)| Some((to(id)?, spot)))
            .collect();
        self.open = self.open.take().and_then(|open| {
            let id = to(open.id)?;
            let laid = None;
            Some(Open { id, laid, ..open })
        });
        if self.open.is_none() {
            self.selection = None;
            self.sidebar.list_anew();
        }
    }

    /// Updates the open article after its text has changed. The view and the selection stay at the
    /// same words.
    pub fn renew(&mut self, (old, new): (&Article, &Article), query: &Query, setting: Setting) {
        let Some(open) = self.open.take() else {
            return;
        };
        let shift = OffsetMap::between(&old.text, &new.text);
        let follow = |before: &Page, after: &Page, spot: Spot| {
            let at = shift.apply(spot.at as usize);
            let in_text = (spot.at as usize) < old.text.len();
            // The header has its own words, which cannot be mapped. Its parts keep their order.
            in_text
                .then(|| after.spot_of(at))
                .flatten()
                .unwrap_or_else(|| {
                    let part = spot.part.min(after.parts.len().saturating_sub(1) as u32);
                    let span =
                        |page: &Page, part: u32| Some(page.parts.get(part as usize)?.span.start);
                    let into = spot
                        .at
                        .saturating_sub(span(before, spot.part).unwrap_or(spot.at));
                    Spot {
                        part,
                        at: span(after, part).unwrap_or(0) + into,
                    }
                })
        };
        let selection = self.selection.take();
        let spot = open.anchor;
        self.open(open.id, new, query, setting);
        let Some(fresh) = &mut self.open else { return };
        fresh.restore(follow(&open.page, &fresh.page, spot));
        self.selection = selection.map(|selection| Selection {
            from: follow(&open.page, &fresh.page, selection.from),
            to: follow(&open.page, &fresh.page, selection.to),
        });
    }

    /// Closes the article and remembers its position.
    pub fn leave(&mut self) {
        self.selection = None;
        self.forget_layout();
        self.sidebar.list_anew();
        if let Some(open) = self.open.take() {
            self.places.insert(open.id, open.anchor);
        }
    }

    fn forget_layout(&mut self) {
        self.asked = None;
        self.requests.cancel();
    }

    /// Returns a request to lay out the open article if it is long. Each goal is requested once.
    pub fn wants(
        &mut self,
        corpus: &Corpus,
        setting: Setting,
        query: &Query,
    ) -> Option<Tagged<LayOut>> {
        let open = self.open.as_ref()?;
        if !is_long(corpus.get(open.id)?) {
            return None;
        }
        let query = query.clone();
        let goal = Goal { setting, query };
        let wanted = Some((open.id, goal));
        if wanted == self.asked || wanted.as_ref().map(|(_, goal)| goal) == open.laid.as_ref() {
            return None;
        }
        self.asked = wanted;
        let (id, goal) = self.asked.clone()?;
        let corpus = corpus.clone();
        Some(self.requests.send(LayOut { corpus, id, goal }))
    }

    /// Waits no longer for a layout that failed. It is not asked for again: it would fail again.
    pub fn give_up_layout(&mut self, generation: u64, corpus: &Corpus) {
        let was_awaited = self.requests.fail(generation);
        if let Some(open) = self.open.as_mut().filter(|_| was_awaited)
            && let Some(article) = corpus.get(open.id)
        {
            open.page.give_up_rest(article);
        }
    }

    /// Accepts a layout if it is still wanted. The first visible words stay the same.
    pub fn take(&mut self, laid: Tagged<Box<LaidOut>>, article: &Article) {
        let (Some(open), Some(laid)) = (&mut self.open, self.requests.receive(laid)) else {
            return;
        };
        open.page = laid.page;
        open.utterances = laid.utterances;
        open.lit = laid.lit;
        open.laid = self.asked.take().map(|(_, goal)| goal);
        open.top = open.page.row_of(open.anchor);
        open.is_moved = true;
        self.sidebar.list_anew();
        self.find_again(article);
    }

    /// Returns whether the position of an article is known from earlier reading.
    pub fn knows(&self, id: ArticleId) -> bool {
        self.places.contains_key(&id)
    }

    /// Returns the current or last position in an article.
    pub fn place(&self, id: ArticleId) -> Option<Spot> {
        let open = self.open.as_ref().filter(|open| open.id == id);
        open.map(Open::anchor)
            .or_else(|| self.places.get(&id).copied())
    }

    /// Searches for other words.
    pub fn find(&mut self, words: &str, article: &Article) {
        words.clone_into(&mut self.find.words);
        self.find_again(article);
    }

    /// Searches for the same words in what is shown now. Without search words, takes the matches of
    /// the filter.
    pub fn find_again(&mut self, article: &Article) {
        self.find.found.clear();
        self.find.at = None;
        let needle = Needle::new(&self.find.words);
        let Some(open) = &self.open else { return };
        if needle.is_empty() {
            self.find.found = open.shown_matches();
            return;
        }
        let mut spans = Vec::new();
        for (part, shown) in (0..).zip(&open.page.parts) {
            if open.page.is_hidden(shown) {
                continue;
            }
            let words = open.page.words(article, shown.span);
            needle.find(words, shown.span.start as usize, &mut spans);
            let found = spans.drain(..).map(|span| {
                (
                    Spot {
                        part,
                        at: span.start,
                    },
                    span,
                )
            });
            self.find.found.extend(found);
        }
    }

    /// Lays out the open article for a screen. The first visible words stay the same.
    pub fn lay_out(&mut self, article: &Article, setting: Setting, height: usize) {
        let Some(open) = &mut self.open else { return };
        let was = open.page.setting.furniture;
        open.lay_out(article, setting);
        open.top = open.top.min(open.last_top(height));
        if open.page.setting.furniture != was {
            self.find_again(article);
        }
    }

    /// Highlights the matches of another filter in the open article.
    pub fn light(&mut self, article: &Article, query: &Query) {
        let Some(open) = &mut self.open else { return };
        if open.light(article, query) && self.find.words.is_empty() {
            self.find_again(article);
        }
    }

    /// Chooses the current utterance by what is visible, if the view has moved, and makes the
    /// sidebar follow. If the words that filter the sidebar have changed and the current utterance
    /// is no longer listed, the first listed one becomes current. `height` is the rows of the text,
    /// `cards` the columns and rows of the sidebar.
    pub fn follow(&mut self, article: &Article, height: usize, cards: (u16, usize)) {
        let Some(open) = &mut self.open else { return };
        if std::mem::take(&mut open.is_moved) && height > 0 {
            open.follow(article, height);
        }
        let relisted = self.sidebar.list(article, &open.utterances, open.current);
        if let (Relisted::ByWords, Some(at)) = (relisted, self.sidebar.current()) {
            open.choose(article, at, Put::Seen, height);
        }
        self.sidebar.follow(article, &open.utterances, cards);
    }

    /// Steps to a match: the next or previous one, or the first at or after `from` if there is no
    /// current match.
    pub fn next_match(&mut self, from: Spot, motion: isize) -> Option<(Spot, Wrapped)> {
        let len = self.find.found.len();
        let after = self.find.found.partition_point(|(spot, _)| *spot < from);
        let (at, wrapped) = match self.find.at {
            None if after < len => (after, Wrapped::No),
            None => (0, Wrapped::Round),
            Some(at) => {
                let next = at.cast_signed() + motion;
                let round = next.rem_euclid(len.max(1).cast_signed());
                let wrapped = if round == next {
                    Wrapped::No
                } else {
                    Wrapped::Round
                };
                (round.cast_unsigned(), wrapped)
            }
        };
        let (spot, _) = *self.find.found.get(at)?;
        self.find.at = Some(at);
        Some((spot, wrapped))
    }
}

impl Open {
    /// Updates the matches of the filter. Returns `false` for a long article, whose matches arrive
    /// with its page.
    fn light(&mut self, article: &Article, query: &Query) -> bool {
        if is_long(article) {
            return false;
        }
        self.lit = highlights_of(article, query);
        true
    }

    /// Lays out the page for other settings. The first visible words stay the same.
    fn lay_out(&mut self, article: &Article, setting: Setting) {
        if self.page.setting != setting && !is_long(article) {
            self.page = Page::new(article, &self.utterances, setting);
            self.top = self.page.row_of(self.anchor);
        }
    }

    /// Returns the spot that stays at the top of the view.
    pub fn anchor(&self) -> Spot {
        self.anchor
    }

    /// Restores the view at a spot returned by [`Self::anchor`].
    pub fn restore(&mut self, anchor: Spot) {
        self.anchor = anchor;
        self.top = self.page.row_of(anchor);
    }

    /// Scrolls by a motion of the first visible row.
    pub fn scroll(&mut self, motion: Motion, height: usize) {
        self.is_moved = true;
        let last = self.last_top(height);
        self.scroll_to(motion.apply(self.top, last + 1, height));
        // Motions such as `G` count rows of the page, not of the view.
        self.top = self.top.min(last);
    }

    /// Returns the largest first row of the view, at which the end of the page is visible.
    pub fn last_top(&self, height: usize) -> usize {
        self.page.rows.len().saturating_sub(height)
    }

    /// Makes `row` the first visible row.
    pub fn scroll_to(&mut self, row: usize) {
        self.top = row;
        self.anchor = self.page.spot_of_row(row);
    }

    /// Scrolls a spot into view. The current utterance is then chosen by what is visible.
    pub fn go_to(&mut self, spot: Spot, put: Put, height: usize) {
        self.show(spot, put, height);
        self.is_moved = true;
    }

    /// Makes an utterance the current one and scrolls its beginning into view.
    pub fn choose(&mut self, article: &Article, at: usize, put: Put, height: usize) {
        self.current = Some(at);
        if let Some(spot) = self.spot_of_utterance(article, at) {
            self.show(spot, put, height);
        }
        self.is_moved = false;
    }

    /// Scrolls a spot into view.
    pub fn show(&mut self, spot: Spot, put: Put, height: usize) {
        let row = self.page.row_of(spot);
        let off = SCROLL_OFF.min(height.saturating_sub(1) / 2);
        let is_seen = (self.top..self.top + height).contains(&row);
        let above = match put {
            Put::Seen if is_seen => {
                let lowest = (row + off + 1).saturating_sub(height);
                let highest = row.saturating_sub(off);
                let top = self.top.clamp(lowest.min(highest), highest);
                return self.scroll_to(top.min(self.last_top(height)));
            }
            Put::Seen | Put::Third => height / 3,
            Put::Centre => height / 2,
            Put::Top => 0,
            Put::Bottom => height.saturating_sub(1),
        };
        self.scroll_to(row.saturating_sub(above).min(self.last_top(height)));
    }

    /// Scrolls a match into view. The utterance that contains it becomes the current one.
    pub fn show_match(&mut self, spot: Spot, put: Put, height: usize) {
        self.go_to(spot, put, height);
        self.current = self.utterances.at(spot.at).or(self.current);
    }

    /// Returns the spot at which an utterance begins.
    pub fn spot_of_utterance(&self, article: &Article, at: usize) -> Option<Spot> {
        let quote = self.utterances.first(article, at)?;
        self.page.spot_of(quote.span.start as usize)
    }

    /// Chooses the current utterance by what is visible: the same one if it is visible, else the
    /// first visible one, else the last one above the view.
    fn follow(&mut self, article: &Article, height: usize) {
        let rows = self.top..(self.top + height).min(self.page.rows.len());
        let seen = |open: &Self, at: usize| {
            open.spot_of_utterance(article, at)
                .is_some_and(|spot| rows.contains(&open.page.row_of(spot)))
        };
        if self.current.is_some_and(|at| seen(self, at)) {
            return;
        }
        let visible = self.page.rows.get(rows.clone()).unwrap_or(&[]);
        let first = visible.iter().find_map(|row| self.page.mark_in(row.span));
        self.current = first.or_else(|| {
            let start = visible
                .iter()
                .map(|row| row.span.start)
                .find(|at| (*at as usize) < article.text.len() && *at > 0)?;
            self.page.last_mark_before(start as usize)
        });
    }

    /// Returns the first match of the filter in the text, or `None` if the title has a match.
    pub fn first_lit(&self) -> Option<Spot> {
        if !self.lit.title.is_empty() {
            return None;
        }
        self.page.spot_of(self.lit.text.first()?.start as usize)
    }

    /// Returns the matches of the filter in the visible parts, in the order of the page, each at
    /// the spot that [`Page::spot_of`] returns. Makes one pass over the parts.
    fn shown_matches(&self) -> Vec<(Spot, ByteSpan)> {
        let lit = &self.lit.text;
        let mut places = Vec::with_capacity(lit.len());
        for (part, shown) in (0..).zip(&self.page.parts) {
            let first = lit.partition_point(|span| span.start < shown.span.start);
            let inside = lit.get(first..).unwrap_or(&[]).iter();
            let inside = inside.take_while(|span| span.start < shown.span.end);
            places.extend(inside.map(|span| (*span, shown.look.is_head(), part)));
        }
        // A part of the body is preferred to the header.
        places
            .sort_unstable_by_key(|(span, is_head, part)| (span.start, span.end, *is_head, *part));
        places.dedup_by_key(|(span, ..)| *span);
        let is_hidden = |part: u32| {
            let part = self.page.parts.get(part as usize);
            part.is_none_or(|part| self.page.is_hidden(part))
        };
        places.retain(|(.., part)| !is_hidden(*part));
        let spots = places.into_iter().map(|(span, _, part)| {
            let at = span.start;
            (Spot { part, at }, span)
        });
        let mut shown: Vec<_> = spots.collect();
        shown.sort_unstable_by_key(|(spot, _)| *spot);
        shown
    }

    /// Returns how much of the page has been scrolled past, in percent.
    pub fn percent(&self, height: usize) -> usize {
        let last = self.last_top(height);
        (self.top.min(last) * 100).checked_div(last).unwrap_or(100)
    }

    /// Moves the end of a selection. The view follows.
    pub fn step(
        &mut self,
        article: &Article,
        selection: &mut Selection,
        step: Step,
        height: usize,
    ) {
        selection.to = self.page.step(article, selection.to, step);
        self.show(selection.to, Put::Seen, height);
    }
}

impl Selection {
    /// Returns the two ends in the order of the page. The second is directly after its cell.
    pub fn ends(&self, page: &Page, article: &Article) -> (Spot, Spot) {
        let (first, last) = (self.from.min(self.to), self.from.max(self.to));
        (first, page.cell_end(article, last))
    }
}
