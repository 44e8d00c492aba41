//! What was found in files and numbers, as notices.

use std::collections::BTreeMap;

use crate::area::Area;
use crate::failure::{Position, counted, escaped, shortened};
use crate::notice::{Notice, NoticeKind};
use crate::period::Month;
use crate::read::{
    Column, ColumnCells, Fate, Findings, JoinedCases, SheetRead, TellsOf, ToldPlace,
    UnknownInColumn, understood,
};
use crate::residents;
use crate::tally::{GroupUnit, Ledger, Statistics, Tally, is_implausible};

/// The most unknown values of a column that are named.
const MOST_VALUES: usize = 5;

/// What did not fit together.
pub(super) fn of_joined(joined: &JoinedCases) -> Vec<Notice> {
    let mut notices = Vec::new();
    for file in joined.files() {
        let mut tell = |kind, message: String| {
            notices.push(Notice::new(kind, message).at(Position::file(&*file.file)));
        };
        if file.rejected > 0 {
            tell(
                NoticeKind::JoinedRowsRejected,
                format!(
                    "{} of {} rejected",
                    file.rejected,
                    counted(file.rows, "row")
                ),
            );
        }
        if file.without_case > 0 {
            tell(
                NoticeKind::JoinedRowsWithoutCase,
                format!("{} without a case", counted(file.without_case, "row")),
            );
        }
        for message in understood(&file.places) {
            tell(NoticeKind::PlacesRead, message);
        }
        if let Some(message) = unused_cells(&file.cells, file.first_unknown, &file.places) {
            tell(NoticeKind::UnusedCells, message);
        }
    }
    let unnamed = joined.unnamed().len();
    if unnamed > 0 {
        // `check` shows which ones: the id of a case may lead to a person.
        notices.push(Notice::new(
            NoticeKind::JoinedCasesWithoutSignal,
            format!("{unnamed} joined cases don't have a signal and don't count"),
        ));
    }
    notices
}

/// Empty files, among others that aren't.
pub(super) fn blank_files(names: &[String]) -> Option<Notice> {
    let message = match names {
        [] => return None,
        [only] => format!("{only} is empty"),
        [first, ..] => format!("{} files are empty; the first: {first}", names.len()),
    };
    Some(Notice::new(NoticeKind::BlankFiles, message))
}

/// What was found in a file of signals.
pub(super) fn of_file(findings: &Findings) -> Vec<Notice> {
    let about =
        |kind, message: String| Notice::new(kind, message).at(Position::file(&*findings.file));
    let sheets = findings.sheet.iter().flat_map(SheetRead::told);
    let mut notices: Vec<Notice> = sheets
        .map(|told| about(NoticeKind::WorkbookParts, told))
        .collect();
    if findings.rejected > 0 {
        let notice = about(
            NoticeKind::RowsRejected,
            format!(
                "{} of {} rejected",
                findings.rejected,
                counted(findings.rows, "row")
            ),
        );
        notices.push(match findings.first_rejects.first() {
            Some(first) => notice.example(format!("the first: {first}")),
            None => notice,
        });
    }
    if !findings.extra_columns.is_empty() {
        let columns = findings.extra_columns.iter();
        let columns: Vec<String> = columns
            .map(|column| format!("“{}”", escaped(&shortened(column))))
            .collect();
        let message = format!("columns not used: {}", columns.join(", "));
        notices.push(about(NoticeKind::UnusedColumns, message));
    }
    notices.extend((findings.open_dates()).map(|message| about(NoticeKind::OpenDates, message)));
    let read = understood(&findings.places).into_iter();
    notices.extend(read.map(|message| about(NoticeKind::PlacesRead, message)));
    let unknown = findings.unknown.iter();
    let unknown = unknown.flat_map(|column| column.values.values());
    let first_unknown = unknown.map(|value| value.first_line).min();
    let unused = unused_cells(&findings.cells, first_unknown, &findings.places);
    notices.extend(unused.map(|message| about(NoticeKind::UnusedCells, message)));
    let unknown = findings.unknown.iter();
    notices
        .extend(unknown.map(|unknown| about(NoticeKind::UnknownValues, unknown_values(unknown))));
    notices
}

