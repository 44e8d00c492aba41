//! The typefaces of the sheet, loaded: Public Sans and Merriweather, those of the U.S. Web Design System, or
//! a theme's.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use harfrust::{Buffer, Font as FontFile, ShapePlan, ShapePlanKey};

use super::cache::Cache;
use super::face::{Face, Fallback, Font};
use super::license;
use super::shaped::Glyph;
use crate::failure::{Failure, Outcome};

/// The letters that sheets need besides ASCII.
const LETTERS: &str = "ÁÉÍÓÚÑÜáéíóúñü¿¡§“”‘’–—•…";

/// Whether every font has all letters that a sheet may contain.
pub(super) fn is_in_every_font(letter: char) -> bool {
    matches!(letter, ' '..='~') || LETTERS.contains(letter)
}

/// A font file that is read and ready for shaping; lengths in thousandths of an em.
pub(super) struct LoadedFace {
    /// The name of the font in PDF.
    name: String,
    pub(super) bytes: &'static [u8],
    pub(super) font: FontFile,
    /// How its tables apply to a script, determined when the first text in the script is shaped.
    plans: Mutex<Vec<Arc<ShapePlan>>>,
    pub(super) texts: Cache,
    /// Height of the letters above the baseline, with accents.
    pub(super) ascent: f32,
    /// Depth of the letters below the baseline, positive.
    pub(super) descent: f32,
    /// Height of a capital.
    pub(super) cap_height: f32,
}

impl LoadedFace {
    /// How to shape the text in a buffer with a known direction.
    pub(super) fn plan(&self, buffer: &Buffer) -> Arc<ShapePlan> {
        let key = ShapePlanKey::new(&self.font, buffer.script(), buffer.direction());
        let key = key.language(buffer.language());
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plan) = plans.iter().find(|plan| key.matches(plan)) {
            return plan.clone();
        }
        let plan = Arc::new(ShapePlan::new(
            &self.font,
            buffer.direction(),
            buffer.script(),
            buffer.language(),
            &[],
        ));
        plans.push(plan.clone());
        plan
    }
}

/// All faces, loaded.
pub struct Faces {
    loaded: Vec<LoadedFace>,
    /// Loaded when the first text needs them, because most sheets don't.
    fallbacks: [OnceLock<Option<LoadedFace>>; Fallback::ALL.len()],
}

impl Faces {
    /// The built-in faces.
    ///
    /// # Errors
    /// If an embedded file isn't a font, which only a broken build can cause.
    pub fn embedded() -> Outcome<Self> {
        let loaded = Face::ALL
            .into_iter()
            .map(|face| {
                load(face.embedded(), face.postscript_name())
                    .ok_or_else(|| Failure::bug(format!("the font for {face:?} can't be read")))
            })
            .collect::<Outcome<Vec<_>>>()?;
        Ok(Faces {
            loaded,
            fallbacks: Default::default(),
        })
    }

    pub(super) fn get(&self, face: Face) -> &LoadedFace {
        &self.loaded[face as usize]
    }

    /// `None` if an embedded file isn't a font, which only a broken build can cause.
    pub(super) fn fallback(&self, fallback: Fallback) -> Option<&LoadedFace> {
        let load = || load(fallback.embedded(), fallback.postscript_name());
        self.fallbacks[fallback as usize].get_or_init(load).as_ref()
    }

    pub(super) fn font(&self, font: Font) -> Option<&LoadedFace> {
        match font {
            Font::Of(face) => Some(self.get(face)),
            Font::Fallback(fallback) => self.fallback(fallback),
        }
    }

