//! Counts split exports: what joined files say about cases.

use super::{Statistics, Tally, Unit};
use crate::read::{
    ColumnCells, Fate, Input, JoinedCases, JoinedFile, Limits, Mapping, Reject, Row, SignalReader,
    roles,
};
use crate::tally::Scope;
use crate::vocabulary::Vocabulary;

const MAPPING: &str = "dates = ['month/day/year']\n\
    [columns]\nsignal_id = 'Id'\ncase_id = 'Case'\nreceived = 'Date'\ncall_type = 'Type'\n\
    [[join]]\nfiles = 'cases*.csv'\ncase_id = 'Case'\ncolumns.sex_venue = 'Venue'\n\
    [[join]]\nfiles = 'victims*.csv'\ncase_id = 'Case'\ncolumns.gender = 'Gender'\n\
    [[join]]\nfiles = 'locations*.csv'\ncase_id = 'Case'\n\
    columns.state = 'State'\ncolumns.city = 'Town'\ncolumns.latitude = 'Lat'\ncolumns.longitude = 'Lon'\n";
/// Case A has two signals, one of them repeated, and two women and a man; B has only a hang-up.
const SIGNALS: &str = "Id,Case,Date,Type\n1,A,3/1/2016,Tip Report\n2,A,3/2/2016,Referral\n\
    1,A,3/1/2016,Tip Report\n3,B,3/3/2016,Hang-Up\n4,C,3/4/2016,Tip Report\n";
const CASES: &str = "Case,Venue\nA,Street-Based\nA,Pornography\nB,Pornography\n";
const VICTIMS: &str = "Case,Gender\nA,Female\nA,Female\nA,Male\nB,Female\nZ,Male\n,Male\n";
const LOCATIONS: &str = "Case,State,Town,Lat,Lon\nA,NM,Taos,,\nA,,Nowhere,,\nA,NM,,35.1,-106.6\nA,NM,,95,-106\nC,TX,Austin,,\n";

fn count(unit: Unit) -> (Statistics, Vec<JoinedFile>, Vec<String>, Vec<String>) {
    let vocabulary = Vocabulary::embedded();
    let mapping = Mapping::from_toml("m.toml", MAPPING, &vocabulary).unwrap();
    let files = [
        ("export/cases1.csv", CASES),
        ("export/victims.csv", VICTIMS),
        ("export/locations.csv", LOCATIONS),
        ("export/signals.csv", SIGNALS),
    ]
    .map(|(name, text)| Input::of_bytes(name, text.as_bytes()));
    let roles = roles(&files, &mapping).unwrap();
    let names = roles.signals.iter().map(|input| input.name());
    assert!(names.eq(["export/signals.csv"]));
    let mut joined = JoinedCases::new();
    let mut rejected = Vec::new();
    let mut on_reject = |_: &str, reject: &Reject<'_>| {
        rejected.push(reject.failure("f").to_string());
        Ok(())
    };
    for (join, input) in &roles.joined {
        let (known, limits) = ((&mapping, &vocabulary), Limits::default());
        joined
            .read(input, *join, known, limits, &mut on_reject)
            .unwrap();
    }
    let period = crate::period::Period {
        from: "2012-12".parse().unwrap(),
        to: "2016-12".parse().unwrap(),
        year: 2016,
        starts: Default::default(),
    };
    let mut tally = Tally::new(&vocabulary, unit);
    let file = tally.begin_file("signals.csv");
    let mut reader = SignalReader::open_mapped(
        "signals.csv",
        SIGNALS.as_bytes(),
        &vocabulary,
        &mapping,
        Limits::default(),
    )
    .unwrap()
    .joined(&joined);
    while let Some(row) = reader.advance().unwrap() {
        match row {
            Row::Signal(signal) => tally.add(file, &signal),
            Row::Reject(reject) => panic!("{}", reject.failure("signals.csv")),
        }
    }
    drop(reader);
    let nm = crate::jurisdiction::Jurisdiction::from_code("NM").unwrap();
    (
        tally.statistics(&[Scope::of(nm, period)]).remove(0),
        joined.files(),
        rejected,
        joined.unnamed(),
    )
}

fn genders(statistics: &Statistics) -> Vec<u64> {
    statistics.groups[1]
        .categories
        .iter()
        .map(|category| category.count)
        .collect()
}

