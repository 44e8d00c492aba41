//! What the tests of the whole program share: a folder to work in, the program, and its output.

// Every test file is a separate program, and none uses all of this.
#![allow(dead_code)]

pub mod engines;
pub mod expected;
pub mod legibility;
pub mod nasty;
pub mod page_text;
pub mod pdf_file;
pub mod pictures;
pub mod poppler;
pub mod truetype;
pub mod workbook;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;

/// The repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Text of a file of the repository.
pub fn text_of(path: &str) -> String {
    let path = repository().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The header of the bundled signals.
pub fn header_of_signals() -> String {
    let signals = text_of("input/signals.csv");
    signals.lines().next().unwrap().to_owned()
}

/// A folder where the program runs, which is deleted when the test ends.
pub struct Workplace(TempDir);

/// The result of running the program.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Workplace {
    /// An empty one.
    pub fn empty() -> Self {
        Workplace(tempfile::tempdir().expect("the system has a folder for temporary files"))
    }

    /// With a copy of `input/`, except the geography, which is built into the program.
    pub fn with_input() -> Self {
        let workplace = Workplace::empty();
        copy_folder(
            &repository().join("input"),
            &workplace.path("input"),
            &|name| name != "geo",
        );
        workplace
    }

    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    /// Writes a file, and creates the folders that it needs.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Replaces every occurrence of a text, which must be in the file.
    pub fn replace(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{path} has no {old:?}");
        self.write(path, text.replace(old, new));
    }

    /// The program, not run yet.
    pub fn program(&self) -> assert_cmd::Command {
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_hotline-profile"));
        command
            .current_dir(self.folder())
            .timeout(Duration::from_secs(120));
        command
    }

    /// Runs the program with the words of a line.
    pub fn run(&self, line: &str) -> Ran {
        self.run_words(&line.split_whitespace().collect::<Vec<_>>())
    }

    pub fn run_words(&self, words: &[&str]) -> Ran {
        let output = self.program().args(words).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
        Ran {
            code: output
                .status
                .code()
                .expect("the program ends by itself and in time"),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    /// Runs the program, which must succeed, and returns what it printed.
    pub fn succeed(&self, line: &str) -> String {
        let ran = self.run(line);
        assert_eq!(ran.code, 0, "hotline-profile {line}\n{}", ran.err);
        ran.out
    }

    /// Builds a sheet, and returns the path that the program printed.
    pub fn build(&self, line: &str) -> PathBuf {
        let out = self.succeed(line);
        let path = self.path(out.trim_end());
        assert!(path.is_file(), "no file {out}");
        path
    }

    /// The statistics that `stats` prints as JSON.
    pub fn statistics(&self, options: &str) -> serde_json::Value {
        let out = self.succeed(&format!("stats --format json {options}"));
        serde_json::from_str(&out).unwrap()
    }

    /// All files below a folder, by path from it, in order; including hidden ones.
    pub fn files_in(&self, folder: &str) -> Vec<String> {
        let root = self.path(folder);
        let mut files = Vec::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(&folder) else {
                continue;
            };
            for entry in entries {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push(path.strip_prefix(&root).unwrap().display().to_string());
                }
            }
        }
        files.sort();
        files
    }
}

/// Copies a folder, except for names that `wanted` excludes.
pub fn copy_folder(from: &Path, to: &Path, wanted: &dyn Fn(&str) -> bool) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        if !wanted(&name.to_string_lossy()) {
            continue;
        }
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &to.join(&name), wanted);
        } else {
            fs::copy(entry.path(), to.join(&name)).unwrap();
        }
    }
}

/// The text with every stretch of white space as one space: line breaks are up to the layout.
pub fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
