//! Split exports: files of cases, victims and locations, whose rows are joined to signals by the case id
//! (SPEC section 1).

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use ahash::AHashMap;

use super::Limits;
use super::coordinates;
use super::header::{Column, Wanted};
use super::mapping::{Join, Mapping};
use super::recipe::Made;
use super::reject::Reject;
use super::row::Fault;
use super::source::Source;
use super::table::Table;
use crate::failure::{Failure, Outcome, Position};

/// What joined files say of each case.
pub struct JoinedCases {
    cases: AHashMap<Box<[u8]>, JoinedCase>,
}

/// The cells of one case: one value per row of a joined file.
#[derive(Default)]
pub(super) struct JoinedCase {
    cells: [Option<Vec<u8>>; Column::ALL.len()],
    /// Whether a signal has named the case.
    named: AtomicBool,
}

/// What was found in one joined file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JoinedFile {
    /// The file as the person named it.
    pub file: String,
    pub rows: u64,
    pub rejected: u64,
    /// Rows that name no case.
    pub without_case: u64,
    pub extra_columns: Vec<String>,
    /// SHA-256 of the file.
    pub digest: Option<String>,
}

/// Files by what they are for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Roles {
    pub signals: Vec<PathBuf>,
    /// With the index of the join in the mapping.
    pub joined: Vec<(usize, PathBuf)>,
}

/// Tells files of signals from files that the mapping joins to them, by their names.
///
/// # Errors
/// A join without a file, and no file of signals.
pub fn roles(files: &[PathBuf], mapping: &Mapping) -> Outcome<Roles> {
    let mut roles = Roles::default();
    for file in files {
        let name = file.file_name().map(|name| name.to_string_lossy());
        let fits = |join: &Join| {
            let pattern = glob::Pattern::new(&join.files);
            pattern.is_ok_and(|pattern| name.as_deref().is_some_and(|name| pattern.matches(name)))
        };
        match mapping.joins.iter().position(fits) {
            Some(index) => roles.joined.push((index, file.clone())),
            None => roles.signals.push(file.clone()),
        }
    }
    for (index, join) in mapping.joins.iter().enumerate() {
        if !roles.joined.iter().any(|(joined, _)| *joined == index) {
            return Err(Failure::data(format!(
                "no file of the data fits “{}”, which is to be joined",
                join.files
            ))
            .at(Position::file(&*mapping.file))
            .remedy("give all files of the export with --data, as in --data \"export/*.csv\""));
        }
    }
    if roles.signals.is_empty() {
        return Err(
            Failure::data("no file of signals: all files of the data are joined ones")
                .at(Position::file(&*mapping.file))
                .remedy("give the file of signals too"),
        );
    }
    Ok(roles)
}

impl JoinedCases {
    /// No case.
    pub fn new() -> Self {
        JoinedCases {
            cases: AHashMap::new(),
        }
    }

    /// Whether nothing is said of any case.
    pub(super) fn is_empty(&self) -> bool {
        self.cases.is_empty()
    }

