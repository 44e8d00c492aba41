//! How much of a file is read before it can only be a mistake or an attack.

/// Limits that keep memory and time bounded whatever a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one row. A longer one comes of a quotation mark that is never closed.
    pub longest_row: usize,
    /// Fields of one row.
    pub most_columns: usize,
    /// How many times its size a compressed file may unpack to. Tables of text reach 30; deflate can
    /// do 1032, with a file made to fill disks.
    pub most_inflation: u64,
    /// Bytes that an Excel file may unpack to, because it can't be read in a stream.
    pub largest_workbook: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            longest_row: 64 << 20,
            most_columns: 10_000,
            most_inflation: 200,
            largest_workbook: 1 << 30,
        }
    }
}
