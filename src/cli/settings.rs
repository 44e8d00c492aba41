//! The settings file: TOML with the names of options as keys. Each is translated to words on the command line, so
//! that an option is defined, checked and documented once.

use std::fs;
use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::failure::{Failure, Kind, Outcome, Position};
use crate::toml_file;

/// The table whose keys are the names of limits.
const LIMITS: &str = "limits";
/// What a settings file can't set: the settings file itself, and what to print about the program.
const NOT_SETTINGS: [&str; 3] = ["settings", "help", "version"];

/// What a settings file adds to the command line.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub(super) words: Vec<String>,
    /// The positions of options about the period that were added.
    period: Option<Position>,
}

/// One key and its value.
struct Entry<'t> {
    key: String,
    key_at: usize,
    value: &'t Spanned<DeValue<'t>>,
}

/// A settings file that is read.
struct File<'t> {
    name: &'t str,
    text: &'t str,
    /// The command that uses the options.
    options: &'t Command,
}

impl Settings {
    /// Reads a settings file for a command, which may have fewer options than the file. The command line overrides
    /// the file.
    ///
    /// # Errors
    /// A file that can't be read; unknown keys, and wrong values; keys that exclude each other.
    pub(super) fn read(
        path: &Path,
        command: &Command,
        options: &Command,
        given: &ArgMatches,
    ) -> Outcome<Settings> {
        let text = fs::read_to_string(path)
            .map_err(|error| Failure::io("read the settings", path, &error))?;
        let name = path.display().to_string();
        let text = toml_file::without_mark(&text);
        let table = toml_file::table(&name, text)?;
        let file = File {
            name: &name,
            text,
            options,
        };
        let is_given = |arg: &Arg| {
            given
                .try_contains_id(arg.get_id().as_str())
                .is_ok_and(|there| there)
                && given.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine)
        };
        let mut settings = Settings::default();
        let mut added: Vec<&Arg> = Vec::new();
        for entry in file.entries(table.get_ref())? {
            let arg = file.option(&entry)?;
            let words = file.words(&entry, arg)?;
            let known = command.get_arguments().find(|known| is_same(known, arg));
            let Some(known) = known else { continue };
            let excludes = |other: &&&Arg| excludes(command, known, other);
            if is_given(known)
                || command
                    .get_arguments()
                    .any(|other| is_given(other) && excludes(&&other))
            {
                continue;
            }
            if words.is_empty() {
                continue;
            }
            if added.contains(&known) {
                return Err(Failure::data(format!("`{}` is set twice", entry.key))
                    .at(file.position(entry.key_at))
                    .remedy("remove one of the two"));
            }
            if let Some(other) = added.iter().find(excludes) {
                return Err(Failure::data(format!(
                    "`{}` can't be combined with `{}`",
                    entry.key,
                    other.get_long().unwrap_or_default()
                ))
                .at(file.position(entry.key_at))
                .remedy("remove one of them"));
            }
            if ["from", "to"].contains(&entry.key.as_str()) && settings.period.is_none() {
                settings.period = Some(file.position(entry.value.span().start));
            }
            settings.words.extend(words);
            added.push(known);
        }
        Ok(settings)
    }

    /// A failure of options together, with the place in the file if the file is part of it.
    pub(super) fn blame(&self, failure: Failure) -> Failure {
        match &self.period {
            Some(position) => Failure {
                kind: Kind::Data,
                ..failure.at(position.clone())
            },
            None => failure,
        }
    }
}

impl<'t> File<'t> {
    fn position(&self, offset: usize) -> Position {
        Position::in_text(self.name, self.text, offset)
    }

