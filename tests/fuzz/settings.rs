//! Files that people edit: mapping, vocabulary, settings and theme. Each is used or refused.

use std::fs;

use hotline_profile::cli::{Command, Stop, parse};
use hotline_profile::read::{Input, JoinedCases, Limits, Mapping, roles};
use hotline_profile::tally::Unit;
use hotline_profile::theme::Theme;
use hotline_profile::vocabulary::Vocabulary;
use proptest::prelude::*;
use proptest::sample::select;

use crate::mutation::{mutated, mutations};
use crate::reading::{Counting, assert_told, repository, text_of};

const SETTINGS: &str = r##"# Every option.
data = ["a.csv", "b.csv"]
mapping = "mapping.toml"
vocabulary = "vocabulary.toml"
strict = true
rejects = "rejects.csv"
state = "NM"
year = 2016
from = "2012-12"
to = "2016-12"
unit = "cases"
min-cell = 5
internal = false
profiles = "profiles"
wording = "en"
trend = true
theme = "theme.toml"
paper = "letter"
large-print = false
print = ["bw", "bleed"]
layout = "full"
n-up = 1
attach = "grants-gov"
data-page = true
statistics = true
output = "output"

[limits]
longest-row = 1000
most-columns = 100
most-inflation = 20
largest-workbook = 100000
"##;

/// The first lines of an example's file; enough to see that it is read.
fn start_of(path: &str) -> Vec<u8> {
    let bytes = fs::read(repository(path)).unwrap();
    let lines: Vec<&[u8]> = bytes
        .split_inclusive(|byte| *byte == b'\n')
        .take(24)
        .collect();
    lines.concat()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn a_changed_mapping_is_used_or_rejected(
        (toml, data) in select(vec![
            ("report/mapping.toml", "report/report-windows-1252.csv"),
            ("report/mapping.toml", "report/report-utf-8.csv"),
            ("ctdc/mapping.toml", "ctdc/records.csv"),
            ("split/mapping.toml", "split/signals.csv"),
        ]),
        mutations in mutations(),
        victims in any::<bool>(),
    ) {
        let vocabulary = Vocabulary::embedded();
        let text = mutated(&text_of(&format!("input/examples/{toml}")), &mutations);
        match Mapping::from_toml("mapping.toml", &text, &vocabulary) {
            Err(failure) => assert_told(&failure, "mapping.toml"),
            Ok(mapping) => {
                let unit = if victims { Unit::Victims } else { Unit::Cases };
                let data = start_of(&format!("input/examples/{data}"));
                let mut counting = Counting::new(&vocabulary, unit);
                let read = counting.read("data.csv", &*data, &mapping, None, Limits::default());
                if let Err(failure) = read {
                    assert_told(&failure, "data.csv");
                }
                counting.finish();
            }
        }
    }

    #[test]
    fn a_changed_vocabulary_is_used_or_rejected(mutations in mutations()) {
        let text = mutated(&text_of("input/vocabulary.toml"), &mutations);
        match Vocabulary::from_toml("vocabulary.toml", &text) {
            Err(failure) => assert_told(&failure, "vocabulary.toml"),
            Ok(vocabulary) => {
                let data = start_of("input/signals.csv");
                let mut counting = Counting::new(&vocabulary, Unit::Cases);
                counting
                    .read("x.csv", &*data, Mapping::canonical(), None, Limits::default())
                    .unwrap();
                counting.finish();
            }
        }
    }

    #[test]
    fn changed_settings_are_used_or_rejected(mutations in mutations()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.toml");
        fs::write(&path, mutated(SETTINGS, &mutations)).unwrap();
        let words = ["hotline-profile", "build", "--settings"].map(Into::into);
        match parse(words.into_iter().chain([path.clone().into_os_string()])) {
            Err(Stop::Clap(error)) => panic!("no place is named: {error}"),
            Err(Stop::Failure(failure)) => assert_told(&failure, &path.display().to_string()),
            Ok(Command::Build(build)) => {
                assert!(build.selection.time.timeframe().check().is_ok());
                assert!(!build.selection.area.areas().is_empty());
            }
            Ok(other) => panic!("{other:?}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_changed_theme_and_logo_are_used_or_rejected(theme in mutations(), logo in mutations()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("theme.toml");
        fs::write(&path, mutated(&text_of("input/themes/coalition.toml"), &theme)).unwrap();
        let svg = mutated(&text_of("input/themes/coalition-logo.svg"), &logo);
        fs::write(folder.path().join("coalition-logo.svg"), svg).unwrap();
        if let Err(failure) = Theme::read(&path) {
            assert_told(&failure, &path.display().to_string());
        }
    }

    /// All files of the split export, each changed.
    #[test]
    fn changed_files_that_belong_together_are_joined_or_rejected(
        mapping in mutations(),
        changed in prop::collection::vec(mutations(), 4),
    ) {
        let vocabulary = Vocabulary::embedded();
        let toml = mutated(&text_of("input/examples/split/mapping.toml"), &mapping);
        let Ok(mapping) = Mapping::from_toml("mapping.toml", &toml, &vocabulary) else { return Ok(()) };
        let mut files = Vec::new();
        for (name, mutations) in ["signals.csv", "cases.csv", "victims.csv", "locations.csv"].iter().zip(&changed) {
            let start = String::from_utf8(start_of(&format!("input/examples/split/{name}"))).unwrap();
            files.push(Input::of_bytes(format!("split/{name}"), mutated(&start, mutations).into_bytes()));
        }
        let roles = match roles(&files, &mapping) {
            Ok(roles) => roles,
            // Either the files or the mapping are at fault.
            Err(failure) => {
                assert!(!failure.message.is_empty());
                return Ok(());
            }
        };
        let mut joined = JoinedCases::new();
        for (join, input) in &roles.joined {
            let mut on_reject = |name: &str, reject: &hotline_profile::read::Reject<'_>| {
                assert_told(&reject.failure(name), "split/");
                Ok(())
            };
            if let Err(failure) = joined.read(input, *join, (&mapping, &vocabulary), Limits::default(), &mut on_reject) {
                assert_told(&failure, "split/");
                return Ok(());
            }
        }
        let mut counting = Counting::new(&vocabulary, Unit::Victims);
        for input in &roles.signals {
            let read = counting.read("signals.csv", input.open().unwrap(), &mapping, Some(&joined), Limits::default());
            if let Err(failure) = read {
                assert_told(&failure, "signals.csv");
            }
        }
        counting.finish();
        joined.unnamed();
    }
}
