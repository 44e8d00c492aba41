//! Line breaking: a text becomes lines that fit a width.
//!
//! The Unicode line breaking algorithm (UAX #14) says where a line may break; the [`Fit`] decides which of the
//! allowed breaks are used.

use std::ops::Range;
use std::sync::Arc;

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::face::Face;
use super::faces::Faces;
use super::shaped::ShapedText;

/// Which of the allowed breaks are used (in the terms of Knuth and Plass, 1981).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Each line takes as many words as it can, for labels.
    First,
    /// Lines end as evenly as possible, for paragraphs: the sum of the squares of the free space at their ends, over
    /// the whole paragraph, is minimal.
    Total,
}

/// A run of text in one face.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Run {
    /// Its text.
    pub text: String,
    /// Its face.
    pub face: Face,
}

/// A line of a paragraph.
#[derive(Clone, Debug)]
pub struct Line {
    /// In order, from left to right.
    pub pieces: Vec<Piece>,
}

impl Line {
    /// The words, with a space at the end if there was white space at the end of the line.
    pub fn text(&self) -> String {
        let pieces = self.pieces.iter();
        pieces.map(|piece| piece.shaped.text.as_str()).collect()
    }
}

/// A part of a line from one run.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Index of the run.
    pub run: usize,
    /// Distance from the line's start, in points.
    pub x: f32,
    /// Width of the visible part, in points.
    pub width: f32,
    /// With a space at the end if there was white space at the end of the line: otherwise, the last and the first
    /// words of consecutive lines would run together.
    pub shaped: Arc<ShapedText>,
}

/// Breaks runs into lines of at most `width` points at a type size in points. A word that is too long for one line is
/// broken between letters.
pub fn break_lines(faces: &Faces, runs: &[Run], size: f32, width: f32, fit: Fit) -> Vec<Line> {
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    let advances = advances(faces, runs, size);
    let words = words(&text, &advances, width);
    choose(&words, &text, &advances, width, fit)
        .into_iter()
        .map(|range| line(faces, runs, range, size))
        .collect()
}

/// The width of the text before each byte, in points; letters in a ligature share its width.
fn advances(faces: &Faces, runs: &[Run], size: f32) -> Vec<f32> {
    let mut advances = vec![0.0];
    let mut pen = 0.0;
    for run in runs {
        let start = advances.len() - 1;
        advances.resize(start + run.text.len() + 1, pen);
        for glyph in &faces.shape(run.face, &run.text).glyphs {
            let advance = glyph.advance * size / 1000.0;
            let bytes = glyph.text.len().max(1) as f32;
            for (done, byte) in glyph.text.clone().enumerate() {
                advances[start + byte + 1] = pen + advance * (done + 1) as f32 / bytes;
            }
            pen += advance;
        }
        let end = advances.len() - 1;
        advances[end] = pen;
    }
    advances
}

/// A stretch of text that no line break splits.
#[derive(Clone, Debug)]
struct Word {
    range: Range<usize>,
    /// Whether a line must end after it.
    ends_line: bool,
}

fn words(text: &str, advances: &[f32], width: f32) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = 0;
    for (end, opportunity) in linebreaks(text) {
        if is_within_range(text, end) {
            continue;
        }
        let ends_line = opportunity == BreakOpportunity::Mandatory && end < text.len();
        let word = start..end;
        start = end;
        if printed_width(text, advances, &word) <= width {
            words.push(Word {
                range: word,
                ends_line,
            });
        } else {
            words.extend(split_long_word(text, advances, word, width));
            if let Some(last) = words.last_mut() {
                last.ends_line = ends_line;
            }
        }
    }
    words
}

/// Whether a position is within a range of numbers, "33–36", after its dash: if split, it looks like two numbers.
fn is_within_range(text: &str, place: usize) -> bool {
    let before = text[..place].strip_suffix('–').unwrap_or_default();
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    is_digit(before.as_bytes().last()) && is_digit(text.as_bytes().get(place))
}

/// Splits a word that is wider than a line between letters.
fn split_long_word(text: &str, advances: &[f32], word: Range<usize>, width: f32) -> Vec<Word> {
    let mut parts = Vec::new();
    let mut start = word.start;
    for (offset, letter) in text[word.clone()].char_indices() {
        let end = word.start + offset + letter.len_utf8();
        if advances[end] - advances[start] > width && word.start + offset > start {
            parts.push(Word {
                range: start..word.start + offset,
                ends_line: false,
            });
            start = word.start + offset;
        }
    }
    parts.push(Word {
        range: start..word.end,
        ends_line: false,
    });
    parts
}

/// Width without the white space at the end, which disappears at the end of a line.
fn printed_width(text: &str, advances: &[f32], range: &Range<usize>) -> f32 {
    let printed = text[range.clone()].trim_end().len();
    advances[range.start + printed] - advances[range.start]
}

