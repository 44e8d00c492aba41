//! `verify`: a sheet is read back from its PDF and compared with the data.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

fn run(arguments: &[&str], folder: &Path) -> std::process::Output {
    let mut command = Command::cargo_bin("hotline-profile").unwrap();
    command
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap()
}

const THEME: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/input/themes/coalition.toml");

fn sample() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("input/signals.csv");
    fs::read_to_string(path).unwrap()
}

/// Builds the sheet for some data in a folder, which then contains data.csv and the sheet.
fn build(folder: &Path, data: &str, options: &[&str]) -> PathBuf {
    fs::write(folder.join("data.csv"), data).unwrap();
    let mut arguments = vec!["build", "--data", "data.csv", "--output", "."];
    arguments.extend(options);
    let output = run(&arguments, folder);
    assert!(output.status.success(), "{output:?}");
    folder.join(String::from_utf8(output.stdout).unwrap().trim())
}

fn verify(folder: &Path, sheet: &Path, data: &str) -> (Option<i32>, Value) {
    fs::write(folder.join("other.csv"), data).unwrap();
    let sheet = sheet.to_str().unwrap();
    let output = run(
        &["verify", sheet, "--data", "other.csv", "--format", "json"],
        folder,
    );
    let json = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
    (output.status.code(), json)
}

fn wrong(json: &Value) -> Vec<(String, String, String)> {
    let numbers = json["numbers"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap_or("–").to_owned();
    numbers
        .filter(|number| number["ok"] == false)
        .map(|it| {
            (
                text(&it["label"]),
                text(&it["printed"]),
                text(&it["recomputed"]),
            )
        })
        .collect()
}

#[test]
fn a_sheet_agrees_with_its_own_data_in_any_shape() {
    for (state, options) in [
        ("NM", &[][..]),
        ("NM", &["--internal"]),
        ("NM", &["--data-page"]),
        ("NM", &["--trend"]),
        // The forms that the same numbers take.
        ("NM", &["--layout", "one-page"]),
        ("NM", &["--layout", "one-page", "--data-page", "--trend"]),
        ("NM", &["--n-up", "2", "--trend"]),
        ("NM", &["--large-print", "--trend", "--data-page"]),
        ("NM", &["--print", "bw"]),
        ("NM", &["--print", "bleed", "--paper", "a4"]),
        ("NM", &["--standard", "ua2", "--data-page"]),
        ("NM", &["--wording", "es", "--trend", "--data-page"]),
        ("NM", &["--wording", "es", "--layout", "one-page"]),
        ("NM", &["--theme", THEME]),
        // Low and wide states have a different layout.
        ("TN", &["--min-cell", "20"]),
        ("HI", &["--unit", "victims", "--min-cell", "3"]),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let data = sample().replace("NM", state);
        let sheet = build(
            folder.path(),
            &data,
            &[&["--state", state], options].concat(),
        );
        let (code, json) = verify(folder.path(), &sheet, &data);
        assert_eq!(
            (code, wrong(&json)),
            (Some(0), vec![]),
            "{state} {options:?}"
        );
        assert_eq!(json["numbers_sha256"]["same"], true);
        assert!(json["numbers"].as_array().unwrap().len() >= 15, "{json:#}");
    }
}

#[test]
fn a_removed_case_changes_only_its_own_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let sheet = build(folder.path(), &sample(), &[]);
    // One signal, from 2013: the calls are those of 2016.
    let case = "C00026";
    let rest: String = sample()
        .lines()
        .filter(|line| !line.contains(case))
        .map(|line| format!("{line}\n"))
        .collect();
    let (code, json) = verify(folder.path(), &sheet, &rest);
    assert_eq!(code, Some(1));
    assert_eq!(json["numbers_sha256"]["same"], false);
    let changed = wrong(&json);
    assert!(
        changed.contains(&("Female".into(), "104".into(), "103".into())),
        "{changed:?}"
    );
    assert!(
        !changed.iter().any(|(label, ..)| label == "Tip Report"),
        "{changed:?}"
    );
}

