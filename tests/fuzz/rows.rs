//! Bytes and CSV structure: whatever is in a file of signals, every row is accounted for.

use hotline_profile::jurisdiction::Jurisdiction;
use hotline_profile::read::{self, Asked, Limits, Mapping, Sheets};
use hotline_profile::tally::Unit;
use hotline_profile::vocabulary::Vocabulary;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::reading::{Counting, assert_told, text_of};

const COLUMNS: [&str; 18] = [
    "signal_id",
    "received",
    "state",
    "case_id",
    "contact_method",
    "call_type",
    "caller_state",
    "county",
    "city",
    "zip",
    "latitude",
    "longitude",
    "trafficking_type",
    "sex_venue",
    "labor_venue",
    "citizenship",
    "gender",
    "age",
];

/// Values that occur in the columns, in random order, and some that don't.
fn word() -> impl Strategy<Value = String> {
    let known = [
        "",
        "",
        " ",
        "1",
        "2",
        "3",
        "4",
        "5",
        "C1",
        "C2",
        "2016-03-01",
        "2016-06-15 13:45",
        "2016-03-01T10:00:00Z",
        "2016-12-31T23:59:59-07:00",
        "2012-11-30",
        "0000-00-00",
        "2016-02-30",
        "9999-12-31",
        "-1-01-01",
        "+262143-12-31",
        "03/01/2016",
        "42430",
        "NM",
        "TX",
        "New Mexico",
        "Mars",
        "VI",
        "Phone Call",
        "Tip Report",
        "Hang-Up",
        "Crisis Assistance",
        "Referral",
        "Albuquerque",
        "Taos",
        "St. Thomas",
        "87501",
        "00801",
        "87501-1234",
        "35.1",
        "-106.6",
        "35,1",
        "1e999",
        "NaN",
        "-0",
        "91",
        "Sex",
        "Truck Stop-Based",
        "Agriculture/Farms",
        "U.S. Citizen/Legal Permanent Resident",
        "Foreign National",
        "Female",
        "Male",
        "femal",
        "Minor",
        "Adult",
        "N/A",
        "unknown",
        "=1+1",
        "@x",
    ];
    prop_oneof![
        10 => select(known.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,8}",
        1 => ".{0,6}",
    ]
}

/// A cell; some contain several values.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => word(),
        1 => prop::collection::vec(word(), 0..4).prop_map(|words| words.join(";")),
    ]
}

/// A cell that usually suits its column.
fn cell_of(column: &'static str) -> BoxedStrategy<String> {
    let usual: &[&str] = match column {
        "signal_id" => &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"],
        "received" => &[
            "2016-03-01",
            "2016-12-31",
            "2013-01-01",
            "2012-11-30",
            "2017-01-01",
        ],
        "state" | "caller_state" => &["NM", "TX", "NM;TX", "VI", ""],
        "case_id" => &["C1", "C2", "C3", ""],
        "call_type" => &["Tip Report", "Hang-Up", "Referral", ""],
        "latitude" => &["35.1", "35.1;36", "", "", ""],
        "longitude" => &["-106.6", "-106.6;-107", "", "", ""],
        _ => return cell().boxed(),
    };
    prop_oneof![6 => select(usual.to_vec()).prop_map(str::to_owned), 1 => cell()].boxed()
}

/// A table: column names in any order, some repeated or unknown, and its rows.
#[derive(Clone, Debug)]
struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    delimiter: char,
    line_end: &'static str,
    quotes_all: bool,
    ends_with_line_end: bool,
}

