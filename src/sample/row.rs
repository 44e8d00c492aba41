//! One signal as a row of the canonical CSV (docs/counting.md).

use chrono::{DateTime, Datelike};

use crate::jurisdiction::Jurisdiction;

/// The header: the canonical columns in their order.
pub(super) const HEADER: &[u8] =
    b"signal_id,case_id,received,contact_method,call_type,caller_state,\
state,county,city,zip,latitude,longitude,trafficking_type,sex_venue,labor_venue,citizenship,gender,\
age,synthetic\n";

/// Days since 1970-01-01.
pub(super) type Day = i64;

/// A signal.
#[derive(Clone, Debug)]
pub(super) struct Row<'a> {
    pub(super) signal: u64,
    pub(super) case: Option<u64>,
    pub(super) day: Day,
    /// Of the day.
    pub(super) minute: u16,
    pub(super) contact_method: &'a str,
    pub(super) call_type: &'a str,
    pub(super) caller_state: Option<Jurisdiction>,
    pub(super) places: Vec<Place<'a>>,
    pub(super) trafficking_type: Option<&'a str>,
    pub(super) sex_venues: Vec<&'a str>,
    pub(super) labor_venues: Vec<&'a str>,
    /// Citizenship, gender, age.
    pub(super) demographics: [Vec<&'a str>; 3],
    pub(super) fault: Option<Fault>,
}

/// A place of the potential trafficking, as precise as the caller was. Empty means unknown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place<'a> {
    pub(super) state: Jurisdiction,
    pub(super) county: &'a str,
    pub(super) city: &'a str,
    pub(super) zip: &'a str,
    pub(super) coordinates: Option<Coordinates>,
}

/// In ten-thousandths of a degree, about 10 m: whole numbers are written the same way everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Coordinates {
    pub(super) latitude: i32,
    pub(super) longitude: i32,
}

/// Why a row must be rejected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fault {
    /// A day that isn't in the calendar.
    NoSuchDay,
    DateInWords,
    NoDate,
    NoSignalId,
    /// North of the pole.
    Latitude,
    /// The decimal point is lost.
    Longitude,
    FieldMissing,
    FieldTooMany,
}

impl Fault {
    pub(super) const ALL: [Fault; 8] = [
        Fault::NoSuchDay,
        Fault::Latitude,
        Fault::FieldMissing,
        Fault::NoSignalId,
        Fault::DateInWords,
        Fault::Longitude,
        Fault::FieldTooMany,
        Fault::NoDate,
    ];
}

impl<'a> Row<'a> {
    /// A signal of which only the date, the method and the type are known.
    pub(super) fn new(day: Day, minute: u16, contact_method: &'a str, call_type: &'a str) -> Self {
        Row {
            signal: 0,
            case: None,
            day,
            minute,
            contact_method,
            call_type,
            caller_state: None,
            places: Vec::new(),
            trafficking_type: None,
            sex_venues: Vec::new(),
            labor_venues: Vec::new(),
            demographics: [const { Vec::new() }; 3],
            fault: None,
        }
    }

    /// Clears the case, keeping the memory of its lists.
    pub(super) fn clear(&mut self) {
        self.case = None;
        self.caller_state = None;
        self.places.clear();
        self.trafficking_type = None;
        self.sex_venues.clear();
        self.labor_venues.clear();
        for values in &mut self.demographics {
            values.clear();
        }
        self.fault = None;
    }

    /// Appends the row to a CSV; `further` adds the cells of additional groups.
    pub(super) fn write(&self, further: impl FnOnce(&Self, &mut Vec<u8>), out: &mut Vec<u8>) {
        let fault = self.fault;
        if fault != Some(Fault::NoSignalId) {
            out.push(b'S');
            digits(out, self.signal, 6);
        }
        out.push(b',');
        if let Some(case) = self.case {
            out.push(b'C');
            digits(out, case, 5);
        }
        out.push(b',');
        match fault {
            Some(Fault::NoSuchDay) => out.extend_from_slice(b"2016-02-30 09:15"),
            Some(Fault::DateInWords) => out.extend_from_slice(b"last Tuesday"),
            Some(Fault::NoDate) => {}
            _ => moment(out, self.day, self.minute),
        }
        for text in [self.contact_method, self.call_type, code(self.caller_state)] {
            out.push(b',');
            cell(out, [text]);
        }
        out.push(b',');
        self.write_states(out);
        for column in [Place::county, Place::city, Place::zip] {
            out.push(b',');
            if self.places.iter().any(|place| !column(place).is_empty()) {
                cell(out, self.places.iter().map(column));
            }
        }
        out.push(b',');
        match fault {
            Some(Fault::Latitude) => out.extend_from_slice(b"99.0844,-106.6511"),
            Some(Fault::Longitude) => out.extend_from_slice(b"35.0844,-1066.511"),
            _ => {
                self.write_degrees(out, |at| at.latitude);
                out.push(b',');
                self.write_degrees(out, |at| at.longitude);
            }
        }
        out.push(b',');
        cell(out, self.trafficking_type);
        let lists = [&self.sex_venues, &self.labor_venues];
        for (number, list) in lists.into_iter().chain(&self.demographics).enumerate() {
            // The last field, as if a line was cut off.
            if number == 4 && fault == Some(Fault::FieldMissing) {
                continue;
            }
            out.push(b',');
            cell(out, list.iter().copied());
        }
        out.extend_from_slice(b",yes");
        further(self, out);
        if fault == Some(Fault::FieldTooMany) {
            out.extend_from_slice(b",see notes");
        }
        out.push(b'\n');
    }

