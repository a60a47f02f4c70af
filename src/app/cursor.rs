//! A cursor on a list of any length, and the motions that move it.

/// Number of rows that scrolling keeps visible above and below the cursor, if the list is long
/// enough.
pub const SCROLL_OFF: usize = 3;

/// A position in a list: the selected row and the first visible row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The index of the selected row.
    pub at: usize,
    /// The index of the first visible row.
    pub top: usize,
}

/// A motion in a list or in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// Moves by a number of rows, downwards if positive.
    Rows(isize),
    /// Moves by a number of half pages, downwards if positive.
    Halves(isize),
    /// Moves by a number of pages, downwards if positive.
    Pages(isize),
    /// Moves to a row, counted from 0.
    To(usize),
    /// Moves to the last row.
    End,
}

/// The number typed before a command, as in `12G`, if there is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count(pub Option<usize>);

impl Count {
    /// Returns how often to run a command: the typed number, or once if none was typed. The result
    /// is limited so that adding to it does not overflow.
    pub fn steps(self) -> isize {
        self.0.unwrap_or(1).min(1 << 30).cast_signed()
    }

    /// Returns the typed number as a row counted from 0, so that the number 1 means row 0.
    pub fn row(self) -> Option<usize> {
        self.0.map(|row| row.saturating_sub(1))
    }
}

impl Motion {
    /// Returns the row that the motion reaches from row `at` in a list of `len` rows, with pages of
    /// `height` rows.
    pub fn apply(self, at: usize, len: usize, height: usize) -> usize {
        let step = match self {
            Self::Rows(rows) => rows,
            Self::Halves(halves) => halves.saturating_mul((height / 2).max(1).cast_signed()),
            // Two rows of the previous page stay visible for orientation.
            Self::Pages(pages) => {
                pages.saturating_mul(height.saturating_sub(2).max(1).cast_signed())
            }
            Self::To(row) => return row.min(len.saturating_sub(1)),
            Self::End => return len.saturating_sub(1),
        };
        at.saturating_add_signed(step).min(len.saturating_sub(1))
    }
}

impl Cursor {
    /// Moves the selection in a list of `len` rows, and scrolls the view of `height` rows to it.
    pub fn go(&mut self, motion: Motion, len: usize, height: usize) {
        self.at = motion.apply(self.at, len, height);
        self.follow(len, height);
    }

    /// Scrolls as little as possible so that the selected row is visible with some rows around it.
    /// The list has `len` rows, the view `height`.
    pub fn follow(&mut self, len: usize, height: usize) {
        self.at = self.at.min(len.saturating_sub(1));
        let off = SCROLL_OFF.min(height.saturating_sub(1) / 2);
        let lowest = (self.at + off + 1).saturating_sub(height);
        let highest = self.at.saturating_sub(off);
        self.top = self.top.clamp(lowest.min(highest), highest);
        self.top = self.top.min(len.saturating_sub(height));
    }

    /// Scrolls the view by a number of rows, downwards if positive. The selection moves only if it
    /// would leave the view.
    pub fn scroll(&mut self, rows: isize, len: usize, height: usize) {
        let last = len.saturating_sub(height);
        self.top = self.top.saturating_add_signed(rows).min(last);
        let off = SCROLL_OFF.min(height.saturating_sub(1) / 2);
        let first = if self.top == 0 { 0 } else { self.top + off };
        let end = self.top + height;
        let end = if self.top == last {
            end
        } else {
            end - off.min(end)
        };
        self.at = self.at.clamp(first, end.saturating_sub(1).max(first));
        self.at = self.at.min(len.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_view_follows_the_cursor_with_rows_to_spare() {
        let cases = [
            (0, Motion::Rows(1), (1, 0)),
            (0, Motion::Rows(8), (8, 2)),
            (0, Motion::End, (99, 90)),
            (50, Motion::To(0), (0, 0)),
            (50, Motion::Halves(-1), (45, 42)),
            (99, Motion::Pages(-2), (83, 80)),
            (3, Motion::Rows(-9), (0, 0)),
            (0, Motion::Rows(isize::MAX), (99, 90)),
        ];
        for (start, motion, (at, top)) in cases {
            let mut cursor = Cursor { at: start, top: 0 };
            cursor.follow(100, 10);
            cursor.go(motion, 100, 10);
            assert_eq!(
                (cursor.at, cursor.top),
                (at, top),
                "{motion:?} from {start}"
            );
        }
    }

    #[test]
    fn no_size_of_list_or_page_breaks_it() {
        for len in 0..4 {
            for height in 0..4 {
                let mut cursor = Cursor { at: 9, top: 9 };
                cursor.go(Motion::Rows(1), len, height);
                cursor.scroll(-1, len, height);
                cursor.scroll(2, len, height);
                assert!(cursor.at < len.max(1));
            }
        }
    }
}
