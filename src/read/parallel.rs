//! Reads the rows of one file on all cores, with the same result as reading them one after another.
//!
//! The file is cut into blocks of equal size, wherever that falls. The position of a block's first record can't be
//! known without everything before it, because a line end may be between quotation marks. So each block is read based
//! on a guess, on any thread. Then, in the order of the file, the record that crosses the border is read from its
//! true beginning. If it ends where the reading of the block began, the guess was right, because from there on there
//! is only one way to read. If not, the block is read again.

use std::io::Read;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};
use std::thread;

use memchr::memchr2;

use super::column::Column;
use super::date::Ways;
use super::findings::{Around, UnknownValues};
use super::ledger::{self, CellCounts};
use super::limits::Limits;
use super::records::{Excess, Fields, Record, Records, blank_lines, line_ends};
use super::reject::{Reason, Reject};
use super::row::RowReader;
use super::signal::Signal;
use super::table::Sieve;
use super::told::Told;
use super::work_queue::{Block, Task, WorkQueue, Worker};
use crate::failure::Outcome;

/// Processes signals on the threads that read them.
pub trait Gather: Sync {
    /// What a thread keeps from one block to the next.
    type Scratch: Send;
    /// The result for the signals in a part of the file.
    type Batch: Default + Send;

    /// Working memory for one thread.
    fn scratch(&self) -> Self::Scratch;

    /// Adds a signal to a batch that already has the earlier ones in its part of the file.
    fn add(&self, scratch: &mut Self::Scratch, batch: &mut Self::Batch, signal: &Signal<'_>);
}

/// Rows of a part of the file, in the order of the file.
pub enum Gathered<'a, Batch> {
    /// The signals in the part. What is taken out of the batch needn't be put back; an emptied batch keeps its memory
    /// for a later part.
    Signals(&'a mut Batch),
    /// A rejected row in the part, after the signals of the part.
    Reject(Reject<'a>),
}

/// How a file is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Division {
    /// Threads that parse; with 1, no thread is started.
    pub threads: usize,
    /// Bytes in a block.
    pub block: usize,
}

impl Default for Division {
    /// All cores, and blocks that fit in their caches.
    fn default() -> Self {
        Division {
            threads: thread::available_parallelism().map_or(1, usize::from),
            block: 1 << 16,
        }
    }
}

/// Reads rows from text in memory.
pub(super) struct PartReader<'v, 'g, G: Gather> {
    pub rows: RowReader<'v>,
    pub sieve: Sieve<'v>,
    pub gather: &'g G,
    pub scratch: G::Scratch,
    pub fields: Fields,
    pub delimiter: u8,
    pub limits: Limits,
}

/// The result of reading a part of the file.
pub(super) struct Part<Batch> {
    /// Line of the file where the part begins; 0 until it is known.
    pub first_line: u64,
    /// The number that its first line was assumed to have while it was read.
    pub counted_from: u64,
    /// Where the first unread record begins.
    pub end: usize,
    /// Line ends before `end`.
    pub lines: u64,
    pub rows: u64,
    pub batch: Batch,
    pub rejects: Vec<RejectedRow>,
    /// By index of the reader's coded columns.
    pub unknown: Vec<UnknownValues>,
    pub ways: Ways,
    pub told: Told,
    /// By slot of the header.
    pub cells: Vec<CellCounts>,
    pub around: Around,
    /// Whether the part ends in a footer.
    behind_footer: bool,
    /// How the record at `end` exceeds the limits.
    pub excess: Option<Excess>,
}

pub(super) struct RejectedRow {
    bytes: Range<usize>,
    line: u64,
    column: Option<(Column, usize)>,
    reason: Reason,
}

impl<Batch> Part<Batch> {
    fn empty(batch: Batch) -> Self {
        Part {
            first_line: 0,
            counted_from: 0,
            end: 0,
            lines: 0,
            rows: 0,
            batch,
            rejects: Vec::new(),
            unknown: Default::default(),
            ways: Ways::default(),
            told: Told::of_part(),
            cells: Vec::new(),
            around: Around::default(),
            behind_footer: false,
            excess: None,
        }
    }
}

impl RejectedRow {
    /// As in the text of its part, with its line shifted by `shift`.
    pub(super) fn of<'a>(
        &self,
        text: &'a [u8],
        shift: u64,
        delimiter: u8,
        fields: &'a mut Fields,
        header: &'a csv::ByteRecord,
    ) -> Reject<'a> {
        let bytes = &text[self.bytes.clone()];
        fields.take(bytes, delimiter, true);
        Reject {
            header,
            record: Record::new(bytes, bytes.len(), fields, self.line + shift, false),
            column: self.column,
            reason: self.reason,
        }
    }
}

