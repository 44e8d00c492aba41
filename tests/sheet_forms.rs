//! The forms that one sheet can take: languages, papers, printing, layouts.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use lopdf::Document;

/// Builds the New Mexico sheet from the repository's input with further options; gives back the name of
/// the file and its bytes.
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
fn the_spanish_sheet_says_its_language_and_that_of_its_english_passages() {
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