#[test]
fn cases_get_the_attributes_from_the_joined_files() {
    let (nm, found, rejected, unnamed) = count(Unit::Cases);
    assert_eq!((nm.cases.period, nm.located_cases()), (1, Some(1)));
    assert_eq!(genders(&nm), [1, 1, 0]);
    let venues: Vec<_> = nm
        .sex_venues
        .iter()
        .map(|venue| (venue.key.as_str(), venue.cases))
        .collect();
    assert_eq!(venues, [("street_based", 1), ("pornography", 1)]);
    let placed = nm.map.of_year(2016).and_then(|cases| cases.iter().next());
    assert_eq!(placed.unwrap().places.len(), 2);
    assert_eq!(nm.calls().total(), Some(2));
    assert_eq!(nm.ledger.total.duplicate, 1);
    assert_eq!(rejected.len(), 1);
    assert!(rejected[0].starts_with("f:5:4: latitude: not a coordinate in degrees"));
    assert_eq!(unnamed, ["Z"]);
    let rows: Vec<_> = found
        .iter()
        .map(|file| (file.rows, file.rejected, file.without_case))
        .collect();
    assert_eq!(rows, [(3, 0, 0), (6, 0, 1), (5, 1, 0)]);
    // Used, unknown place, not needed: Z has no signal, one row has no case, and one is rejected.
    let cells = |file: usize| -> Vec<[u64; 3]> {
        let of = |cells: &ColumnCells| {
            [Fate::Used, Fate::Unplaced, Fate::NotNeeded].map(|fate| cells.counts.of(fate))
        };
        found[file].cells.iter().map(of).collect()
    };
    assert_eq!(cells(0), [[3, 0, 0], [3, 0, 0]]);
    assert_eq!(cells(1), [[4, 0, 1], [4, 0, 2]]);
    assert_eq!(
        cells(2),
        [[4, 0, 1], [3, 0, 1], [2, 1, 0], [1, 0, 1], [1, 0, 1]]
    );
    for file in &found {
        let filled = file.cells.iter().map(|column| column.counts.read());
        let text = [CASES, VICTIMS, LOCATIONS].map(|text| {
            let rows = text.lines().skip(1).flat_map(|row| row.split(','));
            rows.filter(|cell| !cell.is_empty()).count() as u64
        });
        assert!(text.contains(&filled.sum()), "{}", file.file);
    }
}

#[test]
fn victims_count_individually_and_once_for_any_number_of_signals() {
    let (nm, ..) = count(Unit::Victims);
    assert_eq!(genders(&nm), [2, 1, 0]);
}

#[test]
fn a_missing_joined_file_is_an_error() {
    let mapping = Mapping::from_toml("m.toml", MAPPING, &Vocabulary::embedded()).unwrap();
    let inputs = |names: &[&str]| -> Vec<Input> {
        let each = names.iter().map(|name| Input::of_bytes(*name, *b""));
        each.collect()
    };
    let failure = roles(&inputs(&["signals.csv"]), &mapping)
        .unwrap_err()
        .to_string();
    assert!(
        failure.starts_with("m.toml: no data file matches “cases*.csv”"),
        "{failure}"
    );
    let all = inputs(&["cases.csv", "victims.csv", "locations.csv"]);
    let failure = roles(&all, &mapping).unwrap_err().to_string();
    assert!(
        failure.contains("all data files are joined files"),
        "{failure}"
    );
}

/// Cases, genders and calls of signals with rows for victims, with the mapping's setting.
fn victims(mapping: &str, unit: Unit) -> (u64, Vec<u64>, Option<u64>, super::LedgerLine) {
    // Signal 1 has three victims; the row of one of them is identical to another's.
    const ROWS: &str = "signal_id,case_id,received,state,call_type,gender\n\
        1,A,2016-03-01,NM,Tip Report,Female\n1,A,2016-03-01,NM,Tip Report,Male\n\
        1,A,2016-03-01,NM,Tip Report,Female\n2,B,2016-03-02,NM,Referral,Male\n";
    let vocabulary = Vocabulary::embedded();
    let mapping = Mapping::from_toml("m.toml", mapping, &vocabulary).unwrap();
    let period = crate::period::Period {
        from: "2012-12".parse().unwrap(),
        to: "2016-12".parse().unwrap(),
        year: 2016,
        starts: Default::default(),
    };
    let mut tally = Tally::new(&vocabulary, unit);
    let file = tally.begin_file("x.csv");
    let limits = Limits::default();
    let mut reader =
        SignalReader::open_mapped("x.csv", ROWS.as_bytes(), &vocabulary, &mapping, limits).unwrap();
    while let Some(row) = reader.advance().unwrap() {
        if let Row::Signal(signal) = row {
            tally.add(file, &signal);
        }
    }
    let nm = crate::jurisdiction::Jurisdiction::from_code("NM").unwrap();
    let statistics = tally.statistics(&[Scope::of(nm, period)]).remove(0);
    let cases = statistics.cases.period;
    let calls = statistics.calls().total();
    (cases, genders(&statistics), calls, statistics.ledger.total)
}

