//! Statistics as an Excel workbook, in the layout of the statistics table that can be read back.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use super::tidy_csv::rows;
use crate::failure::{Failure, Outcome};
use crate::protect::Published;

/// The rows of [`super::csv`], with numbers as numbers if they are shown exactly. The same numbers give the same
/// bytes.
///
/// # Errors
/// A sheet with more rows than Excel allows.
pub fn workbook(all: &[Published]) -> Outcome<Vec<u8>> {
    written(all).map_err(|error| Failure::data(format!("can't make the workbook: {error}")))
}

fn written(all: &[Published]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // Excel requires a date; that of the run would change the bytes.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
    let sheet = workbook.add_worksheet().set_name("Statistics")?;
    let head = Format::new().set_bold();
    let right = Format::new().set_align(FormatAlign::Right);
    let rows = rows(all);
    let mut widths: Vec<usize> = vec![0; rows.first().map_or(0, Vec::len)];
    for (number, cells) in (0..).zip(&rows) {
        for ((column, cell), width) in (0..).zip(cells).zip(&mut widths) {
            *width = cell.chars().count().max(*width);
            match cell.parse::<u32>() {
                _ if number == 0 => sheet.write_string_with_format(number, column, cell, &head)?,
                Ok(value) => sheet.write_number(number, column, value)?,
                // "<5" and "33-36" are in the same cells as numbers.
                Err(_) if cell.starts_with(|c: char| c == '<' || c.is_ascii_digit()) => {
                    sheet.write_string_with_format(number, column, cell, &right)?
                }
                Err(_) => sheet.write_string(number, column, cell)?,
            };
        }
    }
    for (column, width) in (0..).zip(&widths) {
        sheet.set_column_width(column, *width as f64 + 2.0)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let last = (rows.len().max(1) - 1) as u32;
    sheet.autofilter(0, 0, last, widths.len().max(1) as u16 - 1)?;
    workbook.save_to_buffer()
}
