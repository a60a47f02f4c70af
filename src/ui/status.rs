//! Draws the last row: the line being typed, the last notice, or the current position and the
//! progress of loading.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::hints;
use super::look::style;
use super::pen::Pen;
use crate::app::key::sequence_name;
use crate::app::library_data::LibraryStatus;
use crate::app::{App, LoadState, Prompt, Purpose, Signs, Tone};
use crate::config::Role;
use crate::model::Issue;
use crate::text::{cells, clip, width};

/// Draws the last row of the screen. Returns the position of the cursor while the user types.
pub fn draw(app: &App, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let mut pen = Pen::new(buf, area, 0);
    pen.put_right(" ", Style::new());
    let place = right(app);
    if is_wide(app, area.width.saturating_sub(width(&place))) {
        pen.put(" ", Style::new());
        draw_left(app, pen);
        return None;
    }
    if width(&place) + 24 < area.width {
        pen.put_right(&place, style(app, Role::Status));
    }
    if app.library.status == LibraryStatus::NotSaved && pen.room() > 40 {
        pen.put_right("  ", Style::new());
        pen.put_right(app.tr("not kept"), style(app, Role::Fault));
    }
    let tray = app.library.tray.entries().len();
    if tray > 0 && pen.room() > 40 {
        pen.put_right("  ", Style::new());
        pen.put_right(
            &app.fill("tray {0}", &[&tray.to_string()]),
            style(app, Role::Accent),
        );
    }
    if let Some(faults) = faults(app).filter(|words| width(words) + 30 < pen.room()) {
        pen.put_right("  ", Style::new());
        pen.put_right(&faults, style(app, Role::Fault));
    }
    if let Some(progress) = progress(app).filter(|words| width(words) + 20 < pen.room()) {
        pen.put_right("  ", Style::new());
        pen.put_right(&progress, style(app, Role::Accent));
    }
    pen.put(" ", Style::new());
    if let Some(prompt) = &app.layers.prompt {
        return Some(draw_prompt(app, prompt, pen, area));
    }
    draw_left(app, pen);
    None
}

/// Returns whether the notice is too wide for `room` columns, so that it needs the whole row. The
/// rest of the row can be read again later, but text that is cut off cannot.
fn is_wide(app: &App, room: u16) -> bool {
    let notice = app.notice.as_ref().filter(|_| app.layers.prompt.is_none());
    notice.is_some_and(|notice| width(&notice.words) + 5 > room)
}

fn draw_left(app: &App, mut pen: Pen) {
    let room = pen.room().saturating_sub(2);
    let keys = sequence_name(&app.keys.pending);
    let count = app
        .keys
        .count
        .map_or(String::new(), |count| count.to_string());
    if let Some(notice) = &app.notice {
        let role = match notice.tone {
            Tone::Plain => Role::Accent,
            Tone::Fault => Role::Fault,
        };
        pen.put_clipped(&notice.words, room, style(app, role));
    } else if !keys.is_empty() || !count.is_empty() {
        pen.put(&format!("{count}{keys}"), style(app, Role::Key));
    } else if app.layers.boards.is_empty()
        && (app.filter.is_active() || !app.filter.words.is_empty())
    {
        draw_filter(app, pen);
    } else {
        hints::draw(app, hints::below(app), pen);
    }
}

/// Draws the words of the filter. If they cannot be parsed, the fault is marked and told, because
/// the list is then that of the last valid words.
fn draw_filter(app: &App, mut pen: Pen) {
    let text = style(app, Role::Text);
    pen.put("/ ", style(app, Role::Key));
    let room = pen.room().saturating_sub(2);
    let Some(fault) = &app.filter.fault else {
        return pen.put_clipped(&app.filter.words, room, text);
    };
    let wrong = style(app, Role::Fault);
    let told = app.fill("the list is as it was: {0}", &[&fault.to_string()]);
    let words = clip(&app.filter.words, room / 2);
    pen.put_each(
        &words,
        |at| if fault.span.covers(at) { wrong } else { text },
    );
    pen.put("   ", Style::new());
    let room = pen.room().saturating_sub(1);
    pen.put_clipped(&told, room, wrong);
}

