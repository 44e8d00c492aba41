//! The sheet checked by other programs: PDF/UA-1, PDF/A-2a, reading order, pictures, web pages. Each check first
//! finds a fault that was put into a copy, and then none in the sheet.
//!
//! `.ci/install-pdf-checkers` installs the programs.

mod pictures;
mod sheets;
mod tools;
mod web;

use std::path::{Path, PathBuf};

use lopdf::{Document, Object};

use sheets::{broken, broken_bytes, change_all, new_mexico, replace_in_xmp, without_catalog_entry};
use tools::{Verdict, Viewer};

/// Passes if the checker finds a fault in each broken copy, and none in any sheet.
fn checks(checker: fn(&Path) -> Verdict, faults: Vec<(&str, sheets::Broken)>) {
    checks_of(checker, faults, sheets::all());
}

fn checks_of(
    checker: fn(&Path) -> Verdict,
    faults: Vec<(&str, sheets::Broken)>,
    sheets: Vec<PathBuf>,
) {
    for (fault, broken) in faults {
        let verdict = checker(&broken.path());
        assert!(!verdict.passed, "not found: {fault}\n{}", verdict.words);
    }
    // Most of the time is spent starting interpreters: run as many at once as there are processors.
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let share = sheets.len().div_ceil(processors);
    std::thread::scope(|scope| {
        for sheets in sheets.chunks(share) {
            scope.spawn(move || {
                for sheet in sheets {
                    let verdict = checker(sheet);
                    assert!(verdict.passed, "{}\n{}", sheet.display(), verdict.words);
                }
            });
        }
    });
}

fn without_alternatives(document: &mut Document) {
    change_all(document, "S", "Figure", |figure| {
        figure.remove(b"Alt");
    });
}

fn without_scope(document: &mut Document) {
    change_all(document, "S", "TH", |cell| {
        cell.remove(b"A");
    });
}

#[test]
fn qpdf_finds_no_fault() {
    let cut = broken_bytes(|bytes| bytes.truncate(bytes.len() * 9 / 10));
    checks(tools::qpdf, vec![("a file cut off", cut)]);
}

#[test]
fn pdfua_finds_no_fault() {
    let faults = vec![
        (
            "no structure",
            broken(without_catalog_entry("StructTreeRoot")),
        ),
        ("no language", broken(without_catalog_entry("Lang"))),
        ("no words for the map", broken(without_alternatives)),
        (
            "no claim",
            broken(|document| {
                // The checker only needs the words, wherever they are.
                replace_in_xmp(document, "pdfuaid", "other");
                replace_in_xmp(document, "PDF/UA", "Other");
            }),
        ),
    ];
    checks(tools::pdfua, faults);
}

#[test]
fn outloud_finds_no_fault() {
    let faults = vec![
        (
            "no structure",
            broken(without_catalog_entry("StructTreeRoot")),
        ),
        ("no language", broken(without_catalog_entry("Lang"))),
        ("no words for the map", broken(without_alternatives)),
        ("header cells of nothing", broken(without_scope)),
        (
            "links without words",
            broken(|document| {
                change_all(document, "Subtype", "Link", |link| {
                    link.remove(b"Contents");
                });
                change_all(document, "S", "Link", |link| {
                    link.remove(b"Alt");
                });
            }),
        ),
        (
            "a heading left out",
            broken(|document| change_all(document, "S", "H2", |heading| heading.set("S", "H3"))),
        ),
    ];
    checks(tools::outloud, faults);
}

