//! The text pane: the open article as a page, the position in it, search results and the selection.

use std::collections::HashMap;

use super::cursor::{Motion, SCROLL_OFF};
use super::find::Needle;
use super::history::History;
use super::long_layout::{
    FinishedLayout, LayoutInputs, LayoutRequest, OPENING_LEN, highlights_of, is_long,
};
use super::offset_map::OffsetMap;
use super::page::{Furniture, Page, Setting, Spot, Step};
use super::sidebar::{Relisted, SidebarPane};
use super::utterances::Utterances;
use crate::model::{Article, ArticleId, Corpus, QuoteId};
use crate::search::{Highlights, Query};
use crate::text::ByteSpan;
use crate::work::{Requests, Tagged};

/// The text pane: the open article, and what the user does in it.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// The open article, or `None` if no article is open.
    pub open: Option<Open>,
    /// Whether furniture, the text of the web page around the article, is folded.
    pub furniture: Furniture,
    /// The search in the text, and its matches.
    pub find: Find,
    /// The selection, while the user selects text.
    pub selection: Option<Selection>,
    /// The sidebar with the quotes of the open article.
    pub sidebar: SidebarPane,
    /// The articles that were opened, for going back and forward.
    pub history: History,
    places: HashMap<ArticleId, Spot>,
    /// The article and the inputs of the last request for a layout, so that it is not sent twice.
    requested: Option<(ArticleId, LayoutInputs)>,
    requests: Requests,
}

/// The open article, laid out as a page, and the position in it.
#[derive(Clone, Debug)]
pub struct Open {
    /// The identifier of the article.
    pub id: ArticleId,
    /// The layout of the article.
    pub page: Page,
    /// The numbered utterances of the article.
    pub utterances: Utterances,
    /// The passages of the article that match the filter of the list.
    pub highlights: Highlights,
    /// The index of the first visible row.
    pub top: usize,
    /// The index of the current utterance in `utterances.all`.
    pub current: Option<usize>,
    /// The inputs for which a long article was laid out as a whole, or `None` while only its
    /// opening is laid out.
    laid_out_for: Option<LayoutInputs>,
    /// The spot that stays at the top of the view when the page is laid out again.
    anchor: Spot,
    /// Whether the view has moved since the current utterance was last chosen.
    is_moved: bool,
    /// The last query for which a quotation was looked for, so that a user who scrolls on stays
    /// there.
    sought: Query,
}

/// Where on the screen a spot is placed by scrolling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScrollTarget {
    /// The spot is scrolled as little as possible if it is visible; otherwise it is placed a third
    /// of the way down.
    Visible,
    /// The spot is placed a third of the way down the view.
    Third,
    /// The spot is placed in the middle of the view.
    Centre,
    /// The spot is placed at the top of the view.
    Top,
    /// The spot is placed at the bottom of the view.
    Bottom,
}

/// The matches that the user can step through in the text: those of a search, or else those of the
/// filter.
#[derive(Clone, Debug, Default)]
pub struct Find {
    /// The words that are searched for. Empty if the matches are those of the filter.
    pub words: String,
    /// The spot and the span of each match, in the order of the page.
    pub found: Vec<(Spot, ByteSpan)>,
    /// The index in `found` of the current match, or `None` if the user has not stepped to one yet.
    pub at: Option<usize>,
}

/// A selection of text between two spots. The characters at both spots are included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The spot where the selection was begun.
    pub from: Spot,
    /// The spot at the other end, which the user moves.
    pub to: Spot,
}

/// Whether a search went past an end of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapped {
    /// The search went past an end of the text and continued at the other end.
    Round,
    /// The search did not go past an end of the text.
    No,
}

impl Reader {
    /// Opens an article at the position where it was left, else at its beginning. The matches of
    /// `query` are highlighted.
    pub fn open(&mut self, id: ArticleId, article: &Article, query: &Query, setting: Setting) {
        self.leave();
        let (utterances, page);
        if is_long(article) {
            utterances = Utterances::before(article, OPENING_LEN);
            page = Page::opening(article, &utterances, setting);
        } else {
            utterances = Utterances::of(article);
            page = Page::new(article, &utterances, setting);
        }
        let mut open = Open {
            id,
            page,
            utterances,
            highlights: Highlights::default(),
            top: 0,
            current: None,
            laid_out_for: None,
            anchor: Spot::default(),
            is_moved: true,
            sought: Query::default(),
        };
        open.highlight(article, query);
        open.anchor = self.places.get(&id).copied().unwrap_or_default();
        open.top = open.page.row_of(open.anchor);
        self.open = Some(open);
        self.find_again(article);
    }

