//! The forms that one sheet can take: languages, papers, printing, layouts.

mod support;

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use lopdf::Document;
use support::pdf_file::operations;

/// Builds the New Mexico sheet from the repository's input with additional options; returns the name of the file and
/// its bytes.
fn build(options: &[&str]) -> (String, Vec<u8>) {
    let output = tempfile::tempdir().expect("a folder");
    Command::cargo_bin("hotline-profile")
        .expect("the program")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .arg("build")
        .arg("--output")
        .arg(output.path())
        .args(options)
        .assert()
        .success();
    let sheet = fs::read_dir(output.path())
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .find(|path| path.extension().is_some_and(|end| end == "pdf"))
        .expect("a sheet");
    let bytes = fs::read(&sheet).expect("the sheet");
    (name(&sheet), bytes)
}

fn name(path: &Path) -> String {
    path.file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned()
}

fn document(bytes: &[u8]) -> Document {
    Document::load_mem(bytes).expect("a PDF")
}

/// The text of all pages, its lines joined by spaces.
fn text(document: &Document) -> String {
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    let text = document.extract_text(&pages).expect("text");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_spanish_sheet_marks_its_language_and_english_passages() {
    let (name, bytes) = build(&["--wording", "es"]);
    assert_eq!(name, "NM-Human-Trafficking-Profile-2016-es.pdf");
    let document = document(&bytes);
    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"es-US");
    let passages = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|element| element.has_type(b"StructElem"))
        .filter_map(|element| element.get(b"Lang").ok()?.as_str().ok())
        .collect::<Vec<_>>();
    assert!(passages.len() >= 3, "{passages:?}");
    assert!(passages.iter().all(|language| *language == b"en-US"));
    let text = text(&document);
    assert!(text.contains("diciembre de 2012"), "{text}");
    assert!(!text.contains("December"), "{text}");
}

fn number(object: &lopdf::Object) -> f32 {
    object.as_float().expect("a number")
}

/// The page boxes of the first page by name.
fn page_box(document: &Document, name: &[u8]) -> Vec<f32> {
    let page = document.get_pages()[&1];
    let page = document.get_dictionary(page).unwrap();
    let corners = page.get(name).unwrap().as_array().unwrap();
    corners.iter().map(number).collect()
}

#[test]
fn the_standard_form_is_letter_paper_and_the_same_if_named() {
    assert_eq!(build(&[]), build(&["--paper", "letter", "--wording", "en"]));
    let document = document(&build(&[]).1);
    assert_eq!(page_box(&document, b"MediaBox"), [0.0, 0.0, 612.0, 792.0]);
}

#[test]
fn other_paper_has_other_pages_and_the_same_words() {
    let usual = text(&document(&build(&[]).1));
    let words = |text: &str| {
        let mut words: Vec<String> = text.split_whitespace().map(String::from).collect();
        words.sort();
        words
    };
    for (paper, width, height) in [("a4", 595.276, 841.89), ("legal", 612.0, 1008.0)] {
        let document = document(&build(&["--paper", paper]).1);
        let corners = page_box(&document, b"MediaBox");
        assert!((corners[2] - width).abs() < 0.01 && (corners[3] - height).abs() < 0.01);
        assert_eq!(document.get_pages().len(), 2, "{paper}");
        // Everything except the scale bar, which depends on the map's width, cities that a smaller map has no room
        // for, and an address that is split at the end of a line. Higher pages may have more.
        let here = words(&text(&document));
        let differing = words(&usual)
            .iter()
            .filter(|word| !here.contains(word))
            .count();
        assert!(differing <= 4, "{paper}: {differing}");
    }
}

#[test]
fn a_print_without_color_has_only_grays_and_names_no_color() {
    let (name, bytes) = build(&["--print", "bw"]);
    assert_eq!(name, "NM-Human-Trafficking-Profile-2016-bw.pdf");
    let document = document(&bytes);
    let operators = operations(&document);
    let of = |names: &[&str]| {
        let found = operators.iter();
        found
            .filter(|op| names.contains(&op.operator.as_str()))
            .count()
    };
    assert!(of(&["g", "G"]) > 50);
    assert_eq!(of(&["rg", "RG", "k", "K", "sc", "SC", "scn", "SCN"]), 0);
    let text = text(&document);
    assert!(text.contains("he darker an area") && !text.contains("redder"));
}

