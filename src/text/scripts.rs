//! The direction of letters: a sheet's lines run from left to right.

use std::ops::RangeInclusive;

/// Blocks with letters that run from right to left (Unicode, DerivedBidiClass: classes R and AL, and the control that
/// reverses letters).
const RIGHT_TO_LEFT: [RangeInclusive<char>; 6] = [
    '\u{590}'..='\u{8ff}',
    '\u{202e}'..='\u{202e}',
    '\u{fb1d}'..='\u{fdff}',
    '\u{fe70}'..='\u{fefc}',
    '\u{10800}'..='\u{10fff}',
    '\u{1e800}'..='\u{1efff}',
];

/// Blocks with lines that run from top to bottom (UTR #50): Mongolian and Phags-pa.
const TOP_TO_BOTTOM: [RangeInclusive<char>; 3] = [
    '\u{1800}'..='\u{18af}',
    '\u{a840}'..='\u{a87f}',
    '\u{11660}'..='\u{1167f}',
];

/// How a letter's direction differs from that of a sheet's lines, in words.
pub(super) fn runs_otherwise(letter: char) -> Option<&'static str> {
    let is_in =
        |blocks: &[RangeInclusive<char>]| blocks.iter().any(|block| block.contains(&letter));
    match letter {
        ..'\u{590}' => None,
        _ if is_in(&RIGHT_TO_LEFT) => Some("from right to left"),
        _ if is_in(&TOP_TO_BOTTOM) => Some("from top to bottom"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_other_directions_are_recognized() {
        for letter in
            "\u{5d0}\u{628}\u{710}\u{780}\u{fb2a}\u{fefb}\u{202e}\u{10900}\u{1e900}".chars()
        {
            assert_eq!(
                runs_otherwise(letter),
                Some("from right to left"),
                "{letter:?}"
            );
        }
        for letter in ['\u{1820}', '\u{a840}'] {
            assert_eq!(runs_otherwise(letter), Some("from top to bottom"));
        }
        for letter in "aé–Ж\u{301}\u{200b}\u{ac00}\u{4e2d}\u{e9a}\u{feff}\u{1f600}".chars() {
            assert_eq!(runs_otherwise(letter), None, "{letter:?}");
        }
    }
}
