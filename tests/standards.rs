//! The standards that PDFs claim: PDF/X-4 for a print shop, PDF/UA-2 and PDF/A-4 on request. tests/accessibility asks
//! other programs about the usual PDF/UA-1 and PDF/A-2a.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use lopdf::content::Operation;
use lopdf::{Dictionary, Document, Object, ObjectId};
use support::pdf_file::operations;
use tempfile::TempDir;

/// Builds the New Mexico sheet from the repository's input with additional options into a folder.
fn build(folder: &Path, options: &[&str]) -> std::path::PathBuf {
    let made = Command::new(env!("CARGO_BIN_EXE_hotline-profile"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["build", "--output"])
        .arg(folder)
        .args(options)
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&made.stderr);
    assert!(made.status.success(), "{options:?}: {said}");
    let mut files = fs::read_dir(folder).expect("the folder");
    let pdf = files.find_map(|file| {
        let path = file.expect("a file").path();
        path.extension()
            .is_some_and(|end| end == "pdf")
            .then_some(path)
    });
    pdf.expect("a sheet")
}

/// A sheet with additional options: its bytes, and what lopdf reads.
fn sheet(options: &[&str]) -> (Vec<u8>, Document) {
    let folder = tempfile::tempdir().unwrap();
    let bytes = fs::read(build(folder.path(), options)).unwrap();
    let document = Document::load_mem(&bytes).unwrap();
    (bytes, document)
}

fn dictionary<'d>(document: &'d Document, from: &'d Dictionary, key: &str) -> &'d Dictionary {
    let value = from
        .get(key.as_bytes())
        .unwrap_or_else(|_| panic!("no {key}"));
    let (_, value) = document.dereference(value).unwrap();
    match value {
        Object::Stream(stream) => &stream.dict,
        value => value.as_dict().unwrap(),
    }
}

fn text(dictionary: &Dictionary, key: &str) -> String {
    let value = dictionary
        .get(key.as_bytes())
        .unwrap_or_else(|_| panic!("no {key}"));
    match value {
        Object::Name(name) => String::from_utf8_lossy(name).into_owned(),
        value => lopdf::decode_text_string(value).unwrap(),
    }
}

/// The XMP packet.
fn packet(document: &Document) -> String {
    let metadata = document.catalog().unwrap().get(b"Metadata").unwrap();
    let (_, metadata) = document.dereference(metadata).unwrap();
    String::from_utf8(metadata.as_stream().unwrap().content.clone()).unwrap()
}

fn numbers(operation: &Operation) -> Vec<f32> {
    let operands = operation.operands.iter();
    operands.map(|number| number.as_float().unwrap()).collect()
}

fn page_box(document: &Document, page: ObjectId, name: &str) -> [f32; 4] {
    let page = document.get_dictionary(page).unwrap();
    let corners = page.get(name.as_bytes()).unwrap().as_array().unwrap();
    let corners: Vec<f32> = corners.iter().map(|it| it.as_float().unwrap()).collect();
    corners.try_into().unwrap()
}

/// The intent of a file that has one.
fn output_intent(document: &Document) -> &Dictionary {
    let intents = document.catalog().unwrap().get(b"OutputIntents").unwrap();
    let [intent] = intents.as_array().unwrap().as_slice() else {
        panic!("{intents:?}")
    };
    intent.as_dict().unwrap()
}

