//! Extreme sheets keep every text complete and legible: long names, long lists, empty lists, no cases and a hundred
//! thousand, and numbers that are all hidden.

mod support;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use hotline_profile::jurisdiction::Jurisdiction;
use hotline_profile::profile::Profile;
use hotline_profile::vocabulary::Vocabulary;
use support::legibility::{Survey, survey};
use support::{Workplace, expected, header_of_signals, in_one_line, poppler};

/// Builds a sheet that is legible and says everything that it must.
fn assert_whole(workplace: &Workplace, options: &str, state: &str) -> Survey {
    let options = format!("{options} --state {state}");
    let survey = assert_readable(&workplace.build(&format!("build {options}")));
    let statistics = workplace.statistics(&options);
    assert_says_all(&survey, &statistics, &profile(workplace, state));
    survey
}

fn assert_readable(sheet: &Path) -> Survey {
    keep(sheet);
    let survey = survey(sheet);
    let faults: Vec<String> = survey.faults.iter().map(ToString::to_string).collect();
    assert!(
        faults.is_empty(),
        "{}:\n{}",
        sheet.display(),
        faults.join("\n")
    );
    survey
}

fn assert_says_all(survey: &Survey, statistics: &serde_json::Value, profile: &Profile) {
    let due = expected::texts(statistics, profile);
    assert_eq!(expected::missing(survey, &due), Vec::<String>::new());
    let state = Jurisdiction::from_code(statistics["state"].as_str().unwrap()).unwrap();
    assert_eq!(expected::odd_labels(survey, state), Vec::<String>::new());
}

static KEPT: AtomicUsize = AtomicUsize::new(1);

/// Copies a sheet to a folder where a person can look at it.
fn keep(sheet: &Path) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stress");
    std::fs::create_dir_all(&folder).unwrap();
    let test = std::thread::current().name().unwrap().to_owned();
    let state = &sheet.file_name().unwrap().to_string_lossy()[..2];
    let number = KEPT.fetch_add(1, Ordering::Relaxed);
    std::fs::copy(
        sheet,
        folder.join(format!("{test}-{state}-{number:02}.pdf")),
    )
    .unwrap();
}

/// The profile that the program uses: the one in the folder, if there is one.
fn profile(workplace: &Workplace, state: &str) -> Profile {
    let name = format!("input/profiles/{}.toml", state.to_lowercase());
    let state = Jurisdiction::from_code(state).unwrap();
    let text = if workplace.path("input/profiles").is_dir() {
        workplace.read(&name)
    } else {
        support::text_of(&name)
    };
    Profile::parse(&name, &text, state).unwrap()
}

fn pages(survey: &Survey) -> usize {
    survey.pages.len()
}

/// A workplace with another profile for New Mexico; `lists` follows its first line.
fn with_profile(lists: &str) -> Workplace {
    let workplace = Workplace::with_input();
    workplace.write("input/profiles/nm.toml", format!("state = \"NM\"\n{lists}"));
    workplace
}

fn laws(count: usize) -> String {
    (1..=count)
        .map(|number| {
            format!(
                "[[laws]]\ntitle = \"Human Trafficking of the Kind That Is Listed under Number {number}; Penalties\"\n\
                 citation = \"§ 30-52-{number}\"\nurl = \"https://example.org/{number}\"\n"
            )
        })
        .collect()
}

fn hotlines(count: usize) -> String {
    (1..=count)
        .map(|number| {
            format!(
                "[[hotlines]]\nname = \"The Coalition of Shelters in County {number}\"\nphone = \"505-555-010{number}\"\n\
                 text = \"Crisis help and a bed for the night at any hour, also in Spanish and Diné.\"\n"
            )
        })
        .collect()
}

#[test]
fn the_longest_names_of_states() {
    let mut names: Vec<Jurisdiction> = Jurisdiction::all().collect();
    names.sort_by_key(|state| std::cmp::Reverse(state.name().len()));
    for state in &names[..3] {
        let workplace = Workplace::empty();
        workplace.succeed(&format!(
            "sample --state {state} --signals 3000 --output s.csv"
        ));
        let survey = assert_whole(&workplace, "--data s.csv", state.code());
        assert_eq!(pages(&survey), 2, "{}", state.name());
    }
}

#[test]
fn twenty_laws_and_forty_get_another_page() {
    let twenty = assert_whole(&with_profile(&laws(20)), "", "NM");
    assert_eq!(pages(&twenty), 3);
    let workplace = with_profile(&(laws(40) + &hotlines(2)));
    let forty = assert_whole(&workplace, "", "NM");
    assert_eq!(pages(&forty), 3);
    // The table's head is above its rows on both pages, and is read aloud once.
    for page in &forty.pages[1..] {
        let text = page.text();
        let (head, row) = (text.find("Law Statute"), text.find("Listed under Number"));
        assert!(head.is_some() && head < row, "{text}");
    }
    let sheet = workplace.path("output/NM-Human-Trafficking-Profile-2016.pdf");
    assert_eq!(poppler::structure(&sheet).matches("\"Statute\"").count(), 1);
}

