//! How much of a file is read before it can only be a mistake or an attack.

use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// Limits that keep memory and time bounded whatever a file holds; `[limits]` of the settings file
/// may change them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Limits {
    /// Bytes of one row. A longer one comes of a quotation mark that is never closed.
    #[serde(deserialize_with = "one_or_more")]
    pub longest_row: usize,
    /// Fields of one row.
    #[serde(deserialize_with = "one_or_more")]
    pub most_columns: usize,
    /// How many times its size a compressed file may unpack to. Tables of text reach 30; deflate can
    /// do 1032, with a file made to fill disks.
    #[serde(deserialize_with = "one_or_more")]
    pub most_inflation: u64,
    /// Bytes that an Excel file may unpack to, because it can't be read in a stream.
    #[serde(deserialize_with = "one_or_more")]
    pub largest_workbook: u64,
}

/// A limit that lets anything be read at all.
fn one_or_more<'de, D, N>(deserializer: D) -> Result<N, D::Error>
where
    D: Deserializer<'de>,
    N: Deserialize<'de> + Default + PartialEq,
{
    let limit = N::deserialize(deserializer)?;
    if limit == N::default() {
        return Err(D::Error::custom("a limit of 0 lets nothing be read"));
    }
    Ok(limit)
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