    /// Keys and values, including those of the table of limits, in the order of the file.
    fn entries(&self, table: &'t DeTable<'t>) -> Outcome<Vec<Entry<'t>>> {
        let mut entries = Vec::new();
        for (key, value) in table {
            match value.get_ref() {
                DeValue::Table(limits) if key.get_ref() == LIMITS => {
                    entries.extend(limits.iter().map(|(key, value)| entry(key, value)));
                }
                _ => entries.push(entry(key, value)),
            }
        }
        entries.sort_by_key(|entry| entry.key_at);
        Ok(entries)
    }

    /// The option of a key.
    fn option(&self, entry: &Entry<'_>) -> Outcome<&'t Arg> {
        let is_setting = |arg: &&Arg| {
            arg.get_long()
                .is_some_and(|long| !NOT_SETTINGS.contains(&long))
        };
        let options = self.options.get_arguments().filter(is_setting);
        let mut names = Vec::new();
        for arg in options {
            if arg.get_long() == Some(&entry.key) {
                return Ok(arg);
            }
            names.extend(arg.get_long());
        }
        Err(toml_file::misspelt("key", &entry.key, names).at(self.position(entry.key_at)))
    }

    /// The option as words on the command line, checked as there; nothing for a flag that is off.
    fn words(&self, entry: &Entry<'_>, arg: &Arg) -> Outcome<Vec<String>> {
        let value = entry.value;
        let wrong_type = |at: usize, expected: &str| {
            let line = self.text[at..].lines().next().unwrap_or("").trim();
            Failure::data(format!(
                "`{}` needs {expected}, not this: {line}",
                entry.key
            ))
            .at(self.position(at))
            .remedy(format!("write {expected}"))
        };
        let name = format!("--{}", entry.key);
        if matches!(arg.get_action(), ArgAction::SetTrue) {
            return match value.get_ref() {
                DeValue::Boolean(true) => Ok(vec![name]),
                DeValue::Boolean(false) => Ok(Vec::new()),
                _ => Err(wrong_type(value.span().start, "true or false")),
            };
        }
        let takes_several = matches!(arg.get_action(), ArgAction::Append);
        let expected = match (arg.get_value_hint(), takes_several) {
            (ValueHint::AnyPath, false) => "the name of a file between quotation marks",
            (ValueHint::AnyPath, true) => {
                "the name of a file between quotation marks, or a list of them between [ and ]"
            }
            (_, false) => "a text between quotation marks or a number",
            (_, true) => "a text between quotation marks, or a list of them between [ and ]",
        };
        let items = match value.get_ref() {
            DeValue::Array(items) if takes_several => items.iter().collect(),
            _ => vec![value],
        };
        items
            .into_iter()
            .map(|item| {
                let at = item.span().start;
                let text = match item.get_ref() {
                    DeValue::String(text) => text.to_string(),
                    DeValue::Integer(number) if arg.get_value_hint() != ValueHint::AnyPath => {
                        i128::from_str_radix(number.as_str(), number.radix()).map_or_else(
                            |_| number.as_str().to_owned(),
                            |number| number.to_string(),
                        )
                    }
                    _ => return Err(wrong_type(at, expected)),
                };
                self.check(entry, arg, &text)
                    .map_err(|failure| failure.at(self.position(at)))?;
                Ok(format!("{name}={text}"))
            })
            .collect()
    }

    /// Checks a value as on the command line.
    fn check(&self, entry: &Entry<'_>, arg: &Arg, text: &str) -> Outcome<()> {
        let alone = Command::new("settings")
            .no_binary_name(true)
            .disable_help_flag(true)
            .arg(alone(arg));
        let Err(error) = alone.try_get_matches_from([text]) else {
            return Ok(());
        };
        if error.kind() == ErrorKind::InvalidValue
            && let Some(ContextValue::Strings(right)) = error.get(ContextKind::ValidValue)
        {
            let right = right.iter().map(String::as_str).collect();
            return Err(toml_file::misspelt("value", text, right));
        }
        let quoted = format!("`{}` “{text}”", entry.key);
        let source = std::error::Error::source(&error);
        Err(
            match source.and_then(|source| source.downcast_ref::<Failure>()) {
                Some(failure) => Failure {
                    kind: Kind::Data,
                    message: format!("{quoted}: {}", failure.message),
                    ..failure.clone()
                },
                None => Failure::data(match source {
                    Some(source) => format!("{quoted}: {source}"),
                    None => format!("{quoted} isn't allowed"),
                })
                .remedy("`hotline-profile build --help` says what is allowed"),
            },
        )
    }
}

fn entry<'t>(key: &Spanned<toml::de::DeString<'t>>, value: &'t Spanned<DeValue<'t>>) -> Entry<'t> {
    Entry {
        // People write `min_cell` as often as `min-cell`.
        key: key.get_ref().replace('_', "-"),
        key_at: key.span().start,
        value,
    }
}

/// The option without its name and without its relations to others.
fn alone(arg: &Arg) -> Arg {
    let alone = Arg::new(arg.get_id().clone())
        .value_parser(arg.get_value_parser().clone())
        .allow_hyphen_values(true);
    match arg.get_value_delimiter() {
        Some(delimiter) => alone.value_delimiter(delimiter),
        None => alone,
    }
}

fn is_same(one: &Arg, other: &Arg) -> bool {
    one.get_long().is_some() && one.get_long() == other.get_long()
}

/// Whether two options exclude each other.
fn excludes(command: &Command, one: &Arg, other: &Arg) -> bool {
    let excluded_by = |arg: &Arg, other: &Arg| {
        let conflicts = command.get_arg_conflicts_with(arg);
        conflicts.iter().any(|arg| arg.get_id() == other.get_id())
    };
    excluded_by(one, other) || excluded_by(other, one)
}
