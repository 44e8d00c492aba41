//! The kind of a file according to its first bytes, whatever its name says; and what to do about one without a
//! readable table.

use super::decode::utf_16;
use crate::failure::{Failure, Position};

/// The kind of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Apparently a table as text.
    Text,
    Gzip,
    /// A zip file, such as an Excel file.
    Zip,
    Parquet,
    Refused(Refused),
}

/// A file that can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refused {
    /// As in "the file is a PDF".
    pub what: &'static str,
    pub remedy: &'static str,
}

impl Refused {
    pub(super) fn failure(self, file: &str) -> Failure {
        Failure::data(format!("the file is {}", self.what))
            .at(Position::file(file))
            .remedy(self.remedy)
    }
}

const SAVE_FROM_EXCEL: &str =
    "open it in Excel and save it as .xlsx (“Excel Workbook”) or as “CSV UTF-8”";
const EXPORT_AS_CSV: &str = "export the table as CSV from the program that made it";
const UNPACK: &str = "unpack it, or pack the CSV with gzip";

/// First bytes that no text begins with.
const MAGIC: &[(&[u8], &str, &str)] = &[
    (b"%PDF", "a PDF", EXPORT_AS_CSV),
    (b"Obj\x01", "an Avro file", EXPORT_AS_CSV),
    (b"ARROW1\0", "an Arrow or Feather file", EXPORT_AS_CSV),
    (b"SQLite format 3\0", "an SQLite database", EXPORT_AS_CSV),
    (
        b"\x00\x01\x00\x00Standard ",
        "an Access database",
        "export the table as CSV from Access",
    ),
    (b"$FL2@(#)", "an SPSS file", "save it as CSV in SPSS"),
    (b"$FL3@(#)", "an SPSS file", "save it as CSV in SPSS"),
    (
        b"\0\0\0\0\0\0\0\0\0\0\0\0\xc2\xea\x81\x60",
        "a SAS file",
        "export it as CSV: `proc export` in SAS",
    ),
    (
        b"<stata_dta>",
        "a Stata file",
        "export it as CSV: `export delimited` in Stata",
    ),
    (b"{\\rtf", "a rich text document (RTF)", EXPORT_AS_CSV),
    (b"\x89PNG", "a picture", EXPORT_AS_CSV),
    (b"\xff\xd8\xff", "a picture", EXPORT_AS_CSV),
    (b"GIF87a", "a picture", EXPORT_AS_CSV),
    (b"GIF89a", "a picture", EXPORT_AS_CSV),
    (b"BZh", "packed with bzip2", UNPACK),
    (b"\xfd7zXZ", "packed with xz", UNPACK),
    (b"\x28\xb5\x2f\xfd", "packed with zstd", UNPACK),
    (b"7z\xbc\xaf", "packed with 7-Zip", UNPACK),
    (b"Rar!\x1a", "packed with RAR", UNPACK),
    // The first record of a workbook from Excel 2 to 4, which isn't wrapped in a compound file.
    (
        b"\x09\x00\x04\x00",
        "an old Excel file (.xls)",
        SAVE_FROM_EXCEL,
    ),
    (
        b"\x09\x02\x06\x00",
        "an old Excel file (.xls)",
        SAVE_FROM_EXCEL,
    ),
    (
        b"\x09\x04\x06\x00",
        "an old Excel file (.xls)",
        SAVE_FROM_EXCEL,
    ),
];

/// The kind of a file according to its first bytes.
pub(super) fn kind(start: &[u8]) -> Kind {
    if start.starts_with(b"\x1f\x8b") {
        return Kind::Gzip;
    }
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
        return Kind::Zip;
    }
    if start.starts_with(b"PAR1\x15") {
        return match cfg!(feature = "parquet") {
            true => Kind::Parquet,
            false => Kind::Refused(Refused {
                what: "a Parquet file",
                remedy: "export it as CSV, for example with DuckDB's COPY",
            }),
        };
    }
    match refused(start) {
        Some(refused) => Kind::Refused(refused),
        None => Kind::Text,
    }
}

