//! Reads an Excel file (.xlsx) as if it had been saved as CSV, so that all that holds for CSV holds for it.

use std::io::{self, Cursor, Read};

use calamine::{Data, DataRef, Reader, Xlsx};
use zip::ZipArchive;

use super::limits::Limits;
use crate::failure::{Failure, Outcome, Position, nearest};

/// The bytes of an Excel file, whole.
///
/// # Errors
/// When it can't be read, and when it is larger than a workbook may be.
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

/// A sheet of an Excel file as CSV; the first, where none is named. Row 5 of the sheet is line 5.
///
/// # Errors
/// A file that is no workbook, that unpacks to more than the limits, or that lacks the sheet.
pub(super) fn to_csv(
    name: &str,
    bytes: Vec<u8>,
    sheet: Option<&str>,
    limits: Limits,
) -> Outcome<Vec<u8>> {
    let bad = |message: String| Failure::data(message).at(Position::file(name));
    check_size(name, &bytes, limits)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| {
        bad(format!("no Excel file that can be read: {error}")).remedy(
            "if it is a packed CSV, unpack it; else save it anew as .xlsx or as “CSV UTF-8”",
        )
    })?;
    let sheets = workbook.sheet_names();
    let sheet = match sheet {
        None => sheets
            .first()
            .cloned()
            .ok_or_else(|| bad("the Excel file has no sheet".to_owned()))?,
        Some(wanted) if sheets.iter().any(|sheet| sheet == wanted) => wanted.to_owned(),
        Some(wanted) => {
            let failure = bad(format!("no sheet “{}”", wanted.escape_debug()));
            return Err(match nearest(wanted, sheets.iter().map(String::as_str)) {
                Some(near) => failure.remedy(format!("did you mean “{}”?", near.escape_debug())),
                None => failure.remedy(format!("the file has: {}", sheets.join(", "))),
            });
        }
    };
    let unreadable = |error: &dyn std::fmt::Display| {
        bad(format!(
            "can't read the sheet “{}”: {error}",
            sheet.escape_debug()
        ))
    };
    // Once for the width, because rows end with their last filled cell, and once for the cells.
    let mut rows = Rows::default();
    let mut width = 0;
    for is_second in [false, true] {
        let mut cells = workbook
            .worksheet_cells_reader(&sheet)
            .map_err(|error| unreadable(&error))?;
        while let Some(cell) = cells.next_cell().map_err(|error| unreadable(&error))? {
            let (row, column) = cell.get_position();
            let column = column as usize;
            if column >= limits.most_columns {
                return Err(bad(format!(
                    "row {} has more than {} columns",
                    u64::from(row) + 1,
                    limits.most_columns
                ))
                .remedy("is this a table of signals? If so, raise `most-columns` under [limits] in the settings file"));
            }
            if !is_second {
                width = width.max(column + 1);
                continue;
            }
            if row < rows.row {
                return Err(unreadable(&"its rows are out of order"));
            }
            rows.add(row, column, width, cell_text(cell.get_value()));
            if rows.text.len() as u64 > limits.largest_workbook {
                return Err(too_large(name, limits));
            }
        }
    }
    rows.end_row();
    Ok(rows.text)
}

/// Cells as they come, put into rows of one width: a sheet may have one cell in its first corner and one
/// in its last, and nothing between them.
#[derive(Default)]
struct Rows {
    text: Vec<u8>,
    /// Number of the row that is being filled, from 0.
    row: u32,
    cells: Vec<String>,
}

impl Rows {
    fn add(&mut self, row: u32, column: usize, width: usize, text: String) {
        if row > self.row {
            self.end_row();
            // Rows that have no cell are blank lines, so that lines are the sheet's rows.
            self.text.extend((self.row + 1..row).map(|_| b'\n'));
            self.row = row;
        }
        self.cells.resize(width, String::new());
        self.cells[column] = text;
    }

    fn end_row(&mut self) {
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

/// Unpacks everything once to nowhere: the sizes that a zip file states need not be true.
fn check_size(name: &str, bytes: &[u8], limits: Limits) -> Outcome<()> {
    let bad = |error: &dyn std::fmt::Display| {
        Failure::data(format!("a zip file that can't be read: {error}"))
            .at(Position::file(name))
            .remedy("if it is an Excel file, save it anew as .xlsx or as “CSV UTF-8”")
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| bad(&error))?;
    if archive.index_for_name("[Content_Types].xml").is_none() {
        return Err(Failure::data("a zip file, but no Excel file")
            .at(Position::file(name))
            .remedy("unpack it, or pack the CSV with gzip"));
    }
    let mut left = limits.largest_workbook + 1;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| bad(&error))?;
        left -= io::copy(&mut part.take(left), &mut io::sink()).map_err(|error| bad(&error))?;
        if left == 0 {
            return Err(too_large(name, limits));
        }
    }
    Ok(())
}

/// A cell as CSV would have it; a day, and a day with a time, in ISO's form. A line break would shift
/// the lines that messages name.
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

    fn csv(rows: &str, sheet: &str, limits: Limits) -> Result<String, String> {
        to_csv("x.xlsx", workbook(rows), Some(sheet), limits)
            .map(|text| String::from_utf8(text).unwrap())
            .map_err(|failure| failure.to_string())
    }

    #[test]
    fn rows_keep_their_numbers_and_dates_become_days() {
        let rows = "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>signal_id</t></is></c><c r=\"C2\" t=\"inlineStr\"><is><t>say \"a\"\nb</t></is></c></row>\
            <row r=\"4\"><c r=\"A4\"><v>7</v></c><c r=\"B4\" s=\"1\"><v>42430</v></c><c r=\"C4\" s=\"1\"><v>42430.5</v></c></row>";
        assert_eq!(
            csv(rows, "Signals", Limits::default()).unwrap(),
            "\n\"signal_id\",,\"say \"\"a\"\" b\"\n\n\"7\",\"2016-03-01\",\"2016-03-01T12:00:00\"\n"
        );
    }

    #[test]
    fn a_sheet_that_is_not_there_is_told_with_the_nearest() {
        let message = csv("", "Signal", Limits::default()).unwrap_err();
        assert_eq!(
            message,
            "x.xlsx: no sheet “Signal”\n  help: did you mean “Signals”?"
        );
    }

    #[test]
    fn two_cells_far_apart_cost_no_memory_between_them() {
        let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>";
        let message = csv(rows, "Signals", Limits::default()).unwrap_err();
        assert!(
            message.contains("row 1048576 has more than 10000 columns"),
            "{message}"
        );
    }

    #[test]
    fn a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_read() {
        let rows = format!(
            "<row r=\"1\"><c r=\"A1\"><v>{}</v></c></row>",
            "1".repeat(5_000_000)
        );
        let limits = Limits {
            largest_workbook: 1 << 20,
            ..Limits::default()
        };
        let message = csv(&rows, "Signals", limits).unwrap_err();
        assert!(
            message.contains("unpacks to more than 1048576 bytes"),
            "{message}"
        );
    }

    #[test]
    fn a_damaged_workbook_is_a_failure_and_no_panic() {
        let sound = workbook("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>99999999999</v></c></row>");
        assert!(to_csv("x.xlsx", sound.clone(), Some("Signals"), Limits::default()).is_ok());
        for at in 0..sound.len() {
            let mut damaged = sound.clone();
            damaged[at] ^= 0x55;
            let _ = to_csv("x.xlsx", damaged, None, Limits::default());
            let _ = to_csv("x.xlsx", sound[..at].to_vec(), None, Limits::default());
        }
    }
}
