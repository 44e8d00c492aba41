//! Deals the blocks of a file out to threads, and takes back what they made of them in the order of the
//! file.
//!
//! Whoever is free reads the next block and works on it, so that its bytes are still in the caches of
//! its core. One thread, the taker, also takes what was made, and works on a block only when there is
//! nothing to take.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::records::Records;
use crate::failure::Outcome;

/// Deals blocks and takes back what was `Made` of them.
pub(super) struct Dealer<'r, R, Made> {
    deck: Mutex<Deck<'r, R>>,
    table: Mutex<Table<Made>>,
    /// Whether something was laid on the table or taken, or all is over.
    changed: Condvar,
    /// Blocks that may be dealt before the one that is to be taken next: as many as keep all busy while
    /// one of them takes long.
    most_ahead: u64,
}

/// A block of the file.
pub(super) struct Block {
    /// From 0, in the order of the file.
    pub number: u64,
    pub bytes: Vec<u8>,
}

/// What the taker has to do.
pub(super) enum Turn<Made> {
    /// This is what comes next in the order of the file.
    Take(Made),
    /// Nothing is to be taken yet, but a block to be worked on.
    Work(Block),
}

/// The blocks that are not dealt.
struct Deck<'r, R> {
    records: &'r mut Records<R>,
    size: usize,
    /// A block that has been read already.
    first: Option<Vec<u8>>,
    dealt: u64,
    has_ended: bool,
}

/// What has been made and not taken.
struct Table<Made> {
    made: BTreeMap<u64, Outcome<Made>>,
    taken: u64,
    /// Blocks that somebody has begun to read.
    begun: u64,
    /// Blocks of the file, once that is known.
    all: Option<u64>,
    /// Whether nobody is to go on.
    is_over: bool,
}

/// A thread at the table. When the taker leaves, for whatever reason, or another thread panics, nobody is
/// to go on: they would wait for each other for ever.
pub(super) struct Seat<'d, 'r, R, Made> {
    pub dealer: &'d Dealer<'r, R, Made>,
    pub is_taker: bool,
}

impl<R, Made> Drop for Seat<'_, '_, R, Made> {
    fn drop(&mut self) {
        if self.is_taker || thread::panicking() {
            self.dealer.table().is_over = true;
            self.dealer.changed.notify_all();
        }
    }
}

impl<'r, R, Made> Dealer<'r, R, Made> {
    /// Deals blocks of a size, of which the first has been read.
    pub(super) fn new(
        records: &'r mut Records<R>,
        size: usize,
        first: Vec<u8>,
        threads: usize,
    ) -> Self {
        Dealer {
            deck: Mutex::new(Deck {
                records,
                size,
                first: Some(first),
                dealt: 0,
                has_ended: false,
            }),
            table: Mutex::new(Table {
                made: BTreeMap::new(),
                taken: 0,
                begun: 0,
                all: None,
                is_over: false,
            }),
            changed: Condvar::new(),
            most_ahead: 4 * threads as u64,
        }
    }

    /// Lays what was made of a block on the table.
    pub(super) fn lay(&self, number: u64, made: Made) {
        self.table().made.insert(number, Ok(made));
        self.changed.notify_all();
    }

    fn table(&self) -> MutexGuard<'_, Table<Made>> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'t>(&self, table: MutexGuard<'t, Table<Made>>) -> MutexGuard<'t, Table<Made>> {
        let waited = self.changed.wait(table);
        waited.unwrap_or_else(PoisonError::into_inner)
    }
}

impl<R: Read, Made> Dealer<'_, R, Made> {
    /// A block for a thread that is not the taker, when there is one; `buffer` gives memory for it.
    pub(super) fn deal(&self, buffer: impl FnOnce() -> Vec<u8>) -> Option<Block> {
        let mut table = self.table();
        while !table.is_over && !table.has_room(self.most_ahead) {
            table = self.wait(table);
        }
        if table.is_over {
            return None;
        }
        table.begun += 1;
        drop(table);
        self.read(buffer)
    }

    /// What the taker has to do; `None` when all blocks are taken.
    ///
    /// # Errors
    /// When the file can't be read.
    pub(super) fn turn(&self, buffer: impl Fn() -> Vec<u8>) -> Outcome<Option<Turn<Made>>> {
        let mut table = self.table();
        loop {
            let next = table.taken;
            if let Some(made) = table.made.remove(&next) {
                table.taken += 1;
                drop(table);
                self.changed.notify_all();
                return Ok(Some(Turn::Take(made?)));
            }
            if table.is_over || table.all == Some(next) {
                return Ok(None);
            }
            if table.all.is_none() && table.has_room(self.most_ahead) {
                table.begun += 1;
                drop(table);
                if let Some(block) = self.read(&buffer) {
                    return Ok(Some(Turn::Work(block)));
                }
                table = self.table();
            } else {
                table = self.wait(table);
            }
        }
    }

    /// The next block of the file; `None` at its end, and where it can't be read, which the table is told.
    fn read(&self, buffer: impl FnOnce() -> Vec<u8>) -> Option<Block> {
        let mut deck = self.deck.lock().unwrap_or_else(PoisonError::into_inner);
        if deck.has_ended {
            return None;
        }
        let number = deck.dealt;
        let (bytes, goes_on) = match deck.first.take() {
            Some(first) => (Ok(first), true),
            None => {
                let mut bytes = buffer();
                let size = deck.size;
                match deck.records.read_block(&mut bytes, size) {
                    Ok(goes_on) => (Ok(bytes), goes_on),
                    Err(failure) => (Err(failure), false),
                }
            }
        };
        deck.dealt += 1;
        if !goes_on {
            deck.has_ended = true;
            self.table().all = Some(deck.dealt);
            self.changed.notify_all();
        }
        drop(deck);
        match bytes {
            Ok(bytes) => Some(Block { number, bytes }),
            Err(failure) => {
                self.table().made.insert(number, Err(failure));
                self.changed.notify_all();
                None
            }
        }
    }
}

impl<Made> Table<Made> {
    fn has_room(&self, most_ahead: u64) -> bool {
        self.begun < self.taken + most_ahead
    }
}