fn refused(start: &[u8]) -> Option<Refused> {
    let known = MAGIC.iter().find(|(magic, ..)| start.starts_with(magic));
    if let Some(&(_, what, remedy)) = known {
        return Some(Refused { what, remedy });
    }
    if start.starts_with(b"\xd0\xcf\x11\xe0") {
        return Some(compound(start));
    }
    if start.get(257..262) == Some(b"ustar") {
        let what = "packed with tar";
        return Some(Refused {
            what,
            remedy: UNPACK,
        });
    }
    let text = match utf_16(start) {
        Some(encoding) => encoding.decode(start).0.into_owned(),
        None if is_binary(start) => {
            return Some(Refused {
                what: "neither text nor any other kind of file that this program reads",
                remedy: "is it damaged or encrypted? Export the data again as CSV or .xlsx",
            });
        }
        None => String::from_utf8_lossy(start).into_owned(),
    };
    markup(&text)
}

/// A Microsoft compound file, by the names of the streams in it.
fn compound(start: &[u8]) -> Refused {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(start, &name).is_some()
    };
    let (what, remedy) = if has("EncryptedPackage") {
        (
            "a workbook with a password",
            "open it in Excel, take the password off (File, Info, Protect Workbook), and save it as .xlsx",
        )
    } else if has("WordDocument") {
        ("a Word document (.doc)", EXPORT_AS_CSV)
    } else if has("Workbook") || has("Book") {
        ("an old Excel file (.xls)", SAVE_FROM_EXCEL)
    } else {
        (
            "an old Excel file (.xls), or one with a password",
            "save it in Excel as .xlsx or as “CSV UTF-8”, without a password",
        )
    };
    Refused { what, remedy }
}

/// HTML, XML and JSON, whatever the file is called: many programs write HTML and call it .xls.
fn markup(text: &str) -> Option<Refused> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let mut next = text.chars();
    let first = next.next()?;
    let second = next.find(|c| !c.is_whitespace());
    let lower = || text.to_ascii_lowercase();
    let (what, remedy) = match (first, second) {
        ('<', Some('a'..='z' | 'A'..='Z' | '!' | '?')) => {
            let lower = lower();
            let has = |word: &str| lower.contains(word);
            if has("<html") || has("<!doctype html") || has("<table") || has("<head") {
                ("an HTML page, not a workbook", SAVE_FROM_EXCEL)
            } else if has("schemas-microsoft-com:office:spreadsheet") {
                ("a workbook as XML (Excel 2003)", SAVE_FROM_EXCEL)
            } else if has("<?xml") || has("</") || has("/>") {
                ("XML", EXPORT_AS_CSV)
            } else {
                return None;
            }
        }
        ('{', Some('"' | '}')) | ('[', Some('{' | '[' | '"' | ']')) => ("JSON", EXPORT_AS_CSV),
        _ => return None,
    };
    Some(Refused { what, remedy })
}

/// Whether bytes contain control characters that no text in any encoding has. NUL bytes aren't among these: some
/// programs pad fields with them.
fn is_binary(start: &[u8]) -> bool {
    let is_control = |byte: &&u8| matches!(byte, 1..=8 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f);
    let controls = start.iter().filter(is_control).count();
    controls >= 4 && controls * 50 > start.len()
}

