//! The report as text.

use std::fmt::Write;

use super::survey::{Line, Survey};
use super::{CheckedFile, Report};
use crate::failure::{counted, escaped};
use crate::read::{Became, Column, ColumnCells, Fate, Findings, TellsOf, ToldPlace, understood};

/// The most values that are shown for a column.
const MOST_VALUES: usize = 12;

/// The report as text. Names and values from the files are escaped, so that a control character or a bidirectional
/// character can't change what a reader sees.
pub fn text(report: &Report) -> String {
    let mut out = Lines(String::new());
    report.files.iter().for_each(|file| of_file(&mut out, file));
    joined(&mut out, report);
    out.line(0, "Problems");
    without_rows(&mut out, report);
    without_cases(&mut out, report);
    rejected(&mut out, &report.survey);
    duplicates(&mut out, &report.survey);
    not_used(&mut out, report);
    report
        .files
        .iter()
        .for_each(|file| left_open(&mut out, file));
    for missing in &report.missing_months {
        out.line(1, missing);
    }
    if report.has_no_problem() {
        out.line(1, "none");
    }
    cases(&mut out, &report.survey);
    odd(&mut out, &report.survey);
    ledger(&mut out, report);
    out.0
}

/// The files that are joined to the files of signals.
fn joined(out: &mut Lines, report: &Report) {
    for file in &report.joined {
        out.line(0, &format!("{}: joined by case", escaped(&file.file)));
        out.line(
            1,
            &format!(
                "{}, {} rejected, {} without a case",
                counted(file.rows, "row"),
                file.rejected,
                file.without_case
            ),
        );
        cells(out, &file.cells);
    }
    if let Some(first) = report.unnamed_cases.first() {
        out.line(
            1,
            &format!(
                "{} joined cases don't have a signal; the first: {}",
                report.unnamed_cases.len(),
                shown(first)
            ),
        );
    }
}

/// Files that contain only a header.
fn without_rows(out: &mut Lines, report: &Report) {
    for file in report.files.iter().filter(|file| file.findings.rows == 0) {
        let file = escaped(&file.findings.file);
        out.line(
            1,
            &format!("{file}: there is a header, but no row below it"),
        );
    }
}

/// Files that don't say what a case is, and how to say it.
fn without_cases(out: &mut Lines, report: &Report) {
    let without_cases = report
        .files
        .iter()
        .filter(|file| !file.findings.knows_cases);
    for file in without_cases {
        out.line(
            1,
            &format!(
                "{}: no column says which case a signal belongs to; name it in a mapping file, or write \
                cases = \"one per row\" or cases = \"none\"",
                escaped(&file.findings.file)
            ),
        );
    }
}

/// Rows that can't be read, by reason.
fn rejected(out: &mut Lines, survey: &Survey) {
    for problem in &survey.problems {
        let column = problem.column.unwrap_or("whole row");
        out.line(
            1,
            &format!(
                "{} rejected, {column}: {}",
                counted(problem.count, "row"),
                lines(&problem.lines)
            ),
        );
        out.line(2, &format!("the first: {}", problem.first));
    }
}

/// Rows with an id that an earlier row has.
fn duplicates(out: &mut Lines, survey: &Survey) {
    if survey.duplicates == 0 {
        return;
    }
    out.line(
        1,
        &format!(
            "{} with a signal_id that an earlier row has{}: {}",
            counted(survey.duplicates, "row"),
            match survey.are_victims {
                true => ", read as further victims",
                false => "",
            },
            lines(&survey.first_duplicates)
        ),
    );
    for difference in &survey.differences {
        out.line(
            2,
            &format!(
                "{} of them {} from the first in {}: {}",
                difference.count,
                match difference.count {
                    1 => "differs",
                    _ => "differ",
                },
                difference.column,
                lines(&difference.lines)
            ),
        );
    }
    if !survey.differences.is_empty() && !survey.are_victims {
        out.line(
            2,
            "if each row is a victim, write unit = \"victims\" in a mapping file",
        );
    }
}

/// Values and places that don't count, or that count differently.
fn not_used(out: &mut Lines, report: &Report) {
    for file in &report.files {
        for fate in [Fate::Unknown, Fate::Unplaced, Fate::Conflict] {
            let columns = file.findings.cells.iter();
            let columns = columns.filter(|column| column.counts.of(fate) > 0);
            let columns: Vec<String> = columns
                .map(|column| format!("{} {}", escaped(&column.name), column.counts.of(fate)))
                .collect();
            if !columns.is_empty() {
                let what = match fate {
                    Fate::Unknown => "values that aren't known",
                    Fate::Unplaced => "places that aren't known",
                    _ => "places outside their row's state; the state counts",
                };
                let name = escaped(&file.findings.file);
                out.line(1, &format!("{name}: {what}: {}", columns.join(", ")));
                places(out, &file.findings.places, fate);
            }
        }
    }
}

