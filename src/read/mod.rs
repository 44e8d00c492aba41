//! Reading: the rows of a file, canonical or mapped, become signals, or rejects that say why not.

mod cells;
mod coordinates;
mod date;
mod decode;
mod empties;
mod findings;
mod header;
mod join;
mod limits;
mod mapping;
mod parallel;
mod propose;
mod recipe;
mod records;
mod reject;
mod signal;
mod source;
mod table;
mod word;
mod workbook;

use std::io::Read;

use cells::{Cell, CodedColumn, Meaning};
use header::{Header, Wanted};
use parallel::{Part, PartReader};
use recipe::Made;
use records::Fields;
use signal::count_values;
use table::Table;

pub use cells::{Became, Codes};
pub use date::DateForm;
pub use empties::Empties;
pub use findings::{Findings, UnknownInColumn, UnknownValue, UnknownValues};
pub use header::Column;
pub use join::{JoinedCases, JoinedFile, Roles, roles};
pub use limits::Limits;
pub use mapping::{Mapping, Report};
pub use parallel::{Division, Gather, Gathered};
pub use propose::{Proposal, propose};
pub use records::Record;
pub use reject::{Reason, Reject, RejectsWriter};
pub use signal::{Place, Places, Signal};
pub use source::{Source, expand, keep_standard_input};
pub use table::Around;

use crate::failure::{Failure, Outcome};
use crate::geo::LonLat;
use crate::jurisdiction::Jurisdiction;
use crate::vocabulary::Vocabulary;

/// Reads the signals of one file in a stream; a row costs no memory of its own.
///
/// ```
/// use hotline_profile::read::{Row, SignalReader};
/// use hotline_profile::vocabulary::Vocabulary;
///
/// let vocabulary = Vocabulary::embedded();
/// let text = "signal_id,received,state\n1,2016-03-01,NM\n2,soon,NM\n";
/// let mut reader = SignalReader::open("signals.csv", text.as_bytes(), &vocabulary)?;
/// let mut ids = Vec::new();
/// while let Some(row) = reader.advance()? {
///     match row {
///         Row::Signal(signal) => ids.push(signal.id.to_vec()),
///         Row::Reject(reject) => assert_eq!(reject.line(), 3),
///     }
/// }
/// assert_eq!(ids, [b"1"]);
/// assert_eq!(reader.findings().rejected, 1);
/// # Ok::<(), hotline_profile::failure::Failure>(())
/// ```
pub struct SignalReader<'v, R> {
    file: String,
    table: Table<'v, R>,
    rows: RowReader<'v>,
    row_count: u64,
    rejected: u64,
    first_rejects: Vec<Failure>,
}

/// The distinct values of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnValues {
    pub column: Column,
    /// Value, what it became, and how often it stands in the column.
    pub values: Vec<(String, Became, u64)>,
    /// Whether they are all: of columns with very many values only the last few thousand are kept.
    pub is_complete: bool,
}

