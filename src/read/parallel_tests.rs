//! No matter how a file is divided, and on how many threads, the result is the same as reading it row by row.

use std::fmt::Write;
use std::io::Read;

use proptest::prelude::*;

use super::*;
use crate::failure::Failure;
use crate::vocabulary::Vocabulary;

const HEADER: &str = "signal_id,received,state,sex_venue,notes";

/// Pieces of a file; combined, they make valid rows, and every way to get them wrong.
const PIECES: [&[u8]; 32] = [
    b"1,2016-03-01,NM,Street-Based,x\n",
    b"2,2016-03-02,TX,Pornography,\r\n",
    b"3,soon,NM,Tents,\"one\ntwo\"\n",
    b"4,2016-03-01,NM,\"Tents;Boats\",\"a \"\"b\"\"\n1,2016-03-01,NM,,\n\"\n",
    b"5,2016-03-01,NM,Boats,\"\r\n\r\n\"\r",
    b"6,2016-03-01,NM\n",
    b"Total 3,,,,\n",
    b"Confidential\n",
    HEADER.as_bytes(),
    b"\xef\xbb\xbfsignal_id,received,state,sex_venue,notes\r\n",
    b"\n",
    b"\r",
    b"\r\n",
    b"\n\n\n",
    b"\"",
    b"\"\"",
    b"\"x\"y",
    b"a\"b",
    b",",
    b",,,,,",
    b";",
    b"7",
    b"2016-03-01",
    b"NM;TX",
    b"\xff",
    b"\0",
    "Doña Ana".as_bytes(),
    b" ",
    b"Street-Based",
    b"\"\n\"",
    b"8,2016-03-01,NM,Tents,\n9,2016-03-01,NM,,\n",
    b"10,2016-03-01,,Street-Based,\"x, y\"\n",
];

const MAPPINGS: [&str; 4] = [
    "",
    "[report]\ntotals = [\"Total\"]\nfooter = [\"Confidential\"]\n",
    "uneven_rows = \"pad\"\nunknown_venue = \"other\"\n",
    "[report]\nfill_down = [\"state\"]\n[columns]\nsignal_id = { row_number = \"R\" }\n",
];

/// Writes down everything that is known about each signal, except its line, which only reading row by row has.
struct Describe;

impl Gather for Describe {
    type Scratch = ();
    type Batch = Vec<String>;

    fn scratch(&self) {}

    fn add(&self, (): &mut (), batch: &mut Vec<String>, signal: &Signal<'_>) {
        batch.push(describe(signal));
    }
}

fn describe(signal: &Signal<'_>) -> String {
    let id = signal.id.escape_ascii();
    let mut text = format!("{id} {} {:?}", signal.received, signal.sex_venues);
    for place in signal.places.iter() {
        write!(text, " {:?}", place.state).unwrap();
    }
    text
}

fn describe_reject(reject: &Reject<'_>) -> String {
    let cells: Vec<_> = reject
        .record
        .iter()
        .map(|cell| cell.escape_ascii().to_string())
        .collect();
    format!("{}: {cells:?}", reject.failure("x.csv"))
}

/// Signals, rejected rows, what was found, and how it ended.
type Told = (Vec<String>, Vec<String>, Findings, Option<String>);

fn one_after_another(text: &[u8], mapping: &Mapping, limits: Limits) -> Told {
    let vocabulary = Vocabulary::embedded();
    let mut reader =
        SignalReader::open_mapped("x.csv", text, &vocabulary, mapping, limits).unwrap();
    let (mut signals, mut rejects) = (Vec::new(), Vec::new());
    let end = loop {
        match reader.advance() {
            Ok(Some(Row::Signal(signal))) => signals.push(describe(&signal)),
            Ok(Some(Row::Reject(reject))) => rejects.push(describe_reject(&reject)),
            Ok(None) => break None,
            Err(failure) => break Some(failure.to_string()),
        }
    };
    (signals, rejects, reader.findings(), end)
}

fn divided(text: &[u8], mapping: &Mapping, limits: Limits, division: Division) -> Told {
    let vocabulary = Vocabulary::embedded();
    let mut reader =
        SignalReader::open_mapped("x.csv", text, &vocabulary, mapping, limits).unwrap();
    let (mut signals, mut rejects) = (Vec::new(), Vec::new());
    let end = reader.gather(&Describe, division, |rows| {
        match rows {
            Gathered::Signals(batch) => signals.append(batch),
            Gathered::Reject(reject) => rejects.push(describe_reject(&reject)),
        }
        Ok(())
    });
    let end = end.err().map(|failure| failure.to_string());
    (signals, rejects, reader.findings(), end)
}

