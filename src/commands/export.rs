//! `export`: files that the program carries, written out for editing.

use std::path::{Path, PathBuf};

use super::resources;
use super::standard_output::print;
use super::teller::Teller;
use super::whole_file;
use crate::cli::{Export, Exported};
use crate::failure::{Failure, Outcome, Position};
use crate::jurisdiction::Jurisdiction;
use crate::profile;
use crate::read::Mapping;
use crate::theme;
use crate::vocabulary::Vocabulary;
use crate::wording;

/// Stands for standard output.
const STANDARD_OUTPUT: &str = "-";

/// A file as it is written.
struct Carried {
    /// Its own name.
    name: String,
    text: &'static str,
    /// The option that takes an edited copy.
    used_by: &'static str,
}

pub(super) fn run(export: &Export) -> Outcome<()> {
    let carried = carried(export)?;
    if export.output.as_deref() == Some(Path::new(STANDARD_OUTPUT)) {
        return print(carried.text);
    }
    let path = export
        .output
        .clone()
        .unwrap_or_else(|| PathBuf::from(&carried.name));
    write_new(&path, carried.text.as_bytes())?;
    print(&format!("{}\n", path.display()))?;
    Teller::of(&export.tell).say(format_args!(
        "Edit it, and use it with {} {}",
        carried.used_by,
        path.display()
    ));
    Ok(())
}

fn carried(export: &Export) -> Outcome<Carried> {
    let name = export.name.as_deref();
    let carried = |name: &str, text, used_by| Carried {
        name: name.to_owned(),
        text,
        used_by,
    };
    Ok(match (export.what, name) {
        (Exported::Wording, name) => {
            let name = name.unwrap_or(wording::ENGLISH.0);
            let built_in = wording::built_in(name).ok_or_else(|| resources::no_wording(name))?;
            let (language, _, text) = built_in;
            carried(&format!("{language}.toml"), text, "--wording")
        }
        (Exported::Profile, Some(name)) => {
            let state = state(name)?;
            let (name, text) = profile::embedded(state);
            carried(name, text, "--profiles FOLDER, the folder of")
        }
        (Exported::Profile, None) => {
            return Err(Failure::usage("a profile is a state's")
                .remedy("name the state, as in `hotline-profile export profile TX`"));
        }
        (Exported::Theme, None) => carried("theme.toml", theme::STANDARD, "--theme"),
        (Exported::Vocabulary, None) => {
            carried("vocabulary.toml", Vocabulary::TEXT, "--vocabulary")
        }
        (Exported::Mapping, None) => carried("mapping.toml", Mapping::TEXT, "--mapping"),
        (_, Some(name)) => {
            return Err(
                Failure::usage(format!("there is only one, and none called “{name}”"))
                    .remedy("leave the name out; --output says where the file goes"),
            );
        }
    })
}

fn state(name: &str) -> Outcome<Jurisdiction> {
    Jurisdiction::from_code_or_name(name).ok_or_else(|| {
        Failure::usage(format!("“{name}” isn't a state or territory"))
            .remedy("give its postal code, as in NM, or its name")
    })
}

/// Writes a file where there is none yet: an edited one is somebody's work.
///
/// # Errors
/// When there is one, or it can't be written.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Outcome<()> {
    if path.exists() {
        return Err(Failure::data("this file is there already")
            .at(Position::file(path.display().to_string()))
            .remedy("edit it, or move it away, or write to another place"));
    }
    whole_file::write(path, bytes)
}
