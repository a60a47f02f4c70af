//! Pictures of screens for the README: the cells of a real screen as SVG.
//! `KUTIP_UPDATE_PICTURES=1 cargo test --test screens pictures` writes them anew.

use std::fmt::Write as _;
use std::path::Path;

use kutip::app::Report;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use crate::harness::{Reader, sample};

/// The size of a cell in a picture.
const CELL: (f64, f64) = (8.43, 17.0);
/// The space around the cells.
const MARGIN: f64 = 16.0;
/// The colours of a terminal: its background and its letters.
const DARK: (&str, &str) = ("#16181d", "#d8dce4");

/// The picture of a screen. Runs of cells of one style are one text.
fn picture(buffer: &Buffer) -> String {
    let (width, height) = (buffer.area.width, buffer.area.height);
    let (wide, high) = (
        2.0 * MARGIN + f64::from(width) * CELL.0,
        2.0 * MARGIN + f64::from(height) * CELL.1,
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide:.0} {high:.0}\" \
         font-family=\"'DejaVu Sans Mono','JetBrains Mono',Menlo,Consolas,monospace\" \
         font-size=\"14\">\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{}\"/>\n",
        DARK.0
    );
    for (row, cells) in buffer.content().chunks(usize::from(width)).enumerate() {
        let mut column = 0;
        for run in cells.chunk_by(|one, other| one.style() == other.style()) {
            draw(&mut svg, run, (column, row));
            column += run.len();
        }
    }
    svg.push_str("</svg>\n");
    svg
}

fn draw(svg: &mut String, run: &[Cell], (column, row): (usize, usize)) {
    let Some(cell) = run.first() else { return };
    let (x, y) = (
        MARGIN + column as f64 * CELL.0,
        MARGIN + row as f64 * CELL.1,
    );
    let width = run.len() as f64 * CELL.0;
    let (mut fg, mut bg) = (in_svg(cell.fg), in_svg(cell.bg));
    if cell.modifier.contains(Modifier::REVERSED) {
        (fg, bg) = (
            Some(bg.unwrap_or(DARK.0.to_owned())),
            Some(fg.unwrap_or(DARK.1.to_owned())),
        );
    }
    if let Some(bg) = bg {
        let high = CELL.1;
        writeln!(
            svg,
            "<rect x=\"{x:.2}\" y=\"{y:.1}\" width=\"{width:.2}\" height=\"{high}\" fill=\"{bg}\"/>"
        )
        .unwrap();
    }
    let words: String = run.iter().map(Cell::symbol).collect();
    if words.trim().is_empty() {
        return;
    }
    let words = words.replace('&', "&amp;").replace('<', "&lt;");
    let mut style = String::new();
    for (modifier, attribute) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
    ] {
        if cell.modifier.contains(modifier) {
            style.push_str(attribute);
        }
    }
    let fg = fg.unwrap_or(DARK.1.to_owned());
    writeln!(
        svg,
        "<text x=\"{x:.2}\" y=\"{:.1}\" fill=\"{fg}\"{style} textLength=\"{width:.2}\" \
         lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\">{words}</text>",
        y + 13.5
    )
    .unwrap();
}

fn in_svg(color: Color) -> Option<String> {
    match color {
        Color::Rgb(..) => Some(color.to_string().to_lowercase()),
        _ => None,
    }
}

/// The pictures of the README: what they show of the built-in sample.
const PICTURES: [(&str, &str); 3] = [
    ("timeline", "gD Enter j"),
    ("matrix", "G gM w l"),
    ("speakers", "gS"),
];

#[test]
fn the_pictures_of_the_readme_are_there_and_show_what_they_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures");
    let readme = include_str!("../../README.md");
    for (name, keys) in PICTURES {
        let mut reader = Reader::empty(120, 32, "dark");
        reader.report(Report::Corpus(sample()));
        reader.report(Report::Loaded);
        reader.press(keys);
        let drawn = picture(&reader.buffer());
        let path = folder.join(format!("{name}.svg"));
        if std::env::var_os("KUTIP_UPDATE_PICTURES").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &drawn).unwrap();
        }
        // What the sample holds may change with the rules; that a picture is one may not.
        let kept = std::fs::read_to_string(&path).unwrap();
        assert_eq!(kept.lines().next(), drawn.lines().next(), "{name}");
        let title = reader.screen().contains("Timeline ·")
            || reader.screen().contains("Matrix ·")
            || reader.screen().contains("Speakers");
        assert!(title, "{name}");
        assert!(
            readme.contains(&format!("(assets/pictures/{name}.svg)")),
            "{name}"
        );
    }
}
