//! The ledger of cells balances for any input, and is the same no matter how a file is read.

use proptest::prelude::*;

use super::*;
use crate::vocabulary::Vocabulary;

const HEADER: &str =
    "signal_id,case_id,received,state,county,city,zip,latitude,longitude,gender,call_type,notes\n";

/// Cells of all kinds, for any column.
fn cell() -> impl Strategy<Value = &'static str> {
    prop::sample::select(
        &[
            "",
            "",
            "",
            " ",
            "\u{a0}",
            "1",
            "2",
            "C1",
            "0",
            "no case",
            "2016-03-01",
            "3/4/2016",
            "2016-02-30",
            "NM",
            "New Mexico",
            "Chihuahua",
            "NM;TX",
            "Taos",
            "Taos;Albuquerque",
            "Taoss",
            "DoÃ±a Ana",
            "Taos, NM",
            "Taos, TX 75001",
            "87102",
            "87102;10001",
            "2108",
            "35001",
            "N/A",
            "unknown",
            "#REF!",
            "35.1",
            "-106.6",
            "\u{2212}106.6",
            "95",
            "Female",
            "female; male",
            "Femal",
            "Female;x",
            "; ",
            "n/a;?",
            "Tip Report",
            "1.2E+15",
            "\"a;b\"",
            "\"say \"\"x\"\"\"",
            "\u{fffd}",
            "=\"\"",
            "'35.1",
        ][..],
    )
}

/// Rows with as many cells as the header, most with an id, a date and a state; some are too short.
fn table() -> impl Strategy<Value = String> {
    let row = (
        prop::collection::vec(cell(), 12),
        0_u32..40,
        prop::bool::weighted(0.8),
        prop::bool::weighted(0.1),
    );
    prop::collection::vec(row, 0..25).prop_map(|rows| {
        let mut text = HEADER.to_owned();
        for (mut cells, id, is_sound, is_short) in rows {
            let id = format!("S{id}");
            if is_sound {
                cells[0] = &id;
                cells[2] = "2016-03-01";
                cells[3] = "NM";
                cells[7] = "";
                cells[8] = "";
            }
            if is_short {
                cells.pop();
            }
            text += &(cells.join(",") + "\n");
        }
        text
    })
}

/// The cells of each column that aren't blank, as another CSV reader finds them.
fn filled(text: &str) -> Vec<u64> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut counts = vec![0; 12];
    for record in reader.byte_records() {
        for (count, cell) in counts.iter_mut().zip(&record.unwrap()) {
            let cell = String::from_utf8_lossy(cell).into_owned();
            let shown = cell.trim_matches(|c: char| c.is_whitespace() || c == '\0');
            *count += u64::from(!shown.is_empty() && shown != "=\"\"");
        }
    }
    counts
}

fn findings(text: &str, mapping: &str, block: Option<usize>) -> Findings {
    let vocabulary = Vocabulary::embedded();
    let mapping = Mapping::from_toml("m.toml", mapping, &vocabulary).unwrap();
    let limits = Limits::default();
    let mut reader =
        SignalReader::open_mapped("x.csv", text.as_bytes(), &vocabulary, &mapping, limits).unwrap();
    match block {
        None => while reader.advance().unwrap().is_some() {},
        Some(block) => {
            let division = Division { threads: 3, block };
            reader.gather(&Nothing, division, |_| Ok(())).unwrap();
        }
    }
    reader.findings()
}

struct Nothing;

impl Gather for Nothing {
    type Scratch = ();
    type Batch = ();

    fn scratch(&self) {}

