//! The columns of the canonical CSV, and how their names are spelled.

use super::trim::trim_str;

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

impl Column {
    /// Whether it tells, with others, where a place is; values of such columns align by position.
    pub(super) fn is_part_of_place(self) -> bool {
        use Column::{City, County, Latitude, Longitude, Zip};
        matches!(self, County | City | Zip | Latitude | Longitude)
    }
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

/// `Signal ID`, `signal-id` and `signal_id` are one name.
pub(super) fn spelling(name: &str) -> String {
    let name = trim_str(name).to_lowercase();
    let marks = |c: char| c.is_whitespace() || c == '-';
    name.replace(marks, "_")
}