#[test]
fn the_sheet_is_an_archival_file() {
    let faults = vec![
        (
            "no output intent",
            broken(without_catalog_entry("OutputIntents")),
        ),
        ("no language", broken(without_catalog_entry("Lang"))),
        (
            "no structure",
            broken(without_catalog_entry("StructTreeRoot")),
        ),
        (
            "no claim",
            broken(|document| replace_in_xmp(document, "pdfaid:part>2", "pdfaid:part>9")),
        ),
        (
            "another level claimed",
            broken(|document| replace_in_xmp(document, "conformance>A", "conformance>U")),
        ),
        (
            "a property that no schema describes",
            broken(|document| replace_in_xmp(document, "name>NumbersSHA256<", "name>Other<")),
        ),
        (
            "metadata that differ",
            broken(|document| replace_in_xmp(document, "pdfx:State>NM", "pdfx:State>TX")),
        ),
        (
            "a script",
            broken(|document| {
                let script =
                    lopdf::dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("0") };
                document.catalog_mut().unwrap().set("OpenAction", script);
            }),
        ),
        (
            "fonts that are not in the file",
            broken(|document| {
                change_all(document, "Type", "FontDescriptor", |font| {
                    font.remove(b"FontFile2");
                });
            }),
        ),
    ];
    // A file for a print shop conforms to PDF/X-4 instead: tests/standards.rs.
    checks_of(tools::pdfa, faults, sheets::archival());
}

#[test]
fn fonts_are_as_the_file_says() {
    let wrong_widths = broken(|document| {
        change_all(document, "Subtype", "Type0", |font| {
            let descendants = font.get_mut(b"DescendantFonts").unwrap();
            let descendant = descendants.as_array_mut().unwrap()[0]
                .as_dict_mut()
                .unwrap();
            descendant.remove(b"W");
            descendant.set("W", Vec::<Object>::new());
        });
    });
    checks(tools::fonts, vec![("no widths", wrong_widths)]);
}

#[test]
fn poppler_finds_fonts_embedded_subset_and_mapped_to_unicode() {
    let complete = |pdf: &Path| {
        let fonts = tools::pdffonts(pdf);
        !fonts.is_empty() && fonts.iter().all(|font| font.contains("yes yes yes"))
    };
    let unmapped = broken(|document| {
        change_all(document, "Subtype", "Type0", |font| {
            font.remove(b"ToUnicode");
        });
    });
    assert!(!complete(&unmapped.path()));
    for sheet in sheets::all() {
        assert!(complete(&sheet), "{:#?}", tools::pdffonts(&sheet));
    }
}

#[test]
fn poppler_finds_a_tagged_file_without_scripts() {
    let tagged = |pdf: &Path| {
        let words = tools::pdfinfo(pdf);
        let says = |line: &str, value: &str| {
            words
                .lines()
                .any(|found| found.starts_with(line) && found.ends_with(value))
        };
        says("Tagged:", "yes") && says("JavaScript:", "no") && says("Encrypted:", "no")
    };
    assert!(!tagged(&broken(without_catalog_entry("MarkInfo")).path()));
    assert!(tagged(&new_mexico()));
}

/// What the sheet must say when it is read aloud, in this order. Each line is complete.
const READ_ALOUD: [&str; 22] = [
    "New Mexico: Efforts to Combat Human Trafficking",
    "U.S. Department of Health and Human Services Region VI",
    "SYNTHETIC SAMPLE DATA – NOT REAL",
    // Three lines that must not run together because of a missing space.
    "This profile summarizes regionally specific data on New Mexico to help promote collaboration, and to \
     inform and enhance the response to human trafficking there. The information was reported to the \
     National Human Trafficking Hotline from December 2012 to December 2016.",
    "WHERE CASES WERE REPORTED IN 2016",
    "DEMOGRAPHICS OF POTENTIAL PERSONS TRAFFICKED",
    "U.S. Citizen/Legal Permanent Resident",
    "48",
    "Female",
    "104",
    "TOP 5 SEX TRAFFICKING VENUES",
    "1. Online Ad, Venue Unknown",
    "TOP 5 LABOR TRAFFICKING VENUES",
    "National Human Trafficking Hotline",
    "888-373-7888",
    "Types of Calls to the National Human Trafficking Hotline in 2016",
    "Training and Technical Assistance",
    "How to Read These Numbers",
    "New Mexico Human Trafficking Laws",
    "New Mexico Statewide Efforts",
    "Human Trafficking Hotlines",
    "Source: the National Human Trafficking Hotline, December 2012 – December 2016. Data through December 2016.",
];

/// What is between the venues and the types of calls; on half pages, it is a line in the introduction.
const OF_THE_BAND: [&str; 2] = ["National Human Trafficking Hotline", "888-373-7888"];

fn reads_in_order(pdf: &Path) -> Result<(), String> {
    reads(pdf, &READ_ALOUD)
}

