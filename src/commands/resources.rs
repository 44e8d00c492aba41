//! Where vocabulary, wording and profiles come from: the file that is named; else the one in input/ of
//! the folder where the program runs; else the one that the binary carries.

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

/// The wording: a file, or by its name one that the program carries.
pub(super) fn wording(named: Option<&Path>) -> Outcome<Wording> {
    let named = named.unwrap_or(Path::new(wording::ENGLISH.0));
    let built_in = wording::BUILT_IN
        .into_iter()
        .find(|(name, ..)| named == Path::new(name));
    let path = built_in.map_or(named, |(_, file, _)| Path::new(file));
    match (
        text(path, built_in.is_none(), "read the wording")?,
        built_in,
    ) {
        (Some(text), _) => Wording::parse(&path.display().to_string(), &text),
        (None, Some((_, file, text))) => Wording::parse(file, text),
        // A named file that is not there is an error before.
        (None, None) => Wording::parse(wording::ENGLISH.1, wording::ENGLISH.2),
    }
}

/// A state's profile; `None` where there is none.
pub(super) fn profile(folder: Option<&Path>, state: Jurisdiction) -> Outcome<Option<Profile>> {
    let name = format!("{}.toml", state.code().to_lowercase());
    if let Some(folder) = folder
        && !folder.is_dir()
    {
        return Err(Failure::data("there is no such folder of profiles")
            .at(crate::failure::Position::file(folder.display().to_string()))
            .remedy("check the path, or make the folder with `hotline-profile init`"));
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

/// The text of a file; `None` when it is not there and needn't be.
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
