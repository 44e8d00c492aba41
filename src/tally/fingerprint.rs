//! Tells ids apart without keeping them.

use std::hash::{Hash, Hasher};

use ahash::RandomState;

/// A 128-bit hash of an id. Two of ten million ids have the same with a chance of 1 in 10^24.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fingerprint(u64, u64);

/// Makes fingerprints that can be compared with each other.
#[derive(Clone)]
pub(super) struct Fingerprinter(RandomState, RandomState);

impl Fingerprinter {
    pub(super) fn new() -> Self {
        Fingerprinter(
            RandomState::with_seeds(1, 2, 3, 4),
            RandomState::with_seeds(5, 6, 7, 8),
        )
    }

    pub(super) fn of(&self, id: &[u8]) -> Fingerprint {
        Fingerprint(self.0.hash_one(id), self.1.hash_one(id))
    }

    /// Of what ids that end in a number have in common: the text before the number, its digits, and
    /// the number without its last part.
    pub(super) fn of_page(&self, prefix: &[u8], digits: usize, page: u64) -> Fingerprint {
        let page = (prefix, digits, page);
        Fingerprint(self.0.hash_one(page), self.1.hash_one(page))
    }
}

impl Hash for Fingerprint {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Half of it is hash enough for a table.
        state.write_u64(self.0);
    }
}