    /// The font file.
    pub fn bytes(&self, font: Font) -> &'static [u8] {
        self.font(font).map_or(&[], |font| font.bytes)
    }

    /// The name of the font in PDF: `PublicSans-Bold`.
    pub fn postscript_name(&self, font: Font) -> &str {
        self.font(font).map_or("", |font| &font.name)
    }

    /// The first letter in a text that can't be set in a face.
    pub fn missing_letter(&self, face: Face, text: &str) -> Option<char> {
        self.shape(face, text).missing_letter()
    }

    /// Sets a face in another font.
    ///
    /// # Errors
    /// Says why the font can't be used: it isn't a TrueType font, may not be embedded as a subset, or doesn't have a
    /// letter of English or Spanish.
    pub fn replace(&mut self, face: Face, bytes: Vec<u8>) -> Result<(), String> {
        const NO_FONT: &str = "not a TrueType font";
        if !matches!(bytes.get(..4), Some([0, 1, 0, 0] | b"true")) {
            return Err(NO_FONT.to_owned());
        }
        license::check(&bytes)?;
        // The program ends with its sheets, and needs its fonts until then.
        let bytes: &'static [u8] = Vec::leak(bytes);
        let name = format!("Theme-{face:?}");
        let loaded = load(bytes, &name).ok_or(NO_FONT)?;
        let before = std::mem::replace(&mut self.loaded[face as usize], loaded);
        let missing = |letter: &char| {
            let glyphs = &self.shape(face, &letter.to_string()).glyphs;
            let is_missing = |glyph: &Glyph| glyph.id == 0 || glyph.font != Font::Of(face);
            glyphs.is_empty() || glyphs.iter().any(is_missing)
        };
        let letters = (' '..='~').chain(LETTERS.chars());
        if let Some(letter) = letters.into_iter().find(missing) {
            self.loaded[face as usize] = before;
            return Err(format!("the font has no “{letter}”"));
        }
        Ok(())
    }

    /// The factor, at most 1, that makes type small enough for its lines to be no longer than those in the usual
    /// fonts; its lower limit is where text would be hard to read.
    pub fn narrowing(&self) -> f32 {
        const SAMPLE: &str = "National Human Trafficking Hotline, signals by type of call";
        const LEAST: f32 = 0.88;
        let usual = load(Face::Sans.embedded(), "");
        let usual = usual.map(|loaded| Faces {
            loaded: vec![loaded],
            fallbacks: Default::default(),
        });
        let [here, usual] = [Some(self), usual.as_ref()]
            .map(|faces| faces.map_or(1.0, |faces| faces.width(Face::Sans, 1.0, SAMPLE)));
        (usual / here).clamp(LEAST, 1.0)
    }

    /// Height above the baseline that a line of this face needs, in points.
    pub fn ascent(&self, face: Face, size: f32) -> f32 {
        self.get(face).ascent * size / 1000.0
    }

    /// Depth below the baseline that a line of this face needs, in points, positive.
    pub fn descent(&self, face: Face, size: f32) -> f32 {
        self.get(face).descent * size / 1000.0
    }

    /// Height of a capital, in points.
    pub fn cap_height(&self, face: Face, size: f32) -> f32 {
        self.get(face).cap_height * size / 1000.0
    }

    /// Height of a capital of a font, in thousandths of an em.
    pub fn capitals_of(&self, font: Font) -> f32 {
        self.font(font).map_or(0.0, |font| font.cap_height)
    }
}

fn load(bytes: &'static [u8], name: &str) -> Option<LoadedFace> {
    let font = FontFile::new(bytes, 0)?;
    let metrics = font.metrics();
    let per_mille = 1000.0 / f64::from(metrics.units_per_em.max(1));
    let line = metrics.hhea_line?;
    let ascent = (line.ascender.to_f64() * per_mille) as f32;
    let descent = (-line.descender.to_f64() * per_mille) as f32;
    let cap_height = metrics
        .cap_height
        .map_or(700.0, |height| (height.to_f64() * per_mille) as f32);
    Some(LoadedFace {
        name: name.to_owned(),
        bytes,
        font,
        plans: Mutex::default(),
        texts: Cache::default(),
        ascent,
        descent,
        cap_height,
    })
}
