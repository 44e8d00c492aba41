//! Where vocabulary, wording and profiles come from: the file that is named; otherwise the one in input/ of the
//! current folder; otherwise the built-in one.

use std::fs;
use std::path::Path;

use crate::failure::{Failure, Outcome};
use crate::jurisdiction::Jurisdiction;
use crate::profile::{self, Profile};
use crate::read::Mapping;
use crate::vocabulary::Vocabulary;
use crate::wording::{self, Wording};

const PROFILES: &str = "input/profiles";
const VOCABULARY: &str = "input/vocabulary.toml";

/// The vocabulary.
pub(super) fn vocabulary(named: Option<&Path>) -> Outcome<Vocabulary> {
    let path = named.unwrap_or(Path::new(VOCABULARY));
    match text(path, named.is_some(), "read the vocabulary")? {
        Some(text) => Vocabulary::from_toml(&path.display().to_string(), &text),
        None => Ok(Vocabulary::embedded()),
    }
}

/// The mapping; without one, data have the canonical layout.
pub(super) fn mapping(named: Option<&Path>, vocabulary: &Vocabulary) -> Outcome<Mapping> {
    let Some(path) = named else {
        return Ok(Mapping::canonical_with(vocabulary));
    };
    let text =
        fs::read_to_string(path).map_err(|error| Failure::io("read the mapping", path, &error))?;
    Mapping::from_toml(&path.display().to_string(), &text, vocabulary)
}

/// The wording: a file, or the built-in one for a language name.
pub(super) fn wording(named: Option<&Path>) -> Outcome<Wording> {
    let named = named.unwrap_or(Path::new(wording::ENGLISH.0));
    if let Some((_, file, built_in)) = named.to_str().and_then(wording::built_in) {
        let path = Path::new(file);
        return match text(path, false, "read the wording")? {
            Some(text) => Wording::parse(file, &text),
            None => Wording::parse(file, built_in),
        };
    }
    match text(named, false, "read the wording")? {
        Some(text) => Wording::parse(&named.display().to_string(), &text),
        // If somebody gives a path, they aren't looking for a language.
        None if named.extension().is_some() || named.components().count() > 1 => {
            text(named, true, "read the wording")?;
            Err(no_wording(&named.display().to_string()))
        }
        None => Err(no_wording(&named.display().to_string())),
    }
}

/// Names the available wordings.
pub(super) fn no_wording(name: &str) -> Failure {
    Failure::usage(format!("there is no wording “{name}”, nor a file of this name")).remedy(
        "choose english or spanish, or give a file; `hotline-profile export wording` writes one to translate",
    )
}

/// The file of a wording, as [`wording`] finds it, to show to the user.
pub(super) fn wording_place(named: Option<&Path>) -> String {
    let named = named.unwrap_or(Path::new(wording::ENGLISH.0));
    match named.to_str().and_then(wording::built_in) {
        Some((language, file, _)) => format!("{language} ({})", place(Path::new(file))),
        None => named.display().to_string(),
    }
}

/// The same for the vocabulary.
pub(super) fn vocabulary_place(named: Option<&Path>) -> String {
    match named {
        Some(path) => path.display().to_string(),
        None => place(Path::new(VOCABULARY)),
    }
}

/// The same for a state's profile.
pub(super) fn profile_place(folder: Option<&Path>, state: Jurisdiction) -> String {
    let name = profile::embedded(state).0;
    match folder {
        None => place(&Path::new(PROFILES).join(name)),
        Some(folder) if folder.join(name).is_file() => folder.join(name).display().to_string(),
        Some(_) => "none".to_owned(),
    }
}

fn place(path: &Path) -> String {
    match path.is_file() {
        true => path.display().to_string(),
        false => "built in".to_owned(),
    }
}

/// A state's profile; `None` if there is none.
pub(super) fn profile(folder: Option<&Path>, state: Jurisdiction) -> Outcome<Option<Profile>> {
    let name = format!("{}.toml", state.code().to_lowercase());
    if let Some(folder) = folder
        && !folder.is_dir()
    {
        return Err(Failure::data("this folder of profiles doesn't exist")
            .at(crate::failure::Position::file(folder.display().to_string()))
            .remedy("check the path, or create the folder with `hotline-profile init`"));
    }
    let path = folder.unwrap_or(Path::new(PROFILES)).join(&name);
    if let Some(text) = text(&path, false, "read the profile")? {
        return Profile::parse(&path.display().to_string(), &text, state).map(Some);
    }
    if folder.is_some() {
        return Ok(None);
    }
    let (name, text) = profile::embedded(state);
    Profile::parse(name, text, state).map(Some)
}

/// The text of a file; `None` if it doesn't exist and isn't required.
fn text(path: &Path, must_exist: bool, action: &str) -> Outcome<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if !must_exist && error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::io(action, path, &error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_folder_without_the_state_s_file_has_no_profile() {
        let folder = tempfile::tempdir().unwrap();
        let state = Jurisdiction::from_code("TX").unwrap();
        assert!(profile(Some(folder.path()), state).unwrap().is_none());
    }
}
