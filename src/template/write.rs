//! Writes the workbook.

use std::io::Write;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties,
    ExcelDateTime, Format, FormatAlign, Formula, Workbook, Worksheet, XlsxError,
};

use super::SIGNALS;
use super::pages::{self, PAGES};
use crate::failure::{Failure, Outcome};
use crate::jurisdiction::Jurisdiction;
use crate::read::{Column, INSTRUCTIONS, LISTS};
use crate::vocabulary::{List, Vocabulary};

/// Rows with lists and date checks.
const ROWS: u32 = 20_000;
/// The same on a profile page.
const PAGE_ROWS: u32 = 500;
/// Follows the example's date, so that an example row that stays in the workbook is rejected and reported.
const EXAMPLE: &str = "2016-03-01 (example: delete this row)";
/// Maximum lengths of the title and the message that Excel shows next to a cell.
const LONGEST_TITLE: usize = 32;
const LONGEST_MESSAGE: usize = 255;

/// What a column is for, and what it may contain.
struct About {
    name: &'static str,
    meaning: &'static str,
    example: &'static str,
}

/// The columns that don't belong to a group, and those of groups that need more explanation than their heading.
const ABOUT: [About; 17] = [
    about(
        "signal_id",
        "A different number for each signal. Required.",
        "S-0001",
    ),
    about(
        "case_id",
        "The case that the signal belongs to. Leave it empty if there is none.",
        "C-0001",
    ),
    about(
        "received",
        "The day on which the signal arrived. Required.",
        EXAMPLE,
    ),
    about("contact_method", "How the signal arrived.", "Phone Call"),
    about("call_type", "What the signal was about.", "Tip Report"),
    about(
        "caller_state",
        "The state where the caller was.",
        "New Mexico",
    ),
    about(
        "state",
        "The state where the potential trafficking took place. The column is required, but a cell can be empty.",
        "New Mexico",
    ),
    about("county", "Its county, if known.", "Bernalillo"),
    about("city", "Its city, if known.", "Albuquerque"),
    about("zip", "Its ZIP code, if known.", "87102"),
    about(
        "latitude",
        "Leave it empty unless your system provides it.",
        "",
    ),
    about(
        "longitude",
        "Leave it empty unless your system provides it.",
        "",
    ),
    about(
        "sex_venue",
        "Where sex trafficking took place.",
        "Hotel-/Motel-Based",
    ),
    about("labor_venue", "Where labor trafficking took place.", ""),
    about("gender", "Of the potential victims.", "Female"),
    about(
        "age",
        "About the potential victims: a word from the list, or an age in years.",
        "Minor",
    ),
    about(
        "citizenship",
        "Of the potential victims.",
        "Foreign National",
    ),
];

const fn about(name: &'static str, meaning: &'static str, example: &'static str) -> About {
    About {
        name,
        meaning,
        example,
    }
}

/// The text of the first page.
const STEPS: [&str; 8] = [
    "On the sheet \u{201c}Signals\u{201d}, each row is one signal: a call, text, chat, email or online report.",
    "Choose from the lists. A cell can hold several values: write a semicolon between them, as in Female; Male.",
    "Give signals that are about the same case the same case_id.",
    "Never write names, telephone numbers or street addresses of victims: the fact sheet doesn't need them.",
    "Delete the example row. If it stays, the program leaves it out and says so.",
    "Keep the names of the columns. You can add columns of your own: the program ignores them, and lists them.",
    "What you enter on the sheets \u{201c}Laws\u{201d}, \u{201c}Efforts\u{201d} and \u{201c}Hotlines\u{201d} goes on page 2 of the fact sheet. If one of them has no rows, the fact sheet shows the built-in entries for your state.",
    "Save the workbook, and give it to the program as your data. It needs no mapping.",
];

/// Writes the workbook, with the columns and the lists of a vocabulary.
///
/// # Errors
/// If it can't be written.
pub fn write(vocabulary: &Vocabulary, out: &mut impl Write) -> Outcome<()> {
    let bytes = bytes(vocabulary)
        .map_err(|error| Failure::bug(format!("the workbook can't be made: {error}")))?;
    out.write_all(&bytes)
        .map_err(|error| Failure::data(format!("can't write the workbook: {error}")))
}

fn bytes(vocabulary: &Vocabulary) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Excel requires a date; that of the run would change the bytes.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&day));
    let columns = columns(vocabulary);
    let mut lists = Lists::default();
    write_instructions(book.add_worksheet(), &columns)?;
    let signals = book.add_worksheet().set_name(SIGNALS)?;
    write_signals(signals, &columns, &mut lists)?;
    for page in PAGES {
        let sheet = book.add_worksheet().set_name(page.sheet)?;
        write_page(sheet, page.head, &mut lists)?;
    }
    lists.write(book.add_worksheet())?;
    book.save_to_buffer()
}