/// What happened to the cells that no number uses, in one line.
fn unused_cells(
    cells: &[ColumnCells],
    first_unknown: Option<u64>,
    places: &[ToldPlace],
) -> Option<String> {
    let sum = |fate: Fate| -> u64 { cells.iter().map(|column| column.counts.of(fate)).sum() };
    let columns = |fate: Fate| {
        // A column that is made from several, such as flags, is named once.
        let mut counts: BTreeMap<Column, u64> = BTreeMap::new();
        for column in cells.iter().filter(|column| column.counts.of(fate) > 0) {
            *counts.entry(column.column).or_default() += column.counts.of(fate);
        }
        let each = counts.iter();
        let each = each.map(|(column, count)| format!("{} {count}", column.name()));
        each.collect::<Vec<_>>().join(", ")
    };
    let first_place = |kinds: &[TellsOf]| {
        let places = places.iter().filter(|place| kinds.contains(&place.tells));
        places.map(|place| place.first_line).min()
    };
    let parts = [
        (Fate::Unknown, "unknown", first_unknown),
        (
            Fate::Unplaced,
            "of places that aren't known",
            first_place(&[TellsOf::Unplaced, TellsOf::NoState]),
        ),
        (
            Fate::Conflict,
            "of places outside their row's state",
            first_place(&[TellsOf::Elsewhere]),
        ),
        (Fate::EmptyWord, "that say nothing is known", None),
    ];
    let parts = parts.into_iter().filter(|(fate, ..)| sum(*fate) > 0);
    let parts: Vec<String> = parts
        .map(|(fate, what, first)| {
            let first = first.map_or(String::new(), |line| format!("; first in line {line}"));
            format!("{} {what} ({}{first})", sum(fate), columns(fate))
        })
        .collect();
    (!parts.is_empty()).then(|| format!("cells not used: {}", parts.join(", ")))
}

/// What the ledger of rows says about repeated ids.
pub(super) fn of_ledger(ledger: &Ledger) -> Vec<Notice> {
    let mut notices = Vec::new();
    for (index, (file, line)) in ledger.files.iter().enumerate() {
        if line.duplicate == 0 {
            continue;
        }
        let (kind, message) = match index > 0 && line.duplicate == line.rows_read - line.rejected {
            true => (
                NoticeKind::RepeatedIds,
                format!(
                    "none of the {} rows counts, because every signal_id is already in an earlier file; if \
                    each file numbers its own signals, make the ids different, for example with a prefix",
                    line.duplicate
                ),
            ),
            false => (
                NoticeKind::DuplicateRows,
                format!(
                    "{} with a signal_id that an earlier row has; only the first row of each counts; if \
                    each row is a victim, write unit = \"victims\" in a mapping file",
                    counted(line.duplicate, "row")
                ),
            ),
        };
        notices.push(Notice::new(kind, message).at(Position::file(file)));
    }
    notices
}

/// What the sheets leave out because the data say nothing about it.
pub(super) fn of_groups(statistics: &Statistics) -> Option<Notice> {
    let groups = statistics.groups.iter().filter(|group| {
        let is_of_sheet = group.kind.section.is_some();
        let is_counted = statistics.knows_cases || group.kind.unit == GroupUnit::Signals;
        is_of_sheet && is_counted && group.categories.is_empty()
    });
    let names: Vec<String> = groups
        .map(|group| format!("“{}”", group.kind.heading))
        .collect();
    (!names.is_empty()).then(|| {
        let message = format!(
            "left out, because the data say nothing about it: {}",
            names.join(", ")
        );
        Notice::new(NoticeKind::UnknownGroups, message)
    })
}