    /// Replaces articles by their new identifiers after a reload, as mapped by `to`. Closes the
    /// open article if it no longer exists.
    pub fn remap_ids(&mut self, to: impl Fn(ArticleId) -> Option<ArticleId>) {
        self.forget_layout();
        self.history.remap_ids(&to);
        let places = self.places.drain();
        self.places = places
            .filter_map(|(id, spot)| Some((to(id)?, spot)))
            .collect();
        self.open = self.open.take().and_then(|open| {
            let id = to(open.id)?;
            let laid_out_for = None;
            Some(Open {
                id,
                laid_out_for,
                ..open
            })
        });
        if self.open.is_none() {
            self.selection = None;
            self.sidebar.invalidate();
        }
    }

    /// Updates the open article after it has changed from `old` to `new`. The view and the
    /// selection stay at the same words.
    pub fn update_text(
        &mut self,
        (old, new): (&Article, &Article),
        query: &Query,
        setting: Setting,
    ) {
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

    /// Closes the open article and remembers the position in it.
    pub fn leave(&mut self) {
        self.selection = None;
        self.forget_layout();
        self.sidebar.invalidate();
        if let Some(open) = self.open.take() {
            self.places.insert(open.id, open.anchor);
        }
    }

    fn forget_layout(&mut self) {
        self.requested = None;
        self.requests.cancel();
    }

    /// Returns a request to lay out the open article in another thread. Returns `None` if the
    /// article is not long, or if this layout is done or was requested before.
    pub fn layout_request(
        &mut self,
        corpus: &Corpus,
        setting: Setting,
        query: &Query,
    ) -> Option<Tagged<LayoutRequest>> {
        let open = self.open.as_ref()?;
        if !is_long(corpus.get(open.id)?) {
            return None;
        }
        let query = query.clone();
        let inputs = LayoutInputs { setting, query };
        let wanted = Some((open.id, inputs));
        if wanted == self.requested
            || wanted.as_ref().map(|(_, inputs)| inputs) == open.laid_out_for.as_ref()
        {
            return None;
        }
        self.requested = wanted;
        let (id, inputs) = self.requested.clone()?;
        let corpus = corpus.clone();
        Some(self.requests.send(LayoutRequest { corpus, id, inputs }))
    }

    /// Stops waiting for the layout with this request number, which failed. It is not requested
    /// again, because it would fail again.
    pub fn give_up_layout(&mut self, generation: u64, corpus: &Corpus) {
        let was_awaited = self.requests.fail(generation);
        if let Some(open) = self.open.as_mut().filter(|_| was_awaited)
            && let Some(article) = corpus.get(open.id)
        {
            open.page.give_up_rest(article);
        }
    }

    /// Accepts the finished layout of the open article, if it is still wanted. The first visible
    /// words stay the same.
    pub fn accept_layout(&mut self, layout: Tagged<Box<FinishedLayout>>, article: &Article) {
        let (Some(open), Some(layout)) = (&mut self.open, self.requests.receive(layout)) else {
            return;
        };
        open.page = layout.page;
        open.utterances = layout.utterances;
        open.highlights = layout.highlights;
        open.laid_out_for = self.requested.take().map(|(_, inputs)| inputs);
        open.top = open.page.row_of(open.anchor);
        open.is_moved = true;
        self.sidebar.invalidate();
        self.find_again(article);
    }

    /// Returns whether the article was open before, so that the position in it is known.
    pub fn has_place(&self, id: ArticleId) -> bool {
        self.places.contains_key(&id)
    }

    /// Returns the position in an article: the current one if the article is open, else the last
    /// one.
    pub fn place(&self, id: ArticleId) -> Option<Spot> {
        let open = self.open.as_ref().filter(|open| open.id == id);
        open.map(Open::anchor)
            .or_else(|| self.places.get(&id).copied())
    }

    /// Searches the open article for `words` instead of the earlier words.
    pub fn find(&mut self, words: &str, article: &Article) {
        words.clone_into(&mut self.find.words);
        self.find_again(article);
    }

    /// Repeats the search in the parts of the article that are shown now. Without search words,
    /// takes the matches of the filter.
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

    /// Lays the open article out again if `setting` has changed. The view is `height` rows high.
    /// The first visible words stay the same.
    pub fn lay_out(&mut self, article: &Article, setting: Setting, height: usize) {
        let Some(open) = &mut self.open else { return };
        let was = open.page.setting.furniture;
        open.lay_out(article, setting);
        open.top = open.top.min(open.last_top(height));
        if open.page.setting.furniture != was {
            self.find_again(article);
        }
    }

    /// Highlights the matches of `query`, which is a new filter, in the open article.
    pub fn highlight(&mut self, article: &Article, query: &Query) {
        let Some(open) = &mut self.open else { return };
        if open.highlight(article, query) && self.find.words.is_empty() {
            self.find_again(article);
        }
    }

    /// Chooses the current utterance among the visible ones, if the view has moved, and makes the
    /// sidebar show it. If the sidebar's filter has changed and hides the current utterance, the
    /// first listed one becomes current. `height` is the number of rows of the text, `cards` the
    /// columns and rows of the sidebar.
    pub fn follow(&mut self, article: &Article, height: usize, cards: (u16, usize)) {
        let Some(open) = &mut self.open else { return };
        if std::mem::take(&mut open.is_moved) && height > 0 {
            open.follow(article, height);
        }
        let relisted = self.sidebar.list(article, &open.utterances, open.current);
        if let (Relisted::ByWords, Some(at)) = (relisted, self.sidebar.current()) {
            open.choose(article, at, ScrollTarget::Visible, height);
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
    /// Returns whether a quotation is to be looked for, because the query is another one than the
    /// last time.
    pub fn seeks(&mut self, query: &Query) -> bool {
        if self.sought == *query {
            return false;
        }
        self.sought = query.clone();
        true
    }

    /// Updates the matches of the filter. Returns `false` and does nothing for a long article,
    /// whose matches arrive with its layout.
    fn highlight(&mut self, article: &Article, query: &Query) -> bool {
        if is_long(article) {
            return false;
        }
        self.highlights = highlights_of(article, query);
        true
    }

    /// Lays the page out again if `setting` has changed and the article is not long. The first
    /// visible words stay the same.
    fn lay_out(&mut self, article: &Article, setting: Setting) {
        if self.page.setting != setting && !is_long(article) {
            self.page = Page::new(article, &self.utterances, setting);
            self.top = self.page.row_of(self.anchor);
        }
    }

    /// Returns the spot that stays at the top of the view when the page is laid out again.
    pub fn anchor(&self) -> Spot {
        self.anchor
    }

    /// Scrolls to a spot that [`Self::anchor`] has returned.
    pub fn restore(&mut self, anchor: Spot) {
        self.anchor = anchor;
        self.top = self.page.row_of(anchor);
    }

    /// Scrolls the view by a motion, with pages of `height` rows.
    pub fn scroll(&mut self, motion: Motion, height: usize) {
        self.is_moved = true;
        let last = self.last_top(height);
        self.scroll_to(motion.apply(self.top, last + 1, height));
        // Motions such as `G` count rows of the page, not of the view.
        self.top = self.top.min(last);
    }

    /// Returns the largest possible index of the first visible row. The end of the page is then
    /// visible.
    pub fn last_top(&self, height: usize) -> usize {
        self.page.rows.len().saturating_sub(height)
    }

    /// Scrolls so that `row` is the first visible row.
    pub fn scroll_to(&mut self, row: usize) {
        self.top = row;
        self.anchor = self.page.spot_of_row(row);
    }

    /// Scrolls a spot to the place `put` of the view. The current utterance is then chosen among
    /// the visible ones.
    pub fn go_to(&mut self, spot: Spot, put: ScrollTarget, height: usize) {
        self.show(spot, put, height);
        self.is_moved = true;
    }

    /// Makes an utterance the current one and scrolls its beginning into view.
    pub fn choose(&mut self, article: &Article, at: usize, put: ScrollTarget, height: usize) {
        self.current = Some(at);
        if let Some(spot) = self.spot_of_utterance(article, at) {
            self.show(spot, put, height);
        }
        self.is_moved = false;
    }

    /// Scrolls a spot to the place `put` of a view of `height` rows.
    pub fn show(&mut self, spot: Spot, put: ScrollTarget, height: usize) {
        let row = self.page.row_of(spot);
        let off = SCROLL_OFF.min(height.saturating_sub(1) / 2);
        let is_seen = (self.top..self.top + height).contains(&row);
        let above = match put {
            ScrollTarget::Visible if is_seen => {
                let lowest = (row + off + 1).saturating_sub(height);
                let highest = row.saturating_sub(off);
                let top = self.top.clamp(lowest.min(highest), highest);
                return self.scroll_to(top.min(self.last_top(height)));
            }
            ScrollTarget::Visible | ScrollTarget::Third => height / 3,
            ScrollTarget::Centre => height / 2,
            ScrollTarget::Top => 0,
            ScrollTarget::Bottom => height.saturating_sub(1),
        };
        self.scroll_to(row.saturating_sub(above).min(self.last_top(height)));
    }

    /// Scrolls a match to the place `put` of the view. If an utterance contains the match, it
    /// becomes the current one.
    pub fn show_match(&mut self, spot: Spot, put: ScrollTarget, height: usize) {
        self.go_to(spot, put, height);
        self.current = self.utterances.at(spot.at).or(self.current);
    }

    /// Returns the first quotation of the utterance with index `at`.
    pub fn quote_of(&self, at: usize) -> Option<QuoteId> {
        let utterance = self.utterances.all.get(at)?;
        Some(QuoteId {
            article: self.id,
            index: *utterance.pieces.first()?,
        })
    }

    /// Returns the spot at which the utterance with index `at` begins.
    pub fn spot_of_utterance(&self, article: &Article, at: usize) -> Option<Spot> {
        let quote = self.utterances.first(article, at)?;
        self.page.spot_of(quote.span.start as usize)
    }

    /// Chooses the current utterance: the same as before if it is visible, else the first visible
    /// one, else the last one above the view.
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

    /// Returns the spot of the filter's first match in the text. Returns `None` if the filter
    /// matches the title, so that the view stays at the top.
    pub fn first_match(&self) -> Option<Spot> {
        if !self.highlights.title.is_empty() {
            return None;
        }
        self.page
            .spot_of(self.highlights.text.first()?.start as usize)
    }

    /// Returns the matches of the filter in the parts that are not folded, in the order of the
    /// page, each at the spot that [`Page::spot_of`] returns. Makes one pass over the parts.
    fn shown_matches(&self) -> Vec<(Spot, ByteSpan)> {
        let highlights = &self.highlights.text;
        let mut places = Vec::with_capacity(highlights.len());
        for (part, shown) in (0..).zip(&self.page.parts) {
            let first = highlights.partition_point(|span| span.start < shown.span.start);
            let inside = highlights.get(first..).unwrap_or(&[]).iter();
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

    /// Returns how far the page has been scrolled, in percent. 100 means that its end is visible.
    pub fn percent(&self, height: usize) -> usize {
        let last = self.last_top(height);
        (self.top.min(last) * 100).checked_div(last).unwrap_or(100)
    }

    /// Moves the end of a selection by a step, and scrolls it into view.
    pub fn step(
        &mut self,
        article: &Article,
        selection: &mut Selection,
        step: Step,
        height: usize,
    ) {
        selection.to = self.page.step(article, selection.to, step);
        self.show(selection.to, ScrollTarget::Visible, height);
    }
}

impl Selection {
    /// Returns the first selected spot, and the spot directly after the last selected character.
    pub fn ends(&self, page: &Page, article: &Article) -> (Spot, Spot) {
        let (first, last) = (self.from.min(self.to), self.from.max(self.to));
        (first, page.cell_end(article, last))
    }
}
