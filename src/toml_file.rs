//! Reads a TOML file that people edit, and says where an error is and how to fix it.

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::failure::{Failure, Outcome, Position, nearest};
use crate::text::Printed;

/// Reads TOML text into `T`, which should have `#[serde(deny_unknown_fields)]`, so that a misspelled key is an error.
///
/// # Errors
/// Syntax errors, unknown keys (with the most similar known one), missing keys and values of the wrong type, each
/// with file, line and column.
pub fn load<T: DeserializeOwned>(file_name: &str, text: &str) -> Outcome<T> {
    let text = without_mark(text);
    toml::from_str(text).map_err(|error| placed(file_name, text, &error))
}

/// Reads TOML text as a table with the positions of its keys and values. The text must be [`without_mark`].
///
/// # Errors
/// Syntax errors, with file, line and column.
pub fn table<'t>(file_name: &str, text: &'t str) -> Outcome<Spanned<DeTable<'t>>> {
    DeTable::parse(text).map_err(|error| placed(file_name, text, &error))
}

/// The texts in a file that a sheet prints; `is_printed` says for which sections.
///
/// # Errors
/// Syntax errors, with file, line and column.
pub fn printed(file_name: &str, text: &str, is_printed: impl Fn(&str) -> bool) -> Outcome<Printed> {
    let text = without_mark(text);
    let mut printed = Printed::default();
    for (key, value) in table(file_name, text)?.into_inner() {
        if is_printed(key.get_ref()) {
            add_texts(&mut printed, &value, &|offset| {
                Position::in_text(file_name, text, offset)
            });
        }
    }
    Ok(printed)
}

fn add_texts(
    printed: &mut Printed,
    value: &Spanned<DeValue<'_>>,
    place: &impl Fn(usize) -> Position,
) {
    match value.get_ref() {
        DeValue::String(text) => printed.add(text, || place(value.span().start)),
        DeValue::Array(values) => {
            for value in values {
                add_texts(printed, value, place);
            }
        }
        DeValue::Table(table) => {
            for value in table.values() {
                add_texts(printed, value, place);
            }
        }
        _ => {}
    }
}

/// The text without the byte order mark that Windows editors put in front.
pub fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// An error in a text, explained and with its position.
fn placed(file_name: &str, text: &str, error: &toml::de::Error) -> Failure {
    let written = error
        .span()
        .map_or("", |span| line_around(text, span.start));
    let failure = explain(error.message(), written);
    match error.span() {
        Some(span) => failure.at(Position::in_text(file_name, text, span.start)),
        None => failure.at(Position::file(file_name)),
    }
}

/// The line of a text at an offset.
fn line_around(text: &str, offset: usize) -> &str {
    let offset = (0..=offset.min(text.len()))
        .rev()
        .find(|&offset| text.is_char_boundary(offset))
        .unwrap_or(0);
    let start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..].lines().next().unwrap_or("").trim()
}

/// Turns serde's message about a line into words that help the person who edits the file.
fn explain(message: &str, line: &str) -> Failure {
    // The words between backticks: the wrong one first, then the valid ones.
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
    if let Some(found_and_expected) = message
        .strip_prefix("invalid type: ")
        .or_else(|| message.strip_prefix("invalid value: "))
        && let Some((found, expected)) = found_and_expected.split_once(", expected ")
    {
        let expected = in_plain_words(expected.trim_end());
        // The number of brackets is the most common mistake; serde sees a date as a table.
        let remedy = match (found, expected) {
            ("map", A_LIST) if line.starts_with('[') => format!(
                "write [{line}], with two brackets on each side: each entry of the list begins with that"
            ),
            ("sequence", A_TABLE) if line.starts_with("[[") => format!(
                "write {}, with one bracket on each side: there is only one",
                &line[1..line.len() - usize::from(line.ends_with("]]"))]
            ),
            ("map", A_TEXT) if has_date(line) => {
                return Failure::data(format!("{expected} belongs here, not a date: “{line}”"))
                    .remedy("put it between quotation marks, as in \"2026-01-31\"");
            }
            (_, A_TABLE) => {
                "write [name] on a line by itself, and its keys on the lines below it".to_owned()
            }
            _ => format!("write {expected} here"),
        };
        let found = what_is_there(found);
        return Failure::data(format!("{expected} belongs here, not {found}: “{line}”"))
            .remedy(remedy);
    }
    let message = message.trim_end().replace('\n', "; ");
    let failure = Failure::data(match line {
        "" => message.clone(),
        line => format!("{message}: “{line}”"),
    });
    let has_curly = line.contains(['“', '”', '„', '‘', '’', '«', '»']);
    failure.remedy(if has_curly && !line.contains('"') {
        "the line has curly quotation marks, as Word makes them: replace them with straight ones (\")"
    } else if message.starts_with("invalid date") || has_date(line) {
        "write a date as year, month and day, as in 2026-01-31"
    } else {
        "put text between quotation marks, as in key = \"text\"; numbers, true and false need none"
    })
}

