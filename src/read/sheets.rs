//! Chooses the sheets of a workbook to read: those that a mapping names, or the visible ones that have the same
//! header as the sheet with the most known columns. Unused columns, such as remarks, may differ.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::column::spelling;
use super::own_pages;
use super::workbook::{Surveyed, Unreadable, WithoutValue};
use crate::failure::{Failure, Outcome, Position, nearest};

/// Means all visible sheets.
const ALL: &str = "*";

/// Which sheets a mapping names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(
    untagged,
    expecting = "the name of a sheet belongs here, a list of names between [ and ], or \"*\" for all visible sheets"
)]
pub enum Sheets {
    /// None: the visible ones that share a header.
    #[default]
    #[serde(skip)]
    Alike,
    /// The sheet of this name.
    One(String),
    /// The sheets of these names.
    Several(Vec<String>),
}

/// A sheet that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRead {
    /// Its name.
    pub sheet: String,
    /// Its cells without a value.
    pub unreadable: Unreadable,
    /// Which sheets of the file were chosen; reported with the first of them.
    pub choice: Option<Choice>,
}

/// The sheets of a workbook that are read, and the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Names of those that are read, in the order of the workbook.
    pub read: Vec<String>,
    /// Sheets that have rows but aren't read.
    pub unread: Vec<UnreadSheet>,
}

/// A sheet that has rows but isn't read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadSheet {
    /// Its name.
    pub sheet: String,
    /// Rows that have something in them, including a header.
    pub rows: u64,
    /// Whether it is hidden in Excel.
    pub is_hidden: bool,
}

impl SheetRead {
    /// What is lost, left out or silently assumed, with what to do, each as a sentence.
    pub fn told(&self) -> Vec<String> {
        let mut told = Vec::new();
        if let Some(choice) = &self.choice {
            told.extend(choice.told());
        }
        let Unreadable {
            formulas,
            errors,
            merged,
        } = &self.unreadable;
        let mut tell = |cells: &WithoutValue, (one, many): (&str, &str), remedy: &str| {
            let Some(first) = &cells.first else { return };
            told.push(match cells.count {
                1 => format!("{first} {one} and is read as empty: {remedy}"),
                count => format!(
                    "{count} cells {many} and are read as empty, the first in {first}: {remedy}"
                ),
            });
        };
        tell(
            formulas,
            (
                "is a formula without a stored value",
                "are formulas without stored values",
            ),
            "open the file in Excel, save it, and use the saved file",
        );
        tell(
            errors,
            ("is an error such as #REF!", "are errors such as #REF!"),
            "fix them in Excel, or replace formulas with their values",
        );
        if let Some(first) = &merged.first {
            told.push(match merged.count {
                1 => format!("{first} is merged with the cell above and takes its value"),
                count => format!(
                    "{count} cells are merged with one above and take its value, the first in {first}"
                ),
            });
        }
        told
    }
}

impl Choice {
    fn told(&self) -> Vec<String> {
        let mut told = Vec::new();
        if self.read.len() > 1 {
            let names = self
                .read
                .iter()
                .map(|name| format!("“{}”", name.escape_debug()));
            let names: Vec<String> = names.collect();
            told.push(format!(
                "{} sheets with the same columns are read together: {}",
                names.len(),
                names.join(", ")
            ));
        }
        if let Some(first) = self.unread.first() {
            let each = self.unread.iter().map(UnreadSheet::named);
            let each: Vec<String> = each.collect();
            told.push(format!(
                "not read: {}; to read that one, write sheet = \"{}\" in a mapping file; for several, write a list",
                each.join(", "),
                first.sheet.escape_debug()
            ));
        }
        told
    }
}

impl UnreadSheet {
    fn named(&self) -> String {
        let rows = match self.rows {
            1 => "1 row".to_owned(),
            rows => format!("{rows} rows"),
        };
        let hidden = if self.is_hidden { ", hidden" } else { "" };
        format!("sheet “{}” ({rows}{hidden})", self.sheet.escape_debug())
    }
}

impl From<&Surveyed> for UnreadSheet {
    fn from(sheet: &Surveyed) -> Self {
        UnreadSheet {
            sheet: sheet.name.clone(),
            rows: sheet.rows,
            is_hidden: sheet.is_hidden,
        }
    }
}

