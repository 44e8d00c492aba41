//! The numbers in a value: one, as in "17" or "17 years old", or a range, as in "12-17" or "18 and over".

use std::ops::RangeInclusive;

/// Words that don't affect which numbers are meant.
const SILENT: [&str; 15] = [
    "age", "ages", "aged", "year", "years", "yr", "yrs", "old", "of", "is", "the", "y", "o", "yo",
    "yrsold",
];

/// The whole number in a value: `17`, `017`, `17.0` as spreadsheets write it, and the full years in `17.5`; no sign,
/// and at most three digits before the decimal point.
pub(super) fn number(value: &str) -> Option<usize> {
    let value = value.trim();
    let (digits, fraction) = value.split_once('.').unwrap_or((value, "0"));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = !fraction.is_empty() && are_digits(fraction);
    if !(is_number && (1..=3).contains(&digits.len()) && are_digits(digits)) {
        return None;
    }
    digits.parse().ok()
}

/// The numbers in a value, none of them above `highest`; `None` if it says anything else.
pub(super) fn span(value: &str, highest: usize) -> Option<RangeInclusive<usize>> {
    let (shape, numbers) = shape(value)?;
    let up = |from: usize| from..=highest;
    let span = match (shape.as_str(), numbers.as_slice()) {
        ("#", &[only]) => only..=only,
        ("# months" | "# month" | "# mos" | "# mo", &[months]) => months / 12..=months / 12,
        (
            "# +" | "# plus" | "# and over" | "# or over" | "# and older" | "# or older"
            | "# and up" | "# and above" | "# or above" | "# or more" | "# and more" | "≥ #"
            | "> = #" | "at least #" | "from #",
            &[from],
        ) => up(from),
        (
            "over #" | "above #" | "> #" | "older than #" | "more than #" | "greater than #",
            &[n],
        ) => up(n + 1),
        (
            "# and under" | "# or under" | "# and younger" | "# or younger" | "# and below"
            | "# or below" | "# or less" | "# and less" | "< = #" | "≤ #" | "at most #" | "up to #",
            &[to],
        ) => 0..=to,
        ("under #" | "below #" | "< #" | "younger than #" | "less than #", &[n]) => {
            0..=n.checked_sub(1)?
        }
        (
            "# - #" | "# to #" | "# through #" | "# thru #" | "from # to #" | "between # and #",
            &[from, to],
        ) => from..=to,
        _ => return None,
    };
    (span.start() <= span.end() && *span.end() <= highest).then_some(span)
}

/// A value's words and signs with a space between them, each number as `#`, and the numbers.
fn shape(value: &str) -> Option<(String, Vec<usize>)> {
    let mut tokens: Vec<String> = Vec::new();
    let mut numbers = Vec::new();
    let mut rest = value.trim();
    let mut is_behind_letter = false;
    while let Some(first) = rest.chars().next() {
        let alike = |c: char| match first {
            _ if first.is_ascii_digit() => c.is_ascii_digit(),
            _ => first.is_alphabetic() && c.is_alphabetic(),
        };
        let length = rest.find(|c| !alike(c)).unwrap_or(rest.len());
        let (token, behind) = rest.split_at(length.max(first.len_utf8()));
        rest = behind;
        let was_behind_letter = std::mem::replace(&mut is_behind_letter, first.is_alphabetic());
        match first {
            _ if first.is_whitespace() => {}
            '0'..='9' => {
                numbers.push(number(token)?);
                tokens.push("#".to_owned());
            }
            '\u{2010}'..='\u{2014}' | '\u{2212}' => tokens.push("-".to_owned()),
            '&' => tokens.push("and".to_owned()),
            // As in "y/o" and "yrs.", but not between numbers, where it could mean anything.
            '/' | '.' if was_behind_letter => {}
            '(' | ')' | ':' => {}
            _ => {
                let word = token.to_lowercase();
                // "12-year-old", but "12-17 years".
                if word == "-" && rest.starts_with(|c: char| c.is_alphabetic()) {
                    continue;
                }
                if !SILENT.contains(&word.as_str()) {
                    tokens.push(word);
                }
            }
        }
    }
    (!numbers.is_empty()).then(|| (tokens.join(" "), numbers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_people_write_them() {
        for (text, from, to) in [
            ("18 and over", 18, 120),
            ("18 or older", 18, 120),
            ("18 years and older", 18, 120),
            ("18+", 18, 120),
            ("18 +", 18, 120),
            ("18 yrs. & up", 18, 120),
            (">=18", 18, 120),
            ("≥ 18", 18, 120),
            ("> 17", 18, 120),
            ("Over 17", 18, 120),
            ("at least 18", 18, 120),
            ("12-17", 12, 17),
            ("12 – 17 years", 12, 17),
            ("Ages 12 to 17", 12, 17),
            ("25 to 34", 25, 34),
            ("between 12 and 17", 12, 17),
            ("0-17", 0, 17),
            ("<18", 0, 17),
            ("< 18 yrs", 0, 17),
            ("<=17", 0, 17),
            ("Under 18 years old", 0, 17),
            ("17 and under", 0, 17),
            ("younger than 18", 0, 17),
            ("15 years", 15, 15),
            ("15 y/o", 15, 15),
            ("15yo", 15, 15),
            ("15-year-old", 15, 15),
            ("Age: 15", 15, 15),
            ("6 months", 0, 0),
            ("18 mos.", 1, 1),
        ] {
            assert_eq!(span(text, 120), Some(from..=to), "{text}");
        }
        for text in [
            "",
            "Adult",
            "-5",
            "17.5",
            "17.",
            ".0",
            "121",
            "17-12",
            "1990-2016",
            "12/17",
            "12, 17",
            "<0",
            "17-Dec",
            "12-17-19",
            "18?",
            "not 18",
            "120 and over 130",
            "١٨",
        ] {
            assert_eq!(span(text, 120), None, "{text}");
        }
    }
}
