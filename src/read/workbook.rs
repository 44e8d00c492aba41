//! Reads Excel files (.xlsx), each sheet as if it had been saved as CSV, so that everything about CSV applies to it.

use std::collections::VecDeque;
use std::io::{self, Cursor, Read};

use calamine::{Data, DataRef, Reader, SheetType, SheetVisible, Xlsx};
use zip::ZipArchive;

use super::file_kind;
use super::limits::Limits;
use crate::failure::{Failure, Outcome, Position};

/// Rows of a sheet in which its header may be.
const HEAD: usize = 100;

/// An Excel file.
pub(super) struct Workbook {
    name: String,
    file: Xlsx<Cursor<Vec<u8>>>,
    limits: Limits,
    /// Bytes of text that were made from its sheets so far.
    made: u64,
}

/// A sheet with cells, before it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Surveyed {
    pub name: String,
    /// Whether it is hidden in Excel.
    pub is_hidden: bool,
    /// Rows that have something in them.
    pub rows: u64,
    /// Number of columns.
    pub width: usize,
    /// The texts of the first rows that have something in them.
    pub head: Vec<Vec<String>>,
}

/// Cells without a value, although they aren't empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WithoutValue {
    /// The number of cells.
    pub count: u64,
    /// The first of them, as Excel names it: `B7`.
    pub first: Option<String>,
}

/// What a sheet holds that isn't read as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unreadable {
    /// Formulas without stored values: programs that don't calculate write such files.
    pub formulas: WithoutValue,
    /// Errors such as `#REF!`.
    pub errors: WithoutValue,
    /// Cells that are merged with one above, whose value they take, as Excel shows it for all of them.
    pub merged: WithoutValue,
}

/// The bytes of an Excel file, whole.
///
/// # Errors
/// If it can't be read, or is larger than a workbook may be.
pub(super) fn packed_bytes(name: &str, source: impl Read, limits: Limits) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    source
        .take(limits.largest_workbook + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| {
            Failure::data(format!("can't read the data: {error}")).at(Position::file(name))
        })?;
    match bytes.len() as u64 > limits.largest_workbook {
        true => Err(too_large(name, limits)),
        false => Ok(bytes),
    }
}

impl Workbook {
    /// Opens an Excel file.
    ///
    /// # Errors
    /// A file that isn't a workbook, or that unpacks to more than the limits.
    pub(super) fn open(name: &str, bytes: Vec<u8>, limits: Limits) -> Outcome<Workbook> {
        check(name, &bytes, limits)?;
        let file = Xlsx::new(Cursor::new(bytes)).map_err(|error| {
            Failure::data(format!("can't read this Excel file: {error}"))
                .at(Position::file(name))
                .remedy("open it in Excel and save it again as .xlsx or as “CSV UTF-8”")
        })?;
        Ok(Workbook {
            name: name.to_owned(),
            file,
            limits,
            made: 0,
        })
    }

    /// The sheets that have cells, in the order of the file.
    ///
    /// # Errors
    /// A sheet that can't be read, or has more columns than the limits allow.
    pub(super) fn survey(&mut self) -> Outcome<Vec<Surveyed>> {
        self.survey_of(|_| true)
    }