/// The sheets that are read, and the others. `known` is how many of a row's texts are names of columns: the header
/// has the most.
///
/// # Errors
/// A named sheet that doesn't exist or is empty, and a workbook in which all visible sheets are empty.
pub(super) fn choose<'s>(
    file: &str,
    surveyed: &'s [Surveyed],
    wanted: &Sheets,
    known: impl Fn(&[String]) -> (usize, usize),
) -> Outcome<(Vec<&'s Surveyed>, Vec<UnreadSheet>)> {
    let is_shown = |sheet: &&Surveyed| !sheet.is_hidden && !own_pages::is_own(sheet);
    let visible: Vec<&Surveyed> = surveyed.iter().filter(is_shown).collect();
    let chosen = match wanted {
        Sheets::One(name) if name == ALL => with_columns(visible, &known),
        Sheets::One(name) => vec![named(file, surveyed, name)?],
        Sheets::Several(names) if !names.is_empty() => names
            .iter()
            .map(|name| named(file, surveyed, name))
            .collect::<Outcome<_>>()?,
        Sheets::Alike | Sheets::Several(_) => alike(&visible, known),
    };
    if chosen.is_empty() {
        return Err(nothing_to_read(file, surveyed));
    }
    let is_chosen = |sheet: &&Surveyed| chosen.iter().any(|chosen| chosen.name == sheet.name);
    let is_unread = |sheet: &&Surveyed| !is_chosen(sheet) && !own_pages::is_own(sheet);
    let unread = surveyed.iter().filter(is_unread);
    let unread = unread.map(UnreadSheet::from).collect();
    Ok((chosen, unread))
}

/// The sheets with a known column: a cover page has none. All of them if none has.
fn with_columns<'s>(
    sheets: Vec<&'s Surveyed>,
    known: &impl Fn(&[String]) -> (usize, usize),
) -> Vec<&'s Surveyed> {
    let has_columns = |sheet: &&&Surveyed| header(sheet, known).known != (0, 0);
    let with: Vec<&Surveyed> = sheets.iter().filter(has_columns).copied().collect();
    if with.is_empty() { sheets } else { with }
}

/// The sheets with the same columns as the one with the most known columns, in any order.
fn alike<'s>(
    sheets: &[&'s Surveyed],
    known: impl Fn(&[String]) -> (usize, usize),
) -> Vec<&'s Surveyed> {
    let headers: Vec<Header> = sheets.iter().map(|sheet| header(sheet, &known)).collect();
    let mut most: Option<&Header> = None;
    for header in &headers {
        if most.is_none_or(|most| header.known > most.known) {
            most = Some(header);
        }
    }
    let Some(most) = most else { return Vec::new() };
    let pairs = sheets.iter().zip(&headers);
    let same = pairs.filter(|(_, header)| header.is_like(most));
    same.map(|(sheet, _)| *sheet).collect()
}

struct Header {
    known: (usize, usize),
    names: BTreeSet<String>,
    /// The known ones among these.
    known_names: BTreeSet<String>,
}

impl Header {
    /// Whether its rows go together with those of another sheet: apart from unknown columns, it has the same columns.
    fn is_like(&self, other: &Header) -> bool {
        /// Fewer don't show anything: a summary by state also has a state.
        const FEWEST_KNOWN: usize = 2;
        let are_enough = self.known_names.len() >= FEWEST_KNOWN;
        self.names == other.names || are_enough && self.known_names == other.known_names
    }
}

/// The header of a sheet: the row with the most known names or, if none is known, the fullest.
fn header(sheet: &Surveyed, known: &impl Fn(&[String]) -> (usize, usize)) -> Header {
    let filled = |row: &[String]| row.iter().filter(|cell| !cell.is_empty()).count();
    let mut best: Option<(_, &Vec<String>)> = None;
    for row in &sheet.head {
        let quality = (known(row), filled(row));
        if best.is_none_or(|(most, _)| quality > most) {
            best = Some((quality, row));
        }
    }
    let names = best.map_or(&[][..], |(_, row)| row);
    let spelled = |is_wanted: &dyn Fn(&String) -> bool| {
        let names = names.iter().filter(|name| is_wanted(name));
        let names = names.map(|name| spelling(name));
        names.filter(|name| !name.is_empty()).collect()
    };
    Header {
        known: best.map_or((0, 0), |((known, _), _)| known),
        names: spelled(&|_| true),
        known_names: spelled(&|name| known(std::slice::from_ref(name)) != (0, 0)),
    }
}