/// A block that was read based on a guess of where its first record begins.
struct Guessed<Batch> {
    bytes: Vec<u8>,
    start: usize,
    part: Part<Batch>,
}

impl<'v, G: Gather> PartReader<'v, '_, G> {
    /// Reads the records in `text` from `from` on that end at or before `until`. With `is_all`, the file ends with
    /// the text.
    fn read(
        &mut self,
        text: &[u8],
        from: usize,
        until: usize,
        is_all: bool,
        first_line: u64,
        batch: G::Batch,
    ) -> Part<G::Batch> {
        let mut part = Part {
            first_line,
            counted_from: first_line,
            end: from,
            ..Part::empty(batch)
        };
        // Checking everything at once is far cheaper than checking each record.
        let plain_until = from + self.rows.plain_length(&text[from..]);
        loop {
            let blank = blank_lines(&text[part.end..], is_all).min(until - part.end);
            if blank > 0 {
                part.lines += line_ends(&text[part.end..part.end + blank]);
                part.end += blank;
            }
            let rest = &text[part.end..];
            if part.end == until {
                break;
            }
            let Some(length) = self.fields.take(rest, self.delimiter, is_all) else {
                break;
            };
            if part.end + length > until {
                break;
            }
            part.excess = self.fields.excess(length, &self.limits);
            if part.excess.is_some() {
                break;
            }
            let bytes = part.end..part.end + length;
            let line = first_line + part.lines;
            part.end += length;
            part.lines += self.fields.line_ends(&rest[..length]);
            let is_plain = part.end <= plain_until;
            let record = Record::new(rest, length, &self.fields, line, is_plain);
            if !self.sieve.is_row(record, &mut part.around) {
                continue;
            }
            part.rows += 1;
            match self.rows.read(record) {
                Ok(signal) => self.gather.add(&mut self.scratch, &mut part.batch, &signal),
                Err((column, reason)) => {
                    let RowReader { cells, header, .. } = &mut self.rows;
                    ledger::add_rejected(&mut cells.counts, header, record);
                    part.rejects.push(RejectedRow {
                        bytes,
                        line,
                        column,
                        reason,
                    });
                }
            }
        }
        part.unknown = self.rows.take_unknown();
        part.ways = self.rows.take_ways();
        part.told = self.rows.take_told();
        part.cells = self.rows.take_counts();
        part.behind_footer = self.sieve.behind_footer;
        part
    }

    /// Reads a block that may begin anywhere in a record.
    fn guess(&mut self, block: Block, batch: G::Batch) -> Guessed<G::Batch> {
        let Block { number, bytes } = block;
        let start = match number {
            0 => 0,
            _ => self.likely_start(&bytes),
        };
        self.sieve.behind_footer = false;
        let part = self.read(&bytes, start, bytes.len(), false, 0, batch);
        Guessed { bytes, start, part }
    }

    /// Where the first record of a block probably begins: after a line end that is followed by as many fields as the
    /// header has.
    fn likely_start(&mut self, text: &[u8]) -> usize {
        /// Lines in a quoted text that are tried; beyond this, reading again may be cheaper.
        const TRIES: usize = 64;
        let mut first = None;
        let mut from = 0;
        for _ in 0..TRIES {
            let Some(distance) = memchr2(b'\n', b'\r', &text[from..]) else {
                break;
            };
            let at = from + distance;
            from = match (text[at], text.get(at + 1)) {
                (b'\r', None) => break,
                (b'\r', Some(b'\n')) => at + 2,
                _ => at + 1,
            };
            first.get_or_insert(from);
            let taken = self.fields.take(&text[from..], self.delimiter, false);
            if taken.is_none() || self.fields.len() == self.rows.header.width {
                return from;
            }
        }
        first.unwrap_or(text.len())
    }
}

