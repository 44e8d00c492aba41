//! Files as they occur in practice, and mappings: the expected result of reading each was worked out by hand.

use super::*;
use crate::jurisdiction::Jurisdiction;
use crate::vocabulary::Vocabulary;

/// Id, day, case and genders of each signal, or why its row is rejected.
fn rows_of(text: &[u8], mapping: &str) -> Result<(Vec<String>, Findings), String> {
    let vocabulary = Vocabulary::embedded();
    let mapping = match mapping {
        "" => Mapping::canonical().clone(),
        toml => Mapping::from_toml("m.toml", toml, &vocabulary).map_err(|f| f.to_string())?,
    };
    let mut reader =
        SignalReader::open_mapped("x.csv", text, &vocabulary, &mapping, Limits::default())
            .map_err(|failure| failure.to_string())?;
    let mut rows = Vec::new();
    while let Some(row) = reader.advance().map_err(|failure| failure.to_string())? {
        rows.push(match row {
            Row::Signal(signal) => {
                let names = &vocabulary.group("gender").unwrap().1.list.entries();
                let genders: Vec<&str> = signal
                    .groups
                    .codes(1)
                    .mentions()
                    .map(|code| names[usize::from(code)].key.as_str())
                    .collect();
                let places: Vec<String> = signal
                    .places
                    .iter()
                    .map(|place| {
                        let degrees = place.coordinates.map_or(String::new(), |at| {
                            format!("@{},{}", at.latitude, at.longitude)
                        });
                        format!(
                            "{}/{}{degrees}",
                            place.state.map_or("", Jurisdiction::code),
                            String::from_utf8_lossy(place.city)
                        )
                    })
                    .collect();
                format!(
                    "{} {} {} {} {}",
                    String::from_utf8_lossy(signal.id),
                    signal.received,
                    String::from_utf8_lossy(signal.case_id.unwrap_or(b"-")),
                    genders.join("+"),
                    places.join("+")
                )
            }
            Row::Reject(reject) => {
                let message = reject.failure("x.csv").to_string();
                message.lines().next().unwrap_or_default().to_owned()
            }
        });
    }
    Ok((rows, reader.findings()))
}

fn rows(text: &str, mapping: &str) -> Vec<String> {
    rows_of(text.as_bytes(), mapping).unwrap().0
}

const HEADER: &str = "signal_id,case_id,received,state,city,gender\n";

#[test]
fn delimiters_are_found_in_the_header() {
    let text = format!("{HEADER}1,C,2016-03-01,NM,\"Las Cruces, NM\",F\n");
    for delimiter in [',', ';', '\t', '|'] {
        let text = text
            .replace("\"Las Cruces, NM\"", "Las Cruces")
            .replace(',', &delimiter.to_string());
        assert_eq!(rows(&text, ""), ["1 2016-03-01 C female NM/Las Cruces"]);
    }
    assert_eq!(rows(&text, ""), ["1 2016-03-01 C female NM/Las Cruces, NM"]);
    // In Excel, a file can say so.
    let text = "sep=;\r\nsignal_id;received;state\r\n1;2016-03-01;NM\r\n";
    assert_eq!(rows(text, ""), ["1 2016-03-01 -  NM/"]);
}

#[test]
fn utf_16_is_read_and_invalid_text_is_rejected() {
    let text = format!("{HEADER}1,C,2016-03-01,NM,Española,F\n2,C,2016-03-01,NM,X,F\n");
    let mut bytes: Vec<u8> = [0xfeff]
        .into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let (found, _) = rows_of(&bytes, "").unwrap();
    assert_eq!(found[0], "1 2016-03-01 C female NM/Española");
    // The X becomes half of a surrogate pair.
    let x = bytes.iter().position(|byte| *byte == b'X').unwrap();
    bytes[x] = 0;
    bytes[x + 1] = 0xd8;
    let (found, _) = rows_of(&bytes, "").unwrap();
    assert!(
        found[1].contains("x.csv:3:5: city") && found[1].contains("UTF-8 text"),
        "{}",
        found[1]
    );
}

