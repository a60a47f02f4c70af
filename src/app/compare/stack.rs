//! Lays passages out under one another. Words that passages share are aligned vertically; words
//! that only some passages have are placed between them.

use std::ops::Range;

use super::line::{Line, Signs, Strip};
use super::pieces::{LineBuilder, Piece, part, signs_of, spoken_pieces, wrapped};
use crate::model::Corpus;
use crate::relate::{Row, Slot, align};
use crate::text::width as width_of;

/// The reciprocal of the minimum share of shared words in the shortest passage: with 4, at least a
/// quarter must be shared. With fewer shared words, aligning them does not help.
const MIN_SHARED: usize = 4;
/// Minimum width of the part that is split off a wide cell, in columns of the screen. With less
/// room left, the cell begins on a new row.
const MIN_PART_WIDTH: u16 = 16;

/// One slot of the aligned passages: its words in each passage as a line, and the width of the
/// widest line.
struct Cell {
    lines: Vec<Line>,
    width: u16,
}

impl Cell {
    fn new(lines: Vec<Line>) -> Self {
        let width = lines.iter().map(|line| width_of(&line.text)).max();
        Self {
            width: width.unwrap_or(0),
            lines,
        }
    }
}

/// Lays the passages of one row out under one another in `width` columns of the screen.
pub(super) fn under(corpus: &Corpus, row: &Row, width: u16, signs: Signs) -> Vec<Strip> {
    let signs = signs_of(row, signs);
    let words: Vec<Vec<Piece>> = row
        .columns
        .iter()
        .map(|column| {
            let column = column.as_ref();
            column.map_or_else(Vec::new, |column| spoken_pieces(corpus, column))
        })
        .collect();
    let slots = align(corpus, row);
    let shared = slots.iter().filter(|slot| slot.is_shared).count();
    let lengths = words.iter().map(Vec::len).filter(|len| *len > 0);
    let shortest = lengths.min().unwrap_or(0);
    if shared * MIN_SHARED < shortest || shared == 0 {
        return plain(&words, width, signs);
    }
    let slots = unbroken(slots, &words);
    let cells = slots.iter().map(|slot| cell(&words, slot, signs));
    blocks(cells.collect(), width, words.len())
}

/// Joins adjacent slots if no white space separates them in some passage. For example, `4,2` is two
/// words, but no gap may be put between them.
fn unbroken(slots: Vec<Slot>, words: &[Vec<Piece>]) -> Vec<Slot> {
    let mut joined: Vec<Slot> = Vec::with_capacity(slots.len());
    for mut slot in slots {
        while joined.last().is_some_and(|_| splits_a_run(&slot, words)) {
            let Some(before) = joined.pop() else { break };
            slot.is_shared &= before.is_shared;
            for (range, known) in slot.words.iter_mut().zip(before.words) {
                // An empty range has no fixed position.
                *range = match (known.is_empty(), Range::is_empty(range)) {
                    (true, _) => range.clone(),
                    (false, true) => known,
                    (false, false) => known.start..range.end,
                };
            }
        }
        joined.push(slot);
    }
    joined
}

/// Returns whether a slot begins, in any passage, with a word that no white space separates from
/// the word before it.
fn splits_a_run(slot: &Slot, words: &[Vec<Piece>]) -> bool {
    let mut starts = slot.words.iter().zip(words);
    starts.any(|(range, pieces)| {
        let first = pieces.get(range.start).filter(|_| !range.is_empty());
        range.start > 0 && first.is_some_and(|piece| !piece.is_parted)
    })
}

/// Lays passages out under one another without aligning their words. Each passage is wrapped
/// separately.
fn plain(words: &[Vec<Piece>], width: u16, signs: Signs) -> Vec<Strip> {
    let mut strips = Vec::new();
    for (column, pieces) in words.iter().enumerate() {
        let lines = wrapped(&LineBuilder::of(pieces, signs), width);
        let lines = lines.into_iter().map(|line| vec![(0, line)]);
        strips.extend(lines.map(|line| Strip::Under(column, line)));
    }
    strips
}

fn cell(words: &[Vec<Piece>], slot: &Slot, signs: Signs) -> Cell {
    let lines = words.iter().zip(&slot.words).map(|(pieces, range)| {
        let pieces = pieces.get(range.clone()).unwrap_or(&[]);
        LineBuilder::of(pieces, signs)
    });
    Cell::new(lines.collect())
}