/// Whether a line has a date without quotation marks, in any usual order of its parts.
fn has_date(line: &str) -> bool {
    let value = line.split_once('=').map_or("", |(_, value)| value.trim());
    let mut numbers = value.split(['/', '-', '.']);
    let is_number = |text: &str| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        (1..=4).contains(&digits)
    };
    value.starts_with(|c: char| c.is_ascii_digit())
        && numbers
            .by_ref()
            .take(3)
            .filter(|text| is_number(text))
            .count()
            == 3
}

const A_LIST: &str = "a list between [ and ]";
const A_TABLE: &str = "a table";
const A_TEXT: &str = "a text between quotation marks";

/// What serde expects, in words for the person who edits the file.
fn in_plain_words(expected: &str) -> &str {
    match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number (0 or more)",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        "f32" | "f64" => "a number",
        "a boolean" => "true or false",
        "a string" | "path string" => A_TEXT,
        "a sequence" => A_LIST,
        _ if expected.starts_with("struct ") || expected == "a map" => A_TABLE,
        other => other,
    }
}

/// What serde found, in words for the person who edits the file.
fn what_is_there(found: &str) -> String {
    let after = |kind: &str| Some(found.strip_prefix(kind)?.trim_matches('`'));
    if let Some(text) = after("string ") {
        return format!("the text {text}");
    }
    if let Some(number) = after("integer ").or_else(|| after("floating point ")) {
        return format!("the number {number}");
    }
    match found {
        "map" => "a table",
        "sequence" => "a list",
        _ => after("boolean ").unwrap_or(found),
    }
    .to_owned()
}

/// An unknown key or value, with the most similar known one, or all of them.
pub fn misspelt(what: &str, wrong: &str, right: Vec<&str>) -> Failure {
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
    fn a_valid_file_is_read_even_after_a_byte_order_mark() {
        let profile: Profile =
            load("nm.toml", "\u{feff}agencies = 3\n[[laws]]\ntitle = 'x'\n").unwrap();
        assert_eq!(profile.agencies, 3);
        assert_eq!(profile.laws[0].title, "x");
    }

    #[test]
    fn a_misspelled_key_is_reported_with_position_and_suggestion() {
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
    fn likely_causes_are_named() {
        for (text, told) in [
            (
                "[laws]\ntitle = 'x'\n",
                "nm.toml:1:1: a list between [ and ] belongs here, not a table: “[laws]”\n  \
                 help: write [[laws]], with two brackets on each side: each entry of the list begins with that",
            ),
            (
                "[[laws]]\ntitle = “x”\n",
                "help: the line has curly quotation marks, as Word makes them",
            ),
            (
                "[[laws]]\ntitle = 2026-01-31\n",
                "nm.toml:2:9: a text between quotation marks belongs here, not a date",
            ),
            (
                "[[laws]]\ntitle = 1/31/2026\n",
                "help: write a date as year, month and day, as in 2026-01-31",
            ),
        ] {
            let message = message(text);
            assert!(message.contains(told), "{told} in {message}");
        }
    }

    #[test]
    fn a_wrong_type_and_a_syntax_error_are_reported_with_their_position() {
        assert_eq!(
            message("laws = []\nagencies = 'nine'\n"),
            "nm.toml:2:12: a whole number (0 or more) belongs here, not the text \"nine\": “agencies = 'nine'”\n  \
             help: write a whole number (0 or more) here"
        );
        for (text, told) in [
            ("laws = []\nagencies = true\n", "belongs here, not true: "),
            (
                "laws = []\nagencies = 1.5\n",
                "belongs here, not the number 1.5: ",
            ),
            (
                "laws = 3\n",
                "a list between [ and ] belongs here, not the number 3: ",
            ),
        ] {
            let message = message(text);
            assert!(message.contains(told), "{told} in {message}");
        }
        let syntax = message("laws = [\n");
        assert!(syntax.starts_with("nm.toml:"), "{syntax}");
        assert!(syntax.contains("help: put text between"), "{syntax}");
    }
}
