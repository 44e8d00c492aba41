//! The glyphs that a file uses: their codes, and what each stands for.

use std::collections::BTreeMap;

use ahash::AHashMap;

use crate::text::{Face, ShapedText};

/// The glyphs in use, by face.
#[derive(Default)]
pub(super) struct UsedGlyphs(BTreeMap<Face, FaceGlyphs>);

/// The glyphs of a face. A glyph's code is how many others were used before it; code 0 is for characters
/// that the font does not have.
pub(super) struct FaceGlyphs {
    codes: AHashMap<u16, u16>,
    /// By code, their numbers in the font.
    pub(super) glyphs: Vec<u16>,
    /// By code, what they stand for in the whole file: a font has one ToUnicode map, so a glyph can mean
    /// only one text there (ISO 32000-1, 9.10.3).
    pub(super) meanings: Vec<String>,
}

impl UsedGlyphs {
    pub(super) fn faces(&self) -> impl Iterator<Item = (Face, &FaceGlyphs)> {
        self.0.iter().map(|(&face, glyphs)| (face, glyphs))
    }

    /// The codes of a run, each with what the pen moves back behind it because its advance differs from
    /// the font's width, and the text that a reader of the file takes from them.
    pub(super) fn codes(&mut self, run: &ShapedText) -> (Vec<(u16, i32)>, String) {
        let used = self.0.entry(run.face).or_default();
        let mut says = String::with_capacity(run.text.len());
        let mut owed = 0.0;
        let last = run.glyphs.len().saturating_sub(1);
        let codes = run
            .glyphs
            .iter()
            .enumerate()
            .map(|(index, glyph)| {
                owed += glyph.width - glyph.advance;
                let mut back = 0.0;
                if owed.abs() >= 0.5 && index != last {
                    back = owed.round();
                    owed -= back;
                }
                let code = used.code(run, index);
                says.push_str(&used.meanings[usize::from(code)]);
                (code, back as i32)
            })
            .collect();
        (codes, says)
    }
}

impl Default for FaceGlyphs {
    fn default() -> Self {
        FaceGlyphs {
            codes: AHashMap::new(),
            glyphs: vec![0],
            meanings: vec![String::new()],
        }
    }
}

impl FaceGlyphs {
    /// The code of a glyph of a run. It stands for what it stood for first wherever it is.
    fn code(&mut self, run: &ShapedText, index: usize) -> u16 {
        let glyph = run.glyphs[index].id;
        if let Some(&code) = self.codes.get(&glyph) {
            return code;
        }
        let code = if glyph == 0 {
            self.meanings[0] = meaning(run, index);
            0
        } else {
            self.glyphs.push(glyph);
            self.meanings.push(meaning(run, index));
            (self.glyphs.len() - 1) as u16
        };
        self.codes.insert(glyph, code);
        code
    }
}

/// The text of a glyph of a run.
fn meaning(run: &ShapedText, index: usize) -> String {
    let glyph = &run.glyphs[index];
    // A mark on a letter shares its letter's text, of which it is the end.
    let text = match &run.text[glyph.text.clone()] {
        "" => run.text[..glyph.text.start]
            .chars()
            .next_back()
            .map_or_else(String::new, String::from),
        text => text.to_owned(),
    };
    text.replace('\u{a0}', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Faces;

    #[test]
    fn a_glyph_that_stands_for_two_texts_says_the_first_of_them() {
        let faces = Faces::embedded().unwrap();
        let mut used = UsedGlyphs::default();
        let mut says = |text: &str| used.codes(&faces.shape(Face::Serif, text)).1;
        assert_eq!(says("é"), "é");
        // A letter and its accent are drawn as one glyph: that two were meant takes an ActualText.
        assert_eq!(says("e\u{301}"), "é");
    }

    #[test]
    fn text_as_the_glyphs_say_it_needs_no_replacement() {
        let faces = Faces::embedded().unwrap();
        for face in Face::ALL {
            let mut used = UsedGlyphs::default();
            for text in ["Office traffic — “§ 30-52-1” niño", "fi ffi fl"] {
                assert_eq!(used.codes(&faces.shape(face, text)).1, text, "{face:?}");
            }
        }
    }

    #[test]
    fn codes_count_the_glyphs_as_they_come() {
        let faces = Faces::embedded().unwrap();
        let mut used = UsedGlyphs::default();
        let mut codes = |text: &str| -> Vec<u16> {
            let (codes, _) = used.codes(&faces.shape(Face::Sans, text));
            codes.into_iter().map(|(code, _)| code).collect()
        };
        assert_eq!(codes("noon"), [1, 2, 2, 1]);
        assert_eq!(codes("on\u{4e00}n"), [2, 1, 0, 1]);
    }
}