/// What ISO 15930-7 requires of a file, as far as it is visible in ours.
fn assert_pdf_x_4(bytes: &[u8], document: &Document, condition: &str) {
    assert!(bytes.starts_with(b"%PDF-1.6"));
    assert!(!document.trailer.has(b"Encrypt") && document.trailer.has(b"ID"));
    let packet = packet(document);
    for words in [
        "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>",
        "xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\"",
        "<pdf:Trapped>False</pdf:Trapped>",
        "<xmp:MetadataDate>",
        "<xmp:CreateDate>",
        "<xmp:ModifyDate>",
        "<xmpMM:DocumentID>uuid:",
        "<xmpMM:VersionID>1</xmpMM:VersionID>",
        "<xmpMM:RenditionClass>default</xmpMM:RenditionClass>",
        "<dc:title>",
    ] {
        assert!(packet.contains(words), "{words} isn't in {packet}");
    }
    // Ink colors together with a screen's output intent would break PDF/A.
    assert!(!packet.contains("pdfaid:part"), "{packet}");
    let info = dictionary(document, &document.trailer, "Info");
    assert_eq!(text(info, "Trapped"), "False");
    assert_eq!(text(info, "GTS_PDFXVersion"), "PDF/X-4");
    for key in ["Title", "CreationDate", "ModDate", "Producer"] {
        assert!(info.has(key.as_bytes()), "{key}");
    }
    let intent = output_intent(document);
    assert_eq!(text(intent, "S"), "GTS_PDFX");
    assert_eq!(text(intent, "OutputConditionIdentifier"), condition);
    assert_eq!(
        dictionary(document, intent, "DestOutputProfile")
            .get(b"N")
            .unwrap(),
        &Object::Integer(4)
    );
    let catalog = document.catalog().unwrap();
    for forbidden in ["OpenAction", "AA", "AcroForm", "Names"] {
        assert!(!catalog.has(forbidden.as_bytes()), "{forbidden}");
    }
    for page in document.get_pages().into_values() {
        let [media, bleed, trim] =
            ["MediaBox", "BleedBox", "TrimBox"].map(|name| page_box(document, page, name));
        assert!(
            media[0] < bleed[0] && bleed[0] < trim[0] && trim[2] < bleed[2] && bleed[2] < media[2]
        );
        assert!(
            media[1] < bleed[1] && bleed[1] < trim[1] && trim[3] < bleed[3] && bleed[3] < media[3]
        );
        let page = document.get_dictionary(page).unwrap();
        assert!(!page.has(b"Annots") && !page.has(b"ArtBox"));
        let resources = dictionary(document, page, "Resources");
        let space = dictionary(document, resources, "ColorSpace")
            .get(b"All")
            .unwrap();
        let (_, space) = document.dereference(space).unwrap();
        let space = space.as_array().unwrap();
        let names: Vec<_> = space[..3].iter().map(|it| it.as_name().unwrap()).collect();
        assert_eq!(names, [&b"Separation"[..], b"All", b"DeviceCMYK"]);
    }
    for object in document.objects.values() {
        let Ok(font) = object.as_dict() else { continue };
        if font.has_type(b"FontDescriptor") {
            assert!(font.has(b"FontFile2"), "{font:?}");
        }
    }
}

#[test]
fn a_print_shop_gets_pdf_x_4_in_inks() {
    let (bytes, document) = sheet(&["--print", "bleed"]);
    assert_pdf_x_4(&bytes, &document, "CGATS TR 006");
    let registry = text(output_intent(&document), "RegistryName");
    assert_eq!(registry, "http://www.color.org");
    let operations = operations(&document);
    let mut in_text = false;
    let (mut black, mut registration) = (0, 0);
    for operation in &operations {
        match operation.operator.as_str() {
            "BT" => in_text = true,
            "ET" => in_text = false,
            "k" | "K" => {
                let inks = numbers(operation);
                let sum: f32 = inks.iter().sum();
                assert!(sum <= 2.401, "{inks:?}");
                black += usize::from(inks == [0.0, 0.0, 0.0, 1.0]);
            }
            "CS" => {
                assert_eq!(operation.operands[0].as_name().unwrap(), b"All");
                registration += 1;
            }
            "rg" | "RG" | "g" | "G" | "sc" | "SC" | "cs" | "scn" | "Do" | "sh" => {
                panic!("{operation:?}")
            }
            _ => {}
        }
    }
    assert!(
        !in_text && black > 50,
        "black text is of black ink: {black}"
    );
    assert_eq!(registration, document.get_pages().len());
}

#[test]
fn without_color_a_print_shop_gets_black_ink_only() {
    let (bytes, document) = sheet(&["--print", "bw,bleed"]);
    assert_pdf_x_4(&bytes, &document, "CGATS TR 006");
    let mut colors = 0;
    for operation in operations(&document) {
        assert!(!["rg", "RG", "g", "G"].contains(&&*operation.operator));
        if ["k", "K"].contains(&&*operation.operator) {
            assert_eq!(numbers(&operation)[..3], [0.0; 3]);
            colors += 1;
        }
    }
    assert!(colors > 50);
}