fn table() -> impl Strategy<Value = Table> {
    let columns = prop::sample::subsequence(COLUMNS.to_vec(), 3..=COLUMNS.len())
        .prop_map(|mut columns| {
            for required in &COLUMNS[..3] {
                if !columns.contains(required) {
                    columns.push(required);
                }
            }
            columns
        })
        .prop_shuffle();
    let form = (
        select(vec![',', ';', '\t', '|']),
        select(vec!["\n", "\r\n", "\r"]),
        any::<bool>(),
        any::<bool>(),
        prop::option::weighted(0.3, "[A-Za-z ]{1,9}"),
    );
    (columns, form).prop_flat_map(|(columns, form)| {
        let (delimiter, line_end, quotes_all, ends_with_line_end, foreign) = form;
        let cells: Vec<_> = columns.iter().map(|column| cell_of(column)).collect();
        let extra = prop::collection::vec(cell(), usize::from(foreign.is_some()));
        let row = (cells, extra).prop_map(|(cells, extra)| [cells, extra].concat());
        prop::collection::vec(row, 0..12).prop_map(move |rows| Table {
            header: columns
                .iter()
                .map(|name| (*name).to_owned())
                // A name of its own, whatever letters it has.
                .chain(foreign.iter().map(|name| format!("x {name}")))
                .collect(),
            rows,
            delimiter,
            line_end,
            quotes_all,
            ends_with_line_end,
        })
    })
}

impl Table {
    fn csv(&self) -> String {
        let line = |cells: &Vec<String>| {
            let cells = cells.iter().map(|cell| {
                let must = cell.contains([',', ';', '\t', '|', '"', '\n', '\r']);
                if must || self.quotes_all {
                    format!("\"{}\"", cell.replace('"', "\"\""))
                } else {
                    cell.clone()
                }
            });
            cells.collect::<Vec<_>>().join(&self.delimiter.to_string())
        };
        let lines = std::iter::once(&self.header).chain(&self.rows).map(line);
        let text = lines.collect::<Vec<_>>().join(self.line_end);
        if self.ends_with_line_end {
            text + self.line_end
        } else {
            text
        }
    }
}

/// How a text becomes bytes.
#[derive(Clone, Copy, Debug)]
enum Encoding {
    Utf8,
    Utf8WithMark,
    Utf16Le,
    Utf16Be,
}

fn encoding() -> impl Strategy<Value = Encoding> {
    use Encoding::*;
    prop_oneof![4 => Just(Utf8), 1 => Just(Utf8WithMark), 1 => Just(Utf16Le), 1 => Just(Utf16Be)]
}

fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
    let units = || std::iter::once(0xfeff).chain(text.encode_utf16());
    match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf8WithMark => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        Encoding::Utf16Le => units().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => units().flat_map(u16::to_be_bytes).collect(),
    }
}

/// Bytes, some of which resemble the beginnings and contents of files.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let starts: Vec<&[u8]> = vec![
        b"",
        b"",
        b"signal_id,received,state\n",
        b"signal_id,received,state\n",
        b"signal_id;case_id;received;state;gender\r\n",
        b"Report of signals\n\nsignal_id\treceived\tstate\n",
        b"\xef\xbb\xbfsignal_id,received,state,latitude,longitude\n",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xff\xfe\x00\x00",
        b"\x1f\x8b\x08\x00",
        b"PK\x03\x04",
        b"sep=;\n",
    ];
    let pieces: Vec<&[u8]> = vec![
        b",",
        b",",
        b";",
        b"\t",
        b"|",
        b"\n",
        b"\n",
        b"\r\n",
        b"\r",
        b"\"",
        b"\"\"",
        b"\0",
        b"\xff",
        b"\x80",
        b"1",
        b"2",
        b"2016-03-01",
        b"NM",
        b"TX",
        b"35.1",
        b"-106.6",
        b"Female",
        b"C1",
        b"\xc3\xa9",
        b"\xe2",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\x1a",
        b"\xef\xbf\xbd",
        b" ",
        b"\\",
        b"'",
        b"=cmd|' /C'!A0",
        b"1,2016-03-01,NM\n",
        b"2,2016-03-01,NM,35.1,-106.6\n",
        b"1;C1;2016-03-01;NM;Female\r\n",
    ];
    let piece = prop_oneof![
        6 => select(pieces).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..24),
    ];
    (select(starts), prop::collection::vec(piece, 0..40))
        .prop_map(|(start, pieces)| [start.to_vec(), pieces.concat()].concat())
}

fn limits() -> impl Strategy<Value = Limits> {
    prop_oneof![
        3 => Just(Limits::default()),
        1 => (1..200_usize, 1..30_usize).prop_map(|(longest_row, most_columns)| Limits {
            longest_row,
            most_columns,
            ..Limits::default()
        }),
    ]
}

