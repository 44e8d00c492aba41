//! Files as they are on disk: gzip, workbooks, and files that only begin like one.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use hotline_profile::failure::Outcome;
use hotline_profile::read::{Input, Limits, Mapping, Source, StatisticsTable, is_statistics_table};
use hotline_profile::tally::{Totals, Unit};
use hotline_profile::vocabulary::Vocabulary;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use zip::write::SimpleFileOptions;

use crate::memory::peak;
use crate::mutation::{Mutation, mutated, mutations};
use crate::reading::{Counting, assert_told};

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

const SPREADSHEET: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts of a small workbook: name and XML.
fn parts() -> Vec<(&'static str, String)> {
    let relations = |targets: &[(&str, &str)]| {
        let each = targets.iter().enumerate().map(|(number, (kind, target))| {
            format!("<Relationship Id=\"r{number}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
        });
        format!(
            "<Relationships xmlns=\"{RELATIONS}\">{}</Relationships>",
            each.collect::<String>()
        )
    };
    let rows = "\
<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c></row>
<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\" s=\"1\"><v>42430</v></c><c r=\"C2\" t=\"str\"><v>NM</v></c></row>
<row r=\"3\"><c r=\"A3\" t=\"b\"><v>1</v></c><c r=\"B3\" s=\"1\"><v>42430.75</v></c><c r=\"C3\" t=\"e\"><v>#N/A</v></c></row>
<row r=\"4\"><c r=\"A4\" t=\"inlineStr\"><is><t>4</t></is></c><c r=\"B4\"><f>TODAY()</f><v>42431</v></c></row>
";
    vec![
        ("[Content_Types].xml", "<Types/>".to_owned()),
        (
            "_rels/.rels",
            relations(&[("officeDocument", "xl/workbook.xml")]),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{SPREADSHEET}\" xmlns:r=\"{OFFICE}\">\n<sheets>\n\
                 <sheet name=\"Signals\" sheetId=\"1\" r:id=\"r0\"/>\n</sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relations(&[
                ("worksheet", "worksheets/sheet1.xml"),
                ("styles", "styles.xml"),
                ("sharedStrings", "sharedStrings.xml"),
            ]),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{SPREADSHEET}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/>\
                 <xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        ),
        (
            "xl/sharedStrings.xml",
            format!(
                "<sst xmlns=\"{SPREADSHEET}\" count=\"3\" uniqueCount=\"3\"><si><t>signal_id</t></si>\n\
                 <si><t>received</t></si>\n<si><t>state</t></si></sst>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                "<worksheet xmlns=\"{SPREADSHEET}\"><dimension ref=\"A1:C4\"/><sheetData>\n{rows}</sheetData></worksheet>"
            ),
        ),
    ]
}