    /// The sheets with cells whose names are requested.
    ///
    /// # Errors
    /// As [`Self::survey`].
    pub(super) fn survey_of(&mut self, is_wanted: impl Fn(&str) -> bool) -> Outcome<Vec<Surveyed>> {
        let sheets: Vec<(String, bool)> = self
            .file
            .sheets_metadata()
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet && is_wanted(&sheet.name))
            .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
            .collect();
        let mut surveyed = Vec::new();
        for (name, is_hidden) in sheets {
            let mut sheet = Surveyed {
                name,
                is_hidden,
                rows: 0,
                width: 0,
                head: Vec::new(),
            };
            self.survey_sheet(&mut sheet)?;
            if sheet.rows > 0 {
                surveyed.push(sheet);
            }
        }
        Ok(surveyed)
    }

    fn survey_sheet(&mut self, sheet: &mut Surveyed) -> Outcome<()> {
        let name = sheet.name.clone();
        let mut last = None;
        self.each_cell(&name, |row, column, cell, _| {
            // Excel also stores cells that are only colored.
            if matches!(cell, DataRef::Empty) {
                return Ok(());
            }
            sheet.width = sheet.width.max(column + 1);
            if last != Some(row) {
                last = Some(row);
                sheet.rows += 1;
                if sheet.head.len() < HEAD {
                    sheet.head.push(Vec::new());
                }
            }
            if sheet.rows as usize == sheet.head.len()
                && let Some(head) = sheet.head.last_mut()
            {
                head.resize(head.len().max(column + 1), String::new());
                head[column] = cell_text(cell);
            }
            Ok(())
        })
    }

    /// A sheet as CSV: row 5 of the sheet is line 5.
    ///
    /// # Errors
    /// A sheet that can't be read, and more text than the limits allow.
    pub(super) fn csv(&mut self, sheet: &Surveyed) -> Outcome<(Vec<u8>, Unreadable)> {
        let mut rows = Rows {
            merged: self.merged_downward(&sheet.name)?,
            ..Rows::default()
        };
        let mut found = Unreadable::default();
        let (name, limits, made) = (self.name.clone(), self.limits, self.made);
        self.each_cell(&sheet.name, |row, column, cell, is_formula| {
            match cell {
                DataRef::Empty if is_formula => found.formulas.add(row, column),
                DataRef::Error(_) => found.errors.add(row, column),
                _ => {}
            }
            if column < sheet.width {
                rows.add(row, column, sheet.width, cell_text(cell));
            }
            match made + rows.text.len() as u64 > limits.largest_workbook {
                true => Err(too_large(&name, limits)),
                false => Ok(()),
            }
        })?;
        rows.end_row();
        self.made += rows.text.len() as u64;
        found.merged = rows.filled;
        Ok((rows.text, found))
    }

    /// The cells of a sheet that are merged over several rows, the first ones first.
    fn merged_downward(&mut self, sheet: &str) -> Outcome<VecDeque<Merged>> {
        let name = named(&self.name, Some(sheet));
        let regions = self
            .file
            .merge_cells_by_sheet_name(sheet)
            .map_err(|error| {
                Failure::data(format!("can't read the sheet: {error}")).at(Position::file(name))
            })?;
        let mut merged: Vec<Merged> = regions
            .into_iter()
            .filter(|region| region.end.0 > region.start.0)
            .map(|region| Merged {
                first: region.start.0,
                last: region.end.0,
                column: region.start.1 as usize,
                text: String::new(),
            })
            .collect();
        merged.sort_by_key(|merged| (merged.first, merged.column));
        Ok(merged.into())
    }

    /// Hands on the cells of a sheet: row, column, value, and whether it is a formula's.
    fn each_cell(
        &mut self,
        sheet: &str,
        mut see: impl FnMut(u32, usize, &DataRef<'_>, bool) -> Outcome<()>,
    ) -> Outcome<()> {
        let (name, limits) = (&self.name, self.limits);
        let bad =
            |message: String| Failure::data(message).at(Position::file(named(name, Some(sheet))));
        let unreadable =
            |error: &dyn std::fmt::Display| bad(format!("can't read the sheet: {error}"));
        let mut cells = self
            .file
            .worksheet_cells_reader(sheet)
            .map_err(|error| unreadable(&error))?;
        let mut last_row = 0;
        while let Some(cell) = cells
            .next_cell_with_formula_metadata()
            .map_err(|error| unreadable(&error))?
        {
            let (row, column) = (cell.pos.0, cell.pos.1 as usize);
            if row < last_row {
                return Err(unreadable(&"its rows are out of order"));
            }
            last_row = row;
            if column >= limits.most_columns {
                return Err(bad(format!(
                    "row {} has more than {} columns",
                    u64::from(row) + 1,
                    limits.most_columns
                ))
                .remedy("is this a table of signals? If so, raise `most-columns` under [limits] in the settings file"));
            }
            see(row, column, &cell.value, cell.formula.is_some())?;
        }
        Ok(())
    }
}

