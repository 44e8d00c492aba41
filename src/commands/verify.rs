//! `verify`: whether a sheet still matches the data.

use std::fs;
use std::path::Path;

use super::audit;
use super::counting::Data;
use super::inputs::Passes;
use super::rejects::Rejects;
use super::resources;
use super::standard_output::print_report;
use crate::audit::numbers_out;
use crate::cli::{self, Build, Verify};
use crate::failure::{Failure, Outcome, Position, nearest};
use crate::make::{self, Protection};
use crate::pdf::{self, Line, LineKind, ReadBack};
use crate::profile::Profile;
use crate::protect::Published;
use crate::report::{self, Check, Verification, verification_json, verification_table};
use crate::sheet::{self, Arrangement, Brand, Extent, Provenance, Shape, Statement};
use crate::wording::{self, Wording};

pub(super) fn run(verify: &Verify) -> Outcome<()> {
    let name = verify.sheet.display().to_string();
    let at_sheet = |failure: Failure| failure.at(Position::file(name.clone()));
    let bytes = fs::read(&verify.sheet)
        .map_err(|error| Failure::io("read the sheet", &verify.sheet, &error))?;
    let printed = pdf::read_back(&bytes).map_err(at_sheet)?;
    let options = printed.information.get("Options").cloned();
    let options = options.ok_or_else(|| {
        at_sheet(Failure::data(
            "the PDF doesn't say how its numbers were counted",
        ))
        .remedy("give a sheet that `hotline-profile build` made, unchanged")
    })?;
    let Build {
        selection, form, ..
    } = build_of(&options).map_err(at_sheet)?;
    let internal = printed.information.contains_key("Release");
    let wording = wording_of(&printed, verify.wording.wording.as_deref())?;
    same_language(&printed, &wording).map_err(at_sheet)?;

    let area = selection.area.only_area()?;
    let data = Data::of(&verify.data, &verify.limits, &verify.tell, Passes::Once)?;
    let counting = data.counting(vec![area], selection.time.timeframe(), selection.count.unit);
    let counted = data.count(&counting, &mut Rejects::to(None, &data.inputs)?)?;
    let statistics = &counted.statistics[0];
    let protection = match internal {
        true => Protection::INTERNAL,
        false => selection.protection.protection(),
    };
    let released = audit::sheets(
        &verify.released.released,
        &data.vocabulary,
        verify.wording.wording.as_deref(),
    )?;
    let released = numbers_out(&released, statistics);
    let (published, notices) = make::numbers(
        statistics,
        protection,
        &released,
        selection.count.additions(),
    );
    data.teller.tell_all(&notices);
    let given = report::digest(&published);
    let provenance = Provenance {
        numbers: given.clone(),
        data_through: statistics.data_through,
        options: options.clone(),
    };
    let sha256 = printed.information.get("NumbersSHA256").cloned();
    let verification = Verification {
        sheet: name.clone(),
        internal,
        options,
        sha256: (sha256.unwrap_or_default(), given),
        checks: compare(
            &printed.lines,
            &statements(
                &published,
                &wording,
                &provenance,
                printed.information.get("Source").cloned(),
                form.layout,
                form.data_page,
            ),
        ),
    };
    print_report(
        verify.report,
        || verification_json(&verification),
        || verification_table(&verification),
    )?;
    verdict(&verification).map_err(at_sheet)
}

/// # Errors
/// If the sheet says anything that doesn't match the data.
fn verdict(verification: &Verification) -> Outcome<()> {
    match verification.wrong() {
        0 if verification.same_numbers() => Ok(()),
        0 => Err(Failure::data(
            "everything that the sheet prints agrees with the data, but a number published with it in JSON or CSV doesn't: \
             it belongs to a group or category that isn't on the sheet",
        )
        .remedy("give the data that the sheet was made from, or build the sheet and its files again")),
        wrong => Err(Failure::data(format!(
            "{wrong} of {} statements don't agree with the data",
            verification.checks.len()
        ))
        .remedy("give the data that the sheet was made from, or build the sheet again")),
    }
}

/// What the options in a sheet's metadata asked for.
fn build_of(options: &str) -> Outcome<Build> {
    cli::parse_options(options).map_err(|_| {
        Failure::data(format!(
            "this version doesn't know the PDF's options “{options}”"
        ))
        .remedy("use the version of the program that made the sheet")
    })
}

