//! The text pane: the open article as a page, where one is in it, what is found and selected.

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
    /// The article that is shown.
    pub open: Option<Open>,
    /// Whether furniture is folded away.
    pub furniture: Furniture,
    /// What is looked for in the text.
    pub find: Find,
    /// Text that is being selected.
    pub selection: Option<Selection>,
    /// The quotes of the open article.
    pub sidebar: SidebarPane,
    /// What was opened.
    pub history: History,
    places: HashMap<ArticleId, Spot>,
    /// What the outside was asked to lay out last.
    asked: Option<(ArticleId, Goal)>,
    requests: Requests,
}

/// An article on the screen.
#[derive(Clone, Debug)]
pub struct Open {
    /// Which one.
    pub id: ArticleId,
    /// How it is laid out.
    pub page: Page,
    /// Its quotations.
    pub utterances: Utterances,
    /// Where it matches the filter.
    pub lit: Highlights,
    /// The first visible row.
    pub top: usize,
    /// The current utterance, as a place in `utterances.all`.
    pub current: Option<usize>,
    /// What a long article was laid out for; `None` while only its opening is.
    laid: Option<Goal>,
    /// What the view holds on to when rows change.
    anchor: Spot,
    /// Whether the view was moved since the current utterance was chosen by it.
    is_moved: bool,
}

/// Where on the screen a place is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// Where it is, if it can be seen; else a third of the way down.
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

/// What is gone through in the text: words that were looked for, or else what the filter found.
#[derive(Clone, Debug, Default)]
pub struct Find {
    /// What was typed; nothing for what the filter found.
    pub words: String,
    /// Where it is, in the order of the page.
    pub found: Vec<(Spot, ByteSpan)>,
    /// The current one.
    pub at: Option<usize>,
}

/// A stretch between two places, both cells included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Where it was begun.
    pub from: Spot,
    /// Where it ends now.
    pub to: Spot,
}

/// Whether a search went past the end of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapped {
    /// It did.
    Round,
    /// It did not.
    No,
}

impl Reader {
    /// Shows an article where it was left, else where it matches `query`.
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

    /// Follows articles to where a reloading put them. What was open and is there no longer is
    /// closed.
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