/// A column in the workbook.
struct Offered {
    name: &'static str,
    meaning: String,
    example: String,
    /// The values to choose from.
    values: Vec<String>,
    /// Whether a cell may contain several values.
    has_several: bool,
}

fn columns(vocabulary: &Vocabulary) -> Vec<Offered> {
    let columns = Column::all(vocabulary).into_iter();
    // Only `sample` says that data are synthetic.
    let columns = columns.filter(|column| column.name() != "synthetic");
    columns.map(|column| offered(column, vocabulary)).collect()
}

fn offered(column: Column, vocabulary: &Vocabulary) -> Offered {
    let name = column.name();
    let group = column
        .group()
        .and_then(|group| vocabulary.groups().get(group));
    let states = || {
        Jurisdiction::all()
            .map(|state| state.name().to_owned())
            .collect()
    };
    let values = match (group, name) {
        (Some(group), _) => names(&group.list),
        (None, "sex_venue") => names(&vocabulary.sex_venue),
        (None, "labor_venue") => names(&vocabulary.labor_venue),
        (None, "state" | "caller_state") => states(),
        _ => Vec::new(),
    };
    let about = ABOUT.iter().find(|about| about.name == name);
    let example = about.map_or("", |about| about.example);
    let is_free = values.is_empty();
    let is_kept = match about {
        Some(about) => about.example.is_empty() || values.iter().any(|it| it == about.example),
        None => false,
    };
    Offered {
        name,
        meaning: match (about, group) {
            (Some(about), _) => about.meaning.to_owned(),
            (None, Some(group)) => format!("{}.", group.heading),
            (None, None) => String::new(),
        },
        // An agency's own vocabulary may not have our value.
        example: match is_free || is_kept {
            true => example.to_owned(),
            false => values.first().cloned().unwrap_or_default(),
        },
        has_several: name != "caller_state" && !group.is_some_and(|group| group.has_total),
        values,
    }
}

fn names(list: &List) -> Vec<String> {
    let entries = list.entries().iter();
    entries.map(|entry| entry.name.clone()).collect()
}

fn head() -> Format {
    Format::new()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(Color::RGB(0x162e51))
}

fn write_instructions(sheet: &mut Worksheet, columns: &[Offered]) -> Result<(), XlsxError> {
    sheet.set_name(INSTRUCTIONS.sheet)?;
    let title = Format::new().set_bold().set_font_size(16);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let bold = Format::new().set_bold().set_align(FormatAlign::Top);
    sheet.write_string_with_format(0, 0, INSTRUCTIONS.head[0], &title)?;
    let mut row = 2;
    for (number, step) in (1..).zip(STEPS) {
        let step = format!("{number}. {step}");
        sheet.merge_range(row, 0, row, 2, &step, &wrapped)?;
        sheet.set_row_height(row, 32)?;
        row += 1;
    }
    row += 1;
    for (column, name) in (0..).zip(["Column", "What it is", "Example"]) {
        sheet.write_string_with_format(row, column, name, &head())?;
    }
    for column in columns {
        row += 1;
        let several = if column.has_several && !column.values.is_empty() {
            " Several values are separated by semicolons."
        } else {
            ""
        };
        sheet.write_string_with_format(row, 0, column.name, &bold)?;
        let meaning = format!("{}{several}", column.meaning);
        sheet.write_string_with_format(row, 1, meaning, &wrapped)?;
        sheet.write_string_with_format(row, 2, &column.example, &wrapped)?;
    }
    for (column, width) in [(0, 20.0), (1, 64.0), (2, 40.0)] {
        sheet.set_column_width(column, width)?;
    }
    Ok(())
}

fn write_signals(
    sheet: &mut Worksheet,
    columns: &[Offered],
    lists: &mut Lists,
) -> Result<(), XlsxError> {
    let example = Format::new()
        .set_italic()
        .set_font_color(Color::RGB(0x565c65));
    for (index, column) in (0..).zip(columns) {
        sheet.set_column_format(index, &cell_format(column.name))?;
        sheet.set_column_width(index, column.name.len().max(14) as f64 + 2.0)?;
        sheet.write_string_with_format(0, index, column.name, &head())?;
        if !column.example.is_empty() {
            sheet.write_string_with_format(1, index, &column.example, &example)?;
        }
        if let Some(check) = check_of(column, lists) {
            sheet.add_data_validation(1, index, ROWS, index, &check)?;
        }
    }
    sheet.set_freeze_panes(1, 2)?;
    sheet.set_active(true);
    Ok(())
}

