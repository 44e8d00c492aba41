//! Reading: the rows of a canonical CSV file become signals, or rejects that say why not.

mod cells;
mod date;
mod findings;
mod header;
mod records;
mod reject;
mod signal;

use std::io::Read;

use cells::{CodedColumn, Meaning};
use header::Header;
use records::Records;
use signal::{count_values, values};

pub use cells::Codes;
pub use findings::{Findings, UnknownInColumn, UnknownValue, UnknownValues};
pub use header::Column;
pub use records::Record;
pub use reject::{Reason, Reject, RejectsWriter};
pub use signal::{Place, Places, Signal};

use crate::failure::{Failure, Outcome, Position};
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
    records: Records<R>,
    header_record: csv::ByteRecord,
    rows: RowReader<'v>,
    row_count: u64,
    rejected: u64,
    first_rejects: Vec<Failure>,
}

/// One row of a file.
pub enum Row<'a> {
    Signal(Signal<'a>),
    Reject(Reject<'a>),
}

impl<'v, R: Read> SignalReader<'v, R> {
    /// Reads the header. `file` is how messages name the source.
    ///
    /// # Errors
    /// A source that can't be read, is empty, is UTF-16, or has not the columns of SPEC section 1.
    pub fn open(file: &str, source: R, vocabulary: &'v Vocabulary) -> Outcome<Self> {
        let mut records = Records::new(file, source)?;
        if records.peek().starts_with(b"\xff\xfe") || records.peek().starts_with(b"\xfe\xff") {
            return Err(Failure::data("the file is UTF-16 text")
                .at(Position::file(file))
                .remedy("save it as “CSV UTF-8”"));
        }
        if records.peek().starts_with(b"PK\x03\x04")
            || records.peek().starts_with(b"\xd0\xcf\x11\xe0")
        {
            return Err(
                Failure::data("the file is a spreadsheet's workbook, not CSV text")
                    .at(Position::file(file))
                    .remedy("open it in the spreadsheet and save it as “CSV UTF-8”"),
            );
        }
        if !records.advance()? {
            return Err(Failure::data("the file is empty")
                .at(Position::file(file))
                .remedy("it needs a header with the columns signal_id, received and state, then a row per signal"));
        }
        let header_record = records.current();
        let header = Header::read(file, header_record)?;
        Ok(SignalReader {
            file: file.to_owned(),
            header_record: header_record.iter().collect(),
            rows: RowReader::new(header, vocabulary),
            records,
            row_count: 0,
            rejected: 0,
            first_rejects: Vec::new(),
        })
    }

    /// The next row; `None` at the end.
    ///
    /// # Errors
    /// When the source can't be read. A bad row is no error but a [`Row::Reject`].
    pub fn advance(&mut self) -> Outcome<Option<Row<'_>>> {
        if !self.records.advance()? {
            return Ok(None);
        }
        self.row_count += 1;
        let record = self.records.current();
        match self.rows.read(record) {
            Ok(signal) => Ok(Some(Row::Signal(signal))),
            Err((column, reason)) => {
                let reject = Reject {
                    header: &self.header_record,
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
            extra_columns: self.rows.header.extra.clone(),
            unknown: self.rows.unknown(),
        }
    }
}

/// The column to blame with its field, if it is one, and what is wrong.
type Fault = (Option<(Column, usize)>, Reason);

/// Turns records into signals.
struct RowReader<'v> {
    header: Header,
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
}

impl<'v> RowReader<'v> {
    fn new(header: Header, vocabulary: &'v Vocabulary) -> Self {
        use Meaning::{State, Vocabulary as Of};
        RowReader {
            header,
            contact_method: CodedColumn::of_one(Of(&vocabulary.contact_method)),
            call_type: CodedColumn::of_one(Of(&vocabulary.call_type)),
            caller_state: CodedColumn::of_one(State),
            state: CodedColumn::of_several(State),
            trafficking_type: CodedColumn::of_several(Of(&vocabulary.trafficking_type)),
            sex_venue: CodedColumn::of_several(Of(&vocabulary.sex_venue)),
            labor_venue: CodedColumn::of_several(Of(&vocabulary.labor_venue)),
            citizenship: CodedColumn::of_several(Of(&vocabulary.citizenship)),
            gender: CodedColumn::of_several(Of(&vocabulary.gender)),
            age: CodedColumn::of_several(Of(&vocabulary.age)),
            coordinates: Vec::new(),
        }
    }

    /// The signal of a record, or the first reason of SPEC section 2 to reject it.
    fn read<'a>(&'a mut self, record: Record<'a>) -> Result<Signal<'a>, Fault> {
        if record.has_unclosed_quote() {
            return Err((None, Reason::UnclosedQuote));
        }
        if record.len() != self.header.width {
            let (found, expected) = (record.len(), self.header.width);
            return Err((None, Reason::FieldCount { found, expected }));
        }
        self.check_text(record)?;
        let header = &self.header;
        let cell = |column| header.field(column).and_then(|field| record.get(field));
        let text = |column| cell(column).unwrap_or_default().trim_ascii();
        let fault = |column, reason| (header.field(column).map(|field| (column, field)), reason);

        let id = text(Column::SignalId);
        if id.is_empty() {
            return Err(fault(Column::SignalId, Reason::NoSignalId));
        }
        let received = match text(Column::Received) {
            b"" => return Err(fault(Column::Received, Reason::NoReceived)),
            written => {
                date::iso_day(written).ok_or(fault(Column::Received, Reason::UnreadableReceived))?
            }
        };
        read_coordinates(
            text(Column::Latitude),
            text(Column::Longitude),
            &mut self.coordinates,
        )
        .map_err(|(column, reason)| fault(column, reason))?;
        let [counties, cities, zips] = [Column::County, Column::City, Column::Zip].map(text);
        let named = [counties, cities, zips].map(count_values);
        let named_places = named.into_iter().max().unwrap_or(0);
        let line = record.line;
        let states = self.state.read(text(Column::State), line);
        let places = named_places.max(self.coordinates.len());
        if states.positions() > 1 && states.positions() < places {
            let states = states.positions();
            return Err(fault(
                Column::State,
                Reason::FewerStatesThanPlaces { states, places },
            ));
        }

        self.contact_method.read(text(Column::ContactMethod), line);
        self.trafficking_type
            .read(text(Column::TraffickingType), line);
        let caller_state = self.caller_state.read(text(Column::CallerState), line);
        Ok(Signal {
            line,
            id,
            case_id: Some(text(Column::CaseId)).filter(|id| !id.is_empty()),
            received,
            call_type: self.call_type.read(text(Column::CallType), line).at(0),
            caller_state: caller_state
                .at(0)
                .map(|code| Jurisdiction::from_index(code.into())),
            places: Places {
                count: states.positions().max(places),
                states,
                counties,
                cities,
                zips,
                coordinates: &self.coordinates,
            },
            sex_venues: self.sex_venue.read(text(Column::SexVenue), line),
            labor_venues: self.labor_venue.read(text(Column::LaborVenue), line),
            demographics: [
                self.citizenship.read(text(Column::Citizenship), line),
                self.gender.read(text(Column::Gender), line),
                self.age.read(text(Column::Age), line),
            ],
        })
    }

    /// Columns that are not ours may hold any bytes.
    fn check_text(&self, record: Record<'_>) -> Result<(), Fault> {
        if record.is_utf8() {
            return Ok(());
        }
        let bad = record.iter().enumerate().find_map(|(field, cell)| {
            let column = self.header.column(field)?;
            std::str::from_utf8(cell)
                .is_err()
                .then_some((column, field))
        });
        match bad {
            Some(column) => Err((Some(column), Reason::Undecodable)),
            None => Ok(()),
        }
    }

    fn unknown(&self) -> Vec<UnknownInColumn> {
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
        .into_iter()
        .filter(|(_, coded)| coded.unknown.total() > 0)
        .filter_map(|(column, coded)| {
            Some(UnknownInColumn {
                column,
                field: self.header.field(column)? as u64 + 1,
                values: coded.unknown.clone(),
            })
        })
        .collect()
    }
}

/// The coordinates of each place, by position; both or neither must be given.
fn read_coordinates(
    latitudes: &[u8],
    longitudes: &[u8],
    coordinates: &mut Vec<Option<LonLat>>,
) -> Result<(), (Column, Reason)> {
    coordinates.clear();
    let counts = (count_values(latitudes), count_values(longitudes));
    if counts.0 != counts.1 {
        let (latitudes, longitudes) = counts;
        let reason = Reason::UnpairedCoordinates {
            latitudes,
            longitudes,
        };
        return Err((Column::Latitude, reason));
    }
    for (latitude, longitude) in values(latitudes).zip(values(longitudes)).take(counts.0) {
        let latitude = degrees(latitude, 90.0).ok_or(Column::Latitude);
        let longitude = degrees(longitude, 180.0).ok_or(Column::Longitude);
        let place = match (latitude, longitude) {
            (Ok(Some(latitude)), Ok(Some(longitude))) => Some(LonLat {
                longitude,
                latitude,
            }),
            (Ok(None), Ok(None)) => None,
            (Err(column), _) | (_, Err(column)) => {
                return Err((column, Reason::ImpossibleCoordinate));
            }
            (Ok(None), _) => return Err((Column::Latitude, Reason::ImpossibleCoordinate)),
            (_, Ok(None)) => return Err((Column::Longitude, Reason::ImpossibleCoordinate)),
        };
        coordinates.push(place);
    }
    Ok(())
}

/// Degrees from −`limit` to `limit`; `Some(None)` for an empty text, `None` for an impossible one.
fn degrees(text: &[u8], limit: f64) -> Option<Option<f64>> {
    let text = std::str::from_utf8(text).ok()?.trim();
    if text.is_empty() {
        return Some(None);
    }
    let number: f64 = text.parse().ok()?;
    (-limit..=limit).contains(&number).then_some(Some(number))
}

#[cfg(test)]
mod tests;