/// What is odd about the cases in the data.
pub(super) fn of_cases(tally: &Tally<'_>) -> Option<Notice> {
    let message = match tally.busiest_case() {
        None if tally.knows_cases() && tally.reach().is_some() => {
            "no signal has a case id, so all numbers of cases are 0; if another column has the ids, name it \
            in a mapping file, or write cases = \"one per row\" or cases = \"none\""
                .to_owned()
        }
        Some((of_case, of_all)) if is_implausible(of_case, of_all) => format!(
            "{of_case} of {of_all} signals have the same case_id: is it the id of a case? `check` shows it"
        ),
        _ => return None,
    };
    Some(Notice::new(NoticeKind::OddCases, message))
}

fn unknown_values(unknown: &UnknownInColumn) -> String {
    let values = unknown.values.values();
    let shown: Vec<String> = values
        .iter()
        .take(MOST_VALUES)
        .map(|value| {
            format!(
                "“{}” ({}, first in line {})",
                escaped(&shortened(&value.value)),
                counted(value.count, "time"),
                value.first_line
            )
        })
        .collect();
    let more = match values.len().saturating_sub(shown.len()) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let counted = match &unknown.counted_as {
        Some(name) => format!("counted as {name}"),
        None => "not counted".to_owned(),
    };
    format!(
        "column {}: values not in the vocabulary, {counted}: {}{more}",
        unknown.column.name(),
        shown.join(", ")
    )
}

pub(super) fn others_voice() -> Notice {
    Notice::new(
        NoticeKind::OthersVoice,
        "the sheet names the U.S. Department of Health and Human Services as its publisher and the National \
         Human Trafficking Hotline as its source; if these are your own data, set `publisher` and `source` \
         in the theme",
    )
}

pub(super) fn no_signals(area: Area) -> Notice {
    Notice::new(NoticeKind::NoSignals, "no signal in the year").about(area)
}

/// Requested months that are before the first or after the last month of the data.
pub(super) fn missing_months(missing: &[(Month, Month)]) -> Notice {
    let spans: Vec<String> = missing
        .iter()
        .map(|(first, last)| match first == last {
            true => first.to_string(),
            false => format!("{first} to {last}"),
        })
        .collect();
    Notice::new(
        NoticeKind::MissingMonths,
        format!(
            "the data have no signals for {}: the sheet covers only the months that the data have",
            spans.join(" and ")
        ),
    )
}

/// Why a requested trend isn't there.
pub(super) fn no_trend(statistics: &Statistics) -> Notice {
    let reason = match statistics.years.is_empty() {
        true => "the data don't have numbers for every whole year of the period",
        false => "there are too few cases to hide small numbers among",
    };
    Notice::new(NoticeKind::NoTrend, format!("no trend: {reason}")).about(statistics.area)
}

/// Why a requested rate isn't there.
pub(super) fn no_rate(statistics: &Statistics) -> Notice {
    let (first, last) = residents::YEARS;
    let year = statistics.period.year;
    Notice::new(
        NoticeKind::NoRate,
        format!("no rate: populations are known for {first} to {last}, not for {year}"),
    )
    .about(statistics.area)
}

/// Why a requested table of counties isn't there.
pub(super) fn no_counties(statistics: &Statistics) -> Notice {
    Notice::new(
        NoticeKind::NoCounties,
        "no table of counties: the data don't say where cases are",
    )
    .about(statistics.area)
}

pub(super) fn outside_state(statistics: &Statistics) -> Option<Notice> {
    let outside = statistics.map.outside_cases;
    (outside > 0).then(|| {
        Notice::new(
            NoticeKind::OutsideState,
            format!("cases with coordinates outside the state, which are not used: {outside}"),
        )
        .about(statistics.area)
    })
}

/// What the printed sheet leaves out, by headings.
pub(super) fn no_room(area: Area, left_out: &[String]) -> Option<Notice> {
    let named: Vec<String> = left_out.iter().map(|it| format!("“{it}”")).collect();
    let message = format!(
        "the printed sheet has no room for {}: look in the web page, JSON, or CSV",
        named.join(" and ")
    );
    (!named.is_empty()).then(|| Notice::new(NoticeKind::NoRoom, message).about(area))
}

pub(super) fn too_long(area: Area, pages: usize) -> Notice {
    Notice::new(
        NoticeKind::TooLong,
        format!("too long for one page: {pages}"),
    )
    .about(area)
}
