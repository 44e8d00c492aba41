//! Every form of the sheet keeps its margins, and its texts separate: with seven-digit numbers everywhere, long
//! words, and all groups on.

mod support;

use rayon::prelude::*;
use support::legibility::{Kind, survey};
use support::{Workplace, text_of};

/// A number as large as any sheet will have.
const LARGE: &str = "1234567";
/// The whole period, which isn't less than its four years.
const LARGE_PERIOD: &str = "4938268";

/// All except `--print bleed`, with pages like those of the first, on larger paper.
const FORMS: [&str; 8] = [
    "",
    "--trend",
    "--large-print",
    "--n-up 2",
    "--layout one-page",
    "--paper a4 --data-page",
    "--paper legal --trend",
    "--print bw",
];

/// The statistics of all states as a table, with every number this large: for four years, so that there is a trend.
fn totals(table: &str) -> String {
    let mut lines = table.lines();
    let mut larger = lines.next().unwrap().to_owned() + "\n";
    for line in lines {
        let mut cells: Vec<&str> = line.split(',').collect();
        let (figure, category) = (cells[4], cells[5]);
        if category == "total" || ["ledger", "data", "map"].contains(&figure) {
            // What follows from other numbers, or isn't on the sheet.
            continue;
        }
        cells[6] = match (figure, category) {
            ("cases", "period") => LARGE_PERIOD,
            _ => LARGE,
        };
        larger += &(cells.join(",") + "\n");
        if figure == "calls" || (figure, category) == ("cases", "year") {
            for year in ["2013", "2014", "2015"] {
                cells[3] = year;
                larger += &(cells.join(",") + "\n");
            }
        }
    }
    larger
}

/// A folder with that table, a vocabulary in which every group is on the sheet, and very long Spanish words.
fn workplace() -> Workplace {
    let workplace = Workplace::empty();
    workplace.succeed("sample --signals 60000 --seed 7 --output nation.csv");
    let options = "--data nation.csv --all --year 2016 --min-cell 0 --format csv";
    let table = workplace.succeed(&format!("stats {options}"));
    workplace.write("totals.csv", totals(&table));
    workplace.write("vocabulary.toml", text_of("input/vocabulary.toml"));
    for section in ["cases", "signals"] {
        let if_room = format!("section = \"{section}\"\nif_room = true\n");
        let always = format!("section = \"{section}\"\n");
        workplace.replace("vocabulary.toml", &if_room, &always);
    }
    workplace.write("long.toml", text_of("input/wording/es.toml"));
    for (short, long) in [
        (
            "= \"Adultos\"",
            "= \"Personas adultas independientemente de su nacionalidad\"",
        ),
        (
            "= \"Otro\"",
            "= \"Extraordinariamente desproporcionadísimo\"",
        ),
    ] {
        workplace.replace("long.toml", short, long);
    }
    workplace
}

/// Layout faults on sheets for the states in every form, in English and in long Spanish words.
fn faults(states: &str) -> Vec<String> {
    let workplace = workplace();
    let mut sheets = Vec::new();
    for (number, (form, words)) in FORMS
        .iter()
        .flat_map(|form| {
            ["", "--wording long.toml --vocabulary vocabulary.toml"].map(|words| (form, words))
        })
        .enumerate()
    {
        let output = format!("sheets-{number}");
        workplace.succeed(&format!(
            "build --data totals.csv {states} --year 2016 --min-cell 0 {form} {words} --output {output}"
        ));
        let files = workplace.files_in(&output).into_iter();
        let files = files.filter(|file| file.ends_with(".pdf"));
        sheets.extend(files.map(|file| (format!("{form} {words}"), output.clone(), file)));
    }
    assert!(sheets.len() >= FORMS.len() * 2);
    sheets
        .par_iter()
        .flat_map(|(form, folder, file)| {
            let survey = survey(&workplace.path(folder).join(file));
            let is_of_place = |kind: Kind| match kind {
                // Half pages have margins of three eighths of an inch.
                Kind::Margin => !form.contains("--n-up"),
                Kind::Overlap
                | Kind::Clipped
                | Kind::OutsideFigure
                | Kind::Struck
                | Kind::Small => true,
                Kind::Contrast | Kind::Unreadable | Kind::Headings | Kind::Hole => false,
            };
            let faults = survey.faults.into_iter();
            let faults = faults.filter(|fault| is_of_place(fault.kind));
            let mut faults: Vec<String> = faults
                .map(|fault| format!("{form} {file}: {fault}"))
                .collect();
            let usual = ["", "--trend"].contains(&form.trim());
            if usual && survey.pages.len() != 2 {
                faults.push(format!("{form} {file}: {} pages", survey.pages.len()));
            }
            faults
        })
        .collect()
}

#[test]
fn every_form_of_a_few_states_stays_in_its_margins() {
    for state in ["NM", "MP"] {
        let faults = faults(&format!("--state {state}"));
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

/// Run by `.ci/campaign`.
#[test]
#[ignore = "a thousand sheets take many minutes"]
fn every_form_of_every_state_stays_in_its_margins() {
    let faults = faults("--all");
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