#[test]
fn a_print_shop_gets_an_eighth_of_an_inch_beyond_the_trim() {
    let document = document(&build(&["--print", "bleed"]).1);
    assert_eq!(page_box(&document, b"TrimBox"), [0.0, 0.0, 612.0, 792.0]);
    assert_eq!(page_box(&document, b"BleedBox"), [-9.0, -9.0, 621.0, 801.0]);
    let media = page_box(&document, b"MediaBox");
    assert!(media[0] < -9.0 && media[3] > 801.0, "{media:?}");
}

#[test]
fn large_print_has_body_text_of_18_points_and_all_content() {
    let (name, bytes) = build(&["--large-print"]);
    assert_eq!(name, "NM-Human-Trafficking-Profile-2016-large.pdf");
    let document = document(&bytes);
    assert!(document.get_pages().len() > 4);
    let sizes: Vec<f32> = operations(&document)
        .iter()
        .filter(|operation| operation.operator == "Tf")
        .map(|operation| number(&operation.operands[1]))
        .collect();
    assert!(sizes.contains(&18.0));
    assert!(sizes.iter().all(|&size| size > 12.5), "{sizes:?}");
    let text = text(&document);
    for words in [
        "888-373-7888",
        "505-438-3733",
        "Internet Crimes",
        "§ 30-52-2",
        "104",
    ] {
        assert!(text.contains(words), "{words} is missing in {text}");
    }
}

#[test]
fn a_theme_adds_its_agency_logo_and_footer() {
    let (_, bytes) = build(&["--theme", "input/themes/coalition.toml"]);
    let document = document(&bytes);
    let text = text(&document);
    assert!(text.contains("High Desert Coalition Against Human Trafficking"));
    assert!(text.contains("Free to copy and share."));
    assert!(!text.contains("Department of Health"));
    let figures: Vec<String> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|element| {
            element
                .get(b"S")
                .is_ok_and(|s| matches!(s.as_name(), Ok(b"Figure")))
        })
        .map(|figure| {
            let alt = figure.get(b"Alt").unwrap().as_str().unwrap();
            String::from_utf8_lossy(alt).into_owned()
        })
        .collect();
    assert_eq!(figures.len(), 3, "{figures:?}");
    assert!(
        figures
            .iter()
            .any(|alt| alt.starts_with("Logo of the High Desert"))
    );
}

#[test]
fn a_theme_s_font_is_embedded() {
    let folder = tempfile::tempdir().unwrap();
    let font = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts/Merriweather-Regular.ttf");
    fs::copy(font, folder.path().join("own.ttf")).unwrap();
    let theme = folder.path().join("theme.toml");
    fs::write(&theme, "[fonts]\nsans = \"own.ttf\"\n").unwrap();
    let (_, bytes) = build(&["--theme", theme.to_str().unwrap()]);
    let document = document(&bytes);
    let fonts: Vec<&[u8]> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok()?.get(b"FontName").ok()?.as_name().ok())
        .collect();
    assert!(fonts.contains(&&b"HPSANS+Theme-Sans"[..]), "{fonts:?}");
    assert!(!fonts.contains(&&b"HPSANS+PublicSans-Regular"[..]));
}

#[test]
fn the_one_page_form_fits_on_one_page() {
    for wording in ["en", "es"] {
        let (name, bytes) = build(&["--layout", "one-page", "--wording", wording]);
        assert!(name.ends_with("-1page.pdf"), "{name}");
        let document = document(&bytes);
        assert_eq!(document.get_pages().len(), 1, "{wording}");
        let text = text(&document);
        for words in ["888-373-7888", "505-438-3733", "104", "38"] {
            assert!(text.contains(words), "{words} is missing in {text}");
        }
    }
}

