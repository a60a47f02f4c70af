//! `kutip config`: prints the default settings, or checks the user's. Also reads the user's folder
//! for all other subcommands.

use std::io::Write;
use std::path::PathBuf;

use super::outcome::{Error, Outcome, tell};
use crate::app::command::{COMMANDS, Context};
use crate::app::key::sequence_name;
use crate::app::keymap::Keymap;
use crate::config::{Config, Fault, TEMPLATE, Theme, config_folder, meant, nearest};
use crate::work::{Engine, UserRules};

/// Arguments of `kutip config`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print the default settings with comments; save them as config.toml to begin
    #[arg(long, conflicts_with = "check")]
    print: bool,
    /// Check your settings and themes
    #[arg(long)]
    check: bool,
}

/// The contents of the user's folder.
#[derive(Debug, Default)]
pub(super) struct UserFiles {
    pub config: Config,
    pub themes: Vec<Theme>,
    /// Faults with file and line, without those of key bindings.
    pub faults: Vec<String>,
}

impl UserFiles {
    /// Reads the user's folder. A missing file is not a fault.
    pub fn read() -> Self {
        let Some(folder) = config_folder() else {
            return Self::default();
        };
        let (config, faults) = Config::load(&folder.join("config.toml"));
        let mut user = Self {
            config,
            ..Self::default()
        };
        user.tell_all("config.toml", &faults);
        for (theme, faults) in Theme::of_folder(&folder.join("themes")) {
            user.tell_all(&format!("themes/{}.toml", theme.name), &faults);
            user.themes.push(theme);
        }
        let wanted = user.config.theme.as_deref();
        if let Some(reason) = wanted.and_then(|name| user.theme_fault(name)) {
            let line = user.config.theme_line;
            user.tell_all("config.toml", &[Fault { line, reason }]);
        }
        user
    }

    fn tell_all(&mut self, file: &str, faults: &[Fault]) {
        let told = faults.iter().map(|fault| shown(file, fault));
        self.faults.extend(told);
    }

    /// Returns the fault if there is no theme of this name.
    pub fn theme_fault(&self, wanted: &str) -> Option<String> {
        let embedded = Theme::embedded();
        let names = embedded.iter().chain(&self.themes).map(|t| &*t.name);
        let names: Vec<_> = ["auto"].into_iter().chain(names).collect();
        if names.contains(&wanted) {
            return None;
        }
        let near = meant(nearest(wanted, names.iter().copied()));
        Some(format!(
            "`{wanted}` is not a theme{near} ({})",
            names.join(", ")
        ))
    }
}

fn shown(file: &str, fault: &Fault) -> String {
    format!("{file}:{}: {}", fault.line, fault.reason)
}

/// Creates an engine with the languages, layouts and weights of the user's folder.
pub(super) fn user_engine() -> Result<Engine, Error> {
    let own = |name: &str| -> Option<PathBuf> {
        config_folder()
            .map(|folder| folder.join(name))
            .filter(|path| path.exists())
    };
    let (languages, layouts) = (own("languages"), own("layouts"));
    let attribution = own("attribution.toml");
    Ok(Engine::with_user_rules(&UserRules {
        languages: languages.as_deref(),
        layouts: layouts.as_deref(),
        attribution: attribution.as_deref(),
    })?)
}

/// Prints the default settings, or checks the user's.
pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let mut out = std::io::stdout().lock();
    if args.print {
        out.write_all(template().as_bytes())?;
        return Ok(Outcome::Found);
    }
    let file = config_folder().map(|folder| folder.join("config.toml"));
    let Some(file) = file else {
        return Err(Error::Usage(
            "there is no HOME, so there is no folder for settings".to_owned(),
        ));
    };
    if !args.check {
        writeln!(out, "{}", file.display())?;
        return Ok(Outcome::Found);
    }
    let user = UserFiles::read();
    let (_, keys) = Keymap::configured(&user.config.keys);
    let keys = keys.iter().map(|fault| shown("config.toml", fault));
    let faults: Vec<_> = user.faults.into_iter().chain(keys).collect();
    for fault in &faults {
        tell(fault);
    }
    user_engine()?;
    if !faults.is_empty() {
        return Ok(Outcome::Faults);
    }
    let what = if file.exists() {
        "no faults"
    } else {
        "no such file; the defaults apply"
    };
    writeln!(out, "{}: {what}", file.display())?;
    Ok(Outcome::Found)
}

/// Returns the commented settings and all default key bindings.
fn template() -> String {
    let mut text = TEMPLATE.to_owned();
    let keymap = Keymap::default();
    for context in Context::ALL {
        text.extend(["\n# [keys.", context.name(), "]\n"]);
        for info in COMMANDS {
            let here = keymap.of(info.command).filter(|b| b.context == context);
            for bound in here {
                let keys = toml::Value::String(sequence_name(&bound.keys));
                text.extend(["# ", &keys.to_string(), " = \"", info.name, "\"\n"]);
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printed_defaults_can_be_taken_as_they_are() {
        let is_setting = |line: &&str| {
            let bare = line.trim_start_matches("# ");
            bare.starts_with('[') || bare.starts_with('"') || bare.contains(" = ")
        };
        let text = template();
        let lines: Vec<_> = text
            .lines()
            .filter(is_setting)
            .map(|line| line.trim_start_matches("# "))
            .filter(|line| {
                !line.starts_with("\"auto\" chooses") && !line.starts_with("\"contrast\"")
            })
            .collect();
        let (config, faults) = Config::parse(&lines.join("\n"));
        assert_eq!(faults, []);
        let (keymap, faults) = Keymap::configured(&config.keys);
        assert_eq!(faults, []);
        for info in COMMANDS {
            assert_eq!(
                keymap.names(info.command).split(' ').count(),
                Keymap::default().names(info.command).split(' ').count(),
                "{}",
                info.name
            );
        }
        assert_eq!(config.width, Some(72));
    }
}