#[test]
fn a_changed_number_in_the_pdf_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let sheet = build(folder.path(), &sample(), &[]);
    // The glyphs of "104" become those of "401": what a reader sees, not what the metadata say.
    let mut document = lopdf::Document::load(&sheet).unwrap();
    let mut altered = 0;
    for page in document.get_pages().into_values().collect::<Vec<_>>() {
        let bytes = document.get_page_content(page);
        let mut content = lopdf::content::Content::decode(&bytes).unwrap();
        let mut fonts = Vec::new();
        for (name, font) in document.get_page_fonts(page).unwrap() {
            fonts.push((name, font.get_font_encoding(&document).unwrap()));
        }
        let mut font = None;
        for operation in &mut content.operations {
            if operation.operator == "Tf" {
                let name = operation.operands[0].as_name().unwrap();
                font = fonts.iter().find(|(known, _)| known.as_slice() == name);
            }
            let Some((_, encoding)) = font else { continue };
            let operands = std::mem::take(&mut operation.operands);
            let text = |object: &lopdf::Object| match object {
                lopdf::Object::Array(items) => items
                    .iter()
                    .filter_map(|item| item.as_str().ok())
                    .map(|bytes| lopdf::Document::decode_text(encoding, bytes).unwrap())
                    .collect(),
                lopdf::Object::String(bytes, _) => {
                    lopdf::Document::decode_text(encoding, bytes).unwrap()
                }
                _ => String::new(),
            };
            operation.operands = operands;
            if matches!(operation.operator.as_str(), "Tj" | "TJ")
                && text(&operation.operands[0]).trim() == "104"
            {
                reverse(&mut operation.operands[0]);
                altered += 1;
            }
        }
        let bytes = content.encode().unwrap();
        drop(fonts);
        document.change_page_content(page, bytes).unwrap();
    }
    assert_eq!(altered, 1);
    let forged = folder.path().join("forged.pdf");
    document.save(&forged).unwrap();
    let (code, json) = verify(folder.path(), &forged, &sample());
    assert_eq!(code, Some(1));
    assert_eq!(
        wrong(&json),
        [("Female".into(), "401".into(), "104".into())]
    );
    assert_eq!(json["numbers_sha256"]["same"], true);
}

/// A wording in a third language is required; a one-page sheet that lacks a number is found out.
#[test]
fn the_wording_and_the_layout_are_those_of_the_sheet() {
    let folder = tempfile::tempdir().unwrap();
    let spanish = concat!(env!("CARGO_MANIFEST_DIR"), "/input/wording/es.toml");
    let french = fs::read_to_string(spanish).unwrap();
    let french = french.replace("language = \"es-US\"", "language = \"fr\"");
    fs::write(folder.path().join("fr.toml"), french).unwrap();
    let options = ["--wording", "fr.toml", "--layout", "one-page"];
    let sheet = build(folder.path(), &sample(), &options);
    let sheet = sheet.to_str().unwrap();
    let refused = run(&["verify", sheet, "--data", "data.csv"], folder.path());
    assert_eq!(refused.status.code(), Some(1));
    let message = String::from_utf8(refused.stderr).unwrap();
    assert!(
        message.contains("the sheet is in “fr”, the wording in “en-US”\n  help: give the wording"),
        "{message}"
    );
    let given = [
        "verify",
        sheet,
        "--data",
        "data.csv",
        "--wording",
        "fr.toml",
    ];
    let verified = run(&given, folder.path());
    let told = String::from_utf8(verified.stdout).unwrap();
    assert!(verified.status.success(), "{told}");
    // What the one page leaves out isn't required.
    assert!(
        told.contains("Femenino") && !told.contains("Denuncia o pista"),
        "{told}"
    );
}

/// Reverses the two-byte glyphs of a string, or the strings of an array.
fn reverse(object: &mut lopdf::Object) {
    match object {
        lopdf::Object::String(bytes, _) => {
            let glyphs: Vec<[u8; 2]> = bytes.chunks_exact(2).map(|it| [it[0], it[1]]).collect();
            *bytes = glyphs.into_iter().rev().flatten().collect();
        }
        lopdf::Object::Array(items) => {
            items.iter_mut().for_each(reverse);
            items.reverse();
        }
        _ => {}
    }
}

#[test]
fn a_file_that_is_not_a_sheet_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("no.pdf"), b"%PDF-1.7\nnothing").unwrap();
    let output = run(&["verify", "no.pdf"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.starts_with("error: no.pdf: "), "{message}");
}

#[test]
fn a_group_that_is_not_on_the_sheet_is_verified_by_the_digest() {
    let folder = tempfile::tempdir().unwrap();
    let vocabulary = Path::new(env!("CARGO_MANIFEST_DIR")).join("input/vocabulary.toml");
    let vocabulary = fs::read_to_string(vocabulary).unwrap();
    let off_the_sheet = vocabulary.replace("section = \"signals\"\nif_room = true\n", "");
    assert_ne!(vocabulary, off_the_sheet);
    fs::create_dir(folder.path().join("input")).unwrap();
    fs::write(folder.path().join("input/vocabulary.toml"), off_the_sheet).unwrap();
    let sheet = build(folder.path(), &sample(), &[]);
    let (code, json) = verify(
        folder.path(),
        &sheet,
        &sample().replace(",Text,", ",Webchat,"),
    );
    assert_eq!(wrong(&json), vec![]);
    assert_eq!((code, &json["agree"]), (Some(1), &Value::Bool(false)));
}
