//! The habits of a good command line: what is printed, what is written and where, and what can be exported and
//! edited.

mod support;

use std::collections::BTreeSet;
use std::fs;

use support::Workplace;

const SHEET: &str = "output/NM-Human-Trafficking-Profile-2016";

#[test]
fn success_says_what_was_made_and_the_headline_numbers() {
    let workplace = Workplace::with_input();
    let ran = workplace.run("build");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.out, format!("{SHEET}.pdf\n"));
    for part in [
        "New Mexico, 2016",
        "2 pages",
        "cases in 2016: 49",
        "signals in 2016: 181",
    ] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
}

#[test]
fn numbers_in_messages_are_protected_like_all_others() {
    let workplace = Workplace::empty();
    let header = support::header_of_signals();
    let count = header.split(',').count();
    let row = |id: &str| {
        let mut cells = vec![String::new(); count];
        for (name, value) in [
            ("signal_id", id),
            ("case_id", id),
            ("received", "2016-03-01"),
            ("state", "NM"),
        ] {
            let column = header.split(',').position(|it| it == name).unwrap();
            cells[column] = value.to_owned();
        }
        cells.join(",")
    };
    workplace.write("few.csv", format!("{header}\n{}\n{}\n", row("a"), row("b")));
    let ran = workplace.run("build --data few.csv --state NM --year 2016");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("cases in 2016: <5"), "{}", ran.err);
}

#[test]
fn the_sample_s_faults_are_one_calm_line_and_quiet_says_nothing_at_all() {
    let workplace = Workplace::with_input();
    let told = workplace.run("build").err;
    assert!(!told.contains("warning"), "{told}");
    // What was made, the ledger, and what the printed sheet has no room for.
    assert!(told.lines().count() <= 4, "{told}");
    assert!(told.contains("16 rows rejected, 24 repeated"), "{told}");
    let quiet = workplace.run("build --quiet");
    assert_eq!(quiet.err, "");
    assert_eq!(quiet.out, format!("{SHEET}.pdf\n"));
    // A warning is still printed.
    let internal = workplace.run("stats --quiet --internal");
    assert!(internal.err.contains("warning"), "{}", internal.err);
}

/// Data that aren't synthetic have no intentional faults.
#[test]
fn faults_in_other_data_are_reported_with_their_position() {
    let workplace = Workplace::with_input();
    let real = workplace.read("input/signals.csv");
    workplace.write("real.csv", real.replace("synthetic", "note"));
    let told = workplace.run("build --data real.csv").err;
    assert!(
        told.contains("16 of 1000 rows rejected; they are in"),
        "{told}"
    );
    assert!(
        told.contains("24 rows with a signal_id that an earlier row has"),
        "{told}"
    );
}

#[test]
fn a_dry_run_lists_the_files_and_writes_nothing() {
    let workplace = Workplace::with_input();
    let before = workplace.files_in(".");
    let out = workplace.succeed("build --dry-run --statistics --form standard,es");
    assert_eq!(workplace.files_in("."), before);
    let planned: BTreeSet<String> = out
        .lines()
        .filter_map(|line| line.strip_prefix("  output/"))
        .map(|line| line.split(' ').next().unwrap().to_owned())
        .collect();
    for source in [
        "input/signals.csv",
        "input/vocabulary.toml",
        "input/profiles/nm.toml",
    ] {
        assert!(out.contains(source), "{out}");
    }
    workplace.succeed("build --statistics --form standard,es");
    let made: BTreeSet<String> = workplace.files_in("output").into_iter().collect();
    assert_eq!(planned, made);
}

#[test]
fn a_dry_run_fails_where_the_run_would() {
    let workplace = Workplace::with_input();
    let ran = workplace.run("build --dry-run --state GU --year 1999");
    assert_eq!(ran.code, 1, "{}", ran.err);
}

