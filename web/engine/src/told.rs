//! What the page receives: answers, failures and notices as JSON.

use hotline_profile::failure::{Failure, Kind, Outcome};
use hotline_profile::make::Notice;
use serde_json::{Value, json};

/// An answer or a failure, as JSON text.
pub fn told(outcome: Outcome<Value>) -> Result<String, String> {
    or_failure(outcome.map(|value| value.to_string()))
}

/// Anything, or a failure, as JSON text.
pub fn or_failure<T>(outcome: Outcome<T>) -> Result<T, String> {
    outcome.map_err(|failure| of_failure(&failure).to_string())
}

fn of_failure(failure: &Failure) -> Value {
    let position = failure.position.as_ref();
    json!({
        "message": failure.message,
        "remedy": failure.remedy,
        "file": position.map(|position| &position.file),
        "line": position.and_then(|position| position.line),
        "column": position.and_then(|position| position.column),
        "choice": failure.choice.map(|choice| format!("{choice:?}").to_lowercase()),
        "is_bug": failure.kind == Kind::Bug,
    })
}

/// A notice.
pub fn notice(notice: &Notice) -> Value {
    let position = notice.position.as_ref();
    json!({
        "kind": format!("{:?}", notice.kind),
        "is_warning": notice.kind.is_warning(),
        "message": notice.message,
        "file": position.map(|position| position.file.clone()),
        "examples": notice.examples,
    })
}

/// The text of a TOML file as JSON; days and times as texts.
pub fn toml(file: &str, text: &str) -> Outcome<Value> {
    let table: toml::Table = hotline_profile::toml_file::load(file, text)?;
    Ok(plain(toml::Value::Table(table)))
}

fn plain(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Datetime(time) => time.to_string().into(),
        toml::Value::Array(all) => all.into_iter().map(plain).collect(),
        toml::Value::Table(table) => {
            let entries = table.into_iter().map(|(key, value)| (key, plain(value)));
            Value::Object(entries.collect())
        }
    }
}