#[test]
fn windows_1252_is_read_if_the_mapping_says_so() {
    let text = [HEADER.as_bytes(), b"1,C,2016-03-01,NM,Espa\xf1ola,F\n"].concat();
    let (plain, _) = rows_of(&text, "").unwrap();
    assert!(plain[0].contains("x.csv:2:5"), "{plain:?}");
    let (mapped, _) = rows_of(&text, "encoding = 'windows-1252'").unwrap();
    assert_eq!(mapped, ["1 2016-03-01 C female NM/Española"]);
}

#[test]
fn words_for_nothing_are_empty_cells() {
    let text = format!(
        "{HEADER}1,N/A,2016-03-01,NM,Unknown,-\n2,unknown,2016-03-01,NM,-,Female;N/A\n\
         N/A,C,2016-03-01,NM,,\n3,C,n/a,NM,,\n"
    );
    let (found, findings) = rows_of(text.as_bytes(), "").unwrap();
    assert_eq!(
        found,
        [
            "1 2016-03-01 -  NM/",
            "2 2016-03-01 - female NM/",
            "x.csv:4:1: signal_id: no signal_id",
            "x.csv:5:3: received “n/a”: no date",
        ]
    );
    assert!(findings.unknown.is_empty());
}

#[test]
fn nul_bytes_around_a_value_are_spaces_and_inside_are_invalid() {
    let text = format!("{HEADER}1\0\0,C\0,2016-03-01,NM\0,Taos\0\0\0,F\n2,C\0D,2016-03-01,NM,,\n");
    let (found, _) = rows_of(text.as_bytes(), "").unwrap();
    assert_eq!(found[0], "1 2016-03-01 C female NM/Taos");
    assert!(
        found[1].starts_with("x.csv:3:2: case_id: bytes that aren't"),
        "{}",
        found[1]
    );
}

#[test]
fn headers_of_concatenated_files_are_not_rows() {
    let file = format!("{HEADER}1,C,2016-03-01,NM,,\n");
    let text = format!("{file}\u{feff}{file}{}", file.replace("1,C", "2,C"));
    let (found, findings) = rows_of(text.as_bytes(), "").unwrap();
    assert_eq!(found.len(), 3);
    assert_eq!((findings.rows, findings.rejected), (3, 0));
    assert_eq!(findings.around.repeated_headers, 2);
}

#[test]
fn a_stray_quotation_mark_affects_one_row() {
    let text = format!(
        "{HEADER}1,C,2016-03-01,NM,Truth or \"Consequences\",F\n2,C,2016-03-01,NM,\"Taos,F\n3,C,2016-03-01,NM,Taos,F\n"
    );
    assert_eq!(
        rows(&text, ""),
        [
            "1 2016-03-01 C female NM/Truth or \"Consequences\"",
            "x.csv:3: a quotation mark isn't closed",
            "3 2016-03-01 C female NM/Taos",
        ]
    );
}

#[test]
fn uneven_rows_are_rejected_or_padded_as_the_mapping_says() {
    let text =
        format!("{HEADER}1,C,2016-03-01,NM\n2,C,2016-03-01,NM,,F,,\n3,C,2016-03-01,NM,,F,x\n");
    let rejected = rows(&text, "");
    assert!(
        rejected
            .iter()
            .all(|row| row.contains("but the header has 6"))
    );
    assert_eq!(
        rows(&text, "uneven_rows = 'pad'"),
        [
            "1 2016-03-01 C  NM/",
            "2 2016-03-01 C female NM/",
            "x.csv:4: the number of fields is 7, but the header has 6",
        ]
    );
}

