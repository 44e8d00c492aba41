//! What people should know about a run that continues: notices, as data. The caller prints them.

use std::fmt;

use crate::area::Area;
use crate::failure::{Position, escaped};

/// What a notice is about, in the order in which notices are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeKind {
    /// Rows of a joined file that can't be read.
    JoinedRowsRejected,
    /// Rows of a joined file without a case.
    JoinedRowsWithoutCase,
    /// Cases in joined files that no signal mentions.
    JoinedCasesWithoutSignal,
    /// Empty files, among others that aren't.
    BlankFiles,
    /// Sheets of a workbook, and cells in them without a value, that aren't read.
    WorkbookParts,
    /// Rows of a file of signals that can't be read.
    RowsRejected,
    /// Columns of a file that aren't used.
    UnusedColumns,
    /// Rows with an id that an earlier row has.
    DuplicateRows,
    /// A file whose ids are all in earlier files.
    RepeatedIds,
    /// No cases at all, or one with an implausible share of all signals.
    OddCases,
    /// Groups that the data say nothing about.
    UnknownGroups,
    /// Ambiguous dates.
    OpenDates,
    /// Places that were understood although their cells are written differently.
    PlacesRead,
    /// Cells that no number uses.
    UnusedCells,
    /// Values that aren't in the vocabulary.
    UnknownValues,
    /// The sheets name a publisher or source that may have nothing to do with them.
    OthersVoice,
    /// Requested months that the data don't have.
    MissingMonths,
    /// A trend was requested that can't be published.
    NoTrend,
    /// A table of counties was requested, but the data don't say where cases are.
    NoCounties,
    /// A rate was requested, but the number of residents in that year is unknown.
    NoRate,
    /// The state has no profile.
    NoProfile,
    /// Coordinates outside the state that the data put them in.
    OutsideState,
    /// The state has no signal in the year.
    NoSignals,
    /// Groups that the printed sheet has no room for.
    NoRoom,
    /// The sheet was supposed to have one page, but has more.
    TooLong,
    /// A picture was requested of something that the sheet doesn't have.
    NoPicture,
}

impl NoticeKind {
    /// Whether it says no more than what is published, so that it may be in the index of sheets. How many cases have
    /// coordinates outside the state may be a small number, which is only for the user.
    pub fn is_for_release(self) -> bool {
        matches!(
            self,
            NoticeKind::OthersVoice
                | NoticeKind::MissingMonths
                | NoticeKind::NoTrend
                | NoticeKind::NoProfile
                | NoticeKind::NoSignals
                | NoticeKind::NoRoom
                | NoticeKind::TooLong
        )
    }

    /// Whether the numbers or the sheet may differ from what people expect; otherwise, it is for information.
    pub fn is_warning(self) -> bool {
        use NoticeKind::*;
        match self {
            JoinedRowsRejected
            | JoinedRowsWithoutCase
            | JoinedCasesWithoutSignal
            | BlankFiles
            | WorkbookParts
            | RowsRejected
            | DuplicateRows
            | PlacesRead
            | UnusedCells
            | UnknownGroups
            | NoRoom
            | UnusedColumns => false,
            RepeatedIds | OddCases | OpenDates | UnknownValues | OthersVoice | MissingMonths
            | NoTrend | NoCounties | NoRate | NoProfile | OutsideState | NoSignals | TooLong
            | NoPicture => true,
        }
    }
}

/// One thing that people should know.
///
/// ```
/// use hotline_profile::failure::Position;
/// use hotline_profile::notice::{Notice, NoticeKind};
///
/// let notice = Notice::new(NoticeKind::UnusedColumns, "columns not used: “note”")
///     .at(Position::file("export.csv"));
/// assert_eq!(notice.to_string(), "note: export.csv: columns not used: “note”");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it is about.
    pub kind: NoticeKind,
    /// The area whose sheet it is about; `None`: it is about the data as a whole.
    pub area: Option<Area>,
    /// The file, and the line if there is one.
    pub position: Option<Position>,
    /// What people should know, as a sentence.
    pub message: String,
    /// Examples, each on a line.
    pub examples: Vec<String>,
}

impl Notice {
    /// About the data as a whole.
    pub fn new(kind: NoticeKind, message: impl Into<String>) -> Self {
        Notice {
            kind,
            area: None,
            position: None,
            message: message.into(),
            examples: Vec::new(),
        }
    }

    /// Says which area's sheet it is about.
    pub fn about(mut self, area: impl Into<Area>) -> Self {
        self.area = Some(area.into());
        self
    }

    /// Adds the position.
    pub fn at(mut self, position: Position) -> Self {
        self.position = Some(position);
        self
    }

    /// Adds an example.
    pub fn example(mut self, line: impl Into<String>) -> Self {
        self.examples.push(line.into());
        self
    }
}

/// Sorts notices: those about the data as a whole, then area by area; in each, by kind. Notices of the same kind stay
/// in the order in which they were found, which is that of the files.
pub fn sort(notices: &mut [Notice]) {
    notices.sort_by_key(|notice| (notice.area, notice.kind));
}

impl fmt::Display for Notice {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(if self.kind.is_warning() {
            "warning: "
        } else {
            "note: "
        })?;
        if let Some(area) = self.area {
            write!(out, "{area}: ")?;
        }
        if let Some(position) = &self.position {
            write!(out, "{position}: ")?;
        }
        out.write_str(&escaped(&self.message))?;
        for example in &self.examples {
            for (number, line) in example.split('\n').enumerate() {
                let indent = if number == 0 { "\n  " } else { "\n" };
                write!(out, "{indent}{}", escaped(line))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_are_sorted_by_state_then_by_kind_then_as_found() {
        let state = |code| Area::from_code(code).unwrap();
        let mut notices = vec![
            Notice::new(NoticeKind::TooLong, "").about(state("AL")),
            Notice::new(NoticeKind::NoTrend, "").about(state("TX")),
            Notice::new(NoticeKind::UnknownValues, "b"),
            Notice::new(NoticeKind::UnknownValues, "a"),
            Notice::new(NoticeKind::RowsRejected, ""),
            Notice::new(NoticeKind::NoProfile, "").about(state("AL")),
        ];
        sort(&mut notices);
        let order: Vec<_> = notices
            .iter()
            .map(|notice| (notice.kind, notice.message.as_str()))
            .collect();
        use NoticeKind::*;
        assert_eq!(
            order,
            [
                (RowsRejected, ""),
                (UnknownValues, "b"),
                (UnknownValues, "a"),
                (NoProfile, ""),
                (TooLong, ""),
                (NoTrend, "")
            ]
        );
    }

    #[test]
    fn quoted_text_in_notices_cannot_control_a_terminal() {
        let notice = Notice::new(NoticeKind::NoSignals, "a\u{1b}b").example("c\u{202e}\n  d");
        assert_eq!(notice.to_string(), "warning: a\\u{1b}b\n  c\\u{202e}\n  d");
    }
}