    /// Takes in a file; rows that can't be read go to `on_reject`.
    ///
    /// # Errors
    /// A file that can't be read or lacks the columns of the join, and what `on_reject` says.
    pub fn read(
        &mut self,
        path: &Path,
        join: usize,
        mapping: &Mapping,
        limits: Limits,
        on_reject: &mut dyn FnMut(&str, &Reject<'_>) -> Outcome<()>,
    ) -> Outcome<JoinedFile> {
        let columns = &mapping.joins[join].columns;
        let mut source = Source::open(path, mapping, limits)?;
        let name = source.name().to_owned();
        let wanted = Wanted {
            mapping,
            columns,
            required: &[Column::CaseId],
            by_own_names: false,
        };
        let mut table = Table::open(&name, &mut source, wanted, limits)?;
        let mut made = Made::default();
        let mut found = JoinedFile {
            file: name.clone(),
            extra_columns: table.header.extra.clone(),
            ..JoinedFile::default()
        };
        while table.advance()? {
            found.rows += 1;
            let record = table.current();
            made.make(record, &table.header.recipes, mapping);
            let cell = |column| {
                let in_file = || record.get(table.header.field(column)?);
                let cell = made.get(column).or_else(in_file).unwrap_or_default();
                mapping.empties.trim(cell)
            };
            let sound = table.check(record, mapping).and_then(|()| {
                coordinates::read(
                    cell(Column::Latitude),
                    cell(Column::Longitude),
                    &mapping.empties,
                    &mut Vec::new(),
                )
                .map_err(|(column, reason)| -> Fault {
                    (
                        table.header.field(column).map(|field| (column, field)),
                        reason,
                    )
                })
            });
            if let Err((column, reason)) = sound {
                found.rejected += 1;
                let reject = Reject {
                    header: &table.sieve.header,
                    record,
                    column,
                    reason,
                };
                on_reject(&name, &reject)?;
                continue;
            }
            let case_id = cell(Column::CaseId);
            if case_id.is_empty() {
                found.without_case += 1;
                continue;
            }
            if !self.cases.contains_key(case_id) {
                self.cases.insert(case_id.into(), JoinedCase::default());
            }
            let Some(case) = self.cases.get_mut(case_id) else {
                continue;
            };
            // A place in no state is on no map, and would shift those after it.
            let is_placed = !cell(Column::State).is_empty();
            for &number in columns.keys() {
                let column = Column::ALL[number];
                let tells_place = column == Column::State || column.is_part_of_place();
                if column != Column::CaseId && (is_placed || !tells_place) {
                    case.add(column, cell(column), mapping);
                }
            }
        }
        drop(table);
        found.digest = source.finish()?;
        Ok(found)
    }

    /// What is known of a case; from now on a signal has named it.
    pub(super) fn named(&self, case_id: &[u8]) -> Option<&JoinedCase> {
        let case = self.cases.get(case_id)?;
        case.named.store(true, Ordering::Relaxed);
        Some(case)
    }

    /// Ids of cases that no signal has named, sorted.
    pub fn unnamed(&self) -> Vec<String> {
        let mut ids: Vec<String> = self
            .cases
            .iter()
            .filter(|(_, case)| !case.named.load(Ordering::Relaxed))
            .map(|(id, _)| String::from_utf8_lossy(id).into_owned())
            .collect();
        ids.sort();
        ids
    }
}

impl Default for JoinedCases {
    fn default() -> Self {
        JoinedCases::new()
    }
}

impl JoinedCase {
    pub(super) fn get(&self, column: Column) -> Option<&[u8]> {
        self.cells[column as usize].as_deref()
    }

