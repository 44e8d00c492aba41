//! `audit`: what published sheets give away together.

use std::fs;
use std::path::{Path, PathBuf};

use super::resources;
use super::standard_output::print;
use crate::audit::{self, Sheet, audit_json, audit_text};
use crate::cli::{Audit, ReportFormat};
use crate::failure::{Failure, Outcome, Position};
use crate::vocabulary::Vocabulary;
use crate::wording;

pub(super) fn run(audit: &Audit) -> Outcome<()> {
    let vocabulary = vocabulary(audit.vocabulary.as_deref())?;
    let found = audit::audit(sheets(&audit.sheets, &vocabulary)?);
    for warning in &found.warnings {
        eprintln!("warning: {warning}");
    }
    print(&match audit.format {
        ReportFormat::Json => format!("{:#}\n", audit_json(&found)),
        ReportFormat::Table => audit_text(&found),
    })?;
    match found.is_safe() {
        true => Ok(()),
        false => Err(Failure::data("small numbers follow from these sheets")
            .remedy("don't release them together; `build --released` with the published ones prints ranges where exact numbers would give small ones away")),
    }
}

fn vocabulary(path: Option<&Path>) -> Outcome<Vocabulary> {
    match path {
        None => Ok(Vocabulary::embedded()),
        Some(path) => {
            let text = fs::read_to_string(path)
                .map_err(|error| Failure::io("read the vocabulary", path, &error))?;
            Vocabulary::from_toml(&path.display().to_string(), &text)
        }
    }
}

/// The sheets in files of any form, which is told by what is in them.
pub(super) fn sheets(files: &[PathBuf], vocabulary: &Vocabulary) -> Outcome<Vec<Sheet>> {
    let mut sheets = Vec::new();
    let wordings = wording::BUILT_IN.map(|(name, ..)| resources::wording(Some(Path::new(name))));
    let wordings = wordings.into_iter().collect::<Outcome<Vec<_>>>()?;
    for path in files {
        let name = path.display().to_string();
        let bytes = fs::read(path).map_err(|error| Failure::io("read the sheet", path, &error))?;
        if bytes.starts_with(b"%PDF-") {
            sheets.push(audit::read_pdf(&name, &bytes, &wordings, vocabulary)?);
            continue;
        }
        let text = String::from_utf8(bytes).map_err(|_| {
            Failure::data("the file is neither PDF nor text")
                .at(Position::file(name.clone()))
                .remedy("give sheets as PDF, JSON or CSV")
        })?;
        sheets.extend(match text.trim_start().starts_with(['{', '[']) {
            true => audit::read_json(&name, &text, vocabulary)?,
            false => audit::read_csv(&name, &text, vocabulary)?,
        });
    }
    Ok(sheets)
}