fn cases(out: &mut Lines, survey: &Survey) {
    out.line(0, "Cases");
    let days = match (survey.first_day, survey.last_day) {
        (Some(first), Some(last)) => format!(", signals from {first} to {last}"),
        _ => String::new(),
    };
    out.line(1, &format!("{}{days}", counted(survey.cases, "case")));
    if survey.spanning > 0 {
        let first: Vec<String> = survey
            .first_spanning
            .iter()
            .map(|case| format!("{} in {}", shown(&case.case), case.states.join(", ")))
            .collect();
        out.line(
            1,
            &format!(
                "{} cases have places in several states: {}",
                survey.spanning,
                first.join("; ")
            ),
        );
    }
}

/// Possible mistakes in the data.
fn odd(out: &mut Lines, survey: &Survey) {
    if !survey.suspicions.is_empty() {
        out.line(0, "Odd");
        for suspicion in &survey.suspicions {
            let place = match suspicion.lines.as_slice() {
                [] => String::new(),
                found => format!(": {}", lines(found)),
            };
            out.line(1, &format!("{}{place}", suspicion.what));
        }
    }
}

/// What happened to the rows.
fn ledger(out: &mut Lines, report: &Report) {
    out.line(0, &format!("Ledger of {}", report.state));
    out.line(1, &report.ledger.total.sentence("state"));
}

/// What a file leaves open: ambiguous dates, and cells in the case column that aren't case ids.
fn left_open(out: &mut Lines, file: &CheckedFile) {
    let findings = &file.findings;
    let name = escaped(&findings.file);
    if let Some(open) = findings.open_dates() {
        out.line(1, &format!("{name}: {open}"));
    }
    let of_no_case = file.cells_of_no_case();
    if of_no_case > 0 {
        out.line(
            1,
            &format!(
                "{name}: {} in case_id that can't be the id of a case, such as 0, a spreadsheet error or \
                “no case”: these signals don't belong to a case",
                counted(of_no_case, "cell")
            ),
        );
    }
}

fn of_file(out: &mut Lines, file: &CheckedFile) {
    let findings = &file.findings;
    around_rows(out, findings);
    columns(out, file);
    cells(out, &file.findings.cells);
    let read = understood(&findings.places);
    if !read.is_empty() {
        out.line(1, "Places");
        read.iter().for_each(|line| out.line(2, line));
    }
    values(out, file);
}

/// Where the rows of a file are, and what is around them.
fn around_rows(out: &mut Lines, findings: &Findings) {
    let around = &findings.around;
    out.line(0, &escaped(&findings.file));
    let below = format!(
        "{} below a header in line {}",
        counted(findings.rows, "row"),
        around.header_line
    );
    match &findings.sheet {
        Some(sheet) => {
            out.line(1, &format!("sheet {}: {below}", shown(&sheet.sheet)));
            for told in sheet.told() {
                out.line(1, &told);
            }
        }
        None => out.line(
            1,
            &format!(
                "{below}, fields separated by {}",
                separator(around.delimiter)
            ),
        ),
    }
    for (count, what, behind) in [
        (around.titles, "title line", ""),
        (around.labels, "row", " of labels under the header"),
        (around.repeated_headers, "repeated header", ""),
        (around.totals, "subtotal", ""),
        (around.footer, "footer line", ""),
    ] {
        if count > 0 {
            out.line(1, &format!("{}{behind} skipped", counted(count, what)));
        }
    }
}

/// The columns of a file, and how each is read.
fn columns(out: &mut Lines, file: &CheckedFile) {
    out.line(1, "Columns");
    let names = file.columns.iter().map(|(name, _)| escaped(name));
    let names: Vec<String> = names.collect();
    let width = names
        .iter()
        .map(|name| name.chars().count())
        .max()
        .unwrap_or(0);
    for (name, (_, column)) in names.iter().zip(&file.columns) {
        out.line(
            2,
            &format!("{name:width$}  {}", column.unwrap_or("(ignored)")),
        );
    }
}

