//! Shaping: one line of text in one face becomes glyphs, with kerning and ligatures. Words that the face's own font
//! can't set use the fallback font.

use std::ops::RangeInclusive;
use std::sync::Arc;

use harfrust::{Buffer, ClusterLevel, Direction, ShapeOptions, ShaperFont, shape};

use super::face::{Face, Font};
use super::faces::{Faces, LoadedFace};
use super::scripts::runs_otherwise;
use super::shaped::{Glyph, ShapedText};

impl Faces {
    /// Shapes a text in a face, left to right.
    pub fn shape(&self, face: Face, text: &str) -> Arc<ShapedText> {
        let loaded = self.get(face);
        loaded.texts.get(text, || {
            let glyphs = self.glyphs(face, text);
            ShapedText {
                face,
                text: text.to_owned(),
                advance: glyphs.iter().map(|glyph| glyph.advance).sum(),
                glyphs,
            }
        })
    }

    /// Width of a text in points.
    pub fn width(&self, face: Face, size: f32, text: &str) -> f32 {
        self.shape(face, text).width(size)
    }

    fn glyphs(&self, face: Face, text: &str) -> Vec<Glyph> {
        let own = Font::Of(face);
        let whole = self.get(face).glyphs(own, text);
        let can_set = |glyphs: &[Glyph], text: &str| {
            can_be_set(glyphs, text) && !self.get(face).keeps_dots(glyphs, text)
        };
        if !text.chars().any(is_of_other_script) && can_set(&whole, text) {
            return whole;
        }
        // Word by word: each has one script, and its letters one font.
        let mut glyphs = Vec::new();
        let mut start = 0;
        for word in text.split_inclusive(' ') {
            let mut set = self.get(face).glyphs(own, word);
            if !can_set(&set, word)
                && let Some(fallback) = self.fallback(face.fallback())
                && let with_fallback = fallback.glyphs(Font::Fallback(face.fallback()), word)
                && can_be_set(&with_fallback, word)
            {
                set = with_fallback;
            }
            glyphs.extend(set.into_iter().map(|glyph| Glyph {
                text: glyph.text.start + start..glyph.text.end + start,
                ..glyph
            }));
            start += word.len();
        }
        glyphs
    }
}

/// Whether a letter may belong to a script with rules that differ from those of the rest of the text.
fn is_of_other_script(letter: char) -> bool {
    matches!(letter, '\u{530}'..='\u{1dff}' | '\u{a840}'..='\u{abff}')
}

/// Whether there is a glyph for each letter, and marks are placed on their letters.
fn can_be_set(glyphs: &[Glyph], text: &str) -> bool {
    let is_unset = |glyph: &Glyph| {
        let mut letters = text[glyph.text.clone()].chars();
        let is_missing = glyph.id == 0 && !letters.clone().all(char::is_whitespace);
        let is_mark = letters.all(|letter| matches!(letter, '\u{300}'..='\u{36f}'));
        let is_placed =
            (glyph.shift, glyph.rise) != (0.0, 0.0) || glyph.advance == 0.0 && glyph.width == 0.0;
        is_missing || is_mark && !glyph.text.is_empty() && !is_placed
    };
    !glyphs.iter().any(is_unset)
}

impl LoadedFace {
    /// Whether a letter keeps its dot below an accent, which should replace the dot (Unicode, Soft_Dotted).
    fn keeps_dots(&self, glyphs: &[Glyph], text: &str) -> bool {
        const ACCENTS: RangeInclusive<char> = '\u{300}'..='\u{314}';
        let keeps = |glyph: &Glyph| {
            let letter = &text[glyph.text.clone()];
            let is_dotted = matches!(letter, "i" | "j" | "į" | "ɨ" | "ḭ" | "ị" | "і" | "ј");
            is_dotted
                && text[glyph.text.end..].starts_with(|next| ACCENTS.contains(&next))
                && self
                    .glyphs(glyph.font, letter)
                    .first()
                    .is_some_and(|alone| alone.id == glyph.id)
        };
        glyphs.iter().any(keeps)
    }

