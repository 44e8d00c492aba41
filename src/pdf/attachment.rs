//! The requirements of grant portals for an attached PDF, checked in the finished file.

use lopdf::{Document, Object};

use super::broken::failed;
use crate::failure::{Failure, Outcome};

/// Maximum length of a file name, in characters (Grants.gov applicant FAQ).
const LONGEST_NAME: usize = 50;
/// Largest file, in bytes: far below what any portal refuses.
const LARGEST: usize = 500_000;
/// Letter paper, in points.
const LETTER: (f32, f32) = (612.0, 792.0);
/// Keys and action types that make a PDF do something on its own, or carry other files.
const ACTIVE: [&[u8]; 9] = [
    b"JavaScript",
    b"JS",
    b"Launch",
    b"OpenAction",
    b"AA",
    b"EmbeddedFiles",
    b"RichMedia",
    b"AcroForm",
    b"XFA",
];

/// Checks a file by its name and its bytes; returns a line for each requirement, all of them met.
///
/// # Errors
/// Names every requirement that isn't met.
pub fn check(name: &str, bytes: &[u8]) -> Outcome<Vec<String>> {
    let document = Document::load_mem(bytes).map_err(failed)?;
    let findings = [
        file_name(name),
        file_size(bytes.len()),
        paper(&document),
        fonts(&document),
        encryption(&document),
        active_content(&document),
    ];
    let unmet: Vec<&str> = findings
        .iter()
        .filter_map(|finding| finding.as_ref().err().map(String::as_str))
        .collect();
    if unmet.is_empty() {
        return Ok(findings.into_iter().flatten().collect());
    }
    Err(
        Failure::data(format!("{name} can't be attached: {}", unmet.join("; ")))
            .remedy("build it without the options that cause this"),
    )
}

/// A requirement that is met, or not, in words.
type Finding = Result<String, String>;

fn file_name(name: &str) -> Finding {
    let length = name.chars().count();
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if length > LONGEST_NAME {
        return Err(format!(
            "its name has {length} characters; at most {LONGEST_NAME} are allowed"
        ));
    }
    match name.chars().find(|&c| !allowed(c)) {
        Some(wrong) => Err(format!("its name contains “{wrong}”")),
        None => Ok(format!(
            "file name of {length} characters (at most {LONGEST_NAME}): letters, digits, hyphens"
        )),
    }
}

fn file_size(bytes: usize) -> Finding {
    let (size, most) = (bytes.div_ceil(1000), LARGEST / 1000);
    if bytes > LARGEST {
        return Err(format!("it has {size} kB; at most {most} are allowed"));
    }
    Ok(format!("size {size} kB (at most {most})"))
}

fn paper(document: &Document) -> Finding {
    let pages = document.get_pages();
    for (number, &id) in &pages {
        let corners: Option<Vec<f32>> = document
            .get_dictionary(id)
            .and_then(|page| page.get(b"MediaBox")?.as_array())
            .ok()
            .and_then(|corners| corners.iter().map(|c| c.as_float().ok()).collect());
        let fits = corners.is_some_and(|corners| {
            let expected = [0.0, 0.0, LETTER.0, LETTER.1];
            corners.len() == expected.len()
                && corners
                    .iter()
                    .zip(expected)
                    .all(|(a, b)| (a - b).abs() < 0.5)
        });
        if !fits {
            return Err(format!("page {number} isn't upright letter paper"));
        }
    }
    Ok(format!("letter paper, {} pages", pages.len()))
}

fn fonts(document: &Document) -> Finding {
    let dictionaries = || document.objects.values().filter_map(|o| o.as_dict().ok());
    let descriptors: Vec<_> = dictionaries()
        .filter(|d| d.has_type(b"FontDescriptor"))
        .collect();
    let simple = dictionaries()
        .filter(|d| d.has_type(b"Font") && !d.has(b"DescendantFonts"))
        .any(|font| !font.has(b"FontDescriptor"));
    let embedded = descriptors
        .iter()
        .all(|d| d.has(b"FontFile") || d.has(b"FontFile2") || d.has(b"FontFile3"));
    if simple || !embedded {
        return Err("a font is not embedded".to_owned());
    }
    Ok(format!("all {} fonts embedded", descriptors.len()))
}

fn encryption(document: &Document) -> Finding {
    if document.trailer.has(b"Encrypt") {
        return Err("it is encrypted".to_owned());
    }
    Ok("no encryption, no password".to_owned())
}

fn active_content(document: &Document) -> Finding {
    for object in document.objects.values() {
        if let Some(key) = active(object) {
            return Err(format!("it has active content ({key})"));
        }
    }
    Ok(
        "no scripts, forms, attachments or other active content; links to web addresses only"
            .to_owned(),
    )
}

/// The first active key or action within an object.
fn active(object: &Object) -> Option<String> {
    let dictionary = match object {
        Object::Dictionary(dictionary) => dictionary,
        Object::Stream(stream) => &stream.dict,
        Object::Array(array) => return array.iter().find_map(active),
        _ => return None,
    };
    dictionary.iter().find_map(|(key, value)| {
        let is_active = ACTIVE.contains(&key.as_slice())
            || (key == b"S" && value.as_name().is_ok_and(|name| ACTIVE.contains(&name)));
        if is_active {
            return Some(String::from_utf8_lossy(key).into_owned());
        }
        active(value)
    })
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    fn file(width: i64, action: Option<&str>) -> Vec<u8> {
        let mut document = Document::with_version("1.7");
        let tree = document.new_object_id();
        let page = document.add_object(dictionary! {
            "Type" => "Page",
            "Parent" => tree,
            "MediaBox" => vec![0.into(), 0.into(), width.into(), 792.into()],
        });
        let kids = vec![Object::Reference(page)];
        document.set_object(
            tree,
            dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 1 },
        );
        let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => tree };
        if let Some(action) = action {
            catalog.set("Names", dictionary! { "S" => action });
        }
        let catalog = document.add_object(catalog);
        document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn a_file_that_meets_all_requirements_is_reported_line_by_line() {
        assert_eq!(check("NM-Profile.pdf", &file(612, None)).unwrap().len(), 6);
    }

    #[test]
    fn each_unmet_requirement_is_named() {
        let message = |name: &str, bytes: &[u8]| check(name, bytes).unwrap_err().to_string();
        let plain = file(612, None);
        assert!(message(&format!("{}.pdf", "a".repeat(47)), &plain).contains("51 characters"));
        assert!(check(&format!("{}.pdf", "a".repeat(46)), &plain).is_ok());
        assert!(message("perfil é.pdf", &plain).contains("name contains"));
        assert!(message("a.pdf", &file(595, None)).contains("letter"));
        assert!(message("a.pdf", &file(612, Some("JavaScript"))).contains("active content"));
        assert!(file_size(LARGEST).is_ok() && file_size(LARGEST + 1).is_err());
        assert!(check("a.pdf", b"no PDF").is_err());
    }
}
