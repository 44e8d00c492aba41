//! Files that try to fill the memory: each is read or refused within a limit that doesn't grow with the file.

use std::io::{self, Read};

use hotline_profile::jurisdiction::Jurisdiction;
use hotline_profile::profile::Profile;
use hotline_profile::read::{Limits, Mapping, Row, SignalReader};
use hotline_profile::theme::Theme;
use hotline_profile::vocabulary::Vocabulary;
use hotline_profile::wording::Wording;

use crate::files::{gzip, read_file, workbook};
use crate::memory::peak;

const MIB: usize = 1 << 20;

/// A beginning, followed by a text that repeats up to a length.
struct Endless {
    start: &'static [u8],
    again: &'static [u8],
    at: usize,
    left: usize,
}

impl Endless {
    fn of(start: &'static [u8], again: &'static [u8], length: usize) -> Self {
        Endless {
            start,
            again,
            at: 0,
            left: length,
        }
    }
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = buffer.len().min(self.left);
        for byte in &mut buffer[..count] {
            *byte = match self.start.get(self.at) {
                Some(byte) => *byte,
                None => self.again[(self.at - self.start.len()) % self.again.len()],
            };
            self.at += 1;
        }
        self.left -= count;
        Ok(count)
    }
}

/// Reads all rows; returns how many there were, or the message, and the most memory.
fn read_rows(source: impl Read, limits: Limits) -> (Result<u64, String>, usize) {
    let vocabulary = Vocabulary::embedded();
    peak(|| {
        let mapping = Mapping::canonical();
        let mut reader = SignalReader::open_mapped("x.csv", source, &vocabulary, mapping, limits)
            .map_err(|failure| failure.to_string())?;
        let mut rows = 0;
        while let Some(row) = reader.advance().map_err(|failure| failure.to_string())? {
            rows += 1;
            if let Row::Reject(reject) = row {
                assert!(!reject.failure("x.csv").message.is_empty());
            }
        }
        reader.findings();
        Ok(rows)
    })
}

const HEADER: &[u8] = b"signal_id,received,state\n";

#[test]
fn an_unclosed_quote_uses_at_most_the_memory_of_the_longest_row() {
    let endless = || Endless::of(b"signal_id,received,state\n1,\"", b"and so on ", 1 << 40);
    let (told, bytes) = read_rows(endless(), Limits::default());
    assert!(told.unwrap_err().contains("isn't closed"));
    // The buffer doubles, and both copies exist while it moves.
    assert!(bytes < 4 * 64 * MIB, "{bytes}");
    let limits = Limits {
        longest_row: MIB,
        ..Limits::default()
    };
    let (told, bytes) = read_rows(endless(), limits);
    assert!(told.is_err());
    assert!(bytes < 8 * MIB, "{bytes}");
}

#[test]
fn an_unclosed_quote_in_the_header_uses_no_more_memory() {
    for start in [
        &b"\""[..],
        b"signal_id,\"",
        b"\xef\xbb\xbf\"",
        b"\xff\xfe\"\0",
    ] {
        let (told, bytes) = read_rows(Endless::of(start, b"x ", 1 << 40), Limits::default());
        assert!(told.is_err());
        assert!(bytes < 8 * 64 * MIB, "{bytes}");
    }
}

#[test]
fn a_million_columns_are_rejected() {
    for (start, again) in [
        (&b"signal_id,received,state"[..], &b",a"[..]),
        (b"signal_id,received,state\n1", b",a"),
        (b"signal_id,received,state\n1", b",\"\""),
        (b"", b","),
    ] {
        let (told, bytes) = read_rows(Endless::of(start, again, 2_000_000), Limits::default());
        assert!(told.is_err(), "{told:?}");
        assert!(bytes < 256 * MIB, "{bytes}");
    }
}

#[test]
fn many_rows_use_no_more_memory_than_few() {
    for row in [
        &b"1,2016-03-01,NM\n"[..],
        b"1,2016-03-01\n",
        b"\n",
        b",,\n",
        b"\"\"\"\",\"\"\"\",\"\"\"\"\r\n",
        b"1,never,Mars\n",
    ] {
        let (read, bytes) = read_rows(Endless::of(HEADER, row, 24 * MIB), Limits::default());
        assert!(read.is_ok(), "{read:?}");
        assert!(bytes < 4 * MIB, "{bytes} for {row:?}");
    }
}

