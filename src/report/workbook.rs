//! Statistics as an Excel workbook, in the layout of the statistics table that can be read back.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::figures::figures;
use super::marks;
use crate::failure::{Failure, Outcome};
use crate::protect::{Count, Published};
use crate::read::{COLUMNS, MARKING, YEAR_STARTS};

/// A header and a row per number of each area, as [`super::csv`] has them; counts are numbers where they may be
/// shown exactly. The same numbers give the same bytes.
///
/// # Errors
/// A sheet with more rows than Excel takes.
pub fn workbook(all: &[Published]) -> Outcome<Vec<u8>> {
    written(all).map_err(|error| Failure::data(format!("can't make the workbook: {error}")))
}

fn written(all: &[Published]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // Excel wants a day; that of the run would change the bytes.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
    let sheet = workbook.add_worksheet().set_name("Statistics")?;
    let is_marked = all.iter().any(|published| !marks(published).is_empty());
    let is_fiscal = |published: &Published| !published.period.starts.is_of_calendar();
    let has_starts = all.iter().any(is_fiscal);
    let columns = COLUMNS
        .iter()
        .copied()
        .chain(has_starts.then_some(YEAR_STARTS))
        .chain(is_marked.then_some(MARKING));
    let head = Format::new().set_bold();
    let mut widths: Vec<usize> = Vec::new();
    for (column, name) in (0..).zip(columns) {
        sheet.write_string_with_format(0, column, name, &head)?;
        widths.push(name.len());
    }
    let mut row = 0;
    for published in all {
        let period = published.period;
        let (from, to) = (period.from.to_string(), period.to.to_string());
        let marking = marks(published).join("; ");
        let code = published.area.code();
        for (figure, count) in figures(published) {
            row += 1;
            let texts = [&code, &from, &to, "", &figure.figure, &figure.category];
            for (column, text) in (0..).zip(texts) {
                if !text.is_empty() {
                    sheet.write_string(row, column, text)?;
                    let width = &mut widths[usize::from(column)];
                    *width = text.len().max(*width);
                }
            }
            sheet.write_number(row, 3, f64::from(period.year))?;
            write_count(sheet, row, texts.len() as u16, count)?;
            let after = texts.len() as u16 + 1;
            if has_starts {
                sheet.write_number(row, after, f64::from(period.starts.month()))?;
            }
            if is_marked {
                sheet.write_string(row, after + u16::from(has_starts), &marking)?;
            }
        }
    }
    for (column, width) in (0..).zip(&widths) {
        sheet.set_column_width(column, *width as f64 + 2.0)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, row, widths.len() as u16 - 1)?;
    workbook.save_to_buffer()
}

fn write_count(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    count: Count,
) -> Result<(), XlsxError> {
    match count {
        Count::Shown(number) => sheet.write_number(row, column, number as f64)?,
        hidden => {
            let right = Format::new().set_align(FormatAlign::Right);
            sheet.write_string_with_format(row, column, hidden.to_string(), &right)?
        }
    };
    Ok(())
}
