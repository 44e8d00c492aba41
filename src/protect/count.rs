//! A number as it may be printed.

use std::fmt;

/// A number as it may be printed (docs/protection.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// The exact number.
    Shown(u64),
    /// From 1 to one less than this limit; printed as `<5`.
    Below(u64),
    /// From one number to another, both included; printed as `33–36`. `from` is less than `to`.
    Range {
        /// The least that it can be.
        from: u64,
        /// The most that it can be.
        to: u64,
    },
}

impl Count {
    /// The least that it can be, as far as a reader knows.
    pub fn least(self) -> u64 {
        match self {
            Count::Shown(number) => number,
            Count::Below(_) => 1,
            Count::Range { from, .. } => from,
        }
    }

    /// The number, if it is shown.
    pub fn shown(self) -> Option<u64> {
        match self {
            Count::Shown(number) => Some(number),
            _ => None,
        }
    }
}

/// As tables and CSV write it, in ASCII: `48`, `<5`, `33-36`.
impl fmt::Display for Count {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Count::Shown(number) => write!(out, "{number}"),
            Count::Below(limit) => write!(out, "<{limit}"),
            Count::Range { from, to } => write!(out, "{from}-{to}"),
        }
    }
}