#[test]
fn several_forms_in_one_run_equal_those_made_alone() {
    let workplace = Workplace::with_input();
    let out = workplace.succeed("build --form large-print,bw,es,es+one-page --output several");
    assert_eq!(out.lines().count(), 4, "{out}");
    for options in [
        "--large-print",
        "--print bw",
        "--wording es",
        "--wording spanish --layout one-page",
    ] {
        let alone = workplace.build(&format!("build {options} --output alone"));
        let name = alone.file_name().unwrap();
        let together = workplace.path("several").join(name);
        assert!(
            fs::read(together).unwrap() == fs::read(&alone).unwrap(),
            "{options}"
        );
    }
    let ran = workplace.run("build --form bw,bw");
    assert_eq!(ran.code, 2, "{}", ran.err);
    let ran = workplace.run("build --form large");
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("did you mean large-print?"), "{}", ran.err);
}

#[test]
fn a_wording_is_found_by_language_and_an_unknown_one_gets_a_list() {
    let workplace = Workplace::with_input();
    let path = workplace.build("build --wording Spanish");
    assert!(
        path.ends_with("NM-Human-Trafficking-Profile-2016-es.pdf"),
        "{path:?}"
    );
    let ran = workplace.run("build --wording french");
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("english or spanish"), "{}", ran.err);
    assert_eq!(workplace.run("build --wording fr.toml").code, 1);
}

#[test]
fn exported_files_make_the_same_sheet_and_are_never_overwritten() {
    let workplace = Workplace::empty();
    workplace.succeed(
        "sample --plan plan.toml --output signals.csv --seed 1"
            .replace("--plan plan.toml", "--state NM --signals 2000")
            .as_str(),
    );
    let build = |options: &str, folder: &str| {
        let path = workplace.build(&format!(
            "build --data signals.csv --output {folder} {options}"
        ));
        fs::read(path).unwrap()
    };
    let usual = build("", "usual");
    for (what, options) in [
        ("wording", "--wording en.toml"),
        ("vocabulary", "--vocabulary vocabulary.toml"),
        ("mapping", "--mapping mapping.toml"),
        ("profile NM", "--profiles ."),
    ] {
        workplace.succeed(&format!("export {what}"));
        assert!(build(options, "again") == usual, "{what}");
        let ran = workplace.run(&format!("export {what}"));
        assert_eq!(ran.code, 1, "{}", ran.err);
        assert!(ran.err.contains("already exists"), "{}", ran.err);
    }
    let path = workplace.succeed("export wording spanish --output words.toml");
    assert_eq!(path, "words.toml\n");
    assert!(workplace.read("words.toml").contains("language = \"es"));
    assert_eq!(
        workplace.succeed("export theme --output -"),
        support::text_of("input/themes/standard.toml")
    );
    assert_eq!(workplace.run("export wording klingon").code, 2);
    assert_eq!(workplace.run("export profile").code, 2);
}

#[test]
fn init_copies_the_built_in_laws() {
    let workplace = Workplace::empty();
    workplace.succeed("init texas");
    assert_eq!(
        workplace.read("input/profiles/tx.toml"),
        support::text_of("input/profiles/tx.toml")
    );
    workplace.succeed("init TX --blank --profiles blank");
    assert!(!workplace.read("blank/tx.toml").contains("\n[[laws]]"));
    assert_eq!(workplace.run("init TX").code, 1);
}

#[test]
fn profiles_lists_what_nobody_has_checked_for_a_year() {
    let workplace = Workplace::empty();
    workplace.write(
        "p/nm.toml",
        "state = \"NM\"\n\
         [[laws]]\ntitle = \"Old\"\ncitation = \"§ 1\"\nreviewed = 2024-01-31\nstatus = \"ended 2018\"\n\
         [[laws]]\ntitle = \"New\"\ncitation = \"§ 2\"\nreviewed = 2026-01-31\n\
         [[funding]]\ntitle = \"Unchecked\"\n",
    );
    let out = workplace.succeed("profiles --profiles p --as-of 2026-06-01");
    assert!(
        out.contains("2024-01-31  § 1: Old") && out.contains("ended 2018"),
        "{out}"
    );
    assert!(
        out.contains("never       Unchecked") && !out.contains("New\n"),
        "{out}"
    );
    assert!(out.contains("2 entries"), "{out}");
    let json = workplace.succeed("profiles --profiles p --as-of 2026-06-01 --format json");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["states"][0]["stale"].as_array().unwrap().len(), 2);
    assert_eq!(json["states"][0]["ended"][0]["status"], "ended 2018");
    // All 56 built-in profiles.
    assert!(
        Workplace::empty()
            .succeed("profiles --as-of 2030-01-01")
            .contains("Puerto Rico")
    );
}