#[test]
fn two_pages_are_side_by_side_on_one_sheet() {
    let (name, bytes) = build(&["--n-up", "2"]);
    assert_eq!(name, "NM-Human-Trafficking-Profile-2016-2up.pdf");
    let document = document(&bytes);
    // On half pages, a sheet has four or five, because type is as large as on whole ones.
    assert!((2..=3).contains(&document.get_pages().len()));
    assert_eq!(page_box(&document, b"MediaBox"), [0.0, 0.0, 792.0, 612.0]);
    let text = text(&document);
    assert!(text.contains("Page 1 of ") && text.contains("Page 4 of "));
    let sizes = operations(&document);
    let sizes = sizes.iter().filter(|operation| operation.operator == "Tf");
    let smallest = sizes
        .map(|operation| number(&operation.operands[1]))
        .fold(f32::MAX, f32::min);
    assert!(smallest >= 8.0, "{smallest} points");
    // The text of the second page begins in the right half.
    let starts = operations(&document)
        .iter()
        .filter(|operation| operation.operator == "Td")
        .map(|operation| number(&operation.operands[0]))
        .collect::<Vec<_>>();
    assert!(starts.iter().any(|&x| x < 30.0) && starts.iter().any(|&x| x > 410.0));
    assert!(starts.iter().all(|&x| x < 792.0 - 20.0));
}

#[test]
fn an_attachment_is_checked_and_the_check_reported() {
    let run = |options: &[&str]| {
        let output = tempfile::tempdir().unwrap();
        Command::cargo_bin("hotline-profile")
            .unwrap()
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(["build", "--attach", "grants-gov", "--output"])
            .arg(output.path())
            .args(options)
            .assert()
    };
    let report = run(&[]).success().get_output().stderr.clone();
    let report = String::from_utf8(report).unwrap();
    for met in [
        "file name of 37 characters",
        "letter paper, 2 pages",
        "fonts embedded",
    ] {
        assert!(report.contains(met), "{report}");
    }
    for options in [["--paper", "a4"], ["--print", "bleed"], ["--n-up", "2"]] {
        run(&options).code(2);
    }
    run(&["--internal"]).code(2);
}

/// Grant portals accept names with at most 50 characters, whatever else is requested.
#[test]
fn the_longest_name_of_an_attachment_is_short_enough() {
    let attach = ["--attach", "grants-gov", "--wording", "es"];
    for form in [["--large-print"], ["--layout=one-page"]] {
        let (name, _) = build(&[&attach[..], &form[..], &["--print", "bw"][..]].concat());
        assert_eq!(name.len(), 49, "{name}");
    }
}

/// A sheet from totals says that it has no places, in its own words, and not that there are few.
#[test]
fn a_sheet_of_totals_says_that_they_have_no_places() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("totals.csv");
    let mut stats = Command::cargo_bin("hotline-profile").unwrap();
    let table = stats
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["stats", "--internal", "--format", "csv"])
        .output()
        .unwrap();
    let table = String::from_utf8(table.stdout).unwrap();
    let data = ["--data", path.to_str().unwrap(), "--data-page"];
    for (wording, says, not) in [
        (
            "en",
            "The map is not shaded: the data behind this profile do not say where",
            "enough cases to be shaded",
        ),
        (
            "es",
            "El mapa no está sombreado: los datos de este perfil no indican dónde",
            "suficientes casos para mostrarse",
        ),
    ] {
        fs::write(&path, &table).unwrap();
        let sheet = document(&build(&[&data[..], &["--wording", wording]].concat()).1);
        let text = text(&sheet);
        assert!(text.contains(says), "{text}");
        assert!(!text.contains(not), "{text}");
        // The number of cases with a place isn't stated if no map shows them.
        for row in [
            "Locations on the map",
            "Lugares en el mapa",
            "known location",
            "lugar conocido",
        ] {
            assert!(!text.contains(row), "{row} in {text}");
        }
    }
}