/// Takes a part that is known to be right, with its text.
pub(super) type Take<'t, Batch> =
    &'t mut dyn FnMut(&mut Part<Batch>, &[u8], &mut Fields) -> Outcome<()>;

/// Reads the rest of a file, and passes on its parts in order. If a row depends on the previous ones (`in_order`),
/// one thread reads everything.
///
/// # Errors
/// If the source can't be read, if a record exceeds the limits, and errors from `take`.
pub(super) fn read_all<'v, 'g, R: Read + Send, G: Gather + 'g>(
    records: &mut Records<R>,
    division: Division,
    in_order: bool,
    part_reader: impl Fn() -> PartReader<'v, 'g, G> + Sync,
    take: Take<'_, G::Batch>,
) -> Outcome<()> {
    let free = Free::new();
    let mut joiner = Joiner {
        reader: part_reader(),
        carry: Vec::new(),
        retry_at: 0,
        line: records.next_line(),
        take,
        free: &free,
    };
    let mut block = Vec::new();
    let mut goes_on = records.read_block(&mut block, division.block)?;
    if !goes_on || division.threads < 2 || in_order {
        joiner.go_on(&block)?;
        while goes_on {
            goes_on = records.read_block(&mut block, division.block)?;
            joiner.go_on(&block)?;
        }
        return joiner.finish();
    }
    let queue = WorkQueue::new(records, division.block, block, division.threads);
    thread::scope(|scope| {
        let (queue, free, part_reader) = (&queue, &free, &part_reader);
        for _ in 1..division.threads {
            scope.spawn(|| {
                let _worker = Worker {
                    queue,
                    is_consumer: false,
                };
                let mut reader = part_reader();
                while let Some(block) = queue.next_block(|| free.block()) {
                    queue.put(block.number, reader.guess(block, free.batch()));
                }
            });
        }
        let _worker = Worker {
            queue,
            is_consumer: true,
        };
        let mut reader = part_reader();
        while let Some(task) = queue.next_task(|| free.block())? {
            match task {
                Task::Take(guessed) => joiner.join(guessed)?,
                Task::Work(block) => {
                    queue.put(block.number, reader.guess(block, free.batch()));
                }
            }
        }
        joiner.finish()
    })
}

/// Assembles the parts in the order of the file.
struct Joiner<'r, 'v, 'g, G: Gather> {
    reader: PartReader<'v, 'g, G>,
    /// What has been read but isn't in any part yet: the beginning of a record.
    carry: Vec<u8>,
    /// Length of `carry` below which reading it again isn't worthwhile, because it was found to be one long record
    /// that continues.
    retry_at: usize,
    /// Line of what comes next.
    line: u64,
    take: Take<'r, G::Batch>,
    free: &'r Free<G::Batch>,
}

/// Memory from what has been read, to be reused.
struct Free<Batch> {
    blocks: Mutex<Vec<Vec<u8>>>,
    batches: Mutex<Vec<Batch>>,
}

impl<Batch: Default> Free<Batch> {
    fn new() -> Self {
        Free {
            blocks: Mutex::default(),
            batches: Mutex::default(),
        }
    }