fn unit() -> impl Strategy<Value = Unit> {
    select(vec![Unit::Cases, Unit::Victims])
}

/// Reads bytes as a canonical file, and with the mapping proposed for them.
fn read_any(bytes: &[u8], unit: Unit, limits: Limits) {
    let vocabulary = Vocabulary::embedded();
    let mut counting = Counting::new(&vocabulary, unit);
    if let Err(failure) = counting.read("x.csv", bytes, Mapping::canonical(), None, limits) {
        assert_told(&failure, "x.csv");
    }
    counting.finish();
    let asked = Asked {
        sheets: &Sheets::Alike,
        state: Jurisdiction::all().next().unwrap(),
    };
    match read::propose("x.csv", bytes, asked, &vocabulary, limits) {
        Err(failure) => assert_told(&failure, "x.csv"),
        Ok(proposal) => {
            let mapping = Mapping::from_toml("proposed.toml", &proposal.toml, &vocabulary)
                .unwrap_or_else(|failure| panic!("{failure}\n{}", proposal.toml));
            let mut counting = Counting::new(&vocabulary, unit);
            if let Err(failure) = counting.read("x.csv", bytes, &mapping, None, limits) {
                assert_told(&failure, "x.csv");
            }
            counting.finish();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_are_rows_or_a_failure(bytes in bytes(), unit in unit(), limits in limits()) {
        read_any(&bytes, unit, limits);
    }

    /// Every row of a well-formed table is read, whatever it contains and however it is written.
    #[test]
    fn every_row_of_a_table_is_read_and_the_ledger_balances(
        tables in prop::collection::vec((table(), encoding()), 1..3),
        unit in unit(),
    ) {
        let vocabulary = Vocabulary::embedded();
        let mut counting = Counting::new(&vocabulary, unit);
        for (number, (table, encoding)) in tables.iter().enumerate() {
            let bytes = encoded(&table.csv(), *encoding);
            let name = format!("{number}.csv");
            counting
                .read(&name, &*bytes, Mapping::canonical(), None, Limits::default())
                .unwrap_or_else(|failure| panic!("{failure}\n{}", table.csv()));
        }
        let (_, seen) = counting.finish();
        for ((table, _), seen) in tables.iter().zip(seen) {
            prop_assert_eq!(seen.rows, table.rows.len() as u64, "{:?}", table.csv());
        }
    }

    /// A table after an accident, such as a lost quotation mark, a repeated line or a changed byte.
    #[test]
    fn a_damaged_table_is_accounted_for(
        table in table(),
        encoding in encoding(),
        damage in prop::collection::vec((any::<Index>(), any::<u8>(), 0..3_u8), 1..6),
        unit in unit(),
        limits in limits(),
    ) {
        let mut bytes = encoded(&table.csv(), encoding);
        for (at, byte, kind) in damage {
            let at = at.index(bytes.len().max(1)).min(bytes.len());
            match kind {
                0 => bytes.insert(at, byte),
                1 if at < bytes.len() => bytes[at] = byte,
                _ => bytes.truncate(at.max(1)),
            }
        }
        read_any(&bytes, unit, limits);
    }

    /// The example in the layout of a report, changed: title lines, subtotals and footers come and go.
    #[test]
    fn a_changed_report_is_accounted_for(
        mutations in crate::mutation::mutations(),
        first in 0..60_usize,
        length in 1..40_usize,
        unit in unit(),
    ) {
        let whole = text_of("input/examples/report/report-utf-8.csv");
        let head: String = whole.split_inclusive('\n').take(8).collect();
        let body: String = whole.split_inclusive('\n').skip(8 + first).take(length).collect();
        let text = crate::mutation::mutated(&(head + &body), &mutations);
        let vocabulary = Vocabulary::embedded();
        let toml = text_of("input/examples/report/mapping.toml");
        let mapping = Mapping::from_toml("mapping.toml", &toml, &vocabulary).unwrap();
        let mut counting = Counting::new(&vocabulary, unit);
        let outcome = counting.read("report.csv", text.as_bytes(), &mapping, None, Limits::default());
        if let Err(failure) = outcome {
            assert_told(&failure, "report.csv");
        }
        counting.finish();
    }
}
