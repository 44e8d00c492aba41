//! The files of data: paths and patterns of file names, and standard input.

use std::fs::File;
use std::io::{self, Seek};
use std::path::{Path, PathBuf};

use super::reading::Reading;
use crate::failure::{Failure, Outcome, Position};
use crate::read::{Bytes, Input};

/// Stands for standard input among paths.
const STANDARD_INPUT: &str = "-";
const STANDARD_INPUT_NAME: &str = "<standard input>";

/// How often the files are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passes {
    Once,
    /// What comes by standard input is kept for the next time.
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

/// Standard input, kept in a temporary file that has no name and is gone with the program, however that
/// ends.
fn kept_standard_input() -> Outcome<Input> {
    let keep = || {
        let mut kept = tempfile::tempfile()?;
        io::copy(&mut io::stdin().lock(), &mut kept)?;
        Ok(kept)
    };
    let kept = keep().map_err(|error: io::Error| {
        Failure::data(format!("can't keep what comes by standard input: {error}"))
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
            io::ErrorKind::NotFound => failure.remedy(
                "name your CSV with --data FILE, or make synthetic signals with `hotline-profile sample`",
            ),
            _ => failure,
        }
    })?;
    let about = file.metadata().ok();
    let size = about
        .filter(|about| about.is_file())
        .map(|about| about.len());
    Ok(Box::new(Reading::of(file, size)))
}

/// The files that paths name: patterns such as `2016-*.csv` become the files that fit, in order of name;
/// `-` and all else stays.
///
/// # Errors
/// A pattern that nothing fits, and a folder.
pub(super) fn expand(paths: &[PathBuf]) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        let text = path.to_string_lossy();
        if path == Path::new(STANDARD_INPUT) || path.exists() || !text.contains(['*', '?', '[']) {
            if path.is_dir() {
                return Err(Failure::data("this is a folder")
                    .at(Position::file(&*text))
                    .remedy(format!("name its files, as in \"{text}/*.csv\"")));
            }
            files.push(path.clone());
            continue;
        }
        let fitting = glob::glob(&text).map_err(|error| {
            Failure::usage(format!("“{text}” is no pattern of file names: {error}"))
        })?;
        let before = files.len();
        files.extend(fitting.filter_map(Result::ok).filter(|file| file.is_file()));
        if files.len() == before {
            return Err(Failure::data("no file fits this pattern")
                .at(Position::file(&*text))
                .remedy("check the folder and the spelling"));
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_become_files_in_order_and_must_fit_some() {
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
        assert!(none.to_string().contains("no file fits"), "{none}");
        let folder = expand(&[folder.path().to_owned()]).unwrap_err();
        assert!(folder.to_string().contains("this is a folder"), "{folder}");
    }
}
