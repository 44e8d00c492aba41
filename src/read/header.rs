//! Finds the columns of the canonical CSV by their names in the header.

use crate::failure::{Failure, Outcome, Position, nearest};

use super::records::Record;

macro_rules! columns {
    ($($column:ident $name:literal $meaning:literal;)*) => {
        /// A column of the canonical CSV (SPEC section 1).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Column { $(#[doc = $meaning] $column),* }

        impl Column {
            /// All of them, in the order of the specification.
            pub const ALL: &[Column] = &[$(Column::$column),*];

            /// As the header spells it.
            pub fn name(self) -> &'static str {
                match self { $(Column::$column => $name),* }
            }
        }
    };
}

columns! {
    SignalId "signal_id" "Unique id of the signal.";
    CaseId "case_id" "The case that the signal belongs to.";
    Received "received" "Day the signal arrived.";
    ContactMethod "contact_method" "How it arrived.";
    CallType "call_type" "What it asked for.";
    CallerState "caller_state" "State the caller was in.";
    State "state" "States of the places.";
    County "county" "Counties of the places.";
    City "city" "Cities of the places.";
    Zip "zip" "ZIP codes of the places.";
    Latitude "latitude" "Latitudes of the places, in degrees.";
    Longitude "longitude" "Longitudes of the places, in degrees.";
    TraffickingType "trafficking_type" "Sex, labor or both.";
    SexVenue "sex_venue" "Sex trafficking venues.";
    LaborVenue "labor_venue" "Labor trafficking venues.";
    Citizenship "citizenship" "Citizenship of the potential victims.";
    Gender "gender" "Gender of the potential victims.";
    Age "age" "Age of the potential victims.";
}

const REQUIRED: [Column; 3] = [Column::SignalId, Column::Received, Column::State];

/// Which field of a row is which column.
#[derive(Clone, Debug)]
pub(super) struct Header {
    /// Index of the field, by column.
    fields: [Option<usize>; Column::ALL.len()],
    /// Number of fields that every row must have.
    pub width: usize,
    /// Names of columns that are not ours; blank ones are left out.
    pub extra: Vec<String>,
}

impl Header {
    /// # Errors
    /// A required column that is missing, and a column that stands twice.
    pub(super) fn read(file: &str, record: Record<'_>) -> Outcome<Header> {
        let names: Vec<String> = record
            .iter()
            .map(|name| String::from_utf8_lossy(name).trim().to_owned())
            .collect();
        let at = |field: Option<usize>| {
            Position::line(file, record.line, field.map(|index| index as u64 + 1))
        };
        let mut header = Header {
            fields: [None; Column::ALL.len()],
            width: names.len(),
            extra: Vec::new(),
        };
        for (index, name) in names.iter().enumerate() {
            let spelling = spelling(name);
            let column = Column::ALL.iter().find(|column| column.name() == spelling);
            match column {
                Some(&column) => {
                    if let Some(first) = header.fields[column as usize].replace(index) {
                        return Err(Failure::data(format!(
                            "the column `{}` stands twice: fields {} and {}",
                            column.name(),
                            first + 1,
                            index + 1
                        ))
                        .at(at(Some(index)))
                        .remedy("rename or remove one of them"));
                    }
                }
                None if name.is_empty() => {}
                None => header.extra.push(name.clone()),
            }
        }
        for column in REQUIRED {
            if header.fields[column as usize].is_none() {
                return Err(
                    Failure::data(format!("the column `{}` is missing", column.name()))
                        .at(at(None))
                        .remedy(header.remedy_for_missing(column, &names)),
                );
            }
        }
        Ok(header)
    }

    /// The field of a row that holds a column.
    pub(super) fn field(&self, column: Column) -> Option<usize> {
        self.fields[column as usize]
    }

    /// The column that a field holds.
    pub(super) fn column(&self, field: usize) -> Option<Column> {
        let holds = |column: &&Column| self.fields[**column as usize] == Some(field);
        Column::ALL.iter().find(holds).copied()
    }

    fn remedy_for_missing(&self, column: Column, names: &[String]) -> String {
        if let [only] = names
            && let Some(separator) = [";", "\t", "|"].iter().find(|mark| only.contains(*mark))
        {
            return format!(
                "the fields seem to be separated by {separator:?}; save the file with commas, or give a mapping file"
            );
        }
        let candidates = self.extra.iter().map(|name| spelling(name));
        let candidates: Vec<String> = candidates.collect();
        match nearest(column.name(), candidates.iter().map(String::as_str)) {
            Some(near) => {
                let index = candidates.iter().position(|name| name == near);
                let found = index.map_or(near, |index| self.extra[index].as_str());
                format!(
                    "if `{found}` is meant, rename it to `{}` or give a mapping file",
                    column.name()
                )
            }
            None => format!(
                "the header has: {}; rename the column, or give a mapping file",
                names.join(", ")
            ),
        }
    }
}

/// `Signal ID`, `signal-id` and `signal_id` are one name.
fn spelling(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

#[cfg(test)]
mod tests {
    use super::super::records::Records;
    use super::*;

    fn read(text: &str) -> Result<Header, String> {
        let mut records = Records::new("nm.csv", text.as_bytes()).unwrap();
        assert!(records.advance().unwrap());
        Header::read("nm.csv", records.current()).map_err(|failure| failure.to_string())
    }

    #[test]
    fn columns_are_found_by_name_in_any_order_and_others_are_listed() {
        let header = read("\u{feff}State,notes, Received ,Signal ID,,zip").unwrap();
        assert_eq!(header.field(Column::State), Some(0));
        assert_eq!(header.field(Column::Received), Some(2));
        assert_eq!(header.field(Column::SignalId), Some(3));
        assert_eq!(header.field(Column::Zip), Some(5));
        assert_eq!(header.field(Column::City), None);
        assert_eq!(header.column(5), Some(Column::Zip));
        assert_eq!(header.column(1), None);
        assert_eq!(header.width, 6);
        assert_eq!(header.extra, ["notes"]);
    }

    #[test]
    fn a_missing_column_is_told_with_the_nearest() {
        assert_eq!(
            read("signal_id,Recieved,state").unwrap_err(),
            "nm.csv:1: the column `received` is missing\n  help: if `Recieved` is meant, rename it to \
             `received` or give a mapping file"
        );
        let message = read("signal_id,received").unwrap_err();
        assert!(message.contains("the column `state` is missing"));
        assert!(message.contains("the header has: signal_id, received"));
        let message = read("signal_id;received;state").unwrap_err();
        assert!(message.contains("separated by \";\""), "{message}");
    }

    #[test]
    fn a_column_that_stands_twice_is_an_error() {
        let message = read("signal_id,state,received,STATE").unwrap_err();
        assert!(message.starts_with("nm.csv:1:4: the column `state` stands twice: fields 2 and 4"));
    }
}