#[test]
fn made_up_data_mark_every_page_and_file_and_real_data_none() {
    const MARK: &str = "SYNTHETIC SAMPLE DATA – NOT REAL";
    let (_, bytes) = build(&[]);
    let made_up = document(&bytes);
    for number in made_up.get_pages().keys() {
        let text = made_up.extract_text(&[*number]).unwrap();
        assert!(text.contains(MARK), "page {number}: {text}");
    }
    for format in ["json", "csv", "table"] {
        let stats = Command::cargo_bin("hotline-profile")
            .expect("the program")
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(["stats", "--format", format])
            .assert()
            .success();
        let text = String::from_utf8_lossy(&stats.get_output().stdout).into_owned();
        assert!(text.contains(MARK), "{format}: {text}");
    }
    // The same rows without the column.
    let signals = Path::new(env!("CARGO_MANIFEST_DIR")).join("input/signals.csv");
    let real = fs::read_to_string(signals).unwrap();
    let real = real.replace(",synthetic\n", "\n").replace(",yes", "");
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("real.csv");
    fs::write(&data, real).unwrap();
    let (_, bytes) = build(&["--data", data.to_str().unwrap()]);
    assert!(!text(&document(&bytes)).contains(MARK));
}

#[test]
fn the_theme_names_the_source_of_the_data() {
    let (_, bytes) = build(&["--theme", "input/themes/coalition.toml"]);
    let text = text(&document(&bytes)).replace('\n', " ");
    assert!(
        text.contains("Types of Calls to the High Desert Hotline in 2016"),
        "{text}"
    );
    assert!(
        text.contains("reported to the High Desert Hotline"),
        "{text}"
    );
    assert!(text.contains("Source: the High Desert Hotline"), "{text}");
    // Help still comes from the national hotline.
    assert!(text.contains("888-373-7888"), "{text}");
}

#[test]
fn a_link_is_one_annotation_with_its_printed_name() {
    let (_, sheet) = build(&["--state", "NM"]);
    let document = document(&sheet);
    let dictionaries = || {
        let objects = document.objects.values();
        objects.filter_map(|object| object.as_dict().ok())
    };
    let string = |dictionary: &lopdf::Dictionary, key: &[u8]| {
        lopdf::decode_text_string(dictionary.get(key).unwrap()).unwrap()
    };
    let elements = dictionaries().filter(|it| {
        it.has_type(b"StructElem")
            && it.get(b"S").and_then(|kind| kind.as_name()).ok() == Some(b"Link")
    });
    let mut wrapped = 0;
    let mut names = Vec::new();
    for element in elements {
        let kids = element.get(b"K").unwrap().as_array().unwrap();
        let annotations: Vec<&lopdf::Dictionary> = kids
            .iter()
            .filter_map(|kid| {
                let annotation = kid.as_dict().ok()?.get(b"Obj").ok()?.as_reference().ok()?;
                document.get_dictionary(annotation).ok()
            })
            .collect();
        let [annotation] = annotations[..] else {
            panic!("{} annotations", annotations.len());
        };
        wrapped += usize::from(annotation.has(b"QuadPoints"));
        let name = string(annotation, b"Contents");
        assert_eq!(name, string(element, b"Alt"));
        names.push(name);
    }
    assert!(wrapped > 0, "no link goes over two lines");
    for printed in [
        "§ 30-52-1",
        "humantraffickinghotline.org/state/new-mexico",
        "888-373-7888",
    ] {
        assert!(names.iter().any(|name| name.contains(printed)), "{names:?}");
    }
    let catalog = document.catalog().unwrap();
    let preferences = catalog
        .get(b"ViewerPreferences")
        .unwrap()
        .as_dict()
        .unwrap();
    let scaling = preferences.get(b"PrintScaling").and_then(|it| it.as_name());
    assert_eq!(scaling.ok(), Some(&b"None"[..]));
}

#[test]
fn efforts_outside_states_are_not_called_statewide() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("signals.csv");
    let rows = "signal_id,case_id,received,state\nS1,C1,2016-03-01,NM\nS2,C2,2016-03-01,DC\nS3,C3,2016-03-01,GU\n";
    fs::write(&data, rows).unwrap();
    let data = data.to_str().unwrap();
    let said = |state: &str| {
        text(&document(
            &build(&["--data", data, "--year", "2016", "--state", state]).1,
        ))
    };
    let is_said = |state: &str, words: &str| {
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        squeezed(&said(state)).contains(&squeezed(words))
    };
    assert!(is_said("NM", "New Mexico Statewide Efforts"));
    assert!(is_said(
        "DC",
        "District of Columbia: Efforts Across the District"
    ));
    assert!(is_said("GU", "Guam: Efforts Across the Territory"));
    assert!(!is_said("GU", "Statewide"));
}