#[test]
fn no_laws_and_nothing_else_about_the_state() {
    assert_eq!(pages(&assert_whole(&with_profile(""), "", "NM")), 2);
}

#[test]
fn six_local_hotlines() {
    let workplace = with_profile(&(laws(4) + &hotlines(6)));
    // The mark for synthetic data takes one line on every page.
    let marked = assert_whole(&workplace, "", "NM");
    assert!(pages(&marked) <= 3);
    let real = workplace.read("input/signals.csv").replace(",yes\n", ",\n");
    workplace.write("real.csv", real);
    let survey = assert_whole(&workplace, "--data real.csv", "NM");
    assert!(!survey.text().contains("SYNTHETIC"), "{}", survey.text());
    assert_eq!(pages(&survey), 2);
}

#[test]
fn a_venue_name_that_wraps_in_both_columns() {
    let workplace = Workplace::with_input();
    for (name, long) in [
        (
            "Online Ad, Venue Unknown",
            "Online Advertisement, Classified or Personal, Whose Venue Nobody Could Make Out",
        ),
        (
            "Traveling Sales Crews",
            "Traveling Sales Crews for Magazines, Cleaning Products and Other Goods, Door to Door",
        ),
    ] {
        let (old, new) = (format!("name = \"{name}\""), format!("name = \"{long}\""));
        workplace.replace("input/vocabulary.toml", &old, &new);
        workplace.replace("input/signals.csv", name, &long.replace(',', " "));
    }
    let survey = assert_whole(&workplace, "", "NM");
    assert!(
        survey.text().contains("Door to Door 12"),
        "{}",
        survey.text()
    );
    assert_eq!(pages(&survey), 2);
}

/// One case for each venue: the sixth and all others are as frequent as the fifth, and the notes that say so are as
/// long as possible.
#[test]
fn all_venues_are_as_frequent_as_the_last_listed() {
    let workplace = Workplace::with_input();
    let header = header_of_signals();
    let vocabulary = Vocabulary::embedded();
    let sex = vocabulary.sex_venue.entries().iter();
    let labor = vocabulary.labor_venue.entries().iter();
    let venues: Vec<String> = sex
        .map(|venue| format!("Sex,\"{}\",", venue.name))
        .chain(labor.map(|venue| format!("Labor,,\"{}\"", venue.name)))
        .collect();
    assert!(venues.len() > 20);
    for (state, city) in [
        ("NM", "Santa Fe"),
        ("VT", "Burlington"),
        ("DC", "Washington"),
        ("MP", "Saipan"),
        ("CT", "Hartford"),
    ] {
        let mut rows = format!("{header}\n");
        for (number, venue) in venues.iter().enumerate() {
            rows += &format!(
                "S{number},C{number},2016-05-05,Phone Call,Crisis Assistance,{state},{state},,{city},,,,\
                 {venue},U.S. Citizen/Legal Permanent Resident,Female,Minor,\n"
            );
        }
        workplace.write("ties.csv", rows);
        let survey = assert_whole(&workplace, "--data ties.csv --min-cell 0", state);
        assert_eq!(pages(&survey), 2, "{state}");
    }
}

/// A single sheet without a signal is refused; among all sheets it is left out, or made on request.
#[test]
fn no_cases_at_all() {
    let workplace = Workplace::with_input();
    let header = header_of_signals();
    let row = format!(
        "S1,,2016-05-05,Phone Call,Tip Report,TX,TX{}",
        ",".repeat(12)
    );
    workplace.write("none.csv", format!("{header}\n{row}\n"));
    let ran = workplace.run("build --data none.csv --all");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let left_out = "no sheet for 55 states and territories without data";
    assert!(ran.err.contains(left_out), "{}", ran.err);
    let sheets = |workplace: &Workplace| {
        let files = workplace.files_in("output").into_iter();
        let sheets: Vec<String> = files.filter(|file| file.ends_with(".pdf")).collect();
        sheets
    };
    let of_texas = "TX-Human-Trafficking-Profile-2016.pdf";
    assert_eq!(sheets(&workplace), [of_texas]);
    workplace.succeed("build --data none.csv --all --empty");
    assert_eq!(sheets(&workplace).len(), 56);
    let mut looked_at = 0;
    let statistics = workplace.statistics("--data none.csv --all");
    for statistics in statistics.as_array().unwrap() {
        let state = statistics["state"].as_str().unwrap();
        if ["NM", "AS", "TN", "WA"].contains(&state) {
            let sheet = format!("output/{state}-Human-Trafficking-Profile-2016.pdf");
            let survey = assert_readable(&workplace.path(&sheet));
            assert_says_all(&survey, statistics, &profile(&workplace, state));
            assert_eq!(pages(&survey), 2, "{state}");
            looked_at += 1;
        }
    }
    assert_eq!(looked_at, 4);
}

