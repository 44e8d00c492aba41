//! The data files: paths and patterns of file names, and standard input.

use std::fs::File;
use std::io::{self, Seek};
use std::path::{Path, PathBuf};

use super::reading::Reading;
use crate::cli::USUAL_DATA;
use crate::failure::{Failure, Outcome, Position};
use crate::read::{Bytes, Input};

/// Means standard input among paths.
const STANDARD_INPUT: &str = "-";
const STANDARD_INPUT_NAME: &str = "<standard input>";

/// How often the files are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passes {
    Once,
    /// Standard input is kept for the next reading.
    Several,
}

/// The files that paths name.
///
/// # Errors
/// As [`expand`]; standard input that can't be kept.
pub(super) fn open(paths: &[PathBuf], passes: Passes) -> Outcome<Vec<Input>> {
    expand(paths)?
        .into_iter()
        .map(|path| input(path, passes))
        .collect()
}

fn input(path: PathBuf, passes: Passes) -> Outcome<Input> {
    if path == Path::new(STANDARD_INPUT) {
        return match passes {
            Passes::Once => Ok(Input::new(STANDARD_INPUT_NAME, || {
                Ok(Box::new(Reading::of(io::stdin(), None)))
            })),
            Passes::Several => kept_standard_input(),
        };
    }
    Ok(Input::new(path.display().to_string(), move || {
        open_file(&path)
    }))
}

/// Standard input, kept in a temporary file that has no name and disappears with the program, however it ends.
fn kept_standard_input() -> Outcome<Input> {
    let keep = || {
        let mut kept = tempfile::tempfile()?;
        io::copy(&mut io::stdin().lock(), &mut kept)?;
        Ok(kept)
    };
    let kept = keep().map_err(|error: io::Error| {
        Failure::data(format!(
            "can't store standard input for a second reading: {error}"
        ))
        .at(Position::file(STANDARD_INPUT_NAME))
        .remedy("save it to a file, and name that with --data")
    })?;
    Ok(Input::new(STANDARD_INPUT_NAME, move || {
        let rewound = || {
            let mut kept = kept.try_clone()?;
            kept.rewind()?;
            Ok(kept)
        };
        let kept = rewound().map_err(|error: io::Error| {
            Failure::data(format!("can't read the data again: {error}"))
                .at(Position::file(STANDARD_INPUT_NAME))
        })?;
        Ok(Box::new(kept))
    }))
}

fn open_file(path: &Path) -> Outcome<Bytes> {
    let file = File::open(path).map_err(|error| {
        let failure = Failure::io("read the data", path, &error);
        match error.kind() {
            io::ErrorKind::NotFound if path == Path::new(USUAL_DATA) => failure.remedy(format!(
                "name your file with --data FILE, or make synthetic signals with `hotline-profile sample --output {USUAL_DATA}`"
            )),
            _ => failure,
        }
    })?;
    let about = file.metadata().ok();
    let size = about
        .filter(|about| about.is_file())
        .map(|about| about.len());
    Ok(Box::new(Reading::of(file, size)))
}

/// The files that paths name. Patterns such as `2016-*.csv` become the matching files, in order of name; a folder
/// that an engine wrote becomes its part files; `-` and everything else stays.
///
/// # Errors
/// A pattern that nothing matches, and a folder without part files.
pub(super) fn expand(paths: &[PathBuf]) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        let text = path.to_string_lossy();
        if path == Path::new(STANDARD_INPUT) || path.exists() || !text.contains(['*', '?', '[']) {
            match path.is_dir() {
                true => files.extend(parts(path)?),
                false => files.push(path.clone()),
            }
            continue;
        }
        let fitting = glob::glob(&text).map_err(|error| {
            Failure::usage(format!("“{text}” isn't a pattern of file names: {error}"))
        })?;
        let before = files.len();
        let asks_for_marks = is_mark(path);
        files.extend(
            fitting
                .filter_map(Result::ok)
                .filter(|file| file.is_file() && (asks_for_marks || !is_mark(file))),
        );
        if files.len() == before {
            return Err(Failure::data("no file matches this pattern")
                .at(Position::file(&*text))
                .remedy("check the folder and the spelling"));
        }
    }
    Ok(files)
}

/// The part files of a folder that an engine such as Spark or Hive wrote, in order of name.
fn parts(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let unreadable = |error: io::Error| Failure::io("read the folder", folder, &error);
    let mut parts = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let name = path.file_name().map(|name| name.to_string_lossy());
        if path.is_file() && name.is_some_and(|name| name.starts_with("part-")) {
            parts.push(path);
        }
    }
    parts.sort();
    if parts.is_empty() {
        let text = folder.display();
        return Err(
            Failure::data("this is a folder without part files (part-…)")
                .at(Position::file(text.to_string()))
                .remedy(format!("name its files, as in \"{text}/*.csv\"")),
        );
    }
    Ok(parts)
}

/// Whether a file's name shows that it isn't data: `_SUCCESS` and `.part-0.crc`, which engines write next to the
/// data.
fn is_mark(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy());
    name.is_some_and(|name| name.starts_with(['_', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_expand_to_files_in_order_and_must_match_at_least_one() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, b"").unwrap();
            path
        };
        let (b, a) = (file("b [1].csv"), file("a.csv"));
        let all = folder.path().join("*.csv");
        let dash = PathBuf::from(STANDARD_INPUT);
        let given = [all, b.clone(), dash.clone()];
        assert_eq!(expand(&given).unwrap(), [a, b.clone(), b, dash]);
        let none = expand(&[folder.path().join("*.txt")]).unwrap_err();
        assert!(none.to_string().contains("no file matches"), "{none}");
        let message = expand(&[folder.path().to_owned()]).unwrap_err();
        assert!(
            message.to_string().contains("this is a folder"),
            "{message}"
        );
        // What an engine wrote.
        let parts = [file("part-00000.csv"), file("part-00001.csv")];
        let (success, sum) = (file("_SUCCESS"), file(".part-00000.csv.crc"));
        assert_eq!(expand(&[folder.path().to_owned()]).unwrap(), parts);
        let all = expand(&[folder.path().join("*")]).unwrap();
        assert!(
            !all.contains(&success) && !all.contains(&sum) && all.len() == 4,
            "{all:?}"
        );
        assert_eq!(expand(&[folder.path().join("_*")]).unwrap(), [success]);
    }
}