    fn glyphs(&self, of: Font, text: &str) -> Vec<Glyph> {
        let font = ShaperFont::new(&self.font);
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        // A mark represents itself, and its letter doesn't represent both.
        buffer.set_cluster_level(ClusterLevel::MonotoneCharacters);
        let per_mille = 1000.0 / f32::from(self.font.units_per_em().max(1));
        // If there are no glyphs, the text is left out instead of stopping the program: shaping only fails for
        // buffers that are already shaped or have no direction, and this one isn't and has.
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
                font: of,
                id: info.glyph_id as u16,
                advance: position.x_advance as f32 * per_mille,
                width: font.glyph_h_advance(info.glyph_id.into()) as f32 * per_mille,
                shift: position.x_offset as f32 * per_mille,
                rise: position.y_offset as f32 * per_mille,
                text: info.cluster as usize..text.len(),
            })
            .collect();
        // A glyph represents the text up to the next cluster; additional glyphs in a cluster represent nothing more.
        let mut end = text.len();
        for index in (0..glyphs.len()).rev() {
            let start = glyphs[index].text.start;
            let first_of_cluster = index == 0 || glyphs[index - 1].text.start != start;
            glyphs[index].text.end = if first_of_cluster { end } else { start };
            if first_of_cluster {
                end = start;
            }
        }
        for glyph in &mut glyphs {
            // Treated as if it weren't in the font: in a line from left to right, it would say something else.
            if text[glyph.text.clone()]
                .chars()
                .any(|letter| runs_otherwise(letter).is_some())
            {
                glyph.id = 0;
            }
        }
        glyphs
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
    fn wider_fonts_are_set_smaller_and_standard_ones_are_unchanged() {
        let mut faces = Faces::embedded().unwrap();
        assert_eq!(faces.narrowing(), 1.0);
        let line = "No more of it fits on a line";
        let usual = faces.width(Face::Sans, 10.0, line);
        faces
            .replace(Face::Sans, faces.bytes(Font::Of(Face::SansBold)).to_vec())
            .unwrap();
        let smaller = faces.narrowing();
        assert!((0.88..0.99).contains(&smaller), "{smaller}");
        let width = faces.width(Face::Sans, 10.0 * smaller, line);
        assert!((width / usual - 1.0).abs() < 0.03, "{width} for {usual}");
    }

    /// The box around a glyph's ink, in thousandths of an em from the start of the text.
    fn ink(faces: &Faces, glyph: &Glyph, pen: f32) -> kurbo::Rect {
        let curves = faces.curves(glyph.font, glyph.id);
        let at = kurbo::Vec2::new((pen + glyph.shift).into(), glyph.rise.into());
        kurbo::Shape::bounding_box(&curves) + at
    }

    #[test]
    fn marks_sit_on_their_letters() {
        let faces = Faces::embedded().unwrap();
        for face in Face::ALL {
            // Navajo and Tlingit have letters that Unicode only has as a letter plus a mark.
            for text in [
                "ą\u{301}",
                "ę\u{301}",
                "į\u{301}",
                "ǫ\u{301}",
                "Ą\u{301}",
                "x\u{331}",
                "g\u{331}",
            ] {
                let shaped = faces.shape(face, text);
                assert_eq!(shaped.missing_letter(), None, "{text} in {face:?}");
                let [letter, mark] = shaped.glyphs.as_slice() else {
                    panic!("{text} in {face:?}: {:?}", shaped.glyphs);
                };
                assert_eq!(&text[mark.text.clone()], &text[text.len() - 2..]);
                let (of_letter, of_mark) =
                    (ink(&faces, letter, 0.0), ink(&faces, mark, letter.advance));
                let middle = of_mark.center().x;
                assert!(
                    of_letter.x0 - 60.0 < middle && middle < of_letter.x1 + 60.0,
                    "{text} in {face:?}: {of_mark:?} on {of_letter:?}"
                );
                assert!(
                    of_mark.intersect(of_letter).area() < 0.2 * of_mark.area(),
                    "{text} in {face:?}: {of_mark:?} covers {of_letter:?}"
                );
                assert_eq!(mark.advance, 0.0, "{text} in {face:?}");
            }
        }
    }

    #[test]
    fn words_with_missing_letters_use_the_fallback_font() {
        let faces = Faces::embedded().unwrap();
        for face in Face::ALL {
            let text = "Hotline: Đường dây nóng, горячая линия, τηλεφωνική γραμμή, Łódź, ʻOkina";
            let shaped = faces.shape(face, text);
            assert_eq!(shaped.missing_letter(), None, "{face:?}");
            let covered = shaped.glyphs.iter().map(|glyph| &text[glyph.text.clone()]);
            assert_eq!(covered.collect::<String>(), text, "{face:?}");
            let is_own = |glyph: &Glyph| glyph.font == Font::Of(face);
            assert!(
                shaped.glyphs[.."Hotline:".len()].iter().all(is_own),
                "{face:?}"
            );
            let cyrillic = text.find('г').unwrap()..text.find('τ').unwrap();
            let of_cyrillic = shaped
                .glyphs
                .iter()
                .filter(|glyph| cyrillic.contains(&glyph.text.start));
            assert!(of_cyrillic.clone().count() > 10);
            assert!(
                of_cyrillic.into_iter().all(|glyph| !is_own(glyph)),
                "{face:?}"
            );
        }
    }

    #[test]
    fn letters_without_a_font_and_of_other_directions_are_missing() {
        let mut faces = Faces::embedded().unwrap();
        for letter in ['한', '汉', 'ລ', 'ا', 'א', '\u{202e}', '\u{1820}'] {
            let text = format!("Hotline {letter} 24");
            for face in Face::ALL {
                assert_eq!(
                    faces.missing_letter(face, &text),
                    Some(letter),
                    "{letter:?}"
                );
            }
        }
        // Whatever the fonts contain.
        let fallback = faces.bytes(Font::Fallback(Face::Sans.fallback())).to_vec();
        faces.replace(Face::Sans, fallback).unwrap();
        assert_eq!(
            faces.missing_letter(Face::Sans, "a\u{202e}b"),
            Some('\u{202e}')
        );
    }
}
