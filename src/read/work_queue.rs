//! A work queue: distributes the blocks of a file to threads, and passes their results to one thread, the consumer,
//! in the order of the file.
//!
//! Any free thread reads the next block and processes it, so that its bytes are still in the caches of its core. The
//! consumer also processes a block if there is nothing to take.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::records::Records;
use crate::failure::Outcome;

/// The blocks of a file, and what was `Made` from them.
pub(super) struct WorkQueue<'r, R, Made> {
    unread: Mutex<Unread<'r, R>>,
    finished: Mutex<Finished<Made>>,
    /// Whether something was added or taken, or everything is over.
    changed: Condvar,
    /// Blocks that may be handed out before the next one to take: as many as keep all threads busy while one of them
    /// takes long.
    most_ahead: u64,
}

/// A block of the file.
pub(super) struct Block {
    /// From 0, in the order of the file.
    pub number: u64,
    pub bytes: Vec<u8>,
}

/// What the consumer has to do.
pub(super) enum Task<Made> {
    /// This is next in the order of the file.
    Take(Made),
    /// There is nothing to take yet, but a block to process.
    Work(Block),
}

/// The blocks that haven't been handed out.
struct Unread<'r, R> {
    records: &'r mut Records<R>,
    size: usize,
    /// A block that has already been read.
    first: Option<Vec<u8>>,
    handed_out: u64,
    has_ended: bool,
}

/// What has been made but not taken.
struct Finished<Made> {
    made: BTreeMap<u64, Outcome<Made>>,
    taken: u64,
    /// Blocks that a thread has begun to read.
    begun: u64,
    /// The number of blocks in the file, once known.
    all: Option<u64>,
    /// Whether all threads should stop.
    is_over: bool,
}

/// A thread that works on the queue. If the consumer leaves, for whatever reason, or another thread panics, all
/// threads should stop: otherwise, they would wait for each other forever.
pub(super) struct Worker<'d, 'r, R, Made> {
    pub queue: &'d WorkQueue<'r, R, Made>,
    pub is_consumer: bool,
}

impl<R, Made> Drop for Worker<'_, '_, R, Made> {
    fn drop(&mut self) {
        if self.is_consumer || thread::panicking() {
            self.queue.finished().is_over = true;
            self.queue.changed.notify_all();
        }
    }
}

impl<'r, R, Made> WorkQueue<'r, R, Made> {
    /// Hands out blocks of a given size; the first one has been read.
    pub(super) fn new(
        records: &'r mut Records<R>,
        size: usize,
        first: Vec<u8>,
        threads: usize,
    ) -> Self {
        WorkQueue {
            unread: Mutex::new(Unread {
                records,
                size,
                first: Some(first),
                handed_out: 0,
                has_ended: false,
            }),
            finished: Mutex::new(Finished {
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

    /// Puts the result for a block where the consumer finds it.
    pub(super) fn put(&self, number: u64, made: Made) {
        self.finished().made.insert(number, Ok(made));
        self.changed.notify_all();
    }

    fn finished(&self) -> MutexGuard<'_, Finished<Made>> {
        self.finished.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'t>(&self, finished: MutexGuard<'t, Finished<Made>>) -> MutexGuard<'t, Finished<Made>> {
        let waited = self.changed.wait(finished);
        waited.unwrap_or_else(PoisonError::into_inner)
    }
}

impl<R: Read, Made> WorkQueue<'_, R, Made> {
    /// A block for a thread other than the consumer, once there is one; `buffer` provides memory for it.
    pub(super) fn next_block(&self, buffer: impl FnOnce() -> Vec<u8>) -> Option<Block> {
        let mut finished = self.finished();
        while !finished.is_over && !finished.has_room(self.most_ahead) {
            finished = self.wait(finished);
        }
        if finished.is_over {
            return None;
        }
        finished.begun += 1;
        drop(finished);
        self.read(buffer)
    }

    /// What the consumer has to do; `None` when all blocks are taken.
    ///
    /// # Errors
    /// If the file can't be read.
    pub(super) fn next_task(&self, buffer: impl Fn() -> Vec<u8>) -> Outcome<Option<Task<Made>>> {
        let mut finished = self.finished();
        loop {
            let next = finished.taken;
            if let Some(made) = finished.made.remove(&next) {
                finished.taken += 1;
                drop(finished);
                self.changed.notify_all();
                return Ok(Some(Task::Take(made?)));
            }
            if finished.is_over || finished.all == Some(next) {
                return Ok(None);
            }
            if finished.all.is_none() && finished.has_room(self.most_ahead) {
                finished.begun += 1;
                drop(finished);
                if let Some(block) = self.read(&buffer) {
                    return Ok(Some(Task::Work(block)));
                }
                finished = self.finished();
            } else {
                finished = self.wait(finished);
            }
        }
    }

    /// The next block of the file; `None` at its end, and if it can't be read, which is reported to the consumer.
    fn read(&self, buffer: impl FnOnce() -> Vec<u8>) -> Option<Block> {
        let mut unread = self.unread.lock().unwrap_or_else(PoisonError::into_inner);
        if unread.has_ended {
            return None;
        }
        let number = unread.handed_out;
        let (bytes, goes_on) = match unread.first.take() {
            Some(first) => (Ok(first), true),
            None => {
                let mut bytes = buffer();
                let size = unread.size;
                match unread.records.read_block(&mut bytes, size) {
                    Ok(goes_on) => (Ok(bytes), goes_on),
                    Err(failure) => (Err(failure), false),
                }
            }
        };
        unread.handed_out += 1;
        if !goes_on {
            unread.has_ended = true;
            self.finished().all = Some(unread.handed_out);
            self.changed.notify_all();
        }
        drop(unread);
        match bytes {
            Ok(bytes) => Some(Block { number, bytes }),
            Err(failure) => {
                self.finished().made.insert(number, Err(failure));
                self.changed.notify_all();
                None
            }
        }
    }
}

impl<Made> Finished<Made> {
    fn has_room(&self, most_ahead: u64) -> bool {
        self.begun < self.taken + most_ahead
    }
}
