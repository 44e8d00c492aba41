//! `build --all`: every sheet, the table, the index, and what happens to them when something goes wrong.

mod support;

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use support::{Workplace, pdf_file, poppler};

const SIGNALS: &str = "sample --signals 30000 --seed 9 --output nation.csv";

/// Names of the sheets in a folder.
fn sheets(workplace: &Workplace, folder: &str) -> Vec<String> {
    let mut files = workplace.files_in(folder);
    files.retain(|file| file.ends_with(".pdf"));
    files
}

/// The index, by column name.
fn index(workplace: &Workplace) -> Vec<std::collections::HashMap<String, String>> {
    let mut reader = csv::Reader::from_path(workplace.path("output/index.csv")).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn the_table_and_the_index_are_of_every_sheet() {
    let workplace = Workplace::empty();
    workplace.succeed(SIGNALS);
    let ran = workplace.run("build --all --data nation.csv");
    assert_eq!(ran.code, 0, "{}", ran.err);
    // Not on a terminal: no progress, nor anything that moves the cursor.
    assert!(!ran.err.contains(['\r', '\u{1b}']), "{:?}", ran.err);
    assert!(!ran.err.contains("of 56 sheets"), "{:?}", ran.err);
    let statistics = workplace.statistics("--all --data nation.csv");
    let statistics = statistics.as_array().unwrap();
    let mut lines = ran.out.lines();
    assert!(lines.next().unwrap().starts_with("state"));
    let index = index(&workplace);
    assert_eq!((index.len(), statistics.len()), (56, 56));
    for ((line, row), statistics) in lines.zip(&index).zip(statistics) {
        let state = &row["state"];
        assert_eq!(statistics["state"], **state);
        // A year in which the state has data.
        let year = &statistics["year"];
        let file = format!("{state}-Human-Trafficking-Profile-{year}.pdf");
        assert_eq!(row["file"], file);
        let sheet = workplace.path("output").join(&file);
        assert_eq!(
            row["bytes"],
            std::fs::metadata(&sheet).unwrap().len().to_string()
        );
        assert_eq!(
            row["pages"],
            pdf_file::load(&sheet).get_pages().len().to_string()
        );
        let plain = |figure: &str| {
            let count = &statistics["cases"][figure];
            match (count.as_str(), count.as_object()) {
                (Some(text), _) => text.to_owned(),
                (_, Some(range)) => format!("{}-{}", range["from"], range["to"]),
                _ => count.to_string(),
            }
        };
        assert_eq!(
            (&row["cases"], &row["cases_in_year"]),
            (&plain("period"), &plain("year"))
        );
        let cells: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(
            cells[..4],
            [state, &plain("period"), &plain("year"), &row["pages"]],
            "{line}"
        );
        assert_eq!(cells[5].trim_end_matches(';'), format!("output/{file}"));
    }
    assert_eq!(ran.out.lines().count(), 57);
    assert_eq!(sheets(&workplace, "output").len(), 56);
}

#[test]
fn a_sheet_in_a_batch_equals_the_sheet_built_alone() {
    let workplace = Workplace::empty();
    workplace.succeed(SIGNALS);
    workplace.succeed("build --all --data nation.csv --output all");
    for state in ["AS", "DC", "TX"] {
        let alone = workplace.build(&format!("build --state {state} --data nation.csv"));
        let of_batch = workplace.path("all").join(alone.file_name().unwrap());
        assert!(
            std::fs::read(&alone).unwrap() == std::fs::read(of_batch).unwrap(),
            "{state}"
        );
    }
}

#[test]
fn a_state_that_fails_does_not_stop_the_others() {
    let workplace = Workplace::with_input();
    workplace.succeed(SIGNALS);
    workplace.replace("input/profiles/nm.toml", "[[laws]]", "[[lawz]]");
    workplace.write(
        "input/profiles/tx.toml",
        "state = \"TX\"\n[[laws]]\ntitle = 5\ncitation = \"§ 1\"\n",
    );
    let ran = workplace.run("build --all --data nation.csv");
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("2 of 56 sheets couldn't be made"),
        "{}",
        ran.err
    );
    let failed: Vec<&str> = ran
        .out
        .lines()
        .filter(|line| line.contains("failed:"))
        .collect();
    assert_eq!(failed.len(), 2, "{}", ran.out);
    assert!(
        failed[0].starts_with("NM") && failed[0].contains("nm.toml:"),
        "{}",
        failed[0]
    );
    assert!(
        failed[1].starts_with("TX") && failed[1].contains("tx.toml:3:"),
        "{}",
        failed[1]
    );
    let made = sheets(&workplace, "output");
    assert_eq!(made.len(), 54);
    assert!(
        !made
            .iter()
            .any(|file| file.starts_with("NM") || file.starts_with("TX"))
    );
    let index = index(&workplace);
    assert_eq!(index.len(), 56);
    for row in &index {
        let has_failed = ["NM", "TX"].contains(&row["state"].as_str());
        // Standard output says why: the index is published, and messages name files.
        assert_eq!(row["warnings"] == "failed", has_failed, "{row:?}");
        assert_eq!(row["file"].is_empty(), has_failed, "{row:?}");
    }
}

