//! A bar's name in lines that fit a width.

use super::style::TypeStyle;
use crate::text::{Faces, Fit, Line, Run, break_lines};

/// Distance between the baselines of two lines of a name, in type sizes.
pub(super) const LEADING: f32 = 1.2;

/// The text without line breaks, other control characters, and space at its ends.
pub(super) fn one_line(text: &str) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    text.replace(breaks, " ").trim().to_owned()
}

/// Lines no wider than `width` points, as many as needed. A line that ends between two words keeps its space, so that
/// the words stay apart when the lines are read one after the other.
pub(super) fn wrap(faces: &Faces, style: TypeStyle, text: &str, width: f32) -> Vec<String> {
    let run = Run {
        text: one_line(text),
        face: style.face,
    };
    let lines = break_lines(faces, &[run], style.size, width, Fit::First);
    lines.iter().map(Line::text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::ChartStyle;

    fn lines(text: &str, width: f32) -> Vec<String> {
        let faces = Faces::embedded().unwrap();
        wrap(&faces, ChartStyle::plain().name, text, width)
    }

    #[test]
    fn names_break_between_words_and_after_a_slash() {
        assert_eq!(
            lines("U.S. Citizen/Legal Permanent Resident", 90.0),
            ["U.S. Citizen/Legal ", "Permanent Resident"]
        );
        assert_eq!(
            lines("Restaurants/Food Service", 60.0),
            ["Restaurants/", "Food Service"]
        );
    }

    #[test]
    fn a_word_too_wide_for_a_line_is_broken_without_losing_letters() {
        let word = "Donaudampfschifffahrtsgesellschaft";
        let broken = lines(word, 50.0);
        assert!(broken.len() > 1);
        assert_eq!(broken.concat(), word);
    }

    #[test]
    fn an_empty_text_has_no_lines() {
        assert!(lines(" \n\t ", 50.0).is_empty());
    }
}