fn reads(pdf: &Path, texts: &[&str]) -> Result<(), String> {
    let lines = tools::structure(pdf);
    let mut rest = lines.as_slice();
    for expected in texts {
        let quoted = format!("\"{expected}\"");
        let at = rest
            .iter()
            .position(|line| *line == quoted)
            .ok_or_else(|| format!("{expected:?} is not read, or not in its turn:\n{lines:#?}"))?;
        rest = &rest[at + 1..];
    }
    Ok(())
}

#[test]
fn the_text_is_in_natural_reading_order() {
    let backwards = broken(|document| {
        change_all(document, "S", "Document", |whole| {
            whole
                .get_mut(b"K")
                .unwrap()
                .as_array_mut()
                .unwrap()
                .reverse();
        });
    });
    assert!(reads_in_order(&backwards.path()).is_err());
    reads_in_order(&new_mexico()).unwrap();
    for form in ["gray", "bleed", "legal", "trend"] {
        reads_in_order(&sheets::form(form)).unwrap_or_else(|found| panic!("{form}: {found}"));
    }
    let on_half_pages = READ_ALOUD.iter().filter(|text| !OF_THE_BAND.contains(text));
    let on_half_pages: Vec<&str> = on_half_pages.copied().collect();
    reads(&sheets::form("two-up"), &on_half_pages).unwrap();
}

/// The texts of the cells of all tables, row by row.
fn table_rows(pdf: &Path) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut in_cell = false;
    for line in tools::structure(pdf) {
        match line.trim_end_matches(':') {
            "TR" => rows.push(Vec::new()),
            "TH" | "TD" => in_cell = true,
            text if text.starts_with('"') && in_cell => {
                let row = rows.last_mut().expect("a cell is in a row");
                row.push(text.trim_matches('"').to_owned());
            }
            attribute if attribute.starts_with('/') => {}
            _ => in_cell = false,
        }
    }
    rows
}

#[test]
fn every_chart_is_a_table_of_its_numbers() {
    let rows = table_rows(&new_mexico());
    for (name, number) in [
        ("U.S. Citizen/Legal Permanent Resident", "48"),
        ("Gender Minorities", "0"),
        ("Minor", "50"),
        ("Training and Technical Assistance", "7"),
    ] {
        let row = [name.to_owned(), number.to_owned()];
        assert!(
            rows.iter().any(|found| *found == row),
            "{row:?} in {rows:?}"
        );
    }
}

#[test]
fn the_data_page_has_every_number_in_the_accompanying_files() {
    let sheet = sheets::with_data_page();
    let json = std::fs::read_to_string(sheet.with_extension("json")).unwrap();
    let csv = std::fs::read_to_string(sheet.with_extension("csv")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["demographics"]["gender"]["female"], 104);
    assert!(csv.contains("gender,female,104"), "{csv}");

    let rows = table_rows(&sheet);
    let numbers = |value: &serde_json::Value| -> Vec<String> {
        let numbers = value.as_object().unwrap().values();
        numbers.map(|number| number.to_string()).collect()
    };
    let mut expected: Vec<String> = ["citizenship", "gender", "age"]
        .iter()
        .flat_map(|group| numbers(&json["demographics"][group]))
        .collect();
    expected.extend(numbers(&json["cases"]));
    expected.extend(numbers(&json["calls"]["types"]));
    expected.push(json["calls"]["total"].to_string());
    expected.push(json["map"]["points"].to_string());
    // The data page begins with the table of cases and locations.
    let heading = ["Category".to_owned(), "Number".to_owned()];
    let start = rows
        .iter()
        .position(|row| *row == heading)
        .expect("a data page");
    for number in expected {
        assert!(
            rows[start..].iter().any(|row| row.get(1) == Some(&number)),
            "{number} in {rows:?}"
        );
    }
    let venue = ["Traveling Sales Crews".to_owned(), "12".to_owned()];
    assert!(rows[start..].contains(&venue.to_vec()));
}