#[test]
fn a_report_is_read_without_titles_subtotals_and_footer() {
    let text = "Hotline Signals by Case\r\n\
                As of 01/05/2017 | Prepared by: Data Team\r\n\
                \r\n\
                Case Number,Signal #,Date Received,Location State,Location City,Victim Gender\r\n\
                C-1,S1,1/5/16 11:45 PM,New Mexico,\"Gallup, Taos\",\"Weiblich, Male\"\r\n\
                ,S2,01/06/2016,,,\r\n\
                Subtotal (2),,,,,\r\n\
                (no case),S3,2/3/2016,New Mexico,,\r\n\
                ,S4,2/3/2016,New Mexico,,\r\n\
                Subtotal (2),,,,,\r\n\
                Grand Total (4),,,,,\r\n\
                \r\n\
                Confidential Information - Do Not Distribute\r\n\
                Copyright (c) 2017,,,,,\r\n";
    let mapping = "dates = ['month/day/year']\n\
                   separators = [', ']\n\
                   empty = ['(no case)']\n\
                   [report]\n\
                   totals = ['Subtotal', 'Grand Total']\n\
                   footer = ['confidential']\n\
                   fill_down = ['Case Number']\n\
                   [columns]\n\
                   signal_id = 'Signal #'\n\
                   case_id = 'case number'\n\
                   received = 'Date Received'\n\
                   state = 'Location State'\n\
                   city = 'Location City'\n\
                   gender = 'Victim Gender'\n\
                   [values.gender]\n\
                   weiblich = 'Female'\n";
    let (found, findings) = rows_of(text.as_bytes(), mapping).unwrap();
    assert_eq!(
        found,
        [
            "S1 2016-01-05 C-1 female+male NM/Gallup+NM/Taos",
            "S2 2016-01-06 C-1  ",
            "S3 2016-02-03 -  NM/",
            "S4 2016-02-03 -  NM/",
        ]
    );
    assert_eq!(
        findings.around,
        Around {
            delimiter: ',',
            header_line: 4,
            titles: 2,
            labels: 0,
            repeated_headers: 0,
            totals: 3,
            footer: 2,
        }
    );
    // Two reports, one after the other.
    let (found, findings) = rows_of(format!("{text}{text}").as_bytes(), mapping).unwrap();
    assert_eq!(found.len(), 8);
    assert_eq!(findings.around.repeated_headers, 1);
}

#[test]
fn columns_are_joined_constant_or_from_flags() {
    let text = "Date;Time;Lat;Lon;isF;isM;Where\n\
                1.3.2016;08:30;35,5;-106,25;1;yes;ABQ\n\
                1.3.2016;;;;0;;Taos\n";
    let mapping = "dates = ['day/month/year']\n\
                   decimal = ','\n\
                   [columns]\n\
                   signal_id = { row_number = 'R' }\n\
                   received = ['Date', 'Time']\n\
                   state = { constant = 'NM' }\n\
                   city = 'Where'\n\
                   latitude = 'Lat'\n\
                   longitude = 'Lon'\n\
                   gender = { flags = { isF = 'Female', isM = 'Male' } }\n";
    assert_eq!(
        rows(text, mapping),
        [
            "Rx.csv:2 2016-03-01 - female+male NM/ABQ@35.5,-106.25",
            "Rx.csv:3 2016-03-01 -  NM/Taos",
        ]
    );
}

#[test]
fn an_unknown_venue_counts_as_other_only_if_the_mapping_says_so() {
    let vocabulary = Vocabulary::embedded();
    let other = vocabulary.sex_venue.find("Other Venues");
    let code = |toml: &str| {
        let mapping = Mapping::from_toml("m.toml", toml, &vocabulary).unwrap();
        let text = b"signal_id,received,state,sex_venue\n1,2016-03-01,NM,Moon\n".as_slice();
        let mut reader =
            SignalReader::open_mapped("x", text, &vocabulary, &mapping, Limits::default()).unwrap();
        let Some(Row::Signal(signal)) = reader.advance().unwrap() else {
            panic!("a signal")
        };
        let code = signal.sex_venues.at(0);
        (code, reader.findings().unknown.len())
    };
    assert_eq!(code(""), (None, 1));
    assert_eq!(code("unknown_venue = 'other'"), (other, 1));
    assert_eq!(code("[values.sex_venue]\n'*' = 'Other Venues'"), (other, 0));
    assert_eq!(code("[values.sex_venue]\nmoon = ''"), (None, 0));
}