/// A folder with a theme that names a print shop's condition, and its profile.
fn theme(profile: &[u8]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("shop.icc"), profile).unwrap();
    let theme = "[print]\ncondition = \"CGATS 21-2-CRPC5\"\nprofile = \"shop.icc\"\n";
    fs::write(folder.path().join("theme.toml"), theme).unwrap();
    folder
}

#[test]
fn a_theme_names_another_printing_condition() {
    let usual = Path::new(env!("CARGO_MANIFEST_DIR")).join("input/press/cgats-tr006.icc");
    let mut profile = fs::read(usual).unwrap();
    // A different one: a byte of its date is changed.
    profile[35] ^= 1;
    let folder = theme(&profile);
    let file = folder.path().join("theme.toml");
    let options = ["--print", "bleed", "--theme", file.to_str().unwrap()];
    let (bytes, document) = sheet(&options);
    assert_pdf_x_4(&bytes, &document, "CGATS 21-2-CRPC5");
    let intent = output_intent(&document);
    assert!(!intent.has(b"RegistryName"));
    let (_, stream) = document
        .dereference(intent.get(b"DestOutputProfile").unwrap())
        .unwrap();
    let embedded = stream.as_stream().unwrap().decompressed_content().unwrap();
    assert!(embedded == profile);

    let folder = theme(b"no profile");
    let file = folder.path().join("theme.toml");
    let refused = Command::new(env!("CARGO_BIN_EXE_hotline-profile"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["build", "--output"])
        .arg(folder.path())
        .args(["--theme", file.to_str().unwrap()])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(1), "{said}");
    assert!(
        said.contains("theme.toml:3:11") && said.contains("isn't an ICC profile"),
        "{said}"
    );
}

/// The average and the maximum coverage of one ink on page 1, in percent, according to Ghostscript's plates.
fn plates(sheet: &Path, folder: &Path) -> Vec<(String, Vec<u8>)> {
    let output = format!("-sOutputFile={}/p%d.tif", folder.display());
    let made = Command::new("gs")
        .args([
            "-q",
            "-dBATCH",
            "-dNOPAUSE",
            "-dSAFER",
            "-sDEVICE=tiffsep",
            "-sCompression=none",
            "-r36",
        ])
        .args([output.as_str(), "-dFirstPage=1", "-dLastPage=1"])
        .arg(sheet)
        .status()
        .expect("ghostscript is installed");
    assert!(made.success());
    let mut plates: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter_map(|path| {
            let name = path.file_name()?.to_str()?;
            let ink = name.strip_prefix("p1(")?.strip_suffix(").tif")?.to_owned();
            Some((ink, fs::read(&path).unwrap()))
        })
        .collect();
    plates.sort();
    plates
}

/// The pixels of an uncompressed gray TIFF: how much ink each has, in percent.
fn coverage(tiff: &[u8]) -> Vec<f32> {
    let short = |at: usize| u32::from(u16::from_le_bytes([tiff[at], tiff[at + 1]]));
    let long = |at: usize| u32::from_le_bytes(tiff[at..at + 4].try_into().unwrap());
    assert_eq!(&tiff[..2], b"II");
    let directory = long(4) as usize;
    let entry = |tag: u32| {
        (0..short(directory) as usize)
            .map(|index| directory + 2 + 12 * index)
            .find(|&at| short(at) == tag)
            .unwrap_or_else(|| panic!("no tag {tag}"))
    };
    let value = |at: usize, index: usize| {
        let (wide, count) = (short(at + 2) == 4, long(at + 4) as usize);
        let size = if wide { 4 } else { 2 };
        let start = if size * count <= 4 {
            at + 8
        } else {
            long(at + 8) as usize
        };
        match wide {
            true => long(start + size * index) as usize,
            false => short(start + size * index) as usize,
        }
    };
    let (strips, lengths) = (entry(273), entry(279));
    let mut pixels = Vec::new();
    for strip in 0..long(strips + 4) as usize {
        let start = value(strips, strip);
        pixels.extend_from_slice(&tiff[start..start + value(lengths, strip)]);
    }
    // 0 is all ink, according to the plates' photometric interpretation.
    assert_eq!(value(entry(262), 0), 1);
    pixels
        .iter()
        .map(|&pixel| f32::from(255 - pixel) / 2.55)
        .collect()
}

