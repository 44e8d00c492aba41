//! Text as positioned glyphs: all that an exporter sees of it.

use std::ops::Range;

use super::face::{Face, Font};

/// One glyph in a shaped text; lengths in thousandths of an em.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Its font.
    pub font: Font,
    /// Glyph number in the font file.
    pub id: u16,
    /// How far the pen moves.
    pub advance: f32,
    /// The glyph's own width in the font, without kerning.
    pub width: f32,
    /// Shift of the glyph to the right of the pen: where a mark is placed on its letter.
    pub shift: f32,
    /// Rise of the glyph above the baseline.
    pub rise: f32,
    /// The bytes of the text that this glyph represents.
    pub text: Range<usize>,
}

/// A text shaped in one face, at any size.
#[derive(Clone, Debug, PartialEq)]
pub struct ShapedText {
    /// Its face.
    pub face: Face,
    /// The original text.
    pub text: String,
    /// In order, from left to right.
    pub glyphs: Vec<Glyph>,
    /// Sum of the advances, in thousandths of an em.
    pub advance: f32,
}

impl ShapedText {
    /// The first letter that can't be set: no font has it, or its direction differs from a sheet's.
    pub fn missing_letter(&self) -> Option<char> {
        let missing = self.glyphs.iter().filter(|glyph| glyph.id == 0);
        let mut letters =
            missing.filter_map(|glyph| self.text.get(glyph.text.clone())?.chars().next());
        letters.find(|letter| !letter.is_whitespace())
    }

    /// Width in points at a type size in points.
    pub fn width(&self, size: f32) -> f32 {
        self.advance * size / 1000.0
    }
}
