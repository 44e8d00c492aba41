//! The report as JSON.

use serde_json::{Value, json};

use super::survey::Line;
use super::{CheckedFile, Report};
use crate::jurisdiction::Jurisdiction;
use crate::read::{Became, ColumnCells, Fate, SheetRead, TellsOf, WithoutValue};

/// The report as JSON, schema hotline-profile/check/1.
pub fn json(report: &Report) -> Value {
    let survey = &report.survey;
    json!({
        "schema": "hotline-profile/check/1",
        "files": report.files.iter().map(of_file).collect::<Vec<_>>(),
        "no_problem": report.has_no_problem(),
        "joined": report.joined.iter().map(|file| json!({
            "file": file.file, "rows": file.rows, "rejected": file.rejected, "without_case": file.without_case,
            "cells": file.cells.iter().map(of_column).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "joined_cases_without_signal": report.unnamed_cases.len(),
        "missing_months": report.missing_months,
        "problems": survey.problems.iter().map(|problem| json!({
            "column": problem.column, "first": problem.first, "count": problem.count,
            "lines": problem.lines.iter().map(of_line).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "duplicates": {
            "count": survey.duplicates,
            "lines": survey.first_duplicates.iter().map(of_line).collect::<Vec<_>>(),
            "differing": survey.differences.iter().map(|difference| json!({
                "column": difference.column, "count": difference.count,
                "lines": difference.lines.iter().map(of_line).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
        },
        "cases": {
            "count": survey.cases,
            "in_several_states": survey.spanning,
            "first": survey.first_spanning.iter().map(|case| json!({"case": case.case, "states": case.states})).collect::<Vec<_>>(),
        },
        "days": {
            "first": survey.first_day.map(|day| day.to_string()),
            "last": survey.last_day.map(|day| day.to_string()),
        },
        "odd": survey.suspicions.iter().map(|odd| json!({
            "what": odd.what, "lines": odd.lines.iter().map(of_line).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "state": report.state,
        "ledger": report.ledger.total,
    })
}

fn of_file(file: &CheckedFile) -> Value {
    let findings = &file.findings;
    let around = &findings.around;
    json!({
        "file": findings.file,
        "rows": findings.rows,
        "rejected": findings.rejected,
        "header_line": around.header_line,
        "delimiter": findings.sheet.is_none().then(|| around.delimiter.to_string()),
        "sheet": findings.sheet.as_ref().map(of_sheet),
        "passed_over": {
            "titles": around.titles, "labels": around.labels, "repeated_headers": around.repeated_headers,
            "totals": around.totals, "footer": around.footer,
        },
        "knows_cases": findings.knows_cases,
        "cells_of_no_case": file.cells_of_no_case(),
        "cells": findings.cells.iter().map(of_column).collect::<Vec<_>>(),
        "places": findings.places.iter().map(|place| json!({
            "column": place.column.name(), "told": told(place.tells),
            "state": place.state.map(Jurisdiction::code), "name": place.name,
            "did_you_mean": place.likely(), "count": place.count, "first_line": place.first_line,
        })).collect::<Vec<_>>(),
        "dates": {
            "one_way": findings.ways.one_way,
            "both_ways": findings.ways.both_ways,
            "first_both_ways": findings.ways.first_both,
        },
        "columns": file.columns.iter().map(|(name, column)| json!({"name": name, "column": column})).collect::<Vec<_>>(),
        "values": file.values.iter().map(|column| json!({
            "column": column.column.name(),
            "complete": column.is_complete,
            "values": column.values.iter().map(|(value, became, count)| {
                let (became, is_known) = match became {
                    Became::Known(name) => (Some(name), true),
                    Became::Empty => (None, true),
                    Became::UnknownAs(name) => (Some(name), false),
                    Became::Unknown => (None, false),
                };
                json!({"value": value, "became": became, "known": is_known, "count": count})
            }).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}

/// A workbook's sheet, its cells that aren't read and, with the first sheet of the file, the sheets that aren't read.
fn of_sheet(sheet: &SheetRead) -> Value {
    let unread = sheet.choice.iter().flat_map(|choice| &choice.unread);
    let cells = |cells: &WithoutValue| json!({"count": cells.count, "first": cells.first});
    json!({
        "name": sheet.sheet,
        "formulas_without_value": cells(&sheet.unreadable.formulas),
        "errors": cells(&sheet.unreadable.errors),
        "merged": cells(&sheet.unreadable.merged),
        "sheets_not_read": unread.map(|sheet| json!({
            "name": sheet.sheet, "rows": sheet.rows, "hidden": sheet.is_hidden,
        })).collect::<Vec<_>>(),
    })
}

fn told(tells: TellsOf) -> &'static str {
    match tells {
        TellsOf::Unplaced => "unplaced",
        TellsOf::NoState => "no_state",
        TellsOf::Elsewhere => "outside_state",
        TellsOf::StateOf => "state_taken_from_it",
        TellsOf::Garbled => "garbled_letters_restored",
        TellsOf::LostZeros => "lost_zeros_restored",
        TellsOf::OneCell => "taken_apart",
    }
}

/// What happened to the cells of a column.
fn of_column(column: &ColumnCells) -> Value {
    json!({
        "name": column.name, "column": column.column.name(), "field": column.field,
        "read": column.counts.read(),
        "used": column.counts.of(Fate::Used),
        "empty_word": column.counts.of(Fate::EmptyWord),
        "unknown": column.counts.of(Fate::Unknown),
        "unplaced": column.counts.of(Fate::Unplaced),
        "conflict": column.counts.of(Fate::Conflict),
        "not_needed": column.counts.of(Fate::NotNeeded),
    })
}

fn of_line(line: &Line) -> Value {
    json!({"file": line.file, "line": line.line, "text": line.text})
}
