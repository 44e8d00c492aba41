//! A signal as far as counting needs it: created on any thread, counted in the order of the file.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use super::attributes::Attributes;
use super::cases::CaseId;
use super::group_bits::{GroupBits, Mention};
use super::paged_id::Pager;
use super::signal_ids::SignalId;
use super::statistics::Unit;
use crate::area::StateSet;
use crate::jurisdiction::Jurisdiction;
use crate::period::Month;
use crate::read::{Found, Gather, Signal};

/// Makes entries of signals.
#[derive(Clone)]
pub(super) struct Recorder {
    pub bits: Arc<GroupBits>,
    /// Places of signals before this month are never requested; `None`: all may be.
    pub places_from: Option<Month>,
    pub unit: Unit,
    pub pager: Pager,
}

/// Entries of signals in order, with the places and mentions that several of them share.
#[derive(Default)]
pub struct Entries {
    pub(super) entries: Vec<Entry>,
    /// What those about cases say, in the same order.
    pub(super) cases: Vec<CaseEntry>,
    pub(super) places: Vec<(Jurisdiction, Found)>,
    pub(super) mentions: Vec<Mention>,
    /// Whether any row says that it is synthetic.
    pub(super) are_synthetic: bool,
    /// Whether nothing is known about their cases.
    pub(super) are_of_no_cases: bool,
}

pub(super) struct Entry {
    pub id: SignalId,
    pub received: NaiveDate,
    pub month: Month,
    /// Its categories, with a bit for each of the groups that count signals.
    pub said: u64,
    pub is_substantive: bool,
    /// States that the signal is in.
    pub states: StateSet,
    pub has_case: bool,
    /// Whether it is another victim of its signal if its id came before.
    pub is_victim: bool,
}

/// What a signal says about its case; only its id if the signal isn't substantive.
pub(super) struct CaseEntry {
    pub id: CaseId,
    pub states: StateSet,
    pub attributes: Attributes,
    /// Whether it has a place for a map, whichever years are requested.
    pub is_placed: bool,
    /// The number of its places in the shared list: those that the map may show.
    places: Range<u32>,
    /// The number of its mentions in the shared list; none unless the unit is victims.
    mentions: Range<u32>,
    /// Whether a joined file describes the victims of the case as a whole.
    pub is_of_joined_victims: bool,
}

impl Gather for Recorder {
    type Scratch = ();
    type Batch = Entries;

    fn scratch(&self) {}

    fn add(&self, _: &mut (), entries: &mut Entries, signal: &Signal<'_>) {
        entries.are_synthetic |= signal.is_synthetic;
        entries.are_of_no_cases |= !signal.knows_cases;
        let said = self.bits.signal(signal);
        let is_substantive = self.bits.is_substantive(said);
        if let Some(id) = signal.case_id {
            let mut case = CaseEntry {
                id: self.pager.id(id),
                states: StateSet::default(),
                attributes: Attributes::default(),
                is_placed: false,
                places: 0..0,
                mentions: 0..0,
                is_of_joined_victims: self.bits.has_joined_victims(signal),
            };
            if is_substantive {
                case.states = StateSet::from_bits(signal.places.state_bits());
                case.attributes = self.bits.attributes(signal);
                case.is_placed = is_placed(signal);
                let first = entries.places.len() as u32;
                let places = places_on_map(self.places_from, signal);
                entries.places.extend(places);
                case.places = first..entries.places.len() as u32;
                if self.unit == Unit::Victims {
                    let first = entries.mentions.len() as u32;
                    entries.mentions.extend(self.bits.mentions(signal));
                    case.mentions = first..entries.mentions.len() as u32;
                }
            }
            entries.cases.push(case);
        }
        entries.entries.push(Entry {
            id: self.pager.id(signal.id),
            received: signal.received,
            month: Month::of(signal.received),
            said,
            is_substantive,
            states: states_of_signal(signal),
            has_case: signal.case_id.is_some(),
            is_victim: signal.is_victim,
        });
    }
}

impl CaseEntry {
    pub(super) fn places(&self) -> Range<usize> {
        self.places.start as usize..self.places.end as usize
    }

    pub(super) fn mentions(&self) -> Range<usize> {
        self.mentions.start as usize..self.mentions.end as usize
    }
}

impl Entries {
    /// Empties it, keeping its memory.
    pub(super) fn clear(&mut self) {
        self.entries.clear();
        self.cases.clear();
        self.places.clear();
        self.mentions.clear();
        self.are_synthetic = false;
        self.are_of_no_cases = false;
    }
}

/// Whether a signal has a place for a map, whichever years are requested.
fn is_placed(signal: &Signal<'_>) -> bool {
    let mut found = signal.places.found();
    found.any(|(_, found)| matches!(found, Found::At(_)))
}

/// The signal's places that a map may show, each with its state.
pub(super) fn places_on_map<'a>(
    from: Option<Month>,
    signal: &Signal<'a>,
) -> impl Iterator<Item = (Jurisdiction, Found)> + use<'a> {
    // A case with an earlier signal is dated before all requested years.
    let is_early = from.is_some_and(|from| Month::of(signal.received) < from);
    let places = (!is_early).then(|| signal.places.found());
    places.into_iter().flatten()
}

/// A signal is in a state if one of its locations is or, if it has none, if the caller is.
pub(super) fn states_of_signal(signal: &Signal<'_>) -> StateSet {
    let located = StateSet::from_bits(signal.places.state_bits());
    if located.is_empty() {
        signal.caller_state.into_iter().collect()
    } else {
        located
    }
}