#[test]
fn rows_for_victims_add_to_their_signal_and_are_not_duplicates() {
    let (cases, genders, calls, ledger) = victims("unit = 'victims'", Unit::Victims);
    assert_eq!((cases, genders, calls), (2, vec![2, 2, 0], Some(2)));
    assert_eq!((ledger.used, ledger.duplicate), (4, 0));
    let (_, genders, calls, _) = victims("unit = 'victims'", Unit::Cases);
    assert_eq!((genders, calls), (vec![1, 2, 0], Some(2)));
    // Without the setting, the first row of each id counts.
    let (_, genders, calls, ledger) = victims("", Unit::Victims);
    assert_eq!((genders, calls), (vec![1, 1, 0], Some(2)));
    assert_eq!((ledger.used, ledger.duplicate), (2, 2));
}

#[test]
fn cases_are_left_out_if_nothing_is_known_about_them() {
    let vocabulary = Vocabulary::embedded();
    let mapping = Mapping::from_toml("m.toml", "cases = 'none'", &vocabulary).unwrap();
    let text = "signal_id,received,state,call_type,gender\n1,2016-03-01,NM,Tip Report,Female\n";
    let period = crate::period::Period {
        from: "2012-12".parse().unwrap(),
        to: "2016-12".parse().unwrap(),
        year: 2016,
        starts: Default::default(),
    };
    let mut tally = Tally::new(&vocabulary, Unit::Cases);
    let limits = Limits::default();
    let mut reader =
        SignalReader::open_mapped("x.csv", text.as_bytes(), &vocabulary, &mapping, limits).unwrap();
    let mut rejects = crate::read::RejectsWriter::new(|| Ok(std::io::sink()));
    tally.read(&mut reader, &mut rejects).unwrap();
    let nm = crate::jurisdiction::Jurisdiction::from_code("NM").unwrap();
    let statistics = tally.statistics(&[Scope::of(nm, period)]).remove(0);
    assert!(!statistics.knows_cases);
    for figure in super::Figure::all(&vocabulary) {
        let is_of_cases = figure.counted == super::Counted::Cases;
        // The one signal has no contact method.
        let is_unknown = is_of_cases || figure.name().starts_with("contact_method");
        assert_eq!(
            figure.exact(&statistics).is_none(),
            is_unknown,
            "{}",
            figure.name()
        );
    }
    assert_eq!(statistics.calls().total(), Some(1));
}

#[test]
fn a_joined_place_without_a_state_gets_the_state_of_its_zip_code() {
    let vocabulary = Vocabulary::embedded();
    let mapping = MAPPING.replace("columns.city = 'Town'\n", "columns.zip = 'Town'\n");
    let mapping = Mapping::from_toml("m.toml", &mapping, &vocabulary).unwrap();
    let locations = "Case,State,Town,Lat,Lon\nA,,87571,,\nA,TX,,,\nA,,,,\n";
    let input = Input::of_bytes("locations.csv", locations.as_bytes());
    let mut joined = JoinedCases::new();
    let known = (&mapping, &vocabulary);
    joined
        .read(&input, 2, known, Limits::default(), &mut |_, _| Ok(()))
        .unwrap();
    let limits = Limits::default();
    let mut reader =
        SignalReader::open_mapped("s.csv", SIGNALS.as_bytes(), &vocabulary, &mapping, limits)
            .unwrap()
            .joined(&joined);
    let Some(Row::Signal(signal)) = reader.advance().unwrap() else {
        panic!("the first row is a signal");
    };
    let states =
        ["NM", "TX"].map(|code| crate::jurisdiction::Jurisdiction::from_code(code).unwrap());
    assert_eq!(
        signal.places.state_bits(),
        states
            .iter()
            .fold(0, |bits, state| bits | 1 << state.index())
    );
    let told = &joined.files()[0].places;
    assert_eq!(told.len(), 1, "{told:?}");
}

#[test]
fn joined_places_need_a_state() {
    let mapping = MAPPING.replace("columns.state = 'State'\n", "");
    let failure = Mapping::from_toml("m.toml", &mapping, &Vocabulary::embedded());
    let failure = failure.unwrap_err().to_string();
    assert!(
        failure.contains("“locations*.csv” has `county` but no `state`")
            || failure.contains("“locations*.csv” has `city` but no `state`"),
        "{failure}"
    );
}
