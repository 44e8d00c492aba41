//! What must not leave the house does not: ids, free text, paths, and small counts.

mod support;

use std::path::Path;

use support::{Workplace, in_one_line, pdf_file, poppler};

/// Where the data lie; the names of folders and files can tell who a victim is, too.
const DATA: &str = "folder-ZQPATHZQ/export-ZQFILEZQ.csv";

/// Rows that carry a mark in every column. `readable` cells hold values that count, the others of the
/// marked rows are unknown values, which are told on standard error only.
fn marked_rows() -> String {
    let columns = [
        "signal_id",
        "case_id",
        "received",
        "contact_method",
        "call_type",
        "caller_state",
        "state",
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
        "notes",
        "ZQHEADERZQ",
    ];
    let mut text = columns.join(",") + "\n";
    for number in 0..12 {
        text += &format!(
            "ZQSIGNAL{number}ZQ,ZQCASE{number}ZQ,2016-05-{:02},Phone Call,Crisis Assistance,NM,NM,Santa Fe,\
             Santa Fe,,,,Sex,Truck Stop-Based,,Foreign National,Female,Minor,ZQNOTES{number}ZQ,ZQEXTRAZQ\n",
            number + 1
        );
        text += &format!(
            "ZQOTHER{number}ZQ,ZQCASE{number}ZQ,2016-06-01,ZQMETHODZQ,ZQCALLZQ,ZQCALLERZQ,NM;ZQSTATEZQ,\
             ZQCOUNTYZQ;,ZQCITYZQ;,99999;,,,ZQTYPEZQ,ZQVENUEZQ,ZQINDUSTRYZQ,ZQCITIZENZQ,ZQGENDERZQ,ZQAGEZQ,\
             ZQNOTESZQ,\n"
        );
    }
    text + "ZQREJECTZQ,,never,,,,NM,,,,,,,,,,,,ZQNOTESZQ,\n"
}

fn assert_unmarked(what: &str, bytes: &[u8]) {
    let found = bytes.windows(2).position(|pair| pair == b"ZQ");
    if let Some(at) = found {
        let around = &bytes[at.saturating_sub(40)..(at + 40).min(bytes.len())];
        // Compressed streams may hold the two letters by chance; a mark is longer.
        let is_mark = bytes[at..]
            .windows(4)
            .take(24)
            .any(|word| word[..2] == *b"ZQ" && word[2..].iter().all(u8::is_ascii_uppercase));
        assert!(!is_mark, "{what}: …{}…", String::from_utf8_lossy(around));
    }
}

#[test]
fn no_cell_and_no_path_of_the_input_gets_into_what_is_published() {
    let workplace = Workplace::empty();
    workplace.write(DATA, marked_rows());
    let sheet = workplace.build(&format!("build --data {DATA} --output published"));
    assert_eq!(
        workplace.files_in("published"),
        [
            "NM-Human-Trafficking-Profile-2016.pdf",
            "internal-rejects.csv"
        ]
    );
    let rejects = workplace.read("published/internal-rejects.csv");
    assert!(
        rejects.contains("ZQREJECTZQ"),
        "rejected rows are written whole"
    );
    for part in pdf_file::everything_readable(&sheet) {
        assert_unmarked("the PDF", &part);
    }
    assert_unmarked("the PDF's text", poppler::text(&sheet).as_bytes());
    for (name, value) in poppler::info(&sheet) {
        assert_unmarked("the PDF's metadata", format!("{name} {value}").as_bytes());
    }
    let place = workplace.folder().display().to_string();
    for format in ["json", "csv", "table"] {
        let out = workplace.succeed(&format!("stats --data {DATA} --format {format}"));
        assert_unmarked(format, out.as_bytes());
        assert!(!out.contains(&place), "{out}");
    }
    for part in pdf_file::everything_readable(&sheet) {
        let found = part
            .windows(place.len())
            .any(|text| text == place.as_bytes());
        assert!(!found, "the PDF names the folder");
    }
}

/// Of 30 cases 3 have a male, 2 a minor, 4 a foreign national; a venue has 3; 2 calls are referrals.
fn few() -> String {
    let mut text =
        "signal_id,case_id,received,call_type,state,city,sex_venue,citizenship,gender,age\n"
            .to_owned();
    for number in 0..30 {
        let pick = |few: usize, rare: &'static str, usual: &'static str| {
            if number < few { rare } else { usual }
        };
        text += &format!(
            "S{number},C{number},2016-04-{:02},{},NM,Albuquerque,{},{},{},{}\n",
            number % 28 + 1,
            pick(2, "Referral", "Tip Report"),
            pick(3, "Escort/Delivery Service", "Truck Stop-Based"),
            pick(
                4,
                "Foreign National",
                "U.S. Citizen/Legal Permanent Resident"
            ),
            pick(3, "Male", "Female"),
            pick(2, "Minor", "Adult"),
        );
    }
    text
}

fn build_few(options: &str) -> (Workplace, std::path::PathBuf) {
    let workplace = Workplace::empty();
    workplace.write("few.csv", few());
    let sheet = workplace.build(&format!("build --data few.csv {options}"));
    (workplace, sheet)
}