/// The name of a file, or of a sheet in it, in messages.
pub(super) fn named(file: &str, sheet: Option<&str>) -> String {
    match sheet {
        Some(sheet) => format!("{file} (sheet “{}”)", sheet.escape_debug()),
        None => file.to_owned(),
    }
}

impl WithoutValue {
    fn add(&mut self, row: u32, column: usize) {
        self.count += 1;
        self.first
            .get_or_insert_with(|| format!("{}{}", letters(column), u64::from(row) + 1));
    }
}

/// The name of a column in Excel: A, …, Z, AA, …
fn letters(column: usize) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    match column / 26 {
        0 => last.to_string(),
        more => letters(more - 1) + &last.to_string(),
    }
}

/// Cells as they come, arranged in rows of the same width: a sheet may have one cell in its first corner and one in
/// its last, and nothing between them.
#[derive(Default)]
struct Rows {
    text: Vec<u8>,
    /// Number of the row that is being filled, from 0.
    row: u32,
    cells: Vec<String>,
    /// Merged cells that no row has reached yet, and those whose rows are being filled.
    merged: VecDeque<Merged>,
    open: Vec<Merged>,
    /// Cells that took the value of the one that they are merged with.
    filled: WithoutValue,
}

/// A column's cells that are one over several rows.
struct Merged {
    first: u32,
    last: u32,
    column: usize,
    /// What the first of them holds.
    text: String,
}

impl Rows {
    fn add(&mut self, row: u32, column: usize, width: usize, text: String) {
        if row > self.row {
            self.end_row();
            // Rows without cells are blank lines, so that line numbers are the sheet's row numbers.
            self.text.extend((self.row + 1..row).map(|_| b'\n'));
            self.row = row;
        }
        self.cells.resize(width, String::new());
        self.cells[column] = text;
    }

    /// Gives the cells of the row the values of those above that they are merged with. A row that has nothing
    /// else is part of a title.
    fn take_merged(&mut self) {
        let row = self.row;
        self.open.retain(|merged| merged.last >= row);
        while self
            .merged
            .front()
            .is_some_and(|merged| merged.first <= row)
            && let Some(mut merged) = self.merged.pop_front()
        {
            if merged.first == row
                && let Some(text) = self.cells.get(merged.column)
            {
                merged.text.clone_from(text);
            }
            if merged.last >= row {
                self.open.push(merged);
            }
        }
        for merged in self.open.iter().filter(|merged| merged.first < row) {
            if let Some(cell) = self.cells.get_mut(merged.column)
                && cell.is_empty()
                && !merged.text.is_empty()
            {
                cell.clone_from(&merged.text);
                self.filled.add(row, merged.column);
            }
        }
    }

    fn end_row(&mut self) {
        if !self.cells.iter().all(String::is_empty) {
            self.take_merged();
        }
        let is_blank = self.cells.iter().all(String::is_empty);
        for (index, cell) in self.cells.iter().enumerate().filter(|_| !is_blank) {
            if index > 0 {
                self.text.push(b',');
            }
            if !cell.is_empty() {
                self.text.push(b'"');
                self.text
                    .extend_from_slice(cell.replace('"', "\"\"").as_bytes());
                self.text.push(b'"');
            }
        }
        self.text.push(b'\n');
        self.cells.clear();
    }
}

fn too_large(name: &str, limits: Limits) -> Failure {
    Failure::data(format!(
        "the Excel file unpacks to more than {} bytes",
        limits.largest_workbook
    ))
    .at(Position::file(name))
    .remedy(
        "save it as CSV, which can be of any size, or raise `largest-workbook` under [limits] in the \
         settings file",
    )
}

