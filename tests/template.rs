//! The workbook that `export template` writes: filled in by a person, it makes a sheet without a mapping.

mod support;

use std::fs;
use std::io::{Cursor, Read, Write};

use calamine::{Data, Reader, SheetVisible, Xlsx};
use support::Workplace;
use support::poppler;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const NAME: &str = "hotline-log.xlsx";

fn sheets(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes.to_vec())).unwrap()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// The workbook with rows added to the page with that number, below the existing ones.
fn filled(bytes: &[u8], page: usize, first: usize, rows: &[Vec<String>]) -> Vec<u8> {
    let wanted = format!("xl/worksheets/sheet{page}.xml");
    let mut cells = String::new();
    for (number, row) in (first..).zip(rows) {
        cells.push_str(&format!("<row r=\"{number}\">"));
        for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let letter = char::from(b'A' + column as u8);
            cells.push_str(&format!(
                "<c r=\"{letter}{number}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"
            ));
        }
        cells.push_str("</row>");
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().to_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name == wanted {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains("</sheetData>"), "{name}");
            bytes = text
                .replace("</sheetData>", &format!("{cells}</sheetData>"))
                .into_bytes();
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn exported(workplace: &Workplace) -> Vec<u8> {
    assert_eq!(workplace.succeed("export template"), format!("{NAME}\n"));
    fs::read(workplace.path(NAME)).unwrap()
}

/// Rows for the page of signals: a cell for each pair of a column and a value.
fn signals(header: &[String], rows: &[&[(&str, &str)]]) -> Vec<Vec<String>> {
    let row = |cells: &&[(&str, &str)]| {
        let mut row = vec![String::new(); header.len()];
        for (name, value) in *cells {
            let column = header.iter().position(|it| it == name).unwrap();
            row[column] = (*value).to_owned();
        }
        row
    };
    rows.iter().map(row).collect()
}

fn header(bytes: &[u8]) -> Vec<String> {
    let range = sheets(bytes).worksheet_range("Signals").unwrap();
    let first = range.rows().next().unwrap();
    first.iter().map(ToString::to_string).collect()
}

#[test]
fn it_has_the_canonical_columns_lists_to_choose_from_and_checks() {
    let workplace = Workplace::empty();
    let bytes = exported(&workplace);
    let visible: Vec<String> = sheets(&bytes)
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    assert_eq!(
        visible,
        ["Instructions", "Signals", "Laws", "Efforts", "Hotlines"]
    );
    let canonical = support::header_of_signals();
    let canonical: Vec<&str> = canonical
        .split(',')
        .filter(|column| *column != "synthetic")
        .collect();
    assert_eq!(header(&bytes), canonical);
    let page = part(&bytes, "xl/worksheets/sheet2.xml");
    assert!(page.contains("type=\"date\"") && page.contains("type=\"list\""));
    let lists = sheets(&bytes).worksheet_range("Lists").unwrap();
    let has = |value: &str| {
        let mut cells = lists.cells();
        cells.any(|(_, _, cell)| *cell == Data::String(value.to_owned()))
    };
    for value in [
        "Truck Stop-Based",
        "Gender Minority",
        "Puerto Rico",
        "funding",
    ] {
        assert!(has(value), "{value}");
    }
}

#[test]
fn filled_in_it_makes_a_sheet_without_a_mapping_profile_pages_included() {
    let workplace = Workplace::empty();
    let bytes = exported(&workplace);
    let header = header(&bytes);
    let case = |number: usize| {
        let id = format!("S-{number}");
        let case = format!("C-{number}");
        signals(
            &header,
            &[&[
                ("signal_id", &id),
                ("case_id", &case),
                ("received", "2024-03-05"),
                ("call_type", "Tip Report"),
                ("state", "New Mexico"),
                ("city", "Albuquerque"),
                ("gender", "Female; Male"),
                ("sex_venue", "Truck Stop-Based"),
            ]],
        )
    };
    let rows: Vec<Vec<String>> = (1..8).flat_map(case).collect();
    let bytes = filled(&bytes, 2, 3, &rows);
    let laws = ["", "A Law of Our Own", "§ 9-9-9", "https://example.org/law"].map(str::to_owned);
    let bytes = filled(&bytes, 3, 2, &[laws.to_vec()]);
    let efforts = ["", "resources", "A Resource of Our Own"].map(str::to_owned);
    let bytes = filled(&bytes, 4, 2, &[efforts.to_vec()]);
    let hotlines = ["", "A Line of Our Own", "505-555-0100"].map(str::to_owned);
    let bytes = filled(&bytes, 5, 2, &[hotlines.to_vec()]);
    workplace.write("log.xlsx", &bytes);

    let ran = workplace.run("build --data log.xlsx --state NM --year 2024");
    assert_eq!(ran.code, 0, "{}", ran.err);
    // The example is left out, and this is reported.
    assert!(ran.err.contains("1 of 8 rows rejected"), "{}", ran.err);
    assert!(ran.err.contains("example: delete this row"), "{}", ran.err);
    assert!(ran.err.contains("cases in 2024: 7"), "{}", ran.err);
    for page in ["Laws", "Instructions", "Lists"] {
        assert!(!ran.err.contains(page), "{}", ran.err);
    }
    let text = poppler::text(&workplace.path(ran.out.trim_end()));
    for printed in [
        "A Law of Our Own",
        "§ 9-9-9",
        "A Resource of Our Own",
        "A Line of Our Own",
        "505-555-0100",
    ] {
        assert!(text.contains(printed), "{printed}: {text}");
    }
    assert!(!text.contains("30-52-1"), "the laws are those of the page");
    let counted = workplace.statistics("--data log.xlsx --state NM --year 2024");
    assert_eq!(counted["groups"]["gender"]["categories"]["male"], 7);

    let checked = workplace.succeed("check log.xlsx");
    assert!(checked.contains("example: delete this row"), "{checked}");
}

#[test]
fn an_empty_template_is_an_error_that_names_what_is_missing() {
    let workplace = Workplace::empty();
    exported(&workplace);
    let ran = workplace.run(&format!("build --data {NAME} --state NM --year 2024"));
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("rejected"), "{}", ran.err);
}