/// One row of a file.
pub enum Row<'a> {
    Signal(Signal<'a>),
    Reject(Reject<'a>),
}

impl<'v, R: Read> SignalReader<'v, R> {
    /// Reads the header of a canonical file. `file` is how messages name the source.
    ///
    /// # Errors
    /// A source that can't be read, is empty, or has not the columns of SPEC section 1.
    pub fn open(file: &str, source: R, vocabulary: &'v Vocabulary) -> Outcome<Self> {
        Self::open_mapped(
            file,
            source,
            vocabulary,
            Mapping::canonical(),
            Limits::default(),
        )
    }

    /// Reads the header of a file that a mapping says how to read.
    ///
    /// # Errors
    /// A source that can't be read, is empty, or has not the columns that the mapping names.
    pub fn open_mapped(
        file: &str,
        source: R,
        vocabulary: &'v Vocabulary,
        mapping: &'v Mapping,
        limits: Limits,
    ) -> Outcome<Self> {
        let table = Table::open(file, source, Wanted::of_signals(mapping), limits)?;
        Ok(SignalReader {
            file: file.to_owned(),
            rows: RowReader::new(
                table.header.clone(),
                table.is_transcoded,
                vocabulary,
                mapping,
            ),
            table,
            row_count: 0,
            rejected: 0,
            first_rejects: Vec::new(),
        })
    }

    /// With what joined files say of the cases.
    pub fn joined(mut self, joined: &'v JoinedCases) -> Self {
        self.rows.joined = Some(joined);
        self
    }

    /// The next row; `None` at the end.
    ///
    /// # Errors
    /// When the source can't be read. A bad row is no error but a [`Row::Reject`].
    pub fn advance(&mut self) -> Outcome<Option<Row<'_>>> {
        if !self.table.advance()? {
            return Ok(None);
        }
        self.row_count += 1;
        let record = self.table.current();
        match self.rows.read(record) {
            Ok(signal) => Ok(Some(Row::Signal(signal))),
            Err((column, reason)) => {
                let reject = Reject {
                    header: &self.table.sieve.header,
                    record,
                    column,
                    reason,
                };
                self.rejected += 1;
                if self.first_rejects.len() < findings::MOST_REJECTS_SHOWN {
                    self.first_rejects.push(reject.failure(&self.file));
                }
                Ok(Some(Row::Reject(reject)))
            }
        }
    }

    /// Reads all rows that are left, on as many threads as `division` says: `gather` makes something of
    /// each signal, and `take` gets that and the rejected rows in the order of the file.
    ///
    /// What was found is the same as after [`Self::advance`] to the end, except that
    /// [`Self::values`] is not kept.
    ///
    /// # Errors
    /// When the source can't be read, and what `take` says.
    pub fn gather<G: Gather>(
        &mut self,
        gather: &G,
        division: Division,
        mut take: impl FnMut(Gathered<'_, G::Batch>) -> Outcome<()>,
    ) -> Outcome<()>
    where
        R: Send,
    {
        let SignalReader {
            file,
            table,
            rows,
            row_count,
            rejected,
            first_rejects,
        } = self;
        let delimiter = table.records.delimiter();
        let limits = table.records.limits();
        let (sieve, around) = (&table.sieve, &mut table.around);
        let template = rows.for_parts();
        let part_reader = || PartReader {
            rows: template.for_parts(),
            sieve: sieve.clone(),
            gather,
            scratch: gather.scratch(),
            fields: Fields::default(),
            delimiter,
            limits,
        };
        let mut take = |part: &mut Part<G::Batch>, text: &[u8], fields: &mut Fields| {
            *row_count += part.rows;
            *rejected += part.rejects.len() as u64;
            around.add(&part.around);
            let shift = part.first_line - part.counted_from;
            for (known, found) in rows.unknown_values().into_iter().zip(&part.unknown) {
                known.add(found, shift);
            }
            take(Gathered::Signals(&mut part.batch))?;
            for row in &part.rejects {
                let reject = row.of(text, shift, delimiter, fields, &sieve.header);
                if first_rejects.len() < findings::MOST_REJECTS_SHOWN {
                    first_rejects.push(reject.failure(file));
                }
                take(Gathered::Reject(reject))?;
            }
            match part.excess {
                Some(excess) => Err(excess.failure(file, part.first_line + part.lines, &limits)),
                None => Ok(()),
            }
        };
        let in_order = template.depends_on_rows_above();
        parallel::read_all(
            &mut table.records,
            division,
            in_order,
            part_reader,
            &mut take,
        )
    }

    /// The names of the file's columns and what they are taken for, in order; `None`: ignored.
    pub fn columns(&self) -> Vec<(String, Option<Column>)> {
        let names = self.table.header.names.iter().enumerate();
        names
            .map(|(field, name)| (name.clone(), self.table.header.column(field)))
            .collect()
    }

    /// What the values of each column became, of those that hold values of the vocabulary or states.
    pub fn values(&self) -> Vec<ColumnValues> {
        let coded = self.rows.coded().into_iter();
        coded
            .map(|(column, coded)| {
                let (values, is_complete) = coded.values();
                ColumnValues {
                    column,
                    values,
                    is_complete,
                }
            })
            .filter(|column| !column.values.is_empty())
            .collect()
    }

    /// How messages name the source.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// What was found so far.
    pub fn findings(&self) -> Findings {
        Findings {
            file: self.file.clone(),
            rows: self.row_count,
            rejected: self.rejected,
            first_rejects: self.first_rejects.clone(),
            around: self.table.around.clone(),
            extra_columns: self.rows.header.extra.clone(),
            unknown: self.rows.unknown(),
        }
    }
}

/// The column to blame with its field, if it is one, and what is wrong.
type Fault = (Option<(Column, usize)>, Reason);

/// Turns records into signals.
struct RowReader<'v> {
    vocabulary: &'v Vocabulary,
    mapping: &'v Mapping,
    header: Header,
    is_transcoded: bool,
    made: Made,
    joined: Option<&'v JoinedCases>,
    contact_method: CodedColumn<'v>,
    call_type: CodedColumn<'v>,
    caller_state: CodedColumn<'v>,
    state: CodedColumn<'v>,
    trafficking_type: CodedColumn<'v>,
    sex_venue: CodedColumn<'v>,
    labor_venue: CodedColumn<'v>,
    citizenship: CodedColumn<'v>,
    gender: CodedColumn<'v>,
    age: CodedColumn<'v>,
    coordinates: Vec<Option<LonLat>>,
    demographics_are_joined: [bool; 3],
}

