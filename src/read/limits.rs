//! How much of a file is read before it must be a mistake or an attack, and how much is kept in memory.

use std::io::{self, Read, Seek, Write};

/// Limits that bound memory and time, whatever a file contains.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes in one row. A longer one comes from a quotation mark that is never closed.
    pub longest_row: usize,
    /// Fields in one row.
    pub most_columns: usize,
    /// How many times its size a compressed file may unpack to. Text tables reach 30; deflate can do 1032, with a
    /// file made to fill disks.
    pub most_inflation: u64,
    /// Bytes that an Excel file may unpack to, because it can't be read as a stream.
    pub largest_workbook: u64,
    /// Ids of signals, and as many of cases, that are kept in memory if there is room for more elsewhere. 64
    /// consecutive signal numbers count as one, and so do 8 of cases.
    pub most_ids: usize,
    /// Makes room for the other ids; without it, all are kept in memory.
    pub scratch: Option<NewScratch>,
}

/// Room for what doesn't fit in memory, such as a temporary file.
pub trait Scratch: Read + Write + Seek + Send + Sync {}

impl<T: Read + Write + Seek + Send + Sync> Scratch for T {}

/// Makes room.
pub type NewScratch = fn() -> io::Result<Box<dyn Scratch>>;

impl Default for Limits {
    fn default() -> Self {
        Limits {
            longest_row: 64 << 20,
            most_columns: 10_000,
            most_inflation: 200,
            largest_workbook: 1 << 30,
            // As many as fill a table with 2^25 entries: 0.9 GB for signals, 1.7 GB for cases.
            most_ids: 29_000_000,
            scratch: None,
        }
    }
}