#[test]
fn a_mistake_in_a_mapping_is_reported_with_its_position() {
    let failure = |toml: &str| rows_of(HEADER.as_bytes(), toml).unwrap_err();
    for (toml, message) in [
        (
            "[columns]\ngendr = 'x'",
            "m.toml:2:1: unknown column `gendr`\n  help: did you mean `gender`?",
        ),
        (
            "[values.gender]\nw = 'Femal'",
            "m.toml:2:5: unknown gender “Femal”\n  help: did you mean “Female”?",
        ),
        (
            "encoding = 'ansi-x'",
            "m.toml:1:12: unknown encoding “ansi-x”",
        ),
        ("dates = ['us']", "m.toml:1:10: unknown form of dates “us”"),
        (
            "time_zone = 'Denver'",
            "m.toml:1:13: unknown time zone “Denver”",
        ),
        (
            "separators = ['']",
            "m.toml:1:14: an empty text can't be a separator",
        ),
        (
            "delimiter = ',,'",
            "m.toml:1:13: “,,” can't separate fields",
        ),
        (
            "[values.city]\na = 'b'",
            "m.toml:1:9: `city` holds free text",
        ),
        (
            "[columns]\ngender = 7",
            "m.toml:2:10: it isn't clear where `gender` comes from",
        ),
        (
            "colums = 1",
            "m.toml:1:1: unknown key `colums`\n  help: did you mean `columns`?",
        ),
        (
            "[columns]\ngender = 'Genders'",
            "x.csv:1: the header doesn't have the column “Genders”, which m.toml uses for `gender`\n  help: did you mean “gender”?",
        ),
        (
            "[[join]]\nfiles = 'v.csv'\ncase_id = 'c'\n[join.columns]\nreceived = 'x'",
            "m.toml: `received` can't come from a joined file",
        ),
    ] {
        let found = failure(toml);
        assert!(found.starts_with(message), "{toml}: {found}");
    }
}

#[test]
fn a_missing_header_is_reported_at_the_most_similar_row() {
    let text = "Report\n\nsignal_id,received\n1,2016-03-01\n";
    let failure = rows_of(text.as_bytes(), "").unwrap_err();
    assert!(
        failure.starts_with("x.csv:3: the column `state` is missing"),
        "{failure}"
    );
}

#[test]
fn spaces_of_any_kind_are_cut_off_at_both_ends_of_any_cell() {
    let text = "\u{feff}signal_id\u{a0},\u{200b}case_id,received,\u{3000}state,city,gender\n\
        S1,C1,2016-03-01,NM,Taos,Female\n\
        S2,C1\u{a0},\u{202f}2016-03-02,NM\u{a0},Taos\u{a0},Female\u{a0}\n\
        S3,\u{200b}C1\u{3000},2016-03-02\u{a0},NM,Taos,\u{200b}Female ;\u{a0}Male\u{a0}\n\
        S1\u{a0},\u{a0},2016-03-01,NM,\u{a0},\u{200b}\n";
    assert_eq!(
        rows(text, ""),
        [
            "S1 2016-03-01 C1 female NM/Taos",
            "S2 2016-03-02 C1 female NM/Taos",
            "S3 2016-03-02 C1 female+male NM/Taos",
            "S1 2016-03-01 -  NM/",
        ]
    );
}