    fn block(&self) -> Vec<u8> {
        pop(&self.blocks).unwrap_or_default()
    }

    fn batch(&self) -> Batch {
        pop(&self.batches).unwrap_or_default()
    }
}

fn pop<T>(pool: &Mutex<Vec<T>>) -> Option<T> {
    pool.lock().unwrap_or_else(PoisonError::into_inner).pop()
}

fn push<T>(pool: &Mutex<Vec<T>>, used: T) {
    pool.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(used);
}

impl<G: Gather> Joiner<'_, '_, '_, G> {
    /// Takes a block that was read based on a guess.
    fn join(&mut self, guessed: Guessed<G::Batch>) -> Outcome<()> {
        let Guessed {
            bytes,
            start,
            mut part,
        } = guessed;
        if self.meets(&bytes, start)? {
            part.first_line = self.line;
            self.take(&mut part, &bytes)?;
            self.reader.sieve.behind_footer = part.behind_footer;
            self.carry.clear();
            self.carry.extend_from_slice(&bytes[part.end..]);
            self.retry_at = 0;
            push(&self.free.batches, part.batch);
        } else {
            // What it took for signals is discarded with it.
            self.go_on(&bytes[start..])?;
        }
        push(&self.free.blocks, bytes);
        Ok(())
    }

    /// Reads what is before `start` in a block; returns whether a record ends there, so that reading from there was
    /// right. Everything before `start` is then read or carried over.
    fn meets(&mut self, bytes: &[u8], start: usize) -> Outcome<bool> {
        let border = self.carry.len() + start;
        if border < self.retry_at {
            self.carry.extend_from_slice(&bytes[..start]);
            return Ok(false);
        }
        // One more byte distinguishes a single "\r" from half a "\r\n".
        let seen = bytes.len().min(start + 1);
        self.carry.extend_from_slice(&bytes[..seen]);
        let is_met = self.read_carry(border, false)? == border;
        self.carry.truncate(self.carry.len() - (seen - start));
        Ok(is_met && !self.reader.sieve.behind_footer)
    }

    /// Continues reading with bytes that follow the carried text.
    fn go_on(&mut self, bytes: &[u8]) -> Outcome<()> {
        self.carry.extend_from_slice(bytes);
        let length = self.carry.len();
        if length < self.retry_at && length <= self.reader.limits.longest_row {
            return Ok(());
        }
        self.read_carry(length, false)?;
        self.check_length()
    }

    /// Reads the rest at the end of the file.
    fn finish(&mut self) -> Outcome<()> {
        self.read_carry(self.carry.len(), false)?;
        self.check_length()?;
        self.read_carry(self.carry.len(), true).map(|_| ())
    }

    /// Reads the records in the carried text that end at or before `until`, and removes them from it; returns where
    /// the last one ended.
    fn read_carry(&mut self, until: usize, is_all: bool) -> Outcome<usize> {
        let batch = self.free.batch();
        let carry = std::mem::take(&mut self.carry);
        let reader = &mut self.reader;
        let mut part = reader.read(&carry, 0, until, is_all, self.line, batch);
        let end = part.end;
        self.take(&mut part, &carry)?;
        self.carry = carry;
        push(&self.free.batches, part.batch);
        self.carry.drain(..end);
        self.retry_at = 2 * self.carry.len();
        Ok(end)
    }

    fn check_length(&mut self) -> Outcome<()> {
        if self.carry.len() <= self.reader.limits.longest_row {
            return Ok(());
        }
        let mut part = Part {
            first_line: self.line,
            counted_from: self.line,
            excess: Some(Excess::Length),
            ..Part::empty(self.free.batch())
        };
        self.take(&mut part, &[])
    }

    fn take(&mut self, part: &mut Part<G::Batch>, text: &[u8]) -> Outcome<()> {
        (self.take)(part, text, &mut self.reader.fields)?;
        self.line += part.lines;
        Ok(())
    }
}
