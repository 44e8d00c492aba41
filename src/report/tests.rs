//! The three forms of the statistics for one small file.

use super::*;
use crate::jurisdiction::Jurisdiction;
use crate::period::Period;
use crate::protect::{Count, Protection, Published, PublishedYear, publish};
use crate::read::{RejectsWriter, SignalReader};
use crate::tally::{Scope, Tally, Unit};
use crate::vocabulary::Vocabulary;

/// Six cases, and one more signal that is rejected; two files.
fn published(internal: bool) -> Published {
    let mut text =
        String::from("signal_id,case_id,received,call_type,state,zip,gender,sex_venue\n");
    for number in 0..6 {
        text += &format!("{number},C{number},2016-03-01,Tip,NM,87501,Female,Street\n");
    }
    let more = "signal_id,received,state,call_type,case_id,gender\n\
                7,2016-03-01,NM,Referral,C1,Male\n8,2016-03-01,NM,Hang-Up,,\n9,x,NM,,,\n";
    let vocabulary = Vocabulary::embedded();
    let period = Period {
        from: "2012-12".parse().unwrap(),
        to: "2016-12".parse().unwrap(),
        year: 2016,
        starts: Default::default(),
    };
    let mut tally = Tally::new(&vocabulary, Unit::Cases);
    let mut rejects = RejectsWriter::new(|| Ok(Vec::new()));
    for (name, text) in [("a.csv", text.as_str()), ("b.csv", more)] {
        let mut reader = SignalReader::open(name, text.as_bytes(), &vocabulary).unwrap();
        tally.read(&mut reader, &mut rejects).unwrap();
    }
    let nm = Jurisdiction::from_code("NM").unwrap();
    let protection = match internal {
        true => Protection::INTERNAL,
        false => Protection::of(5).unwrap(),
    };
    publish(&tally.statistics(&[Scope::of(nm, period)])[0], protection)
}

#[test]
fn json_has_the_schema_of_the_specification() {
    let expected = r#"{"schema":"hotline-profile/statistics/2","state":"NM","period":{"from":"2012-12","to":"2016-12"},"year":2016,"unit":"cases","min_cell":5,"cases":{"period":6,"year":6,"located_year":6},"groups":{"gender":{"heading":"Gender","counts":"cases","over":"period","categories":{"female":6,"male":"<5","gender_minority":0}},"calls":{"heading":"Types of Calls","counts":"signals","over":"year","categories":{"crisis_assistance":0,"tip_report":6,"referral":"<5","training_technical_assistance":0,"general_information":0,"other":0},"total":{"from":7,"to":10}}},"demographics":{"gender":{"female":6,"male":"<5","gender_minority":0}},"venues":{"sex":[{"venue":"Street-Based","cases":6}],"labor":[]},"calls":{"types":{"crisis_assistance":0,"tip_report":6,"referral":"<5","training_technical_assistance":0,"general_information":0,"other":0},"total":{"from":7,"to":10}},"map":{"points":1,"unlocated_cases":0}}"#;
    assert_eq!(json(&published(false)).to_string(), expected);
}

#[test]
fn unprotected_files_are_marked() {
    let internal = published(true);
    let json = json(&internal).to_string();
    assert!(json.starts_with("{\"internal\":\"INTERNAL – NOT FOR RELEASE\",\"schema\""));
    assert!(json.contains("\"male\":1"));
    let both = csv(&[internal.clone(), published(false)]);
    let mut lines = both.lines();
    assert!(
        lines
            .next()
            .is_some_and(|line| line.ends_with(",count,marking"))
    );
    assert!(
        lines
            .next()
            .is_some_and(|line| line.ends_with(",6,INTERNAL – NOT FOR RELEASE"))
    );
    assert!(
        lines
            .last()
            .is_some_and(|line| line.ends_with(",data,through,2016-03,"))
    );
    assert!(both.contains("calls,non_substantive,1,INTERNAL"));
    assert!(table(&[internal]).starts_with("INTERNAL – NOT FOR RELEASE\nNew Mexico (NM)"));
}

#[test]
fn csv_has_a_line_per_number() {
    let text = csv(&[published(false)]);
    let mut lines = text.lines();
    assert_eq!(
        lines.next(),
        Some("state,period_from,period_to,year,figure,category,count")
    );
    assert!(lines.all(|line| line.starts_with("NM,2012-12,2016-12,2016,")));
    for line in [
        "cases,period,6",
        "gender,female,6",
        "gender,male,<5",
        "venues.sex,street_based,6",
        "calls,tip_report,6",
        "calls,referral,<5",
        "calls,total,7-10",
        "map,points,1",
        "data,through,2016-03",
    ] {
        assert!(
            text.contains(&format!(",{line}\n")),
            "{line} is not in\n{text}"
        );
    }
    for never in ["marking", "ledger", "non_substantive"] {
        assert!(!text.contains(never), "{never} is in\n{text}");
    }
}

#[test]
fn the_table_is_aligned_and_has_the_ledger_of_each_file_for_the_operator_alone() {
    let text = table(&[published(false)]);
    assert!(
        !text.contains("ledger") && !text.contains("file 1"),
        "{text}"
    );
    assert!(text.starts_with("New Mexico (NM), 2012-12 to 2016-12, year 2016\n"));
    assert!(
        text.contains("\n  gender      female                                 6\n"),
        "{text}"
    );
    assert!(
        text.contains("\n              male                                  <5\n"),
        "{text}"
    );
    let text = table(&[published(true)]);
    assert!(
        text.contains("\n  6 = 6 + 0 + 0 + 0 + 0  file 1\n"),
        "{text}"
    );
    assert!(
        text.contains("\n  3 = 2 + 0 + 0 + 0 + 1  file 2\n"),
        "{text}"
    );
}

#[test]
fn the_trend_of_data_without_cases_leaves_cases_out() {
    let mut published = published(false);
    published.trend = Some(vec![PublishedYear {
        year: 2016,
        cases: Count::Shown(0),
        signals: Some(Count::Shown(7)),
    }]);
    let trend = |published: &Published| json(published)["trend"].to_string();
    assert_eq!(
        trend(&published),
        r#"[{"year":2016,"cases":0,"signals":7}]"#
    );
    published.knows_cases = false;
    assert_eq!(trend(&published), r#"[{"year":2016,"signals":7}]"#);
    // The rest keeps the order of the schema.
    let whole = json(&published);
    let keys: Vec<&str> = whole
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let last = ["year", "unit", "min_cell", "groups", "calls", "trend"];
    assert!(keys.ends_with(&last), "{keys:?}");
}
