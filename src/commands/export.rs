//! `export`: built-in files, written out for editing.

use std::borrow::Cow;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::resources;
use super::standard_output::{StandardOutput, print};
use super::teller::Teller;
use super::whole_file;
use crate::cli::{Export, Exported};
use crate::failure::{Failure, Outcome, Position};
use crate::geo;
use crate::jurisdiction::Jurisdiction;
use crate::make;
use crate::profile;
use crate::read::Mapping;
use crate::template;
use crate::theme;
use crate::vocabulary::Vocabulary;
use crate::wording;

/// Means standard output.
const STANDARD_OUTPUT: &str = "-";

/// A file as it is written.
struct Carried {
    /// Its default name.
    name: String,
    text: Cow<'static, [u8]>,
    /// What to do with it, before its path.
    next: &'static str,
}

pub(super) fn run(export: &Export) -> Outcome<()> {
    if export.what == Exported::Sql && export.name.is_none() {
        return sql(export);
    }
    let carried = carried(export)?;
    if export.output.as_deref() == Some(Path::new(STANDARD_OUTPUT)) {
        let mut out = StandardOutput::lock();
        let written = out.write_all(&carried.text).and_then(|()| out.flush());
        return match written {
            Err(error) if !out.reader_is_gone => {
                Err(Failure::io("write", Path::new("standard output"), &error))
            }
            _ => Ok(()),
        };
    }
    let path = export
        .output
        .clone()
        .unwrap_or_else(|| PathBuf::from(&carried.name));
    write_new(&path, &carried.text)?;
    print(&format!("{}\n", path.display()))?;
    Teller::of(&export.tell).say(format_args!("{} {}", carried.next, path.display()));
    Ok(())
}

/// Writes the folder in which a warehouse counts, if none of its files is there.
fn sql(export: &Export) -> Outcome<()> {
    let folder = export.output.clone();
    let folder = folder.unwrap_or_else(|| PathBuf::from("sql"));
    if folder == Path::new(STANDARD_OUTPUT) {
        return Err(Failure::usage("several files can't go to standard output")
            .remedy("name a folder with --output"));
    }
    let files = make::warehouse(&resources::vocabulary(None)?);
    let mut paths = files.iter().map(|(name, _)| folder.join(name));
    paths.try_for_each(|path| require_new(&path))?;
    for (name, text) in &files {
        whole_file::write(&folder.join(name), text.as_bytes())?;
    }
    print(&format!("{}\n", folder.display()))?;
    Teller::of(&export.tell).say(format_args!(
        "Count with count.py, or by hand, as docs/warehouse.md says, in {}",
        folder.display()
    ));
    Ok(())
}

fn carried(export: &Export) -> Outcome<Carried> {
    let name = export.name.as_deref();
    let carried = |name: &str, text: &'static str, next| Carried {
        name: name.to_owned(),
        text: text.as_bytes().into(),
        next,
    };
    Ok(match (export.what, name) {
        (Exported::Wording, name) => {
            let name = name.unwrap_or(wording::ENGLISH.0);
            let built_in = wording::built_in(name).ok_or_else(|| resources::no_wording(name))?;
            let (language, _, text) = built_in;
            carried(
                &format!("{language}.toml"),
                text,
                "Edit it, and use it with --wording",
            )
        }
        (Exported::Profile, Some(name)) => {
            let state = state(name)?;
            let (name, text) = profile::embedded(state);
            carried(name, text, "Edit it, and name its folder with --profiles:")
        }
        (Exported::Profile, None) => {
            return Err(Failure::usage("the state of the profile is missing")
                .remedy("name the state, as in `hotline-profile export profile TX`"));
        }
        (Exported::Theme, None) => carried(
            "theme.toml",
            theme::STANDARD,
            "Edit it, and use it with --theme",
        ),
        (Exported::Vocabulary, None) => carried(
            "vocabulary.toml",
            Vocabulary::TEXT,
            "Edit it, and use it with --vocabulary",
        ),
        (Exported::Mapping, None) => carried(
            "mapping.toml",
            Mapping::TEXT,
            "Edit it, and use it with --mapping",
        ),
        (Exported::Template, None) => {
            let mut bytes = Vec::new();
            template::write(&resources::vocabulary(None)?, &mut bytes)?;
            Carried {
                name: "hotline-log.xlsx".to_owned(),
                text: bytes.into(),
                next: "Fill it in, and use it with --data",
            }
        }
        (Exported::Gazetteer, name) => {
            let points = match name {
                Some(name) => geo::public_points(std::iter::once(state(name)?)),
                None => geo::public_points(Jurisdiction::all()),
            };
            Carried {
                name: "gazetteer.csv".to_owned(),
                text: points.into(),
                next: "These are the places where the map may show cases:",
            }
        }
        (Exported::Sql, None) => return Err(Failure::bug("the SQL is a folder")),
        (_, Some(name)) => {
            return Err(Failure::usage(format!(
                "“{name}” isn't needed: there is only one built-in file of this kind"
            ))
            .remedy("leave it out; to choose where to write the file, use --output"));
        }
    })
}

fn state(name: &str) -> Outcome<Jurisdiction> {
    Jurisdiction::from_code_or_name(name).ok_or_else(|| {
        Failure::usage(format!("“{name}” isn't a state or territory"))
            .remedy("give its postal code, as in NM, or its name")
    })
}

/// Writes a file if there is none yet: an edited one is somebody's work.
///
/// # Errors
/// If the file exists, or can't be written.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Outcome<()> {
    require_new(path)?;
    whole_file::write(path, bytes)
}

fn require_new(path: &Path) -> Outcome<()> {
    if path.exists() {
        return Err(Failure::data("this file already exists")
            .at(Position::file(path.display().to_string()))
            .remedy("edit it, move it, or write to another file"));
    }
    Ok(())
}
