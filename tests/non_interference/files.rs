//! If the printable numbers are the same, so is every file in every form, byte by byte: anything else from the data
//! that got into a file (a count in a note, a coordinate in a drawing, an order, a digest) would distinguish the two.

use std::collections::BTreeMap;
use std::fs;

use hotline_profile::make::{self, Extent, FileKind, Form, Paper, Protection, Request};
use hotline_profile::profile::Profile;
use hotline_profile::protect::Published;
use hotline_profile::report;
use hotline_profile::tally::Statistics;
use hotline_profile::theme::Theme;
use hotline_profile::wording::{BUILT_IN, Wording};
use proptest::prelude::*;

use super::random::{Rows, Sheets, counted, csv, data, sheets};
use super::support::Workplace;
use super::worlds::{self, Kind, LIMIT, World, vocabulary};
use super::{MOVING, PLACES, YEARS};

/// What is made from statistics: in English and Spanish, in every kind of file and some forms.
struct Maker {
    wordings: Vec<Wording>,
    theme: Theme,
    forms: Vec<(Form, Vec<FileKind>)>,
}

impl Maker {
    fn new() -> Self {
        let paged = vec![FileKind::Pdf, FileKind::Svg];
        let all = [paged.as_slice(), &[FileKind::Html]].concat();
        let of = |form: Form, kinds: &[FileKind]| (form, kinds.to_vec());
        Maker {
            wordings: BUILT_IN
                .map(|(_, file, text)| Wording::parse(file, text).unwrap())
                .into(),
            theme: Theme::usual().unwrap(),
            forms: vec![
                of(Form::default(), &all),
                of(
                    Form {
                        additions: make::Additions {
                            trend: true,
                            ..make::Additions::default()
                        },
                        data_page: true,
                        gray: true,
                        ..Form::default()
                    },
                    &all,
                ),
                of(
                    Form {
                        extent: Extent::OnePage,
                        paper: Paper::A4,
                        ..Form::default()
                    },
                    &paged,
                ),
                of(
                    Form {
                        large_print: true,
                        ..Form::default()
                    },
                    &paged,
                ),
            ],
        }
    }

    /// Every file with its name, including those with the statistics, in one of the languages and forms.
    fn files(
        &self,
        statistics: &[Statistics],
        limit: u64,
        choice: usize,
    ) -> Vec<(String, Vec<u8>)> {
        let wording = &self.wordings[choice % self.wordings.len()];
        let (form, kinds) = &self.forms[choice % self.forms.len()];
        let protection = Protection::of(limit).unwrap();
        let request = Request::new(wording, &self.theme, *form, protection).unwrap();
        let request = request.with_files(kinds.clone()).unwrap();
        let mut files = Vec::new();
        let mut all: Vec<Published> = Vec::new();
        for statistics in statistics {
            let made = make::sheet(statistics, &Profile::default(), &request).unwrap();
            files.extend(made.files.into_iter().map(|file| (file.name, file.bytes)));
            all.push(made.published);
        }
        let json: Vec<String> = all
            .iter()
            .map(|published| report::json(published).to_string())
            .collect();
        files.extend([
            ("statistics.json".to_owned(), json.join("\n").into_bytes()),
            ("statistics.csv".to_owned(), report::csv(&all).into_bytes()),
            (
                "statistics.txt".to_owned(),
                report::table(&all).into_bytes(),
            ),
            (
                "statistics.xlsx".to_owned(),
                report::workbook(&all).unwrap(),
            ),
        ]);
        files
    }
}

/// Fails with the name of the first file that differs.
fn assert_same(one: &[(String, Vec<u8>)], other: &[(String, Vec<u8>)], about: &str) {
    let names = |files: &[(String, Vec<u8>)]| -> Vec<String> {
        files.iter().map(|(name, _)| name.clone()).collect()
    };
    assert_eq!(names(one), names(other), "{about}");
    for ((name, bytes), (_, others)) in one.iter().zip(other) {
        assert!(bytes == others, "{name} differs: {about}");
    }
}

