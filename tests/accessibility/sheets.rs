//! The sheets that are checked, and copies of them that are broken on purpose.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use lopdf::{Dictionary, Document, Object, ObjectId};
use tempfile::TempDir;

/// The other forms of New Mexico's sheet, each in a folder with its name.
const FORMS: [(&str, &[&str]); 14] = [
    ("spanish", &["--wording", "es", "--data-page", "--trend"]),
    ("gray", &["--print", "bw"]),
    ("bleed", &["--print", "bleed"]),
    (
        "gray-bleed",
        &["--print", "bw", "--print", "bleed", "--trend"],
    ),
    ("large", &["--large-print", "--trend", "--data-page"]),
    ("legal", &["--paper", "legal"]),
    ("a4", &["--paper", "a4"]),
    ("one-page", &["--layout", "one-page"]),
    (
        "spanish-one-page",
        &["--layout", "one-page", "--wording", "es"],
    ),
    ("two-up", &["--n-up", "2"]),
    ("trend", &["--trend"]),
    ("theme", &["--theme", "input/themes/coalition.toml"]),
    (
        "theme-one-page",
        &[
            "--theme",
            "input/themes/coalition.toml",
            "--layout",
            "one-page",
        ],
    ),
    ("totals", &["--data", "totals.csv"]),
];

/// A folder with sheets, made once for all tests: New Mexico's, which has everything, with and without its data page,
/// with unprotected numbers, and in all other forms; and that of a state with hidden numbers and no profile.
static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("the system has a folder for temporary files");
    build(folder.path(), &["--state", "NM"]);
    build(folder.path(), &["--state", "TX"]);
    let with_data = folder.path().join("data");
    build(&with_data, &["--data-page", "--statistics"]);
    build(folder.path(), &["--internal"]);
    let totals = folder.path().join("totals.csv");
    std::fs::write(
        &totals,
        of_program(&["stats", "--internal", "--format", "csv"]),
    )
    .unwrap();
    for (name, options) in FORMS {
        let totals = totals.to_str().expect("folders of tests have plain names");
        let options: Vec<&str> = options
            .iter()
            .map(|option| {
                if *option == "totals.csv" {
                    totals
                } else {
                    option
                }
            })
            .collect();
        build(&folder.path().join(name), &options);
    }
    folder
});

pub fn build(output: &Path, options: &[&str]) {
    let output = output.to_str().expect("folders of tests have plain names");
    of_program(&[&["build", "--output", output], options].concat());
}

/// What the program writes to standard output.
fn of_program(arguments: &[&str]) -> Vec<u8> {
    let made = Command::new(env!("CARGO_BIN_EXE_hotline-profile"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .output()
        .expect("the program starts");
    let complaint = String::from_utf8_lossy(&made.stderr);
    assert!(made.status.success(), "{arguments:?}: {complaint}");
    made.stdout
}

const NEW_MEXICO: &str = "NM-Human-Trafficking-Profile-2016.pdf";

/// New Mexico's sheet.
pub fn new_mexico() -> PathBuf {
    sheet("NM")
}

/// New Mexico's sheet with its data page; the same numbers are next to it as JSON and CSV.
pub fn with_data_page() -> PathBuf {
    FOLDER
        .path()
        .join("data/NM-Human-Trafficking-Profile-2016-data.pdf")
}

/// New Mexico's sheet with a profile from another folder, made into that folder.
pub fn with_profiles(folder: &Path) -> PathBuf {
    let profiles = folder.to_str().expect("folders of tests have plain names");
    build(folder, &["--profiles", profiles]);
    folder.join(NEW_MEXICO)
}

/// New Mexico's sheet with unprotected numbers.
pub fn internal() -> PathBuf {
    FOLDER
        .path()
        .join("NM-Human-Trafficking-Profile-2016-INTERNAL.pdf")
}

/// All sheets.
pub fn all() -> Vec<PathBuf> {
    let mut all = vec![new_mexico(), sheet("TX"), with_data_page(), internal()];
    all.extend(FORMS.iter().map(|(name, _)| form(name)));
    all
}

/// All sheets except those for a print shop.
pub fn archival() -> Vec<PathBuf> {
    let is_archival = |sheet: &PathBuf| !sheet.to_string_lossy().contains("bleed");
    all().into_iter().filter(is_archival).collect()
}

/// New Mexico's sheet in one of the other forms.
pub fn form(name: &str) -> PathBuf {
    let folder = FOLDER.path().join(name);
    std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be read").path())
        .find(|path| path.extension().is_some_and(|end| end == "pdf"))
        .expect("a sheet is in it")
}

fn sheet(state: &str) -> PathBuf {
    FOLDER
        .path()
        .join(format!("{state}-Human-Trafficking-Profile-2016.pdf"))
}

/// A copy of New Mexico's sheet with a fault, in the given folder.
pub struct Broken {
    folder: TempDir,
}

impl Broken {
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("broken.pdf")
    }
}

/// Breaks the document inside the file, which stays well-formed.
pub fn broken(fault: impl FnOnce(&mut Document)) -> Broken {
    let mut document = Document::load(new_mexico()).expect("the sheet is a PDF");
    fault(&mut document);
    let broken = Broken {
        folder: tempfile::tempdir().unwrap(),
    };
    document.save(broken.path()).expect("the copy is written");
    broken
}

/// Breaks the file's bytes.
pub fn broken_bytes(fault: impl FnOnce(&mut Vec<u8>)) -> Broken {
    let mut bytes = std::fs::read(new_mexico()).unwrap();
    fault(&mut bytes);
    let broken = Broken {
        folder: tempfile::tempdir().unwrap(),
    };
    std::fs::write(broken.path(), bytes).unwrap();
    broken
}

/// Removes an entry from the catalog.
pub fn without_catalog_entry(key: &'static str) -> impl FnOnce(&mut Document) {
    move |document| {
        let removed = document.catalog_mut().unwrap().remove(key.as_bytes());
        assert!(removed.is_some(), "the catalog has {key}");
    }
}

/// Changes every dictionary in which an entry has a certain name; there must be one.
pub fn change_all(
    document: &mut Document,
    key: &str,
    name: &str,
    change: impl Fn(&mut Dictionary),
) {
    let ids: Vec<ObjectId> = document
        .objects
        .iter()
        .filter(|(_, object)| {
            object.as_dict().is_ok_and(|dictionary| {
                dictionary
                    .get(key.as_bytes())
                    .and_then(Object::as_name)
                    .is_ok_and(|found| found == name.as_bytes())
            })
        })
        .map(|(&id, _)| id)
        .collect();
    assert!(!ids.is_empty(), "nothing has {key} {name}");
    for id in ids {
        change(document.get_dictionary_mut(id).unwrap());
    }
}

/// The text of a file's XMP packet replaced.
pub fn replace_in_xmp(document: &mut Document, old: &str, new: &str) {
    let id = document
        .catalog()
        .unwrap()
        .get(b"Metadata")
        .unwrap()
        .as_reference()
        .unwrap();
    let stream = document
        .get_object_mut(id)
        .unwrap()
        .as_stream_mut()
        .unwrap();
    let packet = String::from_utf8(stream.content.clone()).unwrap();
    assert!(packet.contains(old), "the packet has {old}");
    stream.set_content(packet.replace(old, new).into_bytes());
}

/// The folder that `.ci/install-pdf-checkers` fills.
pub fn checkers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/checkers")
}