#[test]
fn statistics_become_a_workbook_that_reads_back_to_the_same_numbers() {
    let workplace = Workplace::with_input();
    assert_eq!(workplace.run("stats --format xlsx").code, 2);
    // A name that shows no format would get a text under the name of something else.
    let unclear = workplace.run("stats --output numbers.pdf");
    assert_eq!(unclear.code, 2);
    assert!(unclear.err.contains("end it with .xlsx"), "{}", unclear.err);
    assert!(!workplace.path("numbers.pdf").exists());
    workplace.succeed("stats --format csv --output numbers.dat");
    workplace.succeed("stats --output numbers.txt");
    assert_eq!(
        workplace.succeed("stats --output numbers.xlsx"),
        "numbers.xlsx\n"
    );
    let bytes = fs::read(workplace.path("numbers.xlsx")).unwrap();
    workplace.succeed("stats --output numbers.xlsx");
    assert!(fs::read(workplace.path("numbers.xlsx")).unwrap() == bytes);
    for ending in ["xlsx", "csv"] {
        workplace.succeed(&format!("stats --internal --output exact.{ending}"));
        workplace.succeed(&format!(
            "stats --data exact.{ending} --output from-{ending}.csv"
        ));
    }
    let numbers = workplace.read("from-xlsx.csv");
    assert!(numbers.contains(",gender,female,104,"), "{numbers}");
    assert_eq!(numbers, workplace.read("from-csv.csv"));
}

#[test]
fn shells_and_manuals_know_every_command() {
    let workplace = Workplace::empty();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let out = workplace.succeed(&format!("completions {shell}"));
        assert!(out.contains("export") && out.contains("dry-run"), "{shell}");
    }
    assert!(workplace.succeed("man").contains(".TH hotline-profile 1"));
    workplace.succeed("man --output pages");
    let help = workplace.succeed("--help");
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands: Vec<&str> = commands
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .map(|line| line.split_whitespace().next().unwrap())
        .filter(|name| *name != "help")
        .collect();
    assert!(commands.len() >= 12, "{help}");
    for command in commands {
        let page = workplace.read(&format!("pages/hotline-profile-{command}.1"));
        assert!(page.contains("SYNOPSIS"), "{command}");
    }
}

/// A stand-in for the program that opens files records what it was given.
#[cfg(target_os = "linux")]
#[test]
fn open_shows_the_sheet_and_the_run_succeeds_even_if_it_fails() {
    use std::os::unix::fs::PermissionsExt;
    use std::time::{Duration, Instant};

    let workplace = Workplace::with_input();
    workplace.write("bin/xdg-open", "#!/bin/sh\necho \"$@\" > opened\n");
    let opener = workplace.path("bin/xdg-open");
    fs::set_permissions(opener, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", workplace.path("bin").display());
    let output = workplace
        .program()
        .args(["build", "--open"])
        .env("PATH", path)
        .output()
        .unwrap();
    assert!(output.status.success());
    let start = Instant::now();
    while !workplace.path("opened").is_file() && start.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(workplace.read("opened").contains(&format!("{SHEET}.pdf")));
    let output = workplace
        .program()
        .args(["build", "--open"])
        .env("PATH", "/nowhere")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && told.contains("can't be opened here"),
        "{told}"
    );
}