/// Whether a zip file is an Excel workbook. Unpacks everything once without storing it: the sizes that a zip file
/// states may be wrong.
fn check(name: &str, bytes: &[u8], limits: Limits) -> Outcome<()> {
    let bad = |error: &dyn std::fmt::Display| {
        Failure::data(format!("can't read this zip file: {error}"))
            .at(Position::file(name))
            .remedy("if it is an Excel file, save it again as .xlsx or as “CSV UTF-8”")
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| bad(&error))?;
    let mut left = limits.largest_workbook + 1;
    let mut mimetype = Vec::new();
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| bad(&error))?;
        let is_mimetype = part.name() == "mimetype";
        let mut part = part.take(left);
        let mut read = 0;
        if is_mimetype {
            read += part
                .by_ref()
                .take(100)
                .read_to_end(&mut mimetype)
                .map_err(|error| bad(&error))? as u64;
        }
        read += io::copy(&mut part, &mut io::sink()).map_err(|error| bad(&error))?;
        left -= read;
        if left == 0 {
            return Err(too_large(name, limits));
        }
    }
    let names: Vec<&str> = archive.file_names().collect();
    match file_kind::zip(&names, &String::from_utf8_lossy(&mimetype)) {
        None => Ok(()),
        Some(refused) => Err(refused.failure(name)),
    }
}