#[test]
fn one_case() {
    let workplace = Workplace::with_input();
    let header = header_of_signals();
    let row = "S1,C1,2016-05-05,Phone Call,Crisis Assistance,NM,NM,,Santa Fe,,,,Sex,Truck Stop-Based,,\
               U.S. Citizen/Legal Permanent Resident,Female,Minor,";
    workplace.write("one.csv", format!("{header}\n{row}\n"));
    for protection in ["", "--min-cell 0"] {
        let options = format!("--data one.csv {protection}");
        let survey = assert_whole(&workplace, &options, "NM");
        assert_eq!(pages(&survey), 2);
        assert_eq!(survey.text().contains("Truck Stop"), !protection.is_empty());
    }
}

#[test]
fn everything_hidden_by_disclosure_control() {
    let workplace = Workplace::with_input();
    let survey = assert_whole(&workplace, "--min-cell 1000", "NM");
    assert_eq!(pages(&survey), 2);
    assert!(survey.text().contains("Female <1,000"));
}

#[test]
fn a_hundred_thousand_cases() {
    let workplace = Workplace::empty();
    workplace.succeed("sample --state CA --signals 600000 --output s.csv");
    let statistics = workplace.statistics("--data s.csv --state CA");
    assert!(statistics["cases"]["period"].as_u64().unwrap() >= 100_000);
    assert_eq!(pages(&assert_whole(&workplace, "--data s.csv", "CA")), 2);
}

/// Counts of seven digits and more, from a table of exact totals.
#[test]
fn numbers_of_seven_digits() {
    let workplace = Workplace::with_input();
    let table = workplace.succeed("stats --internal --format csv");
    let larger: String = table
        .lines()
        .map(|line| {
            let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
            if let Some(count) = cells[6].parse::<u64>().ok().filter(|count| *count > 0) {
                cells[6] = (count * 98_765).to_string();
            }
            cells.join(",") + "\n"
        })
        .collect();
    workplace.write("totals.csv", larger);
    let survey = assert_whole(&workplace, "--data totals.csv", "NM");
    assert!(
        survey.text().contains("Female 10,271,560"),
        "{}",
        survey.text()
    );
}

#[test]
fn odd_shapes() {
    for state in ["HI", "AK", "DC", "GU"] {
        let workplace = Workplace::empty();
        workplace.succeed(&format!(
            "sample --state {state} --signals 4000 --output s.csv"
        ));
        assert_eq!(
            pages(&assert_whole(&workplace, "--data s.csv", state)),
            2,
            "{state}"
        );
    }
}

#[test]
fn words_without_an_end() {
    let word = "Ab".repeat(100);
    let address = format!("https://example.org/{}", "path/".repeat(40));
    let lists = format!(
        "[agencies]\ncount = 123456\nurl = \"{address}\"\n\
         [[laws]]\ntitle = \"{word}\"\ncitation = \"{word}\"\nurl = \"{address}\"\n\
         [[collaborations]]\ntitle = \"{word}\"\n[[resources]]\ntitle = \"{word}\"\nurl = \"{address}\"\n\
         [[funding]]\ntitle = \"{word}\"\n\
         [[hotlines]]\nname = \"{word}\"\nphone = \"505-555-0100\"\ntext = \"{word}\"\n"
    );
    let survey = assert_whole(&with_profile(&lists), "", "NM");
    assert!(pages(&survey) <= 3);
}

#[test]
fn an_entry_as_long_as_a_paragraph_and_lists_as_long_as_a_page() {
    let long = in_one_line(
        &"Grants to shelters, hospitals, courts and schools of every county, ".repeat(18),
    );
    let entries = |list: &str, count: usize| -> String {
        let entry =
            |number| format!("[[{list}]]\ntitle = \"Task Force {number} on Human Trafficking\"\n");
        (1..=count).map(entry).collect()
    };
    let lists = laws(4)
        + &format!("[[collaborations]]\ntitle = \"{long}\"\n")
        + &entries("collaborations", 30)
        + &entries("resources", 25)
        + &entries("funding", 2)
        + &hotlines(1);
    let survey = assert_whole(&with_profile(&lists), "", "NM");
    assert!((3..=4).contains(&pages(&survey)));
}
