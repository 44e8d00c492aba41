//! Which rows are read, which are rejected and why, and what is reported about them.

use std::cell::Cell;

use proptest::prelude::*;

use super::*;
use crate::failure::Failure;
use crate::jurisdiction::Jurisdiction;
use crate::vocabulary::Vocabulary;

/// Each row as text: a signal's id and day, or a reject's line, column and reason.
fn rows(text: &[u8]) -> (Vec<String>, Findings) {
    let vocabulary = Vocabulary::embedded();
    let mut reader = SignalReader::open("nm.csv", text, &vocabulary).unwrap();
    let mut rows = Vec::new();
    while let Some(row) = reader.advance().unwrap() {
        rows.push(match row {
            Row::Signal(signal) => {
                format!("{} {}", String::from_utf8_lossy(signal.id), signal.received)
            }
            Row::Reject(reject) => without_remedy(&reject.failure("nm.csv")),
        });
    }
    (rows, reader.findings())
}

/// A message's first line; this asserts that a remedy follows.
fn without_remedy(failure: &Failure) -> String {
    assert!(failure.remedy.is_some(), "{failure}");
    let text = failure.to_string();
    text.lines().next().unwrap_or_default().to_owned()
}

/// State, names and whether there are coordinates.
type PlaceText = (Option<&'static str>, String, bool);

/// The places of a row, or why it is rejected.
fn places(row: &str) -> Result<Vec<PlaceText>, String> {
    let vocabulary = Vocabulary::embedded();
    let text = format!(
        "signal_id,received,state,county,city,zip,latitude,longitude\n1,2016-03-01,{row}\n"
    );
    let mut reader = SignalReader::open("nm.csv", text.as_bytes(), &vocabulary).unwrap();
    match reader.advance().unwrap().unwrap() {
        Row::Reject(reject) => Err(without_remedy(&reject.failure("nm.csv"))),
        Row::Signal(signal) => Ok(signal
            .places
            .iter()
            .map(|place| {
                let names = [place.county, place.city, place.zip].map(String::from_utf8_lossy);
                (
                    place.state.map(Jurisdiction::code),
                    names.join("/"),
                    place.coordinates.is_some(),
                )
            })
            .collect()),
    }
}

#[test]
fn valid_rows_are_read_and_others_say_why_not() {
    let (rows, findings) = rows(
        b"signal_id,received,state,latitude,longitude,notes\r\n\
          1,2016-03-01T10:00,NM,35.1,-106.6,\r\n\
          \r\n\
          2,2016-03-01,NM\r\n\
          ,2016-03-01,NM,,,\r\n\
          4,,NM,,,\r\n\
          5,2016-02-30,NM,,,\"two\r\nlines\"\r\n\
          6,2016-03-01,NM,95,-106.6,\r\n\
          7,2016-03-01,NM,35,-186.6,\r\n\
          8,2016-03-01,NM,35,,\r\n\
          9,2016-03-01,NM,inf,1,\r\n\
          10,2016-03-01,NM,35;;36,-106;-107;,\r\n\
          11,2016-03-01,\xff,,,\r\n\
          12,2016-03-01,NM,,,\xff\x00\r\n\
          \"13,2016-03-01,NM,,,\r\n",
    );
    assert_eq!(
        rows,
        [
            "1 2016-03-01",
            "nm.csv:4: the number of fields is 3, but the header has 6",
            "nm.csv:5:1: signal_id: no signal_id",
            "nm.csv:6:2: received: no date",
            "nm.csv:7:2: received “2016-02-30”: there is no such day",
            "nm.csv:9:4: latitude: not a coordinate in degrees",
            "nm.csv:10:5: longitude: not a coordinate in degrees",
            "nm.csv:11:4: latitude: 1 latitudes for 0 longitudes",
            "nm.csv:12:4: latitude: not a coordinate in degrees",
            "nm.csv:13:4: latitude: 3 latitudes for 2 longitudes",
            "nm.csv:14:3: state “\u{fffd}”: bytes that aren't UTF-8 text",
            "12 2016-03-01",
            "nm.csv:16: a quotation mark isn't closed",
        ]
    );
    assert_eq!((findings.rows, findings.rejected), (13, 11));
    assert_eq!(findings.extra_columns, ["notes"]);
    assert_eq!(findings.first_rejects.len(), 11);
}

#[test]
fn places_align_by_position_and_a_single_state_is_for_all() {
    let nm = Some("NM");
    let all = |places: &[(Option<&'static str>, &str, bool)]| {
        Ok(places
            .iter()
            .map(|(state, names, located)| (*state, (*names).to_owned(), *located))
            .collect::<Vec<_>>())
    };
    assert_eq!(places(",,,,,"), all(&[]));
    assert_eq!(places("NM,,,,,"), all(&[(nm, "//", false)]));
    assert_eq!(
        places("NM,Taos,A;B; C,87501,35;36,-106;-106"),
        all(&[
            (nm, "Taos/A/87501", true),
            (nm, "/B/", true),
            (nm, "/C/", false)
        ])
    );
    assert_eq!(
        places("NM;Texas;Mars,Taos;,;B,,;35,;-106"),
        all(&[
            (nm, "Taos//", false),
            (Some("TX"), "/B/", true),
            (None, "//", false)
        ])
    );
    assert_eq!(
        places(",,A;B,,,"),
        all(&[(None, "/A/", false), (None, "/B/", false)])
    );
    assert_eq!(
        places("NM;TX,,A;B;C,,,"),
        Err("nm.csv:2:3: state “NM;TX”: 2 states for 3 places".to_owned())
    );
    assert_eq!(places("NM;,,A;B,,,").map(|places| places.len()), Ok(2));
}

#[test]
fn unknown_values_are_reported_by_column_with_count_and_line() {
    let (_, findings) = rows(
        b"signal_id,received,state,gender,sex_venue,call_type,contact_method,trafficking_type\n\
          1,2016-03-01,NM,Female,Moon,Prank,Pigeon,Sex\n\
          2,2016-03-01,Mars,Femal;Male,Street;moon;Moon,Tip,Phone,Slavery\n",
    );
    let unknown: Vec<_> = findings
        .unknown
        .iter()
        .flat_map(|column| {
            column.values.values().iter().map(|value| {
                format!(
                    "{} {} {} {}",
                    column.column.name(),
                    value.value,
                    value.count,
                    value.first_line
                )
            })
        })
        .collect();
    assert_eq!(
        unknown,
        [
            "contact_method Pigeon 1 2",
            "call_type Prank 1 2",
            "state Mars 1 3",
            "trafficking_type Slavery 1 3",
            "sex_venue Moon 2 2",
            "sex_venue moon 1 3",
            "gender Femal 1 3",
        ]
    );
}

#[test]
fn strict_makes_a_reject_or_an_unknown_value_an_error() {
    let strict = |text: &[u8]| rows(text).1.strict().map_err(|failure| failure.to_string());
    assert_eq!(
        strict(b"signal_id,received,state\n1,2016-03-01,NM\n"),
        Ok(())
    );
    let reject = strict(b"signal_id,received,state\n1,2016-03-01,Mars\n2,x,NM\n").unwrap_err();
    assert!(reject.starts_with("nm.csv:3:2: received “x”"), "{reject}");
    let unknown = strict(b"signal_id,received,state\n1,2016-03-01,Mars\n").unwrap_err();
    assert!(
        unknown.starts_with("nm.csv:2:3: unknown state “Mars”"),
        "{unknown}"
    );
}

#[test]
fn a_file_without_a_sound_header_is_a_failure() {
    let open = |text: &[u8]| {
        SignalReader::open("nm.csv", text, &Vocabulary::embedded())
            .map(|_| ())
            .map_err(|failure| failure.to_string())
    };
    assert!(
        open(b"")
            .unwrap_err()
            .starts_with("nm.csv: the file is empty")
    );
    assert!(open(b"\n\r\n").unwrap_err().contains("the file is empty"));
    assert!(
        open(b"signal_id,state\n")
            .unwrap_err()
            .contains("`received` is missing")
    );
    assert!(open(b"signal_id,received,state").is_ok());
}

fn write_rejects(files: &[(&str, &str)]) -> (String, u32) {
    let vocabulary = Vocabulary::embedded();
    let opened = Cell::new(0);
    let mut bytes = Vec::new();
    let mut writer = RejectsWriter::new(|| {
        opened.set(opened.get() + 1);
        Ok(&mut bytes)
    });
    for (name, text) in files {
        let mut reader = SignalReader::open(name, text.as_bytes(), &vocabulary).unwrap();
        while let Some(row) = reader.advance().unwrap() {
            if let Row::Reject(reject) = row {
                writer.write(name, &reject).unwrap();
            }
        }
    }
    let any = writer.finish().unwrap();
    assert_eq!(any, opened.get() > 0);
    (String::from_utf8(bytes).unwrap(), opened.get())
}

#[test]
fn rejected_rows_are_written_completely() {
    let (text, opened) = write_rejects(&[
        (
            "a.csv",
            "signal_id,received,state,notes\n\
             1,soon,NM,\"=1, or \"\"so\"\"\"\n\
             2,2016-03-01,NM,\n\
             3,2016-03-01\n",
        ),
        (
            "b.csv",
            "signal_id,received,state,longitude\n4,,NM,-106.6\n",
        ),
    ]);
    assert_eq!(opened, 1);
    assert_eq!(
        text,
        "file,line,column,reason,signal_id,received,state,notes\n\
         a.csv,2,received,not a date,1,soon,NM,\"'=1, or \"\"so\"\"\"\n\
         a.csv,4,,\"the number of fields is 2, but the header has 4\",3,2016-03-01\n\
         b.csv,,,header,signal_id,received,state,longitude\n\
         b.csv,2,received,no date,4,,NM,-106.6\n"
    );
}

#[test]
fn no_rejects_file_is_made_without_rejects() {
    let sound = [("a.csv", "signal_id,received,state\n1,2016-03-01,NM\n")];
    assert_eq!(write_rejects(&sound), (String::new(), 0));
}

proptest! {
    #[test]
    fn any_bytes_are_rows_or_rejects(body in proptest::collection::vec(any::<u8>(), 0..300)) {
        let text = [b"signal_id,received,state,latitude,longitude\n", body.as_slice()].concat();
        let (rows, findings) = rows(&text);
        prop_assert_eq!(rows.len() as u64, findings.rows);
    }

    #[test]
    fn any_header_is_read_or_rejected(text in proptest::collection::vec(any::<u8>(), 0..100)) {
        let vocabulary = Vocabulary::embedded();
        let _ = SignalReader::open("x", text.as_slice(), &vocabulary);
    }
}