fn file() -> impl Strategy<Value = Vec<u8>> {
    let pieces = proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..40);
    pieces.prop_map(|pieces| [HEADER.as_bytes(), b"\n", &pieces.concat()].concat())
}

fn division() -> impl Strategy<Value = Division> {
    (1_usize..4, 1_usize..120).prop_map(|(threads, block)| Division { threads, block })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn a_divided_file_is_read_like_an_undivided_one(
        text in file(),
        division in division(),
        mapping in proptest::sample::select(&MAPPINGS[..]),
        most_columns in prop_oneof![4 => Just(1000_usize), 1 => 5_usize..8],
        longest_row in prop_oneof![4 => Just(1_usize << 20), 1 => 50_usize..200],
    ) {
        let vocabulary = Vocabulary::embedded();
        let mapping = Mapping::from_toml("m.toml", mapping, &vocabulary).unwrap();
        let limits = Limits { most_columns, longest_row, ..Limits::default() };
        let expected = one_after_another(&text, &mapping, limits);
        let found = divided(&text, &mapping, limits, division);
        let shown = text.escape_ascii();
        prop_assert_eq!(found, expected, "{}", shown);
    }
}

#[test]
fn a_multiline_text_that_looks_like_rows_is_not_rows() {
    // The guess is wrong in almost every block.
    let mut text = format!("{HEADER}\n");
    for number in 0..400 {
        let inside = "9,2016-03-01,TX,Pornography,\n".repeat(number % 7);
        writeln!(text, "{number},2016-03-01,NM,,\"{inside}\"").unwrap();
    }
    let (mapping, limits) = (Mapping::canonical(), Limits::default());
    let expected = one_after_another(text.as_bytes(), mapping, limits);
    assert_eq!(expected.0.len(), 400);
    for block in [50, 64, 100, 300, 1000, 4096] {
        let division = Division { threads: 2, block };
        let found = divided(text.as_bytes(), mapping, limits, division);
        let differs = (0..)
            .zip(&found.0)
            .zip(&expected.0)
            .find(|((_, a), b)| a != b);
        assert!(found == expected, "{differs:?} with blocks of {block}");
    }
}

#[test]
fn a_source_that_fails_is_an_error_after_its_rows() {
    struct Breaks(usize);
    impl Read for Breaks {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            if self.0 == 0 {
                return Err(std::io::Error::other("the disk is gone"));
            }
            self.0 -= 1;
            (&b"1,2016-03-01,NM,,\n"[..]).read(buffer)
        }
    }
    let vocabulary = Vocabulary::embedded();
    let rows = 10_000;
    let source = format!("{HEADER}\n");
    let source = source.as_bytes().chain(Breaks(rows));
    let mut reader = SignalReader::open("x.csv", source, &vocabulary).unwrap();
    let division = Division {
        threads: 2,
        block: 1000,
    };
    let mut signals = 0;
    let end = reader.gather(&Describe, division, |rows| {
        if let Gathered::Signals(batch) = rows {
            signals += batch.drain(..).count();
        }
        Ok(())
    });
    assert!(end.unwrap_err().to_string().contains("the disk is gone"));
    assert!(signals > rows - 500, "{signals}");
}

#[test]
fn reading_ends_if_a_row_is_refused() {
    let vocabulary = Vocabulary::embedded();
    let text = format!("{HEADER}\n{}", "1,2016-03-01,NM,,\n".repeat(10_000));
    let mut reader = SignalReader::open("x.csv", text.as_bytes(), &vocabulary).unwrap();
    let division = Division {
        threads: 3,
        block: 256,
    };
    let end = reader.gather(&Describe, division, |_| Err(Failure::data("enough")));
    assert_eq!(
        end.unwrap_err().to_string(),
        Failure::data("enough").to_string()
    );
}

#[test]
fn reading_ends_if_a_thread_panics() {
    struct Panics;
    impl Gather for Panics {
        type Scratch = ();
        type Batch = ();
        fn scratch(&self) {}
        fn add(&self, (): &mut (), (): &mut (), signal: &Signal<'_>) {
            assert_ne!(signal.id, b"13", "thirteen");
        }
    }
    let vocabulary = Vocabulary::embedded();
    let row = |id: usize| format!("{id},2016-03-01,NM,,\n");
    let text = format!("{HEADER}\n{}", (0..2000).map(row).collect::<String>());
    for block in 30..60 {
        let mut reader = SignalReader::open("x.csv", text.as_bytes(), &vocabulary).unwrap();
        let division = Division { threads: 3, block };
        let read = || reader.gather(&Panics, division, |_| Ok(()));
        assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).is_err());
    }
}