    /// Takes the open article in its new words: what is seen, found and selected stays where its
    /// words are.
    pub fn renew(&mut self, (old, new): (&Article, &Article), query: &Query, setting: Setting) {
        let Some(open) = self.open.take() else {
            return;
        };
        let shift = OffsetMap::between(&old.text, &new.text);
        let follow = |before: &Page, after: &Page, spot: Spot| {
            let at = shift.apply(spot.at as usize);
            let in_text = (spot.at as usize) < old.text.len();
            // The header has words of its own; its parts keep their order.
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

    /// Closes the article; its place is kept.
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

    /// What the outside is to lay out, where the open article is long. Asked once for each goal.
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

    /// Takes what the outside has laid out, where it is still wanted; the first visible words stay
    /// the first.
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

    /// Whether an article was read before, so that its place is known.
    pub fn knows(&self, id: ArticleId) -> bool {
        self.places.contains_key(&id)
    }

    /// Where an article is, or was left.
    pub fn place(&self, id: ArticleId) -> Option<Spot> {
        let open = self.open.as_ref().filter(|open| open.id == id);
        open.map(Open::anchor)
            .or_else(|| self.places.get(&id).copied())
    }

    /// Looks for other words.
    pub fn find(&mut self, words: &str, article: &Article) {
        words.clone_into(&mut self.find.words);
        self.find_again(article);
    }

    /// Looks for the same words in what is shown now, or for what the filter found there.
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

    /// Lays the open article out for a screen; the first visible words stay the first.
    pub fn lay_out(&mut self, article: &Article, setting: Setting, height: usize) {
        let Some(open) = &mut self.open else { return };
        let was = open.page.setting.furniture;
        open.lay_out(article, setting);
        open.top = open.top.min(open.last_top(height));
        if open.page.setting.furniture != was {
            self.find_again(article);
        }
    }

    /// Lights up what another filter finds in the open article.
    pub fn light(&mut self, article: &Article, query: &Query) {
        let Some(open) = &mut self.open else { return };
        if open.light(article, query) && self.find.words.is_empty() {
            self.find_again(article);
        }
    }

    /// Chooses the current utterance by what is visible, where the view was moved, and has the
    /// sidebar follow. Where other words choose what the sidebar lists, the first that is listed
    /// becomes the current one unless that is listed, too. `height` counts rows of the text, `cards`
    /// columns and rows of the sidebar.
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

    /// Goes to a match: the first behind `from`, or before it.
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
    /// Finds anew where the article matches the filter; whether it did, since that of a long one
    /// comes with its page.
    fn light(&mut self, article: &Article, query: &Query) -> bool {
        if is_long(article) {
            return false;
        }
        self.lit = highlights_of(article, query);
        true
    }

    /// Lays the page out anew; the first visible words stay the first.
    fn lay_out(&mut self, article: &Article, setting: Setting) {
        if self.page.setting != setting && !is_long(article) {
            self.page = Page::new(article, &self.utterances, setting);
            self.top = self.page.row_of(self.anchor);
        }
    }

    /// The place that the view holds on to.
    pub fn anchor(&self) -> Spot {
        self.anchor
    }

    /// Puts the view back to a place that it held on to.
    pub fn restore(&mut self, anchor: Spot) {
        self.anchor = anchor;
        self.top = self.page.row_of(anchor);
    }

    /// Scrolls by a motion of the first visible row.
    pub fn scroll(&mut self, motion: Motion, height: usize) {
        self.is_moved = true;
        let last = self.last_top(height);
        self.scroll_to(motion.apply(self.top, last + 1, height));
        // `G` and the like count rows of the page, not of the view.
        self.top = self.top.min(last);
    }

    /// The first row of the view that shows the page's end.
    pub fn last_top(&self, height: usize) -> usize {
        self.page.rows.len().saturating_sub(height)
    }

    /// Makes `row` the first visible one.
    pub fn scroll_to(&mut self, row: usize) {
        self.top = row;
        self.anchor = self.page.spot_of_row(row);
    }

    /// Brings a place into view; what is visible there chooses the current utterance.
    pub fn go_to(&mut self, spot: Spot, put: Put, height: usize) {
        self.show(spot, put, height);
        self.is_moved = true;
    }

    /// Makes an utterance the current one, and brings its beginning into view.
    pub fn choose(&mut self, article: &Article, at: usize, put: Put, height: usize) {
        self.current = Some(at);
        if let Some(spot) = self.spot_of_utterance(article, at) {
            self.show(spot, put, height);
        }
        self.is_moved = false;
    }

    /// Brings a place into view.
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

    /// Brings a match into view; the utterance that it is in becomes the current one.
    pub fn show_match(&mut self, spot: Spot, put: Put, height: usize) {
        self.go_to(spot, put, height);
        self.current = self.utterances.at(spot.at).or(self.current);
    }

    /// Where an utterance begins.
    pub fn spot_of_utterance(&self, article: &Article, at: usize) -> Option<Spot> {
        let quote = self.utterances.first(article, at)?;
        self.page.spot_of(quote.span.start as usize)
    }

    /// Chooses the current utterance by what is visible: the same while it is, else the first
    /// that is, else the last before.
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

    /// The first match of the filter in the running text, where the title has none.
    pub fn first_lit(&self) -> Option<Spot> {
        if !self.lit.title.is_empty() {
            return None;
        }
        self.page.spot_of(self.lit.text.first()?.start as usize)
    }

    /// Where the filter matches in what is shown, in the order of the page: each at the place that
    /// [`Page::spot_of`] gives, found in one walk over the parts.
    fn shown_matches(&self) -> Vec<(Spot, ByteSpan)> {
        let lit = &self.lit.text;
        let mut places = Vec::with_capacity(lit.len());
        for (part, shown) in (0..).zip(&self.page.parts) {
            let first = lit.partition_point(|span| span.start < shown.span.start);
            let inside = lit.get(first..).unwrap_or(&[]).iter();
            let inside = inside.take_while(|span| span.start < shown.span.end);
            places.extend(inside.map(|span| (*span, shown.look.is_head(), part)));
        }
        // A part of the body goes before the header.
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

    /// How far one has read, in percent.
    pub fn percent(&self, height: usize) -> usize {
        let last = self.last_top(height);
        (self.top.min(last) * 100).checked_div(last).unwrap_or(100)
    }

    /// Moves the end of a selection; the view follows.
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
    /// The two ends in the order of the page, the second one past its cell.
    pub fn ends(&self, page: &Page, article: &Article) -> (Spot, Spot) {
        let (first, last) = (self.from.min(self.to), self.from.max(self.to));
        (first, page.cell_end(article, last))
    }
}
