//! Fonts: embedded as subsets, under their own names.

use lopdf::{Dictionary, Document, Object};
use printpdf::{FontId, ParsedFont, PdfDocument, PdfFont};

use super::broken;
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

/// Gives printpdf the faces. It embeds the glyphs that are used, and leaves unused faces out.
pub(super) fn embed(pdf: &mut PdfDocument, faces: &Faces) -> Outcome<()> {
    for face in Face::ALL {
        let mut warnings = Vec::new();
        let font = ParsedFont::from_bytes(faces.bytes(face), 0, &mut warnings)
            .ok_or_else(|| broken(&format!("the font for {face:?} can't be read")))?;
        pdf.resources
            .fonts
            .map
            .insert(font_id(face), PdfFont::new(font));
    }
    Ok(())
}

/// Sets in the font dictionaries what printpdf leaves open: the PostScript name, and how character
/// codes select glyphs.
pub(super) fn complete(document: &mut Document, faces: &Faces) -> Outcome<()> {
    let names: Vec<(String, String)> = Face::ALL
        .into_iter()
        .map(|face| {
            let tag = font_id(face).0;
            let name = format!("{tag}+{}", faces.postscript_name(face));
            (tag, name)
        })
        .collect();
    let named = |dictionary: &Dictionary, key: &[u8]| -> Option<String> {
        let found = dictionary.get(key).and_then(Object::as_name).ok()?;
        names
            .iter()
            .find(|(tag, _)| found.starts_with(tag.as_bytes()))
            .map(|(_, name)| name.clone())
    };
    for object in document.objects.values_mut() {
        let Object::Dictionary(dictionary) = object else {
            continue;
        };
        for key in ["BaseFont", "FontName"] {
            if let Some(name) = named(dictionary, key.as_bytes()) {
                dictionary.set(key, Object::Name(name.into_bytes()));
            }
        }
        if dictionary
            .get(b"Subtype")
            .and_then(Object::as_name)
            .is_ok_and(|subtype| subtype == b"CIDFontType2")
        {
            dictionary.set("CIDToGIDMap", Object::Name(b"Identity".to_vec()));
        }
        if let Ok(Object::Array(descendants)) = dictionary.get_mut(b"DescendantFonts") {
            for descendant in descendants {
                if let Object::Dictionary(descendant) = descendant {
                    if let Some(name) = named(descendant, b"BaseFont") {
                        descendant.set("BaseFont", Object::Name(name.into_bytes()));
                    }
                    descendant.set("CIDToGIDMap", Object::Name(b"Identity".to_vec()));
                }
            }
        }
    }
    Ok(())
}
