//! Reading: the rows of a file, canonical or mapped, become signals, or rejects with a reason.

mod cell;
mod cells;
mod column;
mod coordinates;
mod date;
mod decode;
mod empties;
mod file_kind;
mod file_pattern;
mod findings;
mod flag;
mod header;
mod ids;
mod input;
mod join;
mod join_files;
mod known_names;
mod last_place;
mod ledger;
mod limits;
mod mapping;
mod marks;
mod meaning;
mod one_cell;
mod one_column;
mod own_pages;
mod parallel;
#[cfg(feature = "parquet")]
mod parquet;
mod place;
mod place_names;
mod positions;
mod propose;
mod reader;
mod recipe;
mod records;
mod reject;
mod row;
mod seen_places;
mod sheets;
mod signal;
mod sound;
mod source;
mod state_names;
mod statistics_table;
mod table;
mod told;
mod trim;
mod values;
mod word;
mod work_queue;
mod workbook;

pub use cells::{Became, Codes};
pub use column::Column;
pub use date::{DateForm, Ways};
pub use empties::Empties;
pub use findings::{Around, Findings, UnknownInColumn, UnknownValue, UnknownValues};
pub use input::{Bytes, Input};
pub use join::{JoinedCases, JoinedFile, Roles, roles};
pub use ledger::{CellCounts, ColumnCells, Fate};
pub use limits::{Limits, NewScratch, Scratch};
pub use mapping::{CaseRule, Mapping, Report};
pub use one_column::OneColumn;
pub use own_pages::{
    EFFORTS, HOTLINES, INSTRUCTIONS, LAWS, LISTS, OwnPage, PageText, profile_pages,
};
pub use parallel::{Division, Gather, Gathered};
pub use place::Found;
pub use propose::{Asked, Proposal, SeenColumn, propose, seen_columns};
pub use reader::{ColumnValues, Row, SignalReader};
pub use records::Record;
pub use reject::{Reason, Reject, RejectsWriter};
pub use sheets::{Choice, SheetRead, Sheets, UnreadSheet};
pub use signal::{Groups, Place, Places, Signal};
pub use source::Source;
pub use statistics_table::{
    COLUMNS, DATA_THROUGH, FigureRow, MARKING, PlacesRow, RATE, SYNTHETIC_MARK, StatisticsRow,
    StatisticsTable, YEAR_STARTS, is_statistics_table,
};
pub use told::{TellsOf, ToldPlace, understood};
pub use workbook::{Unreadable, WithoutValue};

#[cfg(test)]
mod tests;

#[cfg(test)]
mod parallel_tests;

#[cfg(test)]
mod messy_tests;

#[cfg(test)]
mod ledger_tests;