    fn add(&mut self, column: Column, value: &[u8], mapping: &Mapping) {
        match &mut self.cells[column as usize] {
            empty @ None => *empty = Some(value.to_vec()),
            Some(cell) => {
                let separator = if column.is_part_of_place() {
                    ";"
                } else {
                    mapping.separators[0].as_str()
                };
                cell.extend_from_slice(separator.as_bytes());
                cell.extend_from_slice(value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Row, SignalReader};
    use crate::tally::{Statistics, Tally, Unit};
    use crate::vocabulary::Vocabulary;

    const MAPPING: &str = "dates = ['month/day/year']\n\
        [columns]\nsignal_id = 'Id'\ncase_id = 'Case'\nreceived = 'Date'\ncall_type = 'Type'\n\
        [[join]]\nfiles = 'cases*.csv'\ncase_id = 'Case'\ncolumns.sex_venue = 'Venue'\n\
        [[join]]\nfiles = 'victims*.csv'\ncase_id = 'Case'\ncolumns.gender = 'Gender'\n\
        [[join]]\nfiles = 'locations*.csv'\ncase_id = 'Case'\n\
        columns.state = 'State'\ncolumns.city = 'Town'\ncolumns.latitude = 'Lat'\ncolumns.longitude = 'Lon'\n";
    /// Case A has two signals, one of which came twice, and two women and a man; B a hang-up alone.
    const SIGNALS: &str = "Id,Case,Date,Type\n1,A,3/1/2016,Tip Report\n2,A,3/2/2016,Referral\n\
        1,A,3/1/2016,Tip Report\n3,B,3/3/2016,Hang-Up\n4,C,3/4/2016,Tip Report\n";
    const CASES: &str = "Case,Venue\nA,Street-Based\nA,Pornography\nB,Pornography\n";
    const VICTIMS: &str = "Case,Gender\nA,Female\nA,Female\nA,Male\nB,Female\nZ,Male\n,Male\n";
    const LOCATIONS: &str = "Case,State,Town,Lat,Lon\nA,NM,Taos,,\nA,,Nowhere,,\nA,NM,,35.1,-106.6\nA,NM,,95,-106\nC,TX,Austin,,\n";

    fn count(unit: Unit) -> (Statistics, Vec<JoinedFile>, Vec<String>, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        let vocabulary = Vocabulary::embedded();
        let mapping = Mapping::from_toml("m.toml", MAPPING, &vocabulary).unwrap();
        let mut files = Vec::new();
        for (name, text) in [
            ("cases1.csv", CASES),
            ("victims.csv", VICTIMS),
            ("locations.csv", LOCATIONS),
        ] {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            files.push(path);
        }
        files.push("signals.csv".into());
        let roles = roles(&files, &mapping).unwrap();
        assert_eq!(roles.signals, [PathBuf::from("signals.csv")]);
        let mut joined = JoinedCases::new();
        let mut rejected = Vec::new();
        let mut on_reject = |_: &str, reject: &Reject<'_>| {
            rejected.push(reject.failure("f").to_string());
            Ok(())
        };
        let found = roles
            .joined
            .iter()
            .map(|(join, path)| {
                joined
                    .read(path, *join, &mapping, Limits::default(), &mut on_reject)
                    .unwrap()
            })
            .collect();
        let period = crate::period::Period {
            from: "2012-12".parse().unwrap(),
            to: "2016-12".parse().unwrap(),
            year: 2016,
        };
        let mut tally = Tally::new(&vocabulary, period, unit);
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
            tally.statistics(&[nm]).remove(0),
            found,
            rejected,
            joined.unnamed(),
        )
    }

    fn genders(statistics: &Statistics) -> Vec<u64> {
        statistics.demographics[1]
            .categories
            .iter()
            .map(|category| category.count)
            .collect()
    }

    #[test]
    fn cases_get_what_the_joined_files_say_of_them() {
        let (nm, found, rejected, unnamed) = count(Unit::Cases);
        assert_eq!((nm.cases.period, nm.cases.located_year), (1, 1));
        assert_eq!(genders(&nm), [1, 1, 0]);
        let venues: Vec<_> = nm
            .sex_venues
            .iter()
            .map(|venue| (venue.key.as_str(), venue.cases))
            .collect();
        assert_eq!(venues, [("street_based", 1), ("pornography", 1)]);
        assert_eq!(nm.map.points.len(), 2);
        assert_eq!(nm.calls.total, 2);
        assert_eq!(nm.ledger.total.duplicate, 1);
        assert_eq!(rejected.len(), 1);
        assert!(rejected[0].starts_with("f:5:4: latitude “95”: no coordinate in degrees"));
        assert_eq!(unnamed, ["Z"]);
        let rows: Vec<_> = found
            .iter()
            .map(|file| (file.rows, file.rejected, file.without_case))
            .collect();
        assert_eq!(rows, [(3, 0, 0), (6, 0, 1), (5, 1, 0)]);
    }

    #[test]
    fn victims_count_one_by_one_and_once_however_many_signals_a_case_has() {
        let (nm, ..) = count(Unit::Victims);
        assert_eq!(genders(&nm), [2, 1, 0]);
    }

    #[test]
    fn a_file_that_is_to_be_joined_and_is_not_there_is_an_error() {
        let mapping = Mapping::from_toml("m.toml", MAPPING, &Vocabulary::embedded()).unwrap();
        let failure = roles(&["signals.csv".into()], &mapping)
            .unwrap_err()
            .to_string();
        assert!(
            failure.starts_with("m.toml: no file of the data fits “cases*.csv”"),
            "{failure}"
        );
        let all = ["cases.csv", "victims.csv", "locations.csv"].map(PathBuf::from);
        let failure = roles(&all, &mapping).unwrap_err().to_string();
        assert!(failure.contains("no file of signals"), "{failure}");
    }
}