    /// A single state applies to all places.
    fn write_states(&self, out: &mut Vec<u8>) {
        let shared = self
            .places
            .windows(2)
            .all(|two| two[0].state == two[1].state);
        let count = if shared { 1 } else { self.places.len() };
        for (number, place) in self.places.iter().take(count).enumerate() {
            if number > 0 {
                out.push(b';');
            }
            out.extend_from_slice(place.state.code().as_bytes());
        }
    }

    /// One of the two columns of coordinates.
    fn write_degrees(&self, out: &mut Vec<u8>, part: impl Fn(Coordinates) -> i32) {
        if self.places.iter().all(|place| place.coordinates.is_none()) {
            return;
        }
        for (number, place) in self.places.iter().enumerate() {
            if number > 0 {
                out.push(b';');
            }
            if let Some(coordinates) = place.coordinates {
                ten_thousandths(out, part(coordinates));
            }
        }
    }
}

impl<'a> Place<'a> {
    fn county(&self) -> &'a str {
        self.county
    }

    fn city(&self) -> &'a str {
        self.city
    }

    fn zip(&self) -> &'a str {
        self.zip
    }
}

fn code(state: Option<Jurisdiction>) -> &'static str {
    state.map_or("", Jurisdiction::code)
}

/// Values separated by semicolons, quoted if CSV requires it.
pub(super) fn cell<'a>(out: &mut Vec<u8>, values: impl IntoIterator<Item = &'a str>) {
    let start = out.len();
    for (number, value) in values.into_iter().enumerate() {
        if number > 0 {
            out.push(b';');
        }
        out.extend_from_slice(value.as_bytes());
    }
    let special = |byte: &u8| matches!(byte, b',' | b'"' | b'\n' | b'\r');
    if out[start..].iter().any(special) {
        let doubled: Vec<u8> = out[start..]
            .iter()
            .flat_map(|&byte| std::iter::repeat_n(byte, if byte == b'"' { 2 } else { 1 }))
            .collect();
        out.truncate(start);
        out.push(b'"');
        out.extend_from_slice(&doubled);
        out.push(b'"');
    }
}

/// A number with leading zeros up to a width.
fn digits(out: &mut Vec<u8>, mut number: u64, width: usize) {
    let mut text = [b'0'; 20];
    let mut first = text.len();
    while number > 0 || text.len() - first < width {
        first -= 1;
        text[first] = b'0' + (number % 10) as u8;
        number /= 10;
    }
    out.extend_from_slice(&text[first..]);
}

/// `2016-03-14 09:27`: spreadsheets, databases and people all read this the same way.
fn moment(out: &mut Vec<u8>, day: Day, minute: u16) {
    let date = DateTime::from_timestamp(day * 86_400, 0)
        .unwrap_or_default()
        .date_naive();
    digits(out, date.year().max(0) as u64, 4);
    out.push(b'-');
    digits(out, date.month().into(), 2);
    out.push(b'-');
    digits(out, date.day().into(), 2);
    out.push(b' ');
    digits(out, u64::from(minute / 60), 2);
    out.push(b':');
    digits(out, u64::from(minute % 60), 2);
}

fn ten_thousandths(out: &mut Vec<u8>, number: i32) {
    if number < 0 {
        out.push(b'-');
    }
    let size = u64::from(number.unsigned_abs());
    digits(out, size / 10_000, 1);
    out.push(b'.');
    digits(out, size % 10_000, 4);
}
