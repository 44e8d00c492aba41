//! Problems with the ids of signals and cases in files that went through a spreadsheet.

/// What people and programs write if a signal belongs to no case, in addition to the words in
/// [`Empties`](super::empties::Empties).
const NO_CASE: [&str; 8] = [
    "no",
    "no case",
    "no case id",
    "no case number",
    "no case opened",
    "not a case",
    "not applicable",
    "nocase",
];

/// Whether an id is a number that a spreadsheet has rounded, as in `1.23457E+15`: ids that were different are now the
/// same.
#[inline]
pub(super) fn has_lost_digits(id: &[u8]) -> bool {
    let end: Option<&[u8; 4]> = id.last_chunk();
    end.is_some_and(|end| end.contains(&b'+')) && ends_in_exponent(id)
}

#[cold]
fn ends_in_exponent(id: &[u8]) -> bool {
    let digits = (1..=3).find(|digits| id[id.len() - digits - 1] == b'+');
    digits.is_some_and(|digits| is_scientific(id, digits))
}

/// Whether an id that ends in `+` and digits is a number in scientific notation.
fn is_scientific(id: &[u8], digits: usize) -> bool {
    let (number, exponent) = id.split_at(id.len() - digits - 1);
    let [number @ .., b'E' | b'e'] = number else {
        return false;
    };
    let are_digits = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    let mut parts = number.splitn(2, |byte| b".,".contains(byte));
    are_digits(&exponent[1..])
        && parts.next().is_some_and(are_digits)
        && parts.next().is_none_or(are_digits)
}

/// Whether a cell in the column of case ids says that there is no case: `0`, "no case".
#[inline]
pub(super) fn names_no_case(id: &[u8]) -> bool {
    match id.first() {
        None => true,
        Some(b'0') => is_zero(id),
        Some(b'n' | b'N') => is_word_for_no_case(id),
        Some(_) => false,
    }
}

fn is_zero(id: &[u8]) -> bool {
    let mut parts = id.splitn(2, |byte| *byte == b'.');
    parts.all(|part| part.iter().all(|byte| *byte == b'0'))
}

#[cold]
fn is_word_for_no_case(id: &[u8]) -> bool {
    NO_CASE
        .iter()
        .any(|word| word.as_bytes().eq_ignore_ascii_case(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_scientific_notation_have_lost_digits_and_other_ids_have_not() {
        for id in ["1.23457E+15", "5.00301E+17", "5E+17", "1,2e+5", "9.1E+105"] {
            assert!(has_lost_digits(id.as_bytes()), "{id}");
        }
        for id in [
            "", "1", "+1", "E+15", "1E15", "1.E+15", "A1E+15", "1.2.3E+4", "S-1+22", "1E+",
            "1E+1234",
        ] {
            assert!(!has_lost_digits(id.as_bytes()), "{id}");
        }
    }

    #[test]
    fn zero_and_words_for_none_are_not_cases() {
        for id in ["", "0", "0.0", "0000", "0.", "no case", "NO CASE", "No"] {
            assert!(names_no_case(id.as_bytes()), "{id}");
        }
        for id in ["1", "00012", "0A", "0.5", "NM-1", "nobody", "N"] {
            assert!(!names_no_case(id.as_bytes()), "{id}");
        }
    }
}