#[test]
fn ghostscripts_plates_have_limited_ink_and_text_on_the_black_one() {
    let folder = tempfile::tempdir().unwrap();
    let sheet = build(&folder.path().join("color"), &["--print", "bleed"]);
    let plates_at = folder.path().join("plates");
    fs::create_dir(&plates_at).unwrap();
    let plates_of_color = plates(&sheet, &plates_at);
    let names: Vec<&str> = plates_of_color
        .iter()
        .map(|(ink, _)| ink.as_str())
        .collect();
    assert_eq!(names, ["Black", "Cyan", "Magenta", "Yellow"]);
    let inks: Vec<Vec<f32>> = plates_of_color
        .iter()
        .map(|(_, tiff)| coverage(tiff))
        .collect();
    // The registration marks are on every plate, 400 % together, only in the margin: 18 points of it, at 36 dpi, and
    // one pixel that they extend into.
    let width = (612.0 + 2.0 * 27.0) / 2.0;
    let (width, margin) = (width as usize, 10);
    let height = inks[0].len() / width;
    let mut most: f32 = 0.0;
    let mut marked = 0;
    for (index, _) in inks[0].iter().enumerate() {
        let (x, y) = (index % width, index / width);
        let sum: f32 = inks.iter().map(|plate| plate[index]).sum();
        let inside =
            (margin..width - margin).contains(&x) && (margin..height - margin).contains(&y);
        if inside {
            most = most.max(sum);
        } else {
            let equal = inks
                .iter()
                .all(|plate| (plate[index] - inks[0][index]).abs() < 1.0);
            marked += usize::from(sum > 100.0 && equal);
        }
    }
    assert!((150.0..=241.0).contains(&most), "{most}");
    assert!(marked > 10, "{marked}");
}

/// Structure types of PDF 2.0 and PDF 1.7 that are in the namespace of PDF 2.0 (ISO 32000-2, 14.8.4).
const TYPES: [&str; 22] = [
    "Document", "Sect", "H1", "H2", "H3", "H4", "P", "L", "LI", "Lbl", "LBody", "Table", "TR",
    "TH", "TD", "Figure", "Caption", "Link", "Span", "FENote", "Title", "Part",
];

/// What ISO 14289-2 and ISO 19005-4 require of a file, as far as it is visible in ours; returns the faults.
fn faults_of_ua_2(bytes: &[u8], document: &Document) -> Vec<String> {
    let mut faults = Vec::new();
    let mut ask = |is_so: bool, what: &str| {
        if !is_so {
            faults.push(what.to_owned());
        }
    };
    let packet = packet(document);
    ask(bytes.starts_with(b"%PDF-2.0"), "PDF 2.0");
    ask(!document.trailer.has(b"Info"), "no information dictionary");
    ask(document.trailer.has(b"ID"), "an identifier");
    for words in [
        "<pdfuaid:part>2</pdfuaid:part>",
        "<pdfuaid:rev>2024</pdfuaid:rev>",
        "<pdfaid:part>4</pdfaid:part>",
        "<pdfaid:rev>2020</pdfaid:rev>",
        "<dc:title>",
    ] {
        ask(packet.contains(words), words);
    }
    ask(!packet.contains("pdfaid:conformance"), "no level");
    let catalog = document.catalog().unwrap();
    ask(catalog.has(b"Lang"), "a language");
    let marked = dictionary(document, catalog, "MarkInfo").get(b"Marked");
    ask(matches!(marked, Ok(Object::Boolean(true))), "marked");
    let shows_title = dictionary(document, catalog, "ViewerPreferences").get(b"DisplayDocTitle");
    ask(
        matches!(shows_title, Ok(Object::Boolean(true))),
        "the title shown",
    );
    let root = dictionary(document, catalog, "StructTreeRoot");
    let namespace = root.get(b"Namespaces").and_then(Object::as_array);
    let namespace = namespace.ok().and_then(|all| all[0].as_reference().ok());
    let is_known = namespace.and_then(|id| document.get_dictionary(id).ok());
    let name = is_known.map(|it| text(it, "NS"));
    ask(
        name.as_deref() == Some("http://iso.org/pdf2/ssn"),
        "the namespace",
    );
    let top = root.get(b"K").and_then(Object::as_array);
    let top = top.map(Vec::as_slice).unwrap_or_default();
    ask(top.len() == 1, "one element at the top");
    let types: BTreeSet<&str> = TYPES.into_iter().collect();
    let mut elements = 0;
    for object in document.objects.values() {
        let Ok(element) = object.as_dict() else {
            continue;
        };
        if element.has_type(b"Outlines") || !element.has_type(b"StructElem") {
            continue;
        }
        elements += 1;
        let kind = text(element, "S");
        ask(
            types.contains(&*kind),
            &format!("{kind} is a type of PDF 2.0"),
        );
        let own = element.get(b"NS").and_then(Object::as_reference).ok();
        ask(
            own.is_some() && own == namespace,
            "each element in the namespace",
        );
    }
    ask(elements > 50, "elements");
    let mut bookmarks = 0;
    for object in document.objects.values() {
        let Ok(entry) = object.as_dict() else {
            continue;
        };
        ask(
            !(entry.has(b"Title") && entry.has(b"Dest")),
            "no destination of a page alone",
        );
        if let Ok(action) = entry.get(b"A").and_then(Object::as_dict)
            && action
                .get(b"S")
                .is_ok_and(|s| s.as_name().is_ok_and(|s| s == b"GoTo"))
        {
            bookmarks += 1;
            let target = action.get(b"SD").and_then(Object::as_array);
            let target = target.and_then(|target| target[0].as_reference());
            let heading = target.ok().and_then(|id| document.get_dictionary(id).ok());
            let kind = heading
                .filter(|it| it.has_type(b"StructElem"))
                .map(|it| text(it, "S"));
            ask(
                kind.is_some_and(|kind| kind.starts_with('H')),
                "bookmarks that lead to headings",
            );
        }
        if entry.has(b"Annot")
            || entry
                .get(b"Subtype")
                .is_ok_and(|it| it.as_name().is_ok_and(|it| it == b"Link"))
        {
            ask(
                entry.has(b"StructParent") && entry.has(b"Contents"),
                "links with a parent and words",
            );
        }
    }
    ask(bookmarks > 5, "bookmarks");
    faults.dedup();
    faults
}

