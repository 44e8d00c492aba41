//! Input that tries to use too much memory or time is refused, with the position, the limit and its name in the
//! settings, and is read if the settings allow it.

mod support;

use std::io::Write;

use support::{Workplace, header_of_signals, text_of};

/// A file that exceeds one of the limits if that is low.
struct TooMuch {
    file: &'static str,
    bytes: Vec<u8>,
    limit: &'static str,
    low: u64,
    enough: u64,
    message: &'static str,
}

/// A signal about New Mexico with something after its columns.
fn row(number: usize, more: &str) -> String {
    format!(
        "S{number},,2016-05-05,Phone Call,Tip Report,NM,NM{}{more}\n",
        ",".repeat(12)
    )
}

fn cases() -> Vec<TooMuch> {
    let header = header_of_signals();
    let plain = |more: &str| format!("{header},note\n{}", row(1, &format!(",{more}"))).into_bytes();
    // More repetitive than any table: 30 MB in a few kilobytes.
    let repeated = format!(
        "{header},note\n{}",
        row(1, &format!(",{}", "x".repeat(30 << 20)))
    );
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(repeated.as_bytes()).unwrap();
    vec![
        TooMuch {
            file: "row.csv",
            bytes: plain(&"x".repeat(3_000_000)),
            limit: "longest-row",
            low: 1_000_000,
            enough: 4_000_000,
            message: "row.csv:2: a row of more than 1000000 bytes",
        },
        TooMuch {
            file: "columns.csv",
            bytes: plain("x")
                .into_iter()
                .chain(row(2, ",x").into_bytes())
                .collect(),
            limit: "most-columns",
            low: 19,
            enough: 20,
            message: "columns.csv:1: a row has 20 fields; at most 19 are allowed",
        },
        TooMuch {
            file: "signals.csv.gz",
            bytes: packed.finish().unwrap(),
            limit: "most-inflation",
            low: 20,
            enough: 2000,
            message: "it unpacks to more than 20 times its size",
        },
        TooMuch {
            file: "signals.xlsx",
            bytes: workbook(&[header.as_str(), row(1, "").trim_end()]),
            limit: "largest-workbook",
            low: 900,
            enough: 90_000,
            message: "signals.xlsx: the Excel file unpacks to more than 900 bytes",
        },
    ]
}

/// An Excel file with rows from texts with commas between the cells.
fn workbook(rows: &[&str]) -> Vec<u8> {
    let rows: String = rows
        .iter()
        .map(|row| {
            let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
            format!(
                "<row>{}</row>",
                row.split(',').map(cell).collect::<String>()
            )
        })
        .collect();
    support::workbook::workbook(&rows)
}

#[test]
fn each_limit_names_itself_and_can_be_raised() {
    let workplace = Workplace::empty();
    for TooMuch {
        file,
        bytes,
        limit,
        low,
        enough,
        message,
    } in cases()
    {
        workplace.write(file, bytes);
        for command in ["stats", "check"] {
            let line = match command {
                "check" => format!("check {file} --settings s.toml"),
                _ => format!("{command} --data {file} --settings s.toml"),
            };
            workplace.write("s.toml", format!("[limits]\n{limit} = {low}\n"));
            let refused = workplace.run(&line);
            assert_eq!(refused.code, 1, "{line}: {}", refused.err);
            let told = refused.err.clone() + &refused.out;
            assert!(told.contains(message), "{line}: {told}");
            let remedy = format!("`{limit}` under [limits] in the settings file");
            let told = support::in_one_line(&told);
            assert!(told.contains(&remedy), "{line}: {told}");
            workplace.write("s.toml", format!("[limits]\n{limit} = {enough}\n"));
            let read = workplace.run(&line);
            assert!(read.code == 0, "{line}: {}", read.err);
        }
    }
}

/// Ids in no order, every tenth of them twice: those that aren't in memory are found in a temporary file.
#[test]
fn ids_outside_memory_change_no_number() {
    let mut text = header_of_signals() + "\n";
    let mut add = |number: u64| {
        let id = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        // Cases of a few signals, whose ids are in no order either.
        let case = (number % 1700).wrapping_mul(0xd134_2543_de82_ef95);
        text += &format!(
            "{id:016x}z,{case:016x}c,2016-05-05,Phone Call,Tip Report,NM,NM{}\n",
            ",".repeat(12)
        );
    };
    for number in 0..5000 {
        add(number);
        if number % 10 == 9 {
            add(number / 2);
        }
    }
    let workplace = Workplace::empty();
    workplace.write("signals.csv", text);
    let stats = |more: &str| {
        let ran = workplace.run(&format!("stats --data signals.csv --state NM {more}"));
        assert_eq!(ran.code, 0, "{}", ran.err);
        (ran.out, ran.err)
    };
    let all = stats("");
    assert!(all.1.contains("500"), "{}", all.1);
    for most in [30, 1000] {
        assert_eq!(stats(&format!("--most-ids {most}")), all);
    }
}

#[test]
fn an_empty_or_unknown_limit_is_a_mistake_in_the_settings() {
    let workplace = Workplace::with_input();
    for (line, message) in [
        (
            "most-inflation = 0",
            "with a limit of 0, nothing could be read",
        ),
        (
            "longest-row = 0",
            "with a limit of 0, nothing could be read",
        ),
        ("most-columns = -1", "s.toml:2:"),
        ("most-rows = 5", "most-rows"),
    ] {
        workplace.write("s.toml", format!("[limits]\n{line}\n"));
        let ran = workplace.run("stats --settings s.toml");
        assert_eq!(ran.code, 1, "{line}");
        assert!(
            ran.err.contains("s.toml:2:") && ran.err.contains(message),
            "{line}: {}",
            ran.err
        );
    }
}

/// Names and default values, as in the reference and in `--help`.
#[test]
fn the_limits_are_documented() {
    let reference = text_of("docs/reference.md");
    let help = Workplace::empty().succeed("build --help");
    let usual = hotline_profile::read::Limits::default();
    for (name, value) in [
        ("longest-row", usual.longest_row as u64),
        ("most-columns", usual.most_columns as u64),
        ("most-inflation", usual.most_inflation),
        ("largest-workbook", usual.largest_workbook),
        ("most-ids", usual.most_ids as u64),
    ] {
        let line = reference
            .lines()
            .find(|line| line.contains(&format!("| `{name}` |")));
        let line = line.unwrap_or_else(|| panic!("the reference doesn't have {name}"));
        assert!(line.ends_with(&format!("| {value} |")), "{line}");
        assert!(help.contains(name), "{help}");
    }
}
