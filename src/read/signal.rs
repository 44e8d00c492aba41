//! One contact with the hotline, as a row of the canonical CSV describes it (docs/counting.md).

use chrono::NaiveDate;

use super::cells::{CodedColumn, Codes};
use super::empties::Empties;
use super::ledger::Fate;
use super::place::{Found, Placed};
use super::positions::values;
use crate::geo::LonLat;
use crate::jurisdiction::Jurisdiction;

/// One signal, borrowed from its row.
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
    /// The state that the caller was in, if known.
    pub caller_state: Option<Jurisdiction>,
    /// Where the potential trafficking is.
    pub places: Places<'a>,
    /// Codes are indexes into the vocabulary's sex trafficking venues.
    pub sex_venues: &'a Codes,
    /// Codes are indexes into the vocabulary's labor trafficking venues.
    pub labor_venues: &'a Codes,
    /// The categories of the vocabulary's groups.
    pub groups: Groups<'a>,
    /// Whether the row says that it is synthetic.
    pub is_synthetic: bool,
    /// Whether rows with the same id are about the same signal, each describing a potential victim.
    pub is_victim: bool,
    /// Whether anything is known about cases in its file.
    pub knows_cases: bool,
    /// What happened to the cells of the row, in the order of [`Findings::cells`](super::findings::Findings::cells);
    /// `None` for blank ones.
    pub fates: &'a [Option<Fate>],
}

/// What a signal says about each group of the vocabulary.
#[derive(Clone, Copy)]
pub struct Groups<'a> {
    pub(super) coded: &'a [CodedColumn<'a>],
    pub(super) places: &'a [GroupPlace],
}

/// The position of a group among the coded columns.
pub(super) struct GroupPlace {
    pub coded: usize,
    pub is_joined: bool,
}

impl<'a> Groups<'a> {
    /// What it says about a group, by the group's index; codes are indexes into the group's categories.
    #[inline]
    pub fn codes(&self, group: usize) -> &'a Codes {
        self.coded[self.places[group].coded].said()
    }

    /// The [bits](Codes::bits) of what it says about a group.
    #[inline]
    pub fn bits(&self, group: usize) -> u64 {
        self.coded[self.places[group].coded].bits()
    }

    /// Whether a joined file says it about the case as a whole, so that other signals repeat it.
    pub fn are_of_case(&self, group: usize) -> bool {
        self.places[group].is_joined
    }

    /// What it says about all groups, in the order of the vocabulary.
    pub fn iter(self) -> impl Iterator<Item = &'a Codes> {
        (0..self.places.len()).map(move |group| self.codes(group))
    }
}

/// The places of a signal, with values that align by position in six cells.
#[derive(Clone, Copy)]
pub struct Places<'a> {
    pub(super) counties: &'a [u8],
    pub(super) cities: &'a [u8],
    pub(super) zips: &'a [u8],
    pub(super) empties: &'a Empties,
    /// One for each place, in order.
    pub(super) placed: &'a [Placed],
    pub(super) state_bits: u64,
}

/// One place; anything empty is unknown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place<'a> {
    /// The state in its row.
    pub state: Option<Jurisdiction>,
    /// Name or FIPS code of the county, as in the file.
    pub county: &'a [u8],
    /// Name of the city, as in the file.
    pub city: &'a [u8],
    /// ZIP code, as in the file.
    pub zip: &'a [u8],
    /// Latitude and longitude; discarded once a public point is found.
    pub coordinates: Option<LonLat>,
    /// The gazetteer's result; `None` if only the state is known.
    pub found: Option<Found>,
}

impl<'a> Places<'a> {
    /// One bit for each state that a place is in, by [`Jurisdiction::index`].
    pub fn state_bits(&self) -> u64 {
        self.state_bits
    }

    /// The public points that the places become, each with its state.
    #[inline]
    pub fn found(self) -> impl Iterator<Item = (Jurisdiction, Found)> + use<'a> {
        let placed = self.placed.iter();
        placed.filter_map(|place| Some((place.state?, place.found?)))
    }

    /// The places, in order. A single state applies to all of them, and a ZIP code replaces a missing state. If
    /// another cell has fewer values, those for the last places are unknown.
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