/// What a zip file is that isn't an Excel workbook, by the names of the files in it and its `mimetype`; `None` for a
/// workbook.
pub(super) fn zip(names: &[&str], mimetype: &str) -> Option<Refused> {
    let has = |begin: &str| names.iter().any(|name| name.starts_with(begin));
    let (what, remedy) = if mimetype.contains("opendocument.spreadsheet") {
        (
            "an OpenDocument spreadsheet (.ods)",
            "open it in LibreOffice or Excel and save it as .xlsx or as CSV (UTF-8)",
        )
    } else if mimetype.contains("opendocument") {
        ("an OpenDocument file, but not a spreadsheet", EXPORT_AS_CSV)
    } else if has("xl/workbook.bin") {
        (
            "a binary Excel workbook (.xlsb)",
            "open it in Excel and save it as .xlsx (“Excel Workbook”) or as “CSV UTF-8”",
        )
    } else if has("Index/") || has("Index.zip") {
        (
            "a Numbers spreadsheet",
            "export it from Numbers as Excel (.xlsx) or CSV",
        )
    } else if has("word/") {
        ("a Word document (.docx)", EXPORT_AS_CSV)
    } else if has("ppt/") {
        ("a PowerPoint presentation (.pptx)", EXPORT_AS_CSV)
    } else if !has("[Content_Types].xml") {
        ("a zip file, but not an Excel workbook", UNPACK)
    } else {
        return None;
    };
    Some(Refused { what, remedy })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(start: &[u8]) -> &'static str {
        match kind(start) {
            Kind::Text => "text",
            Kind::Gzip => "gzip",
            Kind::Parquet => "a Parquet file",
            Kind::Zip => "zip",
            Kind::Refused(refused) => refused.what,
        }
    }

    #[test]
    fn files_that_are_not_tables_are_named() {
        let wide = |text: &str| -> Vec<u8> {
            let head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
            let name = text.encode_utf16().flat_map(u16::to_le_bytes);
            head.into_iter().chain(name).collect()
        };
        let utf_16: Vec<u8> = "\u{feff}<html><table>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for (start, named) in [
            (&b"%PDF-1.7"[..], "a PDF"),
            (b"PAR1\x15\x04", "a Parquet file"),
            (&wide("EncryptedPackage"), "a workbook with a password"),
            (&wide("Workbook"), "an old Excel file (.xls)"),
            (
                &wide(""),
                "an old Excel file (.xls), or one with a password",
            ),
            (b"\x09\x04\x06\x00\x00\x00\x10\x00", "an old Excel file (.xls)"),
            (
                b"\xef\xbb\xbf\r\n <HTML xmlns:x=\"urn:schemas-microsoft-com:office:excel\">",
                "an HTML page, not a workbook",
            ),
            (b"<meta charset=utf-8><table border>", "an HTML page, not a workbook"),
            (&utf_16, "an HTML page, not a workbook"),
            (
                b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
                "a workbook as XML (Excel 2003)",
            ),
            (b"<?xml version=\"1.0\"?><signals>", "XML"),
            (b"{\n \"signals\": [", "JSON"),
            (b"[{\"signal_id\": 1}]", "JSON"),
            (b"[]", "JSON"),
            (b"\x1f\x8b\x08", "gzip"),
            (b"PK\x03\x04", "zip"),
        ] {
            assert_eq!(what(start), named, "{}", String::from_utf8_lossy(start));
        }
        let random: Vec<u8> = (0..4000_u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect();
        assert!(what(&random).starts_with("neither text"));
    }

    #[test]
    fn tables_are_text_with_any_file_name() {
        let utf_16: Vec<u8> = "signal_id,state\n1,NM\n"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        for start in [
            &b""[..],
            b"signal_id,received,state\n",
            b"[signal id];[state]\n",
            b"<18,18+\n3,4\n",
            b"<none>,b\n",
            b"{id},b\n",
            b"a\0\0\0,b\0\0\n",
            b"id,note\n1,\x1b[2Jx\n",
            b"id,c\xf4t\xe9\n",
            b"PAR1,ARROW1,Rar!\n",
            &utf_16,
        ] {
            assert_eq!(what(start), "text", "{}", String::from_utf8_lossy(start));
        }
    }

    #[test]
    fn zip_files_are_named_by_what_is_in_them() {
        let ods = "application/vnd.oasis.opendocument.spreadsheet";
        for (names, mimetype, named) in [
            (
                &["mimetype", "content.xml"][..],
                ods,
                "an OpenDocument spreadsheet (.ods)",
            ),
            (&["xl/workbook.bin"], "", "a binary Excel workbook (.xlsb)"),
            (&["word/document.xml"], "", "a Word document (.docx)"),
            (&["Index/Document.iwa"], "", "a Numbers spreadsheet"),
            (
                &["signals.csv"],
                "",
                "a zip file, but not an Excel workbook",
            ),
        ] {
            assert_eq!(
                zip(names, mimetype).map(|refused| refused.what),
                Some(named)
            );
        }
        assert_eq!(zip(&["[Content_Types].xml", "xl/workbook.xml"], ""), None);
    }
}
