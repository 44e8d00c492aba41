//! Finds the public point for a place (by coordinates, otherwise ZIP code, city or county), and reports the
//! fates of its cells.

use super::cells::Codes;
use super::column::Column;
use super::empties::Empties;
use super::ledger::Fate;
use super::place_names::{KINDS, Verdict, judge};
use super::positions::values;
use super::seen_places::Seen;
use super::told::{TellsOf, Told};
use super::trim::trim;
use crate::geo::{Gazetteer, LonLat, PublicPoint};
use crate::jurisdiction::Jurisdiction;

/// Coordinates that are closer together than this, about 11 m, are looked up only once.
const STEPS_PER_DEGREE: f64 = 1e4;
/// The numbers of remembered coordinates: at first as many as a small file needs, at most enough for the
/// addresses in a large one.
const FIRST_REMEMBERED: usize = 1 << 8;
const MOST_REMEMBERED: usize = 1 << 14;

/// The result for a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A public point of its state.
    At(PublicPoint),
    /// Coordinates outside the state in the data, and no known name.
    Outside,
}

/// A place of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placed {
    pub state: Option<Jurisdiction>,
    pub coordinates: Option<LonLat>,
    /// `None` if only the state is known.
    pub found: Option<Found>,
}

/// The cells of a row that describe its places.
pub(super) struct PlaceCells<'a> {
    /// By position. A single value is for all places.
    pub states: &'a Codes,
    /// By kind: ZIP codes, cities, counties.
    pub names: [&'a [u8]; 3],
    pub coordinates: &'a [Option<LonLat>],
    pub count: usize,
    pub line: u64,
}

/// Coordinates of a state, in steps.
type Steps = (Jurisdiction, i32, i32);
/// The public point nearest to them, if they are in the state.
type Nearest = Option<PublicPoint>;

/// Finds places. Reads a state's gazetteer when the first name in it is looked up.
pub(super) struct PlaceReader {
    /// By kind.
    seen: [Seen<Verdict>; 3],
    /// The public points of earlier coordinates, each in the slot that its steps determine: the same addresses
    /// occur many times in the data.
    coordinates: Box<[Option<(Steps, Nearest)>]>,
    /// How many coordinates were looked up since the table last grew.
    looked_up: usize,
    /// Whether the last row named no place, or only states.
    is_bare: bool,
    /// The places of the last row if it is bare.
    bare: PlacesOfRow,
    /// The places of the last row that isn't bare.
    named: PlacesOfRow,
    /// The fates of that row's cells, by kind; `None` for blank cells.
    fates: [Option<Fate>; 3],
    fate_of_coordinates: Option<Fate>,
    /// The fate of each value, by kind.
    by_position: [Vec<Option<Fate>>; 3],
    /// Whether there was anything to report about that row.
    tells: bool,
    pub told: Told,
}

/// The places of a row.
#[derive(Default)]
pub(super) struct PlacesOfRow {
    pub placed: Vec<Placed>,
    /// One bit per state of these places.
    pub state_bits: u64,
}

impl PlaceReader {
    pub(super) fn new() -> Self {
        PlaceReader {
            seen: Default::default(),
            coordinates: vec![None; FIRST_REMEMBERED].into(),
            looked_up: 0,
            is_bare: true,
            bare: PlacesOfRow::default(),
            named: PlacesOfRow::default(),
            tells: false,
            fates: [None; 3],
            fate_of_coordinates: None,
            by_position: Default::default(),
            told: Told::default(),
        }
    }

    /// Reads the places of an accepted row.
    #[inline]
    pub(super) fn read(&mut self, cells: &PlaceCells<'_>, empties: &Empties) {
        let is_bare = cells.names.iter().all(|names| names.is_empty());
        match is_bare && cells.coordinates.is_empty() {
            // Most signals name no place, or only a state.
            true => self.read_states(cells.states, cells.count),
            false => self.read_all(cells, empties),
        }
    }