/// The wording that is named or, if that is in another language than the sheet, the built-in one in the sheet's
/// language.
fn wording_of(printed: &ReadBack, named: Option<&Path>) -> Outcome<Wording> {
    let usual = resources::wording(named)?;
    if usual.language == printed.language {
        return Ok(usual);
    }
    for (name, ..) in wording::BUILT_IN {
        let known = resources::wording(Some(Path::new(name)))?;
        if known.language == printed.language {
            return Ok(known);
        }
    }
    Ok(usual)
}

fn same_language(printed: &ReadBack, wording: &Wording) -> Outcome<()> {
    if printed.language == wording.language {
        return Ok(());
    }
    Err(Failure::data(format!(
        "the sheet is in “{}”, the wording in “{}”",
        printed.language, wording.language
    ))
    .remedy("give the wording that the sheet was made with, with --wording FILE"))
}

/// What a sheet with these numbers states. The profile doesn't matter.
fn statements(
    published: &Published,
    wording: &Wording,
    provenance: &Provenance,
    source: Option<String>,
    extent: Extent,
    data_page: bool,
) -> Vec<Statement> {
    let profile = Profile::default();
    sheet::compose(
        published,
        &profile,
        wording,
        provenance,
        Arrangement {
            shape: Shape::Compact,
            further_page: false,
            extent,
            gray: false,
            data_page,
        },
        &Brand {
            source,
            ..Brand::default()
        },
    )
    .statements()
}

/// Compares what is printed with what should be.
fn compare(lines: &[Line], statements: &[Statement]) -> Vec<Check> {
    let mut is_used = vec![false; lines.len()];
    let mut checks = Vec::new();
    let mut headings = Vec::new();
    for statement in statements {
        if statement.if_room && is_left_out(&statement.heading, lines, statements) {
            continue;
        }
        let printed_headings = lines.iter().map(|line| line.heading.as_str());
        // "TOP 5 …" may have become "TOP 4 …".
        let heading = nearest(&statement.heading, printed_headings).unwrap_or_default();
        let under = || (0..lines.len()).filter(|&line| lines[line].heading == heading);
        let found = if statement.label.is_empty() {
            let sentences = under().filter(|&line| lines[line].kind == LineKind::Sentence);
            let likeness = |line: &usize| {
                let text = &lines[*line].text;
                (strsim::normalized_levenshtein(text, &statement.text) * 1e6) as u64
            };
            sentences
                .max_by_key(likeness)
                .map(|line| (line, lines[line].text.clone()))
        } else {
            headings.push(heading);
            let mut unused = under().filter(|&line| !is_used[line]);
            unused.find_map(|line| Some((line, lines[line].value_of(&statement.label)?)))
        };
        if let Some((line, _)) = found {
            is_used[line] = true;
        }
        let printed = found.map(|(_, text)| text);
        checks.push(Check {
            heading: statement.heading.clone(),
            label: statement.label.clone(),
            ok: printed
                .as_ref()
                .is_some_and(|text| letters(text).eq(letters(&statement.text))),
            printed,
            recomputed: Some(statement.text.clone()),
        });
    }
    let left_over = lines.iter().zip(is_used).filter(|(line, is_used)| {
        !is_used && line.kind != LineKind::Sentence && headings.contains(&line.heading.as_str())
    });
    checks.extend(left_over.map(|(line, _)| Check {
        heading: line.heading.clone(),
        label: line.label.clone(),
        printed: Some(line.text.clone()),
        recomputed: None,
        ok: false,
    }));
    checks
}

/// Whether there was no room for the chart under a heading: its first row is on fewer lines than when all pages have
/// room.
fn is_left_out(heading: &str, lines: &[Line], statements: &[Statement]) -> bool {
    let under = statements.iter().filter(|it| it.heading == heading);
    let mut labels = under.map(|it| it.label.as_str());
    let Some(first) = labels.clone().find(|label| !label.is_empty()) else {
        return false;
    };
    let expected = labels.by_ref().filter(|label| *label == first).count();
    let printed = lines.iter().filter(|line| line.heading == heading);
    printed
        .filter(|line| line.value_of(first).is_some())
        .count()
        < expected
}

/// The characters of a text without its spaces.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|letter| !letter.is_whitespace())
}
