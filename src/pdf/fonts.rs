//! Fonts: embedded as subsets, under their own names.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use lopdf::{Document, Object, ObjectId};
use printpdf::{FontId, ParsedFont, PdfDocument, PdfFont};
use subsetter::{GlyphRemapper, subset};

use super::broken::{broken, failed};
use crate::failure::Outcome;
use crate::text::{Face, Faces, Fallback, Font};

/// A font's name in a page's resources. Its first six letters are the tag of the subset (ISO 32000-1, 9.6.4): six
/// capitals, different for each subset.
pub(super) fn font_id(font: Font) -> FontId {
    let id = match font {
        Font::Of(Face::Sans) => "HPSANS",
        Font::Of(Face::SansItalic) => "HPSANI",
        Font::Of(Face::SansSemiBold) => "HPSANM",
        Font::Of(Face::SansBold) => "HPSANB",
        Font::Of(Face::Serif) => "HPSERR",
        Font::Of(Face::SerifItalic) => "HPSERI",
        Font::Of(Face::SerifBold) => "HPSERB",
        Font::Fallback(Fallback::Sans) => "HPFBSA",
        Font::Fallback(Fallback::SansSemiBold) => "HPFBSM",
        Font::Fallback(Fallback::SansBold) => "HPFBSB",
        Font::Fallback(Fallback::Serif) => "HPFBSE",
        Font::Fallback(Fallback::SerifBold) => "HPFBEB",
    };
    FontId(id.to_owned())
}

/// What printpdf must know about each font, besides its glyphs: read when the first file needs it.
#[derive(Default)]
pub(super) struct Fonts(BTreeMap<Font, OnceLock<Option<ParsedFont>>>);

impl Fonts {
    pub(super) fn new() -> Self {
        Fonts(Font::all().map(|font| (font, OnceLock::new())).collect())
    }

    fn get(&self, font: Font, faces: &Faces) -> Option<&ParsedFont> {
        let read = || read(font, faces);
        self.0.get(&font)?.get_or_init(read).as_ref()
    }

    /// Adds a font to printpdf, reduced to the glyphs that have a number.
    pub(super) fn embed(
        &self,
        font: Font,
        faces: &Faces,
        numbers: &GlyphRemapper,
        pdf: &mut PdfDocument,
    ) -> Outcome<()> {
        let name = faces.postscript_name(font);
        let mut parsed = self
            .get(font, faces)
            .ok_or_else(|| broken(&format!("the font {name} can't be read")))?
            .clone();
        parsed.original_bytes = subset(faces.bytes(font), 0, numbers).map_err(|error| {
            broken(&format!(
                "the font {name} can't be cut down to the letters in use: {error}"
            ))
        })?;
        let fonts = &mut pdf.resources.fonts.map;
        fonts.insert(font_id(font), PdfFont::new(parsed));
        Ok(())
    }
}

fn read(font: Font, faces: &Faces) -> Option<ParsedFont> {
    let mut parsed = ParsedFont::from_bytes(faces.bytes(font), 0, &mut Vec::new())?;
    let name = faces.postscript_name(font);
    parsed.font_name = Some(format!("{}+{name}", font_id(font).0));
    parsed.original_bytes = Vec::new();
    parsed.codepoint_to_glyph = BTreeMap::new();
    parsed.glyph_widths = BTreeMap::new();
    Some(parsed)
}

/// Corrects what printpdf rounds or guesses in the font dictionaries: the glyphs' widths and the height of capitals.
pub(super) fn complete(document: &mut Document, faces: &Faces) -> Outcome<()> {
    let composite: Vec<ObjectId> = document
        .objects
        .iter()
        .filter(|(_, object)| {
            object
                .as_dict()
                .is_ok_and(|font| font.has(b"DescendantFonts"))
        })
        .map(|(&id, _)| id)
        .collect();
    for id in composite {
        complete_font(document, id, faces).map_err(failed)?;
    }
    Ok(())
}

fn complete_font(document: &mut Document, id: ObjectId, faces: &Faces) -> lopdf::Result<()> {
    let font = document.get_dictionary(id)?;
    let name = font.get(b"BaseFont")?.as_name()?;
    let Some(of) = Font::all().find(|&of| name.starts_with(font_id(of).0.as_bytes())) else {
        return Ok(());
    };
    let mut descendants = font.get(b"DescendantFonts")?.as_array()?.clone();
    let [descendant] = descendants.as_mut_slice() else {
        return Ok(());
    };
    let descendant = descendant.as_dict_mut()?;
    let descriptor = descendant.get(b"FontDescriptor")?.as_reference()?;
    let program = document
        .get_dictionary(descriptor)?
        .get(b"FontFile2")?
        .as_reference()?;
    let program = document.get_object(program)?.as_stream()?;
    if let Some(widths) = advances(&program.content) {
        let widths: Vec<Object> = widths.into_iter().map(width).collect();
        descendant.set("W", vec![0.into(), Object::Array(widths)]);
    }
    document
        .get_dictionary_mut(id)?
        .set("DescendantFonts", descendants);
    document
        .get_dictionary_mut(descriptor)?
        .set("CapHeight", faces.capitals_of(of).round() as i64);
    Ok(())
}

/// A width as PDF writes numbers: as a whole number if it is one.
fn width(width: f32) -> Object {
    if width.fract() == 0.0 {
        Object::Integer(width as i64)
    } else {
        Object::Real(width)
    }
}

/// The advance of every glyph in a TrueType program, in thousandths of an em (ISO/IEC 14496-22: head, hhea, maxp,
/// hmtx). `None` if it isn't such a program.
fn advances(program: &[u8]) -> Option<Vec<f32>> {
    let short = |at: usize| {
        let bytes = program.get(at..at + 2)?;
        Some(u16::from_be_bytes([bytes[0], bytes[1]]))
    };
    let table = |tag: &[u8; 4]| {
        let entry = (0..usize::from(short(4)?))
            .map(|index| 12 + 16 * index)
            .find(|&at| program.get(at..at + 4) == Some(tag))?;
        Some(usize::from(short(entry + 8)?) << 16 | usize::from(short(entry + 10)?))
    };
    let units_per_em = f32::from(short(table(b"head")? + 18)?);
    let glyphs = short(table(b"maxp")? + 4)?;
    let measured = short(table(b"hhea")? + 34)?;
    let metrics = table(b"hmtx")?;
    (0..glyphs)
        .map(|glyph| {
            // Glyphs after the last measured one have the width of that one.
            let entry = usize::from(glyph.min(measured.checked_sub(1)?));
            Some(f32::from(short(metrics + 4 * entry)?) * 1000.0 / units_per_em)
        })
        .collect()
}
