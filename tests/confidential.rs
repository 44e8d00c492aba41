//! What must not be released isn't: ids, free text, paths, and small counts.

mod support;

use std::path::Path;

use support::{Workplace, in_one_line, pdf_file, poppler};

/// The path of the data; names of folders and files can reveal who a victim is, too.
const DATA: &str = "folder-ZQPATHZQ/export-ZQFILEZQ.csv";

/// Rows with a mark in every column. `readable` cells contain values that count; the other cells in the marked rows
/// are unknown values, which are only reported on standard error.
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

/// The position of a mark, in upper or lower case: at least three digits between two "ZQ". Compressed streams don't
/// contain such a thing by chance.
fn mark(bytes: &[u8]) -> Option<usize> {
    let is_zq = |pair: &[u8]| pair.eq_ignore_ascii_case(b"ZQ");
    let starts = bytes.windows(2).enumerate().filter(|(_, pair)| is_zq(pair));
    starts.map(|(at, _)| at).find(|at| {
        let rest = &bytes[at + 2..];
        let word = rest
            .iter()
            .take(14)
            .take_while(|byte| byte.is_ascii_alphanumeric());
        let word = &rest[..word.count()];
        word.len() >= 5 && word[3..].windows(2).any(is_zq)
    })
}

fn assert_unmarked(what: &str, bytes: &[u8]) {
    if let Some(at) = mark(bytes) {
        let around = &bytes[at.saturating_sub(40)..(at + 40).min(bytes.len())];
        panic!("{what}: …{}…", String::from_utf8_lossy(around));
    }
}

