//! The areas of the panes on a screen of a given size. This is pure geometry, shared by motions
//! (which need the number of rows of a page), the mouse and drawing.

use ratatui::layout::Rect;

use super::list::TWO_ROWS_BELOW;

/// The panes of the reader, in the order in which `Tab` goes through them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pane {
    /// The pane with the list of articles.
    #[default]
    List,
    /// The pane with the text of the open article.
    Text,
    /// The pane with the quotes of the open article, also called the sidebar.
    Quotes,
}

/// How the panes are arranged on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// List, text and quotes are side by side.
    Wide,
    /// The list is above the text and the quotes.
    Medium,
    /// Only one pane is shown at a time.
    Narrow,
}

/// What the user wants to see of the panes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The pane that takes keys. It is always shown.
    pub focus: Pane,
    /// Whether to show the quotes sidebar.
    pub sidebar: Sidebar,
    /// Whether to show the text alone while it takes the keys.
    pub zoom: Zoom,
    /// What list and text need to show what they hold.
    pub needs: Needs,
}

/// The widths at which nothing in a pane is cut, in columns of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// That of the list, for nearly all of its articles.
    pub list: u16,
    /// That of the text in one column, with its margins.
    pub text: u16,
}

/// Whether the quotes sidebar is shown beside the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sidebar {
    /// The sidebar is shown if the screen is wide.
    #[default]
    Auto,
    /// The sidebar is shown if more than one pane fits.
    Shown,
    /// The sidebar is hidden unless it takes the keys.
    Hidden,
}

/// Whether the text is shown alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zoom {
    /// All panes that fit are shown.
    #[default]
    All,
    /// Only the text is shown, while it takes the keys.
    TextAlone,
}

/// The areas of the panes on the screen. A hidden pane has an empty area. The first row of a pane
/// is its title.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panes {
    /// The area of the list of articles.
    pub list: Rect,
    /// The area of the text.
    pub text: Rect,
    /// The area of the quotes sidebar.
    pub quotes: Rect,
    /// The area of the status line, which is the last row of the screen.
    pub status: Rect,
}

/// Minimum width of the screen for three panes side by side, in columns.
const WIDE: u16 = 120;
/// Minimum width of the screen for more than one pane, in columns.
const MEDIUM: u16 = 80;
/// Minimum height of the screen for panes above one another, in rows. Lower panes are hard to read.
const LOW: u16 = 18;

impl Panes {
    /// Computes the areas of the panes on a screen of `width` columns and `height` rows.
    pub fn new(width: u16, height: u16, wanted: Wanted) -> Self {
        let body = Rect::new(0, 0, width, height.saturating_sub(1));
        let mut panes = match shape(width, height) {
            Shape::Wide => wide(body, wanted),
            Shape::Medium => medium(body, wanted),
            Shape::Narrow => one(body, wanted.focus),
        };
        if wanted.zoom == Zoom::TextAlone && wanted.focus == Pane::Text {
            panes = one(body, Pane::Text);
        }
        panes.status = Rect::new(0, body.height, width, height - body.height);
        panes
    }

    /// Returns the area of a pane.
    pub fn of(&self, pane: Pane) -> Rect {
        match pane {
            Pane::List => self.list,
            Pane::Text => self.text,
            Pane::Quotes => self.quotes,
        }
    }

    /// Returns the pane that contains a position of the screen, or `None` if none does.
    pub fn at(&self, x: u16, y: u16) -> Option<Pane> {
        [Pane::List, Pane::Text, Pane::Quotes]
            .into_iter()
            .find(|pane| self.of(*pane).contains((x, y).into()))
    }
}

/// Returns the area of a pane below its title.
pub fn inside(pane: Rect) -> Rect {
    Rect {
        y: pane.y + pane.height.min(1),
        height: pane.height.saturating_sub(1),
        ..pane
    }
}

/// Returns the arrangement of panes for a screen of this size.
pub fn shape(width: u16, height: u16) -> Shape {
    if width >= WIDE {
        Shape::Wide
    } else if width >= MEDIUM && height >= LOW {
        Shape::Medium
    } else {
        Shape::Narrow
    }
}

fn one(body: Rect, pane: Pane) -> Panes {
    let mut panes = Panes::default();
    *match pane {
        Pane::List => &mut panes.list,
        Pane::Text => &mut panes.text,
        Pane::Quotes => &mut panes.quotes,
    } = body;
    panes
}