    /// Reads a row that names no place, or only states.
    #[inline]
    pub(super) fn read_states(&mut self, states: &Codes, count: usize) {
        self.is_bare = true;
        self.bare.state_bits = states.bits();
        self.bare.placed.clear();
        for position in 0..count {
            let code = states.at(position);
            self.bare.placed.push(Placed {
                state: code.map(|code| Jurisdiction::from_index(code.into())),
                coordinates: None,
                found: None,
            });
        }
    }

    /// Uses the places of the last row that named any for this row, which has the same cells.
    #[inline]
    pub(super) fn read_again(&mut self) {
        self.is_bare = false;
    }

    /// Whether a row with the same cells as the last one may be [read again](Self::read_again): what is reported
    /// about places is reported for each row.
    pub(super) fn may_be_read_again(&self) -> bool {
        !self.is_bare && !self.tells
    }

    /// The places of the last row.
    #[inline]
    pub(super) fn last(&self) -> &PlacesOfRow {
        match self.is_bare {
            true => &self.bare,
            false => &self.named,
        }
    }

    fn read_all(&mut self, cells: &PlaceCells<'_>, empties: &Empties) {
        self.is_bare = false;
        self.tells = false;
        self.named.placed.clear();
        self.named.state_bits = cells.states.bits();
        self.fate_of_coordinates = None;
        let mut names = cells.names.map(values);
        for fates in &mut self.by_position {
            fates.clear();
        }
        for position in 0..cells.count {
            let given = match cells.states.positions() {
                1 => cells.states.at(0),
                _ => cells.states.at(position),
            };
            let given = given.map(|code| Jurisdiction::from_index(code.into()));
            let [zips, cities, counties] = &mut names;
            let texts = [
                zips.next().unwrap_or_default(),
                cities.next().unwrap_or_default(),
                counties.next().unwrap_or_default(),
            ];
            let coordinates = cells.coordinates.get(position).copied().flatten();
            self.read_place(cells, empties, given, texts, coordinates);
        }
        for (kind, cell) in cells.names.iter().enumerate() {
            self.fates[kind] = match trim(cell).is_empty() {
                true => None,
                false => Some(worst(self.by_position[kind].iter().copied())),
            };
        }
    }

    fn read_place(
        &mut self,
        cells: &PlaceCells<'_>,
        empties: &Empties,
        given: Option<Jurisdiction>,
        texts: [&[u8]; 3],
        coordinates: Option<LonLat>,
    ) {
        let mut state = given;
        let mut named = None;
        // An unknown state isn't replaced by a guess.
        let may_derive = given.is_none() && cells.states.fate() != Some(Fate::Unknown);
        for (kind, text) in texts.into_iter().enumerate() {
            let text = trim(text);
            let fate = if text.is_empty() {
                None
            } else {
                let verdict =
                    self.seen[kind].find(state, text, |text| match empties.has(text.as_bytes()) {
                        true => Verdict::EMPTY,
                        false => judge(kind, state, text),
                    });
                let is_derived = state.is_none() && verdict.state.is_some();
                if is_derived && !may_derive {
                    self.tell(kind, TellsOf::NoState, None, b"", cells.line);
                    Some(Fate::Unplaced)
                } else {
                    if let Some(tells) = verdict.tells {
                        self.tell(kind, tells, state.or(verdict.state), text, cells.line);
                    }
                    state = state.or(verdict.state);
                    named = named.or(verdict.point);
                    Some(verdict.fate)
                }
            };
            self.by_position[kind].push(fate);
        }
        let mut found = named.map(Found::At);
        if let Some(at) = coordinates {
            let (fate, point) = match state {
                None => {
                    self.tell_of(Column::Latitude, TellsOf::NoState, None, "", cells.line);
                    (Fate::Unplaced, None)
                }
                Some(state) => match self.nearest(state, at) {
                    Some(point) => (Fate::Used, Some(Found::At(point))),
                    None => {
                        let tells = TellsOf::Elsewhere;
                        self.tell_of(Column::Latitude, tells, Some(state), "", cells.line);
                        (Fate::Conflict, Some(Found::Outside))
                    }
                },
            };
            found = match point {
                Some(Found::At(_)) => point,
                _ => found.or(point),
            };
            self.fate_of_coordinates = Some(match self.fate_of_coordinates {
                None => fate,
                before => worst([before, Some(fate)].into_iter()),
            });
        }
        if let Some(state) = state {
            self.named.state_bits |= 1 << state.index();
        }
        self.named.placed.push(Placed {
            state,
            coordinates,
            found: found.filter(|_| state.is_some()),
        });
    }