/// A gzip file with a header that names the packed file, as gzip writes it.
fn gzip_with_name(name: &str, bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut out = flate2::GzBuilder::new()
        .filename(name)
        .comment("ZQCOMMENTZQ")
        .write(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// A folder in which every file and folder has a mark in its name, and the data have one in every column.
fn marked_workplace() -> Workplace {
    let workplace = Workplace::empty();
    workplace.write(DATA, marked_rows());
    let more = "signal_id,case_id,received,state,notes\nZQMOREZQ,,2016-07-07,NM,ZQFREEZQ\nZQEARLIERZQ,,2015-07-07,NM,ZQFREEZQ\n";
    workplace.write(MORE_DATA, gzip_with_name("ZQPACKEDZQ", more.as_bytes()));
    let read = |path: &str| std::fs::read(support::repository().join(path)).unwrap();
    for (from, to) in [
        ("input/themes/coalition.toml", "theme-ZQTHEMEZQ/theme.toml"),
        (
            "input/themes/coalition-logo.svg",
            "theme-ZQTHEMEZQ/coalition-logo.svg",
        ),
        ("input/wording/es.toml", "ZQWORDINGZQ.toml"),
        ("input/profiles/nm.toml", "ZQPROFILESZQ/nm.toml"),
    ] {
        workplace.write(to, read(from));
    }
    workplace.write("ZQMAPPINGZQ.toml", "empty = [\"ZQEMPTYZQ\"]\n");
    workplace.write(
        "ZQSETTINGSZQ.toml",
        format!("data = [\"{DATA}\", \"{MORE_DATA}\"]\nmapping = \"ZQMAPPINGZQ.toml\"\nprofiles = \"ZQPROFILESZQ\"\n"),
    );
    workplace
}

const MORE_DATA: &str = "folder-ZQPATHZQ/ZQPACKZQ.csv.gz";

/// Looks for marks, and for the name of the folder, in everything that a file contains, packed or not.
fn assert_file_unmarked(workplace: &Workplace, path: &Path) {
    let what = path.file_name().unwrap().to_string_lossy().into_owned();
    assert_unmarked(&what, what.as_bytes());
    let mut parts = vec![std::fs::read(path).unwrap()];
    if path.extension().is_some_and(|end| end == "pdf") {
        parts.extend(pdf_file::everything_readable(path));
        parts.push(poppler::text(path).into_bytes());
        for (name, value) in poppler::info(path) {
            // The one path that it prints is its own argument's.
            parts.push(format!("{name} {value}").into_bytes());
        }
    }
    let place = workplace.folder().display().to_string();
    for part in parts {
        assert_unmarked(&what, &part);
        let names_folder = memchr::memmem::find(&part, place.as_bytes()).is_some();
        assert!(!names_folder, "{what} names the folder");
    }
}

#[test]
fn published_files_contain_no_cell_or_path_from_the_input() {
    let workplace = marked_workplace();
    let mut looked_at = 0;
    for (number, form) in [
        "",
        "--trend --data-page --statistics",
        "--unit victims --statistics",
        "--min-cell 0 --statistics --data-page",
        "--internal --statistics --data-page",
        "--print bw",
        "--print bleed",
        "--print bw,bleed --data-page",
        "--standard ua2 --data-page",
        "--large-print --data-page",
        "--layout one-page",
        "--n-up 2",
        "--paper a4",
        "--paper legal",
        "--attach grants-gov",
        "--wording ZQWORDINGZQ.toml --data-page",
        "--theme theme-ZQTHEMEZQ/theme.toml",
    ]
    .iter()
    .enumerate()
    {
        let folder = format!("published-{number}");
        workplace.build(&format!(
            "build --settings ZQSETTINGSZQ.toml {form} --output {folder}"
        ));
        let files = workplace.files_in(&folder);
        let expected = if form.contains("--statistics") { 4 } else { 2 };
        assert_eq!(files.len(), expected, "{form}: {files:?}");
        for file in files {
            let path = workplace.path(&folder).join(&file);
            if file == "internal/rejects.csv" {
                let rejects = std::fs::read_to_string(path).unwrap();
                assert!(
                    rejects.contains("ZQREJECTZQ"),
                    "rejected rows are written whole"
                );
            } else {
                assert_file_unmarked(&workplace, &path);
                looked_at += 1;
            }
        }
    }
    assert_eq!(looked_at, 17 + 4 * 2);
}

#[test]
fn released_output_contains_no_cell_or_path_from_the_input() {
    let workplace = marked_workplace();
    let place = workplace.folder().display().to_string();
    let mut commands = vec![
        "compare --year 2015 --year 2016 --format json".to_owned(),
        "compare --year 2015 --year 2016 --format table".to_owned(),
    ];
    for format in ["json", "csv", "table"] {
        for choice in ["", "--trend", "--all", "--internal", "--unit victims"] {
            commands.push(format!("stats --format {format} {choice}"));
        }
    }
    for command in commands {
        let out = workplace.succeed(&format!("{command} --settings ZQSETTINGSZQ.toml"));
        assert!(!out.is_empty());
        assert_unmarked(&command, out.as_bytes());
        assert!(!out.contains(&place), "{command}: {out}");
    }
}

#[test]
fn a_batch_and_its_index_contain_no_cell_or_path_from_the_input() {
    let workplace = marked_workplace();
    // A profile that can't be read is reported on the screen, with its path.
    workplace.write("ZQPROFILESZQ/tx.toml", "ZQFREEZQ");
    let ran =
        workplace.run("build --all --empty --statistics --settings ZQSETTINGSZQ.toml --output all");
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.out.contains("ZQPROFILESZQ"), "{}", ran.out);
    let index = workplace.read("all/index.csv");
    assert_eq!(index.lines().count(), 57);
    assert!(index.contains("TX,Texas,,,,,,failed"), "{index}");
    assert_file_unmarked(&workplace, &workplace.path("all/index.csv"));
    let files = workplace.files_in("all");
    assert_eq!(files.len(), 55 * 3 + 2);
    for file in files.iter().filter(|file| *file != "internal/rejects.csv") {
        let path = workplace.path("all").join(file);
        // All sheets are made in the same way; a few are checked as a reader sees them.
        if file.starts_with("NM") || file.starts_with("AZ") || !file.ends_with(".pdf") {
            assert_file_unmarked(&workplace, &path);
        } else {
            for part in pdf_file::everything_readable(&path) {
                assert_unmarked(file, &part);
            }
        }
    }
}

#[test]
fn marks_are_found() {
    for text in ["a ZQNOTES12ZQ", "zqcase0zq", "1ZQZQAGEZQ"] {
        assert!(mark(text.as_bytes()).is_some(), "{text}");
    }
    for text in ["ZQ", "ZQZQ", "ZQ1ZQ", "ZQ NOTES ZQ", "ZQSOMETHING"] {
        assert!(mark(text.as_bytes()).is_none(), "{text}");
    }
}

/// Among 30 cases, 3 have a male, 2 a minor, 4 a foreign national; a venue has 3; 2 calls are referrals.
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
    // The total of calls is what its parts leave open.
    assert!(text.contains("29–32 substantive signals"), "{text}");
    assert!(text.contains("Tip Report 28"), "{text}");
    for place in [&text, &alternatives] {
        assert!(!place.contains("30 substantive"), "{place}");
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
    assert_eq!(found["calls"]["types"]["tip_report"], 28);
    assert_eq!(
        found["calls"]["total"],
        serde_json::json!({"from": 29, "to": 32})
    );
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
fn cases_without_a_place_are_not_revealed_by_those_with_one() {
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
    // 29 on the map and one that isn't: from 30 to 33, as it would be with two, three or four.
    let range = serde_json::json!({"from": 30, "to": 33});
    assert_eq!(found["cases"]["located_year"], 29);
    assert_eq!(found["cases"]["year"], range);
    assert_eq!(found["cases"]["period"], range);
    for place in [text, alternatives] {
        assert!(!place.contains("of the 30 cases"), "{place}");
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
fn unprotected_output_is_marked_in_every_form() {
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

/// What isn't for release is separate, says so, and nobody else can read it; a run that fails keeps it.
#[test]
#[cfg(unix)]
fn internal_files_are_private_marked_and_untouched_by_a_failed_run() {
    use std::os::unix::fs::PermissionsExt;
    let workplace = Workplace::with_input();
    workplace.write("hotline-profile.toml", "output = \"out\"\n");
    workplace.succeed("");
    let mode = |path: &str| {
        let about = std::fs::metadata(workplace.path(path)).unwrap();
        about.permissions().mode() & 0o777
    };
    assert_eq!(
        (mode("out/internal"), mode("out/internal/rejects.csv")),
        (0o700, 0o600)
    );
    let rejects = workplace.read("out/internal/rejects.csv");
    assert!(
        rejects.starts_with("INTERNAL – NOT FOR RELEASE\n"),
        "{rejects}"
    );
    workplace.replace("input/profiles/nm.toml", "[[laws]]", "[[lawz]]");
    let data = workplace.read("input/signals.csv");
    workplace.write("input/signals.csv", data.replacen("2016-", "soon-", 40));
    assert_eq!(workplace.run("").code, 1);
    assert_eq!(workplace.read("out/internal/rejects.csv"), rejects);
    assert_eq!(workplace.files_in("out/internal"), ["rejects.csv"]);
}

/// What a run prints on the screen may be copied into an email: for ids and places, it only has line and column; for
/// dates and unknown values, the first forty letters; for columns that aren't read, nothing.
#[test]
fn messages_quote_no_ids_no_places_and_no_long_cells() {
    let workplace = Workplace::empty();
    let story = "Jane from the corner house told her aunt about it in March";
    workplace.write(
        "data.csv",
        format!(
            "signal_id,case_id,received,call_type,state,city,latitude,longitude,gender,notes\n\
             1.2345E+15,C1,2016-03-01,Tip Report,WY,,,,Female,ZQNOTESZQ\n\
             S2,C2,2016-03-01,Tip Report,WY,,943.12345,-107.54321,Female,ZQNOTESZQ\n\
             S3,C3,{story},Tip Report,WY,,,,Female,ZQNOTESZQ\n\
             S4,C4,2016-03-01,Tip Report,WY,ZQHAMLETZQ,41.98765;41.12,-104.65432,{story},ZQNOTESZQ\n\
             S5,1.2345E+16,2016-03-01,Tip Report,WY,ZQHAMLETZQ,,,{story},ZQNOTESZQ\n\
             S6,C6,2016-03-01,Tip Report,WY,,30.12345,-90.54321,Female,ZQNOTESZQ\n"
        ),
    );
    for (command, code) in [
        ("build", 0),
        ("stats", 0),
        ("build --strict", 1),
        ("explain gender.female", 0),
    ] {
        let ran = workplace.run(&format!("{command} --data data.csv --state WY --year 2016"));
        assert_eq!(ran.code, code, "{}", ran.err);
        let cells = [
            "1.2345E",
            "12345",
            "54321",
            "98765",
            "65432",
            "ZQHAMLETZQ",
            "ZQNOTESZQ",
            "her aunt",
        ];
        let told: Vec<_> = cells
            .iter()
            .filter(|cell| ran.err.contains(**cell))
            .collect();
        assert!(told.is_empty(), "{command} tells {told:?}:\n{}", ran.err);
    }
    // The first rejected row is reported with its position; a date that can't be read, with its beginning.
    let lone = workplace.read("data.csv");
    let rows: Vec<&str> = lone.lines().collect();
    workplace.write(
        "date.csv",
        format!("{}\n{}\n{}\n", rows[0], rows[3], rows[6]),
    );
    let ran = workplace.run("build --data date.csv --state WY --year 2016");
    let start: String = story.chars().take(40).collect();
    assert!(
        ran.err
            .contains(&format!("date.csv:2:3: received “{start}…”: not a date")),
        "{}",
        ran.err
    );
}

/// Only the user can read what is made with `--internal`, and it says so, including the index and the numbers next to
/// a sheet.
#[test]
#[cfg(unix)]
fn files_of_an_internal_batch_are_private_and_marked() {
    use std::os::unix::fs::PermissionsExt;
    let workplace = Workplace::empty();
    workplace.write("few.csv", few());
    workplace.succeed("build --all --data few.csv --internal --statistics --format pdf,html,svg");
    let files = workplace.files_in("output");
    assert!(files.len() >= 6, "{files:?}");
    for file in files {
        let path = workplace.path("output").join(&file);
        let mode = std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{file}");
        if !file.ends_with(".pdf") {
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(text.contains("INTERNAL – NOT FOR RELEASE"), "{file}");
        }
    }
}