/// A cell as in CSV; a day, and a day with a time, in ISO format. A line break would shift the line numbers in
/// messages.
fn cell_text(cell: &DataRef<'_>) -> String {
    let text = match cell {
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::String(text) => text.clone(),
        other => match Data::from(other.clone()) {
            Data::DateTime(moment) => match moment.as_datetime() {
                Some(moment) if moment.time() == chrono::NaiveTime::MIN => {
                    moment.format("%Y-%m-%d").to_string()
                }
                Some(moment) => moment.format("%Y-%m-%dT%H:%M:%S").to_string(),
                None => moment.as_f64().to_string(),
            },
            Data::Error(_) => String::new(),
            other => other.to_string(),
        },
    };
    text.replace(['\r', '\n'], " ")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;

    use super::*;

    const WORKBOOK: &str = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
        xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>\
        <sheet name=\"Notes\" sheetId=\"1\" r:id=\"r1\"/><sheet name=\"Signals\" sheetId=\"2\" r:id=\"r2\"/></sheets></workbook>";
    const ROOT: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
        <Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
    const RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
        <Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
        <Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet2.xml\"/>\
        <Relationship Id=\"r3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>";
    /// Style 1 is Excel's built-in short date.
    const STYLES: &str = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
        <cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";

    /// A workbook with the sheets "Notes", which is empty, and "Signals" with these rows (XML).
    fn workbook(rows: &str) -> Vec<u8> {
        let sheet = |rows: &str| {
            format!(
                "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
            )
        };
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let parts = [
            (
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
                    .to_owned(),
            ),
            ("_rels/.rels", ROOT.to_owned()),
            ("xl/workbook.xml", WORKBOOK.to_owned()),
            ("xl/_rels/workbook.xml.rels", RELATIONS.to_owned()),
            ("xl/styles.xml", STYLES.to_owned()),
            ("xl/worksheets/sheet1.xml", sheet("")),
            ("xl/worksheets/sheet2.xml", sheet(rows)),
        ];
        for (name, text) in parts {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// The sheets of a workbook that have cells, as CSV.
    fn to_csv(bytes: Vec<u8>, limits: Limits) -> Outcome<Vec<(Vec<u8>, Unreadable)>> {
        let mut workbook = Workbook::open("x.xlsx", bytes, limits)?;
        let sheets = workbook.survey()?;
        sheets.iter().map(|sheet| workbook.csv(sheet)).collect()
    }

    fn csv(rows: &str, limits: Limits) -> Result<(String, Unreadable), String> {
        to_csv(workbook(rows), limits)
            .map(|mut sheets| sheets.remove(0))
            .map(|(text, unreadable)| (String::from_utf8(text).unwrap(), unreadable))
            .map_err(|failure| failure.to_string())
    }

    #[test]
    fn rows_keep_their_numbers_and_dates_become_days() {
        let rows = "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>signal_id</t></is></c><c r=\"C2\" t=\"inlineStr\"><is><t>say \"a\"\nb</t></is></c></row>\
            <row r=\"4\"><c r=\"A4\"><v>7</v></c><c r=\"B4\" s=\"1\"><v>42430</v></c><c r=\"C4\" s=\"1\"><v>42430.5</v></c></row>";
        assert_eq!(
            csv(rows, Limits::default()).unwrap().0,
            "\n\"signal_id\",,\"say \"\"a\"\" b\"\n\n\"7\",\"2016-03-01\",\"2016-03-01T12:00:00\"\n"
        );
    }

    #[test]
    fn cells_without_values_are_counted_and_formulas_with_values_are_read() {
        let rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>id</t></is></c><c r=\"AB1\"><f>1+1</f><v>2</v></c></row>\
            <row r=\"2\"><c r=\"A2\"><f>\"S\"&amp;1</f><v/></c><c r=\"B2\" t=\"e\"><v>#N/A</v></c><c r=\"AB2\"><f>A1</f></c></row>\
            <row r=\"3\"><c r=\"A3\" t=\"str\"><f>\"\"</f><v></v></c><c r=\"AB3\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row>";
        let (text, found) = csv(rows, Limits::default()).unwrap();
        assert_eq!(text, format!("\"id\"{0}\"2\"\n\n\n", ",".repeat(27)));
        let of = |count, first: &str| WithoutValue {
            count,
            first: Some(first.to_owned()),
        };
        assert_eq!(found.formulas, of(2, "A2"));
        assert_eq!(found.errors, of(2, "B2"));
    }

    #[test]
    fn merged_cells_have_the_value_of_the_first_and_titles_stay_as_they_are() {
        let cell = |name: &str, text: &str| {
            format!("<c r=\"{name}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
        };
        let row = |number: u32, cells: &[(&str, &str)]| {
            let cells = cells.iter();
            let cells = cells.map(|(name, text)| cell(&format!("{name}{number}"), text));
            format!("<row r=\"{number}\">{}</row>", cells.collect::<String>())
        };
        let rows = [
            row(1, &[("A", "Log")]),
            row(3, &[("A", "date"), ("B", "id")]),
            row(4, &[("A", "x"), ("B", "1")]),
            row(5, &[("B", "2")]),
            row(7, &[("A", ""), ("B", "3")]),
            row(8, &[("B", "4")]),
        ];
        let rows = format!(
            "{}</sheetData><mergeCells><mergeCell ref=\"A4:A7\"/><mergeCell ref=\"A1:B2\"/></mergeCells><sheetData>",
            rows.concat()
        );
        let (text, found) = csv(&rows, Limits::default()).unwrap();
        let expected =
            "\"Log\",\n\n\"date\",\"id\"\n\"x\",\"1\"\n\"x\",\"2\"\n\n\"x\",\"3\"\n,\"4\"\n";
        assert_eq!(text, expected);
        let first = Some("A5".to_owned());
        assert_eq!(found.merged, WithoutValue { count: 2, first });
    }

    #[test]
    fn columns_have_the_names_that_excel_shows() {
        let names = [0, 25, 26, 701, 702, 16383].map(letters);
        assert_eq!(names, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn two_distant_cells_use_little_memory() {
        let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>";
        let message = csv(rows, Limits::default()).unwrap_err();
        assert!(
            message.contains("row 1048576 has more than 10000 columns"),
            "{message}"
        );
    }

    #[test]
    fn a_workbook_that_unpacks_to_too_much_is_rejected_before_it_is_read() {
        let rows = format!(
            "<row r=\"1\"><c r=\"A1\"><v>{}</v></c></row>",
            "1".repeat(5_000_000)
        );
        let limits = Limits {
            largest_workbook: 1 << 20,
            ..Limits::default()
        };
        let message = csv(&rows, limits).unwrap_err();
        assert!(
            message.contains("unpacks to more than 1048576 bytes"),
            "{message}"
        );
    }

    #[test]
    fn a_damaged_workbook_is_a_failure_not_a_panic() {
        let sound = workbook("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>99999999999</v></c></row>");
        assert!(to_csv(sound.clone(), Limits::default()).is_ok());
        for at in 0..sound.len() {
            let mut damaged = sound.clone();
            damaged[at] ^= 0x55;
            let _ = to_csv(damaged, Limits::default());
            let _ = to_csv(sound[..at].to_vec(), Limits::default());
        }
    }
}
