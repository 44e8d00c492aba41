//! Fonts: embedded as subsets, under their own names (ISO 32000-1, 9.7).

use std::fmt::Write;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::broken;
use super::truetype::TrueType;
use super::used_glyphs::{FaceGlyphs, UsedGlyphs};
use crate::failure::Outcome;
use crate::text::{Face, Faces};

/// The name of a face's font among a page's resources. Its six letters are also the tag of the subset
/// (ISO 32000-1, 9.6.4): six capitals, and others for each subset.
pub(super) fn resource_name(face: Face) -> &'static str {
    match face {
        Face::Sans => "HPSANS",
        Face::SansItalic => "HPSANI",
        Face::SansSemiBold => "HPSANM",
        Face::SansBold => "HPSANB",
        Face::Serif => "HPSERR",
        Face::SerifItalic => "HPSERI",
        Face::SerifBold => "HPSERB",
    }
}

/// Adds the fonts of which glyphs are used; gives back the pages' resource of fonts.
pub(super) fn add(document: &mut Document, used: &UsedGlyphs, faces: &Faces) -> Outcome<ObjectId> {
    let mut fonts = Dictionary::new();
    for (face, glyphs) in used.faces() {
        let font = add_font(document, face, glyphs, faces)
            .ok_or_else(|| broken(&format!("the font for {face:?} can't be read")))?;
        fonts.set(resource_name(face), font);
    }
    Ok(document.add_object(fonts))
}

/// A composite font whose codes are the numbers of the glyphs in the embedded program.
fn add_font(
    document: &mut Document,
    face: Face,
    used: &FaceGlyphs,
    faces: &Faces,
) -> Option<ObjectId> {
    /// Symbolic or not, and italic (ISO 32000-1, table 123).
    const NONSYMBOLIC: i64 = 1 << 5;
    const ITALIC: i64 = 1 << 6;
    let font = TrueType::read(faces.bytes(face));
    let metrics = font.metrics()?;
    let subset = font.subset(&used.glyphs)?;
    let name = format!("{}+{}", resource_name(face), faces.postscript_name(face));
    let name = Object::Name(name.into_bytes());
    let length = subset.program.len() as i64;
    let program = Stream::new(dictionary! { "Length1" => length }, subset.program);
    let program = document.add_object(program);
    let flags = match metrics.italic_angle {
        0 => NONSYMBOLIC,
        _ => NONSYMBOLIC | ITALIC,
    };
    // No table says how thick stems are; the usual estimate from the weight: 88 for regular type.
    let stem = 50 + (f32::from(metrics.weight) / 65.0).powi(2).round() as i64;
    let descriptor = document.add_object(dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => name.clone(),
        "Ascent" => faces.ascent(face, 1000.0).round() as i64,
        "Descent" => -faces.descent(face, 1000.0).round() as i64,
        "CapHeight" => faces.cap_height(face, 1000.0).round() as i64,
        "ItalicAngle" => metrics.italic_angle,
        "Flags" => flags,
        "StemV" => stem,
        "FontBBox" => metrics.bounds.map(Object::from).to_vec(),
        "FontFile2" => program,
    });
    let map = Stream::new(Dictionary::new(), to_unicode(&used.meanings).into_bytes());
    let map = document.add_object(map);
    let widths: Vec<Object> = subset.advances.into_iter().map(width).collect();
    let descendant = dictionary! {
        "Type" => "Font",
        "Subtype" => "CIDFontType2",
        "BaseFont" => name.clone(),
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal("Adobe"),
            "Ordering" => Object::string_literal("Identity"),
            "Supplement" => 0,
        },
        "W" => vec![0.into(), Object::Array(widths)],
        "DW" => 1000,
        "FontDescriptor" => descriptor,
        "CIDToGIDMap" => "Identity",
    };
    Some(document.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "Type0",
        "BaseFont" => name,
        "Encoding" => "Identity-H",
        "ToUnicode" => map,
        "DescendantFonts" => vec![Object::Dictionary(descendant)],
    }))
}

/// A width as PDF writes numbers: whole where it is.
fn width(width: f32) -> Object {
    if width.fract() == 0.0 {
        Object::Integer(width as i64)
    } else {
        Object::Real(width)
    }
}

/// The map from codes to what they stand for (ISO 32000-1, 9.10.3).
fn to_unicode(meanings: &[String]) -> String {
    /// A block has no more lines.
    const MOST_LINES: usize = 100;
    let mut map = "/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"
    .to_owned();
    let meanings: Vec<(usize, &String)> = meanings
        .iter()
        .enumerate()
        .filter(|(_, meaning)| !meaning.is_empty())
        .collect();
    // Strings take all that is written to them.
    for block in meanings.chunks(MOST_LINES) {
        let _ = writeln!(map, "{} beginbfchar", block.len());
        for (code, meaning) in block {
            let _ = write!(map, "<{code:04X}> <");
            for unit in meaning.encode_utf16() {
                let _ = write!(map, "{unit:04X}");
            }
            map.push_str(">\n");
        }
        map.push_str("endbfchar\n");
    }
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    map
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_leads_to_all_that_it_stands_for() {
        let map = to_unicode(&["", "A", "ffi", "𝒜"].map(str::to_owned));
        assert!(map.contains(
            "3 beginbfchar\n<0001> <0041>\n<0002> <006600660069>\n<0003> <D835DC9C>\nendbfchar\n"
        ));
    }

    #[test]
    fn a_block_has_no_more_lines_than_it_may() {
        let map = to_unicode(&vec!["a".to_owned(); 250]);
        let blocks: Vec<&str> = map
            .lines()
            .filter(|line| line.ends_with("beginbfchar"))
            .collect();
        assert_eq!(
            blocks,
            ["100 beginbfchar", "100 beginbfchar", "50 beginbfchar"]
        );
    }
}
