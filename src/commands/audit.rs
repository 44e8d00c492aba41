//! `audit`: what published sheets give away together.

use std::fs;
use std::path::{Path, PathBuf};

use super::resources;
use super::standard_output::print_report;
use crate::audit::{self, Sheet, audit_json, audit_text};
use crate::cli::Audit;
use crate::failure::{Failure, Outcome, Position};
use crate::protect::Published;
use crate::vocabulary::Vocabulary;
use crate::wording::{self, Wording};

pub(super) fn run(audit: &Audit) -> Outcome<()> {
    let vocabulary = resources::vocabulary(audit.vocabulary.as_deref())?;
    let wording = audit.wording.wording.as_deref();
    let found = audit::audit(sheets(&audit.sheets, &vocabulary, wording)?);
    for warning in &found.warnings {
        eprintln!("warning: {warning}");
    }
    print_report(audit.report, || audit_json(&found), || audit_text(&found))?;
    match found.is_safe() {
        true => Ok(()),
        false => Err(Failure::data("small numbers can be worked out from these sheets")
            .remedy("don't release them together; `build --released` with the published ones prints ranges where exact numbers would give small ones away")),
    }
}

/// What a sheet gives away.
#[derive(Clone, Debug)]
pub(super) struct GivenAway {
    /// In sentences. No file contains them: they would save an attacker the work.
    pub(super) told: Vec<String>,
    pub(super) is_safe: bool,
}

impl Default for GivenAway {
    fn default() -> Self {
        GivenAway {
            told: Vec::new(),
            is_safe: true,
        }
    }
}

/// What a new sheet gives away, by itself and together with the published ones for overlapping areas.
pub(super) fn beside(new: Sheet, released: &[Sheet]) -> GivenAway {
    let is_related = |out: &&Sheet| {
        let has_all = |one: &Sheet, other: &Sheet| {
            one.states.iter().all(|state| other.states.contains(state))
        };
        has_all(out, &new) || has_all(&new, out)
    };
    let mut all: Vec<Sheet> = released.iter().filter(is_related).cloned().collect();
    all.push(new);
    let found = audit::audit(all);
    let findings = found.findings.iter();
    let findings = findings.map(|it| format!("it can be worked out: {}", found.sentence(it)));
    let open = found.undecided.iter().map(|place| {
        let name = &place.name;
        format!("it would take too long to find out whether {name} can be worked out")
    });
    let warnings = found.warnings.iter().cloned();
    GivenAway {
        told: warnings.chain(findings).chain(open).collect(),
        is_safe: found.is_safe(),
    }
}

/// What sheets of areas and of their states give away together, as far as it follows directly: of a batch, in which
/// a thorough search would take too long. First what to do about it.
pub(super) fn together(sheets: Vec<Sheet>) -> GivenAway {
    let found = audit::audit_at_a_glance(sheets);
    let findings = found.findings.iter();
    let findings = findings.map(|it| {
        let sentence = found.sentence(it);
        format!("it can be worked out from these sheets together: {sentence}")
    });
    let mut told: Vec<String> = findings.clone().take(MOST_TOLD).collect();
    if let more @ 1.. = findings.count().saturating_sub(MOST_TOLD) {
        told.push(format!(
            "… and {more} more small numbers; `hotline-profile audit` lists all of them, with the reasons"
        ));
    }
    if !told.is_empty() {
        told.insert(
            0,
            "publish either the numbers of the states or those of regions and the nation, not both: a state's small \
             number follows from the region's and the other states'"
                .to_owned(),
        );
    }
    GivenAway {
        told,
        is_safe: found.findings.is_empty(),
    }
}

/// The same of numbers, where there are any of larger areas and small ones are hidden.
pub(super) fn published_together<'p>(
    published: impl Iterator<Item = &'p Published> + Clone,
    vocabulary: &Vocabulary,
) -> Outcome<GivenAway> {
    let are_hidden = published.clone().all(|it| !it.internal && it.min_cell > 0);
    let has_wider = published.clone().any(|it| it.area.state().is_none());
    if !are_hidden || !has_wider {
        return Ok(GivenAway::default());
    }
    let sheets = published.map(|it| audit::sheet_of(&it.area.code(), it, vocabulary));
    Ok(together(sheets.collect::<Outcome<_>>()?))
}

/// The most sentences about what a batch gives away.
const MOST_TOLD: usize = 10;

/// The sheets in files of any kind, recognized by their content. A wording that is named comes before the built-in
/// ones.
pub(super) fn sheets(
    files: &[PathBuf],
    vocabulary: &Vocabulary,
    wording: Option<&Path>,
) -> Outcome<Vec<Sheet>> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let built_in = wording::BUILT_IN.map(|(name, ..)| Path::new(name));
    let wordings = wording.into_iter().chain(built_in);
    let wordings: Vec<Wording> = wordings
        .map(|name| resources::wording(Some(name)))
        .collect::<Outcome<_>>()?;
    let mut sheets = Vec::new();
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
        sheets.extend(audit::read_text(&name, &text, vocabulary)?);
    }
    Ok(sheets)
}
