//! Remembers names of places, because looking one up in the gazetteer costs far more than finding it here.

use ahash::AHashMap;

use super::word::Word;
use crate::jurisdiction::{COUNT, Jurisdiction};

/// Names that are remembered; free text must not fill the memory.
const MOST_REMEMBERED: usize = 1 << 16;
/// Places of names that were asked for last: enough for the towns of the nation, which a table of all finds
/// several times as slowly.
const RECENT: usize = 1 << 12;

/// What names of one kind became, each in the state that its row gives.
pub(super) struct Seen<V> {
    /// Those that were asked for last, each at a place that follows from its bytes.
    recent: Box<[Option<(u8, Word, V)>]>,
    words: AHashMap<(u8, Word), V>,
    long: AHashMap<Vec<u8>, V>,
}

impl<V: Copy> Default for Seen<V> {
    fn default() -> Self {
        Seen {
            recent: vec![None; RECENT].into(),
            words: AHashMap::new(),
            long: AHashMap::new(),
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
        let Some(word) = Word::of(name) else {
            return self.find_long(state, name, judge);
        };
        let place = (word.folded() as usize ^ usize::from(state)) % RECENT;
        if let Some((of, known, verdict)) = self.recent[place]
            && of == state
            && known == word
        {
            return verdict;
        }
        if self.words.len() == MOST_REMEMBERED {
            self.words.clear();
        }
        let verdict = *self
            .words
            .entry((state, word))
            .or_insert_with(|| judge(&String::from_utf8_lossy(name)));
        self.recent[place] = Some((state, word, verdict));
        verdict
    }

    #[cold]
    fn find_long(&mut self, state: u8, name: &[u8], judge: impl Fn(&str) -> V) -> V {
        let key = [name, &[state]].concat();
        if self.long.len() == MOST_REMEMBERED {
            self.long.clear();
        }
        *self
            .long
            .entry(key)
            .or_insert_with(|| judge(&String::from_utf8_lossy(name)))
    }
}