#[test]
fn spreadsheet_guards_are_read_as_their_values() {
    let text = "signal_id,case_id,received,state,city,latitude,longitude\n\
        \"=\"\"001\"\"\",'0017,'2016-03-01,NM,'Ewa Beach,35.08,'-106.65\n\
        =\"002\",=\"\",\"=\"\"3/1/2016\"\"\",\"=\"\"NM\"\"\",,35.08,\u{2212}106.65\n";
    assert_eq!(
        rows(text, ""),
        [
            "001 2016-03-01 0017  NM/'Ewa Beach@35.08,-106.65",
            "002 2016-03-01 -  NM/@35.08,-106.65",
        ]
    );
}

#[test]
fn ids_that_a_spreadsheet_has_rounded_reject_their_row_and_words_for_no_case_are_no_case() {
    let text = format!(
        "{HEADER}1.23457E+15,C1,2016-03-01,NM,,\nS2,5.00301E+17,2016-03-01,NM,,\n\
         S3,0,2016-03-01,NM,,\nS4,#REF!,2016-03-01,NM,,\nS5,no case,2016-03-01,NM,,\n\
         S6,None,2016-03-01,NM,,\n#NAME?,C1,2016-03-01,NM,,\nS7,00012,2016-03-01,NM,,\n"
    );
    assert_eq!(
        rows(&text, ""),
        [
            "x.csv:2:1: signal_id: scientific notation has lost digits",
            "x.csv:3:2: case_id: scientific notation has lost digits",
            "S3 2016-03-01 -  NM/",
            "S4 2016-03-01 -  NM/",
            "S5 2016-03-01 -  NM/",
            "S6 2016-03-01 -  NM/",
            "x.csv:8:1: signal_id: no signal_id",
            "S7 2016-03-01 00012  NM/",
        ]
    );
}

#[test]
fn flags_say_yes_or_no_in_many_words_and_others_are_reported() {
    let mapping = "[columns]\nsignal_id = 'id'\nreceived = 'when'\nstate = 'st'\n\
        [columns.gender.flags]\ng1 = 'Female'\ng2 = 'Male'\n";
    let text = "id,when,st,g1,g2\n1,2016-03-01,NM,Checked,Unchecked\n2,2016-03-02,NM,✓,\n\
        3,2016-03-02,NM,Selected,Not Selected\n4,2016-03-02,NM,1.0,0.0\n5,2016-03-02,NM,Sí,No\n\
        6,2016-03-02,NM,maybe,On\n";
    let (found, findings) = rows_of(text.as_bytes(), mapping).unwrap();
    for row in &found[..5] {
        assert!(row.ends_with(" - female NM/"), "{row}");
    }
    assert!(found[5].ends_with(" - male NM/"), "{}", found[5]);
    let [unknown] = findings.unknown.as_slice() else {
        panic!("{:?}", findings.unknown);
    };
    assert_eq!(unknown.column.name(), "gender");
    let [value] = unknown.values.values() else {
        panic!("{:?}", unknown.values);
    };
    assert_eq!((value.value.as_str(), value.first_line), ("maybe", 7));
}

#[test]
fn american_dates_are_read_without_a_mapping_and_ambiguous_ones_are_reported() {
    let text = format!(
        "{HEADER}1,C,1/3/2016,NM,,\n2,C,2/3/2016 1:45 PM,NM,,\n3,C,2016-03-01,NM,,\n4,C,2016-02-30,NM,,\n\
         5,C,42430,NM,,\n"
    );
    let (found, findings) = rows_of(text.as_bytes(), "").unwrap();
    assert_eq!(
        found,
        [
            "1 2016-01-03 C  NM/",
            "2 2016-02-03 C  NM/",
            "3 2016-03-01 C  NM/",
            "x.csv:5:3: received “2016-02-30”: there is no such day",
            "x.csv:6:3: received “42430”: a number, not a date",
        ]
    );
    assert!(findings.ways.are_open());
    assert_eq!(findings.ways.first_both, Some(2));
    let (_, findings) = rows_of(format!("{text}6,C,3/15/2016,NM,,\n").as_bytes(), "").unwrap();
    assert!(!findings.ways.are_open());
    // Users who only want unambiguous dates say so.
    let (found, _) = rows_of(text.as_bytes(), "dates = ['iso']").unwrap();
    assert!(
        found[0].starts_with("x.csv:2:3: received “1/3/2016”: not a date"),
        "{}",
        found[0]
    );
    let (found, _) = rows_of(text.as_bytes(), "dates = ['day/month/year']").unwrap();
    assert_eq!(found[0], "1 2016-03-01 C  NM/");
}

