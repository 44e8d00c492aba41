//! Remembers the names of places, because looking one up in the gazetteer takes far longer than finding it here.

use ahash::AHashMap;

use super::word::Word;
use crate::jurisdiction::{COUNT, Jurisdiction};

/// The maximum number of names that are remembered, so that free text doesn't fill the memory.
const MOST_REMEMBERED: usize = 1 << 16;
/// The number of slots for recent names, which a table of all names finds several times more slowly: at first enough
/// for a file with few names, at most enough for the towns of the nation.
const FIRST_RECENT: usize = 1 << 7;
const MOST_RECENT: usize = 1 << 15;

/// The verdicts on names of one kind, each in the state that its row gives.
pub(super) struct Seen<V> {
    /// Recent short names, each in a slot that follows from its bytes.
    recent: Box<[Recent<V>]>,
    all: AHashMap<Box<[u8]>, V>,
    /// Kept only to reuse its memory.
    key: Vec<u8>,
}

/// A short name, its state, and the verdict.
type Recent<V> = ([u64; 2], u8, Option<V>);

impl<V: Copy> Default for Seen<V> {
    fn default() -> Self {
        Seen {
            recent: none(FIRST_RECENT),
            all: AHashMap::new(),
            key: Vec::new(),
        }
    }
}

fn none<V: Copy>(places: usize) -> Box<[Recent<V>]> {
    vec![([0; 2], 0, None); places].into()
}

impl<V: Copy> Seen<V> {
    /// The verdict on a name. `judge` decides it the first time.
    #[inline]
    pub(super) fn find(
        &mut self,
        state: Option<Jurisdiction>,
        name: &[u8],
        judge: impl Fn(&str) -> V,
    ) -> V {
        let state = state.map_or(COUNT, Jurisdiction::index) as u8;
        let word = Word::of(name);
        let Some(short) = word.short() else {
            return self.find_among_all(state, name, judge);
        };
        let hash = word.folded() as usize ^ usize::from(state);
        if let (known, of, Some(verdict)) = self.recent[hash & (self.recent.len() - 1)]
            && known == short
            && of == state
        {
            return verdict;
        }
        let verdict = self.find_among_all(state, name, judge);
        self.recent[hash & (self.recent.len() - 1)] = (short, state, Some(verdict));
        verdict
    }

    #[cold]
    fn find_among_all(&mut self, state: u8, name: &[u8], judge: impl Fn(&str) -> V) -> V {
        self.key.clear();
        self.key.extend_from_slice(name);
        self.key.push(state);
        if let Some(verdict) = self.all.get(&*self.key) {
            return *verdict;
        }
        if self.all.len() == MOST_REMEMBERED {
            self.all.clear();
        }
        let verdict = judge(&String::from_utf8_lossy(name));
        self.all.insert(self.key.as_slice().into(), verdict);
        if self.all.len() > self.recent.len() / 2 && self.recent.len() < MOST_RECENT {
            self.recent = none(4 * self.recent.len());
        }
        verdict
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_name_is_judged_once_in_each_state() {
        let mut seen = Seen::default();
        let judged = Cell::new(0);
        let mut names = BTreeSet::new();
        for round in 0..3 {
            for number in 0..3000_usize {
                let state = (number % 3 > 0).then(|| Jurisdiction::from_index(number % 3));
                let long = if number % 5 == 0 {
                    " with a longer name"
                } else {
                    ""
                };
                let name = format!("Town {}{long}", number / 3);
                let verdict = seen.find(state, name.as_bytes(), |name| {
                    judged.set(judged.get() + 1);
                    name.len() * 100 + state.map_or(99, Jurisdiction::index)
                });
                assert_eq!(
                    verdict,
                    name.len() * 100 + state.map_or(99, Jurisdiction::index)
                );
                names.insert((name, state));
            }
            assert_eq!(judged.get(), names.len(), "round {round}");
        }
    }
}
