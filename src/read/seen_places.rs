//! Remembers names of places, because looking one up in the gazetteer costs far more than finding it here.

use ahash::AHashMap;

use super::word::Word;
use crate::jurisdiction::{COUNT, Jurisdiction};

/// Names that are remembered; free text must not fill the memory.
const MOST_REMEMBERED: usize = 1 << 16;
/// Places of names that were asked for last: enough for the towns of the nation, which a table of all finds
/// several times as slowly.
const RECENT: usize = 1 << 13;

/// What names of one kind became, each in the state that its row gives.
pub(super) struct Seen<V> {
    /// Short ones that were asked for last, each at a place that follows from its bytes.
    recent: Box<[([u64; 2], u8, Option<V>)]>,
    all: AHashMap<Vec<u8>, V>,
}

impl<V: Copy> Default for Seen<V> {
    fn default() -> Self {
        Seen {
            recent: vec![([0; 2], 0, None); RECENT].into(),
            all: AHashMap::new(),
        }
    }
}

impl<V: Copy> Seen<V> {
    /// What a name became, which is judged the first time that it is asked for.
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
        let place = (word.folded() as usize ^ usize::from(state)) % RECENT;
        if let (known, of, Some(verdict)) = self.recent[place]
            && known == short
            && of == state
        {
            return verdict;
        }
        let verdict = self.find_among_all(state, name, judge);
        self.recent[place] = (short, state, Some(verdict));
        verdict
    }

    #[cold]
    fn find_among_all(&mut self, state: u8, name: &[u8], judge: impl Fn(&str) -> V) -> V {
        let key = [name, &[state]].concat();
        if self.all.len() == MOST_REMEMBERED {
            self.all.clear();
        }
        *self
            .all
            .entry(key)
            .or_insert_with(|| judge(&String::from_utf8_lossy(name)))
    }
}