impl<'v> RowReader<'v> {
    fn new(
        header: Header,
        is_transcoded: bool,
        vocabulary: &'v Vocabulary,
        mapping: &'v Mapping,
    ) -> Self {
        use Meaning::{State, Vocabulary as Of};
        let coded = |column, meaning| CodedColumn::new(column, meaning, mapping);
        RowReader {
            vocabulary,
            mapping,
            header,
            is_transcoded,
            made: Made::default(),
            joined: None,
            contact_method: coded(Column::ContactMethod, Of(&vocabulary.contact_method)),
            call_type: coded(Column::CallType, Of(&vocabulary.call_type)),
            caller_state: coded(Column::CallerState, State),
            state: coded(Column::State, State),
            trafficking_type: coded(Column::TraffickingType, Of(&vocabulary.trafficking_type)),
            sex_venue: coded(Column::SexVenue, Of(&vocabulary.sex_venue)),
            labor_venue: coded(Column::LaborVenue, Of(&vocabulary.labor_venue)),
            citizenship: coded(Column::Citizenship, Of(&vocabulary.citizenship)),
            gender: coded(Column::Gender, Of(&vocabulary.gender)),
            age: coded(Column::Age, Of(&vocabulary.age)),
            coordinates: Vec::new(),
            demographics_are_joined: [Column::Citizenship, Column::Gender, Column::Age]
                .map(|column| mapping.is_joined(column)),
        }
    }

    /// One more that reads rows in the same way, for parts of the file.
    fn for_parts(&self) -> Self {
        let mut again = RowReader::new(
            self.header.clone(),
            self.is_transcoded,
            self.vocabulary,
            self.mapping,
        );
        again.joined = self.joined;
        again.take_unknown();
        again
    }

    /// Whether what a row says depends on the rows above it.
    fn depends_on_rows_above(&self) -> bool {
        let mut recipes = self.header.recipes.iter();
        recipes.any(|(_, recipe)| recipe.depends_on_rows_above())
    }

    /// The signal of a record, or the first reason of SPEC section 2 to reject it.
    fn read<'a>(&'a mut self, record: Record<'a>) -> Result<Signal<'a>, Fault> {
        sound(record, &self.header, self.mapping, self.is_transcoded)?;
        if !self.header.recipes.is_empty() {
            self.made.make(record, &self.header.recipes, self.mapping);
        }
        let (header, made, empties) = (&self.header, &self.made, &self.mapping.empties);
        let in_row = |column| {
            let in_file = || record.get(header.field(column)?);
            made.get(column).or_else(in_file).unwrap_or_default()
        };
        let case_id = Some(empties.trim(in_row(Column::CaseId))).filter(|id| !id.is_empty());
        let of_case = self.joined.and_then(|joined| joined.named(case_id?));
        let cell = |column| {
            let joined = of_case.and_then(|case| case.get(column));
            joined.unwrap_or_else(|| in_row(column))
        };
        let coded = |column| {
            let joined = of_case.and_then(|case| case.get(column));
            match (joined.or_else(|| made.get(column)), header.field(column)) {
                (Some(made), _) => Cell::from(made),
                (None, Some(field)) => Cell {
                    bytes: record.get(field).unwrap_or_default(),
                    word: record.word(field),
                },
                (None, None) => Cell::from(&b""[..]),
            }
        };
        let text = |column| empties.trim(cell(column));
        let fault = |column, reason| (header.field(column).map(|field| (column, field)), reason);

        let id = text(Column::SignalId);
        if id.is_empty() {
            return Err(fault(Column::SignalId, Reason::NoSignalId));
        }
        let received = match text(Column::Received) {
            b"" => return Err(fault(Column::Received, Reason::NoReceived)),
            written => self
                .mapping
                .day(written)
                .ok_or(fault(Column::Received, self.mapping.no_day()))?,
        };
        coordinates::read(
            text(Column::Latitude),
            text(Column::Longitude),
            empties,
            &mut self.coordinates,
        )
        .map_err(|(column, reason)| fault(column, reason))?;
        let [counties, cities, zips] = [Column::County, Column::City, Column::Zip].map(text);
        let named = [counties, cities, zips].map(count_values);
        let named_places = named.into_iter().max().unwrap_or(0);
        let line = record.line;
        let states = self.state.read(coded(Column::State), line);
        let places = named_places.max(self.coordinates.len());
        if states.positions() > 1 && states.positions() < places {
            let states = states.positions();
            return Err(fault(
                Column::State,
                Reason::FewerStatesThanPlaces { states, places },
            ));
        }

        self.contact_method.read(coded(Column::ContactMethod), line);
        self.trafficking_type
            .read(coded(Column::TraffickingType), line);
        let caller_state = self.caller_state.read(coded(Column::CallerState), line);
        Ok(Signal {
            line,
            id,
            case_id,
            received,
            call_type: self.call_type.read(coded(Column::CallType), line).at(0),
            caller_state: caller_state
                .at(0)
                .map(|code| Jurisdiction::from_index(code.into())),
            places: Places {
                count: states.positions().max(places),
                states,
                counties,
                cities,
                zips,
                empties,
                coordinates: &self.coordinates,
            },
            sex_venues: self.sex_venue.read(coded(Column::SexVenue), line),
            labor_venues: self.labor_venue.read(coded(Column::LaborVenue), line),
            demographics: [
                self.citizenship.read(coded(Column::Citizenship), line),
                self.gender.read(coded(Column::Gender), line),
                self.age.read(coded(Column::Age), line),
            ],
            demographics_are_of_case: self.demographics_are_joined,
        })
    }

