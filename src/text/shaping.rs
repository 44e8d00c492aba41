//! Shaping: one line of text in one face becomes glyphs, kerned and with ligatures.

use std::sync::Arc;

use harfrust::{Buffer, Direction, ShapeOptions, ShaperFont, shape};

use super::face::Face;
use super::faces::{Faces, LoadedFace};
use super::shaped::{Glyph, ShapedText};

impl Faces {
    /// Shapes a text in a face, left to right.
    pub fn shape(&self, face: Face, text: &str) -> Arc<ShapedText> {
        let loaded = self.get(face);
        loaded.texts.get(text, || loaded.shape(face, text))
    }

    /// Width of a text in points.
    pub fn width(&self, face: Face, size: f32, text: &str) -> f32 {
        self.shape(face, text).width(size)
    }
}

impl LoadedFace {
    fn shape(&self, face: Face, text: &str) -> ShapedText {
        let font = ShaperFont::new(&self.font);
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        let per_mille = 1000.0 / f32::from(self.font.units_per_em().max(1));
        // Without glyphs the text is left out rather than the program stopped: shaping fails only
        // for buffers that are already shaped or have no direction, and this one is and has.
        let plan = self.plan(&buffer);
        let options = ShapeOptions::new().plan(Some(&plan));
        if shape(&font, &mut buffer, options).is_err() {
            buffer.clear();
        }
        let infos = buffer.glyph_infos();
        let positions = buffer.glyph_positions();
        let mut glyphs: Vec<Glyph> = infos
            .iter()
            .zip(positions)
            .map(|(info, position)| Glyph {
                id: info.glyph_id as u16,
                advance: position.x_advance as f32 * per_mille,
                width: font.glyph_h_advance(info.glyph_id.into()) as f32 * per_mille,
                shift: position.x_offset as f32 * per_mille,
                text: info.cluster as usize..text.len(),
            })
            .collect();
        // A glyph stands for the text up to the next cluster; further glyphs of one cluster (a mark
        // on its letter) stand for nothing more.
        let mut end = text.len();
        for index in (0..glyphs.len()).rev() {
            let start = glyphs[index].text.start;
            let first_of_cluster = index == 0 || glyphs[index - 1].text.start != start;
            glyphs[index].text.end = if first_of_cluster { end } else { start };
            if first_of_cluster {
                end = start;
            }
        }
        let advance = glyphs.iter().map(|glyph| glyph.advance).sum();
        ShapedText {
            face,
            text: text.to_owned(),
            glyphs,
            advance,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kerning_makes_a_pair_narrower_than_its_letters() {
        let faces = Faces::embedded().unwrap();
        let pair = faces.width(Face::Sans, 10.0, "AV");
        let letters = faces.width(Face::Sans, 10.0, "A") + faces.width(Face::Sans, 10.0, "V");
        assert!(pair < letters, "{pair} < {letters}");
    }

    #[test]
    fn the_glyphs_cover_the_text() {
        let faces = Faces::embedded().unwrap();
        for face in Face::ALL {
            let text = "Office traffic — “§ 30-52-1” niño";
            let shaped = faces.shape(face, text);
            let covered: String = shaped
                .glyphs
                .iter()
                .map(|glyph| &text[glyph.text.clone()])
                .collect();
            assert_eq!(covered, text);
            assert!(shaped.glyphs.iter().all(|glyph| glyph.id != 0), "{face:?}");
        }
    }

    #[test]
    fn wider_fonts_are_set_smaller_and_usual_ones_as_they_are() {
        let mut faces = Faces::embedded().unwrap();
        assert_eq!(faces.narrowing(), 1.0);
        let line = "No more of it fits on a line";
        let usual = faces.width(Face::Sans, 10.0, line);
        faces
            .replace(Face::Sans, faces.bytes(Face::SansBold).to_vec())
            .unwrap();
        let smaller = faces.narrowing();
        assert!((0.88..0.99).contains(&smaller), "{smaller}");
        let width = faces.width(Face::Sans, 10.0 * smaller, line);
        assert!((width / usual - 1.0).abs() < 0.03, "{width} for {usual}");
    }
}