/// Ids and ZIP codes are text, so that no digit of them is lost.
fn cell_format(column: &str) -> Format {
    match column {
        "received" | "reviewed" => Format::new().set_num_format("yyyy-mm-dd"),
        "latitude" | "longitude" => Format::new(),
        _ => Format::new().set_num_format("@"),
    }
}

fn check_of(column: &Offered, lists: &mut Lists) -> Option<DataValidation> {
    if column.name == "received" {
        return Some(told(date_check(), column.name, &column.meaning));
    }
    if column.values.is_empty() {
        return None;
    }
    let check = lists.check(column.name, &column.values);
    let check = match column.has_several {
        // Excel has no list that lets you choose several values.
        true => check
            .set_error_style(DataValidationErrorStyle::Information)
            .set_error_message("This value isn't in the list. That is right if you enter several values with semicolons between them.")
            .ok()?,
        false => check
            .set_error_style(DataValidationErrorStyle::Stop)
            .set_error_message("Choose a value from the list, or leave the cell empty.")
            .ok()?,
    };
    Some(told(check, column.name, &column.meaning))
}

fn date_check() -> DataValidation {
    let day = |year, month, day| ExcelDateTime::from_ymd(year, month, day).unwrap_or_default();
    let range = DataValidationRule::Between(day(1990, 1, 1), day(2199, 12, 31));
    let check = DataValidation::new().allow_date(range);
    let message = "Enter a date, as in 2016-03-01.";
    check.clone().set_error_message(message).unwrap_or(check)
}

/// With the text that Excel shows next to a selected cell.
fn told(check: DataValidation, title: &str, message: &str) -> DataValidation {
    let short = |text: &str, most: usize| -> String { text.chars().take(most).collect() };
    let with_title = check.clone().set_input_title(short(title, LONGEST_TITLE));
    let check = with_title.unwrap_or(check);
    let with_message = check
        .clone()
        .set_input_message(short(message, LONGEST_MESSAGE));
    with_message.unwrap_or(check)
}

fn write_page(
    sheet: &mut Worksheet,
    columns: &[&'static str],
    lists: &mut Lists,
) -> Result<(), XlsxError> {
    for (index, name) in (0..).zip(columns) {
        sheet.set_column_format(index, &cell_format(name))?;
        let width = match *name {
            "title" | "text" | "url" => 48.0,
            _ => 18.0,
        };
        sheet.set_column_width(index, width)?;
        sheet.write_string_with_format(0, index, *name, &head())?;
        let check = match *name {
            "state" => {
                let states = Jurisdiction::all().map(|state| state.name().to_owned());
                let check = lists.check(name, &states.collect::<Vec<_>>());
                told(
                    check,
                    name,
                    "Leave it empty if you make the sheet for one state.",
                )
            }
            "list" => {
                let lists_of_page = pages::LISTS.map(str::to_owned);
                lists.check(name, &lists_of_page)
            }
            "reviewed" => told(
                date_check(),
                name,
                "The day on which somebody last checked the entry.",
            ),
            _ => continue,
        };
        sheet.add_data_validation(1, index, PAGE_ROWS, index, &check)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// The values to choose from, each list in a column of a hidden page: otherwise, Excel doesn't accept a long list.
#[derive(Default)]
struct Lists {
    lists: Vec<Vec<String>>,
}

impl Lists {
    /// A check that offers these values.
    fn check(&mut self, _name: &str, values: &[String]) -> DataValidation {
        let known = self.lists.iter().position(|list| list == values);
        let index = known.unwrap_or_else(|| {
            self.lists.push(values.to_vec());
            self.lists.len() - 1
        });
        let column = rust_xlsxwriter::utility::column_number_to_name(index as u16);
        // The first row is the page's header.
        let range = format!(
            "={}!${column}$2:${column}${}",
            LISTS.sheet,
            values.len() + 1
        );
        DataValidation::new().allow_list_formula(Formula::new(range))
    }

    fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(LISTS.sheet)?;
        sheet.write_string(0, 0, LISTS.head[0])?;
        for (column, list) in (0..).zip(&self.lists) {
            for (row, value) in (1..).zip(list) {
                sheet.write_string(row, column, value)?;
            }
        }
        sheet.set_hidden(true);
        Ok(())
    }
}