#[test]
fn without_a_case_column_the_program_asks_what_a_case_is() {
    let text = "signal_id,received,state,gender\n1,2016-03-01,NM,F\n2,2016-03-01,NM,M\n";
    let cases_of = |mapping: &str| {
        let found = rows(text, mapping);
        let case = |row: &String| row.split(' ').nth(2).unwrap().to_owned();
        found.iter().map(case).collect::<Vec<_>>()
    };
    assert_eq!(cases_of("cases = 'one per row'"), ["1", "2"]);
    assert_eq!(cases_of("cases = 'none'"), ["-", "-"]);
    // A rule in the mapping overrides a column with that name.
    let named = text.replace("gender", "case_id");
    assert_eq!(
        rows(&named, "cases = 'one per row'")[0],
        "1 2016-03-01 1  NM/"
    );
    let vocabulary = Vocabulary::embedded();
    let told = |text: &str, toml: &str| {
        let mapping = Mapping::from_toml("m.toml", toml, &vocabulary).unwrap();
        let limits = Limits::default();
        let reader =
            SignalReader::open_mapped("x.csv", text.as_bytes(), &vocabulary, &mapping, limits);
        reader
            .unwrap()
            .require_cases()
            .map_err(|failure| failure.to_string())
    };
    let message = told(text, "").unwrap_err();
    assert!(
        message.starts_with("x.csv:1: no column says which case"),
        "{message}"
    );
    for way in ["cases = \"one per row\"", "cases = \"none\"", "case_id = "] {
        assert!(message.contains(way), "{message}");
        assert_eq!(told(&named, ""), Ok(()));
    }
    assert_eq!(told(text, "cases = 'none'"), Ok(()));
    for (toml, message) in [
        (
            "cases = 'none'\ncolumns.case_id = 'x'",
            "`cases` and `case_id` both say",
        ),
        ("cases = 'some'", "some"),
    ] {
        let failure = Mapping::from_toml("m.toml", toml, &vocabulary)
            .unwrap_err()
            .to_string();
        assert!(failure.contains(message), "{failure}");
    }
}

/// A source that returns one byte at a time, as a pipe may.
struct Slow<'a>(&'a [u8]);

impl std::io::Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let (Some((first, rest)), Some(place)) = (self.0.split_first(), buffer.first_mut()) else {
            return Ok(0);
        };
        *place = *first;
        self.0 = rest;
        Ok(1)
    }
}

#[test]
fn the_separator_does_not_depend_on_the_chunks_of_a_source() {
    let vocabulary = Vocabulary::embedded();
    let names = b"signal_id;case_id;received;state;recepci\xf3n\n";
    let rows = b"1;C1;2016-01-13;NM;\n2;C2;2016-01-14;NM;\n";
    let text = [names.as_slice(), rows].concat();
    for mapping in ["", "encoding = 'windows-1252'"] {
        let mapping = Mapping::from_toml("m.toml", mapping, &vocabulary).unwrap();
        let mut reader = SignalReader::open_mapped(
            "x.csv",
            Slow(&text),
            &vocabulary,
            &mapping,
            Limits::default(),
        )
        .unwrap();
        let mut rows = 0;
        while reader.advance().unwrap().is_some() {
            rows += 1;
        }
        assert_eq!(rows, 2);
        assert_eq!(reader.findings().around.delimiter, ';');
    }
}
