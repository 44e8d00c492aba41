//! The pages of our own workbook without signals, recognized by their names and first cells.

use std::io::Read;

use super::column::spelling;
use super::input::Input;
use super::limits::Limits;
use super::workbook::{Surveyed, Workbook, named, packed_bytes};
use crate::failure::Outcome;

/// How a zip file begins; a workbook is one.
const ZIP: [u8; 4] = *b"PK\x03\x04";

/// A page of the workbook that people fill in by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnPage {
    /// Its name.
    pub sheet: &'static str,
    /// The first cells of its first row.
    pub head: &'static [&'static str],
}

/// The laws of a state.
pub const LAWS: OwnPage = OwnPage {
    sheet: "Laws",
    head: &["state", "title", "citation", "url", "reviewed", "status"],
};
/// A state's efforts, and who funds them.
pub const EFFORTS: OwnPage = OwnPage {
    sheet: "Efforts",
    head: &["state", "list", "title", "url", "reviewed"],
};
/// The state's own hotlines.
pub const HOTLINES: OwnPage = OwnPage {
    sheet: "Hotlines",
    head: &["state", "name", "phone", "text", "url", "reviewed"],
};
/// The instructions.
pub const INSTRUCTIONS: OwnPage = OwnPage {
    sheet: "Instructions",
    head: &["How to fill in this workbook"],
};
/// The values to choose from; hidden.
pub const LISTS: OwnPage = OwnPage {
    sheet: "Lists",
    head: &["Values of the lists"],
};

impl OwnPage {
    /// All pages.
    const ALL: [OwnPage; 5] = [INSTRUCTIONS, LAWS, EFFORTS, HOTLINES, LISTS];

    /// Whether a sheet is this page: by its name, and by how its first row begins.
    pub(super) fn is(self, sheet: &Surveyed) -> bool {
        let first = sheet.head.first();
        let begins = |row: &Vec<String>| {
            let cells = row.iter().map(|cell| spelling(cell));
            row.len() >= self.head.len() && cells.zip(self.head).all(|(a, b)| a == spelling(b))
        };
        sheet.name.trim().eq_ignore_ascii_case(self.sheet) && first.is_some_and(begins)
    }
}

/// Whether a sheet is one of our pages without signals: nobody has to be told that it isn't read.
pub(super) fn is_own(sheet: &Surveyed) -> bool {
    OwnPage::ALL.iter().any(|page| page.is(sheet))
}

/// A page of a workbook as CSV, with a line for each row of the page.
#[derive(Clone, Debug)]
pub struct PageText {
    /// Which page it is.
    pub page: OwnPage,
    /// The name in messages.
    pub name: String,
    /// The page as CSV, in UTF-8.
    pub csv: Vec<u8>,
}

/// The pages for laws, efforts and hotlines in a file; none if it isn't our workbook.
///
/// # Errors
/// A file that can't be read.
pub fn profile_pages(input: &Input, limits: Limits) -> Outcome<Vec<PageText>> {
    let mut source = input.open()?;
    let mut start = Vec::new();
    let is_read = source
        .by_ref()
        .take(ZIP.len() as u64)
        .read_to_end(&mut start);
    if is_read.is_err() || start != ZIP {
        return Ok(Vec::new());
    }
    let bytes = packed_bytes(input.name(), start.as_slice().chain(source), limits)?;
    let mut workbook = Workbook::open(input.name(), bytes, limits)?;
    let pages = [LAWS, EFFORTS, HOTLINES];
    let is_wanted = |name: &str| {
        let mut pages = pages.iter();
        pages.any(|page| name.trim().eq_ignore_ascii_case(page.sheet))
    };
    let mut found = Vec::new();
    for sheet in workbook.survey_of(is_wanted)? {
        if let Some(page) = pages.iter().find(|page| page.is(&sheet)) {
            found.push(PageText {
                page: *page,
                name: named(input.name(), Some(&sheet.name)),
                csv: workbook.csv(&sheet)?.0,
            });
        }
    }
    Ok(found)
}
