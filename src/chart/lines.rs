//! Breaks a bar's name into lines that fit a width.

use unicode_linebreak::linebreaks;

use super::style::TypeStyle;
use crate::text::Faces;

/// Distance of the baselines of two lines of a name, in type sizes.
pub(super) const LEADING: f32 = 1.2;

/// The text without line breaks, other control characters and space at its ends.
pub(super) fn one_line(text: &str) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    text.replace(breaks, " ").trim().to_owned()
}

/// Lines no wider than `width` points, as many as it takes: broken where Unicode allows, inside a
/// word only when the word alone is too wide. A line that ends between two words keeps its space, so
/// that who reads the lines one after the other finds the words apart.
pub(super) fn wrap(faces: &Faces, style: TypeStyle, text: &str, width: f32) -> Vec<String> {
    let text = one_line(text);
    let fits = |line: &str| faces.width(style.face, style.size, line.trim_end()) <= width;
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut start = 0;
    for (end, _) in linebreaks(&text) {
        let piece = &text[start..end];
        start = end;
        if fits(&format!("{line}{piece}")) {
            line.push_str(piece);
            continue;
        }
        finish(&mut lines, &mut line);
        for character in piece.chars() {
            line.push(character);
            if !fits(&line) {
                line.pop();
                finish(&mut lines, &mut line);
                line.push(character);
            }
        }
    }
    finish(&mut lines, &mut line);
    lines
}

fn finish(lines: &mut Vec<String>, line: &mut String) {
    let words = std::mem::take(line);
    let words = words.trim_start();
    if !words.is_empty() {
        lines.push(words.to_owned());
    }
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
    fn a_word_too_wide_for_a_line_is_broken_and_nothing_is_lost() {
        let word = "Donaudampfschifffahrtsgesellschaft";
        let broken = lines(word, 50.0);
        assert!(broken.len() > 1);
        assert_eq!(broken.concat(), word);
    }

    #[test]
    fn a_text_of_nothing_has_no_lines() {
        assert!(lines(" \n\t ", 50.0).is_empty());
    }
}