    fn coded(&self) -> [(Column, &CodedColumn<'v>); 10] {
        [
            (Column::ContactMethod, &self.contact_method),
            (Column::CallType, &self.call_type),
            (Column::CallerState, &self.caller_state),
            (Column::State, &self.state),
            (Column::TraffickingType, &self.trafficking_type),
            (Column::SexVenue, &self.sex_venue),
            (Column::LaborVenue, &self.labor_venue),
            (Column::Citizenship, &self.citizenship),
            (Column::Gender, &self.gender),
            (Column::Age, &self.age),
        ]
    }

    /// The unknown values by column, in the order of [`Self::coded`].
    fn unknown_values(&mut self) -> [&mut UnknownValues; 10] {
        [
            &mut self.contact_method.unknown,
            &mut self.call_type.unknown,
            &mut self.caller_state.unknown,
            &mut self.state.unknown,
            &mut self.trafficking_type.unknown,
            &mut self.sex_venue.unknown,
            &mut self.labor_venue.unknown,
            &mut self.citizenship.unknown,
            &mut self.gender.unknown,
            &mut self.age.unknown,
        ]
    }

    /// The unknown values by column of a part of the file, which are forgotten here.
    fn take_unknown(&mut self) -> [UnknownValues; 10] {
        let values = self.unknown_values();
        values.map(|values| std::mem::replace(values, UnknownValues::of_part()))
    }

    fn unknown(&self) -> Vec<UnknownInColumn> {
        let coded = self.coded().into_iter();
        coded
            .filter(|(_, coded)| coded.unknown.total() > 0)
            .map(|(column, coded)| UnknownInColumn {
                column,
                field: self.header.field(column).map(|field| field as u64 + 1),
                values: coded.unknown.clone(),
                counted_as: coded.unknown_counts_as().map(str::to_owned),
            })
            .collect()
    }
}

/// Whether a row can be read at all: it has as many fields as the header, and text in those of ours.
fn sound(
    record: Record<'_>,
    header: &Header,
    mapping: &Mapping,
    is_transcoded: bool,
) -> Result<(), Fault> {
    if record.has_unclosed_quote() {
        return Err((None, Reason::UnclosedQuote));
    }
    let (found, expected) = (record.len(), header.width);
    if found != expected {
        let is_blank = |field| empties::trim(record.get(field).unwrap_or_default()).is_empty();
        if !mapping.pad_rows || !(expected..found).all(is_blank) {
            return Err((None, Reason::FieldCount { found, expected }));
        }
    }
    if record.is_plain_text(is_transcoded) {
        return Ok(());
    }
    // Columns that are not ours may hold any bytes.
    let bad = record.iter().enumerate().find_map(|(field, cell)| {
        let column = header.column(field)?;
        let cell = empties::trim(cell);
        let is_bad = std::str::from_utf8(cell).is_err()
            || cell.contains(&0)
            || (is_transcoded && has_replacement(cell));
        is_bad.then_some((column, field))
    });
    match bad {
        Some(column) => Err((Some(column), Reason::Undecodable)),
        None => Ok(()),
    }
}

/// What stands for a character that could not be decoded.
fn has_replacement(text: &[u8]) -> bool {
    memchr::memmem::find(text, "\u{fffd}".as_bytes()).is_some()
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod parallel_tests;

#[cfg(test)]
mod messy_tests;