    fn add(&self, _: &mut (), _: &mut (), _: &Signal<'_>) {}
}

proptest! {
    #[test]
    fn every_cell_that_is_not_blank_has_one_fate(text in table(), block in 8_usize..200) {
        let found = findings(&text, "", None);
        let expected = filled(&text);
        prop_assert_eq!(found.cells.len(), 11, "notes are not read");
        for column in &found.cells {
            let field = column.field as usize - 1;
            prop_assert_eq!(column.counts.read(), expected[field], "{}\n{}", column.name, text);
        }
        let of = |name: &str, fate| {
            let column = found.cells.iter().find(|column| column.name == name).unwrap();
            column.counts.of(fate)
        };
        // What is reported as unknown is what the ledger has as unknown, cell by cell.
        for column in &found.cells {
            let told = found.unknown.iter().find(|unknown| unknown.column == column.column);
            let told = told.map_or(0, |unknown| unknown.values.total());
            let unknown = column.counts.of(Fate::Unknown);
            prop_assert_eq!(told > 0, unknown > 0, "{}", column.name);
            prop_assert!(unknown <= told, "{}", column.name);
        }
        // The same holds for places that are unknown or contradict their row.
        for column in &found.cells {
            let told = |kinds: &[TellsOf]| -> u64 {
                let of = found.places.iter().filter(|place| {
                    let is_coordinate = place.column == Column::Latitude && column.name == "longitude";
                    kinds.contains(&place.tells) && (place.column == column.column || is_coordinate)
                });
                of.map(|place| place.count).sum()
            };
            let unplaced = column.counts.of(Fate::Unplaced);
            let conflict = column.counts.of(Fate::Conflict);
            let (told_unplaced, told_conflict) =
                (told(&[TellsOf::Unplaced, TellsOf::NoState]), told(&[TellsOf::Elsewhere]));
            prop_assert_eq!(told_unplaced > 0, unplaced > 0, "{}\n{}", column.name, text);
            prop_assert!(unplaced <= told_unplaced && conflict <= told_conflict, "{}", column.name);
        }
        // Ids and dates of accepted rows are used, and those of other rows aren't needed.
        prop_assert_eq!(of("signal_id", Fate::Used), found.rows - found.rejected);
        prop_assert_eq!(of("received", Fate::Used), found.rows - found.rejected);
        prop_assert_eq!(of("received", Fate::EmptyWord) + of("received", Fate::Unknown), 0);
        // Neither threads nor a mapping that makes each cell change it.
        let parts = findings(&text, "", Some(block));
        prop_assert_eq!(&parts.cells, &found.cells);
        prop_assert_eq!(&parts.places, &found.places);
        let made = findings(&text, "report.fill_down = [\"notes\", \"zip\"]", None);
        prop_assert_eq!(&made.cells, &found.cells);
    }
}

#[test]
fn columns_of_several_fields_have_a_line_for_each() {
    let mapping = "[columns]\nreceived = ['day', 'hour']\ngender.flags = { f = 'Female', m = 'Male' }\n\
        age = ['age1', 'age2']\n";
    let text = "signal_id,case_id,day,hour,state,f,m,age1,age2\n\
        1,C,2016-03-01,1:45 PM,NM,x,,Adult,Minor\n2,C,2016-03-01,,NM,no,maybe,Elf,\n\
        3,0,2016-03-01,1:45 PM,NM,N/A,1,n/a,Adult\n,C,2016-03-01,,NM,x,x,,\n";
    let found = findings(text, mapping, None);
    let line = |name: &str| {
        let column = found
            .cells
            .iter()
            .find(|column| column.name == name)
            .unwrap();
        Fate::ALL.map(|fate| column.counts.of(fate))
    };
    assert_eq!(line("case_id"), [2, 1, 0, 0, 0, 1]);
    assert_eq!(line("day"), [3, 0, 0, 0, 0, 1]);
    assert_eq!(line("hour"), [2, 0, 0, 0, 0, 0]);
    assert_eq!(line("f"), [2, 1, 0, 0, 0, 1]);
    assert_eq!(line("m"), [1, 0, 1, 0, 0, 1]);
    assert_eq!(line("age1"), [1, 1, 1, 0, 0, 0]);
    assert_eq!(line("age2"), [2, 0, 0, 0, 0, 0]);
}

/// The fates of one row's place cells, and what is reported about them.
fn of_places(state: &str, county: &str, city: &str, zip: &str) -> (Vec<Fate>, Vec<TellsOf>) {
    let text = format!("{HEADER}1,C,2016-03-01,{state},{county:?},{city:?},{zip},,,,,\n");
    let found = findings(&text, "", None);
    let cells = found.cells.iter().filter(|column| {
        [Column::State, Column::County, Column::City, Column::Zip].contains(&column.column)
    });
    let fates = cells.filter_map(|column| {
        let mut all = Fate::ALL.into_iter();
        all.find(|fate| column.counts.of(*fate) > 0)
    });
    let told = found.places.iter().map(|place| place.tells);
    (fates.collect(), told.collect())
}

#[test]
fn cells_of_places_have_the_fate_that_the_gazetteer_gives_them() {
    use Fate::{Conflict, EmptyWord, Unknown, Unplaced, Used};
    use TellsOf::*;
    for (state, county, city, zip, fates, told) in [
        ("NM", "Taos", "Taos", "87571", &[Used; 4][..], &[][..]),
        ("NM", "35001", "", "", &[Used; 2], &[]),
        ("AL", "1001", "", "", &[Used; 2], &[LostZeros]),
        ("NM", "001", "", "", &[Used; 2], &[]),
        ("MA", "", "", "2108", &[Used; 2], &[LostZeros]),
        ("NM", "", "", "87102-1234", &[Used; 2], &[]),
        (
            "NM",
            "",
            "Taoss",
            "",
            &[Used, Unplaced],
            &[TellsOf::Unplaced],
        ),
        (
            "NM",
            "Harris",
            "",
            "",
            &[Used, Unplaced],
            &[TellsOf::Unplaced],
        ),
        ("NM", "48201", "", "", &[Used, Conflict], &[Elsewhere]),
        ("NM", "", "", "10001", &[Used, Conflict], &[Elsewhere]),
        ("NM", "", "Austin, TX", "", &[Used, Conflict], &[Elsewhere]),
        (
            "NM",
            "",
            "",
            "99999",
            &[Used, Unplaced],
            &[TellsOf::Unplaced],
        ),
        ("NM", "DoÃ±a Ana", "", "", &[Used; 2], &[Garbled]),
        (
            "NM",
            "",
            "Albuquerque, NM 87102",
            "",
            &[Used; 2],
            &[OneCell],
        ),
        ("", "", "", "87102", &[Used], &[StateOf]),
        ("N/A", "", "", "87102", &[EmptyWord, Used], &[StateOf]),
        ("", "", "Taos, NM", "", &[Used], &[StateOf]),
        ("", "Bernalillo", "Taos", "", &[Unplaced; 2], &[NoState; 2]),
        // An unknown state isn't replaced by a guess.
        (
            "Chihuahua",
            "",
            "",
            "87102",
            &[Unknown, Unplaced],
            &[NoState],
        ),
        ("NM", "", "n/a", "", &[Used, EmptyWord], &[]),
        (
            "NM;TX",
            "",
            "Taos;Taos",
            "",
            &[Used, Unplaced],
            &[TellsOf::Unplaced],
        ),
    ] {
        let found = of_places(state, county, city, zip);
        assert_eq!(
            found,
            (fates.to_vec(), told.to_vec()),
            "{state} {county} {city} {zip}"
        );
    }
}

#[test]
fn a_place_without_a_state_is_in_the_state_of_its_zip_code() {
    let vocabulary = Vocabulary::embedded();
    let text = format!(
        "{HEADER}1,C,2016-03-01,,,,87102;10001,,,,,\n2,C,2016-03-01,NM;,,,87102;2108,,,,,\n"
    );
    let mut reader = SignalReader::open("x.csv", text.as_bytes(), &vocabulary).unwrap();
    let mut states = Vec::new();
    while let Some(row) = reader.advance().unwrap() {
        let Row::Signal(signal) = row else { continue };
        let of = signal
            .places
            .iter()
            .map(|place| place.state.map_or("", |state| state.code()));
        states.push(of.collect::<Vec<_>>().join(";"));
    }
    // A single state applies to all places.
    assert_eq!(states, ["NM;NY", "NM;NM"]);
}

const JOINED: &str = "[[join]]\nfiles = 'j.csv'\ncase_id = 'case_id'\ncolumns.state = 'state'\n\
    columns.county = 'county'\ncolumns.city = 'city'\ncolumns.zip = 'zip'\ncolumns.latitude = 'latitude'\n\
    columns.longitude = 'longitude'\ncolumns.gender = 'gender'\n";

proptest! {
    #[test]
    fn every_cell_of_a_joined_file_has_one_fate(text in table(), names_a_case in any::<bool>()) {
        let vocabulary = Vocabulary::embedded();
        let mapping = Mapping::from_toml("m.toml", JOINED, &vocabulary).unwrap();
        let mut joined = JoinedCases::new();
        let input = Input::of_bytes("j.csv", text.as_bytes());
        let known = (&mapping, &vocabulary);
        joined.read(&input, 0, known, Limits::default(), &mut |_, _| Ok(())).unwrap();
        if names_a_case {
            joined.named(b"C1");
        }
        let expected = filled(&text);
        let found = joined.files().remove(0);
        prop_assert_eq!(found.cells.len(), 8);
        for column in &found.cells {
            prop_assert_eq!(column.counts.read(), expected[column.field as usize - 1], "{}\n{}", column.name, text);
            let used = column.counts.read() - column.counts.of(Fate::NotNeeded);
            prop_assert!(names_a_case || used == 0, "no signal names a case");
        }
        for column in joined.files_of_counted().remove(0).cells {
            prop_assert_eq!(column.counts.of(Fate::NotNeeded), expected[column.field as usize - 1]);
        }
    }
}