/// The values of each column, and how they were read.
fn values(out: &mut Lines, file: &CheckedFile) {
    out.line(1, "Values");
    for column in &file.values {
        let mut values: Vec<_> = column
            .values
            .iter()
            .filter(|(value, ..)| !value.is_empty())
            .collect();
        if values.is_empty() {
            continue;
        }
        // What needs a decision comes first, then the most common values.
        values.sort_by_key(|(_, became, count)| {
            let is_known = !matches!(became, Became::Unknown | Became::UnknownAs(_));
            (is_known, std::cmp::Reverse(*count))
        });
        let all = if column.is_complete {
            ""
        } else {
            " (of the last rows)"
        };
        out.line(2, &format!("{}{all}", column.column.name()));
        for (value, became, count) in values.iter().take(MOST_VALUES) {
            let became = match became {
                Became::Known(name) => name.clone(),
                Became::Empty => "(nothing known)".to_owned(),
                Became::UnknownAs(name) => format!("UNKNOWN, counted as {name}"),
                Became::Unknown => "UNKNOWN, not counted".to_owned(),
            };
            out.line(3, &format!("{count:>7}  {} → {became}", shown(value)));
        }
        if values.len() > MOST_VALUES {
            out.line(3, &format!("and {} more", values.len() - MOST_VALUES));
        }
    }
}

/// The name of the field separator.
fn separator(delimiter: char) -> String {
    match delimiter {
        ',' => "commas".to_owned(),
        ';' => "semicolons".to_owned(),
        '\t' => "tabs".to_owned(),
        '|' => "bars (|)".to_owned(),
        other => format!("{other:?}"),
    }
}

/// Names of places that weren't used as they are, starting with the most common.
fn places(out: &mut Lines, places: &[ToldPlace], fate: Fate) {
    let kinds: &[TellsOf] = match fate {
        Fate::Unplaced => &[TellsOf::Unplaced, TellsOf::NoState],
        Fate::Conflict => &[TellsOf::Elsewhere],
        _ => return,
    };
    let of_fate = places.iter().filter(|place| kinds.contains(&place.tells));
    let mut of_fate: Vec<&ToldPlace> = of_fate.collect();
    of_fate.sort_by_key(|place| std::cmp::Reverse(place.count));
    for place in of_fate.iter().take(MOST_VALUES) {
        let name = match place.column {
            Column::Latitude => "coordinates".to_owned(),
            column if place.name.is_empty() => format!("other values of {}", column.name()),
            column => format!("{} {}", column.name(), shown(&place.name)),
        };
        let state = match (place.tells, place.state) {
            (TellsOf::NoState, _) => " without a state".to_owned(),
            (TellsOf::Elsewhere, Some(state)) => format!(" outside {state}"),
            (_, state) => state.map_or(String::new(), |state| format!(" in {state}")),
        };
        let meant = place.likely();
        let meant = meant.map_or(String::new(), |name| format!("; did you mean {name}?"));
        out.line(
            2,
            &format!(
                "{name}{state}: {}, first in line {}{meant}",
                times(place.count),
                place.first_line
            ),
        );
    }
    if of_fate.len() > MOST_VALUES {
        out.line(2, &format!("and {} more", of_fate.len() - MOST_VALUES));
    }
}

fn times(count: u64) -> String {
    match count {
        1 => "once".to_owned(),
        count => format!("{count} times"),
    }
}

/// The ledger of cells: each column that is read, and what happened to its cells.
fn cells(out: &mut Lines, cells: &[ColumnCells]) {
    out.line(
        1,
        "Cells: read = used + nothing known + unknown + unplaced + conflict + not needed",
    );
    let names = cells.iter().map(|column| escaped(&column.name));
    let names: Vec<String> = names.collect();
    let width = names
        .iter()
        .map(|name| name.chars().count())
        .max()
        .unwrap_or(0);
    for (name, column) in names.iter().zip(cells) {
        let fates = Fate::ALL.map(|fate| format!("{:>5}", column.counts.of(fate)));
        out.line(
            2,
            &format!(
                "{name:width$}  {:>7} = {}",
                column.counts.read(),
                fates.join(" + ")
            ),
        );
    }
}

fn lines(lines: &[Line]) -> String {
    let each = lines.iter().map(|line| {
        let text = if line.text.is_empty() {
            String::new()
        } else {
            format!(" ({})", escaped(&line.text))
        };
        format!("{}:{}{text}", escaped(&line.file), line.line)
    });
    each.collect::<Vec<_>>().join(", ")
}

fn shown(text: &str) -> String {
    format!("“{}”", escaped(text))
}

struct Lines(String);

impl Lines {
    fn line(&mut self, depth: usize, text: &str) {
        writeln!(self.0, "{:indent$}{text}", "", indent = 2 * depth)
            .expect("memory takes what is written");
    }
}