/// Minimum width of the list beside the text, in columns. Dates and names of outlets fit.
const MIN_LIST: u16 = 34;
/// Maximum width of the list beside the text. From here on it would have one row for each article,
/// with less room for titles than in two.
const MAX_LIST: u16 = TWO_ROWS_BELOW - 1;
/// Width of the sidebar beside the text, in columns: the least, and the width beyond which cards gain
/// nothing.
const SIDEBAR: (u16, u16) = (32, 52);

/// Shares the screen: the text gets what its column needs, as far as list and sidebar keep their
/// least width. What is left goes to list and sidebar by what they lack, then to the text.
fn wide(body: Rect, wanted: Wanted) -> Panes {
    let shows = wanted.sidebar != Sidebar::Hidden || wanted.focus == Pane::Quotes;
    let (least, most) = if shows { SIDEBAR } else { (0, 0) };
    let text = wanted
        .needs
        .text
        .min(body.width.saturating_sub(MIN_LIST + least));
    let spare = body.width.saturating_sub(text + MIN_LIST + least + 2);
    let list_lacks = wanted.needs.list.clamp(MIN_LIST, MAX_LIST) - MIN_LIST;
    let lack = list_lacks + (most - least);
    let given = |own: u16| {
        let product = u32::from(spare.min(lack)) * u32::from(own);
        product.checked_div(u32::from(lack)).unwrap_or(0) as u16
    };
    let list = MIN_LIST + given(list_lacks);
    let quotes = least + given(most - least);
    let (list, rest) = columns(body, list);
    let (text, quotes) = columns(rest, rest.width - quotes);
    Panes {
        list,
        text,
        quotes,
        ..Panes::default()
    }
}

fn medium(body: Rect, wanted: Wanted) -> Panes {
    let rows = (body.height * 3 / 10).clamp(6, 16);
    let list = Rect {
        height: rows,
        ..body
    };
    let below = Rect {
        y: rows,
        height: body.height - rows,
        ..body
    };
    let shows = wanted.sidebar == Sidebar::Shown || wanted.focus == Pane::Quotes;
    let quotes = if shows { body.width * 2 / 5 } else { 0 };
    let (text, quotes) = columns(below, below.width - quotes);
    Panes {
        list,
        text,
        quotes,
        ..Panes::default()
    }
}

/// Splits an area into two side by side. The first is `width` columns wide, and one column between
/// them is left for a rule. The second is empty if no columns are left.
fn columns(area: Rect, width: u16) -> (Rect, Rect) {
    let width = width.min(area.width);
    let first = Rect { width, ..area };
    let left = (area.width - width).saturating_sub(1);
    let second = Rect {
        x: area.x + area.width - left,
        width: left,
        ..area
    };
    let nothing = Rect::default();
    (first, if left == 0 { nothing } else { second })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_fill_the_screen_without_overlap() {
        for width in [1, 12, 40, 80, 100, 119, 120, 200, 400] {
            for height in [1, 2, 12, 24, 60] {
                for focus in [Pane::List, Pane::Text, Pane::Quotes] {
                    for sidebar in [Sidebar::Auto, Sidebar::Shown, Sidebar::Hidden] {
                        let wanted = Wanted {
                            focus,
                            sidebar,
                            zoom: Zoom::All,
                            needs: Needs { list: 60, text: 78 },
                        };
                        check(width, height, wanted);
                    }
                }
            }
        }
    }

    #[test]
    fn list_and_sidebar_share_what_the_text_leaves_by_what_they_hold() {
        let widths = |width, list, sidebar| {
            let wanted = Wanted {
                focus: Pane::List,
                sidebar,
                zoom: Zoom::All,
                needs: Needs { list, text: 78 },
            };
            let panes = Panes::new(width, 40, wanted);
            [panes.list.width, panes.text.width, panes.quotes.width]
        };
        // Short titles leave room to the text; long ones get it before the text has more than it
        // needs.
        assert_eq!(widths(120, 100, Sidebar::Auto), [34, 53, 31]);
        assert_eq!(widths(200, 34, Sidebar::Auto), [34, 113, 51]);
        assert_eq!(widths(200, 100, Sidebar::Auto), [63, 84, 51]);
        assert_eq!(widths(200, 100, Sidebar::Hidden), [63, 136, 0]);
    }

    fn check(width: u16, height: u16, wanted: Wanted) {
        let panes = Panes::new(width, height, wanted);
        let areas = [panes.list, panes.text, panes.quotes, panes.status];
        for (index, area) in areas.iter().enumerate() {
            assert!(area.right() <= width && area.bottom() <= height);
            for other in &areas[index + 1..] {
                assert!(!area.intersects(*other), "{area:?} {other:?}");
            }
        }
        if height > 1 {
            assert!(!panes.of(wanted.focus).is_empty(), "the focus is seen");
        }
    }
}
