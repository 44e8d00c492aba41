//! Web pages, and copies of them that are broken on purpose.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use tempfile::TempDir;

use super::sheets::build;

/// Forms of the page, each in a folder with its name.
const FORMS: [(&str, &[&str]); 6] = [
    ("usual", &[]),
    (
        "spanish",
        &["--wording", "es", "--data-page", "--trend", "--internal"],
    ),
    ("gray", &["--print", "bw"]),
    ("one-page", &["--layout", "one-page"]),
    ("theme", &["--theme", "input/themes/coalition.toml"]),
    ("hidden", &["--state", "TX"]),
];

/// A folder with New Mexico's page in all forms, and that of a state with hidden numbers; made once.
static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("the system has a folder for temporary files");
    for (name, options) in FORMS {
        let options = [&["--format", "html"], options].concat();
        build(&folder.path().join(name), &options);
    }
    folder
});

fn page_in(form: &str) -> PathBuf {
    let mut files = std::fs::read_dir(FOLDER.path().join(form)).unwrap();
    files
        .find_map(|file| {
            let path = file.unwrap().path();
            (path.extension()? == "html").then_some(path)
        })
        .expect("a page")
}

/// All pages.
pub fn all() -> Vec<PathBuf> {
    FORMS.iter().map(|(form, _)| page_in(form)).collect()
}

/// A copy of the usual page in which every occurrence of a text is replaced.
pub fn broken(folder: &Path, name: &str, text: &str, by: &str) -> PathBuf {
    let page = std::fs::read_to_string(page_in("usual")).unwrap();
    assert!(page.contains(text), "no {text} in the page");
    let path = folder.join(format!("{name}.html"));
    std::fs::write(&path, page.replace(text, by)).unwrap();
    path
}