/// Pairs of worlds of some kinds with sheets for 2015 and 2016 that print the same numbers, from all over the classes
/// of such worlds.
fn alike(
    kinds: &[Kind],
    most: usize,
    from: [&'static str; 2],
    wanted: usize,
) -> Vec<[Vec<Statistics>; 2]> {
    let vocabulary = vocabulary();
    let of = |world: &World| -> Vec<Statistics> {
        let csv = worlds::csv(kinds, world, true);
        let [last, this] = from;
        let sheets = [([last, "2015-12"], 2015), ([this, "2016-12"], 2016)];
        worlds::statistics(&vocabulary, &csv, &sheets)
    };
    let mut classes: BTreeMap<String, Vec<World>> = BTreeMap::new();
    for world in worlds::worlds(kinds.len(), most) {
        let statistics = of(&world);
        // The month of the last signal is printed with the numbers (docs/protection.md, “What remains”).
        let published = statistics
            .iter()
            .map(|it| format!("{}{:?}", super::published(it, true), it.data_through));
        let published = published.collect::<Vec<_>>().join("\n");
        classes.entry(published).or_default().push(world);
    }
    let classes: Vec<Vec<World>> = classes.into_values().filter(|it| it.len() > 1).collect();
    let step = (classes.len() / (2 * wanted)).max(1);
    let pairs = classes.iter().step_by(step).filter_map(|worlds| {
        let one = of(&worlds[0]);
        let mut others = worlds.iter().rev().map(of);
        // Worlds may differ in what no number shows: which of two attributes one case has.
        let other = others.find(|other| *other != one)?;
        Some([one, other])
    });
    let pairs: Vec<_> = pairs.take(wanted).collect();
    assert_eq!(pairs.len(), wanted);
    pairs
}

#[test]
fn files_of_few_cases_that_print_the_same_numbers_are_the_same() {
    let maker = Maker::new();
    let same = ["2014-12"; 2];
    let moving = ["2011-12", "2012-12"];
    let sets: [(&[Kind], usize, [&'static str; 2]); 3] =
        [(&PLACES, 6, same), (&YEARS, 6, same), (&MOVING, 4, moving)];
    for (kinds, most, from) in sets {
        for (choice, [one, other]) in alike(kinds, most, from, 8).iter().enumerate() {
            assert_ne!(one, other);
            assert_same(
                &maker.files(one, LIMIT, choice),
                &maker.files(other, LIMIT, choice),
                &format!("{kinds:?}"),
            );
        }
    }
}

/// Other data that may read the same: some rows have a different cell or year, or are missing.
fn edited(data: &[Rows], at: usize, seed: u64) -> Vec<Rows> {
    let mut other = data.to_vec();
    let rows = &mut other[at % data.len()];
    let mut part = rows.clone();
    part.count = 1 + seed as usize % rows.count;
    rows.count -= part.count;
    let like = &data[(seed >> 8) as usize % data.len()];
    match (seed >> 16) % 4 {
        0 => part.count += 1,
        1 => part.count -= 1,
        2 => {
            let column = (seed >> 24) as usize % part.values.len();
            part.values[column] = like.values[column];
        }
        _ => part.months_before = like.months_before,
    }
    other.push(part);
    other
}

/// The same rows in another order with other ids, days and hang-ups between them: things that no number depends on.
fn rearranged(csv: &str) -> String {
    let mut lines = csv.lines();
    let header = lines.next().unwrap();
    let mut rows: Vec<String> = lines
        .map(|line| line.replace("-15,", "-07,").replacen('S', "other-", 1))
        .collect();
    rows.reverse();
    let more = rows.first().map(|row| {
        let month = row.split(',').nth(2).unwrap();
        format!("hang-up,,{month},Text,Hang-Up,WY,,,,,,,,")
    });
    rows.extend(more);
    format!("{header}\n{}\n", rows.join("\n"))
}

fn published(statistics: &[Statistics], of: &Sheets) -> String {
    let additions = make::Additions {
        trend: of.trend,
        counties: true,
        rate: true,
    };
    let protection = Protection::of(of.limit).unwrap();
    let numbers = statistics
        .iter()
        .map(|it| make::numbers_alone(it, protection, additions).0)
        .map(|published| format!("{published:?}"));
    numbers.collect::<Vec<_>>().join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// From random data and slightly different data whose numbers are equal after protection.
    #[test]
    fn files_that_print_the_same_numbers_are_the_same(
        data in data(),
        sheets in sheets(true),
        seeds in prop::collection::vec(any::<u64>(), 40),
        choice in 0..8_usize,
    ) {
        let vocabulary = vocabulary();
        let one = counted(&csv(&data), &sheets, &vocabulary);
        let numbers = published(&one, &sheets);
        let others = seeds.iter().enumerate();
        let mut others = others.map(|(at, seed)| {
            let csv = rearranged(&csv(&edited(&data, at, *seed)));
            counted(&csv, &sheets, &vocabulary)
        });
        let is_like = |other: &Vec<Statistics>| {
            // The ledger and non-substantive signals differ in all.
            let is_other = one.iter().zip(other).any(|(one, other)| {
                (&one.cases, &one.groups, &one.sex_venues, &one.parts)
                    != (&other.cases, &other.groups, &other.sex_venues, &other.parts)
            });
            is_other && published(other, &sheets) == numbers
        };
        let other = others.find(|other| is_like(other));
        prop_assume!(other.is_some());
        let other = other.unwrap();
        let maker = Maker::new();
        assert_same(
            &maker.files(&one, sheets.limit, choice),
            &maker.files(&other, sheets.limit, choice),
            &csv(&data),
        );
    }
}

/// Cases in two states; few of them have a category, a venue, a type of call, and a place outside the state.
fn two_states(few: usize) -> String {
    let mut text = "signal_id,case_id,received,contact_method,call_type,state,city,latitude,longitude,sex_venue,\
                    gender,age\n"
        .to_owned();
    for (state, city, year, count) in [
        ("WY", "Cheyenne", 2015, 14),
        ("WY", "Casper", 2016, 12),
        ("MT", "Billings", 2016, 9),
    ] {
        for number in 0..count {
            // Some of the first four say nothing, so that there are always as many others.
            let pick = |rare: &'static str, usual: &'static str| match number {
                _ if number < few => rare,
                ..4 => "",
                _ => usual,
            };
            // What is counted over the period is in few cases, in only one of the years.
            let of_period = |rare, usual| pick(if year == 2016 { rare } else { "" }, usual);
            text += &format!(
                "{state}{year}{number},{state}{year}{number},{year}-05-02,{},{},{state},{city},,,{},{},{}\n",
                pick("Text", "Phone Call"),
                pick("Referral", "Tip Report"),
                of_period("Pornography", "Street-Based"),
                of_period("Male", "Female"),
                of_period("Minor", "Adult"),
            );
        }
        // Without a place, or with a distant one.
        for number in 0..few {
            let (latitude, longitude) = [("30.0", "-90.0"), ("", "")][usize::from(number == 0)];
            text += &format!(
                "x{state}{year}{number},x{state}{year}{number},{year}-05-02,,,{state},,{latitude},{longitude},,,\n"
            );
        }
    }
    text
}

/// Every file that the program writes except those in `internal`, with its bytes.
fn written(workplace: &Workplace, folder: &str) -> Vec<(String, Vec<u8>)> {
    let files = workplace.files_in(folder).into_iter();
    let released = files.filter(|file| !file.starts_with("internal/"));
    released
        .map(|file| {
            let bytes = fs::read(workplace.path(folder).join(&file)).unwrap();
            (file, bytes)
        })
        .collect()
}

/// The program itself, both years of all states with the index: no file shows whether a small number has two, three
/// or four cases.
#[test]
fn the_files_and_the_index_of_a_batch_are_the_same() {
    let made = [2, 3, 4].map(|few| {
        let workplace = Workplace::empty();
        workplace.write("data.csv", two_states(few));
        let mut files = Vec::new();
        for (year, options) in [
            (2015, "--data-page --with regions,nation"),
            (2016, "--trend --wording es"),
        ] {
            let folder = format!("out-{year}");
            workplace.succeed(&format!(
                "build --all --data data.csv --year {year} --from 2014-12 --to {year}-12 --statistics \
                 --format pdf,html,svg {options} --output {folder}"
            ));
            files.extend(written(&workplace, &folder));
        }
        files
    });
    let count = |end: &str| {
        made[0]
            .iter()
            .filter(|(name, _)| name.ends_with(end))
            .count()
    };
    for end in [".pdf", ".html", ".svg", ".json", "index.csv"] {
        assert!(count(end) >= 2, "{end}: {}", count(end));
    }
    for (few, others) in [(3, &made[1]), (4, &made[2])] {
        assert_same(
            &made[0],
            others,
            &format!("2 or {few} cases of each small number"),
        );
    }
}
