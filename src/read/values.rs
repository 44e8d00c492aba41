//! The values in a cell with several.

use super::trim::trim_str;

/// Separators that no value's name contains. Values are recognized whatever their punctuation, so two of them with
/// such a separator between them could pass for a third.
const NEVER_WITHIN: [&str; 2] = [";", "|"];
/// Separators that a known value may contain.
const LONGEST: usize = 4;

/// The values in a cell, without spaces around them. If a known value contains a separator, as "Online Ad, Venue
/// Unknown" contains a comma, it stays whole: among values that begin at the same place, the longest known one is
/// used.
pub(super) fn values<'c>(
    cell: &'c str,
    separators: &[String],
    is_known: impl Fn(&str) -> bool,
) -> Vec<&'c str> {
    let parts = parts(cell, separators);
    let mut values = Vec::new();
    let mut first = 0;
    while let Some(part) = parts.get(first) {
        let mut value = trim_str(&cell[part.start..part.end]);
        let mut taken = 1;
        if !value.is_empty() {
            let within = parts[first + 1..].iter().take_while(|part| part.is_within);
            for (more, last) in within.take(LONGEST).enumerate() {
                let longer = trim_str(&cell[part.start..last.end]);
                // Blanks at the end say nothing.
                let ends_blank = trim_str(&cell[last.start..last.end]).is_empty();
                if !ends_blank && is_known(longer) {
                    (value, taken) = (longer, more + 2);
                }
            }
        }
        values.push(value);
        first += taken;
    }
    values
}

/// A text between separators.
struct Part {
    start: usize,
    end: usize,
    /// Whether the separator before it may be within a value.
    is_within: bool,
}

/// The texts between separators; if several separators match at a place, the longest is used.
fn parts(cell: &str, separators: &[String]) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut start, mut at, mut is_within) = (0, 0, false);
    while at < cell.len() {
        let rest = &cell[at..];
        let fitting = separators
            .iter()
            .filter(|separator| !separator.is_empty() && rest.starts_with(separator.as_str()))
            .max_by_key(|separator| separator.len());
        match fitting {
            Some(separator) => {
                parts.push(Part {
                    start,
                    end: at,
                    is_within,
                });
                at += separator.len();
                start = at;
                is_within = !NEVER_WITHIN.contains(&separator.trim());
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    parts.push(Part {
        start,
        end: cell.len(),
        is_within,
    });
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cell: &str, separators: &[&str]) -> Vec<String> {
        let separators: Vec<String> = separators.iter().map(|text| (*text).to_owned()).collect();
        let known = [
            "Online Ad, Venue Unknown",
            "Bar, Strip Club, Cantina",
            "Street",
            "Bar",
        ];
        let values = values(cell, &separators, |value| known.contains(&value));
        values.into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn a_known_value_with_a_separator_is_not_split() {
        for (cell, expected) in [
            (
                "Street, Online Ad, Venue Unknown",
                "Street|Online Ad, Venue Unknown",
            ),
            (
                "Online Ad, Venue Unknown, Street",
                "Online Ad, Venue Unknown|Street",
            ),
            ("Bar, Strip Club, Cantina", "Bar, Strip Club, Cantina"),
            ("Bar, Street", "Bar|Street"),
            ("Online Ad, x", "Online Ad|x"),
            (" Street ,, ", "Street||"),
            ("", ""),
        ] {
            assert_eq!(of(cell, &[","]).join("|"), expected, "{cell}");
        }
    }

    #[test]
    fn the_longest_separator_that_fits_is_taken() {
        assert_eq!(
            of("a; b;c and d", &[";", "; ", " and "]),
            ["a", "b", "c", "d"]
        );
        assert_eq!(of("é\u{1f}ß", &["\u{1f}"]), ["é", "ß"]);
    }

    #[test]
    fn two_values_with_a_semicolon_between_them_are_never_one() {
        let separators = [";".to_owned()];
        let known = |value: &str| value.replace(';', "") == "Online Ad Venue Unknown";
        assert_eq!(
            values("Online Ad; Venue Unknown", &separators, known).len(),
            2
        );
        assert_eq!(
            values("Online Ad Venue Unknown;;", &separators, known).len(),
            3
        );
    }
}