/// Puts cells beside one another, as many as fit into `width` columns of the screen, and continues
/// below. A wide cell is split. `columns` is the number of passages.
fn blocks(cells: Vec<Cell>, width: u16, columns: usize) -> Vec<Strip> {
    let mut strips = Vec::new();
    let mut block = Block::new(columns);
    for cell in cells {
        let mut rest = Some(cell);
        while let Some(cell) = rest.take() {
            let room = width.saturating_sub(block.next());
            if cell.width <= room {
                block.add(&cell);
            } else if room >= MIN_PART_WIDTH.min(width) && cell.width > MIN_PART_WIDTH {
                let (first, second) = split(&cell, room);
                block.add(&first);
                block.end(&mut strips);
                rest = Some(second).filter(|cell| cell.width > 0);
            } else if block.is_empty() {
                // The cell is wider than the screen and cannot be split, so it is clipped when it
                // is drawn.
                block.add(&cell);
            } else {
                block.end(&mut strips);
                rest = Some(cell);
            }
        }
    }
    block.end(&mut strips);
    // The last block is not followed by a blank row.
    strips.pop();
    strips
}

/// Splits each line of a cell in two: the part that fits into `room` columns, and the rest.
fn split(cell: &Cell, room: u16) -> (Cell, Cell) {
    let parts = cell.lines.iter().map(|line| {
        let mut lines = wrapped(line, room).into_iter();
        let first = lines.next().unwrap_or_default();
        let cut = line.text.find(&first.text).unwrap_or(0) + first.text.len();
        let rest = line.text.get(cut..).unwrap_or("");
        let start = line.text.len() - rest.trim_start().len();
        (first, part(line, start..line.text.len()))
    });
    let (first, rest) = parts.unzip();
    (Cell::new(first), Cell::new(rest))
}

struct Block {
    lines: Vec<Vec<(u16, Line)>>,
    width: u16,
}

impl Block {
    fn new(columns: usize) -> Self {
        Self {
            lines: vec![Vec::new(); columns],
            width: 0,
        }
    }

    fn is_empty(&self) -> bool {
        self.width == 0
    }

    /// Returns the screen column where the next cell of this block begins.
    fn next(&self) -> u16 {
        if self.is_empty() { 0 } else { self.width + 1 }
    }

    fn add(&mut self, cell: &Cell) {
        let start = self.next();
        for (line, own) in self.lines.iter_mut().zip(&cell.lines) {
            if !own.text.is_empty() {
                line.push((start, own.clone()));
            }
        }
        self.width = start + cell.width;
    }

    fn end(&mut self, strips: &mut Vec<Strip>) {
        let ended = std::mem::replace(self, Self::new(self.lines.len()));
        if ended.is_empty() {
            return;
        }
        let lines = ended.lines.into_iter().enumerate();
        let lines = lines.filter(|(_, line)| !line.is_empty());
        strips.extend(lines.map(|(column, line)| Strip::Under(column, line)));
        strips.push(Strip::Blank);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::relate::Standing;

    #[test]
    fn no_gap_parts_what_no_white_space_parts() {
        let piece = |(text, is_parted): (&str, bool)| Piece {
            text: text.to_owned(),
            is_parted,
            standing: Standing::Shared,
        };
        let own = [("Rp", false), ("4,", true), ("2", false), ("miliar", true)];
        let other = [("Rp", false), ("4", true), ("miliar", true)];
        let words = [own.map(piece).to_vec(), other.map(piece).to_vec()];
        let slot = |own, other| Slot {
            is_shared: true,
            words: vec![own, other],
        };
        let slots = vec![
            slot(0..1, 0..1),
            slot(1..2, 1..2),
            slot(2..3, 2..2),
            slot(3..4, 2..3),
        ];
        let joined = unbroken(slots, &words);
        let cells = joined.iter().map(|slot| cell(&words, slot, Signs::None));
        let told: Vec<Vec<String>> = cells
            .map(|cell| cell.lines.into_iter().map(|line| line.text).collect())
            .collect();
        assert_eq!(told, [["Rp", "Rp"], ["4,2", "4"], ["miliar", "miliar"]]);
    }
}