#[test]
fn passages_in_another_language_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let profile = include_str!("../../input/profiles/nm.toml");
    let state = "state = \"NM\"\n";
    assert!(profile.contains(state));
    let spanish = profile.replacen(state, &format!("{state}language = \"es\"\n"), 1);
    std::fs::write(folder.path().join("nm.toml"), spanish).unwrap();
    let passages = |pdf: &Path| {
        let document = Document::load(pdf).unwrap();
        let elements = document
            .objects
            .values()
            .filter_map(|object| object.as_dict().ok());
        elements
            .filter(|element| {
                let language = element.get(b"Lang").and_then(Object::as_str);
                element.has_type(b"StructElem") && language.is_ok_and(|language| language == b"es")
            })
            .count()
    };
    let sheet = sheets::with_profiles(folder.path());
    assert_eq!(passages(&new_mexico()), 0);
    // All except the funding and what the local hotline offers, which are in both languages.
    assert!(passages(&sheet) >= 10, "{}", passages(&sheet));
    let verdict = tools::outloud(&sheet);
    assert!(verdict.passed, "{}", verdict.words);
}

#[test]
fn the_mark_of_an_internal_sheet_is_read_aloud() {
    let is_marked = |sheet: &Path| {
        let lines = tools::structure(sheet);
        lines
            .iter()
            .any(|line| line.contains("INTERNAL – NOT FOR RELEASE"))
    };
    assert!(!is_marked(&new_mexico()));
    assert!(is_marked(&sheets::internal()));
}

#[test]
fn all_programs_show_the_same_pages() {
    /// A square on an empty page differs by more from one with a heading; the modules of a QR code at half its size
    /// differ by 45.
    const TOLERANCE: u8 = 48;
    // What is drawn differently than in the usual form: reduced, beyond the page's edge, with a logo.
    let forms = ["two-up", "bleed", "theme-one-page"].map(sheets::form);
    for sheet in [&[new_mexico()], &forms[..]].concat() {
        let expected = pictures::pages(Viewer::Poppler, &sheet);
        for viewer in [Viewer::Ghostscript, Viewer::PdfJs] {
            let difference = pictures::difference(&expected, &pictures::pages(viewer, &sheet));
            assert!(
                difference <= TOLERANCE,
                "{viewer:?} differs by {difference}: {}",
                sheet.display()
            );
        }
    }
    let expected = pictures::pages(Viewer::Poppler, &new_mexico());
    let blank = broken(|document| {
        let second = document.get_pages()[&2];
        document
            .change_page_content(second, b"q Q".to_vec())
            .unwrap();
    });
    for viewer in [Viewer::Ghostscript, Viewer::PdfJs] {
        let shown = pictures::pages(viewer, &blank.path());
        assert!(
            pictures::difference(&expected, &shown) > 2 * TOLERANCE,
            "{viewer:?}: blank"
        );
    }
}

/// The number of printed pages that a web page may have: those of the usual sheet, its data page, and one more in
/// case the browser's font is wider than the sheet's.
const MOST_IN_PRINT: usize = 5;

#[test]
fn web_pages_have_no_faults() {
    let folder = tempfile::tempdir().unwrap();
    let faults = [
        ("no-language", "<html lang=\"en-US\">", "<html>", "lang"),
        (
            "no-words-for-pictures",
            "role=\"img\" aria-label",
            "role=\"img\" data-words",
            "svg",
        ),
        (
            "pale-text",
            "--muted:#3d4551",
            "--muted:#9aa0a6",
            "color-contrast",
        ),
        ("a-heading-left-out", "h2", "h4", "heading"),
        (
            "a-wide-thing",
            "</main>",
            "<p style=\"width:2000px\">wide</p></main>",
            "wider than the screen",
        ),
        (
            "a-request",
            "</head>",
            "<link rel=\"stylesheet\" href=\"style.css\"></head>",
            "asks for",
        ),
        ("unclosed", "</figure>", "", "close"),
    ];
    for (name, text, by, says) in faults {
        let path = web::broken(folder.path(), name, text, by);
        let verdict = tools::web(&[path], MOST_IN_PRINT);
        assert!(
            !verdict.passed && verdict.words.contains(says),
            "{name}: {}",
            verdict.words
        );
    }
    let verdict = tools::web(&web::all(), MOST_IN_PRINT);
    assert!(verdict.passed, "{}", verdict.words);
}