#[test]
fn distinct_unknown_values_are_not_all_kept() {
    let mut text = String::from_utf8(HEADER.to_vec()).unwrap();
    for number in 0..400_000 {
        text += &format!("1,2016-03-01,place number {number} of very many\n");
    }
    let (read, bytes) = read_rows(text.as_bytes(), Limits::default());
    assert_eq!(read, Ok(400_000));
    assert!(bytes < 8 * MIB, "{bytes}");
}

#[test]
fn a_gzip_bomb_is_rejected_before_it_fills_the_memory() {
    let bombs = [
        gzip(&vec![b'\n'; 256 * MIB]),
        gzip(&[HEADER, b"1,\"", &vec![b'x'; 200 * MIB]].concat()),
        gzip(&gzip(&vec![0; 128 * MIB])),
    ];
    for bomb in bombs {
        let (read, bytes) = peak(|| read_file(&bomb, Limits::default()));
        assert!(read.is_err(), "{read:?}");
        assert!(bytes < 4 * 64 * MIB, "{bytes}");
    }
}

#[test]
fn a_workbook_that_unpacks_to_too_much_is_rejected() {
    use crate::mutation::Mutation;
    use proptest::prelude::*;
    use proptest::strategy::ValueTree;
    let limits = Limits {
        largest_workbook: 4 * MIB as u64,
        ..Limits::default()
    };
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let any = any::<(proptest::sample::Index, proptest::sample::Index)>();
    for _ in 0..8 {
        // Some part of it, somewhere.
        let (part, at) = any.new_tree(&mut runner).unwrap().current();
        let long = Mutation::InsertText(at, "<c><v>1</v></c>".repeat(MIB / 2));
        let bomb = workbook(&[(part, vec![long])]);
        let (read, bytes) = peak(|| read_file(&bomb, limits));
        assert!(read.is_err(), "{read:?}");
        assert!(bytes < 32 * MIB, "{bytes}");
    }
}

/// Deep nesting must not overflow the stack, which would end the program without a message.
#[test]
fn endlessly_nested_files_are_rejected() {
    let vocabulary = Vocabulary::embedded();
    let state = Jurisdiction::from_code("NM").unwrap();
    let deep = 200_000;
    for text in [
        format!("dates = {}{}", "[".repeat(deep), "]".repeat(deep)),
        format!("dates = {}", "[".repeat(deep)),
        format!("dates = {}1{}", "{a=".repeat(deep), "}".repeat(deep)),
        format!("{}a = 1", "a.".repeat(deep)),
        format!("[{}a]\nb = 1", "a.".repeat(deep)),
        format!("[[{}a]]\nb = 1", "a.".repeat(deep)),
        format!("dates = [{}]", "{a.b.c.d=1},".repeat(deep / 10)),
    ] {
        assert!(Mapping::from_toml("x.toml", &text, &vocabulary).is_err());
        assert!(Vocabulary::from_toml("x.toml", &text).is_err());
        assert!(Profile::parse("x.toml", &text, state).is_err());
        assert!(Wording::parse("x.toml", &text).is_err());
    }
}

#[test]
fn an_endlessly_nested_or_repeated_logo_is_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("theme.toml");
    std::fs::write(&path, "[logo]\nfile = \"logo.svg\"\nalt = \"Logo\"\n").unwrap();
    let deep = 100_000;
    let svg = |inside: String| {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' \
             width='9' height='9'>{inside}</svg>"
        )
    };
    // Each line draws the one before ten times over.
    let uses = |level: usize| format!("<use xlink:href='#g{}'/>", level - 1).repeat(10);
    let laughs: String = (1..12)
        .map(|level| format!("<g id='g{level}'>{}</g>", uses(level)))
        .collect();
    let entities: String = (1..12)
        .map(|level| {
            format!(
                "<!ENTITY e{level} '{}'>",
                format!("&e{};", level - 1).repeat(10)
            )
        })
        .collect();
    for text in [
        svg("<g>".repeat(deep) + &"</g>".repeat(deep)),
        svg(format!(
            "<g id='g0'><rect width='1' height='1'/></g>{laughs}"
        )),
        svg("<g id='a'><use xlink:href='#a'/></g>".to_owned()),
        format!(
            "<!DOCTYPE svg [<!ENTITY e0 'x'>{entities}]>{}",
            svg("<title>&e11;</title>".to_owned())
        ),
    ] {
        std::fs::write(folder.path().join("logo.svg"), text).unwrap();
        let (read, bytes) = peak(|| Theme::read(&path).map(|_| ()));
        assert!(read.is_err());
        assert!(bytes < 256 * MIB, "{bytes}");
    }
}