/// Returns the text at the right end of the status line: the number of shown articles, the number
/// of all articles, and the sort order.
fn right(app: &App) -> String {
    let stale = if app.filter.is_stale() { "… " } else { "" };
    let sort = app.filter.sort_name(&app.view.interface);
    let (shown, all) = (app.list.count, app.corpus.len());
    format!("{stale}{}/{}  {sort}", grouped(shown), grouped(all))
}

fn faults(app: &App) -> Option<String> {
    match Issue::count_all(&app.load.issues) + app.load.settings.len() {
        0 => None,
        1 => Some(app.tr("1 fault").to_owned()),
        count => Some(app.fill("{0} faults", &[&grouped(count)])),
    }
}

fn progress(app: &App) -> Option<String> {
    const TURNS: [&str; 10] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
    let sign = match app.view.signs {
        Signs::Plain | Signs::Ascii => app.tr("reading"),
        Signs::Usual => TURNS
            .get(app.load.report_count % TURNS.len())
            .unwrap_or(&""),
    };
    let interface = &app.view.interface;
    let task = app.tasks.progress(interface);
    if task.is_some() || app.load.state == LoadState::Ready {
        let words = task.or_else(|| app.surveys.progress(interface))?;
        return Some(format!("{sign} {words}"));
    }
    Some(match app.load.found {
        Some(found) => format!("{sign} {}/{}", grouped(app.load.read), grouped(found)),
        None => format!("{sign} {}", grouped(app.load.read)),
    })
}

/// Formats a number with a thousands separator: `1,204`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut words = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

fn draw_prompt(app: &App, prompt: &Prompt, mut pen: Pen, area: Rect) -> Position {
    let (label, fault) = match prompt.purpose {
        Purpose::Filter { .. } => ("filter ", app.filter.fault.as_ref()),
        Purpose::Find { .. } => ("find ", None),
        Purpose::Quotes { .. } => ("quotes ", None),
        Purpose::Ask(ref ask) => (ask.label(), None),
        Purpose::Export { .. } => ("write {0} to ", None),
    };
    let label = match &prompt.purpose {
        Purpose::Export { title, .. } => app.fill(label, &[&clip(title, area.width / 3)]),
        _ => app.tr(label).to_owned(),
    };
    pen.put(&label, style(app, Role::Key));
    let words = style(app, Role::Text);
    let wrong = style(app, Role::Fault);
    let (before, behind) = prompt.input.parts();
    // A line that is too long shows its end, where the cursor is.
    let room = pen.room().saturating_sub(2);
    let shown = tail(before, room);
    let skipped = before.len() - shown.len();
    let is_wrong = |at: usize| fault.is_some_and(|fault| fault.span.covers(at));
    pen.put_each(
        shown,
        |at| if is_wrong(at + skipped) { wrong } else { words },
    );
    let x = pen.x();
    pen.put_each(behind, |at| {
        if is_wrong(at + before.len()) {
            wrong
        } else {
            words
        }
    });
    let note = match (fault, &app.notice, &prompt.purpose) {
        (Some(fault), ..) => Some((fault.to_string(), wrong)),
        (None, Some(notice), _) => Some((notice.words.clone(), style(app, Role::Status))),
        (None, None, Purpose::Find { .. }) if !before.is_empty() || !behind.is_empty() => {
            let (at, len) = (app.reader.find.at, app.reader.find.found.len());
            let place = at.map_or_else(
                || app.tr("not found").to_owned(),
                |at| format!("{}/{len}", at + 1),
            );
            Some((place, style(app, Role::Status)))
        }
        _ => None,
    };
    if let Some((note, tone)) = note {
        pen.put("   ", Style::new());
        let room = pen.room().saturating_sub(1);
        pen.put_clipped(&note, room, tone);
    }
    Position { x, y: area.y }
}

/// Returns the longest end of `words` that fits into `room` columns.
pub(super) fn tail(words: &str, room: u16) -> &str {
    let mut over = width(words).saturating_sub(room);
    let mut from = 0;
    for cell in cells(words) {
        if over == 0 {
            break;
        }
        over = over.saturating_sub(cell.width);
        from = cell.end;
    }
    words.get(from..).unwrap_or("")
}
