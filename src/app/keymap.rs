//! The keymap: maps keys in each context to commands. The user's bindings override the defaults of
//! the command table.

use super::command::{COMMANDS, Command, Context};
use super::key::{Key, parse_sequence, sequence_name};
use crate::config::{Fault, KeySetting, meant, nearest};

/// The name that settings give instead of a command to remove the binding of a key.
const NOTHING: &str = "nothing";

/// The result of looking up the keys that the user has pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// The keys are the beginning of at least one binding, but not a whole one.
    Pending,
    /// The keys are bound to a command.
    Matched(Command),
    /// The keys are not bound in the contexts where they were looked up.
    NotFound,
}

/// One binding: a sequence of keys that runs a command in a context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The context in which the keys are bound.
    pub context: Context,
    /// The keys to press, one after another.
    pub keys: Vec<Key>,
    /// The command that the keys run.
    pub command: Command,
}

/// The bindings of keys to commands in all contexts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<Bound>,
}

impl Default for Keymap {
    fn default() -> Self {
        let mut bindings = Vec::new();
        for info in COMMANDS {
            for (contexts, words) in info.keys {
                for word in words.split_whitespace() {
                    let keys = parse_sequence(word).unwrap_or_default();
                    bindings.extend(contexts.iter().map(|context| Bound {
                        context: *context,
                        keys: keys.clone(),
                        command: info.command,
                    }));
                }
            }
        }
        Self { bindings }
    }
}

impl Keymap {
    /// Creates a keymap from the default bindings and the user's settings. A setting with an error
    /// is left out and returned as a fault.
    pub fn configured(settings: &[KeySetting]) -> (Self, Vec<Fault>) {
        let mut keymap = Self::default();
        let mut faults = Vec::new();
        for setting in settings {
            if let Err(reason) = keymap.configure(setting) {
                let line = setting.line;
                faults.push(Fault { line, reason });
            }
        }
        (keymap, faults)
    }

    fn configure(&mut self, setting: &KeySetting) -> Result<(), String> {
        let unknown = |what: &str, name: &str, near: Option<&str>| {
            format!("`{name}` is not a {what}{}", meant(near))
        };
        let name = &*setting.context;
        let places = || Context::ALL.iter().map(|context| context.name());
        let context = Context::ALL.into_iter().find(|known| known.name() == name);
        let context =
            context.ok_or_else(|| unknown("place for keys", name, nearest(name, places())))?;
        let keys = parse_sequence(&setting.keys)?;
        if setting.command == NOTHING {
            self.unbind(context, &keys);
            return Ok(());
        }
        let name = &*setting.command;
        let names = || COMMANDS.iter().map(|info| info.name);
        let command = Command::named(name)
            .ok_or_else(|| unknown("command", name, nearest(name, names().chain([NOTHING]))))?;
        self.bind(Bound {
            context,
            keys,
            command,
        });
        Ok(())
    }

    /// Adds a binding. It replaces any binding of the same keys in its context.
    pub fn bind(&mut self, bound: Bound) {
        self.unbind(bound.context, &bound.keys);
        self.bindings.push(bound);
    }

    /// Removes the binding of exactly `keys` in `context`, if there is one.
    pub fn unbind(&mut self, context: Context, keys: &[Key]) {
        self.bindings
            .retain(|known| known.context != context || known.keys != keys);
    }

    /// Looks `keys` up in the first of `contexts` that binds them or a sequence that begins with
    /// them.
    pub fn look_up(&self, contexts: &[Context], keys: &[Key]) -> Lookup {
        for context in contexts {
            let here = self.bindings.iter().filter(|b| b.context == *context);
            let mut starts = here.filter(|b| b.keys.starts_with(keys)).peekable();
            if starts.peek().is_none() {
                continue;
            }
            return match starts.find(|b| b.keys.len() == keys.len()) {
                Some(bound) => Lookup::Matched(bound.command),
                None => Lookup::Pending,
            };
        }
        Lookup::NotFound
    }

    /// Returns the bindings of a command: the default ones in table order, then the user's.
    pub fn of(&self, command: Command) -> impl Iterator<Item = &Bound> {
        self.bindings.iter().filter(move |b| b.command == command)
    }

    /// Returns the names of a command's keys, such as `j Down`, without duplicates and separated by
    /// spaces.
    pub fn names(&self, command: Command) -> String {
        let mut names: Vec<String> = Vec::new();
        for bound in self.of(command) {
            let name = sequence_name(&bound.keys);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(" ")
    }

    /// Returns the contexts in which a command has keys, in the order in which they are listed to
    /// users.
    pub fn contexts(&self, command: Command) -> Vec<Context> {
        let mut found: Vec<_> = self.of(command).map(|bound| bound.context).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Returns the bindings of all commands in all contexts.
    pub fn iter(&self) -> impl Iterator<Item = &Bound> {
        self.bindings.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn look(contexts: &[Context], keys: &str) -> Lookup {
        Keymap::default().look_up(contexts, &parse_sequence(keys).unwrap())
    }

    #[test]
    fn the_nearest_context_wins() {
        use Context::{Global, List, Picker, Text};
        let cases = [
            (vec![List, Global], "g", Lookup::Pending),
            (vec![List, Global], "gg", Lookup::Matched(Command::Top)),
            (vec![List, Global], "s", Lookup::Matched(Command::Sort)),
            (vec![Text, Global], "s", Lookup::NotFound),
            (vec![Text, Global], "?", Lookup::Matched(Command::Help)),
            (vec![Picker], "q", Lookup::Matched(Command::Leave)),
            (vec![Text, Global], "gz", Lookup::NotFound),
        ];
        for (contexts, keys, expected) in cases {
            assert_eq!(look(&contexts, keys), expected, "{keys} in {contexts:?}");
        }
    }

    #[test]
    fn every_default_key_is_sound_and_reaches_its_command() {
        let keymap = Keymap::default();
        let mut seen = HashSet::new();
        for bound in keymap.iter() {
            let name = sequence_name(&bound.keys);
            assert!(!bound.keys.is_empty(), "{:?}", bound.command);
            assert!(
                seen.insert((bound.context, name.clone())),
                "{name} means two things in {:?}",
                bound.context
            );
            assert_eq!(
                keymap.look_up(&[bound.context], &bound.keys),
                Lookup::Matched(bound.command),
                "{name} in {:?}",
                bound.context
            );
            for other in keymap.iter().filter(|o| o.context == bound.context) {
                let hides =
                    other.keys.len() > bound.keys.len() && other.keys.starts_with(&bound.keys);
                assert!(!hides, "{name} hides {}", sequence_name(&other.keys));
            }
        }
        for info in COMMANDS {
            assert!(keymap.of(info.command).next().is_some(), "{}", info.name);
        }
    }
}
