//! Reads a TOML file that a person edits, and says where and how to mend what is wrong in it.

use serde::de::DeserializeOwned;

use crate::failure::{Failure, Outcome, Position, nearest};

/// Reads TOML text into `T`, which should have `#[serde(deny_unknown_fields)]` so that a misspelt key
/// is an error (SPEC section 4).
///
/// # Errors
/// Syntax errors, unknown keys (with the nearest right one), missing keys and values of a wrong type,
/// each with file, line and column.
pub fn load<T: DeserializeOwned>(file_name: &str, text: &str) -> Outcome<T> {
    // Windows editors put a byte order mark in front.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    toml::from_str(text).map_err(|error| {
        let failure = explain(error.message());
        match error.span() {
            Some(span) => failure.at(Position::in_text(file_name, text, span.start)),
            None => failure.at(Position::file(file_name)),
        }
    })
}

/// Puts serde's message into words that help the person who edits the file.
fn explain(message: &str) -> Failure {
    // The words between backticks: the offending one first, then those that would be right.
    let mut quoted = message.split('`').skip(1).step_by(2);
    if message.starts_with("unknown field")
        && let Some(wrong) = quoted.next()
    {
        return misspelt("key", wrong, quoted.collect());
    }
    if message.starts_with("unknown variant")
        && let Some(wrong) = quoted.next()
    {
        return misspelt("value", wrong, quoted.collect());
    }
    if message.starts_with("missing field")
        && let Some(key) = quoted.next()
    {
        return Failure::data(format!("the key `{key}` is missing"))
            .remedy(format!("add a line `{key} = …` here"));
    }
    Failure::data(message.trim_end().replace('\n', "; "))
}

fn misspelt(what: &str, wrong: &str, right: Vec<&str>) -> Failure {
    let failure = Failure::data(format!("unknown {what} `{wrong}`"));
    match nearest(wrong, right.iter().copied()) {
        Some(near) => failure.remedy(format!("did you mean `{near}`?")),
        None if right.is_empty() => failure.remedy("remove it: none is expected here"),
        None => failure.remedy(format!("one of these is expected: {}", right.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Profile {
        laws: Vec<Law>,
        #[serde(default)]
        agencies: u32,
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Law {
        title: String,
    }

    fn message(text: &str) -> String {
        load::<Profile>("nm.toml", text).unwrap_err().to_string()
    }

    #[test]
    fn a_sound_file_is_read_even_behind_a_byte_order_mark() {
        let profile: Profile =
            load("nm.toml", "\u{feff}agencies = 3\n[[laws]]\ntitle = 'x'\n").unwrap();
        assert_eq!(profile.agencies, 3);
        assert_eq!(profile.laws[0].title, "x");
    }

    #[test]
    fn a_misspelt_key_is_placed_and_the_right_one_named() {
        assert_eq!(
            message("agencies = 3\n[[lawz]]\ntitle = 'x'\n"),
            "nm.toml:2:3: unknown key `lawz`\n  help: did you mean `laws`?"
        );
        assert_eq!(
            message("[[laws]]\ntitle = 'x'\n  zzz = 1\n"),
            "nm.toml:3:3: unknown key `zzz`\n  help: one of these is expected: title"
        );
    }

    #[test]
    fn a_missing_key_is_named() {
        assert_eq!(
            message("# a law\n[[laws]]\n"),
            "nm.toml:2:1: the key `title` is missing\n  help: add a line `title = …` here"
        );
    }

    #[test]
    fn a_wrong_type_and_a_syntax_error_are_placed() {
        let wrong_type = message("laws = []\nagencies = 'nine'\n");
        assert!(wrong_type.starts_with("nm.toml:2:12: "), "{wrong_type}");
        let syntax = message("laws = [\n");
        assert!(syntax.starts_with("nm.toml:"), "{syntax}");
    }
}