/// Killed when some sheets exist and others don't, as in a power failure: each existing one is complete, and a
/// partial file has a name that nobody would take for a sheet.
#[test]
fn a_batch_that_is_killed_leaves_only_whole_files() {
    let workplace = Workplace::empty();
    workplace.succeed(SIGNALS);
    let mut was_amid = false;
    // A run may be over before it is killed; then try again.
    for attempt in 0..20 {
        let folder = format!("output-{attempt}");
        let mut program = Command::new(env!("CARGO_BIN_EXE_hotline-profile"))
            .current_dir(workplace.folder())
            .args([
                "build",
                "--all",
                "--data",
                "nation.csv",
                "--output",
                &folder,
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while sheets(&workplace, &folder).is_empty() && program.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        program.kill().unwrap();
        program.wait().unwrap();
        let made = sheets(&workplace, &folder);
        for sheet in &made {
            let path = workplace.path(&folder).join(sheet);
            assert_eq!(pdf_file::load(&path).get_pages().len(), 2, "{sheet}");
            poppler::check_syntax(&path);
        }
        let others: BTreeSet<String> = workplace
            .files_in(&folder)
            .into_iter()
            .filter(|file| !made.contains(file) && !file.contains(".hotline-profile-"))
            .collect();
        let known = ["index.csv", "internal/rejects.csv"].map(str::to_owned);
        assert!(others.is_subset(&known.into()), "{others:?}");
        was_amid |= (1..56).contains(&made.len());
        if was_amid {
            // The next run makes all of them, whatever was left behind.
            workplace.succeed(&format!("build --all --data nation.csv --output {folder}"));
            assert_eq!(sheets(&workplace, &folder).len(), 56);
            break;
        }
    }
    assert!(was_amid, "no run could be killed amid its work");
}

/// Stopped in the middle of a file: here by a limit on the size of files, which some sheets exceed.
#[test]
#[cfg(unix)]
fn a_sheet_that_was_not_completely_written_does_not_exist() {
    let workplace = Workplace::empty();
    workplace.succeed(SIGNALS);
    // In blocks of 512 bytes.
    let status = Command::new("sh")
        .current_dir(workplace.folder())
        .args([
            "-c",
            "ulimit -f 200; exec \"$0\" build --all --data nation.csv",
        ])
        .arg(env!("CARGO_BIN_EXE_hotline-profile"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(!status.success());
    let made = sheets(&workplace, "output");
    assert!(made.len() < 56, "the limit stopped nothing");
    for sheet in made {
        poppler::check_syntax(&workplace.path("output").join(sheet));
    }
}

#[test]
fn states_without_data_get_a_sheet_only_on_request() {
    let workplace = Workplace::empty();
    workplace.succeed("sample --state OH --signals 300 --seed 3 --faults 0 --output ohio.csv");
    let ran = workplace.run("build --all --data ohio.csv --output some");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let made = sheets(&workplace, "some");
    assert!(
        made.iter().any(|file| file.starts_with("OH")) && made.len() < 20,
        "{made:?}"
    );
    assert!(
        ran.err.contains("without data") && ran.err.contains("--empty"),
        "{}",
        ran.err
    );
    workplace.succeed("build --all --empty --data ohio.csv --output all");
    assert_eq!(sheets(&workplace, "all").len(), 56);
}