fn text_with_alternatives(sheet: &Path) -> (String, String) {
    (
        in_one_line(&poppler::raw_text(sheet)),
        pdf_file::alternative_texts(&pdf_file::load(sheet)).join("\n"),
    )
}

#[test]
fn small_counts_are_hidden_in_text_and_alternative_text() {
    let (_workplace, sheet) = build_few("");
    let (text, alternatives) = text_with_alternatives(&sheet);
    for category in ["Foreign National", "Male", "Minor", "Referral"] {
        assert!(
            text.contains(&format!("{category} <5")),
            "{category} in:\n{text}"
        );
        for number in 1..5 {
            for place in [&text, &alternatives] {
                assert!(
                    !place.contains(&format!("{category} {number}")),
                    "{category} {number}"
                );
            }
        }
    }
    // The total of calls would give the referrals away by subtraction.
    assert!(text.contains("Tip Report hidden"), "{text}");
    for place in [&text, &alternatives] {
        assert!(!place.contains("Tip Report 28"), "{place}");
        assert!(
            !place.contains("Escort"),
            "a venue below the limit is listed:\n{place}"
        );
    }
    assert!(text.contains("TOP SEX TRAFFICKING VENUE"), "{text}");
}

#[test]
fn small_counts_are_hidden_in_the_statistics() {
    let (workplace, _) = build_few("");
    let found = workplace.statistics("--data few.csv");
    assert_eq!(found["demographics"]["gender"]["male"], "<5");
    assert_eq!(
        found["demographics"]["citizenship"]["foreign_national"],
        "<5"
    );
    assert_eq!(found["demographics"]["age"]["minor"], "<5");
    assert_eq!(found["demographics"]["gender"]["female"], 27);
    assert_eq!(found["demographics"]["gender"]["gender_minority"], 0);
    assert_eq!(found["calls"]["types"]["referral"], "<5");
    assert_eq!(found["calls"]["types"]["tip_report"], "hidden");
    assert_eq!(found["venues"]["sex"].as_array().unwrap().len(), 1);
    let csv = workplace.succeed("stats --data few.csv --format csv");
    let table = workplace.succeed("stats --data few.csv --format table");
    for (figure, number) in [
        ("male", 3),
        ("foreign_national", 4),
        ("minor", 2),
        ("referral", 2),
    ] {
        let row = csv
            .lines()
            .find(|row| row.contains(&format!(",{figure},")))
            .unwrap();
        assert!(
            row.ends_with(",<5") && !row.ends_with(&format!(",{number}")),
            "{row}"
        );
        let row = table
            .lines()
            .find(|row| row.contains(&format!(" {figure} ")))
            .unwrap();
        assert!(row.trim_end().ends_with(" <5"), "{row}");
    }
    assert!(!csv.contains("scort") && !table.contains("scort"));
}

#[test]
fn cases_without_a_place_are_not_given_away_by_those_with_one() {
    let workplace = Workplace::empty();
    let rows = few();
    let (first, last) = rows.split_at(rows.len() - rows.lines().last().unwrap().len() - 1);
    workplace.write(
        "few.csv",
        first.to_owned() + &last.replace("Albuquerque", ""),
    );
    let found = workplace.statistics("--data few.csv");
    assert_eq!(found["map"]["unlocated_cases"], "<5");
    let sheet = workplace.build("build --data few.csv");
    let (text, alternatives) = text_with_alternatives(&sheet);
    for place in [found["cases"].to_string(), text, alternatives] {
        let tells_both = place.contains("29") && place.contains("30");
        assert!(!tells_both, "30 − 29 is one case without a place:\n{place}");
    }
}

#[test]
fn another_limit_hides_more() {
    let (_workplace, sheet) = build_few("--min-cell 28");
    let (text, alternatives) = text_with_alternatives(&sheet);
    assert!(text.contains("Female <28"), "{text}");
    for place in [&text, &alternatives] {
        assert!(!place.contains("Female 27"), "{place}");
    }
}

#[test]
fn what_hides_nothing_is_marked_in_every_form() {
    const MARK: &str = "INTERNAL – NOT FOR RELEASE";
    let (workplace, sheet) = build_few("--internal");
    assert!(sheet.ends_with("NM-Human-Trafficking-Profile-2016-INTERNAL.pdf"));
    let text = in_one_line(&poppler::raw_text(&sheet));
    assert!(text.contains("Male 3"), "{text}");
    for page in poppler::words(&sheet) {
        let words: Vec<&str> = page.words.iter().map(|word| word.text.as_str()).collect();
        assert!(words.join(" ").contains(MARK), "a page without the mark");
    }
    for format in ["json", "csv", "table"] {
        let out = workplace.succeed(&format!(
            "stats --data few.csv --internal --format {format}"
        ));
        assert!(out.contains(MARK), "{format}: {out}");
    }
    assert!(
        poppler::info(&sheet)
            .iter()
            .any(|(_, value)| value.contains(MARK))
    );
}
