//! What the data say anything about: a group about which nobody recorded anything isn't a group of zeros.

use super::attributes::Attributes;
use super::group_bits::GroupBits;

/// What any row of any area and time says, so that what no row says can be left out: “Foreign National 0” would be
/// wrong if nobody noted citizenship (docs/counting.md).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    /// Whether there are signals.
    has_signals: bool,
    /// Whether there are cases.
    has_cases: bool,
    of_signals: u64,
    of_cases: Attributes,
    has_places: bool,
}

impl Said {
    /// Records a signal's categories.
    pub(super) fn signal(&mut self, said: u64) {
        self.has_signals = true;
        self.of_signals |= said;
    }

    /// Records what a signal says about its case, and whether it says where it is.
    pub(super) fn case(&mut self, said: Attributes, is_placed: bool) {
        self.has_cases = true;
        self.of_cases.add(said);
        self.has_places |= is_placed;
    }

    /// Whether the data have something to say about a group of the vocabulary, by its index. Without any cases, the
    /// numbers of every group are known: they are zeros.
    pub(super) fn knows(&self, bits: &GroupBits, group: usize) -> bool {
        let (has_any, said, mask) = match bits.of_group(group) {
            (true, mask) => (self.has_cases, self.of_cases.categories, mask),
            (false, mask) => (self.has_signals, self.of_signals, mask),
        };
        !has_any || said & mask != 0
    }

    /// Whether the data say where cases are.
    pub(super) fn knows_places(&self) -> bool {
        self.has_places || !self.has_cases
    }
}
