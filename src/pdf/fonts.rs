//! Fonts: embedded as subsets, under their own names.

use std::collections::BTreeMap;

use lopdf::{Document, Object, ObjectId};
use printpdf::{FontId, ParsedFont, PdfDocument, PdfFont};
use subsetter::{GlyphRemapper, subset};

use super::broken::{broken, failed};
use crate::failure::Outcome;
use crate::text::{Face, Faces};

/// The name of a face's font among a page's resources. Its first six letters are the tag of the
/// subset (ISO 32000-1, 9.6.4): six capitals, and others for each subset.
pub(super) fn font_id(face: Face) -> FontId {
    let id = match face {
        Face::Sans => "HPSANS",
        Face::SansItalic => "HPSANI",
        Face::SansSemiBold => "HPSANM",
        Face::SansBold => "HPSANB",
        Face::Serif => "HPSERR",
        Face::SerifItalic => "HPSERI",
        Face::SerifBold => "HPSERB",
    };
    FontId(id.to_owned())
}

/// What printpdf must know of each face, beside its glyphs.
pub(super) struct Fonts(Vec<ParsedFont>);

impl Fonts {
    pub(super) fn read(faces: &Faces) -> Outcome<Self> {
        let read = |face| {
            let mut font = ParsedFont::from_bytes(faces.bytes(face), 0, &mut Vec::new())
                .ok_or_else(|| broken(&format!("the font for {face:?} can't be read")))?;
            font.font_name = Some(format!(
                "{}+{}",
                font_id(face).0,
                faces.postscript_name(face)
            ));
            font.original_bytes = Vec::new();
            font.codepoint_to_glyph = BTreeMap::new();
            font.glyph_widths = BTreeMap::new();
            Ok(font)
        };
        Face::ALL
            .into_iter()
            .map(read)
            .collect::<Outcome<_>>()
            .map(Fonts)
    }

    /// Gives printpdf the font of a face, cut down to the glyphs that have a number.
    pub(super) fn embed(
        &self,
        face: Face,
        faces: &Faces,
        numbers: &GlyphRemapper,
        pdf: &mut PdfDocument,
    ) -> Outcome<()> {
        let mut font = self.0[face as usize].clone();
        font.original_bytes = subset(faces.bytes(face), 0, numbers).map_err(|error| {
            let name = faces.postscript_name(face);
            broken(&format!(
                "the font {name} can't be cut down to the letters in use: {error}"
            ))
        })?;
        let fonts = &mut pdf.resources.fonts.map;
        fonts.insert(font_id(face), PdfFont::new(font));
        Ok(())
    }
}

/// Sets in the font dictionaries what printpdf rounds or guesses: the glyphs' widths and the height of
/// capitals.
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
    let Some(face) = Face::ALL
        .into_iter()
        .find(|&face| name.starts_with(font_id(face).0.as_bytes()))
    else {
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
        .set("CapHeight", faces.cap_height(face, 1000.0).round() as i64);
    Ok(())
}

/// A width as PDF writes numbers: whole where it is.
fn width(width: f32) -> Object {
    if width.fract() == 0.0 {
        Object::Integer(width as i64)
    } else {
        Object::Real(width)
    }
}

/// The advance of every glyph of a TrueType program, in thousandths of an em (ISO/IEC 14496-22: head,
/// hhea, maxp, hmtx). `None` if it isn't such a program.
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
            // Glyphs beyond the measured ones are as wide as the last of those.
            let entry = usize::from(glyph.min(measured.checked_sub(1)?));
            Some(f32::from(short(metrics + 4 * entry)?) * 1000.0 / units_per_em)
        })
        .collect()
}
