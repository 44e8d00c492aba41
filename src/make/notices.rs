//! What was found in files and numbers, put as notices.

use crate::failure::Position;
use crate::jurisdiction::Jurisdiction;
use crate::notice::{Notice, NoticeKind};
use crate::read::{Findings, JoinedCases, JoinedFile, SheetRead, UnknownInColumn};
use crate::tally::Statistics;

/// Unknown values of a column that are named.
const MOST_VALUES: usize = 5;

/// What did not fit together.
pub(super) fn of_joined(files: &[JoinedFile], joined: &JoinedCases) -> Vec<Notice> {
    let mut notices = Vec::new();
    for file in files {
        let mut tell = |kind, message: String| {
            notices.push(Notice::new(kind, message).at(Position::file(&*file.file)));
        };
        if file.rejected > 0 {
            tell(
                NoticeKind::JoinedRowsRejected,
                format!("{} of {} rows rejected", file.rejected, file.rows),
            );
        }
        if file.without_case > 0 {
            tell(
                NoticeKind::JoinedRowsWithoutCase,
                format!("{} rows name no case", file.without_case),
            );
        }
    }
    let unnamed = joined.unnamed();
    if let Some(first) = unnamed.first() {
        notices.push(Notice::new(
            NoticeKind::JoinedCasesWithoutSignal,
            format!(
                "{} joined cases have no signal and do not count; the first: “{}”",
                unnamed.len(),
                first.escape_debug()
            ),
        ));
    }
    notices
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
            format!("{} of {} rows rejected", findings.rejected, findings.rows),
        );
        notices.push(match findings.first_rejects.first() {
            Some(first) => notice.example(format!("the first: {first}")),
            None => notice,
        });
    }
    if !findings.extra_columns.is_empty() {
        let columns = findings.extra_columns.iter();
        let columns: Vec<String> = columns
            .map(|column| format!("“{}”", column.escape_debug()))
            .collect();
        let message = format!("columns not used: {}", columns.join(", "));
        notices.push(about(NoticeKind::UnusedColumns, message));
    }
    let unknown = findings.unknown.iter();
    notices
        .extend(unknown.map(|unknown| about(NoticeKind::UnknownValues, unknown_values(unknown))));
    notices
}

fn unknown_values(unknown: &UnknownInColumn) -> String {
    let values = unknown.values.values();
    let shown: Vec<String> = values
        .iter()
        .take(MOST_VALUES)
        .map(|value| {
            format!(
                "“{}” ({} times, first in line {})",
                value.value.escape_debug(),
                value.count,
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

pub(super) fn no_signals(state: Jurisdiction) -> Notice {
    Notice::new(NoticeKind::NoSignals, "no signal in the year").about(state)
}

/// Why a trend that was asked for isn't there.
pub(super) fn no_trend(statistics: &Statistics) -> Notice {
    let reason = match statistics.years.is_empty() {
        true => "the data do not have the numbers of every whole year of the period",
        false => "there are too few cases to hide small numbers among",
    };
    Notice::new(NoticeKind::NoTrend, format!("no trend: {reason}")).about(statistics.state)
}

pub(super) fn outside_state(statistics: &Statistics) -> Option<Notice> {
    let outside = statistics.map.outside_cases;
    (outside > 0).then(|| {
        Notice::new(
            NoticeKind::OutsideState,
            format!("cases with coordinates outside the state, which are not used: {outside}"),
        )
        .about(statistics.state)
    })
}

pub(super) fn too_long(state: Jurisdiction, pages: usize) -> Notice {
    Notice::new(
        NoticeKind::TooLong,
        format!("too long for one page: {pages}"),
    )
    .about(state)
}
