//! Statistics from signals and from the tables that an engine made from them, side by side.

use std::path::{Path, PathBuf};
use std::process::Command;

use hotline_profile::area::Area;
use hotline_profile::jurisdiction::Jurisdiction;
use hotline_profile::make::{self, Counting, Input};
use hotline_profile::period::Timeframe;
use hotline_profile::read::{Limits, Mapping};
use hotline_profile::tally::{Ledger, MapCases, Statistics, Unit};
use hotline_profile::vocabulary::Vocabulary;

/// The request.
#[derive(Clone, Copy)]
pub struct Question {
    pub from: &'static str,
    pub to: &'static str,
    pub year: i32,
    pub unit: Unit,
    /// The minimum number of cases at a place; 0 for places as they are.
    pub min_cell: u64,
}

impl Question {
    /// The default period, in cases.
    pub const USUAL: Question = Question {
        from: "2012-12",
        to: "2016-12",
        year: 2016,
        unit: Unit::Cases,
        min_cell: 0,
    };

    /// As arguments for count.py.
    pub fn arguments(&self) -> Vec<String> {
        let unit = match self.unit {
            Unit::Cases => "cases",
            Unit::Victims => "victims",
        };
        let year = self.year.to_string();
        let all = [
            "--from", self.from, "--to", self.to, "--year", &year, "--unit", unit,
        ];
        let min_cell = self.min_cell.to_string();
        let all = all
            .into_iter()
            .chain(["--min-cell", &min_cell])
            .chain(PROGRAM);
        all.map(str::to_owned).collect()
    }
}

/// The Python that a variable names; `None` if the test may be skipped, which isn't allowed in CI. `script` installs
/// what is needed and says which Python it is.
pub fn python(variable: &str, script: &str) -> Option<PathBuf> {
    let named = std::env::var_os(variable).map(PathBuf::from);
    if named.is_none() {
        assert!(
            std::env::var_os("CI").is_none(),
            "CI must say {variable}: see {script}"
        );
        eprintln!("skipped: {variable} is not set");
    }
    named
}

/// The script that counts.
pub const COUNT: &str = "input/examples/statistics/count.py";

/// The path of the program, for the script to call.
pub const PROGRAM: [&str; 2] = ["--program", env!("CARGO_BIN_EXE_hotline-profile")];

/// Runs a command to the end, and shows its output if it fails.
pub fn run(command: &mut Command) {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = String::from_utf8_lossy(&output.stderr);
    let last: Vec<&str> = said.lines().rev().take(60).collect();
    let last: Vec<&str> = last.into_iter().rev().collect();
    assert!(output.status.success(), "{command:?}\n{}", last.join("\n"));
}

/// The statistics of all states in files.
pub fn statistics(files: &[&Path], question: Question) -> Vec<Statistics> {
    let vocabulary = Vocabulary::embedded();
    let counting = Counting {
        vocabulary: &vocabulary,
        mapping: Mapping::canonical(),
        limits: Limits::default(),
        areas: Jurisdiction::all().map(Area::State).collect(),
        time: Timeframe {
            from: Some(question.from.parse().unwrap()),
            to: Some(question.to.parse().unwrap()),
            year: Some(question.year),
            ..Timeframe::default()
        },
        unit: question.unit,
        strict: false,
    };
    let inputs = files.iter().map(|file| {
        let bytes =
            std::fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        Input::of_bytes(file.display().to_string(), bytes)
    });
    let inputs: Vec<Input> = inputs.collect();
    let counted = make::statistics(&inputs, &counting, std::io::sink());
    counted
        .unwrap_or_else(|failure| panic!("{failure}"))
        .statistics
}

/// The parts of a CSV that Spark wrote into a folder; other engines write a file.
pub fn parts(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let files = std::fs::read_dir(path)
        .unwrap()
        .map(|file| file.unwrap().path());
    let mut files: Vec<PathBuf> = files
        .filter(|file| file.extension().is_some_and(|ext| ext == "csv"))
        .collect();
    files.sort();
    files
}

/// Compares every number of every state: groups, all venues, calls, years, parts, ledger, places. Returns how many
/// states have data.
pub fn assert_same(signals: &[Statistics], tables: &[PathBuf], question: Question) -> usize {
    let tables: Vec<&Path> = tables.iter().map(PathBuf::as_path).collect();
    let found = statistics(&tables, question);
    let mut compared = 0;
    for expected in signals {
        let found = found.iter().find(|found| found.area == expected.area);
        let Some(found) = found else {
            assert_eq!(expected.ledger.total.used, 0, "{}", expected.area);
            assert_eq!(expected.ledger.total.outside_period, 0, "{}", expected.area);
            continue;
        };
        assert_alike(&comparable(found), &comparable(expected));
        compared += 1;
    }
    compared
}

/// Without what a table doesn't contain: the ledger of each file, and cases with coordinates elsewhere.
fn comparable(statistics: &Statistics) -> Statistics {
    Statistics {
        map: MapCases {
            outside_cases: 0,
            ..statistics.map.clone()
        },
        ledger: Ledger {
            files: Vec::new(),
            ..statistics.ledger.clone()
        },
        ..statistics.clone()
    }
}

/// Says where two statistics differ, not everything that they contain.
fn assert_alike(found: &Statistics, expected: &Statistics) {
    if found == expected {
        return;
    }
    let (one, other) = (format!("{found:#?}"), format!("{expected:#?}"));
    let lines = one.lines().zip(other.lines());
    let different: Vec<_> = lines.filter(|(one, other)| one != other).take(10).collect();
    panic!("{}: {different:#?}", expected.area);
}
