//! What is reported about finished sheets: one sheet, many sheets in a table, and an index for spreadsheets.

use std::path::{Path, PathBuf};

use super::audit::GivenAway;
use super::standard_output::print;
use super::teller::Teller;
use super::whole_file;
use crate::area::Area;
use crate::failure::{Failure, Outcome};
use crate::make::Notice;
use crate::protect::Published;
use crate::report::marks;
use crate::tally::LedgerLine;

/// A finished sheet.
pub(super) struct Printed {
    /// A file of each requested kind.
    pub(super) paths: Vec<PathBuf>,
    pub(super) pages: usize,
    /// Size of the files.
    pub(super) bytes: usize,
    /// The numbers as they may be released: the index is a file like any other.
    pub(super) published: Published,
    pub(super) ledger: LedgerLine,
    /// The portal's requirements for attachments that the file meets.
    pub(super) attachment: Vec<String>,
    /// What people should know about the sheet, in order.
    pub(super) notices: Vec<Notice>,
    /// What the sheet gives away, by itself and together with published ones.
    pub(super) given_away: GivenAway,
}

/// Reports on standard error what was made for one state, what happened to the rows, and what to know.
pub(super) fn tell(area: Area, printed: &Printed, teller: Teller) {
    teller.say(made(printed));
    let kind = match area.state() {
        Some(_) => "state",
        None => "area",
    };
    let ledger = printed.ledger.sentence(kind);
    teller.say(format_args!("{area}: {ledger}"));
    teller.tell_all(&printed.notices);
    tell_given_away(printed, teller);
    if !printed.attachment.is_empty() {
        teller.say(format_args!(
            "{area}: ready to attach to an application (Grants.gov):"
        ));
    }
    for met in &printed.attachment {
        teller.say(format_args!("  ok  {met}"));
    }
}

/// Warns about what a sheet gives away.
pub(super) fn tell_given_away(printed: &Printed, teller: Teller) {
    for sentence in &printed.given_away.told {
        teller.warn(sentence);
    }
}

/// What was made, and the numbers that people look for first, as printed.
fn made(printed: &Printed) -> String {
    let published = &printed.published;
    let period = published.period;
    let year = match period.starts.is_of_calendar() {
        true => period.year.to_string(),
        false => format!("fiscal year {}", period.year),
    };
    let files = match printed.paths.len() {
        1 => "1 file".to_owned(),
        files => format!("{files} files"),
    };
    let pages = match printed.pages {
        0 => String::new(),
        1 => ", 1 page".to_owned(),
        pages => format!(", {pages} pages"),
    };
    let cases = published.knows_cases.then(|| {
        format!(
            "cases from {} to {}: {}; cases in {year}: {}",
            period.from, period.to, published.cases.period, published.cases.year
        )
    });
    let signals = published.signals_total();
    let signals = signals.map(|signals| format!("signals in {year}: {signals}"));
    let numbers: Vec<String> = cases.into_iter().chain(signals).collect();
    format!(
        "{}, {year}: made {files}{pages}; {}",
        published.area.name(),
        numbers.join("; ")
    )
}

/// Paths, one per line.
pub(super) fn lines(paths: &[PathBuf]) -> String {
    let lines = paths.iter().map(|path| format!("{}\n", path.display()));
    lines.collect()
}

fn names(paths: &[PathBuf]) -> Vec<String> {
    let names = paths
        .iter()
        .map(|path| path.file_name().unwrap_or_default());
    names
        .map(|name| name.to_string_lossy().into_owned())
        .collect()
}

/// The folder of the sheets of regions and the nation, in that of the states': they shouldn't be published together.
const WIDER_FOLDER: &str = "regions-and-nation";

/// Where a batch writes the sheet of an area.
pub(super) fn folder_of(area: Area, output: &Path) -> PathBuf {
    match area.state() {
        Some(_) => output.to_owned(),
        None => output.join(WIDER_FOLDER),
    }
}

/// Prints a table of many sheets and writes their indexes, one of states and one of larger areas.
///
/// # Errors
/// When a sheet couldn't be made, or an index can't be written.
pub(super) fn conclude(output: &Path, sheets: &[(Area, Outcome<Printed>)]) -> Outcome<()> {
    print(&table(sheets))?;
    let is_internal = sheets
        .iter()
        .filter_map(|(_, sheet)| sheet.as_ref().ok())
        .any(|printed| printed.published.internal);
    let is_of_state = |(area, _): &(Area, Outcome<Printed>)| area.state().is_some();
    // States come first.
    for of_kind in sheets.chunk_by(|one, next| is_of_state(one) == is_of_state(next)) {
        if let Some((area, _)) = of_kind.first() {
            let index = index(of_kind).map_err(Failure::bug)?;
            let path = folder_of(*area, output).join("index.csv");
            whole_file::write_numbers(&path, &index, is_internal)?;
        }
    }
    let failed = sheets.iter().filter(|(_, sheet)| sheet.is_err()).count();
    if failed == 0 {
        return Ok(());
    }
    Err(Failure::data(format!(
        "{failed} of {} sheets couldn't be made",
        sheets.len()
    ))
    .remedy("the table names them, with the reasons; the other sheets are complete"))
}

fn table(sheets: &[(Area, Outcome<Printed>)]) -> String {
    let mut text = format!(
        "{:<5} {:>9} {:>9} {:>5} {:>7}  file and warnings\n",
        "state", "cases", "in year", "pages", "kB"
    );
    for (area, sheet) in sheets {
        text.push_str(&match sheet {
            Ok(printed) => format!(
                "{:<5} {:>9} {:>9} {:>5} {:>7}  {}\n",
                area.code(),
                printed.published.cases.period.to_string(),
                printed.published.cases.year.to_string(),
                printed.pages,
                printed.bytes.div_ceil(1000),
                file_and_warnings(printed)
            ),
            Err(failure) => {
                let message = failure.to_string().replace('\n', " ");
                format!("{:<5} {:>33}  failed: {message}\n", area.code(), "")
            }
        });
    }
    text
}

fn file_and_warnings(printed: &Printed) -> String {
    let mut text = lines(&printed.paths).trim_end().replace('\n', "; ");
    for notice in &printed.notices {
        text.push_str("; ");
        text.push_str(&notice.message);
    }
    text
}

/// What may be said about a sheet to people who receive it.
fn messages_for_release(notices: &[Notice]) -> Vec<&str> {
    let notices = notices.iter().filter(|notice| notice.kind.is_for_release());
    notices.map(|notice| notice.message.as_str()).collect()
}

/// The index: one line per state, each with the marks on its file.
fn index(sheets: &[(Area, Outcome<Printed>)]) -> csv::Result<Vec<u8>> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let mut rows = vec![
        [
            "state",
            "name",
            "file",
            "pages",
            "bytes",
            "cases",
            "cases_in_year",
            "warnings",
            "marking",
        ]
        .map(String::from),
    ];
    rows.extend(sheets.iter().map(|(area, sheet)| {
        match sheet {
            Ok(printed) => [
                area.code(),
                area.name(),
                names(&printed.paths).join("; "),
                printed.pages.to_string(),
                printed.bytes.to_string(),
                printed.published.cases.period.to_string(),
                printed.published.cases.year.to_string(),
                messages_for_release(&printed.notices).join("; "),
                marks(&printed.published).join("; "),
            ],
            // The table says why. A failure names files, which are none of the recipients' business.
            Err(_) => [
                area.code(),
                area.name(),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
                "failed".to_owned(),
                String::new(),
            ],
        }
    }));
    for row in rows {
        out.write_record(row)?;
    }
    out.into_inner().map_err(|error| error.into_error().into())
}
