//! The text of proposals, line by line; `tests/proposals.rs` runs them.

use super::*;
use crate::read::mapping::Mapping;
use crate::read::reader::{Row, SignalReader};

fn propose_text(text: &[u8]) -> Proposal {
    let asked = Asked {
        sheets: &Sheets::Alike,
        state: Jurisdiction::from_code("OH").unwrap(),
    };
    let vocabulary = Vocabulary::embedded();
    let proposal = propose("x.csv", text, asked, &vocabulary, Limits::default()).unwrap();
    let read = Mapping::from_toml("m.toml", &proposal.toml, &vocabulary);
    if let Err(failure) = read {
        panic!("{failure}\n{}", proposal.toml);
    }
    proposal
}

fn assert_lines(toml: &str, lines: &[&str]) {
    for line in lines {
        assert!(
            toml.lines().any(|found| found == *line),
            "{line} in\n{toml}"
        );
    }
}

const REPORT: &str = "Signals\r\n\r\n\
    Case Number,Signal #,Date Received,Location State,Location City,Victim Gender,Age Group,Notes\r\n\
    C-1,S1,1/15/2016,New Mexico,Gallup,\"Female, Male\",Adult,\u{f1}\r\n\
    ,S2,1/16/2016,New Mexico,Taos,Femal,Minor,x\r\n\
    Subtotal (2),,,,,,,\r\n\
    C-2,S3,2/3/2016,Texas,Austin,\"Female, Female\",Adult,\r\n\
    Confidential Information\r\n";

#[test]
fn values_with_line_breaks_and_quotes_stay_within_their_comments() {
    let text = "signal_id,received,state,gender\n\
        1,2016-03-01,\"Ne\rva\ndaa\",\"\"\"Fem\"\"\\a\u{1b}l\"\n";
    let toml = propose_text(text.as_bytes()).toml;
    assert!(
        toml.contains(r#"# "Ne\U0000000Dva\U0000000Adaa" ="#),
        "{toml}"
    );
    assert!(toml.contains(r#"# "\"Fem\"\\a\U0000001Bl" ="#), "{toml}");
}

#[test]
fn a_report_is_understood_and_guesses_are_commented_out() {
    let vocabulary = Vocabulary::embedded();
    let bytes: Vec<u8> = REPORT.chars().map(|c| c as u8).collect();
    let proposal = propose_text(&bytes);
    assert_eq!(proposal.missing, []);
    assert_lines(
        &proposal.toml,
        &[
            "encoding = \"windows-1252\"",
            "separators = { gender = [\", \"] }",
            "# totals = [\"Subtotal\"] # 1 row would be skipped",
            "# footer = [\"Confidential Information\"] # 1 row would be skipped",
            "signal_id = \"Signal #\"",
            "case_id = \"Case Number\"",
            "received = \"Date Received\"",
            "state = \"Location State\"",
            "city = \"Location City\"",
            "gender = \"Victim Gender\"",
            "age = \"Age Group\"",
            "# \"Femal\" = \"Female\" # 1 row",
            "# - “Case Number” is empty in 1 row: these signals don't belong to a case",
            "# - columns not used: “Notes”",
        ],
    );
    assert!(!proposal.toml.contains("fill_down"), "{}", proposal.toml);
    let mapping = Mapping::from_toml("m.toml", &proposal.toml, &vocabulary).unwrap();
    let mut reader = SignalReader::open_mapped(
        "x.csv",
        bytes.as_slice(),
        &vocabulary,
        &mapping,
        Limits::default(),
    )
    .unwrap();
    let mut rows = Vec::new();
    while let Some(row) = reader.advance().unwrap() {
        rows.push(match row {
            Row::Signal(signal) => {
                let case = signal.case_id.map(String::from_utf8_lossy);
                format!("{} {}", case.unwrap_or_default(), signal.received)
            }
            Row::Reject(reject) => format!("reject {}", reject.line()),
        });
    }
    assert_eq!(
        rows,
        [
            "C-1 2016-01-15",
            " 2016-01-16",
            "reject 6",
            "C-2 2016-02-03",
            "reject 8"
        ]
    );
}

#[test]
fn a_canonical_file_is_proposed_as_it_is() {
    let toml = propose_text(include_bytes!("../../../input/signals.csv")).toml;
    for column in Column::all(&Vocabulary::embedded()) {
        assert_lines(&toml, &[&format!("{0} = \"{0}\"", column.name())]);
    }
    for absent in ["[report]", "encoding", "separators", "dates", "header_rows"] {
        assert!(!toml.contains(absent), "{absent} in\n{toml}");
    }
}

#[test]
fn columns_with_meaningless_names_are_recognized_by_their_values() {
    let proposal = propose_text(b"c1;c2;c3;c4\nA-1;13/01/2016;TX;Male\nA-2;24/12/2016;NM;Female\n");
    assert_lines(
        &proposal.toml,
        &[
            "dates = [\"day/month/year\"]",
            "signal_id = { row_number = \"row \" }",
            "received = \"c2\"",
            "state = \"c3\"",
            "gender = \"c4\"",
        ],
    );
    assert_eq!(proposal.missing, []);
}

#[test]
fn a_file_without_dates_is_an_error_and_so_is_an_empty_one() {
    assert_eq!(
        propose_text(b"id,state\n1,NM\n").missing,
        [Column::Received]
    );
    let asked = Asked {
        sheets: &Sheets::Alike,
        state: Jurisdiction::from_code("OH").unwrap(),
    };
    let empty = propose(
        "x.csv",
        &b""[..],
        asked,
        &Vocabulary::embedded(),
        Limits::default(),
    );
    assert!(empty.is_err());
}

#[test]
fn a_place_in_one_cell_gives_the_state() {
    let text = "Call #,Date of call,Case #,Location of incident\n\
        1,3/1/2016,A1,\"Albuquerque, NM 87102\"\n\
        2,3/2/2016,A2,\"Reno, Nevada\"\n\
        3,3/3/2016,A3,\"Bernalillo County, NM\"\n\
        4,3/4/2016,A4,Albuquerque\n";
    let toml = propose_text(text.as_bytes()).toml;
    assert!(
        toml.contains("\ncity = \"Location of incident\"\n"),
        "{toml}"
    );
    assert!(toml.contains("\nstate = { constant = \"\" } #"), "{toml}");
    assert!(toml.contains("names none there is in no state"), "{toml}");
}

#[test]
fn columns_with_the_same_name_can_each_be_named() {
    let toml = propose_text(b"ID,Date,Date,State,Case\n1,2016-01-02,2016-01-03,NM,C1\n").toml;
    assert!(toml.contains("\nreceived = \"Date (1)\"\n"), "{toml}");
    let told = "several columns are called “Date”: “Date (1)” is the one that is used";
    assert!(toml.contains(told), "{toml}");
}

#[test]
fn flags_may_contain_codes_for_unanswered_questions() {
    let toml = propose_text(
        b"Call ID,Date,State,Woman,Man,Transgender\n\
        1,2016-01-02,NM,1,0,0\n2,2016-01-03,NM,0,1,99\n3,2016-01-04,NM,8,9,0\n",
    )
    .toml;
    let flags = "gender = { flags = { \"Woman\" = \"Female\", \"Man\" = \"Male\"";
    assert!(toml.contains(flags), "{toml}");
}
