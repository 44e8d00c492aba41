//! One contact with the hotline, as a row of the canonical CSV tells it (docs/counting.md).

use chrono::NaiveDate;

use super::cells::{CodedColumn, Codes};
use super::empties::Empties;
use super::ledger::Fate;
use super::place::{Found, Placed};
use super::positions::values;
use crate::geo::LonLat;
use crate::jurisdiction::Jurisdiction;

/// One signal, borrowed from the row that it stands in.
#[derive(Clone, Copy)]
pub struct Signal<'a> {
    /// Line of the row.
    pub line: u64,
    /// Not empty.
    pub id: &'a [u8],
    /// Not empty.
    pub case_id: Option<&'a [u8]>,
    /// Local day of arrival.
    pub received: NaiveDate,
    /// The state that the caller was in, where it is known.
    pub caller_state: Option<Jurisdiction>,
    /// Where the potential trafficking is.
    pub places: Places<'a>,
    /// Codes index the vocabulary's sex trafficking venues.
    pub sex_venues: &'a Codes,
    /// Codes index the vocabulary's labor trafficking venues.
    pub labor_venues: &'a Codes,
    /// The categories of the vocabulary's groups.
    pub groups: Groups<'a>,
    /// Whether the row says that it is made up.
    pub is_synthetic: bool,
    /// Whether rows with one id are of one signal, and each tells of a potential victim.
    pub is_victim: bool,
    /// Whether anything is known of cases in its file.
    pub knows_cases: bool,
    /// Where the cells of the row ended, in the order of
    /// [`Findings::cells`](super::findings::Findings::cells); `None` for blank ones.
    pub fates: &'a [Option<Fate>],
}

/// What a signal says of each group of the vocabulary.
#[derive(Clone, Copy)]
pub struct Groups<'a> {
    pub(super) coded: &'a [CodedColumn<'a>],
    pub(super) places: &'a [GroupPlace],
}

/// Where a group is among the coded columns.
pub(super) struct GroupPlace {
    pub coded: usize,
    pub is_joined: bool,
}

impl<'a> Groups<'a> {
    /// What it says of a group, by the group's index; codes index the group's categories.
    #[inline]
    pub fn codes(&self, group: usize) -> &'a Codes {
        self.coded[self.places[group].coded].said()
    }

    /// The [bits](Codes::bits) of what it says of a group.
    #[inline]
    pub fn bits(&self, group: usize) -> u64 {
        self.coded[self.places[group].coded].bits()
    }

    /// Whether a joined file says it of the case as a whole, so that other signals repeat it.
    pub fn are_of_case(&self, group: usize) -> bool {
        self.places[group].is_joined
    }

    /// What it says of all groups, in the order of the vocabulary.
    pub fn iter(self) -> impl Iterator<Item = &'a Codes> {
        (0..self.places.len()).map(move |group| self.codes(group))
    }
}

/// The places of a signal, whose values align by position in six cells.
#[derive(Clone, Copy)]
pub struct Places<'a> {
    pub(super) counties: &'a [u8],
    pub(super) cities: &'a [u8],
    pub(super) zips: &'a [u8],
    pub(super) empties: &'a Empties,
    /// Of each place, in order.
    pub(super) placed: &'a [Placed],
    pub(super) state_bits: u64,
}

/// One place; what is empty is unknown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place<'a> {
    /// The state that its row gives.
    pub state: Option<Jurisdiction>,
    /// Name or FIPS code of the county, as the file has it.
    pub county: &'a [u8],
    /// Name of the city, as the file has it.
    pub city: &'a [u8],
    /// ZIP code, as the file has it.
    pub zip: &'a [u8],
    /// Latitude and longitude; forgotten once a public point is found.
    pub coordinates: Option<LonLat>,
    /// What the gazetteer makes of it; `None` where nothing is known of it but the state.
    pub found: Option<Found>,
}

impl<'a> Places<'a> {
    /// One bit per state that a place is in, by [`Jurisdiction::index`].
    pub fn state_bits(&self) -> u64 {
        self.state_bits
    }

    /// The public points that the places become, each with its state.
    #[inline]
    pub fn found(self) -> impl Iterator<Item = (Jurisdiction, Found)> + use<'a> {
        let placed = self.placed.iter();
        placed.filter_map(|place| Some((place.state?, place.found?)))
    }

    /// The places, in order. A single state serves all of them, and a ZIP code stands in for a state that
    /// isn't given; where another cell has fewer values, those of the last places are unknown.
    pub fn iter(self) -> impl Iterator<Item = Place<'a>> {
        let mut counties = values(self.counties);
        let mut cities = values(self.cities);
        let mut zips = values(self.zips);
        self.placed.iter().map(move |placed| Place {
            state: placed.state,
            county: next_value(&mut counties, self.empties),
            city: next_value(&mut cities, self.empties),
            zip: next_value(&mut zips, self.empties),
            coordinates: placed.coordinates,
            found: placed.found,
        })
    }
}

fn next_value<'a>(values: &mut impl Iterator<Item = &'a [u8]>, empties: &Empties) -> &'a [u8] {
    empties.trim(values.next().unwrap_or_default())
}