fn named<'s>(file: &str, surveyed: &'s [Surveyed], name: &str) -> Outcome<&'s Surveyed> {
    let is_it = |sheet: &&Surveyed| sheet.name.trim().eq_ignore_ascii_case(name.trim());
    let exactly = surveyed.iter().find(|sheet| sheet.name == name);
    if let Some(sheet) = exactly.or_else(|| surveyed.iter().find(is_it)) {
        return Ok(sheet);
    }
    let failure = Failure::data(format!("no sheet “{}” with rows", name.escape_debug()))
        .at(Position::file(file));
    let names = surveyed.iter().map(|sheet| sheet.name.as_str());
    Err(match nearest(name, names) {
        Some(near) => failure.remedy(format!("did you mean “{}”?", near.escape_debug())),
        None => failure.remedy(format!("the sheets with rows are: {}", listed(surveyed))),
    })
}

fn nothing_to_read(file: &str, surveyed: &[Surveyed]) -> Failure {
    let failure = Failure::data("no visible sheet has rows").at(Position::file(file));
    match surveyed.is_empty() {
        true => failure.remedy("is it the right file?"),
        false => failure.remedy(format!(
            "hidden sheets are read only if a mapping names them, as in sheet = \"{}\"; there are: {}",
            surveyed[0].name.escape_debug(),
            listed(surveyed)
        )),
    }
}

fn listed(surveyed: &[Surveyed]) -> String {
    let each = surveyed
        .iter()
        .map(|sheet| UnreadSheet::from(sheet).named());
    each.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(name: &str, is_hidden: bool, head: &[&[&str]]) -> Surveyed {
        let row = |row: &&[&str]| row.iter().map(|cell| (*cell).to_owned()).collect();
        Surveyed {
            name: name.to_owned(),
            is_hidden,
            rows: head.len() as u64,
            width: head.iter().map(|row| row.len()).max().unwrap_or(0),
            head: head.iter().map(row).collect(),
        }
    }

    fn workbook() -> Vec<Surveyed> {
        let header: &[&str] = &["id", "state"];
        vec![
            sheet(
                "Notes",
                false,
                &[&["For the id see the log"], &["a", "b", "c"]],
            ),
            sheet("Lists", true, &[header, &["0", "NM"]]),
            sheet("Jan", false, &[&["January"], header, &["1", "NM"]]),
            sheet("Feb", false, &[&["State ", "ID"], &["TX", "2"]]),
            sheet("Mar", false, &[&["id", "state", "note"], &["3", "TX", ""]]),
            sheet("By state", false, &[&["state", "signals"], &["TX", "1"]]),
        ]
    }

    fn chosen(wanted: Sheets) -> Result<(String, String), String> {
        let known = |row: &[String]| {
            let is_known = |cell: &&String| ["id", "state"].contains(&&*spelling(cell));
            (row.iter().filter(is_known).count(), 0)
        };
        let sheets = workbook();
        let (read, unread) =
            choose("x.xlsx", &sheets, &wanted, known).map_err(|failure| failure.to_string())?;
        let read: Vec<&str> = read.iter().map(|sheet| &*sheet.name).collect();
        let unread: Vec<&str> = unread.iter().map(|sheet| &*sheet.sheet).collect();
        Ok((read.join(" "), unread.join(" ")))
    }

    #[test]
    fn visible_sheets_with_the_same_header_are_read_and_others_are_reported() {
        let told = |read: &str, unread: &str| Ok((read.to_owned(), unread.to_owned()));
        assert_eq!(
            chosen(Sheets::Alike),
            told("Jan Feb Mar", "Notes Lists By state")
        );
        let all = Sheets::One("*".to_owned());
        assert_eq!(chosen(all), told("Jan Feb Mar By state", "Notes Lists"));
        let hidden = Sheets::One("lists ".to_owned());
        assert_eq!(chosen(hidden), told("Lists", "Notes Jan Feb Mar By state"));
        let two = Sheets::Several(vec!["Mar".to_owned(), "Jan".to_owned()]);
        assert_eq!(chosen(two), told("Mar Jan", "Notes Lists Feb By state"));
    }

    #[test]
    fn a_missing_sheet_is_reported_with_the_existing_ones() {
        let message = chosen(Sheets::One("Fab".to_owned())).unwrap_err();
        assert_eq!(
            message,
            "x.xlsx: no sheet “Fab” with rows\n  help: did you mean “Feb”?"
        );
        let message = chosen(Sheets::One("Victims".to_owned())).unwrap_err();
        assert!(
            message.contains("sheet “Lists” (2 rows, hidden), sheet “Jan” (3 rows)"),
            "{message}"
        );
        let hidden = [sheet("Lists", true, &[&["a"]])];
        let nothing = choose("x.xlsx", &hidden, &Sheets::Alike, |_| (0, 0)).unwrap_err();
        assert!(
            nothing
                .to_string()
                .contains("sheet = \"Lists\"; there are: sheet “Lists” (1 row, hidden)"),
            "{nothing}"
        );
    }
}
