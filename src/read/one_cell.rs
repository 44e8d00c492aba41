//! A place in a single cell: "Albuquerque, NM 87102".

use super::state_names::state_named;
use crate::jurisdiction::Jurisdiction;

/// The parts of such a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OneCell<'c> {
    /// The city, or whatever else comes before the state; may be empty.
    pub name: &'c str,
    pub state: Option<Jurisdiction>,
    /// Empty if there is none.
    pub zip: &'c str,
}

/// Final words that say nothing.
const COUNTRIES: [&str; 6] = [
    "united states of america",
    "united states",
    "u.s.a.",
    "usa",
    "u.s.",
    "us",
];

/// Splits a cell; `None` if it doesn't name a state or a ZIP code besides something else.
pub(super) fn parts(cell: &str) -> Option<OneCell<'_>> {
    let text = without_country(bare(cell));
    let (text, zip) = without_zip(text);
    // Without a comma or a ZIP code, "Port Washington" would be a place Port in Washington.
    let (name, state) = without_state(text, !zip.is_empty());
    let name = bare(name.rsplit([',', '\n']).next().unwrap_or_default());
    let says_more = state.is_some() || !zip.is_empty();
    (says_more && !(name.is_empty() && (state.is_none() || zip.is_empty()))).then_some(OneCell {
        name,
        state,
        zip,
    })
}

fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == ',')
}

fn without_country(text: &str) -> &str {
    let country = COUNTRIES.iter().find_map(|country| {
        let start = text.len().checked_sub(country.len())?;
        let is_country = text
            .get(start..)
            .is_some_and(|end| end.eq_ignore_ascii_case(country));
        let before = text.get(..start)?;
        (is_country && before.ends_with([',', ' '])).then_some(before)
    });
    bare(country.unwrap_or(text))
}

/// The text before a ZIP code of five or nine digits, and the code.
fn without_zip(text: &str) -> (&str, &str) {
    let start = text
        .rfind(|c: char| c.is_whitespace() || c == ',')
        .map_or(0, |at| {
            at + text[at..].chars().next().map_or(1, char::len_utf8)
        });
    let zip = &text[start..];
    let digits = |text: &str, count: usize| {
        text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_zip = digits(zip, 5)
        || zip
            .split_once('-')
            .is_some_and(|(five, four)| digits(five, 5) && digits(four, 4));
    match is_zip {
        true => (bare(&text[..start]), zip),
        false => (text, ""),
    }
}

/// The text before the name or code of a state, and the state.
fn without_state(text: &str, has_zip: bool) -> (&str, Option<Jurisdiction>) {
    if let Some((before, last)) = text.rsplit_once(',')
        && let Some(state) = state_named(last)
    {
        return (bare(before), Some(state));
    }
    if has_zip && let Some(state) = state_named(text) {
        return ("", Some(state));
    }
    // "New Mexico" is tried before "Mexico", and "West Virginia" before "Virginia".
    let starts = text.char_indices().filter(|(_, c)| c.is_whitespace());
    let starts: Vec<usize> = starts.map(|(at, _)| at).collect();
    for &start in starts.iter().rev().take(3).rev() {
        let last = bare(&text[start..]);
        let is_code = last.len() == 2 && last.bytes().all(|byte| byte.is_ascii_uppercase());
        if (has_zip || is_code)
            && !last.starts_with(|c: char| c.is_ascii_digit())
            && let Some(state) = state_named(last)
        {
            return (bare(&text[..start]), Some(state));
        }
    }
    (text, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_split_if_they_name_a_state_or_a_zip_code() {
        for (cell, expected) in [
            ("Albuquerque, NM 87102", "Albuquerque|NM|87102"),
            ("Albuquerque NM 87102-1234", "Albuquerque|NM|87102-1234"),
            ("Albuquerque, New Mexico 87102, USA", "Albuquerque|NM|87102"),
            ("Taos, NM", "Taos|NM|"),
            ("Taos NM", "Taos|NM|"),
            ("Portland, Maine", "Portland|ME|"),
            ("123 Main St, Santa Fe, NM, 87501", "Santa Fe|NM|87501"),
            ("Charleston West Virginia 25301", "Charleston|WV|25301"),
            ("New York NY", "New York|NY|"),
            ("New York, NY 10001", "New York|NY|10001"),
            ("Washington, DC 20001", "Washington|DC|20001"),
            ("Washington, D.C.", "Washington|DC|"),
            ("NM 87102", "|NM|87102"),
            ("Albuquerque 87102", "Albuquerque||87102"),
        ] {
            let found = parts(cell).map(|it| {
                let state = it.state.map_or("", Jurisdiction::code);
                format!("{}|{state}|{}", it.name, it.zip)
            });
            assert_eq!(found.as_deref(), Some(expected), "{cell}");
        }
        for cell in [
            "",
            ",",
            "Taos",
            "Port Washington",
            "Texas City",
            "Kansas City",
            "87102",
            "NM",
            "USA",
            "Fort Collins or",
            "Nevada",
            "North Las Vegas",
            "é, ß",
        ] {
            assert_eq!(parts(cell), None, "{cell}");
        }
    }
}