/// Chooses the lines: ranges of the text.
fn choose(words: &[Word], text: &str, advances: &[f32], width: f32, fit: Fit) -> Vec<Range<usize>> {
    // best[i]: the minimum cost of setting the words before i, and where the last of their lines begins.
    let mut best: Vec<(f32, usize)> = vec![(0.0, 0)];
    for end in 1..=words.len() {
        let is_last = end == words.len() || words[end - 1].ends_line;
        let mut choice = (f32::INFINITY, end - 1);
        for start in (0..end).rev() {
            if start < end - 1 && words[start].ends_line {
                break;
            }
            let range = words[start].range.start..words[end - 1].range.end;
            let free = width - printed_width(text, advances, &range);
            // A single word always fits: if it didn't, it was split.
            if free < -0.01 && start < end - 1 {
                break;
            }
            let line = match fit {
                // Among solutions with the same number of lines, the one with the latest start of the last line is
                // found first.
                Fit::First => LINE,
                Fit::Total => line_cost(free.max(0.0) / width, is_last, end - start, start == 0),
            };
            let cost = best[start].0 + line;
            if cost < choice.0 {
                choice = (cost, start);
            }
        }
        best.push(choice);
    }
    let mut lines = Vec::new();
    let mut end = words.len();
    while end > 0 {
        let start = best[end].1;
        lines.push(words[start].range.start..words[end - 1].range.end);
        end = start;
    }
    lines.reverse();
    lines
}

/// The base cost of a line.
const LINE: f32 = 2.0;

/// The cost of a line: the square of its free space. The last line costs nothing, unless only one word or little more
/// is left on it. Each line has a small base cost, so that even line ends never need one more line.
fn line_cost(free: f32, is_last: bool, words: usize, is_first: bool) -> f32 {
    const LONE_WORD: f32 = 0.25;
    const SHORT: f32 = 0.15;
    /// The free space next to a last line that is too short.
    const MOST_FREE: f32 = 0.8;
    LINE + match (is_last, words) {
        (true, _) if is_first => 0.0,
        (true, 1) => LONE_WORD,
        (true, _) if free > MOST_FREE => SHORT,
        (true, _) => 0.0,
        (false, _) => free * free,
    }
}

/// Shapes the parts of a line from its runs.
fn line(faces: &Faces, runs: &[Run], range: Range<usize>, size: f32) -> Line {
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    let end = range.start + text[range.clone()].trim_end().len();
    let mut pieces = Vec::new();
    let mut pen = 0.0;
    let mut run_start = 0;
    for (index, run) in runs.iter().enumerate() {
        let run_end = run_start + run.text.len();
        let from = range.start.max(run_start);
        let to = end.min(run_end);
        if from < to {
            let shaped = faces.shape(run.face, &run.text[from - run_start..to - run_start]);
            let width = shaped.width(size);
            pieces.push(Piece {
                run: index,
                x: pen,
                width,
                shaped,
            });
            pen += width;
        }
        run_start = run_end;
    }
    if end < range.end
        && let Some(last) = pieces.last_mut()
    {
        let text = format!("{} ", last.shaped.text);
        last.shaped = faces.shape(last.shaped.face, &text);
    }
    Line { pieces }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, width: f32) -> Vec<String> {
        fitted(text, width, Fit::Total)
    }

    fn fitted(text: &str, width: f32, fit: Fit) -> Vec<String> {
        let faces = Faces::embedded().unwrap();
        let runs = [Run {
            text: text.to_owned(),
            face: Face::Sans,
        }];
        break_lines(&faces, &runs, 10.0, width, fit)
            .into_iter()
            .map(|line| {
                let last = line.pieces.last().unwrap();
                let line_width = last.x + last.width;
                assert!(line_width <= width + 0.5, "{line_width} > {width}");
                line.text()
            })
            .collect()
    }

    #[test]
    fn nothing_is_lost_and_every_line_fits() {
        let text = "The data do not represent the whole scope of human trafficking in the state.";
        for width in [40.0, 80.0, 120.0, 400.0] {
            assert_eq!(set(text, width).concat(), text);
        }
    }

    #[test]
    fn phone_numbers_are_not_broken() {
        for line in set("Call 888-373-7888 or 505-438-3733 at any hour", 90.0) {
            assert!(
                !line.trim_end().ends_with('-') && !line.starts_with('-'),
                "{line}"
            );
        }
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken() {
        let word = "a".repeat(60);
        let lines = set(&word, 50.0);
        assert!(lines.len() > 1);
        assert_eq!(lines.concat(), word);
        let before_a_break = set(&format!("{word}\nb"), 50.0);
        assert_eq!(before_a_break.last().map(String::as_str), Some("b"));
    }

    #[test]
    fn a_line_break_in_the_text_is_kept() {
        assert_eq!(set("one\ntwo", 400.0), ["one ", "two"]);
    }

    #[test]
    fn a_range_of_numbers_is_not_broken() {
        let width = 60.0;
        let faces = Faces::embedded().unwrap();
        assert!(faces.width(Face::Sans, 10.0, "a range of 110–113") > width);
        let lines = set("a range of 110–113 cases", width);
        assert!(
            lines.iter().any(|line| line.contains("110–113")),
            "{lines:?}"
        );
    }

    #[test]
    fn lines_end_more_evenly_than_greedy_ones() {
        // Greedy: “aaa bb” / “cc” / “ddddd”; even: “aaa” / “bb cc” / “ddddd” (Knuth and Plass 1981).
        let faces = Faces::embedded().unwrap();
        let width = faces.width(Face::Sans, 10.0, "aaa bb") + 0.1;
        let text = "aaa bb cc ddddd";
        assert_eq!(set(text, width), ["aaa ", "bb cc ", "ddddd"]);
        let first = fitted(text, width, Fit::First);
        assert_eq!(first, ["aaa bb ", "cc ", "ddddd"]);
    }
}