/// A workbook with some parts changed.
pub fn workbook(changes: &[(Index, Vec<Mutation>)]) -> Vec<u8> {
    let mut parts = parts();
    let count = parts.len();
    for (part, mutations) in changes {
        let text = &mut parts[part.index(count)].1;
        *text = mutated(text, mutations);
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Reads a file as `stats` does: a statistics table as one, everything else as signals.
pub fn read_file(bytes: &[u8], limits: Limits) -> Outcome<u64> {
    let input = Input::of_bytes("export/data", bytes);
    let outcome = read_opened(&input, limits);
    if let Err(failure) = &outcome {
        assert_told(failure, input.name());
    }
    outcome
}

/// The rows of a CSV text as a Parquet file, with all cells as text.
fn parquet(text: &str) -> Vec<u8> {
    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    let mut rows = text.lines().map(|row| row.split(',').collect::<Vec<_>>());
    let names = rows.next().unwrap();
    let rows: Vec<_> = rows.collect();
    let fields = names
        .iter()
        .map(|name| format!("optional binary {name} (UTF8);"));
    let schema = format!("message signals {{ {} }}", fields.collect::<String>());
    let schema = parquet::schema::parser::parse_message_type(&schema).unwrap();
    let compression = parquet::basic::Compression::SNAPPY;
    let properties = WriterProperties::builder().set_compression(compression);
    let properties = properties.build();
    let mut file = SerializedFileWriter::new(Vec::new(), schema.into(), properties.into()).unwrap();
    let mut group = file.next_row_group().unwrap();
    for at in 0..names.len() {
        let cells: Vec<&str> = rows.iter().map(|row| row[at]).collect();
        let levels: Vec<i16> = cells.iter().map(|cell| (!cell.is_empty()).into()).collect();
        let filled = cells.into_iter().filter(|cell| !cell.is_empty());
        let filled: Vec<ByteArray> = filled.map(ByteArray::from).collect();
        let mut column = group.next_column().unwrap().unwrap();
        let typed = column.typed::<ByteArrayType>();
        typed.write_batch(&filled, Some(&levels), None).unwrap();
        column.close().unwrap();
    }
    group.close().unwrap();
    file.into_inner().unwrap()
}

fn read_opened(input: &Input, limits: Limits) -> Outcome<u64> {
    let mapping = Mapping::canonical();
    let mut rows = 0;
    for source in Source::open(input, mapping, limits)? {
        rows += read_table(source, limits)?;
    }
    Ok(rows)
}

fn read_table(mut source: Source, limits: Limits) -> Outcome<u64> {
    let vocabulary = Vocabulary::embedded();
    let mapping = Mapping::canonical();
    let name = source.name().to_owned();
    if is_statistics_table(source.start()?) {
        let mut table = StatisticsTable::open(&name, &mut source, limits)?;
        Totals::new(&vocabulary).read(&mut table)?;
        return Ok(0);
    }
    let mut counting = Counting::new(&vocabulary, Unit::Cases);
    let read = counting.read(&name, &mut source, mapping, None, limits);
    let (_, seen) = counting.finish();
    read?;
    Ok(seen.iter().map(|seen| seen.rows).sum())
}

const SIGNALS: &str = "signal_id,case_id,received,state,city,gender\n\
    1,C1,2016-03-01,NM,Taos,Female\n2,,2016-03-02,TX,,\n3,C1,2016-03-03,NM,Taos,Male\n";

/// More than reading a small file takes, and far less than damaged lengths would require.
const MOST_MEMORY: usize = 64 << 20;

#[test]
fn the_valid_files_are_read() {
    let rows = b"signal_id,received,state\n1,2016-03-01,NM\n2,2016-03-01,TX\n";
    assert_eq!(read_file(&gzip(rows), Limits::default()), Ok(2));
    assert_eq!(read_file(&workbook(&[]), Limits::default()), Ok(3));
    assert_eq!(read_file(&parquet(SIGNALS), Limits::default()), Ok(3));
}

/// Bytes lost, changed or cut off.
#[derive(Clone, Debug)]
enum Damage {
    Change(Index, u8),
    Delete(Index, usize),
    CutOff(Index),
    Append(Vec<u8>),
}

fn damage() -> impl Strategy<Value = Vec<Damage>> {
    let one = prop_oneof![
        6 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Damage::Change(at, byte)),
        1 => (any::<Index>(), 1..64_usize).prop_map(|(at, length)| Damage::Delete(at, length)),
        1 => any::<Index>().prop_map(Damage::CutOff),
        1 => prop::collection::vec(any::<u8>(), 0..40).prop_map(Damage::Append),
    ];
    prop::collection::vec(one, 0..4)
}

fn damaged(mut bytes: Vec<u8>, all: &[Damage]) -> Vec<u8> {
    for damage in all {
        if bytes.is_empty() {
            break;
        }
        match damage {
            Damage::Change(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Damage::Delete(at, length) => {
                let at = at.index(bytes.len());
                let end = (at + length).min(bytes.len());
                bytes.drain(at..end);
            }
            Damage::CutOff(at) => bytes.truncate(at.index(bytes.len())),
            Damage::Append(more) => bytes.extend(more),
        }
    }
    bytes
}

fn small_limits() -> Limits {
    Limits {
        longest_row: 1 << 16,
        most_columns: 500,
        most_inflation: 50,
        largest_workbook: 1 << 20,
        ..Limits::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_damaged_gzip_file_is_read_or_rejected(
        rows in prop::collection::vec(select(vec![
            "signal_id,received,state\n", "1,2016-03-01,NM\n", "2,2016-03-01,TX\n", ",,\n", "\"\n", "\u{feff}",
            "state,period_from,period_to,year,figure,category,count\n",
        ]), 0..30),
        cut in any::<Index>(),
        damage in damage(),
    ) {
        let text = rows.concat();
        // Two concatenated gzip files are one.
        let (first, second) = text.as_bytes().split_at(cut.index(text.len() + 1).min(text.len()).min(
            text.char_indices().map(|(at, _)| at).take_while(|at| *at <= cut.index(text.len() + 1)).last().unwrap_or(0)
        ));
        let bytes = damaged([gzip(first), gzip(second)].concat(), &damage);
        let _ = read_file(&bytes, small_limits());
    }

    #[test]
    fn a_changed_workbook_is_read_or_rejected(
        changes in prop::collection::vec((any::<Index>(), mutations()), 0..3),
        damage in damage(),
    ) {
        let bytes = damaged(workbook(&changes), &damage);
        let _ = read_file(&bytes, small_limits());
    }

    #[test]
    fn a_damaged_parquet_file_is_read_or_rejected(damage in damage()) {
        let bytes = damaged(parquet(SIGNALS), &damage);
        let (_, held) = peak(|| read_file(&bytes, small_limits()));
        prop_assert!(held < MOST_MEMORY, "{held} bytes held");
    }

    #[test]
    fn a_file_that_only_begins_like_a_known_one_is_read_or_rejected(
        start in select(vec![
            &b"\x1f\x8b"[..], b"\x1f\x8b\x08\x1f\0\0\0\0\0\x03", b"PK\x03\x04", b"PK\x05\x06", b"%PDF", b"PAR1",
            b"BZh", b"\xd0\xcf\x11\xe0", b"state,period_from,period_to,year,figure,category,count\n",
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let _ = read_file(&[start, &rest].concat(), small_limits());
    }
}
