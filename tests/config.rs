//! Settings: faults are told and the rest is kept, keys change what they are said to change, and
//! themes can be read.

#![allow(clippy::unwrap_used)] // a test may fail loudly

use std::collections::HashSet;
use std::path::Path;

use kutip::app::command::{COMMANDS, Command, Context};
use kutip::app::key::sequence_name;
use kutip::app::keymap::{Keymap, Lookup};
use kutip::config::{Config, Theme};
use toml::{Table, Value};

/// All faults of a settings file, those of keys behind the others.
fn faults(text: &str) -> Vec<(usize, String)> {
    let (config, faults) = Config::parse(text);
    let (_, keys) = Keymap::configured(&config.keys);
    let all = faults.into_iter().chain(keys);
    all.map(|fault| (fault.line, fault.reason)).collect()
}

#[test]
fn a_fault_names_its_line_and_what_was_meant() {
    for (text, line, reason) in [
        (
            "widht = 60",
            1,
            "`widht` is not a setting; did you mean `width`?",
        ),
        ("\n\nwidth = 9000", 3, "`width` is a number from 30 to 120"),
        ("width = \"60\"", 1, "`width` is a number from 30 to 120"),
        ("mouse = \"weel\"", 1, "did you mean `wheel`?"),
        ("plain = 1", 1, "`plain` is true or false"),
        ("dates = \"%H:%M\"", 1, "`dates` is a day"),
        ("dates = \"%A, %d %B %Y\"", 1, "at most 11 columns"),
        ("theme = 3", 1, "`theme` takes text in quotes"),
        ("keys = 3", 1, "`keys` is not a setting"),
        ("[keys]\nlist = 3", 2, "write [keys.list]"),
        (
            "[keys.lists]\nx = \"sort\"",
            2,
            "`lists` is not a place for keys; did you mean `list`?",
        ),
        (
            "[keys.list]\nx = \"srot\"",
            2,
            "`srot` is not a command; did you mean `sort`?",
        ),
        ("[keys.list]\nx = 3", 2, "`x` takes a command's name"),
        (
            "[keys.list]\n\"Ctrl-Foo\" = \"sort\"",
            2,
            "`Ctrl-Foo` is not a key",
        ),
        ("width = = 3", 1, ""),
    ] {
        let found = faults(text);
        assert!(
            found
                .iter()
                .any(|(at, said)| *at == line && said.contains(reason)),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn the_rest_of_a_faulty_file_is_kept() {
    let text = "widht = 3\nwidth = 60\nmouse = \"off\"\n\
                [keys.list]\nx = \"nonsense\"\nX = \"toggle-read\"\n";
    let (config, found) = Config::parse(text);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (config.width, config.mouse.as_deref()),
        (Some(60), Some("off"))
    );
    let (keymap, found) = Keymap::configured(&config.keys);
    assert_eq!(found.len(), 1);
    assert_eq!(keymap.names(Command::ToggleRead), "r X");
}

#[test]
fn a_key_that_is_bound_anew_means_the_new_in_every_list_of_keys() {
    let text = "[keys.list]\nr = \"sort\"\ns = \"nothing\"\n";
    let (config, _) = Config::parse(text);
    let (keymap, found) = Keymap::configured(&config.keys);
    assert_eq!(found, []);
    let pressed = "r".parse().unwrap();
    let here = keymap.look_up(&[Context::List], &[pressed]);
    assert_eq!(here, Lookup::Matched(Command::Sort));
    assert_eq!(keymap.names(Command::Sort), "r");
    let still = keymap.look_up(&[Context::Text], &[pressed]);
    assert_eq!(still, Lookup::Matched(Command::ToggleRead));
}

#[test]
fn no_key_is_bound_twice_in_one_place_and_every_command_is_reached() {
    let keymap = Keymap::default();
    let mut seen = HashSet::new();
    for bound in keymap.iter() {
        let name = sequence_name(&bound.keys);
        assert!(
            seen.insert((bound.context, name.clone())),
            "{name} in {:?}",
            bound.context
        );
        // What is pressed in turn is not cut short by a shorter binding.
        for other in keymap.iter() {
            let hides = other.context == bound.context
                && other.keys.len() < bound.keys.len()
                && bound.keys.starts_with(&other.keys);
            assert!(!hides, "{name} is hidden in {:?}", bound.context);
        }
    }
    for info in COMMANDS {
        assert!(
            keymap.of(info.command).next().is_some(),
            "{} has no key",
            info.name
        );
    }
}

type Rgb = (u8, u8, u8);

/// The relative luminance of WCAG 2.2.
fn luminance((red, green, blue): Rgb) -> f64 {
    let linear = |value: u8| {
        let part = f64::from(value) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The colours of a style such as `bold #rrggbb on #rrggbb`.
fn colours(style: &str) -> (Option<Rgb>, Option<Rgb>) {
    let rgb = |word: &str| {
        let number = u32::from_str_radix(word.strip_prefix('#')?, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some((red, green, blue))
    };
    let (fore, back) = style
        .split_once("on #")
        .map_or((style, None), |(fore, back)| {
            (fore, rgb(&format!("#{}", back.trim())))
        });
    (fore.split_whitespace().find_map(rgb), back)
}

#[test]
fn text_and_marks_of_themes_in_full_colour_can_be_read() {
    // What terminals have: pure and usual grounds; what people write on them where a theme does not
    // say.
    let grounds: [(&str, &[Rgb], Rgb); 2] = [
        ("dark", &[(0, 0, 0), (0x1e, 0x1e, 0x2e)], (0xd0, 0xd0, 0xd0)),
        (
            "light",
            &[(255, 255, 255), (0xf5, 0xf5, 0xf5)],
            (0x30, 0x30, 0x30),
        ),
    ];
    let mut checked = 0;
    for entry in std::fs::read_dir("assets/themes").unwrap() {
        let path = entry.unwrap().path();
        let theme: Table = std::fs::read_to_string(&path).unwrap().parse().unwrap();
        let ground = theme.get("background").and_then(Value::as_str).unwrap();
        let Some((_, usual, ink)) = grounds.iter().find(|(name, ..)| *name == ground) else {
            continue;
        };
        let words = |name: &str| theme.get(name).and_then(Value::as_str).unwrap();
        // A ground that has no colour for words shows those of the words on it.
        let bare = |name: &str| match colours(words(name)) {
            (None, back) => back,
            (Some(_), _) => None,
        };
        let rows: Vec<_> = ["row", "row-idle"].into_iter().filter_map(bare).collect();
        let selection = bare("selection");
        let mut styles: Vec<_> = theme
            .iter()
            .filter(|(name, _)| *name != "rule")
            .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
            .collect();
        let speakers = theme.get("speakers").and_then(Value::as_array).unwrap();
        styles.extend(
            speakers
                .iter()
                .map(|s| ("speaker".to_owned(), s.as_str().unwrap().to_owned())),
        );
        for (name, style) in styles {
            let (fore, back) = colours(&style);
            if fore.is_none() && back.is_none() {
                continue;
            }
            let mut behind = back.map_or_else(|| usual.to_vec(), |back| vec![back]);
            match &*name {
                _ if back.is_some() => {}
                "dim" | "match" | "accent" | "key" => behind.extend(&rows),
                // Cards of a sidebar and lines of an overlay; words that are being selected.
                "speaker" => behind.extend(rows.iter().chain(&selection)),
                "fault" | "status" | "pane-title" | "focus" => {}
                _ => behind.extend(selection),
            }
            for ground in behind {
                let ratio = contrast(fore.unwrap_or(*ink), ground);
                assert!(
                    ratio >= 4.5,
                    "{}: {name} on {ground:?}: {ratio:.2}",
                    path.display()
                );
                checked += 1;
            }
        }
    }
    assert!(checked > 200, "{checked}");
}

#[test]
fn a_theme_of_the_users_own_is_read_from_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("mine.toml"),
        "dim = \"gray\"\nacent = \"red\"\n",
    )
    .unwrap();
    std::fs::write(folder.path().join("notes.txt"), "no theme").unwrap();
    let themes = Theme::of_folder(folder.path());
    let [(theme, faults)] = &*themes else {
        panic!("{themes:?}")
    };
    assert_eq!(theme.name, "mine");
    assert_eq!(faults.len(), 1);
    assert!(Theme::of_folder(Path::new("no/such/folder")).is_empty());
}