#[test]
fn pdf_ua_2_is_made_on_demand() {
    for options in [
        &["--standard", "ua2"][..],
        &[
            "--standard",
            "ua2",
            "--data-page",
            "--trend",
            "--wording",
            "es",
        ],
        &["--standard", "ua2", "--n-up", "2"],
    ] {
        let (bytes, document) = sheet(options);
        assert_eq!(
            faults_of_ua_2(&bytes, &document),
            Vec::<String>::new(),
            "{options:?}"
        );
    }
    // The check finds faults: the usual sheet has nearly all of them.
    let (bytes, document) = sheet(&[]);
    let faults = faults_of_ua_2(&bytes, &document);
    for fault in [
        "PDF 2.0",
        "no information dictionary",
        "the namespace",
        "each element in the namespace",
        "no destination of a page alone",
    ] {
        assert!(faults.iter().any(|it| it == fault), "{fault}: {faults:?}");
    }
    assert!(bytes.starts_with(b"%PDF-1.7") && packet(&document).contains("<pdfuaid:part>1<"));
}

#[test]
fn qpdf_finds_no_faults_in_any_standard() {
    for options in [
        ["--standard", "ua2"],
        ["--print", "bleed"],
        ["--print", "bw,bleed"],
    ] {
        let folder = tempfile::tempdir().unwrap();
        let sheet = build(folder.path(), &options);
        let checked = Command::new("qpdf")
            .arg("--check")
            .arg(sheet)
            .output()
            .expect("qpdf is installed");
        assert!(checked.status.success(), "{options:?}: {checked:?}");
    }
}

#[test]
fn pdf_ua_2_and_a_print_shop_s_file_exclude_each_other() {
    for options in [["--print", "bleed"], ["--format", "html"]] {
        let folder = tempfile::tempdir().unwrap();
        let refused = Command::new(env!("CARGO_BIN_EXE_hotline-profile"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(["build", "--standard", "ua2", "--output"])
            .arg(folder.path())
            .args(options)
            .output()
            .unwrap();
        assert_eq!(refused.status.code(), Some(2));
        let said = String::from_utf8_lossy(&refused.stderr);
        assert!(said.contains("PDF/UA-2"), "{said}");
    }
}