    #[cold]
    fn tell(
        &mut self,
        kind: usize,
        tells: TellsOf,
        state: Option<Jurisdiction>,
        text: &[u8],
        line: u64,
    ) {
        // Reports names that somebody could correct. For codes that were understood, it reports only their number.
        let text = match tells {
            TellsOf::StateOf | TellsOf::LostZeros | TellsOf::OneCell => "".into(),
            _ => String::from_utf8_lossy(text),
        };
        self.tell_of(KINDS[kind], tells, state, &text, line);
    }

    #[cold]
    fn tell_of(
        &mut self,
        column: Column,
        tells: TellsOf,
        state: Option<Jurisdiction>,
        text: &str,
        line: u64,
    ) {
        self.tells = true;
        self.told.note(column, tells, state, text, line);
    }

    /// The fate of a column's cell; `None` for a blank cell.
    pub(super) fn fate(&self, column: Column) -> Option<Fate> {
        match kind_of(column) {
            _ if self.is_bare => None,
            Some(kind) => self.fates[kind],
            None => self.fate_of_coordinates,
        }
    }

    /// The fates of a column's values at some positions.
    pub(super) fn fate_at(&self, column: Column, positions: std::ops::Range<usize>) -> Fate {
        match kind_of(column) {
            _ if self.is_bare => Fate::EmptyWord,
            Some(kind) => {
                let fates = self.by_position[kind].iter();
                let at = fates.skip(positions.start).take(positions.len());
                worst(at.copied())
            }
            None => self.fate_of_coordinates.unwrap_or(Fate::EmptyWord),
        }
    }

    /// The public point nearest to coordinates in the state.
    fn nearest(&mut self, state: Jurisdiction, position: LonLat) -> Option<PublicPoint> {
        let steps = |degrees: f64| (degrees * STEPS_PER_DEGREE).round() as i32;
        let (east, north) = (steps(position.longitude), steps(position.latitude));
        let key = (state, east, north);
        let seen = &self.coordinates[place_of(key, self.coordinates.len())];
        if let Some((of, found)) = seen
            && *of == key
        {
            return *found;
        }
        // For the rounded coordinates, so that the order of rows makes no difference.
        let degrees = |steps: i32| f64::from(steps) / STEPS_PER_DEGREE;
        let at = LonLat {
            longitude: degrees(east),
            latitude: degrees(north),
        };
        let found = Gazetteer::shared(state).point_of(at);
        self.looked_up += 1;
        if self.looked_up > self.coordinates.len() / 2 && self.coordinates.len() < MOST_REMEMBERED {
            self.coordinates = vec![None; 4 * self.coordinates.len()].into();
            self.looked_up = 0;
        }
        let place = place_of(key, self.coordinates.len());
        self.coordinates[place] = Some((key, found));
        found
    }
}

/// The slot in which coordinates are remembered.
fn place_of((state, east, north): Steps, places: usize) -> usize {
    const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
    let steps = u64::from(east as u32) << 32 | u64::from(north as u32);
    let mixed = (steps ^ state.index() as u64).wrapping_mul(MIX);
    (mixed >> 40) as usize % places
}

fn kind_of(column: Column) -> Option<usize> {
    KINDS.iter().position(|kind| *kind == column)
}

/// The fate to report for a cell with several values: the most important one.
fn worst(fates: impl Iterator<Item = Option<Fate>>) -> Fate {
    const ORDER: [Fate; 3] = [Fate::Used, Fate::Conflict, Fate::Unplaced];
    let rank = |fate: Fate| ORDER.iter().position(|it| *it == fate);
    fates
        .flatten()
        .max_by_key(|fate| rank(*fate))
        .unwrap_or(Fate::EmptyWord)
}
